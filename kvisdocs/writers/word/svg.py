"""SVG pictures: their size, and how they look as PNG for programs that cannot draw them."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

import resvg_py

from kvisdocs.templating.html import Assets
from kvisdocs.writers.rasters import PictureError
from kvisdocs.writers.svg_checks import local_name

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
        raise PictureError(f'an SVG picture with viewBox="{attributes.get("viewBox")}" has no size')
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
        raise PictureError(f"the SVG picture cannot be drawn: {error}") from None


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
