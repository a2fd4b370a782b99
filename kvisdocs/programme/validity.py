"""Whether a case's programme was in force when its course began, and whether its rules stand for a law.

Which day decides is the programme's to say: a law goes by the first day of sickness, a project by the visitation to it.
The letter's date does not decide: a course goes on under the rules that it began with. So the check needs no date.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from kvisdocs.cases.citizen import CitizenCase
from kvisdocs.programme.return_plan import Finding
from kvisdocs.programme.rules import Programme

_BEGINNINGS = {"first_day": "first day of sickness", "visitation": "visitation"}


def check_validity(
    case: CitizenCase, programme: Programme, known: Callable[[], Sequence[Programme]]
) -> Iterator[Finding]:
    """A warning where the course began outside the programme's days, with the programmes of `known()` that fit."""
    validity = programme.validity
    day = _beginning(case, programme)
    if validity.covers(day):
        return
    until = f"to {validity.valid_to}" if validity.valid_to else "on"
    name = _BEGINNINGS[validity.decided_by] if day == _own_day(case, programme) else _BEGINNINGS["first_day"]
    what = f"{programme.name} holds from {validity.valid_from} {until}, and the {name} is {day}"
    fitting = [each.name for each in known() if each.validity.covers(_beginning(case, each))]
    todo = f"write {' or '.join(fitting)}, if its rules fit" if fitting else "see docs/programmes.md: no other fits"
    yield Finding(("programme",), what, todo)


def _own_day(case: CitizenCase, programme: Programme) -> date | None:
    return case.sickness.visitation if programme.validity.decided_by == "visitation" else case.sickness.first_day


def _beginning(case: CitizenCase, programme: Programme) -> date:
    """The day that must lie within. Before the visitation it is the earliest day on which that can still be."""
    return _own_day(case, programme) or max(case.sickness.first_day, programme.validity.valid_from)


def describe_standing(programme: Programme) -> tuple[str, str] | None:
    """What to say, and to do, about rules that stand for a law and that nobody has reviewed; else None."""
    if programme.legal_notice is None or programme.reviewed_by is not None:
        return None
    what = f"the rules of {programme.name} are not legal advice: they were gathered from public pages"
    return what, "let a jurist confirm them before use, and note it as reviewed_by (docs/programmes.md)"
