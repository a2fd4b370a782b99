"""Which documents exist: `templates/<document>/document.yaml`. And whether a case is fit for one on a given day."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Annotated, Literal

from pydantic import Field

from kvisdocs.cases.consents.consent import DataType
from kvisdocs.cases.consents.disclosure import Refusal, find_refusal
from kvisdocs.cases.consents.reading import find_allowed
from kvisdocs.cases.consents.subject import find_other_consent
from kvisdocs.cases.letter_dates import Late, find_late, find_later, find_outdated, is_told
from kvisdocs.cases.load import Case, LoadedCase
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.languages import DANISH, Language
from kvisdocs.cases.model.meeting import CommitteeMeeting
from kvisdocs.cases.model.numbers import Count
from kvisdocs.cases.model.values import Flag, Text
from kvisdocs.cases.views import CHOSEN, KINDS, LEAST, Audience, find_reader
from kvisdocs.cases.yaml.source import Source, Step
from kvisdocs.messages import N_, NOTHING, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity, UnknownNameError, suggest
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import read_settings

Requirement = Literal[
    "plan",
    "return_plan",
    "gp",
    "employer",
    "plan_at_employer",
    "consent_to_gp",
    "consent_to_employer",
    "consent_to_employment_track",
    "shared_activity",
    "not_ended",
    "held",
    "supplement",
    "extract",
]
"""What a document.yaml may ask of a case."""

Obstacle = Literal["dates"] | Requirement
"""What may keep a document from being made; the case's dates go without saying."""


class Document(Value):
    """One document that can be made. `name` is its folder's name and its file's name in output/."""

    name: Text
    title: Text = Field(description="Titlen, som læseren ser i filens egenskaber")
    description: Text = Field(description="En linje til `kvisdocs documents`, på engelsk")
    kind: Literal["citizen", "committee", "meeting", "statistics"] = Field(description="Sagens art")
    audience: Audience = Field(description="Hvem dokumentet er til; afgør, hvad skabelonen kan se")
    requires: tuple[Requirement, ...] = Field((), description="Hvad sagen må have, for at dokumentet kan laves")
    max_pages: Annotated[Count, Field(ge=1)] | None = Field(
        None, description="Flere sider end dette holdes tilbage af `kvisdocs batch`"
    )
    on_request: Flag = Field(
        False, description="ja: laves kun, når nogen beder om det med -d; nej: laves, hvor sagen er egnet"
    )
    sample: Text | None = Field(
        None, description="Prøvesagen til `kvisdocs lint`, hvor det ikke er sample.yaml ved siden af"
    )
    language: Language = Field(DANISH, description="Sproget, som document.html.j2 er skrevet på")
    stylesheets: tuple[Text, ...] = Field(("house.css",), description="Stilark, i rækkefølge")

    @property
    def template(self) -> str:
        """The template's name in the template folders."""
        return f"{self.name}/document.html.j2"


IMPLIED: Mapping[Audience, tuple[Requirement, ...]] = {
    Audience.CITIZEN: (),
    Audience.CASEWORKER: (),
    Audience.GP: ("gp", "consent_to_gp"),
    Audience.EMPLOYER: ("employer", "plan_at_employer", "consent_to_employer"),
    Audience.PLACEMENT: ("employer", "plan_at_employer", "consent_to_employer"),
    Audience.COMMITTEE: (),
    Audience.MEMBERS: (),
    Audience.PUBLIC: (),
    Audience.STATISTICS: (),
}
"""What every document for an audience requires, whatever its document.yaml says: a consent cannot be forgotten."""


def load_documents(assets: Assets) -> dict[str, Document]:
    """All documents by name, sorted. Raises KvisdocsError with every fault in every document.yaml."""
    found: dict[str, Document] = {}
    problems: list[Problem] = []
    for file in assets.names("*/document.yaml"):
        try:
            document, source = read_settings(file, assets, Document, {"name": file.partition("/")[0]})
        except KvisdocsError as error:
            problems += error.problems
            continue
        problems += _faults(document, source, assets)
        found[document.name] = document
    if problems:
        raise KvisdocsError(problems)
    return found


def choose_documents(names: Sequence[str], known: dict[str, Document]) -> list[Document]:
    """The documents named, or all that need not be asked for; raises UnknownNameError for a name that is not known."""
    for name in names:
        if name not in known:
            what = message("template.document.unknown", 'there is no document "{name}"', name=name)
            raise UnknownNameError(what, suggest(PurePath(name).name, known))
    return [known[name] for name in dict.fromkeys(names)] or [each for each in known.values() if not each.on_request]


def _faults(document: Document, source: Source, assets: Assets) -> list[Problem]:
    """What a document.yaml says that does not hold together."""
    found = []
    if KINDS[document.audience] != document.kind:
        fitting = [str(audience) for audience in CHOSEN if KINDS[audience] == document.kind]
        what = message(
            "document_type.audience.other_kind",
            'a {kind} case has nothing for the audience "{audience}"',
            kind=document.kind,
            audience=document.audience,
        )
        found.append(Problem(source.locate(("audience",)), what, suggest(document.audience, fitting)))
    if document.audience not in CHOSEN:
        what = message(
            "document_type.audience.placement",
            "a document for a placement host is one for the employer, and finds the host of itself",
        )
        found.append(Problem(source.locate(("audience",)), what, N_("write employer")))
    if assets.find(document.template) is None:
        what = message(
            "document_type.template.missing", 'the template "{template}" is missing', template=document.template
        )
        found.append(Problem(Position(source.file), what, N_("put it beside this file")))
    for number, sheet in enumerate(document.stylesheets):
        if assets.find(sheet) is None:
            what = message(
                "document_type.stylesheet.missing",
                'the stylesheet "{sheet}" is not in the templates folder',
                sheet=sheet,
            )
            position = source.locate(("stylesheets", number))
            found.append(Problem(position, what, suggest(sheet, assets.names("**/*.css"))))
    return found


def find_blockers(loaded: LoadedCase, document: Document, on: date) -> list[Problem]:
    """What keeps the document from being made of this case on that letter date; empty when it can be made."""
    case = loaded.case
    if case.kind != document.kind:
        what = message(
            "document_type.kind.other",
            "{document} is made from a {kind} case, this is a {own} case",
            document=document.name,
            kind=document.kind,
            own=case.kind,
        )
        return [Problem(loaded.source.locate(("kind",)), what, N_("choose another document with -d"))]
    return [
        Problem(locate_obstacle(loaded.source, name, each.path), _not_made(document, each.what), each.todo)
        for name, each in find_refusals(case, document, on, find_late(case, on))
    ]


def _not_made(document: Document, why: Message) -> Message:
    """Why there is no such document, known by the reason's own code."""
    return N_("no {document}: {why}", document=document.name, why=why).coded(why.code)


def concerns(document: Document, case: Case) -> bool:
    """Whether the document is for the case: of its kind, and, if it is for what somebody has marked, with something so.

    Where nothing is marked for the workplace nobody misses the joint status, and it is not told as left out; nor is the
    supplement to an agenda that has none.
    """
    if case.kind != document.kind:
        return False
    if isinstance(case, CommitteeMeeting):
        return not any(_OBSTACLES[name](case, date.max) for name in document.requires if name != "held")
    return "shared_activity" not in document.requires or _is_anything_shared(case)


def find_refusals(case: Case, document: Document, on: date, late: Iterable[Late]) -> Iterator[tuple[Obstacle, Refusal]]:
    """What keeps a document from being made of a case of its kind on that letter date, the weightiest first.

    Whatever its document.yaml requires, a document for the GP or the employer always needs the consent to disclose,
    and none tells as done what is dated after it: `late` is what the case has of that (`find_late`).
    """
    reader = find_reader(document.audience, case)
    for later in find_later(late, reader, _covered(case, reader, on)):
        yield "dates", later
    for name in all_requirements(document):
        if (unmet := _OBSTACLES[name](case, on)) is not None:
            yield name, unmet


def locate_obstacle(source: Source, obstacle: Obstacle, path: tuple[Step, ...]) -> Position:
    """Where an obstacle stands: a date itself, of others the key."""
    return source.locate(path) if obstacle == "dates" else source.locate_key(path)


def find_doubts(loaded: LoadedCase, documents: Collection[Document], on: date) -> list[Problem]:
    """A warning where the documents tell of a plan that lies behind the letter date; at most one for a case."""
    outdated = find_outdated(loaded.case, on)
    if outdated is None or not any(_tells(document, outdated.path, loaded.case, on) for document in documents):
        return []
    position = loaded.source.locate(outdated.path)
    return [Problem(position, outdated.what, outdated.todo, Severity.WARNING)]


def _tells(document: Document, path: tuple[Step, ...], case: Case, on: date) -> bool:
    reader = find_reader(document.audience, case)
    return is_told(path, reader, _covered(case, reader, on))


def _covered(case: Case, audience: Audience, on: date) -> tuple[DataType, ...]:
    """The data that the consent to tell the audience covers on that day; none where there is no consent."""
    if not isinstance(case, CitizenCase) or audience not in LEAST:
        return ()
    consent = case.consent_to(LEAST[audience][0], on)
    return find_allowed(consent) if consent is not None else ()


def all_requirements(document: Document) -> tuple[Requirement, ...]:
    """What a document requires, by its document.yaml and by its audience, each once."""
    required = dict.fromkeys((*document.requires, *IMPLIED[document.audience]))
    if "consent_to_employment_track" in document.requires:  # that tells of the track, and of the plan where it may
        del required["consent_to_employer"]
    return tuple(required)


def _missing(part: str, what: Message, todo: Message) -> Callable[[Case, date], Refusal | None]:
    def obstacle(case: Case, on: date) -> Refusal | None:
        return None if getattr(case, part, None) is not None else Refusal((), what, todo)

    return obstacle


def _no_employer(case: Case, on: date) -> Refusal | None:
    if isinstance(case, CitizenCase) and case.workplace is not None:
        return None
    what = message("document_type.employer.missing", "the case has no employer")
    return Refusal(("employment",), what, N_('add "employer" under "employment"'))


def _no_plan_at_the_employer(case: Case, on: date) -> Refusal | None:
    """A placement elsewhere is nothing that the employer has agreed to, nor need know of."""
    plan = case.return_plan if isinstance(case, CitizenCase) else None
    if plan is None or plan.place is None or plan.host is not None:
        return None
    what = message(
        "document_type.return_plan.elsewhere",
        'the graded return plan is for a placement elsewhere, "{place}"',
        place=plan.place,
    )
    todo = N_('to send it there, write "host" with name and address instead; delete "place" if the employer is meant')
    return Refusal(("return_plan", "place"), what, todo)


def _nothing_shared(case: Case, on: date) -> Refusal | None:
    if _is_anything_shared(case):
        return None
    what = message(
        "document_type.activity.none_shared", "no activity of the employment track is marked for the workplace"
    )
    todo = N_('add "shared: ja" to those that the workplace may read')
    return Refusal(("plan", "employment", "activities"), what, todo)


def _is_anything_shared(case: Case) -> bool:
    plan = case.plan if isinstance(case, CitizenCase) else None
    return plan is not None and any(activity.shared for activity in plan.employment.activities)


def _no_consent(audience: Audience, least: DataType | None = None) -> Callable[[Case, date], Refusal | None]:
    def obstacle(case: Case, on: date) -> Refusal | None:
        if not isinstance(case, CitizenCase):
            return Refusal((), message("document_type.case.no_citizen", "the case is no citizen's case"), NOTHING)
        party, usual = LEAST[find_reader(audience, case)]
        return find_refusal(case.consents, party, least or usual, on) or find_other_consent(case, party, on)

    return obstacle


def _ended(case: Case, on: date) -> Refusal | None:
    """Of what is to come there is nothing to tell once the citizen is back at work, or the case is closed."""
    if not isinstance(case, CitizenCase) or not case.has_ended_on(on):
        return None
    if case.sickness.recovered == case.ended:
        what = message(
            "document_type.course.recovered",
            "the course ended {ended}, when the citizen recovered",
            ended=case.ended,
        )
        return Refusal(("sickness", "recovered"), what, N_('delete "recovered" if it is not so'))
    what = message(
        "document_type.course.closed", "the course ended {ended}, when the case was closed", ended=case.ended
    )
    return Refusal(("outcome",), what, N_("delete the outcome if it is open"))


def _not_held(case: Case, on: date) -> Refusal | None:
    if isinstance(case, CommitteeMeeting) and case.date > on:
        what = message("document_type.meeting.later", "the meeting is on {day}, after {on}", day=case.date, on=on)
        return Refusal(("date",), what, N_("make it when it has been held, or give another day with --date"))
    if isinstance(case, CommitteeMeeting) and case.end is not None:
        return None
    what = message("document_type.meeting.not_held", "the meeting has not been held")
    return Refusal((), what, N_('add "end", the hour at which it was closed, when it has'))


def _no_supplement(case: Case, on: date) -> Refusal | None:
    if isinstance(case, CommitteeMeeting) and any(each.supplement or each.revises for each in case.items):
        return None
    what = message("document_type.meeting.no_supplement", "no item came after the agenda")
    return Refusal(("items",), what, N_('add "supplement: ja" to those that did'))


def _no_extract(case: Case, on: date) -> Refusal | None:
    if isinstance(case, CommitteeMeeting) and any(each.extract for each in case.items):
        return None
    what = message("document_type.meeting.no_extract", "no item is marked for an extract")
    return Refusal(("items",), what, N_('add "extract: ja" to it'))


_OBSTACLES: dict[Requirement, Callable[[Case, date], Refusal | None]] = {
    "plan": _missing("plan", message("document_type.plan.missing", "the case has no plan"), N_('add "plan"')),
    "return_plan": _missing(
        "return_plan",
        message("document_type.return_plan.missing", "the case has no graded return plan"),
        N_('add "return_plan"'),
    ),
    "gp": _missing("gp", message("document_type.gp.missing", "the case names no GP"), N_('add "gp"')),
    "employer": _no_employer,
    "plan_at_employer": _no_plan_at_the_employer,
    "consent_to_gp": _no_consent(Audience.GP),
    "consent_to_employer": _no_consent(Audience.EMPLOYER),
    "consent_to_employment_track": _no_consent(Audience.EMPLOYER, DataType.EMPLOYMENT_TRACK),
    "shared_activity": _nothing_shared,
    "not_ended": _ended,
    "held": _not_held,
    "supplement": _no_supplement,
    "extract": _no_extract,
}
