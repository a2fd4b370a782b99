"""One row of the course, how it stands, and how that is said in Danish."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from kvisdocs.cases.model.values import MONTHS, WEEKDAYS

Tone = Literal["good", "neutral", "warning", "bad"]


class State(StrEnum):
    """How a step stands. Without a deadline a step is done or missing; with one it is any of the others.

    A letter that is not sent yet goes along with this run's others, or is not owed, since there is no consent or no GP.
    """

    IN_TIME = "in_time"
    LATE = "late"
    DONE = "done"
    DUE = "due"
    OVERDUE = "overdue"
    MISSING = "missing"
    ALONG = "along"
    NO_CONSENT = "no_consent"
    NO_GP = "no_gp"


_TONES: dict[State, Tone] = {
    State.IN_TIME: "good",
    State.DONE: "good",
    State.DUE: "warning",
    State.MISSING: "warning",
    State.ALONG: "good",
    State.NO_CONSENT: "neutral",
    State.NO_GP: "neutral",
    State.LATE: "bad",
    State.OVERDUE: "bad",
}


@dataclass(frozen=True, slots=True)
class StepState:
    """One row of the course.

    `days` are calendar days: late, over the deadline or left until it; 0 in the other states. `words` says the state in
    a few Danish words, `reason` in a Danish sentence or two why the deadline is what it is. `count` is what there is of
    what there must be, `2 af 4`, where a row counts.
    """

    id: str
    label: str
    deadline: date | None
    done: date | None
    state: State
    days: int
    words: str
    reason: str
    count: str = ""

    @property
    def tone(self) -> Tone:
        """How the row is to look. Never the only sign: `words` says the same."""
        return _TONES[self.state]


def format_state(state: State, days: int) -> str:
    """The state in a few Danish words: `3 dage over fristen`."""
    count = f"{days} {'dag' if days == 1 else 'dage'}"
    return {
        State.IN_TIME: "til tiden",
        State.DONE: "gjort",
        State.MISSING: "mangler",
        State.ALONG: "sendes sammen med planen",
        State.NO_CONSENT: "sendes ikke: intet samtykke",
        State.NO_GP: "ingen læge oplyst",
        State.LATE: f"{count} for sent",
        State.DUE: f"senest om {count}" if days else "frist i dag",
        State.OVERDUE: f"{count} over fristen",
    }[state]


def format_list(parts: Sequence[str]) -> str:
    """`1, 2 og 4`."""
    return " og ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def format_weekday(day: date) -> str:
    """`søndag`."""
    return WEEKDAYS[day.weekday()]


def format_day(day: date) -> str:
    """`søndag den 4. november 2012`."""
    return f"{format_weekday(day)} den {day.day}. {MONTHS[day.month - 1]} {day.year}"
