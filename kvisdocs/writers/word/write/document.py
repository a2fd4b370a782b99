"""WordDocument → DOCX bytes. Obeys the model and decides nothing; python-docx keeps the package and its parts."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from docx.document import Document
from docx.oxml.ns import qn
from lxml.etree import _Element

from kvisdocs.writers.word.letterhead.writing import (
    given_style_ids,
    open_letterhead_base,
    put_numbering,
    write_language,
)
from kvisdocs.writers.word.model.blocks import WordDocument
from kvisdocs.writers.word.styles.names import style_ids
from kvisdocs.writers.word.write.blocks import BlockWriter, Package
from kvisdocs.writers.word.write.formats import full_language
from kvisdocs.writers.word.write.lists import numbering_elements
from kvisdocs.writers.word.write.package import open_base, save_package
from kvisdocs.writers.word.write.sections import SectionWriter, write_footnotes
from kvisdocs.writers.word.write.styles import added_style_elements, style_elements
from kvisdocs.writers.word.write.xml import make


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
