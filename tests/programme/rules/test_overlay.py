"""A rule file that says only what differs: what it changes, what it leaves, and where its faults stand."""

import json
from pathlib import Path

import jsonschema
import pytest

from kvisdocs.problems import KvisdocsError
from kvisdocs.programme.rules.rule_registry import describe_standing, load_programme, locate_rule, programme_schema

LAW = load_programme("forenkling-2025")
CONFIRMED = "name: forenkling-2025\nbase: forenkling-2025\nconfirmed: {by: Jurist Prøve, on: 2026-11-02}\n"
STEP = "\n".join(
    [
        "  - id: {id}",
        "    label: Hjemmebesøg",
        "    reference: Byrådets beslutning af 2. november 2026",
        "    sure: source\n",
    ]
)


def own(folder: Path, name: str, text: str) -> Path:
    file = folder / "programmes" / f"{name}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def faults(folder: Path, name: str, text: str) -> list[str]:
    file = own(folder, name, text)
    with pytest.raises(KvisdocsError) as caught:
        load_programme(name, (folder,))
    return [str(problem).replace(f"{file}:", "", 1) for problem in caught.value.problems]


def test_a_jurist_confirms_a_law_with_three_lines_and_what_rests_on_it_is_confirmed_too(tmp_path: Path) -> None:
    own(tmp_path, "forenkling-2025", CONFIRMED)
    own(tmp_path, "holstebro", "name: holstebro\nbase: kvis\nlabel: Holstebros indsats\n")
    assert describe_standing(LAW) is not None
    for name in ("forenkling-2025", "kvis", "holstebro"):
        assert describe_standing(load_programme(name, (tmp_path,))) is None
        assert describe_standing(load_programme("forenkling-2025")) is not None
    mine = load_programme("forenkling-2025", (tmp_path,))
    assert mine.model_copy(update={"confirmed": None, "base": LAW.base}) == LAW


def test_a_municipality_renames_the_project_and_keeps_its_steps(tmp_path: Path) -> None:
    own(tmp_path, "holstebro", "name: holstebro\nbase: kvis\nlabel: Holstebros indsats\n")
    mine, kvis = load_programme("holstebro", (tmp_path,)), load_programme("kvis")
    assert (mine.label, mine.steps, mine.minimums) == ("Holstebros indsats", kvis.steps, LAW.minimums)


def test_steps_are_added_replaced_moved_and_dropped(tmp_path: Path) -> None:
    text = "name: own\nbase: forenkling-2025\ndrop: [gp_visit, '1', legal_notice]\nsteps:\n"
    text += (
        STEP.format(id="visit")
        + STEP.format(id="information_form")
        + STEP.format(id="second").replace("    label", "    after: employer_talk\n    label")
    )
    text += STEP.format(id="reassessment").replace("    label", "    after: second\n    label")
    own(tmp_path, "own", text)
    mine = load_programme("own", (tmp_path,))
    assert mine.step_ids == (
        *("information_form", "employer_talk", "second", "reassessment", "early_request", "first_talk"),
        *("follow_up_plan", "return_plan", "visit"),
    )
    assert [step.label for step in mine.steps].count("Hjemmebesøg") == 4
    assert [category.number for category in mine.categories] == [2]
    assert mine.legal_notice is None
    assert all(step.after is None for step in mine.steps)


def test_the_return_plan_goes_by_its_keys(tmp_path: Path) -> None:
    text = (
        "name: own\nbase: kvis\nreturn_plan:\n  max_length: {weeks: 13, reference: Byrådets beslutning, sure: source}\n"
    )
    own(tmp_path, "own", text)
    mine = load_programme("own", (tmp_path,)).return_plan
    assert (mine.max_length.weeks, mine.min_absence) == (13, LAW.return_plan.min_absence)


def test_a_rule_is_found_in_the_file_that_says_it(tmp_path: Path) -> None:
    own(tmp_path, "own", "name: own\nbase: kvis\nsteps:\n" + STEP.format(id="visit"))
    steps = load_programme("own", (tmp_path,)).step_ids
    found = {step: locate_rule("own", ("steps", at, "label"), (tmp_path,)) for at, step in enumerate(steps)}
    names = {step: Path(place.file).name for step, place in found.items()}
    assert (names["visit"], names["start_talk"], names["follow_up_plan"]) == ("own.yaml", "kvis.yaml", "kvis.yaml")
    assert (names["first_talk"], names["employer_talk"]) == ("forenkling-2025.yaml", "forenkling-2020.yaml")
    assert (found["visit"].line, found["visit"].column) == (5, 12)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: own\nbase: kvsi\n", '2:7: there is no programme "kvsi"; did you mean "kvis"?'),
        (
            "name: own\nbase: [kvis]\n",
            '2:1: "base" should be the name of a programme; write one name, or delete the line',
        ),
        ("name: own\nbase:\n", '2:1: "base" should be the name of a programme; write one name, or delete the line'),
        ("name: own\nbase: kvis\ndrop: [[a]]\n", "3:8: the base has no "),
        ("name: own\nbase: own\n", '2:7: there is no programme "own"; use one of: forenkling-2020, '),
        (
            "name: own\nbase: kvis\ndrop: [gp_lettr]\n",
            '3:8: the base has no "gp_lettr" to drop; did you mean "gp_letter"?',
        ),
        ("name: own\nbase: kvis\ndrop: gp_letter\n", '3:7: "drop" should be a list; write drop: [first_talk]'),
        (
            "name: own\nbase: kvis\nsteps:\n" + STEP.format(id="visit").replace("    label", "    after: x\n    label"),
            '5:12: there is no step "x" to come after; ',
        ),
        (
            "name: own\nbase: kvis\nsteps:\n" + STEP.format(id="visit") + STEP.format(id="visit"),
            '8:9: the step "visit" stands twice; delete one, or give it another id',
        ),
        (
            "name: own\nbase: kvis\nsteps:\n" + STEP.format(id="visit").replace("source\n", "sikkert\n"),
            '7:11: steps[14].sure: "sikkert" is not one of the values; use one of: background, source',
        ),
        ("base: kvis\n", '1:1: the file has no "name"; add the line "name: …"'),
        ("name: own\nbase: kvis\nlabl: Egen\n", '3:1: the key "labl" is not known here; did you mean "label"?'),
        (
            "name: own\nbase: kvis\nreviewed_by: Jurist Prøve\n",
            '3:1: "reviewed_by" is now called "confirmed"; write confirmed: {by: A. Jurist, on: 2026-11-02}',
        ),
        ("name: own\nbase: kvis\nconfirmed: {by: Jurist}\n", '3:1: confirmed has no "on"; add the line "on: …"'),
        ("name: own\nbase: kvis\nsteps: visit\n", "3:8: steps should be a list "),
        ("name: own\nbase: kvis\nsteps: [visit]\n", "3:9: steps[14] should hold keys of its own "),
        ("name: own\ndrop: [first_talk]\n", '2:7: "drop" is only for a file that has a base; '),
        ("name: own\nsteps:\n  - {id: a, after: b}\n", '3:20: "after" is only for a file that has a base; '),
    ],
)
def test_a_fault_stands_at_its_line(tmp_path: Path, text: str, said: str) -> None:
    (fault,) = faults(tmp_path, "own", text)
    assert fault.startswith(said)


def test_files_based_on_each_other_are_refused(tmp_path: Path) -> None:
    own(tmp_path, "one", "name: one\nbase: two\n")
    file = own(tmp_path, "two", "name: two\nbase: one\n")
    (fault,) = faults(tmp_path, "one", "name: one\nbase: two\n")
    assert fault == (f"{file}:2:7: the base one leads back to this file; name a base that has none of its own")


def test_dropping_what_another_rule_counts_from_is_said_where_that_rule_stands(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "own", "name: own\nbase: kvis\ndrop: [start_talk]\n")
    assert "/kvis.yaml:" in fault
    assert 'the deadline of "job_consultant_agreement" runs from "start_talk", which is no earlier step' in fault


def test_an_overlay_is_read_anew_once_its_base_changes(tmp_path: Path) -> None:
    own(tmp_path, "own", "name: own\nbase: middle\n")
    own(tmp_path, "middle", "name: middle\nbase: kvis\nlabel: En\n")
    assert load_programme("own", (tmp_path,)).label == "En"
    file = own(tmp_path, "middle", "name: middle\nbase: kvis\nlabel: To\n")
    file.touch()
    assert load_programme("own", (tmp_path,)).label == "To"


def test_the_schema_takes_an_overlay_and_asks_all_of_a_whole_file() -> None:
    schema = json.loads(json.dumps(programme_schema()))
    jsonschema.validate({"name": "own", "base": "kvis"}, schema)
    with pytest.raises(jsonschema.ValidationError, match="'label' is a required property"):
        jsonschema.validate({"name": "own"}, schema)


def test_a_file_that_changes_the_law_can_take_the_confirmation_away(tmp_path: Path) -> None:
    own(tmp_path, "forenkling-2025", CONFIRMED)
    own(tmp_path, "own", "name: own\nbase: forenkling-2025\ndrop: [confirmed]\n")
    assert describe_standing(load_programme("own", (tmp_path,))) is not None
