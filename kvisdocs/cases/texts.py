"""All that a case holds as text, each with its path. Words from a list of words (an Enum) are none.

Where in a case the words stand that a finished document shows: for problems that only the document reveals.
"""

from collections.abc import Collection
from datetime import date, time
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from kvisdocs.cases.load import LoadedCase, iter_texts
from kvisdocs.cases.yaml.source import Data, Source, Step
from kvisdocs.problems import Position

_NO_TEXT = (date, time, int, float, Decimal, Enum, NoneType)

Texts = list[tuple[tuple[Step, ...], str]]
"""Paths, and what the file says there."""


def find_texts(loaded: LoadedCase) -> Texts:
    """A case's texts in the models' order; those it leaves out are none."""
    found: Texts = []
    _walk(loaded.case, loaded.source.data, (), found)
    return found


def is_prose(path: tuple[Step, ...]) -> bool:
    """Whether documents show the text at a path as Markdown with paragraphs, lists and tables."""
    if path[0] in {"fields", "introduction", "legal_basis"}:
        return True
    if path[-1] == "presentation" or (path[0] == "fixed" and path[-1] in {"text", "decision"}):
        return True
    in_prose = path[0] in {"decisions", "course", "sub_items"} or path[:2] == ("plan", "decision")
    return path[-1] == "text" and in_prose and "positions" not in path


def _walk(value: Any, data: Data, path: tuple[Step, ...], found: Texts) -> None:
    if isinstance(value, str):
        if isinstance(data, str) and not isinstance(value, Enum):
            found.append((path, data))
    elif isinstance(value, tuple):
        if isinstance(data, list):
            for number, (inner, there) in enumerate(zip(value, data, strict=False)):
                _walk(inner, there, (*path, number), found)
    elif isinstance(data, dict):
        if isinstance(value, BaseModel):
            for name in _fields_with_text(type(value)):
                if (there := data.get(name)) is not None:
                    inner = getattr(value, name)
                    if type(inner) is str is type(there):  # what most are
                        found.append(((*path, name), there))
                    else:
                        _walk(inner, there, (*path, name), found)
        elif isinstance(value, dict):
            for key, inner in value.items():
                _walk(inner, data.get(key), (*path, key), found)


@cache
def _fields_with_text(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(name for name, field in model.model_fields.items() if _may_be_text(field.annotation))


def _may_be_text(kind: Any) -> bool:
    """Whether a field of that type may hold a text, or something that does. What is not known may."""
    inner = get_args(kind)
    if get_origin(kind) is Annotated:
        return _may_be_text(inner[0])
    if get_origin(kind) is dict:
        return _may_be_text(inner[1])
    if inner:
        return any(_may_be_text(each) for each in inner if each is not Ellipsis)
    if isinstance(kind, type):
        return not issubclass(kind, _NO_TEXT)
    return True


Path = tuple[Step, ...]

_EVEN = str.maketrans("\u00a0\n\t\u2011", "   -", "\u00ad\u200b")
_FEWEST = 3
"""Letters that a value needs before it is looked for in the words, instead of they in it."""


def find_quoted(source: Source, words: str, beside: Collection[str] = ()) -> tuple[Path, Position] | None:
    """The value of the case that holds these words, or of which they are made, and where the words begin in it.

    Of several, the one that holds most of the texts `beside` them; of these, the nearest in length; then the first.
    """
    wanted = _even(words)
    if not wanted:
        return None
    others = [_even(text) for text in beside]
    best: tuple[tuple[int, int], Path, int] | None = None
    for path, text in iter_texts(source.data):
        shown = _even(text)
        offset = shown.find(wanted)
        distance = len(shown) - len(wanted)
        if offset < 0:
            if len(shown.strip()) < _FEWEST or shown.strip() not in wanted:
                continue
            offset, distance = 0, len(source.text) + len(wanted) - len(shown)  # behind all that hold the words
        rank = -sum(other in shown for other in others), distance
        if best is None or rank < best[0]:
            best = rank, path, offset if len(shown) == len(text) else 0
    return (best[1], source.locate_in(best[1], best[2])) if best else None


def _even(text: str) -> str:
    return text.translate(_EVEN)
