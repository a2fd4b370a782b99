"""Amounts over years that do not add up, or are written in the wrong unit."""

from decimal import Decimal

import pytest
from builders import loaded_case

from kvisdocs.programme.checks import check_case
from kvisdocs.programme.prose.tables import amount_step

HEAD = """\
kind: committee
municipality: herning
meeting: {committee: Udvalget, date: 2026-09-28}
number: "7"
title: Prøve
economy:
"""


def remarks(table: str) -> list[str]:
    return [str(problem) for problem in check_case(loaded_case(HEAD + table))]


def test_a_total_that_is_not_its_sum_is_found_at_its_amount() -> None:
    table = """\
  - years: ["2027", "2028"]
    rows:
      - {name: Løn, amounts: [700.000, 720.000]}
      - {name: Tilskud, amounts: [-200.000, ~]}
      - {name: I alt, amounts: [500.000, 720.000], total: ja}
      - {name: Møder, amounts: [50.000, 60.000]}
      - {name: Udgift, amounts: [550.000, 770.000], total: ja}
"""
    assert remarks(table) == [
        'case.yaml:13:43: warning: the total "Udgift" of 2028: the parts give 720.000 + 60.000 = 780.000, not 770.000, '
        "and 10.000 too much; put a figure right"
    ]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            '{name: A, amounts: ["1,3 mio."]}, {name: B, amounts: ["1,2 mio."]}, '
            '{name: I alt, amounts: ["2,6 mio."], total: ja}',
            id="rounded amounts may differ by half of their last digit each",
        ),
        pytest.param("{name: A, amounts: [3.286.600]}, {name: I alt, amounts: [9], total: ja}", id="a sum of one part"),
        pytest.param(
            "{name: A, amounts: [1]}, {name: B, amounts: [2]}, {name: Sum, amounts: [3], total: ja}, "
            "{name: C, amounts: [4]}, {name: D, amounts: [5]}, {name: Sum, amounts: [9], total: ja}",
            id="a total of the rows since the last",
        ),
    ],
)
def test_this_is_let_pass(rows: str) -> None:
    assert remarks(f'  - {{years: ["2027"], rows: [{rows}]}}\n') == []


def test_amounts_written_in_the_tables_unit_are_remarked_on() -> None:
    table = '  - {unit: thousand, years: ["2027"], rows: [{name: Løn, amounts: [1.240]}]}\n'
    assert remarks(table) == [
        "case.yaml:7:12: warning: the largest amount is 1.240 kr., and the table shows tusind kroner (1.000 kr.); "
        "write the amounts in kroner; unit says only how they are shown"
    ]


@pytest.mark.parametrize(
    ("written", "step"),
    [
        ("3.286.600", 1),
        ("kr. 3.000,-", 1),
        ("3.286.600,50 kr.", "0.01"),
        ("4,5 mio. kr.", 100_000),
        ("-2 mio.", 10**6),
        ("100 t.kr.", 1000),
    ],
)
def test_the_last_digit_is_worth_this(written: str, step: int | str) -> None:
    assert amount_step(written) == Decimal(step)


GROUPS = """\
  - years: ["2027"]
    rows:
      - {name: Bevilling, amounts: [5.000.000]}
    groups:
      - name: Drift
        rows:
          - {name: Løn, amounts: [700.000]}
          - {name: Lokaler, amounts: [100.000]}
          - {name: Drift i alt, amounts: [800.000], total: ja}
      - name: Finansiering
        rows:
          - {name: Puljen, amounts: [-300.000]}
          - {name: Kommunens udgift, amounts: [500.000], total: ja}
"""


def test_a_group_has_its_own_total_and_the_last_may_be_that_of_all_groups() -> None:
    assert remarks(GROUPS) == []
    (line,) = remarks(GROUPS.replace("[800.000]", "[810.000]"))
    assert line.startswith(
        'case.yaml:15:43: warning: the total "Drift i alt" of 2027: the parts give 700.000 + 100.000'
    )
    assert remarks(GROUPS.replace("[-300.000]", "[-310.000]"))
