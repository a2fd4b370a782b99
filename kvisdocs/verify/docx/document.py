"""A DOCX as the rules of accessibility see it: paragraphs, tables and pictures, each with a place that people find."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml.etree import _Element

from kvisdocs.messages import N_, Message
from kvisdocs.verify.docx.body import plain_text
from kvisdocs.verify.docx.package import Location, Part, Steps, W, WordFile, children, is_layout, locate, place
from kvisdocs.verify.docx.styles import Styles

_FURNITURE = ("header", "footer")
_QUOTED = 40


@dataclass(frozen=True, slots=True)
class Violation:
    """What a rule found: where, what is wrong, and what to do in Word or in the template."""

    place: Message
    what: Message
    todo: Message


class Document:
    """One file before the rules."""

    def __init__(self, file: WordFile) -> None:
        self.file = file
        self.styles = Styles(file)

    @property
    def containers(self) -> Iterator[tuple[Part, _Element, Steps]]:
        """The body, then headers, footers and footnotes, each with its part and the beginning of its places."""
        yield self.file.main, self.file.body, ()
        for kind in _FURNITURE:
            for number, part in enumerate(self.file.parts.get(kind, []), 1):
                yield part, part.root, ((kind, number),)
        for part in self.file.parts.get("footnotes", []):
            notes = (each for each in part.root.iterfind(f"{W}footnote") if each.get(f"{W}type") is None)
            for number, note in enumerate(notes, 1):
                yield part, note, (("footnote", number),)

    @cached_property
    def body(self) -> list[Location]:
        """The paragraphs of the body, with those in tables."""
        return [each for each in locate(self.file.body) if each.element.tag == f"{W}p"]

    @cached_property
    def everywhere(self) -> list[tuple[Location, Part]]:
        """The paragraphs of the body, headers, footers and footnotes, each with its part."""
        found = ((each, part) for part, root, before in self.containers for each in locate(root, before))
        return [(each, part) for each, part in found if each.element.tag == f"{W}p"]

    @cached_property
    def body_tables(self) -> list[Location]:
        """The tables of the body that are tables to a reader; those in headers and footers only lay them out."""
        return [
            each for each in locate(self.file.body) if each.element.tag == f"{W}tbl" and not is_layout(each.element)
        ]


def quote(location: Location, text: str) -> Message:
    """The place with the beginning of what stands there: `paragraph 12: “Kære …”`."""
    text = " ".join(text.split())
    if not text:
        return place(location.steps)
    shown = text if len(text) <= _QUOTED else text[:_QUOTED].rsplit(" ", 1)[0] + " …"
    return N_("{place}: “{text}”", place=place(location.steps), text=shown)


def quoted(location: Location) -> Message:
    """The place of a paragraph with the beginning of its text."""
    return quote(location, plain_text(location.element))


def drawings(element: _Element) -> list[_Element]:
    """The pictures in a paragraph or cell, each once."""
    found = []
    for child in children(element):
        if child.tag in (f"{W}drawing", f"{W}pict"):
            found.append(child)
        elif child.tag not in (f"{W}pPr", f"{W}rPr"):
            found += drawings(child)
    return found
