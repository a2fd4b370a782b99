"""What stands in the file's XML."""

import re

import pytest
from lxml import etree
from writers.word.made import W, body_xml, docx_parts, html_document, read_body

from kvisdocs.writers.word.document import write_docx
from kvisdocs.writers.word.styles.stylebook import canonical_name, style_ids
from kvisdocs.writers.word.write.document import write_word


def xml(element: etree._Element) -> str:
    """The element without namespace declarations."""
    return re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(element, encoding="unicode"))


def part(body: str, name: str, css: str = "") -> etree._Element:
    return etree.fromstring(docx_parts(write_word(read_body(body, css)))[name])


def test_a_paragraph() -> None:
    assert xml(body_xml("<p>a <b>b</b></p>")[0]) == (
        '<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr><w:r><w:t xml:space="preserve">a </w:t></w:r>'
        "<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t>b</w:t></w:r></w:p>"
    )


def test_hyphens_and_tabs_are_elements() -> None:
    paragraph = body_xml("<pre>e&#8209;mail&shy;x\ty</pre>")[0]
    assert [etree.QName(each).localname for each in paragraph[1]] == [
        "rPr", "t", "noBreakHyphen", "t", "softHyphen", "t", "tab", "t",
    ]  # fmt: skip


def test_a_header_row_repeats_and_stays_whole() -> None:
    row = body_xml("<table><thead><tr><th>a</th></tr></thead><tr><td>b</td></tr></table>")[0].find(f"{W}tr")
    assert xml(row[0]) == "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"


def test_a_table_at_the_end_is_followed_by_a_paragraph() -> None:
    assert [etree.QName(each).localname for each in body_xml("<table><tr><td>a</td></tr></table>")] == [
        "tbl", "p", "sectPr",
    ]  # fmt: skip


def test_each_list_has_one_definition_and_one_number_with_its_start() -> None:
    numbering = part('<ol start="3"><li>a</ol><ul><li>b</ul>', "word/numbering.xml")
    assert [etree.QName(each).localname for each in numbering] == ["abstractNum", "abstractNum", "num", "num"]
    assert xml(numbering[2]) == (
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/>'
        "</w:lvlOverride></w:num>"
    )
    assert len(numbering[0].findall(f"{W}lvl")) == 9


def test_a_field_shows_right_before_word_has_counted() -> None:
    footer = part("a", "word/footer1.xml", "@page { @bottom-left { content: counter(page) } }")
    assert [etree.QName(run[-1]).localname for run in footer[0].iter(f"{W}r")] == [
        "fldChar", "instrText", "fldChar", "t", "fldChar",
    ]  # fmt: skip


def test_a_picture_is_one_file_however_often_it_is_shown() -> None:
    parts = docx_parts(write_word(read_body('<p><img src="logos/herning.svg" alt="x"></p>' * 3)))
    assert len([name for name in parts if name.startswith("word/media/")]) == 2


def test_decoration_is_marked_as_such() -> None:
    body = body_xml('<p><img src="logos/herning.svg" role="presentation"></p>')
    (properties,) = body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    assert properties.get("descr") == ""
    (decorative,) = properties.iter("{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative")
    assert decorative.get("val") == "1"


def test_numbers_of_drawings_and_bookmarks_stand_once() -> None:
    image = '<img src="logos/herning.svg" alt="x">'
    body = body_xml(f'<p><a href="#a">l</a>{image}<b id="a">a</b>{image}</p>')
    drawn = [each.get("id") for each in body.iter() if etree.QName(each).localname == "docPr"]
    marks = [each.get(f"{W}id") for each in body.iter(f"{W}bookmarkStart")]
    assert len({*drawn, *marks}) == 3


def test_the_language_of_a_span() -> None:
    (language,) = body_xml('<p>a <i lang="en">b</i></p>')[0].iter(f"{W}lang")
    assert language.get(f"{W}val") == "en-GB"


def test_a_title_longer_than_word_takes_is_cut() -> None:
    document = html_document("<p>a</p>")
    long = type(document)("<p>a</p>", "x\x01" * 300, "da", document.assets, (), document.template)
    assert f"<dc:title>{'x' * 255}</dc:title>".encode() in docx_parts(write_docx(long).data)["docProps/core.xml"]


@pytest.mark.parametrize(
    ("said", "name"),
    [("heading 2", "Heading 2"), ("BODY TEXT", "Body Text"), ("Småt", "Småt"), ("a, b;c", "a b c"), (" ", "Normal")],
)
def test_names_of_styles(said: str, name: str) -> None:
    assert canonical_name(said) == name


def test_ids_of_styles_are_plain_and_stand_once() -> None:
    assert style_ids(["Småt", "Smaat", "smaat", "Overskrift 1", "表", "Table Normal"]) == {
        "Overskrift 1": "Overskrift1", "Smaat": "Smaat", "Småt": "Smaat2", "smaat": "smaat3",
        "Table Normal": "TableNormal2", "表": "Style",
    }  # fmt: skip
