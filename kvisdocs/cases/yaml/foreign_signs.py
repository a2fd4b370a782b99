"""Signs that an office program puts where YAML wants another: a dash or a bullet for a hyphen, curly quotes.

Who copied from Word sees no difference, so the sign is named.
"""

import re
from collections.abc import Mapping, Sequence

from kvisdocs.cases.yaml.indents import find_indent, find_line_above, opens_group
from kvisdocs.messages import N_, Message, message

ITEM = re.compile(r"(?:[‐‑‒–—―−•·▪●◦]|[*](?=[ \u00a0])|-(?=\u00a0))")
"""What a line begins with that was meant as an item of a list: dashes, bullets, a hyphen before a no-break space."""

CURLY = re.compile("[“”„‘’»«](?=.)")

_START = re.compile(rf"(\s*){ITEM.pattern}\u00a0?(?P<space> ?)")


def describe_item(text: str) -> tuple[Message, Message] | None:
    """What is wrong with the sign that a text begins with, and what to do; None of one that begins otherwise."""
    if not (found := ITEM.match(text)):
        return None
    if found[0] == "-":
        what = message("yaml.list.no_break_space", "a no-break space stands after the hyphen of an item")
        return what, N_("delete it, and write a space")
    what = message("yaml.list.dash", 'the item of a list begins with "{sign}", which is no hyphen', sign=found[0])
    return what, N_('begin each item with "- ", a hyphen and a space')


def begins_item(lines: Sequence[str], line: int) -> bool:
    """Whether an item may begin in a line: below a key alone, or below another item or what belongs to one."""
    above = find_line_above(lines, line)
    if above is None:
        return False
    text, indent = lines[above], find_indent(lines[above])
    is_item = text.lstrip().startswith("- ") or ITEM.match(text.lstrip()) is not None
    return opens_group(text) or indent > find_indent(lines[line]) or (indent == find_indent(lines[line]) and is_item)


def mend_items(lines: Sequence[str], line: int) -> Mapping[int, str]:
    """The line and its neighbours of the same list that begin so, each as it was meant, by number and in order."""
    indent = find_indent(lines[line])
    found = {}
    for numbers in (range(line, -1, -1), range(line + 1, len(lines))):
        for number in numbers:
            text = lines[number]
            if text.strip() and find_indent(text) < indent:
                break
            if find_indent(text) == indent and _START.match(text):
                found[number] = _START.sub(r"\1- ", text, count=1)
    return dict(sorted(found.items()))
