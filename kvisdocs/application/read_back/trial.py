"""What the fields of a document say when it is made from other bytes of its case: the proof of an edit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lxml import html

from kvisdocs.application.generate import make_document
from kvisdocs.application.read_back.origin import Origin
from kvisdocs.application.read_back.word_text import plain
from kvisdocs.application.reading import find_case_reader
from kvisdocs.cases.load import LoadedCase
from kvisdocs.problems import KvisdocsError, Problem
from kvisdocs.templating.documents import Document, choose_documents, find_blockers, load_documents
from kvisdocs.templating.render import Renderer

Said = dict[tuple[str, int], str]
"""What a field says, by its name and the how-many-th it is of that name, without any white space."""


@dataclass
class Trial:
    """Makes one document of one case again and again."""

    renderer: Renderer
    document: Document
    day: date
    file: Path
    known: Sequence[Document]
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, origin: Origin, renderer: Renderer) -> "Trial":
        """For what a Word file was made from. Raises UnknownNameError for a document that there is not."""
        known = load_documents(renderer.assets)
        document = choose_documents([origin.document], known)[0]
        return cls(renderer, document, origin.day, origin.case, choose_documents([], known))

    def read(self, raw: bytes) -> LoadedCase | None:
        """The case; None where an error stops it, which is in `problems` then."""
        case, self.problems = find_case_reader(self.renderer.assets).read_bytes(raw, self.file)
        if case is not None and (blockers := find_blockers(case, self.document, self.day)):
            self.problems = blockers
            return None
        return case

    def make(self, case: LoadedCase) -> bytes:
        """The Word file. Raises KvisdocsError."""
        return make_document(case, self.document, self.day, ["docx"], self.renderer, along=self._along(case))[
            "docx"
        ].data

    def say(self, raw: bytes) -> Said | None:
        """What the fields say; None where the document cannot be made of these bytes."""
        case = self.read(raw)
        if case is None:
            return None
        try:
            document = self.renderer.render(case, self.document, self.day, self._along(case))
        except KvisdocsError:
            return None
        said: Said = {}
        counts: Counter[str] = Counter()
        for element in html.fromstring(document.text).iter("*"):
            name = " ".join(element.get("data-field", "").split())
            text = squeeze("".join(map(str, element.itertext())))
            if name and text:
                said[name, counts[name]] = text
                counts[name] += 1
        return said

    def _along(self, case: LoadedCase) -> tuple[str, ...]:
        """The documents that a run of this day makes of the case."""
        fit = (each.name for each in self.known if not find_blockers(case, each, self.day))
        return tuple(dict.fromkeys((*fit, self.document.name)))


def squeeze(text: str) -> str:
    """A text without white space and without signs that only say where a line may end."""
    return plain(text).replace(" ", "")
