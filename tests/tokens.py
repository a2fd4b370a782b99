"""A citizen's case with every field filled, made from the model itself: a field that is added is filled too.

Texts are unique words, days unique days, digits unique digits, so that whatever turns up in a document can be led back
to the path it comes from.
"""

import types
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import Enum
from itertools import count
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from stdnum import ean, verhoeff
from stdnum.dk import cvr

from kvisdocs.cases.consents.consent import DataType
from kvisdocs.cases.model import identifiers, languages, numbers, values
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.views import View

FIRST_DAY = date(1979, 1, 1)
LETTER_DAY = date(2012, 11, 14)
OWN = {"municipality": "herning", "programme": "kvis-2011"}
"""Names of files that must be there."""


def token_case(**changes: Any) -> CitizenCase:
    """The case, with consents to all outsiders that cover everything."""
    data = _Filler().fill(CitizenCase)
    consents = [{**each, "party": party, "expires": "2099-01-01"} for party, each in _consents(data["consents"])]
    return CitizenCase.model_validate({**data, **OWN, "consents": consents, **changes})


def _consents(filled: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for party in ("gp", "employer", "placement"):
        (one,) = filled
        yield party, {key: value for key, value in one.items() if key != "withdrawn"}


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Each plain value in a model or a View, with its dotted path; a list's items share the list's path."""
    if isinstance(value, (BaseModel, View)):
        names = dir(value) if isinstance(value, View) else type(value).model_fields
        for name in names:
            yield from leaves(getattr(value, name), f"{path}.{name}".lstrip("."))
    elif isinstance(value, tuple):
        for item in value:
            yield from leaves(item, path)
    elif isinstance(value, dict):
        for item in value.values():
            yield from leaves(item, path)
    else:
        yield path, value


def telling(case: CitizenCase) -> list[tuple[str, str]]:
    """Path and text of the values by which one can tell, wherever they turn up, which path they come from."""
    texts = [(path, str(value)) for path, value in leaves(case)]
    return [
        (path, text)
        for path, text in texts
        if len(text) > 4 and not [other for other, longer in texts if other != path and text in longer]
    ]


class _Filler:
    """Fills models; keeps count, so that no value comes twice."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def fill(self, model: type[BaseModel]) -> dict[str, Any]:
        return {name: self._value(each.annotation, each.metadata) for name, each in model.model_fields.items()}

    def _value(self, hint: Any, metadata: Iterable[Any] = ()) -> Any:
        number = next(self._numbers)
        origin, inner = get_origin(hint), get_args(hint)
        if origin is Annotated:
            return self._value(inner[0], (*inner[1:], *metadata))
        said = [part for each in metadata for part in (each, *getattr(each, "metadata", ()))]
        for form, make in _MADE:
            if get_args(form)[0] == hint and get_args(form)[1] in said:
                return next((str(each.le) for each in said if hasattr(each, "le")), make(number))
        if origin in (Union, types.UnionType):
            return self._value(next(each for each in inner if each is not type(None)), metadata)
        if origin is Literal:
            return inner[0]
        if origin is tuple:
            return list(DataType) if inner[0] is DataType else [self._value(inner[0])]
        if origin is dict:
            return {"ceb_talk": self._value(inner[1])}
        if isinstance(hint, type) and issubclass(hint, Enum):
            return next(iter(hint)).value
        if isinstance(hint, type) and issubclass(hint, BaseModel):
            return self.fill(hint)
        raise AssertionError(f"no value is known for {hint} {said}; add one to _MADE")


_MADE: list[tuple[Any, Any]] = [
    (identifiers.Cpr, lambda n: f"6{n % 10}0481-{4000 + n}"),
    (identifiers.ProviderNumber, lambda n: f"{880000 + n}"),
    (
        identifiers.Cvr,
        lambda n: next(str(each) for each in range(90000000 + 40 * n, 99999999) if cvr.is_valid(str(each))),
    ),
    (identifiers.Gln, lambda n: f"{579000000000 + n}{ean.calc_check_digit(str(579000000000 + n))}"),
    (identifiers.Sor, lambda n: f"{7000 + n}100001600{verhoeff.calc_check_digit(f'{7000 + n}100001600')}"),
    (identifiers.Postcode, lambda n: f"{8000 + n}"),
    (identifiers.Phone, lambda n: f"{71000000 + n * 1013}"),
    (identifiers.Email, lambda n: f"hemmelig{n:04}@example.dk"),
    (values.Day, lambda n: str(FIRST_DAY + timedelta(days=31 * n))),
    (values.Flag, lambda n: "ja"),
    (numbers.Number, lambda n: "37"),
    (numbers.Count, lambda n: str(n)),
    (languages.Language, lambda n: "da"),
    (values.Text, lambda n: f"Hemmelig{n:04}"),
]
