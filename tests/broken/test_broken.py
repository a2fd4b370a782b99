"""Every broken case, template and profile, with the whole of what the program says of it beside it.

`python tests/broken/rewrite.py` writes the outcomes anew; running.py says how each thing is run.
"""

import re
from pathlib import Path

import pytest
from broken.running import CHECKOUT, HERE, Broken, find_all, run_inside, run_outside

ALL = {broken.name: broken for broken in find_all()}
OUTSIDE = (
    "a-date-that-is-not-there",
    "a-pipe",
    "misspelt-field",
    "saved-as-windows-1252",
    "a-colour-without-its-sign",
)
JARGON = re.compile(
    r"NoneType|Traceback|mapping|scalar|token|extra inputs|\btype=|pydantic|jinja|libyaml|UndefinedError|TypeError"
    r"|ValueError|object has no|'utf-8' codec|parser|parsing",
    re.IGNORECASE,
)
"""Words of the libraries, which no user should have to know."""

ENGLISH = re.compile(
    r"\b(?:the|and|is|are|not|which|write|delete|of|with|this|there|has|holds|should|error|errors|warnings?|notes?)\b"
)
"""Common words of English that are none of Danish."""

NOT_OURS = re.compile(r'"[^"\n]*"|^\$ .*$|[\w/]+(?:-[\w]+)+|\w+\.\w+|\{".*\}$', re.MULTILINE)
"""What is quoted, commands, the names of files and keys, and JSON."""


@pytest.mark.parametrize("name", ALL)
def test_the_program_says_this_and_no_more(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert run_inside(ALL[name]) == _expected(ALL[name])


@pytest.mark.parametrize("name", ALL)
def test_in_danish_the_program_says_this(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert run_inside(ALL[name], "da") == ALL[name].expected_in_danish.read_text(encoding="utf-8")


def test_no_english_is_left_in_the_danish() -> None:
    left = {}
    for name, broken in ALL.items():
        said = NOT_OURS.sub("", broken.expected_in_danish.read_text(encoding="utf-8"))
        if found := ENGLISH.findall(said):
            left[name] = found
    assert left == {}


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_process_of_its_own_says_the_same(name: str, tmp_path: Path) -> None:
    assert run_outside(ALL[name], tmp_path) == _expected(ALL[name])


def test_there_are_enough_and_each_is_refused_or_warned_of() -> None:
    said = re.compile("^exit code [12]$|: warning: ", re.MULTILINE)
    assert len(ALL) >= 90
    assert [name for name, broken in ALL.items() if not said.search(_expected(broken))] == []


def test_no_outcome_is_left_over() -> None:
    assert set(HERE.rglob("*.expected.txt")) == {broken.expected for broken in ALL.values()}
    assert set(HERE.rglob("*.expected.da.txt")) == {broken.expected_in_danish for broken in ALL.values()}


def test_every_error_says_what_to_do() -> None:
    silent = re.compile(r"^[^\s:]+\.(?:yaml|j2)(?::\d+)*: [^;]*$", re.MULTILINE)
    assert {name: found for name, broken in ALL.items() if (found := silent.findall(_expected(broken)))} == {}


def test_no_message_speaks_the_language_of_a_library() -> None:
    said = {name: JARGON.findall(_expected(broken)) for name, broken in ALL.items()}
    assert {name: words for name, words in said.items() if words} == {}


def test_the_examples_of_the_documentation_are_true() -> None:
    page = (CHECKOUT / "docs" / "problems.md").read_text(encoding="utf-8")
    shown = [line for block in re.findall(r"```text\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]
    said = {line for broken in ALL.values() for line in _expected(broken).splitlines()}
    assert len(shown) >= 12
    assert [line for line in shown if line not in said] == []


def _expected(broken: Broken) -> str:
    return broken.expected.read_text(encoding="utf-8")
