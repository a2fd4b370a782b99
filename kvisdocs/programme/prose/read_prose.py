"""Prose (Markdown) → sections of plain text, of which every sign knows where it stood.

The rules over sums and dates read one line of words, not Markdown: emphasis, escapes, links and web addresses are taken
away, and all white space, the no-break space too, is one blank.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from kvisdocs.programme.prose.prose import Block, Listing, Passage, Section, Table

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SIGNS = r"\]\((?:(?!\]\()[^)\s])*\)|<?\bhttps?://\S+|\bwww\.\S+|\\(?=[!-/:-@\[-`{-~])|[*`\[\]\u00ad\u200b\u2060\ufeff]|(?<!\w)_|_(?!\w)"
_DROPPED = re.compile(_SIGNS)
_DROPPED_WITH_MAIL = re.compile(rf"[\w.+-]{{1,64}}@[\w-]{{1,64}}\.[\w.-]+|{_SIGNS}")  # ten times slower
_RARE = ("|", ">", "`", "~", "<", "[")
"""What tables, quotations, fences, HTML and references begin with or hold."""
_WHITE = re.compile(r"(?:\s|&nbsp;)+")
_SIGN = re.compile("[]*`\\[\\\\_@&\u00ad\u200b\u2060\ufeff\u2011]")
_HEADING = re.compile(r"^#{1,6}(?=[ \t\n])", re.MULTILINE)
_CELL_BORDER = re.compile(r"(?<!\\)\|")


def find_parts(text: str) -> list[tuple[int, str]]:
    """A text in pieces that can be read one by one, each with its offset: cut before headings that begin with `#`.

    Such a line at the margin ends whatever is open (CommonMark 4.2), but for a fence, in which it is code.
    """
    cuts = [found.start() for found in _HEADING.finditer(text)] if "```" not in text and "~~~" not in text else []
    return [(start, text[start:end]) for start, end in pairwise([0, *cuts, len(text)]) if start < end]


def read_prose(text: str, start: int = 0) -> tuple[Section, ...]:
    """The sections of a text, or of the part of one that begins at `start`.

    The first has no heading unless the text begins with one.
    """
    reader = _Reader(text, start)
    for token in _parser(plain=not any(sign in text for sign in _RARE)).parse(text):
        reader.take(token)
    return reader.sections()


def read_line(text: str) -> tuple[Section, ...]:
    """A text that a document shows as one line, such as a title: its words, whatever sign they begin with."""
    words = _plain(text.rstrip(), range(len(text)))
    return (Section(None, (words,)),) if words.text else ()


def read_loosely(text: str) -> str:
    """All the words of a text in one line, with the marks of its lists and headings.

    Every passage that `read_prose` finds is a part of it, unless there is a table or a quotation.
    """
    return " ".join(without_signs(text).split())


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
    _found: list[Section] = field(default_factory=list)
    _heading: Passage | None = None
    _blocks: list[Block] = field(default_factory=list)
    _lists: list[tuple[Passage | None, list[Passage]]] = field(default_factory=list)
    _has_nested: bool = False
    _rows: list[tuple[Passage, ...]] | None = None
    _in_heading: bool = False

    def __post_init__(self) -> None:
        self._lines = self.text.splitlines(keepends=True)
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
            self._found.append(Section(self._heading, tuple(self._blocks)))
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
