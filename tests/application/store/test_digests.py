"""What counts as a change of the program itself: packages, libraries, and kvisdocs' own files."""

import shutil
import subprocess
import sys
import zlib
from datetime import date
from pathlib import Path

import pytest
import weasyprint.text.ffi as weasyprint_ffi

from kvisdocs.application.store import digests as libraries
from kvisdocs.application.store.digests import DigestBook, code_version, library_versions
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets

PACKAGE = Path(__file__).parents[3] / "kvisdocs"


def test_the_libraries_are_those_that_weasyprint_draws_with():
    versions = dict(line.split(" ") for line in library_versions(with_drawing=True))
    pango, harfbuzz = versions["libpango-1.0"], versions["libharfbuzz"]
    major, minor, micro = map(int, pango.split("."))
    assert weasyprint_ffi.pango.pango_version() == major * 10_000 + minor * 100 + micro

    major, minor, micro = map(int, harfbuzz.split("."))
    assert weasyprint_ffi.harfbuzz.hb_version_atleast(major, minor, micro)
    assert not weasyprint_ffi.harfbuzz.hb_version_atleast(major, minor, micro + 1)

    parts = {"libharfbuzz-subset": weasyprint_ffi.harfbuzz_subset, "libharfbuzz-vector": weasyprint_ffi.harfbuzz_vector}
    for name, part in parts.items():
        assert versions[name] == ("there" if part is not None else "-")


def test_a_library_that_is_nowhere_has_no_version(monkeypatch):
    monkeypatch.setattr(libraries, "QUESTIONS", {"libnobody-1.0": "nobody_version_string"})
    monkeypatch.setattr(libraries, "PARTS", ("libnobody-subset",))

    assert library_versions(with_drawing=True)[1:] == ["libnobody-1.0 -", "libnobody-subset -"]


def test_to_tell_the_versions_weasyprint_is_not_loaded():
    code = (
        "import sys; from kvisdocs.application.store.digests import library_versions as tell\n"
        "tell(True); print(*sys.modules)"
    )
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "kvisdocs.application.store.digests" in modules
    assert "weasyprint" not in modules


def test_a_word_file_depends_on_no_library_that_draws():
    assert library_versions(with_drawing=False) == [f"zlib {zlib.ZLIB_RUNTIME_VERSION}"]
    assert library_versions(with_drawing=False)[0] in code_version(with_drawing=False).splitlines()


def test_every_file_that_a_document_is_made_with_has_its_digest():
    """Code stands in the version, rules in the part `programme`. A file of another kind would have to be added."""
    elsewhere = {"application", "batch", "bundled", "cli", "desk", "importing", "verify", "__pycache__"}
    elsewhere |= {"languages.py", "locale", "messages.py", "problems.py"}  # what is said of documents
    files = [path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.*")]
    own = [name.as_posix() for name in files if not elsewhere & {*name.parts} and name.name != "py.typed"]
    rules = {name for name in own if Path(name).match("programme/data/*.yaml")}
    counted = {line.partition(" ")[0] for line in code_version(with_drawing=False).splitlines()}

    assert rules
    assert set(own) - rules <= counted


@pytest.mark.parametrize("name", ["gp-letter/document.en.html.j2", "partials/return_plan.en.html.j2"])
def test_a_letter_is_made_again_when_its_template_in_another_language_has_changed(tmp_path, name):
    shipped, own = PACKAGE.parent / "templates", tmp_path / name
    before, after = Assets((shipped,)), Assets((tmp_path, shipped))
    own.parent.mkdir()
    shutil.copy(shipped / name, own)
    parts = [
        DigestBook(assets, date(2012, 11, 14)).parts(
            load_documents(assets)["gp-letter"], "herning", "kvis-2011", "docx"
        )
        for assets in (before, after)
    ]
    assert parts[0] == parts[1]
    own.write_text(own.read_text(encoding="utf-8") + "{# changed #}", encoding="utf-8")
    changed = DigestBook(after, date(2012, 11, 14)).parts(
        load_documents(after)["gp-letter"], "herning", "kvis-2011", "docx"
    )
    assert changed["template"] != parts[0]["template"]
