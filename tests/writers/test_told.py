"""What docs/templates.md says is told: both writers write each example, and those that the page names tell of it."""

import re
from pathlib import Path

import pytest
from writers.word.made import html_document

from kvisdocs.problems import KvisdocsError, Problem
from kvisdocs.templating.html import HtmlDocument
from kvisdocs.writers.pdf.document import write_pdf
from kvisdocs.writers.word.document import write_docx

PAGE = Path(__file__).parents[2] / "docs" / "templates.md"
AT = "brev/document.html.j2:7:3"


def examples() -> list[tuple[str, str]]:
    """The examples of the page's last table, each with who tells of it; what stands in brackets is none."""
    section = PAGE.read_text(encoding="utf-8").partition("## What is told")[2]
    rows = re.findall(r"^\| (`.*`.*) \| (\w+) \|$", section, re.MULTILINE)
    return [(code, who) for cell, who in rows for code in re.findall(r"`([^`]+)`", re.sub(r"\(write.*\)", "", cell))]


def document_of(code: str) -> HtmlDocument:
    """An element, a rule, or a declaration of a paragraph; each stands in line 7."""
    if code.startswith("<"):
        return html_document(re.sub(r"<([a-z-]+)", rf'<\1 data-at="{AT}"', code))
    if "{" in code:
        return html_document(
            "<h1>Sag</h1><ul><li>Brev</li></ul><p>Frist</p>", head=f'<style data-at="{AT}">{code}</style>'
        )
    return html_document(f'<h1>Sag</h1><p data-at="{AT}" style="{code}">Frist</p>')


def told(document: HtmlDocument) -> list[tuple[bool, list[Problem]]]:
    """For the PDF and for Word, whether the file was made, and what was told."""
    found = []
    for write in (write_pdf, write_docx):
        try:
            found.append((True, sorted(write(document).messages)))
        except KvisdocsError as error:
            found.append((False, list(error.problems)))
    return found


@pytest.mark.parametrize(("code", "who"), examples())
def test_it_is_told_as_the_page_says(code: str, who: str) -> None:
    (pdf_made, pdf), (word_made, word) = told(document_of(code))
    assert pdf_made is word_made is (who != "error")
    assert pdf or word
    assert {each.position.line for each in (*pdf, *word)} == {7}
    match who:
        case "error":
            assert {each.position for each in pdf} == {each.position for each in word}
        case "both":
            assert pdf == word
        case "each":
            assert pdf
            assert not set(pdf) & set(word)
        case "PDF":
            assert word == []
        case _:
            assert who == "Word"
            assert pdf == []


def test_the_page_has_examples_of_each_kind() -> None:
    assert {who for _, who in examples()} == {"error", "both", "each", "Word", "PDF"}
    assert len(examples()) > 60
