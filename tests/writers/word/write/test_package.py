"""The base document and the package: Danish, nothing of python-docx's template, and the same bytes each time."""

import hashlib
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

from lxml import etree
from writers.word.made import TEMPLATES, W, docx_parts, html_document

from kvisdocs.writers.word.document import write_docx
from kvisdocs.writers.word.write.package import open_base, save_package

BODY = '<h1>Æ</h1><ul><li>a</li></ul><p><img src="logos/herning.svg" alt="x"><a href="https://kl.dk">b</a></p>'
BODY += "<table><tr><td>c</td></tr></table>"
CSS = '@page { @bottom-right { content: counter(page) } } @page :first { @top-left { content: "Hoved" } }'


def test_the_base_document_has_these_parts_alone() -> None:
    assert sorted(docx_parts(save_package(open_base()))) == [
        "[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml", "word/_rels/document.xml.rels",
        "word/document.xml", "word/fontTable.xml", "word/numbering.xml", "word/settings.xml", "word/styles.xml",
        "word/theme/theme1.xml",
    ]  # fmt: skip


def test_it_is_danish() -> None:
    parts = docx_parts(write_docx(html_document(BODY, CSS)).data)
    defaults = etree.fromstring(parts["word/styles.xml"]).find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert defaults is not None
    assert defaults.get(f"{W}val") == "da-DK"
    assert (
        b'<w:themeFontLang w:val="da-DK"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        in (parts["word/settings.xml"])
    )
    assert b"<dc:language>da-DK</dc:language>" in parts["docProps/core.xml"]
    assert not [name for name, data in parts.items() if b"en-US" in data or b"python-docx" in data]
    assert "word/stylesWithEffects.xml" not in parts


def test_the_same_document_gives_the_same_bytes() -> None:
    assert write_docx(html_document(BODY, CSS)).data == write_docx(html_document(BODY, CSS)).data


def test_a_fresh_process_gives_the_same_bytes() -> None:
    program = (
        "import hashlib, sys; from writers.word.write.test_package import *;"
        "print(hashlib.sha256(write_docx(html_document(BODY, CSS)).data).hexdigest())"
    )
    root = TEMPLATES.parent
    paths = os.pathsep.join([str(root), str(root / "tests")])
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=Path("/"), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == hashlib.sha256(write_docx(html_document(BODY, CSS)).data).hexdigest()


def test_times_are_fixed_and_the_content_types_come_first() -> None:
    with zipfile.ZipFile(BytesIO(write_docx(html_document(BODY, CSS)).data)) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert [entry.filename for entry in entries[:2]] == ["[Content_Types].xml", "_rels/.rels"]
    rest = [entry.filename for entry in entries[2:]]
    assert rest == sorted(rest)
