"""What each audience may see of a case: a whitelist, so that what is not named here cannot reach a template.

The citizen sees the whole case. The caseworker's own papers never leave the office, and hold of the case what the
course is judged by: no address, no diagnosis, no track. The GP and the employer see what their letter must hold to be a
letter (`ALWAYS`), and of the rest (`DISCLOSED`) what the citizen's consent covers. No whitelist of theirs has a
diagnosis, a health track or the citizen's address; the employer's has no CPR number and no social matters either,
whatever a consent says, since an employer has no right to them. A committee sees items, never people; of its
meetings' papers there is an edition for its members and one for the public.
docs/views.md shows it as a table.
"""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import NoReturn

from pydantic import BaseModel

from kvisdocs.cases.consents.consent import Consent, DataType, Party
from kvisdocs.cases.consents.reading import Part
from kvisdocs.cases.load import Case
from kvisdocs.cases.model.citizen import CitizenCase


class Audience(StrEnum):
    """Who a document is for."""

    CITIZEN = "citizen"
    CASEWORKER = "caseworker"
    GP = "gp"
    EMPLOYER = "employer"
    PLACEMENT = "placement"
    COMMITTEE = "committee"
    MEMBERS = "members"
    PUBLIC = "public"
    STATISTICS = "statistics"


ALWAYS: Mapping[Audience, tuple[str, ...]] = {
    audience: tuple(paths.split())
    for audience, paths in {
        Audience.CITIZEN: (
            "municipality programme case_number caseworker team citizen sickness employment education gp self_ratings "
            "steps contacts web_registrations company_courses offers consents plan return_plan outcome ended workplace"
        ),
        Audience.CASEWORKER: (
            "municipality programme case_number caseworker team citizen.name citizen.cpr "
            "sickness.first_day sickness.visitation sickness.category sickness.recovered "
            "employment.status employment.employer.name employment.job employment.norm_hours employment.notice_ends "
            "education gp.name self_ratings steps contacts web_registrations company_courses offers consents "
            "plan.agreed plan.next_follow_up outcome ended"
        ),
        Audience.GP: "municipality case_number caseworker gp citizen.name citizen.cpr",
        Audience.EMPLOYER: (
            "municipality case_number caseworker citizen.name workplace "
            "employment.employer employment.job employment.norm_hours"
        ),
        Audience.PLACEMENT: "municipality case_number caseworker citizen.name workplace",
        Audience.COMMITTEE: (
            "municipality meeting number title access closed_reason type case_number document_number caseworker "
            "decided_by routing legal_basis fields headings economy recommendation recommendations sub_items course "
            "decisions attachments signers figures.note"
        ),
        **dict.fromkeys(
            (Audience.MEMBERS, Audience.PUBLIC),
            "municipality committee type date start end place members officials approved",
        ),
        Audience.STATISTICS: "municipality title introduction",
    }.items()
}
"""The paths in a case that an audience sees. A path shows all that lies below it; it goes into each item of a list."""

_AT_WORK: Mapping[DataType, tuple[str, ...]] = {
    DataType.RETURN_PLAN: (
        "return_plan.kind",
        "return_plan.contact",
        "return_plan.steps.start",
        "return_plan.steps.end",
        "return_plan.steps.hours",
        "return_plan.steps.tasks",
    ),
    DataType.EMPLOYMENT_TRACK: (
        "plan.agreed",
        *(
            f"plan.employment.activities.{name}"
            for name in ("goal", "sub_goals", "process_goals", "responsible", "duties", "due")
        ),
        *(f"plan.employment.activities.{name}" for name in ("progress", "status_on", "status_note")),
    ),
}
"""What a workplace may be told. Of the employment track only the activities marked `shared` (`_keep_shared`)."""

DISCLOSED: Mapping[Audience, Mapping[DataType, tuple[str, ...]]] = {
    Audience.GP: {
        DataType.PARTICIPATION: ("programme", "sickness.first_day", "sickness.visitation", "ended"),
        DataType.CATEGORY: ("sickness.category",),
        DataType.RETURN_GOAL: ("plan.goal", "plan.short_goal", "plan.agreed"),
        DataType.RETURN_PLAN: (
            "return_plan.kind",
            "return_plan.steps.start",
            "return_plan.steps.end",
            "return_plan.steps.hours",
            "employment.norm_hours",
        ),
        DataType.SOCIAL: ("plan.social.purpose", "plan.social.activities.goal"),
    },
    Audience.EMPLOYER: _AT_WORK,
    Audience.PLACEMENT: _AT_WORK,
}
"""The paths that an audience sees besides, by the kind of data that the citizen's consent must cover."""

LEAST: Mapping[Audience, tuple[Party, DataType]] = {
    Audience.GP: (Party.GP, DataType.PARTICIPATION),
    Audience.EMPLOYER: (Party.EMPLOYER, DataType.RETURN_PLAN),
    Audience.PLACEMENT: (Party.PLACEMENT, DataType.RETURN_PLAN),
}
"""Whose consent an audience's documents rest on, and what it must cover at least: that much any such letter tells."""

EMPTY: Mapping[Audience, tuple[str, ...]] = {
    Audience.PLACEMENT: ("employment.employer", "employment.job", "employment.norm_hours"),
}
"""What a template for the employer asks for, and the placement host's copy of it has not: there, but always empty."""

WHITELISTS: Mapping[Audience, tuple[str, ...]] = {
    audience: (
        *always,
        *(path for paths in DISCLOSED.get(audience, {}).values() for path in paths),
        *EMPTY.get(audience, ()),
    )
    for audience, always in ALWAYS.items()
}
"""All paths that an audience may come to see."""

_OTHER_KINDS = {
    Audience.COMMITTEE: "committee",
    Audience.MEMBERS: "meeting",
    Audience.PUBLIC: "meeting",
    Audience.STATISTICS: "statistics",
}
KINDS: Mapping[Audience, str] = {audience: _OTHER_KINDS.get(audience, "citizen") for audience in Audience}
"""The kind of case that an audience's documents are made from."""

CHOSEN = tuple(audience for audience in Audience if audience is not Audience.PLACEMENT)
"""What a document.yaml may name: a placement's host gets what is for the employer (`find_reader`)."""

CONSENT_PARTS = ("given", "covers", "expires")
"""What a letter says of the consent that it rests on."""

_SENDER = ("name", "genitive", "logo", "office", "colours", "window", "brief.unit", "brief.words")
_EVERYBODY: Mapping[str, tuple[str, ...]] = {
    "document": ("name", "title", "audience"),
    "letter": ("date", "language", "beside"),
}
_COURSE = dict.fromkeys(("programme", "steps", "consents", "lapsed_consents"))
_FOR_WORKPLACE: Mapping[str, tuple[str, ...] | None] = {
    **_EVERYBODY,
    "profile": (*_SENDER, "letters.consent_law", "letters.refund"),
    "consent": CONSENT_PARTS,
}

_OF_MEETING: Mapping[str, tuple[str, ...] | None] = {
    **_EVERYBODY,
    "profile": (*_SENDER, "brief", "meetings"),
    "paper": (
        *("present", "apologies", "absent", "members"),
        *(
            f"items.{name}"
            for name in ("number", "title", "anchor", "closed", "revised", "withdrawn", "text", "decision")
        ),
        *(f"items.{name}" for name in ("attachments", "movements", "officials", "to_decide")),
        *(f"items.item.{name}" for name in ALWAYS[Audience.COMMITTEE]),
    ),
}

GLOBALS: Mapping[Audience, Mapping[str, tuple[str, ...] | None]] = {
    Audience.CITIZEN: {**_EVERYBODY, "profile": (*_SENDER, "letters", "abbreviations"), **_COURSE},
    Audience.CASEWORKER: {**_EVERYBODY, "profile": _SENDER, **_COURSE},
    Audience.GP: {
        **_EVERYBODY,
        "profile": (*_SENDER, "letters.consent_law"),
        "programme": (
            *("label", "about", "for_doctor", "categories.number", "categories.for_doctor"),
            "categories.in_force_from",
        ),
        "consent": CONSENT_PARTS,
        "may_obtain": None,
    },
    Audience.EMPLOYER: _FOR_WORKPLACE,
    Audience.PLACEMENT: _FOR_WORKPLACE,
    Audience.COMMITTEE: {**_EVERYBODY, "profile": (*_SENDER, "brief")},
    Audience.MEMBERS: _OF_MEETING,
    Audience.PUBLIC: _OF_MEETING,
    Audience.STATISTICS: {**_EVERYBODY, "profile": _SENDER, "annex": None},
}
"""What a template is given beside the case: the names, and the paths below each; None where all of it is shown.

The programme tells what kind of case the municipality has, so an employer's template is not given it.
"""


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


def find_reader(audience: Audience, case: Case) -> Audience:
    """Who gets a document for that audience: what is for the employer goes to the host of a placement elsewhere."""
    is_hosted = isinstance(case, CitizenCase) and case.return_plan is not None and case.return_plan.host is not None
    return Audience.PLACEMENT if audience is Audience.EMPLOYER and is_hosted else audience


def view_case(
    case: Case, audience: Audience, covered: Collection[DataType] = (), without: Collection[Part] = ()
) -> View:
    """The part of a case that the audience may see, where the consent covers that data; the rest is None, as if empty.

    `without` are parts of the graded return plan that the consent leaves out. Raises ValueError for a case that is not
    for that audience.
    """
    if case.kind != KINDS[audience]:
        raise ValueError(f"a {case.kind} case has no view for the audience {audience}")
    if isinstance(case, CitizenCase) and audience in LEAST:
        case = _keep_shared(case)
    return _view(case, WHITELISTS[audience], find_open_paths(audience, covered, without))


def _keep_shared(case: CitizenCase) -> CitizenCase:
    """The case with those activities of the employment track that the workplace may read."""
    if case.plan is None:
        return case
    track = case.plan.employment
    shared = track.model_copy(update={"activities": tuple(each for each in track.activities if each.shared)})
    return case.model_copy(update={"plan": case.plan.model_copy(update={"employment": shared})})


def find_open_paths(
    audience: Audience, covered: Collection[DataType] = (), without: Collection[Part] = ()
) -> tuple[str, ...]:
    """The paths of a case that the audience sees, where the consent covers that data, without what it leaves out."""
    disclosed = DISCLOSED.get(audience, {})
    closed = {_PARTS[part] for part in without}
    told = (path for data in covered for path in disclosed.get(data, ()) if path not in closed)
    return (*ALWAYS[audience], *told)


_PARTS: Mapping[Part, str] = {Part.TASKS: "return_plan.steps.tasks", Part.CONTACT: "return_plan.contact"}


def view_consent(consent: Consent) -> View:
    """What a letter says of the consent that it rests on: its day, what it covers, and until when."""
    return view_model(consent, CONSENT_PARTS)


def view_model(model: BaseModel, paths: tuple[str, ...] | None = None) -> View:
    """The values of any model as a View; all of them, or those at the dotted paths."""
    return _view(model, paths, paths)


Paths = tuple[tuple[str, ...], ...]


def _view(model: BaseModel, named: tuple[str, ...] | None, open_paths: tuple[str, ...] | None) -> View:
    shown = _show(model, _split(named), _split(open_paths))
    assert isinstance(shown, View)
    return shown


def _split(paths: tuple[str, ...] | None) -> Paths:
    return ((),) if paths is None else tuple(tuple(path.split(".")) for path in paths)


def _show(value: object, named: Paths, opened: Paths) -> object:
    """`value` cut down to the paths `named`; an empty path names all. What no path in `opened` reaches is None."""
    if not opened:
        return None
    if isinstance(value, tuple):
        return tuple(_show(item, named, opened) for item in value)
    if not isinstance(value, BaseModel):
        return str(value) if isinstance(value, StrEnum) else value
    every: Paths = tuple((name,) for name in (*type(value).model_fields, *_properties(value)))
    named, opened = (every if () in named else named), (every if () in opened else opened)
    heads = dict.fromkeys(path[0] for path in named)
    return View({head: _show(getattr(value, head), _below(named, head), _below(opened, head)) for head in heads})


def _below(paths: Paths, head: str) -> Paths:
    return tuple(path[1:] for path in paths if path[0] == head)


def _properties(value: BaseModel) -> list[str]:
    """The names that a model computes of its own fields, such as `name` and `lines`."""
    return [
        name
        for kind in type(value).__mro__
        if issubclass(kind, BaseModel) and kind is not BaseModel
        for name, member in vars(kind).items()
        if isinstance(member, property) and not name.startswith("_")
    ]
