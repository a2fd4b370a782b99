"""Which language is spoken, and the catalogues of translations."""

import subprocess
import sys
from pathlib import Path

import pytest

from kvisdocs import languages
from kvisdocs.cli.terminal.language import start_language
from kvisdocs.languages import find_language, load_translations, translate, use_language
from kvisdocs.messages import N_, counted, message
from kvisdocs.problems import Position, Problem

CHECKOUT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "da_DK.UTF-8"}, "da"),
        ({"LANG": "da"}, "da"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "tysk"}, "en"),
        ({"LANG": "da_DK.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "da_DK@euro"}, "da"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "en_GB", "LC_ALL": "da_DK"}, "da"),
        ({"LANG": "da_DK", "LC_ALL": ""}, "da"),
        ({"LANG": "da_DK", "LC_ALL": "C"}, "en"),
        ({"LANG": "da_DK", "KVISDOCS_LANG": "en"}, "en"),
        ({"LC_ALL": "C", "KVISDOCS_LANG": "da-DK"}, "da"),
        ({"KVISDOCS_LANG": "Danish_Denmark.1252"}, "da"),
        ({"KVISDOCS_LANG": "Dansk"}, "da"),
        ({"KVISDOCS_LANG": "engelsk", "LANG": "da_DK"}, "en"),
        ({"KVISDOCS_LANG": "xx", "LANG": "da_DK"}, "da"),
        ({"KVISDOCS_LANG": "xx"}, "en"),
    ],
)
def test_the_environment_decides_the_language(environment: dict[str, str], language: str) -> None:
    assert find_language(environment) == language


def test_a_message_is_shown_in_the_language_that_is_spoken() -> None:
    said = N_('did you mean "{near}"?', near="borger")
    assert translate(said) == 'did you mean "borger"?'
    use_language("da")
    try:
        assert translate(said) == 'mente du "borger"?'
        assert translate(said, "en") == 'did you mean "borger"?'
    finally:
        use_language("en")


@pytest.mark.parametrize("data", [None, b"", b"\xde\x12\x04\x95", b"no catalogue at all, but long enough to be one"])
def test_without_its_catalogue_danish_is_english(
    data: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if data is not None:
        (file := tmp_path / "da/LC_MESSAGES/kvisdocs.mo").parent.mkdir(parents=True)
        file.write_bytes(data)
    monkeypatch.setattr(languages, "LOCALE", tmp_path)
    languages._load.cache_clear()
    try:
        assert translate(N_("error"), "da") == "error"
    finally:
        languages._load.cache_clear()


def test_a_cut_value_is_counted_in_danish() -> None:
    problem = Problem(Position("a.yaml"), message("a.b.c", '"{value}" {{', value="x" * 12345))
    assert '…" (12.345 ' in problem.shown(load_translations("da"))
    assert str(problem).endswith('…" (12,345 signs) {')


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        (("--lang", "DA"), "da"),
        (("--lang=Da", "check"), "da"),
        (("check", "--", "--lang", "da"), "en"),
        (("--lang", "xx", "new", "case", "--lang", "da"), "da"),
        (("--lang",), "en"),
    ],
)
def test_the_option_decides_wherever_it_stands(
    arguments: tuple[str, ...], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("KVISDOCS_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    start_language(arguments)
    found = languages.current_language()
    start_language(["--lang", "en"])
    assert found == language


def test_what_is_no_message_is_shown_as_it_is() -> None:
    assert translate("did you mean", "da") == "did you mean"
    assert translate(Path("a/b"), "da") == str(Path("a/b"))


def test_numbers_are_written_as_danes_write_them() -> None:
    said = N_("{what} (in {number:,} cases)", what="a.b, c", number=12345)
    assert translate(said, "da") == "a.b, c (i 12.345 sager)"
    assert translate(N_("{seconds:.1f}", seconds=1.5), "da") == "1,5"


def test_a_number_decides_the_danish_form_too() -> None:
    forms = [translate(counted(number, "{number} case", "{number} cases"), "da") for number in (0, 1, 2)]
    assert forms == ["0 sager", "1 sag", "2 sager"]


def test_english_needs_no_catalogue() -> None:
    assert load_translations("en").gettext("anything") == "anything"


def test_the_catalogues_hold_every_text_once_and_translated() -> None:
    command = [sys.executable, str(CHECKOUT / "docs/catalogue.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=CHECKOUT)
    assert done.returncode == 0, done.stdout + done.stderr
