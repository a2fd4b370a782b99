from pathlib import Path

import pytest
from builders import citizen_case, citizen_yaml, committee_item, loaded_case

from kvisdocs.cases.load import check_source, find_case_files, inspect_bytes, load_case
from kvisdocs.cases.yaml.source import parse_source
from kvisdocs.messages import Message
from kvisdocs.problems import KvisdocsError

KINDS_SAID = (
    "citizen (Borgersag), committee (Dagsordenspunkt), meeting (Udvalgsmøde), statistics (Statistik), "
    "agreements (Virksomhedsaftaler)"
)


def complaint(text: str) -> str:
    with pytest.raises(KvisdocsError) as caught:
        check_source(parse_source(text, "case.yaml"))
    return str(caught.value)


def test_a_citizens_case_is_read(tmp_path: Path) -> None:
    path = tmp_path / "aase.yaml"
    path.write_text(citizen_yaml(), encoding="utf-8")
    loaded = load_case(path)
    assert (loaded.id, loaded.case, loaded.source.file) == ("aase", citizen_case(), str(path))


def test_a_committees_item_is_read() -> None:
    text = (
        "kind: committee\nmunicipality: herning\nnumber: 87\ntitle: Midtvejsevaluering af KVIS\n"
        "meeting:\n  committee: Beskæftigelsesudvalget\n  date: 14. november 2012\n"
    )
    assert loaded_case(text).case == committee_item()


def test_all_problems_come_at_once_by_line() -> None:
    text = """\
kind: citizen
municipality:
programme: kvis-2011
case_numer: 12/3456
caseworker: Bodil Clark
citizen:
  first_names: Åse Marie
  last_name: "  "
  cpr: 990170-1234
  address:
    street: Ærøvej 14
    city: Herning
sickness:
  first_day: 31. april 2012
  category: 4
  diagnoses: depression
  recovered: {on: 2012-11-01}
employment:
  status: injob
  norm_hours: 0
  color: red
contacts:
  - kind: fone
    date: 2012-11-01
  - date: 2012-11-01
    kind: phone
    about: [a, b]
steps:
  first_talk:
consents:
  - kind: disclose
    party: gp
    covers: []
    given: 2012-10-22
    data: [return_plans]
"""
    assert complaint(text) == (
        "case.yaml:2:1: municipality is empty; write a value\n"
        'case.yaml:4:1: the key "case_numer" is not known here; did you mean "case_number"?\n'
        'case.yaml:5:13: caseworker should hold keys of its own ("Bodil Clark"); '
        "write them below, two spaces further in: name\n"
        "case.yaml:8:14: citizen.last_name is empty; write a value\n"
        'case.yaml:9:8: citizen.cpr: "990170-1234" has no valid date; check the first six digits (ddmmyy)\n'
        'case.yaml:10:3: citizen.address has no "postcode"; add the line "postcode: …"\n'
        'case.yaml:14:14: sickness.first_day: there is no date "31. april 2012"; check day and month\n'
        'case.yaml:15:13: sickness.category is too large ("4"); write 3 or less\n'
        'case.yaml:16:14: sickness.diagnoses should be a list ("depression"); '
        'write each item on a line that begins with "- "\n'
        "case.yaml:17:14: sickness.recovered should be one value, but holds lines of its own; "
        "write it on one line, after the colon\n"
        'case.yaml:19:11: employment.status: "injob" is not one of the values; did you mean "in_job"?\n'
        'case.yaml:20:15: employment.norm_hours is too small ("0"); write more than 0\n'
        'case.yaml:21:3: the key "color" is not known here; '
        "use one of: employer, job, norm_hours, notice_ends, status\n"
        'case.yaml:23:11: contacts[1].kind: "fone" is not one of the values; did you mean "phone"?\n'
        'case.yaml:27:12: contacts[2].about begins with "[", which makes a list of it; '
        "put quotes around the whole text\n"
        "case.yaml:29:3: steps.first_talk is empty; write a value, or delete the line\n"
        "case.yaml:33:13: consents[1].covers has too few items; write at least 1\n"
        'case.yaml:35:12: consents[1].data[1]: "return_plans" is not one of the values; did you mean "return_plan"?'
    )


def test_a_missing_part_is_reported_where_the_case_begins() -> None:
    text = citizen_yaml().replace("case_number: 12/3456\n", "")
    assert complaint(text) == 'case.yaml:1:1: the case has no "case_number"; add the line "case_number: …"'


def test_a_list_in_the_place_of_a_mapping() -> None:
    assert complaint(citizen_yaml(employment=["in_job"])) == (
        "case.yaml:19:1: employment should hold keys of its own; write them below, two spaces further in: status"
    )


def test_a_mapping_in_the_place_of_a_list() -> None:
    assert complaint(citizen_yaml(contacts={"date": "2012-11-01"})) == (
        'case.yaml:22:3: contacts should be a list; write each item on a line that begins with "- "'
    )


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        (
            [
                {"start": "2012-12-17", "hours": "12", "tasks": "Bilag"},
                {"start": "2012-12-03", "hours": "20", "tasks": "B"},
            ],
            "the steps are not in order: 2012-12-03 comes after 2012-12-17; sort them by their start",
        ),
        (
            [
                {"start": "2012-12-03", "end": "2012-12-17", "hours": "12", "tasks": "Bilag"},
                {"start": "2012-12-17", "hours": "20", "tasks": "Bilag"},
            ],
            "two steps overlap: one ends 2012-12-17, the next starts 2012-12-17; end the first the day before",
        ),
        (
            [{"start": "2012-12-03", "end": "2012-12-02", "hours": "12", "tasks": "Bilag"}],
            "a step ends 2012-12-02 before it starts 2012-12-03; swap the dates",
        ),
    ],
)
def test_steps_of_a_graded_plan_that_cannot_be(steps: list[dict[str, str]], message: str) -> None:
    plan = {"kind": "partial_return", "steps": steps}
    assert complaint(citizen_yaml(return_plan=plan)) == f"case.yaml:22:3: return_plan: {message}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1:1: the file is empty; begin with kind: citizen or kind: committee"),
        ("- a\n", "1:1: the file does not hold a case; begin with kind: citizen or kind: committee"),
        ("hej\n", "1:1: the file does not hold a case; begin with kind: citizen or kind: committee"),
        (
            "a: 1\n",
            '1:1: "kind" is missing; use one of: ' + KINDS_SAID,
        ),
        (
            "kind:\n",
            '1:6: "kind" is missing; use one of: ' + KINDS_SAID,
        ),
        ("kind: citizn\n", '1:7: "kind" is "citizn"; did you mean "citizen"?'),
        (
            "kind: [citizen]\n",
            '1:7: "kind" should be one word; use one of: ' + KINDS_SAID,
        ),
    ],
)
def test_a_file_that_is_no_case(text: str, message: str) -> None:
    assert complaint(text) == f"case.yaml:{message}"


def test_case_files_are_found_once_and_sorted_within_a_folder(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "c.txt", "inner/d.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = find_case_files([tmp_path / "b.yaml", tmp_path, tmp_path / "c.txt"])
    assert [file.relative_to(tmp_path).as_posix() for file in found] == ["b.yaml", "a.yml", "inner/d.yaml", "c.txt"]


def test_every_path_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    with pytest.raises(KvisdocsError) as caught:
        find_case_files([tmp_path / "tom", tmp_path / "væk.yaml"])
    assert str(caught.value) == (
        f"{tmp_path}/tom: the folder holds no case (*.yaml); name another\n"
        f"{tmp_path}/væk.yaml: there is no such file or folder; check the path"
    )


def test_a_line_that_left_its_text_costs_no_second_message_of_what_it_took_along() -> None:
    text = (
        "kind: committee\nmunicipality: herning\nmeeting: {committee: U, date: 2012-11-14}\nnumber: '1'\ntitle: T\n"
        "recommendation:\n  by: Direktøren\nindstiller, at\n  points: [det]\n"
    )
    assert [str(each) for each in inspect_bytes(text.encode(), Path("case.yaml")).problems] == [
        'case.yaml:8:1: "indstiller, at" has no colon; '
        "indent it as far as the lines above if it belongs to their text, or write it as key: value"
    ]


def test_a_problem_from_a_validator_has_the_validator_s_code_and_its_message_within_its_own() -> None:
    text = citizen_yaml().replace("cpr: ", "cpr: 9901", 1)
    with pytest.raises(KvisdocsError) as caught:
        check_source(parse_source(text, "case.yaml"))
    problem = caught.value.problems[0]
    assert problem.code == "schema.cpr.no_number"
    assert problem.what.values["name"] == "citizen.cpr"
    assert isinstance(problem.what.values["what"], Message)
    assert problem.todo.text == "write ten digits as 010170-1234"
