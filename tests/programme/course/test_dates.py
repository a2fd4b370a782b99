from typing import Any

import pytest
from builders import citizen_case

from kvisdocs.programme.course.dates import check_course_dates
from kvisdocs.programme.rules.rule_registry import load_programme

KVIS = load_programme("kvis-2011")
TRACK = {"purpose": "Arbejde", "activities": [{"goal": "Praktik", "responsible": "CEB", "due": "2012-12-01"}]}


def found(**changes: Any) -> list[tuple[str, str]]:
    """Where each finding is and what it says; the case was first sick on 2012-09-10 and visited on 2012-10-22."""
    findings = check_course_dates(citizen_case(**changes), KVIS)
    return [(".".join(map(str, finding.path)), finding.what) for finding in findings]


def test_a_sound_course_has_no_findings() -> None:
    assert (
        found(
            sickness={"recovered": "2013-02-04"},
            steps={"first_talk": "2012-09-20", "ceb_talk": "2012-10-22", "job_consultant_agreement": "2012-10-22"},
            self_ratings=[{"date": "2012-10-22", "value": "3"}, {"date": "2012-11-22", "value": "4"}],
            web_registrations=[{"number": "2", "date": "2012-11-22"}, {"number": "1", "date": "2012-10-22"}],
            consents=[
                {
                    "kind": "disclose",
                    "party": "gp",
                    "covers": ["mål"],
                    "given": "2012-10-22",
                    "expires": "2012-10-22",
                    "withdrawn": "2012-10-22",
                }
            ],
            plan={"agreed": "2012-10-22", "next_follow_up": "2012-11-05", "goal": "Job", "employment": TRACK},
            return_plan={
                "kind": "work_placement",
                "steps": [
                    {"start": "2012-11-01", "end": "2012-11-30", "hours": "10", "tasks": "Lager"},
                    {"start": "2012-12-01", "hours": "20", "tasks": "Lager"},
                ],
            },
            outcome={"date": "2013-02-04", "kind": "to_job"},
        )
        == []
    )


@pytest.mark.parametrize(
    ("changes", "path", "what"),
    [
        (
            {"sickness": {"recovered": "2012-10-01"}},
            "sickness.recovered",
            "recovered on 2012-10-01, before the visitation on 2012-10-22",
        ),
        (
            {"employment": {"status": "under_notice", "notice_ends": "2012-09-30"}},
            "employment.notice_ends",
            "the last day of work, 2012-09-30, is before the visitation on 2012-10-22",
        ),
        (
            {"outcome": {"date": "2012-10-01", "kind": "to_job"}},
            "outcome.date",
            "the course ended on 2012-10-01, before the visitation on 2012-10-22",
        ),
        (
            {"outcome": {"date": "2012-09-01", "kind": "to_job"}},
            "outcome.date",
            "the course ended on 2012-09-01, before the first day of sickness on 2012-09-10",
        ),
        (
            {"steps": {"ceb_talk": "2012-10-21"}},
            "steps.ceb_talk",
            'the step "ceb_talk" is dated 2012-10-21, before the visitation on 2012-10-22, '
            "from which its deadline runs",
        ),
        (
            {"steps": {"ceb_talk": "2012-10-29", "job_consultant_agreement": "2012-10-28"}},
            "steps.job_consultant_agreement",
            'the step "job_consultant_agreement" is dated 2012-10-28, before the step "ceb_talk" on 2012-10-29, '
            "from which its deadline runs",
        ),
        (
            {"self_ratings": [{"date": "2012-11-22", "value": "3"}, {"date": "2012-10-22", "value": "4"}]},
            "self_ratings.1.date",
            "self-rating 2 is dated 2012-10-22, before self-rating 1, 2012-11-22",
        ),
        (
            {"self_ratings": [{"date": "2012-11-22", "value": "3"}, {"date": "2012-11-22", "value": "4"}]},
            "self_ratings.1.date",
            "self-rating 2 is dated 2012-11-22, on the same day as self-rating 1, 2012-11-22",
        ),
        (
            {"web_registrations": [{"number": "1", "date": "2012-11-22"}, {"number": "1", "date": "2012-11-23"}]},
            "web_registrations.1.number",
            "web registration 1 stands twice",
        ),
        (
            {"web_registrations": [{"number": "1", "date": "2012-11-22"}, {"number": "2", "date": "2012-11-01"}]},
            "web_registrations.1.date",
            "web registration 2 is dated 2012-11-01, and number 1 2012-11-22: they are not in order",
        ),
    ],
)
def test_days_that_are_the_wrong_way_round(changes: dict[str, Any], path: str, what: str) -> None:
    assert found(**changes) == [(path, what)]


def test_a_consent_that_ends_before_it_begins() -> None:
    consent = {"kind": "disclose", "party": "gp", "covers": ["mål"], "given": "2012-10-22"}
    assert found(consents=[consent, {**consent, "expires": "2012-10-21", "withdrawn": "2012-10-01"}]) == [
        ("consents.1.expires", "consent 2 expires on 2012-10-21, before it was given on 2012-10-22"),
        ("consents.1.withdrawn", "consent 2 was withdrawn on 2012-10-01, before it was given on 2012-10-22"),
    ]


def test_a_plan_that_looks_back() -> None:
    reached = {"goal": "Kursus", "responsible": "CEB", "due": "2012-10-01", "progress": "reached"}
    early = {"goal": "Praktik", "responsible": "CEB", "due": "2012-10-01"}
    track = {"purpose": "Arbejde", "activities": [reached, early]}
    plan = {"agreed": "2012-10-20", "next_follow_up": "2012-10-20", "goal": "Job", "employment": track}
    assert found(plan=plan) == [
        ("plan.agreed", "the plan was agreed on 2012-10-20, before the visitation, 2012-10-22"),
        (
            "plan.next_follow_up",
            "the next follow-up, 2012-10-20, is not after the day the plan was agreed, 2012-10-20",
        ),
        (
            "plan.employment.activities.1.due",
            '"Praktik" was due on 2012-10-01, before the plan was agreed on 2012-10-20',
        ),
    ]


def test_a_graded_plan_with_a_gap_and_one_before_the_sickness() -> None:
    steps = [
        {"start": "2012-09-03", "end": "2012-11-30", "hours": "10", "tasks": "Lager"},
        {"start": "2012-12-03", "hours": "20", "tasks": "Lager"},
    ]
    assert found(return_plan={"kind": "work_placement", "steps": steps}) == [
        (
            "return_plan.steps.0.start",
            "the graded plan begins on 2012-09-03, before the first day of sickness, 2012-09-10",
        ),
        ("return_plan.steps.1.start", "no step covers the days between 2012-11-30 and 2012-12-03"),
    ]


def test_what_was_agreed_after_it_began_or_ended() -> None:
    track = {"purpose": "Arbejde", "activities": [{"goal": "Praktik", "responsible": "CEB"}]}
    status = {"date": "2013-03-01", "agreed_by": ["citizen"], "text": "Godt"}
    plan = {"agreed": "2013-02-05", "goal": "Job", "employment": track, "joint_statuses": [status]}
    step = {"start": "2013-02-05", "hours": "5", "tasks": "Lager"}
    graded = {"kind": "work_placement", "agreed": "2013-02-06", "steps": [step]}
    assert found(sickness={"recovered": "2013-02-04"}, plan=plan, return_plan=graded) == [
        ("return_plan.agreed", "the graded plan was agreed on 2013-02-06, after it began on 2013-02-05"),
        ("plan.agreed", "the plan was agreed on 2013-02-05, after the course ended on 2013-02-04"),
        ("return_plan.agreed", "the graded plan was agreed on 2013-02-06, after the course ended on 2013-02-04"),
        ("plan.joint_statuses.0.date", "joint status 1 is dated 2013-03-01, after the course ended on 2013-02-04"),
    ]
