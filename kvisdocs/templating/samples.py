"""The cases that a document is tried with: its own sample.yaml, whole, and cut down to what must be there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import BaseModel

from kvisdocs.cases.consents.consent import DataType, Party
from kvisdocs.cases.load import FIGURES, LoadedCase, check_source
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.model.meeting import CommitteeMeeting
from kvisdocs.cases.model.statistics import StatisticsAnnex
from kvisdocs.cases.views import LEAST, Audience
from kvisdocs.cases.yaml.source import read_source
from kvisdocs.programme.rules.rule_registry import load_programme
from kvisdocs.statistics.model import Published
from kvisdocs.statistics.record import pack_record
from kvisdocs.statistics.statement import lay_out_names
from kvisdocs.templating.documents import Document, all_requirements, find_blockers
from kvisdocs.templating.html import Assets

SAMPLE_COUNT = 40
SAMPLE_DAY = date(2012, 11, 14)
"""The letter date of every sample: that of the papers."""

_KEPT = {
    "plan": ("plan",),
    "return_plan": ("return_plan",),
    "gp": ("gp",),
    "employer": ("employment.employer",),
    "consent_to_gp": ("consents",),
    "consent_to_employer": ("consents",),
    "consent_to_employment_track": ("consents",),
    "held": ("end", "fixed.id", "fixed.decision"),
    "shared_activity": ("plan.employment.activities.shared",),
}


def sample_name(document: Document) -> str:
    """Where a document's sample is in the template folders. What a meeting names stands there by its asset's name."""
    return document.sample or f"{document.name}/sample.yaml"


def load_sample(document: Document, assets: Assets) -> LoadedCase | None:
    """A document's sample, or None where it has none. Raises KvisdocsError for one that is no fit case."""
    path = assets.find(sample_name(document))
    if path is None:
        return None
    source = read_source(path, assets.shown(sample_name(document)))
    case = check_source(source)
    if isinstance(case, StatisticsAnnex):
        return LoadedCase("sample", case, source, _make_figures(case, assets))
    names = [entry.file for entry in case.items] if isinstance(case, CommitteeMeeting) else []
    return LoadedCase("sample", case, source, {name: assets.read_text(name).encode() for name in names})


def _make_figures(annex: StatisticsAnnex, assets: Assets) -> dict[str, bytes]:
    """Figures for a sample: every one that its programme has, as if so many were counted in each."""
    rules = load_programme(annex.figures.programme or "", assets.folders)
    laid = lay_out_names(rules, annex.figures.on)
    counted = {name: replace(figure, count=SAMPLE_COUNT) for name, figure in laid.figures.items()}
    measured = {name: replace(measure, value=SAMPLE_COUNT) for name, measure in laid.measures.items()}
    statement = replace(laid, municipality=annex.municipality, figures=counted, measures=measured)
    return {FIGURES: pack_record(Published(statement, "whole", 5))}


def find_variants(sample: LoadedCase, document: Document, municipalities: list[str]) -> Iterator[LoadedCase]:
    """The sample whole, with the least consent, and cut down; first in its own municipality, then in the others.

    In its own also as a course that has ended and as a plan at a placement's host, of which templates have other words.
    Those that the document cannot be made of are left out.
    """
    own = sample.case.municipality
    narrow = cover_least(sample.case, document)
    cases = [sample.case, cut_down(sample.case, document), *([narrow] if narrow != sample.case else [])]
    for name in [own, *(each for each in municipalities if each != own)]:
        others = (*end_course(sample.case), *move_to_host(sample.case, document)) if name == own else ()
        for case in [*cases, *others]:
            moved = replace(sample, case=case.model_copy(update={"municipality": name}))
            if not find_blockers(moved, document, SAMPLE_DAY):
                yield moved


def cut_down(case: Any, document: Document) -> Any:
    """The case without all that the model and the document can do without; lists that must hold something hold one."""
    kept = {path for name in all_requirements(document) for path in _KEPT.get(name, ())}
    return _cut(case, "", kept)


def end_course(case: Any) -> tuple[Any, ...]:
    """The citizen's case with a recovery on the samples' letter date; nothing for other cases."""
    if not isinstance(case, CitizenCase):
        return ()
    recovered = case.sickness.model_copy(update={"recovered": SAMPLE_DAY})
    return (case.model_copy(update={"sickness": recovered}),)


def move_to_host(case: Any, document: Document) -> tuple[Any, ...]:
    """The case with its plan at a placement's host, for a document that goes there; nothing for others."""
    if document.audience is not Audience.EMPLOYER or not isinstance(case, CitizenCase) or case.return_plan is None:
        return ()
    plan = case.return_plan.model_copy(update={"host": case.workplace, "place": None})
    consents = tuple(
        each.model_copy(update={"party": Party.PLACEMENT}) if each.party is Party.EMPLOYER else each
        for each in case.consents
    )
    return (case.model_copy(update={"return_plan": plan, "consents": consents}),)


def cover_least(case: Any, document: Document) -> Any:
    """The case with consents that cover no more than the audience's documents must tell."""
    if document.audience not in LEAST:
        return case
    _, least = LEAST[document.audience]
    if "consent_to_employment_track" in document.requires:
        least = DataType.EMPLOYMENT_TRACK
    consents = tuple(each.model_copy(update={"data": (least,) if each.data else ()}) for each in case.consents)
    return case.model_copy(update={"consents": consents})


def _cut(model: BaseModel, path: str, kept: set[str]) -> BaseModel:
    values: dict[str, Any] = {}
    for name, field in type(model).model_fields.items():
        value, here = getattr(model, name), f"{path}.{name}".lstrip(".")
        if here == "consents" and here in kept:
            continue
        if field.is_required() or any(each == here or each.startswith(f"{here}.") for each in kept):
            values[name] = _cut_value(value, here, kept)
        else:
            values[name] = field.get_default(call_default_factory=True)
    return model.model_copy(update=values)


def _cut_value(value: Any, path: str, kept: set[str]) -> Any:
    if isinstance(value, BaseModel):
        return _cut(value, path, kept)
    if isinstance(value, tuple):
        return tuple(_cut_value(each, path, kept) for each in value[:1])
    return value
