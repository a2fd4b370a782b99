"""`kvisdocs stats`: figures of a folder of cases on the terminal, as JSON and as CSV."""

import csv
import io
import json
from datetime import date

import pytest
from many_cases import person

from kvisdocs.statistics.record import read_record


def cases(**changes):
    """Thirty in a job, and two unemployed."""
    texts = {f"cases/{number}.yaml": person(number, **changes) for number in range(30)}
    unemployed = {"employment": {"status": "unemployed"}, **changes}
    return texts | {f"cases/{number}.yaml": person(number, **unemployed) for number in (30, 31)}


def test_tables_have_danish_labels_and_numbers_to_the_right(kvisdocs, write):
    write(cases())

    code, out, err = kvisdocs("stats", "cases", "--on", "2012-11-01", "-q")

    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "KVIS: tal for Herning Kommune pr. 1. november 2012"
    assert "  Visiterede            32  13 pct." in lines
    assert "  Pladser i projektet  250" in lines
    assert not any("Hele udgaven" in line for line in lines)
    at = lines.index("Status ved visitationen")
    assert [line.split() for line in lines[at + 1 :]].index(["Ledig", "<5"]) < 9
    assert "\N{NO-BREAK SPACE}" not in out


def test_the_whole_edition_hides_nothing_and_says_so(kvisdocs, write):
    write(cases())

    out = kvisdocs("stats", "cases", "--on", "2012-11-01", "--edition", "whole", "-q").out

    assert out.splitlines()[1] == "Hele udgaven: intet er skjult. Den må ikke offentliggøres."
    status = out.partition("Status ved visitationen\n")[2].partition("\n\n")[0]
    assert status == (
        "Flere end ni ud af ti var i job, da de blev visiteret\n"
        "  I job              30  94 pct.\n"
        "  I job, men opsagt   0   0 pct.\n"
        "  Ledig               2   6 pct.\n"
        "  Selvstændig         0   0 pct.\n"
        "  Kilde: kommunens sager, opgjort pr. 1. november 2012. Andele af 32: visiterede."
    )


def test_json_is_read_back_and_holds_no_hidden_count(kvisdocs, write):
    write(cases())

    said = json.loads(kvisdocs("stats", "cases", "--on", "2012-11-01", "--json", "-q").out)

    assert (said["version"], said["municipality"], said["programme"], said["on"], said["edition"]) == (
        1, "herning", "kvis-2011", "2012-11-01", "public",
    )  # fmt: skip
    assert said["figures"]["status.unemployed"]["text"] == "<5"
    assert said["figures"]["status.unemployed"]["count"] is None
    assert said["figures"]["visited"]["count"] == 32
    assert said["sources"] == ["cases"]
    assert {"sentences", "headings", "figures", "measures", "tables", "goals", "relations", "hidden"} <= said.keys()
    assert read_record(said).statement.on == date(2012, 11, 1)


def test_csv_is_one_long_table_as_a_danish_spreadsheet_reads_it(kvisdocs, write, monkeypatch):
    write(cases())
    written: list[bytes] = []
    monkeypatch.setattr("kvisdocs.cli.stats._write", written.append)

    kvisdocs("stats", "cases", "--on", "2012-11-01", "--csv", "-q")

    [data] = written
    assert data.startswith(b"\xef\xbb\xbfBlock;Tabel;R\xc3\xa6kke;Kolonne;Figur;Antal;Andel\r\n")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    by_name = {row["Figur"]: row for row in rows}
    assert by_name["status.unemployed"] == {
        "Block": "A", "Tabel": "Status ved visitationen", "Række": "Ledig", "Kolonne": "Antal",
        "Figur": "status.unemployed", "Antal": "<5", "Andel": "",
    }  # fmt: skip
    assert by_name["visited"]["Andel"] == "13 pct."
    assert by_name["quarter.2012-4.came"]["Kolonne"] == "4. kv. 2012 (til og med 1. november)"
    assert {row["Block"] for row in rows} == set("ABCDE")


def test_a_faulty_case_is_named_and_counted_out(kvisdocs, write):
    write(cases() | {"cases/x.yaml": person(40, sickness={"visitation": "2012-02-30"})})

    code, out, err = kvisdocs("stats", "cases", "--on", "2012-11-01", "-q")

    assert code == 1
    assert err.splitlines()[0].startswith("cases/x.yaml:")
    assert 'there is no date "2012-02-30"' in err
    assert "1 file with an error is not counted" in err
    assert "1 sagsfil med fejl tæller ikke med." in out
    assert "  Visiterede            32  13 pct." in out


def test_without_a_case_nothing_is_counted(kvisdocs, write):
    assert kvisdocs("stats", "nowhere").code == 1
    write({"cases/x.yaml": "kind: committee\n"})
    code, out, err = kvisdocs("stats", "cases")
    assert (code, out) == (1, "")
    assert err.startswith("cases/x.yaml:")
    assert kvisdocs("stats").code == 2


def test_of_several_municipalities_one_is_asked_for(kvisdocs, write):
    write(cases() | {"cases/x.yaml": person(40, municipality="viborg")})

    code, out, err = kvisdocs("stats", "cases", "--on", "2012-11-01", "-q")
    assert (code, out) == (2, "")
    assert "the cases are of several municipalities: herning, viborg; choose one with --municipality" in err

    chosen = kvisdocs("stats", "cases", "--on", "2012-11-01", "--municipality", "viborg", "-q")
    assert chosen.out.startswith("KVIS: tal for Viborg Kommune")


def test_the_list_names_every_figure_with_its_definition_without_a_case(kvisdocs, write):
    code, out, _ = kvisdocs("stats", "--list", "--programme", "kvis-2011", "--on", "2012-11-01")

    assert code == 0
    lines = out.splitlines()
    assert lines[lines.index("status.in_job") + 1] == (
        "    I job. Visiterede, der var i job og ikke opsagt, da de blev visiteret."
    )
    assert {"goal.duration", "quarter.2012-4.left_job", "answer.4.satisfied.very", "sentences.outcome"} <= set(lines)
    write(cases())
    counted = kvisdocs("stats", "cases", "--list", "--on", "2012-11-01").out.splitlines()
    missing = {line for line in lines if not line.startswith(" ")} - set(counted)
    assert missing == {"agreements.in_force", "agreements.places"}  # there is no register
    assert kvisdocs("stats", "--list", "--programme", "kvis-2012").code == 2


@pytest.mark.parametrize("text", ["", "[]", "{", '{"version": 1}', '{"version": 99}'])
def test_after_takes_nothing_but_what_json_wrote(kvisdocs, write, text):
    write(cases() | {"last.json": text})

    code, out, err = kvisdocs("stats", "cases", "--after", "last.json")

    assert (code, out) == (2, "")
    assert '"last.json" is not what stats --json writes' in err


def test_a_whole_edition_was_never_published(kvisdocs, write):
    write(cases())
    whole = kvisdocs("stats", "cases", "--edition", "whole", "--json", "-q").out
    write({"last.json": whole})

    code, _, err = kvisdocs("stats", "cases", "--after", "last.json")

    assert (code, "is a whole edition" in err) == (2, True)


def test_those_who_wait_see_how_many_cases_are_read(kvisdocs, write):
    write(cases())

    err = kvisdocs("stats", "cases", "--on", "2012-11-01").err

    assert err.splitlines()[-1].startswith("32 of 32 cases")
