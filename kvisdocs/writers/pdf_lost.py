"""Heads and feet of tables that WeasyPrint 70 leaves out without a word, since they and a row do not fit on a page."""

from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

import cssselect2
import tinycss2

from kvisdocs.problems import Problem
from kvisdocs.templating.html import POSITION_ATTRIBUTE, HtmlDocument
from kvisdocs.writers.css_nesting import unfold

_NAMES = {"thead": "head", "tfoot": "foot"}


def find_lost(document: HtmlDocument, root: Element, drawn: Iterable[Element]) -> Iterator[Problem]:
    """An error for each head or foot with text below `root` that is not drawn, though its table is."""
    known = set(map(id, drawn))
    lost = [
        group
        for table in root.iter("table")
        if id(table) in known
        for group in table
        if group.tag in _NAMES and id(group) not in known and "".join(group.itertext()).strip()
    ]
    if not lost:
        return
    hidden = _find_hidden(document, root)
    for group in lost:
        if id(group) not in hidden and not all(id(row) in hidden for row in group):
            what = f"PDF: the {_NAMES[group.tag]} of a table does not fit on a page with a row of it, and would be lost"
            todo = "shorten the row or the text of the head and foot"
            yield Problem(document.position(group.get(POSITION_ATTRIBUTE)), what, todo)


def _find_hidden(document: HtmlDocument, root: Element) -> set[int]:
    """The elements that a rule hides, whatever its `@media`: their authors know that they are not in the PDF."""
    texts = [document.assets.read_text(name) for name in document.stylesheets]
    texts += [style.text or "" for style in root.iter("style")]
    tests = [test for text in texts for test in _hiding(tinycss2.parse_stylesheet(unfold(text), True, True))]
    wrapper = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
    hidden = {id(each.etree_element) for each in wrapper.iter_subtree() if any(test(each) for test in tests)}
    said = {id(each) for each in root.iter() if "none" in each.get("style", "")}
    return hidden | said


def _hiding(rules: Iterable[Any]) -> Iterator[Any]:
    for rule in rules:
        if rule.type == "at-rule" and rule.content is not None:
            yield from _hiding(tinycss2.parse_rule_list(rule.content, True, True))
        elif rule.type == "qualified-rule":
            said = tinycss2.parse_blocks_contents(rule.content, True, True)
            if any(each.type == "declaration" and each.lower_name == "display" and _is_none(each) for each in said):
                try:
                    yield from (selector.test for selector in cssselect2.compile_selector_list(rule.prelude))
                except cssselect2.SelectorError:
                    continue


def _is_none(declaration: Any) -> bool:
    return any(token.type == "ident" and token.lower_value == "none" for token in declaration.value)
