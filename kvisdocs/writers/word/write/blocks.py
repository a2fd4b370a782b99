"""Blocks → `w:p` and `w:tbl`. Rows are built as XML: python-docx's `table.cell()` is quadratic."""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import count
from xml.sax.saxutils import escape

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import nsmap, qn
from lxml import etree
from lxml.etree import _Element

from kvisdocs.writers.word.model.blocks import LAYOUT, Block, BlockControl, Cell, Paragraph, Row, Table
from kvisdocs.writers.word.model.inlines import (
    PLAIN,
    Bookmark,
    Borders,
    Checkbox,
    ContentsEnd,
    ContentsStart,
    Control,
    Field,
    FootnoteCall,
    FootnoteMark,
    Inline,
    LineBreak,
    Link,
    Margins,
    PageNumber,
    Picture,
    RunFormat,
    Tab,
    Text,
)
from kvisdocs.writers.word.write.controls import checkbox, control
from kvisdocs.writers.word.write.formats import (
    borders,
    flag,
    make,
    paragraph_properties,
    reused,
    run_properties,
    shading,
)
from kvisdocs.writers.word.write.pictures import Media, drawing

_MARK = "kvisdocs-rows"
_MARKED = re.compile(rf"<\?{_MARK} (\d+)\?>".encode())
_HOLE = "\ue000"
"""Where a text goes in a pattern: a character for private use, which no style's name or colour holds."""

_SPECIAL = {"\N{NON-BREAKING HYPHEN}": "w:noBreakHyphen", "\N{SOFT HYPHEN}": "w:softHyphen", "\t": "w:tab"}


@dataclass(slots=True)
class Package:
    """What the writers of one package's parts share: ids of styles, files of pictures, numbers that stand once.

    `lists_before` is the highest number of a list that a letterhead has; ours come behind it. `rows` are rows
    as text: no element is made of them, and a part's tree holds a mark with their number until it is saved.
    """

    styles: Mapping[str, str]
    media: Media = field(default_factory=Media)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    lists_before: int = 0
    rows: list[str] = field(default_factory=list)

    def put_rows_back(self, xml: bytes) -> bytes:
        """A part with rows in the place of their marks."""
        return _MARKED.sub(lambda mark: self.rows[int(mark[1])].encode(), xml) if self.rows else xml


@dataclass(frozen=True, slots=True)
class BlockWriter:
    """Writes blocks into one part: body, header or footer."""

    part: XmlPart
    package: Package

    def write(self, blocks: Iterable[Block]) -> list[_Element]:
        """The blocks' elements, in order; a table at the end is followed by the paragraph that Word wants there."""
        found = self._blocks(blocks)
        if found and _ends_with_table(found[-1]):
            found.append(make("w:p", make("w:pPr", make("w:spacing", before=0, after=0, line=20, lineRule="exact"))))
        return found

    def _blocks(self, blocks: Iterable[Block]) -> list[_Element]:
        found: list[_Element] = []
        for block in blocks:
            match block:
                case Paragraph():
                    found.append(self._paragraph(block))
                case Table():
                    found.append(self._table(block))
                case BlockControl():
                    number = next(self.package.numbers)
                    found.append(control(block, number, self._blocks(block.blocks)))
        return found

    def _paragraph(self, paragraph: Paragraph) -> _Element:
        mark = paragraph.run_format if paragraph.run_format != PLAIN else None
        place = paragraph.place and replace(
            paragraph.place, list_id=paragraph.place.list_id + self.package.lists_before
        )
        properties = paragraph_properties(
            paragraph.format, self.package.styles[paragraph.style], place, paragraph.frame, mark
        )
        return make("w:p", properties, *self._inlines(paragraph.children))

    def _inlines(self, inlines: Iterable[Inline]) -> list[_Element]:
        found: list[_Element] = []
        for inline in inlines:
            match inline:
                case Text():
                    style = self.package.styles[inline.style] if inline.style else None
                    found.append(_run(inline.format, _text(inline.text), style))
                case LineBreak():
                    found.append(make("w:r", make("w:br")))
                case Tab():
                    found.append(make("w:r", make("w:tab")))
                case Field():
                    found += _field(inline.code, inline.cached, inline.format)
                case PageNumber():
                    found += _field(f"PAGEREF {inline.anchor} \\h", inline.cached, inline.format)
                case ContentsStart():
                    found += _contents_start(inline)
                case ContentsEnd():
                    found.append(make("w:r", make("w:fldChar", fldCharType="end")))
                case Picture():
                    found.append(
                        make("w:r", drawing(inline, self.part, self.package.media, next(self.package.numbers)))
                    )
                case Link():
                    found.append(self._link(inline))
                case FootnoteCall():
                    call = make("w:footnoteReference", id=inline.number)
                    found.append(_run(inline.format, [call], self.package.styles[inline.style]))
                case FootnoteMark():
                    found.append(_run(inline.format, [make("w:footnoteRef")], self.package.styles[inline.style]))
                case Control():
                    number = next(self.package.numbers)
                    found.append(control(inline, number, self._inlines(inline.children)))
                case Checkbox():
                    found.append(checkbox(inline, next(self.package.numbers)))
                case Bookmark():
                    number = next(self.package.numbers)
                    found.append(make("w:bookmarkStart", id=number, name=inline.name))
                    found.append(make("w:bookmarkEnd", id=number))
        return found

    def _link(self, link: Link) -> _Element:
        inside = self._inlines(link.children)
        if link.anchor is not None:
            return make("w:hyperlink", *inside, anchor=link.anchor, history="1")
        relation = self.part.relate_to(link.url or "", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return make("w:hyperlink", *inside, **{"r:id": relation, "w:history": "1"})

    def _table(self, table: Table) -> _Element:
        header = any(row.header for row in table.rows)
        properties = make(
            "w:tblPr",
            make("w:bidiVisual") if table.rtl else None,
            make("w:tblW", w=sum(table.grid), type="dxa"),
            make("w:tblInd", w=table.indent, type="dxa"),
            make("w:tblLayout", type="fixed"),
            make(
                "w:tblLook",
                val=f"{(0x20 if header else 0) | (0x80 if table.first_column else 0) | 0x0600:04X}",
                firstRow=int(header),
                lastRow=0,
                firstColumn=int(table.first_column),
                lastColumn=0,
                noHBand=1,
                noVBand=1,
            ),
            make("w:tblCaption", val=table.title) if table.title else None,
            make("w:tblDescription", val=LAYOUT) if table.layout else None,
        )
        grid = make("w:tblGrid", *(make("w:gridCol", w=width) for width in table.grid))
        made = make("w:tbl", properties, grid)
        rows = [self._row(row) for row in table.rows]
        templates: dict[int, str] = {}
        for row, element in zip(table.rows, rows, strict=True):
            made.append(element)
            if row.alike:
                for number, _ in row.alike:
                    if number not in templates:
                        templates[number] = _template(rows[number])
                texts = [templates[number] % tuple(map(escape, said)) for number, said in row.alike]
                made.append(etree.ProcessingInstruction(_MARK, str(len(self.package.rows))))
                self.package.rows.append("".join(texts))
        return made

    def _row(self, row: Row) -> _Element:
        properties = None
        if row.keep_together or row.header or row.height:
            together = flag("w:cantSplit", True) if row.keep_together else None
            height = make("w:trHeight", val=row.height, hRule="atLeast") if row.height else None
            properties = make("w:trPr", together, height, make("w:tblHeader") if row.header else None)
        return make("w:tr", properties, *(self._cell(cell) for cell in row.cells))

    def _cell(self, cell: Cell) -> _Element:
        return make(
            "w:tc",
            _cell_properties(cell.width, cell.span, cell.merge, cell.borders, cell.margins, cell.shade, cell.align),
            *self.write(cell.blocks),
        )


@reused
def _cell_properties(
    width: int, span: int, merge: str | None, sides_drawn: Borders, margins: Margins, shade: str | None, align: str
) -> _Element:
    """`w:tcPr` (17.4.70)."""
    sides = [make(f"w:{s}", w=getattr(margins, s), type="dxa") for s in ("top", "left", "bottom", "right")]
    return make(
        "w:tcPr",
        make("w:tcW", w=width, type="dxa"),
        make("w:gridSpan", val=span) if span > 1 else None,
        make("w:vMerge", val=merge) if merge else None,
        borders("w:tcBorders", sides_drawn) if sides_drawn else None,
        shading(shade),
        make("w:tcMar", *sides),
        make("w:vAlign", val=align) if align != "top" else None,
    )


def _template(row: _Element) -> str:
    """A row as XML text, with `%s` for each of its texts."""
    pattern = deepcopy(row)
    for text in pattern.iter(qn("w:t")):
        text.text = _HOLE
    xml = etree.tostring(pattern, encoding="unicode").replace(f' xmlns:w="{nsmap["w"]}"', "", 1)
    return xml.replace("%", "%%").replace(_HOLE, "%s")


def _ends_with_table(element: _Element) -> bool:
    """Whether the last block is a table, in a content control or not."""
    return element.tag.endswith("}tbl") or (element.tag.endswith("}sdt") and _ends_with_table(element[-1][-1]))


def _run(format: RunFormat, content: list[_Element], style: str | None = None) -> _Element:
    return make("w:r", run_properties(format, style), *content)


def _text(text: str) -> list[_Element]:
    """`w:t` elements, with elements of their own for the characters that Word keeps apart."""
    found: list[_Element] = []
    start = 0
    for at, character in enumerate(text):
        if character in _SPECIAL:
            if at > start:
                found.append(_plain(text[start:at]))
            found.append(make(_SPECIAL[character]))
            start = at + 1
    if start < len(text):
        found.append(_plain(text[start:]))
    return found


def _plain(text: str) -> _Element:
    element = make("w:t")
    element.text = text
    if text != text.strip() or "  " in text:
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def _field(code: str, cached: str, format: RunFormat) -> list[_Element]:
    """begin, instruction, separate, cached result, end (17.16.18): shows right before Word has counted anything."""
    pieces = [*_field_start(code), _text(cached), [make("w:fldChar", fldCharType="end")]]
    return [_run(format, piece) for piece in pieces]


def _field_start(code: str) -> list[list[_Element]]:
    instruction = make("w:instrText")
    instruction.text = f" {code} "
    instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [[make("w:fldChar", fldCharType="begin")], [instruction], [make("w:fldChar", fldCharType="separate")]]


def _contents_start(contents: ContentsStart) -> list[_Element]:
    """`TOC` (17.16.5.68): headings of these levels, each entry a link, page numbers left out in web view."""
    code = f'TOC \\o "{contents.first}-{contents.last}" \\h \\z'
    return [make("w:r", *piece) for piece in _field_start(code)]
