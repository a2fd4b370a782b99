"""What a run is to make: as the form asks it, and as `kvisdocs batch` is told it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from kvisdocs.application.processes import count_processors
from kvisdocs.application.reading import find_files
from kvisdocs.batch.run_service import RunRequest
from kvisdocs.cases.load import KIND_TITLES
from kvisdocs.cases.model.base import FieldError
from kvisdocs.cases.model.values import parse_date
from kvisdocs.desk.clock import today
from kvisdocs.desk.folder import Folder
from kvisdocs.desk.pages import say, say_day
from kvisdocs.desk.services import Services
from kvisdocs.templating.documents import Document

FORMATS = {"pdf": "PDF", "docx": "Word"}
"""What can be asked for here, by its name in the form."""

REPORT = "run.html"
"""The report's file, in the output folder."""


@dataclass(frozen=True)
class Choices:
    """What there is to choose from."""

    folders: tuple[str, ...]
    municipalities: tuple[str, ...]
    documents: tuple[Document, ...]

    @property
    def kinds(self) -> dict[str, list[Document]]:
        """The documents by the kind of their cases."""
        found = {kind: [each for each in self.documents if each.kind == kind] for kind in KIND_TITLES}
        return {kind: documents for kind, documents in found.items() if documents}


@dataclass(frozen=True)
class Choice:
    """What was chosen; empty stands for all there is."""

    folder: str = ""
    municipality: str = ""
    kind: str = ""
    documents: tuple[str, ...] = ()
    formats: tuple[str, ...] = tuple(FORMATS)
    day: str = ""
    """The letter date as it was written."""

    @classmethod
    def first(cls, choices: Choices, unfinished: date | None) -> "Choice":
        """What stands in the form at first: what a run makes by itself, with the date of one that was broken off."""
        names = tuple(each.name for each in choices.documents if not each.on_request)
        return cls(documents=names, day=say_day(unfinished or today()))

    @classmethod
    def of(cls, sent: Sequence[tuple[str, str]], choices: Choices) -> "Choice":
        """The choice in a form. What is not offered counts as not chosen."""
        fields = dict(sent)
        asked = {(name, value) for name, value in sent}
        return cls(
            _one_of(fields.get("mappe", ""), choices.folders),
            _one_of(fields.get("kommune", ""), choices.municipalities),
            _one_of(fields.get("art", ""), choices.kinds),
            tuple(each.name for each in choices.documents if ("dokument", each.name) in asked),
            tuple(name for name in FORMATS if ("format", name) in asked),
            fields.get("dato", "").strip()[:40],
        )

    def find_faults(self, choices: Choices) -> list[str]:
        """What is wrong with it, in Danish."""
        faults = []
        if not self._names(choices):
            faults.append("Vælg mindst ét dokument af den art sager, der skal køres.")
        if not self.formats:
            faults.append("Vælg PDF, Word eller begge dele.")
        try:
            self._date()
        except FieldError as error:
            faults.append(f"Brevdatoen: {say(error.what)}. Skriv den som {say_day(today())}.")
        return faults

    def order(self, services: Services, choices: Choices) -> RunRequest:
        """What `batch` is told. Only for a choice without faults."""
        folder = services.folder
        return RunRequest(
            paths=_find_paths(folder, self.folder),
            names=self._names(choices),
            formats=self.formats,
            output=services.output,
            day=self._date(),
            today=today(),
            worker_count=count_processors(),
            scribe=services.user_scribe,
            municipalities=(self.municipality,) if self.municipality else (),
            assets=services.assets,
            time_limit=services.maker.seconds,
        )

    def _names(self, choices: Choices) -> tuple[str, ...]:
        fitting = [each for each in choices.documents if self.kind in {"", each.kind}]
        return tuple(each.name for each in fitting if each.name in self.documents)

    def _date(self) -> date:
        found = parse_date(self.day)
        assert isinstance(found, date)
        return found


def find_choices(services: Services) -> Choices:
    """What there is to choose from now."""
    reviews = services.reviews.all(today())
    folders = {str(above) for file, _ in reviews for above in PurePosixPath(file.name).parents} - {"."}
    municipalities = {review.municipality for _, review in reviews} - {""}
    return Choices(tuple(sorted(folders)), tuple(sorted(municipalities)), services.maker.documents)


def _one_of(word: str, known: Sequence[str] | dict[str, list[Document]]) -> str:
    return word if word in known else ""


def _find_paths(folder: Folder, name: str) -> tuple[Path, ...]:
    """The folder; or each of its files, where a link in it leads out: what is not shown must not be made."""
    root = folder.root / name if name else folder.root
    own = [file.path for file in folder.look() if file.path.is_relative_to(root)]
    files, _ = find_files([root])
    return (root,) if len(own) == len(files) else tuple(own)
