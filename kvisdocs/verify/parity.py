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

from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Position, Problem
from kvisdocs.verify.blocks import Placed, Table, canonical, kind, row_text, text_of
from kvisdocs.verify.pages import join_over_pages

_AROUND = 5
_LONG_QUOTE = 12


_ALIKE = 0.5
_SHOWN = 20
_LONG = re.compile(r".{25}|[\d@/_]")
"""What may be broken in the middle, being as long as this, or no word."""

_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Item:
    """A block, or a row of a table, as it is compared: `what` it is, its text, and where it stands."""

    what: Message
    text: str
    place: Message

    @property
    def key(self) -> tuple[str, str]:
        """Two items with the same key are the same."""
        return self.what, canonical(self.text)


def compare(pdf_file: Path, pdf: Sequence[Placed], docx_file: Path, docx: Sequence[Placed]) -> list[Problem]:
    """One error a difference, in the order of the PDF, at the place in the DOCX; no more than 20 are shown."""
    theirs = list(list_items(docx))
    ours = join_long_words(list(list_items(join_over_pages(pdf, docx))), theirs)
    said = list(_differences(pdf_file.name, ours, theirs))
    problems = [Problem(Position(str(docx_file)), what) for what in said[:_SHOWN]]
    if len(said) > _SHOWN:
        more = message(
            "verify.parity.more", "{number} more differences from {pdf}", number=len(said) - _SHOWN, pdf=pdf_file.name
        )
        problems.append(Problem(Position(str(docx_file)), more, N_("make both files again from the same case")))
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


def list_items(blocks: Sequence[Placed]) -> Iterator[Item]:
    """The blocks as they are compared, each row of a table by itself."""
    for placed in blocks:
        block = placed.block
        if not isinstance(block, Table):
            yield Item(kind(block), text_of(block), placed.place)
            continue
        columns = max((sum(cell.columns for cell in row.cells) for row in block.rows), default=0)
        yield Item(kind(block), N_("{number} columns", number=columns), placed.place)
        for number, row in enumerate(block.rows, 1):
            what = N_("header row") if row.header else N_("row")
            yield Item(what, row_text(row), N_("{place}, row {number}", place=placed.place, number=number))


def _differences(pdf: str, ours: Sequence[Item], theirs: Sequence[Item]) -> Iterator[Message]:
    pairs = list(_pairs(ours, theirs))
    only_theirs = {item.key: item for one, item in pairs if one is None and item is not None}
    only_ours = {item.key for item, other in pairs if other is None and item is not None}
    for one, other in pairs:
        if one is not None and other is not None:
            same = canonical(one.text) == canonical(other.text)
            yield _say_other_kind(pdf, one, other) if same else _say_other_text(pdf, one, other)
        elif one is not None:
            moved = only_theirs.get(one.key)
            yield _say_missing(pdf, one) if moved is None else _say_moved(pdf, one, moved)
        elif other is not None and other.key not in only_ours:
            yield _say_added(pdf, other)


def _say_other_text(pdf: str, one: Item, other: Item) -> Message:
    shown, other_shown = _mark(one.text, other.text)
    return message(
        "verify.parity.other_text",
        "{docx_place} ({what}) says something else than {pdf}, {place}:\n    PDF:  {ours}\n    DOCX: {theirs}",
        docx_place=other.place,
        what=one.what,
        pdf=pdf,
        place=one.place,
        ours=shown,
        theirs=other_shown,
    )


def _say_other_kind(pdf: str, one: Item, other: Item) -> Message:
    """The same text is something else: a heading of another level, a list item that became a paragraph."""
    return message(
        "verify.parity.other_kind",
        "{docx_place} is something else than in {pdf}, {place}:\n    PDF:  {ours}: {text}\n    DOCX: {theirs}: {text}",
        docx_place=other.place,
        pdf=pdf,
        place=one.place,
        ours=one.what,
        theirs=other.what,
        text=_shorten(one.text),
    )


def _say_moved(pdf: str, one: Item, other: Item) -> Message:
    return message(
        "verify.parity.moved",
        "{docx_place} stands elsewhere than in {pdf}, {place}:\n    both: {what}: {text}",
        docx_place=other.place,
        pdf=pdf,
        place=one.place,
        what=one.what,
        text=_shorten(one.text),
    )


def _say_missing(pdf: str, one: Item) -> Message:
    return message(
        "verify.parity.not_in_docx",
        "a {what} of {pdf}, {place}, is missing:\n    PDF:  {text}\n    DOCX: [nothing]",
        what=one.what,
        pdf=pdf,
        place=one.place,
        text=_shorten(one.text),
    )


def _say_added(pdf: str, other: Item) -> Message:
    return message(
        "verify.parity.not_in_pdf",
        "{place} ({what}) is not in {pdf}:\n    PDF:  [nothing]\n    DOCX: {text}",
        place=other.place,
        what=other.what,
        pdf=pdf,
        text=_shorten(other.text),
    )


def _shorten(text: str) -> str:
    if isinstance(text, Message):
        return text
    words = text.split()
    return " ".join(words[:_LONG_QUOTE]) + (" …" if len(words) > _LONG_QUOTE else "") or N_("[nothing]")


def _mark(one: str, other: str) -> tuple[str, str]:
    """Both texts with what differs in brackets, shortened around it."""
    if isinstance(one, Message) and isinstance(other, Message):
        return _mark_values(one), _mark_values(other)
    ours, theirs = one.split(), other.split()
    codes = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    left: list[str] = []
    right: list[str] = []
    for number, (tag, first, last, other_first, other_last) in enumerate(codes):
        if tag == "equal":
            words = ours[first:last]
            start = words[:_AROUND] if number else []
            end = words[-_AROUND:] if number < len(codes) - 1 else []
            same = words if len(words) <= len(start) + len(end) else [*start, "…", *end]
            left += same
            right += same
        else:
            left.append(f"[{' '.join(ours[first:last])}]")
            right.append(f"[{' '.join(theirs[other_first:other_last])}]")
    return " ".join(left), " ".join(right)


def _mark_values(said: Message) -> Message:
    return Message(said.text, {name: f"[{value}]" for name, value in said.values.items()})


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
