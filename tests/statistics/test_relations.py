"""What a reader knows of counts is all in a statement's relations: whoever hides small ones relies on it."""

from random import Random

import pytest
from builders import citizen_case
from statement_populations import ON, draw_case, kvis

from kvisdocs.statistics.facts import find_facts
from kvisdocs.statistics.relations import adds_up, at_most, nothing, occasions, overlap
from kvisdocs.statistics.statement import check_identities, lay_out_statement
from kvisdocs.statistics.tally import Tally


def test_what_is_said_of_counts() -> None:
    assert adds_up("all", ["a", "b"], less=["c"]).terms == {"all": 1, "c": 1, "a": -1, "b": -1}
    assert adds_up("a", ["a"]).terms == {}
    assert nothing("a").terms == {"a": 1}
    nested = at_most("a", ["all"], less=["b"])
    assert (nested.terms, nested.sense) == ({"a": 1, "b": 1, "all": -1}, "<=")


def test_two_groups_and_those_in_both() -> None:
    relations = list(overlap(["a", "b"], "all", ["none"], "both", is_exact=True))
    # with 10 in all, 2 in none, 5 and 6: three are in both, and no other number fits
    counts = {"all": 10, "none": 2, "a": 5, "b": 6}
    fitting = [
        both
        for both in range(11)
        if all(
            sum(factor * (counts | {"both": both})[name] for name, factor in each.terms.items()) <= 0
            for each in relations
        )
    ]
    assert fitting == [3]


def test_how_many_had_occasions_and_how_many_were_at_each() -> None:
    relations = list(occasions(["0", "1", "2"], ["first", "second"]))
    equal = [each.terms for each in relations if each.sense == "="]
    assert equal == [{"first": 1, "second": 1, "1": -1, "2": -2}]
    assert {"first": 1, "1": -1, "2": -1} in [each.terms for each in relations]
    assert {"first": -1, "2": 1} in [each.terms for each in relations]


def test_no_equality_that_holds_for_everybody_is_missing() -> None:
    """Of many drawn populations the counts span a space; what is always 0 in it must be among the relations."""
    np = pytest.importorskip("numpy")
    rng, programme = Random(7), kvis()
    people = [find_facts(citizen_case(**draw_case(rng, programme)), programme, ON, str) for _ in range(800)]
    rows: list[list[int]] = []
    names: list[str] = []
    for number in range(330):
        tally = Tally()
        for facts in rng.sample(people, rng.choice((6, 20, 60))):
            tally.add(facts)
        tally.persons = set(map(str, range(max(1, tally.counts["visited"] - number % 4))))
        tally.counts["quarter.2012-1.came"] += 0  # so that each has the same quarters
        statement = lay_out_statement(tally, programme, "herning", ON)
        check_identities(statement)
        names = [name for name in statement.figures if name != "places"]
        rows.append([statement.figures[name].count for name in names])
    equal = [each.terms for each in statement.relations if each.sense == "="]
    known = [[terms.get(name, 0) for name in names] for terms in equal]
    always = len(names) - np.linalg.matrix_rank(np.array(rows, float))
    assert np.linalg.matrix_rank(np.array(known, float)) == always
