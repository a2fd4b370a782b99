"""What is hidden of statements so small that the least loss can be seen."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from kvisdocs.problems import KvisdocsError
from kvisdocs.statistics.disclosure import solver
from kvisdocs.statistics.disclosure.hide import hide_small_counts
from kvisdocs.statistics.model import Figure, Measure, Published, Relation, Row, Statement, Table
from kvisdocs.statistics.record import as_record, read_record
from kvisdocs.statistics.shown import count_text, measure_text, share_text

SECONDARY = "ellers kunne et andet tal, der er skjult, regnes ud"


def adds_up(whole: str, *parts: str) -> Relation:
    return Relation({whole: 1, **dict.fromkeys(parts, -1)})


def statement(
    counts: Mapping[str, int], relations: Sequence[Relation] = (), bases: Mapping[str, str] | None = None
) -> Statement:
    """All counts in one table; `all` tells nothing of anybody."""
    figures = {
        name: Figure(name, number, name.capitalize(), "…", (bases or {}).get(name), name != "all")
        for name, number in counts.items()
    }
    table = Table("t", "A", "…", ("Antal",), tuple(Row(name, (name,)) for name in counts))
    return Statement("herning", "kvis", date(2012, 11, 1), figures, {}, tuple(relations), (table,), ())


def shown(published: Published) -> str:
    return " ".join(count_text(published, name) for name in published.statement.figures)


KINDS = [adds_up("all", "a", "b", "c")]


@pytest.mark.parametrize(
    ("counts", "relations", "texts"),
    [
        ({"all": 20, "a": 2, "b": 5, "c": 13}, [], "20 <5 5 13"),
        ({"all": 20, "a": 2, "b": 5, "c": 13}, KINDS, "20 <5 · 13"),  # the smaller of two is less lost
        ({"all": 20, "a": 2, "b": 3, "c": 15}, KINDS, "20 <5 <5 15"),  # the two hide each other
        ({"all": 20, "a": 1, "b": 1, "c": 18}, KINDS, "20 · <5 18"),  # 2 in all: <5 twice would say that each is 1
        ({"all": 20, "a": 0, "b": 5, "c": 15}, KINDS, "20 0 5 15"),  # none is no secret
        ({"all": 20, "a": 0, "b": 2, "c": 18}, KINDS, "20 0 <5 ·"),
        ({"all": 3, "a": 3, "b": 0, "c": 0}, KINDS, "3 <5 0 ·"),
        ({"all": 304, "a": 1, "b": 3}, [Relation({"a": 1, "b": -1}, "<=")], "304 <5 <5"),
        ({"all": 8, "a": 8}, [Relation({"all": 1, "a": -1})], "8 8"),  # everybody knows without being told
    ],
)
def test_small_counts_are_hidden_and_what_tells_them(
    counts: dict[str, int], relations: list[Relation], texts: str
) -> None:
    assert shown(hide_small_counts(statement(counts, relations))) == texts


def test_nested_rows_hide_within_the_row_that_holds_the_small_one() -> None:
    counts = {"all": 162, "job": 72, "other": 90, "fund": 87, "rest": 3}
    published = hide_small_counts(statement(counts, [adds_up("all", "job", "other"), adds_up("other", "fund", "rest")]))
    assert shown(published) == "162 72 90 · <5"
    assert dict(published.reasons) == {"fund": SECONDARY, "rest": "under 5"}


def test_a_two_way_table_loses_a_rectangle_and_no_more() -> None:
    rows, columns = "abc", "xyz"
    numbers = [[3, 40, 20], [30, 50, 10], [60, 70, 80]]
    counts = {f"{r}{c}": numbers[i][j] for i, r in enumerate(rows) for j, c in enumerate(columns)}
    counts |= {r: sum(numbers[i]) for i, r in enumerate(rows)}
    counts |= {c: sum(line[j] for line in numbers) for j, c in enumerate(columns)}
    relations = [adds_up(r, *(r + c for c in columns)) for r in rows]
    relations += [adds_up(c, *(r + c for r in rows)) for c in columns]
    published = hide_small_counts(statement(counts, relations))
    assert set(published.hidden) == {"ax", "az", "bx", "bz"}


def test_what_is_left_of_a_base_is_a_count_too() -> None:
    few = hide_small_counts(statement({"all": 304, "yes": 302}, bases={"yes": "all"}))
    assert [shown(few), share_text(few, "yes")] == ["304 ·", ""]
    assert few.reasons == {"yes": SECONDARY}  # nothing that says that two are left
    assert shown(hide_small_counts(statement({"all": 304, "yes": 299}, bases={"yes": "all"}))) == "304 299"
    assert shown(hide_small_counts(statement({"all": 304, "yes": 300}, bases={"yes": "all"}), 3)) == "304 300"


def test_a_whole_small_group_is_not_told_of_and_a_large_one_is() -> None:
    bases = dict.fromkeys("abc", "all")
    small = hide_small_counts(statement({"all": 12, "a": 12, "b": 0, "c": 0}, KINDS, bases))
    assert shown(small) in ("12 · · 0", "12 · 0 ·")
    large = hide_small_counts(statement({"all": 20, "a": 20, "b": 0, "c": 0}, KINDS, bases))
    assert shown(large) == "20 20 0 0"


def test_the_whole_edition_hides_nothing() -> None:
    published = hide_small_counts(statement({"all": 20, "a": 2, "b": 5, "c": 13}, KINDS), edition="whole")
    assert (shown(published), published.no_share) == ("20 2 5 13", frozenset())


def test_no_threshold_is_below_three() -> None:
    with pytest.raises(ValueError, match="at least 3"):
        hide_small_counts(statement({"all": 20}), 2)


def test_a_measure_over_few_is_not_told() -> None:
    few = statement({"all": 20, "a": 4, "b": 16, "c": 0}, [])
    measures = {name: Measure(f"m{name}", 23.5, "…", "…", name, "uger") for name in "abc"}
    measures["c"] = replace(measures["c"], value=None)
    published = hide_small_counts(replace(few, measures={each.name: each for each in measures.values()}))
    assert [measure_text(published, f"m{name}") for name in "abc"] == ["·", "23,5\N{NO-BREAK SPACE}uger", "–"]


def test_rows_that_are_merged_are_never_shown_and_cannot_be_worked_out() -> None:
    plain = statement(
        {"all": 30, "a": 2, "b": 8, "ab": 10, "c": 20}, [adds_up("ab", "a", "b"), adds_up("all", "ab", "c")]
    )
    figures = {**plain.figures, **{name: replace(plain.figures[name], merged_into="ab") for name in "ab"}}
    published = hide_small_counts(replace(plain, figures=figures))
    assert shown(published) == "30 · · 10 20"
    assert published.reasons["a"] == "slået sammen med andre i rækken ”Ab”"


def test_of_few_citizens_every_hidden_count_is_a_dot() -> None:
    few = {"visited": 19, "a": 2, "b": 17}
    assert shown(hide_small_counts(statement(few))) == "19 · 17"
    assert shown(hide_small_counts(statement({**few, "visited": 20}))) == "20 <5 17"


def test_insensitive_counts_are_shown_however_small() -> None:
    plain = statement({"all": 3, "a": 30})
    assert shown(hide_small_counts(plain)) == "3 30"


def after(first: Mapping[str, int], second: Mapping[str, int], relations: Sequence[Relation]) -> list[str]:
    """What a first and a second statement show, the second with the file of the first at hand."""
    last = hide_small_counts(statement(first, relations))
    known = read_record(as_record(last))
    return [shown(last), shown(hide_small_counts(statement(second, relations), last=known))]


def test_one_more_since_last_week_cannot_be_told_from_two_statements() -> None:
    before = {"all": 60, "a": 10, "b": 20, "c": 30}
    assert after(before, before, KINDS) == ["60 10 20 30"] * 2
    assert after(before, {"all": 61, "a": 11, "b": 20, "c": 30}, KINDS) == ["60 10 20 30", "61 · · 30"]
    assert after(before, {"all": 80, "a": 20, "b": 30, "c": 30}, KINDS)[1] == "80 20 30 30"
    assert after(before, {"all": 70, "a": 15, "b": 22, "c": 33}, KINDS)[1] == "70 15 · ·"


def test_what_was_hidden_last_week_stays_hidden() -> None:
    # 3 of 20 was hidden by b; this week a is 5, and b told in full would tell what b was, were it the same
    first, second = after({"all": 20, "a": 3, "b": 7, "c": 10}, {"all": 40, "a": 9, "b": 16, "c": 15}, KINDS)
    assert first == "20 <5 · 10"
    assert second == "40 9 16 15"  # nothing ties the two weeks but that counts grow, and these names may fall


def test_a_correction_of_the_last_file_does_not_stop_the_next() -> None:
    names = {"all": "visited", "a": "status.a", "b": "status.b"}
    relations = [adds_up("visited", "status.a", "status.b")]

    def named(*numbers: int) -> dict[str, int]:
        return dict(zip(names.values(), numbers, strict=True))

    texts = after(named(40, 20, 20), named(40, 10, 30), relations)
    assert texts == ["40 20 20", "40 10 30"]
    assert after(named(40, 20, 20), named(40, 19, 21), relations)[1] == "40 · ·"


def test_a_quarter_that_is_over_hides_the_same_as_before() -> None:
    # b hid a in the last statement; told now, when the quarter is as it was, it would tell a
    names = ["quarter.2012-1.left", "quarter.2012-1.left_job", "quarter.2012-1.left_ended"]
    quarter = dict(zip(names, (20, 17, 3), strict=True))
    relations = [adds_up(*names)]
    last = hide_small_counts(statement(quarter, relations))
    assert shown(last) == "20 · <5"
    grown = statement({**quarter, "quarter.2012-4.left": 30}, relations)
    published = hide_small_counts(grown, last=read_record(as_record(last)))
    assert shown(published) == "20 · <5 30"
    # the tie is gone, and the small one with it; but what was hidden stays so
    known = read_record(as_record(last))
    assert shown(hide_small_counts(statement(quarter), last=known)) == "20 · <5"


def test_a_last_file_that_contradicts_itself_is_refused() -> None:
    last = hide_small_counts(statement({"all": 20, "a": 2, "b": 5, "c": 13}, KINDS))
    wrong = as_record(last)
    wrong["relations"] += [{"terms": {"a": 1, "c": -1}, "sense": "="}]
    with pytest.raises(KvisdocsError, match="contradicts itself"):
        hide_small_counts(statement({"all": 20, "a": 2, "b": 5, "c": 13}, KINDS), last=read_record(wrong))


def test_a_small_count_that_grew_less_since_the_last_file_does_not_stop_the_next() -> None:
    before = {"visited": 40, "status.a": 3, "status.b": 7, "status.c": 30}
    relations = [adds_up("visited", "status.a", "status.b", "status.c")]
    now = {"visited": 60, "status.a": 0, "status.b": 2, "status.c": 58}
    texts = after(before, now, relations)
    assert texts[0] == "40 <5 · 30"
    assert texts[1].split()[2] == "<5"


def test_without_a_secret_the_solver_is_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    monkeypatch.setattr(solver, "find_spec", lambda name: None)
    assert shown(hide_small_counts(statement({"all": 20, "a": 7, "b": 13}, [adds_up("all", "a", "b")]))) == "20 7 13"
    with pytest.raises(KvisdocsError) as caught:
        hide_small_counts(statement({"all": 20, "a": 2}))
    problem = caught.value.problems[0]
    assert 'pip install "kvisdocs[stats]"' in str(problem)
