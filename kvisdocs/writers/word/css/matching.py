"""Which declarations apply to an element, asked once for all elements that no selector can tell apart.

A selector of types, classes, ids, attributes and ancestors sees of an element only these; where it stands among its
siblings, or what it holds, matters to a few selectors alone (`:first-child`, `:empty`, `+`, `~`). Where no stylesheet
has one of those, the thousand cells of a table are one kind, and are matched once.

Which declaration is the stronger one: by where it comes from, and whether it is important.
"""

from collections.abc import Iterator, Sequence

import cssselect2

from kvisdocs.templating.html import POSITION_ATTRIBUTE
from kvisdocs.writers.word.css.stylesheet import Declared, Stylesheet
from kvisdocs.writers.word.read.tree import HtmlElement

RANKS = {"default": 0, "user": 1, "author": 2}
"""The origins, the weakest first."""

Groups = Sequence[tuple[int, tuple[Declared, ...]]]
"""Declarations with the rank of their origin, the weakest first."""


def by_strength(groups: Groups) -> list[Declared]:
    """All declarations, the weakest first. Importance turns the order of the origins round (CSS Cascade 4, 6.1)."""
    normal = [each for _, declared in groups for each in declared if not each.important]
    important = [(rank, each) for rank, declared in groups for each in declared if each.important]
    important.sort(key=lambda pair: -pair[0])
    return [*normal, *(each for _, each in important)]


Match = tuple[int, tuple[int, int, int], int, str | None, tuple[Declared, ...]]
"""Rank of the origin, specificity, order, pseudo-element and declarations, as the cascade sorts them."""

_NEVER_MATCH = {POSITION_ATTRIBUTE}
"""No selector asks for a template's line: cells made by two lines may be alike in all that counts."""


class Matching:
    """The selectors of all stylesheets. `sheets` are (rank, stylesheet) pairs in order."""

    def __init__(self, sheets: Sequence[tuple[int, Stylesheet]]) -> None:
        self._matcher = cssselect2.Matcher()
        self.knows_kinds = not any(sheet.sees_siblings for _, sheet in sheets)
        """Whether elements of the same names, attributes and ancestors are alike to all selectors."""
        self._kinds: dict[tuple[object, ...], int] = {}
        self._kind_of: dict[HtmlElement, int] = {}
        self._known: dict[int, list[Match]] = {}
        self._wrapped: dict[HtmlElement, cssselect2.ElementWrapper] = {}
        self._wrapping: dict[HtmlElement, Iterator[tuple[HtmlElement, cssselect2.ElementWrapper]]] = {}
        for rank, sheet in sheets:
            for selector, declared in sheet.rules:
                self._matcher.add_selector(selector, (rank, declared))

    def find(self, element: HtmlElement) -> list[Match]:
        """All that applies to the element and its pseudo-elements, weakest first."""
        kind = self.find_kind(element)
        if kind is None:
            return self._ask(element)
        if kind not in self._known:
            self._known[kind] = self._ask(element)
        return self._known[kind]

    def find_kind(self, element: HtmlElement) -> int | None:
        """A number for all elements that no selector tells apart, or None where each must be asked for."""
        return self._kind(element) if self.knows_kinds else None

    def _ask(self, element: HtmlElement) -> list[Match]:
        found = [
            (rank, specificity, order, pseudo, declared)
            for specificity, order, pseudo, (rank, declared) in self._matcher.match(self._wrap(element))
        ]
        return sorted(found, key=lambda each: each[:3])

    def _wrap(self, element: HtmlElement) -> cssselect2.ElementWrapper:
        """The element as cssselect2 wants it. Siblings are wrapped in order, as far as one of them is asked for."""
        if element not in self._wrapped:
            if element.parent is None:
                self._wrapped[element] = cssselect2.ElementWrapper.from_html_root(element.etree_element)
            else:
                parent = element.parent
                if parent not in self._wrapping:
                    self._wrapping[parent] = zip(parent.children, self._wrap(parent).iter_children(), strict=True)
                while element not in self._wrapped:
                    sibling, wrapped = next(self._wrapping[parent])
                    self._wrapped[sibling] = wrapped
        return self._wrapped[element]

    def _kind(self, element: HtmlElement) -> int:
        """A number for all elements with the same name, attributes and kinds of ancestors."""
        if element not in self._kind_of:
            above = 0 if element.parent is None else self._kind(element.parent)
            own = element.etree_element
            attributes = tuple(sorted(item for item in own.items() if item[0] not in _NEVER_MATCH))
            self._kind_of[element] = self._kinds.setdefault((above, own.tag, attributes), len(self._kinds) + 1)
        return self._kind_of[element]
