"""The HTML file: the same words as on paper, whole in itself, and fit for a screen reader."""

import io
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from examples import examples_by_day, load_example
from lxml import etree
from lxml import html as lxml_html
from writers.word.made import html_document

from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.documents import find_blockers, load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import find_renderer
from kvisdocs.writers.formats import FORMATS, write_files
from kvisdocs.writers.web import write_html

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROOT = Path(__file__).parents[2]
SHIPPED = Assets((ROOT / "templates",))
DOCUMENTS = load_documents(SHIPPED)


def documents():
    """Every document that can be made of an example, with its day."""
    for day, files in examples_by_day().items():
        for file in files:
            case, on = load_example(file), day
            for document in DOCUMENTS.values():
                if document.kind == case.case.kind and not find_blockers(case, document, on):
                    yield pytest.param(case, document, on, id=f"{case.id} {document.name}")


PAGES = re.compile(r"word/(document|header\d+|footer\d+|footnotes)\.xml")
NOT_IN_WORD = {"default", "device", "inline", "initial", "none", "self", "unsafe", "width", "scale", "style", "data"}
"""What the head tells a browser."""
DOCUMENTS_OF_EXAMPLES = list(documents())


def words(text: str) -> set[str]:
    """The words of four letters and more; where lines end, and how words are divided, is each file's own."""
    return set(re.findall(r"[^\W\d_]{4,}", text.replace("\u00ad", "").casefold()))


def printed(data: bytes) -> set[str]:
    """The words on the pages of a Word file, without fields and the names of content controls."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [etree.fromstring(archive.read(name)) for name in archive.namelist() if PAGES.match(name)]
    paragraphs = [
        "".join(each.text or " " for each in p.iter(f"{W}t", f"{W}br")) for part in parts for p in part.iter(f"{W}p")
    ]
    return words("\n".join(paragraphs))


@pytest.mark.parametrize(("case", "document", "on"), DOCUMENTS_OF_EXAMPLES)
def test_it_says_what_the_word_file_says(examples_made, case, document, on) -> None:
    along = examples_made.find_along(case.id, document)
    made = write_files(find_renderer(SHIPPED).render(case, document, on, along), ("html",))
    shown = words(FORMATS["html"].read_words(made["html"].data)[0])
    word = examples_made.find(case.id, document, "docx").read_bytes()
    there = words(FORMATS["docx"].read_words(word)[0])

    assert shown - there - NOT_IN_WORD == set()
    assert printed(word) - shown - {"side"} == set()  # the number of a page


@pytest.mark.parametrize(("case", "document", "on"), DOCUMENTS_OF_EXAMPLES)
def test_it_needs_nothing_else_and_is_fit_for_a_screen_reader(case, document, on) -> None:
    data = write_files(find_renderer(SHIPPED).render(case, document, on), ("html",))["html"].data
    text = data.decode()
    page = lxml_html.document_fromstring(text)

    assert text.startswith("<!DOCTYPE html>\n<html")
    assert page.get("lang") == "da"
    assert page.findtext("head/title")
    assert page.find("head")[0].get("charset") == "utf-8"
    assert not page.xpath("//script | //link | //@onclick | //*[@data-at]")
    assert all(each.startswith("data:") for each in page.xpath("//img/@src"))
    assert not re.search(r"url\((?!\"?data:)|@import|@font-face", text)
    assert len(page.xpath("//main")) == 1
    assert not page.xpath("//body/*[not(self::main)]")
    assert all(each.get("alt") is not None for each in page.xpath("//img"))
    assert all(each.get("scope") for each in page.xpath("//thead//th"))
    levels = [int(each.tag[1]) for each in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert all(later <= level + 1 for level, later in pairwise(levels))


def test_the_same_document_gives_the_same_bytes_whatever_is_made_with_it() -> None:
    document = html_document("<h1>Sag</h1><p>Ord</p>")

    alone = write_files(document, ("html",))["html"].data

    assert alone == write_files(document, ("pdf", "docx", "html"))["html"].data == write_html(document).data


def test_pictures_are_inside_and_nothing_comes_from_elsewhere() -> None:
    body = '<h1>Sag</h1><img src="logos/herning.svg" alt="Logo">'

    page = lxml_html.document_fromstring(write_html(html_document(body)).data.decode())

    assert page.xpath("//img/@src")[0].startswith("data:image/svg+xml;base64,")


@pytest.mark.parametrize(
    ("body", "css"),
    [
        ('<img src="nowhere.png" alt="x">', ""),
        ("<p>a</p>", "p { background: url(nowhere.png) }"),
        ('<img src="../secret.png" alt="x">', ""),
    ],
)
def test_a_file_that_is_missing_stops_it(body: str, css: str) -> None:
    with pytest.raises(KvisdocsError, match=r"is missing"):
        write_html(html_document(f"<h1>Sag</h1>{body}<style>{css}</style>"))


def test_what_is_for_paper_is_left_out_and_what_is_a_script_too() -> None:
    css = "@page { margin: 1cm } @font-face { font-family: X; src: url(x.ttf) } p { & b { color: blue } }"
    document = html_document(f'<h1>Sag</h1><p onclick="x()">a <b>b</b></p><style>{css}</style>')

    text = write_html(document).data.decode()

    assert not re.search("@page|font-face|onclick", text)
    assert re.search(r"p b\s*\{\s*color: blue", text)


def test_render_makes_it_where_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from user import call_kvisdocs

    monkeypatch.chdir(tmp_path)
    case = ROOT / "cases_yaml/citizens/mathilde-hoejgaard-thorup.yaml"

    call_kvisdocs("render", str(case), "-d", "gp-letter", "-o", "usual", "--date", "2026-11-28")
    done = call_kvisdocs("batch", str(case), "-d", "gp-letter", "--to", "html", "--date", "2026-11-28")

    assert sorted(each.name for each in Path("usual").rglob("gp-letter.*")) == ["gp-letter.docx", "gp-letter.pdf"]
    assert done.code == 0, done.err
    assert [each.name for each in Path("output").rglob("gp-letter.*")] == ["gp-letter.html"]


def test_a_strangers_name_in_an_html_file_is_found_like_in_the_others() -> None:
    said, pages = FORMATS["html"].read_words(
        write_html(html_document('<h1>Sag</h1><p>Fre<b>derik</b> Kjær</p><p title="Skjult ord">a</p>')).data
    )

    assert ("Frederik Kjær" in said, "Skjult ord" in said, pages) == (True, True, 0)
