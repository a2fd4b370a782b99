"""The outcomes of a run by cause: what hits five hundred letters alike is said once, with the letters it hits."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from kvisdocs.application.outcome import Exclusion, Failure, Hold, Kept, Outcome, Reason, Status
from kvisdocs.messages import N_, NOTHING, Message
from kvisdocs.problems import Position, Problem, Severity, in_several, refuse_document, say_both

Why = Reason | Kept | Exclusion | Hold | Failure

_VALUES = re.compile(r'"[^"]*"|[0-9]+')
"""What differs from case to case in what is otherwise one message."""

_WEIGHT = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that a cause has hit."""

    outcome: Outcome
    problem: Problem
    own_words: Message = NOTHING
    """Its message, where the values differ from those of the first."""


@dataclass
class Cause:
    """One thing that was said, with all it was said of. `what` and `todo` name no document and no case."""

    what: Message
    todo: Message
    position: Position | None
    """Where it stands, if that is one place for all; None where each case has its own."""
    problem: Problem
    """As the first was told of it."""
    hits: list[Hit] = field(default_factory=list)

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> Message:
        """What is wrong and what to do."""
        return say_both(self.what, self.todo)

    @property
    def cases(self) -> int:
        """How many cases it has hit."""
        return len({hit.outcome.case_id for hit in self.hits})

    def counted(self) -> Problem:
        """The first one's problem, with the number of cases if they are several: `… (in 500 cases); …`."""
        what = self.problem.what
        return replace(self.problem, what=in_several(what, self.cases) if self.cases > 1 else what)


@dataclass(frozen=True, slots=True)
class Group:
    """The outcomes of one reason, and what was said of them. Of most that were made nothing is."""

    status: Status
    reason: Why | None
    outcomes: tuple[Outcome, ...]
    causes: tuple[Cause, ...]


def find_groups(outcomes: Iterable[Outcome], status: Status) -> list[Group]:
    """The outcomes that ended so by their reason, the commonest first."""
    own = [outcome for outcome in outcomes if outcome.status is status]
    counts = Counter(outcome.reason for outcome in own)
    groups = []
    for reason, _ in sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0]))):
        members = tuple(outcome for outcome in own if outcome.reason is reason)
        groups.append(Group(status, reason, members, tuple(find_causes(members))))
    return groups


def find_causes(outcomes: Iterable[Outcome]) -> list[Cause]:
    """All that was said of these, each thing once: errors before warnings and notes, the commonest first."""
    causes: dict[tuple[object, ...], Cause] = {}
    for outcome in outcomes:
        for problem in dict.fromkeys(outcome.problems):
            cause = Cause(*_general_words(problem, outcome), _shared_place(problem, outcome), problem)
            kept = causes.setdefault(cause_key(problem, outcome), cause)
            kept.hits.append(Hit(outcome, problem, NOTHING if cause.said == kept.said else cause.said))
    return sorted(
        causes.values(), key=lambda each: (_WEIGHT.index(each.problem.severity), -len(each.hits), each.problem)
    )


def cause_key(problem: Problem, outcome: Outcome) -> tuple[object, ...]:
    """Equal where two documents are told the same, but for the values quoted, numbers and the case's own place."""
    words = (_VALUES.sub("", text) for text in _general_words(problem, outcome))
    return outcome.status, problem.severity, _shared_place(problem, outcome), *words


def _shared_place(problem: Problem, outcome: Outcome) -> Position | None:
    """The problem's place, unless it is in the case's own file or among its finished ones."""
    path = Path(problem.position.file)
    is_own = path.stem == outcome.case_id or outcome.case_id in path.parts
    return None if is_own else problem.position


def _general_words(problem: Problem, outcome: Outcome) -> tuple[Message, Message]:
    """What and what to do, without the names of the document and the case."""
    what, file = problem.what, problem.position.file
    inner = what.values.get("what")
    if outcome.document and isinstance(inner, Message) and what == refuse_document(outcome.document, inner):
        what = inner
    elif outcome.document and what.text.startswith("{document} ") and what.values["document"] == outcome.document:
        what = Message(what.text, {**what.values, "document": N_("the document")}, what.code)

    def without_names(said: Message) -> Message:
        values = {name: generalise(value) for name, value in said.values.items()}
        return Message(said.text, values, said.code, said.many, said.number) if values else said

    def generalise(value: object) -> object:
        if isinstance(value, Message):
            return without_names(value)
        if value == file and Path(file).stem == outcome.case_id:
            return "FILE"
        return re.sub(rf"(?<=[/\\]){re.escape(outcome.case_id)}$", "CASE", value) if isinstance(value, str) else value

    return what, without_names(problem.todo)
