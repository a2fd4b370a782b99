"""A difference between a PDF and its DOCX in words, with both sides and where.

What differs stands in square brackets, with some words around it:

    paragraph 12 says something else than a.pdf, page 1:
        PDF:  … fra den [11.] februar 2013.
        DOCX: … fra den [12.] februar 2013.
"""

import difflib
from collections.abc import Sequence

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
