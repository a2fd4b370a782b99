"""What an edition says of figures: counts, shares and measures as text, and the record of it."""

import json
from dataclasses import replace
from datetime import date

import pytest

from kvisdocs.statistics.model import Figure, Goal, Measure, Published, Relation, Row, Shown, Statement, Table
from kvisdocs.statistics.record import as_record, read_record
from kvisdocs.statistics.shown import count_text, figure_text, find_percent, measure_text, share_text


def published(count: int, base: int = 304, edition: str = "public", **hidden: Shown) -> Published:
    """A statement with one figure `a.b` of `visited`."""
    figures = {
        "visited": Figure("visited", base, "Visiterede", "…", is_sensitive=False),
        "part": Figure("part", count, "En del", "…", "visited"),
    }
    measures = {"weeks": Measure("weeks", 23.25, "Uger", "…", "part", "uger")}
    row = Row("En del", ("part", None), 1)
    statement = Statement(
        "Herning",
        "kvis-2011",
        date(2012, 11, 1),
        figures,
        measures,
        (Relation({"part": 1, "visited": -1}, "<="),),
        (Table("part", "A", "Dele", ("Antal", ""), (row,), "visited", ("En note",)),),
        (Goal("a", "Mål", "80 pct.", "part", "visited", 80.0),),
        sources=("cases",),
    )
    return Published(statement, edition, 5, hidden, dict.fromkeys(hidden, "for lille"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("count", "base", "text"),
    [
        (149, 304, "149 (49 pct.)"),
        (48, 304, "48 (16 pct.)"),
        (107, 304, "107 (35 pct.)"),
        (0, 304, "0 (0 pct.)"),
        (304, 304, "304 (100 pct.)"),
        (5, 1001, "5 (under 1 pct.)"),  # 0.4995 would be rounded to none
        (996, 1001, "996 (over 99 pct.)"),
        (10, 1000, "10 (1 pct.)"),
        (1, 200, "1"),  # a small one that nobody has hidden: its share is not told all the same
        (300, 304, "300"),  # the four others are few
        (10, 19, "10"),
        (10, 20, "10 (50 pct.)"),
        (25, 200, "25 (13 pct.)"),  # half goes up
        (1234, 2000, "1.234 (62 pct.)"),
    ],
)
def test_a_figure_says_its_count_and_a_share_where_one_is_honest(count: int, base: int, text: str) -> None:
    assert figure_text(published(count, base), "part").replace("\N{NO-BREAK SPACE}", " ") == text


def test_the_whole_edition_tells_small_shares_too() -> None:
    assert figure_text(published(4, 304, "whole"), "part") == "4 (1\N{NO-BREAK SPACE}pct.)"


def test_what_is_hidden_has_no_share_and_no_count() -> None:
    small, hidden = published(3, part=Shown.SMALL), published(40, part=Shown.HIDDEN)
    assert [count_text(small, "part"), share_text(small, "part")] == ["<5", ""]
    assert [count_text(hidden, "part"), share_text(hidden, "part")] == ["·", ""]
    assert share_text(published(40, visited=Shown.HIDDEN), "part") == ""
    assert find_percent(replace(published(40), no_share=frozenset({"part"})), "part") is None


def test_what_is_merged_into_another_row_is_never_told() -> None:
    said = published(40)
    figures = said.statement.figures
    merged = figures | {"part": replace(figures["part"], merged_into="visited")}
    assert count_text(replace(said, statement=replace(said.statement, figures=merged)), "part") == "·"


def test_measures_have_a_comma_and_their_unit() -> None:
    said = published(40)
    assert measure_text(said, "weeks") == "23,3\N{NO-BREAK SPACE}uger"
    assert measure_text(replace(said, no_share=frozenset({"weeks"})), "weeks") == "·"
    for value, text in ((5.0, "5 uger"), (-1.5, "\N{MINUS SIGN}1,5 uger"), (None, "–")):
        measures = {"weeks": replace(said.statement.measures["weeks"], value=value)}
        changed = replace(said, statement=replace(said.statement, measures=measures))
        assert measure_text(changed, "weeks").replace("\N{NO-BREAK SPACE}", " ") == text


def test_the_record_never_holds_a_hidden_count_and_is_read_back() -> None:
    said = published(4711, 9999, part=Shown.HIDDEN)
    text = json.dumps(as_record(said))
    assert "4711" not in text
    again = read_record(json.loads(text))
    assert again.hidden == {"part": Shown.HIDDEN}
    assert again.reasons == {"part": "for lille"}
    assert again.statement.figures["visited"] == said.statement.figures["visited"]
    assert (again.statement.tables, again.statement.goals) == (said.statement.tables, said.statement.goals)
    assert (again.statement.relations, again.statement.on) == (said.statement.relations, said.statement.on)
    assert json.dumps(as_record(again)) == text


def test_the_record_never_holds_a_measure_that_is_not_told() -> None:
    said = replace(published(40), no_share=frozenset({"weeks"}))
    assert "23" not in json.dumps(as_record(said)["measures"])


@pytest.mark.parametrize("data", [{}, {"version": 2}, {"version": 1, "figures": []}])
def test_other_data_is_no_record(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_record(data)
