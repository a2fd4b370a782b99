"""Makes templates/letterheads/eksempel.docx, the example of a letterhead: `python docs/letterhead_example.py`.

It is what a designer would draw in Word: a header with a logo on the first page, a small one on those that follow, a
footer with address and page numbers, and styles in a serif face. docs/letterheads.md is about it. The municipality is
invented. The same program gives the same bytes.
"""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from docx.document import Document
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml
from lxml.etree import _Element
from PIL import Image, ImageDraw

from kvisdocs.writers.word.write.package import open_base, save_package

TARGET = Path(__file__).parent.parent / "templates" / "letterheads" / "eksempel.docx"

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
WINE, GREY = "7A1F3D", "4D4548"

STYLES = f"""<w:styles {W}>
<w:docDefaults>
  <w:rPrDefault><w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:eastAsia="Georgia" w:cs="Georgia"/>
    <w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="da-DK"/></w:rPr></w:rPrDefault>
  <w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="table" w:default="1" w:styleId="Tabel-Normal"><w:name w:val="Normal Table"/>
  <w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>
  <w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
  <w:next w:val="Brdtekst"/><w:uiPriority w:val="9"/><w:qFormat/>
  <w:pPr><w:keepNext/><w:spacing w:before="0" w:after="80"/><w:outlineLvl w:val="0"/></w:pPr>
  <w:rPr><w:color w:val="{WINE}"/><w:sz w:val="46"/><w:szCs w:val="46"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>
  <w:next w:val="Brdtekst"/><w:uiPriority w:val="9"/><w:qFormat/>
  <w:pPr><w:keepNext/><w:spacing w:before="240" w:after="60"/><w:outlineLvl w:val="1"/></w:pPr>
  <w:rPr><w:color w:val="{WINE}"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift3"><w:name w:val="heading 3"/><w:basedOn w:val="Normal"/>
  <w:next w:val="Brdtekst"/><w:uiPriority w:val="9"/><w:qFormat/>
  <w:pPr><w:keepNext/><w:spacing w:before="160" w:after="40"/><w:outlineLvl w:val="2"/></w:pPr>
  <w:rPr><w:i/><w:iCs/><w:color w:val="{WINE}"/><w:sz w:val="23"/><w:szCs w:val="23"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Brdtekst"><w:name w:val="Body Text"/><w:basedOn w:val="Normal"/>
  <w:uiPriority w:val="1"/><w:qFormat/></w:style>
<w:style w:type="paragraph" w:styleId="Opstilling-punkttegn"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/>
  <w:uiPriority w:val="2"/><w:qFormat/><w:pPr><w:spacing w:after="40"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Sidehoved"><w:name w:val="header"/><w:basedOn w:val="Normal"/>
  <w:uiPriority w:val="99"/><w:pPr><w:spacing w:after="0"/></w:pPr>
  <w:rPr><w:color w:val="{GREY}"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Sidefod"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>
  <w:uiPriority w:val="99"/><w:pPr><w:tabs><w:tab w:val="right" w:pos="9354"/></w:tabs><w:spacing w:after="0"/></w:pPr>
  <w:rPr><w:color w:val="{GREY}"/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Kommunenavn"><w:name w:val="Kommunenavn"/>
  <w:basedOn w:val="Sidehoved"/><w:uiPriority w:val="99"/>
  <w:rPr><w:color w:val="{WINE}"/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Formaal"><w:name w:val="Formål"/>
  <w:basedOn w:val="Brdtekst"/><w:uiPriority w:val="3"/><w:qFormat/><w:pPr><w:keepNext/></w:pPr>
  <w:rPr><w:i/><w:iCs/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Tabelhoved"><w:name w:val="Tabelhoved"/>
  <w:basedOn w:val="Normal"/><w:uiPriority w:val="4"/><w:qFormat/><w:pPr><w:spacing w:after="0"/></w:pPr>
  <w:rPr><w:b/><w:bCs/><w:color w:val="{WINE}"/><w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Tabeltekst"><w:name w:val="Tabeltekst"/>
  <w:basedOn w:val="Normal"/><w:uiPriority w:val="4"/><w:qFormat/><w:pPr><w:spacing w:after="0"/></w:pPr>
  <w:rPr><w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr></w:style>
</w:styles>"""

FOOTER = "Eksempel Kommune · Rådhuspladsen 1 · 9999 Eksempelby · www.eksempel.example"


def logo() -> bytes:
    """A gate between two towers, in one colour, as PNG."""
    picture = Image.new("RGB", (360, 360), "white")
    draw = ImageDraw.Draw(picture)
    wine = f"#{WINE}"
    for left in (40, 240):
        draw.rectangle((left, 90, left + 80, 320), fill=wine)
        for notch in range(3):
            draw.rectangle((left + 30 * notch, 60, left + 30 * notch + 20, 90), fill=wine)
    draw.rectangle((120, 170, 240, 320), fill=wine)
    draw.pieslice((145, 205, 215, 275), 180, 360, fill="white")
    draw.rectangle((145, 240, 215, 320), fill="white")
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def paragraph(style: str, inside: str) -> _Element:
    """A paragraph of this style; `inside` are its runs."""
    return parse_xml(f'<w:p {W}><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inside}</w:p>')


def run(text: str) -> str:
    """A run of text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, shown: str) -> str:
    """A field with what it shows until Word has counted."""
    inner = f'<w:instrText xml:space="preserve"> {code} </w:instrText>'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>{inner}</w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def picture(part: XmlPart, data: bytes, alt: str) -> _Element:
    """A run with the logo, 15 mm high."""
    inline = part.new_pic_inline(BytesIO(data), None, 540_000)
    inline.docPr.set("descr", alt)
    inline.docPr.set("name", "Bomærke")
    wrapped = parse_xml(f"<w:r {W}><w:drawing/></w:r>")
    wrapped[0].append(inline)
    return wrapped


def fill(document: Document, kind: str, which: str, *paragraphs: _Element) -> XmlPart:
    """A header or footer of these paragraphs, and the section's reference to it."""
    part, relation = getattr(document.part, f"add_{kind}_part")()
    for child in list(part.element):
        part.element.remove(child)
    part.element.extend(paragraphs)
    reference = parse_xml(f'<w:{kind}Reference {W} {R} w:type="{which}" r:id="{relation}"/>')
    document.element.body[-1].append(reference)
    return part


def make_letterhead() -> bytes:
    """The example as DOCX bytes."""
    document = open_base()
    styles = document.part._styles_part.element
    styles.extend(list(parse_xml(STYLES)))
    name = paragraph("Kommunenavn", run("Eksempel Kommune"))
    head = fill(document, "header", "first", paragraph("Sidehoved", ""), name)
    head.element[0].append(picture(head, logo(), "Eksempel Kommunes bomærke: en port mellem to tårne"))
    fill(document, "header", "default", paragraph("Sidehoved", run("Eksempel Kommune")))
    for which in ("first", "default"):
        pages = f"<w:r><w:tab/></w:r>{run('Side ')}{field('PAGE', '1')}{run(' af ')}{field('NUMPAGES', '1')}"
        fill(document, "footer", which, paragraph("Sidefod", run(FOOTER) + pages))
    section = document.element.body[-1]
    setup = f"""<w:sectPr {W}><w:pgSz w:w="11906" w:h="16838"/>
      <w:pgMar w:top="2268" w:right="1134" w:bottom="1588" w:left="1418" w:header="680" w:footer="680" w:gutter="0"/>
      <w:cols w:space="708"/><w:titlePg/></w:sectPr>"""
    section.extend(list(parse_xml(setup)))
    section.addprevious(paragraph("Overskrift1", run("Brevpapir")))
    section.addprevious(paragraph("Brdtekst", run("Denne tekst falder væk: kun sidens opsætning bliver.")))
    properties = document.core_properties
    properties.title, properties.author, properties.language = "Brevpapir", "Eksempel Kommune", "da-DK"
    properties.created = properties.modified = datetime(2012, 11, 14, tzinfo=UTC)
    return save_package(document)


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(make_letterhead())
    print(f"wrote {TARGET}")
