"""Amounts of money in prose that do not add up, and amounts whose unit is plainly wrong.

A total and its parts are compared only where the words say that these are the parts: `i alt 4,5 mio. kr., heraf … og
…`, `… og …, i alt …`, `fordelt med …`, a list below a total. Rounded figures may differ by half of their last digit
each. After `heraf` the parts need not be all: only when they cover two thirds is the rest missed, since whoever names
two small parts of a large amount leaves the rest out on purpose.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kvisdocs.messages import N_, Message, message
from kvisdocs.programme.prose.prose import Glance, Listing, Passage, Remark, Section, before
from kvisdocs.programme.prose.quantities import Quantity, find_amounts, format_danish, format_sum

PARTIAL = re.compile(r"\b(?:heraf|hvoraf|deraf|af dette beløb|af beløbet|af disse)\b", re.IGNORECASE)
_SPLIT = re.compile(r"\b(?:fordel\w*|består|bestående|nemlig|henholdsvis|hhv)\b|:", re.IGNORECASE)
_TOTAL_BEFORE = re.compile(
    r"\b(?:i alt|ialt|samlet|samlede|tilsammen|total|totale|totalt|sammenlagt|sum)\b(?:\s[^\W\d]+){0,5}\s$",
    re.IGNORECASE,
)
_ADDED_UP = re.compile(
    r"(?:[,(–:-]|\b(?:og|dvs\.|altså|så)\s)[^,]*\b(?:i alt|ialt|tilsammen|sammenlagt|totalt)\b[^,]*$", re.IGNORECASE
)
_TOTAL_AFTER = re.compile(r"\s(?:i alt|ialt|tilsammen|sammenlagt|totalt)\b", re.IGNORECASE)
_JOINS = re.compile(r"(?:Heraf|Deraf|Af dette beløb|Af beløbet|Beløbet|Midlerne|Udgiften|Tilskuddet)\b")
HEDGES = re.compile(
    r"\b(?:bl\.a|blandt andet|resten|restbeløb\w*|resterende|øvrige|herunder|især|primært|hovedsageligt?|eksempelvis|"
    r"f\.eks|inkl\w*|eksk\w*|plus|samt andre|m\.m|m\.v|mv|mm|mindst|minus|fratrukket)\b",
    re.IGNORECASE,
)
# Words that set amounts against each other, or reckon otherwise than by adding: nothing is said of such a sentence.
_COMPARES = re.compile(
    r"\b(?:mod|siden|end|sammenlignet|forskel\w*|stig\w+|steg|fald\w*|faldt|ændre\w*|tidligere|oprindeligt?|"
    r"i stedet for|hvis|eller|enten|tilbage|ud af|af de|inden for|pr(?!\.?\s\d)|per|årligt?|om året|hvert?|månedligt?|"
    r"ugentligt?|à|á|gange|pct|procent|refusion|indtægt\w*|netto\w*|mindreforbrug\w*|merforbrug\w*|overfør\w*|"
    r"tilbagebetal\w*|besparelse\w*|reduce\w*)\b|\d\s?[x×*]\s?\d|(?<![\d\w]\s)(?<![\d\w])[-–−]\d",
    re.IGNORECASE,
)
TODO_ONE = N_("put one of the two right")
_TOTAL_ITEM = re.compile(r"(?:i alt|ialt|sum|total|samlet|tilsammen)\b", re.IGNORECASE)


_TWICE_MILLIONS = re.compile(r"\d\d\d\.?\d{3}(?:,\d+)?(?:,-)?\s?mi", re.IGNORECASE)
_ADDS = (
    *("i alt", "ialt", "saml", "sammenlagt", "tilsammen", "total", "sum", "fordel", "består"),
    *("heraf", "hvoraf", "deraf", "af dette beløb", "af beløbet", "af disse"),
)
"""One of these stands wherever amounts are added up."""


def may_miscount_money(glance: Glance) -> bool:
    """Whether a text may hold amounts to be added up, or one whose unit is wrong."""
    amounts = glance.folded.count("kr") + glance.folded.count("dkk")
    if not amounts:
        return False
    return _TWICE_MILLIONS.search(glance.words) is not None or (
        amounts > 1 and any(word in glance.folded for word in _ADDS)
    )


def find_amount_slips(section: Section) -> Iterator[Remark]:
    """Wrong units and sums in a section's prose and lists. Tables have a module of their own."""
    for passage in section.passages:
        yield from _wrong_units(passage)
    for paragraph in section.paragraphs:
        for sentence in joined_sentences(paragraph, _JOINS):
            yield from _sums(sentence)
    for block in section.blocks:
        if isinstance(block, Listing):
            yield from _list_sum(block)


def joined_sentences(paragraph: Passage, joins: re.Pattern[str]) -> list[Passage]:
    """The sentences; one that speaks of the sentence before (`Heraf …`) is taken together with it."""
    spans: list[tuple[int, int]] = []
    for start, end in paragraph.sentence_spans():
        if spans and joins.match(paragraph.text, start, end):
            spans[-1] = spans[-1][0], end
        elif start < end:
            spans.append((start, end))
    return [paragraph.cut(*span) for span in spans]


def _wrong_units(passage: Passage) -> Iterator[Remark]:
    for amount in find_amounts(passage.text):
        if amount.wrong_unit:
            kroner = format_danish(amount.value)
            what = message(
                "prose.amount.unit_twice",
                '"{amount}" has its unit twice: the number is already in full kroner',
                amount=amount.shown,
            )
            todo = N_("write {kroner} kr.", kroner=kroner)
            if amount.value >= 10**6:
                millions = format_danish(amount.value / 10**6)
                todo = N_("write {kroner} kr. or {millions} mio. kr.", kroner=kroner, millions=millions)
            yield passage.remark(amount.start, what, todo)


def is_total(text: str, amount: Quantity) -> bool:
    """Whether the words around an amount call it a total."""
    return bool(_TOTAL_BEFORE.search(before(text, amount.start)) or _TOTAL_AFTER.match(text, amount.end))


def adds_up(parts: Sequence[Quantity], total: Quantity) -> bool:
    """Whether parts give a total, within what rounding may do; beyond 3 per cent nothing is called rounding."""
    slack = sum((part.step for part in parts if part.step != 1), Decimal(0)) / 2
    slack += total.step / 2 if total.step != 1 else 0
    return abs(sum((part.value for part in parts), Decimal(0)) - total.value) <= min(slack, total.value * 3 / 100)


def _sums(sentence: Passage) -> Iterator[Remark]:
    text = sentence.text
    amounts = find_amounts(text)
    if len(amounts) < 2:
        return
    heraf = PARTIAL.search(text)
    if heraf and not _COMPARES.search(text):
        yield from _larger_part(sentence, amounts, heraf.start())
    totals = [amount for amount in amounts if is_total(text, amount)]
    if len(totals) != 1 or len(amounts) < 3 or any(each.vague for each in amounts) or _COMPARES.search(text):
        return
    total, parts = totals[0], [amount for amount in amounts if amount is not totals[0]]
    if HEDGES.search(text) or adds_up(parts, total):
        return
    between = text[total.end : parts[0].start]
    covered = sum((part.value for part in parts), Decimal(0))
    if all(part.start < total.start for part in parts):
        if _ADDED_UP.search(before(text, total.start)):
            yield _mismatch(sentence, parts, total)
    elif parts[0].start > total.start and PARTIAL.search(between):
        if covered * 3 >= total.value * 2:
            yield _mismatch(sentence, parts, total)
    elif parts[0].start > total.start and _SPLIT.search(between):
        yield _mismatch(sentence, parts, total)


def _larger_part(sentence: Passage, amounts: Sequence[Quantity], at: int) -> Iterator[Remark]:
    """The first amount after `heraf`, when it is more than every amount before."""
    wholes = [amount for amount in amounts if amount.end <= at]
    after = [amount for amount in amounts if amount.start > at]
    if not wholes or not after or any(amount.vague for amount in (*wholes, after[0])):
        return
    most = max(wholes, key=lambda amount: amount.value)
    if after[0].value > most.value and not adds_up(after[:1], most):
        yield sentence.remark(after[0].start, say_larger(after[0], most), TODO_ONE)


def say_larger(part: Quantity, whole: Quantity) -> Message:
    """What is wrong with a part that is larger than its whole."""
    return message(
        "prose.part.larger_than_whole",
        '"{part}" is said to be a part of "{whole}", and is more',
        part=part.shown,
        whole=whole.shown,
    )


def _mismatch(passage: Passage, parts: Sequence[Quantity], total: Quantity) -> Remark:
    what, todo = sum_words([part.value for part in parts], total.value)
    what = message("prose.sum.not_its_total", '"{total}": {what}', total=total.shown, what=what)
    return passage.remark(total.start, what, todo)


def sum_words(parts: Sequence[Decimal], total: Decimal) -> tuple[Message, Message]:
    """What is wrong with a sum and what to do, in words."""
    rest = total - sum(parts, Decimal(0))
    added, stated = format_sum(list(parts)), format_danish(total)
    if rest > 0:
        what = N_("the parts give {sum}, not {total}", sum=added, total=stated)
        return what, N_("put a figure right, or say what the missing {rest} are", rest=format_danish(rest))
    return N_(
        "the parts give {sum}, not {total}, and {rest} too much", sum=added, total=stated, rest=format_danish(-rest)
    ), N_("put a figure right")


def _list_sum(listing: Listing) -> Iterator[Remark]:
    """A list below a total, each item with one amount; or a list whose last item is the total."""
    if listing.nested or len(listing.items) < 2:
        return
    found = [find_amounts(item.text) for item in listing.items]
    if any(len(each) != 1 or each[0].vague for each in found) or HEDGES.search(listing.items[-1].text):
        return
    amounts = [each[0] for each in found]
    last = listing.items[-1]
    if _TOTAL_ITEM.match(last.text) and len(amounts) > 2:
        if not adds_up(amounts[:-1], amounts[-1]):
            yield _mismatch(last, amounts[:-1], amounts[-1])
        amounts = amounts[:-1]
    lead = listing.lead
    if lead is None or HEDGES.search(lead.text) or not lead.text.endswith(":"):
        return
    ends = lead.sentences()[-1]
    totals = find_amounts(ends.text)
    if len(totals) != 1 or totals[0].vague or _COMPARES.search(ends.text):
        return
    split = is_total(ends.text, totals[0]) or re.search(r"\b(?:fordel\w*|består)\b", ends.text, re.IGNORECASE)
    if split and not adds_up(amounts, totals[0]):
        yield _mismatch(ends, amounts, totals[0])
