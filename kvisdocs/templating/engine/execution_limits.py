"""What one rendering may cost: steps and characters, counted alike on every machine.

A template that comes from outside can loop in loops or double a text until memory is full. Every turn of a loop, every
call and every text that is made is charged here; sandbox.py sees to it that nothing passes by.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from jinja2.exceptions import SecurityError

from kvisdocs.messages import N_, message
from kvisdocs.templating.engine.formatting import what_and_todo

MAX_STEPS = 200_000
"""Turns of loops, calls and items of lists. The longest document that ships takes 500."""

MAX_CHARACTERS = 10_000_000
"""All the text that is made on the way. The longest document that ships makes 90,000; a novel has a million."""

MAX_TEMPLATE = 1_000_000
"""Bytes of one template. The longest that ships has 12,000."""

FEWER = N_("loop over less, or make several documents of it")


@dataclass(slots=True)
class Budget:
    """What is left of one rendering's steps and characters."""

    steps: int = MAX_STEPS
    characters: int = MAX_CHARACTERS


_current: ContextVar[Budget | None] = ContextVar("budget", default=None)


@contextmanager
def budget() -> Iterator[None]:
    """Everything that is charged inside is charged to one budget of `MAX_STEPS` and `MAX_CHARACTERS`."""
    token = _current.set(Budget())
    try:
        yield
    finally:
        _current.reset(token)


def charge(steps: int = 0, characters: int = 0) -> None:
    """Take from the budget. Raises SecurityError when it is spent; outside of a rendering nothing is counted."""
    left = _current.get()
    if left is None:
        return
    left.steps -= steps
    left.characters -= characters
    if left.steps < 0:
        what = message("template.run.too_many_steps", "the template takes more than {most:,} steps", most=MAX_STEPS)
        raise SecurityError(what_and_todo(what, FEWER))
    if left.characters < 0:
        what = message(
            "template.run.too_much_text",
            "the template makes more than {most:,} characters of text",
            most=MAX_CHARACTERS,
        )
        raise SecurityError(what_and_todo(what, FEWER))


def charge_value(value: object) -> None:
    """Charge a text by its length, and a list by all that it holds, unfolded.

    `[a, a]` forty times over is small in memory, and endless to whoever prints or compares it.
    """
    if isinstance(value, str):
        charge(characters=len(value))
    elif isinstance(value, dict):
        charge(1)
        for key, item in value.items():
            charge_value(key)
            charge_value(item)
    elif isinstance(value, (list, tuple, set, frozenset)):
        charge(1 + len(value))
        for item in value:
            if isinstance(item, (str, dict, list, tuple, set, frozenset)):
                charge_value(item)


def charged(items: Iterable[object], characters: int = 0) -> Iterator[object]:
    """The items, each charged as one step, and with the characters that stand as they are in its turn of the loop."""
    for item in items:
        charge(1, characters)
        yield item
