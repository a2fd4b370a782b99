"""The rules of a programme by name, each file read whole or refused with every fault: what ships, and a folder's own.

The law behind these rules changes, so a rule is dated data: a new law is a new file, never a new number in the code.
docs/programmes.md tells how a file is written.
"""

import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kvisdocs.cases.validation import Form, validation_problems
from kvisdocs.cases.yaml.source import Source, Step, read_source
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, show_path, suggest
from kvisdocs.programme.rules.overlay import find_stray, lay_over, rules_of
from kvisdocs.programme.rules.rule_faults import find_faults
from kvisdocs.programme.rules.rules import Programme

_FORM = Form(N_("the file"), N_("see: kvisdocs docs programmes"))


def read_programme(file: Path, folders: Sequence[Path] = ()) -> tuple[Programme, Source]:
    """One rule file with those it is based on, and the source that problems point into.

    Raises KvisdocsError with every fault in it.
    """
    return _build([_scan(each) for each in _find_layers(file, folders)], file.stem)


def _scan(file: Path) -> Source:
    """One rule file as it stands, which holds keys, and the new word for an old one."""
    source = read_source(file, show_path(file))
    if not isinstance(source.data, dict):
        what = message("programme.file.no_rules", "the file holds no rules")
        if source.data is None:
            what = message("programme.file.empty", "the file is empty")
        raise KvisdocsError(Problem(source.locate(()), what, N_('begin with "name: …"; see: kvisdocs docs programmes')))
    if "reviewed_by" in source.data:
        what = message("programme.key.reviewed_by", '"reviewed_by" is now called "confirmed"')
        todo = N_("write confirmed: {{by: A. Jurist, on: 2026-11-02}}")
        raise KvisdocsError(Problem(source.locate_key(("reviewed_by",)), what, todo))
    return source


def _build(sources: Sequence[Source], stem: str) -> tuple[Programme, Source]:
    """The rules of the last file with those of the others laid over it, from the last to the first."""
    *above, source = sources
    faults = [Problem(source.locate(path), what, todo) for path, what, todo in find_stray(source)]
    if faults:
        raise KvisdocsError(faults)
    for each in reversed(above):
        source = lay_over(each, source)
    try:
        programme = Programme.model_validate(source.data)
    except ValidationError as error:
        raise KvisdocsError(validation_problems(error, source, Programme, _FORM)) from None
    faults = [Problem(source.locate(path), what, todo) for path, what, todo in find_faults(programme, stem)]
    if faults:
        raise KvisdocsError(faults)
    return programme, source


def _find_layers(file: Path, folders: Sequence[Path]) -> list[Path]:
    """The file, the one it is based on, and so on. A file may be based on the next one of its own name."""
    files = [file]
    while True:
        source = _scan_once(*_key(files[-1]))
        if "base" not in (rules := rules_of(source)):
            return files
        if not isinstance(base := rules["base"], str):
            what = message("programme.base.no_name", '"base" should be the name of a programme')
            raise KvisdocsError(Problem(source.locate_key(("base",)), what, N_("write one name, or delete the line")))
        found = [each for each in _candidates(base, folders) if base != files[-1].stem or each not in files]
        if not found:
            others = tuple(name for name in programme_names(folders) if name != files[-1].stem)
            error = UnknownProgramme(base, others)
            raise KvisdocsError(Problem(source.locate(("base",)), error.what, error.todo))
        if found[0] in files:
            what = message("programme.base.loop", "the base {name} leads back to this file", name=base)
            raise KvisdocsError(Problem(source.locate(("base",)), what, N_("name a base that has none of its own")))
        files.append(found[0])


def programme_schema() -> dict[str, Any]:
    """The schema of a rule file. One with a base need say no more than its name."""
    schema = Programme.model_json_schema()
    whole = schema.pop("required")
    overlay = {"if": {"required": ["base"]}, "then": {"required": ["name"]}, "else": {"required": whole}}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, **overlay}


__all__ = [
    "FOLDER",
    "Programme",
    "UnknownProgramme",
    "find_programme_file",
    "load_programme",
    "load_programmes",
    "locate_rule",
    "programme_names",
]

FOLDER = "programmes"
"""Where a templates folder keeps rule files of its own."""

_DATA = Path(__file__).parent.parent / "data"


class UnknownProgramme(KeyError):  # noqa: N818  (it is a KeyError, and reads as one)
    """No programme goes by that name. `name` is the one asked for, `known` the names there are."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.known = known

    @property
    def what(self) -> Message:
        """What is wrong."""
        return message("programme.name.unknown", 'there is no programme "{name}"', name=self.name)

    @property
    def todo(self) -> Message:
        """Which names there are."""
        return suggest(self.name, self.known)

    def __str__(self) -> str:
        return f"{self.what}; {self.todo}"

    def __reduce__(self) -> tuple[type["UnknownProgramme"], tuple[str, tuple[str, ...]]]:
        return UnknownProgramme, (self.name, self.known)


def programme_names(folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """The names that `programme:` in a case may have, sorted; `folders` are templates folders."""
    return tuple(sorted({name for folder in _places(folders) for name in _names_in(folder)}))


def _names_in(folder: Path) -> list[str]:
    try:
        return [file.removesuffix(".yaml") for file in os.listdir(folder) if file.endswith(".yaml")]  # noqa: PTH208
    except OSError:  # no such folder, or one that may not be read
        return []


def load_programme(name: str, folders: Sequence[Path] = ()) -> Programme:
    """The programme of that name; one in a templates folder wins over the one that ships. Kept until its file changes.

    Raises UnknownProgramme, which lists the names, and KvisdocsError with every fault in the rule file.
    """
    return _read(find_programme_file(name, folders), folders)[0]


def load_programmes(folders: Sequence[Path] = ()) -> list[Programme]:
    """All programmes that are sound, sorted by name. One with a fault is passed over: it is named where it is used."""
    found = []
    for name in programme_names(folders):
        try:
            found.append(load_programme(name, folders))
        except KvisdocsError:
            continue
    return found


def locate_rule(name: str, path: tuple[Step, ...], folders: Sequence[Path] = ()) -> Position:
    """Where a rule stands in its file; raises as `load_programme`."""
    return _read(find_programme_file(name, folders), folders)[1].locate(path)


def find_programme_file(name: str, folders: Sequence[Path] = ()) -> Path:
    """The rule file of that name. Raises UnknownProgramme."""
    file = next(_candidates(name, folders), None)
    if file is None:
        raise UnknownProgramme(name, programme_names(folders))
    return file


def _candidates(name: str, folders: Sequence[Path]) -> Iterator[Path]:
    """The rule files of that name, the one that wins first."""
    own = (_find_own_file(name, folder) for folder in folders)
    yield from (file for file in own if file is not None)
    if name in (shipped := _shipped()):
        yield shipped[name]


def _find_own_file(name: str, folder: Path) -> Path | None:
    """Looked for before it is listed, since every case asks; listed, since some disks take `KVIS` for `kvis`."""
    if not os.path.isfile(f"{folder}/{FOLDER}/{name}.yaml"):  # noqa: PTH113
        return None
    return folder / FOLDER / f"{name}.yaml" if name in _names_in(folder / FOLDER) else None


@cache
def _shipped() -> dict[str, Path]:
    return {name: _DATA / f"{name}.yaml" for name in _names_in(_DATA)}


def _places(folders: Sequence[Path]) -> list[Path]:
    return [*(folder / FOLDER for folder in folders), _DATA]


def _read(file: Path, folders: Sequence[Path]) -> tuple[Programme, Source]:
    return _build_once(tuple(_key(each) for each in _find_layers(file, folders)))


Key = tuple[Path, int, str]
"""A file, when it was changed, and the folder we are in: the last two tell one reading from another."""


def _key(file: Path) -> Key:
    return file, os.stat(file).st_mtime_ns, os.getcwd()  # noqa: PTH109, PTH116


@cache
def _scan_once(file: Path, changed_ns: int, here: str) -> Source:
    return _scan(file)


@cache
def _build_once(layers: tuple[Key, ...]) -> tuple[Programme, Source]:
    return _build([_scan_once(*each) for each in layers], layers[0][0].stem)


def describe_standing(programme: Programme) -> tuple[Message, Message] | None:
    """What to say, and to do, about rules that stand for a law and that nobody has confirmed; else None."""
    if programme.legal_notice is None or programme.confirmed is not None:
        return None
    what = message(
        "programme.rules.not_confirmed", "these rules are not legal advice: they were gathered from public pages"
    )
    if programme.not_found is not None:
        what = message(
            "programme.rules.partly_not_found",
            "these rules are not legal advice: they were gathered from public pages, and this was not found: {law}",
            law=programme.not_found,
        )
    return what, N_(
        'let a jurist confirm them, and write "confirmed: …" in templates/programmes (see: kvisdocs docs programmes)'
    )
