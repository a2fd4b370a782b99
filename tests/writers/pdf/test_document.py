import datetime
import re
import subprocess
import sys
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from judges import Tag, assert_valid_pdf, pdf_structure, pdf_words, poppler

from kvisdocs.cases.load import load_case
from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import BASE_URL, Assets, HtmlDocument
from kvisdocs.templating.render import Renderer
from kvisdocs.writers.pdf.document import write_pdf
from kvisdocs.writers.pdf.messages import Remark, read_remark

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "templates"
PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
)


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    (tmp_path / "brev").mkdir()
    (tmp_path / "brev" / "document.html.j2").write_text("", encoding="utf-8")
    (tmp_path / "own.css").write_text("p { color: black }", encoding="utf-8")
    return Assets((tmp_path, SHIPPED))


def page(assets: Assets, body: str, *sheets: str) -> HtmlDocument:
    text = f'<!DOCTYPE html><html lang="da"><head><title>x</title></head><body>{body}</body></html>'
    return HtmlDocument(text, "Brev til Åse", "da", assets, ("house.css", *sheets), "brev/document.html.j2")


def said(document: HtmlDocument) -> str:
    with pytest.raises(KvisdocsError) as caught:
        write_pdf(document)
    return str(caught.value).replace(f"{document.assets.folders[0]}/", "")


@pytest.fixture(scope="module")
def plan() -> HtmlDocument:
    case = load_case(ROOT / "cases_yaml" / "2012" / "citizens" / "hans-joergen-ravnkilde-oe.yaml")
    shipped = Assets((SHIPPED,))
    return Renderer(shipped).render(case, load_documents(shipped)["follow-up-plan"], datetime.date(2012, 11, 14))


@pytest.fixture(scope="module")
def plan_pdf(plan: HtmlDocument, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plan") / "plan.pdf"
    path.write_bytes(write_pdf(plan).data)
    return path


def objects(path: Path) -> bytes:
    """The file with its object streams unpacked."""
    data = path.read_bytes()
    packed = re.findall(rb"/ObjStm.*?stream\n(.*?)\nendstream", data, re.DOTALL)
    return b"\n".join([data, *map(zlib.decompress, packed)])


# ---- the file ----


def test_plan_is_pdf_ua_and_pdf_a_at_once(plan_pdf: Path) -> None:
    assert_valid_pdf(plan_pdf)


def test_same_document_gives_the_same_bytes_again_and_in_another_process(plan: HtmlDocument, plan_pdf: Path) -> None:
    first = plan_pdf.read_bytes()
    assert write_pdf(plan).data == first
    program = f"""
import datetime, sys
from pathlib import Path
from kvisdocs.cases.load import load_case
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer
from kvisdocs.writers.pdf.document import write_pdf
assets = Assets((Path({str(SHIPPED)!r}),))
case = load_case(Path({str(ROOT / "cases_yaml" / "2012" / "citizens" / "hans-joergen-ravnkilde-oe.yaml")!r}))
page = Renderer(assets).render(case, load_documents(assets)["follow-up-plan"], datetime.date(2012, 11, 14))
sys.stdout.buffer.write(write_pdf(page).data)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, cwd=ROOT)
    assert done.stdout == first


def test_document_says_its_language_and_title(plan_pdf: Path, assets: Assets, tmp_path: Path) -> None:
    assert b"/Lang (da)" in objects(plan_pdf)
    assert "Opfølgningsplan" in poppler("pdfinfo", str(plan_pdf))
    path = tmp_path / "a.pdf"
    path.write_bytes(write_pdf(page(assets, "<h1>Sag</h1>")).data)
    assert re.search(r"^Title: +Brev til Åse$", poppler("pdfinfo", str(path)), re.MULTILINE)  # whatever its HTML says


def test_fonts_are_embedded_and_are_ours(plan_pdf: Path) -> None:
    rows = [line.split() for line in poppler("pdffonts", str(plan_pdf)).splitlines()[2:]]
    assert rows
    assert all("Carlito" in row[0] for row in rows)
    assert all(row[-5] == "yes" for row in rows), "not embedded"


def test_outline_has_an_entry_for_each_heading(plan: HtmlDocument, plan_pdf: Path) -> None:
    headings = re.findall(r"<h[1-6]\b", plan.text)
    assert b"/Outlines" in objects(plan_pdf)
    assert len(re.findall(rb"/Dest\b", objects(plan_pdf))) == len(headings)


# ---- what a document may use ----


def test_missing_picture_is_named_with_its_place(assets: Assets) -> None:
    body = '<p>a</p><img data-at="brev/document.html.j2:7:3" src="logos/nowhere.svg" alt="Logo">'
    assert said(page(assets, body)) == (
        'brev/document.html.j2:7:3: the file "logos/nowhere.svg" is missing; '
        "put the file into the templates folder, or correct its name"
    )


@pytest.mark.parametrize(
    "source",
    [
        "../outside.png",
        "%2e%2e/outside.png",
        "x/%2E%2E/%2e%2e/outside.png",
        "..%2foutside.png",
        "%2fetc/passwd",
        "//server/x.png",
        "/etc/passwd",
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "FILE:///etc/passwd",
        "http://example.dk/x.png",
        "https://example.dk/x.png",
        "ftp://example.dk/x.png",
        f"{BASE_URL}../x.png",
    ],
)
def test_nothing_is_read_outside_the_templates(assets: Assets, source: str) -> None:
    (assets.folders[0].parent / "outside.png").write_bytes(b"secret")
    found = said(page(assets, f'<img src="{source}" alt="x">'))
    assert "is outside the templates folder; put" in found


@pytest.mark.parametrize("source", ["%252e%252e/outside.png", "a%00.png", "link.png", "%"])
def test_odd_names_are_missing_files(assets: Assets, source: str) -> None:
    (assets.folders[0].parent / "outside.png").write_bytes(b"secret")
    (assets.folders[0] / "link.png").symlink_to(assets.folders[0].parent / "outside.png")
    assert "is missing; put" in said(page(assets, f'<img src="{source}" alt="x">'))


def test_link_to_nowhere_is_named_with_its_place(assets: Assets) -> None:
    link = '<a href="#m%C3%A5l" data-at="brev/document.html.j2:3:5">Mål</a>'
    body = f'<h1>x</h1><nav class="toc"><ol><li>{link}</li></ol></nav>'
    wanted = 'brev/document.html.j2:3:5: PDF: the link goes to "#mål", which is nowhere; correct the id'
    assert said(page(assets, body)) == wanted


def test_picture_in_the_document_itself(assets: Assets, tmp_path: Path) -> None:
    done = write_pdf(page(assets, f'<h1>Sag</h1><img src="{PNG}" alt="En prik" style="image-rendering: crisp-edges">'))
    (tmp_path / "a.pdf").write_bytes(done.data)
    assert not done.messages
    assert len(pdf_structure(tmp_path / "a.pdf").find_all("Figure")) == 1


@pytest.mark.parametrize("source", ["broken.png", "data:image/png;base64,AAAA", "data:"])
def test_picture_that_cannot_be_read_stops_the_document(assets: Assets, source: str) -> None:
    (assets.folders[0] / "broken.png").write_bytes(b"no picture")
    assert "brev/document.html.j2" in said(page(assets, f'<img src="{source}" alt="x">'))


def test_percent_signs_and_spaces_in_a_name(assets: Assets) -> None:
    (assets.folders[0] / "et billede.svg").write_bytes((SHIPPED / "logos" / "herning.svg").read_bytes())
    assert not write_pdf(page(assets, '<img src="et%20billede.svg" alt="Logo">')).messages


# ---- stylesheets ----


def sheet(assets: Assets, text: str | bytes) -> None:
    (assets.folders[0] / "own.css").write_bytes(text.encode() if isinstance(text, str) else text)


def test_missing_stylesheet(assets: Assets) -> None:
    assert said(page(assets, "", "nowhere.css")) == (
        'nowhere.css: the file "nowhere.css" is missing; put the file into the templates folder, or correct its name'
    )


@pytest.mark.parametrize(
    "rule", ["p { background: url(nowhere.png) }", "@font-face { font-family: X; src: url('nowhere.ttf') }"]
)
def test_missing_file_of_a_stylesheet_is_named_with_its_line(assets: Assets, rule: str) -> None:
    sheet(assets, f"/* */\n{rule}")
    found = said(page(assets, "<p>a</p>", "own.css"))
    assert found.startswith(f'own.css:2:{rule.index("url") + 1}: the file "nowhere.')


def test_stylesheet_that_is_not_utf8(assets: Assets) -> None:
    sheet(assets, b"p { content: '\xe6' }")
    assert said(page(assets, "", "own.css")).startswith("own.css:1:15: \"'æ'\" is saved as Windows-1252")


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        (
            "p { foo: bar }",
            'own.css:2:5: warning: CSS "foo": neither file has such a property; correct it, or delete it',
        ),
        (
            "p { color: var(--soft) solid }",
            "own.css:2:12: warning: PDF: `color: #edf2f5 solid` is ignored: invalid value",
        ),
    ],
)
def test_remark_on_a_stylesheet_comes_with_every_document_that_uses_it(assets: Assets, rule: str, wanted: str) -> None:
    sheet(assets, f"/* */\n{rule}")
    for _ in range(3):
        (found,) = write_pdf(page(assets, "<p>a</p>", "own.css")).messages
        assert str(found).replace(f"{assets.folders[0]}/", "").startswith(wanted)
    assert not write_pdf(page(assets, "<p>a</p>")).messages


def test_stylesheet_that_was_changed_is_read_anew(assets: Assets) -> None:
    document = page(assets, "<p>a</p>", "own.css")
    before = write_pdf(document).data
    sheet(assets, "p { color: red }")
    assert write_pdf(document).data != before


def test_character_that_no_font_has_stops_the_document(assets: Assets) -> None:
    with pytest.raises(KvisdocsError, match=r"PDF: no font has .* \(U\+F1234\), which would be printed as a box"):
        write_pdf(page(assets, "<p>\U000f1234</p>"))


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "Ignored `foo: bar` at 3:5, unknown property.",
            Remark(
                "`foo: bar` is ignored: unknown property",
                "correct it, or delete it",
                3,
                5,
                quoted="foo: bar",
                unknown="foo",
            ),
        ),
        ("Parse error at 1:2: EOF", Remark("Parse error: EOF", "", 1, 2)),
        ("Subgrids are unsupported", Remark("Subgrids are unsupported")),
    ],
)
def test_lines_of_the_log(line: str, wanted: Remark) -> None:
    assert read_remark(line) == wanted


# ---- many documents in one process ----


def test_threads_give_the_same_bytes(assets: Assets) -> None:
    documents = [page(assets, f"<h1>Sag {number}</h1><p>æøå</p>") for number in range(4)]
    alone = [write_pdf(document).data for document in documents]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda document: write_pdf(document).data, documents)) == alone


def test_document_after_a_failed_one_is_as_ever(assets: Assets) -> None:
    good = page(assets, "<h1>Sag</h1>")
    before = write_pdf(good).data
    said(page(assets, '<img src="nowhere.png" alt="x">'))
    assert write_pdf(good).data == before


def test_nothing_is_left_open(plan: HtmlDocument) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        write_pdf(plan)
    assert not [str(each.message) for each in caught if each.category is ResourceWarning]


def test_text_is_all_there(assets: Assets, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(write_pdf(replace(page(assets, "<h1>Sag æøå</h1><p>Åse &amp; Bo</p>"), title="T")).data)
    assert pdf_words(path)[:6] == ["Sag", "æøå", "Åse", "&", "Bo", "Side"]


def test_space_between_inline_elements_is_in_the_file(assets: Assets, tmp_path: Path) -> None:
    body = "<p><strong>Formål</strong> <em>mål</em> <u>delmål</u></p>"
    path = tmp_path / "spaces.pdf"
    path.write_bytes(write_pdf(page(assets, body)).data)
    tags = pdf_structure(path)
    assert [part for tag in tags.find_all("P") for part in letters(tag)] == ["Formål", " ", "mål", " ", "delmål"]


def letters(tag: Tag) -> list[str]:
    """The texts of a tag as they stand in the file, in order."""
    return [text for part in tag.content for text in ([part] if isinstance(part, str) else letters(part))]
