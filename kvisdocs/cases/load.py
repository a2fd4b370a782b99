"""File → case, or every problem in it.

Characters that nobody sees are among them: yaml/forbidden_characters.py.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ValidationError

from kvisdocs.cases.meanings import find_meant_key
from kvisdocs.cases.model.agreements import AgreementRegister
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.model.meeting import CommitteeMeeting
from kvisdocs.cases.model.statistics import StatisticsAnnex
from kvisdocs.cases.old_words import with_new_words
from kvisdocs.cases.validation import unknown_key, validation_problems
from kvisdocs.cases.yaml.forbidden_characters import HIDDEN, describe_hidden
from kvisdocs.cases.yaml.source import Data, Source, Step, scan_bytes, scan_source
from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import KvisdocsError, Position, Problem, nearest, say_refusal, suggest


def find_hidden(source: Source) -> list[Problem]:
    """An error for each text and each key of a case with such a sign in it, where it stands; the first of each."""
    if "\\" not in source.text and not HIDDEN.search(source.text):
        return []  # nor is one written as \\u202e, so that most cases need no walk
    return [
        Problem(source.locate_in(path, found.start()), *describe_hidden(found[0]))
        for path, text in iter_texts(source.data, keys=True)
        if (found := HIDDEN.search(text))
    ]


def iter_texts(data: Data, path: tuple[Step, ...] = (), keys: bool = False) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Every text in a case's data with its path, in order; with `keys`, the keys of groups too."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from iter_texts(item, (*path, number), keys)
    elif isinstance(data, dict):
        for key, item in data.items():
            if keys:
                yield (*path, key), key
            yield from iter_texts(item, (*path, key), keys)


Case = CitizenCase | CommitteeItem | CommitteeMeeting | StatisticsAnnex | AgreementRegister

_SUFFIX = re.compile(r".\.ya?ml\Z", re.IGNORECASE | re.DOTALL)

KINDS: dict[
    str,
    type[CitizenCase] | type[CommitteeItem] | type[CommitteeMeeting] | type[StatisticsAnnex] | type[AgreementRegister],
] = {
    "citizen": CitizenCase,
    "committee": CommitteeItem,
    "meeting": CommitteeMeeting,
    "statistics": StatisticsAnnex,
    "agreements": AgreementRegister,
}
"""Each kind of case and its model."""

KIND_TITLES = {
    "citizen": "Borgersag",
    "committee": "Dagsordenspunkt",
    "meeting": "Udvalgsmøde",
    "statistics": "Statistik",
    "agreements": "Virksomhedsaftaler",
}
"""What each kind is called."""


FIGURES = "figures"
"""The name under which the figures of a case go, counted from other cases (`LoadedCase.related`)."""


@dataclass(frozen=True, slots=True)
class LoadedCase:
    """A case with the id it goes by (the file's stem) and the source that its problems point into."""

    id: str
    case: Case
    source: Source
    related: Mapping[str, bytes] = field(default_factory=dict)
    """What goes with it besides its own file, by name: the items of a meeting, figures."""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What could be read of a file: the case, if nothing is wrong; the source, if there was something to read."""

    case: LoadedCase | None
    source: Source | None
    problems: tuple[Problem, ...]


def find_case_files(paths: list[Path]) -> list[Path]:
    """The case files named, and those (`*.yaml`, `*.yml`) in the folders named, each once, sorted within a folder.

    What is no plain file but is called like a case is among them: to read it gives the problem. Raises KvisdocsError
    for a path that is not there, for a folder without cases, and for a folder that cannot be read.
    """
    found: dict[Path, None] = {}
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            inside, refused = _files_below(path)
            problems += refused
            if not inside and not refused:
                what = message("case.folder.empty", "the folder holds no case (*.yaml)")
                problems.append(Problem(Position(str(path)), what, N_("name another")))
            found.update(dict.fromkeys(inside))
        elif path.exists() or path.is_symlink():
            found[path] = None
        else:
            what = message("case.file.not_there", "there is no such file or folder")
            problems.append(Problem(Position(str(path)), what, N_("check the path")))
    if problems:
        raise KvisdocsError(problems)
    return list(found)


def _files_below(folder: Path) -> tuple[list[Path], list[Problem]]:
    """All that is called like a case in a folder and in those below, and the folders that cannot be looked into."""
    refused: list[Problem] = []

    def refuse(error: OSError) -> None:
        what = message("case.folder.unreadable", "cannot be looked into: {reason}", reason=say_refusal(error))
        refused.append(Problem(Position(str(error.filename)), what, N_("check its rights")))

    found = [
        f"{above}{os.sep}{name}"
        for above, _, names in os.walk(folder, onerror=refuse)
        for name in names
        if _SUFFIX.search(name)
    ]
    return sorted(map(Path, found), key=lambda path: path.parts), refused


def load_case(path: Path) -> LoadedCase:
    """Read and check one case; raises KvisdocsError with all its problems."""
    inspected = inspect_case(path)
    if inspected.case is None:
        raise KvisdocsError(inspected.problems)
    return inspected.case


def inspect_case(path: Path) -> ReadResult:
    """Read and check one case as far as it goes. Raises nothing: all problems of its form and its fields come back."""
    try:
        source = scan_source(path)
    except KvisdocsError as error:
        return ReadResult(None, None, error.problems)
    return inspect_source(path.stem, source)


def inspect_bytes(data: bytes, path: Path) -> ReadResult:
    """The case in a file's bytes, which the caller has read; otherwise as `inspect_case`."""
    try:
        source = scan_bytes(data, str(path))
    except KvisdocsError as error:
        return ReadResult(None, None, error.problems)
    return inspect_source(path.stem, source)


def inspect_source(case_id: str, source: Source) -> ReadResult:
    """The case in a source; otherwise as `inspect_case`."""
    source = with_new_words(source)
    try:
        case = check_source(source)
    except KvisdocsError as error:
        return ReadResult(None, source, error.problems)
    return ReadResult(LoadedCase(case_id, case, source), source, ())


def check_source(source: Source) -> Case:
    """The case in a source; raises KvisdocsError with all problems of its form and its fields, sorted by line."""
    source = with_new_words(source)
    problems = list(source.problems)
    kind, wrong = _find_kind(source)
    problems += wrong
    if kind is not None and isinstance(source.data, dict):
        try:
            case = KINDS[kind].model_validate({**source.data, "kind": kind})
        except ValidationError as error:
            problems += validation_problems(error, source, KINDS[kind])
        else:
            if not problems:
                return case
    raise KvisdocsError(problems)


def _find_kind(source: Source) -> tuple[str | None, list[Problem]]:
    """Which kind of case it is, and what is wrong with how it says so. A misspelt kind is seen by the other keys."""
    data = source.data
    if not isinstance(data, dict):
        if source.problems and data is None:
            return None, []
        if data is None:
            what = message("yaml.file.empty", "the file is empty")
        else:
            what = message("case.file.no_case", "the file does not hold a case")
        return None, [Problem(source.locate(()), what, N_("begin with kind: citizen or kind: committee"))]
    kind = data.get("kind")
    if isinstance(kind, str) and kind in KINDS:
        return kind, []
    meant = _guess_kind(data)
    model = KINDS[meant or "citizen"]
    if kind is None and (near := next((key for key in data if _is_meant_for_kind(key, model)), None)):
        return meant, [
            Problem(source.locate_key((near,)), unknown_key(near), N_('did you mean "{near}"?', near="kind"))
        ]
    if source.is_unreliable(("kind",)) or ("kind" not in data and () in source.spoilt):
        return meant, []
    if isinstance(kind, (dict, list)):
        what = message("case.kind.no_word", '"kind" should be one word')
    elif kind is None:
        what = message("case.kind.missing", '"kind" is missing')
    else:
        what = message("case.kind.unknown", '"kind" is "{kind}"', kind=kind)
    return meant, [Problem(source.locate(("kind",)), what, _suggest_kind(kind if isinstance(kind, str) else ""))]


def _is_meant_for_kind(key: str, model: type[BaseModel]) -> bool:
    return key not in model.model_fields and find_meant_key(key, model) == "kind"


def _suggest_kind(word: str) -> Message:
    """The kind that a word is nearly, or whose title begins so: `borger` is a citizen's case."""
    fold = word.strip().casefold()
    for kind, title in KIND_TITLES.items():
        if len(fold) > 2 and title.casefold().startswith(fold):
            return N_('did you mean "{near}"?', near=kind)
    shown = listed([f"{kind} ({title})" for kind, title in KIND_TITLES.items()])
    return suggest(word, KINDS) if nearest(word, KINDS) else N_("use one of: {names}", names=shown)


def _guess_kind(data: Mapping[str, object]) -> str | None:
    """The kind whose fields the file has, where they are enough to tell."""
    count = {kind: len(data.keys() & (model.model_fields.keys() - {"kind"})) for kind, model in KINDS.items()}
    likely = max(count, key=lambda kind: count[kind])
    return likely if count[likely] >= 3 and list(count.values()).count(count[likely]) == 1 else None
