"""Hostile cases, through the program itself: refused in one line, or made as plain text; no traceback either way."""

import contextlib
import json
import os
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import citizen_yaml
from lxml import etree
from many_cases import person
from user import call_kvisdocs as kvisdocs
from user import folder

from kvisdocs.problems import Severity
from kvisdocs.writers.pdf import document as pdf

__all__ = ["folder"]

assert pdf  # loaded here: WeasyPrint asks the system for its libraries by a program of its own
BRIEF = Path(__file__).parents[2] / "cases_yaml" / "2012" / "committee" / "herning-punkt-87.yaml"
ON = ("--date", "2012-11-14")


def write(text: str | bytes, name: str = "sag.yaml") -> None:
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    Path(name).write_bytes(data)


def write_note(body: str, title: str = "Note") -> None:
    """A document of the test's own, `note`."""
    Path("templates/note").mkdir(parents=True)
    about = "title: Note\ndescription: a note\nkind: citizen\naudience: citizen\nstylesheets: [note.css]\n"
    write(about, "templates/note/document.yaml")
    write("p { color: black }", "templates/note.css")
    head = f'<!DOCTYPE html>\n<html lang="da"><head><title>{title}</title></head>\n'
    write(f"{head}<body>{body}</body></html>\n", "templates/note/document.html.j2")


def unpacked(data: bytes) -> bytes:
    """A PDF with its streams behind it, unpacked."""
    packed = re.findall(rb"/FlateDecode.*?stream\n(.*?)\nendstream", data, re.DOTALL)
    return b"\n".join([data, *map(zlib.decompress, packed)])


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{now}: &{now} [{', '.join([f'*{before}'] * 10)}]\n" for before, now in zip("abcdefgh", "bcdefghi", strict=True)
)
REFUSED = {
    "billion laughs by anchors": (LAUGHS, "the anchors unfold beyond reason"),
    "an anchor that holds itself": ("a: &a [*a]\n", "stands for something that it is a part of"),
    "an object of Python": ('kind: !!python/object/apply:os.system ["id"]\n', "is not allowed in a case"),
    "a module of Python": ("kind: !!python/module:os x\n", "is not allowed in a case"),
    "a tag of one's own": ("kind: !local x\n", "is not allowed in a case"),
    "a merge key": ("a: &a {x: y}\nb:\n  <<: *a\n", 'the key "<<" is not allowed'),
    "a hundred thousand brackets": ("a: " + "[" * 100_000, "nested too deep"),
    "a hundred thousand mappings": ("".join(f"{'  ' * depth}a:\n" for depth in range(300)), "nested too deep"),
    "two megabytes": ("a: " + "x" * 2_000_001, "at most 2,000,000"),
    "a NUL": ("kind: a\0b\n", "U+0000"),
    "an escape that a terminal obeys": ("kind: \x1b[2Jcitizen\n", "U+001B"),
    "an escape by an escape": ('kind: "\\e[2J"\n', "U+001B"),
    "a C1 sign, which some terminals obey": ('kind: "\\x9b2J"\n', "U+009B"),
    "no character at all": ("kind: \ufffe\n", "U+FFFE"),
    "half a surrogate pair": ("kind: \ud800\n", "not as UTF-8"),
    "half a pair by an escape": ('kind: "\\ud800"\n', "sag.yaml:1:"),
    "another coding": ("kind: citizen\n".encode("utf-16"), "the file is saved as UTF-16"),
}


@pytest.mark.parametrize(("text", "wanted"), REFUSED.values(), ids=REFUSED)
def test_file_is_refused(text: str | bytes, wanted: str) -> None:
    write(text)
    code, out, err = kvisdocs("check", "sag.yaml")
    assert code == 1
    assert wanted in out + err
    assert "Traceback" not in out + err
    assert all(sign.isprintable() for sign in (out + err).replace("\n", "").replace("\xa0", ""))


HIDDEN = {
    "override from right to left": ("Jen\u202esen", "U+202E (right-to-left override) turns the direction of reading"),
    "embedding": ("Jen\u202asen", "U+202A (left-to-right embedding) turns the direction of reading"),
    "isolate": ("Jen\u2067sen", "U+2067 (right-to-left isolate) turns the direction of reading"),
    "end of an isolate": ("Jen\u2069sen", "U+2069 (pop directional isolate) turns the direction of reading"),
    "zero width space": ("Jen\u200bsen", "U+200B (zero width space) cannot be seen"),
    "word joiner": ("Jen\u2060sen", "U+2060 (word joiner) cannot be seen"),
    "byte-order mark inside": ("Jen\ufeffsen", "U+FEFF (zero width no-break space) cannot be seen"),
    "a tag, as hidden prompts have": ("Jen\U000e0041sen", "U+E0041 (tag latin capital letter a) cannot be seen"),
}


@pytest.mark.parametrize(("name", "wanted"), HIDDEN.values(), ids=HIDDEN)
def test_name_that_reads_otherwise_than_it_is(name: str, wanted: str) -> None:
    text = citizen_yaml(citizen={"last_name": name.replace(name[3], "@")}).replace("@", name[3])
    write(text)
    line = text[: text.index("last_name")].count("\n") + 1
    code, _, err = kvisdocs("render", "sag.yaml", *ON)
    assert code == 1
    first, _ = err.splitlines()
    assert first == f"sag.yaml:{line}:17: {wanted}, so that the text reads otherwise than it is; delete it"


def test_joiners_that_languages_need_are_let_pass() -> None:
    write(citizen_yaml(citizen={"last_name": "می\u200cخواهم"}))
    assert kvisdocs("check", "sag.yaml").code == 0


NAMES = {
    "a line break": ("a\nb", "holds a control character"),
    "an escape": ("a\x1b[2Jb", "holds a control character"),
    "an override, for .exe": ("brev\u202efdp", "holds U+202E, so that it reads otherwise than it is"),
    "a device of Windows": ("CON", "is a device on Windows"),
    "a device with an ending": ("nul.sag", "is a device on Windows"),
    "a dot at the end": ("sag.", "ends in a dot or a blank, which Windows drops"),
    "a blank at the end": ("sag ", "ends in a dot or a blank, which Windows drops"),
    "dots alone": ("..", "gives the case no id"),
}


@pytest.mark.parametrize(("stem", "wanted"), NAMES.values(), ids=NAMES)
def test_case_id_that_is_no_good_folder(stem: str, wanted: str) -> None:
    write(citizen_yaml(), f"{stem}.yaml")
    code, out, err = kvisdocs("render", ".", *ON)
    assert (code, out) == (1, "")
    assert f"{wanted}; rename the file, for instance case.yaml" in err
    assert all(sign.isprintable() for sign in err.replace("\n", ""))
    assert not any(Path("output").rglob("*.pdf"))


def test_case_id_like_an_option_stays_in_the_output_folder() -> None:
    write_note("<h1>x</h1>")
    write(citizen_yaml(), "-rf.yaml")
    code, out, _ = kvisdocs("render", "-d", "note", "--to", "docx", *ON, "--", "-rf.yaml")
    assert (code, out) == (0, "output/-rf/note.docx\n")


def test_case_that_is_a_device_is_not_read_for_ever() -> None:
    with contextlib.suppress(FileExistsError):
        os.mkfifo("sag.yaml")
    code, _, err = kvisdocs("check", ".")
    assert code == 1
    assert "Traceback" not in err


INJECTED = {
    "an element": "<script>alert(1)</script>",
    "a picture": "<img src=x onerror=alert(1)>",
    "the end of an attribute": '"><b x="',
    "a template": "{{ 7 * 191 }}{% include 'x' %}",
    "the end of a CDATA section": "]]></w:t>",
    "an entity": "&lt;b&gt;&xxe;",
    "a field that runs a program": 'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"',
    "a field that reads a file": '{ INCLUDETEXT "/etc/passwd" }',
    "a field that fetches": 'INCLUDEPICTURE "http://127.0.0.1:9/a.png"',
    "a formula": "=cmd|'/c calc'!A1",
    "the end of metadata": "</rdf:RDF></x:xmpmeta><?xpacket end='w'?>",
    "the end of a PDF's text": ") Tj ET endstream endobj",
}


@pytest.mark.parametrize("text", INJECTED.values(), ids=INJECTED)
def test_value_stays_text_in_word_and_in_its_properties(text: str) -> None:
    write_note('<h1 class="{{ case.employment.job }}">{{ case.employment.job }}</h1>', "{{ case.employment.job }}")
    write(citizen_yaml(employment={"job": text}))
    code, _, err = kvisdocs("render", "sag.yaml", "-d", "note", *ON)
    assert (code, "2 files made in output, 0 errors" in err) == (
        0,
        True,
    )  # and perhaps a warning that it is no Markdown
    with zipfile.ZipFile("output/sag/note.docx") as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
        properties = etree.fromstring(archive.read("docProps/core.xml"))
        names = archive.namelist()
    assert "".join(body.itertext()) == text
    assert properties.findtext("{http://purl.org/dc/elements/1.1/}title") == text
    assert not list(body.iter("{*}instrText", "{*}fldSimple", "{*}hyperlink", "{*}altChunk", "{*}object"))
    assert not [name for name in names if "embed" in name or "vba" in name or "media" in name]
    written = unpacked(Path("output/sag/note.pdf").read_bytes())
    (packet,) = re.findall(rb"<\?xpacket begin.*?\?>(.*)<\?xpacket end=.r.\?>", written, re.DOTALL)
    title = etree.fromstring(packet.strip()).find(".//{http://purl.org/dc/elements/1.1/}title")
    assert title is not None
    assert "".join(title.itertext()).strip() == text
    assert written.count(b"/JavaScript") == written.count(b"/Launch") == written.count(b"/EmbeddedFile") == 0


PROSE = {
    "a link to a script": ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
    "a link to a script, hidden": ("[x](java&#115;cript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
    "a link to a share": ("[x](\\\\server\\share)", "<p>[x](\\server\\share)</p>\n"),
    "a link by reference": ("[x]\n\n[x]: javascript:alert(1)", "<p>[x]</p>\n<p>[x]: javascript:alert(1)</p>\n"),
    "an address in brackets": ("<javascript:alert(1)>", "<p>&lt;javascript:alert(1)&gt;</p>\n"),
    "a title that ends its attribute": (
        '[x](https://a.dk "\\"><b>")',
        '<p><a href="https://a.dk" title="&quot;&gt;&lt;b&gt;">x</a></p>\n',
    ),
    "a template": ("{{ 7 * 191 }}", "<p>{{ 7 * 191 }}</p>\n"),
}


@pytest.mark.parametrize(("text", "made"), PROSE.values(), ids=PROSE)
def test_prose_makes_no_elements_of_its_own(text: str, made: str) -> None:
    from kvisdocs.templating.engine.markdown import render_markdown

    assert render_markdown(text) == made


@pytest.mark.parametrize("sign", ["[", "![", "*a ", "**a*", "`", ">", "- ", "<", "&", "[a]: b\n", "|a", "~", "a_"])
def test_prose_of_one_sign_over_and_over_is_refused_or_made(sign: str) -> None:
    """Through the whole program: what Markdown makes of it must not be too much for the writers either."""
    item = yaml.safe_load(BRIEF.read_text(encoding="utf-8"))
    field = next(iter(item["fields"]))
    write(yaml.safe_dump({**item, "fields": {field: sign * 5_000}}, allow_unicode=True))
    code, _, err = kvisdocs("render", "sag.yaml", "-d", "committee-brief", "--to", "docx", *ON)
    if code:
        assert "elements are nested more than 60 deep" in err
    else:
        assert Path("output/sag/committee-brief.docx").exists()


def test_problem_in_json_is_one_object_whatever_the_value_holds() -> None:
    write('kind: "citizen\\"}\\n{\\"severity\\": \\"note\\"}"\n')
    code, out, _ = kvisdocs("check", "sag.yaml", "--json")
    found: list[dict[str, Any]] = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [each["severity"] for each in found] == ["error"]


def test_document_that_never_ends_is_stopped_and_the_next_one_made() -> None:
    """Flex boxes in flex boxes: each is laid out twice for the one above it, so forty of them take years."""
    from datetime import date

    from kvisdocs.application.render_job import RenderJob

    write(citizen_yaml(), "a.yaml")
    write(person(2, citizen={"last_name": "Ø"}), "b.yaml")
    write_note('{% for a in range(50 if case.citizen.last_name != "Ø" else 1) %}<div>{% endfor %}a b')
    write("div { display: flex }", "templates/note.css")
    making = RenderJob(Path("output"), date(2012, 11, 14), ["pdf"], seconds=3.0)
    making.make([Path("a.yaml"), Path("b.yaml")], ["note"], None)
    stops = [problem for problem in making.problems if problem.severity is Severity.ERROR]
    assert [str(problem).partition(";")[0] for problem in stops] == [
        "a.yaml: note took more than 3 seconds, and was stopped"
    ]
    assert making.made == 1
    assert Path("output/b/note.pdf").exists()
