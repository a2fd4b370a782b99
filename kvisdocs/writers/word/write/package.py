"""Our own base document, and the finished package as bytes that are the same each time.

python-docx's default template is American, of 2013, with single-level lists and a part (stylesWithEffects) that Word
may call unreadable; what a citizen receives is built from the parts here instead. ECMA-376, 11.3 lists them.
"""

import zipfile
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from io import BytesIO
from typing import cast

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE
from docx.opc.part import Part, XmlPart
from docx.opc.spec import default_content_types
from lxml import etree

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _theme() -> str:
    """A plain theme: nothing in our documents refers to it, but every Word file has one."""
    colors = {
        "dk1": "000000", "lt1": "FFFFFF", "dk2": "1F2529", "lt2": "EDF2F5", "accent1": "1C4E68", "accent2": "22683A",
        "accent3": "7D5400", "accent4": "A3241D", "accent5": "56616A", "accent6": "C5CED5", "hlink": "1C4E68",
        "folHlink": "56616A",
    }  # fmt: skip
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colors.items())
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}Font>'
        for kind in ("major", "minor")
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="kvisdocs"><a:themeElements>'
        f'<a:clrScheme name="kvisdocs">{scheme}</a:clrScheme><a:fontScheme name="kvisdocs">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="kvisdocs"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
        f'<Override PartName="/word/fontTable.xml" ContentType="{_TYPES}.fontTable+xml"/>'
        '<Override PartName="/word/theme/theme1.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
        f'<Override PartName="/word/settings.xml" ContentType="{_TYPES}.settings+xml"/>'
        f'<Override PartName="/word/numbering.xml" ContentType="{_TYPES}.numbering+xml"/>'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"'
        ' Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{_RELATIONS}/extended-properties" Target="docProps/app.xml"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELATIONS}/settings" Target="settings.xml"/>'
        f'<Relationship Id="rId3" Type="{_RELATIONS}/numbering" Target="numbering.xml"/>'
        f'<Relationship Id="rId4" Type="{_RELATIONS}/fontTable" Target="fontTable.xml"/>'
        f'<Relationship Id="rId5" Type="{_RELATIONS}/theme" Target="theme/theme1.xml"/></Relationships>'
    ),
    "word/document.xml": (
        f'<w:document {_W} xmlns:r="{_RELATIONS}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14">'
        "<w:body><w:sectPr/></w:body></w:document>"
    ),
    "word/styles.xml": f"<w:styles {_W}/>",
    "word/numbering.xml": f"<w:numbering {_W}/>",
    "word/settings.xml": (
        f'<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:autoHyphenation/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>'
        '</w:compat><w:themeFontLang w:val="da-DK"/>'
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    ),
    "word/fontTable.xml": (
        f'<w:fonts {_W}><w:font w:name="Calibri"><w:altName w:val="Carlito"/><w:panose1 w:val="020F0502020204030204"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    ),
    "word/theme/theme1.xml": _theme(),
    "docProps/core.xml": (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
    ),
    "docProps/app.xml": (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>kvisdocs</Application></Properties>"
    ),
}

_FIRST = ("[Content_Types].xml", "_rels/.rels")
"""Programs that look at a file's beginning to tell its kind want these first."""

_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

_UNPREFIXED = cast("dict[str, str]", {None: _CONTENT_TYPES})

LEVEL = 6
"""How hard the parts are compressed, of 9."""

_TIME = (1980, 1, 1, 0, 0, 0)


def base_parts() -> dict[str, bytes]:
    """The parts of our own base document by name, for whoever exchanges some of them."""
    return {name: (_XML + text).encode() for name, text in _PARTS.items()}


def _packed(parts: Mapping[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


@cache
def _base() -> bytes:
    return _packed(base_parts())


def open_base() -> Document:
    """An empty document of our own: Danish, no styles, no lists, no properties."""
    return docx.Document(BytesIO(_base()))


def open_parts(parts: Mapping[str, bytes]) -> Document:
    """The document that these parts make."""
    return docx.Document(BytesIO(_packed(parts)))


def save_package(document: Document, finish: Callable[[bytes], bytes] = bytes) -> bytes:
    """The package as bytes, its parts in a fixed order and with fixed times: the same document gives the same bytes.

    `finish` is asked for what goes into the file in the place of each part of XML.
    """
    package = document.part.package
    contents: dict[str, bytes] = {"_rels/.rels": package.rels.xml}
    parts = list(package.iter_parts())
    for part in parts:
        part.before_marshal()
        contents[part.partname.membername] = finish(part.blob) if isinstance(part, XmlPart) else part.blob
        if len(part.rels):
            contents[part.partname.rels_uri.membername] = part.rels.xml
    contents["[Content_Types].xml"] = _content_types(parts)
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compresslevel=LEVEL) as target:
        for name in [*_FIRST, *sorted(contents.keys() - set(_FIRST))]:
            entry = zipfile.ZipInfo(name, _TIME)
            entry.external_attr = 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, contents[name])
    return file.getvalue()


def _content_types(parts: Iterable[Part]) -> bytes:
    """What each part is: by its ending where that tells, else by its name (ISO 29500-2, 10.1.2.2)."""
    by_ending = {"rels": CONTENT_TYPE.OPC_RELATIONSHIPS, "xml": CONTENT_TYPE.XML}
    by_name: dict[str, str] = {}
    for part in parts:
        ending = part.partname.ext.lower()
        if (ending, part.content_type) in default_content_types:
            by_ending[ending] = part.content_type
        else:
            by_name[part.partname] = part.content_type
    types = etree.Element(f"{{{_CONTENT_TYPES}}}Types", nsmap=_UNPREFIXED)
    for ending, kind in sorted(by_ending.items()):
        etree.SubElement(types, f"{{{_CONTENT_TYPES}}}Default", Extension=ending, ContentType=kind)
    for name, kind in sorted(by_name.items()):
        etree.SubElement(types, f"{{{_CONTENT_TYPES}}}Override", PartName=name, ContentType=kind)
    return etree.tostring(types, encoding="UTF-8", standalone=True)
