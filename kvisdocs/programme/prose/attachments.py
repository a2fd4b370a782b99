"""A meeting's attachments: from the future, or listed twice.

An attachment whose title names a day or a period that had not ended when the committee met cannot have been there as
titled: `4. kvartal 2012` on 14 November 2012. Titles that look ahead (budgets, plans, meetings to come) are let pass,
and so is a month that is running, unless the title says that it is counted up (opgørelse, statistik, regnskab).
"""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from kvisdocs.cases.model.values import MONTHS
from kvisdocs.messages import N_, message
from kvisdocs.programme.prose.dates import find_dates
from kvisdocs.programme.prose.prose import Remark

_AHEAD = re.compile(
    r"plan\b|plan(?:en|er)\b|budget|prognose|forvent|kalender|forslag|udkast|strategi|program|invitation|møde|konference|temadag|"
    r"frist|aftale|kontrakt|mål\b|målsætning|skøn|ansøgning|ramme|kommende|fremtid|høring|oplæg|tilbud|lovforslag|"
    r"bekendtgørelse|gældende|ikrafttræd|overblik over|tilsagn|bevilling|periode|vilkår|vedtægt|takst|invit|dagsorden",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"opgørelse|statistik|regnskab|resultat|opfølgning|nøgletal|status|rapport|måling|beretning|evaluering|redegørelse|\btal\b",
    re.IGNORECASE,
)
_ORDINALS = {"første": 1, "andet": 2, "anden": 2, "tredje": 3, "fjerde": 4}
_NTH = r"(?:(?P<n>[1-4])\.?|(?P<word>første|andet|anden|tredje|fjerde))"
_QUARTER = re.compile(
    rf"(?:\b{_NTH}\s?(?:kvartal|kvt|kv)\b\.?\s?(?:af\s|i\s)?|\b[QK](?P<q>[1-4])[\s-]?)(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_HALF = re.compile(rf"\b{_NTH}\s?halvår\b\.?\s?(?:af\s|i\s)?(?P<year>(?:19|20)\d\d)", re.IGNORECASE)
_MONTH = re.compile(
    rf"(?<!\d)(?<!\d\.)(?<!\d\s)(?<!\d\.\s)\b(?P<month>{'|'.join(MONTHS)})\s(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![\d./-])(?P<year>(?:19|20)\d\d)(?![\d/-])")
_NUMBERING = re.compile(r"^(?:bilag\s*)?(?:nr\.?\s*)?\d{1,2}\s*[.:)–-]\s*|^bilag\s*[:–-]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """A time that a title names, with its first and last day."""

    offset: int
    shown: str
    start: date
    end: date
    whole: bool
    """Whether it is a period that is counted up when it is over; a day or a month may just be the title's own date."""


def check_attachments(titles: Sequence[str], meeting: date) -> Iterator[tuple[int, Remark]]:
    """All that is wrong with the attachments of a meeting, each with the attachment's number from 0."""
    folded = [_fold(title) for title in titles]
    for number, title in enumerate(titles):
        yield from ((number, remark) for remark in _twice(number, titles, folded))
        yield from ((number, remark) for remark in _from_the_future(title, meeting))


def _from_the_future(title: str, meeting: date) -> Iterator[Remark]:
    if _AHEAD.search(title):
        return
    for period in find_periods(title):
        running = period.start <= meeting
        if period.end > meeting and (period.whole or not running or _COUNTED.search(title)):
            what = message(
                "prose.attachment.day_to_come",
                'the attachment "{title}": "{shown}" is after the meeting on {meeting}',
                title=title,
                shown=period.shown,
                meeting=meeting,
            )
            if period.start != period.end:
                what = message(
                    "prose.attachment.period_to_come",
                    'the attachment "{title}": "{shown}" ends on {end}, after the meeting on {meeting}',
                    title=title,
                    shown=period.shown,
                    end=period.end,
                    meeting=meeting,
                )
            todo = N_("put the title right, or attach what there was on the day")
            yield Remark(period.offset, what, todo)


def find_periods(title: str) -> tuple[Period, ...]:
    """The days and periods in a title. A year alone counts only where the title says that it is counted up."""
    found = [
        Period(each.start, each.shown, each.day, each.day, False) for each in find_dates(title) if each.day is not None
    ]
    for pattern, months in ((_QUARTER, 3), (_HALF, 6)):
        for match in pattern.finditer(title):
            digits = match["n"] or (match["q"] if months == 3 else None)
            nth = int(digits) if digits else _ORDINALS[match["word"].casefold()]
            if nth * months <= 12:
                found.append(_months(match, nth * months - months + 1, nth * months, whole=True))
    for match in _MONTH.finditer(title):
        month = MONTHS.index(match["month"].casefold()) + 1
        found.append(_months(match, month, month, whole=False))
    if not found and _COUNTED.search(title):
        found += [_months(match, 1, 12, whole=False) for match in _YEAR.finditer(title)]
    return tuple(found)


def _months(match: "re.Match[str]", first: int, last: int, whole: bool) -> Period:
    year = int(match["year"])
    end = date(year, last, calendar.monthrange(year, last)[1])
    return Period(match.start(), match[0].strip(), date(year, first, 1), end, whole)


def _twice(number: int, titles: Sequence[str], folded: Sequence[Sequence[str]]) -> Iterator[Remark]:
    title = titles[number]
    for before, other in enumerate(titles[:number], 1):
        if folded[before - 1] == folded[number]:
            what = message(
                "prose.attachment.twice",
                'the attachment "{title}" is listed twice, the first as number {before}',
                title=title,
                before=before,
            )
        elif _are_nearly_same(folded[before - 1], folded[number]):
            what = message(
                "prose.attachment.nearly_twice",
                'the attachment "{title}" is listed twice ("{other}" is nearly the same), the first as number {before}',
                title=title,
                other=other,
                before=before,
            )
        else:
            continue
        yield Remark(0, what, N_("delete one, or tell them apart"))
        return


def _are_nearly_same(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether titles differ by a slip of the pen in one long word. Other numbers or names make another attachment."""
    if len(first) != len(second) or len(first) < 2:
        return False
    differing = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and _slip(*differing[0])


def _fold(title: str) -> list[str]:
    plain = _NUMBERING.sub("", title.strip()).casefold().replace("-", "").replace("\u00ad", "")
    return re.findall(r"\w+", plain)


def _slip(one: str, other: str) -> bool:
    """Whether two long words differ in one sign inside: added, left out, changed or swapped with its neighbour."""
    if min(len(one), len(other)) < 7 or one[0] != other[0] or any(sign.isdigit() for sign in one + other):
        return False
    if sorted(one) == sorted(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 2
    kept = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
    return max(len(one), len(other)) - kept == 1
