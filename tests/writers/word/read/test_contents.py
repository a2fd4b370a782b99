"""A table of contents opens right: its entries are there, and nothing asks Word to make them."""

import re

from writers.word.made import docx_parts, html_document

from kvisdocs.writers.pdf.layout import lay_out
from kvisdocs.writers.word.document import write_docx

CSS = """
.toc ol { list-style: none; padding: 0; margin: 0; }
.toc a::after { content: leader(".") target-counter(attr(href), page); }
h3 { break-before: page; }
"""
BODY = """
<nav class="toc"><h2>Indhold</h2><ol><li><a href="#om">Om sagen</a></li><li><a href="#plan">Planen</a></li></ol></nav>
<h2 id="om">Om sagen</h2><p>Tekst</p><h3 id="plan">Planen</h3>
"""


def document_xml(body: str) -> str:
    return docx_parts(write_docx(html_document(body, CSS)).data)["word/document.xml"].decode("utf-8")


def test_pages_are_those_of_the_pdf() -> None:
    assert lay_out(html_document(BODY, CSS)).find_pages() == {"om": 1, "plan": 2}


def test_each_entry_shows_the_page_that_the_pdf_found() -> None:
    shown = re.findall(r"PAGEREF (\w+) \\h .*?separate\"/>.*?<w:t>(\d+)</w:t>", document_xml(BODY), re.DOTALL)
    assert shown == [("a_om", "1"), ("a_plan", "2")]


def test_the_field_is_whole_and_asks_for_no_update() -> None:
    xml = document_xml(BODY)
    settings = docx_parts(write_docx(html_document(BODY, CSS)).data)["word/settings.xml"].decode("utf-8")
    assert r'TOC \o "2-3" \h \z' in xml
    kinds = re.findall(r'fldCharType="(\w+)"', xml)
    inner = ["begin", "separate", "end"]
    assert kinds == ["begin", "separate", *inner, *inner, "end"]
    assert "dirty" not in xml
    assert "updateFields" not in settings


def test_the_heading_of_the_contents_is_a_heading_but_no_entry_of_them() -> None:
    styles = docx_parts(write_docx(html_document(BODY, CSS)).data)["word/styles.xml"].decode("utf-8")
    heading = re.search(r'<w:style [^>]*w:styleId="TOCHeading".*?</w:style>', styles, re.DOTALL)
    assert heading
    assert '<w:name w:val="TOC Heading"/>' in heading[0]
    assert '<w:outlineLvl w:val="1"/>' in heading[0]
    assert '<w:name w:val="toc 2"/>' in styles
    assert '<w:name w:val="toc 3"/>' in styles


def test_without_page_numbers_in_the_stylesheet_word_shows_none() -> None:
    written = write_docx(html_document(BODY, ".toc ol { list-style: none; padding: 0; }"))
    assert b"PAGEREF" not in docx_parts(written.data)["word/document.xml"]
    assert written.messages == ()


def test_where_the_pdf_cannot_be_laid_out_word_shows_no_pages_and_says_so() -> None:
    broken = "@font-face { font-family: Nix; src: url(nix.ttf); } h2 { background: url(nix.png) }"
    written = write_docx(html_document(BODY, CSS + f"@media pdf {{ {broken} }}"))
    assert b"PAGEREF" not in docx_parts(written.data)["word/document.xml"]
    assert [problem.what for problem in written.messages] == [
        'the page of "#om" is not known: the Word file shows none',
        'the page of "#plan" is not known: the Word file shows none',
    ]
