"""A letterhead comes from outside: what is hostile or broken in it is refused where the profile names it."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from templating.letterheads import EXAMPLE, changed

from kvisdocs.problems import KvisdocsError, Position
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import Profile, load_profile

SHIPPED = Path(__file__).parents[2] / "templates"
HERNING = (SHIPPED / "profiles" / "herning.yaml").read_text(encoding="utf-8")
LINE = HERNING.count("\n") + 1
LINK_TODO = "link to an address that begins with https:// or mailto:"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'
SVG_TYPE = ("</Types>", '<Default Extension="svg" ContentType="image/svg+xml"/></Types>')
SAVE_AGAIN = "open it in Word and save it again as .docx"
TYPES, MAIN_RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
HEADER, HEADER_RELATIONS = "word/header1.xml", "word/_rels/header1.xml.rels"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FIELDS = "=, CREATEDATE, DATE, DOCPROPERTY, FILENAME, HYPERLINK, IF, NUMPAGES, PAGE, PAGEREF, REF, SAVEDATE, SECTION, "
FIELDS += "SECTIONPAGES, SEQ, STYLEREF, SUBJECT, SYMBOL, TIME, TITLE"


def load(folder: Path, data: bytes | None, name: str = "brev.docx") -> Profile:
    """The profile that names a letterhead `brev.docx` with these bytes."""
    (folder / "profiles").mkdir()
    (folder / "profiles" / "x.yaml").write_text(f"{HERNING}word_reference: {name}\n", encoding="utf-8")
    if data is not None:
        (folder / "brev.docx").write_bytes(data)
    return load_profile("x", Assets((folder, SHIPPED)), Position("sag.yaml", 3, 15))


def refusal(folder: Path, data: bytes | None, name: str = "brev.docx") -> list[str]:
    """What is said of it, from the profile's line on."""
    with pytest.raises(KvisdocsError) as caught:
        load(folder, data, name)
    return [str(problem).rpartition("profiles/")[2] for problem in caught.value.problems]


def said(what: str) -> list[str]:
    return [f'x.yaml:{LINE}:17: the letterhead "brev.docx" {what}']


def related(kind: str, target: str, more: str = "", number: int = 9) -> tuple[str, str]:
    """One more relation."""
    new = f'<Relationship Id="rId{number}" Type="{RELATION}/{kind}" Target="{target}"{more}/></Relationships>'
    return "</Relationships>", new


def in_header(xml: str) -> tuple[str, str]:
    return "</w:hdr>", f"<w:p>{xml}</w:p></w:hdr>"


def encrypted() -> bytes:
    """The example as a ZIP whose entries claim to be encrypted."""
    data = bytearray(EXAMPLE.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def zipped(**files: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return file.getvalue()


def field(*runs: str) -> str:
    inner = "".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in runs)
    ends = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end")]
    return ends[0] + inner + ends[1]


EXTERNAL = ' TargetMode="External"'
DTD = ("<w:hdr", '<!DOCTYPE w:hdr [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:hdr')
BOMB = ("<w:hdr", '<!DOCTYPE w:hdr [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:hdr')
HOSTILE = {
    "too large": (
        lambda: b"PK" + bytes(20_999_998),
        "has more than 20 MB; make its pictures smaller",
    ),
    "too many files": (
        changed(added={f"a{number}.txt": "" for number in range(1_001)}),
        f"holds 1018 files; more than 1000 are not read; {SAVE_AGAIN}",
    ),
    "a bomb in one file": (
        lambda: changed(added={"word/media/b.bin": bytes(5_000_000)}),
        f'holds "word/media/b.bin", which unpacks to more than 200 times its size; {SAVE_AGAIN}',
    ),
    "a bomb in many files": (
        lambda: changed(added={f"b{number}.bin": bytes(999_999) for number in range(101)}),
        "unpacks to 101.0 MB; more than 100 are not read; make its pictures smaller",
    ),
    "a path upwards": (
        changed(added={"word/../../a.xml": "<a/>"}),
        f'holds a file with the path "word/../../a.xml", which leads out of it; {SAVE_AGAIN}',
    ),
    "a path from the root": (
        changed(added={"/etc/a": ""}),
        f'holds a file with the path "/etc/a", which leads out of it; {SAVE_AGAIN}',
    ),
    "a path of Windows": (
        changed(added={"C:\\a": ""}),
        f'holds a file with the path "C:\\a", which leads out of it; {SAVE_AGAIN}',
    ),
    "a file twice": (changed(added={"word/Styles.xml": "<a/>"}), f'holds "word/Styles.xml" twice; {SAVE_AGAIN}'),
    "encrypted entries": (encrypted(), "is encrypted; save it in Word without a password"),
    "an encrypted document": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "is encrypted, or an old .doc file; save it in Word as .docx, without a password",
    ),
    "no ZIP": (b"Kommune", f"is no Word file; {SAVE_AGAIN}"),
    "half a file": (EXAMPLE.read_bytes()[:4000], f"is damaged; {SAVE_AGAIN}"),
    "another ZIP": (zipped(a="b"), f"is no Word file; {SAVE_AGAIN}"),
    "broken XML": (
        changed(added={"word/styles.xml": "<w:styles>"}),
        f"is damaged: word/styles.xml is no XML; {SAVE_AGAIN}",
    ),
    "a part of another kind": (
        changed(added={"word/styles.xml": "<html/>"}),
        "is damaged: word/styles.xml is no styles part; save it again in Word",
    ),
    "a part that is missing": (
        changed({HEADER_RELATIONS: ("image1.png", "image9.png")}),
        "is damaged: word/media/image9.png is missing; save it again in Word",
    ),
    "an entity that reads a file": (
        changed({HEADER: DTD}),
        f"has a document type declaration in {HEADER}, which no Word file needs; {SAVE_AGAIN}",
    ),
    "entities that grow": (
        changed({HEADER: BOMB}),
        f"has a document type declaration in {HEADER}, which no Word file needs; {SAVE_AGAIN}",
    ),
    "a declaration in UTF-16": (
        changed(added={"word/settings.xml": '<!DOCTYPE a><a xmlns="b"/>'.encode("utf-16")}),
        f"has a document type declaration in word/settings.xml, which no Word file needs; {SAVE_AGAIN}",
    ),
    "macros by content type": (
        changed({TYPES: (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        )}),
        "holds macros; save it in Word as Word document (.docx), without macros",
    ),
    "macros as a part": (
        changed(added={"word/vbaProject.bin": b"x"}),
        "holds macros; save it in Word as Word document (.docx), without macros",
    ),
    "a linked picture": (
        changed({HEADER_RELATIONS: related("image", "https://spy.example/a.png", EXTERNAL)}),
        f'fetches a picture from "https://spy.example/a.png" in {HEADER}; put it into the file itself, or take it out',
    ),
    "a linked picture of old": (
        changed({HEADER: in_header(
            '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="http://spy.example/a"/>'
            "</v:shape></w:pict></w:r>"
        )}),
        f'fetches a picture from "http://spy.example/a" in {HEADER}; put it into the file itself',
    ),
    "an embedded object": (
        changed({HEADER_RELATIONS: related("oleObject", "embeddings/o.bin")}, {"word/embeddings/o.bin": "x"}),
        f"holds an embedded object in {HEADER}; put in a picture of it (PNG) instead",
    ),
    "an object without a file": (
        changed({HEADER: in_header("<w:r><w:object/></w:r>")}),
        f"holds an embedded object in {HEADER}; put in a picture of it (PNG) instead",
    ),
    "another file put in": (
        changed({HEADER_RELATIONS: related("aFChunk", "a.html")}, {"word/a.html": "<script/>"}),
        f"holds a file in {HEADER}; put in a picture of it (PNG) instead",
    ),
    "a link to a program": (
        changed({HEADER_RELATIONS: related("hyperlink", "file:///C:/Windows/cmd.exe", EXTERNAL)}),
        f'links to "file:///C:/Windows/cmd.exe" in {HEADER}; '
        "link to an address that begins with https:// or mailto:",
    ),
    "a picture that is none": (
        changed({HEADER_RELATIONS: ("media/image1.png", "styles.xml")}),
        "holds word/styles.xml as a picture, which is none; put the picture in again",
    ),
    "a field that runs a program": (
        changed({HEADER: in_header(field(" DDE", "AUTO c:\\\\cmd.exe"))}),
        f'has the field "DDEAUTO" in {HEADER}; use plain text, or one of: {FIELDS}',
    ),
    "a field that links to a file": (
        changed({HEADER: in_header(field(' HYPERLINK "file', ':///etc/passwd" '))}),
        f'has a field that links to "file:///etc/passwd" in {HEADER}; {LINK_TODO}',
    ),
    "a field that links to a share, behind a tip": (
        changed({HEADER: in_header(field(" hyperlink ", '\\o "https://ok.example" \\\\server\\a.exe'))}),
        f'has a field that links to "\\\\server\\a.exe" in {HEADER}; {LINK_TODO}',
    ),
    "a field that links to a script": (
        changed({HEADER: in_header('<w:fldSimple w:instr="HYPERLINK javascript:alert(1)"/>')}),
        f'has a field that links to "javascript:alert(1)" in {HEADER}; {LINK_TODO}',
    ),
    "a field that another field tells where to link": (
        changed({HEADER: in_header(re.sub("(<w:r><w:fldChar[^>]*end)", rf"{field('REF x')}\1", field(" HYPERLINK ")))}),
        f"has a field HYPERLINK without an address of its own in {HEADER}; {LINK_TODO}",
    ),
    "a shape of old that links to a file": (
        changed({HEADER: in_header(
            '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" href="file:///c:/a.exe"/></w:pict></w:r>'
        )}),
        f'links to "file:///c:/a.exe" in {HEADER}; {LINK_TODO}',
    ),
    "a drawing that runs": (
        changed({TYPES: SVG_TYPE}, {"word/media/a.svg": SVG.format('<script>alert(1)</script>')}),
        "holds <script> in word/media/a.svg; put in a picture of it (PNG) instead",
    ),
    "a drawing that fetches": (
        changed({TYPES: SVG_TYPE}, {"word/media/a.svg": SVG.format('<image href="https://spy.example/a.png"/>')}),
        'holds a reference to "https://spy.example/a.png" in word/media/a.svg; put in a picture of it (PNG) instead',
    ),
    "a field that takes in a text": (
        changed({HEADER: in_header(field(" INCLUDE", 'TEXT "c:\\a.docx" '))}),
        f'has the field "INCLUDETEXT" in {HEADER}; use plain text, or one of: {FIELDS}',
    ),
    "a field that fetches": (
        changed({HEADER: in_header('<w:fldSimple w:instr="INCLUDEPICTURE http://spy.example"/>')}),
        f'has the field "INCLUDEPICTURE" in {HEADER}; use plain text, or one of: {FIELDS}',
    ),
    "a field made by a field": (
        changed({HEADER: in_header(field("").replace("</w:r>", "</w:r>" + field("PAGE"), 1))}),
        f'has a field without a name in {HEADER}; use plain text, or one of: {FIELDS}',
    ),
    "Strict Open XML": (
        changed({"_rels/.rels": (RELATION, "http://purl.oclc.org/ooxml/officeDocument/relationships")}),
        "is a Strict Open XML document; save it in Word as Word document (.docx)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_letterhead_is_refused(tmp_path: Path, kind: str) -> None:
    data, what = HOSTILE[kind]
    assert refusal(tmp_path, data() if callable(data) else data) == said(what)


@pytest.mark.parametrize(
    "instruction",
    [
        'HYPERLINK "https://herning.dk" \\o "Kommunen"',
        'HYPERLINK \\o "Kommunen" \\t "_blank" "mailto:post@herning.dk"',
        "hyperlink tel:+4596282828",
        'HYPERLINK \\l "bogmærke"',
    ],
)
def test_a_field_that_links_to_the_web_is_welcome(tmp_path: Path, instruction: str) -> None:
    plain = instruction.replace("\\\\", "\\")
    assert load(tmp_path, changed({HEADER: in_header(field(f" {plain} "))})).word_reference


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    data = changed(
        {
            HEADER: in_header(field("DDE x")),
            HEADER_RELATIONS: related("image", "//spy.example/a.png", EXTERNAL),
        },
        {"word/vbaProject.bin": b"x"},
    )
    assert refusal(tmp_path, data) == [
        *said('fetches a picture from "//spy.example/a.png" in word/header1.xml; '
              "put it into the file itself, or take it out"),
        *said(f'has the field "DDE" in word/header1.xml; use plain text, or one of: {FIELDS}'),
        *said("holds macros; save it in Word as Word document (.docx), without macros"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["brev.docx", "../brev.docx", "/etc/passwd"])
def test_letterhead_that_is_not_there(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path, None, name) == [
        f'x.yaml:{LINE}:17: the letterhead "{name}" is not in the templates folder; '
        "put the file there or correct the name"
    ]


def test_example_is_let_pass(tmp_path: Path) -> None:
    assert load(tmp_path, EXAMPLE.read_bytes()).word_reference == "brev.docx"


def test_what_only_stands_in_the_dropped_body_is_no_fault(tmp_path: Path) -> None:
    data = changed({MAIN_RELATIONS: related("image", "https://spy.example/a.png", EXTERNAL, 99)})
    assert load(tmp_path, data).word_reference == "brev.docx"


def test_a_template_of_word_serves_too(tmp_path: Path) -> None:
    data = changed({TYPES: ("document.main+xml", "template.main+xml")})
    assert load(tmp_path, data).word_reference == "brev.docx"
