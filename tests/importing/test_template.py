"""The empty list: what it looks like, and that it imports once it is filled in."""

from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import yaml
from many_cases import EXAMPLES, cpr, names
from spreadsheets import fill

from kvisdocs.cases.load import load_case

CITIZENS = Path(__file__).parents[2] / "cases_yaml" / "citizens"
IMPORT = ("import", "liste.xlsx", "--map", "liste.map.yaml", "-o", "ud")
LEFT_OUT = {"duties", "answers", "votes", "remarks", "rows"}
"""Lists within lists, which no sheet holds."""


def outer(data):
    """The data without what an empty list has no place for, and with every value as text."""
    if isinstance(data, dict):
        return {key: outer(value) for key, value in data.items() if key not in LEFT_OUT}
    if isinstance(data, list):
        return [outer(value) for value in data]
    return str(data)


def test_what_it_wrote_imports_once_filled_in(kvisdocs):
    assert kvisdocs("import", "--template", "liste.xlsx") == (
        0, "liste.xlsx is the empty list, liste.map.yaml its map\n", "",
    )  # fmt: skip
    sources = [load_case(path).source for path in sorted(CITIZENS.glob("*.yaml"))]
    fill(Path("liste.xlsx"), Path("liste.map.yaml"), [source.data for source in sources])

    code, out, err = kvisdocs(*IMPORT)

    assert (code, out.splitlines()[-1]) == (0, f"{len(sources)} new, 0 changed, 0 unchanged, 0 gone"), err
    made = {
        source.data["case_number"]: source.data
        for path in Path("ud").glob("*.yaml")
        if (source := load_case(path).source)
    }
    for source in sources:
        assert outer(made[source.data["case_number"]]) == outer(source.data)


def test_danish_words_are_what_is_chosen(kvisdocs):
    kvisdocs("import", "--template", "liste.xlsx")
    sheet = openpyxl.load_workbook("liste.xlsx")["Sager"]
    headings = {cell.value: cell for cell in sheet[1]}
    status = headings["Tilknytning til arbejdsmarkedet ved visitationen"]
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    column = lists[f"{status.column_letter}2:{status.column_letter}5000"].split("$")[1]
    choices = openpyxl.load_workbook("liste.xlsx")["Valg"]
    assert [cell.value for cell in choices[column]][1:5] == ["I job", "I job, men opsagt", "Ledig", "Selvstændig"]
    assert status.comment.text.splitlines() == [
        "Tilknytning til arbejdsmarkedet ved visitationen.", "Skal udfyldes.", "F.eks. I job",
    ]  # fmt: skip
    assert sheet.column_dimensions[headings["Borgeren – CPR-nummer"].column_letter].number_format == "@"


@pytest.mark.parametrize("kind", ["citizen", "committee"])
def test_every_heading_is_there_once_and_in_the_map(kvisdocs, kind):
    kvisdocs("import", "--template", "liste.xlsx", "--kind", kind, "--map-out", "kort.yaml")
    book, mapped = openpyxl.load_workbook("liste.xlsx"), yaml.safe_load(Path("kort.yaml").read_text(encoding="utf-8"))
    sheets = {mapped["sheet"]: mapped, **{each["sheet"]: each for each in mapped["lists"].values()}}
    assert [*sheets, "Valg"] == book.sheetnames
    for name, each in sheets.items():
        headings = [cell.value for cell in book[name][1]]
        assert len({heading.casefold() for heading in headings}) == len(headings)
        assert set(headings) == {*each["columns"].values(), each["key"]}


def test_an_empty_list_has_headings_and_no_rows(kvisdocs):
    kvisdocs("import", "--template", "liste.xlsx", "--kind", "committee")
    assert kvisdocs(*IMPORT) == (0, "0 new, 0 changed, 0 unchanged, 0 gone\n", "")


def test_a_list_that_is_there_is_not_overwritten(kvisdocs):
    Path("liste.xlsx").write_text("filled in", encoding="utf-8")
    code, out, err = kvisdocs("import", "--template", "liste.xlsx")
    assert (code, out) == (1, "")
    assert err == "liste.xlsx: the file is there already; choose another name, or delete it\n"
    assert Path("liste.xlsx").read_text(encoding="utf-8") == "filled in"


def test_of_three_hundred_rows_only_the_twenty_that_changed_are_written(kvisdocs):
    kvisdocs("import", "--template", "liste.xlsx")
    ground = load_case(EXAMPLES / "karoline-oestergaard-lindqvist.yaml").source.data
    cases = []
    for number in range(300):
        first, last = names(number)
        citizen = {**ground["citizen"], "first_names": first, "last_name": last, "cpr": cpr(number)}
        cases.append({**ground, "case_number": f"12/{number + 20_000}", "citizen": citizen, "contacts": []})
    fill(Path("liste.xlsx"), Path("liste.map.yaml"), cases)
    code, out, err = kvisdocs(*IMPORT)
    assert (code, out.splitlines()[-1]) == (0, "300 new, 0 changed, 0 unchanged, 0 gone"), err
    before = {path: path.stat().st_mtime_ns for path in Path("ud").glob("*.yaml")}

    book = openpyxl.load_workbook("liste.xlsx")
    sheet = book["Sager"]
    phone = next(cell.column for cell in sheet[1] if cell.value == "Borgeren – Telefon")
    changed = {f"12-{20_000 + number}.yaml" for number in range(0, 300, 15)}
    for number in range(0, 300, 15):
        sheet.cell(number + 2, phone, f"00 00 99 {number // 15:02}")
    book.save("liste.xlsx")
    code, out, _ = kvisdocs(*IMPORT)

    assert (code, out.splitlines()[-1]) == (0, "0 new, 20 changed, 280 unchanged, 0 gone")
    assert {path.name for path, at in before.items() if path.stat().st_mtime_ns != at} == changed


def test_no_name_becomes_a_formula(kvisdocs):
    Path("templates/profiles").mkdir(parents=True)
    Path("templates/profiles/=1+1.yaml").write_text("", encoding="utf-8")
    kvisdocs("import", "--template", "liste.xlsx")
    sheet = openpyxl.load_workbook("liste.xlsx")["Valg"]
    assert "=1+1" in [cell.value for cell in sheet["A"]]
    with ZipFile("liste.xlsx") as package:
        assert not [
            name for name in package.namelist() if name.startswith("xl/worksheets") and b"<f>" in package.read(name)
        ]
