"""A list, a map and a base case → cases: what comes of each cell, and each fault by its sheet, row and column."""

import csv
import re
import shutil
from datetime import date, datetime, time
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spreadsheets import save

from kvisdocs.application.template_folders import find_assets
from kvisdocs.cases.load import load_case
from kvisdocs.importing.importer import ImportRequest, plan_import, slug
from kvisdocs.importing.workbook import read_sheets
from kvisdocs.messages import message
from kvisdocs.problems import Position, Problem, column_letters

EXAMPLE = Path(__file__).parent / "example"
BASE = yaml.safe_load((EXAMPLE / "faelles.yaml").read_text(encoding="utf-8"))
COLUMNS = {
    "case_number": "Sag", "citizen.first_names": "Fornavn", "citizen.last_name": "Efternavn", "citizen.cpr": "CPR",
    "citizen.address.street": "Vej", "sickness.first_day": "Sygedag", "employment.norm_hours": "Timer",
}  # fmt: skip
HEADINGS = list(COLUMNS.values())
ROW = ["12/1", "Åse", "Kjær", "740468-1238", "Ærøvej 1", date(2012, 9, 10), 37]
CONTACTS = {"sheet": "Samtaler", "key": "Sag", "columns": {"date": "Dag", "kind": "Form", "about": "Om"}}


def plan(rows, *, map_changes=None, base=BASE, columns=COLUMNS, sheets=None, change=None):
    """What comes of a list with these rows in the sheet Sager."""
    book = save(Path("list.xlsx"), {"Sager": rows, **(sheets or {})})
    if change:
        change(book)
        book.save("list.xlsx")
    write_map({"key": "Sag", "columns": columns, **(map_changes or {})})
    Path("base.yaml").write_text(yaml.safe_dump(base, allow_unicode=True), encoding="utf-8")
    return run("list.xlsx")


def write_map(data):
    Path("map.yaml").write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def run(name, base="base.yaml"):
    base_path = Path(base) if base else None
    return plan_import(ImportRequest(Path(name), Path("map.yaml"), base_path, Path("out"), find_assets(None)))


def only(planned):
    (text,) = planned.files.values()
    return yaml.safe_load(text)


def said(planned):
    return [str(each) for each in planned.problems]


def test_a_row_becomes_a_case_on_the_ground_of_the_base():
    planned = plan([HEADINGS, ROW])

    assert said(planned) == []
    assert [str(path) for path in planned.files] == ["out/12-1.yaml"]
    assert next(iter(planned.files.values())).splitlines()[2:] == [
        "kind: citizen",
        "municipality: herning",
        "programme: kvis-2011",
        "case_number: 12/1",
        "caseworker:",
        "  name: Bodil Eksempel",
        "  phone: 00 00 12 01",
        "citizen:",
        "  first_names: Åse",
        "  last_name: Kjær",
        "  cpr: 740468-1238",
        "  address:",
        "    street: Ærøvej 1",
        '    postcode: "7400"',
        "    city: Herning",
        "sickness:",
        "  first_day: 2012-09-10",
        "employment:",
        "  status: in_job",
        "  norm_hours: 37",
    ]


HOUR = datetime(2012, 9, 10, 8, 30)  # noqa: DTZ001  (a spreadsheet knows no time zones)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (18.5, "18,5"),
        ("18,5", "18,5"),
        (7.0, "7"),
        (0.1 + 0.2, "0,3"),
        (HOUR, "2012-09-10 08:30"),
        (time(13, 5), "13:05"),
        (True, "ja"),
        (" 0012 ", "0012"),
        (date(2012, 9, 10), "2012-09-10"),
        ("10-09-2012", "10-09-2012"),
    ],
)
def test_a_cell_is_read_as_what_it_is(written, read):
    columns = {**COLUMNS, "employment.job": "Job"}
    planned = plan([[*HEADINGS, "Job"], [*ROW, written]], columns=columns)

    assert only(planned)["employment"]["job"] == read


def test_a_day_with_an_hour_is_the_day():
    row = [*ROW[:5], HOUR, 37]
    assert str(only(plan([HEADINGS, row]))["sickness"]["first_day"]) == "2012-09-10"


def test_an_empty_cell_leaves_nothing_of_the_base_case():
    base = {**BASE, "citizen": {**BASE["citizen"], "phone": "00 00 99 99"}, "education": "higher"}
    columns = {**COLUMNS, "citizen.phone": "Tlf."}
    planned = plan([[*HEADINGS, "Tlf."], ROW], base=base, columns=columns)

    assert said(planned) == []
    assert "phone" not in only(planned)["citizen"]
    assert only(planned)["education"] == "higher"


def test_a_group_of_empty_cells_is_not_there():
    base = {**BASE, "gp": {"address": {"street": "Torvet 1", "postcode": "7400", "city": "Herning"}}}
    places = {f"gp.address.{each}": each for each in ("street", "postcode", "city")}
    columns = {**COLUMNS, "gp.name": "Læge", "gp.provider_number": "Ydernr.", **places}
    headings = list(columns.values())
    planned = plan([headings, ROW], columns=columns, base=base)

    assert said(planned) == []
    assert "gp" not in only(planned)
    half = plan([headings, [*ROW, "Jens Holm", None, "Torvet 1", "7400", "Herning"]], columns=columns)
    assert said(half) == [
        'list.xlsx:Sager!I2: the cell under "Ydernr." is empty, and a case needs its gp.provider_number; write a value'
    ]


def test_lists_come_from_further_sheets_by_their_key():
    rows = [["Sag", "Dag", "Form", "Om"], ["12/2", date(2012, 10, 1), "Telefonsamtale", "Hjælp"],
            ["12/1", date(2012, 9, 20), "talk", None], ["12/1", "1. oktober 2012", "Brev", "Svar"]]  # fmt: skip
    other = ["12/2", "Bo", "Holm", "610570-1001", "Ærøvej 2", "11-09-2012", "18,5"]
    planned = plan([HEADINGS, ROW, other], map_changes={"lists": {"contacts": CONTACTS}}, sheets={"Samtaler": rows})

    assert said(planned) == []
    first, second = (yaml.safe_load(text) for text in planned.files.values())
    assert [(str(each["date"]), each["kind"], each.get("about")) for each in first["contacts"]] == [
        ("2012-09-20", "talk", None),
        ("1. oktober 2012", "letter", "Svar"),
    ]
    assert [each["kind"] for each in second["contacts"]] == ["phone"]


@pytest.mark.parametrize(
    "written", ["Depression; stress\nAngstlidelse", "depression, Stress , angstlidelse", "DEPRESSION;stress, anxiety"]
)
def test_several_values_stand_in_one_cell(written):
    columns = {**COLUMNS, "sickness.diagnoses": "Diagnose"}
    planned = plan([[*HEADINGS, "Diagnose"], [*ROW, written]], columns=columns)

    assert only(planned)["sickness"]["diagnoses"] == ["depression", "stress", "anxiety"]


def test_empty_rows_are_passed_over_wherever_they_are():
    planned = plan([[], HEADINGS, [], ROW, [], []])
    assert said(planned) == []
    assert len(planned.files) == 1


def change_row(number, value, key="12/1"):
    row = [key, *ROW[1:]]
    row[number] = value
    return row


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([change_row(3, "740468-12")], 'Sager!D2: citizen.cpr: "740468-12" is not a CPR number'),
        ([change_row(3, 101701234)], 'Sager!D2: citizen.cpr: "101701234" has nine digits'),
        ([change_row(5, "31-11-2012")], 'Sager!F2: sickness.first_day: there is no date "31-11-2012"'),
        ([change_row(6, 61)], 'Sager!G2: employment.norm_hours is too large ("61")'),
        (
            [change_row(2, None)],
            'Sager!C2: the cell under "Efternavn" is empty, and a case needs its citizen.last_name',
        ),
        ([change_row(0, None)], 'Sager!A2: the row has no "Sag"'),
        ([ROW, change_row(3, "610570-1001")], 'Sager!A3: "12/1" stands in row 2 too'),
        ([ROW, change_row(3, "610570-1001", "12-1")], 'Sager!A3: the file would be "12-1.yaml", as that of row 2'),
        ([ROW, change_row(1, "Bo", "12/2")], "Sager!3: warning: the CPR number is that of row 2 too"),
        ([change_row(5, 41162)], 'Sager!F2: the cell shows "41162", which is the day 2012-09-10 to a spreadsheet'),
        ([change_row(5, "=1/0")], "Sager!F2: the formula in the cell has no value"),
    ],
)
def test_a_fault_is_said_at_its_cell(rows, problem):
    assert [each.partition("; ")[0] for each in said(plan([HEADINGS, *rows]))] == [f"list.xlsx:{problem}"]


def test_a_key_must_make_a_files_name():
    planned = plan([HEADINGS, change_row(0, "?!")])
    assert 'list.xlsx:Sager!A2: a file cannot be called by "?!"; write letters or digits' in said(planned)


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        ("con", 'the name "con.yaml" is a device on Windows'),
        ("Held back", 'the case id "held-back" is the name of a folder that a run itself needs'),
    ],
)
def test_a_key_that_cannot_be_a_case_is_said_at_its_cell(key, problem):
    todo = "; write it otherwise, or name another column under file: in the map"
    assert said(plan([HEADINGS, change_row(0, key)])) == [f"list.xlsx:Sager!A2: {problem}{todo}"]


def test_a_sign_that_nobody_sees_is_said():
    Path("sager.csv").write_text("Sag;" + ";".join(HEADINGS[1:]) + "\n12/1;Å\x07se;" + "x;" * 4 + "1", encoding="utf-8")
    write_map({"kind": "citizen", "key": "Sag", "columns": COLUMNS})
    problem = "sager.csv:sager!B2: the cell holds the character U+0007, which nobody sees; write its text again"
    assert problem in said(run("sager.csv", None))


def test_all_faults_of_all_rows_come_at_once():
    planned = plan([HEADINGS, change_row(3, "1"), change_row(6, "x", "12/2"), change_row(5, "y", "12/3")])
    assert {str(each.position) for each in planned.problems} == {f"list.xlsx:Sager!{at}" for at in ("D2", "G3", "F4")}


@pytest.mark.parametrize("text", ["›hej‹ Müller", "3¾ time", "Åse Ørsted Kjær", "¿Qué? 5 ¾", "O‘Hara"])
def test_western_letters_are_no_others(text):
    assert read_csv(f"a;{text}".encode("cp1252")) == [["a", text]]


def test_very_many_of_one_kind_are_counted():
    rows = [[f"12/{number}", *change_row(6, "x")[1:]] for number in range(300)]
    planned = plan([HEADINGS, *rows])
    assert len(planned.problems) < 120
    assert "and 200 more like those above" in "\n".join(said(planned))


@pytest.mark.parametrize(
    ("headings", "problem"),
    [
        ([*HEADINGS[:6], "Time"], 'map.yaml:9:26: the sheet "Sager" has no column "Timer"; did you mean "Time"?'),
        ([*HEADINGS, "Note"], 'list.xlsx:Sager!H1: warning: the column "Note" is not in the map, and is not read'),
        (
            [HEADINGS[0], "Efternavne", *HEADINGS[2:]],  # the nearest heading of all is another field's
            'map.yaml:4:24: the sheet "Sager" has no column "Fornavn"; did you mean "Efternavne"?',
        ),
        ([*HEADINGS, "sag "], 'list.xlsx:Sager!H1: the heading "sag" stands twice'),
    ],
)
def test_headings_and_map_must_agree(headings, problem):
    planned = plan([headings, ROW])
    assert [each for each in said(planned) if each.startswith(problem)], said(planned)


def test_a_heading_that_is_not_there_is_said_once_for_all_rows():
    rows = [[*row[:3], *row[4:]] for row in (HEADINGS, ROW, change_row(1, "Bo", "12/2"))]
    assert said(plan(rows)) == [
        'map.yaml:6:16: the sheet "Sager" has no column "CPR"; use one of: Efternavn, Fornavn, Sag, Sygedag, Timer, Vej'
    ]


def test_a_heading_that_may_be_a_field_is_said_with_it():
    (problem,) = said(plan([[*HEADINGS, "Telefonnr."], ROW]))
    assert problem.endswith('is not read; name it in the map, perhaps as "citizen.phone: Telefonnr."')


def test_a_heading_that_the_map_ignores_is_not_said():
    assert said(plan([[*HEADINGS, "Note"], [*ROW, "ringer"]], map_changes={"ignore": ["Note"]})) == []


def without_cpr():
    return {each: heading for each, heading in COLUMNS.items() if each != "citizen.cpr"}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"columns": {**COLUMNS, "citizen.fone": "Vej"}}, 'a case has no field "citizen.fone"; did you mean "citiz'),
        ({"columns": {**COLUMNS, "citizen.address": "Vej"}}, '"citizen.address" holds several fields'),
        ({"columns": {**COLUMNS, "contacts.date": "Vej"}}, '"contacts" has several rows for a case'),
        ({"columns": {**COLUMNS, "company_course.kind": "Vej"}}, '"company_courses" has several rows for a case'),
        ({"columns": {**COLUMNS, "kind": "Vej"}}, 'a case has no field "kind"'),
        ({"lists": {"contact": CONTACTS}}, 'a case has no list "contact" that a sheet could fill; did you mean'),
        ({"sheet": "Sag"}, 'the list has no sheet "Sag"; did you mean "Sager"?'),
        ({"key": "CPR"}, "the files would be called by CPR numbers, which everybody reads; name another column"),
        ({"colums": {}}, 'the key "colums" is not known here; did you mean "columns"?'),
        ({"kind": "committee"}, 'the map is for "committee", and the base case is "citizen"'),
        ({"columns": without_cpr()}, 'a case needs "citizen.cpr", for which the map has no column'),
    ],
)  # fmt: skip
def test_a_fault_of_the_map_is_said_in_the_map(changes, problem):
    planned = plan([HEADINGS, ROW], map_changes=changes)
    found = [each for each in planned.problems if f"{each.what}; {each.todo}".startswith(problem)]
    assert found, said(planned)
    assert found[0].position.file == "map.yaml"
    assert found[0].position.line


def test_a_key_of_a_list_must_be_that_of_a_case():
    rows = [["Sag", "Dag", "Form", "Om"], ["12/11", date(2012, 9, 20), "Brev", None]]
    planned = plan([HEADINGS, ROW], map_changes={"lists": {"contacts": CONTACTS}}, sheets={"Samtaler": rows})
    assert said(planned) == [
        'list.xlsx:Samtaler!A2: the sheet "Sager" has no row for "12/11"; correct it, or delete the row',
    ]


def test_what_is_wrong_in_a_list_is_said_in_its_sheet():
    rows = [["Sag", "Dag", "Form", "Om"], ["12/1", "i går", "Brevdue", None]]
    planned = plan([HEADINGS, ROW], map_changes={"lists": {"contacts": CONTACTS}}, sheets={"Samtaler": rows})
    assert [each.partition(";")[0] for each in said(planned)] == [
        'list.xlsx:Samtaler!B2: contacts[1].date: "i går" is not a date',
        'list.xlsx:Samtaler!C2: contacts[1].kind: "Brevdue" is not one of the values',
    ]


def test_what_is_wrong_in_the_base_case_is_said_there_once():
    base = {**BASE, "caseworker": {"name": "Bodil Eksempel", "phone": "12"}}
    planned = plan([HEADINGS, ROW, ["12/2", *change_row(3, "610570-1001")[1:]]], base=base)
    (problem,) = said(planned)
    assert problem.startswith('base.yaml:3:10: caseworker.phone: "12" has 2 digits')


def test_what_is_one_citizens_own_does_not_go_to_all_unseen():
    consent = {"kind": "disclose", "party": "gp", "covers": ["målet"], "given": "2012-10-01"}
    base = {**BASE, "citizen": {**BASE["citizen"], "called": "Line"}, "consents": [consent]}
    planned = plan([HEADINGS, ROW], base=base)
    found = {each.what: (each.position.line, str(each.severity)) for each in planned.problems}
    assert found['every case gets the "citizen.called" of the base case'] == (8, "warning")
    assert found["every case would get the consents of the base case"] == (9, "error")


def test_the_rules_of_check_hold_at_the_cell():
    planned = plan([HEADINGS, change_row(5, "10-09-2014")])
    assert [str(each.position) for each in planned.problems] == ["list.xlsx:Sager!F2"] or said(planned)


def hide(book):
    sheet = book["Sager"]
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet.merge_cells("E2:E3")
    book.create_sheet("Andet")
    sheet.sheet_state = "hidden"


def test_what_is_hidden_or_merged_is_said():
    planned = plan([HEADINGS, ROW], change=hide)
    show = "show it and see that it belongs to the list, or delete it"
    assert said(planned) == [
        f'list.xlsx:Sager: warning: the sheet "Sager" is hidden, and is read all the same; {show}',
        f"list.xlsx:Sager!D1: warning: these columns are hidden, and read if the map names them: D; {show}",
        f"list.xlsx:Sager!2: warning: these rows are hidden, and read all the same: 2; {show}",
        "list.xlsx:Sager!E2: warning: the cells E2:E3 are merged: only the first holds the value; "
        "divide them, and write the value in each",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_csv_as_it_is_saved_in_denmark(encoding, sign):
    shutil.copytree(EXAMPLE, ".", dirs_exist_ok=True)
    rows = list(csv.reader(Path("sager.csv").read_text(encoding="utf-8").splitlines(), delimiter=";"))
    with Path("sager.csv").open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=sign).writerows(rows)
    shutil.copy("sager.map.yaml", "map.yaml")
    planned = run("sager.csv", "faelles.yaml")

    assert said(planned) == []
    cases = [yaml.safe_load(text) for text in planned.files.values()]
    assert [each["citizen"]["first_names"] for each in cases] == ["Åse Marie", "Bjørn", "Cecilie"]
    assert [each["citizen"].get("phone") for each in cases] == ["00 00 31 01", None, "96 28 00 00"]
    assert cases[1]["sickness"]["diagnoses"] == ["depression", "anxiety"]
    assert cases[2]["employment"] == {"status": "under_notice", "norm_hours": "18,5"}


def test_a_line_for_excel_alone_is_no_heading():
    assert read_csv(b"sep=,\r\na,b;c\r\n1,2\r\n") == [["a", "b;c"], ["1", "2"]]


def read_csv(data):
    Path("a.csv").write_bytes(data)
    return read_sheets(Path("a.csv"))["a"].rows


def test_a_csv_has_rows_and_columns_too():
    shutil.copytree(EXAMPLE, ".", dirs_exist_ok=True)
    text = Path("sager.csv").read_text(encoding="utf-8").replace("620671-1002", "629971-1002")
    Path("sager.csv").write_text(text, encoding="utf-8")
    shutil.copy("sager.map.yaml", "map.yaml")
    assert said(run("sager.csv", "faelles.yaml")) == [
        'sager.csv:sager!D4: citizen.cpr: "629971-1002" has no valid date; check the first six digits (ddmmyy)'
    ]


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("list.xls", b"", 'a list does not end in ".xls"; save it as .xlsx, .ods or .csv'),
        ("list.xlsx", b"PK\x03\x04nothing", "the file is no spreadsheet, or it is broken"),
        ("list.xlsx", b"Sag;Navn", "the file is no spreadsheet, or it is broken"),
        ("list.csv", b"PK\x03\x04", "the file is a workbook, not CSV; rename it to .xlsx or .ods"),
        ("list.xlsx", OLD, "the list is of the kind of before 2007, whatever its name; open it in Excel"),
        ("list.xlsx", OLD + "EncryptedPackage".encode("utf-16-le"), "the list is closed with a password; save a copy"),
        ("list.csv", b"", "there are no headings; write them in the first row, above the columns"),
        ("list.csv", "Sag;Navn\n1;Bjørn Østergård".encode("mac-roman"), "the list's Danish letters are saved in a way"),
        ("list.csv", "Sag;Navn\n1;Ø Åse Kjær".encode("cp850"), 'cannot be read; save it anew as "CSV UTF-8", or'),
        ("list.csv", "Sag;Navn\n1;Østergård".encode("cp865"), "the list's Danish letters are saved in a way"),
        ("none.csv", None, "cannot be read: No such file or directory; check the path and its rights"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_said(name, data, problem):
    write_map({"kind": "citizen", "key": "Sag", "columns": COLUMNS})
    if data is not None:
        Path(name).write_bytes(data)
    assert [each for each in said(run(name, None)) if problem in each]


def test_without_base_and_kind_nothing_can_be_made():
    save(Path("list.xlsx"), {"Sager": [HEADINGS, ROW]})
    write_map({"key": "Sag", "columns": COLUMNS})
    assert said(run("list.xlsx", None)) == [
        "map.yaml: without a base case the map must say which kind of case it is for; "
        "write kind: citizen or kind: committee in it, or give --base"
    ]


@pytest.mark.parametrize(
    ("name", "file"), [("Ærø, 12/3", "aeroe-12-3"), (" É ", "e"), ("../x", "x"), ("CON", "con"), ("!", "")]
)
def test_names_of_files(name, file):
    assert slug(name) == file


def test_what_is_planned_passes_check():
    planned = plan([HEADINGS, ROW])
    path, text = next(iter(planned.files.items()))
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    assert load_case(path).case.citizen.name == "Åse Kjær"


def test_the_example_of_the_documentation_is_this_one():
    page = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```\w+\n(.*?)```", page, re.DOTALL)
    files = [EXAMPLE / name for name in ("sager.csv", "faelles.yaml", "sager.map.yaml")]
    assert [path.read_text(encoding="utf-8") for path in files] == blocks[:3]


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (0, "")])
def test_columns_have_letters(number, letters):
    assert column_letters(number) == letters


def test_a_program_is_told_the_sheet():
    planned = plan([HEADINGS, change_row(6, "x")])
    found = planned.problems[0].as_dict()
    assert (found["file"], found["sheet"], found["line"], found["column"]) == ("list.xlsx", "Sager", 2, 7)
    assert "sheet" not in Problem(Position("a.yaml", 1, 2), message("a.b.c", "x")).as_dict()


def test_a_title_may_stand_above_the_headings():
    planned = plan([["Sager i KVIS"], ["Trukket", "9. november"], HEADINGS, ROW])
    assert said(planned) == []
    assert len(planned.files) == 1


def test_a_cell_far_away_does_not_fill_the_memory():
    def change(book):
        book["Sager"].cell(1_048_576, 16_384, " x ")

    assert said(plan([HEADINGS, ROW], change=change)) == [
        "list.xlsx:Sager!XFD1048576: the sheet is filled in down to here, which is more than any list of cases; "
        "delete the rows and columns beyond the list, and save it anew"
    ]


CELLS = st.sampled_from(
    ["", "12/1", "12/2", "Åse", "740468-1238", "10-09-2012", "37", '"', "a\nb", "=1", "\x00", "æ" * 200]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS | st.text(max_size=8), max_size=9), max_size=6), st.booleans())
def test_nothing_in_a_list_ends_in_a_traceback(rows, with_headings):
    write_map({"kind": "citizen", "key": "Sag", "columns": COLUMNS})
    text = "\n".join(";".join(row) for row in ([HEADINGS] if with_headings else []) + rows)
    Path("list.csv").write_bytes(text.encode("utf-8", "replace"))
    planned = run("list.csv", None)
    assert not with_headings or planned.problems
