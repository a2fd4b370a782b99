"""Herning's section "KVIS statistik for Herning pr. 1. november 2012": each figure of it, from 304 made cases."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from herning_cases import AGREEMENTS, BLOCK, NOT_VISITED, ON, VISITED_LATER, case_texts, write_agreements
from statement_populations import kvis, whole

from kvisdocs.cases.load import LoadedCase, inspect_source, load_case
from kvisdocs.cases.model.agreements import AgreementRegister
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.yaml.source import scan_text
from kvisdocs.problems import Severity
from kvisdocs.programme.checks import check_case
from kvisdocs.statistics.facts import find_facts
from kvisdocs.statistics.model import Statement
from kvisdocs.statistics.sentences import find_headings, find_sentences
from kvisdocs.statistics.statement import check_identities, lay_out_statement
from kvisdocs.statistics.tally import Tally

PAPER = {
    "visited": 304,
    "places": 250,
    "diagnosis.depression": 184,
    "diagnosis.stress": 142,
    "diagnosis.anxiety": 22,
    "status.in_job": 149,
    "status.under_notice": 48,
    "status.unemployed": 107,
    "education.vocational": 146,
    "education.higher": 102,
    "course.begun": 129,
    "outcome.job": 72,
    "outcome.other_reasons": 90,
    "outcome.unemployment_fund": 61,
}
"""Every figure of the section, as the paper prints them."""

SHARES = {"visited": 122, "status.in_job": 49, "status.under_notice": 16, "status.unemployed": 35}
SHARES |= {"course.begun": 42, "outcome.recovered": 53}
"""What the figures are of their base, in per cent: the paper says "ca. halvdelen" of the 35."""


@cache
def loaded_cases() -> tuple[LoadedCase, ...]:
    read = [inspect_source(f"{n}", scan_text(text, f"{n}.yaml")) for n, text in enumerate(case_texts())]
    assert [problem for each in read for problem in each.problems] == []
    return tuple(each.case for each in read if each.case)


@cache
def statement(on: date = ON) -> Statement:
    tally = Tally()
    for loaded in loaded_cases():
        assert isinstance(loaded.case, CitizenCase)
        tally.add(find_facts(loaded.case, kvis(), on, str))
    found = lay_out_statement(tally, kvis(), "herning", on)
    check_identities(found)
    return found


def test_the_made_cases_are_sound_and_of_invented_people() -> None:
    cases = loaded_cases()
    assert len(cases) == BLOCK + VISITED_LATER + NOT_VISITED
    said = [str(problem) for loaded in cases for problem in check_case(loaded) if problem.severity != Severity.NOTE]
    assert said == []
    numbers = [loaded.case.citizen.cpr for loaded in cases if isinstance(loaded.case, CitizenCase)]
    assert len(set(numbers)) == len(numbers)
    assert all(61 <= int(number[:2]) <= 91 for number in numbers)


def test_ten_thousand_have_ten_thousand_numbers() -> None:
    numbers = [re.findall(r"cpr: (\S+)", text)[0] for text in case_texts(10_000)]
    assert len(set(numbers)) == len(numbers) == 10_000 + VISITED_LATER + NOT_VISITED


@pytest.mark.parametrize("name", PAPER)
def test_each_figure_of_the_paper_comes_out(name: str) -> None:
    assert statement().figures[name].count == PAPER[name]


@pytest.mark.parametrize("name", [name for name in PAPER if name not in ("visited", "places")])
def test_each_figure_stands_in_its_table_and_in_its_sentence(name: str) -> None:
    found = statement()
    rows = [row for table in found.tables for row in table.rows if name in row.cells]
    assert rows
    sentence = find_sentences(whole(found))[name.partition(".")[0]]
    assert re.search(rf"\b{PAPER[name]} \(", sentence)


def test_the_shares_are_those_of_the_figures() -> None:
    figures = statement().figures
    for name, share in SHARES.items():
        base = figures[figures[name].base or "places"].count
        assert round(100 * figures[name].count / base) == share, name


def test_the_sentences_of_the_section() -> None:
    found = find_sentences(whole(statement()))
    said = {name: text.replace("\N{NO-BREAK SPACE}", " ") for name, text in found.items()}
    assert said["visited"] == "Der er visiteret 304 borgere. Det er 122 pct. af projektets 250 pladser."
    assert said["status"] == (
        "149 (49 pct.) var i job, 48 (16 pct.) var i opsagt stilling, 107 (35 pct.) var ledige, og ingen var "
        "selvstændige, da de blev visiteret."
    )
    assert "halvdelen" not in said["status"]
    assert (
        "72 (24 pct.) er raskmeldt til job, og 90 (30 pct.) er raskmeldt af andre grunde, heraf 61" in said["outcome"]
    )
    assert find_headings(whole(statement()))["status"] == "Halvdelen var i job, da de blev visiteret"


def test_what_the_paper_leaves_open_is_told() -> None:
    figures = {name: figure.count for name, figure in statement().figures.items()}
    assert figures["diagnosis.several"] >= 44
    assert figures["education.none"] + figures["education.unknown"] == 56
    assert figures["outcome.recovered"] == 162
    assert figures["outcome.running"] == 142
    assert figures["outcome.ended"] == 0


def test_what_is_dated_after_the_day_does_not_count() -> None:
    later = statement(date(2012, 11, 20))
    assert later.figures["visited"].count == 304 + VISITED_LATER
    assert later.figures["outcome.closed"].count == 162 + 15
    assert later.figures["outcome.ended"].count == 3
    assert later.figures["course.begun"].count > 129
    assert (statement().not_visited, later.not_visited) == (14, NOT_VISITED)


def test_64_were_visited_by_week_8_as_the_midway_evaluation_says() -> None:
    assert statement(date(2012, 2, 26)).figures["visited"].count == 64


def test_eight_agreements_with_a_hundred_places_are_in_force(tmp_path: Path) -> None:
    write_agreements(tmp_path / "aftaler.yaml")
    loaded = load_case(tmp_path / "aftaler.yaml")
    assert isinstance(loaded.case, AgreementRegister)
    assert check_case(loaded) == []
    in_force = list(loaded.case.find_in_force(ON))
    assert len(in_force) == len(AGREEMENTS) == 8
    assert 100 < sum(each.places or 0 for each in in_force) < 110
