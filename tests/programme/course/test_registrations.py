"""Answers against the questionnaire: what it does not have is named, with the nearest."""

import pytest
from builders import citizen_yaml, loaded_case

from kvisdocs.problems import KvisdocsError
from kvisdocs.programme.checks import check_case

HELPS = "Hvor meget hjælper den samlede indsats?"
WHAT = "Hvad i indsatsen hjælper borgeren?"


def found(*answers: tuple[str, str], number: int = 3, programme: str = "kvis-2011") -> list[str]:
    given = [{"question": question, "answer": answer} for question, answer in answers]
    registration = {"number": str(number), "date": "2012-11-12", "answers": given}
    loaded = loaded_case(citizen_yaml(programme=programme, web_registrations=[registration]))
    problems = check_case(loaded)
    return [f"{each.severity}: {each.what}; {each.todo}" for each in problems]


def test_words_and_ids_are_taken_in_small_or_capital_letters() -> None:
    assert found((HELPS, "I høj grad"), ("goals_with_workplace", "partly")) == []
    assert found(("hvor meget hjælper  den samlede indsats", "i høj grad.")) == []


def test_an_unknown_question_is_named_with_the_nearest() -> None:
    assert found(("Hvor meget hjelper den samlede indsats", "I høj grad")) == [
        'warning: the questionnaire of kvis-2011 has no question "Hvor meget hjelper den samlede indsats"; '
        f'did you mean "{HELPS}"?'
    ]
    assert found(("helsp", "much"))[0].endswith(f'has no question "helsp"; did you mean "{HELPS}"?')
    assert found(("Hvad koster det?", "Meget")) == [
        'warning: the questionnaire of kvis-2011 has no question "Hvad koster det?"; use one of: '
        "believes_in_return, goals_with_workplace, company_course_agreed, company_course_begun, helps, what_helps"
    ]


def test_an_unknown_answer_is_named_with_the_nearest() -> None:
    assert found((HELPS, "I høj gard")) == [
        f'warning: "I høj gard" is not an answer to "{HELPS}", and is not counted; did you mean "I høj grad"?'
    ]
    assert found((HELPS, "42")) == [
        f'warning: "42" is not an answer to "{HELPS}", and is not counted; use one of: I høj grad, I nogen grad, '
        "I mindre grad, Slet ikke"
    ]


def test_one_answer_only_unless_several_are_allowed() -> None:
    assert found((HELPS, "I høj grad"), (HELPS, "I nogen grad")) == [
        f'warning: "{HELPS}" has one answer only; keep the one that is right'
    ]
    assert found((WHAT, "Samtalerne"), (WHAT, "placement")) == []
    with pytest.raises(KvisdocsError, match="answer: holds several answers; write the question once more for each"):
        found((WHAT, ["Samtalerne", "placement"]))  # type: ignore[arg-type]
    assert found((WHAT, "Samtalerne"), (WHAT, "talks")) == ['warning: "talks" stands twice; delete one']


def test_free_text_passes_where_it_is_allowed() -> None:
    assert found((WHAT, "Min hund")) == []


def test_a_question_at_the_wrong_registration() -> None:
    assert found((HELPS, "I høj grad"), number=1) == [
        f'warning: "{HELPS}" is not asked at registration 1; it is asked at: 2, 3, 4; move it there'
    ]


def test_a_programme_without_a_questionnaire_takes_any() -> None:
    assert not [line for line in found(("Hvad?", "Det"), programme="reform-2014") if "Hvad" in line]
