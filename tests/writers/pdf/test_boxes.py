"""Texts too long for their cell, their page or the envelope's window: divided or set smaller, and told of where not."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from builders import citizen_yaml, loaded_case
from writers.pdf.test_layout import paper, word

from kvisdocs.application.generate import tell_outside
from kvisdocs.application.recipient_check.identifying_data import IdentifyingMark, MarkKind
from kvisdocs.cases.yaml.source import parse_source
from kvisdocs.templating.engine.markdown import render_markdown
from kvisdocs.templating.html import HtmlDocument, PageFit
from kvisdocs.verify.docx.body import read_docx_blocks
from kvisdocs.verify.parity import compare
from kvisdocs.verify.pdf.tag_blocks import read_pdf_blocks
from kvisdocs.writers import write_files
from kvisdocs.writers.formats import FORMATS
from kvisdocs.writers.output import Outside, Where
from kvisdocs.writers.pdf.layout import lay_out

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ENDLESS = "arbejdsfastholdelseskonsulent" * 9
TOKENS = {
    "a word of 261 letters": ENDLESS,
    "an address on the web": "https://viborg.example/job/sygemeldte/fleksible-forloeb/2026/efteraar/vejledning.html?side=4",
    "an e-mail address": "sygedagpenge.opfoelgning.og.fastholdelse@beskaeftigelsesforvaltningen.viborg.example",
    "a file's name": "2026_09_14_referat_af_rundbordssamtale_med_arbejdsgiver_og_konsulent_endelig.docx",
    "a long name": "Bartholomæus-Constantinopolitanus-Wilhelmsen-Kirkegaardsvang",
}


def two_columns(text: str) -> str:
    return f'<table><col style="width: 20%"><col style="width: 80%"><tr><td>{text}</td><td>Kort</td></tr></table>'


def outside(body: str, head: str = "", sheets: tuple[str, ...] = ("house.css",)) -> list[tuple[Where, str]]:
    return [(each.where, each.text) for each in lay_out(paper(body, head, sheets)).outside]


def boxes(document: HtmlDocument) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right, top of each piece of text on the first page, in points, as pdfium sees them."""
    texts = pypdfium2.PdfDocument(write_files(document, ("pdf",))["pdf"].data)[0].get_textpage()
    return [texts.get_rect(number) for number in range(texts.count_rects())]


@pytest.mark.parametrize("sheets", [("house.css",), ()], ids=["house style", "own style"])
@pytest.mark.parametrize("token", TOKENS.values(), ids=TOKENS)
def test_whatever_is_long_stays_in_its_cell_and_on_its_page(token: str, sheets: tuple[str, ...]) -> None:
    body = f"<h1>{token}</h1><p>Se {token}</p><ul><li>{token}</li></ul>{two_columns(token)}"
    assert outside(body, sheets=sheets) == []
    assert max(right for _, _, right, _ in boxes(paper(body, sheets=sheets))) < 595 - 50


def test_numbers_in_the_margins_of_a_page_are_none_that_a_line_divides() -> None:
    boxes = '@bottom-left { content: "Sag 12" } @top-right { content: "Side " counter(page) " af " counter(pages) }'
    assert outside("<p>a</p>", f"<style>@page {{ {boxes} @top-left {{ content: '7' }} }}</style>") == []


def test_a_long_word_in_a_cell_is_divided_as_danish_divides_it() -> None:
    document = paper(two_columns("Beskæftigelsesforvaltningen"))
    shown = pypdfium2.PdfDocument(write_files(document, ("pdf",))["pdf"].data)[0].get_textpage().get_text_range()
    assert "Beskæftigelsesforvalt‐\r\nningen" in shown


def test_word_divides_words_in_cells_and_nowhere_else() -> None:
    docx = write_files(paper(f"<p>Prosa</p>{two_columns('Celle')}"), ("docx",))["docx"].data
    assert word(docx, "settings").find(f"{W}autoHyphenation") is not None
    styles = word(docx, "styles")
    assert styles.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr/{W}suppressAutoHyphens") is not None
    said = {
        style.get(f"{W}styleId"): style.find(f"{W}pPr/{W}suppressAutoHyphens")
        for style in styles.iter(f"{W}style")
        if style.find(f"{W}pPr/{W}suppressAutoHyphens") is not None
    }
    assert {name: each.get(f"{W}val") for name, each in said.items()} == {"Tabeltekst": "0"}


@pytest.mark.parametrize(
    "amount", ["1.234.567.000\u00a0kr.", "14.\u00a0november\u00a02026", "123.456.789.012", "−12,5\u00a0mio.\u00a0kr."]
)
def test_an_amount_that_its_cell_cannot_hold_whole_is_told_of(amount: str) -> None:
    narrow = f'<table><col style="width: 8%"><col style="width: 92%"><tr><td>{amount}</td><td>Kort</td></tr></table>'
    assert outside(narrow) == [(Where.LINE, amount)]
    assert outside(narrow.replace("8%", "30%").replace("92%", "70%")) == []


@pytest.mark.parametrize(
    "shown", ["Version 2", "kl. 9 og 10", "10-12", "rum_2_nord_etage_14", "Ring 00 00<br>12 09 i 2026"]
)
def test_numbers_that_end_a_line_where_lines_end_are_left_alone(shown: str) -> None:
    narrow = f'<table><col style="width: 9%"><col style="width: 91%"><tr><td>{shown}</td><td>Kort</td></tr></table>'
    assert outside(narrow) == []


PLACED = "<style>.box { position: absolute; left: 0; top: 0; width: 60mm; height: 12mm } p { margin: 0 }</style>"


def test_what_is_too_high_for_its_place_is_told_of_by_its_longest_line() -> None:
    lines = "".join(f"<p>{each}</p>" for each in ("Åse Ørum", "Den Lange Vej 14, 2. tv.", "7400 Herning", "Danmark"))
    assert (Where.PLACE, "Den Lange Vej 14, 2. tv.") in outside(f'<div class="box">{lines}</div>', PLACED, ())


def test_what_is_placed_over_the_text_is_told_of() -> None:
    body = '<div class="box"><p>Til Åse</p></div><p>Brevets tekst</p>'
    assert outside(body, PLACED, ()) == [(Where.TEXT, "Til Åse")]


def test_a_draft_mark_behind_the_text_is_meant_to_be_there() -> None:
    mark = "<style>.mark { position: absolute; left: 0; top: 0; font-size: 60pt; color: #eeeeee }</style>"
    assert outside('<div class="mark">UDKAST</div><p>Brevets tekst</p>', mark, ()) == []


def test_a_line_that_may_not_wrap_and_leaves_the_page_is_told_of() -> None:
    assert outside(f'<p style="white-space: nowrap">{ENDLESS}</p>') == [(Where.PAGE, ENDLESS)]


def test_an_empty_page_and_one_of_spaces_have_nothing_outside() -> None:
    assert outside("") == []
    assert outside("<p>&nbsp;</p>") == []


MM = 72 / 25.4
WINDOW = (50, 82)
"""Herning's window, in millimetres from the top."""


def letter(lines: int, name: str = "Åse Ørum") -> HtmlDocument:
    """A letter whose address has that many lines below the name."""
    place = (
        "<style>.sender, .window { left: 0; width: 85mm } .sender { top: calc(50mm - var(--letter-top)) }"
        ".window { top: calc(55mm - var(--letter-top)); height: 27mm }</style>"
    )
    address = "".join(f"<p>Linje {number}</p>" for number in range(lines))
    sender = '<p class="sender">Jobcenter Herning · Torvet 1 · 7400 Herning</p>'
    body = f'{sender}<div class="window"><p>{name}</p>{address}</div><h1>Brev</h1>'
    document = paper(body, place)
    return replace(document, text=document.text.replace('class="paper"', 'class="letter"'))


@pytest.mark.parametrize(("lines", "classes"), [(4, ()), (5, ("small-address",)), (7, ("smaller-address",))])
def test_an_address_is_set_smaller_until_the_window_holds_it(lines: int, classes: tuple[str, ...]) -> None:
    document = letter(lines)
    layout = lay_out(document)
    assert layout.document.fit == PageFit(classes)
    assert layout.outside == ()
    high = pypdfium2.PdfDocument(write_files(document, ("pdf",))["pdf"].data)[0].get_height()
    seen = [(high - top, high - bottom) for _, bottom, _, top in boxes(document) if high - top < 95 * MM]
    assert min(top for top, _ in seen) > WINDOW[0] * MM - 1
    assert max(bottom for _, bottom in seen) < WINDOW[1] * MM


def test_word_sets_the_address_as_small() -> None:
    sizes = []
    for lines in (4, 7):
        styles = word(write_files(letter(lines), ("docx",))["docx"].data, "styles")
        size = styles.find(f".//{W}style[@{W}styleId='Modtager']/{W}rPr/{W}sz")
        sizes.append(None if size is None else size.get(f"{W}val"))
    assert sizes == [None, "16"]


def test_an_address_that_no_size_fits_is_told_of() -> None:
    (found,) = lay_out(letter(9, "Åse Wilhelmine Ørum")).outside
    assert (found.where, found.text) == (Where.PLACE, "Åse Wilhelmine Ørum")


def test_a_table_of_forty_columns_is_told_of() -> None:
    table = "|".join(str(1000 + number) for number in range(40))
    assert {where for where, _ in outside(render_markdown(f"{table}\n{'|'.join(['---'] * 40)}\n{table}"))} == {
        Where.LINE
    }


CASE = """\
kind: citizen
citizen:
  first_names: Åse Marie
  last_name: Østergård
plan:
  goal: >
    Fuld tid igen som
    arbejdsfastholdelseskonsulent
rows: ["1234", "|12|34|"]
"""


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("arbejdsfastholdelses-", 8, 5),
        ("som arbejds", 7, 19),
        ("Åse Marie Østergård", 3, 16),
        ("Østergård", 4, 14),
        ("1234", 9, 9),
    ],
)
def test_what_sticks_out_is_told_where_the_case_says_it(text: str, line: int, column: int) -> None:
    case = replace(loaded_case(citizen_yaml()), source=parse_source(CASE, "sag.yaml"))
    (problem,) = tell_outside((Outside(Where.CELL, text, None),), case, paper(""), "plan.pdf")
    assert (problem.position.file, problem.position.line, problem.position.column) == ("sag.yaml", line, column)
    assert problem.what == f'plan.pdf: "{text}" sticks out of its cell'


def test_what_the_case_does_not_say_is_told_where_the_template_writes_it() -> None:
    case = loaded_case(citizen_yaml())
    (problem,) = tell_outside((Outside(Where.PAGE, "Kvik", "base.html.j2:7:3"),), case, paper(""), "plan.pdf")
    assert str(problem.position).endswith("templates/base.html.j2:7:3")


def test_many_of_one_value_are_one_warning() -> None:
    case = replace(loaded_case(citizen_yaml()), source=parse_source('a: "12"\nb: "|12|34|56|"', "sag.yaml"))
    found = tuple(Outside(Where.LINE, text, None) for text in ("12", "34", "56"))
    (problem,) = tell_outside(found, case, paper(""), "punkt.pdf")
    assert (problem.position.line, problem.what) == (
        2,
        'punkt.pdf: "12" is wider than its cell, and ends on the next line (and so do 2 more here)',
    )


@pytest.mark.parametrize("token", TOKENS.values(), ids=TOKENS)
def test_both_files_say_the_same_of_what_is_divided(token: str, tmp_path: Path) -> None:
    pdf, docx = tmp_path / "x.pdf", tmp_path / "x.docx"
    files = write_files(paper(f"<h1>Sag</h1><p>Se {token}</p>{two_columns(token)}"), ("pdf", "docx"))
    pdf.write_bytes(files["pdf"].data)
    docx.write_bytes(files["docx"].data)
    assert not compare(pdf, read_pdf_blocks(pdf), docx, read_docx_blocks(docx))
    assert IdentifyingMark(MarkKind.NAME, token).stands_in(FORMATS["pdf"].read_words(files["pdf"].data)[0])
