"""Parity: a PDF and its DOCX say the same, in the same order.

Words, headings, lists, tables, alt texts and links are compared block by block and tables row by row. How something
looks is not compared, nor what is page furniture.

A difference between a PDF and its DOCX in words, with both sides and where.

What differs stands in square brackets, with some words around it:

    paragraph 12 says something else than a.pdf, page 1:
        PDF:  … fra den [11.] februar 2013.
        DOCX: … fra den [12.] februar 2013.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kvisdocs.problems import Position, Problem
from kvisdocs.verify.blocks import Placed, Table
from kvisdocs.verify.equality import canonical, kind, row_text, text_of
from kvisdocs.verify.pages import join_over_pages

_AROUND = 5
_LONG_QUOTE = 12


def say_other_text(pdf: str, ours: tuple[str, str, str], theirs: tuple[str, str, str]) -> str:
    """Each side is what it is, what it says and where."""
    (what, text, place), (_, other, other_place) = ours, theirs
    shown, other_shown = _mark(text.split(), other.split())
    return (
        f"{other_place} ({what}) says something else than {pdf}, {place}:\n    PDF:  {shown}\n    DOCX: {other_shown}"
    )


def say_other_kind(pdf: str, ours: tuple[str, str], theirs: tuple[str, str], text: str) -> str:
    """The same text is something else: a heading of another level, a list item that became a paragraph."""
    (what, place), (other, other_place) = ours, theirs
    return (
        f"{other_place} is something else than in {pdf}, {place}:\n"
        f"    PDF:  {what}: {_shorten(text)}\n    DOCX: {other}: {_shorten(text)}"
    )


def say_moved(pdf: str, what: str, text: str, place: str, other_place: str) -> str:
    """The same is in both, but in another order."""
    return f"{other_place} stands elsewhere than in {pdf}, {place}:\n    both: {what}: {_shorten(text)}"


def say_only(pdf: str, what: str, text: str, place: str, *, in_pdf: bool) -> str:
    """One side has what the other lacks."""
    if in_pdf:
        return f"a {what} of {pdf}, {place}, is missing:\n    PDF:  {_shorten(text)}\n    DOCX: [nothing]"
    return f"{place} ({what}) is not in {pdf}:\n    PDF:  [nothing]\n    DOCX: {_shorten(text)}"


def _shorten(text: str) -> str:
    words = text.split()
    return " ".join(words[:_LONG_QUOTE]) + (" …" if len(words) > _LONG_QUOTE else "") or "[nothing]"


def _mark(ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, str]:
    """Both texts with what differs in brackets, shortened around it."""
    codes = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    left: list[str] = []
    right: list[str] = []
    for number, (tag, first, last, other_first, other_last) in enumerate(codes):
        if tag == "equal":
            words = list(ours[first:last])
            start = words[:_AROUND] if number else []
            end = words[-_AROUND:] if number < len(codes) - 1 else []
            same = words if len(words) <= len(start) + len(end) else [*start, "…", *end]
            left += same
            right += same
        else:
            left.append(f"[{' '.join(ours[first:last])}]")
            right.append(f"[{' '.join(theirs[other_first:other_last])}]")
    return " ".join(left), " ".join(right)


_ALIKE = 0.5
_SHOWN = 20
_LONG = re.compile(r".{25}|[\d@/_]")
"""What may be broken in the middle, being as long as this, or no word."""

_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Item:
    """A block, or a row of a table, as it is compared: `what` it is, its text, and where it stands."""

    what: str
    text: str
    place: str

    @property
    def key(self) -> tuple[str, str]:
        """Two items with the same key are the same."""
        return self.what, canonical(self.text)


def compare(pdf_file: Path, pdf: Sequence[Placed], docx_file: Path, docx: Sequence[Placed]) -> list[Problem]:
    """One error a difference, in the order of the PDF, at the place in the DOCX; no more than 20 are shown."""
    theirs = list(_items(docx))
    ours = join_long_words(list(_items(join_over_pages(pdf, docx))), theirs)
    said = list(_differences(pdf_file.name, ours, theirs))
    problems = [Problem(Position(str(docx_file)), text) for text in said[:_SHOWN]]
    if len(said) > _SHOWN:
        more = f"{len(said) - _SHOWN} more differences from {pdf_file.name}"
        problems.append(Problem(Position(str(docx_file)), more, "make both files again from the same case"))
    return problems


def join_long_words(ours: list[Item], theirs: Sequence[Item]) -> list[Item]:
    """The PDF's items with those words whole that Word has and that are too long for a line: addresses, amounts.

    They are broken without a hyphen, and to whoever reads a PDF each line's end is a space.
    """
    known = {item.key for item in theirs}
    if all(item.key in known for item in ours):
        return ours
    words = {word for item in theirs for word in item.text.split() if _LONG.search(word) and len(word) < _LONGEST}
    parts = {word: re.compile(r"\s?".join(map(re.escape, word))) for word in sorted(words, key=len, reverse=True)}
    return [item if item.key in known else replace(item, text=_join_words(item.text, parts)) for item in ours]


def _join_words(text: str, parts: Mapping[str, re.Pattern[str]]) -> str:
    squeezed = "".join(text.split())
    for word, pattern in parts.items():
        if word in squeezed:
            text = pattern.sub(lambda _, word=word: word, text)  # type: ignore[misc]
    return text


def _items(blocks: Sequence[Placed]) -> Iterator[Item]:
    for placed in blocks:
        block = placed.block
        if not isinstance(block, Table):
            yield Item(kind(block), text_of(block), placed.place)
            continue
        columns = max((sum(cell.columns for cell in row.cells) for row in block.rows), default=0)
        yield Item("table", f"{columns} columns", placed.place)
        for number, row in enumerate(block.rows, 1):
            yield Item("header row" if row.header else "row", row_text(row), f"{placed.place}, row {number}")


def _differences(pdf: str, ours: Sequence[Item], theirs: Sequence[Item]) -> Iterator[str]:
    pairs = list(_pairs(ours, theirs))
    only_theirs = {item.key: item for one, item in pairs if one is None and item is not None}
    only_ours = {item.key for item, other in pairs if other is None and item is not None}
    for one, other in pairs:
        if one is not None and other is not None:
            if canonical(one.text) == canonical(other.text):
                yield say_other_kind(pdf, (one.what, one.place), (other.what, other.place), one.text)
            else:
                yield say_other_text(pdf, (one.what, one.text, one.place), (other.what, other.text, other.place))
        elif one is not None and one.key in only_theirs:
            yield say_moved(pdf, one.what, one.text, one.place, only_theirs[one.key].place)
        elif one is not None:
            yield say_only(pdf, one.what, one.text, one.place, in_pdf=True)
        elif other is not None and other.key not in only_ours:
            yield say_only(pdf, other.what, other.text, other.place, in_pdf=False)


def _pairs(ours: Sequence[Item], theirs: Sequence[Item]) -> Iterator[tuple[Item | None, Item | None]]:
    """What differs: each item with the one that took its place, or with None."""
    matcher = difflib.SequenceMatcher(None, [item.key for item in ours], [item.key for item in theirs], autojunk=False)
    for tag, first, last, other_first, other_last in matcher.get_opcodes():
        if tag == "equal":
            continue
        left = list(theirs[other_first:other_last])
        for item in ours[first:last]:
            found = next((index for index, other in enumerate(left) if _are_alike(item, other)), None)
            if found is None:
                yield item, None
                continue
            for other in left[:found]:
                yield None, other
            yield item, left[found]
            del left[: found + 1]
        for other in left:
            yield None, other


def _are_alike(one: Item, other: Item) -> bool:
    if canonical(one.text) == canonical(other.text):
        return True
    if one.what != other.what:
        return False
    matcher = difflib.SequenceMatcher(None, one.text.split(), other.text.split(), autojunk=False)
    return one.what == "picture" or matcher.ratio() >= _ALIKE or _letters_alike(one.text, other.text)


def _letters_alike(one: str, other: str) -> bool:
    """For short texts, in which one changed word is all of it."""
    return len(one) < 60 and difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
