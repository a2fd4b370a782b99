"""A letter's own words as short plain text: read from its HTML, shortened by rule, and held against the finished PDF.

The rule: the greeting with what stands before the first heading, what the letter asks for, and the closing are always
there; of the rest as much as there is room for, in the letter's order, a table or list whole or not at all.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import html
from lxml.html import HtmlElement

from kvisdocs.application.recipient_check.spelling_patterns import normalise_mark

FIRST_LINE = "Orientering, intet svar nødvendigt"

AROUND = 200
"""So many letters at most stand in the foot of a page, and in the head of one."""

_AROUND = {"foot", "sender", "window", "details"}
"""What stands around a letter: the message has a sender, a recipient and a date of its own."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What stays together: a paragraph, a table or a list, with the sentence that leads to it."""

    lines: tuple[str, ...]
    is_kept: bool
    """Whether no shortening leaves it out."""
    pieces: tuple[str, ...]
    """Its texts as they stand in the letter, cell by cell."""


def read_passages(text: str) -> list[Passage]:
    """What a letter's HTML says, from its greeting to its name; without headings, which a short text does without."""
    found: list[Passage] = []
    is_headed = leads = False
    for element in _find_blocks(_parse(text)):
        if element.tag in {"h2", "h3", "h4"}:
            is_headed, leads = True, False
            continue
        lines, pieces = _read_lines(element)
        if not lines:
            continue
        is_kept = not is_headed or element.get("data-field") == "request" or "closing" in element.classes
        passage = Passage(lines, is_kept, pieces)
        found.append(_join(found.pop(), passage) if leads else passage)
        leads = lines[-1].endswith(":")
    return found


def _parse(text: str) -> HtmlElement:
    body = html.document_fromstring(text).find("body")
    assert isinstance(body, HtmlElement)  # lxml makes one where there is none
    return body


def _find_blocks(element: HtmlElement) -> Iterator[HtmlElement]:
    for child in element.iterchildren("*"):
        if child.tag == "h1" or child.get("role") == "presentation" or _AROUND & set(child.classes):
            continue
        if child.tag in {"div", "section", "article"}:
            yield from _find_blocks(child)
        else:
            yield child


def _read_lines(element: HtmlElement) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """An element as lines, and its texts."""
    if element.tag == "table":
        heads = [_read(cell) for cell in element.iterfind("thead//th")]
        rows = [[_read(cell) for cell in row] for row in element.iterfind("tbody/tr")]
        is_list = "facts" not in element.classes
        lines = tuple(_say_row(heads, row, is_list) for row in rows)
        return lines, (*heads, *(cell for row in rows for cell in row))
    if element.tag in {"ul", "ol"}:
        items = tuple(_read(item) for item in element.iterfind("li"))
        return tuple(f"- {item}" for item in items), items
    parts = [part for each in "".join(_texts(element)).split("\0") if (part := " ".join(each.split()))]
    return ((", ".join(parts),) if parts else ()), tuple(parts)


def _say_row(heads: Sequence[str], row: Sequence[str], is_list: bool) -> str:
    """`9. nov. – 29. nov.; Timer/uge: 10`: in a list what a row is about stands first, without its head."""
    cells = [f"{head}: {cell}" if head else cell for head, cell in zip(heads, row, strict=False)]
    return "; ".join([row[0], *cells[1:]] if is_list else cells)


def _texts(element: HtmlElement) -> Iterator[str]:
    """Its texts, with a zero where a line ends."""
    yield element.text or ""
    for child in element:
        yield "\0" if child.tag == "br" else "".join(child.itertext())
        yield child.tail or ""


def _read(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _join(lead: Passage, rest: Passage) -> Passage:
    return Passage(lead.lines + rest.lines, lead.is_kept or rest.is_kept, lead.pieces + rest.pieces)


def shorten(passages: Sequence[Passage], fits: Callable[[Sequence[str], bool], bool]) -> tuple[list[str], bool] | None:
    """The lines that fit, and whether something is left out. None where what must be there does not fit.

    `fits` is asked of lines, and told whether they are not the whole letter.
    """
    if fits(_compose(passages), False):
        return _compose(passages), False
    kept = [each for each in passages if each.is_kept]
    if not fits(_compose(kept), True):
        return None
    for passage in passages:
        if not passage.is_kept:
            more = [each for each in passages if each in kept or each is passage]
            if not fits(_compose(more), True):
                break
            kept = more
    return _compose(kept), True


def _compose(passages: Sequence[Passage]) -> list[str]:
    return [FIRST_LINE, *(line for passage in passages for line in passage.lines)]


def is_said_by(passages: Sequence[Passage], pages: Sequence[str]) -> bool:
    """Whether all of it stands on the pages of the finished letter, be it over the end of a page."""
    papers = [normalise_mark(page) for page in pages]
    return all(_stands_on(normalise_mark(piece), papers) for passage in passages for piece in passage.pieces)


def _stands_on(piece: str, papers: Sequence[str]) -> bool:
    return any(piece in paper for paper in papers) or any(
        piece[:at] in before[-at - AROUND :] and piece[at:] in after[: len(piece) - at + AROUND]
        for before, after in pairwise(papers)
        for at in range(1, len(piece))
    )
