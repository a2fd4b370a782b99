"""The text inside a block: white space as CSS has it, and what holds it together (CSS Text 3, 4.1)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kvisdocs.writers.word.model.inlines import Bookmark, Control, Inline, LineBreak, Link, RunFormat, Text

_SPACES = re.compile(r"[ \t\r\n\f]+")
_BLANKS = re.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class Verbatim(Text):
    """Text whose spaces all count. `collapse` makes plain text of it."""


def transform(text: str, how: str) -> str:
    """`text-transform`, said in the text itself, as the PDF does: both files then hold the same letters."""
    match how:
        case "uppercase":
            return text.upper()
        case "lowercase":
            return text.lower()
        case "capitalize":
            return re.sub(r"\b\w", lambda found: found[0].upper(), text)
    return text


def collapse_text(text: str) -> str:
    """A text that stands alone in its block, as `collapse` has it."""
    return _SPACES.sub(" ", text).strip(" ")


def collapse(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Runs of white space become one space, across elements too; none is left at the ends of a line.

    A line break at the very end of a block makes no line of its own in CSS, and is taken away: in Word it would.
    """
    waiting = tuple(inlines)
    if len(waiting) == 1 and type(waiting[0]) is Text:  # a cell's, a short paragraph's: by far the most
        text = collapse_text(waiting[0].text)
        return (Text(text, waiting[0].format, waiting[0].style),) if text else ()
    out: list[Inline] = []
    _collapse_into(out, waiting, at_start=True)
    _strip_end(out)
    _drop_last_break(out)
    return tuple(_merge(out))


def is_blank(inlines: Iterable[Inline]) -> bool:
    """Whether nothing would show."""
    return all(
        isinstance(inline, Text) and not isinstance(inline, Verbatim) and not inline.text.strip(" \t\r\n\f")
        for inline in inlines
    )


def preserve(text: str, format: RunFormat, style: str | None, spaces: bool = True) -> list[Inline]:
    """`white-space: pre`: every line break counts, and every space too unless it is `pre-line`."""
    found: list[Inline] = []
    for number, line in enumerate(re.split("\r\n|[\r\n]", text)):
        if number:
            found.append(LineBreak())
        if line:
            found.append(Verbatim(line, format, style) if spaces else Text(_BLANKS.sub(" ", line), format, style))
    return found


def _collapse_into(out: list[Inline], inlines: Iterable[Inline], at_start: bool) -> bool:
    """Append collapsed inlines; returns whether a space that comes next would be swallowed."""
    for inline in inlines:
        match inline:
            case Verbatim():
                out.append(inline)
                at_start = False
            case Text():
                text = _SPACES.sub(" ", inline.text)
                text = text.removeprefix(" ") if at_start else text
                if text:
                    out.append(replace(inline, text=text))
                    at_start = text.endswith(" ")
            case Link() | Control():
                inside: list[Inline] = []
                at_start = _collapse_into(inside, inline.children, at_start)
                if inside:
                    out.append(replace(inline, children=tuple(inside)))
            case LineBreak():
                _strip_end(out)
                out.append(inline)
                at_start = True
            case Bookmark():
                out.append(inline)
            case _:
                out.append(inline)
                at_start = False
    return at_start


def _strip_end(out: list[Inline]) -> None:
    """Take the space off the last text, also inside a link or before a bookmark."""
    for at in range(len(out) - 1, -1, -1):
        last = out[at]
        if isinstance(last, Bookmark):
            continue
        left: list[Inline] = [last]
        if isinstance(last, Text) and not isinstance(last, Verbatim):
            text = last.text.removesuffix(" ")
            left = [replace(last, text=text)] if text else []
        elif isinstance(last, Link | Control):
            inside = list(last.children)
            _strip_end(inside)
            left = [replace(last, children=tuple(inside))] if inside else []
        out[at : at + 1] = left
        if left:
            return


def _drop_last_break(out: list[Inline]) -> None:
    for at in range(len(out) - 1, -1, -1):
        last = out[at]
        if isinstance(last, Link | Control):
            inside = list(last.children)
            _drop_last_break(inside)
            out[at : at + 1] = [replace(last, children=tuple(inside))] if inside else []
        elif isinstance(last, LineBreak):
            del out[at]
        if not isinstance(last, Bookmark):
            return


def _merge(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Neighbouring texts of one look as one run: what a secretary edits should not be cut into pieces."""
    waiting: list[str] = []
    look: tuple[RunFormat, str | None] | None = None
    for inline in inlines:
        own = (inline.format, inline.style) if isinstance(inline, Text) else None
        if look is not None and own != look:
            yield Text("".join(waiting), *look)
            waiting = []
        look = own
        if isinstance(inline, Text):
            waiting.append(inline.text)
        else:
            yield (
                replace(inline, children=tuple(_merge(inline.children)))
                if isinstance(inline, Link | Control)
                else inline
            )
    if look is not None:
        yield Text("".join(waiting), *look)
