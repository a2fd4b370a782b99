"""What a case's texts tell a workplace or the public that they must not know: a warning at the text.

A workplace gets hours, tasks and what is marked for it; it has no right to illness, treatment or the citizen's private
matters, nor to her phone and home. A committee's paper may count diagnoses; it may not say who has one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.model.plan import Activity, Track
from kvisdocs.cases.texts import Texts
from kvisdocs.cases.views import Audience, find_reader
from kvisdocs.cases.yaml.source import Step
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Problem
from kvisdocs.programme.privacy.privacy import find_exposed
from kvisdocs.programme.privacy.sensitive_words import Plain, find_sensitive, find_stems, read_lists, read_plain
from kvisdocs.programme.prose.prose import Remark, place_remarks

Path = tuple[Step, ...]

_READERS = {Audience.EMPLOYER: N_("the employer"), Audience.PLACEMENT: N_("the placement host")}
_PARTIES = {"employer": Audience.EMPLOYER, "placement": Audience.PLACEMENT}
_SHOWN = {"return_plan", "caseworker", "plan", "consents"}
_SHARED = {"goal", "sub_goals", "process_goals", "responsible", "duties", "status_note"}
LONG = 10
"""Letters of a word that is seldom in two tracks by chance."""
_LONG_WORD = re.compile(rf"\w{{{LONG},}}")


@dataclass(frozen=True, slots=True)
class DisclosedText:
    """A text that its reader is shown, and the remarks on what it tells."""

    path: Path
    text: str
    remarks: tuple[Remark, ...]

    @property
    def words(self) -> list[str]:
        """What is remarked on, in small letters."""
        return [remark.what.split('"')[1].casefold() for remark in self.remarks]


def find_disclosed(loaded: LoadedCase, texts: Texts) -> Iterator[DisclosedText]:
    """The texts that tell a workplace, or the readers of a published paper, what they must not know."""
    case = loaded.case
    if isinstance(case, CommitteeItem):
        yield from (DisclosedText(path, text, tuple(remarks)) for path, text, remarks in find_exposed(case, texts))
        return
    if not isinstance(case, CitizenCase):
        return
    reader = find_reader(Audience.EMPLOYER, case)
    shown = [(path, text) for path, text in texts if _is_shown(path, case, reader)]
    if shown:
        search = _Search.of(case)
        for path, text in shown:
            remarks = tuple(search.find(read_plain(text), _READERS[reader]))
            if remarks:
                yield DisclosedText(path, text, remarks)


def check_disclosed(loaded: LoadedCase, texts: Texts) -> Iterator[Problem]:
    """The remarks of `find_disclosed` as problems."""
    for told in find_disclosed(loaded, texts):
        yield from place_remarks(loaded.source, told.path, told.remarks)


def find_in_paper(words: str, case: CitizenCase) -> Iterator[str]:
    """The sensitive words of a finished paper for a workplace; that it tells of no illness it may say."""
    search = _Search.of(case)
    place = case.workplace.address.lines if case.workplace and case.workplace.address else ()
    for found in find_sensitive(read_plain(words), (*search.known, *place), is_paper=True):
        if search.at_work.isdisjoint(find_stems(found.word)):
            yield found.word


def _is_shown(path: Path, case: CitizenCase, reader: Audience) -> bool:
    """Whether the workplace's papers may print the text."""
    if path[0] not in _SHOWN:
        return False
    match path:
        case ("return_plan", "steps", _, "tasks") | ("return_plan", "contact"):
            return True
        case ("caseworker", "title" | "unit"):
            return True
        case ("plan", "employment", "activities", int(number), str(name), *_):
            return name in _SHARED and case.plan is not None and case.plan.employment.activities[number].shared
        case ("consents", int(number), "covers", _):
            consent = case.consents[number]
            return consent.kind == "disclose" and _PARTIES.get(consent.party) is reader
    return False


@dataclass(frozen=True, slots=True)
class _Secret:
    """What a text may say of the citizen in so many words or digits."""

    needle: str
    """What is in each text that says it, in small letters; of a number its digits."""
    what: Message
    words: tuple[str, ...]
    """The needle's."""

    @classmethod
    def of(cls, needle: str, what: Message) -> "_Secret":
        """One with its words."""
        return cls(needle, what, tuple(re.findall(r"\w+", needle)))

    def find(self, text: str, small: str, digits: str) -> Iterator[tuple[int, int]]:
        """Where the text says it. A pattern is made only where it may: most texts hold none of it."""
        is_number = self.needle.isdigit()
        if not (self.needle in digits if is_number else all(word in small for word in self.words)):
            return
        pattern = _digits(self.needle) if is_number else _phrase(self.words)
        yield from (hit.span() for hit in pattern.finditer(text))


@dataclass(frozen=True, slots=True)
class _Search:
    """What is sought in the texts of one case."""

    known: tuple[str, ...]
    at_work: frozenset[str]
    """Parts of words that the workplace's name or the job has: a clinic may speak of medicine."""
    secrets: tuple[_Secret, ...]
    own_words: frozenset[str]

    @classmethod
    def of(cls, case: CitizenCase) -> "_Search":
        """For one case."""
        place = case.workplace
        people = (place.contact if place else None, case.caseworker)
        known = [place.name if place else "", case.employment.employer.name if case.employment.employer else ""]
        known += [person.name for person in people if person] + [case.citizen.name]
        work = f"{place.name if place else ''} {case.employment.job or ''}"
        return cls(tuple(known), frozenset(find_stems(work)), tuple(_secrets(case)), _own_words(case))

    def find(self, plain: Plain, reader: Message) -> Iterator[Remark]:
        """What a text tells its reader, who is named for messages."""
        todo = N_("say what the work is, or what it must spare, without the reason")
        for found in find_sensitive(plain, self.known):
            if not self.at_work or self.at_work.isdisjoint(find_stems(found.word)):
                what = message(
                    "privacy.workplace.illness",
                    '"{word}" tells of illness or of private matters, and {reader} is shown this text',
                    word=found.word,
                    reader=reader,
                )
                yield Remark(found.offset, what, todo)
        small, digits = plain.text.lower(), re.sub(r"\D+", "", plain.text)
        for secret in self.secrets:
            for span in secret.find(plain.text, small, digits):
                found = plain.found(*span)
                what = message(
                    "privacy.workplace.secret",
                    '"{word}" is {secret}, and {reader} is shown this text',
                    word=found.word,
                    secret=secret.what,
                    reader=reader,
                )
                yield Remark(found.offset, what, todo)
        for hit in _LONG_WORD.finditer(small) if self.own_words else ():
            if hit[0] in self.own_words:
                found = plain.found(*hit.span())
                what = message(
                    "privacy.workplace.other_track",
                    '"{word}" is from the health or the social track, and {reader} is shown this text',
                    word=found.word,
                    reader=reader,
                )
                yield Remark(found.offset, what, todo)


def _secrets(case: CitizenCase) -> Iterator[_Secret]:
    citizen, place = case.citizen, case.workplace
    others = {case.caseworker.phone, place.contact.phone if place and place.contact else None}
    if citizen.phone and citizen.phone not in others:
        yield _Secret.of(re.sub(r"\D", "", citizen.phone), N_("the citizen's phone number"))
    yield _Secret.of(citizen.cpr.replace("-", ""), N_("the citizen's CPR number"))
    street = re.match(r"\D+\d+", citizen.address.street)
    if street and not (place and place.address and place.address.street.startswith(street[0])):
        yield _Secret.of(street[0].lower(), N_("where the citizen lives"))
    for name in (case.gp.name, case.gp.practice) if case.gp else ():
        if name and name not in (place.name if place else "", place.contact.name if place and place.contact else ""):
            yield _Secret.of(name.lower(), N_("the citizen's doctor"))


def _own_words(case: CitizenCase) -> frozenset[str]:
    """Long words of what the health and the social track aim at, that the employment track does not have."""
    if case.plan is None or not (case.plan.health or case.plan.social):
        return frozenset()
    hidden = {word for track in (case.plan.health, case.plan.social) if track for word in _long_words(track)}
    hidden -= set(read_lists("sensitive")["ordinary"])
    return frozenset(hidden - set(_long_words(case.plan.employment, whole=True)) if hidden else ())


def _long_words(track: Track, whole: bool = False) -> Iterator[str]:
    for activity in track.activities:
        texts = (activity.goal, *activity.sub_goals, *(_rest(activity) if whole else ()))
        for text in texts:
            yield from _LONG_WORD.findall(text.casefold())


def _rest(activity: Activity) -> Iterator[str]:
    yield from (activity.how or "", activity.responsible, activity.status_note or "", activity.purpose or "")
    yield from activity.process_goals
    yield from (part for duty in activity.duties for part in (duty.who, duty.what))


def _digits(number: str) -> re.Pattern[str]:
    """The digits of a number, however they are parted, behind a country code or none."""
    inner = r"[\W_]{0,3}".join(number)
    return re.compile(rf"(?<!\d)(?:(?:\+|00)?45[\W_]{{0,3}})?{inner}(?!\d)")


def _phrase(words: Sequence[str]) -> re.Pattern[str]:
    inner = r"[\W_]{1,4}".join(map(re.escape, words))
    return re.compile(rf"(?<!\w){inner}(?!\w)", re.IGNORECASE)
