"""Sections, footnotes, contents and content controls on a letterhead: Word's own rules for what a section inherits."""

from pathlib import Path

import pytest
from judges import assert_valid_docx
from lxml import etree
from templating.letterheads import EXAMPLE, changed
from writers.word.letterhead.test_letterhead import canonical, head_alone, on, python_docx, root
from writers.word.made import W, docx_parts, html_document

from kvisdocs.verify.docx.accessibility import check_accessibility

CSS = """
@page { size: A4; margin: 20mm }
@page wide { size: A4 landscape; margin: 15mm }
body { page: letter } .wide { page: wide } .columns { column-count: 2; column-gap: 10mm }
"""
BODY = (
    '<h1>a</h1><div class="wide"><h2>b</h2>'
    '<table><thead><tr><th scope="col">c</th></tr></thead><tbody><tr><td>c</td></tr></tbody></table></div>'
    '<h2>d</h2><div class="columns"><p>e</p><p>f</p></div><p>g</p>'
)
OWN_PAGE = {
    "pgSz": 'w="11906" h="16838"',
    "pgMar": 'top="2268" right="1134" bottom="1588" left="1418" header="680" footer="680" gutter="0"',
}
WIDE_PAGE = {
    "pgSz": 'w="16838" h="11906" orient="landscape"',
    "pgMar": 'top="850" right="850" bottom="850" left="850" header="680" footer="680" gutter="0"',
}


def sections(data: bytes) -> list[list[str]]:
    """Each section's children in order, without namespaces and relations."""
    return [[_said(child) for child in each] for each in root(data, "word/document.xml").iter(f"{W}sectPr")]


def _said(element: etree._Element) -> str:
    local = {etree.QName(key).localname: value for key, value in element.items()}
    return " ".join(
        [etree.QName(element).localname, *(f'{key}="{value}"' for key, value in local.items() if key != "id")]
    )


def page(setup: dict[str, str]) -> list[str]:
    return [f"{name} {values}" for name, values in setup.items()]


def test_sections_that_come_back_take_the_page_and_all_inherit_head_and_foot(tmp_path: Path) -> None:
    data = on(tmp_path, EXAMPLE.read_bytes(), html_document(BODY, CSS)).data
    columns = 'cols space="708"'
    heads = [f'{edge}Reference type="{which}"' for edge, which in
             (("header", "default"), ("header", "first"), ("footer", "default"), ("footer", "first"))]  # fmt: skip
    first, *others = sections(data)
    assert sorted(first[:4]) == sorted(heads)
    assert [first[4:], *others] == [
        [*page(OWN_PAGE), columns, "titlePg"],
        ['type val="nextPage"', *page(WIDE_PAGE)],
        ['type val="nextPage"', *page(OWN_PAGE), columns],
        ['type val="continuous"', *page(OWN_PAGE), 'cols num="2" space="567"'],
        ['type val="continuous"', *page(OWN_PAGE), columns],
    ]
    (table,) = root(data, "word/document.xml").iter(f"{W}tblW")
    assert abs(int(table.get(f"{W}w")) - (16838 - 2 * 850)) <= 1
    (tmp_path / "a.docx").write_bytes(data)
    assert_valid_docx(tmp_path / "a.docx")
    assert check_accessibility(tmp_path / "a.docx") == []


def test_document_that_begins_on_another_page_has_the_heads_there(tmp_path: Path) -> None:
    body = '<div class="wide"><h1>a</h1></div><p>b</p>'
    first, second = sections(on(tmp_path, EXAMPLE.read_bytes(), html_document(body, CSS)).data)
    assert [each.split()[0] for each in first] == [
        *["footerReference"] * 2, *["headerReference"] * 2, "pgSz", "pgMar", "titlePg",
    ]  # fmt: skip
    assert first[4:6] == page(WIDE_PAGE)
    assert second == ['type val="nextPage"', *page(OWN_PAGE), 'cols space="708"']


def test_page_numbers_run_on_through_later_sections(tmp_path: Path) -> None:
    letterhead = changed(
        {"word/document.xml": ('<w:cols w:space="708"/>', '<w:pgNumType w:start="1"/><w:cols w:space="708"/>')}
    )
    data = on(tmp_path, letterhead, html_document(BODY, CSS)).data
    assert [[each for each in section if each.startswith("pgNumType")] for section in sections(data)] == [
        ['pgNumType start="1"'], [], ["pgNumType"], ["pgNumType"], ["pgNumType"],
    ]  # fmt: skip


def test_columns_stand_in_from_the_letterheads_margins(tmp_path: Path) -> None:
    body = '<h1>a</h1><div class="columns" style="margin: 0 36pt"><p>b</p></div><p>c</p>'
    found = sections(on(tmp_path, EXAMPLE.read_bytes(), html_document(body, CSS)).data)[1]
    assert found[2] == ('pgMar top="2268" right="1854" bottom="1588" left="2138" header="680" footer="680" gutter="0"')


def test_own_foot_is_said_for_each_section_beside_the_letterheads_head(tmp_path: Path) -> None:
    css = CSS + '@page { @bottom-center { content: "Side " counter(page) } }'
    found = sections(on(tmp_path, python_docx(head_alone), html_document(BODY, css)).data)
    said = [[each for each in section if "Reference" in each] for section in found]
    assert said == [
        ['headerReference type="default"', 'footerReference type="default"'],
        *[['footerReference type="default"']] * 4,
    ]


def test_footnotes_and_contents_wear_the_letterheads_styles(tmp_path: Path) -> None:
    given = "".join(
        f'<w:style w:type="{kind}" w:styleId="{own}"><w:name w:val="{name}"/></w:style>'
        for kind, own, name in (
            ("paragraph", "Fodnotetekst", "footnote text"),
            ("character", "Fodnotehenvisning", "footnote reference"),
            ("paragraph", "Indholdsfortegnelse2", "Indholdsfortegnelse 2"),
        )
    )
    letterhead = changed({"word/styles.xml": ("</w:styles>", f"{given}</w:styles>")})
    css = ".note { float: footnote }"
    body = (
        '<h1>a</h1><nav class="toc"><ul><li><a href="#b">b</a></li></ul></nav>'
        '<h2 id="b">b</h2><p>c<span class="note">d</span></p>'
    )
    data = on(tmp_path, letterhead, html_document(body, css)).data
    notes = root(data, "word/footnotes.xml")
    assert [each.get(f"{W}val") for each in notes.iter(f"{W}pStyle", f"{W}rStyle")] == [
        "Fodnotetekst", "Fodnotehenvisning",
    ]  # fmt: skip
    styles = [each.get(f"{W}val") for each in root(data, "word/document.xml").iter(f"{W}pStyle", f"{W}rStyle")]
    assert styles == ["Overskrift1", "Indholdsfortegnelse2", "Overskrift2", "Brdtekst", "Fodnotehenvisning"]
    (tmp_path / "a.docx").write_bytes(data)
    assert_valid_docx(tmp_path / "a.docx")


def test_added_styles_refer_to_styles_that_the_letterhead_has(tmp_path: Path) -> None:
    body = '<h1>a</h1><p>b <b style="--word-style: \'Status ny\'">c</b></p><p style="--word-style: Nyt">d</p>'
    data = on(tmp_path, EXAMPLE.read_bytes(), html_document(body)).data
    styles = root(data, "word/styles.xml")
    known = {each.get(f"{W}styleId") for each in styles.iter(f"{W}style")}
    assert {"Nyt", "Statusny"} < known
    assert {each.get(f"{W}val") for each in styles.iter(f"{W}basedOn", f"{W}next", f"{W}link")} <= known


def test_content_controls_of_a_head_leave_their_numbers_to_word(tmp_path: Path) -> None:
    control = '<w:sdt><w:sdtPr><w:id w:val="1"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt></w:hdr>'
    head = docx_parts(EXAMPLE.read_bytes())["word/header2.xml"].decode().replace("</w:hdr>", control)
    written = on(
        tmp_path, changed(added={"word/header2.xml": head}), html_document('<h1>a</h1><p data-field="b">c</p>')
    )
    (kept,) = [each for name, data in docx_parts(written.data).items() if name.startswith("word/header")
               for each in etree.fromstring(data).iter(f"{W}sdt")]  # fmt: skip
    assert canonical(kept) == canonical(etree.fromstring(
        f'<w:sdt xmlns:w="{W[1:-1]}"><w:sdtPr/><w:sdtContent><w:p/></w:sdtContent></w:sdt>'))  # fmt: skip


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ('w:charSpace="4294961151"', {"charSpace": "-6145"}),
        ('w:charSpace="-2049"', {"charSpace": "-2049"}),
        ('w:charSpace="99999999999"', {}),
        ('w:charSpace="x"', {}),
        ('w:type="lines" w:linePitch="360" w:charSpace="0"', {"type": "lines", "linePitch": "360", "charSpace": "0"}),
    ],
)
def test_the_letterheads_grid_is_one_that_the_schema_knows(said: str, kept: dict[str, str], tmp_path: Path) -> None:
    """LibreOffice writes a negative space as a number of 32 bits without a sign."""
    letterhead = changed({"word/document.xml": ("</w:sectPr>", f"<w:docGrid {said}/></w:sectPr>")})
    path = tmp_path / "made.docx"
    path.write_bytes(on(tmp_path, letterhead, html_document("<h1>Et</h1>")).data)
    (grid,) = root(path.read_bytes(), "word/document.xml").iter(f"{W}docGrid")
    assert {etree.QName(name).localname: value for name, value in grid.items()} == kept
    assert_valid_docx(path)
