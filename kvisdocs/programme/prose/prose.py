"""What the rules over sums and dates read: sections of plain text, of which every sign knows where it stood.

Remarks on a text → problems at their places in the file, and how many of one text are said.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kvisdocs.cases.yaml.source import Source, Step
from kvisdocs.messages import Message
from kvisdocs.problems import Problem, Severity, say_first

_SENTENCE_END = re.compile(r"(?<=[.!?])[”\")]?\s+(?=[”\"(]?[A-ZÆØÅ])|(?<=[a-zæøå]{4}[.!?])\s+(?=\d)")
_GOES_ON = re.compile(
    r"(?:\b(?:nr|jf|ca|pr|pkt|kl|d|bl\.a|f\.eks|inkl|ekskl|stk|kap|tlf|hhv|evt|dr|vedr|maks)|\b[A-ZÆØÅ])\.$",
    re.IGNORECASE,
)


NEAR = 60
"""How many signs before a number may say what it is."""


NEXT_TO = 20
"""How many signs hold the one word and its little words that stand right before a number (`mindre end kr. `)."""


def before(text: str, at: int, near: int = NEAR) -> str:
    """The words just before a place: enough to know a number by, and no more, so that a long text takes no longer."""
    return text[max(0, at - near) : at]


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of a text: `offset` counts signs from its beginning, the rest is as in a `Problem`."""

    offset: int
    what: Message
    todo: Message
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Passage:
    """Words on one line. `offsets` says of each sign where it stands in the whole text."""

    text: str
    offsets: Sequence[int]

    def cut(self, start: int, end: int) -> "Passage":
        """The part from `start` to `end`."""
        return Passage(self.text[start:end], self.offsets[start:end])

    def remark(self, at: int, what: Message, todo: Message) -> Remark:
        """A remark on the sign at `at`."""
        return Remark(self.offsets[at], what, todo)

    def sentences(self) -> "tuple[Passage, ...]":
        """The sentences. A full stop after an abbreviation ends none unless it often does (`kr.`, `pct.`)."""
        return tuple(self.cut(*span) for span in self.sentence_spans())

    def sentence_spans(self) -> list[tuple[int, int]]:
        """Where each sentence begins and ends."""
        found, start = [], 0
        for end in _SENTENCE_END.finditer(self.text):
            if not _GOES_ON.search(self.text[max(0, end.start() - 12) : end.start()]):
                found.append((start, end.start()))
                start = end.end()
        return [*found, (start, len(self.text))]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: the words that lead to it, and its items. `nested` says that a list stands inside an item."""

    lead: Passage | None
    items: tuple[Passage, ...]
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the words above it, its head and its rows."""

    lead: Passage | None
    head: tuple[Passage, ...]
    rows: tuple[tuple[Passage, ...], ...]


Block = Passage | Listing | Table


@dataclass(frozen=True)
class Section:
    """A heading and all up to the next."""

    heading: Passage | None
    blocks: tuple[Block, ...]

    @property
    def paragraphs(self) -> tuple[Passage, ...]:
        """The paragraphs, in their order."""
        return tuple(block for block in self.blocks if isinstance(block, Passage))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every piece of text: heading, paragraphs, items and cells."""
        return tuple(self._passages())

    @cached_property
    def words(self) -> str:
        """All that the section says."""
        return " ".join(passage.text for passage in self.passages)

    def _passages(self) -> Iterator[Passage]:
        if self.heading is not None:
            yield self.heading
        for block in self.blocks:
            if isinstance(block, Passage):
                yield block
            elif isinstance(block, Listing):
                yield from block.items
            else:
                yield from (cell for row in (block.head, *block.rows) for cell in row)


MOST_REMARKS = 20
"""So many of one kind on one text are said, and the others counted.

To place one takes as long as the text before it is, so that to place all would take minutes where there are thousands.
"""


def place_remarks(source: Source, path: tuple[Step, ...], remarks: Iterable[Remark]) -> Iterator[Problem]:
    """The first remarks on the text at `path`, and how many more there are: errors by themselves, and warnings."""
    found = list(remarks)
    for severity in Severity if found else ():
        alike = [remark for remark in found if remark.severity is severity]
        yield from say_first(alike, lambda remark: _place(source, path, remark), MOST_REMARKS)


def _place(source: Source, path: tuple[Step, ...], remark: Remark) -> Problem:
    return Problem(source.locate_in(path, remark.offset), remark.what, remark.todo, remark.severity)
