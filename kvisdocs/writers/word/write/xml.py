"""Elements of WordprocessingML, made in one line."""

from collections.abc import Callable
from copy import deepcopy
from functools import lru_cache, wraps
from typing import ParamSpec, cast

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser
from lxml.etree import _Element

MORE_NAMESPACES = {
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
nsmap.update(MORE_NAMESPACES)

_NO_PREFIX = ("a:", "pic:", "wp:", "asvg:", "adec:")

P = ParamSpec("P")


@lru_cache(maxsize=1024)
def _tag(tag: str) -> tuple[str, dict[str, str]]:
    """The name with its namespace, and the prefix that it is written with."""
    prefix = tag.partition(":")[0]
    return qn(tag), {prefix: nsmap[prefix]}


@lru_cache(maxsize=1024)
def _attribute(tag: str, name: str) -> str:
    """An attribute's full name: of the tag's own namespace, of the one it names, or of none in drawings."""
    if ":" in name:
        return qn(name)
    return name if tag.startswith(_NO_PREFIX) else qn(f"{tag.partition(':')[0]}:{name}")


def make(tag: str, *children: _Element | None, **attributes: object) -> _Element:
    """`make("w:jc", val="left")` → `<w:jc w:val="left"/>`. A name with a colon keeps its own prefix; None is left out.

    Attributes of drawing elements have no prefix, as their schemas say.
    """
    name, prefixes = _tag(tag)
    element = oxml_parser.makeelement(name, nsmap=prefixes)
    for key, value in attributes.items():
        if value is not None:
            element.set(_attribute(tag, key), str(value))
    for child in children:
        if child is not None:
            element.append(child)
    return element


def flag(tag: str, on: bool | None) -> _Element | None:
    """A toggle: `<w:b/>`, `<w:b w:val="0"/>`, or nothing where the style decides."""
    if on is None:
        return None
    return make(tag) if on else make(tag, val="0")


def reused(function: Callable[P, _Element | None]) -> Callable[P, _Element | None]:
    """Makes each element once and hands out copies: thousands of cells have the same properties."""
    remembered = cast("Callable[P, _Element | None]", lru_cache(maxsize=4096)(function))

    @wraps(function)
    def copied(*arguments: P.args, **named: P.kwargs) -> _Element | None:
        found = remembered(*arguments, **named)
        return None if found is None else deepcopy(found)

    return copied
