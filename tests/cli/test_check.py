"""`kvisdocs check`: every problem of every case, where it stands."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from builders import citizen_yaml

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


def test_a_good_case_passes(kvisdocs, write):
    write({"a.yaml": citizen_yaml()})

    assert kvisdocs("check", "a.yaml") == (0, "", "1 case, 0 errors, 0 warnings\n")


def test_without_path_the_folder_cases_yaml_is_checked(kvisdocs, write):
    write({"cases_yaml/citizens/a.yaml": citizen_yaml(), "cases_yaml/b.yml": citizen_yaml(), "c.yaml": "not: it"})

    assert kvisdocs("check") == (0, "", "2 cases, 0 errors, 0 warnings\n")


def test_without_path_and_without_that_folder_it_is_wrong_usage(kvisdocs):
    said = "Error: there is no folder cases_yaml here; name a case file or a folder of cases\n"

    assert kvisdocs("check") == (2, "", USAGE + said)


def test_what_is_not_yaml_is_said_beside_all_other_problems(kvisdocs, write):
    write({"a.yaml": "kind: committee\ntitle: KVIS: midtvejs\n"})

    assert kvisdocs("check", "a.yaml") == (
        1,
        'a.yaml:1:1: the case has no "meeting"; add the line "meeting: …"\n'
        'a.yaml:1:1: the case has no "municipality"; add the line "municipality: …"\n'
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
        "1 case, 0 errors, 1 warning\n",
    )


def test_json_is_one_object_a_line_and_nothing_else(kvisdocs, write):
    write({"a.yaml": citizen_yaml(sickness={"visitation": "2012-09-01"}), "å.yaml": "kind: citzen\n"})

    code, out, err = kvisdocs("check", "--json", "a.yaml", "å.yaml", "b.yaml")

    assert (code, err) == (1, "")
    assert [json.loads(line) for line in out.splitlines()] == [
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
    ]


def test_json_of_good_cases_is_empty(kvisdocs, write):
    write({"a.yaml": citizen_yaml()})

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

    assert kvisdocs("check", ".") == (0, "", "1 case, 0 errors, 0 warnings\n")


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
