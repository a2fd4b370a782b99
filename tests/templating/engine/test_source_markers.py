import re

import jinja2
import pytest
import tinyhtml5
from hypothesis import given
from hypothesis import strategies as st

from kvisdocs.templating.engine.template_errors import Positions

ENVIRONMENT = jinja2.Environment(extensions=[Positions], trim_blocks=True, lstrip_blocks=True, autoescape=True)
EXTENSION = ENVIRONMENT.extensions[Positions.identifier]


def marked(source: str) -> str:
    """The template with its marks, `t:1:5` written as `@1:5`."""
    return re.sub(r' data-at="t:(\d+:\d+)"', r" @\1", EXTENSION.preprocess(source, "t"))


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("<p>a</p>", "<p @1:1>a</p>"),
        ("\n  <p>", "\n  <p @2:3>"),
        ("a\r\nb\r<p>\n<b>", "a\r\nb\r<p @3:1>\n<b @4:1>"),
        ("<P CLASS=x>", "<P @1:1 CLASS=x>"),
        ("<br/><img src=a />", "<br @1:1/><img @1:6 src=a />"),
        ('<p\n  class="a"\n>b</p>', '<p @1:1\n  class="a"\n>b</p>'),
        ("<!DOCTYPE html></p><!-- <b> -->< b>1 <2", "<!DOCTYPE html></p><!-- <b> -->< b>1 <2"),
        ('<img alt="a <b> c"><i>', '<img @1:1 alt="a <b> c"><i @1:20>'),
        ("<img alt='\"<b>'><i>", "<img @1:1 alt='\"<b>'><i @1:17>"),
        ("<linearGradient id=a><font-face>", "<linearGradient @1:1 id=a><font-face @1:22>"),
        ("<title>a <b></title><p>", "<title @1:1>a <b></title><p @1:21>"),
        ("<style>\np > a::after { content: '<b>' }\n</style><p>", None),
        ("<STYLE><b></Style>", "<STYLE @1:1><b></Style>"),
        ("<script>if (a <b && c> d) {}</script>", "<script @1:1>if (a <b && c> d) {}</script>"),
        ("<title/><p>", "<title @1:1/><p @1:9>"),
        ("<style><b>", "<style @1:1><b>"),
        ("<p", "<p"),
        ('<p class="a', '<p class="a'),
        # Jinja
        ('{{ "<b>" }}<p>', '{{ "<b>" }}<p @1:12>'),
        ('{{ "}} <b>" }}<p>', '{{ "}} <b>" }}<p @1:15>'),
        ("{% set a = '%} <b>' %}<p>", "{% set a = '%} <b>' %}<p @1:23>"),
        ("{# <b> {{ #}<p>", "{# <b> {{ #}<p @1:13>"),
        ("{# it's <b> #}<p>", "{# it's <b> #}<p @1:15>"),
        ('{{ {"a": {"b": "<i>"}}["a"]["<u>"] }}<p>', '{{ {"a": {"b": "<i>"}}["a"]["<u>"] }}<p @1:38>'),
        ("{%- if a % b -%}<p>{% endif %}", "{%- if a % b -%}<p @1:17>{% endif %}"),
        ("{% raw %}{{ <b> }}{% endraw %}<p>", "{% raw %}{{ <b @1:13> }}{% endraw %}<p @1:31>"),
        ('<p{{ " x" if a > 1 }}>', '<p{{ " x" if a > 1 }} @1:1>'),
        ('<p {% if a > 1 %}class="a"{% endif %}><b>', '<p @1:1 {% if a > 1 %}class="a"{% endif %}><b @1:39>'),
        ('<p class="a{{ " b>" if c != "<d>" }}"><i>', '<p @1:1 class="a{{ " b>" if c != "<d>" }}"><i @1:39>'),
        ("<h{{ n }} id=a>", "<h{{ n }} @1:1 id=a>"),
    ],
)
def test_marks(source: str, wanted: str | None) -> None:
    wanted = wanted or source.replace("<style", "<style @1:1").replace("<p>", "<p @3:9>")
    assert marked(source) == wanted


def test_without_a_name_there_is_nothing_to_say() -> None:
    assert EXTENSION.preprocess("<p>", None) == "<p>"


def test_name_is_escaped() -> None:
    assert EXTENSION.preprocess("<p>", 'a"b') == '<p data-at="a&#34;b:1:1">'


def places(html: str) -> dict[str, str]:
    """The mark of each element that has an id."""
    root = tinyhtml5.parse(html, namespace_html_elements=False)
    return {each.get("id"): each.get("data-at") for each in root.iter() if each.get("id")}


def test_marks_are_right_through_includes_macros_blocks_and_trimmed_lines() -> None:
    templates = {
        "base": "{# c #}\n<div id=base>\n  {% block body %}\n  {% endblock %}\n  </div><p id=end>",
        "part": "\n\n   <p id=part>{{ x }}</p>",
        "macros": "{% macro m(x) %}\n  <b id=macro>{{ x }}\n{{ caller() }}</b>{% endmacro %}",
        "page": (
            '{% extends "base" %}\n{% from "macros" import m %}\n{% block body %}\n  {% if true %}\n    <p id=if>\n'
            '  {% endif %}\n  {% call m(1) %}<i id=call></i>{% endcall %}\n{% include "part" %}{% endblock %}'
        ),
    }
    environment = ENVIRONMENT.overlay(loader=jinja2.DictLoader(templates))
    assert places(environment.get_template("page").render(x=1)) == {
        "base": "base:2:1",
        "if": "page:5:5",
        "macro": "macros:2:3",
        "call": "page:7:18",
        "part": "part:3:4",
        "end": "base:5:9",
    }


PIECES = ["<p>", "<b class='a>'>", "</p>", "{{ x }}", "{% if x %}", "{# <i> #}", "<!-- <u> -->", "<style>", "</style>"]
PIECES += ["\n", '"', "'", "<", ">", "{{", "}}", "{%", "%}", "æ", "<p {{ x }}", "{% raw %}", "{% endraw %}"]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_marks_are_all_that_is_added(source: str) -> None:
    done = EXTENSION.preprocess(source, "t")
    assert re.sub(r' data-at="t:\d+:\d+"', "", done) == source
    lines = source.split("\n")
    for line, column in re.findall(r' data-at="t:(\d+):(\d+)"', done):
        assert lines[int(line) - 1][int(column) - 1] == "<"


def test_long_broken_template_is_read_in_no_time() -> None:
    assert EXTENSION.preprocess('<p class="{{ "a" }}' * 2000, "t")
