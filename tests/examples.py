"""The letter dates of the examples that ship: none of them may tell of what came after its letter."""

from datetime import date
from pathlib import Path

from kvisdocs.cases.citizen import CitizenCase
from kvisdocs.cases.load import Case, load_case

EXAMPLES = Path(__file__).parents[1] / "cases_yaml"
PAPERS = date(2012, 11, 14)
"""The day of Herning's paper, for the examples of those years."""
AUTUMN = date(2026, 11, 22)
"""For the examples of autumn 2026."""


def letter_day(case: Case) -> date:
    """The day on which an example's documents are made."""
    begun = case.sickness.first_day if isinstance(case, CitizenCase) else case.meeting.date
    return PAPERS if begun <= PAPERS else AUTUMN


def examples_by_day() -> dict[date, list[Path]]:
    """The example files of each letter date."""
    found: dict[date, list[Path]] = {PAPERS: [], AUTUMN: []}
    for path in sorted(EXAMPLES.rglob("*.yaml")):
        found[letter_day(load_case(path).case)].append(path)
    return found


def example(name: str) -> Path:
    """The example case of that name."""
    (path,) = EXAMPLES.rglob(f"{name}.yaml")
    return path
