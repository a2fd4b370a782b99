"""Pictures, their size and their words."""

import base64
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from writers.word.made import html_document, read_body

from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.html import Assets
from kvisdocs.writers.pictures.pictures import parse_svg
from kvisdocs.writers.word.model.blocks import Paragraph
from kvisdocs.writers.word.model.inlines import Picture
from kvisdocs.writers.word.read.document import read_word
from kvisdocs.writers.word.read.images import svg_size


def png(width: int = 40, height: int = 20, format: str = "PNG") -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "red").save(file, format)
    return file.getvalue()


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    (tmp_path / "a.png").write_bytes(png())
    (tmp_path / "a.jpg").write_bytes(png(format="JPEG"))
    (tmp_path / "a.gif").write_bytes(png(format="GIF"))
    (tmp_path / "cut.png").write_bytes(png()[:20])
    (tmp_path / "æ b.png").write_bytes(png())
    (tmp_path / "outside.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/hostname"/></svg>'
    )
    return Assets((tmp_path,))


def picture(html: str, assets: Assets, css: str = "") -> Picture:
    word, messages = read_word(html_document(html, css, assets=assets))
    assert messages == ()
    return next(each for block in word.blocks for each in block.children if isinstance(each, Picture))


def points(found: Picture) -> tuple[float, float]:
    return found.width_emu / 12700, found.height_emu / 12700


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ("", (30, 15)),
        ('width="80"', (60, 30)),
        ('height="40"', (60, 30)),
        ('width="10" height="10"', (7.5, 7.5)),
        ('style="width: 60pt"', (60, 30)),
        ('style="height: 60pt"', (120, 60)),
        ('width="10" height="10" style="width: 60pt"', (60, 7.5)),
        ('style="max-width: 15pt"', (15, 7.5)),
        ('style="max-height: 3pt"', (6, 3)),
        ('style="max-width: 50%; width: 400mm"', (240.95, 120.47)),
        ('style="width: 50%"', (240.95, 120.47)),
        ('style="width: 400mm"', (481.9, 240.95)),
    ],
)
def test_how_large_a_picture_is(attributes: str, size: tuple[float, float], assets: Assets) -> None:
    assert points(picture(f'<p><img src="a.png" alt="x" {attributes}></p>', assets)) == pytest.approx(size, abs=0.02)


def test_a_picture_is_no_wider_than_its_cell(assets: Assets) -> None:
    body = '<table style="width: 50pt"><tr><td><img src="a.png" alt="x" width="500"></td></tr></table>'
    table = read_word(html_document(body, assets=assets))[0].blocks[0]
    assert points(table.rows[0].cells[0].blocks[0].children[0])[0] == pytest.approx(46, abs=0.1)


def test_a_jpeg_stays_a_jpeg(assets: Assets) -> None:
    assert picture('<p><img src="a.jpg" alt="x"></p>', assets).png.startswith(b"\xff\xd8")


def test_a_name_with_spaces_and_danish_letters(assets: Assets) -> None:
    assert picture('<p><img src="%C3%A6%20b.png" alt="x"></p>', assets).alt == "x"


def test_a_picture_in_a_data_address(assets: Assets) -> None:
    address = "data:image/png;base64," + base64.b64encode(png()).decode()
    assert points(picture(f'<p><img src="{address}" alt="x"></p>', assets)) == (30, 15)


@pytest.mark.parametrize("mark", ['role="presentation"', 'role="none"', 'aria-hidden="true"'])
def test_decoration_has_no_words(mark: str, assets: Assets) -> None:
    assert picture(f'<p><img src="a.png" alt="" {mark}></p>', assets).alt == ""


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ('<img src="a.png">', "a picture has no alternative text"),
        ('<img src="a.png" alt=" ">', "a picture has no alternative text"),
        ('<svg viewBox="0 0 1 1"></svg>', "a picture has no alternative text"),
        ('<img src="no.png" alt="x">', 'the file "no.png" is missing'),
        ('<img src="../a.png" alt="x">', 'the file "../a.png" is missing'),
        ('<img alt="x">', 'the file "" is missing'),
        ('<img src="a.gif" alt="x">', 'the file "a.gif" is a picture in the format GIF'),
        ('<img src="cut.png" alt="x">', 'the file "cut.png" is no PNG, JPEG or SVG picture that is whole'),
        ('<svg viewBox="0 0 0 1"><title>x</title></svg>', 'an SVG picture with viewBox="0 0 0 1" has no size'),
        ('<svg width="9in" height="900in"><title>x</title></svg>', "an SVG picture of 9 by 900 inches is too large"),
    ],
)
def test_a_picture_that_cannot_be_shown_stops_the_document(html: str, what: str, assets: Assets) -> None:
    text = html.replace(" ", ' data-at="x.j2:3:5" ', 1)
    with pytest.raises(KvisdocsError) as error:
        read_word(html_document(f"<p>{text}</p>", assets=assets))
    assert [problem.what for problem in error.value.problems] == [what]
    assert (error.value.problems[0].position.line, error.value.problems[0].position.column) == (3, 5)


def test_a_picture_never_reads_files_beside_it(assets: Assets) -> None:
    with pytest.raises(KvisdocsError, match="a picture must hold all that it shows"):
        read_word(html_document('<p><img src="outside.svg" alt="x"></p>', assets=assets))


def test_all_faulty_pictures_are_said_at_once(assets: Assets) -> None:
    with pytest.raises(KvisdocsError) as error:
        read_word(html_document('<p><img src="no.png"><img src="no2.png" alt="x"></p>', assets=assets))
    assert len(error.value.problems) == 3


def test_the_stroke_is_not_the_width() -> None:
    text = '<svg xmlns="http://www.w3.org/2000/svg" stroke-width="2" viewBox="0 0 40 20"></svg>'
    assert svg_size(parse_svg(text, "x").attrib) == (30, 15)


def test_an_inline_svg_is_drawn_and_kept() -> None:
    block = read_body(
        '<svg viewBox="0 0 40 20" aria-label="Søjler"><rect data-at="x" width="9" height="9"/></svg>'
    ).blocks[0]
    assert isinstance(block, Paragraph)
    found = block.children[0]
    assert isinstance(found, Picture)
    assert found.alt == "Søjler"
    assert found.png.startswith(b"\x89PNG")
    assert found.svg == (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" aria-label="S\xc3\xb8jler">'
        b'<rect width="9" height="9" /></svg>'
    )


def test_a_block_picture_in_the_middle(assets: Assets) -> None:
    css = "img { display: block; margin-left: auto; margin-right: auto }"
    block = read_word(html_document('<img src="a.png" alt="x">', css, assets=assets))[0].blocks[0]
    assert block.format.align == "center"
