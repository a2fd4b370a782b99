"""Pictures as print shops, scanners, cameras and attackers make them: each is in both files as it looks, or refused."""

import re
import zlib
from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from judges import assert_valid_docx, assert_valid_pdf
from PIL import Image, ImageCms
from writers.word.made import docx_parts, html_document

from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.html import Assets, HtmlDocument
from kvisdocs.writers import WRITERS
from kvisdocs.writers.pdf import document as pdf
from kvisdocs.writers.pictures.pictures import decode_svg, parse_svg
from kvisdocs.writers.pictures.rasters import PictureError, prepare_raster

assert pdf  # WeasyPrint, once loaded, has Pillow take pictures whose end is missing
LEFT, RIGHT = (200, 30, 40), (20, 60, 160)
"""A picture of two halves, which tell how it is turned, and in which colours it is."""


def halves(width: int = 40, height: int = 20) -> Image.Image:
    picture = Image.new("RGB", (width, height), LEFT)
    picture.paste(RIGHT, (width // 2, 0, width, height))
    return picture


def saved(picture: Image.Image, format: str = "PNG", **options: object) -> bytes:
    made = BytesIO()
    picture.save(made, format, **options)
    return made.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def png(depth: int, colour: int, rows: bytes, extra: bytes = b"", size: tuple[int, int] = (2, 1)) -> bytes:
    """A PNG written chunk by chunk: Pillow writes no more than eight bits a channel."""
    head = b"".join(each.to_bytes(4, "big") for each in size) + bytes([depth, colour, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )


def sixteen(*values: int) -> bytes:
    return b"\0" + b"".join(value.to_bytes(2, "big") for value in values)


def turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def profile(name: str) -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()


ON_ITS_SIDE = halves().transpose(Image.Transpose.ROTATE_90)
RGB16 = sixteen(*(257 * each for each in (*LEFT, *RIGHT)))
CONVERTED = {
    "cmyk.jpg": saved(halves().convert("CMYK"), "JPEG", quality=95),
    "turned.jpg": saved(ON_ITS_SIDE, "JPEG", quality=95, exif=turned(6)),
    "turned.png": saved(ON_ITS_SIDE, exif=turned(6)),
    "cmyk-turned.jpg": saved(ON_ITS_SIDE.convert("CMYK"), "JPEG", quality=95, exif=turned(6)),
    "animated.png": saved(halves(), save_all=True, append_images=[ON_ITS_SIDE.resize((40, 20))]),
    "two-in-one.jpg": saved(halves(), "MPO", quality=95, save_all=True, append_images=[halves()]),
    "rgb16.png": png(16, 2, RGB16),
    "rgba16.png": png(16, 6, sixteen(*(257 * each for each in (*LEFT, 255, *RIGHT, 255)))),
}
AS_THEY_ARE = {
    "palette.png": saved(halves().quantize(4)),
    "palette-transparent.png": saved(halves().quantize(4), transparency=bytes([0, 128, 255])),
    "transparent.png": saved(halves().convert("RGBA")),
    "grey.jpg": saved(halves().convert("L"), "JPEG"),
    "grey-transparent.png": saved(halves().convert("LA")),
    "one-pixel.png": saved(Image.new("RGB", (1, 1), LEFT)),
    "black-and-white.png": saved(halves().convert("1")),
    "progressive.jpg": saved(halves(), "JPEG", progressive=True),
    "lying.png": saved(halves(), "JPEG", quality=95),
    "lying.svg": saved(halves()),
    "srgb.png": saved(halves(), icc_profile=profile("sRGB")),
    "broken-profile.jpg": saved(halves(), "JPEG", icc_profile=b"no profile"),
}
LARGE = saved(Image.new("1", (40_001, 1_000)))
REFUSED: dict[str, tuple[bytes, str]] = {
    "animated.gif": (saved(halves(), "GIF", save_all=True, append_images=[ON_ITS_SIDE]), "in the format GIF"),
    "photo.webp": (saved(halves(), "WEBP"), "in the format WEBP"),
    "scan.tif": (saved(halves(), "TIFF"), "in the format TIFF"),
    "lying.jpg": (saved(halves(), "BMP"), "in the format BMP"),
    "empty.png": (b"", "whole"),
    "words.png": (b"no picture", "whole"),
    "page.png": (b"<html><body>x</body></html>", "is no SVG picture, but begins with <html>"),
    "cut.png": (saved(halves().resize((400, 300)))[:-60], "whole"),
    "cut.jpg": (saved(Image.effect_noise((300, 300), 90), "JPEG")[:-900], "whole"),
    "no-size.png": (png(8, 2, b"", size=(0, 0)), "whole"),
    "large.png": (LARGE, "has more than 40 million pixels"),
    "bomb.png": (saved(Image.new("1", (30_000, 30_000))), "has more than 40 million pixels"),
    "grey16-transparent.png": (
        png(16, 0, sixteen(1, 2), chunk(b"tRNS", b"\0\1")),
        "has 16 bits and a transparent grey",
    ),
}


def document(names: list[str], folder: Path) -> HtmlDocument:
    pictures = "".join(f'<p><img src="{name}" alt="To halve" width="40"></p>' for name in names)
    return html_document(f"<h1>Et</h1>{pictures}", assets=Assets((folder,)))


@pytest.mark.parametrize("name", CONVERTED)
def test_what_pdf_cannot_have_is_converted_and_looks_the_same(name: str) -> None:
    raster = prepare_raster(CONVERTED[name], name)
    with Image.open(BytesIO(raster.data)) as picture:
        shown = picture.convert("RGB")
        assert (picture.mode in {"RGB", "RGBA", "L"}, picture.getexif().get(0x0112)) == (True, None)
    assert shown.size == (raster.width, raster.height)
    assert shown.width == 2 * shown.height
    for x, colour in ((shown.width // 4, LEFT), (3 * shown.width // 4, RIGHT)):
        found = shown.getpixel((x, shown.height // 2))
        assert all(abs(one - other) < 12 for one, other in zip(found, colour, strict=True)), found


@pytest.mark.parametrize("name", AS_THEY_ARE)
def test_other_pictures_stay_byte_for_byte(name: str) -> None:
    assert prepare_raster(AS_THEY_ARE[name], name).data == AS_THEY_ARE[name]


def test_grey_of_sixteen_bits_keeps_its_greys() -> None:
    made = prepare_raster(png(16, 0, sixteen(0, 65535, 32896), size=(3, 1)), "a")
    assert [Image.open(BytesIO(made.data)).getpixel((x, 0)) for x in range(3)] == [0, 255, 128]


def test_colours_of_another_profile_become_those_of_srgb() -> None:
    """With red and green the other way round in the profile, they are so in the picture."""
    swapped = profile("sRGB").replace(b"rXYZ", b"?XYZ").replace(b"gXYZ", b"rXYZ").replace(b"?XYZ", b"gXYZ")
    other = swapped.replace("sRGB".encode("utf-16-be"), "tRGB".encode("utf-16-be"))
    for format in ("PNG", "JPEG"):
        options = {"quality": 95} if format == "JPEG" else {}
        made = prepare_raster(saved(halves(), format, icc_profile=other, **options), "a")
        found = Image.open(BytesIO(made.data)).convert("RGB").getpixel((5, 5))
        assert all(abs(one - other) < 12 for one, other in zip(found, (30, 200, 40), strict=True)), found


def test_both_files_with_such_pictures_are_valid(tmp_path: Path) -> None:
    pictures = {**CONVERTED, **AS_THEY_ARE, "grey16.png": png(16, 0, sixteen(0, 65535))}
    for name, data in pictures.items():
        (tmp_path / name).write_bytes(data)
    for format in WRITERS:
        written = WRITERS[format](document(list(pictures), tmp_path))
        assert written.messages == ()
        (tmp_path / f"a.{format}").write_bytes(written.data)
    assert_valid_pdf(tmp_path / "a.pdf")
    assert_valid_docx(tmp_path / "a.docx")
    media = [data for name, data in docx_parts((tmp_path / "a.docx").read_bytes()).items() if "media" in name]
    assert CONVERTED["cmyk.jpg"] not in media


@pytest.mark.parametrize("format", WRITERS)
@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_a_picture_is_refused_where_it_is_asked_for(name: str, format: str, tmp_path: Path) -> None:
    data, said = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    page = document([name], tmp_path)
    page = HtmlDocument(
        page.text.replace("<img ", '<img data-at="brev.html.j2:7:4" '), *(getattr(page, each) for each in REST)
    )
    with pytest.raises(KvisdocsError) as error:
        WRITERS[format](page)
    [problem] = error.value.problems
    assert str(problem.position) == "brev.html.j2:7:4"
    assert said in problem.what or (format == "pdf" and problem.what == f'PDF: the picture "{name}" cannot be drawn')
    assert problem.todo


REST = ("title", "language", "assets", "stylesheets", "template", "letterhead")
BODY = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'
HIDDEN = BODY.format('<image href="file:///etc/hostname" width="9" height="9"/>')
STARTS: dict[str, Callable[[str], bytes]] = {
    "lines": lambda text: b"\n" * 5000 + text.encode(),
    "comment": lambda text: b"<!--" + b"x" * 5000 + b"-->" + text.encode(),
    "two comments and a doctype": lambda text: b"<?xml version='1.0'?><!--a--><!--b--><!DOCTYPE svg>" + text.encode(),
    "instruction": lambda text: b"<?a " + b"x" * 5000 + b"?>" + text.encode(),
    "mark": lambda text: b"\xef\xbb\xbf\n\n" + text.encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16-be": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "utf-16 without a mark": lambda text: text.encode("utf-16-le"),
    "prefix": lambda text: re.sub(r"(?<=<)svg|(?<=</)svg", "s:svg", text.replace("xmlns=", "xmlns:s=")).encode(),
    "latin": lambda text: b"<?xml version='1.0' encoding='iso-8859-1'?><!-- \xe6 -->" + text.encode(),
}  # fmt: skip


@pytest.mark.parametrize("format", WRITERS)
@pytest.mark.parametrize("start", STARTS)
def test_svg_is_known_whatever_stands_before_it(start: str, format: str, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(STARTS[start](HIDDEN))
    with pytest.raises(KvisdocsError, match=r'the file "a.png" refers to "file:///etc/hostname"'):
        WRITERS[format](document(["a.png"], tmp_path))


def test_svg_in_other_encodings_is_drawn_in_both(tmp_path: Path) -> None:
    drawn = BODY.format('<rect width="5" height="5" fill="#008000"/>')
    names = []
    for number, (start, make) in enumerate(STARTS.items()):
        if start != "prefix":  # its <rect> is no SVG
            (tmp_path / f"{number}.svg").write_bytes(make(drawn))
            names.append(f"{number}.svg")
    for format in WRITERS:
        (tmp_path / f"a.{format}").write_bytes(WRITERS[format](document(names, tmp_path)).data)
    assert_valid_pdf(tmp_path / "a.pdf")
    assert_valid_docx(tmp_path / "a.docx")


ZIGZAG = "M0 0" + "l1 1" * 5_000
MARKER = '<marker id="m" markerWidth="3" markerHeight="3">{}</marker>'
DOTS = MARKER.format('<circle r="1"/>' * 10)
MULTIPLIED = {
    "markers": f'{DOTS}<path d="{ZIGZAG}" marker-mid="url(#m)"/>',
    "markers by inheritance": f'{DOTS}<g marker-start="url(#m)"><polyline points="{"1,1 " * 5_000}"/></g>',
    "markers by style": f'{DOTS}<path d="{ZIGZAG}" style="marker:url(#m)"/>',
    "markers by a rule": f'<style>path {{ marker: url("#m") }}</style>{DOTS}<path d="{ZIGZAG}"/>',
    "markers by a rule in @media": f"<style>@media all {{ .a {{ marker: url(#m) }} }}</style>{DOTS}"
    f'<path class="a" d="{ZIGZAG}"/>',
    "markers by CDATA": f'<style><![CDATA[path {{ marker: url("#m") }}]]></style>{DOTS}<path d="{ZIGZAG}"/>',
    "markers on use": f'{DOTS}<path id="z" d="M0 0{"l1 1" * 50}" marker-mid="url(#m)"/>'
    + '<use href="#z"/>' * 100,
    "pattern by a rule": "<style>rect { fill: url(#p) }</style>"
    + f'<pattern id="p">{"<path/>" * 300}</pattern>{"<rect/>" * 100}',
    "one id twice": f'<g id="a">{"<path/>" * 500}</g>' + '<use href="#a"/>' * 100 + '<g id="a"/>',
}  # fmt: skip


@pytest.mark.parametrize("how", MULTIPLIED)
def test_svg_that_multiplies_is_refused(how: str) -> None:
    with pytest.raises(PictureError, match="draws more than 20,000 shapes"):
        parse_svg(BODY.format(MULTIPLIED[how]), "a")


def test_markers_inside_markers_are_refused() -> None:
    text = (
        DOTS.replace('"m"', '"n"') + MARKER.format('<path d="M0 0L1 1" marker-end="url(#n)"/>') + '<path d="M0 0L9 9"/>'
    )
    with pytest.raises(PictureError, match="has markers inside a marker"):
        parse_svg(BODY.format(text), "a")


def test_an_arrow_and_a_coat_of_arms_are_no_attack() -> None:
    arrow = MARKER.format('<polygon points="0,0 2,1 0,2"/>') + '<path d="M0 0L9 9" marker-end="url(#m)"/>'
    arms = '<style>.g { fill: url(#g) }</style><linearGradient id="g"><stop/><stop/></linearGradient>' + (
        '<path class="g" d="M0 0L9 9z"/>' * 3_000
    )
    for text in (arrow, arms):
        parse_svg(BODY.format(text), "a")


@pytest.mark.parametrize(("data", "said"), [(LARGE, "40 million pixels"), (b"no picture", "whole")])
def test_a_picture_in_an_svg_is_looked_at_too(data: bytes, said: str) -> None:
    held = f'<image href="data:image/png;base64,{b64encode(data).decode()}" width="9" height="9"/>'
    with pytest.raises(PictureError, match=said):
        parse_svg(BODY.format(held), "a")


def test_svg_says_what_encoding_it_cannot_be_read_in() -> None:
    with pytest.raises(PictureError, match='is in the encoding "ebcdic"; save it in UTF-8'):
        decode_svg(b"<?xml version='1.0' encoding='ebcdic'?><svg/>", "a")
