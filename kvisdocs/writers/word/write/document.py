"""WordDocument → DOCX bytes. Obeys the model and decides nothing; python-docx keeps the package and its parts.

Sections become `w:sectPr` with their heads and feet (ECMA-376, 17.6.17 and 17.10), footnotes a part of their own
(11.3.7 and 17.11), with the two separators that Word wants before them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any, cast

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml.etree import _Element

from kvisdocs.writers.word.letterhead.letterhead import Letterhead
from kvisdocs.writers.word.letterhead.writing import (
    given_style_ids,
    open_letterhead_base,
    put_numbering,
    stamp_feet,
    write_given_section,
    write_language,
    write_settings_language,
)
from kvisdocs.writers.word.model.blocks import Block, Section, WordDocument
from kvisdocs.writers.word.styles.stylebook import style_ids
from kvisdocs.writers.word.write.blocks import BlockWriter, Package
from kvisdocs.writers.word.write.formats import full_language, make
from kvisdocs.writers.word.write.package import open_base, save_package
from kvisdocs.writers.word.write.styles import added_style_elements, numbering_elements, style_elements


def write_word(word: WordDocument) -> bytes:
    """The document as a DOCX package; the same document gives the same bytes."""
    document, package = _open(word)
    body = document.element.body
    section_properties = body[-1]
    writer = BlockWriter(document.part, package)
    sections = SectionWriter(document.part, package, word.sections, word.letterhead)
    *earlier, last = range(len(word.sections))
    for number in earlier:
        elements = writer.write(word.sections[number].blocks)
        for element in elements:
            section_properties.addprevious(element)
        own = make("w:sectPr")
        sections.fill(number, own)
        _end_section(elements[-1], own)
    for element in writer.write(word.sections[last].blocks):
        section_properties.addprevious(element)
    write_footnotes(document, word.footnotes, lambda part, blocks: BlockWriter(part, package).write(blocks))
    sections.fill(last, section_properties)
    if word.letterhead is not None and word.stamp and "footer" in word.letterhead.edges:
        stamp_feet(document, body.find(f".//{qn('w:sectPr')}"), word.stamp)
    _write_properties(document, word)
    return save_package(document, package.put_rows_back)


def _open(word: WordDocument) -> tuple[Document, Package]:
    """The base document with styles and numbering, and what the writers share."""
    letterhead = word.letterhead
    if letterhead is None:
        document, lists = open_base(), word.lists
        package = Package(style_ids(style.name for style in word.styles))
    else:
        document = open_letterhead_base(letterhead)
        lists = tuple(replace(each, list_id=each.list_id + letterhead.lists) for each in word.lists)
        ids = given_style_ids(letterhead, word.styles)
        package = Package(ids, numbers=count(letterhead.drawings + 1), lists_before=letterhead.lists)
    styles = document.part._styles_part.element
    if letterhead is not None and letterhead.styles:
        styles.extend(added_style_elements(word.styles, package.styles, letterhead))
        write_language(document, word.language)
    else:
        styles.extend(style_elements(word.styles, package.styles, word.language))
        write_settings_language(document, word.language)
    put_numbering(document.part.numbering_part.element, numbering_elements(lists))
    return document, package


def _end_section(paragraph: _Element, properties: _Element) -> None:
    """A section but the last is described in its last paragraph, at the end of `w:pPr` (17.6.18)."""
    found = paragraph.find(qn("w:pPr"))
    if found is None:
        found = make("w:pPr")
        paragraph.insert(0, found)
    found.append(properties)


def _write_properties(document: Document, word: WordDocument) -> None:
    properties = document.core_properties
    properties.title = word.title
    properties.author = word.author
    properties.last_modified_by = word.author
    properties.language = full_language(word.language)
    properties.created = properties.modified = datetime.fromisoformat(word.created).replace(tzinfo=UTC)
    properties.revision = 1


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


@dataclass(frozen=True, slots=True)
class SectionWriter:
    """Writes the sections of one document; heads and feet that are alike are one part."""

    part: Any
    package: Package
    sections: tuple[Section, ...]
    letterhead: Letterhead | None = None
    _written: dict[tuple[str, tuple[Block, ...]], str] = field(default_factory=dict)

    def fill(self, number: int, properties: _Element) -> None:
        """Put into `w:sectPr` what the section is. Each says its own head and foot: none would be the one before's.

        A letterhead's are said once, for the first section, and so stand in all of them.
        """
        section = self.sections[number]
        parts, first = self._furniture(number)
        for kind, which, blocks in parts:
            if not first and (which == "first" or not self._has_any(kind)):
                continue
            relation = self._relation(kind, blocks)
            properties.append(make(f"w:{kind}Reference", type=which, **{"r:id": relation}))
        if number:
            properties.append(make("w:type", val=section.start))
        _write_page(properties, section)
        if section.columns > 1:
            properties.append(make("w:cols", num=section.columns, space=section.column_gap))
        if first:
            properties.append(make("w:titlePg"))
        if self.letterhead is not None:
            write_given_section(self.part, properties, section, self.letterhead, begins=number == 0)

    def _furniture(self, number: int) -> tuple[list[tuple[str, str, tuple[Block, ...]]], bool]:
        """What of head and foot is ours, for each kind of page, and whether the first page has its own."""
        section, letterhead = self.sections[number], self.letterhead
        first = section.first_header is not None or section.first_footer is not None
        parts: list[tuple[str, str, tuple[Block, ...]]] = [
            ("header", "default", section.header),
            ("header", "first", section.first_header or ()),
            ("footer", "default", section.footer),
            ("footer", "first", section.first_footer or ()),
        ]
        if letterhead is None:
            return parts, first
        parts = [each for each in parts if each[0] not in letterhead.edges]
        if letterhead.first and not first and not number:  # it tells pages apart: ours are written for all kinds
            parts = [(kind, which, getattr(section, kind)) for kind, which, _ in parts]
            first = bool(parts)
        parts += [(kind, "even", blocks) for kind, which, blocks in parts if which == "default" and letterhead.even]
        return parts, first

    def _has_any(self, kind: str) -> bool:
        return any(getattr(section, kind) for section in self.sections)

    def _relation(self, kind: str, blocks: tuple[Block, ...]) -> str:
        """The relation to the part that holds these blocks."""
        if (kind, blocks) not in self._written:
            part, relation = getattr(self.part, f"add_{kind}_part")()
            style = self.package.styles.get(kind.title())
            known = make("w:pPr", make("w:pStyle", val=style)) if style else None
            part.element[:] = BlockWriter(part, self.package).write(blocks) or [make("w:p", known)]
            self._written[kind, blocks] = relation
        return self._written[kind, blocks]


def _write_page(properties: _Element, section: Section) -> None:
    margins = section.margins
    paper: dict[str, object] = {"w": section.width, "h": section.height}
    if section.width > section.height:
        paper["orient"] = "landscape"
    properties.append(make("w:pgSz", **paper))
    properties.append(
        make(
            "w:pgMar",
            top=margins.top,
            right=margins.right,
            bottom=margins.bottom,
            left=margins.left,
            header=section.header_distance,
            footer=section.footer_distance,
            gutter=0,
        )
    )
