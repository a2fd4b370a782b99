"""Puts right what WeasyPrint's tag tree has wrong: list items, what goes over pages, headers, the dots of contents.

WeasyPrint 70 lets an item hold paragraphs where PDF/UA-1 wants one body (7.2, rule 20 in veraPDF), and hangs a nested
list behind its item, so that text after the list is read before it. Here each item gets one LBody that holds all of it
in order (ISO 32000-1, table 336). The order is that of the marked content, which WeasyPrint draws as it is read. The
columns of a list are lists in it, those of a heading headings; what is in them belongs to the element itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element as HtmlElement

import pydyf

from kvisdocs.writers.pdf.headers import HeaderFinder
from kvisdocs.writers.pdf.joining import Key, find_elements, join_pieces

Element = Any
"""A structure element: pydyf has no types."""


def repair_tags(pdf: Any, record: dict[int, Key]) -> list[HtmlElement]:
    """Change the tag tree of a PDF that is about to be written; `record` is that of `recorded_boxes`.

    Gives the cells that have no header, though others of their table have.
    """
    elements = find_elements(pdf)
    tree = _Tree(pdf, elements)
    tree.unwrap_columns(record)
    for element in elements.values():
        if element["S"] == "/L":
            tree.hand_over_lists(element)
    join_pieces(pdf, elements, record)
    headers = HeaderFinder(pdf, elements, record)
    for element in list(elements.values()):
        if element["S"] == "/LI":
            tree.give_body(element)
        elif element["S"] == "/Table":
            headers.repair(element)
        elif element["S"] == "/Link" and tree.is_leader(element):
            element["ActualText"] = pydyf.String(" ")
    return headers.bare


@dataclass(frozen=True, slots=True)
class _Tree:
    """The structure elements of a PDF by their references."""

    pdf: Any
    elements: dict[bytes, Element]

    def unwrap_columns(self, record: dict[int, Key]) -> None:
        """Put what each column holds into the element that is set in columns."""
        for reference, column in list(self.elements.items()):
            if record.get(id(column), (None, ""))[1] != "column":
                continue
            around = self.elements[column["P"]]
            if around["S"] == column["S"]:
                for kid in column["K"]:
                    if kid in self.elements:
                        self.elements[kid]["P"] = around.reference
                at = around["K"].index(reference)
                around["K"][at : at + 1] = column["K"]
                column.clear()  # pydyf counts wrongly where an object is not written
                del self.elements[reference]

    def hand_over_lists(self, listed: Element) -> None:
        """Put each list that is nested in this one into the item before it, at its place on that page."""
        item = None
        for reference in list(listed["K"]):
            child = self.elements[reference]
            if child["S"] == "/L" and item is not None:
                listed["K"].remove(reference)
                self._insert(child, item)
            elif child["S"] == "/LI":
                item = child

    def _insert(self, nested: Element, item: Element) -> None:
        at = self._first_mark(nested)
        kids = [self.elements[kid] for kid in item["K"]]
        behind = (number for number, kid in enumerate(kids) if kid["S"] != "/Lbl" and self._first_mark(kid) > at)
        item["K"].insert(next(behind, len(kids)), nested.reference)
        nested["P"] = item.reference

    def is_leader(self, link: Element) -> bool:
        """Whether the link is the dots of `leader()`: a box inside `a::after`, which is a link inside the link."""
        above = self.elements.get(link["P"])
        return above is not None and above["S"] == "/Link" and self.elements[above["P"]]["S"] == "/Link"

    def give_body(self, item: Element) -> None:
        """Give an item one body that holds all of it but the label."""
        inside = [self.elements[reference] for reference in item["K"]]
        parts = [each for each in inside if each["S"] != "/Lbl"]
        if not parts or [each["S"] for each in parts] == ["/LBody"]:
            return
        for each in parts:
            if each["S"] == "/LBody":  # a line of text beside paragraphs or lists is a paragraph
                each["S"] = "/P"
        body = pydyf.Dictionary(
            {
                "Type": "/StructElem",
                "S": "/LBody",
                "K": pydyf.Array([each.reference for each in parts]),
                "Pg": item["Pg"],
                "P": item.reference,
            }
        )
        self.pdf.add_object(body)
        self.elements[body.reference] = body
        for each in parts:
            each["P"] = body.reference
        labels = [each.reference for each in inside if each["S"] == "/Lbl"]
        item["K"] = pydyf.Array([*labels, body.reference])

    def _first_mark(self, element: Element) -> int:
        """The first marked content in it, labels aside; -1 for an element that shows nothing."""
        return next(self._marks(element), -1)

    def _marks(self, element: Element) -> Iterator[int]:
        for kid in element["K"]:
            if isinstance(kid, int):
                yield kid
            elif kid in self.elements and self.elements[kid]["S"] != "/Lbl":
                yield from self._marks(self.elements[kid])
