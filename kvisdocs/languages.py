"""The language in which people are spoken to: which one, and the catalogue of it.

English is the language of the sources; every other has a catalogue in `locale/`, which `docs/catalogue.py` keeps. The
language of a process is chosen once, where the program begins; a server may choose it for each request (a context
variable holds it). Worker processes choose none: they send messages, which are shown in the process that asked.
"""

import gettext
import os
import struct
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from kvisdocs.messages import Message, Translations

ENGLISH = "en"
LANGUAGES = ("da", ENGLISH)
LOCALE = Path(__file__).parent / "locale"
DOMAIN = "kvisdocs"

_CURRENT: ContextVar[str] = ContextVar("language", default=ENGLISH)
_ASKED: ContextVar[str | None] = ContextVar("asked_language", default=None)


def find_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language that the environment asks for: `KVISDOCS_LANG`, else the system's; English where none is known.

    POSIX: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is not empty decides, alone.
    """
    if wanted := _known(environment.get("KVISDOCS_LANG", "")):
        return wanted
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if said := environment.get(name):
            return _known(said) or ENGLISH
    return (_known(_windows_language()) or ENGLISH) if sys.platform == "win32" else ENGLISH


def _known(said: str) -> str | None:
    """`da` of `da_DK.UTF-8`, `da-DK`, `dansk` or `Danish_Denmark`; None of a language that is none of LANGUAGES."""
    word = said.replace("-", "_").partition("_")[0].partition(".")[0].casefold()
    word = {"danish": "da", "dansk": "da", "english": "en", "engelsk": "en"}.get(word, word)
    return word if word in LANGUAGES else None


def _windows_language() -> str:
    import locale

    return locale.getlocale()[0] or ""


def use_language(language: str, is_asked: bool = False) -> None:
    """Speak this language from now on, one of LANGUAGES; `is_asked` where somebody wants this one and no other."""
    _CURRENT.set(language)
    _ASKED.set(language if is_asked else None)


def current_language() -> str:
    """The language that is spoken."""
    return _CURRENT.get()


def page_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language of pages for the town hall: Danish, whatever the system speaks, unless another was asked for."""
    return _ASKED.get() or _known(environment.get("KVISDOCS_LANG", "")) or "da"


def load_translations(language: str | None = None) -> Translations:
    """The catalogue of a language, or of the one that is spoken; of English, an empty one."""
    return _load(language or _CURRENT.get())


@cache
def _load(language: str) -> Translations:
    if language == ENGLISH:
        return gettext.NullTranslations()
    try:
        return gettext.translation(DOMAIN, LOCALE, [language])
    except (OSError, ValueError, struct.error):  # no file, or a broken one: English is better than nothing
        return gettext.NullTranslations()


def translate(said: object, language: str | None = None) -> str:
    """A message in that language, or the one that is spoken; anything else as its text."""
    return said.shown(load_translations(language)) if isinstance(said, Message) else str(said)
