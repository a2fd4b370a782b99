"""A profile needs only what its documents use: what a letter lacks is told at the profile's file."""

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from examples import example

from kvisdocs.cli.main import main

SHIPPED = Path(__file__).parents[2] / "templates"
SMALL = (
    "name: Prøve Kommune\ngenitive: Prøve Kommunes\nlogo: logos/herning.svg\n"
    "colours: {accent: '#1c4e68', soft: '#edf2f5'}\n"
)
ITEM = (
    "kind: committee\nmunicipality: x\nmeeting: {committee: Udvalget, date: 2026-11-11}\n"
    'number: "1"\ntitle: Prøve\nfields: {summary: Kort.}\n'
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own, with a profile of five lines and one case of each kind."""
    (tmp_path / "templates" / "profiles").mkdir(parents=True)
    (tmp_path / "templates" / "profiles" / "x.yaml").write_text(SMALL, encoding="utf-8")
    citizen = re.sub(
        r"^municipality: .*$", "municipality: x", example("mathilde-hoejgaard-thorup").read_text("utf-8"), flags=re.M
    )
    (tmp_path / "citizen.yaml").write_text(citizen, encoding="utf-8")
    (tmp_path / "item.yaml").write_text(ITEM, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_an_agenda_item_needs_no_settings_of_letters(folder: Path) -> None:
    assert CliRunner().invoke(main, ["check", "item.yaml"]).exit_code == 0
    made = CliRunner().invoke(main, ["render", "item.yaml", "--date", str(date(2026, 11, 28))])
    assert made.exit_code == 0, made.output
    assert {path.suffix for path in (folder / "output" / "item").iterdir()} >= {".pdf", ".docx"}


@pytest.mark.parametrize("command", ["check", "render", "batch"])
def test_a_letter_without_them_says_which_group_to_add(folder: Path, command: str) -> None:
    said = CliRunner().invoke(main, [command, "citizen.yaml"])
    assert said.exit_code == 1
    told = "the profile lacks what letters need: office, window, letters; add each with its fields; see: kvisdocs docs"
    assert f"templates/profiles/x.yaml: {told}" in said.output


@pytest.mark.parametrize("command", ["check", "render", "batch"])
def test_what_an_item_says_in_vain_stops_it_with_the_line_to_add(folder: Path, command: str) -> None:
    (folder / "item.yaml").write_text(ITEM + "routing: [DIR]\n", encoding="utf-8")
    said = CliRunner().invoke(main, [command, "item.yaml"])
    assert said.exit_code == 1
    assert 'add "- {part: routing}" to the parts of the brief in templates/profiles/x.yaml, or delete it' in said.output
    assert not list(folder.glob("output/item/*"))
