from datetime import date

import pytest

from kvisdocs.programme.prose.attachments import check_attachments

MEETING = date(2012, 11, 14)


def found(*titles: str) -> list[tuple[int, str]]:
    """The number of each attachment with a warning, and what is wrong."""
    return [(number, remark.what) for number, remark in check_attachments(titles, MEETING)]


def test_a_quarter_that_had_not_ended_is_from_the_future() -> None:
    ((number, remark),) = check_attachments(["Kvartalsopgørelse 4. kv. 2012"], MEETING)
    assert (number, remark.offset, remark.what, remark.todo) == (
        0,
        18,
        'the attachment "Kvartalsopgørelse 4. kv. 2012": "4. kv. 2012" ends on 2012-12-31, after the meeting on '
        "2012-11-14",
        "put the title right, or attach what there was on the day",
    )


@pytest.mark.parametrize(
    ("title", "shown", "day"),
    [
        ("Overblik 4. kvartal 2012", "4. kvartal 2012", "ends on 2012-12-31, after"),
        ("Sygefravær fjerde kvartal af 2012", "fjerde kvartal af 2012", "ends on 2012-12-31, after"),
        ("Ledighed K4 2012", "K4 2012", "ends on 2012-12-31, after"),
        ("Ledighed 2. halvår 2012", "2. halvår 2012", "ends on 2012-12-31, after"),
        ("Ledighed december 2012", "december 2012", "ends on 2012-12-31, after"),
        ("Statistik november 2012", "november 2012", "ends on 2012-11-30, after"),
        ("Årsrapport 2012", "2012", "ends on 2012-12-31, after"),
        ("KVIS statistik 1. dec. 2012", "1. dec. 2012", "is after"),
        ("Notat af 15-11-2012", "15-11-2012", "is after"),
        ("Bilag 3: Opgørelse\u00a04.\u00a0kv.\u00a02012", "4.\u00a0kv.\u00a02012", "ends on 2012-12-31, after"),
    ],
)
def test_a_title_from_the_future(title: str, shown: str, day: str) -> None:
    assert found(title) == [(0, f'the attachment "{title}": "{shown}" {day} the meeting on 2012-11-14')]


@pytest.mark.parametrize(
    "title",
    [
        "KVIS statistik 1. nov. 2012",
        "Notat af 14-11-2012",
        "Kvartalsopgørelse 3. kv. 2012",
        "Statistik oktober 2012",
        "Nyhedsbrev november 2012",
        "Budget 2013-2016",
        "Beskæftigelsesplan 2013",
        "Mødeplan 1. halvår 2013",
        "Forventet regnskab 2012",
        "Invitation til konference den 3. december 2012",
        "Udkast til årsrapport 2012",
        "Årsrapport 2011",
        "Sag 2012-140699",
        "Tidsplan for 4. kvartal 2012",
        "Foreløbig evalueringsrapport",
    ],
)
def test_a_title_that_is_let_pass(title: str) -> None:
    assert found(title) == []


def test_the_same_attachment_twice() -> None:
    titles = ["Rapport", "Bilag 2: Evaluering af KIA.", "2. evaluering af  KIA"]
    ((number, remark),) = check_attachments(titles, MEETING)
    assert (number, remark.offset, remark.what, remark.todo) == (
        2,
        0,
        'the attachment "2. evaluering af  KIA" is listed twice, the first as number 2',
        "delete one, or tell them apart",
    )


def test_nearly_the_same_title_is_a_slip_of_the_pen() -> None:
    assert found("Midtvejsevaluering af KVIS", "Midtvejs-evaluering af KVIS", "Midtvejsevalurering af KVIS") == [
        (1, 'the attachment "Midtvejs-evaluering af KVIS" is listed twice, the first as number 1'),
        (
            2,
            'the attachment "Midtvejsevalurering af KVIS" is listed twice '
            '("Midtvejsevaluering af KVIS" is nearly the same), the first as number 1',
        ),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Statistik 1. kvartal 2012", "Statistik 2. kvartal 2012"),
        ("Bilag A", "Bilag B"),
        ("Kort over det østlige område", "Kort over det vestlige område"),
        ("Høringssvar fra Ældrerådet", "Høringssvar fra Handicaprådet"),
        ("Referat fra Nord", "Referat fra Syd"),
        ("Evaluering", "Evaluering, kort udgave"),
        ("Tal for mænd", "Tal for kvinder"),
    ],
)
def test_other_attachments_with_like_titles(one: str, other: str) -> None:
    assert found(one, other) == []
