"""In which language a document is written: its recipient's, where there is a template in it.

Beside `document.html.j2` may lie `document.en.html.j2`, all in English, or `document.da+ar.html.j2`, in Danish with
Arabic beside it: the file is a Danish one then.
"""

from dataclasses import dataclass

from kvisdocs.cases.load import Case, LoadedCase
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.model.languages import LanguageName
from kvisdocs.cases.views import Audience
from kvisdocs.cases.yaml.source import Step
from kvisdocs.messages import N_, message
from kvisdocs.problems import Problem, Severity
from kvisdocs.templating.documents import Document
from kvisdocs.templating.html import Assets

_READERS: dict[Audience, tuple[Step, ...]] = {
    Audience.CITIZEN: ("citizen", "language"),
    Audience.GP: ("gp", "language"),
}
"""Where a case says what its recipient reads."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The template that is filled, the language of its file, and the one that stands beside it, if any."""

    template: str
    language: str
    beside: str = ""


def find_wordings(document: Document, assets: Assets) -> list[Wording]:
    """All that a document is written in, its own language first."""
    found = [Wording(document.template, document.language)]
    for name in assets.names(f"{document.name}/document.*.html.j2"):
        language, _, beside = name.removeprefix(f"{document.name}/document.").removesuffix(".html.j2").partition("+")
        found.append(Wording(name, language, beside))
    return found


def choose_wording(document: Document, case: Case, assets: Assets) -> Wording:
    """What the case's recipient reads, or else the document's own."""
    wanted, own, *others = find_wanted(document, case), *find_wordings(document, assets)
    alone = [each for each in others if (each.language, each.beside) == (wanted, "")]
    beside = [each for each in others if (each.language, each.beside) == (document.language, wanted)]
    return [*alone, *beside, own][0] if wanted != own.language else own


def find_wanted(document: Document, case: Case) -> str:
    """The language that a document's recipient reads: the document's own, where the case does not say."""
    if not isinstance(case, CitizenCase) or document.audience not in _READERS:
        return document.language
    reader = case.gp if document.audience is Audience.GP else case.citizen
    return (reader.language if reader else None) or document.language


def read_in(case: Case, document: Document, language: str) -> Case:
    """The case with a recipient who reads that language."""
    name = "gp" if document.audience is Audience.GP else "citizen"
    reader = getattr(case, name, None)
    if reader is None or document.audience not in _READERS:
        return case
    return case.model_copy(update={name: reader.model_copy(update={"language": language})})


def tell_fallback(document: Document, loaded: LoadedCase, chosen: Wording) -> tuple[Problem, ...]:
    """A note where the recipient reads another language than the document is in."""
    wanted = find_wanted(document, loaded.case)
    if wanted in {chosen.language, chosen.beside}:
        return ()
    what = message(
        "document_type.language.not_written",
        "{document} is made in {own}, since it has no template in {wanted}",
        document=document.name,
        own=LanguageName(chosen.language),
        wanted=LanguageName(wanted),
    )
    todo = N_("write {name} in its folder, or tell the reader by word of mouth", name=f"document.{wanted}.html.j2")
    return (Problem(loaded.source.locate(_READERS[document.audience]), what, todo, Severity.NOTE),)
