"""Texts that nobody finished: places left to be filled in, a template's braces, letters and quotes that went wrong.

A letter with `XXX` or `kÃ¸kken` in it is made without a word, and the citizen is the first to see it.
"""

import re
from collections.abc import Iterator

from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.texts import Texts, is_prose
from kvisdocs.messages import N_, message
from kvisdocs.problems import Problem
from kvisdocs.programme.prose.prose import Remark, place_remarks

_SIGNS = ("<", "…", "\ufffd", "Ã", "Â", "â", "“", "”", "„", "[indsæt", "xxx", "{{")
"""All that a rule asks for, the quickest to look for first; and XXX."""

_BRACES = re.compile(r"\{\{[^{}]*\}\}")
_LEFT = re.compile(
    r"(?<![\w-])(?:X{3,}|x{3,})(?!\w)|[<\[](?:indsæt|skriv|udfyld)\b[^<>\[\]]*[>\]]|\A\s*(?:<[^<>]*>|…)\s*\Z",
    re.IGNORECASE,
)
_TWICE = re.compile(r"(?<![^\s\"])[^\s\"]*(?:[ÃÂ][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]|â€)[^\s\"]*")
_LOST = re.compile("(?<!\\S)\\S*\ufffd\\S*")
_QUOTED = re.compile(r"\A\s*([“”„])([^“”„\"]+)([“”])\s*\Z")


def check_unfilled(loaded: LoadedCase, texts: Texts) -> list[Problem]:
    """A warning on each text of a case that seems not to be finished. Most files hold no sign of it."""
    source = loaded.source
    if not _has_signs(source.text):
        return []
    return [
        problem
        for path, text in texts
        if _has_signs(text)
        for problem in place_remarks(source, path, find_unfinished(text, is_prose(path)))
    ]


def _has_signs(text: str) -> bool:
    return any(sign in text for sign in _SIGNS) or ("X" in text and "XXX" in text)


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


def _read_again(word: str) -> str | None:
    """What a word was before UTF-8 was taken for Windows-1252; None where it was not."""
    try:
        return word.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
