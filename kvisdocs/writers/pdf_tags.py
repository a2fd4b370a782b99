"""Puts right what WeasyPrint's tag tree has wrong: the insides of list items, and the dots of a table of contents.

WeasyPrint 70 lets an item hold paragraphs where PDF/UA-1 wants one body (7.2, rule 20 in veraPDF), and hangs a nested
list behind its item, so that text after the list is read before it. Here each item gets one LBody that holds all of it
in order (ISO 32000-1, table 336). The order is that of the marked content, which WeasyPrint draws as it is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pydyf

Element = Any
"""A structure element: pydyf has no types."""


def repair_tags(_document: Any, pdf: Any) -> None:
    """A finisher for `Document.write_pdf`: changes the tag tree of a PDF that is about to be written."""
    elements = {
        each.reference: each
        for each in pdf.objects
        if isinstance(each, pydyf.Dictionary) and each.get("Type") == "/StructElem"
    }
    tree = _Tree(pdf, elements)
    for element in list(elements.values()):
        if element["S"] == "/L":
            tree.repair_list(element)
        elif element["S"] == "/Link" and tree.is_leader(element):
            element["ActualText"] = pydyf.String(" ")


@dataclass(frozen=True, slots=True)
class _Tree:
    """The structure elements of a PDF by their references."""

    pdf: Any
    elements: dict[bytes, Element]

    def repair_list(self, listed: Element) -> None:
        """Hand each nested list to the item before it, then give each item one body."""
        items: list[tuple[Element, list[Element]]] = []
        kept: list[bytes] = []
        for reference in listed["K"]:
            child = self.elements[reference]
            if child["S"] == "/L" and items:
                items[-1][1].append(child)
                continue
            kept.append(reference)
            if child["S"] == "/LI":
                items.append((child, []))
        listed["K"] = pydyf.Array(kept)
        for item, nested in items:
            self._give_body(item, nested)

    def is_leader(self, link: Element) -> bool:
        """Whether the link is the dots of `leader()`: a box inside `a::after`, which is a link inside the link."""
        above = self.elements.get(link["P"])
        return above is not None and above["S"] == "/Link" and self.elements[above["P"]]["S"] == "/Link"

    def _give_body(self, item: Element, nested: list[Element]) -> None:
        inside = [self.elements[reference] for reference in item["K"]]
        parts = [each for each in inside if each["S"] != "/Lbl"]
        if not nested and (not parts or [each["S"] for each in parts] == ["/LBody"]):
            return
        for each in parts:
            if each["S"] == "/LBody":  # a line of text beside paragraphs or lists is a paragraph
                each["S"] = "/P"
        for each in nested:
            at = self._first_mark(each)
            behind = (number for number, part in enumerate(parts) if self._first_mark(part) > at)
            parts.insert(next(behind, len(parts)), each)
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
