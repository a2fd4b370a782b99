"""What `check` says beside the problems: which documents a run on a day would leave out. Nothing is made for it."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import click

from kvisdocs.batch.exclusions import LeftOut, find_left_out, join_notes
from kvisdocs.batch.outcome import Exclusion
from kvisdocs.batch.reading import CaseReader
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cli.report import FEW, show_problems
from kvisdocs.problems import Problem
from kvisdocs.templating.documents import Document


@dataclass(frozen=True)
class Foretold:
    """What would be left out: how many, how often by which rule; as JSON, or as notes where they are few."""

    number: int
    counts: Mapping[str, Counter[Exclusion]]
    notes: tuple[Problem, ...] = ()
    lines: tuple[bytes, ...] = ()

    @classmethod
    def join(cls, parts: Iterable["Foretold"]) -> "Foretold":
        """What several heard, as if one had heard all."""
        parts = list(parts)
        counts: dict[str, Counter[Exclusion]] = {}
        for part in parts:
            for name, found in part.counts.items():
                counts.setdefault(name, Counter()).update(found)
        number = sum(part.number for part in parts)
        notes = tuple(note for part in parts for note in part.notes) if number <= FEW else ()
        lines = tuple(line for part in parts for line in part.lines)
        return cls(number, counts, notes, lines)

    def show_notes(self) -> None:
        """What is left out, one by one: as JSON on standard output, or, if it is little, on standard error."""
        for line in self.lines:
            click.echo(line)
        if self.number <= FEW:
            show_problems(join_notes(self.notes))

    def show_counts(self) -> None:
        """`left out if made today: 3 gp-letter (2 no consent, 1 no GP), 1 return-plan (no employer)`, or nothing."""
        if not self.number:
            return
        said = ", ".join(
            f"{counts.total()} {name} ({_reasons(counts)})" for name, counts in sorted(self.counts.items())
        )
        where = "; --json lists them" if self.number > FEW else ""
        click.echo(f"left out if made today: {said}{where}", err=True)


@dataclass
class Foretelling:
    """Hears of case after case. `as_json` has each placed; else none but those listed, for it takes time."""

    documents: Sequence[Document]
    day: date
    reader: CaseReader
    as_json: bool = False
    _found: list[LeftOut] = field(default_factory=list)
    _counts: dict[str, Counter[Exclusion]] = field(default_factory=dict)
    _number: int = 0
    _lines: list[bytes] = field(default_factory=list)

    def hear(self, loaded: LoadedCase) -> None:
        """A case that has no error."""
        for each in find_left_out(loaded, self.documents, self.day, self.reader.profile):
            self._number += 1
            self._counts.setdefault(each.document.name, Counter())[each.reason] += 1
            if self.as_json:
                self._lines += _as_json(each)
            elif self._number <= FEW:
                self._found.append(each)

    def told(self) -> Foretold:
        """All that was heard. Of more than are listed there are no notes."""
        found = self._found if self._number <= FEW else ()
        notes = tuple(note for each in found for note in each.notes())
        return Foretold(self._number, self._counts, notes, tuple(self._lines))


def _reasons(counts: Counter[Exclusion]) -> str:
    if len(counts) == 1:
        return str(next(iter(counts)))
    return ", ".join(f"{number} {reason}" for reason, number in counts.most_common())


def _as_json(left_out: LeftOut) -> list[bytes]:
    more = {"document": left_out.document.name, "reason": left_out.reason.name.lower()}
    said = [json.dumps({**note.as_dict(), **more}, ensure_ascii=False) for note in left_out.notes()]
    return [line.encode("utf-8", "backslashreplace") for line in said]
