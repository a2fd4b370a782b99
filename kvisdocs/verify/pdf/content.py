"""The characters of a PDF by marked content: what each leaf of the tag tree holds (ISO 32000-1, 14.7.4).

Built on pdfminer.six, which decodes the fonts and keeps track of where each character stands.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import apply_matrix_pt

_LINE_END_HYPHEN = "\u2010"  # WeasyPrint writes this one where it hyphenates, and a plain one where the text has one
_UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Char:
    """A character (or a ligature's characters) on a page: from `x` to `end` on the baseline `y`, in points."""

    text: str
    page: int
    x: float
    end: float
    y: float
    size: float


Content = dict[tuple[object, int], list[Char]]
"""Characters by the page's object number and the number of the marked content (MCID)."""


def read_content(pages: Sequence[PDFPage]) -> Content:
    """All characters that belong to some marked content with a number, so no artifacts."""
    manager = PDFResourceManager()
    collector = _Collector(manager)
    interpreter = PDFPageInterpreter(manager, collector)
    for page in pages:
        interpreter.process_page(page)
    return dict(collector.content)


def join_chars(chars: Sequence[Char]) -> str:
    """The text of a block: lines joined by a space, hyphenated words whole again, white space collapsed.

    The spaces on a line are those of the file: all that is added is one where there is a gap wider than the letters.
    """
    text: list[str] = []
    before: Char | None = None
    for char in chars:
        if before is not None:
            if begins_line(before, char):
                if text[-1].endswith(_LINE_END_HYPHEN):
                    text[-1] = text[-1].removesuffix(_LINE_END_HYPHEN)
                else:
                    text.append(" ")
            elif char.x - before.end > max(before.size, char.size):
                text.append(" ")
        text.append(char.text)
        before = char
    return " ".join("".join(text).split())


def begins_line(before: Char, char: Char) -> bool:
    """Whether `char` stands on another line than the one before it; superscripts do not, nor what runs leftwards."""
    size = max(before.size, char.size)
    if char.page != before.page or abs(char.y - before.y) > 0.9 * size:
        return True
    return char.x < before.end - 0.5 * size and abs(before.x - char.end) > size


class _Collector(PDFTextDevice):
    """Receives what is drawn, and keeps the characters that are drawn within numbered marked content."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.content: defaultdict[tuple[object, int], list[Char]] = defaultdict(list)
        self._page: object = None
        self._page_number = 0
        self._open: list[int | None] = []

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        self._page, self._page_number = page.pageid, self._page_number + 1
        self._open = []

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        number = props.get("MCID") if isinstance(props, dict) else None
        outer = self._open[-1] if self._open else None
        self._open.append(number if isinstance(number, int) else outer)

    def end_tag(self) -> None:
        if self._open:
            self._open.pop()

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        advance = float(font.char_width(cid) * fontsize * scaling)
        number = self._open[-1] if self._open else None
        if number is not None:
            try:
                text = str(font.to_unichr(cid))
            except PDFUnicodeNotDefined:
                text = _UNKNOWN
            (x, y), (end, _), (up_x, up_y) = (
                apply_matrix_pt(matrix, point) for point in ((0, rise), (advance, rise), (0, rise + fontsize))
            )
            size = ((up_x - x) ** 2 + (up_y - y) ** 2) ** 0.5
            self.content[self._page, number].append(Char(text, self._page_number, x, end, y, size))
        return advance
