"""The body of a DOCX → blocks in reading order.

Content controls are read through, footnotes stand behind the paragraph that calls them, text boxes behind the one that
holds them. Headers, footers, field codes, comments, and deleted and hidden text are left out.
"""

from collections.abc import Iterator
from pathlib import Path

from lxml.etree import _Element

from kvisdocs.verify.blocks import (
    Block,
    Cell,
    Figure,
    Heading,
    Link,
    ListItem,
    Note,
    Paragraph,
    Placed,
    Row,
    Table,
    join_links,
)
from kvisdocs.verify.docx.package import (
    Part,
    R,
    W,
    WordFile,
    cells,
    children,
    is_layout,
    is_on,
    open_docx,
    place,
    rows,
    value,
)
from kvisdocs.verify.docx.styles import Styles

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TEXTS = {f"{W}tab": " ", f"{W}cr": " ", f"{W}br": " ", f"{W}ptab": " ", f"{W}noBreakHyphen": "\u2011"}


def read_docx_blocks(file: Path) -> list[Placed]:
    """What the DOCX says. Raises UnreadableError."""
    return _Reader(open_docx(file)).body()


def drawing_alt(drawing: _Element) -> str | None:
    """What a picture (`w:drawing`, `w:pict`) says to those who cannot see it; None: it is marked as decoration."""
    properties = drawing.find(f".//{_WP}docPr")
    if properties is None:
        shape = next((each for each in drawing.iter("{urn:schemas-microsoft-com:vml}shape")), None)
        return "" if shape is None else " ".join(shape.get("alt", "").split())
    decorative = next(properties.iter(_DECORATIVE), None)
    if decorative is not None and decorative.get("val") in ("1", "true"):
        return None
    return " ".join(properties.get("descr", "").split())


def plain_text(element: _Element) -> str:
    """The text in a paragraph, link or run as a reader sees it, with its white space as it is."""
    return "".join(_run_text(run) for run in _runs(element))


def _runs(element: _Element) -> Iterator[_Element]:
    for child in [element] if element.tag == f"{W}r" else children(element):
        if child.tag == f"{W}r" and not is_on(child.find(f"{W}rPr"), "vanish"):
            yield child


def _run_text(run: _Element) -> str:
    return "".join((child.text or "") if child.tag == f"{W}t" else _TEXTS.get(child.tag, "") for child in children(run))


def _run_alts(run: _Element) -> Iterator[str | None]:
    """What the pictures in a run say, or the box to tick that it is."""
    ticked = _ticked(run)
    if ticked:
        yield ticked
        return
    for each in children(run):
        if each.tag in (f"{W}drawing", f"{W}pict") and next(each.iter(f"{W}txbxContent"), None) is None:
            yield drawing_alt(each)


def _ticked(run: _Element) -> str | None:
    """A box to tick (a content control of Word 2010 and later) as words; None for any other run.

    Word's screen reader says the control's state, a PDF the words of the picture of it: so both are read alike.
    """
    control = next(run.iterancestors(f"{W}sdt", f"{W}p"), None)
    state = None if control is None else control.find(f"{W}sdtPr/{_W14}checkbox/{_W14}checked")
    if state is None:
        return None
    return "Afkrydset" if state.get(f"{_W14}val", "true") in ("1", "true", "on") else "Ikke afkrydset"


class _Reader:
    def __init__(self, file: WordFile) -> None:
        self._file, self._styles = file, Styles(file)
        notes = file.root("footnotes")
        self._notes = {} if notes is None else {note.get(f"{W}id"): note for note in notes.iterfind(f"{W}footnote")}

    def body(self) -> list[Placed]:
        counts = {f"{W}p": 0, f"{W}tbl": 0}
        placed = []
        for child in children(self._file.body):
            if child.tag in counts:
                counts[child.tag] += 1
                where = place((("paragraph" if child.tag == f"{W}p" else "table", counts[child.tag]),))
                placed += [Placed(block, where) for block in self._block(child)]
        return placed

    def _flow(self, container: _Element) -> list[Block]:
        return [block for child in children(container) for block in self._block(child)]

    def _block(self, element: _Element) -> list[Block]:
        if element.tag == f"{W}tbl" and is_layout(element):
            return [block for row in rows(element) for cell in cells(row) for block in self._flow(cell)]
        if element.tag == f"{W}tbl":
            return [Table(tuple(self._rows(element)))]
        return self._paragraph(element) if element.tag == f"{W}p" else []

    def _paragraph(self, paragraph: _Element) -> list[Block]:
        text = " ".join("".join(self._texts(paragraph)).split())
        links = join_links(self._links(paragraph), text)
        behind = [*self._figures(paragraph), *links, *self._boxes(paragraph), *self._called(paragraph)]
        if not text:
            return behind
        level, item = self._styles.heading_level(paragraph), self._styles.list_level(paragraph)
        if level is not None:
            return [Heading(level, text), *behind]
        return [Paragraph(text) if item is None else ListItem(item[0], text, item[1]), *behind]

    def _texts(self, paragraph: _Element) -> Iterator[str]:
        for run in _runs(paragraph):
            text = "" if _ticked(run) else _run_text(run)
            if text:
                capitals = next((p for p in self._styles.run_properties(run, paragraph) if _has(p, "caps")), None)
                yield text.upper() if is_on(capitals, "caps") else text

    def _figures(self, paragraph: _Element) -> list[Block]:
        alts = (alt for run in _runs(paragraph) for alt in _run_alts(run))
        return [Figure(alt) for alt in alts if alt is not None]

    def _links(self, paragraph: _Element) -> list[Link]:
        found: list[Link] = []
        for link in paragraph.iter(f"{W}hyperlink"):
            text = " ".join(plain_text(link).split())
            related = self._part_of(paragraph).relations.get(link.get(f"{R}id", ""))
            found.append(Link(text, related[1] if related else "#"))
        return found

    def _part_of(self, element: _Element) -> Part:
        """A footnote's links are related to the footnotes' part, not to the main one."""
        root = element.getroottree().getroot()
        return next((part for part in self._file.parts.get("footnotes", []) if part.root is root), self._file.main)

    def _boxes(self, paragraph: _Element) -> list[Block]:
        runs = (each for run in _runs(paragraph) for each in children(run))
        return [block for each in runs for box in each.iter(f"{W}txbxContent") for block in self._flow(box)]

    def _called(self, paragraph: _Element) -> list[Block]:
        calls = (each for run in _runs(paragraph) for each in run.iterchildren(f"{W}footnoteReference"))
        notes = (self._notes.get(call.get(f"{W}id")) for call in calls)
        blocks = [block for note in notes if note is not None for block in self._flow(note)]
        return [Note(block.text) if isinstance(block, Paragraph | ListItem) else block for block in blocks]

    def _rows(self, table: _Element) -> Iterator[Row]:
        grid = [list(_columns(row)) for row in rows(table)]
        header = True
        for number, row in enumerate(rows(table)):
            header = header and is_on(row.find(f"{W}trPr"), "tblHeader")
            found = []
            for column, width, cell in grid[number]:
                if not _goes_on(cell):
                    height = 1
                    for below in grid[number + 1 :]:
                        if not any(at == column and _goes_on(each) for at, _, each in below):
                            break
                        height += 1
                    found.append(Cell(tuple(self._flow(cell)), width, height))
            yield Row(tuple(found), header)


def _columns(row: _Element) -> Iterator[tuple[int, int, _Element]]:
    """Each cell with its first column and how many it spans."""
    column = _number(value(row, "trPr/gridBefore"), 0)
    for cell in cells(row):
        width = _number(value(cell, "tcPr/gridSpan"), 1)
        yield column, width, cell
        column += width


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() else otherwise


def _goes_on(cell: _Element) -> bool:
    """Whether the cell is the lower part of one above (17.4.84)."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _has(properties: _Element, name: str) -> bool:
    return properties.find(f"{W}{name}") is not None
