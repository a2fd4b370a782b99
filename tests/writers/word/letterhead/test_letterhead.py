"""The Word file on a designer's letterhead: what is the designer's stays, what is ours is added, and all is sound."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from judges import assert_valid_docx, docx_words
from lxml import etree
from templating.letterheads import EXAMPLE, changed
from writers.word.made import W, docx_parts, html_document

from kvisdocs.cases.load import load_case
from kvisdocs.problems import Severity
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.drafts import mark_draft
from kvisdocs.templating.html import Assets, HtmlDocument
from kvisdocs.templating.render import Renderer
from kvisdocs.verify.docx.accessibility import check_accessibility
from kvisdocs.verify.docx.body import read_docx_blocks
from kvisdocs.verify.parity import compare
from kvisdocs.writers.output import WriterOutput
from kvisdocs.writers.pdf.document import write_pdf
from kvisdocs.writers.word.document import write_docx

ROOT = Path(__file__).parents[4]
SHIPPED = ROOT / "templates"
ON = date(2012, 11, 14)
CASES = {
    "gp-letter": "2012/citizens/birgitte-aaboe-noerremark",
    "follow-up-plan": "2012/citizens/maja-sjoelund-aegidius",
    "committee-brief": "2012/committee/herning-punkt-87",
}
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@cache
def page(name: str) -> HtmlDocument:
    """One of the three documents, as a profile without a letterhead makes it."""
    assets = Assets((SHIPPED,))
    case = load_case(ROOT / "cases_yaml" / f"{CASES[name]}.yaml")
    return Renderer(assets).render(case, load_documents(assets)[name], ON)


@cache
def on_example(name: str) -> WriterOutput:
    return write_docx(replace(page(name), letterhead="letterheads/eksempel.docx"))


def on(folder: Path, letterhead: bytes, document: HtmlDocument) -> WriterOutput:
    """The document on a letterhead of these bytes."""
    (folder / "brev.docx").write_bytes(letterhead)
    assets = Assets((folder, *document.assets.folders))
    return write_docx(replace(document, assets=assets, letterhead="brev.docx"))


def root(data: bytes, name: str) -> etree._Element:
    return etree.fromstring(docx_parts(data)[name])


def canonical(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n", exclusive=True)


def reached(data: bytes, edge: str, which: str) -> tuple[bytes, list[bytes]]:
    """The XML of a header or footer as the section refers to it, and the pictures that it relates to."""
    document = docx.Document(BytesIO(data))
    section = document.element.body[-1]
    (reference,) = [e for e in section.findall(f"{W}{edge}Reference") if e.get(f"{W}type") == which]
    part = document.part.related_parts[reference.get(f"{R}id")]
    pictures = [each.target_part.blob for each in part.rels.values() if each.reltype.endswith("/image")]
    return canonical(part.element), pictures


def python_docx(change: Callable[[docx.document.Document], None]) -> bytes:
    """A letterhead of another making: python-docx's own American template, changed."""
    document = docx.Document()
    change(document)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


# ---- the three documents ----


@pytest.mark.parametrize("name", CASES)
def test_document_on_the_example_is_sound_and_says_what_the_pdf_says(tmp_path: Path, name: str) -> None:
    pytest.importorskip("pdfminer", exc_type=ImportError)
    from kvisdocs.verify.pdf.tag_blocks import read_pdf_blocks

    pdf, word, plain = tmp_path / "a.pdf", tmp_path / "a.docx", tmp_path / "plain.docx"
    pdf.write_bytes(write_pdf(page(name)).data)
    word.write_bytes(on_example(name).data)
    plain.write_bytes(write_docx(page(name)).data)
    assert_valid_docx(word, plain)
    assert check_accessibility(word) == []
    assert compare(pdf, read_pdf_blocks(pdf), word, read_docx_blocks(word)) == []
    assert docx_words(word) == docx_words(plain)


@pytest.mark.parametrize("name", CASES)
def test_same_bytes_twice(name: str) -> None:
    again = write_docx(replace(page(name), letterhead="letterheads/eksempel.docx"))
    assert again == on_example(name)


def test_pdf_is_none_of_the_letterheads_business() -> None:
    html = page("gp-letter")
    assert write_pdf(replace(html, letterhead="letterheads/eksempel.docx")).data == write_pdf(html).data


# ---- what is the designer's ----


@pytest.mark.parametrize(
    ("edge", "which", "pictures"),
    [("header", "first", 1), ("header", "default", 0), ("footer", "first", 0), ("footer", "default", 0)],
)
def test_heads_feet_and_logo_are_the_letterheads(edge: str, which: str, pictures: int) -> None:
    given, made = reached(EXAMPLE.read_bytes(), edge, which), reached(on_example("gp-letter").data, edge, which)
    assert made == given
    assert len(made[1]) == pictures


def test_page_setup_is_the_letterheads() -> None:
    section = root(on_example("gp-letter").data, "word/document.xml")[0][-1]
    kept = [each for each in section if not str(each.tag).endswith("Reference")]
    given = [
        each for each in root(EXAMPLE.read_bytes(), "word/document.xml")[0][-1] if not each.tag.endswith("Reference")
    ]
    assert [canonical(each) for each in kept] == [canonical(each) for each in given]


@pytest.mark.parametrize("name", CASES)
def test_definitions_of_its_styles_are_unchanged(name: str) -> None:
    given = root(EXAMPLE.read_bytes(), "word/styles.xml")
    made = {each.get(f"{W}styleId"): each for each in root(on_example(name).data, "word/styles.xml").iter(f"{W}style")}
    for style in given.iter(f"{W}style"):
        assert canonical(made[style.get(f"{W}styleId")]) == canonical(style)
    names = [each.find(f"{W}name").get(f"{W}val").lower() for each in made.values()]
    assert len(names) == len(set(names))


def test_headings_take_the_designers_look_without_direct_formatting() -> None:
    body = root(on_example("follow-up-plan").data, "word/document.xml")[0]
    headings = [
        each for each in body.iter(f"{W}p") if each.find(f"{W}pPr/{W}pStyle[@{W}val='Overskrift2']") is not None
    ]
    assert len(headings) >= 5
    assert {tuple(child.tag for child in each.find(f"{W}pPr")) for each in headings} == {(f"{W}pStyle",)}


def test_body_and_names_of_the_letterhead_are_gone(tmp_path: Path) -> None:
    data = on(
        tmp_path, EXAMPLE.read_bytes(), html_document("<h1>Brev</h1>", head='<meta name="author" content="A">')
    ).data
    parts = docx_parts(data)
    assert b"falder" not in parts["word/document.xml"]
    assert b"Eksempel Kommune" not in parts["docProps/core.xml"]
    assert b"<dc:creator>A</dc:creator>" in parts["docProps/core.xml"]


# ---- what is ours ----


def test_added_styles_are_reported() -> None:
    (note,) = on_example("gp-letter").messages
    assert note.severity is Severity.NOTE
    assert str(note).rpartition("templates/")[2] == (
        'letterheads/eksempel.docx: note: the letterhead has no style "Brevoplysning", "Closing", "Faktatekst", '
        '"Faktatitel", "Modtager", "Returadresse"; the stylesheet\'s is added; define it in the letterhead if it '
        "should look otherwise"
    )


def test_text_begins_where_the_first_page_of_the_stylesheet_says() -> None:
    body = root(on_example("gp-letter").data, "word/document.xml")[0]
    first = next(each for each in body if each.find(f"{W}pPr/{W}framePr") is None)
    assert first.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Overskrift1"
    before = int(first.find(f"{W}pPr/{W}spacing").get(f"{W}before"))
    top = int(body[-1].find(f"{W}pgMar").get(f"{W}top"))
    assert before + top == round(99 / 25.4 * 1440)


def test_frames_stay_where_they_are() -> None:
    frames = [
        [canonical(each) for each in root(data, "word/document.xml").iter(f"{W}framePr")]
        for data in (on_example("gp-letter").data, write_docx(page("gp-letter")).data)
    ]
    assert frames[0] == frames[1] != []


def test_tables_are_as_wide_as_the_letterheads_text() -> None:
    body = root(on_example("gp-letter").data, "word/document.xml")[0]
    width = 11906 - 1418 - 1134
    assert {width - int(each.get(f"{W}w")) for each in body.iter(f"{W}tblW")} <= {0, 1}  # columns are rounded


def test_lists_do_not_take_numbers_that_the_letterhead_has(tmp_path: Path) -> None:
    given = (
        '<w:abstractNum w:abstractNumId="4"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num>'
    )
    empty = docx_parts(EXAMPLE.read_bytes())["word/numbering.xml"].decode()
    letterhead = changed(added={"word/numbering.xml": empty.replace("/>", f">{given}</w:numbering>")})
    written = on(tmp_path, letterhead, html_document("<h1>a</h1><ol><li>b</ol><ul><li>c</ul>"))
    numbering = root(written.data, "word/numbering.xml")
    order = [(etree.QName(each).localname, each.get(each.keys()[0])) for each in numbering]
    assert order == [
        ("abstractNum", "4"), ("abstractNum", "8"), ("abstractNum", "9"), ("num", "7"), ("num", "8"), ("num", "9"),
    ]  # fmt: skip
    used = [each.get(f"{W}val") for each in root(written.data, "word/document.xml").iter(f"{W}numId")]
    assert used == ["8", "9"]
    (tmp_path / "a.docx").write_bytes(written.data)
    assert_valid_docx(tmp_path / "a.docx")


# ---- letterheads of other making ----


def head_alone(document: docx.document.Document) -> None:
    document.sections[0].header.paragraphs[0].text = "Kun hoved"


def _foot_by_side(document: docx.document.Document) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    document.sections[0].footer.paragraphs[0].text = "Ulige"
    document.sections[0].even_page_footer.paragraphs[0].text = "Lige"


def _nothing(document: docx.document.Document) -> None:
    document.add_paragraph("Vejledning til brevpapiret")


@pytest.mark.parametrize(
    ("change", "heads"),
    [
        (head_alone, "footer default, header default"),
        (_foot_by_side, "footer default, footer even, footer first, header default, header even, header first"),
        (_nothing, "footer default, footer first, header default, header first"),
    ],
)  # fmt: skip
def test_head_or_foot_that_the_letterhead_lacks_is_ours(
    tmp_path: Path, change: Callable[[docx.document.Document], None], heads: str
) -> None:
    data = on(tmp_path, python_docx(change), page("committee-brief")).data
    (tmp_path / "a.docx").write_bytes(data)
    assert_valid_docx(tmp_path / "a.docx")
    section = root(data, "word/document.xml")[0][-1]
    references = [each for each in section if each.tag.endswith("Reference")]
    assert heads.split(", ") == sorted(
        f"{etree.QName(each).localname.removesuffix('Reference')} {each.get(f'{W}type')}" for each in references
    )
    texts = "".join("".join(t.text or "" for t in root(data, n).iter(f"{W}t")) for n in sorted(docx_parts(data))
                    if re.match(r"word/(header|footer)", n))  # fmt: skip
    assert ("Kun hoved" in texts) == (change is head_alone)
    assert ("Herning Kommune" in texts) == (change is not head_alone)
    assert ("Side " in texts) == (change is not _foot_by_side)


def _foot_of_other_pages(document: docx.document.Document) -> None:
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].footer.paragraphs[0].text = "Fra side 2"


@pytest.mark.parametrize("change", [head_alone, _foot_by_side, _foot_of_other_pages])
def test_a_draft_says_so_in_the_foot_of_every_kind_of_page(
    tmp_path: Path, change: Callable[[docx.document.Document], None]
) -> None:
    data = on(tmp_path, python_docx(change), mark_draft(page("committee-brief"))).data
    (tmp_path / "a.docx").write_bytes(data)
    assert_valid_docx(tmp_path / "a.docx")
    document = docx.Document(BytesIO(data))
    section = document.element.body[-1]
    kinds = ["default", *(["first"] if section.find(f"{W}titlePg") is not None else [])]
    kinds += ["even"] if document.settings.odd_and_even_pages_header_footer else []
    assert [reached(data, "footer", kind)[0].count(b"UDKAST") for kind in kinds] == [1] * len(kinds)
    assert b"UDKAST" not in canonical(section)


def test_styles_go_by_alias_and_by_danish_name(tmp_path: Path) -> None:
    styles = docx_parts(EXAMPLE.read_bytes())["word/styles.xml"].decode()
    for old, new in {
        '<w:name w:val="heading 2"/>': '<w:name w:val="Overskrift 2"/>',
        '<w:name w:val="Tabeltekst"/>': '<w:name w:val="Celle"/><w:aliases w:val="Tekst,Tabeltekst"/>',
    }.items():
        assert old in styles
        styles = styles.replace(old, new)
    letterhead = changed(added={"word/styles.xml": styles})
    written = on(tmp_path, letterhead, html_document("<h1>a</h1><h2>b</h2><table><tr><td>c</table>"))
    used = [each.get(f"{W}val") for each in root(written.data, "word/document.xml").iter(f"{W}pStyle")]
    assert used == ["Overskrift1", "Overskrift2", "Tabeltekst"]
    assert written.messages == ()


def test_style_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    letterhead = changed({"word/styles.xml": ('w:type="paragraph" w:customStyle="1" w:styleId="Formaal"',
                                              'w:type="character" w:customStyle="1" w:styleId="Formaal"')})  # fmt: skip
    written = on(tmp_path, letterhead, html_document("<h1>a</h1><p style=\"--word-style: 'Formål'\">b</p>"))
    assert [str(each).partition("note: ")[2] for each in written.messages] == [
        'the letterhead has no style "Formål (afsnit)"; the stylesheet\'s is added; define it in the letterhead if it '
        "should look otherwise"
    ]


def test_settings_are_made_safe_and_reported(tmp_path: Path) -> None:
    dirty = (
        '<w:writeProtection w:recommended="1"/><w:zoom w:percent="100"/><w:attachedTemplate r:id="rId1"/>'
        '<w:mailMerge><w:mainDocumentType w:val="formLetters"/></w:mailMerge><w:trackRevisions/>'
        '<w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:updateFields w:val="true"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="12"/></w:compat>'
        '<w:rsids><w:rsidRoot w:val="00AA"/></w:rsids>'
    )
    space = f'xmlns:w="{W[1:-1]}" xmlns:r="{R[1:-1]}"'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    letterhead = changed(
        added={
            "word/settings.xml": f"<w:settings {space}>{dirty}</w:settings>",
            "word/_rels/settings.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="rId1" Type="{relation}" Target="file:///C:/Users/bodil/n.dotm"'
                ' TargetMode="External"/></Relationships>'
            ),
        }
    )
    written = on(tmp_path, letterhead, html_document("<h1>a</h1>"))
    parts = docx_parts(written.data)
    settings = etree.tostring(etree.fromstring(parts["word/settings.xml"]), encoding="unicode")
    assert re.sub(r' xmlns:\w+="[^"]*"', "", settings) == (
        '<w:settings><w:zoom w:percent="100"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="da-DK"/>'
        "</w:settings>"
    )
    assert not [name for name, data in parts.items() if b"bodil" in data]
    assert [str(each).partition("note: ")[2] for each in written.messages] == [
        "left out of the Word file: the attached template, the document protection, the mail merge, the tracking of "
        "changes, the updating of fields at opening, the write protection; take it out of the letterhead"
    ]


def test_changes_comments_and_names_in_a_header_are_gone(tmp_path: Path) -> None:
    who = 'w:id="1" w:author="Bodil" w:date="2012-01-01T00:00:00Z"'
    header = docx_parts(EXAMPLE.read_bytes())["word/header2.xml"].decode()
    more = (
        f"<w:p><w:ins {who}><w:r><w:t>Ny</w:t></w:r></w:ins>"
        f"<w:del {who}><w:r><w:delText>Gammel</w:delText></w:r></w:del>"
        f'<w:commentRangeStart w:id="2"/><w:bookmarkStart w:id="3" w:name="x"/><w:bookmarkEnd w:id="3"/></w:p></w:hdr>'
    )
    letterhead = changed(added={"word/header2.xml": header.replace("</w:hdr>", more)})
    data = on(tmp_path, letterhead, html_document("<h1>a</h1>")).data
    paragraph = etree.fromstring(reached(data, "header", "default")[0])[-1]
    assert canonical(paragraph) == canonical(
        etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>Ny</w:t></w:r></w:p>')
    )
    assert not [name for name, part in docx_parts(data).items() if b"Bodil" in part]


def test_the_letters_language_holds_whatever_word_the_designer_has(tmp_path: Path) -> None:
    data = on(tmp_path, python_docx(head_alone), html_document("<h1>a</h1>")).data
    language = root(data, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert language.get(f"{W}val") == "da-DK"
    assert root(data, "word/settings.xml").find(qn("w:themeFontLang")).get(f"{W}val") == "da-DK"


def test_columns_and_landscape_decide_the_width_of_tables(tmp_path: Path) -> None:
    columns = ('<w:cols w:space="708"/>', '<w:cols w:num="2" w:space="600"/>')
    data = on(
        tmp_path, changed({"word/document.xml": columns}), html_document("<h1>a</h1><table><tr><td>b</table>")
    ).data
    (table,) = root(data, "word/document.xml").iter(f"{W}tblW")
    assert table.get(f"{W}w") == str((11906 - 1418 - 1134 - 600) // 2)


def test_example_is_what_its_program_makes() -> None:
    import importlib.util

    spec = importlib.util.spec_from_file_location("letterhead_example", ROOT / "docs" / "letterhead_example.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert docx_parts(module.make_letterhead()) == docx_parts(EXAMPLE.read_bytes())


def test_example_is_sound() -> None:
    assert_valid_docx(EXAMPLE)
    assert check_accessibility(EXAMPLE) == []


def test_designers_are_told_all_names_of_styles() -> None:
    named = set(re.findall(r'--word-style: "([^"]+)"', (SHIPPED / "house.css").read_text(encoding="utf-8")))
    table = re.findall(
        r"^\| `([^`]+)` \|", (ROOT / "docs" / "letterheads.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(table) == sorted(named)
