"""Documents for the writer's tests, made of an HTML body and a stylesheet."""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from kvisdocs.problems import Problem
from kvisdocs.templating.html import Assets, HtmlDocument
from kvisdocs.writers.word.model.blocks import WordDocument
from kvisdocs.writers.word.read.document import read_word
from kvisdocs.writers.word.write.document import write_word

TEMPLATES = Path(__file__).parents[3] / "templates"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

HOUSE = """
@page { size: A4; margin: 20mm; }
html { font-family: Carlito; --word-font: Calibri; }
body { margin: 0; font-size: 10pt; --word-style: "Normal"; }
p { margin: 0 0 6pt; --word-style: "Body Text"; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 2pt; vertical-align: top; --word-style: "Tabeltekst"; }
ul, ol { margin: 0 0 6pt; padding-left: 14pt; }
li { --word-style: "List Bullet"; }
"""
"""A plain stylesheet: A4 with 20 mm, so that the text is 170 mm (9638 twips) wide."""


def html_document(body: str, css: str = "", head: str = "", assets: Assets | None = None) -> HtmlDocument:
    """A document of `body` in HOUSE and then `css`."""
    text = f'<html lang="da"><head>{head}<style>{HOUSE}</style><style>{css}</style></head><body>{body}</body></html>'
    return HtmlDocument(text, "Prøve", "da", assets or Assets((TEMPLATES,)), (), "prøve/document.html.j2")


def read_body(body: str, css: str = "") -> WordDocument:
    """The Word document of a body; there must be nothing to remark on."""
    word, messages = read_word(html_document(body, css))
    assert messages == ()
    return word


def remarks(body: str, css: str = "") -> list[str]:
    """What the reader remarks, without the places."""
    return [problem.what for problem in problems_of(body, css)]


def problems_of(body: str, css: str = "") -> tuple[Problem, ...]:
    """What the reader remarks."""
    return read_word(html_document(body, css))[1]


def docx_parts(data: bytes) -> Mapping[str, bytes]:
    """The parts of a package by name."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def body_xml(body: str) -> etree._Element:
    """`w:body` of the document."""
    data = write_word(read_body(body))
    return etree.fromstring(docx_parts(data)["word/document.xml"])[0]


@cache
def fonts() -> Assets:
    """The template folder that ships."""
    return Assets((TEMPLATES,))
