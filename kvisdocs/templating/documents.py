"""Which documents exist: templates/<document>/document.yaml. And whether a case is fit for one on a given day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from kvisdocs.cases.citizen import CitizenCase, Consent
from kvisdocs.cases.identifiers import Value
from kvisdocs.cases.load import Case, LoadedCase
from kvisdocs.cases.source import Source, Step
from kvisdocs.cases.values import Count, Text
from kvisdocs.cases.views import KINDS, Audience
from kvisdocs.problems import KvisdocsError, Position, Problem, suggest
from kvisdocs.templating.html import Assets
from kvisdocs.templating.settings import read_settings

Requirement = Literal["plan", "return_plan", "gp", "employer", "consent_to_gp"]


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


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a case is not fit for a document: where in the case, what, and what to do."""

    path: tuple[Step, ...]
    what: str
    todo: str


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

    Whatever its document.yaml requires, a document for the GP always needs the consent to disclose.
    """
    requires = dict.fromkeys(document.requires)
    if document.audience is Audience.GP:
        requires.update({"gp": None, "consent_to_gp": None})
    found = {name: each for name in requires if (each := _OBSTACLES[name](loaded.case, on)) is not None}
    return {
        name: Problem(loaded.source.locate_key(each.path), f"no {document.name}: {each.what}", each.todo)
        for name, each in found.items()
    }


def _missing(part: str, what: str, todo: str) -> Callable[[Case, date], Obstacle | None]:
    def obstacle(case: Case, on: date) -> Obstacle | None:
        return None if getattr(case, part, None) is not None else Obstacle((), what, todo)

    return obstacle


def _no_employer(case: Case, on: date) -> Obstacle | None:
    if isinstance(case, CitizenCase) and case.employment.employer is not None:
        return None
    return Obstacle(("employment",), "the case has no employer", 'add "employer" under "employment"')


def _no_consent_to_gp(case: Case, on: date) -> Obstacle | None:
    """Ankestyrelsen R-12-06: data go to the GP by a consent of its own only, specific and in force that day."""
    if not isinstance(case, CitizenCase):
        return Obstacle((), "the case is no citizen's case", "")
    if case.consent_to_gp(on) is not None:
        return None
    todo = f"ask the citizen, and add a consent of kind disclose, party gp, given no later than {on}"
    wrong = [(n, c) for n, c in enumerate(case.consents) if c.kind == "disclose" and c.party == "gp"]
    if not wrong:
        path: tuple[Step, ...] = ("consents",) if case.consents else ()
        return Obstacle(path, "the case holds no consent to disclose to the GP", todo)
    number, newest = max(wrong, key=lambda pair: pair[1].given)
    return Obstacle(("consents", number), f"the consent to disclose to the GP {_why_invalid(newest, on)}", todo)


def _why_invalid(consent: Consent, on: date) -> str:
    if consent.given > on:
        return f"is given {consent.given}, after the letter's date {on}"
    if consent.withdrawn is not None and consent.withdrawn <= on:
        return f"was withdrawn {consent.withdrawn}"
    return f"expired {consent.expires}, before the letter's date {on}"


_OBSTACLES: dict[Requirement, Callable[[Case, date], Obstacle | None]] = {
    "plan": _missing("plan", "the case has no plan", 'add "plan"'),
    "return_plan": _missing("return_plan", "the case has no graded return plan", 'add "return_plan"'),
    "gp": _missing("gp", "the case names no GP", 'add "gp"'),
    "employer": _no_employer,
    "consent_to_gp": _no_consent_to_gp,
}
