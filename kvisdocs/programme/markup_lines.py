"""Lines that were meant as a list or a heading, and that Markdown joins with their neighbours to one paragraph."""

import re
from collections.abc import Iterator

from kvisdocs.programme.markup_signs import Sign, line_starts, quote

_BULLET = re.compile(r"[•·▪●◦‣⁃\uf0a7\uf0b7]\s*(?=\S)")
_HASH = re.compile(r"(#{1,6})(?=[^\W\d_])")
_SERIES = (
    (re.compile(r"[–—]\s+(?=\S)"), 'write each item on a line that begins with "- ", a hyphen and a blank'),
    (re.compile(r"[-+](?=[^\W\d_])"), "write a blank after the hyphen of each item"),
    (re.compile(r"\d{1,2}[.)](?=[^\W\d_])"), "write a blank after the number of each item"),
    (re.compile(r"[a-zæøå]\)\s+(?=\S)"), 'leave a line empty between the items, or begin each with "1. "'),
)
"""What begins an item in other programs, and what to do; one such line alone may well be a sentence's."""

_ITEM = re.compile(r"(?:[-*+•·–]|\d{1,2}[.)]|#{1,6}|\|)[ \t]*\S")
_LINES = re.compile(r"\S[^\n]*")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n\s*(?=\S)")
_SENTENCE = re.compile(r"[.,;:!?]$|[.!?]\s")
_LONG_HEADING = 80


def find_line_slips(text: str) -> Iterator[Sign]:
    """What lines of a paragraph seem to have been meant as."""
    lines = text.split("\n")
    starts = line_starts(lines)
    for number, line in enumerate(lines):
        begin = len(line) - len(line.lstrip())
        if found := _BULLET.match(line, begin):
            what = f"{quote(found[0])} makes no list: its lines are printed as running text"
            yield Sign(starts[number] + begin, what, 'write each item on a line that begins with "- "')
            return
        if (found := _HASH.match(line, begin)) and (len(found[1]) > 1 or (number == 0 and line[found.end()].isupper())):
            what = f"{quote(line)} is no heading, and is printed as it stands"
            yield Sign(starts[number] + begin, what, f"write a blank after {found[1]}")
    for pattern, todo in _SERIES:
        items = [number for number, line in enumerate(lines) if pattern.match(line.lstrip())]
        if len(items) > 1 and (items[0] <= 1 or lines[items[0] - 1].rstrip().endswith(":")):
            shown = quote(lines[items[0]])
            what = f"{shown} and the lines below are no list: they are printed as running text"
            indent = len(lines[items[0]]) - len(lines[items[0]].lstrip())
            yield Sign(starts[items[0]] + indent, what, todo)
            return


def find_setext_slip(text: str, underline: str) -> Iterator[Sign]:
    """A paragraph that a line of hyphens below makes a heading, where it hardly is one."""
    if "|" in text:
        return  # a table without its borders, of which more is said elsewhere
    if "\n" in text or len(text) > _LONG_HEADING or _SENTENCE.search(text):
        what = f"the line of {'equals signs' if underline == '=' else 'hyphens'} below makes this text a heading"
        yield Sign(0, what, "leave a line empty between them if it is none")


def find_lost_lines(text: str) -> Iterator[Sign]:
    """The first line of a text that is shown as one paragraph, where it seems to be meant as more."""
    items = [found for found in _LINES.finditer(text) if _ITEM.match(found[0])]
    if len(items) > 1:
        what = f"{quote(items[0][0])} begins no line of its own, since this text is printed as one paragraph"
        yield Sign(items[0].start(), what, "write a sentence")
    elif found := _EMPTY_LINE.search(text.rstrip()):
        what = "no new paragraph begins here, since this text is printed as one"
        yield Sign(found.end(), what, "take the empty line away")
