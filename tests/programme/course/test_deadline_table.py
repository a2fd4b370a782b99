"""deadlines.md, line by line: what a caseworker would look up in a calendar is what the rules give."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import citizen_case
from table_rows import NOTHING, format_day, read_day, read_rows

from kvisdocs.programme.course.deadlines import find_step_states
from kvisdocs.programme.rules.rule_registry import load_programme, programme_names

ROWS = list(read_rows(Path(__file__).with_name("deadlines.md")))
STATUS = {"ledig": "unemployed", "opsagt": "under_notice", "selvstændig": "self_employed"}
KINDS = {"kontakt": "talk", "opkald": "phone", "brev": "letter"}


def course(cells: dict[str, str]) -> dict[str, Any]:
    """The changes that make the case of a row."""
    sickness: dict[str, Any] = {
        "first_day": read_day(cells["Første sygedag"]),
        "visitation": read_day(cells["Visitation"]),
    }
    steps: dict[str, date | None] = {}
    contacts = []
    status = "in_job"
    for word, _, rest in (part.partition(" ") for part in cells["Andet"].split("; ") if part != NOTHING):
        if word in STATUS:
            status = STATUS[word]
        elif word == "kategori":
            sickness["category"] = int(rest)
        elif word == "rask":
            sickness["recovered"] = read_day(rest)
        elif word in KINDS:
            contacts.append({"date": read_day(rest), "kind": KINDS[word]})
        else:
            steps[word] = read_day(rest)
    done = read_day(cells["Gjort"])
    if done and cells["Trin"] not in {"contacts", "follow_ups"}:
        steps[cells["Trin"]] = done
    return {"sickness": sickness, "employment": {"status": status}, "steps": steps, "contacts": contacts}


@pytest.mark.parametrize(
    ("programme", "cells"),
    [pytest.param(programme, cells, id=f"deadlines.md:{line}") for programme, line, cells in ROWS],
)
def test_a_row_of_the_table(programme: str, cells: dict[str, str]) -> None:
    on = read_day(cells["Brevdato"])
    assert on is not None
    rules = load_programme(programme)
    assert cells["Trin"] in (*rules.step_ids, *(rule.id for rule in (*rules.recurring, *rules.minimums)))
    states = find_step_states(citizen_case(programme=programme, **course(cells)), rules, on)
    found = next((state for state in states if state.id == cells["Trin"]), None)
    if found is None:
        assert (cells["Frist"], cells["Status"]) == (NOTHING, "vises ikke")
        return
    assert (format_day(found.deadline), found.words) == (cells["Frist"], cells["Status"])
    if found.done is not None:
        assert format_day(found.done) == cells["Gjort"]


def test_the_table_covers_all_programmes_that_ship_and_their_deadlines() -> None:
    assert len(ROWS) >= 80
    for name in programme_names():
        rules = load_programme(name)
        named = {cells["Trin"] for programme, _, cells in ROWS if programme == name}
        with_deadline = {step.id for step in rules.steps if step.deadline} | {
            rule.id for rule in (*rules.recurring, *rules.minimums)
        }
        assert with_deadline - named == set()


def test_a_wrong_weekday_is_found() -> None:
    with pytest.raises(AssertionError, match="2012-11-04 is a søndag, not a mandag"):
        read_day("mandag 2012-11-04")
