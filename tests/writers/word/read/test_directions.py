"""Which stretches of a text run from right to left, as the PDF draws them (UAX #9)."""

import pytest
from writers.word.made import W, body_xml, html_document

from kvisdocs.writers.html.directions import split_directions
from kvisdocs.writers.pdf.document import write_pdf

SHALOM = "שלום"


@pytest.mark.parametrize(
    ("text", "rtl", "expected"),
    [
        ("Aftale 12.", False, [("Aftale 12.", False)]),
        ("", False, [("", False)]),
        (f"Navn: {SHALOM} {SHALOM}, by", False, [("Navn: ", False), (f"{SHALOM} {SHALOM}", True), (", by", False)]),
        (f"{SHALOM} 62 år", False, [(f"{SHALOM} 62", True), (" år", False)]),
        (f"nr. 5 ({SHALOM})", False, [("nr. 5 (", False), (SHALOM, True), (")", False)]),
        ("مرحبا ١٢", False, [("مرحبا ١٢", True)]),
        (f"{SHALOM}, abc 12.", True, [(f"{SHALOM}, ", True), ("abc 12", False), (".", True)]),
        ("(12)", True, [("(12)", True)]),
        ("abc def", True, [("abc def", False)]),
        ("", True, []),
    ],
)
def test_stretches(text: str, rtl: bool, expected: list[tuple[str, bool]]) -> None:
    assert split_directions(text, rtl) == expected
    assert "".join(stretch for stretch, _ in expected) == text


def test_word_is_told_of_paragraphs_runs_and_tables() -> None:
    xml = body_xml(f'<p>a</p><p dir="rtl">{SHALOM}</p><table dir="rtl"><col><tr><td>{SHALOM}</td></tr></table>')
    first, second = xml.findall(f"{W}p")[:2]
    assert [each.find(f"{W}pPr/{W}bidi") is not None for each in (first, second)] == [False, True]
    run = second.find(f"{W}r/{W}rPr")
    assert [child.tag.removeprefix(W) for child in run][-1:] == ["rtl"]
    assert xml.find(f"{W}tbl/{W}tblPr")[0].tag == f"{W}bidiVisual"


def test_the_rows_of_a_long_table_keep_their_directions() -> None:
    rows = "".join(f"<tr><td>{word}</td></tr>" for word in ("a", "b", SHALOM, "c", "d"))
    runs = body_xml(f"<table><col><tbody>{rows}</tbody></table>").findall(f".//{W}r")
    assert [run.find(f"{W}rPr/{W}rtl") is not None for run in runs] == [False, False, True, False, False]


def test_the_pdf_has_nothing_to_remark_on() -> None:
    assert write_pdf(html_document(f'<p dir="rtl">{SHALOM}</p><p style="direction: rtl">12</p>')).messages == ()
