"""The styles of a letterhead by name. The name counts, not the id: Danish Word gives `heading 1` the id Overskrift1."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from kvisdocs.templating.letterhead_package import W

DANISH_NAMES = (
    {
        "body text": "brødtekst",
        "title": "titel",
        "subtitle": "undertitel",
        "list bullet": "opstilling - punkttegn",
        "list number": "opstilling - talopstilling",
        "list paragraph": "listeafsnit",
        "caption": "billedtekst",
        "header": "sidehoved",
        "footer": "sidefod",
        "closing": "sluthilsen",
        "hyperlink": "hyperlink",
        "quote": "citat",
        "strong": "stærk",
        "emphasis": "fremhæv",
        "footnote text": "fodnotetekst",
        "footnote reference": "fodnotehenvisning",
    }
    | {f"heading {level}": f"overskrift {level}" for level in range(1, 10)}
    | {f"toc {level}": f"indholdsfortegnelse {level}" for level in range(1, 10)}
)
"""What Danish Word shows for its own styles. Word writes the English names, but not every other program does."""


@dataclass(frozen=True, slots=True)
class LetterheadStyle:
    """A style that the letterhead brings. `names` are all it goes by, folded; `kind` may be `table`, too.

    `tabs` are the places of its tab stops in twips, with those of the styles it is based on.
    """

    id: str
    kind: str
    names: frozenset[str]
    tabs: frozenset[int] = frozenset()


def read_given_styles(root: _Element) -> tuple[LetterheadStyle, ...]:
    """The styles in `w:styles`, with their aliases (17.7.4.1). The default paragraph style is Normal by any name."""
    found = []
    by_id = {style.get(f"{W}styleId", ""): style for style in root.findall(f"{W}style")}
    for style in root.findall(f"{W}style"):
        said = [_value(style, "name"), *_value(style, "aliases").split(",")]
        names = {" ".join(each.split()).casefold() for each in said if each.strip()}
        kind = style.get(f"{W}type", "paragraph")
        if kind == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}:
            names.add("normal")
        found.append(LetterheadStyle(style.get(f"{W}styleId", ""), kind, frozenset(names), _tabs(style, by_id)))
    return tuple(found)


def _tabs(style: _Element | None, by_id: Mapping[str, _Element]) -> frozenset[int]:
    found: set[int] = set()
    seen: set[int] = set()
    while style is not None and id(style) not in seen:
        seen.add(id(style))
        places = (each.get(f"{W}pos", "") for each in style.iterfind(f"{W}pPr/{W}tabs/{W}tab"))
        found |= {int(place) for place in places if place.lstrip("-").isdecimal()}
        style = by_id.get(_value(style, "basedOn"))
    return frozenset(found)


def find_styles(styles: Sequence[LetterheadStyle], name: str) -> list[LetterheadStyle]:
    """Those of this name in Word's spelling; where there is none, those of its Danish name."""
    folded = name.casefold()
    danish = DANISH_NAMES.get(folded)
    by_name = [style for style in styles if folded in style.names]
    return by_name or [style for style in styles if danish in style.names]


def _value(style: _Element, name: str) -> str:
    found = style.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")
