"""A case as it was on a day: what is dated after it has not happened yet.

A statement of 1 November that is made in December says the same as one that was made on the day.
"""

from datetime import date
from typing import Any

from kvisdocs.cases.model.citizen import CitizenCase


def as_of(case: CitizenCase, on: date) -> CitizenCase:
    """The case without all that is dated after the day. Consents have dates of their own."""
    sickness = case.sickness
    changes: dict[str, Any] = {
        "self_ratings": tuple(each for each in case.self_ratings if each.date <= on),
        "contacts": tuple(each for each in case.contacts if each.date <= on),
        "steps": {step: day for step, day in case.steps.items() if day <= on},
        "web_registrations": tuple(each for each in case.web_registrations if each.date <= on),
        "company_courses": tuple(
            each if each.end is None or each.end < on else each.model_copy(update={"end": None})
            for each in case.company_courses
            if each.start <= on
        ),
        "offers": tuple(each for each in case.offers if each.start <= on),
        "outcome": case.outcome if case.outcome and case.outcome.date <= on else None,
        "plan": case.plan if case.plan and case.plan.agreed <= on else None,
        "return_plan": None if case.return_plan and _is_later(case.return_plan.agreed, on) else case.return_plan,
        "sickness": sickness.model_copy(
            update={
                "visitation": None if _is_later(sickness.visitation, on) else sickness.visitation,
                "recovered": None if _is_later(sickness.recovered, on) else sickness.recovered,
            }
        ),
    }
    return case.model_copy(update=changes)


def _is_later(day: date | None, on: date) -> bool:
    return day is not None and day > on
