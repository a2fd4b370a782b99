"""`kvisdocs new`: files to fill in, of which `check` names what is marked and no more."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from kvisdocs.application.scaffold.cases import FILL_IN, find_open_fields, leaf_paths
from kvisdocs.cases.schema import example_of_field
from kvisdocs.cli.main import main

CHECKOUT = Path(__file__).parents[2]
EXAMPLES = sorted((CHECKOUT / "cases_yaml").glob("**/*.yaml"))
CITIZENS = [path for path in EXAMPLES if path.parent.name == "citizens"]
ITEMS = [path for path in EXAMPLES if path.parent.name == "committee"]
PROFILES = sorted(path.stem for path in (CHECKOUT / "templates/profiles").glob("*.yaml"))


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def call(*arguments: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=answers, catch_exceptions=False)


def marked_lines(file: Path) -> set[int]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return {number for number, line in enumerate(lines, 1) if f": # {FILL_IN}" in line}


def lines_with_errors(said: str) -> set[int]:
    return {int(found) for found in re.findall(r"^[^:\s]+\.yaml:(\d+):\d+: (?!warning|note)", said, re.MULTILINE)}


@pytest.mark.parametrize("what", [("case", "--programme", "reform-2014"), ("item",)], ids=["case", "item"])
@pytest.mark.parametrize("municipality", PROFILES)
def test_check_names_the_marked_fields_and_no_more(what: tuple[str, ...], municipality: str) -> None:
    kind, *options = what
    laid_out = call("new", kind, "ny.yaml", "--municipality", municipality, *options)
    assert laid_out.exit_code == 0, laid_out.output
    marked = marked_lines(Path("ny.yaml"))
    assert len(marked) >= 4
    assert lines_with_errors(call("check", "ny.yaml").output) == marked
    assert f"{len(marked)} fields to fill in" in laid_out.stdout


@pytest.mark.parametrize("old", [*CITIZENS, *ITEMS], ids=lambda path: path.stem)
def test_from_an_old_case_nothing_personal_is_taken_over(old: Path) -> None:
    data = yaml.safe_load(old.read_text(encoding="utf-8"))
    kind = "case" if data["kind"] == "citizen" else "item"
    assert call("new", kind, "ny.yaml", "--from", str(old)).exit_code == 0
    text = Path("ny.yaml").read_text(encoding="utf-8")
    new = yaml.safe_load(text)
    assert new["municipality"] == data["municipality"]
    said = set(_values(new))
    office = set(_values({key: data.get(key) for key in ("municipality", "programme", "caseworker", "team")}))
    office |= set(_values({key: data.get(key) for key in ("kind", "type", "decided_by", "legal_basis", "routing")}))
    office |= {str(data.get("meeting", {}).get(key)) for key in ("committee", "time", "place")}
    assert said - office - {"None"} == set()
    assert lines_with_errors(call("check", "ny.yaml").output) == marked_lines(Path("ny.yaml"))


def _values(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for each in data.values():
            yield from _values(each)
    elif isinstance(data, list):
        for each in data:
            yield from _values(each)
    else:
        yield str(data)


def test_an_old_case_gives_its_parts_and_its_office() -> None:
    old = CHECKOUT / "cases_yaml/citizens/amir-skovlund-hashemi.yaml"
    call("new", "case", "ny.yaml", "--from", str(old))
    new = yaml.safe_load(Path("ny.yaml").read_text(encoding="utf-8"))
    assert new["caseworker"]["name"] == "Solveig Banke"
    assert {"gp", "plan", "return_plan", "company_course"} <= set(new)
    assert not {"consents", "contacts", "self_ratings"} & set(new)


def test_a_filled_case_passes() -> None:
    call("new", "case", "ny.yaml", "--municipality", "herning", "--programme", "kvis-2011")
    file = Path("ny.yaml")
    text = file.read_text(encoding="utf-8")
    for path, field in find_open_fields("citizen", {("municipality",), ("programme",), ("kind",)}):
        pattern = rf"^( *){path[-1]}: # {FILL_IN}.*$"
        text = re.sub(pattern, rf'\g<1>{path[-1]}: "{example_of_field(field)}"', text, count=1, flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")
    assert FILL_IN not in text.split("\n", 4)[-1]
    assert call("check", "ny.yaml").exit_code == 0


def test_the_dialogue_asks_for_what_is_missing_and_asks_again_for_what_is_wrong() -> None:
    answers = "herning\nkvis-2010\nkvis-2011\n\n\nAnna\nPrøve\n1234\n740468-1238\n" + "\n" * 6
    result = call("new", "case", "ny", "--ask", answers=answers)
    assert result.exit_code == 0, result.output
    new = yaml.safe_load(Path("ny.yaml").read_text(encoding="utf-8"))
    assert (new["municipality"], new["programme"]) == ("herning", "kvis-2011")
    assert (new["citizen"]["first_names"], new["citizen"]["cpr"]) == ("Anna", "740468-1238")
    assert new["case_number"] is None
    assert 'did you mean "kvis-2011"?' in result.output
    assert '"1234"' in result.output


@pytest.mark.parametrize("ending", ["", "\n"])
def test_an_ended_dialogue_writes_nothing(ending: str) -> None:
    assert call("new", "case", "ny", "--ask", answers=f"herning{ending}").exit_code == 1
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("case", "ny", "--municipality", "herring"), 'there is no municipality "herring"; did you mean "herning"?'),
        (("case", "ny", "--programme", "kvis"), 'there is no programme "kvis"; did you mean "kvis-2011"?'),
        (("case", "ny", "--set", "citizen.name=A"), 'there is no field "citizen.name" that takes one value'),
        (("case", "ny", "--from", str(ITEMS[0])), "this is no case of the kind citizen"),
        (("municipality", "Odense By"), '"Odense By" cannot be a name here; use lower-case letters'),
        (("municipality", "odense", "--accent", "blue"), '"blue" is not a colour; write it as #1c4e68'),
    ],
)
def test_wrong_choices_are_told_and_nothing_is_written(arguments: tuple[str, ...], said: str) -> None:
    result = call("new", *arguments)
    assert result.exit_code in {1, 2}
    assert said in " ".join(result.output.split())
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (("case", "ny"), "ny.yaml"),
        (("municipality", "odense"), "templates/logos/odense.svg"),
        (("document", "brev"), "templates/brev/sample.yaml"),
    ],
)
def test_nothing_is_overwritten(arguments: tuple[str, ...], file: str) -> None:
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    Path(file).write_text("mit", encoding="utf-8")
    result = call("new", *arguments)
    assert result.exit_code == 1
    assert "the file is there already" in result.output
    assert [path.read_text(encoding="utf-8") for path in Path().rglob("*") if path.is_file()] == ["mit"]


def test_a_municipality_is_ready_when_its_office_is_filled_in() -> None:
    office = {
        "unit": "Jobcenter Assens", "street": "Rådhus Allé 5", "postcode": "5610", "city": "Assens",
        "phone": "64 74 74 74", "hours": "Man.–tors. kl. 9–14",
    }  # fmt: skip
    options = [part for key, value in office.items() for part in (f"--{key}", value)]
    assert "Next: kvisdocs lint" in call("new", "municipality", "assens", *options).output
    profile = Path("templates/profiles/assens.yaml").read_text(encoding="utf-8")
    assert "genitive: Assens Kommunes" in profile
    assert "receiver: Assens Kommune, Jobcenter Assens, Rådhus Allé 5, 5610 Assens" in profile
    assert call("lint").exit_code == 0
    text = CITIZENS[0].read_text(encoding="utf-8")
    Path("sag.yaml").write_text(re.sub("municipality: .*", "municipality: assens", text), encoding="utf-8")
    made = call("render", "sag.yaml", "-d", "follow-up-plan", "--to", "docx", "--date", "2012-11-14")
    assert made.exit_code == 0, made.output


@pytest.mark.parametrize("audience", ["citizen", "gp", "employer", "caseworker", "committee"])
def test_a_new_document_can_be_linted_and_made(audience: str) -> None:
    assert call("new", "document", "indkaldelse", "--audience", audience).exit_code == 0
    linted = call("lint", "indkaldelse")
    assert linted.exit_code == 0, linted.output
    sample = ITEMS[-1] if audience == "committee" else Path("templates/indkaldelse/sample.yaml")
    date = "2026-11-23" if "2026" in sample.read_text(encoding="utf-8") else "2012-11-14"
    made = call("render", str(sample), "-d", "indkaldelse", "--to", "docx", "--date", date)
    assert made.exit_code == 0, made.output


def test_every_field_with_one_value_can_be_given() -> None:
    assert ("citizen", "last_name") in set(leaf_paths("citizen"))
    assert ("meeting", "date") in set(leaf_paths("committee"))
    call("new", "item", "ny", "--set", "meeting.date=9. september 2026", "--set", "number=007")
    new = yaml.safe_load(Path("ny.yaml").read_text(encoding="utf-8"))
    assert (new["meeting"]["date"], new["number"]) == ("9. september 2026", "007")
