"""The cases that letters were made of, read again: each once, and whether it is still what the letter was made of."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kvisdocs.application.journal.letters import LetterStatus
from kvisdocs.application.reading import CaseReader, find_files
from kvisdocs.application.store.change_detection import digest_case
from kvisdocs.application.store.manifest import ManifestReader
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.yaml.source import read_raw
from kvisdocs.problems import Problem


@dataclass
class LetterCases:
    """Reads the cases of letters in one output folder."""

    output: Path
    manifest: ManifestReader
    reader: CaseReader
    folder: Path | None = None
    """Where the cases are now, if not where they were."""
    _read: dict[Path, tuple[bytes, LoadedCase | None, list[Problem]]] = field(default_factory=dict)
    _files: dict[str, Path] | None = None

    def find(self, letter: LetterStatus) -> Path:
        """Where the letter's case is, or would be."""
        if self.folder is None:
            return (self.output / letter.made.details.get("source", "")).resolve()
        if self._files is None:
            self._files = {each.stem: each for each in find_files([self.folder])[0]}
        return self._files.get(letter.case_id, self.folder / f"{letter.case_id}.yaml")

    def read(self, file: Path) -> tuple[bytes, LoadedCase | None, list[Problem]]:
        """Its bytes, the case, and what is to be said of it. Raises KvisdocsError where the file cannot be read."""
        if file not in self._read:
            raw, _ = read_raw(file, str(file))
            self._read[file] = (raw, *self.reader.read_bytes(raw, file))
        return self._read[file]

    def read_others(self, case: LoadedCase, file: Path) -> Iterator[LoadedCase]:
        """The other cases of the folder in which a case's file is, as far as they can be read."""
        for each in find_files([self.folder or file.parent])[0]:
            other = self.read(each)[1]
            if other is not None and other.id != case.id:
                yield other

    def is_changed(self, letter: LetterStatus, case: LoadedCase, raw: bytes) -> bool:
        """Whether the case, or what goes with it, is another than it was when the letter was made."""
        now = digest_case(self.manifest, self.manifest.keyed(raw), case.related)
        return any(letter.made.made_from.get(part) != now.get(part) for part in ("case", "figures", "related"))
