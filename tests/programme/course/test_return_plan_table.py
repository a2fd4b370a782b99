"""return_plans.md, line by line, under both programmes: they agree on the graded plan."""

from pathlib import Path
from typing import Any

import pytest
from builders import citizen_case
from table_rows import NOTHING, read_day, read_rows

from kvisdocs.programme.course.return_plan import Finding, check_return_plan
from kvisdocs.programme.rules.rule_registry import load_programme

ROWS = list(read_rows(Path(__file__).with_name("return_plans.md")))
STATUS = {"ledig": "unemployed", "opsagt": "under_notice", "selvstændig": "self_employed"}


def step(text: str) -> dict[str, object]:
    """`mandag 2015-09-07 20 til søndag 2015-10-04` → a step of the plan."""
    begin, _, end = text.partition(" til ")
    start, _, hours = begin.rpartition(" ")
    return {"start": read_day(start), "hours": hours, "tasks": "Bilag", "end": read_day(end or NOTHING)}


def course(cells: dict[str, str]) -> dict[str, Any]:
    """The changes that make the case of a row."""
    words = cells["Tilknytning"].split(" ")
    notice_ends = read_day(" ".join(words[-2:])) if len(words) > 2 else None
    status = next((STATUS[word] for word in words if word in STATUS), "in_job")
    norm = None if cells["Normtimer"] == NOTHING else cells["Normtimer"]
    return {
        "employment": {"status": status, "norm_hours": norm, "notice_ends": notice_ends},
        "return_plan": {
            "kind": "work_placement" if "praktik" in words else "partial_return",
            "steps": [step(part) for part in cells["Trin"].split("; ")],
        },
    }


def place(finding: Finding) -> str:
    """`trin 2 hours`, or the last key of the place."""
    found = finding.path
    if "steps" in found:
        at = found.index("steps") + 1
        return " ".join(["trin", str(int(found[at]) + 1), *map(str, found[at + 1 :])])
    return str(found[-1])


@pytest.mark.parametrize("programme", ["kvis-2011", "reform-2014"])
@pytest.mark.parametrize("cells", [pytest.param(cells, id=f"return_plans.md:{line}") for _, line, cells in ROWS])
def test_a_row_of_the_table(programme: str, cells: dict[str, str]) -> None:
    findings = check_return_plan(citizen_case(**course(cells)), load_programme(programme))
    wanted = [] if cells["Advarsel"] == NOTHING else [(cells["Hvor"], cells["Advarsel"])]
    assert [(place(finding), finding.what) for finding in findings] == wanted


def test_other_rules_in_the_file_give_other_findings() -> None:
    """The numbers come from the rule file: nothing of the table stands in the code."""
    rules = load_programme("reform-2014")
    plan = rules.return_plan
    others = plan.model_copy(
        update={
            "rising_hours": plan.rising_hours.model_copy(update={"may_fall": True}),
            "min_absence": plan.min_absence.model_copy(update={"hours_a_week": 8}),
            "max_length": plan.max_length.model_copy(update={"weeks": 2}),
        }
    )
    steps = [step("mandag 2015-09-07 30"), step("mandag 2015-09-14 20"), step("mandag 2015-09-28 37")]
    case = citizen_case(return_plan={"kind": "partial_return", "steps": steps})
    assert [finding.what for finding in check_return_plan(case, rules)] == ["the hours fall from 30 to 20"]
    assert [finding.what for finding in check_return_plan(case, rules.model_copy(update={"return_plan": others}))] == [
        "30 of 37 hours leave 7 hours of absence a week, and sickness benefit needs 8",
        "the partial return lasts 3 weeks, and 2 weeks are the main rule",
    ]
