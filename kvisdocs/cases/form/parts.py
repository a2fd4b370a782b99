"""A case's data laid out as a form: sections and fields, each with its Danish words, as the models tell of them.

Every key of the file is in it. What the model does not know, or what is not of the form that it should be, is a part
that can be read and not changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import quote

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kvisdocs.cases.form.kinds import (
    HOLDS_PARTS,
    YES_OR_NO,
    Kind,
    divide,
    kind_of,
    kind_of_items,
    most_items,
    show_value,
)
from kvisdocs.cases.model.base import Choice, inner_choice, inner_model
from kvisdocs.cases.yaml.yaml_builder import Data, Path

Words: TypeAlias = Mapping[tuple[str, ...], Mapping[str, str]]
"""What there is to choose from, with its Danish, by the keys that lead to a field: the municipalities, the steps."""


@dataclass(frozen=True)
class Part:
    """A field, or a section with its parts."""

    path: Path
    kind: Kind
    label: str
    help: str = ""
    example: str = ""
    is_needed: bool = False
    """Whether its group is not whole without it."""
    is_given: bool = False
    """Whether the file has it."""
    value: str = ""
    """What the file says, as the form shows it."""
    written: str = ""
    """What the file says, as it stands."""
    choices: Mapping[str, str] | None = None
    otherwise: str = ""
    """What holds where nothing is chosen."""
    chosen: tuple[str, ...] = ()
    parts: "tuple[Part, ...]" = ()
    model: type[BaseModel] | None = None
    """What each item of the list is, where it has keys of its own."""
    can_grow: bool = False
    takes_names: bool = False
    """Whether a name can be added that nobody knows of."""

    @property
    def name(self) -> str:
        """What it goes by in a page: its path in one word."""
        return name_of(self.path)

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return bool(self.path) and isinstance(self.path[-1], int)

    @property
    def summary(self) -> str:
        """What tells an item from others: the first text in it."""
        return next((each.value.split("\n")[0] for each in walk(self) if each.value and each.kind != Kind.CHOICE), "")

    @property
    def is_filled(self) -> bool:
        """Whether anything is said in it."""
        return any(each.written or each.chosen for each in walk(self))


def name_of(path: Path) -> str:
    """A path in one word: `plan/employment/activities/@0/goal`."""
    return "/".join(
        f"@{step}" if isinstance(step, int) else quote(step, safe="", errors="surrogatepass") for step in path
    )


def walk(part: Part) -> Iterator[Part]:
    """The part and all in it."""
    yield part
    for each in part.parts:
        yield from walk(each)


def lay_out(data: Data, model: type[BaseModel], words: Words, title: str) -> Part:
    """A whole case as a form."""
    return _Layout(words).group((), data, model, Part((), Kind.GROUP, title, is_needed=True))


@dataclass(frozen=True)
class _Layout:
    words: Words

    def group(self, path: Path, data: Data, model: type[BaseModel], about: Part) -> Part:
        """A group of keys. `about` is what there is to say of it; of one that holds no keys, nothing else is."""
        if data is not None and not isinstance(data, dict):
            return _as_it_stands(about, data)
        given = data or {}
        parts = [
            self.field((*path, key), key in given, given.get(key), field) for key, field in model.model_fields.items()
        ]
        unknown = [
            _as_it_stands(Part((*path, key), Kind.OTHER, key, is_given=True), value)
            for key, value in given.items()
            if key not in model.model_fields
        ]
        return _with(about, kind=Kind.GROUP, parts=(*parts, *unknown))

    def field(self, path: Path, is_given: bool, data: Data, field: FieldInfo) -> Part:
        """What a model has at a key."""
        kind = kind_of(field)
        label, more = divide(field.description or str(path[-1]), kind in HOLDS_PARTS)
        about = Part(path, kind, label, more, is_needed=field.is_required(), is_given=is_given)
        inner = inner_model(field.annotation)[0]
        if kind is Kind.GROUP and inner is not None:
            return self.group(path, data, inner, about)
        if kind is Kind.LIST:
            return self.list(path, data, field, _with(about, model=inner))
        if kind is Kind.TABLE:
            return self.table(path, data, field, about)
        if kind is Kind.CHOICES:
            return _several(about, data, inner_choice(field.annotation))
        about = _with(about, example=_example(field), otherwise=_otherwise(field))
        return self.value(about, data, inner_choice(field.annotation))

    def value(self, about: Part, data: Data, closed: type[Choice] | None) -> Part:
        """One value."""
        if about.kind is Kind.OTHER or isinstance(data, (dict, list)):
            return _as_it_stands(about, data)
        written = data or ""
        choices: Mapping[str, str] | None = None
        if closed is not None:
            choices = {each.value: each.danish for each in closed}
        elif about.kind is Kind.FLAG:
            choices = YES_OR_NO
        elif found := self.words.get(_keys(about.path)):
            choices = found
            about = _with(about, kind=Kind.CHOICE, help="")
        return _with(about, value=show_value(about.kind, written), written=written, choices=choices)

    def list(self, path: Path, data: Data, field: FieldInfo, about: Part) -> Part:
        """A list, item by item."""
        if data is not None and not isinstance(data, list):
            return _as_it_stands(about, data)
        items = [self.item((*path, number), each, field, about) for number, each in enumerate(data or [])]
        most = most_items(field)
        return _with(about, parts=tuple(items), can_grow=most is None or len(items) < most)

    def item(self, path: Path, data: Data, field: FieldInfo, of: Part) -> Part:
        """One item of a list."""
        about = Part(path, kind_of_items(field), f"{of.label} {int(path[-1]) + 1}", is_needed=True, is_given=True)
        return self.group(path, data, of.model, about) if of.model else self.value(about, data, None)

    def table(self, path: Path, data: Data, field: FieldInfo, about: Part) -> Part:
        """Values by name: those that are known, and those that stand there."""
        if data is not None and not isinstance(data, dict):
            return _as_it_stands(about, data)
        known, given = self.words.get(_keys(path), {}), data or {}
        kind = kind_of_items(field)
        parts = [
            self.value(Part((*path, key), kind, known.get(key, key), is_given=key in given), given.get(key), None)
            for key in (*known, *(each for each in given if each not in known))
        ]
        return _with(about, parts=tuple(parts), takes_names=not known)


def _keys(path: Path) -> tuple[str, ...]:
    return tuple(step for step in path if isinstance(step, str))


def _with(part: Part, **changes: Any) -> Part:
    return Part(**{**part.__dict__, **changes})


def _as_it_stands(about: Part, data: Data) -> Part:
    text = data if isinstance(data, str) else yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)
    return _with(about, kind=Kind.OTHER, written=text if data is not None else "")


def _several(about: Part, data: Data, closed: type[Choice] | None) -> Part:
    """Several values of a closed list, and those that stand there and are none of it."""
    items: Sequence[Data] = data if isinstance(data, list) else []
    texts = tuple(each for each in items if isinstance(each, str))
    if (data is not None and not isinstance(data, list)) or len(texts) < len(items):
        return _as_it_stands(about, data)
    known = {each.value: each.danish for each in closed or ()}
    return _with(about, chosen=texts, choices={**known, **{each: each for each in texts if each not in known}})


def _example(field: FieldInfo) -> str:
    """A field's example, where its form is not told by what there is to choose from."""
    kind = kind_of(field)
    if not field.examples or kind in {Kind.FLAG, Kind.CHOICE, Kind.OTHER}:
        return ""
    return show_value(kind, str(field.examples[0]))


def _otherwise(field: FieldInfo) -> str:
    """What the model takes where nothing is said."""
    if isinstance(field.default, Choice):
        return field.default.danish
    return YES_OR_NO["ja" if field.default else "nej"] if isinstance(field.default, bool) else ""
