"""What counts as a change of the program itself: packages, libraries, and kvisdocs' own files."""

import zlib
from pathlib import Path

import pytest
import weasyprint.text.ffi as weasyprint_ffi

from kvisdocs.batch.digests import code_version
from kvisdocs.batch.libraries import library_versions

PACKAGE = Path(__file__).parents[2] / "kvisdocs"


class HarfBuzz:
    """A library of some version, which answers as the real one."""

    def __init__(self, *version: int) -> None:
        self.version = version

    def hb_version_atleast(self, *wanted: int) -> bool:
        return self.version >= wanted


@pytest.mark.parametrize("version", [(6, 0, 0), (0, 9, 42), (13, 2, 1), (10, 0, 12)])
def test_the_version_of_harfbuzz_is_found(monkeypatch, version):
    monkeypatch.setattr(weasyprint_ffi, "harfbuzz", HarfBuzz(*version))

    assert "libharfbuzz {}.{}.{}".format(*version) in library_versions(with_drawing=True)


def test_without_the_part_that_cuts_fonts_out_a_pdf_has_another_version(monkeypatch):
    monkeypatch.setattr(weasyprint_ffi, "harfbuzz_subset", object())
    assert "libharfbuzz-subset there" in library_versions(with_drawing=True)

    monkeypatch.setattr(weasyprint_ffi, "harfbuzz_subset", None)
    assert "libharfbuzz-subset -" in library_versions(with_drawing=True)


def test_a_word_file_depends_on_no_library_that_draws():
    assert library_versions(with_drawing=False) == [f"zlib {zlib.ZLIB_RUNTIME_VERSION}"]
    assert library_versions(with_drawing=False)[0] in code_version(with_drawing=False).splitlines()


def test_every_file_that_a_document_is_made_with_has_its_digest():
    """Code stands in the version, rules in the part `programme`. A file of another kind would have to be added."""
    elsewhere = {"cli", "batch", "verify", "bundled", "__pycache__"}
    files = [path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.*")]
    own = [name.as_posix() for name in files if not elsewhere & {*name.parts}]
    rules = {name for name in own if Path(name).match("programme/data/*.yaml")}
    counted = {line.partition(" ")[0] for line in code_version(with_drawing=False).splitlines()}

    assert rules
    assert set(own) - rules <= counted
