"""Rows alike but for their words → XML text, with no element made for any of them but the first.

A part's tree holds one mark for a run of such rows; the package puts their text in its place when the part is written.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby, islice
from typing import cast

from docx.oxml.ns import nsmap
from lxml import etree
from lxml.etree import _Element

from kvisdocs.writers.word.model.blocks import AlikeRow, Row

_HOLE = "\ue000"
"""Where a text goes in a pattern: a character for private use, which no style's name or colour holds."""

_NAMESPACE = f' xmlns:w="{nsmap["w"]}"'
_MARK = re.compile(rb"<\?kvisdocs-rows (\d+)\?>")
_BY_ELEMENTS = re.compile(r"[\t\r\xad\u2011]|\s(?:[ \0]|\Z)|(?:\A|\0)\s")
"""In a row's texts, each ended by a NUL: what is an element of its own, or spaces that XML must be told to keep."""


@dataclass(frozen=True, slots=True)
class RowTexts:
    """The rows of one package that are text alone."""

    _runs: list[bytes] = field(default_factory=list)

    def write(
        self, rows: Iterable[Row | AlikeRow], write_row: Callable[[Row | AlikeRow], _Element]
    ) -> Iterator[_Element]:
        """The rows' elements, and a mark for each run of rows that are text. `write_row` makes one row's element."""
        for _, run in groupby(rows, key=lambda row: id(row.pattern) if isinstance(row, AlikeRow) else None):
            alike = list(run)
            template = _template(alike[0], write_row) if isinstance(alike[0], AlikeRow) else None
            if template is None:
                yield from map(write_row, alike)
                continue
            waiting: list[AlikeRow] = []
            for row in cast("list[AlikeRow]", alike):
                if _BY_ELEMENTS.search("\0".join(row.texts)):
                    yield from self._mark(template, waiting)
                    waiting = []
                    yield write_row(row)
                else:
                    waiting.append(row)
            yield from self._mark(template, waiting)

    def put_back(self, xml: bytes) -> bytes:
        """A part with the rows in place of their marks."""
        return _MARK.sub(lambda mark: self._runs[int(mark[1])], xml) if self._runs else xml

    def _mark(self, template: str, rows: Sequence[AlikeRow]) -> Iterator[_Element]:
        if not rows:
            return
        joined = "\0".join(chain.from_iterable(row.texts for row in rows))
        escaped = joined.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        texts = iter(escaped.split("\0"))
        count = len(rows[0].texts)
        filled = [template % tuple(islice(texts, count)) for _ in rows]
        self._runs.append("".join(filled).encode())
        yield cast(_Element, etree.ProcessingInstruction("kvisdocs-rows", str(len(self._runs) - 1)))


def _template(row: AlikeRow, write_row: Callable[[Row | AlikeRow], _Element]) -> str | None:
    """The pattern as XML with `%s` for each text, or None where it cannot be text: it says more than its part does."""
    count = len(row.texts)
    xml = etree.tostring(write_row(AlikeRow(row.pattern, (_HOLE,) * count)), encoding="unicode")
    pieces = xml.replace(_NAMESPACE, "", 1).replace("%", "%%").split(_HOLE)
    return "%s".join(pieces) if len(pieces) == count + 1 and "xmlns" not in xml.replace(_NAMESPACE, "", 1) else None
