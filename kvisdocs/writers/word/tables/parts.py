"""The parts of an HTML table: rows in their groups, columns, captions. Part of the walk."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from kvisdocs.writers.html.directions import RIGHT_TO_LEFT
from kvisdocs.writers.word.css.boxes import NATIVE
from kvisdocs.writers.word.css.computed import Computed
from kvisdocs.writers.word.read.tree import HtmlElement
from kvisdocs.writers.word.read.walk import Walk
from kvisdocs.writers.word.styles.computed_formats import PAGE_BREAKS

ROW_GROUPS = ("table-header-group", "table-row-group", "table-footer-group")


@dataclass(frozen=True, eq=False, slots=True)
class CellElement:
    """A `td` or `th`. `shade` is its own background or that of its row, group or table."""

    element: HtmlElement
    computed: Computed
    shade: str | None

    @property
    def columns(self) -> int:
        """How many columns it spans."""
        return read_count(self.element, "colspan")

    def rows(self, left: int) -> int:
        """How many rows it spans, of those left in its group; `rowspan="0"` means all (HTML Standard, 4.9.11)."""
        said = self.element.etree_element.get("rowspan", "1").strip()
        return left if said == "0" else min(left, read_count(self.element, "rowspan"))


@dataclass(frozen=True, eq=False, slots=True)
class RowElement:
    """A `tr` with its cells; `alike` are those that follow it, each with the one before that has all but its words."""

    element: HtmlElement
    computed: Computed
    shade: str | None
    cells: tuple[CellElement, ...]
    alike: "list[tuple[RowElement, HtmlElement]]" = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """A `thead`, `tbody` or `tfoot`; rows outside any of them make one of their own."""

    kind: str
    computed: Computed | None
    rows: list[RowElement] = field(default_factory=list)


@dataclass(slots=True)
class TableParts:
    """All that a table holds; `groups` as they are shown: heads, bodies, feet."""

    groups: list[Group] = field(default_factory=list)
    columns: list[Computed] = field(default_factory=list)
    captions: list[tuple[HtmlElement, Computed]] = field(default_factory=list)


def read_parts(walk: Walk, table: HtmlElement, computed: Computed) -> TableParts:
    """The table taken apart. What is not shown is left out."""
    parts = TableParts()
    shade = computed.color("background-color")
    for child, values in _shown(walk, table, computed):
        match _part(child, values):
            case "table-caption":
                parts.captions.append((child, values))
            case "table-column":
                parts.columns += [values] * read_count(child, "span")
            case "table-column-group":
                parts.columns += _columns(walk, child, values)
            case "table-row":
                if not parts.groups or parts.groups[-1].computed is not None:
                    parts.groups.append(Group("table-row-group", None))
                parts.groups[-1].rows.append(read_row(walk, child, values, shade))
            case kind if kind in ROW_GROUPS:
                under = values.color("background-color") or shade
                parts.groups.append(Group(kind, values, _rows(walk, child, values, under)))
                walk.anchors.wait(child.etree_element)
    parts.groups = sorted((group for group in parts.groups if group.rows), key=lambda each: ROW_GROUPS.index(each.kind))
    return parts


def _part(element: HtmlElement, computed: Computed) -> str:
    """What part of the table it is: as displayed, else as HTML has it; nothing that a table holds is left out."""
    shown = computed.word("display")
    return shown if shown in NATIVE.values() else NATIVE.get(element.local_name, "table-row-group")


def read_count(element: HtmlElement, name: str) -> int:
    """A span, 1 to 1,000 as HTML has it."""
    text = element.etree_element.get(name, "1").strip()
    return min(max(int(text), 1), 1000) if text.isdecimal() else 1


def _shown(walk: Walk, element: HtmlElement, computed: Computed) -> list[tuple[HtmlElement, Computed]]:
    found = [(child, walk.compute(child, computed)) for child in element.children]
    return [(child, values) for child, values in found if values.word("display") != "none"]


def _columns(walk: Walk, group: HtmlElement, computed: Computed) -> list[Computed]:
    inner = [own for column, own in _shown(walk, group, computed) for _ in range(read_count(column, "span"))]
    return inner or [computed] * read_count(group, "span")


def _rows(walk: Walk, group: HtmlElement, computed: Computed, shade: str | None) -> list[RowElement]:
    """A group's rows. Those that differ from one before in their texts alone are not read again.

    The first and the last wear the lines of what is around them, and are like no other. Where a cell reaches down into
    other rows, a row breaks the page, or a selector counts them, no two are alike.
    """
    shown = _shown(walk, group, computed)
    one_by_one = (
        not walk.cascade.matching.knows_kinds
        or bool(walk.generated)
        or any(cell.get("rowspan") for row, _ in shown for cell in row.etree_element)
        or any(own.word(side) in PAGE_BREAKS for _, own in shown for side in ("break-before", "break-after"))
    )
    found: list[RowElement] = []
    known: dict[object, RowElement] = {}
    for number, (row, own) in enumerate(shown):
        shape = _shape(row.etree_element) if not one_by_one and 0 < number < len(shown) - 1 else None
        if shape in known:
            found[-1].alike.append((known[shape], row))
            continue
        found.append(read_row(walk, row, own, shade))
        if shape is not None:
            known[shape] = found[-1]
    return found


def _shape(row: Element) -> object:
    """What a row has in common with one that differs in its words alone; None where a cell holds more than a text."""
    if any(len(cell) or RIGHT_TO_LEFT.search(cell.text or "") for cell in row):
        return None
    cells = [(cell.tag, bool((cell.text or "").strip(" \t\r\n\f")), *cell.items()) for cell in row]
    return tuple(row.items()), tuple(cells)


def read_row(walk: Walk, element: HtmlElement, computed: Computed, shade: str | None) -> RowElement:
    """A row with its cells; `shade` is what stands behind it."""
    under = computed.color("background-color") or shade
    cells = [
        CellElement(child, values, values.color("background-color") or under)
        for child, values in _shown(walk, element, computed)
    ]
    return RowElement(element, computed, shade, tuple(cells))
