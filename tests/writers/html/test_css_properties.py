"""The list of properties is that of WeasyPrint and of the Word writer, and both say the same of what is on none."""

import pytest
from weasyprint.css.validation import expanders, properties
from writers.word.made import html_document

from kvisdocs.problems import KvisdocsError, Problem
from kvisdocs.writers.html.rules import COMMON, PDF_ALONE
from kvisdocs.writers.pdf.document import write_pdf
from kvisdocs.writers.word.css.defaults import SILENT
from kvisdocs.writers.word.css.properties import PROPERTIES
from kvisdocs.writers.word.css.shorthands import OLD_NAMES, is_shorthand
from kvisdocs.writers.word.document import write_docx

PDF = {name.replace("_", "-") for name in {*properties.PROPERTIES, *expanders.EXPANDERS}}


def in_word(name: str) -> bool:
    return name in PROPERTIES or is_shorthand(name) or name in {*OLD_NAMES, *SILENT, "font-size", "content"}


def test_every_property_of_the_pdf_is_on_one_list() -> None:
    assert {name for name in PDF if not in_word(name)} == PDF_ALONE


def test_word_has_no_property_that_the_pdf_lacks() -> None:
    assert {name for name in (*PROPERTIES, *COMMON) if name not in PDF} == set()


def said_by_both(body: str, css: str = "") -> list[Problem]:
    """What the writers say, which is to be the same."""
    document = html_document(body, css)
    pdf, docx = write_pdf(document).messages, write_docx(document).messages
    assert sorted(pdf) == sorted(docx)
    return sorted(pdf)


@pytest.mark.parametrize(
    ("declaration", "name", "todo"),
    [
        ("colr: red", "colr", 'did you mean "color"?'),
        ("colour: red", "colour", 'did you mean "color"?'),
        ("background-colour: red", "background-colour", 'did you mean "background-color"?'),
        ("font-wieght: bold", "font-wieght", 'did you mean "font-weight"?'),
        ("tekst-farve: rød", "tekst-farve", "correct it, or delete it"),
        ("text-shadow: 1px 1px red", "text-shadow", "correct it, or delete it"),
    ],
)
def test_a_property_that_neither_has_is_told_alike_at_its_place(declaration: str, name: str, todo: str) -> None:
    what = f'CSS "{name}": neither file has such a property'
    (inline,) = said_by_both(f'<p data-at="brev/document.html.j2:9:4" style="{declaration}">Frist</p>')
    assert (str(inline.position), inline.what, inline.todo) == ("brev/document.html.j2:9:4", what, todo)
    (rule,) = said_by_both("<p>Frist</p>", f"p {{\n  {declaration} }}")
    assert (rule.what, rule.position.line, rule.position.column) == (what, 2, 3)


@pytest.mark.parametrize(
    ("declaration", "what", "todo"),
    [
        ("color: rødt", "it is no colour", "write it as #1c4e68"),
        ("background: #12", "it is no colour", "write it as #1c4e68"),
        ("border: 1pt solid rødt", "it is no colour", "write it as #1c4e68"),
        ("width: -3cm", "it cannot be negative", "write 0, or more"),
        ("margin: 3vw", "no place for this value", "write a length in pt"),
        ("text-align: middel", "no place for this value", "use one of: left, right, center"),
        ("display: blok", "no place for this value", 'write "block", or'),
        ("word-spacing: 3pt", "no place for it", "put it in @media pdf"),
    ],
)
def test_what_word_says_of_a_value_fits_it(declaration: str, what: str, todo: str) -> None:
    messages = write_docx(html_document(f'<p style="{declaration}">Frist</p>')).messages
    assert messages
    for each in messages:
        assert what in each.what
        assert each.todo.startswith(todo)
    assert todo.startswith("put") or not any(each.todo.startswith("put it in") for each in messages)


def test_a_rule_that_neither_has_is_told_alike() -> None:
    for rule in ("@supports (display: grid) { p { color: red } }", "@container (width > 1px) { }", "@suports x;"):
        (message,) = said_by_both("<p>Frist</p>", f"p {{ margin: 0 }}\n{rule}")
        assert message.what == f'CSS "{rule.split()[0]}": neither file has such a rule'
        assert (message.position.line, message.position.column) == (2, 1)


@pytest.mark.parametrize("declaration", ["color: rødt", "margin: tre", "display: blok", "width: -3cm"])
def test_what_the_pdf_ignores_is_told_at_the_element(declaration: str) -> None:
    body = f'<p>a</p><p data-at="brev/document.html.j2:9:4" style="{declaration}">Frist</p>'
    (message,) = write_pdf(html_document(body)).messages
    assert str(message.position) == "brev/document.html.j2:9:4"


@pytest.mark.parametrize("element", ['<p data-at="brev/document.html.j2:9:4" style="{}">', '<p class="a">'])
def test_a_file_that_a_style_asks_for_is_told_at_its_line(element: str) -> None:
    said = "background: url(væk.png)"
    head = f'<style data-at="brev/document.html.j2:9:4">.a {{ {said} }}</style>' if "class" in element else ""
    with pytest.raises(KvisdocsError) as caught:
        write_pdf(html_document(element.format(said) + "a</p>", head=head))
    assert [str(each.position) for each in caught.value.problems] == ["brev/document.html.j2:9:4"]
