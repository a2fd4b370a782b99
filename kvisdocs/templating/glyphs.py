"""Characters of a case that would be printed as a box, since no font has them: told before anything is made.

Asked are the fonts that the templates bring (`@font-face`), and then those of this machine, which a PDF falls back on.
Most cases hold no character that needs a look: those of Danish are in every font that a letter is set in.

Whether a font of this machine has a character, as Fontconfig knows it, on which WeasyPrint's PDFs fall back.

Asked by ctypes, since WeasyPrint takes half a second to load, and `check` needs nothing else of it.
"""

import ctypes
import posixpath
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from kvisdocs.cases.load import iter_texts
from kvisdocs.cases.yaml.source import Source, Step
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Problem, Severity
from kvisdocs.templating.html import Assets

_FILES = ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll", "fontconfig-1.dll")


class _FontSet(ctypes.Structure):
    _fields_ = (("count", ctypes.c_int), ("size", ctypes.c_int), ("fonts", ctypes.POINTER(ctypes.c_void_p)))


@lru_cache(maxsize=4096)
def machine_has(sign: str) -> bool | None:
    """Whether one of its fonts has the character; None where Fontconfig is not to be had."""
    library = _library()
    if library is None:
        return None
    sets = ctypes.c_void_p()
    for font in _patterns():
        found = library.FcPatternGetCharSet(font, b"charset", 0, ctypes.byref(sets)) == 0
        if found and library.FcCharSetHasChar(sets, ord(sign)):
            return True
    return False


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL | None:
    for file in _FILES:
        with suppress(OSError):
            library = ctypes.CDLL(file)
            library.FcInitLoadConfigAndFonts.restype = ctypes.c_void_p
            library.FcConfigGetFonts.restype = ctypes.POINTER(_FontSet)
            library.FcConfigGetFonts.argtypes = [ctypes.c_void_p, ctypes.c_int]
            library.FcPatternGetCharSet.argtypes = [
                *(ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int),
                ctypes.POINTER(ctypes.c_void_p),
            ]
            library.FcCharSetHasChar.argtypes = [ctypes.c_void_p, ctypes.c_uint32]
            return library
    return None


@lru_cache(maxsize=1)
def _patterns() -> tuple[int, ...]:
    """The machine's fonts, which stay loaded as long as the process."""
    library = _library()
    assert library is not None
    config = library.FcInitLoadConfigAndFonts()
    found = library.FcConfigGetFonts(config, 0) if config else None  # 0: those of the system
    return tuple(found.contents.fonts[number] for number in range(found.contents.count)) if found else ()


ANY_FONT_HAS = "\t\n\r\x20-\x7e\xa0-\xff\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u20ac"
"""Latin-1, dashes, quotation marks, bullet, ellipsis and euro."""

REPLACED = "\ufffd"
"""Stands for what could not be decoded, which is told by itself."""

HYPHENS = "\u2010\u2011"

_UNUSUAL = re.compile(f"[^{ANY_FONT_HAS}]")
_FONT_FACE = re.compile(r"@font-face\s*\{([^}]*)\}", re.IGNORECASE)
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)", re.IGNORECASE)
_DRAWN_AS_NOTHING = {"Cc", "Cf", "Zs", "Zl", "Zp"}
_MARKS = {"Mn", "Mc", "Me"}


def find_boxes(source: Source, assets: Assets) -> Iterator[Problem]:
    """An error for each text of a case with a character that no font has; a warning where only this machine has it."""
    if "\\" not in source.text and not _UNUSUAL.search(source.text):
        return
    drawn = font_characters(assets)
    if drawn is None:
        return
    for path, text in iter_texts(source.data):
        missing = list(_missing(text, drawn))
        worst = sorted(missing, key=lambda found: machine_has(text[found]) is True)
        if worst:
            at = worst[0]
            yield _problem(source, path, text, at, len({text[each] for each in missing}) - 1)


@lru_cache(maxsize=8)
def font_characters(assets: Assets) -> frozenset[int] | None:
    """The characters of the fonts that the stylesheets bring along; None where they bring none."""
    files = {path for name in assets.names("**/*.css") for path in _fonts(name, assets)}
    return frozenset().union(*map(_characters, sorted(files))) if files else None


def describe(sign: str) -> str:
    """`"王" (U+738B, CJK UNIFIED IDEOGRAPH-738B)`."""
    name = unicodedata.name(sign, "")
    return f'"{sign}" (U+{ord(sign):04X}{", " if name else ""}{name})'


def _fonts(sheet: str, assets: Assets) -> Iterator[Path]:
    try:
        text = assets.read_text(sheet)
    except KvisdocsError:  # not UTF-8: said where a document needs it
        return
    for rule in _FONT_FACE.finditer(text):
        for address in _URL.findall(rule[1]):
            name = posixpath.normpath(posixpath.join(posixpath.dirname(sheet), unquote(address.strip())))
            if path := assets.find(name):
                yield path


def _characters(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # takes a twentieth of a second, which few cases need

    try:
        with path.open("rb") as file, TTFont(file, lazy=True, fontNumber=0) as font:
            return frozenset(font.getBestCmap() or ())
    except Exception:  # a broken font: the writer says so
        return frozenset()


def _missing(text: str, drawn: frozenset[int]) -> Iterator[int]:
    """Where the characters stand that these fonts cannot draw, alone or together with the sign before."""
    for found in _UNUSUAL.finditer(text):
        sign = found[0]
        if ord(sign) in drawn or sign == REPLACED or unicodedata.category(sign) in _DRAWN_AS_NOTHING:
            continue
        if 0xFE00 <= ord(sign) <= 0xFE0F or 0xE0100 <= ord(sign) <= 0xE01EF:  # they choose a form, and are none
            continue
        parts = unicodedata.normalize("NFD", sign)
        if len(parts) > 1 and all(ord(part) in drawn for part in parts):
            continue
        if unicodedata.category(sign) in _MARKS and _is_composed(text, found.start(), drawn):
            continue
        yield found.start()


def _is_composed(text: str, at: int, drawn: frozenset[int]) -> bool:
    """Whether the letter with all its marks is one character that is drawn, up to this mark."""
    start = at
    while start > 0 and unicodedata.category(text[start]) in _MARKS:
        start -= 1
    composed = unicodedata.normalize("NFC", text[start : at + 1])
    return len(composed) == 1 and ord(composed) in drawn


def _problem(source: Source, path: tuple[Step, ...], text: str, at: int, others: int) -> Problem:
    key = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    sign: str = describe(text[at])
    if others:
        sign = N_("{sign} and {others} more of the kind", sign=sign, others=others)
    if machine_has(text[at]):
        what = message(
            "template.font.of_machine",
            '"{key}" holds {sign}, which no font of the templates has; it is drawn in a font of this machine, '
            "and is a box on another",
            key=key,
            sign=sign,
        )
        return Problem(source.locate_in(path, at), what, _instead(text[at]), Severity.WARNING)
    what = message(
        "template.font.no_glyph",
        '"{key}" holds {sign}, which no font of the templates has: it would be printed as a box',
        key=key,
        sign=sign,
    )
    return Problem(source.locate_in(path, at), what, _instead(text[at]))


def _instead(sign: str) -> Message:
    if sign in HYPHENS:
        return N_('write "-", or add a font that has it ("Fonts" in: kvisdocs docs templates)')
    if sign.isalpha():
        return N_('write it in Latin letters, or add a font that has it ("Fonts" in: kvisdocs docs templates)')
    return N_('say it in words, or add a font that has it ("Fonts" in: kvisdocs docs templates)')
