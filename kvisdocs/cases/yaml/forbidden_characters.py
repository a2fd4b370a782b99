"""Signs that nobody sees, and that have a text read otherwise than it is stored ("Trojan Source", CVE-2021-42574).

A name with U+202E in it is shown backwards; one with U+200B in it is found by no search. Danish needs neither. What
languages do need is let pass: the joiners in Persian names and emoji, the soft hyphen, the marks U+200E and U+200F.
"""

import re
import unicodedata
from pathlib import Path

from kvisdocs.messages import N_, Message, message

TURNING = "\u202a-\u202e\u2066-\u2069"
"""Embeddings, overrides and isolates (Unicode Standard Annex 9, 2.1 to 2.4)."""

UNSEEN = "\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
"""Zero width space, word joiner and invisible operators, byte-order mark, annotations, tags."""

FILLERS = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u206a-\u206f\u2800\u3164\uffa0\ufffc"
    "\U0001d159\U0001d173-\U0001d17a\U000e0080-\U000e0fff"
)
"""Letters and marks without a shape, the blank of Braille, deprecated formatting, selectors of old shapes.

Unicode has them as letters or marks, so that they pass for a name, and nobody sees that it is empty or another.
"""

RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
"""Names that are devices on Windows, with whatever ending (Microsoft, "Naming Files, Paths, and Namespaces")."""

HIDDEN = re.compile(f"[{TURNING}{UNSEEN}{FILLERS}]")
_TURNING = re.compile(f"[{TURNING}]")


def is_plain(text: str) -> bool:
    """Whether a text holds nothing but line ends and signs that Python would print, as most do.

    Then there is no forbidden sign in it, nor one that is hidden but for fillers, which is told in a fifth of the time
    of a search for them.
    """
    return text.replace("\n", "").isprintable()


def find_name_fault(name: str) -> Message | None:
    """What no name of a person, a firm or a street holds; None for a sound one.

    Hidden signs are found in all texts, and not told of here.
    """
    if not any(sign.isalnum() for sign in name):
        return message("schema.name.no_letter", "the name has neither a letter nor a digit")
    if unicodedata.category(name[0]).startswith("M"):
        return message(
            "schema.name.begins_with_mark",
            "the name begins with {sign} ({called}), a mark that belongs to the letter before it",
            sign=_code_point(name[0]),
            called=_called(name[0]),
        )
    if found := _NOT_IN_NAMES.search(name):
        return message(
            "schema.name.strange_sign",
            "the name holds {sign} ({called}), which no name has",
            sign=_code_point(found[0]),
            called=_called(found[0]),
        )
    if name.isprintable():
        return None
    return next((fault for sign in name if not HIDDEN.match(sign) and (fault := _find_no_sign(sign))), None)


_NOT_IN_NAMES = re.compile("[\ufe00-\ufe0f\u0149\u0673\u0f77\u0f79\u17a3\u17a4\u2329\u232a]")
"""Selectors of a sign's variants, and signs that Unicode deprecates."""


def _find_no_sign(sign: str) -> Message | None:
    """Why a sign is none that can be read."""
    category, point = unicodedata.category(sign), _code_point(sign)
    if category in {"Cc", "Zl", "Zp"}:
        return message("schema.name.line_break", "the name holds a line break or a tab")
    if category == "Co":
        return message(
            "schema.name.private_use",
            "the name holds {sign}, which means something in one font only (private use)",
            sign=point,
        )
    if category == "Cn":
        return message("schema.name.unassigned", "the name holds {sign}, which is no character yet", sign=point)
    if category == "Cs":
        return message("schema.name.surrogate", "the name holds {sign}, which is half a character", sign=point)
    return None


def _code_point(sign: str) -> str:
    return f"U+{ord(sign):04X}"


def _called(sign: str) -> str:
    """The sign's name in Unicode."""
    return unicodedata.name(sign, "").lower() or N_("unnamed")


def find_id_fault(file: Path) -> Message | None:
    """Why a case file's stem cannot be the name of a folder."""
    stem, name = file.stem, file.name
    if not stem.strip(". "):
        return message("case.id.none", 'the name "{name}" gives the case no id', name=name)
    if not stem.isprintable() and any(unicodedata.category(sign) == "Cc" for sign in stem):
        return message("case.id.control_character", 'the name "{name}" holds a control character', name=name)
    if found := HIDDEN.search(stem):
        return message(
            "case.id.hidden_sign",
            'the name "{name}" holds {sign}, so that it reads otherwise than it is',
            name=name,
            sign=_code_point(found[0]),
        )
    if RESERVED.fullmatch(stem):
        return message("case.id.device", 'the name "{name}" is a device on Windows', name=name)
    if stem[-1] in ". ":
        return message(
            "case.id.dropped_end", 'the name "{name}" ends in a dot or a blank, which Windows drops', name=name
        )
    return None


def describe_hidden(sign: str) -> tuple[Message, Message]:
    """What is wrong with the sign, and what to do."""
    point, called = _code_point(sign), unicodedata.name(sign, "").lower() or N_("a tag")
    if _TURNING.match(sign):
        what = message(
            "yaml.sign.turning",
            "{sign} ({called}) turns the direction of reading, so that the text reads otherwise than it is",
            sign=point,
            called=called,
        )
    else:
        what = message(
            "yaml.sign.unseen",
            "{sign} ({called}) cannot be seen, so that the text reads otherwise than it is",
            sign=point,
            called=called,
        )
    return what, N_("delete it")
