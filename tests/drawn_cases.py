"""Citizens' cases drawn by chance, with all that a statement counts: changes to the builders' case."""

from datetime import date, timedelta
from random import Random
from typing import Any

from kvisdocs.programme.rules.rules import Programme

FIRST = date(2012, 1, 2)
DIAGNOSES = {"depression": 0.6, "stress": 0.45, "anxiety": 0.07}
OUTCOMES = {
    "full_time": 20,
    "part_time": 8,
    "to_job": 4,
    "to_unemployment_fund": 30,
    "other_recovery": 14,
    "not_recovered": 6,
}


def draw_case(chance: Random, programme: Programme, last: date) -> dict[str, Any]:
    """A case visited on or before the last day."""
    visited = FIRST + timedelta(chance.randrange((last - FIRST).days + 1))
    status = _choose(chance, {"in_job": 49, "under_notice": 16, "unemployed": 34, "self_employed": 1})
    case: dict[str, Any] = {
        "sickness": {
            "first_day": (visited - timedelta(42)).isoformat(),
            "visitation": visited.isoformat(),
            "diagnoses": _diagnoses(chance),
        },
        "employment": {"status": status},
        "education": _choose(chance, {"vocational": 48, "higher": 33, "none": 12, "unknown": 7}),
        "web_registrations": list(_registrations(chance, programme, visited, last)),
        "company_courses": [],
    }
    if chance.random() < 0.42:
        kind = _choose(chance, {"partial_return": 60, "work_placement": 35, "other": 5})
        case["company_courses"].append({"kind": kind, "start": (visited + timedelta(21)).isoformat()})
    if chance.random() < 0.53:
        ended = visited + timedelta(chance.randrange(20, 200))
        case["outcome"] = {"date": ended.isoformat(), "kind": _choose(chance, OUTCOMES)}
        if case["outcome"]["kind"] == "not_recovered":
            case["outcome"]["reason"] = chance.choice(programme.end_reasons).id if programme.end_reasons else None
    if chance.random() < 0.5:
        days = [visited, visited + timedelta(60)]
        case["self_ratings"] = [{"date": day.isoformat(), "value": str(chance.randrange(1, 11))} for day in days]
    return case


def _choose(chance: Random, weights: dict[str, int]) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def _diagnoses(chance: Random) -> list[str]:
    groups = [group for group, share in DIAGNOSES.items() if chance.random() < share]
    return groups or ["none"]


def _registrations(chance: Random, programme: Programme, visited: date, last: date) -> Any:
    for number in range(1, programme.web_registrations + 1):
        day = visited + timedelta(35 * (number - 1))
        if day > last or chance.random() < 0.1:
            return
        answers = []
        for question in programme.questionnaire:
            if question.is_asked_at(number) and question.answers and chance.random() < 0.97:
                weights = [2.0 ** -(place * 0.8) for place in range(len(question.answers))]
                number_of = chance.randrange(1, 3) if question.several else 1
                chosen = {option.id for option in chance.choices(question.answers, weights, k=number_of)}
                answers += [{"question": question.id, "answer": each} for each in sorted(chosen)]
        yield {"number": str(number), "date": day.isoformat(), "answers": answers}
