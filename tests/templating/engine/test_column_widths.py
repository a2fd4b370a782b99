"""Columns of tables in prose: equal where that is enough, else as wide as their words ask for."""

import re

import pytest

from kvisdocs.templating.engine.markdown import Need, find_need, fit_columns, measure_word, render_markdown


def shares(markdown: str) -> list[float]:
    return [float(share) for share in re.findall(r'<col style="width: ([\d.]+)%">', render_markdown(markdown))]


def table(*columns: str) -> str:
    row = f"| {' | '.join(columns)} |"
    return f"{row}\n|{'---|' * len(columns)}\n{row}"


def test_short_words_leave_the_columns_equal_and_the_html_as_it_was():
    assert "<col" not in render_markdown(table("Uge", "Timer", "Opgave"))
    assert "class" not in render_markdown(table("Uge", "Timer", "Opgave")).partition("<thead")[0]


def test_a_long_word_gets_the_room_that_short_ones_can_spare():
    wide, *others = shares(table("Beskæftigelsesforvaltningen", "20", "11", "9", "31"))
    assert wide > 100 / 5
    assert len(set(others)) == 1
    assert wide + sum(others) == pytest.approx(100, abs=0.1)


def test_amounts_stay_whole_in_smaller_letters_where_long_words_are_divided():
    html = render_markdown(table("Beskæftigelsesforvaltningen", *["1.234.567.000 kr."] * 6))
    assert '<table class="dense">' in html
    found = shares(table("Beskæftigelsesforvaltningen", *["1.234.567.000 kr."] * 6))
    amount = measure_word("1.234.567.000\u00a0kr.") * 9.5 * 0.85
    assert all(share / 100 * 470 > amount for share in found[1:])


@pytest.mark.parametrize(
    ("text", "divisible"),
    [
        ("Beskæftigelsesforvaltningen", True),
        ("vejledning_til_sygemeldte.pdf", True),
        ("aase@jobcenter.example", True),
        ("14.\u00a0september\u00a02026", False),
        ("1.234.567.000\u00a0kr.", False),
        ("aftale", False),
    ],
)
def test_words_may_be_divided_and_numbers_not(text, divisible):
    need = find_need([text])
    assert (need.divided < need.whole) is divisible


def test_a_word_with_hyphens_needs_the_room_of_its_longest_part():
    assert find_need(["Søren-Emil-Maximilian"]) == find_need(["Maximilian"])


def test_an_empty_column_asks_for_nothing():
    assert find_need([""]) == Need(0, 0)
    assert fit_columns([Need(0, 0)] * 3) == ("", [])


def test_more_than_the_page_has_is_shared_by_need_in_the_smallest_letters():
    name, found = fit_columns([Need(4, 4)] * 20 + [Need(8, 8)])
    assert name == "denser"
    assert found[-1] == pytest.approx(100 * 8.85 / (20 * 4.85 + 8.85), abs=0.01)
