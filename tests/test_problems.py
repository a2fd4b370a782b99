"""Problems that many cases share are said once."""

import errno
import os

import pytest
from test_messages import Bracketed

from kvisdocs.messages import N_, message
from kvisdocs.problems import Position, Problem, Severity, group, say_refusal

AT = Position("brev/document.html.j2", 5)


def test_the_same_problem_of_many_cases_is_one_with_their_number() -> None:
    found = [(f"{number}.yaml", Problem(AT, "a number is divided by zero", "…")) for number in range(1200)]
    assert [str(problem) for problem in group(found)] == [
        "brev/document.html.j2:5: a number is divided by zero (in 1,200 cases); …"
    ]


def test_problems_that_differ_in_what_they_quote_are_one() -> None:
    def say(number: int) -> Problem:
        what = message("a.day.none", '"{day}" is not a date', day=number)
        return Problem(AT, what, N_("take another filter than {name}", name=f"f{number}"))

    (only,) = group((f"{number}.yaml", say(number)) for number in range(3))
    assert (only.what, only.code) == ('"0" is not a date (in 3 cases)', "a.day.none")


def test_a_problem_is_shown_in_another_language_and_keeps_its_code_for_programs() -> None:
    problem = Problem(AT, message("a.day.none", "no {day}", day=N_("date")), N_("mend it"), Severity.NOTE)
    assert problem.shown(Bracketed()) == f"{AT}: [note]: [no [date]]; [mend it]"
    assert (problem.as_dict()["code"], problem.as_dict()["what"]) == ("a.day.none", "no date")


def test_but_two_of_one_case_stay_two() -> None:
    found = [("a.yaml", Problem(AT, f'the id "{name}" stands twice')) for name in ("x", "y")]
    assert [problem.what for problem in group([*found, *found])] == [
        'the id "x" stands twice',
        'the id "y" stands twice',
    ]


def test_what_stands_elsewhere_is_another_problem() -> None:
    found = [(f"{line}.yaml", Problem(Position("own.css", line), "ignored")) for line in (2, 1)]
    assert [str(problem) for problem in group(found)] == ["own.css:1: ignored", "own.css:2: ignored"]


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOENT, errno.ENOSPC, errno.ENAMETOOLONG, errno.EIO])
def test_what_the_system_refuses_can_be_translated(number: int) -> None:
    said = say_refusal(OSError(number, "anything"))
    assert said.text == str(said) == os.strerror(number)


def test_what_no_list_has_is_said_as_the_system_does() -> None:
    assert str(say_refusal(OSError(12345, "strange {x}"))) == "strange {x}"
    assert str(say_refusal(OSError("alone"))) == "alone"
