"""A committee item with every part, put through the templates to learn which parts they print.

Each text is a word that stands nowhere else: it is printed if it comes out. Other values (days, marks, amounts) may be
shown in many ways, so that it is enough that a template asked for them. A view knows what was asked of it.
"""

import itertools
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.committee import Access, CommitteeItem
from kvisdocs.cases.views import View
from kvisdocs.cases.yaml.source import Source
from kvisdocs.templating.documents import Document
from kvisdocs.templating.render import Renderer

Names = tuple[str, ...]
"""A path without the numbers in lists: `("attachments", "date")`."""

COMPARED = {("routing",)}
"""Texts that are no words to print, but are looked for in a list: the bodies that get an x."""

DATED = {("attachments", "date"), ("sub_items", "attachments", "date"), ("course", "date")}
"""Days that are looked for by their year, since profiles may have phrases without them."""

OVERRIDING = {
    ("decisions", "positions", "text"),
    ("course", "decision", "positions", "text"),
    *(("course", "decision", name) for name in ("committee", "date", "item")),
}
"""What is printed in place of something else, which a second trial without it brings out."""

DAY = date(2026, 9, 9)
_FIRST_YEAR = 1931
_VALUES: Mapping[type, object] = {date: DAY, time: time(13), Decimal: Decimal(12_345), int: 7, bool: True}
_LETTERS = "bcdfghjklmnpqrstvwxz"


@dataclass(frozen=True, slots=True)
class Like:
    """What of an item decides which parts are printed."""

    municipality: str
    access: Access = Access.OPEN
    several_decisions: bool = False
    """Headings tell several apart that a single one need not have."""


@dataclass
class _Filler:
    """Fills models with words of their own; `words` says which stands at which path."""

    field_names: Collection[str]
    without: Collection[Names] = ()
    words: dict[Names, str] = field(default_factory=dict)
    _new: Iterable[tuple[str, ...]] = field(default_factory=lambda: itertools.product(_LETTERS, repeat=4))

    def model(self, kind: type[BaseModel], path: Names = ()) -> Any:
        values = {name: self._value(each.annotation, (*path, name)) for name, each in kind.model_fields.items()}
        return kind.model_construct(**values)

    def _value(self, kind: Any, path: Names) -> Any:
        if path in self.without:
            return None
        origin, inner = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self._value(inner[0], path)
        if origin is Literal:
            return inner[0]
        if origin is tuple:
            return (self._value(inner[0], path),)
        if origin is dict:
            return {name: self._value(inner[1], (*path, name)) for name in self.field_names}
        if inner:
            return self._value(next(each for each in inner if each is not NoneType), path)
        if issubclass(kind, BaseModel):
            return self.model(kind, path)
        if issubclass(kind, Enum):
            return next(iter(kind))
        if path in DATED:
            year = _FIRST_YEAR + sum(word.isdigit() for word in self.words.values())
            self.words[path] = str(year)
            return DAY.replace(year=year)
        if kind is str:
            self.words[path] = f"qx{''.join(next(iter(self._new)))}"
            return self.words[path]
        return _VALUES[kind]


class _Asked(View):
    """A view that notes the paths that are asked of it."""

    __slots__ = ("_asked", "_path")

    def __init__(self, view: View, asked: set[Names], path: Names = ()) -> None:
        super().__init__({name: _note(getattr(view, name), asked, (*path, name)) for name in dir(view)})
        self._asked = asked
        self._path = path

    def __getattr__(self, name: str) -> object:
        value = super().__getattr__(name)
        self._asked.add((*self._path, name))
        return value


def _note(value: object, asked: set[Names], path: Names) -> object:
    if isinstance(value, View):
        return _Asked(value, asked, path)
    return tuple(_note(each, asked, path) for each in value) if isinstance(value, tuple) else value


def find_printed(
    renderer: Renderer, documents: Iterable[Document], source: Source, like: Like, field_names: Collection[str]
) -> frozenset[Names]:
    """The paths of all single values of an item that one of the documents prints, for the municipality of `like`.

    Raises KvisdocsError where a template cannot be rendered.
    """
    documents = tuple(documents)
    return frozenset().union(
        *(_find_printed(renderer, documents, source, like, _Filler(field_names, left)) for left in ((), OVERRIDING))
    )


def _find_printed(
    renderer: Renderer, documents: Iterable[Document], source: Source, like: Like, filler: _Filler
) -> set[Names]:
    given = {"municipality": like.municipality, "access": like.access, "kind": "committee"}
    item = filler.model(CommitteeItem).model_copy(update=given)
    if like.several_decisions:
        item = item.model_copy(update={"decisions": item.decisions * 2})
    loaded = LoadedCase("trial", item, source)
    asked: set[Names] = set()
    texts = [renderer.try_out(loaded, each, DAY, lambda view: _Asked(view, asked)).casefold() for each in documents]
    printed = {path for path, word in filler.words.items() if any(word in text for text in texts)}
    told = {path for path in asked if path[1:] == () or path[-1] != "access"}  # which decides what else is shown
    return printed | {path for path in told if path not in filler.words or path in COMPARED}


def is_shown_whole(item: CommitteeItem, closed_items: str) -> bool:
    """Whether the papers print the item itself, and not its neutral title alone."""
    return item.access is Access.OPEN or closed_items == "whole"
