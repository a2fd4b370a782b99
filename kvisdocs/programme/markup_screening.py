"""What a text must hold for Markdown or HTML to be lost in it, told at a glance: a hundredth of the time to read it.

A text may be let through for nothing, but none is held back of which `markup` would say something; a test compares.
"""

import re

_SIGNS = ("](", "[^", "**", "~~", "]:", "•", "·", "▪", "●", "◦", "‣", "⁃", "\uf0a7", "\uf0b7")
_TAG = re.compile(r"<[A-Za-z/!]|&[A-Za-z#][A-Za-z0-9]{1,7};")
_PIPE = re.compile(r"\|(?![-+\d]{0,2}[ \t\r]*(?:#[^\n]*)?(?:\n|\Z))")
"""A | that does not begin a text of several lines."""

_BLOCK = re.compile(r":[ \t]*[|>][-+\d]{0,2}[ \t\r]*(?:#[^\n]*)?\n")
_FOLDED = re.compile(r":[ \t]*>[-+\d]{0,2}[ \t\r]*(?:#[^\n]*)?\n")
_LINE = re.compile(
    r"\n[^\S\n]*(?:[-*+>][^\S\n]+|\d+[.)][^\S\n]+)*"
    r"(?:#{1,6}[^\W\d_]"  # a heading without its blank
    r"|[-=]+[ \t]*(?:\n|\Z)"  # a line below a text that makes it a heading
    r"|[-+][^\W\d_]|[–—]\s|\d{1,2}[.)][^\W\d_]|[a-zæøå]\)\s)"  # items of lists of another kind
    r"|\n {4,}\S|[-*+>.)] {5,}\S|\t"  # code
)
_HEADING = re.compile(r"(?:\n|[-*+>.)])[ \t]*(#{1,6})(?=\s|\Z)")


def may_hold_markup(text: str) -> bool:
    """Whether there may be something to say of a text."""
    if _has_signs(text):
        return True
    whole = f"\n{text}"
    return _LINE.search(whole) is not None or len(set(_HEADING.findall(whole))) > 1


def may_hold_markup_in_file(text: str) -> bool:
    """Whether a case file may hold such a text: one of several lines, or one with a sign of Markdown or HTML."""
    return _BLOCK.search(text) is not None or _has_signs(text)


def has_folded(text: str) -> bool:
    """Whether a file holds a text after a >, whose lines YAML joins."""
    return _FOLDED.search(text) is not None


def _has_signs(text: str) -> bool:
    return any(sign in text for sign in _SIGNS) or bool(_PIPE.search(text) or _TAG.search(text))
