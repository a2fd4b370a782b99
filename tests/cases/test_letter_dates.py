"""Which days of a case a letter may tell as done, and which plans it should not speak of as ahead."""

from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

import pytest
from builders import citizen_case, committee_item
from pydantic import BaseModel

from kvisdocs.cases.consents.consent import DataType
from kvisdocs.cases.letter_dates import AHEAD, FACTS, find_late, find_later, find_outdated
from kvisdocs.cases.load import KINDS
from kvisdocs.cases.views import Audience

ON = date(2012, 11, 14)
LATER = "2012-11-15"
TRACK = {"purpose": "Formål", "activities": [{"goal": "Et mål", "responsible": "Du"}]}
PLAN = {"agreed": "2012-10-30", "goal": "Tilbage", "employment": TRACK}
RETURN_PLAN = {"kind": "partial_return", "steps": [{"start": "2012-11-19", "hours": "8", "tasks": "Bilag"}]}


def days_of(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """The dotted path of every day that a model can hold."""
    for name, field in model.model_fields.items():
        below = f"{path}.{name}".lstrip(".")
        for kind in flat(field.annotation):
            if kind is date:
                yield below
            elif isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from days_of(kind, below)


def flat(hint: Any) -> Iterator[Any]:
    """The types that an annotation is put together from."""
    if inner := get_args(hint):
        for each in inner:
            yield from flat(each)
    else:
        yield hint


def later(audience: Audience = Audience.CITIZEN, covered: tuple[DataType, ...] = (), **case: Any) -> list[str]:
    found = find_later(find_late(citizen_case(**case), ON), audience, covered)
    return [f"{'.'.join(map(str, each.path))}: {each.what}; {each.todo}" for each in found]


def later_item(**item: Any) -> list[str]:
    found = find_later(find_late(committee_item(**item), ON), Audience.COMMITTEE, ())
    return [f"{'.'.join(map(str, each.path))}: {each.what}" for each in found]


def test_every_day_of_all_models_is_a_fact_or_lies_ahead() -> None:
    """A day that is added to a model has to be judged: put it into FACTS, or into AHEAD with the reason."""
    facts = [fact.path for facts in FACTS.values() for fact in facts]
    judged = [*facts, *AHEAD]
    assert sorted(set(judged)) == sorted({path for model in KINDS.values() for path in days_of(model)})


# ---- what the citizen's plan tells as done ----


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (
            {"sickness": {"visitation": LATER}},
            "sickness.visitation: the visitation is dated 2012-11-15, after the letter's date 2012-11-14; "
            "correct that date, or give the letter a later --date",
        ),
        (
            {"plan": {**PLAN, "agreed": LATER}},
            "plan.agreed: the plan was agreed on 2012-11-15, after the letter's date 2012-11-14; "
            "correct that date, or give the letter a later --date",
        ),
        (
            {"return_plan": {**RETURN_PLAN, "agreed": LATER}},
            "return_plan.agreed: the graded return plan was agreed on 2012-11-15, after the letter's date 2012-11-14; "
            "correct that date, or give the letter a later --date",
        ),
        (
            {"steps": {"first_talk": "2012-10-22", "ceb_talk": LATER}},
            'steps.ceb_talk: the step "ceb_talk" is dated 2012-11-15, after the letter\'s date 2012-11-14; '
            "delete it until it is done, correct that date, or give the letter a later --date",
        ),
        (
            {"contacts": [{"date": "2012-11-14", "kind": "phone"}, {"date": LATER, "kind": "talk"}]},
            "contacts.1.date: the contact is dated 2012-11-15, after the letter's date 2012-11-14; "
            "write a talk to come as plan.next_follow_up, correct that date, or give the letter a later --date",
        ),
        (
            {"self_ratings": [{"date": LATER, "value": "3"}]},
            "self_ratings.0.date: the self-rating is dated 2012-11-15, after the letter's date 2012-11-14; "
            "correct that date, or give the letter a later --date",
        ),
        (
            {"web_registrations": [{"number": "1", "date": LATER}]},
            "web_registrations.0.date: the web registration is dated 2012-11-15, after the letter's date 2012-11-14; "
            "correct that date, or give the letter a later --date",
        ),
        (
            {"plan": {**PLAN, "joint_statuses": [{"date": LATER, "agreed_by": ["citizen"], "text": "Godt."}]}},
            "plan.joint_statuses.0.date: the joint status is dated 2012-11-15, after the letter's date 2012-11-14; "
            "correct that date, or give the letter a later --date",
        ),
        (
            {"plan": {**PLAN, "social": {**TRACK, "activities": [{**TRACK["activities"][0], "status_on": LATER}]}}},
            "plan.social.activities.0.status_on: the status is dated 2012-11-15, after the letter's date 2012-11-14; "
            "correct that date, or give the letter a later --date",
        ),
    ],
)
def test_what_was_done_after_the_letter_is_refused_at_its_day(change: dict[str, Any], wanted: str) -> None:
    assert later(**change) == [wanted]


def test_what_was_done_on_the_letters_day_is_told() -> None:
    today = str(ON)
    contacts, ratings = [{"date": today, "kind": "talk"}], [{"date": today, "value": "3"}]
    assert later(plan={**PLAN, "agreed": today}, contacts=contacts, self_ratings=ratings) == []


def test_of_a_course_that_begins_after_the_letter_only_that_is_said() -> None:
    sickness = {"first_day": "2026-08-31", "visitation": "2026-10-12"}
    found = later(sickness=sickness, plan={**PLAN, "agreed": "2026-11-02"}, steps={"ceb_talk": "2026-10-19"})
    assert found == [
        "sickness.first_day: the first day of sickness is 2026-08-31, after the letter's date 2012-11-14; "
        "correct that date, or give the letter a later --date"
    ]


def test_what_is_planned_or_announced_may_lie_ahead() -> None:
    ahead = "2013-02-04"
    activity = {**TRACK["activities"][0], "due": ahead}
    assert (
        later(
            sickness={"recovered": ahead},
            employment={"notice_ends": ahead},
            plan={**PLAN, "next_follow_up": ahead, "employment": {**TRACK, "activities": [activity]}},
            return_plan=RETURN_PLAN,
            company_courses=[{"kind": "partial_return", "start": ahead}],
            offers=[{"kind": "mentor", "start": ahead}],
            outcome={"date": ahead, "kind": "to_job"},
            consents=[{"kind": "obtain", "party": "gp", "covers": ["arbejdsevnen"], "given": ahead}],
        )
        == []
    )


# ---- what others are told ----


def test_the_doctor_is_told_of_no_talk_and_of_the_plan_only_where_the_consent_covers_some_of_it() -> None:
    case = {"plan": {**PLAN, "agreed": LATER}, "contacts": [{"date": LATER, "kind": "talk"}]}
    assert later(Audience.GP, (DataType.PARTICIPATION,), **case) == []
    for covered in (DataType.RETURN_GOAL, DataType.SOCIAL):
        (found,) = later(Audience.GP, (DataType.PARTICIPATION, covered), **case)
        assert found.startswith("plan.agreed: ")


def test_the_employer_is_told_that_the_graded_plan_is_agreed_and_that_somebody_is_on_sick_leave() -> None:
    covered = (DataType.RETURN_PLAN,)
    (found,) = later(Audience.EMPLOYER, covered, return_plan={**RETURN_PLAN, "agreed": LATER})
    assert found.startswith("return_plan.agreed: ")
    (found,) = later(Audience.EMPLOYER, covered, sickness={"first_day": LATER}, return_plan=RETURN_PLAN)
    assert found.startswith("sickness.first_day: ")
    assert later(Audience.EMPLOYER, covered, plan={**PLAN, "agreed": LATER}, return_plan=RETURN_PLAN) == []


# ---- committee items ----

MEETING = {"date": "2012-11-28"}


def test_a_paper_for_a_meeting_to_come_is_made() -> None:
    course = [{"committee": "Økonomiudvalget", "date": "2012-12-05"}, {"committee": "Byrådet", "date": "2012-12-12"}]
    assert later_item(meeting={**MEETING, "absent": [{"name": "Anna Sivertsen"}]}, course=course) == []


@pytest.mark.parametrize(
    "told", [{"decisions": [{"text": "Godkendt."}]}, {"meeting": {**MEETING, "present": [{"name": "Anna Sivertsen"}]}}]
)
def test_what_came_of_a_meeting_to_come_is_not_told(told: dict[str, Any]) -> None:
    attachments = [{"title": "Statistik", "date": LATER}]
    assert later_item(**{"meeting": MEETING, "attachments": attachments, **told}) == [
        "meeting.date: the meeting, of which the item tells what came, is on 2012-11-28, "
        "after the letter's date 2012-11-14"
    ]


def test_decisions_stages_and_attachments_have_days_of_their_own() -> None:
    found = later_item(
        meeting=MEETING,
        decisions=[{"text": "Anbefales.", "date": "2012-11-14"}, {"text": "Godkendt.", "date": LATER}],
        course=[{"committee": "Byrådet", "date": LATER, "text": "Anbefales"}],
        attachments=[{"title": "Statistik", "date": LATER}],
    )
    assert found == [
        "decisions.1.date: the decision is dated 2012-11-15, after the letter's date 2012-11-14",
        "course.0.date: the committee's treatment is dated 2012-11-15, after the letter's date 2012-11-14",
        "attachments.0.date: the attachment is dated 2012-11-15, after the letter's date 2012-11-14",
    ]


# ---- plans that lie behind ----

OVER = {"kind": "partial_return", "steps": [{"start": "2012-10-01", "end": "2012-11-13", "hours": "8", "tasks": "B"}]}


def outdated(**case: Any) -> str | None:
    found = find_outdated(citizen_case(**case), ON)
    return f"{'.'.join(map(str, found.path))}: {found.what}; {found.todo}" if found else None


def test_a_next_follow_up_before_the_letter_is_pointed_out_and_the_graded_plan_is_not_too() -> None:
    assert outdated(plan={**PLAN, "next_follow_up": "2012-11-13"}, return_plan=OVER) == (
        "plan.next_follow_up: the next follow-up was to be on 2012-11-13, before the letter's date 2012-11-14; "
        "write the day of the next one, or give the letter an earlier --date"
    )
    assert outdated(plan={**PLAN, "next_follow_up": "2012-11-14"}) is None


def test_a_graded_plan_that_is_over_is_pointed_out() -> None:
    assert outdated(return_plan=OVER) == (
        "return_plan.steps.0.end: the graded return plan ended on 2012-11-13, before the letter's date 2012-11-14; "
        "add its next steps, or the recovery"
    )
    assert outdated(return_plan=RETURN_PLAN) is None


def test_of_an_ended_course_nothing_lies_ahead() -> None:
    plan = {**PLAN, "next_follow_up": "2012-11-13"}
    assert outdated(plan=plan, sickness={"recovered": "2012-11-01"}) is None
    assert outdated(plan=plan, outcome={"date": "2012-11-14", "kind": "other"}) is None
    assert outdated(plan=plan, sickness={"recovered": "2012-11-15"}) is not None


def test_a_committee_item_has_no_plan() -> None:
    assert find_outdated(committee_item(), ON) is None
