"""Which documents exist: `templates/<document>/document.yaml`. And whether a case is fit for one on a given day."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from kvisdocs.cases.citizen import CitizenCase
from kvisdocs.cases.disclosure import Refusal, find_refusal
from kvisdocs.cases.identifiers import Value
from kvisdocs.cases.load import Case, LoadedCase
from kvisdocs.cases.numbers import Count
from kvisdocs.cases.source import Source
from kvisdocs.cases.values import Text
from kvisdocs.cases.views import KINDS, LEAST, Audience
from kvisdocs.problems import KvisdocsError, Position, Problem, suggest
from kvisdocs.templating.html import Assets
from kvisdocs.templating.settings import read_settings

Requirement = Literal[
    "plan", "return_plan", "gp", "employer", "plan_at_employer", "consent_to_gp", "consent_to_employer"
]


class Document(Value):
    """One document that can be made. `name` is its folder's name and its file's name in output/."""

    name: Text
    title: Text = Field(description="Titlen, som læseren ser i filens egenskaber")
    description: Text = Field(description="En linje til `kvisdocs documents`, på engelsk")
    kind: Literal["citizen", "committee"] = Field(description="Sagens art")
    audience: Audience = Field(description="Hvem dokumentet er til; afgør, hvad skabelonen kan se")
    requires: tuple[Requirement, ...] = Field((), description="Hvad sagen må have, for at dokumentet kan laves")
    max_pages: Annotated[Count, Field(ge=1)] | None = Field(
        None, description="Flere sider end dette holdes tilbage af `kvisdocs batch`"
    )
    stylesheets: tuple[Text, ...] = Field(("house.css",), description="Stilark, i rækkefølge")

    @property
    def template(self) -> str:
        """The template's name in the template folders."""
        return f"{self.name}/document.html.j2"


IMPLIED: Mapping[Audience, tuple[Requirement, ...]] = {
    Audience.CITIZEN: (),
    Audience.GP: ("gp", "consent_to_gp"),
    Audience.EMPLOYER: ("employer", "plan_at_employer", "consent_to_employer"),
    Audience.COMMITTEE: (),
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


def _faults(document: Document, source: Source, assets: Assets) -> list[Problem]:
    """What a document.yaml says that does not hold together."""
    found = []
    if KINDS[document.audience] != document.kind:
        fitting = [str(audience) for audience, kind in KINDS.items() if kind == document.kind]
        what = f'a {document.kind} case has nothing for the audience "{document.audience}"'
        found.append(Problem(source.locate(("audience",)), what, suggest(document.audience, fitting)))
    if assets.find(document.template) is None:
        what = f'the template "{document.template}" is missing'
        found.append(Problem(Position(source.file), what, "put it beside this file"))
    for number, sheet in enumerate(document.stylesheets):
        if assets.find(sheet) is None:
            what = f'the stylesheet "{sheet}" is not in the templates folder'
            position = source.locate(("stylesheets", number))
            found.append(Problem(position, what, suggest(sheet, assets.names("**/*.css"))))
    return found


def find_obstacles(loaded: LoadedCase, document: Document, on: date) -> list[Problem]:
    """What keeps the document from being made of this case on that letter date; empty when it can be made."""
    case = loaded.case
    if case.kind != document.kind:
        what = f"{document.name} is made from a {document.kind} case, this is a {case.kind} case"
        return [Problem(loaded.source.locate(("kind",)), what, "choose another document with -d")]
    return list(find_unmet(loaded, document, on).values())


def find_unmet(loaded: LoadedCase, document: Document, on: date) -> dict[Requirement, Problem]:
    """The document's requirements that a case of its kind does not meet on that letter date, each with its problem.

    Whatever its document.yaml requires, a document for the GP or the employer always needs the consent to disclose.
    """
    requires = all_requirements(document)
    found = {name: each for name in requires if (each := _OBSTACLES[name](loaded.case, on)) is not None}
    return {
        name: Problem(loaded.source.locate_key(each.path), f"no {document.name}: {each.what}", each.todo)
        for name, each in found.items()
    }


def all_requirements(document: Document) -> tuple[Requirement, ...]:
    """What a document requires, by its document.yaml and by its audience, each once."""
    return tuple(dict.fromkeys((*document.requires, *IMPLIED[document.audience])))


def _missing(part: str, what: str, todo: str) -> Callable[[Case, date], Refusal | None]:
    def obstacle(case: Case, on: date) -> Refusal | None:
        return None if getattr(case, part, None) is not None else Refusal((), what, todo)

    return obstacle


def _no_employer(case: Case, on: date) -> Refusal | None:
    if isinstance(case, CitizenCase) and case.employment.employer is not None:
        return None
    return Refusal(("employment",), "the case has no employer", 'add "employer" under "employment"')


def _no_plan_at_the_employer(case: Case, on: date) -> Refusal | None:
    """A placement elsewhere is nothing that the employer has agreed to, nor need know of."""
    if isinstance(case, CitizenCase) and case.return_plan and case.return_plan.place:
        what = f'the graded return plan is for a placement elsewhere, "{case.return_plan.place}"'
        return Refusal(("return_plan", "place"), what, 'delete "place" if the employer is meant')
    return None


def _no_consent(audience: Audience) -> Callable[[Case, date], Refusal | None]:
    party, least = LEAST[audience]

    def obstacle(case: Case, on: date) -> Refusal | None:
        if not isinstance(case, CitizenCase):
            return Refusal((), "the case is no citizen's case", "")
        return find_refusal(case.consents, party, least, on)

    return obstacle


_OBSTACLES: dict[Requirement, Callable[[Case, date], Refusal | None]] = {
    "plan": _missing("plan", "the case has no plan", 'add "plan"'),
    "return_plan": _missing("return_plan", "the case has no graded return plan", 'add "return_plan"'),
    "gp": _missing("gp", "the case names no GP", 'add "gp"'),
    "employer": _no_employer,
    "plan_at_employer": _no_plan_at_the_employer,
    "consent_to_gp": _no_consent(Audience.GP),
    "consent_to_employer": _no_consent(Audience.EMPLOYER),
}
