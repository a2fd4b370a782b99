"""New files to fill in: a case, a committee item, a municipality's profile, a document.

A file is laid out from its model: every field that is needed, with its Danish description and an example, and what may
be left out as comments. What somebody must fill in is empty and marked `UDFYLD`, so that `check` names it and no more.
"""

import os
import subprocess
from collections.abc import Collection, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kvisdocs.application.scaffold.answers import Path_, dump
from kvisdocs.cases.load import KINDS
from kvisdocs.cases.model.base import inner_model
from kvisdocs.problems import printable

FILL_IN = "UDFYLD"
"""The mark of what somebody must fill in."""

_HEAD = f"""\
# Felter med {FILL_IN} skal have en værdi. Linjer, der begynder med #, er forslag: slet tegnet # foran dem, du bruger.
# Find fejl med: kvisdocs check {{file}}
"""
_EDITOR = "# yaml-language-server: $schema={schema}\n"


def new_case(
    kind: Literal["citizen", "committee"],
    given: Mapping[Path_, Any],
    parts: Collection[Path_] = (),
    texts: Mapping[str, str] | None = None,
    choices: Mapping[str, Collection[str]] | None = None,
    without: Collection[Path_] = (),
) -> str:
    """A case to fill in, without its head.

    `given` are values by path, `parts` the optional parts that are laid out too, `texts` the text fields of the
    municipality's brief with their headings; `choices` are what there is to choose from, by key. `without` are
    parts that are not suggested, since no paper prints them.
    """
    layout = _Layout({("kind",): kind, **given}, parts, texts or {}, choices or {}, without)
    return "".join(_lines(KINDS[kind], (), layout))


def head_of(file: Path, schema: Path) -> str:
    """The first lines of a case: the schema for editors, and how to go on."""
    shown = Path(os.path.relpath(schema.resolve(), file.resolve().parent)).as_posix()
    return _EDITOR.format(schema=shown) + _HEAD.format(file=quote_path(file))


def quote_path(file: Path) -> str:
    """A path as one writes it behind a command, on one line."""
    return subprocess.list2cmdline([" ".join(printable(str(file)).splitlines())])


def find_open_fields(kind: str, given: Collection[Path_]) -> Iterator[tuple[Path_, FieldInfo]]:
    """The needed fields that nothing is given for, in the order of the file: what a dialogue asks."""
    yield from _open_fields(KINDS[kind], (), given)


class _Layout:
    """What is known of the file to be laid out."""

    def __init__(
        self,
        values: Mapping[Path_, Any],
        parts: Collection[Path_],
        texts: Mapping[str, str],
        choices: Mapping[str, Collection[str]],
        without: Collection[Path_],
    ) -> None:
        self.values = values
        self.parts = parts
        self.texts = texts
        self.choices = choices
        self.without = without

    def has(self, path: Path_) -> bool:
        """Whether the file holds that part, or something below it."""
        return path in self.parts or any(key[: len(path)] == path for key in self.values)


def _lines(model: type[BaseModel], path: Path_, layout: _Layout) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield from _field_lines(name, field, path, layout)


def _field_lines(name: str, field: FieldInfo, path: Path_, layout: _Layout) -> Iterator[str]:
    here, pad = (*path, name), "  " * len(path)
    inner, many = inner_model(field.annotation)
    if here in layout.without and not layout.has(here):
        return
    if here in layout.values:
        yield indent(dump({name: layout.values[here]}), pad)
    elif name == "fields" and layout.texts:
        yield f"{pad}fields:\n"
        yield from (f"{pad}  {key}: # {FILL_IN}: {label}\n" for key, label in layout.texts.items())
    elif inner is None:
        mark = f"{pad}{name}: # {FILL_IN}: " if field.is_required() else f"{pad}# {name}: # "
        yield f"{mark}{describe_field(field, layout.choices.get(name, ()))}\n"
    elif field.is_required() or layout.has(here):
        yield f"{pad}{name}: # {field.description}\n" if field.description else f"{pad}{name}:\n"
        body = "".join(_lines(inner, here, layout))
        yield _as_item(body, pad) if many else body
    else:
        body = "".join(_suggested(inner, 1))
        block = f"{name}: # {field.description or ''}".rstrip(" #") + "\n" + (_as_item(body, "") if many else body)
        yield indent(block, f"{pad}# ")


_ALSO = {"data", "by"}
"""What is no needed field, but belongs there: without `data` a consent carries no letter. Most say who recommends."""


def _suggested(model: type[BaseModel], depth: int) -> Iterator[str]:
    """The needed fields of a part that may be left out, to be read as a comment."""
    for name, field in model.model_fields.items():
        if field.is_required() or name in _ALSO:
            inner, many = inner_model(field.annotation)
            about = describe_field(field) if inner is None else field.description or ""
            yield f"{'  ' * depth}{name}: # {about}".rstrip(" #") + "\n"
            if inner is not None:
                body = "".join(_suggested(inner, depth + 1))
                yield _as_item(body, "  " * depth) if many else body


def _as_item(body: str, pad: str) -> str:
    """The lines of a group as the one item of a list: `- ` stands before the first line that is no comment."""
    lines = body.splitlines(keepends=True)
    first = next((number for number, line in enumerate(lines) if not line.lstrip().startswith("#")), 0)
    moved = [lines[first], *lines[:first], *lines[first + 1 :]] if lines else []
    return "".join(f"{pad}  - {line.lstrip()}" if not number else f"  {line}" for number, line in enumerate(moved))


def describe_field(field: FieldInfo, choices: Collection[str] = ()) -> str:
    """What a field means, with the values that it may have or an example, in Danish."""
    about = field.description or ""
    if choices := choices or _choices(field.annotation):
        about = f"{about}: {', '.join(choices)}"
        if not any(isinstance(each, list) for each in field.examples or ()):
            return about
    if not field.examples:
        return about
    example = field.examples[0]
    return f"{about}, f.eks. {example if isinstance(example, str) else dump(example, flow=True).strip()}"


def describe_group(kind: str, path: Path_) -> str:
    """What the group is that a field stands in: `Borgeren – Adresse`; empty of one that stands in none."""
    model: type[BaseModel] | None = KINDS[kind]
    said = []
    for name in path[:-1]:
        if model is None:
            break
        field = model.model_fields[name]
        said.append(field.description or name)
        model = inner_model(field.annotation)[0]
    return " – ".join(said)


def _choices(annotation: Any) -> list[str]:
    """The values of a closed list, with what they mean."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [f"{each.value} ({getattr(each, 'danish', each.value)})" for each in annotation]
    return next((found for each in getattr(annotation, "__args__", ()) if (found := _choices(each))), [])


def indent(text: str, pad: str) -> str:
    """Every line behind a pad."""
    return "".join(f"{pad}{line}" for line in text.splitlines(keepends=True))


def _open_fields(model: type[BaseModel], path: Path_, given: Collection[Path_]) -> Iterator[tuple[Path_, FieldInfo]]:
    for name, field in model.model_fields.items():
        here = (*path, name)
        inner, _ = inner_model(field.annotation)
        if here in given or not field.is_required():
            continue
        if inner is None:
            yield here, field
        else:
            yield from _open_fields(inner, here, given)
