"""Dates in prose: days that do not exist, another day's weekday, a missing full stop, periods that run backwards.

Danish writes the day of the month as an ordinal, with a full stop: `31. marts 2013` (Retskrivningsordbogen, on the
full stop after ordinals in figures).
"""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kvisdocs.cases.model.values import MONTHS, WEEKDAYS
from kvisdocs.messages import N_, Message, message
from kvisdocs.programme.prose.prose import NEAR, NEXT_TO, Glance, Listing, Passage, Remark, Section, before

_ENGLISH = (
    *(N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday")),
    *(N_("Friday"), N_("Saturday"), N_("Sunday")),
)
_MONTH = "|".join(f"{month}|{month[:3]}\\b\\.?" for month in MONTHS)
_DATE = re.compile(  # a digit first, which re finds faster than anything else
    r"(?P<day>\d(?<![\w.,/§-]\d)\d?)(?:"
    rf"(?P<stop>\.?)\s?(?P<month>{_MONTH})(?!\w|-\w)(?:\s(?P<year>(?:19|20)\d\d)(?![\d.,-]\d))?"
    r"|(?P<sep>[-./])(?P<m>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?![\w/-]|[.,]\d))",
    re.IGNORECASE,
)
_NUMBERS = {month[:3]: number for number, month in enumerate(MONTHS, 1)}
_MONTH_FIRST = re.compile(rf"(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
_LOST_DATE = re.compile(rf"\d\.[ \t]+(?:{'|'.join(MONTHS)})", re.IGNORECASE)
_MARKS = re.compile(r"[\W\d_]*")
_LIST_NUMBER = re.compile(r"(\d{1,2})\.[ \t]+\Z")
_WEEKDAY = re.compile(rf"\b(?P<name>{'|'.join(WEEKDAYS)}),?\s(?:den\s|d\.\s?)?$", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(?:uge|punkt|pkt\.?|nr\.?|kl\.?|bilag|side|version|afsnit|fase|kategori|hold|trin|kapitel|kap\.|stk\.|spor|tabel|"
    r"figur|klokken|ugerne|§)\s$",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(r"\b(?:den|d\.|fra|til|pr\.?|inden|senest|siden)\s$", re.IGNORECASE)
_TO = re.compile(r"\s?(?:til og med|til|frem til|indtil|[-–])\s?(?:den\s|d\.\s?)?(?:og med\s)?", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:fra|perioden|periode)\s(?:og med\s)?(?:den\s|d\.\s?)?(?:\w+dag\s(?:den\s|d\.\s?)?)?$", re.IGNORECASE
)
_MOVES = re.compile(
    r"\b(?:flyt\w*|ryk\w*|fremryk\w*|fremskyn\w*|udskyd\w*|udskudt|ændr\w*|udsæt\w*|udsat|forkort\w*|rettet|rettes)\b",
    re.IGNORECASE,
)
_TWO_YEARS = re.compile(r"\d\d\d\d\s?(?:[-–]|til)\s?\d{4}", re.IGNORECASE)
_YEARS = re.compile(
    r"\b(?:(?P<open>fra|perioden|årene|i)\s)(?P<a>(?:19|20)\d\d)\s?(?P<to>[-–]|til)\s?(?P<b>(?:19|20)\d\d)(?![\d.,-]\d|\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A date in a text. `day` is None where there is no such day, or no year is said."""

    start: int
    end: int
    shown: str
    parts: tuple[int | None, int, int]
    stop_missing: bool = False

    @property
    def day(self) -> date | None:
        """The date, if it is whole and there is one."""
        year, month, day = self.parts
        return date(year, month, day) if year is not None and self.exists else None

    @property
    def exists(self) -> bool:
        """Whether the month has that day; without a year, February has 29."""
        year, month, day = self.parts
        return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year or 2000, month)[1]


def find_dates(text: str) -> tuple[Mention, ...]:
    """The dates that a text mentions, in words or in figures."""
    return tuple([_mention(match) for match in _DATE.finditer(text)])


def _mention(match: "re.Match[str]") -> Mention:
    if match["month"]:
        month = _NUMBERS[match["month"].casefold()[:3]]
        parts = (int(match["year"]) if match["year"] else None, month, int(match["day"]))
        return Mention(*match.span(), match[0].strip(), parts, not match["stop"])
    return Mention(*match.span(), match[0], (int(match["y"]), int(match["m"]), int(match["day"])))


def find_date_slips(section: Section) -> Iterator[Remark]:
    """What is wrong with the dates of a section."""
    for passage in section.passages:
        text = passage.text
        found = [mention for mention in find_dates(text) if not _LABEL.search(before(text, mention.start, NEXT_TO))]
        yield from _slips(passage, found, bool(_MOVES.search(text)))


def may_misdate(glance: Glance) -> bool:
    """Whether any piece of a text may have a slip in its dates. Said of the whole, where labels and moves count not."""
    text = glance.words
    found = find_dates(text)
    if not found and not _TWO_YEARS.search(text):
        return False
    return any(_slips(Passage(text, range(len(text))), found, moves=False))


def _slips(passage: Passage, found: Sequence[Mention], moves: bool) -> Iterator[Remark]:
    text = passage.text
    for mention in found:
        if not mention.exists:
            what = message("prose.date.unknown", 'there is no date "{date}"', date=mention.shown)
            yield passage.remark(mention.start, what, N_("check day and month"))
            continue
        if mention.stop_missing and (mention.parts[0] or _ANNOUNCED.search(before(text, mention.start, NEXT_TO))):
            day, _, rest = mention.shown.partition(" ")
            what = message("prose.date.no_full_stop", '"{date}" lacks the full stop after the day', date=mention.shown)
            yield passage.remark(mention.start, what, N_('write "{day}. {rest}"', day=day, rest=rest))
        yield from _weekday(passage, mention)
    if not moves:
        yield from _periods(passage, found)
        yield from _year_spans(passage)


def _weekday(passage: Passage, mention: Mention) -> Iterator[Remark]:
    named = _WEEKDAY.search(passage.text, max(0, mention.start - NEXT_TO), mention.start)
    if named is None or mention.day is None:
        return
    right = mention.day.weekday()
    if named["name"].casefold() != WEEKDAYS[right]:
        what = message(
            "prose.date.other_weekday",
            '"{date}": that day is a {english} ({danish})',
            date=passage.text[named.start() : mention.end],
            english=_ENGLISH[right],
            danish=WEEKDAYS[right],
        )
        yield passage.remark(named.start(), what, N_("put the weekday or the date right"))


def _periods(passage: Passage, found: Sequence[Mention]) -> Iterator[Remark]:
    """`fra … til …` that ends before it begins. A first day without a year has the second's only in the same month."""
    text = passage.text
    for first, last in pairwise(found):
        dash = _TO.fullmatch(text[first.end : last.start])
        if not dash or not _FROM.search(before(text, first.start)):
            continue
        year, month, day = first.parts
        if year is None and month == last.parts[1]:
            year = last.parts[0]
        if year is None or last.parts[0] is None or not first.exists or not last.exists:
            continue
        if (year, month, day) > last.parts:
            todo = N_("swap the dates, or put one right")
            yield passage.remark(first.start, _say_backwards(text[first.start : last.end]), todo)


def _year_spans(passage: Passage) -> Iterator[Remark]:
    for match in _YEARS.finditer(passage.text) if _TWO_YEARS.search(passage.text) else ():
        by_dash = match["to"] != "til"
        if int(match["a"]) > int(match["b"]) and (by_dash or match["open"].casefold() != "i"):
            what = _say_backwards(passage.text[match.start("a") : match.end()])
            yield passage.remark(match.start("a"), what, N_("swap the years, or put one right"))


def _say_backwards(period: str) -> Message:
    return message("prose.period.backwards", '"{period}" ends before it begins', period=period)


def may_lose_date(glance: Glance) -> bool:
    """Whether a number stands before a month, and nothing but marks before it on its line."""
    text = glance.text
    starts = (found.start() for found in _LOST_DATE.finditer(text))
    return any(_MARKS.fullmatch(text, text.rfind("\n", 0, start) + 1, start) for start in starts)


def find_lost_dates(section: Section) -> Iterator[Remark]:
    """Dates at the beginning of a line, which Markdown takes for the number of a list: `1. marts er der møde`."""
    text = section.text
    for item in (item for block in section.blocks if isinstance(block, Listing) for item in block.items):
        month = _MONTH_FIRST.match(item.text)
        mark = _LIST_NUMBER.search(text, max(0, item.offsets[0] - NEAR), item.offsets[0]) if month else None
        if month and mark:
            what = message(
                "prose.date.list_number",
                '"{day}. {month}" begins a line, where it becomes the number of a list',
                day=mark[1],
                month=month[0],
            )
            yield Remark(mark.start(1), what, N_('write "{day}\\. {month}"', day=mark[1], month=month[0]))
