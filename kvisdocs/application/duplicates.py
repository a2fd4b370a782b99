"""The same person, or the same case number, in two cases: most often a copy of a case that somebody went on with."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from kvisdocs.cases.load import Case
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.yaml.source import Source, Step, scan_source
from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity, say_first

WORDS: dict[str, tuple[Message, tuple[Step, ...]]] = {
    "cpr": (N_("the CPR number"), ("citizen", "cpr")),
    "case_number": (N_("the case number"), ("case_number",)),
}
"""What only one case has: its name in messages, and where it stands."""

MOST_TOLD = 20
"""So many copies of one case are told of; the rest is counted."""

Identity = Mapping[str, str]
"""What only one case has, by the names of WORDS: as it stands there, or a digest of it."""


Sources = dict[Path, Source | None]
"""The files that were read a second time, to place what is told of them; None of one that cannot be."""


def find_identity(case: Case) -> dict[str, str]:
    """A citizen's CPR number, and the case number, which is a municipality's own. Of an item of a meeting, nothing."""
    if not isinstance(case, CitizenCase):
        return {}
    number = "".join(case.case_number.split()).casefold()
    return {"cpr": case.citizen.cpr, "case_number": f"{case.municipality} {number}"}


def find_duplicates(identities: Mapping[Path, Identity]) -> dict[Path, list[tuple[Path, list[str]]]]:
    """For each file that shares something with others, the others with what they share, in the order of the files."""
    holders: dict[tuple[str, str], list[Path]] = {}
    for file, identity in identities.items():
        for pair in identity.items():
            holders.setdefault(pair, []).append(file)
    found: dict[Path, dict[Path, list[str]]] = {}
    for (name, _), files in holders.items():
        for file in files if len(files) > 1 else ():
            for other in files:
                if other != file:
                    found.setdefault(file, {}).setdefault(other, []).append(name)
    return {file: list(found[file].items()) for file in identities if file in found}


def describe_duplicates(duplicates: Mapping[Path, Sequence[tuple[Path, list[str]]]]) -> Iterator[Problem]:
    """A warning at each file but the first of those that share something, with the place in the first; of many only
    some, and how many more there are.
    """
    order = {file: number for number, file in enumerate(duplicates)}
    sources: Sources = {}
    later: dict[Path, list[tuple[Path, list[str]]]] = {}
    for file, others in duplicates.items():
        first, names = min(others, key=lambda each: order[each[0]])
        if order[first] < order[file]:
            later.setdefault(first, []).append((file, names))
    for first, found in later.items():
        yield from say_first(found, partial(_tell, first, sources), MOST_TOLD)


def _tell(first: Path, sources: Sources, other: tuple[Path, list[str]]) -> Problem:
    file, names = other
    there = [N_("{number} of {place}", number=WORDS[name][0], place=_locate(first, name, sources)) for name in names]
    what = message("folder.cases.same_person", "has {numbers}", numbers=listed(there, N_("and")))
    todo = N_("delete the copy or correct the number; a run holds the letters of both back")
    return Problem(_locate(file, names[0], sources), what, todo, Severity.WARNING)


def name_others(others: Sequence[tuple[Path, list[str]]]) -> Message:
    """`the CPR number of cases/a.yaml`: with whom a case shares what, of many only the first."""
    first, names = others[0]
    numbers = listed([WORDS[name][0] for name in names], N_("and"))
    if len(others) == 1:
        return N_("{numbers} of {case}", numbers=numbers, case=first)
    return N_("{numbers} of {case} and {number} more", numbers=numbers, case=first, number=len(others) - 1)


def _locate(file: Path, name: str, sources: Sources) -> Position:
    return locate_again(file, WORDS[name][1], sources)


def locate_again(file: Path, path: tuple[Step, ...], sources: Sources, offset: int | None = None) -> Position:
    """Where a value, or a sign in it, stands; the file alone where it cannot be read a second time."""
    if file not in sources:
        try:
            sources[file] = scan_source(file) if file.is_file() else None
        except (KvisdocsError, OSError):
            sources[file] = None
    source = sources[file]
    if source is None:
        return Position(str(file))
    return source.locate(path) if offset is None else source.locate_in(path, offset)
