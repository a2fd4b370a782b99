"""What a programme is judged by: questions, offers, goals and merges, and what of them is wrong in a rule file."""

from pathlib import Path

import pytest

from kvisdocs.problems import KvisdocsError
from kvisdocs.programme.rules.rule_registry import load_programme, programme_names
from kvisdocs.programme.rules.rules import Programme

QUESTION = (
    "questionnaire:\n  - {{id: {id}, text: {text}, at: [{at}], "
    "answers: [{{id: a, label: A}}, {{id: {last}, label: B}}]}}\n"
)
GOAL = "goals:\n  - {{id: own, text: T, measure: {measure}, target_words: W, {more}reference: R, sure: source}}\n"


def load(folder: Path, text: str) -> Programme:
    file = folder / "programmes" / "own.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"name: own\nbase: kvis-2011\n{text}", encoding="utf-8")
    return load_programme("own", (folder,))


def question(id: str = "q", text: str = "Hvad?", at: str = "1", last: str = "b") -> str:  # noqa: A002
    return QUESTION.format(id=id, text=text, at=at, last=last)


def goal(measure: str, **more: str) -> str:
    return GOAL.format(measure=measure, more="".join(f"{key}: {value}, " for key, value in more.items()))


@pytest.mark.parametrize("name", programme_names())
def test_what_ships_can_be_answered_and_measured(name: str) -> None:
    programme = load_programme(name)
    for each in programme.questionnaire:
        assert programme.find_question(each.text) is programme.find_question(each.id) is each
        assert all(each.find_answer(option.label) is each.find_answer(option.id) is option for option in each.answers)


def test_a_file_of_ones_own_replaces_a_question_and_drops_others(tmp_path: Path) -> None:
    base = load_programme("kvis-2011")
    own = load(tmp_path, question(id="helps", text="Hjælper det?") + "drop: [psychoeducation, staff]\nplaces: 1.250\n")
    assert [each.id for each in own.questionnaire] == [each.id for each in base.questionnaire]
    assert own.find_question("hjælper  DET") is not None
    assert own.find_question("Hvor meget hjælper den samlede indsats?") is None
    assert len(own.offers) == len(base.offers) - 1
    assert len(own.goals) == len(base.goals) - 1
    assert own.places == 1250


def test_a_programme_without_registrations_asks_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, "drop: [registrations]\n").web_registrations == 0
    assert load(tmp_path, "drop: [questionnaire]\n").questionnaire == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (question(id="new one"), '"new one" is no name for a figure; write small letters a to z, digits and _ alone'),
        (question(last="a"), 'the id "a" stands twice; delete one, or give it another id'),
        (question(text="hvor meget hjælper den samlede indsats"), "stands twice; delete one, or give it the id of the"),
        ("questionnaire:\n  - {id: q, text: Hvad?}\n", 'the question "q" has no answers; add "answers: …", or "free_'),
        ("registrations: {count: 3, reference: R, sure: source}\n", "there is no registration 4; write 1 to 3, or"),
        (goal("placement"), 'the goal "own" has no target; add "target: …", or write "measure: none"'),
        (goal("placement", target="101"), "nobody reaches 101; write 100 or less"),
        (goal("self_rating", target="10"), "nobody reaches 10; write 9 or less"),
        (goal("duration", baseline="{value: 38}"), 'baseline has no "source"; add the line "source: …"'),
        (
            "merges:\n  - {id: m, table: education, of: [none, uknown], label: L}\n",
            "no row of that table; did you mean",
        ),
    ],
)
def test_faults(text: str, wanted: str, tmp_path: Path) -> None:
    with pytest.raises(KvisdocsError) as error:
        load(tmp_path, text)
    assert all(wanted in str(problem) for problem in error.value.problems)


def test_goals_that_are_sound(tmp_path: Path) -> None:
    assert load(tmp_path, goal("self_rating", target="9")).goals[-1].target == 9
    assert load(tmp_path, goal("duration", baseline="{value: '38,5', source: Årsberetning 2010}")).goals[-1].baseline
    assert load(tmp_path, goal("none")).goals[-1].measure == "none"
