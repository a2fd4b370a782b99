"""Markdown slips in a text: a table's row with a cell too many, a table that is none, HTML, lists without their signs.

Markdown has no errors: what it does not know is printed as it was written, and what a table has no room for is not
printed at all (GitHub Flavored Markdown, 4.10). So the writer is told, at the very place.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from kvisdocs.messages import N_, message
from kvisdocs.programme.markdown.blocks import (
    count_cells,
    find_line_slips,
    find_lost_lines,
    find_row_slip,
    find_setext_slip,
    find_table_slips,
)
from kvisdocs.programme.markdown.inline import (
    MAX_PROSE,
    find_lonely_stars,
    find_signs,
    find_signs_in_plain,
    line_starts,
    mask_code,
    new_parser,
    quote,
)
from kvisdocs.programme.prose.prose import Remark

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


def find_markup_slips(text: str) -> tuple[Remark, ...]:
    """All remarks on a text that documents show as Markdown, in the order of their places."""
    if len(text) > MAX_PROSE:  # which no document prints
        return ()
    reader = _Reader(text.strip(), len(text) - len(text.lstrip()))
    return _sorted(reader.read())


def find_markup_slips_in_line(text: str) -> tuple[Remark, ...]:
    """All remarks on a text of which documents show the Markdown within a line, and all in one paragraph."""
    masked = mask_code(text)
    return _sorted([*find_signs(masked), *_stars(text, masked), *find_lost_lines(text)])


def find_markup_slips_in_plain(text: str) -> tuple[Remark, ...]:
    """All remarks on a text that documents show as it stands, in one paragraph."""
    return _sorted([*find_signs_in_plain(text), *find_lost_lines(text)])


def _sorted(signs: Iterable[Remark]) -> tuple[Remark, ...]:
    return tuple(sorted(dict.fromkeys(signs), key=lambda remark: remark.offset))


@cache
def _parser() -> "MarkdownIt":
    return new_parser().disable(["inline", "text_join"])  # a paragraph's own signs are looked for in its words


@cache
def _parser_of_lines() -> "MarkdownIt":
    return new_parser().disable("text_join")  # which would make text of the signs that are escaped


@dataclass(frozen=True, slots=True)
class _Lines:
    """A paragraph's lines without the marks of the list or quotation around it, and where each begins in the text."""

    text: str
    starts: tuple[int, ...]

    def places(self, signs: Iterable[Remark]) -> Iterator[Remark]:
        """The signs with their places in the whole text."""
        begins = line_starts(self.text.split("\n"))
        for sign in signs:
            line = bisect_right(begins, sign.offset) - 1
            yield replace(sign, offset=self.starts[line] + sign.offset - begins[line])


@dataclass
class _Reader:
    """Walks over the blocks of a text that begins at `start`."""

    text: str
    start: int
    _levels: list[int] = field(default_factory=list)
    """Those of the headings that the next may stand under."""
    _heading_by: str = ""
    """What makes the open heading one: its #, or the = or - below it."""
    _head: int | None = None
    """How many cells the head of the open table has."""
    _below_table: bool = False

    def __post_init__(self) -> None:
        self._lines = self.text.split("\n")
        self._starts = [self.start]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def read(self) -> Iterator[Remark]:
        environment: dict[str, dict[str, dict[str, list[int]]]] = {}
        for token in _parser().parse(self.text, environment):
            yield from self._take(token)
        references = environment.get("references", {})
        folded = self.text.casefold() if references else ""
        for label, found in references.items():
            if folded.count(f"[{label.casefold()}]") < 2:
                yield self._reference(found["map"][0])

    def _take(self, token: "Token") -> Iterator[Remark]:
        if token.type == "table_close":
            self._head, self._below_table = None, True
        elif not token.map:
            return
        elif token.type == "tr_open":
            yield from self._row(token.map[0])
        elif token.type == "heading_open":
            self._heading_by = token.markup
            yield from self._heading(int(token.tag[1]), token.map[0])
        elif token.type == "code_block":
            what = message(
                "markdown.code.by_blanks",
                "lines that begin with four blanks more are printed as they stand, as the code of a program",
            )
            yield Remark(self._begin(token.map[0]), what, N_("take the blanks away"))
        elif token.type == "inline" and self._head is None:
            yield from self._words(self._passage(token.content, token.map[0]))
            self._below_table, self._heading_by = False, ""

    def _words(self, lines: _Lines) -> Iterator[Remark]:
        masked = mask_code(lines.text)
        found = [*find_signs(masked), *_stars(lines.text, masked), *find_table_slips(masked, self._below_table)]
        if not self._heading_by:
            found += find_line_slips(masked)
        elif not self._heading_by.startswith("#"):
            found += find_setext_slip(masked, self._heading_by)
        if found:
            yield from lines.places(found)

    def _row(self, number: int) -> Iterator[Remark]:
        row, start = self._lines[number], self._starts[number]
        masked = mask_code(row)
        slip = None
        if self._head is None:
            self._head = count_cells(row)
        else:
            slip = find_row_slip(row, self._head)
        for sign in (*find_signs(masked), *_stars(row, masked), *filter(None, [slip])):
            yield replace(sign, offset=start + sign.offset)

    def _heading(self, level: int, line: int) -> Iterator[Remark]:
        """Levels are printed one below the other: one that is left out, or stands above the first, is not kept."""
        marks, top = "#" * level, self._levels[0] if self._levels else None
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        if self._levels and level > (above := self._levels[-1]) + 1:
            meant = "#" * (above + 1)
            what = message(
                "markdown.heading.level_left_out",
                '"{marks}" stands right under "{above}", and is printed as if it were "{meant}"',
                marks=marks,
                above="#" * above,
                meant=meant,
            )
            todo = N_("write {marks}, so that no level is left out", marks=meant)
            yield Remark(self._begin(line), what, todo)
        elif not self._levels and top is not None and level < top:
            what = message(
                "markdown.heading.above_first",
                'this heading, with "{marks}", is printed no larger than the first, with "{first}"',
                marks=marks,
                first="#" * top,
            )
            yield Remark(self._begin(line), what, N_("give the first heading of a text the highest level"))
        self._levels.append(level)

    def _reference(self, line: int) -> Remark:
        """An address that a link elsewhere in the text might name; one that none names is not printed at all."""
        what = message(
            "markdown.reference.not_printed",
            "{line} is not printed, since it only gives an address a name",
            line=quote(self._lines[line].strip()),
        )
        return Remark(self._begin(line), what, N_("write the link as [words](https://…)"))

    def _begin(self, line: int) -> int:
        words = self._lines[line]
        return self._starts[line] + len(words) - len(words.lstrip())

    def _passage(self, content: str, first: int) -> _Lines:
        """A paragraph's lines end those of the text, after a list's or a quotation's marks."""
        starts = []
        for number, line in enumerate(content.split("\n"), first):
            words, begun = line.strip(), len(line) - len(line.lstrip())
            starts.append(self._starts[number] + max(0, self._lines[number].rfind(words)) - begun)
        return _Lines(content, tuple(starts))


def _stars(text: str, masked: str) -> Iterator[Remark]:
    if "**" not in masked:
        return iter(())
    tokens = _parser_of_lines().parseInline(text)[0].children or []
    left = sum(token.content.count("**") for token in tokens if token.type == "text")
    return find_lonely_stars(masked, left)
