"""Which rule keeps a document from being made of a case: what a month-end run leaves out, and `check` lists."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kvisdocs.application.outcome import Exclusion
from kvisdocs.cases.consents.disclosure import Refusal
from kvisdocs.cases.letter_dates import Late, find_late
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.views import Audience
from kvisdocs.messages import N_, NOTHING, Message, listed, message
from kvisdocs.problems import Position, Problem, Severity, refuse_document
from kvisdocs.templating.documents import Document, Obstacle, concerns, find_refusals, locate_obstacle
from kvisdocs.templating.profiles import Profile

RULES: dict[Obstacle, Exclusion] = {
    "dates": Exclusion.DATED_LATER,
    "plan": Exclusion.NO_PLAN,
    "return_plan": Exclusion.NO_RETURN_PLAN,
    "gp": Exclusion.NO_GP,
    "employer": Exclusion.NO_EMPLOYER,
    "plan_at_employer": Exclusion.PLAN_ELSEWHERE,
    "consent_to_gp": Exclusion.NO_CONSENT,
    "consent_to_employer": Exclusion.NO_CONSENT,
    "consent_to_employment_track": Exclusion.NO_CONSENT,
    "shared_activity": Exclusion.NOTHING_SHARED,
    "not_ended": Exclusion.RECOVERED,
    "held": Exclusion.NOT_HELD,
    "supplement": Exclusion.NOT_MARKED,
    "extract": Exclusion.NOT_MARKED,
}
"""Which rule it is that keeps a document from being made. Of a closed case nothing is made at all."""

FEW = 20
"""So many documents that a rule leaves out are listed one by one; of more, only the counts."""

_Excluded = tuple[Exclusion, Obstacle | None, Refusal]


@dataclass(frozen=True, slots=True)
class ExcludedDocument:
    """A document that a rule keeps from being made. Its place is found by `notes`, which reads the case again."""

    loaded: LoadedCase
    document: Document
    reason: Exclusion
    refusals: tuple[tuple[Obstacle | None, Refusal], ...]
    """All that the rule has to say, each with the obstacle that it is, if the document asks for it."""

    def notes(self) -> tuple[Problem, ...]:
        """The rule's words at their places in the case."""
        return tuple(self._note(obstacle, refusal) for obstacle, refusal in self.refusals)

    def _note(self, obstacle: Obstacle | None, refusal: Refusal) -> Problem:
        source = self.loaded.source
        place = locate_obstacle(source, obstacle, refusal.path) if obstacle else source.locate_key(refusal.path)
        return Problem(place, refuse_document(self.document.name, refusal.what), refusal.todo, Severity.NOTE)


def join_notes(notes: Iterable[Problem]) -> list[Problem]:
    """The notes sorted, those that say the same of several documents as one: `no gp-letter, return-plan: …`."""
    names: dict[tuple[Position, Message, Message], list[str]] = {}
    others = []
    for note in sorted(set(notes)):
        document, what = (note.what.values.get(name) for name in ("document", "what"))
        if note.what.text == _REFUSAL and isinstance(what, Message):
            names.setdefault((note.position, what, note.todo), []).append(str(document))
        else:
            others.append(note)
    joined = [
        Problem(position, refuse_document(listed(found), what), todo, Severity.NOTE)
        for (position, what, todo), found in names.items()
    ]
    return sorted([*others, *joined])


_REFUSAL = refuse_document("", NOTHING).text


def find_excluded(
    loaded: LoadedCase, documents: Sequence[Document], day: date, profile: Callable[[LoadedCase], Profile]
) -> Iterator[ExcludedDocument]:
    """The documents of the case's kind that a run with that letter date leaves out, each with the weightiest rule.

    `profile` gives the case's municipality, and is asked only where a rule depends on it.
    """
    late = find_late(loaded.case, day)
    for document in documents:
        if concerns(document, loaded.case):
            found = list(_exclusions(loaded, document, day, profile, late))
            if found:
                rule = found[0][0]
                refusals = tuple((obstacle, refusal) for reason, obstacle, refusal in found if reason is rule)
                yield ExcludedDocument(loaded, document, rule, refusals)


def _exclusions(
    loaded: LoadedCase, document: Document, day: date, profile: Callable[[LoadedCase], Profile], late: Sequence[Late]
) -> Iterator[_Excluded]:
    """The rules that keep a document out of a run, the weightiest first; nothing after one that needs no other."""
    case = loaded.case
    if isinstance(case, CitizenCase):
        if case.is_closed_on(day) and case.outcome is not None:
            what = message("document.case.closed", "the case was closed {day}", day=case.outcome.date)
            yield Exclusion.CLOSED, None, Refusal(("outcome",), what, N_("delete the outcome if it is open"))
            return
        posted = document.audience is not Audience.CASEWORKER
        if posted and case.citizen.address.protected and profile(loaded).runs.protected_address == "leave_out":
            what = message(
                "document.address.protected", "the address is protected, so the envelope is to be looked at by a person"
            )
            todo = N_("make it by hand: kvisdocs render {file}", file=loaded.source.file)
            yield Exclusion.PROTECTED_ADDRESS, None, Refusal(("citizen", "address", "protected"), what, todo)
            return
    for obstacle, refusal in find_refusals(case, document, day, late):
        yield RULES[obstacle], obstacle, Refusal(refusal.path, refusal.what, ask_for(refusal.todo))


def ask_for(todo: Message) -> Message:
    """What to do about a document that is left out, which need not be a fault."""
    return N_("to have it made, {todo}", todo=todo) if todo else NOTHING


@dataclass(frozen=True)
class ExclusionSummary:
    """What would be left out: how many, how often by which rule; as JSON, or as notes where they are few."""

    number: int
    counts: Mapping[str, Counter[Exclusion]]
    notes: tuple[Problem, ...] = ()
    lines: tuple[bytes, ...] = ()

    @classmethod
    def join(cls, parts: Iterable["ExclusionSummary"]) -> "ExclusionSummary":
        """What several heard, as if one had heard all."""
        parts = list(parts)
        counts: dict[str, Counter[Exclusion]] = {}
        for part in parts:
            for name, found in part.counts.items():
                counts.setdefault(name, Counter()).update(found)
        number = sum(part.number for part in parts)
        notes = tuple(note for part in parts for note in part.notes) if number <= FEW else ()
        lines = tuple(line for part in parts for line in part.lines)
        return cls(number, counts, notes, lines)


@dataclass
class ExclusionCollector:
    """Collects excluded documents, case by case.

    Positions are resolved for all with `as_json`, otherwise only for those that are listed, because it is slow.
    """

    documents: Sequence[Document]
    day: date
    profile: Callable[[LoadedCase], Profile]
    as_json: bool = False
    _found: list[ExcludedDocument] = field(default_factory=list)
    _counts: dict[str, Counter[Exclusion]] = field(default_factory=dict)
    _number: int = 0
    _lines: list[bytes] = field(default_factory=list)

    def hear(self, loaded: LoadedCase) -> None:
        """A case that has no error."""
        for each in find_excluded(loaded, self.documents, self.day, self.profile):
            self._number += 1
            self._counts.setdefault(each.document.name, Counter())[each.reason] += 1
            if self.as_json:
                self._lines += _as_json(each)
            elif self._number <= FEW:
                self._found.append(each)

    def told(self) -> ExclusionSummary:
        """All that was heard. Of more than are listed there are no notes."""
        found = self._found if self._number <= FEW else ()
        notes = tuple(note for each in found for note in each.notes())
        return ExclusionSummary(self._number, self._counts, notes, tuple(self._lines))


def _as_json(left_out: ExcludedDocument) -> list[bytes]:
    more = {"document": left_out.document.name, "reason": left_out.reason.name.lower()}
    said = [json.dumps({**note.as_dict(), **more}, ensure_ascii=False) for note in left_out.notes()]
    return [line.encode("utf-8", "backslashreplace") for line in said]
