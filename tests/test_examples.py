"""mammoth, an outsider that knows nothing of us, reads every example's Word file back as the HTML that it came from."""

import re
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from examples import examples_by_day, letter_day
from judges import docx_html

from kvisdocs.cases.load import load_case
from kvisdocs.templating.documents import find_blockers, find_doubts, load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer
from kvisdocs.writers.word.document import write_docx

ROOT = Path(__file__).parents[1]
ASSETS = Assets((ROOT / "templates",))
DOCUMENTS = load_documents(ASSETS)
RENDERER = Renderer(ASSETS)
CASES = {path.stem: load_case(path) for path in sorted((ROOT / "cases_yaml").rglob("*.yaml"))}
FITTING = [(s, n) for s, c in CASES.items() for n, d in DOCUMENTS.items() if not find_blockers(c, d, letter_day(s))]

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
def read_back(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], tuple[Element, Element]]:
    """For every document: the body that the template gave, and the one that mammoth reads from its Word file."""
    folder, found = tmp_path_factory.mktemp("examples"), {}
    for stem, name in FITTING:
        page = RENDERER.render(CASES[stem], DOCUMENTS[name], letter_day(stem))
        file = folder / f"{stem}-{name}.docx"
        file.write_bytes(write_docx(page).data)
        found[stem, name] = body_of(page.text), body_of(f"<body>{docx_html(file)}</body>")
    return found


@pytest.mark.parametrize(("stem", "name"), FITTING)
@pytest.mark.parametrize("part", [headings, items, tables], ids=lambda part: part.__name__)
def test_mammoth_reads_the_same_back(read_back, stem, name, part):
    given, read = read_back[stem, name]
    assert part(read) == part(given)


def test_examples_hold_headings_nested_lists_and_tables(read_back):
    """The comparison above is of something: the papers have lists in lists, the plans tables with lists in cells."""
    given, _ = read_back["herning-punkt-87", "committee-brief"]
    assert (0, "ul", "Orienteringsbrev til egen læge") in items(given)
    assert (1, "ul", "Sundhedssporet") in items(given)
    assert len(headings(given)) > 10
    plan, _ = read_back["karoline-oestergaard-lindqvist", "follow-up-plan"]
    assert len(tables(plan)[0]) == 2
    assert len(tables(plan)) > 5


def test_every_example_is_made_as_of_the_letter_date_that_it_says():
    """`make demo` gives those of 2012 the date that they say; those that it makes today have one of this autumn."""
    demo = re.search(r"render cases_yaml/2012 .*--date (\S+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert demo is not None
    by_day = {day: {path.parents[1].name for path in paths} for day, paths in examples_by_day().items()}
    assert by_day.pop(date.fromisoformat(demo[1])) == {"2012"}
    assert by_day == {date(2026, 11, 23): {"cases_yaml"}}


@pytest.mark.parametrize("stem", CASES)
def test_no_example_tells_of_what_comes_after_its_letter(stem):
    loaded = CASES[stem]
    fit = [DOCUMENTS[name] for case, name in FITTING if case == stem]
    assert [str(doubt) for doubt in find_doubts(loaded, fit, letter_day(stem))] == []
