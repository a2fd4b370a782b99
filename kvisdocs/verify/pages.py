"""Blocks that a page break or the end of a column cut in two, joined again.

WeasyPrint tags each page and column by itself: what goes on over it, paragraph, list item or table, is two of its
kind, and the heads of tables are there again. The tags do not tell the rest of a paragraph from a new one. So the DOCX
is asked: two pieces are one where it has one block that begins with both, or that begins or ends as they do and is much
like both.
"""

import difflib
from collections.abc import Sequence
from dataclasses import replace

from kvisdocs.verify.blocks import (
    Block,
    Cell,
    Heading,
    ListItem,
    Note,
    Paragraph,
    Placed,
    Row,
    Table,
    canonical,
    row_keys,
    row_text,
)

_MUCH_ALIKE = 0.8


def join_over_pages(pdf: Sequence[Placed], docx: Sequence[Placed]) -> list[Placed]:
    """The blocks of the PDF, with those made whole that are whole in the DOCX."""
    whole = _Whole([placed.block for placed in docx])
    joined: list[Placed] = []
    page = 0
    for placed in pdf:
        block = (
            whole.join(joined[-1].block, placed.block) if joined and (placed.higher or 0 < page < placed.page) else None
        )
        if block is None:
            joined.append(placed)
        else:
            joined[-1] = replace(joined[-1], block=block)
        page = placed.page or page
    return joined


class _Whole:
    """What is whole in the DOCX."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._texts = [
            canonical(each.text) for each in blocks if isinstance(each, Heading | Paragraph | ListItem | Note)
        ]
        self._tables = [(each, row_keys(each.rows)) for each in blocks if isinstance(each, Table)]
        self._cells = {each for table, _ in self._tables for row in table.rows for each in map(_cell_key, row.cells)}

    def join(self, first: Block, rest: Block) -> Block | None:
        """Both as one, or None where they are two."""
        if isinstance(first, Table) and isinstance(rest, Table):
            return self._join_tables(first, rest)
        if isinstance(first, Heading | Paragraph | ListItem) and isinstance(rest, Heading | Paragraph):
            if isinstance(first, Heading) != isinstance(rest, Heading):
                return None
            text = _join_texts(first.text, rest.text)
            return replace(first, text=text) if self._is_whole(first.text, rest.text, text) else None
        return None

    def _is_whole(self, first: str, rest: str, text: str) -> bool:
        begin, end, both = canonical(first), canonical(rest), canonical(text)
        if any(each.startswith(both) for each in self._texts):
            return True
        if begin in self._texts or end in self._texts:
            return False
        near = (each for each in self._texts if each.startswith(begin) or each.endswith(end))
        return any(difflib.SequenceMatcher(None, each, both, autojunk=False).ratio() >= _MUCH_ALIKE for each in near)

    def _join_tables(self, first: Table, rest: Table) -> Table | None:
        head = _head(rest)
        above, below = row_keys(first.rows), row_keys(rest.rows)
        body = rest.rows[head:] if head and above[:head] == below[:head] else rest.rows
        feet = _repeated_foot(above, row_keys(body))
        for count in (feet, 0) if feet else (0,):
            upper, lower = first.rows[: len(above) - count], body[: len(body) - count]
            foot = body[len(body) - count :]
            cut = (*upper[:-1], self._join_rows(upper[-1], lower[0]), *lower[1:]) if upper and lower else ()
            for rows in ((*upper, *lower), cut):
                if rows and any(_begins_with(table, rows) for table, _ in self._tables):
                    return Table((*rows, *foot))
        end = row_keys(body)
        for _, keys in self._tables:
            is_longer = len(keys) > max(len(above), len(below))
            if is_longer and (keys[: len(above)] == above or keys[len(keys) - len(end) :] == end):
                return Table((*first.rows[: len(above) - feet], *body))
        return None

    def _join_rows(self, first: Row, rest: Row) -> Row:
        """A row that was cut between its lines."""
        if len(first.cells) != len(rest.cells):
            return first
        pairs = zip(first.cells, rest.cells, strict=True)
        return replace(first, cells=tuple(self._join_cells(one, other) for one, other in pairs))

    def _join_cells(self, first: Cell, rest: Cell) -> Cell:
        plain = replace(first, blocks=first.blocks + rest.blocks)
        if not first.blocks or not rest.blocks:
            return plain
        one, other = first.blocks[-1], rest.blocks[0]
        if not isinstance(one, Paragraph | ListItem) or not isinstance(other, Paragraph):
            return plain
        block = replace(one, text=_join_texts(one.text, other.text))
        joined = replace(first, blocks=(*first.blocks[:-1], block, *rest.blocks[1:]))
        key, plain_key = _cell_key(joined), _cell_key(plain)
        is_joined = any(each.startswith(key) for each in self._cells)
        return joined if is_joined or not any(each.startswith(plain_key) for each in self._cells) else plain


def _begins_with(table: Table, rows: Sequence[Row]) -> bool:
    """Whether these are the first rows of the table; the last may be the beginning of one."""
    whole = table.rows[: len(rows)]
    if len(whole) < len(rows) or row_keys(whole[:-1]) != row_keys(rows[:-1]):
        return False
    cells, begun = whole[-1].cells, rows[-1].cells
    return len(cells) == len(begun) and all(
        _cell_key(cell).startswith(_cell_key(part)) for cell, part in zip(cells, begun, strict=True)
    )


def _join_texts(first: str, rest: str) -> str:
    return first.removesuffix("\u2010") + rest if first.endswith("\u2010") else f"{first} {rest}"


def _cell_key(cell: Cell) -> str:
    return canonical(row_text(Row((cell,))))


def _head(table: Table) -> int:
    """How many rows name the columns."""
    return next((number for number, row in enumerate(table.rows) if not row.header), len(table.rows))


def _repeated_foot(above: Sequence[str], below: Sequence[str]) -> int:
    """How many last rows of both are the same: the foot, which WeasyPrint writes on each page."""
    count = 0
    while count < min(len(above), len(below)) - 1 and above[-1 - count] == below[-1 - count]:
        count += 1
    return count
