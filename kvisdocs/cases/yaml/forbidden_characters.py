"""Signs that nobody sees, and that have a text read otherwise than it is stored ("Trojan Source", CVE-2021-42574).

A name with U+202E in it is shown backwards; one with U+200B in it is found by no search. Danish needs neither. What
languages do need is let pass: the joiners in Persian names and emoji, the soft hyphen, the marks U+200E and U+200F.
"""

import re
import unicodedata

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


def find_name_fault(name: str) -> str | None:
    """What no name of a person, a firm or a street holds, as the end of a sentence about it; None for a sound one.

    Hidden signs are found in all texts, and not told of here.
    """
    if not any(sign.isalnum() for sign in name):
        return "has neither a letter nor a digit"
    if unicodedata.category(name[0]).startswith("M"):
        return f"begins with {_describe(name[0])}, a mark that belongs to the letter before it"
    if found := _NOT_IN_NAMES.search(name):
        return f"holds {_describe(found[0])}, which no name has"
    if name.isprintable():
        return None
    for sign in name:
        if (what := _NO_SIGN.get(unicodedata.category(sign))) and not HIDDEN.match(sign):
            return what if sign in "\n\r\x85\u2028\u2029\t" else f"holds U+{ord(sign):04X}, {what}"
    return None


_NOT_IN_NAMES = re.compile("[\ufe00-\ufe0f\u0149\u0673\u0f77\u0f79\u17a3\u17a4\u2329\u232a]")
"""Selectors of a sign's variants, and signs that Unicode deprecates."""

_NO_SIGN = {
    "Cc": "holds a line break or a tab",
    "Zl": "holds a line break or a tab",
    "Zp": "holds a line break or a tab",
    "Co": "which means something in one font only (private use)",
    "Cn": "which is no character yet",
    "Cs": "which is half a character",
}


def _describe(sign: str) -> str:
    return f"U+{ord(sign):04X} ({unicodedata.name(sign, 'unnamed').lower()})"


def find_id_fault(case_id: str) -> str | None:
    """Why a case file's stem cannot be the name of a folder, as the end of a sentence about it."""
    if not case_id.strip(". "):
        return "gives the case no id"
    if not case_id.isprintable() and any(unicodedata.category(sign) == "Cc" for sign in case_id):
        return "holds a control character"
    if found := HIDDEN.search(case_id):
        return f"holds U+{ord(found[0]):04X}, so that it reads otherwise than it is"
    if RESERVED.fullmatch(case_id):
        return "is a device on Windows"
    if case_id[-1] in ". ":
        return "ends in a dot or a blank, which Windows drops"
    return None


def describe_hidden(sign: str) -> tuple[str, str]:
    """What is wrong with the sign, and what to do."""
    name = unicodedata.name(sign, "a tag").lower()
    does = "turns the direction of reading" if _TURNING.match(sign) else "cannot be seen"
    return f"U+{ord(sign):04X} ({name}) {does}, so that the text reads otherwise than it is", "delete it"
