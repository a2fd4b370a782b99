"""WordDocument → DOCX bytes. Obeys the model and decides nothing; python-docx keeps the package and its parts."""

from datetime import UTC, datetime

from docx.document import Document
from docx.oxml.ns import qn
from lxml.etree import _Element

from kvisdocs.writers.word.blocks import WordDocument
from kvisdocs.writers.word.package import open_base, save_package
from kvisdocs.writers.word.style_names import style_ids
from kvisdocs.writers.word.write_blocks import BlockWriter, Package
from kvisdocs.writers.word.write_footnotes import write_footnotes
from kvisdocs.writers.word.write_formats import full_language
from kvisdocs.writers.word.write_lists import numbering_elements
from kvisdocs.writers.word.write_sections import SectionWriter
from kvisdocs.writers.word.write_styles import style_elements
from kvisdocs.writers.word.xml import make


def write_word(word: WordDocument) -> bytes:
    """The document as a DOCX package; the same document gives the same bytes."""
    document = open_base()
    styles = document.part._styles_part.element
    ids = style_ids(style.name for style in word.styles)
    for element in style_elements(word.styles, ids, word.language):
        styles.append(element)
    numbering = document.part.numbering_part.element
    for element in numbering_elements(word.lists):
        numbering.append(element)
    body = document.element.body
    section_properties = body[-1]
    writer = BlockWriter(document.part, Package(ids))
    sections = SectionWriter(document.part, writer.package, word.sections)
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
    write_footnotes(document, word.footnotes, lambda part, blocks: BlockWriter(part, writer.package).write(blocks))
    sections.fill(last, section_properties)
    _write_properties(document, word)
    return save_package(document)


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
