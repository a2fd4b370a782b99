"""What a form sends: read whole, and only from a page of this start of the desk."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from kvisdocs.desk.security import Secrets

MOST_FIELDS = 10


class ForeignFormError(Exception):
    """The form is none of ours, or one of an earlier start."""


class BrokenFormError(Exception):
    """What was sent is no form."""


async def read_form(request: Request, secrets: Secrets, most: int = MOST_FIELDS) -> Mapping[str, str]:
    """The fields by name, each of them text; at most so many.

    Raises BrokenFormError, and ForeignFormError without our secret.
    """
    body = await request.body()
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=most)
    except ValueError:
        raise BrokenFormError from None
    fields = dict(pairs)
    if not secrets.is_form(fields.get("form", "")):
        raise ForeignFormError
    return fields
