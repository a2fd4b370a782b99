"""Footnotes → a part of their own (ECMA-376, 11.3.7 and 17.11), with the two separators that Word wants before them."""

from collections.abc import Callable, Iterable, Sequence
from typing import cast

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml.etree import _Element

from kvisdocs.writers.word.blocks import Block
from kvisdocs.writers.word.xml import make

SEPARATORS = {-1: "separator", 0: "continuationSeparator"}
"""The lines between text and notes, by the ids that Word gives them; the notes themselves count from 1."""


def write_footnotes(
    document: Document, notes: Sequence[Sequence[Block]], write: Callable[[XmlPart, Iterable[Block]], list[_Element]]
) -> None:
    """Add the part, if there are notes, and name its separators in the settings. `write` makes a part's blocks."""
    if not notes:
        return
    root = make("w:footnotes", *(_separator(number, kind) for number, kind in SEPARATORS.items()))
    package = document.part.package
    element = cast(BaseOxmlElement, root)
    part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, element, package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    for number, blocks in enumerate(notes, 1):
        root.append(make("w:footnote", *write(part, blocks), id=number))
    settings = document.settings.element
    properties = make("w:footnotePr", *(make("w:footnote", id=number) for number in SEPARATORS))
    settings.find(qn("w:compat")).addprevious(properties)  # the children of settings have an order


def _separator(number: int, kind: str) -> _Element:
    spacing = make("w:spacing", before=0, after=0, line=240, lineRule="auto")
    paragraph = make("w:p", make("w:pPr", spacing), make("w:r", make(f"w:{kind}")))
    return make("w:footnote", paragraph, type=kind, id=number)
