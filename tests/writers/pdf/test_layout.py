"""How pages end: laid out once more where a little less space does good, in the PDF and in the Word file alike."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from examples import EXAMPLES, letter_day, load_example
from lxml import etree

from kvisdocs.templating.documents import find_blockers, load_documents
from kvisdocs.templating.html import Assets, HtmlDocument, PageFit
from kvisdocs.templating.render import Renderer
from kvisdocs.writers import write_files
from kvisdocs.writers.page_fit import may_be_fitted
from kvisdocs.writers.pdf.layout import lay_out

SHIPPED = Assets((Path(__file__).parents[3] / "templates",))
DOCUMENTS = load_documents(SHIPPED)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FULL = 33
"""Paragraphs of one line on the first page of a paper."""


def paper(body: str, head: str = "", sheets: tuple[str, ...] = ("house.css",)) -> HtmlDocument:
    text = f'<html lang="da"><head><title>x</title>{head}</head><body class="paper">{body}</body></html>'
    return HtmlDocument(text, "Prøve", "da", SHIPPED, sheets, "base.html.j2")


def lines(count: int) -> str:
    return "".join(f"<p>Linje {number}</p>" for number in range(count))


def pages(data: bytes) -> list[str]:
    """The words of each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def word(data: bytes, part: str = "document") -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(f"word/{part}.xml"))


def body_space(data: bytes) -> str | None:
    """The space below a paragraph of body text in the Word file, in twips."""
    spacing = word(data, "styles").find(f".//{W}style[@{W}styleId='BodyText']/{W}pPr/{W}spacing")
    assert spacing is not None
    return spacing.get(f"{W}after")


@pytest.mark.parametrize(
    ("over", "classes", "space"), [(1, ("tight",), "80"), (6, ("tighter",), "80"), (11, (), "120")]
)
def test_a_nearly_empty_last_page_is_saved_in_both_files(over: int, classes: tuple[str, ...], space: str) -> None:
    document = paper(lines(FULL + over))
    assert len(lay_out(replace(document, fit=PageFit())).rendered.pages) == 2
    files = write_files(document, ("pdf", "docx"))
    assert lay_out(document).document.fit == PageFit(classes)
    assert files["pdf"].pages == (1 if classes else 2)
    assert body_space(files["docx"].data) == space


def test_pages_that_end_well_stay_as_they_are() -> None:
    document = paper(lines(FULL))
    assert lay_out(document).document.fit == PageFit()
    assert write_files(document, ("pdf",)) == write_files(replace(document, fit=PageFit()), ("pdf",))


def test_a_page_that_less_space_does_not_save_keeps_its_space() -> None:
    document = paper(f'{lines(9)}<p style="break-before: page">Bilag</p>')
    assert lay_out(document).document.fit == PageFit()


def test_a_stylesheet_without_the_classes_is_not_laid_out_again() -> None:
    own = "<style>p { margin: 0 0 20pt; font-size: 12pt }</style>"
    document = paper(lines(25), own, ())
    assert len(lay_out(replace(document, fit=PageFit())).rendered.pages) == 2
    assert lay_out(document).document.fit == PageFit()


def test_word_alone_is_the_same_as_beside_a_pdf() -> None:
    document = paper(lines(FULL + 1))
    assert write_files(document, ("docx",))["docx"] == write_files(document, ("pdf", "docx"))["docx"]


@pytest.mark.parametrize(
    ("body", "head", "sheets", "waits"),
    [
        ("<p>Kort</p>", "", ("house.css",), True),
        ("<p>Kort</p>", "<style>body.tight { line-height: 1 }</style>", (), True),
        ("<table><tr><td>Kort</td></tr></table>", "", (), True),
        ("<p>Kort</p>", "<style>.tightly, p { margin: 0 }</style>", (), False),
        (f"<p>{'Kort. ' * 70_000}</p>", "", ("house.css",), False),
    ],
)
def test_word_alone_waits_for_a_layout_only_where_one_could_change_it(body, head, sheets, waits) -> None:
    assert may_be_fitted(paper(body, head, sheets)) is waits


def table(*cells: str) -> str:
    rows = "".join(f"<tr><th scope='row'>{number}</th><td>{cell}</td></tr>" for number, cell in enumerate(cells))
    head = '<thead><tr><th scope="col">Nr.</th><th scope="col">Tekst</th></tr></thead>'
    return f"<table><col style='width: 60%'><col style='width: 40%'>{head}<tbody>{rows}</tbody></table>"


LONG = " ".join(f"Sætning {number} om ugens aftale." for number in range(90))
"""Half a page in two fifths of its width."""


@pytest.mark.parametrize("sheets", [("house.css",), ()], ids=["house style", "own style"])
def test_a_row_of_half_a_page_may_be_cut_in_both_files_and_a_low_one_not(sheets: tuple[str, ...]) -> None:
    own = "<style>tr { break-inside: avoid } td { font-size: 10pt } p { margin: 0 0 9pt; line-height: 12pt }</style>"
    document = paper(lines(22) + table("Kort", LONG, "Kort"), own, sheets)
    files = write_files(document, ("pdf", "docx"))
    shown = pages(files["pdf"].data)
    assert "Sætning 0" in shown[0]
    assert "Sætning 89" in shown[-1]
    rows = word(files["docx"].data).findall(f".//{W}tr")
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [True, True, False, True]


def test_a_tall_row_keeps_no_other_row_with_it() -> None:
    whole = table(LONG, LONG, LONG).replace("<tr><th scope='row'", '<tr class="stays"><th scope="row"')
    documents = write_files(paper(lines(2) + whole), ("docx",))["docx"]
    cells = word(documents.data).findall(f".//{W}tr")[1:]
    assert all(cell.find(f".//{W}keepNext") is None for cell in cells)


@pytest.mark.parametrize("after", ["<ul><li>En</li><li>To</li></ul>", table("En", "To"), "<ol><li>En</li></ol>"])
@pytest.mark.parametrize("lead", ["Det skal du huske:", "Det <strong>skal</strong> du huske: "])
def test_a_lead_in_stays_with_what_it_leads_in(after: str, lead: str) -> None:
    document = paper(f"{lines(FULL - 1)}<p>{lead}</p>{after}")
    files = write_files(replace(document, fit=PageFit()), ("pdf", "docx"))
    assert pages(files["pdf"].data)[1].startswith("Det skal du huske:")
    kept = [each for each in word(files["docx"].data).iter(f"{W}p") if "huske" in "".join(each.itertext())]
    assert [each.find(f"{W}pPr/{W}keepNext") is not None for each in kept] == [True]


def test_a_sentence_stays_with_nothing() -> None:
    docx = write_files(paper("<p>Det skal du huske.</p><ul><li>En</li></ul>"), ("docx",))["docx"]
    assert word(docx.data).find(f".//{W}keepNext") is None


EVERY = [
    pytest.param(path, name, id=f"{path.stem} {name}")
    for path in sorted(EXAMPLES.rglob("*.yaml"))
    for name, document in DOCUMENTS.items()
    for case in [load_example(path)]
    if not find_blockers(case, document, letter_day(case.id))
]
FOOT_MM = 24
"""The margin below the text, where the page number stands."""


WITHOUT_OWN_PAGES = [each for each in EVERY if DOCUMENTS[each.values[1]].kind != "meeting"]
"""Closed items of an agenda stand on pages of their own, and what follows them begins a page, however little it is."""


@pytest.mark.parametrize(("path", "name"), WITHOUT_OWN_PAGES)
def test_no_example_ends_with_a_nearly_empty_page(path: Path, name: str) -> None:
    case = load_example(path)
    html = Renderer(SHIPPED).render(case, DOCUMENTS[name], letter_day(case.id))
    document = pypdfium2.PdfDocument(write_files(html, ("pdf",))["pdf"].data)
    if len(document) > 1:
        last = document[len(document) - 1]
        texts, foot = last.get_textpage(), FOOT_MM * 72 / 25.4
        tops = [texts.get_rect(each) for each in range(texts.count_rects())]
        lowest = min(bottom for _, bottom, _, _ in tops if bottom > foot)
        used = (last.get_height() - 68 - lowest) / (last.get_height() - 68 - foot)
        assert used > 0.2, f"{used:.0%} of the last page, {re.escape(texts.get_text_range()[:80])}"


@pytest.mark.parametrize(("path", "name"), EVERY)
def test_signature_lines_of_an_example_share_their_page_with_what_is_signed(path: Path, name: str) -> None:
    case = load_example(path)
    html = Renderer(SHIPPED).render(case, DOCUMENTS[name], letter_day(case.id))
    signed = [page for page in pages(write_files(html, ("pdf",))["pdf"].data) if "Dato og underskrift" in page]
    for page in signed:
        above = page.partition("Dato og underskrift")[0].splitlines()
        assert len(above) >= 6, f"only this stands above the lines: {above}"
    assert len(signed) == html.text.count('class="signatures"')
