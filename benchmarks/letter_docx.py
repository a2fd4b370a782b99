"""One GP letter as DOCX, again and again in one process: kvisdocs beside docxtpl, in one run on one machine.

    .venv/bin/pip install -e '.[bench]' && .venv/bin/python benchmarks/letter_docx.py

docxtpl's template is our own letter with tags where the case's words stand: the same paragraphs, frames, tables, logo,
head and foot; its table of steps is a row that repeats. Both letters must hold the same text in the end. docxtpl is
handed finished strings; ours begins once at the HTML and once at the case, and then makes those strings too. Processor
time of this process, best of many after warming up.
"""

import io
import re
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path

import docx
import docxtpl
from docx.document import Document
from docx.oxml.ns import qn
from filling import fill_docxtpl
from lxml.etree import _Element
from timing import best_of, size

from kvisdocs.cases.load import load_case
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer
from kvisdocs.writers.word.document import write_docx

ROOT = Path(__file__).parent.parent
CASE = ROOT / "cases_yaml" / "2012" / "citizens" / "birgitte-aaboe-noerremark.yaml"
DAY = date(2012, 11, 14)
RUNS, WARM_UP = size(60, 1), size(5, 0)
WORDS = {
    "gp": "Niels-Frøde Skovbølling",
    "practice": "Lægerne i Bygaden",
    "street": "Bygaden 100",
    "city": "7480 Vildbjerg",
    "day": "14. november 2012",
    "caseworker": "Bodil Eksempel",
    "phone": "00 00 12 01",
    "hours": "andag–torsdag kl. 9–14",
    "case_number": "15.20.00-P19-109-12",
    "provider": "004410",
    "citizen": "Birgitte Aabø Nørremark",
    "cpr": "890362-1182",
    "first_day": "13. august 2012",
    "visitation": "1. oktober 2012",
    "goal": "Fuld drift af egen blomsterbutik, 32 timer om ugen, fra den 14. januar 2013.",
    "consent": "5. oktober 2012",
    "municipality": "Herning Kommune",
}
"""The case's words: each that stands in the letter becomes a tag. Spaces stand for no-break ones too."""


def docxtpl_template(letter: bytes) -> tuple[bytes, Mapping[str, object]]:
    """Our letter as a template, and what to fill it with."""
    document = docx.Document(io.BytesIO(letter))
    tagged: set[str] = set()
    steps = _repeat_steps(document)
    for element in _roots(document):
        for text in element.iter(qn("w:t")):
            for name, words in WORDS.items():
                shown = (text.text or "").replace("\N{NO-BREAK SPACE}", " ")
                if words in shown:
                    text.text = shown.replace(words, f"{{{{ {name} }}}}")
                    tagged.add(name)
    assert len(tagged) >= len(WORDS) - 3, f"not in the letter: {set(WORDS) - tagged}"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue(), {**WORDS, "steps": steps}


def _repeat_steps(document: Document) -> list[list[str]]:
    """Make one row that repeats of the table of steps, and give the texts of those that it had."""
    table = document.tables[-1]._tbl
    _, *rows = table.findall(qn("w:tr"))
    texts = [[_text(cell) for cell in row.findall(qn("w:tc"))] for row in rows]
    first, *others = rows
    for row in others:
        table.remove(row)
    begin, end = deepcopy(first), deepcopy(first)
    for row, tags in (
        (begin, ["{%tr for step in steps %}", "", ""]),
        (first, [f"{{{{ step[{column}] }}}}" for column in range(len(texts[0]))]),
        (end, ["{%tr endfor %}", "", ""]),
    ):
        for cell, tag in zip(row.findall(qn("w:tc")), tags, strict=True):
            next(cell.iter(qn("w:t"))).text = tag
    first.addprevious(begin)
    first.addnext(end)
    return texts


def _roots(document: Document) -> list[_Element]:
    """Body, heads and feet."""
    section = document.sections[0]
    edges = (section.header, section.footer, section.first_page_header, section.first_page_footer)
    return [document.element, *(edge._element for edge in edges if not edge.is_linked_to_previous)]


def _text(element: _Element) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def texts_of(data: bytes) -> list[str]:
    """All paragraphs of a file, the empty ones too."""
    roots = _roots(docx.Document(io.BytesIO(data)))
    return [re.sub(r"\s+", " ", _text(each)) for root in roots for each in root.iter(qn("w:p"))]


def sections_of(data: bytes) -> list[tuple[str, list[str]]]:
    """The body's headings, each with the paragraphs below it, those in tables and frames left out."""
    found: list[tuple[str, list[str]]] = []
    for paragraph in docx.Document(io.BytesIO(data)).paragraphs:
        text = re.sub(r"\s+", " ", paragraph.text)
        if paragraph.style.name.startswith("Heading"):
            found.append((text, []))
        elif found and text.strip():
            found[-1][1].append(text)
    return found


def main() -> None:
    """Print the times and their ratios."""
    assets = Assets((ROOT / "templates",))
    case, document, renderer = load_case(CASE), load_documents(assets)["gp-letter"], Renderer(assets)
    html = renderer.render(case, document, DAY)
    template, words = docxtpl_template(write_docx(html).data)

    def from_html() -> bytes:
        return write_docx(html).data

    def from_case() -> bytes:
        return write_docx(renderer.render(case, document, DAY)).data

    def theirs() -> bytes:
        return fill_docxtpl(template, words)

    assert texts_of(theirs()) == texts_of(from_html())
    other = best_of(theirs, RUNS, WARM_UP) * 1000
    print(f"docxtpl {docxtpl.__version__}: {other:.1f} ms")
    for name, run in (("HTML → DOCX", from_html), ("case → DOCX", from_case)):
        mine = best_of(run, RUNS, WARM_UP) * 1000
        print(f"kvisdocs, {name}: {mine:.1f} ms: {mine / other:.2f} times docxtpl's time")


if __name__ == "__main__":
    main()
