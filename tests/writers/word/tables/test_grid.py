import pytest

from kvisdocs.writers.word.tables.grid import (  # fmt: skip
    Gap,
    Placed,
    Spanning,
    count_columns,
    fill_gaps,
    merge_columns,
    place_cells,
    round_widths,
    share_widths,
)


def test_cells_stand_in_the_first_free_column_below_a_rowspan() -> None:
    rows = [[Spanning("a", 1, 2), Spanning("b", 2, 1)], [Spanning("c"), Spanning("d")]]
    assert place_cells(rows) == [
        [Placed("a", 0, 1, "restart"), Placed("b", 1, 2)],
        [Placed("a", 0, 1, "continue"), Placed("c", 1, 1), Placed("d", 2, 1)],
    ]


def test_rowspan_and_colspan_at_once() -> None:
    assert place_cells([[Spanning("a", 2, 2), Spanning("b")], [Spanning("c")]]) == [
        [Placed("a", 0, 2, "restart"), Placed("b", 2, 1)],
        [Placed("a", 0, 2, "continue"), Placed("c", 2, 1)],
    ]


def test_a_rowspan_ends_with_the_table() -> None:
    assert place_cells([[Spanning("a", 1, 9)]]) == [[Placed("a", 0, 1)]]


def test_a_row_whose_cells_all_reach_down_from_above() -> None:
    placed = place_cells([[Spanning("a", 1, 2), Spanning("b", 1, 2)], []])
    assert placed[1] == [Placed("a", 0, 1, "continue"), Placed("b", 1, 1, "continue")]


def test_gaps_are_filled_in_the_middle_and_at_the_end() -> None:
    placed = place_cells([[Spanning("a"), Spanning("b"), Spanning("c", 1, 2), Spanning("d")], [Spanning("e")], []])
    assert count_columns(placed) == 4
    assert fill_gaps(placed, 4)[1:] == [
        [Placed("e", 0, 1), Gap(1, 1), Placed("c", 2, 1, "continue"), Gap(3, 1)],
        [Gap(0, 4)],
    ]


def test_lines_of_the_grid_that_no_cell_uses_go() -> None:
    placed = place_cells([[Spanning("a", 3), Spanning("b", 7)]])
    merged, widths = merge_columns(placed, [10.0] * 10)
    assert merged == [[Placed("a", 0, 1), Placed("b", 1, 1)]]
    assert widths == (30, 70)


@pytest.mark.parametrize(
    ("said", "shared"),
    [
        ([None, None], (50, 50)),
        ([20, None, None], (20, 40, 40)),
        ([20, 20], (50, 50)),
        ([150, 50], (75, 25)),
        ([0, 0], (50, 50)),
        ([], ()),
    ],
)
def test_widths_fill_the_table(said: list[float | None], shared: tuple[float, ...]) -> None:
    assert share_widths(said, 100) == pytest.approx(shared)


def test_a_column_for_which_nothing_is_left_can_still_be_read() -> None:
    assert min(share_widths([60, 60, None], 100)) > 5


def test_rounding_keeps_the_sum() -> None:
    assert round_widths([33.4, 33.3, 33.3]) == (33, 34, 33)
