"""What the words of a consent refuse, leave out or make depend on something: `covers` read as a sentence.

A negation limits a consent ("datoer og timer, ikke opgaver") or takes it away ("ingen oplysninger til min chef"). What
it limits is left out of the letter. Of the rest there is no letter: a consent in doubt is none, and the line is told.

The text is taken apart at its commas and its "men". A part with a negation says no to all of it, or to what stands
behind the negation; the parts after it say no too, until one says otherwise ("kun", "gerne").

Which kinds of data a consent's own words speak of: `covers` beside `data`.

`covers` is what the citizen signed, `data` is what the letter is given. What no word of `covers` speaks of was not
allowed, so the list below is wide: of two readings of a word both count, and the plan as a whole speaks of everything.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kvisdocs.cases.consents.consent import Consent, DataType, names_nothing

_WHOLE = "plan opfølgningsplan handlingsplan handleplan helhed"
"""The plan with its three tracks, from which all kinds of data are taken. `optrapningsplan` is only one of them."""

WORDS: Mapping[DataType, str] = {
    DataType.PARTICIPATION: (
        "delta medvirk følger visit henvis tilmeld start slut *kvis *projekt *program *forløb *indsats "
        "*sygemeld *fravær *sygedag *sygeperiode *jobcent *kontakt *rehab"
    ),
    DataType.CATEGORY: "visit *kategori *gruppe",
    DataType.RETURN_GOAL: "*mål tilbage *vende genoptag rask *job *arbejd *virksomhed *stilling *ansæt *uddannelse",
    DataType.RETURN_PLAN: (
        "*optrap *time *tid dato dag uge trin delvis raskmeld genoptag *praktik *opstart start gradvis "
        "*nedsat *skema *opgave *hensyn"
    ),
    DataType.EMPLOYMENT_TRACK: "*mål *status *aftale *arbejd *beskæftigelse spor *job *opgave hvem",
    DataType.SOCIAL: (
        "*social *spor *bolig *lejlighed *husleje *hus *flyt *økonomi *gæld *penge *familie barn børn "
        "*hjem *hverdag *privat liv *ægte *mand *kone *kæreste *samliv *samlever *skilsmisse *forældre "
        "mor far søn datter *pårørende *netværk *venner *ensom *misbrug *alkohol *fritid *støtte *mentor "
        "*personlig *forhold *aflastning *transport"
    ),
}
"""Beginnings of words, in small letters; what has a star stands anywhere in one."""


def find_unspoken(consent: Consent) -> list[int]:
    """The numbers of those in `data` of which no word in `covers` speaks."""
    words = unicodedata.normalize("NFC", " ".join(consent.covers).casefold())  # a Mac may write å as two signs
    return [number for number, data in enumerate(consent.data) if not _PATTERNS[data].search(words)]


def compile_words(words: str) -> re.Pattern[str]:
    """A pattern for beginnings of words; for what has a star, anywhere in one."""
    parts = (word[1:] if word.startswith("*") else rf"\b{word}" for word in words.split())
    return re.compile("|".join(parts))


_PATTERNS = {data: compile_words(f"{_WHOLE} {words}") for data, words in WORDS.items()}


class Fault(StrEnum):
    """Why a line cannot carry a letter."""

    REFUSES = "refuses"
    CONDITION = "condition"
    UNCLEAR = "unclear"


class Part(StrEnum):
    """What a consent may leave out of the graded return plan, whose dates and hours are then told without it."""

    TASKS = "tasks"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words say: the first line at fault and why, or the kinds of data and the parts that they leave out."""

    line: int = 0
    fault: Fault | None = None
    without: frozenset[DataType] = frozenset()
    without_parts: frozenset[Part] = frozenset()


def read_consent(consent: Consent) -> Reading:
    """What the consent's words say, without what it is about (`find_parts`) and whom (subject.py)."""
    return _read(consent.covers)


def find_allowed(consent: Consent) -> tuple[DataType, ...]:
    """Of the consent's `data` those that its words do not leave out; none where they refuse."""
    reading = read_consent(consent)
    return () if reading.fault else tuple(data for data in consent.data if data not in reading.without)


def keep_given(consents: tuple[Consent, ...]) -> tuple[Consent, ...]:
    """Of consents in force those that the citizen has given: not one that refuses, nor an older one of the kind."""
    refused = [each for each in consents if read_consent(each).fault is Fault.REFUSES]
    return tuple(each for each in consents if not any(_takes_back(other, each) for other in refused))


def _takes_back(refusal: Consent, consent: Consent) -> bool:
    same = (refusal.kind, refusal.party, refusal.party_name) == (consent.kind, consent.party, consent.party_name)
    return same and refusal.given >= consent.given


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts))


_HARMLESS = _any(
    r"\bikke (?:mindst|kun|blot|bare|alene|udelukkende|desto mindre)\b",
    r"\b(?:ikke|intet|ingen|ingenting) (?:mere|andet|andre(?: oplysninger)?|yderligere|øvrige)(?: oplysninger)?\b",
    r"\b(?:ikke|intet) ud ?over (?:det|dette|disse)?",
    r"\b(?:uden|ingen) undtagelser?\b",
    # "that I cannot yet work full time" is something that is told, unless it is the consent itself that is not given
    r"\bjeg (?:(?!vil|kan|må|skal)\w+ ){0,3}ikke (?:\w+ ){0,2}?"
    r"(?:er|kan|har|skal|bliver|arbejder|møder|magter|klarer|kommer|holder)\b"
    r"(?! (?:\w+ ){0,2}(?:samtykke|sige ja|give|med til|enig|accept))",
)
"""Negations that say no to nothing: `ikke mindst`, `og ikke andet`, `at jeg endnu ikke er rask`."""

_CONDITION = _any(
    r"\bkun (?:hvis|når|efter|såfremt|med)\b",
    r"\b(?:medmindre|med mindre|såfremt|forudsat|i samråd|måske|i tvivl|ved ikke|mangler|følger senere)\b",
    r"\b(?:betinge|forudsætning|afvent|tænke over|indtil jeg|først spørge)",
    r"forbehold",
    r"\bpå (?:den )?betingelse",
    r"\bførst (?:når|efter|hvis|skal)\b",
    r"\bspørg\w* (?:mig|først)",
    r"\bhvis (?:jeg|min|mine|vi|du|i|han|hun|de|læge\w*|arbejdsgiver\w*|chefen|psyk\w*|det er|nødvendig)\b",
    r"\bnår (?:jeg|vi) (?:har|er|siger|får|giver)\b",
    r"\befter (?:nærmere )?(?:aftale|accept|godkendelse)\b",
    r"\buden (?:at (?:spørge|jeg|have)|mit|min|først)\b",
    r"\?",
)
"""What only a person can judge: whether the citizen has seen the letter first, or has thought it over."""

_NO = re.compile(
    r"\b(?:"
    + "|".join(
        (
            *("ikke", "ikk", "ej", "ingen", "intet", "ingenting", "nej", "aldrig", "hverken", "minus", "stop"),
            *("undtagen", "undtaget", "undtagelse af", "bortset fra", r"uden(?! for\b)", r"al[lt]e? and\w+ end"),
            *(r"næg\w+", r"afslå\w*", r"afslag\w*", r"afvis\w*", r"frabed\w*", r"forby\w+", r"forbud\w*", r"modsæt\w*"),
            *(r"fortr[yu]d\w*", r"tilbagekald\w*", r"tilbagetr\w+", r"tr[æu]kk?e?[rt]?\b.*\btilbage", r"fravælg\w*"),
            *(r"udelad\w*", r"udelukk?e[ts]?", r"imod(?! \w)", "imod at", r"afstå\w*", r"spærr\w*", "lad være"),
            *("fri for", r"fritag\w*", r"hold\w*\b.*\bude(?:n ?for)?", r"sig(?:er)? fra", "sagt fra", "fortrolig[te]?"),
            *("hemmelig[te]?", r"vægr\w*", r"bortfald\w*"),
        )
    )
    + r")\b"
)
"""Negations, and verbs of refusing."""

_MODAL = re.compile(r"\b(?:må|vil|skal|kan|bør|ønsker|giver|samtykker|accepterer|tillader|behøver)\b(?: \w+){0,2} ?$")
"""Before a negation it says that the whole sentence is one: `timer må I ikke fortælle`."""

_SAYS_YES = re.compile(r"\b(?:kun|gerne|ja|også|derimod|godt|fint|ok|okay|alene|udelukkende|blot|bare|tillader)\b")
"""Behind a negation it says yes again."""

_ONLY = re.compile(r"(?<!ikke )\b(?:kun|alene|udelukkende|blot|bare|(?:intet|ikke|ingen) (?:andet|andre|mere))\b")
"""What is not named is not allowed."""

_WHOLLY = re.compile(r"\b(?:alt|alle|noget|nogen|oplysning\w*)\b")
"""Behind a negation it says no to everything."""

_BORDER = _any(
    r",(?! (?:at|som|der|hvad|hvilke|hvor\w*|om)\b)",
    r"[;:()/\N{EN DASH}\N{EM DASH}\n]",
    " - ",
    r"[.!](?= +[A-ZÆØÅ]|$)",
    r"\b([Mm]en|[Dd]og|[Dd]erimod|(?<![Ii]kke )[Kk]un)\b",
)
"""Where a part of a text ends; a comma before `at` or `hvad` is within one."""

_FILLER_WORDS = """
samtykke samtykker giver give gives givet videregive videregivelse videregives fortælle fortæller fortælles sige siger
sagt oplyse oplyser sende sender sendes dele deler deles skrive skriver udlevere udleveres kontakte kontakt få får have
har vil ønsker ønske må skal kan gerne ja tak nej kun også godt fint ok at til fra i jer du vi man nogen noget nogle som
helst slet overhovedet arbejdsgiver arbejdsgiveren arbejdsgiverens chef chefen læge lægen lægens kommune kommunen
jobcenter jobcentret jobcenteret arbejdspladsen praktikstedet virksomheden firmaet borger borgeren selv nu her endnu
længere mere måde grund lov ret accepterer tillader bør hold ved med ind ud fordi omstændigheder under undtagen undtaget
alligevel rigtig heller stadig endelig min mit mine os bare blot
"""
_FILLERS = frozenset(_FILLER_WORDS.split())
"""Words of giving and telling, and of who does it: they name no data."""

_HEALTH = compile_words(
    "*diagnos *sygdom *helbred *lidelse *psyk *medicin *behandl *terapi *stress *depres *angst *journal *epikrise "
    "*symptom *alkohol *misbrug *indlæg *attest *cpr personnummer *adresse *telefon fejler *årsag hvorfor"
)
"""What no letter to outsiders has, whatever a consent says: to say no to it leaves nothing out."""

_REST = compile_words("andet andre mere resten øvrig yderligere udover")
_PLAN = "plan opfølgningsplan handlingsplan handleplan"
_KINDS = {
    DataType.PARTICIPATION: compile_words(
        f"{_PLAN} delta medvirk *kvis projekt program forløb indsats *sygemeld *fravær"
    ),
    DataType.CATEGORY: compile_words(f"{_PLAN} visitation *kategori"),
    DataType.RETURN_GOAL: compile_words(f"{_PLAN} mål tilbagevend raskmeld"),
    DataType.RETURN_PLAN: compile_words(f"{_PLAN} *optrap *time *arbejdstid dato dage uge trin skema"),
    DataType.SOCIAL: compile_words(
        f"{_PLAN} *social spor bolig økonomi gæld famili barn børn hjem privat skilsmisse samliv"
    ),
    DataType.EMPLOYMENT_TRACK: compile_words(f"{_PLAN} mål status spor beskæftigelse"),
}
"""What a consent may say no to: fewer words than may speak of it, since a word in doubt must not pass for a limit."""

_PLAN_PARTS = {
    Part.TASKS: compile_words("*opgave *hensyn *arbejdsfunktion"),
    Part.CONTACT: compile_words("kontakt samtale møde"),
}
_WHERE = re.compile(
    r"\b(?:i|fra|på|under|hos) (?:min |den |mit |det )?(?:\w*planen?|arbejdet?|jobbet|arbejdspladsen)\b"
)


@lru_cache(maxsize=512)
def _read(covers: tuple[str, ...]) -> Reading:
    lines = [unicodedata.normalize("NFC", line) for line in covers]
    spoken, without, parts = False, set[DataType](), set[Part]()
    faults, negated = [], []
    for number, line in enumerate(lines):
        if _CONDITION.search(line.casefold()):
            faults.append((number, Fault.CONDITION))
        for is_no, words in _divide(line):
            if not is_no:
                spoken = spoken or _names_something(words)
                continue
            negated.append(number)
            fault, data, of_plan = _leave_out(words)
            faults += [(number, fault)] if fault else []
            without |= data
            parts |= of_plan
    if not faults and negated and not spoken:
        faults.append((negated[0], Fault.REFUSES))
    if faults:
        return Reading(*faults[0])
    said = " ".join(lines).casefold()
    if _ONLY.search(said):
        parts |= {part for part, pattern in _PLAN_PARTS.items() if not pattern.search(said)}
    return Reading(0, None, frozenset(without), frozenset(parts))


def _divide(line: str) -> Iterator[tuple[bool, str]]:
    """The parts of a line in small letters, each with whether it says no."""
    is_no, at, border = False, 0, ""
    for found in (*_BORDER.finditer(line), None):
        segment = line[at : found.start() if found else len(line)].casefold()
        segment = _HARMLESS.sub(" ", segment).strip()
        if border in ("men", "dog", "derimod", "kun") or _SAYS_YES.search(segment):
            is_no = False
        if segment:
            for says_no, words in _part(segment, is_no):
                is_no = says_no
                yield says_no, words
        if found:
            at, border = found.end(), (found[1] or "").casefold()


def _part(segment: str, is_no: bool) -> Iterator[tuple[bool, str]]:
    """A segment at its negation: before it yes and behind it no, or all of it no."""
    found = _NO.search(segment)
    if found is None:
        yield is_no, segment
        return
    before, behind = segment[: found.start()].strip(), segment[found.end() :].strip()
    if found[0] == "uden" and _leave_out(behind)[0]:
        yield is_no, segment  # hours without pay are hours
        return
    if _MODAL.search(before) or not _names_something(behind):
        yield True, f"{before} {behind}"
        return
    if before:
        yield is_no, before
    yield True, behind


def _names_something(words: str) -> bool:
    found = re.findall(r"\w+", words)
    return not names_nothing(word for word in found if word not in _FILLERS)


def _leave_out(words: str) -> tuple[Fault | None, set[DataType], set[Part]]:
    """What a part that says no leaves out; a fault where it leaves out all, or nobody can say what."""
    parts = {part for part, pattern in _PLAN_PARTS.items() if pattern.search(words)}
    left = _WHERE.sub(" ", words) if parts else words
    for pattern in _PLAN_PARTS.values():
        left = pattern.sub(" ", left)
    is_harmless = bool(_HEALTH.search(left) or _REST.search(left))
    left = _HEALTH.sub(" ", left)
    data = {each for each, pattern in _KINDS.items() if pattern.search(left)}
    if parts or data or is_harmless:
        return None, data, parts
    if _WHOLLY.search(words) or not _names_something(words):
        return Fault.REFUSES, set(), set()
    return Fault.UNCLEAR, set(), set()
