"""What a copied case left behind, seen beside the other cases: `check` and a run say the same, at the same place."""

from typing import Any

import yaml
from batch_results import ends, made
from builders import COMMITTEE, citizen_yaml

STRAY = '"Åse Østergård" is nobody in this case, but the citizen in cases/a.yaml'


def with_goal(goal: str) -> dict[str, Any]:
    """A case of another citizen with a plan."""
    activities = [{"goal": "20 timer", "responsible": "Du"}]
    return {
        "case_number": "12/9",
        "citizen": {"first_names": "Ib", "last_name": "Prøve", "cpr": "700101-1118"},
        "plan": {"agreed": "2012-11-01", "goal": goal, "employment": {"purpose": "Job", "activities": activities}},
    }


def test_a_name_of_another_case_is_told_at_its_place(write, note, run, kvisdocs):
    write(
        {"cases/a.yaml": citizen_yaml(), "cases/b.yaml": citizen_yaml(**with_goal("Som aftalt\nkommer Åse Østergård."))}
    )

    said = [kvisdocs("check", "cases").out, run()["said"]]

    assert ["STRAY" if STRAY in each else each for each in said] == ["STRAY", "STRAY"]
    assert all("cases/b.yaml:2" in line for each in said for line in each.splitlines() if STRAY in line)


def test_a_run_that_told_of_it_tells_again_when_all_are_read(write, note, run):
    write({"cases/a.yaml": citizen_yaml(), "cases/b.yaml": citizen_yaml(**with_goal("Åse Østergård kommer."))})
    first = run()
    assert ends(first) == {"a": "made: new", "b": "made: new"}  # the note does not print the plan
    assert made() == ["a/note.docx", "b/note.docx"]
    assert STRAY in first["said"]


def test_items_of_one_meeting_are_compared(write, kvisdocs):
    def item(**changes: Any) -> str:
        return str(yaml.safe_dump({**COMMITTEE, **changes}, allow_unicode=True, sort_keys=False))

    write({"cases/x.yaml": item(), "cases/y.yaml": item(title="Budget 2013")})
    assert kvisdocs("check", "cases").out.startswith(
        'cases/y.yaml:6:9: warning: item 87 of this meeting is "Midtvejsevaluering af KVIS" in cases/x.yaml:6:9; '
    )


def test_one_case_id_in_two_folders_is_told_by_check(write, kvisdocs):
    write({"cases/x/a.yaml": citizen_yaml(), "cases/y/A.yaml": citizen_yaml(**with_goal("Fuld tid"))})
    code, out, _ = kvisdocs("check", "cases")
    assert code == 1
    assert out.startswith('cases/y/A.yaml: has the same case id as cases/x/a.yaml, "A"')
