"""Footnotes, contents, counter styles and lists in the house style: both files are valid and say the same."""

from pathlib import Path

import pytest
from judges import assert_valid_docx, assert_valid_pdf, pdf_structure
from writers.word.made import TEMPLATES

from kvisdocs.templating.html import Assets, HtmlDocument
from kvisdocs.verify.docx.body import read_docx_blocks
from kvisdocs.verify.parity import compare
from kvisdocs.verify.pdf.tag_blocks import read_pdf_blocks
from kvisdocs.writers.pdf.document import write_pdf
from kvisdocs.writers.word.document import write_docx

BODIES = {
    "footnotes": """
<h1 id="top">Sag<span class="footnote">I overskriften.</span></h1>
<p>Beløb<span class="footnote">Efter <b>skat</b>, se <a href="https://kl.dk/">KL</a> og
<a href="#top">her</a>.</span> mere.</p>
<table><thead><tr><th scope="col">Måned</thead><tr><td>maj<span class="footnote">Skøn.</span></td></tr></table>
<ul><li>Ydelse<span class="footnote">Pr. uge.</span> hver uge</li>
<li><p>Sats<span class="footnote">2012.</span></p></li></ul>
<p style="break-before: page">Side to<span class="footnote">Den <em>sidste</em>.</span></p>""",
    "contents": """
<h1>Årsplan</h1>
<nav class="toc"><h2>Indhold</h2><ol><li><a href="#a">Baggrund</a></li>
<li class="level-3"><a href="#b">Årets gang</a></li>
<li><a href="#c">Slut</a></li></ol></nav>
<h2 id="a">Baggrund</h2><p>Se <a href="#c">slutningen</a> og <a href="https://kl.dk/">KL</a>.</p>
<h3 id="b" style="break-before: page">Årets gang</h3><p>Tekst</p><h2 id="c" style="break-before: page">Slut</h2>""",
    "nested contents": """
<h1>Årsplan</h1><nav class="toc"><h2>Indhold</h2>
<ol><li><a href="#a">Baggrund</a><ol><li><a href="#b">Året</a></li></ol></li></ol></nav>
<h2 id="a">Baggrund</h2><h3 id="b">Året</h3><p>Tekst</p>""",
    "lists": """
<h1>Sag</h1><ol class="letters"><li><p>Afslag</p><p>med brev</p></li><li>før<ul><li>inde</li></ul>efter</li></ol>
<ol class="colon"><li>Rapport</li></ol>
<ol class="numbers"><li><p>Ét</p><ol class="letters"><li>to</li></ol><p>tre</p></li></ol>""",
}


def house(body: str) -> HtmlDocument:
    head = '<title>Prøve</title><meta name="author" content="Herning Kommune">'
    text = f'<html lang="da"><head>{head}</head><body>{body}</body></html>'
    return HtmlDocument(text, "Prøve", "da", Assets((TEMPLATES,)), ("house.css",), "prøve/document.html.j2")


@pytest.mark.parametrize("name", BODIES)
def test_pdf_and_docx_are_valid_and_say_the_same(name: str, tmp_path: Path) -> None:
    pdf, docx = tmp_path / "x.pdf", tmp_path / "x.docx"
    for path, write in ((pdf, write_pdf), (docx, write_docx)):
        written = write(house(BODIES[name]))
        path.write_bytes(written.data)
        assert written.messages == ()
    assert_valid_pdf(pdf)
    assert_valid_docx(docx)
    assert not compare(pdf, read_pdf_blocks(pdf), docx, read_docx_blocks(docx))


def test_the_marks_are_those_of_the_stylesheet(tmp_path: Path) -> None:
    pdf = tmp_path / "x.pdf"
    pdf.write_bytes(write_pdf(house(BODIES["lists"])).data)
    marks = [tag.text for tag in pdf_structure(pdf).find_all("Lbl")]
    assert marks == ["A)", "B)", "•", "1:", "1)", "A)"]
