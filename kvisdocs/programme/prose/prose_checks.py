"""Remarks on all the texts of a case: sums, counts, tables and dates, each at its place in the file.

Warnings, never errors: a paper prints what its case says, slips and all. There is no list of slips to be silent about,
since what is meant can be said in the paper, for its readers too (`resten`, `bl.a.`, `kan have flere`).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.model.statistics import StatisticsAnnex
from kvisdocs.cases.texts import Texts, is_prose
from kvisdocs.problems import Problem
from kvisdocs.programme.prose.attachments import check_attachments
from kvisdocs.programme.prose.counts import find_count_slips, may_miscount
from kvisdocs.programme.prose.dates import find_date_slips, find_lost_dates, may_lose_date, may_misdate
from kvisdocs.programme.prose.prose import (
    Glance,
    Remark,
    Section,
    count_numbers,
    find_parts,
    place_remarks,
    read_line,
    read_prose,
)
from kvisdocs.programme.prose.shares import find_more_than_all, find_share_slips, may_exceed_all, may_misdivide
from kvisdocs.programme.prose.sums import find_amount_slips, may_miscount_money
from kvisdocs.programme.prose.tables import find_table_slips, may_hold_table


class Rule(NamedTuple):
    """A rule over prose: a screen that tells at a glance whether it may speak of a text, and what it finds in one.

    Most texts hold a number or two and nothing to compare them with, and to look for the words that a rule needs takes
    a hundredth of the time of the rule. A screen may let a text through for nothing, but holds none back that would get
    a remark: it asks for less than its rule does. A test compares the two on drawn texts.
    """

    may_speak: Callable[[Glance], bool]
    find: Callable[[Section], Iterator[Remark]]


RULES = (
    Rule(may_miscount_money, find_amount_slips),
    Rule(may_miscount, find_count_slips),
    Rule(may_misdivide, find_share_slips),
    Rule(may_exceed_all, find_more_than_all),
    Rule(may_hold_table, find_table_slips),
    Rule(may_misdate, find_date_slips),
    Rule(may_lose_date, find_lost_dates),
)
"""All there are. Each is about a number."""

MOST_NUMBERS = 2000
"""A section with more is no prose: the rules compare numbers in pairs, so that some 30,000 would take them minutes."""

_DIGITS_ALONE = re.compile(r"[\d ]*|\d{6}-\d{4}")
_DIGIT = re.compile(r"\d")
_STRANGE = re.compile(r"[|>\r\f\v\x1c-\x1e\x85\u2028\u2029]|```|~~~")
"""Tables, quotations, code and strange line ends: too much for a glance."""


def check_texts(loaded: LoadedCase, texts: Texts) -> list[Problem]:
    """Warnings on every text of a case, and on a committee item's attachments."""
    source = loaded.source
    has_figures = isinstance(loaded.case, (CommitteeItem, StatisticsAnnex)) and loaded.case.figures is not None
    found: list[Problem] = []
    for path, text in texts:
        if not _DIGIT.search(text) or _DIGITS_ALONE.fullmatch(text):
            continue  # most of a citizen's texts hold no number in words
        if has_figures and "{{" in text:
            continue  # it is read once its figures stand there (templating.figures)
        remarks = find_slips(text) if is_prose(path) else find_slips_in_line(text)
        found += place_remarks(source, path, remarks)
    if isinstance(loaded.case, CommitteeItem):
        titles = [source.text_at(("attachments", n, "title")) for n in range(len(loaded.case.attachments))]
        for number, remark in check_attachments(titles, loaded.case.meeting.date):
            found += place_remarks(source, ("attachments", number, "title"), [remark])
    return found


def find_slips_in_line(text: str) -> tuple[Remark, ...]:
    """All remarks on a text that is shown as one line, such as a title or a goal, in the order of their places."""
    rules = choose_rules(text)
    return _sorted(apply_rules(read_line(text), rules)) if rules else ()


def find_slips(text: str) -> tuple[Remark, ...]:
    """All remarks on one text in Markdown, in the order of their places."""
    found: list[Remark] = []
    for start, end in find_parts(text):
        if rules := choose_rules(text[start:end]):
            found += apply_rules(read_prose(text, start, end), rules)
    return _sorted(found)


def choose_rules(text: str) -> Sequence[Rule]:
    """The rules that may have something to say of a text, or of a part of one."""
    if not _DIGIT.search(text):
        return ()
    if _STRANGE.search(text):
        return RULES
    glance = Glance(text)
    return [rule for rule in RULES if rule.may_speak(glance)]


def apply_rules(sections: Iterable[Section], rules: Sequence[Rule]) -> Iterator[Remark]:
    """What rules find in the sections of a text."""
    for section in sections:
        if count_numbers(section.words) <= MOST_NUMBERS:
            for rule in rules:
                yield from rule.find(section)


def _sorted(found: Iterable[Remark]) -> tuple[Remark, ...]:
    return tuple(sorted(dict.fromkeys(found), key=lambda remark: remark.offset))
