"""Tables whose rows do not fit their head, and lines with `|` that are no table (GitHub Flavored Markdown, 4.10).

Lines that were meant as a list or a heading, and that Markdown joins with their neighbours to one paragraph.
"""

import re
from collections.abc import Iterator

from kvisdocs.messages import N_, Message, counted, message
from kvisdocs.programme.markdown.inline import line_starts, quote
from kvisdocs.programme.prose.prose import Remark

_BULLET = re.compile(r"[•·▪●◦‣⁃\uf0a7\uf0b7]\s*(?=\S)")
_HASH = re.compile(r"(#{1,6})(?=[^\W\d_])")
_SERIES = (
    (re.compile(r"[–—]\s+(?=\S)"), N_('write each item on a line that begins with "- ", a hyphen and a blank')),
    (re.compile(r"[-+](?=[^\W\d_])"), N_("write a blank after the hyphen of each item")),
    (re.compile(r"\d{1,2}[.)](?=[^\W\d_])"), N_("write a blank after the number of each item")),
    (re.compile(r"[a-zæøå]\)\s+(?=\S)"), N_('leave a line empty between the items, or begin each with "1. "')),
)
"""What begins an item in other programs, and what to do; one such line alone may well be a sentence's."""

_ITEM = re.compile(r"(?:[-*+•·–]|\d{1,2}[.)]|#{1,6}|\|)[ \t]*\S")
_LINES = re.compile(r"\S[^\n]*")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n\s*(?=\S)")
_SENTENCE = re.compile(r"[.,;:!?]$|[.!?]\s")
_LONG_HEADING = 80


def find_line_slips(text: str) -> Iterator[Remark]:
    """What lines of a paragraph seem to have been meant as."""
    lines = text.split("\n")
    starts = line_starts(lines)
    for number, line in enumerate(lines):
        begin = len(line) - len(line.lstrip())
        if found := _BULLET.match(line, begin):
            what = message(
                "markdown.bullet.no_list",
                "{sign} makes no list: its lines are printed as running text",
                sign=quote(found[0]),
            )
            yield Remark(starts[number] + begin, what, N_('write each item on a line that begins with "- "'))
            return
        if (found := _HASH.match(line, begin)) and (len(found[1]) > 1 or (number == 0 and line[found.end()].isupper())):
            what = message(
                "markdown.heading.printed", "{line} is no heading, and is printed as it stands", line=quote(line)
            )
            yield Remark(starts[number] + begin, what, N_("write a blank after {marks}", marks=found[1]))
    for pattern, todo in _SERIES:
        items = [number for number, line in enumerate(lines) if pattern.match(line.lstrip())]
        if len(items) > 1 and (items[0] <= 1 or lines[items[0] - 1].rstrip().endswith(":")):
            what = message(
                "markdown.list.printed",
                "{line} and the lines below are no list: they are printed as running text",
                line=quote(lines[items[0]]),
            )
            indent = len(lines[items[0]]) - len(lines[items[0]].lstrip())
            yield Remark(starts[items[0]] + indent, what, todo)
            return


def find_setext_slip(text: str, underline: str) -> Iterator[Remark]:
    """A paragraph that a line of hyphens below makes a heading, where it hardly is one."""
    if "|" in text:
        return  # a table without its borders, of which more is said elsewhere
    if "\n" in text or len(text) > _LONG_HEADING or _SENTENCE.search(text):
        what = message("markdown.heading.by_hyphens", "the line of hyphens below makes this text a heading")
        if underline == "=":
            what = message(
                "markdown.heading.by_equals_signs", "the line of equals signs below makes this text a heading"
            )
        yield Remark(0, what, N_("leave a line empty between them if it is none"))


def find_lost_lines(text: str) -> Iterator[Remark]:
    """The first line of a text that is shown as one paragraph, where it seems to be meant as more."""
    items = [found for found in _LINES.finditer(text) if _ITEM.match(found[0])]
    if len(items) > 1:
        what = message(
            "markdown.list.in_paragraph",
            "{line} begins no line of its own, since this text is printed as one paragraph",
            line=quote(items[0][0]),
        )
        yield Remark(items[0].start(), what, N_("write a sentence"))
    elif found := _EMPTY_LINE.search(text.rstrip()):
        what = message("markdown.paragraph.joined", "no new paragraph begins here, since this text is printed as one")
        yield Remark(found.end(), what, N_("take the empty line away"))


_BORDER = re.compile(r"(?<!\\)\|")
_HYPHENS = re.compile(r":?-+:?")
_IN_ONE_LINE = re.compile(r"\|\s*:?-{2,}:?\s*\|.*\w")


def count_cells(row: str) -> int:
    """How many cells a row has, as Markdown counts them: a border at either end is none of them."""
    cells = _BORDER.split(row.strip())
    return len(cells) - (not cells[0]) - (len(cells) > 1 and not cells[-1])


def find_row_slip(row: str, head: int) -> Remark | None:
    """What is wrong with a row below a head of so many cells."""
    cells = count_cells(row)
    if cells == head - 1 and row.rstrip().endswith("|") and not row.lstrip().startswith("|"):
        return None  # "2012 |": the border is there, and the cell behind it is empty
    if cells < head:
        empty = counted(head - cells, "the last is empty", "the last {number} are empty")
        what = message(
            "markdown.row.few_cells",
            "this row has {cells}, and the head of the table has {head}, so that {empty}",
            cells=_cells(cells),
            head=head,
            empty=empty,
        )
        todo = N_("write the missing |, or leave a line empty above it if it is no row of the table")
        return Remark(_first(row), what, todo)
    if cells > head:
        borders = [found.start() for found in _BORDER.finditer(row)]
        at = borders[head if row.lstrip().startswith("|") else head - 1] + 1
        lost = quote(row[at:].strip().removesuffix("|").strip())
        what = message(
            "markdown.row.many_cells",
            "this row has {cells}, and the head of the table has {head}, so that {lost} is not printed",
            cells=_cells(cells),
            head=head,
            lost=lost,
        )
        todo = N_("delete a |, write \\| where it is part of a text, or add to the head")
        return Remark(at + _first(row[at:]), what, todo)
    return None


def find_table_slips(text: str, below_table: bool) -> Iterator[Remark]:
    """Lines of a paragraph that were meant as a table. `below_table` says that one ends right above."""
    if "|" not in text:
        return
    lines = text.split("\n")
    starts = line_starts(lines)
    for number, line in enumerate(lines):
        if "|" in line and _is_rule(line):
            yield Remark(starts[number] + _first(line), *_no_table(lines[number - 1] if number else "", line))
            return
        if found := _IN_ONE_LINE.search(line):
            what = message("markdown.table.in_one_line", "a whole table stands in one line, and is printed as text")
            todo = N_("write each of its rows on a line of its own, in a text that begins with | and not with >")
            yield Remark(starts[number] + found.start(), what, todo)
            return
    rows = [number for number, line in enumerate(lines) if _is_row(line)]
    if rows:
        todo = N_("write the line {line} below the first of its lines", line=_rule(lines[rows[0]]))
        if below_table:
            todo = N_("delete the empty line above, which parts it from its table")
        yield Remark(starts[rows[0]] + _first(lines[rows[0]]), _say_text(lines[rows[0]]), todo)
    elif len(lines) > 1 and " | " in lines[0] and len({line.count(" | ") for line in lines}) == 1:
        yield Remark(0, _say_text(lines[0]), N_("write the line {line} below it", line=_rule(lines[0])))


def _say_text(line: str) -> Message:
    return message("markdown.table.no_hyphens", "{line} is printed as text, and not as a table", line=quote(line))


def _no_table(head: str, rule: str) -> tuple[Message, Message]:
    """Why a head and the line of hyphens below it make no table, and what to do."""
    if "|" not in head:
        return message(
            "markdown.table.no_head", "the line of hyphens has no head above it, and is printed as text"
        ), N_("write the head of the table above")
    above, below = count_cells(head), count_cells(rule)
    if above != below:
        what = message(
            "markdown.table.unlike_head",
            "the line of hyphens has {below}, and the head above has {above}, so that this is no table, but text",
            below=_cells(below),
            above=above,
        )
        return what, N_("give both as many")
    what = message("markdown.table.indented", "these lines are printed as text, and not as a table")
    return what, N_("begin the head and the line of hyphens in one column")


def _is_rule(line: str) -> bool:
    """Whether a line is one of hyphens, which makes a head of the line above."""
    cells = line.strip().removeprefix("|").removesuffix("|").split("|")
    return all(_HYPHENS.fullmatch(cell.strip()) for cell in cells)


def _is_row(line: str) -> bool:
    text = line.strip()
    return len(text) > 2 and text.startswith("|") and (text.endswith("|") or text.count("|") > 2)


def _rule(head: str) -> str:
    """The line of hyphens that a head needs."""
    return "|" + "---|" * count_cells(head)


def _cells(count: int) -> Message:
    return counted(count, "{number} cell", "{number} cells")


def _first(text: str) -> int:
    return len(text) - len(text.lstrip())
