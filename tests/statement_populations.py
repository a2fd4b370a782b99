"""Populations for tests of statements: cases as plain values, counted as `kvisdocs stats` counts them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from builders import DOCTOR, citizen_case
from many_cases import CONSENT

from kvisdocs.programme.rules.rule_registry import load_programme
from kvisdocs.programme.rules.rules import Programme
from kvisdocs.statistics.facts import find_facts
from kvisdocs.statistics.model import Published, Statement
from kvisdocs.statistics.statement import check_identities, lay_out_statement
from kvisdocs.statistics.tally import Tally

ON = date(2012, 11, 1)


def kvis(**changes: Any) -> Programme:
    """The programme that ships, changed where a test says so."""
    return load_programme("kvis-2011").model_copy(update=changes)


def tally_of(cases: Iterable[Mapping[str, Any]], on: date = ON, programme: Programme | None = None) -> Tally:
    """The tally of cases, each the changes to the builders' case; without a CPR number, each is another person."""
    tally = Tally()
    for number, changes in enumerate(cases):
        facts = find_facts(citizen_case(**changes), programme or kvis(), on, str)
        is_own = "citizen" in changes or not facts.person
        tally.add(facts if is_own else replace(facts, person=f"{number}"))
    return tally


def count(
    cases: Iterable[Mapping[str, Any]],
    on: date = ON,
    programme: Programme | None = None,
    threshold: int | None = None,
) -> Statement:
    """The statement of cases, whose every relation holds."""
    statement = lay_out_statement(tally_of(cases, on, programme), programme or kvis(), "herning", on, threshold)
    check_identities(statement)
    return statement


def whole(statement: Statement) -> Published:
    """An edition that hides nothing."""
    return Published(statement, "whole", 5)


def counts_of(statement: Statement, first: str) -> dict[str, int]:
    """The counts that are not none, of figures whose names begin so, by the rest of the name."""
    found = {name: figure.count for name, figure in statement.figures.items() if name.startswith(f"{first}.")}
    return {name.removeprefix(f"{first}."): number for name, number in found.items() if number}


def draw_case(rng: Random, programme: Programme) -> dict[str, Any]:
    """The changes to the builders' case of somebody drawn, of whom everything that is counted may be true."""

    def day(first: int = 0, last: int = 320) -> str:
        return (date(2012, 1, 5) + timedelta(rng.randint(first, last))).isoformat()

    def some(things: Iterable[Any], most: int = 3) -> list[Any]:
        known = list(things)
        return rng.sample(known, min(len(known), rng.randint(0, most)))

    outcome = {"date": day(), "kind": rng.choice([*OUTCOMES, "not_recovered"])}
    if outcome["kind"] == "not_recovered" and rng.random() < 0.8:
        outcome["reason"] = rng.choice([each.id for each in programme.end_reasons])
    placed = ("partial_return", "work_placement", "other")
    plan = {"kind": "partial_return", "steps": [{"start": "2012-11-19", "hours": "10", "tasks": "Pakning"}]}
    return {
        "sickness": {
            "first_day": day(-60, 280),
            "visitation": day() if rng.random() < 0.9 else None,
            "recovered": day() if rng.random() < 0.3 else None,
            "diagnoses": some(("depression", "stress", "anxiety")),
        },
        "employment": {"status": rng.choice(("in_job", "under_notice", "unemployed", "self_employed"))},
        "education": rng.choice((None, "none", "vocational", "higher", "unknown")),
        "outcome": outcome if rng.random() < 0.6 else None,
        "company_courses": [
            {"kind": rng.choice(placed), "start": day(), "end": rng.choice((None, day()))}
            for _ in range(rng.randint(0, 3))
        ],
        "offers": [{"kind": each.id, "start": day()} for each in some(programme.offers)],
        "self_ratings": [{"date": day(), "value": rng.randint(1, 10)} for _ in range(rng.randint(0, 3))],
        "contacts": [{"date": day(), "kind": "phone"} for _ in range(rng.choice((0, 1, 3, 12)))],
        "steps": {step: day() for step in some(programme.step_ids, 8)},
        "gp": rng.choice((None, DOCTOR)),
        "consents": rng.choice(([], [CONSENT])),
        "return_plan": rng.choice((None, plan)),
        "web_registrations": [
            {"number": number, "date": day(), "answers": list(_draw_answers(rng, programme, number))}
            for number in some((1, 2, 3, 4), 4)
        ],
    }


OUTCOMES = ("to_job", "full_time", "part_time", "to_unemployment_fund", "other_recovery", "not_recovered", "other")


def _draw_answers(rng: Random, programme: Programme, number: int) -> Iterator[dict[str, str]]:
    for question in programme.questionnaire:
        if question.is_asked_at(number) and rng.random() < 0.8:
            known = [each.id for each in question.answers] + (["fri tekst"] if question.free_text else [])
            for answer in rng.sample(known, rng.randint(1, 3) if question.several else 1):
                yield {"question": question.id, "answer": answer}
