"""File → case, or every problem in it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from kvisdocs.cases.citizen import CitizenCase
from kvisdocs.cases.committee import CommitteeItem
from kvisdocs.cases.source import Source, Step, read_source
from kvisdocs.problems import KvisdocsError, Position, Problem, nearest, suggest

Case = CitizenCase | CommitteeItem

KINDS: dict[str, type[CitizenCase] | type[CommitteeItem]] = {"citizen": CitizenCase, "committee": CommitteeItem}
"""Each kind of case and its model."""


@dataclass(frozen=True, slots=True)
class LoadedCase:
    """A case with the id it goes by (the file's stem) and the source that its problems point into."""

    id: str
    case: Case
    source: Source


def find_case_files(paths: list[Path]) -> list[Path]:
    """The case files named, and those (`*.yaml`, `*.yml`) in the folders named, each once, sorted within a folder.

    Raises KvisdocsError for a path that is not there and for a folder without cases.
    """
    found: dict[Path, None] = {}
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            named = (file for file in path.rglob("*") if file.suffix.lower() in {".yaml", ".yml"})
            inside = sorted(file for file in named if file.is_file())
            if not inside:
                problems.append(Problem(Position(str(path)), "the folder holds no case (*.yaml)", "name another"))
            found.update(dict.fromkeys(inside))
        elif path.exists():
            found[path] = None
        else:
            problems.append(Problem(Position(str(path)), "there is no such file or folder", "check the path"))
    if problems:
        raise KvisdocsError(problems)
    return list(found)


def load_case(path: Path) -> LoadedCase:
    """Read and check one case; raises KvisdocsError with all its problems."""
    source = read_source(path)
    return LoadedCase(path.stem, check_source(source), source)


def check_source(source: Source) -> Case:
    """The case in a source; raises KvisdocsError with all its problems, sorted by line."""
    if not isinstance(source.data, dict):
        what = "the file is empty" if source.data is None else "the file does not hold a case"
        raise KvisdocsError(Problem(source.locate(()), what, "begin with kind: citizen or kind: committee"))
    kind = source.data.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        what = f'"kind" is "{kind}"' if kind else '"kind" is missing'
        raise KvisdocsError(Problem(source.locate(("kind",)), what, suggest(str(kind or ""), KINDS)))
    model = KINDS[kind]
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        raise KvisdocsError(validation_problems(error, source, model)) from None


def validation_problems(error: ValidationError, source: Source, model: type[BaseModel]) -> list[Problem]:
    """pydantic's findings as problems in our words, each where it stands in the source."""
    found = []
    near_misses: set[tuple[Step, ...]] = set()
    details = error.errors(include_url=False)
    for detail in details:
        if detail["type"] == "extra_forbidden":
            path = tuple(detail["loc"])
            known = _fields(model, path[:-1])
            near = nearest(str(path[-1]), known)
            near_misses.add((*path[:-1], near or ""))
            found.append(
                Problem(
                    source.locate_key(path), f'the key "{path[-1]}" is not known here', suggest(str(path[-1]), known)
                )
            )
    for detail in details:
        path = tuple(detail["loc"])
        if detail["type"] == "extra_forbidden" or (detail["type"] == "missing" and path in near_misses):
            continue
        found.append(_problem(detail, path, source))
    return found


def _problem(detail: Any, path: tuple[Step, ...], source: Source) -> Problem:
    kind, value, context = detail["type"], detail.get("input"), detail.get("ctx", {})
    name = _name(path)
    if kind == "missing":
        parent = _name(path[:-1])
        where = f"{parent} has no" if path[:-1] else "the case has no"
        return Problem(source.locate_key(path[:-1]), f'{where} "{path[-1]}"', f'add the line "{path[-1]}: …"')
    position = source.locate(path)
    if value is None:
        return Problem(source.locate_key(path), f"{name} is empty", "write a value, or delete the line")
    if kind == "value_error":
        what, _, todo = str(context["error"]).partition("; ")
        return Problem(position, f"{name}: {what}", todo)
    if kind in {"enum", "literal_error"}:
        known = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        return Problem(position, f'{name}: "{value}" is not one of the values', suggest(str(value), known))
    shown = "" if isinstance(value, (list, dict)) or not str(value).strip() else f' ("{value}")'
    if kind not in _WORDS:
        return Problem(position, f"{name}: {detail['msg']}{shown}", "see docs/cases.md")
    what, todo = _WORDS[kind]
    return Problem(position, f"{name} {what.format(**context)}{shown}", todo.format(**context))


_ONE_VALUE = ("should be one value, but holds lines of its own", "write it on one line, after the colon")


_WORDS = {
    "string_type": ("should be a text, but holds lines of its own", "write it on one line, or after a | sign"),
    "string_too_short": ("is empty", "write a value, or delete the line"),
    "bool_type": _ONE_VALUE,
    "date_type": _ONE_VALUE,
    "decimal_type": _ONE_VALUE,
    "int_type": _ONE_VALUE,
    "time_type": _ONE_VALUE,
    "model_type": ("should hold keys of its own", "write them below, two spaces further in"),
    "dict_type": ("should hold keys of its own", "write them below, two spaces further in"),
    "tuple_type": ("should be a list", 'write each item on a line that begins with "- "'),
    "too_short": ("has too few items", "write at least {min_length}"),
    "too_long": ("has too many items", "write at most {max_length}"),
    "greater_than": ("is too small", "write more than {gt}"),
    "greater_than_equal": ("is too small", "write {ge} or more"),
    "less_than_equal": ("is too large", "write {le} or less"),
}
"""pydantic's error types in our words: what, todo."""


def _name(path: tuple[Step, ...]) -> str:
    """`plan.health.activities[2].due`; items are counted from 1, as people count."""
    shown = ""
    for step in path:
        shown += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if shown else step
    return shown


def _fields(model: type[BaseModel], path: tuple[Step, ...]) -> list[str]:
    """The keys that the model knows at a path; none where the path leaves the model."""
    for step in path:
        if isinstance(step, str):
            field = model.model_fields.get(step)
            inner = _model_in(field.annotation) if field else None
            if inner is None:
                return []
            model = inner
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside `X | None`, `tuple[X, ...]` or `Annotated[X, …]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None
