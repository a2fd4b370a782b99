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

RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
"""Names that are devices on Windows, with whatever ending (Microsoft, "Naming Files, Paths, and Namespaces")."""

HIDDEN = re.compile(f"[{TURNING}{UNSEEN}]")
_TURNING = re.compile(f"[{TURNING}]")


def is_plain(text: str) -> bool:
    """Whether a text holds nothing but line ends and signs that Python would print, as most do.

    Then there is no hidden or forbidden sign in it, which is told in a fifth of the time of a search for them.
    """
    return text.replace("\n", "").isprintable()


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
