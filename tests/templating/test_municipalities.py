"""Items after the habits of five municipalities, from profile and YAML alone: all words in order, and their structure.

The papers in tests/municipalities/papers are what such a municipality would publish of an invented case: `#` marks a
heading and its level, `*` an item of a list; every other line is a paragraph or a row.
"""

import difflib
import html
import re
from datetime import date
from pathlib import Path

import pytest

from kvisdocs.application.reading import CaseReader
from kvisdocs.cases.load import LoadedCase
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer
from kvisdocs.verify.blocks import Heading
from kvisdocs.verify.docx.body import read_docx_blocks
from kvisdocs.verify.parity import compare
from kvisdocs.verify.pdf.tag_blocks import read_pdf_blocks
from kvisdocs.writers import write_docx, write_pdf

ROOT = Path(__file__).parents[2]
HERE = ROOT / "tests" / "municipalities"
ASSETS = Assets((HERE, ROOT / "templates"))
PAPERS = sorted(HERE.glob("papers/*.txt"))
ON = date(2026, 11, 28)


def read(name: str) -> LoadedCase:
    loaded, problems = CaseReader(ASSETS).read(HERE / "items" / f"{name}.yaml")
    assert [str(each) for each in problems] == []
    assert loaded is not None
    return loaded


def shown(name: str) -> list[str]:
    """The paper as the template makes it, in the marks of the expected one."""
    text = Renderer(ASSETS).render(read(name), load_documents(ASSETS)["committee-brief"], ON).text
    body = (
        text.partition('class="foot"')[0].partition("</table>")[2] + text.partition('class="foot"')[2].partition(">")[2]
    )
    lines = []
    for tag, inner in re.findall(
        r"<(h\d|p|li|tr|caption)\b[^>]*>(.*?)(?=</?(?:h\d|p|li|tr|caption|ul|ol|table)\b)", body, re.S
    ):
        words = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", inner)).split())
        mark = "#" * int(tag[1]) + " " if tag[0] == "h" else "* " if tag == "li" else ""
        lines.append(mark + words)
    return [line for line in lines if line.strip()]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_a_published_paper_comes_out_whole(paper: Path) -> None:
    expected = paper.read_text(encoding="utf-8").splitlines()
    found = shown(paper.stem)
    wanted, said = (" ".join(lines).replace("#", " ").replace("*", " ").split() for lines in (expected, found))
    same = sum(
        block.size for block in difflib.SequenceMatcher(None, wanted, said, autojunk=False).get_matching_blocks()
    )
    assert same / max(len(wanted), len(said)) >= 0.99, "\n".join(difflib.unified_diff(expected, found, lineterm=""))
    marked = [[line for line in lines if line[0] in "#*"] for lines in (expected, found)]
    assert marked[0] == marked[1]


@pytest.mark.parametrize("name", ["kobenhavn26", "ballerup12", "syddjurs13"])
def test_the_pdf_and_the_word_file_say_the_same_under_the_same_headings(name: str, tmp_path: Path) -> None:
    page = Renderer(ASSETS).render(read(name), load_documents(ASSETS)["committee-brief"], ON)
    pdf, docx = tmp_path / "x.pdf", tmp_path / "x.docx"
    pdf.write_bytes(write_pdf(page).data)
    docx.write_bytes(write_docx(page).data)
    blocks = read_docx_blocks(docx)
    assert compare(pdf, read_pdf_blocks(pdf), docx, blocks) == []
    wanted = [
        line for line in (HERE / "papers" / f"{name}.txt").read_text(encoding="utf-8").splitlines() if line[0] == "#"
    ]
    headings = [each.block for each in blocks if isinstance(each.block, Heading)]
    assert [f"{'#' * each.level} {each.text}" for each in headings] == wanted


def test_nothing_of_a_closed_item_is_told_but_the_facts_that_are_kept() -> None:
    text = " ".join(shown("aarhus25-lukket"))
    assert not re.search("Prøvevej|hemmelig|Bodil|lukkede døre|§ 10", text, re.IGNORECASE)


def test_what_a_committee_on_the_way_decided_of_a_closed_item_is_told_where_it_is_released(tmp_path: Path) -> None:
    text = (HERE / "items" / "aarhus25-lukket.yaml").read_text(encoding="utf-8")
    decided = (
        "{text: Købt., released: ja, absent: [{name: Bo Eksempel}], positions: [{by: [Venstre], kind: prevented}]}"
    )
    stages = f"course: [{{committee: Magistraten, date: 2025-09-29, item: '22', decision: {decided}}}]\n"
    (tmp_path / "lukket.yaml").write_text(text + stages, encoding="utf-8")
    loaded, problems = CaseReader(ASSETS).read(tmp_path / "lukket.yaml")
    assert problems == []
    assert loaded is not None
    html = Renderer(ASSETS).render(loaded, load_documents(ASSETS)["committee-brief"], ON).text
    assert "Beslutning for sag 22" in html
    assert "Købt." in html
    assert not re.search("Afbud|Bo Eksempel|forhindret", html)
