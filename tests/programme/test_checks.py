import pickle
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from builders import citizen_yaml, loaded_case

from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.messages import Message
from kvisdocs.programme.checks import check_case
from kvisdocs.programme.course.deadlines import find_step_states
from kvisdocs.programme.markdown.mistakes import find_markup_slips
from kvisdocs.programme.prose.prose_checks import find_slips
from kvisdocs.programme.rules.rule_registry import UnknownProgramme, load_programme, programme_names

FOLDER = Path(__file__).parent


def report(text: str) -> str:
    return "\n".join(map(str, check_case(loaded_case(text))))


def test_a_sound_case_has_no_problems() -> None:
    assert report(citizen_yaml(steps={"first_talk": "2012-10-22"})) == ""


def test_all_that_does_not_agree_comes_at_once_by_line() -> None:
    text = citizen_yaml(
        self_ratings=[{"date": "2012-09-09", "value": "2"}, {"date": "2012-09-10", "value": "3"}],
        contacts=[{"date": "2012-11-05", "kind": "talk"}, {"date": "2011-11-05", "kind": "phone"}],
        web_registrations=[{"number": "1", "date": "2012-01-01"}],
        steps={"frist_talk": "2012-10-22", "ceb_talk": "2011-10-29"},
        return_plan={
            "kind": "partial_return",
            "steps": [
                {"start": "2012-12-03", "hours": "20", "tasks": "Bilag"},
                {"start": "2012-12-17", "hours": "15", "tasks": "Bilag"},
                {"start": "2013-01-07", "hours": "35", "tasks": "Bilag"},
                {"start": "2013-02-04", "hours": "37", "tasks": "Bilag"},
            ],
        },
    )
    first = "before the first day of sickness, 2012-09-10; check both dates"
    assert report(text) == (
        f"case.yaml:22:9: warning: self-rating 1 is dated 2012-09-09, {first}\n"
        f"case.yaml:29:9: warning: contact 2 is dated 2011-11-05, {first}\n"
        f"case.yaml:33:9: warning: web registration 1 is dated 2012-01-01, {first}\n"
        'case.yaml:35:3: the step "frist_talk" is not known in kvis-2011; did you mean "first_talk"?\n'
        f'case.yaml:36:13: warning: the step "ceb_talk" is dated 2011-10-29, {first}\n'
        "case.yaml:44:12: warning: the hours fall from 20 to 15; "
        "write 20 or more, or make a new plan from 2012-12-17\n"
        "case.yaml:47:12: warning: 35 of 37 hours leave 2 hours of absence a week, and sickness benefit needs 4; "
        "write 33 at most, or 37 for full time"
    )


def test_missing_normal_hours_are_reported_at_the_employment() -> None:
    plan = {"kind": "partial_return", "steps": [{"start": "2012-12-03", "hours": "20", "tasks": "Bilag"}]}
    text = citizen_yaml(return_plan=plan).replace("  norm_hours: '37'\n", "")
    assert report(text) == (
        "case.yaml:19:3: warning: the graded plan cannot be checked without normal hours; "
        "add norm_hours, the normal hours a week"
    )


@pytest.mark.parametrize(("first", "said"), [("5", ""), ("6", "6"), ("10", "10")])
def test_a_goal_above_the_scale_is_noted_at_the_first_self_rating(first: str, said: str) -> None:
    text = citizen_yaml(self_ratings=[{"date": "2012-10-22", "value": first}])
    line = text.split("\n").index(f"  value: '{first}'") + 1
    found = [str(each) for each in check_case(loaded_case(text))]
    assert found == (
        [
            f"case.yaml:{line}:10: note: the first self-rating is {said}, and the goal of 5 steps up is above 10; "
            "nothing, if it is right: the plan then names no goal for it"
        ]
        if said
        else []
    )


@pytest.mark.parametrize(("name", "warned"), [(None, True), ("PensionDanmark", False)])
def test_a_consent_to_others_says_to_whom(name: str | None, warned: bool) -> None:
    consent = {"kind": "obtain", "party": "other", "covers": ["pensionen"], "given": "2012-10-22", "party_name": name}
    found = [each.what for each in check_case(loaded_case(citizen_yaml(consents=[consent])))]
    assert found == (['consent 1 is for party "other", and does not say who that is'] if warned else [])


def test_an_unknown_programme_is_an_error_and_the_days_are_still_checked() -> None:
    assert report(citizen_yaml(programme="kvis-2012", sickness={"visitation": "2012-09-09"})) == (
        'case.yaml:3:12: there is no programme "kvis-2012"; did you mean "kvis-2011"?\n'
        'case.yaml:17:15: warning: "visitation" is dated 2012-09-09, before the first day of sickness, 2012-09-10; '
        "check both dates"
    )


def test_a_committee_item_has_no_programme_to_disagree_with() -> None:
    text = (
        "kind: committee\nmunicipality: herning\nnumber: 87\ntitle: KVIS\nmeeting: {committee: BU, date: 2012-11-14}\n"
    )
    assert report(text) == ""


def test_every_programme_that_ships_is_sound_and_bears_its_files_name() -> None:
    assert programme_names() == ("forenkling-2020", "forenkling-2025", "kvis", "kvis-2011", "reform-2014")
    assert [load_programme(name).name for name in programme_names()] == [*programme_names()]


def test_the_steps_of_kvis_in_their_order() -> None:
    assert load_programme("kvis-2011").step_ids == (
        "first_talk",
        "ceb_talk",
        "psychiatric_consultation",
        "employer_contact",
        "job_consultant_agreement",
        "follow_up_plan",
        "return_plan",
        "gp_letter",
    )


@pytest.mark.parametrize("name", ["kvis-2012", "../data/kvis-2011", ""])
def test_an_unknown_name_lists_the_names(name: str) -> None:
    with pytest.raises(UnknownProgramme) as caught:
        load_programme(name)
    assert (caught.value.name, caught.value.known) == (name, programme_names())
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@pytest.mark.parametrize("programme", programme_names())
@pytest.mark.parametrize("year", ["1900-01-01", "2100-12-31"])
def test_a_slip_in_the_year_is_no_traceback(programme: str, year: str) -> None:
    graded = {"kind": "partial_return", "steps": [{"start": year, "end": year, "hours": "20", "tasks": "Bilag"}]}
    sickness = {"first_day": year, "visitation": year, "recovered": year, "category": "2"}
    loaded = loaded_case(citizen_yaml(programme=programme, sickness=sickness, return_plan=graded))
    said = f"{programme} holds from" in "\n".join(map(str, check_case(loaded)))
    assert said != load_programme(programme).validity.covers(date.fromisoformat(year))
    assert isinstance(loaded.case, CitizenCase)
    assert find_step_states(loaded.case, load_programme(programme), date.fromisoformat(year))


def find_parts(said: Message) -> Iterator[str]:
    """What stands in the places of a message, and of those within it."""
    for value in said.values.values():
        yield from find_parts(value) if isinstance(value, Message) else [str(value)]


def test_every_problem_has_the_code_of_its_area_and_only_data_in_its_places() -> None:
    marked = (FOLDER / "markup" / "advar.txt").read_text(encoding="utf-8").split("--\n")
    summed = (FOLDER / "sums" / "advar.txt").read_text(encoding="utf-8").split("--\n")
    remarks = [("markdown", remark) for text in marked for remark in find_markup_slips(text)]
    remarks += [("prose", remark) for text in summed for remark in find_slips(text)]
    assert len({remark.what.code for _, remark in remarks}) > 25
    for area, remark in remarks:
        assert remark.what.code.startswith(f"{area}.")
        parts = [part for said in (remark.what, remark.todo) for part in find_parts(said)]
        assert not [part for part in parts if re.search(r"\b(?:the|is|are|and|or|not|before|after)\b", part)]
