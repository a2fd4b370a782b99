"""`kvisdocs schema`: JSON that an editor can read."""

import json

import pytest


@pytest.mark.parametrize(("kind", "title"), [("citizen", "Borgersag"), ("committee", "Dagsordenspunkt")])
def test_the_schema_of_one_kind(kvisdocs, kind, title):
    code, out, err = kvisdocs("schema", kind)

    assert (code, err) == (0, "")
    schema = json.loads(out)
    assert schema["title"] == title
    assert schema["properties"]["kind"]["const"] == kind


def test_without_kind_the_schema_fits_every_kind(kvisdocs):
    code, out, err = kvisdocs("schema")

    assert (code, err) == (0, "")
    schema = json.loads(out)
    assert {"CitizenCase", "CommitteeItem"} <= schema["$defs"].keys()


def test_a_rule_file_has_a_schema_of_its_own(kvisdocs):
    code, out, err = kvisdocs("schema", "programme")

    assert (code, err) == (0, "")
    schema = json.loads(out)
    assert (schema["if"], schema["then"]) == ({"required": ["base"]}, {"required": ["name"]})
    assert {"validity", "closed_days", "steps", "return_plan"} <= set(schema["else"]["required"])
    assert {"reference", "sure"} <= set(schema["$defs"]["ProgrammeStep"]["required"])
    assert schema["$defs"]["Deadline"]["properties"]["last_day"]["enum"] == ["ja", "nej", True, False]


def test_an_unknown_kind_is_wrong_usage(kvisdocs):
    assert kvisdocs("schema", "citzen") == (
        2,
        "",
        "Usage: kvisdocs schema [OPTIONS] [KIND]\nTry 'kvisdocs schema --help' for help.\n\n"
        "Error: Invalid value for '[KIND]': 'citzen' is not one of 'citizen', 'committee', 'meeting', "
        "'statistics', 'agreements', 'programme'.\n",
    )


def test_it_is_utf_8_whatever_the_terminal_speaks(program):
    said = program("schema", "citizen", PYTHONIOENCODING="latin-1")  # read here as UTF-8, which fails for a lone ø

    assert said.code == 0
    assert "ø" in said.out
