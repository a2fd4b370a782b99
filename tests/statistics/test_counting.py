"""Small populations whose every figure is worked out by hand, and the identities of any population."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from builders import citizen_case
from hypothesis import given, settings
from hypothesis import strategies as st
from statement_populations import ON, count, counts_of, kvis, tally_of

from kvisdocs.programme.rules.evaluation import FigureWords
from kvisdocs.statistics.blocks.quarters import Quarter
from kvisdocs.statistics.facts import find_facts
from kvisdocs.statistics.statement import check_identities, lay_out_statement
from kvisdocs.statistics.tally import Tally


def visited(day: str = "2012-10-22", status: str = "in_job", **changes: Any) -> dict[str, Any]:
    """A case visited on a day."""
    return {"sickness": {"first_day": "2012-09-10", "visitation": day}, "employment": {"status": status}, **changes}


def closed(day: str, kind: str, **changes: Any) -> dict[str, Any]:
    """A visited case that ended on a day."""
    return visited("2012-10-01", outcome={"date": day, "kind": kind}, **changes)


def test_who_was_visited_by_the_day_counts_and_others_are_listed() -> None:
    cases = [
        visited("2012-11-01"),  # on the day
        visited("2012-11-02"),  # the day after: not visited yet
        {"sickness": {"first_day": "2012-09-10", "visitation": None}},
        {"sickness": {"first_day": "2012-11-02", "visitation": None}},  # had not begun
    ]
    statement = count(cases)
    assert (statement.figures["visited"].count, statement.not_visited, statement.persons) == (1, 2, 1)
    assert statement.figures["not_visited"].count == 2
    assert statement.figures["places"].count == 250


def test_two_courses_of_one_person_are_two_courses_of_one_person() -> None:
    twice = {"citizen": {"cpr": "740468-1238"}}
    statement = count([visited(**twice), visited("2012-05-01", **twice), visited()])
    figures = {name: statement.figures[name].count for name in ("visited", "persons", "again")}
    assert figures == {"visited": 3, "persons": 2, "again": 1}
    assert statement.persons == 2


def test_status_diagnoses_and_education_are_those_of_the_case() -> None:
    cases = [
        visited(status="in_job", education="vocational"),
        visited(status="in_job", education="higher"),
        visited(status="under_notice", education="none"),
        visited(status="unemployed"),
        visited(status="self_employed", education="unknown"),
    ]
    for case, groups in zip(cases, (["depression", "stress"], ["stress"], ["anxiety"], ["none"], []), strict=True):
        case["sickness"]["diagnoses"] = groups
    statement = count(cases)
    assert counts_of(statement, "status") == {
        "in_job": 2, "under_notice": 1, "unemployed": 1, "self_employed": 1, "with_employer": 3,
    }  # fmt: skip
    diagnoses = counts_of(statement, "diagnosis")
    assert {name: diagnoses[name] for name in ("depression", "stress", "anxiety", "none", "several")} == {
        "depression": 1, "stress": 2, "anxiety": 1, "none": 2, "several": 1,
    }  # fmt: skip
    education = counts_of(statement, "education")
    assert {name: education[name] for name in ("vocational", "higher", "none", "unknown")} == {
        "vocational": 1, "higher": 1, "none": 1, "unknown": 2,
    }  # fmt: skip


def course(kind: str, start: str, end: str | None = None) -> dict[str, Any]:
    return {"kind": kind, "start": start, "end": end}


def test_company_courses_count_by_citizen_kind_and_status_and_run_to_their_last_day() -> None:
    cases = [
        visited(company_courses=[course("partial_return", "2012-11-01")]),  # begins on the day
        visited(company_courses=[course("partial_return", "2012-11-02")]),  # the day after
        visited(company_courses=[course("partial_return", "2012-10-25", "2012-11-01")]),  # its last day is the day
        visited(company_courses=[course("partial_return", "2012-10-25", "2012-10-31")]),  # was over
        visited(
            status="unemployed",
            company_courses=[course("work_placement", "2012-10-01", "2012-10-09"), course("other", "2012-10-25")],
        ),
        closed("2012-10-31", "full_time", company_courses=[course("partial_return", "2012-10-10")]),  # never ended
    ]
    assert counts_of(count(cases), "course") == {
        "begun": 5,
        "running": 3,
        "several": 1,
        "kind.partial_return": 4,
        "kind.work_placement": 1,
        "kind.other": 1,
        "status.in_job": 4,
        "status.unemployed": 1,
    }


def test_outcomes_count_from_their_day_on() -> None:
    cases = [
        closed("2012-11-01", "full_time"),
        closed("2012-10-30", "part_time"),
        closed("2012-10-30", "to_job"),
        closed("2012-10-30", "to_unemployment_fund"),
        closed("2012-10-30", "other_recovery"),
        closed("2012-10-30", "other"),
        closed("2012-10-30", "not_recovered"),
        closed("2012-11-05", "full_time"),  # not in a statement of 1 November
        {"sickness": {"first_day": "2012-09-10", "visitation": "2012-10-01", "recovered": "2012-10-20"}},
        {"sickness": {"first_day": "2012-09-10", "visitation": "2012-10-01", "recovered": "2012-11-02"}},
    ]
    assert counts_of(count(cases), "outcome") == {
        "job": 3, "full_time": 1, "part_time": 1, "hours_unknown": 1, "other_reasons": 4, "unemployment_fund": 1,
        "other": 2, "unknown": 1, "recovered": 7, "ended": 1, "closed": 8, "running": 2,
    }  # fmt: skip


def test_reasons_to_end_are_those_of_the_programme() -> None:
    ended = [{"date": "2012-10-30", "kind": "not_recovered", "reason": reason} for reason in ("moved", None)]
    statement = count([visited(outcome=each) for each in ended])
    assert counts_of(statement, "ended") == {"moved": 1, "unknown": 1}


def test_quarters_begin_with_what_the_last_ended_with_and_say_when_they_are_not_over() -> None:
    cases = [
        visited("2012-01-31"),
        visited("2012-06-30", outcome={"date": "2012-07-01", "kind": "full_time"}),
        visited("2012-07-01", outcome={"date": "2012-09-30", "kind": "not_recovered"}),
        visited("2012-10-01", outcome={"date": "2012-11-01", "kind": "other_recovery"}),
        visited("2012-10-01", outcome={"date": "2012-11-02", "kind": "other_recovery"}),
    ]
    statement = count(cases)
    [table] = [table for table in statement.tables if table.block == "E"]
    assert table.columns == ("1. kv. 2012", "2. kv. 2012", "3. kv. 2012", "4. kv. 2012 (til og med 1. november)")
    rows = {row.label: [statement.figures[name].count for name in row.cells if name] for row in table.rows}
    assert rows == {
        "Ved kvartalets begyndelse": [0, 1, 2, 1],
        "Kom til": [1, 1, 1, 2],
        "Afsluttede": [0, 0, 2, 1],
        "Heraf raskmeldt til job": [0, 0, 1, 0],
        "Heraf raskmeldt af andre grunde": [0, 0, 0, 1],
        "Heraf ophørt uden raskmelding": [0, 0, 1, 0],
        "Ved kvartalets slutning": [1, 2, 1, 2],
    }


@pytest.mark.parametrize(
    ("day", "name", "label"),
    [
        (date(2012, 12, 31), "quarter.2012-4", "4. kv. 2012"),
        (date(2012, 12, 30), "quarter.2012-4", "4. kv. 2012 (til og med 30. december)"),
        (date(2013, 1, 1), "quarter.2013-1", "1. kv. 2013 (til og med 1. januar)"),
        (date(2012, 3, 31), "quarter.2012-1", "1. kv. 2012"),
    ],
)
def test_a_quarter_is_over_on_its_last_day(day: date, name: str, label: str) -> None:
    quarter = Quarter.of(day)
    assert (quarter.name, quarter.label(day)) == (name, label)


def test_steps_count_by_their_states_and_for_whom_they_are_relevant() -> None:
    cases = [
        visited(steps={"ceb_talk": "2012-10-29"}),  # one week after: in time
        visited(steps={"ceb_talk": "2012-10-30"}),  # late
        visited("2012-10-24"),  # over the deadline of 31 October
        visited("2012-10-25"),  # the deadline is the day itself
        visited("2012-10-25", status="unemployed", steps={"ceb_talk": "2012-11-02"}),  # done after the day: not yet
        visited("2012-10-29", outcome={"date": "2012-10-31", "kind": "not_recovered"}),  # ended before the deadline
    ]
    statement = count(cases)
    assert counts_of(statement, "step.ceb_talk") == {
        "relevant": 5, "in_time": 1, "late": 1, "overdue": 1, "missing": 2, "not_relevant": 1,
    }  # fmt: skip
    assert counts_of(statement, "step.employer_contact") == {"relevant": 5, "missing": 5, "not_relevant": 1}
    assert counts_of(statement, "step.gp_letter") == {"not_relevant": 6}


def test_periods_between_contacts_are_kept_or_not_and_the_one_that_runs_is_none_yet() -> None:
    def talks(*days: str) -> list[dict[str, str]]:
        return [{"date": day, "kind": "phone"} for day in days]

    cases = [
        # 14 days, then 16, then one that runs: 14 + 1 days after 18 October is 2 November
        visited("2012-09-18", contacts=talks("2012-10-02", "2012-10-18")),
        visited("2012-10-17"),  # 15 days without any
        visited("2012-10-18"),  # 14 days: it runs
    ]
    assert counts_of(count(cases), "step.contacts") == {
        "periods": 3, "kept": 1, "broken": 2, "relevant": 3, "in_time": 1, "late": 1, "overdue": 1,
    }  # fmt: skip


def registration(number: int, day: str, *answers: tuple[str, str]) -> dict[str, Any]:
    return {"number": number, "date": day, "answers": [{"question": q, "answer": a} for q, a in answers]}


def test_registrations_count_by_citizen_and_by_number() -> None:
    cases = [
        visited(),
        visited(web_registrations=[registration(1, "2012-10-22"), registration(2, "2012-11-01")]),
        visited(web_registrations=[registration(1, "2012-10-22"), registration(2, "2012-11-02")]),
        visited(web_registrations=[registration(2, "2012-10-22")]),
    ]
    assert counts_of(count(cases), "registrations") == {"0": 1, "1": 2, "2": 1, "held.1": 2, "held.2": 2}


def test_answers_count_by_id_or_words_and_free_text_only_as_such() -> None:
    cases = [
        visited(web_registrations=[registration(1, "2012-10-22", ("believes_in_return", "ja"))]),
        visited(
            web_registrations=[
                registration(
                    1, "2012-10-22", ("Tror borgeren på at være tilbage i arbejde inden for tre måneder", "yes")
                )
            ]
        ),
        visited(web_registrations=[registration(1, "2012-10-22", ("believes_in_return", "sikkert nok"))]),
        visited(
            web_registrations=[
                registration(3, "2012-10-22", *(("what_helps", each) for each in ("talks", "Samtalerne", "Hunden")))
            ]
        ),
    ]
    statement = count(cases)
    assert counts_of(statement, "answer.1.believes_in_return") == {"answered": 2, "unanswered": 1, "yes": 2}
    assert counts_of(statement, "answer.3.what_helps") == {"answered": 1, "talks": 1, "other_words": 1}
    assert "Hunden" not in repr(statement)
    assert counts_of(statement, "answer.1.status") == {"unanswered": 3}


def test_goals_count_back_to_work_of_the_closed_and_of_all() -> None:
    job = {"date": "2012-10-30", "kind": "full_time"}
    cases = [
        visited("2012-10-01", outcome=job),
        visited("2012-10-01", "under_notice", outcome={**job, "kind": "other"}),
        visited("2012-10-01"),
        visited("2012-10-01", "unemployed", outcome=job),
        visited("2012-10-01", "unemployed", company_courses=[course("work_placement", "2012-10-09")]),
    ]
    statement = count(cases)
    named = ("goal.back_to_work", "goal_closed.back_to_work", "goal_all.back_to_work", "goal.placement")
    assert [statement.figures[name].count for name in named] == [1, 2, 1, 1]
    bases = [statement.figures[name].base for name in named]
    assert bases == ["goal_closed.back_to_work", "status.with_employer", "status.with_employer", "status.unemployed"]
    # full time, other, full time: each 10 September to 30 October, 50 days
    assert statement.measures["goal.duration"].value == 50 / 7
    assert statement.figures["goal_over.duration"].count == 3


def rated(*values: int) -> dict[str, Any]:
    days = ("2012-09-20", "2012-10-20", "2012-11-01", "2012-11-02")
    return visited(self_ratings=[{"date": day, "value": value} for day, value in zip(days, values, strict=False)])


def test_the_self_rating_is_of_those_with_two_and_tells_who_began_too_high_apart() -> None:
    cases = [rated(3), rated(3, 8), rated(5, 9), rated(6, 10), rated(1, 2, 7), rated(2, 3, 4, 10)]
    statement = count(cases)
    named = ("goal_rated", "goal_base", "goal_above", "goal")
    assert [statement.figures[f"{name}.self_rating"].count for name in named] == [5, 4, 1, 2]
    assert statement.measures["goal_change.self_rating"].value == 4  # 5, 4, 4, 6, 2


def test_rows_are_merged_before_anything_is_hidden_where_one_is_small() -> None:
    cases = [visited(education="none")] * 2 + [visited()] * 7 + [visited(education="higher")] * 5
    statement = count(cases, threshold=5)
    [table] = [table for table in statement.tables if table.id == "education"]
    assert [row.label for row in table.rows] == [
        "Erhvervsfaglig uddannelse", "Videregående uddannelse", "Ingen eller ikke oplyst uddannelse",
    ]  # fmt: skip
    assert statement.figures["education.no_education"].count == 9
    assert statement.figures["education.none"].merged_into == "education.no_education"
    unmerged = count(cases)
    assert len(next(table for table in unmerged.tables if table.id == "education").rows) == 4
    assert unmerged.figures["education.none"].merged_into is None


def test_a_programme_words_rows_and_chooses_tables() -> None:
    figures = FigureWords(labels={"status.unemployed": "Ledige"}, tables=("quarter", "status", "answer"))
    statement = count([visited()], programme=kvis(figures=figures))
    ids = [table.id for table in statement.tables]
    assert ids[:3] == ["quarter", "status", "answer.1.education"]
    assert {each.partition(".")[0] for each in ids} == {"quarter", "status", "answer"}
    assert "Ledige" in [row.label for row in statement.tables[1].rows]
    assert statement.figures["outcome.running"].count == 1  # what no table shows may be asked for in prose


def test_a_median_lies_between_the_two_in_the_middle() -> None:
    tally = Tally()
    assert tally.median("weeks") is None
    for values, median in (((3,), 3), ((3, 4), 3.5), ((3, 3, 9), 3), ((1, 2, 3, 100), 2.5)):
        tally = Tally()
        for value in values:
            tally.samples.setdefault("weeks", Counter())[value] += 1
        assert tally.median("weeks") == median


def test_a_count_that_breaks_an_identity_is_never_told() -> None:
    tally = tally_of([visited()])
    tally.counts["status.in_job"] += 1
    with pytest.raises(ValueError, match="does not hold"):
        check_identities(lay_out_statement(tally, kvis(), "herning", ON))
    tally.counts["outcome.running"] += 1
    with pytest.raises(ValueError, match="are running"):
        lay_out_statement(tally, kvis(), "herning", ON)


def test_facts_hold_nothing_of_the_person() -> None:
    facts = repr(find_facts(citizen_case(), kvis(), ON, lambda cpr: "digest"))
    assert not any(word in facts for word in ("740468", "Åse", "Østergård", "12/3456", "Ærøvej", "2012-10-22"))


days = st.dates(date(2012, 1, 1), date(2012, 12, 31))
words = ["Samtalerne", "psychoeducation", "noget andet", "placement"]


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """A case that says whatever a case may say, in an order that need make no sense."""
    first = draw(st.dates(date(2011, 10, 1), date(2012, 10, 1)))
    sickness = {
        "first_day": first,
        "visitation": draw(st.none() | days),
        "recovered": draw(st.none() | days),
        "diagnoses": draw(st.lists(st.sampled_from(["depression", "stress", "anxiety"]), unique=True)),
    }
    kinds = st.sampled_from(["partial_return", "work_placement", "other"])
    courses = st.fixed_dictionaries({"kind": kinds, "start": days, "end": st.none() | days})
    outcomes = ["to_job", "full_time", "part_time", "to_unemployment_fund", "other_recovery", "not_recovered", "other"]
    said = draw(st.lists(st.sampled_from(words), max_size=3))
    answers = [{"question": "what_helps", "answer": each} for each in said]
    done = draw(st.lists(st.sampled_from(["first_talk", "ceb_talk"]), unique=True))
    return {
        "sickness": sickness,
        "employment": {"status": draw(st.sampled_from(["in_job", "under_notice", "unemployed", "self_employed"]))},
        "education": draw(st.sampled_from([None, "none", "vocational", "higher", "unknown"])),
        "outcome": draw(st.none() | st.fixed_dictionaries({"date": days, "kind": st.sampled_from(outcomes)})),
        "company_courses": draw(st.lists(courses, max_size=3)),
        "self_ratings": draw(st.lists(st.fixed_dictionaries({"date": days, "value": st.integers(1, 10)}), max_size=3)),
        "web_registrations": [
            {"number": number, "date": draw(days), "answers": answers if number > 2 else []}
            for number in draw(st.lists(st.integers(1, 4), unique=True))
        ],
        "contacts": [{"date": day, "kind": "talk"} for day in draw(st.lists(days, max_size=4))],
        "steps": {step: draw(days) for step in done},
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(cases(), max_size=12), days, st.sampled_from([None, 3, 5]))
def test_every_relation_holds_for_any_population(population: list[dict[str, Any]], on: date, small: int | None) -> None:
    statement = count(population, on, threshold=small)  # raises where one does not
    shown = {name for table in statement.tables for row in table.rows for name in row.cells if name}
    assert shown <= statement.figures.keys()
    assert not any(statement.figures[name].merged_into for name in shown)
    assert all(figure.base in statement.figures for figure in statement.figures.values() if figure.base)
    goals = {name for goal in statement.goals for name in (goal.result, goal.base) if name}
    assert goals <= statement.figures.keys() | statement.measures.keys()
