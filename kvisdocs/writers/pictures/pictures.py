"""Pictures from outside, looked at before a library draws them: what they are, how large, and what they refer to.

PNG, JPEG and SVG, for both writers alike; what they are is told by their bytes, not by their names. Pillow would open
forty formats more, some by running another program.

An SVG picture can fetch files, run scripts, and unfold a few lines into millions: by `<use>`, by entities, by a marker
at each point of a path. So it must hold all that it shows, and not too much.
"""

import binascii
import codecs
import re
from base64 import b64decode
from collections.abc import Iterator
from urllib.parse import unquote, unquote_to_bytes
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from kvisdocs.messages import N_, message
from kvisdocs.writers.pictures.rasters import MAX_PIXELS, PictureError, prepare_raster
from kvisdocs.writers.pictures.svg_shapes import check_shapes

MAX_SVG = 2_000_000
"""Characters of an SVG picture; a coat of arms has 300,000."""

MAX_SVG_DEPTH = 100

HOLD_ALL = N_("a picture must hold all that it shows")
PLAIN_SVG = N_('save it as "plain SVG"')

SVG = "{http://www.w3.org/2000/svg}"

_ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin1", "iso-8859-15", "windows-1252"}
_BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_HALVES = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_DECLARATION = re.compile(r"<\?xml\s[^>]*\?>")
_SAID_ENCODING = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([\w.:-]+)")
_DATA_PICTURE = re.compile(r"data:image/(png|jpe?g)[;,]", re.IGNORECASE)
_OUTSIDE = re.compile(r"url\((?![\s\"']*#)[\s\"']*([^)\"']*)|@import\b([^;]*)", re.IGNORECASE)
_REFUSED = {"script", "foreignobject", "filter", "iframe", "audio", "video", "animate", "set", "handler"}


def is_markup(data: bytes) -> bool:
    """Whether the bytes can only be XML, whatever stands before its first element: of all we take, that is SVG alone.

    WeasyPrint hands to an XML parser what is no other picture, so what a parser could read must be known as that here.
    """
    start = data.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n\f")[:2]
    return data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or start[:1] == b"<" or start in _HALVES


def decode_svg(data: bytes, shown: str) -> str:
    """The text of an SVG file, without its XML declaration. Raises PictureError where it cannot be read."""
    coding = next((name for bom, name in _BOMS.items() if data.startswith(bom)), _HALVES.get(data[:2], ""))
    if not coding:
        said = _SAID_ENCODING.match(data.lstrip())
        coding = said[1].decode().lower() if said else "utf-8"
        if coding not in _ENCODINGS:
            what = message("picture.svg.encoding", '{shown} is in the encoding "{coding}"', shown=shown, coding=coding)
            raise PictureError(what, N_("save it in UTF-8"))
    try:
        text = data.decode(coding).removeprefix("\ufeff").lstrip()
    except UnicodeDecodeError:
        what = message(
            "picture.svg.other_encoding", "{shown} is not in {coding}, as it says", shown=shown, coding=coding.upper()
        )
        raise PictureError(what, N_("save it in UTF-8")) from None
    return _DECLARATION.sub("", text, count=1).lstrip() if text.startswith("<?xml") else text


def parse_svg(text: str, shown: str) -> Element:
    """The root of an SVG file. Raises PictureError where it is none, holds what cannot be, or refers to other files."""
    if len(text) > MAX_SVG:
        raise PictureError(
            message("picture.svg.length", "{shown} has more than {number:,} characters", shown=shown, number=MAX_SVG)
        )
    if "<?xml-stylesheet" in text:
        raise PictureError(message("picture.svg.stylesheet", "{shown} refers to a stylesheet", shown=shown), HOLD_ALL)
    try:
        root: Element = defusedxml.ElementTree.fromstring(text)
    except ParseError as error:
        what = message("picture.svg.syntax", "{shown} is no SVG picture: {fault}", shown=shown, fault=error)
        raise PictureError(what) from None
    except (DefusedXmlException, ValueError):
        what = message("picture.svg.entities", "{shown} declares entities, which no picture needs", shown=shown)
        raise PictureError(what, PLAIN_SVG) from None
    if root.tag != f"{SVG}svg":
        name = local_name(root)
        what = message(
            "picture.svg.other", "{shown} is no SVG picture, but begins with <{name}>", shown=shown, name=name
        )
        if root.tag == "svg":
            what = message("picture.svg.namespace", "{shown} lacks the name space of SVG", shown=shown)
        raise PictureError(what, PLAIN_SVG)
    check_svg_tree(root, shown)
    return root


def check_svg_tree(root: Element, shown: str) -> None:
    """Whether an SVG picture holds all that it shows, and not too much. Raises PictureError."""
    if _deepest(root) > MAX_SVG_DEPTH:
        raise PictureError(
            message("picture.svg.depth", "{shown} is nested more than {number} deep", shown=shown, number=MAX_SVG_DEPTH)
        )
    pixels = 0
    for element in root.iter():
        name = local_name(element)
        if name.lower() in _REFUSED or name.lower().startswith(("fe", "animate")):
            raise PictureError(
                message("picture.svg.element", "{shown} holds <{name}>, which no letter shows", shown=shown, name=name)
            )
        for text in _texts(element, name, shown):
            if found := _OUTSIDE.search(text):
                said = (found[1] or found[2] or "").strip()[:60]
                if not _is_data(said):
                    raise _refers(shown, said)
        pixels += sum(_count_pixels(value, shown) for _, value in element.items() if _is_data(value))
    if pixels > MAX_PIXELS:
        what = message(
            "picture.svg.pixels",
            "{shown} holds pictures of more than {number} million pixels",
            shown=shown,
            number=MAX_PIXELS // 1_000_000,
        )
        raise PictureError(what)
    check_shapes(root, shown)


def not_in_base64(shown: str) -> PictureError:
    """That the address of a picture is not what it says."""
    return PictureError(message("picture.data.base64", "{shown} is not in Base64", shown=shown))


def _refers(shown: str, address: str) -> PictureError:
    what = message("picture.svg.refers", '{shown} refers to "{address}"', shown=shown, address=address)
    return PictureError(what, HOLD_ALL)


def local_name(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _texts(element: Element, name: str, shown: str) -> Iterator[str]:
    """What of an element is read as CSS, and may refer to something."""
    if name == "style":
        yield "".join(element.itertext())
    for attribute, value in element.items():
        plain = attribute.rsplit("}", 1)[-1].lower()
        if plain.startswith("on"):
            raise PictureError(
                message("picture.svg.script", '{shown} holds a script ("{name}")', shown=shown, name=plain)
            )
        if plain == "href" and name != "a" and not value.strip().startswith("#") and not _is_data(value):
            raise _refers(shown, value[:60])
        if plain != "href" and not plain.startswith("data-"):
            yield value


def _is_data(address: str) -> bool:
    return _DATA_PICTURE.match(address.strip()) is not None


def _count_pixels(address: str, shown: str) -> int:
    """The pixels of a picture inside the picture, which must be one that we take by itself."""
    head, _, body = address.strip().partition(",")
    inside = N_("a picture in {shown}", shown=shown)
    try:
        data = b64decode(unquote(body)) if head.endswith(";base64") else unquote_to_bytes(body)
    except (binascii.Error, ValueError):
        raise not_in_base64(inside) from None
    raster = prepare_raster(data, inside)
    return raster.width * raster.height


def _deepest(root: Element) -> int:
    deepest, level = 0, [root]
    while level:
        deepest += 1
        level = [child for element in level for child in element]
        if deepest > MAX_SVG_DEPTH:
            break
    return deepest


MAX_PICTURE = 20_000_000
"""Bytes of one file that a document uses. A photograph for print has 5 MB."""


def too_many_bytes(shown: str) -> PictureError:
    """That a file is larger than MAX_PICTURE."""
    megabytes = MAX_PICTURE // 1_000_000
    what = message("picture.size.bytes", "{shown} has more than {number} MB", shown=shown, number=megabytes)
    return PictureError(what, N_("make it smaller"))


def missing_picture(name: str) -> PictureError:
    """That there is no such file in the templates folder."""
    return PictureError(message("picture.file.missing", 'the file "{source}" is missing', source=name))


def prepare_picture(data: bytes, shown: str) -> bytes:
    """The picture as both writers take it. Raises PictureError, in which it is called `shown`."""
    if len(data) > MAX_PICTURE:
        raise too_many_bytes(shown)
    if is_markup(data):
        text = decode_svg(data, shown)
        parse_svg(text, shown)
        return text.encode()
    return prepare_raster(data, shown).data
