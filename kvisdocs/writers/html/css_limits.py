"""What a stylesheet may ask for before a writer reads it: sizes that paper has, and custom properties that end.

`tab-size: 2000000000` is a text of two gigabytes, and eight properties that each name the one before eight times are
sixteen million words. CSS leaves such limits to its implementations (CSS Custom Properties 1, section 3.3).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Any

import tinycss2
import tinycss2.color5

from kvisdocs.messages import N_, Message, message
from kvisdocs.writers.html.css_nesting import GROUPS, NestingError, unfold

MAX_SHEET = 1_000_000
"""Characters of one stylesheet; house.css has 20,000."""

MAX_BRACKETS = 30
"""How deep brackets nest. The parsers recurse, and calc() in calc() is rare at three."""

MAX_NUMBER = 10_000
"""The largest number without a unit: a column count, a tab size, what a counter begins with."""

MAX_LENGTH = 100_000
"""The largest number with a unit or a percent sign; an A0 sheet is 4,500 px high."""

MAX_TOKENS = 2_000
"""What a custom property may unfold to, with all that it names."""

SMALLER = N_("write a smaller one")
WRITE_A_COLOUR = N_("write it as #1c4e68, rgb(…) or hsl(…)")
COLOURS = {"rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "device-cmyk"}
"""The functions that tinycss2 makes colours of; it passes over those that it does not know."""

_BRACKETS = re.compile(r"[(\[{]|[)\]}]")
_ENDLESS = {"repeating-linear-gradient", "repeating-radial-gradient"}
_TWICE = re.compile(r"\s*(javascript|vbscript|file|https?|ftp)\s*:", re.IGNORECASE)

Token = Any


@dataclass(frozen=True, slots=True)
class CssFault:
    """What a stylesheet asks for and may not have, and where in it."""

    what: Message
    todo: Message
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Custom:
    """One setting of a custom property: how many tokens it has of its own, and which properties it names, each time."""

    name: str
    size: int
    names: tuple[str, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What was found in one stylesheet, or in one style attribute."""

    faults: tuple[CssFault, ...]
    customs: tuple[Custom, ...] = ()


@lru_cache(maxsize=64)
def examine_css(text: str) -> SheetFacts:
    """All that a stylesheet asks for and may not have, and the custom properties that it sets."""
    if len(text) > MAX_SHEET:
        what = message("css.sheet.too_long", "the stylesheet has more than {number:,} characters", number=MAX_SHEET)
        return SheetFacts((CssFault(what, N_("make it shorter")),))
    if _depth(text) > MAX_BRACKETS:
        what = message("css.brackets.too_deep", "brackets are nested more than {number} deep", number=MAX_BRACKETS)
        return SheetFacts((CssFault(what, N_("take some out")),))
    try:
        unfold(text)
    except NestingError as error:
        return SheetFacts((CssFault(error.what, N_("write the selectors in full"), error.line, error.column),))
    tokens = tinycss2.parse_component_value_list(text)
    return SheetFacts((*_faults(tokens), *_marker_faults(text)), tuple(_customs(tokens)))


def find_endless(customs: Sequence[Custom]) -> Iterator[tuple[Custom, Message]]:
    """The custom properties that unfold to more than MAX_TOKENS, whichever setting of the others holds, and why."""
    by_name: dict[str, list[Custom]] = {}
    for each in customs:
        by_name.setdefault(each.name, []).append(each)
    sizes: dict[str, int] = {}
    for each in customs:
        if _unfolded(each, by_name, sizes, ()) > MAX_TOKENS:
            yield (
                each,
                message(
                    "css.custom.endless",
                    'the custom property "{name}" unfolds to more than {number:,} values',
                    name=each.name,
                    number=MAX_TOKENS,
                ),
            )
            return


def _unfolded(
    custom: Custom, by_name: Mapping[str, Sequence[Custom]], sizes: dict[str, int], above: Sequence[str]
) -> int:
    """A circle counts nothing: CSS has it mean nothing."""
    total = custom.size
    for name in custom.names:
        if name in above or len(above) > MAX_TOKENS // 10:
            continue
        if name not in sizes:
            found = [_unfolded(each, by_name, sizes, (*above, custom.name)) for each in by_name.get(name, ())]
            sizes[name] = min(max(found, default=0), MAX_TOKENS + 1)
        total += sizes[name]
    return total


def _depth(text: str) -> int:
    depth = deepest = 0
    for found in _BRACKETS.finditer(text):
        depth = depth + 1 if found[0] in "([{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def _walk(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The tokens, and those in each of their brackets, as lists."""
    waiting = [tokens]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += [inner for token in found if (inner := _inner(token))]


def _inner(token: Token) -> Sequence[Token]:
    return getattr(token, "content", None) or getattr(token, "arguments", None) or ()


def _faults(tokens: Sequence[Token]) -> Iterator[CssFault]:
    for found in _walk(tokens):
        for token in found:
            said = _fault(token)
            if said:
                yield CssFault(*said, token.source_line, token.source_column)
        yield from _other_orders(found)


def _other_orders(tokens: Sequence[Token]) -> Iterator[CssFault]:
    """`order` and `row-reverse`: what is seen first would be read last (WCAG 2.1, 1.3.2; EN 301 549, 10.1.3.2)."""
    said = [token for token in tokens if token.type not in {"whitespace", "comment"}]
    for at, token in enumerate(said[:-2]):
        if token.type != "ident" or said[at + 1] != ":" or (at and said[at - 1] not in (";", "}")):
            continue
        end = next((number for number, each in enumerate(said[at:], at) if each == ";"), len(said))
        values = said[at + 2 : end]
        turned = token.lower_value in {"flex-direction", "flex-flow"} and any(
            each.type == "ident" and each.lower_value.endswith("-reverse") for each in values
        )
        if turned or (token.lower_value == "order" and any(getattr(each, "value", 0) != 0 for each in values)):
            what = message(
                "css.order.not_read", '"{name}" shows blocks in another order than they are read in', name=token.value
            )
            yield CssFault(what, N_("write them in that order in the template"), token.source_line, token.source_column)


def _fault(token: Token) -> tuple[Message, Message] | None:
    if token.type in {"number", "dimension", "percentage"}:
        limit = MAX_NUMBER if token.type == "number" else MAX_LENGTH
        if not isfinite(token.value) or abs(token.value) > limit:
            said = token.representation[:20]
            what = message("css.number.too_large", "the number {said} is larger than {limit:,}", said=said, limit=limit)
            return what, SMALLER
    elif token.type == "function" and token.lower_name in COLOURS and not is_plain_colour(token):
        shown = tinycss2.serialize([token])[:60]
        what = message("css.colour.not_in_both", '"{shown}" is no colour that PDF/A-2 and Word have', shown=shown)
        return what, WRITE_A_COLOUR
    elif token.type == "function" and token.lower_name in _ENDLESS:
        what = message("css.gradient.endless", "{name}() can have stops without end", name=token.lower_name)
        return what, N_("use linear-gradient() or radial-gradient()")
    elif token.type == "url" and _TWICE.match(token.value):
        return _outside(token.value)
    elif token.type == "function" and token.lower_name in {"url", "src"}:
        inner = next((each.value for each in token.arguments if each.type == "string"), "")
        if _TWICE.match(inner):
            return _outside(inner)
    elif token.type == "function" and token.lower_name == "attr" and _names_url(token):
        what = message("css.address.attr", "attr() makes an address of an attribute")
        return what, N_("write the address as url()")
    return None


def _outside(address: str) -> tuple[Message, Message]:
    what = message(
        "css.address.outside", 'the address "{address}" is outside the templates folder', address=address[:60]
    )
    return what, N_("put the file into it")


def is_plain_colour(function: Token) -> bool:
    """Whether both writers can work it out, or both pass over it: tinycss2 knows the way to sRGB from some spaces only.

    What it cannot read at all is a wrong value like any other, of which the writers tell.
    """
    try:
        colour = tinycss2.color5.parse_color(function)
        return colour is None or isinstance(colour, str) or colour.to("srgb") is not None
    except (NotImplementedError, TypeError, ValueError, AssertionError, ZeroDivisionError):
        return False


def _marker_faults(text: str) -> Iterator[CssFault]:
    """`li::marker { content: … }`, which WeasyPrint 70 breaks at; a list's own style says the same."""
    if "::marker" not in text.lower():
        return
    rules = list(tinycss2.parse_stylesheet(unfold(text), skip_comments=True, skip_whitespace=True))
    while rules:
        rule = rules.pop()
        if rule.type == "at-rule" and rule.content and rule.lower_at_keyword in GROUPS:
            rules += tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        elif rule.type == "qualified-rule" and "::marker" in tinycss2.serialize(rule.prelude).lower():
            for each in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                value = tinycss2.serialize(each.value).strip() if each.type == "declaration" else ""
                if value.lower() not in {"", "normal"} and each.lower_name == "content":
                    what = message("css.marker.content", "::marker has a content of its own: {value}", value=value[:40])
                    todo = N_('write it as list-style-type: "– ", or as a @counter-style')
                    yield CssFault(what, todo, each.source_line, each.source_column)


def _names_url(token: Token) -> bool:
    return any(each.type == "ident" and each.lower_value == "url" for each in token.arguments)


def _customs(tokens: Sequence[Token]) -> Iterator[Custom]:
    """Each `--name: …` up to its semicolon, wherever it stands."""
    for found in _walk(tokens):
        for at, token in enumerate(found):
            if token.type != "ident" or not token.value.startswith("--"):
                continue
            rest = [each for each in found[at + 1 :] if each.type not in {"whitespace", "comment"}]
            if rest and rest[0] == ":":
                end = next((number for number, each in enumerate(rest) if each == ";"), len(rest))
                value = rest[1:end]
                size = sum(len(each) for each in _walk(value))
                yield Custom(token.value, size, tuple(_names(value)), token.source_line, token.source_column)


def _names(tokens: Sequence[Token]) -> Iterator[str]:
    for found in _walk(tokens):
        for token in found:
            if token.type == "function" and token.lower_name == "var":
                yield from (each.value for each in token.arguments[:3] if each.type == "ident")
