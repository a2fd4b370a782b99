"""Slips of somebody in a hurry in what a case has to be counted: each is told in one line, with what was meant."""

import pytest
from builders import citizen_yaml

from kvisdocs.cases.load import inspect_source
from kvisdocs.cases.yaml.source import scan_text
from kvisdocs.programme.checks import check_case
from kvisdocs.programme.rules.case_names import check_names

WEB = "web_registrations:\n  - number: 2\n    date: 2012-11-22\n    answers:\n"
END = "outcome:\n  date: 2012-11-12\n  kind: "
HELPS = "Hvor meget hjælper den samlede indsats?"


def said(more: str, diagnoses: str = "") -> list[str]:
    text = citizen_yaml() + more
    if diagnoses:
        text = text.replace("  visitation:", f"  {diagnoses}\n  visitation:")
    source = scan_text(text, "sag.yaml")
    read = inspect_source("sag", source)
    if read.case:
        return [str(each) for each in check_case(read.case)]
    return [str(each) for each in (*read.problems, *check_names(source))]


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ("company_courses:\n  kind: partial_return\n  start: 2012-11-05\n", "22:3: company_courses should be a list"),
        ("company_courses: praktik\n", '21:18: company_courses should be a list ("praktik")'),
        ("companycourses: []\n", '21:1: the key "companycourses" is not known here; did you mean "company_courses"?'),
        ("praktik: []\n", '21:1: the key "praktik" is not known here; did you mean "company_courses"?'),
        (
            "company_courses:\n  - {kind: work_placement, start: 2012-11-05, days_planned: 0}\n",
            '22:61: company_courses[1].days_planned is too small ("0"); write 1 or more',
        ),
        ("tilbud: []\n", '21:1: the key "tilbud" is not known here; did you mean "offers"?'),
        ("offers:\n  - psychoeducation\n", '22:5: offers[1] should hold keys of its own ("psychoeducation")'),
        (
            "offers:\n  - kind: mentor\n    dato: 2012-11-05\n",
            '23:5: the key "dato" is not known here; did you mean "start"?',
        ),
        (
            "offers:\n  - kind: mentor\n    start: 2012-11-05\n    sessions: 6\n",
            '24:5: the key "sessions" is not known here; did you mean "sessions_planned"?',
        ),
        (
            "offers:\n  - kind: mentor\n    start: 2012-11-05\n    fremmøde: 6\n",
            '24:5: the key "fremmøde" is not known here; did you mean "sessions_attended"?',
        ),
        (END + "fuldtid\n", '23:9: outcome.kind: "fuldtid" is not one of the values; did you mean "full_time"?'),
        (END + "deltid\n", '23:9: outcome.kind: "deltid" is not one of the values; write part_time, which means'),
        (END + "a-kasse\n", '23:9: outcome.kind: "a-kasse" is not one of the values; write to_unemployment_fund'),
        (
            END + "not_recovered\n  grund: moved\n",
            '24:3: the key "grund" is not known here; did you mean "reason"?',
        ),
        (
            END + "not_recovered\n  reason: Flyttet til en anden kommune\n",
            '24:11: kvis-2011 has no reason to end "Flyttet til en anden kommune"; write moved, which means',
        ),
        ("education: ukendt\n", '21:12: education: "ukendt" is not one of the values; write unknown, which means'),
        (WEB + "      - {spørgsmål: helps, answer: much}\n", '25:10: the key "spørgsmål" is not known here; did you'),
        (WEB + "      - {question: helps, answer: [much]}\n", "25:35: web_registrations[1].answers[1].answer: holds"),
        (WEB + "      - {question: helps, answer: høj grad}\n", '25:35: warning: "høj grad" is not an answer to'),
    ],
)
def test_one_line_says_what_was_meant(more: str, wanted: str) -> None:
    (found,) = said(more)
    assert found.startswith(f"sag.yaml:{wanted}")


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("diagnoses: [unknown, stress]", '"unknown" stands beside other diagnoses; delete "unknown", or the others'),
        ("diagnoses: [ukendt]", 'write unknown, which means "Ukendt diagnose"'),
        ("diagnoses: [ingen]", 'write none, which means "Ingen af disse grupper"'),
        ("diagnoses: unknown", "should be a list"),
        ("extent: delvist", 'write partial, which means "Delvist sygemeldt"'),
    ],
)
def test_what_is_unknown_is_said_as_such(line: str, wanted: str) -> None:
    (found,) = said("", line)
    assert wanted in found
