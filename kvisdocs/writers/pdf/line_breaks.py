"""Lines without a place to break, laid out in a time that grows with their length, not with its square.

Where a line is full, WeasyPrint 70 asks each element that stands on it since the last break whether it can break inside
it, from the last to the first, and asks them all again at the next element. Here those that cannot are asked once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline

_WAITING = 11
"""Which argument of `_break_waiting_children` are the elements since the last break."""

_FEW = 16
"""So many are asked every time: no line of a letter has more."""


@contextmanager
def remembered_breaks() -> Iterator[None]:
    """While it holds, WeasyPrint asks no element of a long line twice. For one thread at a time."""
    ask_all = inline._break_waiting_children
    line: list[Any] = []
    asked = 0

    def ask_new(*given: Any) -> Any:
        nonlocal line, asked
        waiting = given[_WAITING]
        if len(waiting) > _FEW:
            line, asked = (line, asked) if waiting is line else (waiting, 0)
            if not any(map(_can_break, waiting[asked:])):
                asked = len(waiting)
                waiting = []
        return ask_all(*given[:_WAITING], waiting, *given[_WAITING + 1 :])

    inline._break_waiting_children = ask_new
    try:
        yield
    finally:
        inline._break_waiting_children = ask_all


def _can_break(waiting: tuple[int, Any, Any]) -> bool:
    _, box, _ = waiting
    return bool(box.is_in_normal_flow() and inline.can_break_inside(box))
