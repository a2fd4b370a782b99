import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import weasyprint
from examples import MadeExamples

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAMES += ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
NAMES += ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
NAMES += ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/><w:lang w:val="da-DK"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:rPr><w:color w:val="222222"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H3"><w:basedOn w:val="H1"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Item"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Pale"><w:basedOn w:val="Normal"/>
<w:rPr><w:color w:val="999999"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Dark"><w:pPr><w:shd w:fill="1C4E68"/></w:pPr></w:style>
<w:style w:type="character" w:styleId="White"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
"""
FOOTNOTES = """
<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r>
<w:r><w:t xml:space="preserve"> Noten selv.</w:t></w:r></w:p></w:footnote>
"""
SETTINGS = '<w:themeFontLang w:val="da-DK"/>'
TITLE = "Sag"

WriteDocx = Callable[..., Path]
WritePdf = Callable[..., Path]
Edit = Callable[..., Path]


@pytest.fixture(scope="session")
def made(examples_made: MadeExamples) -> Path:
    """A folder with every document of every example case, as PDF and DOCX; to be read only."""
    return examples_made.unasked


@pytest.fixture
def write_docx(tmp_path: Path) -> WriteDocx:
    """Writes a DOCX of the body's XML and, where given, the inner XML of other parts."""

    def write(
        body: str,
        name: str = "a.docx",
        styles: str = STYLES,
        settings: str = SETTINGS,
        title: str = TITLE,
        header: str = "",
    ) -> Path:
        parts = {"styles": styles, "numbering": NUMBERING, "settings": settings, "footnotes": FOOTNOTES, "hdr": header}
        related = "".join(
            f'<Relationship Id="r{key}" Type="{OFFICE}/{"header" if key == "hdr" else key}" Target="{key}.xml"/>'
            for key in parts
        )
        related += (
            f'<Relationship Id="rLink" Type="{OFFICE}/hyperlink" Target="https://herning.dk/" TargetMode="External"/>'
        )
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as archive:
            main_part = f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
            core = '<Relationship Id="b" Type="http://x/core-properties" Target="docProps/core.xml"/>'
            archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}">{main_part}{core}</Relationships>')
            archive.writestr(
                "docProps/core.xml", f'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></c>'
            )
            archive.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
            archive.writestr(
                "word/_rels/document.xml.rels", f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>'
            )
            for key, xml in parts.items():
                archive.writestr(f"word/{key}.xml", f"<w:{key} {NAMES}>{xml}</w:{key}>")
        return path

    return write


@pytest.fixture
def write_pdf(tmp_path: Path) -> WritePdf:
    """Writes a tagged PDF of what stands in <body>, on A5 pages."""

    def write(body: str, css: str = "", name: str = "a.pdf") -> Path:
        style = (
            f"<style>@page {{ size: A5; margin: 20mm; @bottom-left {{ content: 'Side ' counter(page) }} }}{css}</style>"
        )
        html = f'<html lang="da"><title>Sag</title>{style}<body>{body}'
        weasyprint.HTML(string=html).write_pdf(tmp_path / name, pdf_variant="pdf/ua-1")
        return tmp_path / name

    return write


@pytest.fixture
def edit(made: Path, tmp_path: Path) -> Edit:
    """Copies a made pair into the test's folder and changes its DOCX: `edit("case/gp-letter", old, new)`."""

    def edited(document: str, old: str, new: str, part: str = "word/document.xml") -> Path:
        pdf = tmp_path / f"{Path(document).name}.pdf"
        pdf.write_bytes((made / f"{document}.pdf").read_bytes())
        target = pdf.with_suffix(".docx")
        with zipfile.ZipFile(made / f"{document}.docx") as archive, zipfile.ZipFile(target, "w") as changed:
            for name in archive.namelist():
                data = archive.read(name)
                if name == part:
                    assert data.decode().count(old) >= 1, f"{old!r} is not in {part}"
                    data = data.decode().replace(old, new, 1).encode()
                changed.writestr(name, data)
        return target

    return edited
