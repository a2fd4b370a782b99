"""Where the house style ends a page: a text pushed down line by line, over the foot of the first page."""

import re
from pathlib import Path

import pypdfium2
import pytest
from examples import example, letter_day

from kvisdocs.cases.load import load_case
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.engine.markdown import render_markdown
from kvisdocs.templating.html import Assets, HtmlDocument, PageFit
from kvisdocs.templating.render import Renderer
from kvisdocs.writers.pdf.document import write_pdf

SHIPPED = Assets((Path(__file__).parents[3] / "templates",))
PUSHED = range(24, 35)
"""Paragraphs above, at 20.5 points each: 24 leave room for nine rows below them, 34 fill the page."""


def pages(body: str, lines: int) -> list[str]:
    """The words of each page, with that many paragraphs above the body."""
    above = "<p>Linje</p>" * lines
    text = f'<html lang="da"><head><title>x</title></head><body class="paper">{above}{body}</body></html>'
    document = HtmlDocument(text, "Prøve", "da", SHIPPED, ("house.css",), "base.html.j2", fit=PageFit())
    made = write_pdf(document)  # with the space it has, so that the pages end where the lines push them
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.data)]


@pytest.mark.parametrize("lines", PUSHED)
def test_no_page_has_one_or_two_rows_of_a_table_alone(lines: int) -> None:
    table = render_markdown("| Uge | Timer |\n|---|---|\n" + "".join(f"| Uge | Række {row} |\n" for row in range(9)))
    counts = [len(re.findall("Række", page)) for page in pages(table, lines)]
    assert sum(counts) == 9
    assert not {1, 2} & set(counts)


@pytest.mark.parametrize("lines", PUSHED)
def test_a_closing_begins_no_page(lines: int) -> None:
    body = '<p>Ring til mig.</p><p class="closing">Med venlig hilsen<br>Bodil Clark<br>Herning Kommune</p>'
    assert not any(page.startswith("Med venlig") for page in pages(body, lines))


SIGNED = (
    '<p class="purpose signing">Når vi er enige, skriver vi under her.</p><table class="signatures">'
    '<thead><tr><th scope="col">Dato og underskrift</th></tr></thead>'
    '<tbody><tr><td class="signature"><p>Åse Ørum</p></td></tr></tbody></table>'
)


AGREED = {
    "a table": "<table><tbody><tr><td>Timer</td></tr><tr><td>Vi er enige</td></tr></tbody></table>",
    "a paragraph": "<p>Vi er enige</p>",
    "a list": "<ul><li>Timer</li><li>Vi er enige</li></ul>",
}


@pytest.mark.parametrize("lines", PUSHED)
@pytest.mark.parametrize("agreed", AGREED.values(), ids=AGREED)
def test_who_signs_sees_on_the_same_page_what_is_signed(lines: int, agreed: str) -> None:
    (page,) = [page for page in pages(f"{agreed}{SIGNED}", lines) if "Dato og underskrift" in page]
    assert "Vi er enige" in page
    assert "skriver vi under her" in page
    assert "Åse Ørum" in page


@pytest.mark.parametrize("lines", PUSHED)
def test_a_chart_stays_with_the_text_that_explains_it(lines: int) -> None:
    chart = '<svg viewBox="0 0 9 9" width="100mm" height="20mm"><title>Søjler</title><rect width="9" height="9"/></svg>'
    body = f'<p class="lead-in">Du satte tallet 3.</p><figure>{chart}<figcaption>Din vurdering</figcaption></figure>'
    both = [("satte tallet" in page, "Din vurdering" in page) for page in pages(body, lines)]
    assert (True, True) in both


# ---- the examples ----


def read_pages(case: Path, document: str) -> list[str]:
    """The words of each page of an example's document, as it is made."""
    made = Renderer(SHIPPED).render(load_case(case), load_documents(SHIPPED)[document], letter_day(case.stem))
    read = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(write_pdf(made).data)]
    return [" ".join(re.sub(r"[\u2010\ufffe\x02]\s*", "", page).split()) for page in read]


@pytest.mark.parametrize("more", [0, 1, 2, 4])
def test_the_workplace_signs_on_the_page_of_the_goals(tmp_path: Path, more: int) -> None:
    name = "karoline-oestergaard-lindqvist"
    before, goal, rest = re.split(
        r"( {6}- goal: En arbejdsdag.*?)(?=  health:)", example(name).read_text("utf-8"), flags=re.S
    )
    case = tmp_path / f"{name}.yaml"
    case.write_text(before + goal + goal.replace("En arbejdsdag", "Mere ro") * more + rest, "utf-8")
    (page,) = [each for each in read_pages(case, "joint-status") if "Dato og underskrift" in each]
    for wanted in ("Mål og status", "Delvist raskmeldt", "En arbejdsdag med færre afbrydelser", "Bodil Eksempel"):
        assert wanted in page
    assert page.count("Mere ro") == more


PLANS = {
    "amir-skovlund-hashemi": 3, "birgitte-aaboe-noerremark": 3, "karoline-oestergaard-lindqvist": 4,
    "kirsten-aagaard-bro": 3, "mathilde-hoejgaard-thorup": 3, "siobhan-o-brien-moeller": 3,
    "nguyen-thi-hong-anh": 4, "soeren-d-angelo-kjaer": 3, "tilde-rosenvinge-aakjaer": 4,
}  # fmt: skip


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_takes_no_page_more_than_it_needs_and_its_status_stands_under_its_heading(name: str) -> None:
    read = read_pages(example(name), "follow-up-plan")
    assert len(read) <= PLANS[name]
    (page,) = [page for page in read if "Fælles status Du" in page]
    assert "Det blev vi enige om" in page
    assert ("Dato og underskrift" in page) is (name != "kirsten-aagaard-bro")
