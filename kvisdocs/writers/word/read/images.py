"""Pictures: `<img>` and inline `<svg>` → PNG (with the SVG beside it), their size and their words.

SVG pictures: their size, and how they look as PNG for programs that cannot draw them.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes
from xml.etree.ElementTree import Element, tostring

import resvg_py

from kvisdocs.messages import N_, message
from kvisdocs.templating.html import Assets
from kvisdocs.writers.pictures.pictures import (
    MAX_PICTURE,
    decode_svg,
    is_markup,
    local_name,
    missing_picture,
    not_in_base64,
    parse_svg,
    too_many_bytes,
)
from kvisdocs.writers.pictures.rasters import MAX_PIXELS, PictureError, prepare_raster
from kvisdocs.writers.word.css.computed import Computed
from kvisdocs.writers.word.model.inlines import Picture

SHARPNESS = 3.0
"""Pixels of the PNG to the CSS pixel: 288 dots an inch, which prints well."""

_FACTORS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "px": 0.75, "": 0.75}


def svg_text(element: Element) -> str:
    """An inline `<svg>` as an SVG file: names without prefix, the template's own marks left out."""
    copy = Element("svg", {"xmlns": "http://www.w3.org/2000/svg"})
    _copy_into(element, copy)
    copy.tail = None
    return tostring(copy, encoding="unicode")


def svg_size(attributes: Mapping[str, str]) -> tuple[float, float]:
    """Width and height in points, from the attributes or else the view box. Raises PictureError without either."""
    width, height = parse_points(attributes.get("width")), parse_points(attributes.get("height"))
    if width and height:
        return width, height
    numbers = re.findall(r"-?\d*\.?\d+(?:e-?\d+)?", attributes.get("viewBox", "0 0 100 100"))
    if len(numbers) != 4 or float(numbers[2]) <= 0 or float(numbers[3]) <= 0:
        said = attributes.get("viewBox")
        raise PictureError(
            message("picture.svg.no_size", 'an SVG picture with viewBox="{said}" has no size', said=said)
        )
    return float(numbers[2]) * 0.75, float(numbers[3]) * 0.75


def parse_points(text: str | None) -> float | None:
    """`40`, `40px` or `14mm` as points; None for whatever else stands there."""
    found = re.fullmatch(r"\s*(\d+\.?\d*|\.\d+)\s*(mm|cm|in|pt|px|)\s*", text or "")
    return float(found[1]) * _FACTORS[found[2]] if found else None


@lru_cache(maxsize=64)
def draw_png(svg: str, assets: Assets) -> bytes:
    """The picture as PNG, drawn with the templates' own fonts alone, so that every machine draws the same."""
    try:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg,
                zoom=SHARPNESS,
                skip_system_fonts=True,
                font_files=list(_fonts(assets)),
                dpi=96,
                sans_serif_family="Carlito",
                serif_family="Carlito",
                font_family="Carlito",
            )
        )
    except ValueError as error:
        raise PictureError(
            message("picture.svg.not_drawn", "the SVG picture cannot be drawn: {fault}", fault=error)
        ) from None


@lru_cache(maxsize=8)
def _fonts(assets: Assets) -> tuple[str, ...]:
    found: dict[str, Path] = {}
    for folder in reversed(assets.folders):
        found.update({path.name: path for path in sorted((folder / "fonts").glob("*.[ot]tf"))})
    return tuple(str(path) for path in found.values())


def _copy_into(source: Element, target: Element) -> None:
    for name, value in source.attrib.items():
        local = name.rsplit("}", 1)[-1]
        if not local.startswith(("data-", "xmlns")):
            target.set(local, value)
    target.text, target.tail = source.text, source.tail
    for child in source:
        if isinstance(child.tag, str):
            copy = Element(local_name(child))
            target.append(copy)
            _copy_into(child, copy)


IN_ADDRESS = N_("the picture in the data: address")

EMU = 12_700
"""EMU to the point."""

_DATA = re.compile(r"data:([\w/+.-]*)((?:;[\w-]+=[^;,]*)*)(;base64)?,(.*)", re.DOTALL)


def find_words(element: Element) -> str | None:
    """A picture's alternative text: `alt`, an SVG's `<title>`, `aria-label`. Empty: decoration; None: unsaid."""
    if element.get("role") in {"presentation", "none"} or element.get("aria-hidden") == "true":
        return ""
    said = [element.get("alt"), element.get("aria-label")]
    said += [child.text for child in element if local_name(child) == "title"]
    return next((" ".join(text.split()) for text in said if text and text.strip()), None)


def read_img(element: Element, alt: str, computed: Computed, room: float, assets: Assets) -> Picture:
    """An `<img>` from the template folders or a data: address, in `room` points.

    Raises PictureError when it is missing or of a kind that Word does not show.
    """
    source = element.get("src", "")
    data = _read_data(source, assets)
    shown = IN_ADDRESS if source.startswith("data:") else N_('the file "{source}"', source=source)
    if len(data) > MAX_PICTURE:
        raise too_many_bytes(shown)
    if not is_markup(data):
        raster = prepare_raster(data, shown)
        natural = raster.width * 0.75, raster.height * 0.75  # 96 dots an inch, as CSS has it
        return _picture(raster.data, None, natural, alt, computed, room)
    text = decode_svg(data, shown)
    natural = svg_size(parse_svg(text, shown).attrib)
    return _picture(_draw(text, natural, assets), text.encode(), natural, alt, computed, room)


def read_svg(element: Element, alt: str, computed: Computed, room: float, assets: Assets) -> Picture:
    """An inline `<svg>`, in `room` points. Raises PictureError where it cannot be drawn."""
    text = svg_text(element)
    natural = svg_size(parse_svg(text, N_("the <svg>")).attrib)
    return _picture(_draw(text, natural, assets), text.encode(), natural, alt, computed, room)


def _draw(text: str, natural: tuple[float, float], assets: Assets) -> bytes:
    if natural[0] * natural[1] * (SHARPNESS / 0.75) ** 2 > MAX_PIXELS:
        what = message(
            "picture.svg.too_large",
            "an SVG picture of {width:.0f} by {height:.0f} inches is too large",
            width=natural[0] / 72,
            height=natural[1] / 72,
        )
        raise PictureError(what)
    return draw_png(text, assets)


def _read_data(source: str, assets: Assets) -> bytes:
    found = _DATA.fullmatch(source)
    if found:
        try:
            return base64.b64decode(unquote(found[4])) if found[3] else unquote_to_bytes(found[4])
        except binascii.Error:
            raise not_in_base64(IN_ADDRESS) from None
    path = assets.find(unquote(source)) if source else None
    if path is None:
        raise missing_picture(source)
    return path.read_bytes()


def _picture(
    png: bytes, svg: bytes | None, natural: tuple[float, float], alt: str, computed: Computed, room: float
) -> Picture:
    width, height = _size(computed, natural, room)
    return Picture(png, max(1, round(width * EMU)), max(1, round(height * EMU)), alt, svg)


def _size(computed: Computed, natural: tuple[float, float], room: float) -> tuple[float, float]:
    """What is said, else the picture's own; one side alone keeps the proportions, and so does what is too large."""
    width, height = computed.points("width", room), computed.points("height", natural[1])
    ratio = natural[0] / natural[1]
    if not (width and height):
        width, height = (width, width / ratio) if width else (height * ratio, height) if height else natural
    limits = (_limit(computed, "max-width", room) or room or width) / width, _limit(computed, "max-height", 0) / height
    scale = min(1.0, *(limit for limit in limits if limit > 0))
    return width * scale, height * scale


def _limit(computed: Computed, name: str, of: float) -> float:
    """The most that a side may be, in points; 0 where nothing is said."""
    return 0.0 if computed.is_auto(name) else computed.points(name, of)
