"""The map: which column of a list goes to which field of a case. It is YAML, read with the position of every part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, Field, ValidationError

from kvisdocs.cases.load import KINDS
from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.numbers import Count
from kvisdocs.cases.model.values import Text
from kvisdocs.cases.old_words import NEW, OLD
from kvisdocs.cases.validation import validation_problems
from kvisdocs.cases.yaml.source import Source, read_source
from kvisdocs.importing.fields import Form, dotted, find_fields, short_name, walk
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Problem, suggest


class SheetMap(Value):
    """A sheet whose rows belong to cases by a key column."""

    sheet: Text | None = Field(None, description="Arkets navn; det første, hvis intet er skrevet")
    headings: Annotated[Count, Field(ge=1)] | None = Field(None, description="Rækken med overskrifterne")
    key: Text = Field(description="Overskriften over den kolonne, der siger, hvilken sag rækken hører til")
    columns: dict[str, Text] = Field(min_length=1, description="Felt og overskrift")
    ignore: tuple[Text, ...] = Field((), description="Overskrifter, der ikke skal læses")


class CaseMap(SheetMap):
    """The whole map: the sheet with a case a row, and further sheets for lists."""

    kind: Literal["citizen", "committee"] | None = Field(
        None, description="Sagens art, hvis ingen sag lægges til grund"
    )
    file: Text | None = Field(None, description="Overskriften over den kolonne, som filerne kaldes efter")
    lists: dict[str, SheetMap] = Field(default_factory=dict, description="Liste og ark")


@dataclass(frozen=True)
class LoadedMap:
    """A map and the source that its problems point into."""

    map: CaseMap
    source: Source


def load_map(path: Path) -> LoadedMap:
    """Read a map. Raises KvisdocsError with all that is wrong with its form; `check_map` looks at its fields."""
    source = read_source(path)
    if not isinstance(source.data, dict):
        what = message("import.map.no_keys", "the file does not hold a map of columns")
        raise KvisdocsError(Problem(source.locate(()), what, _begin()))
    try:
        return LoadedMap(CaseMap.model_validate(source.data), source)
    except ValidationError as error:
        raise KvisdocsError(validation_problems(error, source, CaseMap)) from None


def _begin() -> Message:
    return N_("begin with key: and columns:, or make one with kvisdocs import --template")


def check_map(loaded: LoadedMap, kind: str) -> list[Problem]:
    """What is wrong with the fields that the map names, for a kind of case."""
    model = KINDS[kind]
    problems = list(_check_columns(loaded.source, ("columns",), loaded.map.columns, model))
    for name, sheet in loaded.map.lists.items():
        fields = find_fields(model, path := tuple(name.split(".")))
        if len(fields) == len(path) and fields[-1].form is Form.LIST and fields[-1].model is not None:
            problems += _check_columns(loaded.source, ("lists", name, "columns"), sheet.columns, fields[-1].model)
        else:
            lists = [dotted(each) for each in walk(model) if each[-1].form is Form.LIST]
            what = message("import.map.no_list", 'a case has no list "{name}" that a sheet could fill', name=name)
            problems.append(Problem(loaded.source.locate_key(("lists", name)), what, suggest(name, lists)))
    if _is_cpr(loaded.map):
        what = message("import.map.named_by_cpr", "the files would be called by CPR numbers, which everybody reads")
        at = loaded.source.locate(("file",) if loaded.map.file else ("key",))
        problems.append(Problem(at, what, N_("name another column under file:")))
    return problems


def _is_cpr(case_map: CaseMap) -> bool:
    named = fold(case_map.file or case_map.key)
    return any(path.endswith("citizen.cpr") and fold(heading) == named for path, heading in case_map.columns.items())


def _check_columns(
    source: Source, at: tuple[str, ...], columns: Mapping[str, str], model: type[BaseModel]
) -> Iterator[Problem]:
    for name in columns:
        fields, steps = find_fields(model, tuple(name.split("."))), name.split(".")
        place = source.locate_key((*at, name))
        if (
            len(fields) == len(steps)
            and fields[-1].form in {Form.VALUE, Form.VALUES}
            and (at, name) != (("columns",), "kind")
        ):
            continue
        last = fields[-1] if fields else None
        is_old = steps[0] == OLD
        if is_old or (last is not None and last.form is Form.LIST):
            whole = NEW if is_old else dotted(tuple(fields))
            what = message("import.map.is_list", '"{name}" has several rows for a case', name=whole)
            yield Problem(place, what, N_("name its own sheet under lists:"))
        elif last is not None and len(fields) == len(steps) and last.form is not Form.VALUE:
            inside = next(iter(last.model.model_fields)) if last.model else "first_talk"
            what = message("import.map.is_group", '"{name}" holds several fields', name=name)
            yield Problem(place, what, N_("name a column for each, as {example}", example=f"{name}.{inside}"))
        else:
            known = [dotted(each) for each in walk(model) if each[-1].form is not Form.LIST]
            what = message("import.map.no_field", 'a case has no field "{name}"', name=name)
            yield Problem(place, what, suggest(name, known, N_("all of them: kvisdocs docs cases")))


def name_fields(model: type[BaseModel], columns: Mapping[str, str]) -> dict[str, str]:
    """The fields that a map does not name, by what they are called in Danish: a name of several is the citizen's."""
    found: dict[str, list[str]] = {}
    for fields in walk(model):
        if fields[-1].form in {Form.VALUE, Form.VALUES} and dotted(fields) != "kind":
            found.setdefault(short_name(fields[-1]), []).append(dotted(fields))
    citizens = {name: [path for path in paths if path.startswith("citizen.")] for name, paths in found.items()}
    meant = {name: paths if len(paths) == 1 else citizens[name] for name, paths in found.items()}
    return {name: paths[0] for name, paths in meant.items() if len(paths) == 1 and paths[0] not in columns}


def fold(heading: str) -> str:
    """Headings are the same whatever their case and their blanks."""
    return " ".join(heading.split()).casefold()
