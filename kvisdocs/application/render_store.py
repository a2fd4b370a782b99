"""The output folder as `render` uses it: what it makes is written down there as a run's is, so that both know it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kvisdocs.application.job import PlannedCase
from kvisdocs.application.outcome import Kept, Outcome
from kvisdocs.application.store.atomic_files import cannot_write
from kvisdocs.application.store.change_detection import ChangeDetector
from kvisdocs.application.store.digests import DigestBook
from kvisdocs.application.store.kept_files import tell_kept
from kvisdocs.application.store.output_store import Finished
from kvisdocs.application.store.session import Session, open_output
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.problems import Problem
from kvisdocs.templating.documents import Document
from kvisdocs.templating.html import Assets
from kvisdocs.writers import WriterOutput

PATIENCE_S = 30
"""For another `render` that is at work in the same folder."""


@dataclass(frozen=True)
class Store:
    """An output folder that is open for one call of `render`."""

    session: Session
    changes: ChangeDetector

    def plan(self, case: LoadedCase, raw: bytes, documents: Iterable[Document]) -> PlannedCase:
        """The case with what is made of it. `raw` are its file's bytes."""
        digest = self.session.manifest.keyed(raw)
        programme = case.case.programme if isinstance(case.case, CitizenCase) else ""
        file = Path(case.source.file)
        return PlannedCase(case.id, file, digest, case.case.municipality, programme, tuple(documents))

    def find_kept(self, case: PlannedCase, document: Document) -> Outcome | None:
        """The outcome of a finished document of which nothing but the letter date is another. Raises KvisdocsError."""
        try:
            found = self.changes.find_reason(case, document)
        except OSError as error:
            raise cannot_write(self.session.store.output / case.case_id, error) from None
        return found if isinstance(found, Outcome) and found.reason is Kept.DATE else None

    def put(
        self, case: PlannedCase, document: Document, written: Mapping[str, WriterOutput]
    ) -> tuple[list[Path], list[Problem]]:
        """Put a document in its place: where its files are, and what is said of those that must stay. Raises
        KvisdocsError; then none of them is in its place.
        """
        store, manifest = self.session.store, self.session.manifest
        record = self.changes.record(case, document, written, by_hand=True)
        data = {format: file.data for format, file in written.items()}
        for error in store.put([Finished(case.case_id, record, data)]).values():
            raise error
        record = manifest.records[record.key]
        paths = [store.path_of(case.case_id, record, format) for format in written]
        return paths, list(tell_kept(store, case.case_id, record, list(written)))


@contextmanager
def open_store(
    output: Path, assets: Assets, day: date, formats: Sequence[str], strict: bool, overwrite: bool, redate: bool
) -> Iterator[Store]:
    """The folder, for this call alone. Raises KvisdocsError where it cannot be had."""
    with open_output(output, overwrite, PATIENCE_S) as session:
        session.store.sweep()
        book = DigestBook(assets, day)
        changes = ChangeDetector(book, session.manifest, session.store, tuple(formats), strict, redate=redate)
        yield Store(session, changes)


def without(case: PlannedCase, names: Iterable[str]) -> PlannedCase:
    """The case with only those of its documents."""
    return replace(case, documents=tuple(each for each in case.documents if each.name in set(names)))
