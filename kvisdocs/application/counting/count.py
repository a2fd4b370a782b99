"""Case files → the sums of what is counted of them, by municipality and programme, and what is wrong with files.

Each file is read once, judged as `check` does, and forgotten: what comes back of a part of the files is its sums. No
facts of a case are kept on the disk, though that would save the reading: they say of one person what ails them, under
whatever digest they lie, and a case is read in a few milliseconds.
"""

import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kvisdocs.application.duplicates import find_identity
from kvisdocs.application.processes import share_out, unheard
from kvisdocs.application.reading import find_case_reader
from kvisdocs.application.recipient_check.identifying_data import IdentifyingMark, find_citizen_marks
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.agreements import AgreementRegister
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.messages import N_, message
from kvisdocs.problems import Position, Problem, Severity
from kvisdocs.programme.rules.rule_registry import load_programme
from kvisdocs.statistics.facts import find_facts
from kvisdocs.statistics.tally import Tally
from kvisdocs.templating.html import Assets

PART = 100
"""So many files at a time, after which those who wait see how far it is."""

Group = tuple[str, str]
"""A municipality's name, and a programme's."""


@dataclass
class CountedCases:
    """The sums of case files."""

    tallies: dict[Group, Tally] = field(default_factory=dict)
    cases: Counter[Group] = field(default_factory=Counter)
    """How many citizens' cases there are, counted or not visited."""
    faulty: int = 0
    """Files with an error, which count nowhere."""
    others: int = 0
    """Files that hold no citizen's case: items of a meeting and the like."""
    marks: dict[str, tuple[IdentifyingMark, ...]] = field(default_factory=dict, repr=False)
    """What tells each citizen, by the case's file, where the counter keeps it."""
    registers: list[AgreementRegister] = field(default_factory=list)
    """The registers of agreements with companies."""
    problems: list[Problem] = field(default_factory=list)
    """The errors, and cases that count twice."""
    warnings: int = 0
    """How many others there were, which `check` tells."""
    numbers: dict[str, Path] = field(default_factory=dict, repr=False)
    """The file of each case by a keyed digest of its number: a copy that somebody went on with would count twice."""

    def join(self, parts: Iterable["CountedCases"]) -> "CountedCases":
        """With those of other files."""
        for part in parts:
            for group, tally in part.tallies.items():
                self.tallies.setdefault(group, Tally()).join([tally])
            self.cases.update(part.cases)
            self.marks.update(part.marks)
            self.faulty += part.faulty
            self.others += part.others
            self.registers += part.registers
            self.problems += part.problems
            self.warnings += part.warnings
            for number, file in part.numbers.items():
                self.meet(number, file)
        return self

    def meet(self, number: str, file: Path) -> None:
        """A case with that number; a warning where there is another."""
        first = self.numbers.setdefault(number, file)
        if first != file:
            what = message("statistics.case.twice", "has the case number of {first}, and both are counted", first=first)
            todo = N_("delete the copy, or correct the number")
            self.problems.append(Problem(Position(str(file)), what, todo, Severity.WARNING))


@dataclass(frozen=True)
class CaseCounter:
    """What cases are counted by. The key lasts as long as one run."""

    assets: Assets
    on: date
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    with_marks: bool = False
    """Whether what tells each citizen is kept too: no paper with these figures may hold it."""

    def count(self, files: Sequence[Path]) -> CountedCases:
        """The sums of some files."""
        reader, counted = find_case_reader(self.assets, supplies=False), CountedCases()
        for file in files:
            loaded, problems = reader.read(file)
            counted.warnings += sum(each.severity is Severity.WARNING for each in problems)
            if loaded is None:
                counted.faulty += 1
                counted.problems += [each for each in problems if each.severity is Severity.ERROR]
            else:
                self._add(loaded, file, counted)
        return counted

    def _add(self, loaded: LoadedCase, file: Path, counted: CountedCases) -> None:
        case = loaded.case
        if isinstance(case, AgreementRegister):
            counted.registers.append(case)
            return
        if not isinstance(case, CitizenCase):
            counted.others += 1
            return
        if self.with_marks:
            counted.marks[loaded.source.file] = find_citizen_marks(case)
        programme = load_programme(case.programme, self.assets.folders)
        counted.meet(self._keyed(find_identity(case)["case_number"]), file)
        group = case.municipality, case.programme
        counted.cases[group] += 1
        counted.tallies.setdefault(group, Tally()).add(find_facts(case, programme, self.on, self._keyed))

    def _keyed(self, text: str) -> str:
        return hmac.new(self.key, text.encode(), hashlib.sha256).hexdigest()[:24]


def count_files(counter: CaseCounter, files: Sequence[Path], hear: Callable[[int], None] = unheard) -> CountedCases:
    """The sums of all files, in several processes for many. `hear` is told how many files more are through."""
    return CountedCases().join(share_out(counter.count, files, hear, PART))
