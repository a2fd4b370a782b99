"""The tag tree of a PDF → blocks in reading order.

WeasyPrint's habits that are read here for what they mean: inline elements are NonStruct or Span, so NonStruct is a
block only where it holds one; a nested list stands beside its item, in the list; an item without a label is
a paragraph, as in a list of definitions; footnotes stand at the foot of their page, behind a mark that is no
Lbl, and are called by the raised number that comes next.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kvisdocs.messages import N_
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
from kvisdocs.verify.pdf.tag_tree import Char, Tag, begins_line, join_chars, read_tags

_CHAPTERS = frozenset({"Art", "BlockQuote", "Div", "Document", "Part", "Sect"})
_HEADINGS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
_BLOCKS = _CHAPTERS | _HEADINGS | {"Caption", "H", "Index", "L", "LBody", "LI", "Note", "P", "TOC", "TOCI", "Table"}
_ROW_GROUPS = {"THead", "TBody", "TFoot", "NonStruct", "Div"}
_MARK = re.compile(r"(\d+)\.?")


def read_pdf_blocks(file: Path) -> list[Placed]:
    """What the PDF says. Raises UnreadableError."""
    root = read_tags(file)
    document = root.children[0] if len(root.children) == 1 and root.children[0].role == "Document" else root
    notes = {number: note for tag in document.children for number, note in _notes(tag)}
    reader = _Reader({number: tuple(_Reader({}).flow(note)) for number, note in notes.items()})
    kept = [tag for tag in document.content if not (isinstance(tag, Tag) and _notes(tag))]
    placed: list[Placed] = []
    above: Tag | None = None
    for tag in (tag for part in kept for tag in _split(part)):
        place = N_("page {number}", number=tag.page) if tag.page else N_("the tag tree")
        higher = _is_higher(tag, above)
        placed += [Placed(block, place, tag.page, higher and not at) for at, block in enumerate(reader.flow(tag))]
        above = tag
    return placed + [Placed(note, N_("the footnotes")) for note in reader.uncalled()]


def _is_higher(tag: Tag, above: Tag | None) -> bool:
    """Whether it begins higher than the one before it ends, on the same page."""
    if above is None or tag.page != above.page:
        return False
    own, before = list(_chars(tag)), list(_chars(above))
    return bool(own and before) and own[0].y > before[-1].y + before[-1].size / 2


def _chars(tag: Tag) -> Iterator[Char]:
    for part in tag.content:
        yield from part if isinstance(part, tuple) else _chars(part)


def _split(part: Tag | tuple[Char, ...]) -> Iterator[Tag]:
    """The parts of wrappers around whole chapters, one by one, so that each has its own page."""
    if isinstance(part, tuple):
        yield Tag("P", (part,), part[0].page if part else 0)
    elif part.role in _CHAPTERS and not any(isinstance(each, tuple) or not _is_block(each) for each in part.content):
        for child in part.children:
            yield from _split(child)
    else:
        yield part


class _Reader:
    """Walks the tree; keeps which footnotes have been called, since they are called in order."""

    def __init__(self, notes: dict[int, tuple[Block, ...]]) -> None:
        self._notes, self._called = notes, 0

    def uncalled(self) -> list[Block]:
        """The notes that no call was found for."""
        return [note for number, blocks in self._notes.items() if number > self._called for note in _as_notes(blocks)]

    def flow(self, tag: Tag, level: int = 0) -> list[Block]:
        """The blocks of an element; `level` is that of the list it stands in."""
        if tag.role in _HEADINGS:
            return [_as_heading(block, int(tag.role[1])) for block in self._container(tag, level)]
        if tag.role == "L":
            counts = tag.bare or any(_label(item) for item in tag.children)
            return [block for child in tag.children for block in self.flow(child, level + counts)]
        if tag.role == "LI":
            return self._item(tag, level)
        if tag.role == "Table" and tag.children:
            captions = [block for child in tag.children if child.role == "Caption" for block in self.flow(child)]
            table = Table(tuple(self._rows(tag)))
            return [table, *captions] if tag.children[-1].role == "Caption" else [*captions, table]
        return self._container(tag, level)

    def _container(self, tag: Tag, level: int) -> list[Block]:
        found: list[Block] = []
        line: list[Tag | tuple[Char, ...]] = []
        for part in (tag,) if tag.role == "Figure" else tag.content:
            if isinstance(part, Tag) and _is_block(part):
                found += self._line(line)
                line = []
                found += self.flow(part, level)
            else:
                line.append(part)
        return found + self._line(line)

    def _item(self, item: Tag, level: int) -> list[Block]:
        label = _label(item)
        blocks = self._container(item, level)
        if label is None or not blocks or not isinstance(blocks[0], Paragraph):
            return blocks
        numbered = any(char.isalnum() for char in label)
        return [ListItem(level, blocks[0].text, numbered), *blocks[1:]]

    def _rows(self, table: Tag) -> Iterator[Row]:
        """The rows; those that name the columns are in a THead, or hold only headers and stand first, as in Word."""
        leading = True
        for row, in_head in _rows(table):
            cells = [cell for cell in row.children if cell.role in ("TH", "TD")]
            leading = leading and bool(cells) and all(cell.role == "TH" for cell in cells)
            yield Row(
                tuple(Cell(tuple(self.flow(cell)), cell.columns, cell.rows) for cell in cells), in_head or leading
            )

    def _line(self, parts: Sequence[Tag | tuple[Char, ...]]) -> list[Block]:
        """A paragraph of inline parts, then its pictures, links and notes."""
        chars: list[Char] = []
        behind: list[Block] = []
        notes: list[Block] = []
        links: list[tuple[list[Char], str]] = []
        blank = False
        for tag, run in _runs(parts):
            if blank and run and chars:
                run = _behind_blank(run, chars[-1])
            blank = not run
            if tag is not None and tag.role == "Figure":
                behind.append(Figure(tag.alt or ""))
            elif self._is_call(run, chars):
                self._called += 1
                notes += _as_notes(self._notes[self._called])
            else:
                if tag is not None and tag.target is not None:
                    if links and links[-1][1] == tag.target and links[-1][0][-1:] == chars[-1:]:
                        links[-1][0].extend(run)
                    else:
                        links.append((list(run), tag.target))
                chars += run
        text = join_chars(chars)
        behind += join_links((Link(join_chars(run), target) for run, target in links), text)
        return [*([Paragraph(text)] if text else []), *behind, *notes]

    def _is_call(self, run: Sequence[Char], before: Sequence[Char]) -> bool:
        number = self._called + 1
        if number not in self._notes or not run or not before or join_chars(run) != str(number):
            return False
        return not begins_line(before[-1], run[0]) and run[0].y > before[-1].y and run[0].size < before[-1].size


def _rows(group: Tag) -> Iterator[tuple[Tag, bool]]:
    """The rows of a table, and whether each stands in a THead."""
    for child in group.children:
        if child.role == "TR":
            yield child, group.role == "THead"
        elif child.role in _ROW_GROUPS:
            yield from _rows(child)


def _runs(
    parts: Sequence[Tag | tuple[Char, ...]], around: Tag | None = None
) -> Iterator[tuple[Tag | None, tuple[Char, ...]]]:
    """Each run of characters with the link around it, and each picture; labels are left out."""
    for part in parts:
        if isinstance(part, tuple):
            yield around, part
        elif part.role == "Figure":
            yield part, ()
            if around is not None:  # a link of a picture is a link too, without words
                yield around, ()
        elif part.actual is not None:
            chars = [char for _, run in _runs(part.content) for char in run]
            if chars:
                yield around, (replace(chars[0], text=part.actual, end=chars[-1].end),)
        elif part.role != "Lbl":
            yield from _runs(part.content, part if part.role == "Link" else around)


def _behind_blank(run: tuple[Char, ...], before: Char) -> tuple[Char, ...]:
    """Characters behind an empty element: WeasyPrint tags a space between two inline elements, but does not draw it."""
    first = run[0]
    gap = first.x - before.end
    wide = not begins_line(before, first) and gap > 0.1 * max(before.size, first.size)
    return (replace(first, text=f" {first.text}"), *run[1:]) if wide else run


def _is_block(tag: Tag) -> bool:
    return tag.role in _BLOCKS or (tag.role == "NonStruct" and any(map(_is_block, tag.children)))


def _label(item: Tag) -> str | None:
    """The label of a list item, wherever in it, but not of a list within."""
    for child in item.children:
        if child.role == "Lbl":
            return join_chars([char for _, run in _runs(child.content) for char in run])
        found = _label(child) if child.role not in ("L", "Table") else None
        if found is not None:
            return found
    return None


def _as_heading(block: Block, level: int) -> Block:
    return Heading(level, block.text) if isinstance(block, Paragraph) else block


def _as_notes(blocks: Sequence[Block]) -> list[Block]:
    return [Note(block.text) if isinstance(block, Paragraph | ListItem) else block for block in blocks]


def _notes(area: Tag) -> list[tuple[int, Tag]]:
    """The footnotes of a page, each with its number, if `area` holds nothing else; the number is cut off."""
    found = []
    for child in area.children if area.role == "NonStruct" else ():
        mark, body = next(iter(child.children), None), child.children[1:]
        text = join_chars([char for _, run in _runs(mark.content) for char in run]) if mark else ""
        match = _MARK.fullmatch(text)
        if mark is None or mark.role != "NonStruct" or match is None or not body:
            return []
        found.append((int(match[1]), replace(child, role="P", content=body)))
    return found
