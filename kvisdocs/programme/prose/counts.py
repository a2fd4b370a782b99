"""Counts in prose that do not fit: groups that are more than their whole, parts larger than it, groups with a gap.

Groups that come to more than the whole need not be wrong, since a person may have two diagnoses; but then the text must
say so, and a section that does (`kan have flere`, `indgå i flere`) is let pass. Groups that come to less say nothing
wrong either, but for what everybody has one of: an education, a sex.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from kvisdocs.messages import N_, message
from kvisdocs.programme.prose.prose import Glance, Listing, Passage, Remark, Section, without_signs
from kvisdocs.programme.prose.quantities import (
    LENGTHS,
    Quantity,
    find_amounts,
    find_counts,
    find_percentages,
    format_sum,
)
from kvisdocs.programme.prose.sums import HEDGES, TODO_ONE, joined_sentences, say_larger

_SEVERAL = re.compile(
    r"\b(?:(?:have|har|få|haft|indgå|indgår|tælle\w*|tæller|optræde\w*|optræder|medregne\w*|være|er|vælge|sætte|angive|"
    r"angivet|afgive|deltage\w*|deltager)\s(?:med\s|både\s|i\s|på\s)*(?:flere|mere end (?:én|en|et|ét)|begge|to)\b|"
    r"(?:flere|dobbelte?|samme)\s(?:diagnoser|lidelser|svar|grupper|gange|kategorier|krydser|tilbud)|overlap\w*|"
    r"mere end én|gengangere|dobbeltdiagnose\w*)",
    re.IGNORECASE,
)
_JOINS = re.compile(r"(?:Heraf|Deraf|Af disse|Af dem|Ud af disse|Blandt disse)\b")
_PART_WORDS = re.compile(
    r"\b(?:heraf|hvoraf|deraf|(?:ud )?af (?:disse|dem|hvilke)|blandt (?:disse|dem))\b", re.IGNORECASE
)
_NEW_THOUGHT = re.compile(
    r"\b(?:heraf|hvoraf|deraf|der (?:er|har|var|blev|kom)|mens|men|desuden|derudover|dertil|hertil|i alt|samlet)\b|;",
    re.IGNORECASE,
)
_PEOPLE = (
    r"(?:borgere?|personer?|sygemeldte?|deltagere?|ledige|kvinder|mænd|unge|ansatte|medarbejdere?|elever?|børn|"
    r"forløb|sager?|visiterede|virksomheder?|patienter|kursister|beboere|familier|henvist\w*)"
)
_NAMED_WHOLE = re.compile(rf"\s?(?:[a-zæøå-]+\s){{0,3}}{_PEOPLE}\b", re.IGNORECASE)
_CHANGES = re.compile(r"\b(?:steg|stig\w+|faldt|fald\w*|vokse\w*|netto\w*)\b", re.IGNORECASE)
_NAMED = re.compile(rf"\s{_PEOPLE}\b", re.IGNORECASE)
_RATIO = re.compile(
    r"(?:\s[a-zæøå-]+){0,2}\s(?:ud\s)?af\s(?:de\s|i alt\s|alle\s|vores\s|projektets\s)*$", re.IGNORECASE
)
_ATTRIBUTES = (
    (re.compile(r"\w*uddannelse\w*\b", re.IGNORECASE), N_("education")),
    (re.compile(r"\b(?:mænd|kvinder|mand|kvinde)\b", re.IGNORECASE), N_("sex")),
)
_REST_NAMED = re.compile(
    r"\b(?:resten|øvrige|resterende|uoplyst\w*|ukendt\w*|ingen|uden|ufaglært\w*|anden|andre|andet|ikke|mangler|begge|"
    r"øvrigt|cirka|ca)\b",
    re.IGNORECASE,
)
_ITEM_START = re.compile(r"(?:\d[\d.]*)(?=\s)")
_ITEM_END = re.compile(r"[:–-]\s?\d[\d.]*(?:\s[a-zæøå]+)?\.?$", re.IGNORECASE)
_TOTAL_ITEM = re.compile(r"(?:i alt|ialt|sum|total|samlet)\b", re.IGNORECASE)
TODO_SEVERAL = N_('put a figure right, or say in the text that one may count in several groups ("kan have flere")')


_LISTED = re.compile(r"^[^\S\n]*(?:[-+*]|\d{1,9}[.)])[^\S\n]", re.MULTILINE)
_PLACED = re.compile(r"\A\s*\d|[:–-]\s?\d[\d.]*(?:\s[a-zæøå]+)?\.?\s*$", re.MULTILINE | re.IGNORECASE)
_ANY_RATIO = re.compile(
    rf"\d(?!\.?\s(?:{LENGTHS})\b)(?:\s[a-zæøå-]+){{0,2}}\s(?:ud\s)?af\s(?:(?:de|i alt|alle|vores|projektets)\s)*\d",
    re.IGNORECASE,
)
_PARTS = ("heraf", "hvoraf", "deraf", "af disse", "af dem", "af hvilke", "blandt disse", "blandt dem")
_SEXES = ("mænd", "mand", "kvinde")
_WHOLES = (
    *("i alt", "ialt", "sum", "total", "saml"),
    *("borger", "person", "sygemeldt", "deltager", "ledige", "kvinder", "mænd", "unge", "ansatte", "medarbejder"),
    *("elev", "børn", "forløb", "sag", "visitere", "virksomhed", "patient", "kursist", "beboere", "familie", "henvist"),
)


def may_miscount(glance: Glance) -> bool:
    """Whether a text may hold parts of a whole, what everybody has one of, or a list that comes to a whole."""
    if glance.numbers > 1 and (any(word in glance.folded for word in _PARTS) or may_hold_ratio(glance)):
        return True
    if glance.numbers < 3:
        return False
    twice = glance.folded.count("uddannelse") > 1 or sum(glance.folded.count(word) for word in _SEXES) > 1
    return twice or _may_miscount_list(glance)


def may_hold_ratio(glance: Glance) -> bool:
    """Whether two numbers may stand as `107 af 304`."""
    return " af " in glance.folded and _ANY_RATIO.search(glance.words) is not None


def _may_miscount_list(glance: Glance) -> bool:
    """A list whose items begin or end with a count, and a whole of people or a total."""
    _, *items = _LISTED.split(glance.text)
    if not items or not any(word in glance.folded for word in _WHOLES):
        return False
    return any(_PLACED.search(without_signs(item)) for item in items)


def find_count_slips(section: Section) -> Iterator[Remark]:
    """What does not fit in a section's paragraphs and lists."""
    whole: Quantity | None = None
    for paragraph in section.paragraphs:
        for sentence in joined_sentences(paragraph, _JOINS):
            yield from _ratios(sentence)
            yield from _parts(sentence, section)
            if whole is not None:
                yield from _gaps(sentence, whole)
            whole = _stated_whole(sentence) or whole
    for block in section.blocks:
        if isinstance(block, Listing):
            yield from _list_counts(block, section)


def may_count_twice(section: Section) -> bool:
    """Whether a section says that one person may be in several of its groups."""
    return _says_several(section.words)


@lru_cache(maxsize=4)
def _says_several(words: str) -> bool:
    """Remembered, since every sentence of a section asks."""
    return bool(_SEVERAL.search(words))


def is_ratio(text: str, part: Quantity, whole: Quantity) -> bool:
    """Whether two counts stand as `107 (borgere) (ud) af (de) 304`."""
    between = text[part.end : whole.start]
    return between.endswith(" ") and bool(_RATIO.fullmatch(between))


def _ratios(sentence: Passage) -> Iterator[Remark]:
    counts = find_counts(sentence.text)
    for part, whole in pairwise(counts):
        if is_ratio(sentence.text, part, whole) and part.value > whole.value > 0:
            shown = sentence.text[part.start : whole.end]
            what = message(
                "prose.ratio.part_larger",
                '"{shown}": {part} is more than {whole}',
                shown=shown,
                part=part.shown,
                whole=whole.shown,
            )
            yield sentence.remark(part.start, what, TODO_ONE)


def _parts(sentence: Passage, section: Section) -> Iterator[Remark]:
    """`304 borgere, heraf 184 …, 142 … og 22 …`: no part over the whole, nor all of them together.

    The whole is the largest count before `heraf`, so that "304 borgere på 20 hold, heraf 184" is read right.
    """
    text = sentence.text
    word = _PART_WORDS.search(text)
    if word is None or find_amounts(text) or _CHANGES.search(text):
        return
    counts = find_counts(text)
    before = [count for count in counts if count.end <= word.start()]
    after = _until_next(text, [count for count in counts if count.start >= word.end()], word.end())
    if not before or not after or any(count.vague for count in before):
        return
    whole = max(before, key=lambda count: count.value)
    if not _NAMED_WHOLE.match(text, whole.end) and any(_NAMED.match(text, part.end) for part in after):
        return  # people are no part of places or things: "14 kommuner, heraf har Herning 304 borgere"
    for part in after:
        if part.value > whole.value:
            yield sentence.remark(part.start, say_larger(part, whole), TODO_ONE)
            return
    if len(after) > 1 and sum(part.value for part in after) > whole.value and not may_count_twice(section):
        yield _too_many(sentence, after, whole)


def _until_next(text: str, counts: list[Quantity], start: int) -> list[Quantity]:
    """The counts that belong to one `heraf`: up to a second one, a new thought, or a ratio of their own."""
    found: list[Quantity] = []
    at = start
    for number, count in enumerate(counts):
        if _NEW_THOUGHT.search(text[at : count.start]):
            break
        if number + 1 < len(counts) and is_ratio(text, count, counts[number + 1]):
            break
        found.append(count)
        at = count.end
    return found


def _too_many(passage: Passage, parts: Sequence[Quantity], whole: Quantity) -> Remark:
    total = format_sum([part.value for part in parts])
    what = message(
        "prose.groups.more_than_whole", 'the groups of "{whole}" give {total}', whole=whole.shown, total=total
    )
    return passage.remark(whole.start, what, TODO_SEVERAL)


def _stated_whole(sentence: Passage) -> Quantity | None:
    """The count of people that a sentence begins with: `Der er 304 borgere visiterede`."""
    counts = find_counts(sentence.text)
    if not counts or counts[0].vague or (len(counts) > 1 and not _PART_WORDS.search(sentence.text)):
        return None
    named = _NAMED_WHOLE.match(sentence.text, counts[0].end)
    return counts[0] if named else None


def _gaps(sentence: Passage, whole: Quantity) -> Iterator[Remark]:
    """What everybody has one of, told of fewer than there are (half of them at least, the rest unnamed), or of more."""
    text = sentence.text
    counts = find_counts(text)
    if len(counts) < 2 or any(count.vague for count in counts) or _PART_WORDS.search(text) or find_percentages(text):
        return
    ends = [*(count.start for count in counts[1:]), len(text)]
    total = sum((count.value for count in counts), Decimal(0))
    for words, name in _ATTRIBUTES:
        if not all(words.search(text[count.end : end]) for count, end in zip(counts, ends, strict=True)):
            continue
        rest = whole.value - total
        if _REST_NAMED.search(text) or HEDGES.search(text) or not (whole.value <= 2 * total) or not rest:
            return
        given = format_sum([count.value for count in counts])
        what = message(
            "prose.groups.not_everybody",
            "{sum}, and there are {whole}: everybody has one {attribute}",
            sum=given,
            whole=whole.shown,
            attribute=name,
        )
        todo = N_("put a figure right")
        if rest > 0:
            todo = N_("say what the other {rest} have (none, unknown)", rest=rest)
        yield sentence.remark(counts[0].start, what, todo)
        return


def _list_counts(listing: Listing, section: Section) -> Iterator[Remark]:
    """A list whose every item has a count at its start or end, below words that state the whole."""
    if listing.nested or len(listing.items) < 2:
        return
    found = [(item, _item_count(item)) for item in listing.items]
    counts = [count for _, count in found if count is not None]
    if len(counts) < len(found):
        return
    several, last = may_count_twice(section), listing.items[-1]
    if _TOTAL_ITEM.match(last.text) and len(counts) > 2:
        *counts, stated = counts
        if sum(count.value for count in counts) != stated.value and not several:
            total = format_sum([count.value for count in counts])
            what = message(
                "prose.list.not_its_total", 'the list gives {total}, not "{stated}"', total=total, stated=stated.shown
            )
            yield last.remark(stated.start, what, TODO_SEVERAL)
    if listing.lead is None or several:
        return
    lead = listing.lead.sentences()[-1]
    wholes = [count for count in find_counts(lead.text) if _NAMED_WHOLE.match(lead.text, count.end)]
    if len(wholes) == 1 and not wholes[0].vague and sum(count.value for count in counts) > wholes[0].value:
        yield _too_many(lead, counts, wholes[0])


def _item_count(item: Passage) -> Quantity | None:
    counts = [count for count in find_counts(item.text) if not count.vague]
    if len(counts) != 1 or find_amounts(item.text):
        return None
    placed = _ITEM_START.match(item.text) or _ITEM_END.search(item.text)
    return counts[0] if placed and placed.start() <= counts[0].start < placed.end() else None
