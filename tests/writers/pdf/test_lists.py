"""List items in the PDF's tag tree: one body each, read in the order of the page, as PDF/UA-1 wants."""

from pathlib import Path

from judges import assert_valid_pdf, pdf_structure, pdf_words
from writers.word.made import html_document

from kvisdocs.writers.pdf.document import write_pdf


def outline(tmp_path: Path, body: str) -> str:
    """The structure of a body's PDF, which must be valid."""
    path = tmp_path / "made.pdf"
    path.write_bytes(write_pdf(html_document(body, "", "<title>Prøve</title>")).data)
    assert_valid_pdf(path)
    return pdf_structure(path).outline().removeprefix("Root(Document(").removesuffix("))")


def test_paragraphs_of_an_item_stand_in_its_body(tmp_path: Path) -> None:
    made = outline(tmp_path, "<ul><li><p>Første</p><p>Mere</p></li><li>Anden</li></ul>")
    assert made == "L(LI(Lbl LBody(P P)) LI(Lbl LBody))"


def test_text_after_a_nested_list_is_read_after_it(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    body = "<ol><li>før<ul><li>inde</li></ul>efter<ul><li>igen</li></ul></li><li><p>slut</p></li></ol>"
    assert outline(tmp_path, body) == "L(LI(Lbl LBody(P L(LI(Lbl LBody)) P L(LI(Lbl LBody)))) LI(Lbl LBody(P)))"
    texts = [tag.text for tag in pdf_structure(path).find_all("P", "L")[0].find_all("P", "LBody")[:1]]
    assert texts == ["før ◦ inde efter ◦ igen"]


def test_a_nested_list_stands_inside_the_item_that_holds_it(tmp_path: Path) -> None:
    made = outline(tmp_path, "<ul><li>ude<ul><li>inde<ul><li>inderst</li></ul></li></ul></li></ul>")
    assert made == "L(LI(Lbl LBody(P L(LI(Lbl LBody(P L(LI(Lbl LBody))))))))"


def test_an_item_that_begins_with_a_list_or_a_table(tmp_path: Path) -> None:
    table = '<table><thead><tr><th scope="col">Måned</thead><tr><td>maj</table>'
    made = outline(tmp_path, f"<ol><li><ul><li>inde</li></ul></li><li>{table}</li></ol>")
    assert made == "L(LI(Lbl LBody(L(LI(Lbl LBody)))) LI(Lbl LBody(Table(THead(TR(TH)) TBody(TR(TD))))))"


def test_an_item_goes_over_the_page(tmp_path: Path) -> None:
    body = '<ul><li><p>Første</p><ul><li>a</li></ul><p style="break-before: page">Mere</p><ul><li>b</li></ul></li></ul>'
    nested = "L(LI(Lbl LBody))"
    assert outline(tmp_path, body) == f"L(LI(Lbl LBody(P {nested} P {nested})))"


def test_a_list_begins_with_the_number_that_it_asks_for(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    first = '<ol start="3" style="color: #222"><li>a</li><li>b<ol start="0"><li>i</li></ol></li><li>c</li></ol>'
    second = '<ol start="x"><li>d</li><li value="7">e</li><li>f</li></ol>'
    path.write_bytes(write_pdf(html_document(first + second, "", "<title>Prøve</title>")).data)
    assert [word for word in pdf_words(path) if word.endswith(".")] == ["3.", "4.", "0.", "5.", "1.", "7.", "8."]
