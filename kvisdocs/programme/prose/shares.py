"""Shares that do not fit their counts: `107 af 304 (51 pct.)`, and `halvdelen` beside counts that say otherwise.

A percentage may be off by its last digit (some round, some cut), with `ca.` by two and a half points. A fraction in
words is always rough: `halvdelen` is right from 42 to 58 per cent. What it is said of must stand in the same sentence
as a count (`107 borgere er ledige … halvdelen er ledige`), and the sentence's counts must come to a whole that the
section states; nothing is guessed.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kvisdocs.messages import N_, message
from kvisdocs.programme.prose.counts import is_ratio, may_hold_ratio
from kvisdocs.programme.prose.prose import Glance, Passage, Remark, Section
from kvisdocs.programme.prose.quantities import Quantity, find_counts, find_percentages, format_danish

_BETWEEN = re.compile(
    r"(?:\s[^\W\d]+){0,3}\s?[,(–-]?\s?(?:(?:svarende|det vil sige|dvs\.|altså|eller|det er|hvilket svarer|det svarer)\s"
    r"(?:til\s)?)?(?:(?:ca\.|cirka|omkring|godt|knap|næsten|over|under|mere end|mindre end)\s)?",
    re.IGNORECASE,
)
_FRACTIONS = (
    (r"to tredjedele", 67, 6), (r"(?:en |én )?tredjedel(?:en)?", 33, 6), (r"tre fjerdedele", 75, 6),
    (r"(?:en |én )?fjerdedel(?:en)?", 25, 5), (r"(?:en |én )?femtedel(?:en)?", 20, 4), (r"halvdelen|halvparten", 50, 8),
)  # fmt: skip
_STEMS = ("tredjedel", "fjerdedel", "femtedel", "halvdel", "halvpart")
_FRACTION = re.compile(
    r"\b(?P<modifier>mere end|over|godt|mindre end|under|knap|næsten)?\s?\b(?P<words>"
    + "|".join(f"(?:{words})" for words, _, _ in _FRACTIONS)
    + r")\b(?P<of>\saf\s(?:de\s|alle\s|disse\s)?[^\W\d]+)?",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\s(?:er|var|har|havde|blev|bliver|kom|kommer)\s(?P<said>[^,.;]{1,200}?)(?=\sog\s|[,.;]|$)", re.IGNORECASE
)
_SMALL_WORDS = set("er har i på af til og en et den det de men som med for at blev var fra ved om alle borgere".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class _Fraction:
    start: int
    end: int
    shown: str
    low: int
    high: int


def may_misdivide(glance: Glance) -> bool:
    """Whether a text may hold `107 af 304`, or a fraction in words beside counts and their whole."""
    if glance.numbers > 2 and any(stem in glance.folded for stem in _STEMS):
        return True
    return glance.numbers > 1 and may_hold_ratio(glance)


def find_share_slips(section: Section) -> Iterator[Remark]:
    """Percentages and fractions in a section's paragraphs and list items that do not fit their counts."""
    words = section.words.casefold()
    if not any(stem in words for stem in (*_STEMS, "pct", "procent", "%")):
        return
    stated = {count.value for passage in section.passages for count in find_counts(passage.text)}
    for passage in section.passages:
        for sentence in passage.sentences():
            yield from _percentages(sentence)
            yield from _fractions(sentence, stated)


_OVER_ALL = re.compile(
    r"(?<![\w.,-])(?P<share>(?!100(?:,0+)?\s?(?:pct|procent|%))[1-9]\d{2,}(?:,\d+)?\s?(?:pct\b\.?|procent\b|%))"
    r"\s(?:ud\s)?af\s(?:(?:de|alle|vores|samtlige|kommunens|projektets)\s)*"
    r"(?:borger|person|sygemeldt|deltager|ledig|kvinde|mænd|unge|ansatte|medarbejder|elev|børn|virksomhed|patient|"
    r"kursist|beboer|famili)",
    re.IGNORECASE,
)


def may_exceed_all(glance: Glance) -> bool:
    """Whether a text may hold a share over 100 per cent."""
    return _OVER_ALL.search(glance.words) is not None


def find_more_than_all(section: Section) -> Iterator[Remark]:
    """`120 pct. af borgerne`: of people there are no more than all."""
    for passage in section.passages:
        for found in _OVER_ALL.finditer(passage.text):
            what = message(
                "prose.share.over_all", '"{share}" of a group of people is more than all of them', share=found["share"]
            )
            yield passage.remark(found.start(), what, N_("put the share right"))


def _percentages(sentence: Passage) -> Iterator[Remark]:
    text, counts = sentence.text, find_counts(sentence.text)
    ends = [count.end for count in counts]
    for share in find_percentages(text):
        after = bisect_right(ends, share.start)  # the number of counts before it: only those beside it can be its own
        if after > 1:
            part, whole = counts[after - 2 : after]
            if _BETWEEN.fullmatch(text, whole.end, share.start) and _is_part(text, part, whole):
                yield from _misfit(sentence, share, part, whole)
        if after + 1 < len(counts):
            part, whole = counts[after : after + 2]
            in_brackets = text[share.end : part.start] == " (" and text[whole.end : whole.end + 1] == ")"
            if in_brackets and _is_part(text, part, whole):
                yield from _misfit(sentence, share, part, whole)


def _is_part(text: str, part: Quantity, whole: Quantity) -> bool:
    return is_ratio(text, part, whole) and 0 < part.value <= whole.value


def _misfit(sentence: Passage, share: Quantity, part: Quantity, whole: Quantity) -> Iterator[Remark]:
    true = part.value * 100 / whole.value
    slack = Decimal("2.5") if share.vague else share.step
    if abs(true - share.value) >= slack:
        shown = format_danish(round(true, 0 if share.step == 1 else 1))
        what = message(
            "prose.share.not_its_counts",
            '"{share}", but {part} of {whole} is {true} per cent',
            share=share.shown,
            part=part.shown,
            whole=whole.shown,
            true=shown,
        )
        yield sentence.remark(share.start, what, N_("put the share or a count right"))


def _fractions(sentence: Passage, stated: set[Decimal]) -> Iterator[Remark]:
    text = sentence.text
    folded = text.casefold()
    if not any(stem in folded for stem in _STEMS):
        return
    found = [_read(match) for match in _FRACTION.finditer(text)]
    counts = find_counts(text)
    ends = [count.end for count in counts]
    for fraction in found:
        near = counts[: bisect_right(ends, fraction.start)][-2:]
        if len(near) == 2 and is_ratio(text, *near) and _BETWEEN.fullmatch(text[near[1].end : fraction.start]):
            yield from _rough_misfit(sentence, fraction, [near[0].value], near[1].value)
            return
    if found:
        yield from _told_fractions(sentence, found, stated)


def _told_fractions(sentence: Passage, found: Sequence[_Fraction], stated: set[Decimal]) -> Iterator[Remark]:
    """Fractions after an enumeration: `149 er i job, 48 er opsagt, og 107 er ledige, så halvdelen er ledige`."""
    text = sentence.text
    counts = [count for count in find_counts(text) if count.end <= found[0].start]
    if any(count.vague for count in counts) or find_percentages(text):
        return
    whole = sum((count.value for count in counts), Decimal(0))
    if len(counts) < 2 or whole not in stated - {count.value for count in counts}:
        return
    ends = [*(count.start for count in counts[1:]), found[0].start]
    said = [_words(text[count.end : end]) for count, end in zip(counts, ends, strict=True)]
    for fraction in found:
        predicate = _SAID.match(text, fraction.end)
        wanted = _words(predicate["said"]) if predicate else set()
        values = [count.value for count, words in zip(counts, said, strict=True) if wanted & words]
        if values:
            yield from _rough_misfit(sentence, fraction, [*values, sum(values, Decimal(0))], whole)


def _read(match: "re.Match[str]") -> _Fraction:
    words = match["words"].casefold()
    share, slack = next((share, slack) for form, share, slack in _FRACTIONS if re.fullmatch(form, words))
    modifier = (match["modifier"] or "").casefold()
    high = 100 if modifier in {"mere end", "over"} else share + slack
    low = 0 if modifier in {"mindre end", "under"} else share - slack
    return _Fraction(match.start("words"), match.end(), match["words"], low, high)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W\d]+", text.casefold()) if word not in _SMALL_WORDS}


def _rough_misfit(
    sentence: Passage, fraction: _Fraction, values: Sequence[Decimal], whole: Decimal
) -> Iterator[Remark]:
    """A remark when none of the counts comes near the fraction."""
    if any(fraction.low <= value * 100 / whole <= fraction.high for value in values):
        return
    true = format_danish(round(values[0] * 100 / whole, 0))
    what = message(
        "prose.fraction.not_its_counts",
        '"{fraction}", but {part} of {whole} is {true} per cent',
        fraction=fraction.shown,
        part=format_danish(values[0]),
        whole=format_danish(whole),
        true=true,
    )
    yield sentence.remark(fraction.start, what, N_("say the share as it is, or put a count right"))
