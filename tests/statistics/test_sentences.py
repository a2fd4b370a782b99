"""Danish sentences and headings from the figures that an edition shows, small and hidden ones among them."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statement_populations import count, kvis, whole

from kvisdocs.cli.terminal.figures import format_statement
from kvisdocs.statistics.long_table import as_csv
from kvisdocs.statistics.model import Published, Shown
from kvisdocs.statistics.record import as_record
from kvisdocs.statistics.sentences import find_headings, find_sentences, goal_remark, goal_result, table_notes
from kvisdocs.statistics.shown import NBSP
from kvisdocs.statistics.words import load_words


def cases(**numbers: int) -> list[dict[str, Any]]:
    """So many cases of each status."""
    return [{"employment": {"status": status}} for status, number in numbers.items() for _ in range(number)]


def said(published: Published, name: str) -> str:
    return find_sentences(published)[name].replace(NBSP, " ")


def hiding(published: Published, **states: Shown) -> Published:
    names = {name.replace("__", "."): state for name, state in states.items()}
    return replace(published, edition="public", hidden=names)


def test_the_papers_sentence_of_status() -> None:
    statement = count(cases(in_job=149, under_notice=48, unemployed=107))
    assert said(whole(statement), "visited") == (
        "Der er visiteret 304 borgere. Det er 122 pct. af projektets 250 pladser."
    )
    assert said(whole(statement), "status") == (
        "149 (49 pct.) var i job, 48 (16 pct.) var i opsagt stilling, 107 (35 pct.) var ledige, og ingen var "
        "selvstændige, da de blev visiteret."
    )
    assert find_headings(whole(statement))["status"] == "Halvdelen var i job, da de blev visiteret"


def test_what_is_small_is_said_so_and_what_is_hidden_is_left_out() -> None:
    statement = count(cases(in_job=3, under_notice=20, unemployed=30, self_employed=6))
    published = hiding(whole(statement), status__in_job=Shown.SMALL, status__unemployed=Shown.HIDDEN)
    assert said(published, "status") == (
        "Færre end 5 borgere var i job, 20 (34 pct.) var i opsagt stilling, og 6 (10 pct.) var selvstændige, da de "
        "blev visiteret. Tal, der kunne røbe noget om enkelte borgere, er ikke vist."
    )
    assert find_headings(published)["status"] == "Godt en tredjedel var i opsagt stilling, da de blev visiteret"
    everything = {f"status__{name}": Shown.HIDDEN for name in ("in_job", "under_notice", "unemployed", "self_employed")}
    hidden = hiding(whole(statement), **everything)
    assert said(hidden, "status") == "Tal, der kunne røbe noget om enkelte borgere, er ikke vist."
    assert find_headings(hidden)["status"] == "Status ved visitationen"


def test_one_citizen_is_said_in_the_singular_and_nobody_is_not_spoken_of() -> None:
    statement = count(cases(unemployed=1))
    assert said(whole(statement), "visited").startswith("Der er visiteret 1 borger.")
    assert "1 var ledig, og ingen var selvstændige" in said(whole(statement), "status")
    nobody = whole(count([]))
    assert set(find_sentences(nobody)) >= {"visited", "status", "diagnosis", "education", "course", "outcome"}
    assert said(nobody, "status") == "Der er endnu ikke visiteret nogen."


def test_two_courses_of_one_person_make_courses_of_persons() -> None:
    twice = {"citizen": {"cpr": "740468-1238"}}
    statement = count([*cases(in_job=20), twice, twice])
    assert said(whole(statement), "visited").startswith("Der er visiteret 22 forløb for 21 borgere.")
    hidden = hiding(whole(statement), persons=Shown.HIDDEN, again=Shown.SMALL)
    assert said(hidden, "visited").startswith("Der er visiteret 22 forløb; nogle borgere har haft mere end ét.")
    notes = table_notes(hidden, statement.tables[0])
    assert "Opgørelsen tæller forløb; nogle borgere har haft mere end ét." in notes
    assert not any("21" in note for note in notes)


def outcome(kind: str, number: int) -> list[dict[str, Any]]:
    return [{"outcome": {"date": "2012-10-30", "kind": kind}}] * number


def test_what_is_part_of_another_is_said_behind_it() -> None:
    population = [*outcome("full_time", 10), *outcome("to_unemployment_fund", 12), *outcome("other", 5)]
    statement = count([*population, *cases(in_job=23)])
    assert said(whole(statement), "outcome") == (
        "27 (54 pct.) er raskmeldt. 10 (20 pct.) er raskmeldt til job, og 17 (34 pct.) er raskmeldt af andre grunde, "
        "heraf 12 (24 pct.) til a-kasse. Ingen er ophørt uden raskmelding. 23 (46 pct.) er stadig i forløb."
    )
    hidden = hiding(whole(statement), outcome__other_reasons=Shown.HIDDEN)
    assert "10 (20 pct.) er raskmeldt til job, og 12 (24 pct.) er raskmeldt til a-kasse." in said(hidden, "outcome")


def test_goals_say_their_result_its_base_and_what_it_may_fall_to() -> None:
    population = [*outcome("full_time", 20), *outcome("other", 5), *cases(in_job=15)]
    published = whole(count(population))
    back, _, weeks, rating, agreements, staff, *_ = published.statement.goals
    assert goal_result(published, back).replace(NBSP, " ") == "20 af 25 (80 pct.)"
    assert goal_remark(published, back).replace(NBSP, " ") == (
        "Målt på afsluttede forløb: i job eller opsagt ved visitationen. Af alle 40 er det 50 pct.; lavere kan det "
        "ikke blive."
    )
    assert goal_result(published, weeks).replace(NBSP, " ") == "7,1 uger"  # 10 September to 30 October
    assert [goal_result(published, each) for each in (rating, agreements, staff)] == ["–", "–", "–"]
    assert said(published, "goal.self_rating").endswith("Der er endnu intet resultat at opgøre.")
    assert said(published, "goal.staff").endswith(
        "Opgøres ikke i tal. Se: Fokusgruppeinterview med medarbejderne, gentages sidst i projektet."
    )
    small = hiding(published, goal__back_to_work=Shown.SMALL)
    assert goal_result(small, back) == "<5"
    assert said(small, "goal.back_to_work").endswith("Resultat: færre end 5 borgere.")
    hidden = hiding(published, goal__back_to_work=Shown.HIDDEN)
    assert said(hidden, "goal.back_to_work").endswith("ikke vist, fordi det kunne røbe noget om enkelte borgere.")


@given(st.integers(0, 100))
def test_the_words_of_a_share_never_say_more_than_it_is(percent: int) -> None:
    words = load_words().share(percent)
    exact = {
        "Hver tiende": 10, "Hver femte": 20, "En fjerdedel": 25, "En tredjedel": 33, "To ud af fem": 40,
        "Halvdelen": 50, "Tre ud af fem": 60, "To tredjedele": 67, "Tre fjerdedele": 75, "Fire ud af fem": 80,
        "Ni ud af ti": 90, "Alle": 100, "Ingen": 0,
    }  # fmt: skip
    at = {name.casefold(): share for name, share in exact.items()}
    first, _, rest = words.partition(" ")
    if words in exact:
        assert abs(percent - exact[words]) <= 1
    elif first == "Knap":
        assert 1 <= at[rest.casefold()] - percent <= 4
    elif first == "Godt":
        assert 1 <= percent - at[rest.casefold()] <= 5
    elif words.startswith("Flere end "):
        assert 1 <= percent - at[words.removeprefix("Flere end ").casefold()] <= 9
    else:
        assert words == "Færre end hver tiende"
        assert percent < 10


@pytest.mark.parametrize("share", ["Halvdelen", "Knap halvdelen", "Godt halvdelen"])
def test_thirty_five_per_cent_are_not_about_half(share: str) -> None:
    assert load_words().share(35) != share


def test_under_a_table_stand_its_day_its_base_and_what_is_hidden_in_it() -> None:
    statement = count([*cases(in_job=30), {"sickness": {"visitation": None}}])
    published = hiding(whole(statement), status__unemployed=Shown.SMALL, status__in_job=Shown.HIDDEN)
    notes = {table.id: table_notes(published, table) for table in statement.tables}
    assert notes["status"] == (
        "Kilde: kommunens sager, opgjort pr. 1. november 2012.",
        "Andele af 30: visiterede.",
        "Tal under 5 er skjult (<5).",
        "Andre tal er skjult (·), hvor de kunne bruges til at regne de skjulte ud.",
    )
    assert notes["visited"] == (
        "Kilde: kommunens sager, opgjort pr. 1. november 2012.",
        "1 sag er ikke visiteret og tæller ikke med.",
    )
    assert notes["answer.1.status"][1] == "Besvaret af 0 borgere."


@given(st.sets(st.sampled_from(sorted(count(cases(in_job=2)).figures))), st.booleans())
def test_a_hidden_count_stands_in_no_text(names: set[str], is_small: bool) -> None:
    counts = iter(range(700_001, 800_000, 7))
    statement = count(cases(in_job=2))
    figures = {name: replace(figure, count=next(counts)) for name, figure in statement.figures.items()}
    state = Shown.SMALL if is_small else Shown.HIDDEN
    published = Published(replace(statement, figures=figures), "public", 5, dict.fromkeys(names, state))
    told = [*find_sentences(published).values(), *find_headings(published).values()]
    told += [note for table in statement.tables for note in table_notes(published, table)]
    told += [text for goal in statement.goals for text in (goal_result(published, goal), goal_remark(published, goal))]
    digits = " ".join(told).replace(".", "")
    assert not [name for name in names if str(figures[name].count) in digits]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_nothing_that_is_said_depends_on_a_hidden_count(data: st.DataObject) -> None:
    """Two worlds that differ only in what is hidden are told of in the same words."""
    statement = count(cases(in_job=2))
    names = sorted(name for name, figure in statement.figures.items() if figure.is_sensitive)
    small = data.draw(st.sets(st.sampled_from(names)))
    hidden = data.draw(st.sets(st.sampled_from(names))) - small
    shown = data.draw(st.sampled_from((0, 1, 7, 100)))

    def world() -> Published:
        counts = {name: data.draw(st.integers(1, 4)) for name in sorted(small)}
        counts |= {name: data.draw(st.sampled_from((0, 1, 8, 40, 300))) for name in sorted(hidden)}
        figures = {
            name: replace(figure, count=counts.get(name, 100 if name == "visited" else shown))
            for name, figure in statement.figures.items()
        }
        states = dict.fromkeys(small, Shown.SMALL) | dict.fromkeys(hidden, Shown.HIDDEN)
        return Published(replace(statement, figures=figures), "public", 5, states)

    def tell(published: Published) -> object:
        notes = [table_notes(published, table) for table in published.statement.tables]
        goals = [(goal_result(published, goal), goal_remark(published, goal)) for goal in published.statement.goals]
        told = find_sentences(published), find_headings(published), notes, goals
        return *told, as_record(published), as_csv(published), format_statement(published, "", "")

    assert tell(world()) == tell(world())


def test_a_programme_without_goals_or_places_has_its_sentences_too() -> None:
    statement = count(cases(in_job=25), programme=kvis(goals=(), places=None))
    assert said(whole(statement), "visited") == "Der er visiteret 25 borgere."
    assert statement.goals == ()
