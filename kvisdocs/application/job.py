"""What a worker is handed and what it hands back. Plain values that can be sent to another machine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kvisdocs.application.outcome import Failure, Hold
from kvisdocs.cases.load import LoadedCase
from kvisdocs.problems import Problem
from kvisdocs.templating.documents import Document
from kvisdocs.templating.html import Assets
from kvisdocs.writers import WriterOutput

FileCheck = Callable[[LoadedCase, Document, Mapping[str, WriterOutput]], list[Problem]]
"""Reads a document's finished files, by format, against the case they are for; what it objects to holds them back.

Sent to a worker once, when it is set up: see `worker.warm_up`.
"""


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """A case that something is to be made of. Its text is read again when its turn comes; `digest` tells a change."""

    case_id: str
    file: Path
    digest: str
    municipality: str
    programme: str
    documents: tuple[Document, ...]
    data: bytes | None = None
    """Its text, where that can be read but once: from /dev/stdin, or the shell's <(…)."""
    related: Mapping[str, bytes] = field(default_factory=dict)
    """What goes with it (`LoadedCase.related`), as it was when the case was planned."""

    @property
    def along(self) -> tuple[str, ...]:
        """The names of the documents."""
        return tuple(document.name for document in self.documents)


@dataclass(frozen=True, slots=True)
class RunSettings:
    """What all jobs of a run share."""

    assets: Assets
    day: date
    formats: tuple[str, ...]
    strict: bool = False
    proven: bool = False
    """Whether no file may leave a worker that has no proofs."""
    document_limit_s: float = 120
    final: bool = False
    """Whether letters are made without UDKAST, since they were approved."""


@dataclass(frozen=True, slots=True)
class Job:
    """One case with the documents to make of it. Holds the case's text, so that no disk need be shared."""

    case_id: str
    file: str
    """The case file as messages name it."""
    data: bytes
    documents: tuple[Document, ...]
    settings: RunSettings
    along: tuple[str, ...] = ()
    """All documents that the run makes of the case, those that have not changed included."""
    related: Mapping[str, bytes] = field(default_factory=dict)
    """What goes with the case besides its own text."""

    @property
    def limit_s(self) -> float:
        """How long it may take before its worker is ended."""
        return self.settings.document_limit_s * len(self.documents)


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A finished file that its worker has put among the parts of the output folder, under a name of its own."""

    name: str
    sha256: str
    size: int
    messages: tuple[Problem, ...] = ()
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class JobResult:
    """One document as a worker made it: its files by format, or the problems that stopped it."""

    document: str
    files: Mapping[str, WriterOutput | StagedFile]
    problems: tuple[Problem, ...] = ()
    objections: tuple[Problem, ...] = ()
    """What speaks against sending it."""
    failure: Failure | None = None
    """Which kind of cause stopped it."""
    hold: Hold | None = None
    """Why it is to be held back, where there are objections."""
