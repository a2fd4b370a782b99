"""Prose as its rules read it: sections of plain text, of which every sign knows where it stood, and remarks on them.

The rules read one line of words, not Markdown: emphasis, escapes, links and web addresses are taken away, and all white
space, the no-break space too, is one blank.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING

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
    text: str = ""
    """The whole text that places count in."""

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


if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_NUMBER = re.compile(r"\d\d*")  # of which re looks for the first digit faster than for `\d+`
_SIGNS = r"\]\((?:(?!\]\()[^)\s])*\)|<?\bhttps?://\S+|\bwww\.\S+|\\(?=[!-/:-@\[-`{-~])|[*`\[\]\u00ad\u200b\u2060\ufeff]|(?<!\w)_|_(?!\w)"
_DROPPED = re.compile(_SIGNS)
_DROPPED_WITH_MAIL = re.compile(rf"[\w.+-]{{1,64}}@[\w-]{{1,64}}\.[\w.-]+|{_SIGNS}")  # ten times slower
_RARE = ("|", ">", "`", "~", "<", "[")
"""What tables, quotations, fences, HTML and references begin with or hold."""
_WHITE = re.compile(r"(?:\s|&nbsp;)+")
_SIGN = re.compile("[]*`\\[\\\\_@&\u00ad\u200b\u2060\ufeff\u2011]")
_HEADING = re.compile(r"^#{1,6}(?=[ \t\n])", re.MULTILINE)
_CELL_BORDER = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Glance:
    """A text, or a part of one, before its Markdown is read: what the screens of the rules look at.

    Every passage that `read_prose` finds is a part of its words, unless there is a table or a quotation.
    """

    text: str

    @cached_property
    def words(self) -> str:
        """All in one line, with the marks of its lists and headings."""
        return " ".join(without_signs(self.text).split())

    @cached_property
    def folded(self) -> str:
        """The words in small letters."""
        return self.words.casefold()

    @cached_property
    def numbers(self) -> int:
        """How many numbers there are."""
        return count_numbers(self.words)


def count_numbers(words: str) -> int:
    """How many numbers a text holds."""
    return len(_NUMBER.findall(words))


def find_parts(text: str) -> list[tuple[int, int]]:
    """Where the pieces of a text begin and end that can be read one by one: cut before headings that begin with `#`.

    Such a line at the margin ends whatever is open (CommonMark 4.2), but for a fence, in which it is code.
    """
    cuts = [found.start() for found in _HEADING.finditer(text)] if "```" not in text and "~~~" not in text else []
    return [(start, end) for start, end in pairwise([0, *cuts, len(text)]) if start < end]


def read_prose(text: str, start: int = 0, end: int | None = None) -> tuple[Section, ...]:
    """The sections of a text, or of a part of it. The first has no heading unless the part begins with one."""
    part = text[start:end]
    reader = _Reader(text, start, part.splitlines(keepends=True))
    for token in _parser(plain=not any(sign in part for sign in _RARE)).parse(part):
        reader.take(token)
    return reader.sections()


def read_line(text: str) -> tuple[Section, ...]:
    """A text that a document shows as one line, such as a title: its words, whatever sign they begin with."""
    words = _plain(text.rstrip(), range(len(text)))
    return (Section(None, (words,)),) if words.text else ()


def without_signs(text: str) -> str:
    """A text without Markdown's own signs but for those that begin a line; its white space is left as it is."""
    return _dropped(text).sub("", text).replace("\u2011", "-").replace("&nbsp;", " ") if _has_signs(text) else text


@cache
def _parser(plain: bool) -> "MarkdownIt":
    """For a `plain` text, one that does not ask of each line whether something begins that takes a sign of `_RARE`."""
    from markdown_it import MarkdownIt  # only where there is prose: what has none is checked at once

    # The words of a line are read here, so that its parser need not look at them.
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["inline", "text_join"])
    return parser.disable(["table", "blockquote", "fence", "html_block", "reference"]) if plain else parser


def _dropped(text: str) -> re.Pattern[str]:
    return _DROPPED_WITH_MAIL if "@" in text else _DROPPED


def _has_signs(text: str) -> bool:
    """Whether there may be something to take away but white space."""
    return _SIGN.search(text) is not None or "://" in text or "www." in text


def _plain(text: str, offsets: Sequence[int]) -> Passage:
    """One line of words without Markdown's own signs."""
    body = text.removesuffix("\n")
    if not _has_signs(body) and len(line := " ".join(body.split())) == len(body):  # each sign stays where it stands
        return Passage(line, offsets[: len(body)])
    dropped = {place for found in _dropped(text).finditer(text) for place in range(*found.span())}
    kept = [place for place in range(len(text)) if place not in dropped]
    line = "".join(text[place] for place in kept).replace("\u2011", "-")
    signs: list[str] = []
    places: list[int] = []
    at = 0
    for white in [*_WHITE.finditer(line), None]:
        end = white.start() if white else len(line)
        signs += line[at:end]
        places += [offsets[kept[place]] for place in range(at, end)]
        if white and signs and white.end() < len(line):
            signs.append(" ")
            places.append(offsets[kept[end]])
        at = white.end() if white else end
    return Passage("".join(signs), tuple(places))


@dataclass
class _Reader:
    """Walks over the tokens; keeps the section and the lists that are open."""

    text: str
    start: int
    _lines: list[str]
    _found: list[Section] = field(default_factory=list)
    _heading: Passage | None = None
    _blocks: list[Block] = field(default_factory=list)
    _lists: list[tuple[Passage | None, list[Passage]]] = field(default_factory=list)
    _has_nested: bool = False
    _rows: list[tuple[Passage, ...]] | None = None
    _in_heading: bool = False

    def __post_init__(self) -> None:
        self._starts = [self.start]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))

    def sections(self) -> tuple[Section, ...]:
        self._close()
        return tuple(self._found)

    def take(self, token: "Token") -> None:
        if token.type == "heading_open":
            self._in_heading = True
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            self._has_nested = bool(self._lists)
            self._lists.append((self._lead(), []))
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lead, items = self._lists.pop()
            self._blocks.append(Listing(lead, tuple(items), self._has_nested))
            self._has_nested = self._has_nested and bool(self._lists)
        elif token.type == "table_open":
            self._rows = []
        elif token.type == "tr_open" and self._rows is not None and token.map:
            self._rows.append(self._cells(token.map[0]))
        elif token.type == "table_close" and self._rows:
            head, *rows = self._rows
            self._blocks.append(Table(self._lead(), head, tuple(rows)))
            self._rows = None
        elif token.type == "inline" and self._rows is None and token.map:
            self._words(self._passage(token, *token.map))

    def _words(self, passage: Passage) -> None:
        if self._in_heading:
            self._close()
            self._heading, self._in_heading = passage, False
        elif self._lists:
            self._lists[-1][1].append(passage)
        else:
            self._blocks.append(passage)

    def _lead(self) -> Passage | None:
        last = self._blocks[-1] if self._blocks else self._heading
        return last if isinstance(last, Passage) and not self._lists else None

    def _close(self) -> None:
        if self._heading is not None or self._blocks:
            self._found.append(Section(self._heading, tuple(self._blocks), self.text))
        self._heading, self._blocks = None, []

    def _passage(self, token: "Token", first: int, end: int) -> Passage:
        """An inline's words. Its lines end those of the text, after a list's or a quotation's marks."""
        signs = ""
        ranges: list[range] = []
        for line, content in zip(range(first, end), token.content.split("\n"), strict=False):
            words = content.strip()
            start = self._starts[line] + max(0, self._lines[line].rfind(words))
            end_of_line = start + len(words) + 1
            if ranges and ranges[-1].stop == start:  # nothing stands between: one range does for both lines
                start = ranges.pop().start
            signs += words + "\n"
            ranges.append(range(start, end_of_line))
        return _plain(signs, ranges[0] if len(ranges) == 1 else list(chain.from_iterable(ranges)))

    def _cells(self, line: int) -> tuple[Passage, ...]:
        words, start = self._lines[line], self._starts[line]
        borders = [-1, *(found.start() for found in _CELL_BORDER.finditer(words)), len(words)]
        cells = [(left + 1, right) for left, right in pairwise(borders)]
        if not words[cells[0][0] : cells[0][1]].strip():
            cells = cells[1:]
        if cells and not words[cells[-1][0] : cells[-1][1]].strip():
            cells = cells[:-1]
        return tuple(_plain(words[a:b], range(start + a, start + b)) for a, b in cells)
