"""Puts right what WeasyPrint's tag tree has wrong: list items, what goes over pages, headers, the dots of contents.

WeasyPrint 70 lets an item hold paragraphs where PDF/UA-1 wants one body (7.2, rule 20 in veraPDF), and hangs a nested
list behind its item, so that text after the list is read before it. Here each item gets one LBody that holds all of it
in order (ISO 32000-1, table 336). The order is that of the marked content, which WeasyPrint draws as it is read. The
columns of a list are lists in it, those of a heading headings; what is in them belongs to the element itself.

It sees the head of its own page alone, too, and loses count at cells that span rows. Each cell's headers are found here
over the whole table, in the way of the HTML Standard, 4.9.12.2: the headers of a column are those above the cell, down
to the next block of headers of the same width, which takes their place; those of a row have `scope="row"`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import pydyf

from kvisdocs.writers.pdf.recording import Key, find_elements, join_pieces

Structure = Any
_GROUPS = ("/THead", "/TBody", "/TFoot")
_CELLS = ("/TD", "/TH")
_PARTS = (*_GROUPS, "/TR", *_CELLS)


@dataclass(slots=True)
class _Cell:
    structure: Structure
    column: int
    columns: int
    rows: int
    is_header: bool
    of_row: bool = False


@dataclass(slots=True)
class HeaderFinder:
    """`elements` are the structure elements by reference; `made_for` says which HTML element one was made for."""

    pdf: Any
    elements: dict[bytes, Structure]
    made_for: Mapping[int, tuple[Element, str]]
    bare: list[Element] = field(default_factory=list)
    """Cells without a header, in tables where others have one: no PDF/UA-1 (7.5). The corner needs none."""
    _empty: set[int] = field(default_factory=set)
    """The cells that were added to short rows, by `id`."""

    def repair(self, table: Structure) -> None:
        """Name each cell's headers, and call the only part of a table its body (PDF/UA-1, 7.2)."""
        groups = [child for child in self._children(table) if child["S"] in _GROUPS]
        if groups and all(group["S"] != "/TBody" for group in groups):
            groups[-1]["S"] = "/TBody"
        self._set_levels(table)
        rows = self._fill(list(self._rows(table)))
        for row in rows:
            for cell in row:
                cell.of_row = cell.is_header and self._heads_row(cell, row)
        if any(cell.is_header for row in rows for cell in row):
            self._name_headers(rows)

    def _set_levels(self, table: Structure) -> None:
        """Call a row what stands in a group, and a cell what stands in a row (PDF/UA-1, 7.2).

        What a stylesheet makes a block, or places by itself, stands inside a cell that WeasyPrint made around it, and
        such cells and rows are tagged like what is around them.
        """
        for group in self._children(table):
            for row in self._children(group) if group["S"] in _GROUPS else [group]:
                if row["S"] not in _PARTS:
                    continue
                is_odd = row["S"] != "/TR"
                row["S"] = "/TR"
                for cell in self._children(row):
                    if cell["S"] not in _CELLS:
                        cell["S"], cell["A"] = "/TD", pydyf.Dictionary({"O": "/Table"})
                        self._make_blocks(cell)
                    elif is_odd:
                        self._make_blocks(cell)

    def _make_blocks(self, around: Structure) -> None:
        for each in self._children(around):
            if each["S"] != "/Table":
                if each["S"] in _PARTS:
                    each["S"] = "/Div"
                    each.pop("A", None)
                self._make_blocks(each)

    def _fill(self, found: list[Structure]) -> list[list[_Cell]]:
        """The cells of the rows, all of which span as many columns (PDF/UA-1, 7.2): a hidden cell makes a row shorter.

        As in the Word file, the cells behind a hidden one move up, and what is missing is an empty cell at the end.
        """
        rows, ends = self._place(found)
        for structure, row, end in zip(found, rows, ends, strict=True):
            if missing := max(ends) - end:
                row.append(self._cell(self._add_empty(structure, missing), end))
        return rows

    def _add_empty(self, row: Structure, columns: int) -> Structure:
        said = pydyf.Dictionary({"O": "/Table"})
        if columns > 1:
            said["ColSpan"] = columns
        beside = self._children(row)
        kind = "/TH" if beside and all(each["S"] == "/TH" for each in beside) else "/TD"
        cell = pydyf.Dictionary(
            {"Type": "/StructElem", "S": kind, "K": pydyf.Array(), "Pg": row["Pg"], "P": row.reference, "A": said}
        )
        self.pdf.add_object(cell)
        self.elements[cell.reference] = cell
        row["K"].append(cell.reference)
        self._empty.add(id(cell))
        return cell

    def _name_headers(self, rows: list[list[_Cell]]) -> None:
        columns: dict[int, list[_Cell]] = {}
        of_rows: dict[int, list[Any]] = {}
        above: set[int] = set()
        for number, row in enumerate(rows):
            for cell in row:
                if cell.of_row:
                    for below in range(number, number + cell.rows):
                        of_rows.setdefault(below, []).append(cell.structure["ID"])
            heads = [cell for cell in row if cell.is_header and not cell.of_row]
            for cell in row:
                if not cell.is_header:
                    self._name(cell, number, columns, of_rows)
            _take_over(heads, columns, above)
            above = {column for cell in heads for column in _span(cell)}

    def _name(self, cell: _Cell, number: int, columns: dict[int, list[_Cell]], of_rows: dict[int, list[Any]]) -> None:
        found = [each for row in range(number, number + cell.rows) for each in of_rows.get(row, ())]
        heads = [head.structure for column in _span(cell) for head in columns.get(column, ())]
        is_bare = not found and all(id(head) in self._empty for head in heads)
        found += [head["ID"] for head in heads]
        if "A" in cell.structure:  # a stylesheet may display a cell as something else
            cell.structure["A"]["Headers"] = pydyf.Array(dict.fromkeys(found))
        is_corner = number == cell.column == 0
        if is_bare and not is_corner and id(cell.structure) in self.made_for:
            self.bare.append(self.made_for[id(cell.structure)][0])

    def _place(self, rows: list[Structure]) -> tuple[list[list[_Cell]], list[int]]:
        """The cells of each row, and the column at which each row ends."""
        found: list[list[_Cell]] = []
        ends: list[int] = []
        held: dict[int, int] = {}
        for row in rows:
            placed, column = [], 0
            for structure in self._children(row):
                while held.get(column, 0):
                    column += 1
                cell = self._cell(structure, column)
                placed.append(cell)
                column += cell.columns
            ends.append(max([column, *(at + 1 for at in held)]))
            held = {at: left - 1 for at, left in held.items() if left > 1}
            held |= {at: cell.rows - 1 for cell in placed for at in _span(cell) if cell.rows > 1}
            found.append(placed)
        return found, ends

    def _cell(self, structure: Structure, column: int) -> _Cell:
        said = structure.get("A", {})
        is_header = structure["S"] == "/TH"
        if is_header and "ID" not in structure:
            structure["ID"] = pydyf.String(f"h{structure.number}")
        return _Cell(structure, column, said.get("ColSpan", 1), said.get("RowSpan", 1), is_header)

    def _heads_row(self, cell: _Cell, row: list[_Cell]) -> bool:
        """Whether it says so, or says nothing and stands among data (HTML Standard, 4.9.12.2)."""
        element = self.made_for.get(id(cell.structure), (None, ""))[0]
        scope = "" if element is None else element.get("scope", "")
        return scope in {"row", "rowgroup"} or (not scope and any(not each.is_header for each in row))

    def _rows(self, group: Structure) -> Iterator[Structure]:
        for child in self._children(group):
            if child["S"] == "/TR":
                yield child
            elif child["S"] != "/Caption":
                yield from self._rows(child)

    def _children(self, parent: Structure) -> list[Structure]:
        return [self.elements[kid] for kid in parent["K"] if kid in self.elements]


def _take_over(heads: list[_Cell], columns: dict[int, list[_Cell]], above: set[int]) -> None:
    """From here on these are the headers; those straight below others add to them."""
    for head in heads:
        for column in _span(head):
            kept = columns.get(column, [])
            if column not in above:
                kept = [each for each in kept if (each.column, each.columns) != (head.column, head.columns)]
            columns[column] = [*kept, head]


def _span(cell: _Cell) -> range:
    return range(cell.column, cell.column + cell.columns)


def repair_tags(pdf: Any, record: dict[int, Key]) -> list[Element]:
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
    elements: dict[bytes, Structure]

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

    def hand_over_lists(self, listed: Structure) -> None:
        """Put each list that is nested in this one into the item before it, at its place on that page."""
        item = None
        for reference in list(listed["K"]):
            child = self.elements[reference]
            if child["S"] == "/L" and item is not None:
                listed["K"].remove(reference)
                self._insert(child, item)
            elif child["S"] == "/LI":
                item = child

    def _insert(self, nested: Structure, item: Structure) -> None:
        at = self._first_mark(nested)
        kids = [self.elements[kid] for kid in item["K"]]
        behind = (number for number, kid in enumerate(kids) if kid["S"] != "/Lbl" and self._first_mark(kid) > at)
        item["K"].insert(next(behind, len(kids)), nested.reference)
        nested["P"] = item.reference

    def is_leader(self, link: Structure) -> bool:
        """Whether the link is the dots of `leader()`: a box inside `a::after`, which is a link inside the link."""
        above = self.elements.get(link["P"])
        return above is not None and above["S"] == "/Link" and self.elements[above["P"]]["S"] == "/Link"

    def give_body(self, item: Structure) -> None:
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

    def _first_mark(self, element: Structure) -> int:
        """The first marked content in it, labels aside; -1 for an element that shows nothing."""
        return next(self._marks(element), -1)

    def _marks(self, element: Structure) -> Iterator[int]:
        for kid in element["K"]:
            if isinstance(kid, int):
                yield kid
            elif kid in self.elements and self.elements[kid]["S"] != "/Lbl":
                yield from self._marks(self.elements[kid])
