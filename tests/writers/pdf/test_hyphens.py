"""Where the PDF divides Danish words: a dictionary of spelling decides what is right."""

import re
from pathlib import Path

import pypdfium2
import pyphen
import pytest

from kvisdocs.templating.html import Assets, HtmlDocument
from kvisdocs.writers.pdf.document import write_pdf
from kvisdocs.writers.pdf.repairs import improve_hyphens

SHIPPED = Assets((Path(__file__).parents[3] / "templates",))


def places(word: str) -> list[int]:
    improve_hyphens()
    return [int(place) for place in pyphen.Pyphen(lang="da").positions(word)]


@pytest.mark.parametrize(
    "word",
    [
        "sygefraværs-samtale", "fraværs-dage", "fraværs-tid", "FRAVÆRS-LØN", "samværs-sted", "ansvars-område",
        "forsvars-udgift", "medlems-stat", "medlems-råd", "alders-grænse", "forløbs-tid", "erhvervs-udvalg",
        "opholds-tilladelse", "tilsyns-tid", "arbejds-evne", "virksomheds-økonomi", "beskæftigelses-økonomi",
        "visitations-tal", "sygdoms-tid", "kontakts-sag", "kontakts-gang",
    ],
)  # fmt: skip
def test_the_s_that_joins_two_words_stays_with_the_first(word: str) -> None:
    first, second = word.split("-")
    assert {len(first) - 1, len(first)} & set(places(first + second)) == {len(first)}


@pytest.mark.parametrize("word", ["råd-gi-ver", "op-følg-nings-plan", "dom-sto-len", "fæl-les-ska-bet", "kon-tor-stol"])
def test_other_words_are_divided_between_their_syllables(word: str) -> None:
    parts = word.split("-")
    assert places("".join(parts)) == [len("".join(parts[:count])) for count in range(1, len(parts))]


@pytest.mark.parametrize("word", ["", "s", "ss", "strsk", "nr"])
def test_what_has_no_two_syllables_is_not_divided(word: str) -> None:
    assert places(word) == []


def test_a_narrow_cell_divides_the_compound_behind_its_s() -> None:
    cell = '<td style="width: 22mm">Sygefraværssamtale</td>'
    text = f'<html lang="da"><head><title>x</title></head><body class="paper"><table><tr>{cell}<td>a</td></tr></table>'
    document = HtmlDocument(f"{text}</body></html>", "Prøve", "da", SHIPPED, ("house.css",), "base.html.j2")
    text = pypdfium2.PdfDocument(write_pdf(document).data)[0].get_textpage().get_text_range()
    assert re.search(r"Sygefraværs\W{1,3}samtale", text), text
