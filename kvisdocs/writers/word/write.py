"""WordDocument → DOCX bytes. Obeys the model and decides nothing; python-docx keeps the package and its parts."""

from datetime import UTC, datetime

from docx.document import Document
from lxml.etree import _Element

from kvisdocs.writers.word.blocks import Block, Section, WordDocument
from kvisdocs.writers.word.package import open_base, save_package
from kvisdocs.writers.word.style_names import style_ids
from kvisdocs.writers.word.write_blocks import BlockWriter, Package
from kvisdocs.writers.word.write_footnotes import write_footnotes
from kvisdocs.writers.word.write_formats import full_language
from kvisdocs.writers.word.write_lists import numbering_elements
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
    for element in writer.write(word.blocks):
        section_properties.addprevious(element)
    write_footnotes(document, word.footnotes, lambda part, blocks: BlockWriter(part, writer.package).write(blocks))
    _write_section(document, section_properties, word.section, writer)
    _write_properties(document, word)
    return save_package(document)


def _write_section(document: Document, properties: _Element, section: Section, writer: BlockWriter) -> None:
    first = section.first_header is not None or section.first_footer is not None
    parts: list[tuple[str, str, tuple[Block, ...]]] = [
        ("header", "default", section.header),
        ("header", "first", section.first_header or ()),
        ("footer", "default", section.footer),
        ("footer", "first", section.first_footer or ()),
    ]
    for kind, which, blocks in parts:
        if (which == "first" and not first) or (which == "default" and not blocks and not first):
            continue
        part, relation = getattr(document.part, f"add_{kind}_part")()
        element = part.element
        for child in list(element):
            element.remove(child)
        style = kind.title()
        known = make("w:pPr", make("w:pStyle", val=style)) if style in writer.package.styles else None
        written = BlockWriter(part, writer.package).write(blocks) or [make("w:p", known)]
        for each in written:
            element.append(each)
        properties.append(make(f"w:{kind}Reference", type=which, **{"r:id": relation}))
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
    if first:
        properties.append(make("w:titlePg"))


def _write_properties(document: Document, word: WordDocument) -> None:
    properties = document.core_properties
    properties.title = word.title
    properties.author = word.author
    properties.last_modified_by = word.author
    properties.language = full_language(word.language)
    properties.created = properties.modified = datetime.fromisoformat(word.created).replace(tzinfo=UTC)
    properties.revision = 1
