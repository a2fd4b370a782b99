"""A case that says `company_course` is read as today's, told so, and its faults stand where they are written."""

import pytest
from builders import citizen_yaml

from kvisdocs.cases.load import inspect_source
from kvisdocs.cases.yaml.source import scan_text
from kvisdocs.programme.checks import check_case

NOTE = (
    'case.yaml:21:1: note: the key "company_course" is called "company_courses" now, and is a list; '
    'write "company_courses:", and "- " before the first key below'
)


def said(course: object, **changes: object) -> list[str]:
    read = inspect_source("case", scan_text(citizen_yaml(company_course=course, **changes), "case.yaml"))
    return [str(problem) for problem in (check_case(read.case) if read.case else read.problems)]


@pytest.mark.parametrize("is_list", [False, True])
def test_the_old_word_keeps_working(is_list: bool) -> None:
    course = {"kind": "partial_return", "start": "2012-11-05"}
    text = citizen_yaml(company_course=[course] if is_list else course)
    read = inspect_source("case", scan_text(text, "case.yaml"))
    assert read.case
    assert [each.start.day for each in read.case.case.company_courses] == [5]
    assert [str(problem) for problem in check_case(read.case)] == [NOTE]


def test_faults_stand_where_they_are_written() -> None:
    assert said({"kind": "partial_return", "start": "2012-11-05", "end": "2012-11-04"}) == [
        NOTE,
        "case.yaml:24:8: warning: the company-directed course ends on 2012-11-04, before it begins on 2012-11-05; "
        "check both dates",
    ]
    wrong = {"kind": "partial", "start": "2012-11-45", "sted": "Lageret"}
    assert [each.partition(": ")[0] for each in said(wrong)] == ["case.yaml:22:9", "case.yaml:23:10", "case.yaml:24:3"]


def test_both_words_are_one_too_many() -> None:
    course = {"kind": "partial_return", "start": "2012-11-05"}
    assert said(course, company_courses=[course]) == [
        'case.yaml:21:1: the key "company_course" is not known here; did you mean "company_courses"?'
    ]


def test_the_old_word_alone_is_empty() -> None:
    assert len(said(None)) == 1
