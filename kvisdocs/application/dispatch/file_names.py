"""Names of files that every system takes: made of a pattern and of what a letter holds."""

import re
import string
import unicodedata
from collections.abc import Iterable, Mapping

from kvisdocs.cases.yaml.forbidden_characters import RESERVED
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, suggest

LONGEST_BYTES = 120
"""Of one name without its ending: archives and case systems add folders of their own to 255."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def parse_pattern(pattern: str, known: Iterable[str]) -> str:
    """The pattern itself, if `{name}` of known names is all that it has. Raises KvisdocsError."""
    names = list(known)
    try:
        fields = [(name, spec, how) for _, name, spec, how in string.Formatter().parse(pattern) if name is not None]
    except ValueError:
        what = message("dispatch.pattern.broken", 'a brace stands alone in the pattern "{pattern}"', pattern=pattern)
        raise KvisdocsError(Problem(Position(""), what, N_("write two where one is meant as it stands"))) from None
    for name, spec, how in fields:
        if name not in names or spec or how:
            shown = "{" + name + "}"
            what = message("dispatch.pattern.unknown", 'the pattern has no place called "{name}"', name=shown)
            raise KvisdocsError(Problem(Position(""), what, suggest(name, names)))
    return pattern


def fill_pattern(pattern: str, values: Mapping[str, str]) -> str:
    """The name that a pattern gives. A `/` in the pattern itself parts folders; one in a value does not."""
    parts = [part.format_map(values) for part in pattern.split("/")]
    return "/".join(safe_name(part) for part in parts if part.strip())


def safe_name(name: str) -> str:
    """A name that Windows, Macs, Linux and ZIP files take and show alike."""
    plain = unicodedata.normalize("NFC", _FORBIDDEN.sub("-", name))
    plain = "".join(sign for sign in plain if unicodedata.category(sign) not in _HIDDEN)
    plain = " ".join(plain.split()).strip(". -")
    while len(plain.encode()) > LONGEST_BYTES:
        plain = plain[:-1].rstrip(". -")
    if not plain or RESERVED.fullmatch(plain):
        plain = f"_{plain}"
    return plain


def make_unique(names: Iterable[str]) -> list[str]:
    """The names, with a number where one is there already, be it in other letters: `plan`, `Plan (2)`."""
    taken: set[str] = set()
    found = []
    for name in names:
        unique, number = name, 1
        while unique.casefold() in taken:
            number += 1
            unique = f"{name} ({number})"
        taken.add(unique.casefold())
        found.append(unique)
    return found
