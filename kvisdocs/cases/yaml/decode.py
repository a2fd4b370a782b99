"""Bytes → text, whatever the editor made of them: UTF-8 is asked for, anything else is read as well as can be and said.

What was saved as Windows-1252 or UTF-16 is read all the same, so that its other problems come in the same run.
"""

import codecs
import re

from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem

SAVE = N_("save the file as UTF-8 in your editor")
_NO_TEXT = {
    b"PK\x03\x04": N_("a Word, Excel or ZIP file"),
    b"%PDF": N_("a PDF file"),
    b"\xd0\xcf\x11\xe0": N_("a Word or Excel file of the old kind"),
    b"{\\rtf": N_("an RTF file, as WordPad writes it"),
    b"\x89PNG": N_("a picture"),
    b"\xff\xd8\xff": N_("a picture"),
    b"\x1f\x8b": N_("a compressed file"),
}
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BREAK = re.compile(r"\r\n?|\n")
_WORD = re.compile(r"\S+")


def decode(raw: bytes, file: str) -> tuple[str, list[Problem]]:
    """The text without a byte-order mark, and what is wrong with how it is saved.

    Raises KvisdocsError for what is no text at all.
    """
    for start, kind in _NO_TEXT.items():
        if raw.startswith(start):
            what = message("yaml.encoding.no_text", "the file is {kind}, not text", kind=kind)
            raise KvisdocsError(Problem(Position(file), what, N_("give a text file")))
    if wide := _wide_encoding(raw):
        what = message("yaml.encoding.wide", "the file is saved as {encoding}, not as UTF-8", encoding=wide[:6].upper())
        return raw.decode(wide, "replace").removeprefix("\ufeff"), [Problem(Position(file, 1, 1), what, SAVE)]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return _decode_narrow(raw.removeprefix(codecs.BOM_UTF8), file)


def line_and_column(text: str, index: int) -> tuple[int, int]:
    """Where the character of that index stands, counted from 1."""
    if "\r" not in text:
        return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
    breaks = list(_BREAK.finditer(text, 0, index))
    return len(breaks) + 1, index - (breaks[-1].end() if breaks else 0) + 1


def _wide_encoding(raw: bytes) -> str | None:
    """UTF-16 or UTF-32, by its byte-order mark or by the zeros that Latin letters have in it."""
    for mark, name in _WIDE:
        if raw.startswith(mark):
            return name
    start = raw[:400]
    if len(start) >= 4 and start[1::2].count(0) > len(start) * 0.4:
        return "utf-16-le"
    if len(start) >= 4 and start[0::2].count(0) > len(start) * 0.4:
        return "utf-16-be"
    return None


def _decode_narrow(raw: bytes, file: str) -> tuple[str, list[Problem]]:
    """Text in which some bytes are not UTF-8: those are read as Windows-1252, the others as they are."""
    escaped = raw.decode("utf-8", "surrogateescape")
    first = next(index for index, sign in enumerate(escaped) if "\udc80" <= sign <= "\udcff")
    byte = ord(escaped[first]) - 0xDC00
    text = re.sub("[\udc80-\udcff]", lambda found: _as_windows(ord(found[0]) - 0xDC00), escaped)
    line, column = line_and_column(text, first)
    word = next((found[0] for found in _WORD.finditer(text) if found.start() <= first < found.end()), text[first])
    readable = "\ufffd" not in word and word.isprintable() and len(word) <= 60
    if readable:
        what = message("yaml.encoding.windows", '"{word}" is saved as Windows-1252, not as UTF-8', word=word)
    else:
        what = message("yaml.encoding.no_utf8", "the byte 0x{byte:02X} is not UTF-8", byte=byte)
    return text, [Problem(Position(file, line, column), what, SAVE)]


def _as_windows(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "replace")
