"""A name in a case's texts that is nobody's in it, and somebody's in another case: left over from the one copied.

Looked for are citizens, whom a workplace names as its contact, and doctors of one case alone, by first and last name.
Whoever works for the municipality may be named anywhere.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import combinations
from pathlib import Path

from kvisdocs.application.duplicates import MOST_TOLD, Sources, locate_again
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.spellings.normalisation import fold_letters
from kvisdocs.cases.yaml.source import Data, Step
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Problem, Severity, say_first

Pair = tuple[str, str]
"""First and last name, by `fold_letters`."""

Place = tuple[tuple[Step, ...], int, str]
"""In which text a name stands, where in it, and how."""

CITIZEN, CONTACT, DOCTOR = N_("the citizen"), N_("the contact of the workplace"), N_("the doctor")

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'’-]*"
_RUN = re.compile(rf"{_CAPITAL}(?:,? (?:(?:von|van|de|af|la|el) )?{_CAPITAL})+")
_WORD = re.compile(_CAPITAL)
_LONGEST_RUN = 6
_GENITIVE = re.compile(r"(?:['’]s?|s)$")
_PEOPLE = {"citizen", "caseworker", "team", "gp", "signers"}
_NAME_KEYS = {"name", "party_name", "care_of", "called", "caseworker"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a case, by the names that tell: one for each last name."""

    role: Message
    pairs: frozenset[Pair]
    firm: str = ""


@dataclass(frozen=True, slots=True)
class NamesOfCase:
    """Who is in a case, whom the office may be, which firms, and who else its texts name and where."""

    persons: tuple[Person, ...]
    colleagues: frozenset[Pair]
    firms: frozenset[str]
    named: Mapping[Pair, Place]


def find_names(loaded: LoadedCase) -> NamesOfCase:
    """The names of a case that are to be compared with those of others."""
    case = loaded.case
    own: set[str] = set()
    found: list[tuple[Pair, Place]] = []
    _look(loaded.source.data, (), own, found)
    named: dict[Pair, Place] = {}
    for pair, place in found:
        if pair not in named and not own.issuperset(pair):
            named[pair] = place
    if not isinstance(case, CitizenCase):
        return NamesOfCase((), frozenset(), frozenset(), named)
    office = [case.caseworker.name, *(each.name for each in case.team)]
    colleagues = frozenset(pair for name in office for pair in _pairs_of(name))
    persons = tuple(_persons(case))
    return NamesOfCase(persons, colleagues, frozenset(each.firm for each in persons if each.firm), named)


def _look(data: Data, path: tuple[Step, ...], own: set[str], found: list[tuple[Pair, Place]]) -> None:
    """Gather the words of the case's own names, and what may be a name in all other texts."""
    for key, inner in data.items() if isinstance(data, dict) else enumerate(data if isinstance(data, list) else ()):
        if type(inner) is not str:
            if inner is not None:
                _look(inner, (*path, key), own, found)
        elif key in _NAME_KEYS or (path and path[0] in _PEOPLE):
            own.update(_split(inner))
        elif " " in inner and _RUN.search(inner):
            found += [(pair, ((*path, key), offset, shown)) for pair, offset, shown in _find_pairs(inner)]


def _persons(case: CitizenCase) -> Iterator[Person]:
    citizen = case.citizen
    first = [name for name in (_split(citizen.first_names)[:1], _split(citizen.called or "")[:1]) if name]
    pairs = frozenset((each[0], last) for each in first for last in _split(citizen.last_name))
    yield Person(CITIZEN, pairs)
    for firm in (case.employment.employer, case.return_plan.host if case.return_plan else None):
        if firm is not None:
            yield Person(
                CONTACT, _pairs_of(firm.contact.name) if firm.contact else frozenset(), fold_letters(firm.name)
            )
    if case.gp is not None:
        yield Person(DOCTOR, _pairs_of(case.gp.name))


def _pairs_of(name: str) -> frozenset[Pair]:
    words = _split(name)
    return frozenset({(words[0], words[-1])}) if len(words) > 1 else frozenset()


@lru_cache(maxsize=8192)
def _split(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[\w-]+", fold_letters(name)))


def _find_pairs(text: str) -> Iterator[tuple[Pair, int, str]]:
    """Every two words with capitals that may be first and last name: in `Mandag Lene Holm`, in `Holm, Lene`."""
    for run in _RUN.finditer(text):
        words = list(_WORD.finditer(run[0]))[:_LONGEST_RUN]
        for one, other in combinations(words, 2):
            start, shown = run.start() + one.start(), run[0][one.start() : other.end()]
            if "," in run[0][one.end() : other.start()]:
                one, other = other, one
            first, last = _fold(one[0]), _fold(other[0])
            yield (first, last), start, shown
            if (bare := _GENITIVE.sub("", last)) and bare != last:
                yield (first, bare), start, _GENITIVE.sub("", shown)


@lru_cache(maxsize=8192)
def _fold(word: str) -> str:
    return fold_letters(word)


Names = Mapping[Path, NamesOfCase]
Stray = tuple[Path, Pair, Path, Message]


def find_strays(names: Names) -> list[Stray]:
    """Each name that is another case's: the file, the name, whose file, and what the person is there."""
    colleagues = {pair for each in names.values() for pair in each.colleagues}
    known: dict[Pair, dict[Path, Person]] = {}
    for file, each in names.items():
        for person in each.persons:
            for pair in person.pairs - colleagues:
                known.setdefault(pair, {}).setdefault(file, person)
    return [
        (file, pair, *found)
        for file, each in names.items()
        for pair in each.named
        if pair in known and (found := _find_owner(known[pair], each, file))
    ]


def _find_owner(holders: Mapping[Path, Person], own: NamesOfCase, file: Path) -> tuple[Path, Message] | None:
    """The one whose name it is; None where it may well stand here: a doctor of several, somebody of the same firm."""
    if file in holders or any(each.firm and each.firm in own.firms for each in holders.values()):
        return None
    if len(holders) > 1 and all(each.role == DOCTOR for each in holders.values()):
        return None
    return next((other, person.role) for other, person in holders.items())


def describe_strays(names: Names) -> Iterator[Problem]:
    """A warning at each such name; of very many only some, and how many more there are."""
    yield from say_first(find_strays(names), partial(_tell, names, {}), MOST_TOLD)


def _tell(names: Names, sources: Sources, stray: Stray) -> Problem:
    file, pair, other, role = stray
    path, offset, shown = names[file].named[pair]
    what = message(
        "folder.text.stray_name",
        '"{name}" is nobody in this case, but {role} in {other}',
        name=shown,
        role=role,
        other=other,
    )
    todo = N_("write who is meant here; if it is another person of that name, all is well")
    return Problem(locate_again(file, path, sources, offset), what, todo, Severity.WARNING)
