"""The base case, which all rows stand on: its kind, what it and the map lack, and what must not go from it to all."""

from collections.abc import Collection, Iterator
from typing import Any

from pydantic import BaseModel

from kvisdocs.cases.load import KINDS
from kvisdocs.cases.yaml.source import Source
from kvisdocs.importing.build import is_there
from kvisdocs.importing.fields import Form, fields_of
from kvisdocs.importing.mapping import LoadedMap
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity

PERSONAL = (
    "citizen.first_names", "citizen.last_name", "citizen.called", "citizen.cpr", "citizen.phone",
    "citizen.address.care_of", "citizen.address.street", "case_number", "sickness.recovered", "self_ratings",
    "contacts", "web_registrations", "company_courses", "offers", "outcome",
)  # fmt: skip
"""What is one citizen's own, and hardly meant for all: a warning where the base case has it."""


def find_kind(loaded: LoadedMap, base: Source | None) -> tuple[str, list[Problem]]:
    """Which kind of case the base or the map says. Raises KvisdocsError where neither does."""
    data = base.data if base is not None and isinstance(base.data, dict) else {}
    kind, own = data.get("kind"), loaded.map.kind
    if base is not None and not (isinstance(kind, str) and kind in KINDS) and own is None:
        what = message("import.base.no_kind", "the base case does not say which kind of case it is")
        raise KvisdocsError(Problem(base.locate(("kind",)), what, N_("begin it with kind: citizen or kind: committee")))
    if base is None and own is None:
        what = message("import.map.no_kind", "without a base case the map must say which kind of case it is for")
        todo = N_("write kind: citizen or kind: committee in it, or give --base")
        raise KvisdocsError(Problem(Position(loaded.source.file), what, todo))
    if own is not None and isinstance(kind, str) and kind != own:
        what = message(
            "import.map.other_kind", 'the map is for "{own}", and the base case is "{kind}"', own=own, kind=kind
        )
        return own, [Problem(loaded.source.locate(("kind",)), what, N_("give the base case that belongs to the map"))]
    return own or str(kind), []


def check_personal(base: Source | None, named: Collection[str]) -> Iterator[Problem]:
    """What stands in the base case and is one citizen's own, so that all others would get it."""
    if base is None:
        return
    for path in PERSONAL:
        if path not in named and is_there(base.data, tuple(path.split("."))):
            what = message("import.base.personal", 'every case gets the "{path}" of the base case', path=path)
            todo = N_("delete it there, unless it is so meant, or name its column in the map")
            yield Problem(base.locate_key(tuple(path.split("."))), what, todo, Severity.WARNING)
    if "consents" not in named and is_there(base.data, ("consents",)):
        what = message("import.base.consents", "every case would get the consents of the base case")
        todo = N_("delete them there, and name a sheet with each citizen's own under lists:")
        yield Problem(base.locate_key(("consents",)), what, todo)


def find_lacking(
    model: type[BaseModel], data: Any, columns: list[tuple[str, ...]], path: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """The paths of what a case needs, and neither columns nor data have.

    A group that stands in the base case alone is judged with each case.
    """
    for name, each in fields_of(model).items():
        inside = [steps[1:] for steps in columns if steps[0] == name]
        own = data.get(name) if isinstance(data, dict) else None
        if each.form is Form.GROUP and each.model is not None and inside:
            yield from find_lacking(each.model, own, inside, (*path, name))
        elif each.required and not inside and own is None:
            yield (*path, name)


def is_named(path: tuple[str, ...], names: Collection[str]) -> bool:
    """Whether a field, or one in it, is among those that a map names."""
    name = ".".join(path)
    return any(each == name or each.startswith(f"{name}.") for each in names)


def tell_lacking(source: Source, path: tuple[str, ...], at: tuple[str, ...], in_base: bool) -> Problem:
    """An error at the map, once for all rows. `in_base`: whether the base case could have it too."""
    name = ".".join(path)
    what = message("import.map.lacking", 'a case needs "{name}", for which the map has no column', name=name)
    if in_base:
        todo = N_("name its column in the map, or write it in the base case (--base)")
    else:
        todo = N_("name its column in the map")
    return Problem(source.locate_key(at), what, todo)
