"""A file's bytes as the text of a form, and back: what nobody touched keeps its bytes.

Browsers send lines that end in CR LF, whatever the file has. A line that is as it was keeps its own ending; a new one
gets the ending that most lines of the file have.
"""

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from kvisdocs.cases.yaml.decode import decode
from kvisdocs.problems import Problem

_BREAK = re.compile(r"(\r\n?|\n)")

MOST_COMPARED = 4000
"""So many lines that differ are compared one by one; of more, all count as new."""


@dataclass(frozen=True)
class EditedText:
    """The text of a file, its lines divided by `\\n`, and what is wrong with how it is saved."""

    shown: str
    problems: tuple[Problem, ...] = ()


def open_text(data: bytes, file: str) -> EditedText:
    """What stands in a form. Raises KvisdocsError for what is no text at all."""
    text, problems = decode(data, file)
    return EditedText(with_one_break(text), tuple(problems))


def with_one_break(text: str) -> str:
    """The text with its lines divided by `\\n` alone."""
    return _BREAK.sub("\n", text) if "\r" in text else text


def put_back(old: bytes, sent: str) -> bytes:
    """The file with the text that was sent. What was saved in another encoding becomes UTF-8."""
    text, problems = decode(old, "")
    mark = codecs.BOM_UTF8 if old.startswith(codecs.BOM_UTF8) and not problems else b""
    parts = _BREAK.split(text)
    before = list(zip(parts[::2], [*parts[1::2], ""], strict=True))
    usual = Counter(ending for _, ending in before if ending).most_common(1)
    after = with_one_break(sent).split("\n")
    return mark + "".join(_joined(before, after, usual[0][0] if usual else "\n")).encode()


def _joined(before: list[tuple[str, str]], after: list[str], ending: str) -> list[str]:
    """The new lines, each with its ending, and the last with none: behind the last break is one more line."""
    endings = [ending] * len(after)
    for old, new in _same_lines([line for line, _ in before], after):
        endings[new] = before[old][1] or ending
    endings[-1] = ""
    return [part for pair in zip(after, endings, strict=True) for part in pair]


def _same_lines(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    """The lines that are as they were, by their numbers in both."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    same = [(number, number) for number in range(start)]
    same += [(len(before) - each, len(after) - each) for each in range(1, end + 1)]
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) + len(new) <= MOST_COMPARED:
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        same += [(start + a + each, start + b + each) for a, b, size in blocks for each in range(size)]
    return same


def differing(mine: str, theirs: str) -> list[tuple[str, str]]:
    """The parts in which two texts differ, beside each other."""
    ours, others = mine.split("\n"), theirs.split("\n")
    if len(ours) + len(others) > MOST_COMPARED:
        return [(mine, theirs)]
    opcodes = SequenceMatcher(None, ours, others, autojunk=False).get_opcodes()
    return [("\n".join(ours[a:b]), "\n".join(others[c:d])) for tag, a, b, c, d in opcodes if tag != "equal"]
