"""Remarks on all the texts of a case: sums, counts, tables and dates, each at its place in the file.

Warnings, never errors: a paper prints what its case says, slips and all. There is no list of slips to be silent about,
since what is meant can be said in the paper, for its readers too (`resten`, `bl.a.`, `kan have flere`).
"""

import re
from collections.abc import Iterable, Iterator

from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.texts import Texts, is_prose
from kvisdocs.problems import Problem, Severity
from kvisdocs.programme.prose.attachments import check_attachments
from kvisdocs.programme.prose.counts import find_count_slips, may_count_twice
from kvisdocs.programme.prose.dates import find_date_slips, find_lost_dates
from kvisdocs.programme.prose.prefilter import ALL_DOUBTS, Doubts, find_doubts, find_doubts_in_markdown
from kvisdocs.programme.prose.prose import Listing, Remark, Section, Table, place_remarks
from kvisdocs.programme.prose.read_prose import find_parts, read_line, read_loosely, read_prose
from kvisdocs.programme.prose.shares import find_more_than_all, find_share_slips
from kvisdocs.programme.prose.sums import find_amount_slips
from kvisdocs.programme.prose.tables import find_table_slips

MOST_NUMBERS = 2000
"""A section with more is no prose: the rules compare numbers in pairs, so that some 30,000 would take them minutes."""

_NUMBER = re.compile(r"\d\d*")
_DIGITS_ALONE = re.compile(r"[\d ]*|\d{6}-\d{4}")
_DIGIT = re.compile(r"\d")


def check_texts(loaded: LoadedCase, texts: Texts) -> list[Problem]:
    """Warnings on every text of a case, and on a committee item's attachments."""
    source = loaded.source
    found: list[Problem] = []
    for path, text in texts:
        if not _DIGIT.search(text) or _DIGITS_ALONE.fullmatch(text):
            continue  # every rule is about a number in words, and most of a citizen's texts have none
        remarks = find_slips(text) if is_prose(path) else find_slips_in_line(text)
        found += place_remarks(source, path, remarks)
    if isinstance(loaded.case, CommitteeItem):
        titles = [source.text_at(("attachments", n, "title")) for n in range(len(loaded.case.attachments))]
        for finding in check_attachments(titles, loaded.case.meeting.date):
            place = source.locate_in(("attachments", finding.number, "title"), finding.offset)
            found.append(Problem(place, finding.what, finding.todo, Severity.WARNING))
    return found


def find_slips_in_line(text: str) -> tuple[Remark, ...]:
    """All remarks on a text that is shown as one line, such as a title or a goal, in the order of their places."""
    doubts = find_doubts(read_loosely(text))
    return _sorted(remark for section in read_line(text) for remark in _slips(section, doubts)) if any(doubts) else ()


def find_slips(text: str) -> tuple[Remark, ...]:
    """All remarks on one text in Markdown, in the order of their places."""
    parts = [(start, part, find_doubts_in_markdown(part)) for start, part in find_parts(text)]
    return _sorted(remark for part in parts if any(part[2]) for remark in find_doubted_slips(text, *part))


def find_doubted_slips(text: str, start: int, part: str, doubts: Doubts = ALL_DOUBTS) -> Iterator[Remark]:
    """The remarks on the part of a text that begins at `start`, by the rules that may have something to say."""
    sections = read_prose(part, start)
    for section in sections:
        yield from _slips(section, doubts)
        for block in section.blocks:
            if isinstance(block, Listing):
                yield from find_lost_dates(text, block)


def _sorted(found: Iterable[Remark]) -> tuple[Remark, ...]:
    return tuple(sorted(dict.fromkeys(found), key=lambda remark: remark.offset))


def _slips(section: Section, doubts: Doubts) -> Iterator[Remark]:
    if not any(doubts):
        return
    numbers = len(_NUMBER.findall(section.words))
    if not numbers or numbers > MOST_NUMBERS:
        return
    if doubts.money:
        yield from find_amount_slips(section)
    if doubts.counts and numbers > 1:  # these compare one number with another
        yield from find_count_slips(section)
        yield from find_share_slips(section)
    if doubts.counts:
        yield from find_more_than_all(section)
    for block in section.blocks if doubts.counts else ():
        if isinstance(block, Table):
            yield from find_table_slips(block, may_count_twice(section))
    if doubts.dates:
        for passage in section.passages:
            yield from find_date_slips(passage)
