"""How a text is written as a YAML scalar, so that it is read back as the same text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

NOTHING = {"", "~", "null", "Null", "NULL"}
_NOT_RAW = re.compile("[\n\r\x85\u2028\u2029\ufeff]")
"""What ends a line for YAML, and the byte-order mark: these stand in a line only as escapes."""

_NOT_IN_BLOCK = re.compile("[\r\x85\u2028\u2029\ufeff]")
_SPECIAL_START = re.compile(r"""[,\[\]{}#&*!|>'"%@`]|[-?:](?:\s|$)|---|\.\.\.|0\d+$""")
_SPECIAL = re.compile(r":\s|\s#|:$")
_SPECIAL_IN_FLOW = re.compile(r"[,\[\]{}]|[-?:]$|:")
_ESCAPES = {
    "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\x85": "\\N", "\u2028": "\\L", "\u2029": "\\P",
    "\ufeff": "\\uFEFF",
}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A value as it stands behind its key or hyphen, and the lines below, with their indents."""

    inline: str
    body: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a value is to stand: in brackets or not, and the columns of its key or hyphen and of lines below it."""

    flow: bool
    parent: int = 0
    body: int = 2
    width: int = 100


def write_scalar(value: str | None, place: Place, style: str = "") -> Iterator[Written]:
    """All ways to write a text, the best first: as it was written before, else as simply as can be."""
    if value is None:
        yield Written("null" if place.flow else "")
        return
    several = "\n" in value
    if style == ">" and _fits_folded(value, place):
        yield _folded(value, place)
    if (style == "|" or several) and _fits_block(value, place):
        yield _literal(value, place)
    if style in {"'", '"'} and not several:
        yield Written(_quote(value, style))
    if is_plain(value, place.flow):
        yield Written(value)
    if not several:
        yield Written(_quote(value, "'" if '"' in value or "\\" in value else '"'))
    yield Written(_quote(value, '"'))


def is_plain(value: str, flow: bool) -> bool:
    """Whether a text may stand without quotes."""
    return not (
        value in NOTHING
        or value != value.strip()
        or _NOT_RAW.search(value)
        or "\t" in value
        or _SPECIAL_START.match(value)
        or _SPECIAL.search(value)
        or (flow and _SPECIAL_IN_FLOW.search(value))
    )


def write_key(key: str, flow: bool) -> str:
    """A key."""
    return key if is_plain(key, flow) and key != "<<" else _quote(key, '"')


def escape(value: str, style: str) -> str:
    """A part of a text as it stands between such quotes, or without any."""
    if style == '"':
        return "".join(_ESCAPES.get(sign, sign) for sign in value)
    return value.replace("'", "''") if style == "'" else value


def _quote(value: str, style: str) -> str:
    if style == "'" and _NOT_RAW.search(value):
        style = '"'
    return f"{style}{escape(value, style)}{style}"


def _fits_block(value: str, place: Place) -> bool:
    last = value.rstrip("\n").rpartition("\n")[2]
    return not place.flow and bool(last.strip()) and not _NOT_IN_BLOCK.search(value)


def _fits_folded(value: str, place: Place) -> bool:
    lines = value.rstrip("\n").split("\n")
    return _fits_block(value, place) and not any(line[:1].isspace() or line[-1:].isspace() for line in lines)


def _header(sign: str, value: str, place: Place) -> str:
    first = next((line for line in value.split("\n") if line), "")
    indent = str(place.body - place.parent) if first[:1].isspace() else ""
    rest = len(value) - len(value.rstrip("\n"))
    return f"{sign}{indent}{'-' if not rest else '' if rest == 1 else '+'}"


def _literal(value: str, place: Place) -> Written:
    lines = (value.removesuffix("\n")).split("\n")
    return Written(_header("|", value, place), tuple(" " * place.body + line if line else "" for line in lines))


def _folded(value: str, place: Place) -> Written:
    body: list[str] = []
    for number, line in enumerate(value.removesuffix("\n").split("\n")):
        if number:
            body.append("")
        if line:
            body += (" " * place.body + part for part in _wrap(line, max(place.width - place.body, 20)))
    return Written(_header(">", value, place), tuple(body))


def _wrap(line: str, width: int) -> Iterator[str]:
    """The line broken at single blanks, so that folding gives it back."""
    part = ""
    for word in re.split(r"(?<! ) (?! )", line):
        if part and len(part) + 1 + len(word) > width:
            yield part
            part = word
        else:
            part = f"{part} {word}" if part else word
    yield part
