"""Before the run: what a rule leaves out, what is wrong, and what --all-or-nothing does of it."""

import sys
import time
from pathlib import Path
from typing import get_args

import pytest
from batch_results import ends, made, said
from builders import citizen_yaml

from kvisdocs.application import reading
from kvisdocs.application.exclusions import RULES
from kvisdocs.templating.documents import Requirement

CLOSED = {"outcome": {"date": "2012-11-14", "kind": "to_job"}}
PROTECTED = {"citizen": {"address": {"protected": "ja"}}}
ADDRESS = {"street": "Åstrædet 16", "postcode": "7400", "city": "Herning"}
GP = {"name": "Signe Brændgård", "provider_number": "003399", "address": ADDRESS}


def test_rules_leave_documents_out_and_the_run_is_well(cases, run):
    cases("fine", closed=CLOSED, protected=PROTECTED)

    report = run()

    assert (report["code"], made()) == (0, ["fine/note.docx"])
    assert ends(report) == {
        "closed": "excluded: closed",
        "fine": "made: new",
        "protected": "excluded: protected_address",
    }
    assert said(report, "closed") == ["no note: the case was closed 2012-11-14; delete the outcome if it is open"]
    assert said(report, "protected") == [
        "no note: the address is protected, so the envelope is to be looked at by a person; "
        "make it by hand: kvisdocs render cases/protected.yaml"
    ]
    assert "excluded: 1 closed case, 1 protected address\n" in report["said"]


@pytest.mark.parametrize(
    ("requires", "changes", "rule"),
    [
        ("plan", {}, "no_plan"),
        ("return_plan", {}, "no_return_plan"),
        ("gp", {}, "no_gp"),
        ("employer", {}, "no_employer"),
        ("consent_to_gp", {"gp": GP}, "no_consent"),
    ],
)
def test_every_requirement_has_its_rule(cases, run, requires, changes, rule):
    cases(a=changes)
    with Path("templates/note/document.yaml").open("a") as file:
        file.write(f"requires: [{requires}]\n")

    report = run()

    assert (report["code"], ends(report)) == (0, {"a": f"excluded: {rule}"})


def test_a_case_that_closes_the_day_after_gets_its_letter(cases, run):
    cases(a={"outcome": {"date": "2012-11-15", "kind": "to_job"}})

    assert ends(run()) == {"a": "made: new"}


def test_a_profile_may_have_protected_addresses_made(cases, run, write):
    ours = Path(__file__).parents[2] / "templates/profiles/herning.yaml"
    write({"templates/profiles/herning.yaml": ours.read_text() + "runs: {protected_address: make}\n"})
    cases(a=PROTECTED)

    assert ends(run()) == {"a": "made: new"}


def test_a_letter_of_an_earlier_run_that_a_rule_now_leaves_out_is_pointed_out(cases, run):
    cases("a")
    run()
    cases(a=CLOSED)

    report = run()

    assert said(report, "a")[1] == "is from an earlier run, and was not made again; delete it unless you need it"


def test_a_case_with_an_error_fails_and_the_others_are_made(cases, run, write):
    cases("a", "c")
    write({"cases/b.yaml": citizen_yaml(citizen={"cpr": "12"}, colour="blue")})

    report = run()

    assert (report["code"], made()) == (1, ["a/note.docx", "c/note.docx"])
    assert ends(report) == {"a": "made: new", "b": "failed: case", "c": "made: new"}
    assert [words.split(";")[0] for words in said(report, "b")] == [
        'citizen.cpr: "12" is not a CPR number',
        'the key "colour" is not known here',
    ]


@pytest.mark.parametrize("wrong", ["b.yaml", "held-back.yaml", ".kvisdocs.yaml"])
def test_all_or_nothing_makes_nothing_when_anything_is_wrong(cases, run, write, wrong):
    cases("a")
    write({f"cases/{wrong}": "kind: citizen\n" if wrong == "b.yaml" else citizen_yaml()})

    report = run("--all-or-nothing")

    assert (report["code"], made()) == (1, [])
    assert "nothing was made, since the list has errors (--all-or-nothing)\n" in report["said"]
    assert run()["counts"]["made"] == 1


def test_all_or_nothing_does_not_mind_rules(cases, run):
    cases("a", b=CLOSED)

    assert ends(run("--all-or-nothing")) == {"a": "made: new", "b": "excluded: closed"}


def test_a_path_that_is_not_there_is_an_error_and_the_others_are_made(cases, run):
    cases("a")

    report = run("nowhere")

    assert (report["code"], ends(report)) == (1, {"a": "made: new", "nowhere": "failed: case"})
    assert "nowhere: there is no such file or folder" in report["said"]


def test_wrong_usage(kvisdocs, cases):
    cases("a")

    assert kvisdocs("batch").code == 2
    assert kvisdocs("batch", "cases", "--jobs", "0").code == 2
    assert kvisdocs("batch", "cases", "-d", "nothing").code == 2
    code, _, err = kvisdocs("batch", "cases", "--report", "run.txt")
    assert (code, err.splitlines()[-1]) == (
        2,
        "Error: Invalid value for '--report': \"run.txt\" ends neither in .json nor in .html",
    )


def test_whatever_a_document_may_require_is_a_rule_of_a_run():
    assert set(RULES) == {"dates", *get_args(Requirement)}


def test_what_is_dated_after_the_letter_is_a_rule_of_its_own_with_every_such_date(cases, run):
    cases("fine", a={"self_ratings": [{"date": "2013-10-22", "value": "3"}], "steps": {"first_talk": "2013-10-22"}})

    report = run()

    assert (report["code"], ends(report)) == (0, {"a": "excluded: dated_later", "fine": "made: new"})
    assert [words.split(",")[0] for words in said(report, "a")] == [
        'no note: the step "first_talk" is dated 2013-10-22',
        "no note: the self-rating is dated 2013-10-22",
    ]
    assert "excluded: 1 dated after the letter\n" in report["said"]


def test_a_recovered_citizen_gets_no_document_that_asks_for_a_running_course(cases, run):
    cases("sick", well={"sickness": {"recovered": "2012-11-14"}})
    with Path("templates/note/document.yaml").open("a") as file:
        file.write("requires: [not_ended]\n")

    report = run()

    assert ends(report) == {"sick": "made: new", "well": "excluded: recovered"}
    assert said(report, "well") == [
        "no note: the course ended 2012-11-14, when the citizen recovered; "
        'to have it made, delete "recovered" if it is not so'
    ]


def test_a_talk_that_is_over_is_pointed_out_in_every_run_though_nothing_is_made_again(cases, run):
    track = {"purpose": "Formål", "activities": [{"goal": "Et mål", "responsible": "Du"}]}
    plan = {"agreed": "2012-10-30", "next_follow_up": "2012-11-13", "goal": "Tilbage", "employment": track}
    cases(a={"plan": plan}, b={"plan": {**plan, "next_follow_up": "2012-11-14"}})
    warning = "the next follow-up was to be on 2012-11-13, before the letter's date 2012-11-14"

    for end in ("made: new", "unchanged"):
        report = run()

        assert (report["code"], ends(report)) == (0, {"a": end, "b": end})
        assert [problem["what"] for problem in report["problems"]] == [warning]


@pytest.mark.skipif(sys.platform == "win32", reason="a timer of POSIX")
def test_a_case_that_takes_too_long_to_check_is_passed_over_and_the_others_are_not(cases, run, kvisdocs, monkeypatch):
    cases("a", "b", "c")
    check = reading.check_case

    def check_for_ever_b(loaded, folders):
        while loaded.id == "b":
            time.sleep(0.01)
        return check(loaded, folders)

    monkeypatch.setattr(reading, "check_case", check_for_ever_b)
    monkeypatch.setattr(reading.CaseReader, "seconds", 0.3)
    what = "took more than 0.3 seconds to check, and was passed over"

    report = run()

    assert ends(report) == {"a": "made: new", "b": "failed: case", "c": "made: new"}
    assert said(report, "b") == [f"{what}; look for a text in it that is very long, and shorten it"]
    assert f"cases/b.yaml: {what}" in kvisdocs("check", "cases").out
