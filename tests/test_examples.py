"""The two printed papers come out whole, and what the PDF says the Word file says, word for word.

Every example case × every document that it is fit for is made on the day of Herning's paper or, if it is of 2026, in
that autumn. mammoth, an outsider that knows nothing of us, reads each Word file back as the HTML that it came from.
"""

import re
import zipfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from examples import MadeExamples, examples_by_day, letter_day
from judges import Tag, docx_html, docx_page_counts, docx_words, pdf_page_count, pdf_structure

from kvisdocs.cases.load import load_case
from kvisdocs.templating.documents import find_blockers, find_doubts, load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer

ROOT = Path(__file__).parents[1]
PAPERS = sorted((Path(__file__).parent / "papers").glob("*.txt"))
ASSETS = Assets((ROOT / "templates",))
DOCUMENTS = load_documents(ASSETS)
PATHS = sorted(ROOT.glob("cases_yaml/**/c*/*.yaml"))
CASES = {path.stem: case for path in PATHS if (case := load_case(path)).case.kind not in {"meeting", "statistics"}}
"""Meetings go with further files: application/test_meeting_papers.py."""
FITTING = [
    (stem, name)
    for stem, case in CASES.items()
    for name, document in DOCUMENTS.items()
    if not find_blockers(case, document, letter_day(case.id))
]

PLANS_READ = ("hans-joergen-ravnkilde-oe", "maja-sjoelund-aegidius")
"""The longest plan and a short one. Reading a plan takes pdfinfo 6 seconds; tests/verify compares them all by another
reader."""

READ = [(stem, name) for stem, name in FITTING if name != "follow-up-plan" or stem in PLANS_READ]


@dataclass(frozen=True)
class JobResult:
    """One document in both formats, and how the PDF reads: pdfinfo takes seconds for that, so two run at a time."""

    html: str
    pdf: Path
    docx: Path
    tree: Future[Tag] | None


@pytest.fixture(scope="session")
def made(examples_made: MadeExamples) -> Iterator[dict[tuple[str, str], JobResult]]:
    """Every fitting document of every example."""
    renderer = Renderer(ASSETS)
    found = {}
    with ThreadPoolExecutor(2) as pool:
        for stem, name in FITTING:
            along = examples_made.find_along(stem, DOCUMENTS[name])
            page = renderer.render(CASES[stem], DOCUMENTS[name], letter_day(stem), along)
            pdf, docx = (examples_made.find(stem, DOCUMENTS[name], ending) for ending in ("pdf", "docx"))
            tree = pool.submit(pdf_structure, pdf) if (stem, name) in READ else None
            found[stem, name] = JobResult(page.text, pdf, docx, tree)
        yield found


def pdf_reading(tree: Tag) -> list[str]:
    """The words that a screen reader says, without those inside pictures and without the marks of lists."""
    return " ".join(_reading(tree)).replace("\u2010 ", "").split()


def _reading(tag: Tag) -> Iterator[str]:
    before: Tag | None = None
    for part in tag.content:
        if isinstance(part, str):
            yield part
        elif part.type not in ("Figure", "Lbl"):
            yield from _reading(_without_repeated_head(before, part))
        before = part if isinstance(part, Tag) else None


def _without_repeated_head(before: Tag | None, tag: Tag) -> Tag:
    """A table that goes over a page stands as two in the tree, the second with the head of the first again."""
    heads = [table.find_all("THead")[:1] for table in (before, tag) if table is not None and table.type == "Table"]
    if len(heads) == 2 and heads[0] and heads[0] == heads[1]:
        return Tag(tag.type, tuple(part for part in tag.content if part is not heads[1][0]))
    return tag


def cut(words: list[str]) -> list[str]:
    """The words cut behind each hyphen and slash: there a line may end, and a PDF does not say whether one does."""
    return re.sub(r"([-–/])", r"\1 ", " ".join(words)).split()


# ---- the papers ----


@dataclass(frozen=True)
class Otherwise:
    """Lines of a paper that the document sets otherwise, and why. `reads` are its own, in its own order."""

    lines: tuple[str, ...]
    reads: tuple[str, ...]
    reason: str


OTHERWISE = {
    "herning-punkt-87": (
        Otherwise(
            ("Udvalg:", "Beskæftigelsesudvalget", "Mødedato:", "14. november 2012", "Mødested:", "C3.40"),
            ("Udvalg", "Mødedato", "Mødested", "Beskæftigelsesudvalget", "14. november 2012", "C3.40"),
            "the labels are the heads of a table over their values, where they need no colon",
        ),
        Otherwise(
            ("Dagsordenpunkter", "87. Midtvejsevaluering af KVIS - Projektet"),
            ("87", "Midtvejsevaluering af KVIS - Projektet"),
            "the first is the heading of a whole agenda; the number stands over the title, where it needs no full stop",
        ),
    ),
    "koebenhavn-punkt-6": (
        Otherwise(
            ("6. Driftaftale med KIApro (2008-140699)",),
            ("6", "Driftaftale med KIApro (2008-140699)"),
            "the number stands over the title, where it needs no full stop",
        ),
        Otherwise(
            (
                "bilag",
                "1: Foreløbig evalueringsrapport for Koordineret Indsats for Arbejdsfastholdelse (KIA) "
                "af sygemeldte med lettere psykiske problemer.",
            ),
            (
                "bilag",
                "Foreløbig evalueringsrapport for Koordineret Indsats for Arbejdsfastholdelse (KIA) "
                "af sygemeldte med lettere psykiske problemer.",
            ),
            "the number is the mark of a list, which neither reading holds: a test of its own looks at it",
        ),
    ),
}
ADDED = {
    "herning-punkt-87": ["Punkt", "·"],
    "koebenhavn-punkt-6": ["UdvalgMødedatoBeskæftigelses-ogIntegrationsudvalget11.december2008Punkt"],
}
"""What the documents say beyond their papers, without white space: København's paper does not name its own meeting."""


def phrases(paper: Path) -> list[str]:
    """The paper's phrases in the order of the document."""
    lines = paper.read_text(encoding="utf-8").splitlines()[1:]
    for each in OTHERWISE[paper.stem]:
        length = len(each.lines)
        (at,) = (at for at in range(len(lines)) if tuple(lines[at : at + length]) == each.lines)
        lines[at : at + length] = each.reads
    return lines


def walk(words: list[str], wanted: list[str]) -> list[str]:
    """What stands between the phrases. Fails at the first phrase that does not stand behind the one before it."""
    text, at, between = "".join(words), 0, []
    for phrase in wanted:
        found = text.find("".join(phrase.split()), at)
        assert found >= 0, f'"{phrase}" is not to be found after "…{text[max(0, at - 40) : at]}"'
        between.append(text[at:found])
        at = found + len("".join(phrase.split()))
    return [each for each in (*between, text[at:]) if each]


@pytest.mark.parametrize("ending", ["pdf", "docx"])
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_paper_is_whole_and_in_order(made: dict[tuple[str, str], JobResult], paper: Path, ending: str) -> None:
    files = made[paper.stem, "committee-brief"]
    assert files.tree
    words = pdf_reading(files.tree.result()) if ending == "pdf" else docx_words(files.docx)
    assert walk(words, phrases(paper)) == ADDED[paper.stem]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_what_is_set_otherwise_keeps_every_word(paper: Path) -> None:
    for each in OTHERWISE[paper.stem]:
        before = [word.rstrip(":.") for line in each.lines for word in line.split() if word != "1:"]
        after = [word.rstrip(":.") for line in each.reads for word in line.split()]
        assert sorted(before) in (sorted(after), sorted([*after, "Dagsordenpunkter"])), each.reason


def test_koebenhavns_attachments_are_numbered_as_in_the_paper(made: dict[tuple[str, str], JobResult]) -> None:
    files = made["koebenhavn-punkt-6", "committee-brief"]
    assert files.tree
    assert "1:" in [mark.text for mark in files.tree.result().find_all("Lbl")]
    with zipfile.ZipFile(files.docx) as archive:
        assert 'w:lvlText w:val="%1:"' in archive.read("word/numbering.xml").decode()


def test_walk_finds_a_phrase_that_is_missing_and_one_out_of_order() -> None:
    words = ["Sag", "1", "Plan", "for", "dig"]
    assert walk(words, ["Sag", "for dig"]) == ["1Plan"]
    for wanted in (["Sag", "Brev"], ["Plan", "Sag"]):
        with pytest.raises(AssertionError, match="is not to be found"):
            walk(words, wanted)


# ---- both formats of every example ----


@pytest.mark.parametrize(("stem", "name"), READ)
def test_pdf_and_docx_say_the_same(made: dict[tuple[str, str], JobResult], stem: str, name: str) -> None:
    files = made[stem, name]
    assert files.tree is not None
    assert cut(docx_words(files.docx)) == cut(pdf_reading(files.tree.result()))


def test_docx_has_the_pages_of_the_pdf_give_or_take_one(made: dict[tuple[str, str], JobResult]) -> None:
    counts = docx_page_counts([files.docx for files in made.values()])
    apart = {
        f"{stem} {name}": (pdf_page_count(files.pdf), counts[files.docx])
        for (stem, name), files in made.items()
        if abs(pdf_page_count(files.pdf) - counts[files.docx]) > 1
    }
    assert not apart, "pages in PDF and in LibreOffice"


# ---- mammoth ----

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = ("br", "p", "div", "ul", "ol", "li", "table", "tr", "td", "th")
FURNITURE = ("letterhead", "foot")


def words(element: Element) -> str:
    """The element's text, pictures left out, white space made even; blocks and line breaks part words."""
    return " ".join(_spaced(element).split())


def _spaced(element: Element) -> str:
    if element.tag.endswith("svg"):
        return " "
    inside = (element.text or "") + "".join(_spaced(child) + (child.tail or "") for child in element)
    return f" {inside} " if element.tag in BLOCKS else inside


def body_of(html: str) -> Element:
    """The document's body without the page's head and foot."""
    body = tinyhtml5.parse(html, namespace_html_elements=False).find("body")
    for child in list(body):
        if child.get("class") in FURNITURE:
            body.remove(child)
    return body


def headings(body: Element) -> list[tuple[str, str]]:
    return [(each.tag, words(each)) for each in body.iter() if each.tag in HEADINGS]


def own_text(item: Element) -> str:
    """An item's text without that of lists nested in it."""
    copy = Element("li")
    copy.text = item.text
    copy.extend(child for child in item if child.tag not in ("ul", "ol"))
    return words(copy)


def items(body: Element, depth: int = 0) -> list[tuple[int, str, str]]:
    """Every list item: how deep, in which kind of list, and its text."""
    found = []
    for child in body:
        if child.tag in ("ul", "ol"):
            for item in child:
                found.append((depth, child.tag, own_text(item)))
                found += items(item, depth + 1)
        else:
            found += items(child, depth)
    return found


def tables(body: Element) -> list[list[list[str]]]:
    """Every table: its rows, each with its cells' texts."""
    return [
        [[words(cell) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
        for table in body.iter("table")
    ]


@pytest.fixture(scope="module")
def read_back(made: dict[tuple[str, str], JobResult]) -> dict[tuple[str, str], tuple[Element, Element]]:
    """For every document: the body that the template gave, and the one that mammoth reads from its Word file."""
    return {key: (body_of(each.html), body_of(f"<body>{docx_html(each.docx)}</body>")) for key, each in made.items()}


@pytest.mark.parametrize(("stem", "name"), FITTING)
@pytest.mark.parametrize("part", [headings, items, tables], ids=lambda part: part.__name__)
def test_mammoth_reads_the_same_back(read_back, stem, name, part) -> None:
    given, read = read_back[stem, name]
    assert part(read) == part(given)


def test_examples_hold_headings_nested_lists_and_tables(read_back) -> None:
    """The comparison above is of something: the papers have lists in lists, the plans tables with lists in cells."""
    given, _ = read_back["herning-punkt-87", "committee-brief"]
    assert (0, "ul", "Orienteringsbrev til egen læge") in items(given)
    assert (1, "ul", "Sundhedssporet") in items(given)
    assert len(headings(given)) > 10
    plan, _ = read_back["karoline-oestergaard-lindqvist", "follow-up-plan"]
    assert len(tables(plan)[0]) == 2
    assert len(tables(plan)) > 5


def test_every_example_is_made_as_of_the_letter_date_that_it_says() -> None:
    """`make demo` gives those of 2012 the date that they say; those that it makes today have one of this autumn."""
    demo = re.search(r"render cases_yaml/2012 .*--date (\S+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert demo is not None
    by_day = {day: {path.parents[1].name for path in paths} for day, paths in examples_by_day().items()}
    assert by_day.pop(date.fromisoformat(demo[1])) == {"2012"}
    assert by_day == {date(2026, 11, 23): {"cases_yaml"}}


@pytest.mark.parametrize("stem", CASES)
def test_no_example_tells_of_what_comes_after_its_letter(stem: str) -> None:
    loaded = CASES[stem]
    fit = [DOCUMENTS[name] for case, name in FITTING if case == stem]
    assert [str(doubt) for doubt in find_doubts(loaded, fit, letter_day(stem))] == []
