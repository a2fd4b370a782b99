"""Elements that no selector tells apart are matched once; those that one can tell apart are not mixed up."""

import pytest
import tinycss2
from writers.word.made import read_body

from kvisdocs.writers.word.css.stylesheet import asks_for_siblings
from kvisdocs.writers.word.model.blocks import Paragraph


def looks(body: str, css: str) -> list[tuple[str, bool]]:
    """Each paragraph's text and whether all of it is bold, in the style or directly."""
    word = read_body(body, css)
    bold = {style.name: style.run_format.bold for style in word.styles}
    found = []
    for block in word.blocks:
        assert isinstance(block, Paragraph)
        text = block.children[0]
        direct = text.format.bold
        found.append((text.text, bool(bold[block.style] if direct is None else direct)))
    return found


def test_same_elements_below_other_classes_are_other_kinds():
    body = '<div class="a"><p>et</p></div><div class="b"><p>to</p></div><div class="a"><p>tre</p></div>'
    assert looks(body, ".b p { font-weight: bold }") == [("et", False), ("to", True), ("tre", False)]


def test_same_elements_with_other_attributes_are_other_kinds():
    assert looks("<p>et</p><p title='x'>to</p><p>tre</p>", "[title] { font-weight: bold }") == [
        ("et", False),
        ("to", True),
        ("tre", False),
    ]


def test_siblings_are_told_apart_where_a_selector_does():
    assert looks("<p>et</p><p>to</p><p>tre</p>", "p:nth-child(2) { font-weight: bold }") == [
        ("et", False),
        ("to", True),
        ("tre", False),
    ]
    assert looks("<p>et</p><p>to</p>", "p + p { font-weight: bold }") == [("et", False), ("to", True)]


@pytest.mark.parametrize(
    ("selector", "asks"),
    [
        ("p", False),
        ("table.facts thead th", False),
        ("ol > li", False),
        ("a[href^='#']", False),
        (":root", False),
        (".footnote::footnote-call", False),
        ("li:first-child", True),
        ("p:not(.a)", False),
        (":is(ul, ol) li", False),
        ("p:not(:first-child)", True),
        ("p:has(b)", True),
        ("p:nth-child(2)", True),
        ("h2 + p", True),
        ("h2 ~ p", True),
        ("td:empty", True),
        ("a::after, p:last-child", True),
    ],
)
def test_selector_that_sees_siblings_is_known(selector: str, asks: bool):
    assert asks_for_siblings(tinycss2.parse_component_value_list(selector)) is asks
