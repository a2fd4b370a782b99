"""What each audience may see of a case: a whitelist, so that what is not named here cannot reach a template.

The citizen sees the whole case. The GP sees what the consent is for: who, which programme, when the return is planned;
no track, no social matter, and of the consents only the one that the letter rests on. The employer sees the work and
the hours: no CPR number, no diagnosis, no health (A.5 of sygedagpengeloven's practice: an employer has no right to the
diagnosis). A committee sees items, never people.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NoReturn

from pydantic import BaseModel

from kvisdocs.cases.citizen import Consent
from kvisdocs.cases.load import Case


class Audience(StrEnum):
    """Who a document is for."""

    CITIZEN = "citizen"
    GP = "gp"
    EMPLOYER = "employer"
    COMMITTEE = "committee"


WHITELISTS: Mapping[Audience, tuple[str, ...]] = {
    Audience.CITIZEN: (
        "municipality",
        "programme",
        "case_number",
        "caseworker",
        "citizen",
        "sickness",
        "employment",
        "education",
        "gp",
        "self_ratings",
        "steps",
        "contacts",
        "web_registrations",
        "company_course",
        "consents",
        "plan",
        "return_plan",
        "outcome",
    ),
    Audience.GP: (
        "municipality",
        "programme",
        "case_number",
        "caseworker",
        "gp",
        "citizen.name",
        "citizen.cpr",
        "sickness.first_day",
        "sickness.category",
        "sickness.visitation",
        "employment.norm_hours",
        "plan.goal",
        "plan.short_goal",
        "plan.agreed",
        "return_plan.kind",
        "return_plan.steps.start",
        "return_plan.steps.end",
        "return_plan.steps.hours",
    ),
    Audience.EMPLOYER: (
        "municipality",
        "case_number",
        "caseworker",
        "citizen.name",
        "employment.employer",
        "employment.job",
        "employment.norm_hours",
        "return_plan",
    ),
    Audience.COMMITTEE: (
        "municipality",
        "meeting",
        "number",
        "title",
        "access",
        "closed_reason",
        "type",
        "case_number",
        "document_number",
        "caseworker",
        "decided_by",
        "routing",
        "legal_basis",
        "fields",
        "economy",
        "recommendation",
        "course",
        "decisions",
        "attachments",
        "signers",
    ),
}
"""The paths in a case that an audience sees. A path shows all that lies below it; it goes into each item of a list."""

KINDS: Mapping[Audience, str] = {
    Audience.CITIZEN: "citizen",
    Audience.GP: "citizen",
    Audience.EMPLOYER: "citizen",
    Audience.COMMITTEE: "committee",
}
"""The kind of case that an audience's documents are made from."""

_CONSENT_PARTS = ("given", "covers", "expires")


class View:
    """Named values and nothing else: no methods, no model behind it, no way to print it whole.

    A name that is not shown raises AttributeError, as a missing one does.
    """

    __slots__ = ("_shown",)

    def __init__(self, shown: Mapping[str, object]) -> None:
        self._shown = dict(shown)

    def __getattr__(self, name: str) -> object:
        if not name.startswith("_"):  # else a half-made copy would look for `_shown` in here for ever
            try:
                return self._shown[name]
            except KeyError:
                pass
        raise AttributeError(name)

    def __dir__(self) -> Iterator[str]:
        return iter(self._shown)

    def __repr__(self) -> str:
        return f"View({', '.join(self._shown)})"

    def __str__(self) -> NoReturn:
        raise TypeError(f"a group of values cannot be printed; name one of them: {', '.join(self._shown)}")


def view_case(case: Case, audience: Audience) -> View:
    """The part of a case that the audience may see. Raises ValueError for a case that is not for that audience."""
    if case.kind != KINDS[audience]:
        raise ValueError(f"a {case.kind} case has no view for the audience {audience}")
    return view_model(case, WHITELISTS[audience])


def view_consent(consent: Consent) -> View:
    """What the GP's letter says of the consent that it rests on: its day, what it covers, and until when."""
    return view_model(consent, _CONSENT_PARTS)


def view_model(model: BaseModel, paths: tuple[str, ...] | None = None) -> View:
    """The values of any model as a View; all of them, or those at the dotted paths."""
    split = [tuple(path.split(".")) for path in paths] if paths is not None else [()]
    shown = _show(model, tuple(split))
    assert isinstance(shown, View)
    return shown


def _show(value: object, paths: tuple[tuple[str, ...], ...]) -> object:
    """`value` cut down to `paths`; an empty path shows all of it."""
    if isinstance(value, tuple):
        return tuple(_show(item, paths) for item in value)
    if not isinstance(value, BaseModel):
        return str(value) if isinstance(value, StrEnum) else value
    if () in paths:
        paths = tuple((name,) for name in (*type(value).model_fields, *_properties(value)))
    heads = dict.fromkeys(path[0] for path in paths)
    return View({head: _show(getattr(value, head), tuple(p[1:] for p in paths if p[0] == head)) for head in heads})


def _properties(value: BaseModel) -> list[str]:
    """The names that a model computes of its own fields, such as `name` and `lines`."""
    return [
        name
        for kind in type(value).__mro__
        if issubclass(kind, BaseModel) and kind is not BaseModel
        for name, member in vars(kind).items()
        if isinstance(member, property) and not name.startswith("_")
    ]
