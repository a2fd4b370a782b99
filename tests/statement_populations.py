"""Populations for tests of statements: cases as plain values, counted as `kvisdocs stats` counts them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from builders import citizen_case

from kvisdocs.programme.rules.rule_registry import load_programme
from kvisdocs.programme.rules.rules import Programme
from kvisdocs.statistics.facts import find_facts
from kvisdocs.statistics.model import Published, Statement
from kvisdocs.statistics.statement import check_identities, lay_out_statement
from kvisdocs.statistics.tally import Tally

ON = date(2012, 11, 1)


def kvis(**changes: Any) -> Programme:
    """The programme that ships, changed where a test says so."""
    return load_programme("kvis-2011").model_copy(update=changes)


def tally_of(cases: Iterable[Mapping[str, Any]], on: date = ON, programme: Programme | None = None) -> Tally:
    """The tally of cases, each the changes to the builders' case; without a CPR number, each is another person."""
    tally = Tally()
    for number, changes in enumerate(cases):
        facts = find_facts(citizen_case(**changes), programme or kvis(), on, str)
        is_own = "citizen" in changes or not facts.person
        tally.add(facts if is_own else replace(facts, person=f"{number}"))
    return tally


def count(
    cases: Iterable[Mapping[str, Any]],
    on: date = ON,
    programme: Programme | None = None,
    threshold: int | None = None,
) -> Statement:
    """The statement of cases, whose every relation holds."""
    statement = lay_out_statement(tally_of(cases, on, programme), programme or kvis(), "herning", on, threshold)
    check_identities(statement)
    return statement


def whole(statement: Statement) -> Published:
    """An edition that hides nothing."""
    return Published(statement, "whole", 5)


def counts_of(statement: Statement, first: str) -> dict[str, int]:
    """The counts that are not none, of figures whose names begin so, by the rest of the name."""
    found = {name: figure.count for name, figure in statement.figures.items() if name.startswith(f"{first}.")}
    return {name.removeprefix(f"{first}."): number for name, number in found.items() if number}
