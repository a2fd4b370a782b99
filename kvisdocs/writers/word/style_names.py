"""The names of Word's styles: those that Word itself knows, and the ids that paragraphs refer to."""

import re
from collections.abc import Iterable

HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)

BUILT_IN = {
    "Normal", "Body Text", "Subtitle", "Title", "List Bullet", "List Number", "List Paragraph", "Caption", "Header",
    "Footer", "Closing", "Hyperlink", "Quote", "Strong", "Emphasis", "Footnote Text", "Footnote Reference",
    "TOC Heading", *(f"TOC {level}" for level in range(1, 10)),
}  # fmt: skip
"""Names that Word itself knows, and shows in the language of whoever opens the file."""

_BY_FOLD = {name.casefold(): name for name in BUILT_IN}
_PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
_KINDS = {"paragraph": "afsnit", "character": "tegn"}


def canonical_name(name: str) -> str:
    """A name as Word spells it. Word tells names apart without regard to case, and splits them at commas."""
    shown = " ".join(re.sub(r"[,;\\]", " ", name).split())[:200] or "Normal"
    if HEADING.fullmatch(shown):
        return shown.title()
    return _BY_FOLD.get(shown.casefold(), shown)


def other_name(name: str, kind: str) -> str:
    """The name for a style of this kind, where one of the other kind already has `name`."""
    return f"{name} ({_KINDS[kind]})"


def style_ids(names: Iterable[str], taken_ids: Iterable[str] = ()) -> dict[str, str]:
    """An id for each name: `Heading 1` → `Heading1`. Letters outside ASCII are spelled out; no id stands twice.

    `taken_ids` are ids that other styles of the file have.
    """
    found: dict[str, str] = {}
    taken = {"tablenormal", "defaultparagraphfont", "nolist", *(each.lower() for each in taken_ids)}
    for name in sorted(names):
        plain = re.sub(r"[^A-Za-z0-9]", "", name.translate(_PLAIN)) or "Style"
        number, own = 1, plain
        while own.lower() in taken:
            number += 1
            own = f"{plain}{number}"
        taken.add(own.lower())
        found[name] = own
    return found
