"""The letter dates of the examples that ship: none of them may tell of what came after its letter."""

import re
from datetime import date
from functools import cache
from pathlib import Path

from kvisdocs.application.reading import CaseReader
from kvisdocs.cases.load import LoadedCase, load_case
from kvisdocs.cases.model.values import MONTHS
from kvisdocs.templating.html import Assets

EXAMPLES = Path(__file__).parents[1] / "cases_yaml"

_SAID = re.compile(r"# yaml-language-server: .*\n# Brevdato: (\d{1,2})\. ([a-z]+) (\d{4})\. ")


@cache
def letter_day(name: str) -> date:
    """The day on which an example's documents are made, by its id: what its first comment says."""
    said = _SAID.match(example(name).read_text(encoding="utf-8"))
    assert said is not None, f"the first comment of {name}.yaml does not say its letter date"
    return date(int(said[3]), MONTHS.index(said[2]) + 1, int(said[1]))


def examples_by_day() -> dict[date, list[Path]]:
    """The example files of each letter date."""
    found: dict[date, list[Path]] = {}
    for path in sorted(EXAMPLES.rglob("*.yaml")):
        found.setdefault(letter_day(path.stem), []).append(path)
    return found


@cache
def example(name: str) -> Path:
    """The example case of that name."""
    (path,) = EXAMPLES.rglob(f"{name}.yaml")
    return path


@cache
def load_example(path: Path) -> LoadedCase:
    """The case in a file; a meeting or an annex with what goes with it."""
    loaded = load_case(path)
    if loaded.case.kind not in {"meeting", "statistics"}:
        return loaded
    read, problems = CaseReader(Assets((EXAMPLES.parent / "templates",))).read(path)
    assert read is not None, problems
    return read
