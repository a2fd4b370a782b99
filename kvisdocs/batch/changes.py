"""Whether a document must be made, and why: its manifest's line against what is there today."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kvisdocs.batch.digests import DigestBook, find_change
from kvisdocs.batch.manifest import Manifest, Place, Record
from kvisdocs.batch.outcome import MadeFile, Outcome, Reason, Status
from kvisdocs.batch.places import Places
from kvisdocs.batch.plan import PlannedCase
from kvisdocs.cases.views import GLOBALS
from kvisdocs.problems import Position, Problem
from kvisdocs.templating.documents import Document

LOOK = "look at it, and move its files to {} if it may go"


@dataclass(frozen=True)
class Comparison:
    """Compares a run's documents with what an output folder holds."""

    book: DigestBook
    manifest: Manifest
    places: Places
    formats: tuple[str, ...]
    strict: bool = False
    again: bool = False
    _found: dict[tuple[str, str], Reason | Outcome] = field(default_factory=dict)

    def inputs(self, case: PlannedCase, document: Document, format: str) -> dict[str, str]:
        """The digests of all that a file of the document is made from."""
        parts = self.book.parts(document, case.municipality, case.programme, format)
        run = {"run": " ".join(case.along)} if "steps" in GLOBALS[document.audience] else {}
        return {"case": case.digest, **run, **parts}

    def read_inputs(self, cases: Iterable[PlannedCase]) -> None:
        """Take the digests of all that is common to several cases, before any worker reads the same files.

        A template that is changed after this may stand in some letters. Their digest is then the old one, so that the
        next run makes them again.
        """
        for case in cases:
            for document in case.documents:
                for format in self.formats:
                    self.book.parts(document, case.municipality, case.programme, format)

    def is_anything_to_make(self, cases: Iterable[PlannedCase]) -> bool:
        """Whether any document of these cases is to be made, or it cannot be said."""
        try:
            return any(isinstance(self.find_reason(case, each), Reason) for case in cases for each in case.documents)
        except OSError:
            return True

    def find_reason(self, case: PlannedCase, document: Document) -> Reason | Outcome:
        """Why it is to be made; or its outcome, where its files lie there as they would be made. Decided once a run."""
        key = case.case_id, document.name
        if key not in self._found:
            self._found[key] = self._find_reason(case, document)
        return self._found[key]

    def _find_reason(self, case: PlannedCase, document: Document) -> Reason | Outcome:
        record = self.manifest.records.get(self.manifest.key_of(case.case_id, document.name))
        if record is None or not all(format in record.files for format in self.formats):
            return Reason.NEW
        if self.again:
            return Reason.AGAIN
        for format in self.formats:
            if reason := find_change(record.files[format].inputs, self.inputs(case, document, format)):
                return reason
        if self.strict and any(record.files[format].remarks for format in self.formats):
            return Reason.STRICT
        return self._find_on_disk(case, record)

    def _find_on_disk(self, case: PlannedCase, record: Record) -> Reason | Outcome:
        self.places.recover(case.case_id, record)
        found = {format: self.places.find(case.case_id, record, format) for format in self.formats}
        if any(place is None for place in found.values()):
            there = all(self.places.exists(case.case_id, record, format) for format in self.formats)
            return Reason.OUTPUT_CHANGED if there else Reason.OUTPUT_MISSING
        if record.place is Place.READY and Place.HELD_BACK in found.values():
            self.places.take_back(case.case_id, record)
            found = dict.fromkeys(found, Place.READY)
        files = tuple(
            made_file(self.places, case.case_id, record, each, place or Place.READY) for each, place in found.items()
        )
        if Place.READY in found.values():
            return Outcome(case.case_id, record.document, Status.UNCHANGED, None, (), files)
        held = held_outcome(self.places, case.case_id, record, files, "an earlier run found it so")
        return replace(held, is_new=False)


def made_file(places: Places, case_id: str, record: Record, format: str, place: Place) -> MadeFile:
    """A file of a record, with the place it lies in."""
    made = record.files[format]
    path = places.path(case_id, record.document, format, place).relative_to(places.output)
    return MadeFile(format, path.as_posix(), made.sha256, made.size, made.pages)


def held_outcome(
    places: Places, case_id: str, record: Record, files: tuple[MadeFile, ...], why: str, *more: Problem
) -> Outcome:
    """The outcome of a document that is held back, with what to do about it."""
    path = places.path(case_id, record.document, files[0].format, Place.HELD_BACK)
    what = f"is held back: {record.hold} ({why})"
    problem = Problem(Position(str(path)), what, LOOK.format(places.output / case_id))
    return Outcome(case_id, record.document, Status.HELD_BACK, record.hold, (problem, *more), files)
