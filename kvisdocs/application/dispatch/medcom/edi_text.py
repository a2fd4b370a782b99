"""Plain text for a practice that takes EDI only (XDIS91): one screen, in the signs that EDI has.

Source: EDIFACT's FTX takes texts of at most 70 signs; MedCom's letters are written in ISO 8859-1.
"""

import textwrap
import unicodedata
from collections.abc import Sequence

WIDTH = 70
HEIGHT = 24
"""A screen: what a doctor reads without turning the page."""

CHARSET = "iso-8859-1"

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−•", "-"),
        **dict.fromkeys("“”„‟", '"'),
        **dict.fromkeys("‘’‚‛", "'"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f", " "),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
        "…": "...",
        "€": "euro",
    }
)
_LETTERS = {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "œ": "oe", "Œ": "OE", "ħ": "h", "ŋ": "ng"}


def write_edi(lines: Sequence[str]) -> list[str]:
    """The lines as a screen shows them, none longer than WIDTH; of an item the second line is set in."""
    return [
        part
        for line in lines
        for part in textwrap.wrap(
            replace_signs(line)[0],
            WIDTH,
            subsequent_indent="  " if line.startswith("- ") else "",
            break_on_hyphens=False,
        )
    ]


def replace_signs(text: str) -> tuple[str, dict[str, str]]:
    """The text in the signs of EDI, and by what letters were replaced, so that somebody can be told."""
    text = unicodedata.normalize("NFC", text).translate(_SIGNS)
    replaced = {sign: _plain(sign) for sign in text if not _is_known(sign)}
    return "".join(replaced.get(sign, sign) for sign in text), replaced


def _plain(sign: str) -> str:
    letters = _LETTERS.get(sign) or "".join(filter(_is_known, unicodedata.normalize("NFKD", sign)))
    return letters or "?"


def _is_known(sign: str) -> bool:
    return sign < "\x7f" or "\xa0" <= sign <= "\xff"
