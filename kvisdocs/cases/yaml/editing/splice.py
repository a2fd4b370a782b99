"""A text of several lines changed in its words only: what stands around them keeps its line breaks and escapes."""

import re
from itertools import takewhile

from kvisdocs.cases.yaml.editing.scalars import escape
from kvisdocs.cases.yaml.locate import find_place

_TOKENS = re.compile(r"\s+|\S+")
_ESCAPE = re.compile(r"\\(?:x..|u.{4}|U.{8}|.)", re.DOTALL)


def splice(written: str, style: str, before: str, after: str) -> str | None:
    """The scalar as it was `written` for the text `before`, changed to say `after`; None where that takes more.

    Whether it says so indeed is for the caller to read.
    """
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    room = min(len(old), len(new)) - same
    pairs = list(zip(reversed(old), reversed(new), strict=False))[:room]
    tail = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    words = "".join(new[same : len(new) - tail])
    begin, end = len("".join(old[:same])), len("".join(old[: len(old) - tail]))
    if "\n" in words and style != '"':
        return None
    first, last = _place(written, style, before, begin), _place_after(written, style, before, end)
    if first is None or last is None or last < first:
        return None
    return written[:first] + escape(words, style) + written[last:]


def _place(written: str, style: str, text: str, at: int) -> int | None:
    """Where a word begins, or else where the one before it ends."""
    if at < len(text) and not text[at].isspace():
        return find_place(written, text, at)
    return _end_of_sign(written, style, text, at - 1)


def _place_after(written: str, style: str, text: str, at: int) -> int | None:
    """Where a word ends, or else where the next begins."""
    if at and not text[at - 1].isspace():
        return _end_of_sign(written, style, text, at - 1)
    return find_place(written, text, at) if at < len(text) and not text[at].isspace() else None


def _end_of_sign(written: str, style: str, text: str, at: int) -> int | None:
    if at < 0 or text[at].isspace():
        return None
    place = find_place(written, text, at)
    if style == '"' and (found := _ESCAPE.match(written, place)):
        return found.end()
    return place + (2 if style == "'" and written.startswith("''", place) else 1)
