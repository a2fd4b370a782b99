"""`kvisdocs check`: every problem of every case, where it stands."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from builders import citizen_yaml
from many_cases import person
from user import CHECKOUT

USAGE = "Usage: kvisdocs check [OPTIONS] [PATH]...\nTry 'kvisdocs check --help' for help.\n\n"

FOUR_PROBLEMS = """\
kind: citizen
municipality: herning
programme: kvis-2011
case_number: 12/3456
caseworker: {name: Bodil Clark}
citizen:
  first_names: Åse
  last_name: Øster
  cpr: 740468-1239x
  address: {street: Ærøvej 14, postcode: "7400"}
sickness: {first_day: tomorrow}
employment: {status: in_job, norm_hours: 37}
stepz: {}
"""


def left_out(file: str) -> str:
    """What is said of the builders' case, which has nothing that a document needs."""
    return (
        f'{file}:1:1: note: no follow-up-plan: the case has no plan; to have it made, add "plan"\n'
        f'{file}:1:1: note: no gp-letter: the case names no GP; to have it made, add "gp"\n'
        f'{file}:1:1: note: no return-plan: the case has no graded return plan; to have it made, add "return_plan"\n'
    )


COUNTS = (
    "left out if made today: 1 follow-up-plan (no plan), 1 gp-letter (no GP), 1 return-plan (no graded return plan)\n"
)

FIT: dict[str, Any] = {
    "plan": {
        "agreed": "2012-11-01",
        "goal": "Fuld tid",
        "employment": {"purpose": "Job", "activities": [{"goal": "20 timer", "responsible": "Du"}]},
    },
    "gp": {
        "name": "Lægerne Torvet",
        "provider_number": "080012",
        "address": {"street": "Torvet 1", "postcode": "7400", "city": "Herning"},
    },
}
"""For the builders' case: what the plan and the GP letter need, but for the consent."""


def test_a_good_case_passes(kvisdocs, write):
    write({"a.yaml": citizen_yaml()})

    assert kvisdocs("check", "a.yaml") == (0, "", left_out("a.yaml") + "1 case, 0 errors, 0 warnings\n" + COUNTS)


def test_a_case_without_consent_to_the_gp_is_told_to_get_no_letter(kvisdocs, write):
    write({"a.yaml": citizen_yaml(**FIT)})

    code, out, err = kvisdocs("check", "a.yaml")

    assert (code, out) == (0, "")
    assert err.splitlines()[0].startswith(
        "a.yaml:1:1: note: no gp-letter: the case holds no consent to disclose to the GP; to have it made, ask"
    )
    assert err.splitlines()[2:] == [
        "1 case, 0 errors, 0 warnings",
        "left out if made today: 1 gp-letter (no consent), 1 return-plan (no graded return plan)",
    ]


def test_one_rule_that_keeps_out_every_document_is_told_in_one_line(kvisdocs, write):
    write({"a.yaml": citizen_yaml(citizen={"address": {"protected": True}}, **FIT)})

    assert kvisdocs("check", "a.yaml").err == (
        "a.yaml:15:5: note: no follow-up-plan, gp-letter, return-plan: the address is protected, so the envelope is to "
        "be looked at by a person; make it by hand: kvisdocs render a.yaml\n"
        "1 case, 0 errors, 0 warnings\n"
        "left out if made today: 1 follow-up-plan (protected address), 1 gp-letter (protected address), "
        "1 return-plan (protected address)\n"
    )


def test_of_many_left_out_only_the_counts_are_told(kvisdocs, write):
    write({f"cases/{number}.yaml": person(number) for number in range(7)})
    write({"cases/8.yaml": citizen_yaml(outcome={"date": "2013-01-07", "kind": "other"})})

    assert kvisdocs("check", "cases").err == (
        "8 cases, 0 errors, 0 warnings\n"
        "left out if made today: 8 follow-up-plan (7 no plan, 1 closed case), 8 gp-letter (7 no GP, 1 closed case), "
        "8 return-plan (7 no graded return plan, 1 closed case); --json lists them\n"
    )


def test_a_case_with_an_error_is_not_foretold_anything(kvisdocs, write):
    write({"a.yaml": "kind: citzen\n", "b.yaml": citizen_yaml()})

    assert kvisdocs("check", "a.yaml", "b.yaml").err == left_out("b.yaml") + "2 cases, 1 error, 0 warnings\n" + COUNTS


def test_a_fault_in_a_documents_settings_is_a_warning_and_the_cases_are_checked(kvisdocs, write, note):
    write({"a.yaml": citizen_yaml(), "templates/note/document.yaml": "titel: Note\n"})

    code, out, err = kvisdocs("check", "a.yaml")

    assert (code, err.splitlines()[-1]) == (0, f"1 case, 0 errors, {len(out.splitlines())} warnings")
    assert 'note/document.yaml:1:1: warning: the key "titel" is not known here; did you mean "title"?' in out


def test_without_path_the_folder_cases_yaml_is_checked(kvisdocs, write):
    write({"cases_yaml/citizens/a.yaml": citizen_yaml(), "cases_yaml/b.yml": person(2), "c.yaml": "not: it"})

    code, out, err = kvisdocs("check")

    assert (code, out, err.splitlines()[-2]) == (0, "", "2 cases, 0 errors, 0 warnings")


def test_without_path_and_without_that_folder_it_is_wrong_usage(kvisdocs):
    said = "Error: there is no folder cases_yaml here; name a case file or a folder of cases\n"

    assert kvisdocs("check") == (2, "", USAGE + said)


def test_what_is_not_yaml_is_said_beside_all_other_problems(kvisdocs, write):
    write({"a.yaml": "kind: committee\ntitle: KVIS: midtvejs\n"})

    assert kvisdocs("check", "a.yaml") == (
        1,
        'a.yaml:1:1: the case has no "meeting"; add the line "meeting: …"\n'
        'a.yaml:1:1: the case has no "municipality"; write "municipality: …", '
        "with one of: aarhus, herning, koebenhavn, koebenhavn-2026, slagelse, viborg\n"
        'a.yaml:1:1: the case has no "number"; add the line "number: …"\n'
        'a.yaml:2:12: a second ": " stands in the value of "title:"; put quotes around the whole value\n',
        "1 case, 4 errors, 0 warnings\n",
    )


def test_a_repeated_key_is_an_error_that_names_the_first(kvisdocs, write):
    write({"a.yaml": citizen_yaml() + "programme: kvis-2012\n"})

    assert kvisdocs("check", "a.yaml") == (
        1,
        'a.yaml:21:1: the key "programme" stands twice; delete one; the first is in line 3\n',
        "1 case, 1 error, 0 warnings\n",
    )


def test_all_problems_of_a_file_come_at_once_in_the_order_of_its_lines(kvisdocs, write):
    write({"a.yaml": FOUR_PROBLEMS})

    code, out, err = kvisdocs("check", "a.yaml")

    assert (code, err) == (1, "1 case, 4 errors, 0 warnings\n")
    assert out == (
        'a.yaml:9:8: citizen.cpr: "740468-1239x" is not a CPR number; write ten digits as 010170-1234\n'
        'a.yaml:10:3: citizen.address has no "city"; add the line "city: …"\n'
        'a.yaml:11:23: sickness.first_day: "tomorrow" is not a date; write it as 2012-11-14 or 14. november 2012\n'
        'a.yaml:13:1: the key "stepz" is not known here; did you mean "steps"?\n'
    )


def test_problems_of_several_files_are_sorted_by_file(kvisdocs, write):
    write({"b.yaml": "kind: citzen\n", "a.yaml": "", "c/d.yaml": "- kind\n"})

    assert kvisdocs("check", "c", "b.yaml", "a.yaml") == (
        1,
        "a.yaml:1:1: the file is empty; begin with kind: citizen or kind: committee\n"
        'b.yaml:1:7: "kind" is "citzen"; did you mean "citizen"?\n'
        "c/d.yaml:1:1: the file does not hold a case; begin with kind: citizen or kind: committee\n",
        "3 cases, 3 errors, 0 warnings\n",
    )


def test_unknown_municipality_programme_and_step_are_named_with_the_nearest(kvisdocs, write):
    write(
        {
            "a.yaml": citizen_yaml(municipality="hernig", steps={"first_tlak": "2012-10-22"}),
            "b.yaml": citizen_yaml(programme="kvis-2021"),
        }
    )

    assert kvisdocs("check", "a.yaml", "b.yaml") == (
        1,
        'a.yaml:2:15: no municipality is called "hernig"; did you mean "herning"?\n'
        'a.yaml:22:3: the step "first_tlak" is not known in kvis-2011; did you mean "first_talk"?\n'
        'b.yaml:3:12: there is no programme "kvis-2021"; did you mean "kvis-2011"?\n',
        "2 cases, 3 errors, 0 warnings\n",
    )


def test_warnings_alone_let_the_case_pass(kvisdocs, write):
    write({"a.yaml": citizen_yaml(sickness={"visitation": "2012-09-01"})})

    assert kvisdocs("check", "a.yaml") == (
        0,
        'a.yaml:17:15: warning: "visitation" is dated 2012-09-01, before the first day of sickness, 2012-09-10; '
        "check both dates\n",
        left_out("a.yaml") + "1 case, 0 errors, 1 warning\n" + COUNTS,
    )


def test_json_is_one_object_a_line_and_nothing_else(kvisdocs, write):
    write({"a.yaml": citizen_yaml(sickness={"visitation": "2012-09-01"}), "å.yaml": "kind: citzen\n"})

    code, out, err = kvisdocs("check", "--json", "a.yaml", "å.yaml", "b.yaml")

    assert (code, err) == (1, "")
    problems = [json.loads(line) for line in out.splitlines()]
    codes = [each.pop("code") for each in problems]
    assert codes[1] == "folder.path.missing"
    assert problems[:4] == [
        {
            "file": "a.yaml",
            "line": 17,
            "column": 15,
            "severity": "warning",
            "what": '"visitation" is dated 2012-09-01, before the first day of sickness, 2012-09-10',
            "todo": "check both dates",
        },
        {
            "file": "b.yaml",
            "line": 0,
            "column": 0,
            "severity": "error",
            "what": "there is no such file or folder",
            "todo": "check the path",
        },
        {
            "file": "å.yaml",
            "line": 1,
            "column": 7,
            "severity": "error",
            "what": '"kind" is "citzen"',
            "todo": 'did you mean "citizen"?',
        },
        {
            "file": "a.yaml",
            "line": 1,
            "column": 1,
            "severity": "note",
            "what": "no follow-up-plan: the case has no plan",
            "todo": 'to have it made, add "plan"',
            "document": "follow-up-plan",
            "reason": "no_plan",
        },
    ]
    assert [json.loads(line)["reason"] for line in out.splitlines()[4:]] == ["no_gp", "no_return_plan"]


def test_json_of_a_good_case_that_every_document_can_be_made_of_is_empty(kvisdocs, write):
    write({"a.yaml": (CHECKOUT / "cases_yaml/committee/viborg-punkt-12.yaml").read_text()})

    assert kvisdocs("check", "a.yaml", "--json") == (0, "", "")


def test_json_keeps_a_file_name_that_is_not_utf_8(program):
    name = os.fsdecode(b"\xf8.yaml")  # ø as Windows wrote it on an old disk
    Path(name).write_text("")

    code, out, err = program("check", "--json", ".")

    assert (code, err) == (1, "")
    assert json.loads(out)["file"] == name


def test_a_missing_path_leaves_the_others_to_be_checked(kvisdocs, write):
    write({"cases/a.yaml": "kind: citzen\n"})

    assert kvisdocs("check", "casse", "cases", "nowhere/at/all.yaml") == (
        1,
        'cases/a.yaml:1:7: "kind" is "citzen"; did you mean "citizen"?\n'
        'casse: there is no such file or folder; did you mean "cases"?\n'
        "nowhere/at/all.yaml: there is no such file or folder; check the path\n",
        "1 case, 3 errors, 0 warnings\n",
    )


def test_a_folder_without_cases_is_an_error(kvisdocs, write):
    write({"cases/letter.docx": "", "cases/README.md": ""})

    assert kvisdocs("check", "cases") == (
        1,
        "cases: the folder holds no case (*.yaml); name another\n",
        "0 cases, 1 error, 0 warnings\n",
    )


def test_a_file_that_is_no_yaml_file_is_not_read(kvisdocs, write):
    write({"letter.docx": "PK"})

    assert kvisdocs("check", "letter.docx") == (
        1,
        'letter.docx: a case does not end in ".docx"; give a YAML file (*.yaml), or a folder of them\n',
        "0 cases, 1 error, 0 warnings\n",
    )


def test_a_path_that_the_system_refuses_is_said_without_a_traceback(kvisdocs):
    name = "a" * 300

    assert kvisdocs("check", name) == (
        1,
        f"{name}: cannot be read: File name too long; check the path and its rights\n",
        "0 cases, 1 error, 0 warnings\n",
    )


def test_a_file_named_twice_is_checked_once(kvisdocs, write, folder):
    write({"cases/a.yaml": "kind: citzen\n"})

    assert kvisdocs("check", "cases", "cases/a.yaml", str(folder / "cases"), "cases/../cases/a.yaml") == (
        1,
        'cases/a.yaml:1:7: "kind" is "citzen"; did you mean "citizen"?\n',
        "1 case, 1 error, 0 warnings\n",
    )


def test_templates_and_hidden_folders_inside_a_folder_are_passed_over(kvisdocs, write):
    write({"cases_yaml/a.yaml": citizen_yaml(), ".git/b.yaml": "x", "templates/profiles/c.yaml": "x"})

    assert kvisdocs("check", ".").err == left_out("cases_yaml/a.yaml") + "1 case, 0 errors, 0 warnings\n" + COUNTS


def test_a_folder_that_holds_nothing_else_holds_no_case(kvisdocs, write):
    write({"mine/templates/note/document.yaml": "title: Note"})

    assert kvisdocs("check", "mine") == (
        1,
        "mine: the folder holds no case (*.yaml); name another\n",
        "0 cases, 1 error, 0 warnings\n",
    )


def test_a_name_of_dots_alone_gives_no_case_id(kvisdocs, write):
    write({"cases/...yaml": citizen_yaml()})

    assert kvisdocs("check", "cases") == (
        1,
        'cases/...yaml: the name "...yaml" gives the case no id; rename the file, for instance case.yaml\n',
        "1 case, 1 error, 0 warnings\n",
    )


def test_a_file_name_cannot_steer_the_terminal(kvisdocs, write):
    write({"a\x1b[2J\nb.yaml": ""})

    assert kvisdocs("check", ".") == (
        1,
        'a [2J b.yaml: the name "a [2J b.yaml" holds a control character; rename the file, for instance case.yaml\n',
        "1 case, 1 error, 0 warnings\n",
    )


def test_the_shell_may_hand_over_a_case_without_a_file(program, write: Callable[..., None]):
    write({"a.yaml": citizen_yaml()})
    read, written = os.pipe()
    os.write(written, b"kind: citzen\n")
    os.close(written)
    os.dup2(read, 0)

    assert program("check", "/dev/stdin") == (
        1,
        '/dev/stdin:1:7: "kind" is "citzen"; did you mean "citizen"?\n',
        "1 case, 1 error, 0 warnings\n",
    )
