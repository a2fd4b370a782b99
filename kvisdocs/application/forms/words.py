"""What there is to choose from in a case, with its Danish words: what its programme and its municipality know."""

from collections.abc import Mapping

from kvisdocs.application.scaffold.case_file import find_choices
from kvisdocs.cases.form.parts import Words
from kvisdocs.cases.yaml.yaml_builder import Data
from kvisdocs.problems import KvisdocsError, Position
from kvisdocs.programme.rules.rule_registry import UnknownProgramme, load_programme
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import load_profile


def find_words(data: Mapping[str, Data], assets: Assets) -> Words:
    """The words for a case's data; of what cannot be read there are none, which `check` says."""
    found: dict[tuple[str, ...], Mapping[str, str]] = {
        (key,): {each: each for each in names} for key, names in find_choices(assets).items()
    }
    kind, programme, municipality = (data.get(key) for key in ("kind", "programme", "municipality"))
    if kind == "citizen" and isinstance(programme, str):
        found |= _of_programme(programme, assets)
    if kind in {"committee", "meeting"} and isinstance(municipality, str):
        found |= _of_municipality(municipality, assets, is_meeting=kind == "meeting")
    return found


def _of_programme(name: str, assets: Assets) -> dict[tuple[str, ...], Mapping[str, str]]:
    try:
        rules = load_programme(name, assets.folders)
    except (UnknownProgramme, KvisdocsError):
        return {}
    return {
        ("steps",): {step.id: step.label for step in rules.steps},
        ("offers", "kind"): {offer.id: offer.label for offer in rules.offers},
        ("outcome", "reason"): {reason.id: reason.label for reason in rules.end_reasons},
    }


def _of_municipality(name: str, assets: Assets, is_meeting: bool) -> dict[tuple[str, ...], Mapping[str, str]]:
    try:
        profile = load_profile(name, assets, Position(""))
    except KvisdocsError:
        return {}
    if is_meeting:
        return {("fixed", "id"): {each.id: each.title for each in (*profile.meetings.first, *profile.meetings.last)}}
    brief = profile.brief
    fields = {part.field: part.label or part.field for part in brief.parts if part.field and part.part == "text"}
    return {("fields",): fields, ("routing",): {body: body for body in brief.routing}}
