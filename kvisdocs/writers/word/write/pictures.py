"""Pictures → `w:drawing` (ECMA-376, 20.4.2.8).

The SVG stands beside the PNG for programs that can draw it, and decoration is marked as such (MS-ODRAWXML).
"""

import hashlib
from dataclasses import dataclass, field

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml.etree import _Element

from kvisdocs.writers.word.model.inlines import Picture
from kvisdocs.writers.word.write.formats import make

_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_DECORATIVE_EXTENSION = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
_TYPES = {b"\x89PNG": ("png", "image/png"), b"\xff\xd8\xff": ("jpg", "image/jpeg")}


@dataclass(slots=True)
class Media:
    """The picture files of one package: the same picture is one file, however often it is shown."""

    _parts: dict[str, Part] = field(default_factory=dict)

    def relate(self, part: Part, name: str, extension: str, content_type: str, data: bytes) -> str:
        """The id of `part`'s relation to a picture's file."""
        uri = PackURI(f"/word/media/{name}.{extension}")
        if uri not in self._parts:
            self._parts[uri] = Part(uri, content_type, data)
        return str(part.relate_to(self._parts[uri], RELATIONSHIP_TYPE.IMAGE))


def drawing(picture: Picture, part: Part, media: Media, number: int) -> _Element:
    """An inline drawing. `number` is its id, which must stand once in the package."""
    kind = next((found for start, found in _TYPES.items() if picture.png.startswith(start)), _TYPES[b"\x89PNG"])
    name = hashlib.sha256(picture.svg or picture.png).hexdigest()[:12]
    blip = make("a:blip", **{"r:embed": media.relate(part, name, *kind, picture.png)})
    if picture.svg is not None:
        svg = make("asvg:svgBlip", **{"r:embed": media.relate(part, name, "svg", "image/svg+xml", picture.svg)})
        blip.append(make("a:extLst", make("a:ext", svg, uri=_SVG_EXTENSION)))
    size = {"cx": picture.width_emu, "cy": picture.height_emu}
    shape = make(
        "pic:spPr",
        make("a:xfrm", make("a:off", x=0, y=0), make("a:ext", **size)),
        make("a:prstGeom", make("a:avLst"), prst="rect"),
    )
    drawn = make(
        "pic:pic",
        make("pic:nvPicPr", make("pic:cNvPr", id=number, name=f"Billede {number}"), make("pic:cNvPicPr")),
        make("pic:blipFill", blip, make("a:stretch", make("a:fillRect"))),
        shape,
    )
    return make(
        "w:drawing",
        make(
            "wp:inline",
            make("wp:extent", **size),
            _properties(picture, number),
            make("wp:cNvGraphicFramePr", make("a:graphicFrameLocks", noChangeAspect="1")),
            make("a:graphic", make("a:graphicData", drawn, uri=_PICTURE)),
            distT=0,
            distB=0,
            distL=0,
            distR=0,
        ),
    )


def _properties(picture: Picture, number: int) -> _Element:
    properties = make("wp:docPr", id=number, name=f"Billede {number}", descr=picture.alt)
    if not picture.alt:
        decorative = make("adec:decorative", val=1)
        properties.append(make("a:extLst", make("a:ext", decorative, uri=_DECORATIVE_EXTENSION)))
    return properties
