"""`kvisdocs new`: files to fill in, of which `check` names what is marked and no more."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from kvisdocs.application.scaffold.answers import leaf_paths
from kvisdocs.application.scaffold.cases import FILL_IN, find_open_fields
from kvisdocs.cases.load import KINDS
from kvisdocs.cases.schema import example_of_field
from kvisdocs.cli.main import main
from kvisdocs.cli.terminal.language import start_language
from kvisdocs.problems import Position
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import load_profile

CHECKOUT = Path(__file__).parents[2]
EXAMPLES = sorted((CHECKOUT / "cases_yaml").glob("**/*.yaml"))
CITIZENS = [path for path in EXAMPLES if path.parent.name == "citizens"]
ITEMS = [path for path in EXAMPLES if "\nkind: committee\n" in path.read_text("utf-8")]
PROFILES = {path.stem: path.read_text("utf-8") for path in sorted((CHECKOUT / "templates/profiles").glob("*.yaml"))}
KINDS_OF_FILE = {"case": ("case", "--programme", "reform-2014"), "item": ("item",)}
MADE_WITH = [
    (kind, name) for kind in KINDS_OF_FILE for name in PROFILES if kind == "item" or "\nletters:" in PROFILES[name]
]


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    yield
    start_language(["--lang", "en"])


def call(*arguments: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=answers, catch_exceptions=False)


def marked_lines(file: Path) -> set[int]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return {number for number, line in enumerate(lines, 1) if f": # {FILL_IN}" in line}


def lines_with_errors(said: str) -> set[int]:
    return {int(found) for found in re.findall(r"^[^:\s]+\.yaml:(\d+):\d+: (?!warning|note)", said, re.MULTILINE)}


@pytest.mark.parametrize(("kind", "municipality"), MADE_WITH)
def test_check_names_the_marked_fields_and_no_more(kind: str, municipality: str) -> None:
    kind, *options = KINDS_OF_FILE[kind]
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


@pytest.mark.parametrize(
    "old",
    [
        "kind: citizen\nmunicipality: [herning\n",
        "kind: citizen\nmunicipality: herning\n\tprogramme: x\n",
        "kind: citizen\nkind: committee\n",
    ],
)
def test_an_old_case_that_is_no_sound_yaml_is_not_begun_from(old: str) -> None:
    Path("gammel.yaml").write_text(old, encoding="utf-8")
    result = call("new", "case", "ny", "--from", "gammel.yaml")
    assert result.exit_code == 1
    assert result.output.startswith("gammel.yaml:")
    assert not Path("ny.yaml").exists()


OLD = """\
kind: citizen
municipality: nirgendwo
programme: [kvis-2011, reform-2014]
caseworker: {name: Bo Prøve, cpr: 740468-1238, phone: 12, unit: "Ib, 740468-1238", hours: 9-14}
team: [{role: Psykiater, name: Karen Prøve}]
plan: hej
"""


def test_of_an_old_case_only_what_is_sound_and_the_office_s_own_is_taken_over() -> None:
    Path("gammel.yaml").write_text(OLD, encoding="utf-8")
    assert call("new", "case", "ny", "--from", "gammel.yaml").exit_code == 0
    new = yaml.safe_load(Path("ny.yaml").read_text(encoding="utf-8"))
    assert (new["municipality"], new["programme"]) == (None, None)
    assert new["caseworker"] == {"name": "Bo Prøve", "hours": "9-14"}
    assert new["team"] == [{"role": None, "name": None}]  # who works with one citizen tells what is done for him
    assert lines_with_errors(call("check", "ny.yaml").output) == marked_lines(Path("ny.yaml"))


def test_a_legal_basis_with_a_cpr_number_is_not_taken_over() -> None:
    old = "kind: committee\nmunicipality: viborg\nlegal_basis: Fru Prøve 740468 1238, § 3\n"
    Path("gammel.yaml").write_text(old, encoding="utf-8")
    assert call("new", "item", "ny", "--from", "gammel.yaml").exit_code == 0
    assert "1238" not in Path("ny.yaml").read_text(encoding="utf-8")


def test_an_old_case_gives_its_parts_and_its_office() -> None:
    old = CHECKOUT / "cases_yaml/citizens/amir-skovlund-hashemi.yaml"
    call("new", "case", "ny.yaml", "--from", str(old))
    new = yaml.safe_load(Path("ny.yaml").read_text(encoding="utf-8"))
    assert new["caseworker"]["name"] == "Solveig Banke"
    assert {"gp", "plan", "return_plan", "company_courses"} <= set(new)
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


def test_the_dialogue_speaks_danish_and_takes_danish_words() -> None:
    answers = "herning\nkvis-2011\n\n\n\n\n\n\n99999\n\n\ni går\n\nsyg\nI job\n"
    result = call("new", "case", "ny", "--ask", "--lang", "da", answers=answers)
    assert result.exit_code == 0, result.output
    assert '"99999" er ikke et postnummer' in result.output
    assert '"i går" er ikke en dato' in result.output
    assert '"syg" kan ikke bruges her' in result.output
    assert "Input should be" not in result.output
    assert "Sagsbehandler – Fulde navn, f.eks." in result.output
    assert "Borgeren – Adresse – Vej, nummer" in result.output
    assert yaml.safe_load(Path("ny.yaml").read_text(encoding="utf-8"))["employment"]["status"] == "in_job"


def test_a_consent_is_suggested_with_what_a_letter_needs_of_it() -> None:
    call("new", "case", "ny", "--no-ask")
    text = Path("ny.yaml").read_text(encoding="utf-8")
    assert re.search(r"^#     data: # .*participation \(.*f\.eks\. \[return_goal, return_plan\]$", text, re.MULTILINE)


@pytest.mark.parametrize("ending", ["", "\n"])
def test_an_ended_dialogue_writes_nothing(ending: str) -> None:
    assert call("new", "case", "ny", "--ask", answers=f"herning{ending}").exit_code == 1
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("case", "ny", "--municipality", "herring"), 'there is no municipality "herring"; did you mean "herning"?'),
        (("case", "ny", "--programme", "kvis-2012"), 'there is no programme "kvis-2012"; did you mean "kvis-2011"?'),
        (("case", "ny", "--set", "citizen.name=A"), 'there is no field "citizen.name" that takes one value'),
        (("case", "ny", "--from", str(ITEMS[0])), "this is no case of the kind citizen"),
        (("municipality", "Odense By"), '"Odense By" cannot be a name here; use lower-case letters'),
        (("case", "ny", "--set", "kind=committee"), 'there is no field "kind" that takes one value'),
        (("case", "ny", "--set", "citizen.cpr"), '"citizen.cpr" gives no value; write it as'),
        (("case", "ny", "--set", "citizen.cpr=123"), '--set: citizen.cpr: "123" is not a CPR number'),
        (("case", "ny", "--set", "sickness.first_day=2012-13-45"), 'there is no date "2012-13-45"'),
        (("case", "ny", "--set", "citizen.first_names=A\x1b[31m"), "U+001B"),
        (("case", "ny", "--set", "citizen.first_names=A\u202eB"), "U+202E"),
        (("case", "ny", "--set", "citizen.first_names=A\udcff"), "holds bytes that are no text"),
        (("case", "ny", "--set", "sickness.diagnoses=stress; hoste"), '"hoste" is not one of the values'),
        (("case", "ny", "--set", "gp.name=A", "--set", "gp.name=B"), 'the field "gp.name" is given twice'),
        (
            ("case", "ny", "--municipality", "herning", "--set", "municipality=viborg"),
            'field "municipality" is given twice',
        ),
        (("case", ""), "gives the case no id"),
        (("case", "con"), 'the name "con.yaml" is a device on Windows'),
        (("case", "a\nb"), "holds a control character"),
        (("case", "held-back"), "is the name of a folder that a run itself needs"),
        (("municipality", "odense", "--accent", "blue"), '"blue" is not a colour; write it as #1c4e68'),
        (("municipality", "odense", "--accent", "#ffee00"), '"#ffee00" cannot be read on paper (contrast 1.'),
        (("municipality", "odense", "--phone", "12"), "Invalid value for '--phone': "),
        (("municipality", "odense", "--email", "nej"), "Invalid value for '--email': "),
        (("municipality", "con"), '"con" cannot be a name here'),
        (("document", "gp-letter"), '"gp-letter" comes with kvisdocs; choose another name'),
        (("document", "partials"), '"partials" comes with kvisdocs'),
        (("document", "nul"), '"nul" cannot be a name here'),
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


@pytest.mark.parametrize("target", ["ny.yaml", "nowhere"])
def test_a_link_that_leads_nowhere_is_not_overwritten(target: str) -> None:
    Path("ny.yaml").symlink_to(target)
    result = call("new", "case", "ny", "--ask", answers="")
    assert result.exit_code == 1
    assert "the file is there already" in result.output  # before anything is asked
    assert Path("ny.yaml").is_symlink()


@pytest.mark.parametrize("name", ["ny.yml", "ny.YAML", "a b.yaml", "æøå/ü.yaml", "\udcff.yaml"])
def test_a_file_of_any_name_is_laid_out_and_read(name: str) -> None:
    result = call("new", "case", name)
    assert result.exit_code == 0
    assert os.path.exists(name)  # noqa: PTH110
    assert "12 errors" in call("check", name).output
    if " " in name:
        assert f'Next: kvisdocs check "{name}"' in result.output


def test_given_values_stand_as_they_are_meant() -> None:
    given = {
        "case_number": "0123: 4 # x", "citizen.first_names": '"Anna" O\'Hara', "citizen.cpr": "0101701234",
        "sickness.diagnoses": "Stressrelateret lidelse; depression", "employment.status": "i JOB", "citizen.phone": " ",
    }  # fmt: skip
    given["citizen.cpr"] = "7404681238"
    options = [part for each in given.items() for part in ("--set", "=".join(each))]
    assert call("new", "case", "ny", *options).exit_code == 0
    new = yaml.safe_load(Path("ny.yaml").read_text(encoding="utf-8"))
    assert new["case_number"] == given["case_number"]
    assert (new["citizen"]["first_names"], new["citizen"]["cpr"]) == (given["citizen.first_names"], "7404681238")
    assert "phone" not in new["citizen"]
    assert (new["sickness"]["diagnoses"], new["employment"]["status"]) == (["stress", "depression"], "in_job")
    assert lines_with_errors(call("check", "ny.yaml").output) == marked_lines(Path("ny.yaml"))


def test_own_programmes_can_be_chosen() -> None:
    rules = (CHECKOUT / "kvisdocs/programme/data/kvis-2011.yaml").read_text(encoding="utf-8")
    Path("templates/programmes").mkdir(parents=True)
    Path("templates/programmes/egen-2026.yaml").write_text(rules.replace("kvis-2011", "egen-2026"), encoding="utf-8")
    assert call("new", "case", "ny", "--programme", "egen-2026").exit_code == 0


@pytest.mark.parametrize(
    ("stem", "options", "name"),
    [
        ("faaborg-midtfyn", (), "Faaborg-Midtfyn Kommune"),
        ("koebenhavn-ny", ("--name", "  Københavns\nKommune "), "Københavns Kommune"),
        ("odense", ("--name", 'A: "b" # {x}'), 'A: "b" # {x}'),
    ],
)
def test_a_municipality_is_called_as_it_is(stem: str, options: tuple[str, ...], name: str) -> None:
    assert call("new", "municipality", stem, *options).exit_code == 0
    profile = yaml.safe_load(Path(f"templates/profiles/{stem}.yaml").read_text(encoding="utf-8"))
    assert (profile["name"], profile["genitive"]) == (name, f"{name}s")
    assert ("et gæt" in Path(f"templates/profiles/{stem}.yaml").read_text(encoding="utf-8")) is (not options)


def test_a_document_s_title_stands_on_one_line() -> None:
    assert call("new", "document", "brev", "--title", "To\nlinjer: {{ 1/0 }} #", "--description", " ").exit_code == 0
    settings = yaml.safe_load(Path("templates/brev/document.yaml").read_text(encoding="utf-8"))
    assert (settings["title"], settings["description"]) == ("To linjer: {{ 1/0 }} #",) * 2
    assert call("lint", "brev").exit_code == 0


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
    assert call("lint", "profiles/assens.yaml").exit_code == 0
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
    assert {("citizen", "last_name"), ("outcome", "kind")} <= {path for path, _ in leaf_paths(KINDS["citizen"])}
    assert ("kind",) not in {path for path, _ in leaf_paths(KINDS["citizen"])}
    call("new", "item", "ny", "--set", "meeting.date=9. september 2026", "--set", "number=007")
    new = yaml.safe_load(Path("ny.yaml").read_text(encoding="utf-8"))
    assert (new["meeting"]["date"], new["number"]) == ("9. september 2026", "007")


def test_each_kind_is_loaded_when_it_is_asked_for() -> None:
    shown = CliRunner().invoke(main, ["new", "--help"]).output
    names = re.findall(r"^  ([a-z]+)  ", shown.partition("Commands:")[2], re.MULTILINE)
    assert names == ["case", "item", "meeting", "municipality", "document"]
    wrong = CliRunner().invoke(main, ["new", "itm", "x.yaml"])
    assert (wrong.exit_code, "No such command 'itm'" in wrong.output) == (2, True)


def test_a_profile_for_agendas_alone_has_nothing_of_letters_and_its_comments_hold() -> None:
    assert "marked UDFYLD" not in call("new", "municipality", "odense", "--agenda-only").output
    profile = Path("templates/profiles/odense.yaml")
    text = profile.read_text(encoding="utf-8")
    assert not {"office", "window", "letters"} & yaml.safe_load(text).keys()
    told = re.sub(r"^  # (?=[ a-z_]+:)", "  ", text, flags=re.MULTILINE)
    assert {"unit", "labels", "phrases", "closed_facts", "closed_reason"} <= yaml.safe_load(told)["brief"].keys()
    assets = Assets((Path("templates"), CHECKOUT / "templates"))
    for each in (text, told):
        profile.write_text(each, encoding="utf-8")
        assert load_profile("odense", assets, Position("x")).office is None
    refused = call("new", "municipality", "ribe", "--agenda-only", "--phone", "66131372")
    assert "a profile for agendas alone has no office; leave out --agenda-only, or this option" in refused.output


def test_a_new_item_suggests_no_part_that_its_municipality_does_not_print() -> None:
    call("new", "item", "ny.yaml", "--municipality", "aarhus")
    text = Path("ny.yaml").read_text(encoding="utf-8")
    for name in ("signers", "routing", "sub_items", "document_number", "place"):
        assert f"# {name}:" not in text
    for name in ("decided_by", "course", "decisions", "attachments", "legal_basis", "present", "by"):
        assert f" {name}:" in text
