"""Pictures from outside, looked at before a library draws them: what they are, how large, and what they refer to.

PNG, JPEG and SVG, for both writers alike. Pillow would open forty formats more, some by running another program; an SVG
picture can fetch files, run scripts, and unfold a few lines into millions (`<use>`, entities).
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException
from PIL import Image

MAX_PICTURE = 20_000_000
"""Bytes of one file that a document uses. A photograph for print has 5 MB."""

MAX_PIXELS = 40_000_000
"""The largest picture that is drawn; an A4 page at 288 dots an inch has eight million pixels."""

MAX_SVG = 2_000_000
"""Characters of an SVG picture; a coat of arms has 300,000."""

MAX_SHAPES = 20_000
"""Elements of an SVG picture, each `<use>` counted with all that it draws."""

MAX_SVG_DEPTH = 100

FORMATS = ("PNG", "JPEG")

_DATA_PICTURE = re.compile(r"data:image/(png|jpe?g)[;,]", re.IGNORECASE)
_OUTSIDE = re.compile(r"url\(\s*[\"']?\s*(?!#)([^)\"']*)|@import\b([^;]*)", re.IGNORECASE)
_INSIDE = re.compile(r"url\(\s*[\"']?\s*#([^)\"']*)", re.IGNORECASE)
_ENCODING = re.compile(r"\s*<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-?8[\"'])", re.IGNORECASE)
_REFUSED = {"script", "foreignobject", "filter", "iframe", "audio", "video", "animate", "set", "handler"}
_SVG_START = re.compile(rb"<([\w.-]+:)?svg[\s>/]")


class PictureError(Exception):
    """A picture cannot be used; the message says which and why."""


def is_svg(data: bytes) -> bool:
    """Whether the bytes look like an SVG picture."""
    return _SVG_START.search(data[:4000]) is not None


def check_picture(data: bytes, shown: str) -> None:
    """Whether the picture can be drawn by both writers. Raises PictureError, in which it is called `shown`."""
    if len(data) > MAX_PICTURE:
        raise PictureError(f"{shown} has more than {MAX_PICTURE // 1_000_000} MB")
    if is_svg(data):
        parse_svg(decode_svg(data, shown), shown)
    else:
        read_raster_size(data, shown)


def decode_svg(data: bytes, shown: str) -> str:
    """The text of an SVG file. Raises PictureError where it is not UTF-8, or says that it is something else."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PictureError(f"{shown} is not in UTF-8") from None
    if _ENCODING.match(text):
        raise PictureError(f"{shown} is not in UTF-8")
    return text


def parse_svg(text: str, shown: str) -> Element:
    """The root of an SVG file. Raises PictureError where it is none, holds what cannot be, or refers to other files."""
    if len(text) > MAX_SVG:
        raise PictureError(f"{shown} has more than {MAX_SVG:,} characters")
    if "<?xml-stylesheet" in text:
        raise PictureError(f"{shown} refers to a stylesheet; a picture must hold all that it shows")
    try:
        root: Element = defusedxml.ElementTree.fromstring(text)
    except ParseError as error:
        raise PictureError(f"{shown} is no SVG picture: {error}") from None
    except (DefusedXmlException, ValueError):
        raise PictureError(f"{shown} declares entities, which no picture needs") from None
    check_svg_tree(root, shown)
    return root


def check_svg_tree(root: Element, shown: str) -> None:
    """Whether an SVG picture holds all that it shows, and not too much. Raises PictureError."""
    if _deepest(root) > MAX_SVG_DEPTH:
        raise PictureError(f"{shown} is nested more than {MAX_SVG_DEPTH} deep")
    for element in root.iter():
        name = local_name(element)
        if name.lower() in _REFUSED or name.lower().startswith(("fe", "animate")):
            raise PictureError(f"{shown} holds <{name}>, which no letter shows")
        texts = [element.text or ""] if name == "style" else []
        for attribute, value in element.items():
            plain = attribute.rsplit("}", 1)[-1].lower()
            if plain.startswith("on"):
                raise PictureError(f'{shown} holds a script ("{plain}")')
            if plain == "href" and name != "a" and not value.strip().startswith("#") and not _is_data(value):
                raise PictureError(f'{shown} refers to "{value[:60]}"; a picture must hold all that it shows')
            texts.append(value if not plain.startswith("data-") and plain != "href" else "")
        for text in texts:
            if found := _OUTSIDE.search(text):
                said = (found[1] or found[2] or "").strip()[:60]
                if not _is_data(said):
                    raise PictureError(f'{shown} refers to "{said}"; a picture must hold all that it shows')
    _check_shapes(root, shown)


@lru_cache(maxsize=64)
def read_raster_size(data: bytes, shown: str) -> tuple[int, int]:
    """Width and height of a PNG or JPEG in pixels. Raises PictureError where it is neither, broken or too large."""
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise PictureError(f"{shown} has more than {MAX_PIXELS // 1_000_000} million pixels")
            size = image.size
            image.load()
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureError(f"{shown} is no PNG, JPEG or SVG picture that is whole") from None
    return size


def is_other_picture(data: bytes) -> bool:
    """Whether Pillow knows the bytes as a picture of another format than FORMATS."""
    try:
        with Image.open(BytesIO(data)) as image:
            return image.format not in FORMATS
    except Exception:  # whatever a decoder of an old format stumbles over
        return False


def local_name(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _is_data(address: str) -> bool:
    return _DATA_PICTURE.match(address.strip()) is not None


def _deepest(root: Element) -> int:
    deepest, level = 0, [root]
    while level:
        deepest += 1
        level = [child for element in level for child in element]
        if deepest > MAX_SVG_DEPTH:
            break
    return deepest


def _check_shapes(root: Element, shown: str) -> None:
    """How many elements are drawn in the end; what draws itself never ends."""
    by_id = {name: element for element in root.iter() if (name := element.get("id"))}
    sizes: dict[str, int] = {}

    def size(elements: Iterable[Element], above: tuple[str, ...]) -> int:
        total = 0
        for element in elements:
            total += 1
            for name in _references(element):
                if name in above:
                    raise PictureError(f'{shown} draws "#{name}" inside itself')
                if name in by_id and name not in sizes:
                    sizes[name] = size(by_id[name].iter(), (*above, name))
                total += sizes.get(name, 0)
            if total > MAX_SHAPES:
                raise PictureError(f"{shown} draws more than {MAX_SHAPES:,} shapes")
        return total

    try:
        size(root.iter(), ())
    except RecursionError:
        raise PictureError(f"{shown} refers to itself too often") from None


def _references(element: Element) -> Iterable[str]:
    for attribute, value in element.items():
        plain = attribute.rsplit("}", 1)[-1]
        if plain == "href" and value.strip().startswith("#") and local_name(element) != "a":
            yield value.strip()[1:]
        elif "url(" in value.lower():
            yield from (found[1].strip() for found in _INSIDE.finditer(value))
