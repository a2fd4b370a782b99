"""An output folder that is only looked at, without its lock: also while a run is at work in it."""

from dataclasses import replace
from pathlib import Path

from kvisdocs.application.store.manifest import ManifestReader, Place, Record
from kvisdocs.application.store.output_store import OWN, OutputStore


class OutputView(OutputStore):
    """Tells where files lie and what would stay. What an `OutputStore` sets right on the way it leaves as it is."""

    @property
    def manifest(self) -> ManifestReader:
        """What lies there, as it was written down."""
        return self._manifest

    def _prepare(self) -> None:
        """Nothing: there may be no folder yet, and what is final is read when somebody asks."""

    def recover(self, case_id: str, record: Record) -> None:
        """Nothing: only who holds the lock may."""

    def come_home(self, case_id: str, record: Record) -> Record:
        """The record as it is."""
        return record

    def take_back(self, case_id: str, record: Record) -> Record:
        """The record as it would be."""
        return replace(record, place=Place.READY)


def look_into(output: Path, overwrite: bool = False) -> OutputView:
    """The folder as it is now, with its manifest; an empty one where there is none. Raises OSError, KvisdocsError."""
    return OutputView(output, ManifestReader(output / OWN), overwrite)
