"""What expat reads must be what tinyhtml5 reads, and everything else must be left to it."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from examples import letter_day, load_example
from hypothesis import given, settings
from hypothesis import strategies as st
from stress.test_any_tree import draw_bodies

from kvisdocs.cases.load import find_case_files
from kvisdocs.templating.documents import find_blockers, load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer
from kvisdocs.writers.html.parser import VOID, find_tree, parse_html

NAMES = (
    "div", "span", "b", "strong", "section", "figure", "br", "img", "hr", "ul", "li", "tr", "td", "table", "tbody",
    "p", "a", "li", "svg", "rect", "th", "thead", "colgroup", "col", "caption", "ol", "dl", "dt", "dd", "h1", "pre",
    "input", "title", "text", "label", "style", "form", "button", "select", "option", "Div", "address", "nobr", "i",
    "g",
)  # fmt: skip
TEXTS = (
    "", "Åse", " \n ", "\n", "a &amp; b", "&nbsp;", "&shy;8", "&#160;", "&#39;", "&#x2014;", "&lt;b&gt;", "\r\n",
    "\u00ad", 'he said ="x\ny"', "1 > 0", "&notin;x", "\u0085", "&#150;", "&notit;x", "& ", "a]]>b", "\x0c",
    "<!-- -->", "xmlns", "&#0;", "/>", "\ufeff",
)  # fmt: skip
ATTRIBUTES = (
    ' class="a"', " class='a b'", ' title="a &gt; b"', ' title="a > b"', ' title="a\nb\tc"', " title='a\r\nb'",
    ' data-at="x.j2:1:2"\n   lang="da"', " title='\"='\nlang=\"\n\"", ' title="&eacute;"',
    " checked", ' CLASS="x"', ' viewBox="0 0 1 1"', ' viewbox="0 0 1 1"', ' xmlns="http://www.w3.org/2000/svg"',
    ' xlink:href="#a"', ' title="&amp"', ' title="&copy=1"', " a=b", ' id="a" id="b"', ' title="a/>"', ' a:b="c"',
    ' xml:lang="da"',
)  # fmt: skip
"""Of both, the first are what XML and HTML agree on, and are drawn more often."""


def mostly(values: tuple[str, ...], first: int) -> st.SearchStrategy[str]:
    """One of the values, and most often one of the first of them."""
    return st.one_of(*[st.sampled_from(values[:first])] * 7, st.sampled_from(values))


def trees(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """An element around some of what `inside` draws, most often closed as it should be."""
    ends = mostly(("</{}>", "</{} >", "", "/", "</p>"), 2)
    attributes = st.one_of(st.just(""), mostly(ATTRIBUTES, 9))
    return st.builds(_element, mostly(NAMES, 18), attributes, st.lists(inside, max_size=3).map("".join), ends)


def _element(name: str, attributes: str, inside: str, end: str) -> str:
    if name in VOID:
        return f"<{name}{attributes}{'/' if end == '/' else ''}>"
    return f"<{name}{attributes}/>{inside}" if end == "/" else f"<{name}{attributes}>{inside}{end.format(name)}"


BODIES = st.lists(st.recursive(mostly(TEXTS, 17), trees, max_leaves=8), max_size=3).map("".join)
FRAMES = st.sampled_from(
    [
        "<!DOCTYPE html>\n<html>\n<head>\n<title>a</title>\n</head>\n<body>{}</body>\n</html>\n",
        '<html lang="da"><head><meta charset="utf-8"><style>p > a {{}}</style></head> <body>{}</body></html>',
        "<html><head></head><body class='x'>\n{}<p>a</p></body></html>\r\n",
        "<html><body>{}</body></html>",
        "<html><head>a</head><body>{}</body>b</html>",
    ]
)


def shipped_documents() -> Iterator[str]:
    """The HTML of every document that can be made of the example cases."""
    root = Path(__file__).parents[3]
    assets = Assets((root / "templates",))
    renderer = Renderer(assets)
    for file in find_case_files([root / "cases_yaml"]):
        case = load_example(file)
        for document in load_documents(assets).values():
            if not find_blockers(case, document, letter_day(case.id)):
                yield renderer.render(case, document, letter_day(case.id)).text


def shown(element: Element) -> tuple[object, ...]:
    """All that an element says."""
    return (element.tag, element.items(), element.text or "", element.tail or "", [shown(child) for child in element])


def tinyhtml5_tree(text: str) -> Element:
    tree: Element = tinyhtml5.parse(text, namespace_html_elements=False)
    return tree


@settings(max_examples=600, derandomize=True, database=None, deadline=None)
@given(FRAMES, BODIES)
def test_whatever_is_read_by_expat_is_what_tinyhtml5_reads(frame: str, body: str) -> None:
    text = frame.format(body)
    found = find_tree(text)
    if found is not None:
        assert shown(found) == shown(tinyhtml5_tree(text))


def test_documents_of_the_contract_are_read_by_expat_as_by_tinyhtml5() -> None:
    for body in draw_bodies(60):
        text = f"<!DOCTYPE html>\n<html lang='da'><head><title>a</title></head><body>{body}</body></html>\n"
        found = find_tree(text)
        assert found is not None, body
        assert shown(found) == shown(tinyhtml5_tree(text))


def test_all_documents_that_ship_are_read_by_expat_as_by_tinyhtml5() -> None:
    texts = list(shipped_documents())
    assert len(texts) > 10
    for text in texts:
        found = find_tree(text)
        assert found is not None, text
        assert shown(found) == shown(tinyhtml5_tree(text))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<p>a<div>b</div></p>", "a block closes the paragraph"),
        ("<p>a<p>b", "left open"),
        ("<table><tr>a<td>b</td></tr></table>", "text goes out of a table"),
        ("<div/>a", "a slash closes nothing"),
        ("<a href='a'><b><a href='b'>c</a></b></a>", "a link ends a link"),
        ("<p title=a>b</p>", "no quotes"),
        ("<pre>\na</pre>", "the first line break is dropped"),
        ("<p>&#150;</p>", "stands for a dash of Windows"),
        ("<p>&copy 2012</p>", "a reference without its end"),
        ("<style>a::after { content: '&amp;' }</style>", "no references in a stylesheet"),
        ("<!-- a -->", "a comment"),
    ],
)
def test_where_html_has_rules_of_its_own_tinyhtml5_is_asked(body: str, why: str) -> None:
    text = f"<html><head></head><body>{body}</body></html>"
    assert find_tree(text) is None, why
    root, known_clean = parse_html(text)
    assert shown(root) == shown(tinyhtml5_tree(text))
    assert not known_clean


def test_habits_of_html_are_no_hindrance() -> None:
    body = (
        "<table><col><col span='2'><tr><td>uge&nbsp;43<br>a\n</td></tr></table>"
        '<label title="a\nb"><input type="checkbox" checked> Ja</label>\n'
        '<svg data-at="x" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>a</title><path d="M0"/></svg>\n'
    )
    text = f"<!DOCTYPE html>\n<html lang='da'>\n<head>\n</head>\n<body>{body}</body>\n</html>\n"
    found = find_tree(text)
    assert found is not None
    assert shown(found) == shown(tinyhtml5_tree(text))
    assert [each.tag for each in found.iter("colgroup")] == ["colgroup"]
