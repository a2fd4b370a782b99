"""WordDocument → DOCX bytes. Obeys the model and decides nothing; python-docx keeps the package and its parts."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from docx.document import Document
from lxml.etree import _Element

from kvisdocs.writers.word.blocks import Block, WordDocument
from kvisdocs.writers.word.package import open_base, save_package
from kvisdocs.writers.word.style_names import style_ids
from kvisdocs.writers.word.write_blocks import BlockWriter, Package
from kvisdocs.writers.word.write_formats import full_language
from kvisdocs.writers.word.write_letterhead import (
    given_style_ids,
    open_letterhead_base,
    put_numbering,
    write_given_section,
    write_language,
)
from kvisdocs.writers.word.write_lists import numbering_elements
from kvisdocs.writers.word.write_styles import added_style_elements, style_elements
from kvisdocs.writers.word.xml import make


def write_word(word: WordDocument) -> bytes:
    """The document as a DOCX package; the same document gives the same bytes."""
    document, package = _open(word)
    body = document.element.body
    section_properties = body[-1]
    writer = BlockWriter(document.part, package)
    for element in writer.write(word.blocks):
        section_properties.addprevious(element)
    _write_section(document, section_properties, word, writer)
    _write_properties(document, word)
    return save_package(document)


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


def _furniture(word: WordDocument) -> tuple[list[tuple[str, str, tuple[Block, ...]]], bool]:
    """What of head and foot is ours, for each kind of page, and whether the first page has its own."""
    section, letterhead = word.section, word.letterhead
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
    if letterhead.first and not first:  # where it tells pages apart, ours are written for all kinds of them
        parts = [(kind, which, getattr(section, kind)) for kind, which, _ in parts]
        first = bool(parts)
    parts += [(kind, "even", blocks) for kind, which, blocks in parts if which == "default" and letterhead.even]
    return parts, first


def _write_section(document: Document, properties: _Element, word: WordDocument, writer: BlockWriter) -> None:
    section, letterhead = word.section, word.letterhead
    parts, first = _furniture(word)
    for kind, which, blocks in parts:
        if (which == "first" and not first) or (which == "default" and not blocks and not first):
            continue
        part, relation = getattr(document.part, f"add_{kind}_part")()
        element = part.element
        for child in list(element):
            element.remove(child)
        style = writer.package.styles.get(kind.title())
        known = make("w:pPr", make("w:pStyle", val=style)) if style else None
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
    if letterhead is not None:
        ours = {str(child.tag).rpartition("}")[2]: child for child in properties}
        write_given_section(document, properties, section, letterhead, ours)


def _write_properties(document: Document, word: WordDocument) -> None:
    properties = document.core_properties
    properties.title = word.title
    properties.author = word.author
    properties.last_modified_by = word.author
    properties.language = full_language(word.language)
    properties.created = properties.modified = datetime.fromisoformat(word.created).replace(tzinfo=UTC)
    properties.revision = 1
