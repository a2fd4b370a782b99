"""Which of some lines has the wrong indent, told by the lines around it. Lines and columns count from 0."""

import re
from collections.abc import Sequence

KEY_AND_VALUE = re.compile(r"\s*(?:[-?]\s+){0,40}[^\s#][^#]*?:(?:\s|$)")
_OPENS_GROUP = re.compile(r"[^#]*:\s*(?:#.*)?$")
_DASHES = re.compile(r"\s*(?:- +){0,40}")

Lines = Sequence[str]


def find_indent(text: str) -> int:
    """The column of a line's first sign."""
    return len(text) - len(text.lstrip())


def find_content(text: str) -> int:
    """The column of what stands behind a line's indent and the hyphens of its items; -1 of an empty line."""
    found = _DASHES.match(text)
    return found.end() if found and text.strip() else -1


def opens_group(text: str) -> bool:
    """Whether a line is a key whose value stands below."""
    return _OPENS_GROUP.match(text) is not None


def find_line_above(lines: Lines, line: int) -> int | None:
    """The nearest line above that holds something; remarks are nothing."""
    above = (n for n in range(line - 1, -1, -1) if lines[n].strip() and lines[n].lstrip()[0] != "#")
    return next(above, None)


def find_line_less_far_in(lines: Lines, above: int, line: int) -> tuple[int, int] | None:
    """Of a line and one above it that stands less far in, but has a value: the upper one, if that is the wrong one.

    With the indent that it should have. None where it is the lower one, or where nothing tells.
    """
    text, before = lines[line], find_line_above(lines, above)
    near = lines[before] if before is not None else ""
    after = next((n for n in range(line + 1, len(lines)) if lines[n].strip()), None)
    inner = find_indent(text)
    is_first = opens_group(near) and find_indent(near) < inner
    if find_content(near) == inner or (is_first and after is not None and inner <= find_indent(lines[after])):
        return above, inner
    if text.lstrip().startswith("- ") and find_content(near) == find_content(text) > find_indent(lines[above]):
        return above, find_content(near)
    return None


def find_lost_indent(lines: Lines, line: int) -> int | None:
    """The indent that a line with a key lost, which belongs to the item above; None of one whose key that item has."""
    above, text = find_line_above(lines, line), lines[line]
    if above is None or not KEY_AND_VALUE.match(text) or find_content(lines[above]) <= find_indent(text):
        return None
    key = text.strip().partition(":")[0]
    for number in range(above, -1, -1):
        words = lines[number].strip()
        if words.removeprefix("- ").startswith(f"{key}:"):
            return None
        if words.startswith("- "):
            break
    return find_content(lines[above])
