"""What no question, goal or merge can show by itself: names that stand twice, and what there is not."""

import re
from collections.abc import Iterable, Iterator, Mapping

from kvisdocs.cases.model.citizen import Diagnosis, Education, EmploymentStatus
from kvisdocs.cases.model.course import CompanyCourseKind
from kvisdocs.cases.yaml.source import Step
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import suggest
from kvisdocs.programme.rules.evaluation import fold
from kvisdocs.programme.rules.rules import Programme

Found = Iterator[tuple[tuple[Step, ...], Message, Message]]

_ROWS: Mapping[str, Iterable[str]] = {
    "diagnosis": [str(each) for each in Diagnosis if each is not Diagnosis.UNKNOWN],
    "status": [str(each) for each in EmploymentStatus],
    "education": [str(each) for each in Education],
    "course": [str(each) for each in CompanyCourseKind],
    "outcome": ["full_time", "part_time", "hours_unknown", "unemployment_fund", "other", "unknown"],
}
"""The rows of the fixed tables, by the last part of their figures' names."""

_MOST = {"return_to_work": 100, "placement": 100, "self_rating": 9}
"""Nothing more can be reached: per cent, and steps on the scale from 1 to 10."""


def find_evaluation_faults(programme: Programme) -> Found:
    """The faults of what the programme is judged by."""
    for key in ("questionnaire", "offers", "end_reasons", "goals", "merges"):
        yield from _find_twice((key,), [each.id for each in getattr(programme, key)])
    yield from _find_question_faults(programme)
    for at, goal in enumerate(programme.goals):
        most = _MOST.get(goal.measure)
        if most is not None and goal.target is not None and goal.target > most:
            what = message("programme.goal.out_of_reach", "nobody reaches {target}", target=goal.target)
            yield ("goals", at, "target"), what, N_("write {most} or less", most=most)
    for at, merge in enumerate(programme.merges):
        known = list(_ROWS[merge.table])
        for number, row in enumerate(merge.of):
            if row not in known:
                what = message("programme.merge.no_row", '"{row}" is no row of that table', row=row)
                yield ("merges", at, "of", number), what, suggest(row, known)


def _find_question_faults(programme: Programme) -> Found:
    """Questions and answers that stand twice, and registrations that there are not."""
    seen: set[str] = set()
    for at, question in enumerate(programme.questionnaire):
        path: tuple[Step, ...] = ("questionnaire", at)
        yield from _find_twice((*path, "answers"), [each.id for each in question.answers])
        if fold(question.text) in seen:
            what = message("programme.question.twice", 'the question "{text}" stands twice', text=question.text)
            yield (*path, "text"), what, N_("delete one, or give it the id of the other, whose place it takes")
        seen.add(fold(question.text))
        for number, registration in enumerate(question.at):
            if programme.registrations is not None and registration > programme.web_registrations:
                what = message(
                    "programme.question.no_registration", "there is no registration {number}", number=registration
                )
                todo = N_("write 1 to {count}, or correct registrations.count", count=programme.web_registrations)
                yield (*path, "at", number), what, todo


def _find_twice(path: tuple[Step, ...], names: list[str]) -> Found:
    for at, name in enumerate(names):
        if name in names[:at]:
            what = message("programme.id.twice", 'the id "{id}" stands twice', id=name)
            yield (*path, at, "id"), what, N_("delete one, or give it another id")
        elif not re.fullmatch(r"[a-z0-9_]+", name):
            what = message("programme.id.form", '"{id}" is no name for a figure', id=name)
            yield (*path, at, "id"), what, N_("write small letters a to z, digits and _ alone")
