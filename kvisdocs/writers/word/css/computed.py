"""One element's computed values, and how they are asked for."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from kvisdocs.writers.word.css.defaults import GENERIC_FONTS
from kvisdocs.writers.word.css.properties import PROPERTIES, Value
from kvisdocs.writers.word.css.values import Percent, Tokens, string_of

P = ParamSpec("P")
R = TypeVar("R")
V = TypeVar("V")

INLINE = {"inline", "inline-block"}
"""The values of `display` of what stands in a line."""

MAX_KNOWN = 512
"""How many values one element's values keep for later; a document asks for some dozens."""


@dataclass(frozen=True, eq=False, slots=True)
class Computed:
    """One element's computed values. `font` is the font that Word gets, `language` the `lang` that holds.

    `cache` holds the values of children by what matched them, and `memory` what was worked out from these values, for
    `remembered`: a letter after the first finds most of it done.
    """

    font_size: float
    font: str
    language: str
    values: Mapping[str, Value]
    variables: Mapping[str, Tokens]
    cache: dict[object, "Computed"] = field(default_factory=dict, repr=False)
    memory: dict[object, Any] = field(default_factory=dict, repr=False)

    def points(self, name: str, of: float = 0.0) -> float:
        """A length in points; percentages refer to `of`, `auto` is 0."""
        value = self.values[name]
        if isinstance(value, float):
            return of * value / 100 if isinstance(value, Percent) else value
        return 0.0

    def is_auto(self, name: str) -> bool:
        """Whether a length is left to the layout."""
        return self.values[name] is None

    def word(self, name: str) -> str:
        """A keyword, name or marker."""
        return str(self.values[name])

    def words(self, name: str) -> tuple[str, ...]:
        """Several keywords."""
        value = self.values[name]
        return value if isinstance(value, tuple) else ()

    def color(self, name: str) -> str | None:
        """Six hex digits, or None for transparent; `currentcolor` is worked out."""
        value = self.values[name]
        if value == "currentcolor":
            value = self.values["color"]
        return None if value == "transparent" else str(value)

    def custom(self, name: str) -> str | None:
        """A custom property as text, or None."""
        tokens = self.variables.get(name)
        return string_of(tokens) if tokens is not None else None

    @property
    def line_height(self) -> float | None:
        """Points, or None for the font's own."""
        return None if self.is_auto("line-height") else self.points("line-height", self.font_size)

    def edge(self, side: str) -> float:
        """How wide a side's border is drawn, in points."""
        return 0.0 if self.word(f"border-{side}-style") == "none" else self.points(f"border-{side}-width")


def keep(known: dict[object, V], key: object, value: V) -> None:
    """Put a value with others that are known; with very many, they are forgotten first: a batch has no end."""
    if len(known) >= MAX_KNOWN:
        known.clear()
    known[key] = value


def remembered(function: Callable[Concatenate[Computed, P], R]) -> Callable[Concatenate[Computed, P], R]:
    """Keeps what a pure function of computed values gave, on the values: it ends with them."""

    @wraps(function)
    def ask(computed: Computed, /, *arguments: P.args, **named: P.kwargs) -> R:
        key = (function, *arguments, *named.values())
        if key not in computed.memory:
            keep(computed.memory, key, function(computed, *arguments, **named))
        found: R = computed.memory[key]
        return found

    return ask


@lru_cache(maxsize=8)
def initial_values(sheets: Hashable, language: str) -> Computed:
    """What a root inherits. It is the same one for documents of the same stylesheets, which share what hangs on it."""
    return Computed(
        12.0, GENERIC_FONTS["serif"], language, {name: each.initial for name, each in PROPERTIES.items()}, {}
    )


def font_of(values: Mapping[str, Value], variables: Mapping[str, Tokens], above: Computed, is_set: bool) -> str:
    """`--word-font` where it `is_set`, and down from there; an element with a family of its own wears that one."""
    if is_set:
        tokens = variables.get("--word-font")
        return (string_of(tokens) if tokens is not None else None) or above.font
    family = str(values["font-family"])
    return above.font if family == above.values["font-family"] else GENERIC_FONTS.get(family, family)


@remembered
def word_style(computed: Computed) -> str | None:
    """The Word style that the stylesheet names, `--word-style`, or None."""
    return computed.custom("--word-style")
