"""The examples that ship: their letter dates, after which none of them may tell of anything, and their documents."""

import fcntl
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from click.testing import CliRunner

from kvisdocs.application.reading import CaseReader
from kvisdocs.cases.load import LoadedCase, load_case
from kvisdocs.cases.model.values import MONTHS
from kvisdocs.cli.main import main
from kvisdocs.templating.documents import Document, find_blockers, load_documents
from kvisdocs.templating.html import Assets

EXAMPLES = Path(__file__).parents[1] / "cases_yaml"
TEMPLATES = EXAMPLES.parent / "templates"

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
    read, problems = CaseReader(Assets((TEMPLATES,))).read(path)
    assert read is not None, problems
    return read


@dataclass(frozen=True)
class MadeExamples:
    """Where the documents of the examples lie, as PDF and DOCX: `CASE/DOCUMENT.pdf`. To be read only."""

    unasked: Path
    on_request: Path
    """What a run makes only where it is asked for by its name."""

    def find(self, case: str, document: Document, ending: str) -> Path:
        """The file of one example's document."""
        return self._folder(case, document) / f"{document.name}.{ending}"

    def find_along(self, case: str, document: Document) -> tuple[str, ...]:
        """The documents that were made in the same run: a plan tells of the doctor's letter."""
        return tuple(sorted(path.stem for path in self._folder(case, document).glob("*.pdf")))

    def _folder(self, case: str, document: Document) -> Path:
        return (self.on_request if document.on_request else self.unasked) / case


def make_examples(base: Path) -> MadeExamples:
    """Every document of every example, below `base`; who comes first makes them, and who comes meanwhile waits."""
    made, whole = MadeExamples(base / "examples", base / "examples-on-request"), base / "examples-are-whole"
    with Path(base, "examples-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            _make_examples(made)
            whole.touch()
    return made


def _make_examples(made: MadeExamples) -> None:
    documents = [each for each in load_documents(Assets((TEMPLATES,))).values() if each.on_request]
    for day, files in examples_by_day().items():
        _render(files, day, made.unasked)
        for document in documents:
            if fit := [path for path in files if _is_fit(path, document, day)]:
                _render(fit, day, made.on_request, "-d", document.name)


def _is_fit(path: Path, document: Document, day: date) -> bool:
    loaded = load_example(path)
    return loaded.case.kind == document.kind and not find_blockers(loaded, document, day)


def _render(files: list[Path], day: date, output: Path, *options: str) -> None:
    command = ["render", *map(str, files), "--date", str(day), "-o", str(output), "--templates", str(TEMPLATES)]
    result = CliRunner().invoke(main, [*command, *options])
    assert result.exit_code == 0, result.output
