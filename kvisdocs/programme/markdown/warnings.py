"""Warnings on a case's texts: Markdown and HTML that its documents print otherwise than meant, and what is unfinished.

What a text must hold for Markdown or HTML to be lost in it is told at a glance, in a hundredth of the time to read it.
A text may be let through for nothing, but none is held back of which `mistakes` would say something; a test compares.
Each sign is looked for alone before it is with others: to find one letter takes Python a tenth of the time of two.

What a text may hold depends on where it stands: fields and decisions are Markdown, the points of a recommendation are a
line of it, and all else is shown as it stands. A letter with `XXX` or `kÃ¸kken` in it is made without a word, and the
citizen is the first to see it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.model.statistics import StatisticsAnnex
from kvisdocs.cases.texts import Texts, is_prose
from kvisdocs.cases.yaml.source import Source, Step
from kvisdocs.messages import N_, message
from kvisdocs.problems import Position, Problem, Severity
from kvisdocs.programme.markdown.mistakes import (
    find_markup_slips,
    find_markup_slips_in_line,
    find_markup_slips_in_plain,
)
from kvisdocs.programme.prose.prose import Remark, place_remarks

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


Path = tuple[Step, ...]

_POINTS = ("recommendation", "points")

_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]")
_BLOCK = re.compile(r"#{1,6}[ \t]|\|.*\|")


def check_markup(loaded: LoadedCase, texts: Texts) -> list[Problem]:
    """Warnings on every text of a case. Most cases have nothing to look at, which the whole file tells at a glance."""
    source = loaded.source
    if not may_hold_markup_in_file(source.text):
        return []
    is_folded = has_folded(source.text)
    found: list[Problem] = []
    for path, text in texts:
        if not is_prose(path):
            if may_hold_markup_in_line(text):
                rule = find_markup_slips_in_line if path[:2] == _POINTS else find_markup_slips_in_plain
                found += place_remarks(source, path, rule(text))
        elif is_folded and (position := _find_folded(source, path)):
            what = message(
                "markdown.text.folded",
                "the lines of a text that begins with > are joined to one, so that this is printed within a line",
            )
            found.append(Problem(position, what, N_("begin the text with |"), Severity.WARNING))
        elif may_hold_markup(text):
            found += place_remarks(source, path, find_markup_slips(text))
    return found


def _find_folded(source: Source, path: Path) -> Position | None:
    """The first line of a list, heading or table in a text that YAML folds (YAML 1.1, 9.5), if it loses its line."""
    start = source.locate(path)
    if source.sign_at(start) != ">":
        return None
    lines = source.lines
    below = range(start.line, len(lines))
    indent = next((_indent(lines[number]) for number in below if lines[number].strip()), 0)
    meant: list[int] = []
    above = ""
    for number, line in ((number + 1, lines[number]) for number in below):
        if line.strip() and _indent(line) < indent:
            break
        words = line.strip() if _indent(line) == indent else ""
        if above and words and (_BLOCK.match(above) or _BLOCK.match(words)):
            return Position(start.file, number - bool(_BLOCK.match(above)), indent + 1)
        if above and _ITEM.match(words):
            meant.append(number)
        above = words
    return Position(start.file, meant[0], indent + 1) if len(meant) > 1 else None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_UNFINISHED = ("<", "…", "\ufffd", "Ã", "Â", "â", "“", "”", "„", "[indsæt", "xxx", "{{")
"""All that a rule asks for, the quickest to look for first; and XXX."""

BRACES = "markdown.braces.printed"
"""The code of the remark on braces."""

_BRACES = re.compile(r"\{\{[^{}]*\}\}")
_LEFT = re.compile(
    r"(?<![\w-])(?:X{3,}|x{3,})(?!\w)|[<\[](?:indsæt|skriv|udfyld)\b[^<>\[\]]*[>\]]|\A\s*(?:<[^<>]*>|…)\s*\Z",
    re.IGNORECASE,
)
_TWICE = re.compile(r"(?<![^\s\"])[^\s\"]*(?:[ÃÂ][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]|â€)[^\s\"]*")
_LOST = re.compile("(?<!\\S)\\S*\ufffd\\S*")
_LONE_QUOTE = re.compile('\\s*([“”„»«])[^“”„»«"]*')
"""A text that begins with a quote of Word and has no other: `[”Holm, Lene”]` is two texts."""

_QUOTED = re.compile(r"\A\s*([“”„])([^“”„\"]+)([“”])\s*\Z")


def check_unfilled(loaded: LoadedCase, texts: Texts) -> list[Problem]:
    """A warning on each text of a case that seems not to be finished. Most files hold no sign of it."""
    source = loaded.source
    if not _may_be_unfinished(source.text):
        return []
    return [
        problem
        for path, text in texts
        if _may_be_unfinished(text)
        for problem in place_remarks(source, path, _know_figures(loaded, find_unfinished(text, is_prose(path))))
    ]


def _know_figures(loaded: LoadedCase, remarks: Iterator[Remark]) -> Iterator[Remark]:
    """Without those on the braces of an item or annex that has figures; those of an item that might have say so."""
    if not isinstance(loaded.case, (CommitteeItem, StatisticsAnnex)):
        return remarks
    if loaded.case.figures is not None:
        return (each for each in remarks if each.what.code != BRACES)
    todo = N_("write the words, or add figures: with the folder of cases and the day")
    return (replace(each, todo=todo) if each.what.code == BRACES else each for each in remarks)


def _may_be_unfinished(text: str) -> bool:
    return any(sign in text for sign in _UNFINISHED) or ("X" in text and "XXX" in text)


def find_unfinished(text: str, prose: bool = False) -> Iterator[Remark]:
    """The remarks on one text; quotes around the whole of one are let pass in `prose`."""
    for found in _BRACES.finditer(text):
        what = message(
            "markdown.braces.printed",
            '"{braces}" is printed as it stands, since a case is no template',
            braces=found[0],
        )
        yield Remark(found.start(), what, N_("write the words"))
    for found in _LEFT.finditer(text):
        what = message(
            "markdown.placeholder.left", '"{words}" seems to be left to be filled in', words=found[0].strip()
        )
        begin = found.start() + len(found[0]) - len(found[0].lstrip())
        yield Remark(begin, what, N_("write what belongs there"))
    for found in _TWICE.finditer(text):
        if meant := _read_again(found[0]):
            what = message(
                "markdown.letters.wrong_encoding",
                '"{word}" holds letters that were saved in one way and read in another',
                word=found[0],
            )
            yield Remark(found.start(), what, N_('write "{meant}"', meant=meant))
    for found in _LOST.finditer(text):
        what = message(
            "markdown.letters.lost",
            '"{word}" holds a letter that was lost when the text was saved or copied',
            word=found[0],
        )
        yield Remark(found.start(), what, N_("write it again"))
    if not prose and (quoted := _QUOTED.match(text)):
        what = message(
            "markdown.quotes.printed",
            "the quotes {quotes} around this text are printed, since YAML knows only \" and '",
            quotes=quoted[1] + quoted[3],
        )
        todo = N_('write "{words}", or leave them if readers should see them', words=quoted[2])
        yield Remark(quoted.start(1), what, todo)
    elif not prose and (lone := _LONE_QUOTE.fullmatch(text)):
        what = message("markdown.quotes.lone", "the quote {quote} has no other end in this text", quote=lone[1])
        todo = N_('write " at both ends of the whole text if a comma divides it, or delete the quote')
        yield Remark(lone.start(1), what, todo)


def _read_again(word: str) -> str | None:
    """What a word was before UTF-8 was taken for Windows-1252; None where it was not."""
    try:
        return word.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
