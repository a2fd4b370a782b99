"""What a text must hold for Markdown or HTML to be lost in it, told at a glance: a hundredth of the time to read it.

A text may be let through for nothing, but none is held back of which `markup` would say something; a test compares.
Each sign is looked for alone before it is with others: to find one letter takes Python a tenth of the time of two.
"""

import re

_BULLETS = "•·▪●◦‣⁃\uf0a7\uf0b7"
_TAG = re.compile(r"<[A-Za-z/!]|&[A-Za-z#][A-Za-z0-9]{1,7};")
_BOLD = re.compile(r"(?<![\w*\\])\*\*(?=\w)(?:[^*`\n\[\]<>\\]|\n(?=[^\W\d_]))*(?:\w\*\*(?!\*)|[.,:;!?)]\*\*(?=\s|\Z))")
"""Bold that is bold, whatever stands around it (CommonMark 6.2)."""

_TABLE = re.compile(r"(?:^[^\n]*\|[^\n]*(?:\n|\Z))+", re.MULTILINE)
_DELIMITER = re.compile(r"\|(?:[ \t]*:?-+:?[ \t]*\|)+")
_BLOCK_START = re.compile(r":[ \t]*[|>][-+\d]{0,2}[ \t\r]*(?:#[^\n]*)?\n")
_FOLDED = re.compile(r":[ \t]*>[-+\d]{0,2}[ \t\r]*(?:#[^\n]*)?\n")
_MARKS = r"\n[^\S\n]*(?:[-*+>][^\S\n]+|\d+[.)][^\S\n]+)*"
_LINE = re.compile(
    _MARKS + r"(?:#{1,6}[^\W\d_]"  # a heading without its blank
    r"|[-=]+[ \t]*(?:\n|\Z)"  # a line below a text that makes it a heading
    r"|[-+][^\W\d_]|[–—]\s|\d{1,2}[.)][^\W\d_]|[a-zæøå]\)\s)"  # items of lists of another kind
)
_HEADING = re.compile(_MARKS + r"(#{1,6})(?=\s|\Z)")


def may_hold_markup(text: str) -> bool:
    """Whether there may be something to say of a text."""
    if _has_signs(text) or _has_lonely_stars(text) or ("|" in text and not _has_sound_tables(text)):
        return True
    if "\t" in text or "    " in text:  # which may be code
        return True
    whole = f"\n{text}"
    return _LINE.search(whole) is not None or ("#" in text and len(set(_HEADING.findall(whole))) > 1)


def may_hold_markup_in_line(text: str) -> bool:
    """Whether there may be something to say of a text that is shown in one paragraph."""
    return _has_signs(text) or "\n" in text.strip() or ("*" in text and "**" in text)


def may_hold_markup_in_file(text: str) -> bool:
    """Whether a case file may hold such a text: one of several lines after a | or a >, or one with a sign."""
    return _BLOCK_START.search(text) is not None or _has_signs(text) or ("*" in text and "**" in text)


def has_folded(text: str) -> bool:
    """Whether a file holds a text after a >, whose lines YAML joins."""
    return ">" in text and _FOLDED.search(text) is not None


def _has_sound_tables(text: str) -> bool:
    """Whether all lines with a | are those of tables with borders, where each row has as many cells as the head."""
    for found in _TABLE.finditer(text):
        rows = [line.strip() for line in found[0].splitlines()]
        borders = {row.count("|") for row in rows}
        if len(rows) < 2 or len(borders) > 1 or "\\" in found[0] or text[found.end() : found.end() + 1].strip():
            return False
        if not _DELIMITER.fullmatch(rows[1]) or not all(row[:1] == row[-1:] == "|" for row in rows):
            return False
    return True


def _has_signs(text: str) -> bool:
    """HTML, links, footnotes, struck out words and bullets of other programs."""
    if ("<" in text or "&" in text) and _TAG.search(text):
        return True
    if "[" in text and ("](" in text or "[^" in text or "]:" in text):
        return True
    return ("~" in text and "~~" in text) or any(bullet in text for bullet in _BULLETS)


def _has_lonely_stars(text: str) -> bool:
    return "*" in text and "**" in text and "**" in _BOLD.sub("", text)
