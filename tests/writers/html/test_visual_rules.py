"""Contrast and characters, at the template's place."""

from pathlib import Path

import pytest

from kvisdocs.contrast import contrast
from kvisdocs.templating.html import Assets, HtmlDocument
from kvisdocs.writers.html.visual_rules import check_looks

SHIPPED = Path(__file__).parents[3] / "templates"


def said(body: str, css: str = "") -> list[str]:
    text = f'<html lang="da"><head><style>{css}</style></head><body data-at="gp-letter/x:1:1">{body}</body></html>'
    document = HtmlDocument(text, "Brev", "da", Assets((SHIPPED,)), ("house.css",), "gp-letter/document.html.j2")
    return [problem.what for problem in check_looks(document)]


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("000000", "FFFFFF", 21.0), ("777777", "FFFFFF", 4.48), ("1C4E68", "1C4E68", 1.0)]
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (
            '<p style="color: #777777">Gråt</p>',
            ['"Gråt": #777777 on #ffffff has a contrast of 4.48 to 1, less than 4.5'],
        ),
        ('<p style="color: #777777; font-size: 18pt">Stort og gråt</p>', []),
        ('<p style="color: #777777; font-size: 14pt"><b>Stort og fedt</b></p>', []),
        ('<p style="color: #ffffff"></p>', []),
        ('<p style="color: #ffffff; display: none">Ses ikke</p>', []),
        ('<div style="background-color: #000000"><p style="color: #ffffff">Hvidt på sort</p></div>', []),
        ('<p style="color: #ffffff"><span style="background-color: #000000">Hvidt på sort</span></p>', []),
    ],
)
def test_text_has_contrast_to_what_it_stands_on(body: str, found: list[str]) -> None:
    assert said(body) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Æøå – § ½ € …\u00a0\u00ad", []),
        ("A\u2011kasse", ['Carlito has no character "\u2011" (U+2011)']),
        ('<span style="font-family: Wingdings">\u2011</span>', []),
    ],
)
def test_characters_without_a_glyph_are_named(text: str, found: list[str]) -> None:
    assert said(f"<p>{text}</p>") == found


def test_what_is_for_word_alone_breaks_no_pdf() -> None:
    assert said('<p class="pale">x</p>', "@media word { .pale { opacity: 0.5 } }") == []
