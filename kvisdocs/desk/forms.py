"""What a form sends: read whole, and only from a page of this start of the desk."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias
from urllib.parse import parse_qsl, quote_plus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from kvisdocs.desk.security import MAX_BODY_BYTES, Secrets

MOST_FIELDS = 10
MOST_CASE_FIELDS = 20_000
"""Of the form of a whole case: a field takes a hundred bytes, and so many fit into what may be sent."""

Pairs: TypeAlias = Sequence[tuple[str, str]]


HEAD_BYTES = 100_000
"""For what a form of a case holds besides the case's text."""

LONGEST_SIGN = len("%0D%0A")
"""So many bytes a byte of the text becomes at most."""


class ForeignFormError(Exception):
    """The form is none of ours, or one of an earlier start. `pairs` are its fields, which were typed by somebody."""

    def __init__(self, pairs: Pairs = ()) -> None:
        super().__init__()
        self.pairs = pairs


class BrokenFormError(Exception):
    """What was sent is no form."""


def can_come_back(text: str, times: int = 1) -> bool:
    """Whether a form may send that text, so many times over. What cannot come back must not be typed in."""
    room = (MAX_BODY_BYTES - HEAD_BYTES) // times
    if len(text.encode()) * LONGEST_SIGN <= room:
        return True
    return len(quote_plus(text.replace("\n", "\r\n"))) <= room


def say_began_anew(button: str) -> str:
    """What stands over a form of an earlier start that is shown again. `button` is the one that sends it."""
    return (
        "Der er ikke gemt noget endnu, fordi skrivebordet er startet igen, siden du åbnede siden. "
        f"Det, du skrev, står her: se det efter, og tryk på {button}."
    )


async def answer_form(
    request: Request,
    secrets: Secrets,
    answer: Callable[[Pairs], Response],
    show_again: Callable[[Pairs], Response],
    most: int = MOST_FIELDS,
) -> Response:
    """What `answer` makes of the fields; of a form of an earlier start, what `show_again` makes, to be sent from there.

    Raises BrokenFormError.
    """
    try:
        pairs = await read_pairs(request, secrets, most)
    except ForeignFormError as foreign:
        return await run_in_threadpool(show_again, foreign.pairs)
    return await run_in_threadpool(answer, pairs)


async def read_form(request: Request, secrets: Secrets, most: int = MOST_FIELDS) -> Mapping[str, str]:
    """The fields by name, each of them text; at most so many.

    Raises BrokenFormError, and ForeignFormError without our secret.
    """
    return dict(await read_pairs(request, secrets, most))


async def read_pairs(request: Request, secrets: Secrets, most: int) -> Pairs:
    """The fields in their order, where a name may come more than once. Errors as `read_form`."""
    body = await request.body()
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=most)
    except ValueError:
        raise BrokenFormError from None
    if not secrets.is_form(dict(pairs).get("form", "")):
        raise ForeignFormError(pairs)
    return pairs
