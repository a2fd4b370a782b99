"""Rules of our own for an accessible DOCX, since no checker for it can be had outside Word.

Each rule is a function from a document to what it finds; its docstring says what it stands for: a success criterion of
WCAG 2.1, with the clause of EN 301 549 V3.2.1 that applies it to documents, or a rule of Word's own checker. `RULES`
holds them all, in the order in which they report.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from lxml.etree import _Element

from kvisdocs.messages import N_, NOTHING, Message, message
from kvisdocs.problems import Position, Problem
from kvisdocs.verify.docx.body import drawing_alt, plain_text
from kvisdocs.verify.docx.document import Document, Violation, drawings, quote, quoted
from kvisdocs.verify.docx.package import W, cells, is_on, open_docx, place, rows, value
from kvisdocs.verify.docx.text_rules import (
    blanks_are_no_layout,
    links_say_where_they_lead,
    lists_are_lists,
    no_empty_paragraphs,
    text_has_contrast,
)

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_FILE_NAME = re.compile(r"\S+\.(png|jpe?g|gif|svg|bmp|tiff?|emf|wmf)", re.IGNORECASE)

Rule = Callable[[Document], Iterator[Violation]]


def check_accessibility(file: Path) -> list[Problem]:
    """One error for each thing that a rule finds, by rule and place. Raises UnreadableError."""
    document = Document(open_docx(file))
    position = Position(str(file))
    return [Problem(position, _say(found), found.todo) for rule in RULES.values() for found in rule(document)]


def _say(found: Violation) -> Message:
    if not found.place:
        return found.what
    return N_("{place}: {what}", place=found.place, what=found.what).coded(found.what.code)


def document_has_a_language(document: Document) -> Iterator[Violation]:
    """WCAG 3.1.1 Language of Page; EN 301 549, 10.3.1.1.

    Word reads the document defaults (`w:docDefaults`), and for new text `w:themeFontLang`, not the core property.
    """
    todo = N_("set it for the whole document: in the profile, or in Word under Review, Language")
    theme = value(document.file.root("settings"), "themeFontLang")
    for language, where in ((document.styles.default_language, "docDefaults"), (theme, "themeFontLang")):
        if not language:
            what = message("verify.docx.no_language", "no language is set in {where}", where=where)
            yield Violation(NOTHING, what, todo)
        elif not _LANGUAGE.fullmatch(language):
            what = message(
                "verify.docx.unknown_language", '"{language}" in {where} is no language', language=language, where=where
            )
            yield Violation(NOTHING, what, todo)


def document_has_a_title(document: Document) -> Iterator[Violation]:
    """WCAG 2.4.2 Page Titled; EN 301 549, 10.2.4.2: the title in the core properties."""
    if not document.file.title:
        todo = N_("give it one: <title> in the template, or File, Info in Word")
        yield Violation(NOTHING, message("verify.docx.no_title", "the document has no title"), todo)


def pictures_have_alt_text(document: Document) -> Iterator[Violation]:
    """WCAG 1.1.1 Non-text Content; EN 301 549, 10.1.1.1; Word: Missing alternative text.

    An alt text (`wp:docPr@descr`), or the mark of decoration (`adec:decorative`); a file's name is no alt text.
    """
    for location, _ in document.everywhere:
        for drawing in drawings(location.element):
            alt = drawing_alt(drawing)
            if alt == "" and next(drawing.iter(f"{W}txbxContent"), None) is None:
                what = message("verify.docx.no_alt_text", "a picture has no alt text")
                yield Violation(quoted(location), what, N_("say what it shows, or mark it as decorative"))
            elif alt and _FILE_NAME.fullmatch(alt):
                what = message("verify.docx.file_as_alt_text", 'the alt text "{alt}" is the name of a file', alt=alt)
                yield Violation(quoted(location), what, N_("say what the picture shows"))


def text_is_no_picture(document: Document) -> Iterator[Violation]:
    """WCAG 1.4.5 Images of Text; EN 301 549, 10.1.4.5: a body of pictures alone is a scanned letter."""
    texts = any(plain_text(location.element).strip() for location in document.body)
    if not texts and any(drawings(location.element) for location in document.body):
        what = message("verify.docx.text_as_picture", "the document holds pictures and no text")
        yield Violation(NOTHING, what, N_("write its text as text"))


def tables_have_header_rows(document: Document) -> Iterator[Violation]:
    """WCAG 1.3.1 Info and Relationships; EN 301 549, 10.1.3.1; Word: Use table headers.

    The first row is marked as header (`w:tblHeader`). Tables in headers and footers only lay them out.
    """
    for location in document.body_tables:
        found = rows(location.element)
        if found and not is_on(found[0].find(f"{W}trPr"), "tblHeader"):
            what = message("verify.docx.no_header_row", "the table has no header row")
            todo = N_("use <thead> and <th>, or mark the first row in Word: Table Layout, Repeat Header Rows")
            yield Violation(quote(location, _row_text(found[0])), what, todo)


def header_cells_say_something(document: Document) -> Iterator[Violation]:
    """WCAG 1.3.1; Word: a header cell without text names no column. The corner over a column of names may be empty."""
    for location in document.body_tables:
        for number, row in enumerate(rows(location.element), 1):
            if not is_on(row.find(f"{W}trPr"), "tblHeader"):
                break
            for column, cell in enumerate(cells(row), 1):
                goes_on = cell.find(f"{W}tcPr/{W}vMerge") is not None
                if column > 1 and not goes_on and not _cell_text(cell).strip() and not drawings(cell):
                    where = place((*location.steps, ("row", number), ("column", column)))
                    what = message("verify.docx.empty_header_cell", "a header cell is empty")
                    yield Violation(where, what, N_("say what the column holds"))


def headings_are_in_order(document: Document) -> Iterator[Violation]:
    """WCAG 1.3.1 and 2.4.6; EN 301 549, 10.1.3.1; Word: Use of headings, Heading order.

    There are headings, the first has level 1, and none goes down by more than one.
    """
    before = 0
    for location in document.body:
        level = document.styles.heading_level(location.element)
        if level is None or not plain_text(location.element).strip():
            continue
        if level > before + 1:
            todo = N_("give it level {level}, or put the missing heading before it", level=before + 1)
            yield Violation(quoted(location), _skipped(level, before), todo)
        before = level
    if not before and any(plain_text(location.element).strip() for location in document.body):
        what = message("verify.docx.no_heading", "the document has no heading")
        yield Violation(NOTHING, what, N_("begin with <h1>, in Word the style Heading 1"))


def _skipped(level: int, before: int) -> Message:
    if not before:
        return message("verify.docx.first_heading", "the first heading has level {level}", level=level)
    return message(
        "verify.docx.heading_skipped", "heading {level} follows heading {before}", level=level, before=before
    )


def _cell_text(cell: _Element) -> str:
    return " ".join(plain_text(each) for each in cell.iter(f"{W}p"))


def _row_text(row: _Element) -> str:
    return " | ".join(_cell_text(cell) for cell in cells(row))


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "language": document_has_a_language,
        "title": document_has_a_title,
        "headings": headings_are_in_order,
        "alt texts": pictures_have_alt_text,
        "text, not pictures": text_is_no_picture,
        "header rows": tables_have_header_rows,
        "header cells": header_cells_say_something,
        "lists": lists_are_lists,
        "links": links_say_where_they_lead,
        "empty paragraphs": no_empty_paragraphs,
        "blanks": blanks_are_no_layout,
        "contrast": text_has_contrast,
    }
)
"""The rules by the names under which docs/verify.md explains them."""
