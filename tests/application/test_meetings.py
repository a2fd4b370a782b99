"""Items of one meeting that do not agree, and meetings that may well differ."""

from pathlib import Path
from typing import Any

import pytest
from builders import COMMITTEE, citizen_case, committee_item

from kvisdocs.application.meetings import MeetingItem, describe_meetings, find_meeting_item

ROOM = "Rådhuset, lokale C3.40"


def told(*changes: dict[str, Any]) -> list[str]:
    """What is said of items of one meeting, of numbers 1, 2 and so on unless the changes say another."""
    items: dict[Path, MeetingItem] = {}
    for number, change in enumerate(changes, 1):
        meeting = {**COMMITTEE["meeting"], **change.pop("meeting", {})}
        item = find_meeting_item(
            committee_item(**{"number": str(number), "title": f"Punkt {number}", "meeting": meeting, **change})
        )
        assert item is not None
        items[Path(f"{number}.yaml")] = item
    return [str(each) for each in describe_meetings(items)]


def test_a_citizens_case_has_no_meeting() -> None:
    assert find_meeting_item(citizen_case()) is None


def test_items_that_agree_are_let_pass() -> None:
    meeting = {"time": "13:00", "end": "15:00", "place": ROOM}
    assert told({"meeting": meeting}, {"meeting": meeting}, {}) == []


def test_two_items_of_one_number() -> None:
    assert told({"number": "87", "title": "KVIS"}, {"number": " 87.", "title": "Budget"}) == [
        '2.yaml: warning: item 87. of this meeting is "KVIS" in 1.yaml; '
        "give one of them another number, or delete the copy"
    ]
    assert told({"number": "87", "title": "KVIS"}, {"number": "87", "title": "KVIS"}) == [
        '2.yaml: warning: item 87 of this meeting is "KVIS" in 1.yaml too; '
        "give one of them another number, or delete the copy"
    ]


@pytest.mark.parametrize(
    ("key", "usual", "other"),
    [("place", ROOM, "Rådhuset, lokale A1"), ("time", "13:00", "14:00"), ("end", "15:00", "16:00")],
)
def test_what_a_meeting_has_one_of_is_told_where_it_differs(key: str, usual: str, other: str) -> None:
    """Most of the items are right, wherever the one that is not stands."""
    said = told({"meeting": {key: other}}, {"meeting": {key: usual}}, {"meeting": {key: usual}})
    assert said == [
        f'1.yaml: warning: the meeting has "{other}" as "{key}" here, and "{usual}" in 2.yaml; correct one of them'
    ]


@pytest.mark.parametrize("place", ["Rådhuset", "rådhuset  lokale C3.40", "Lokale C3.40", "Rådhuset, lokale C3.40."])
def test_a_room_that_only_says_less_is_let_pass(place: str) -> None:
    assert told({"meeting": {"place": ROOM}}, {"meeting": {"place": place}}) == []


@pytest.mark.parametrize("name", ["Beskæftigelsesudvalg", "Beskæftigelseudvalget", "Beskæftigelsesudvalgett"])
def test_a_committee_that_is_spelled_otherwise(name: str) -> None:
    said = told({}, {}, {"meeting": {"committee": name}})
    assert said == [
        f'3.yaml: warning: the meeting has "{name}" as "committee" here, '
        'and "Beskæftigelsesudvalget" in 1.yaml; correct one of them'
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Beskæftigelsesudvalget", "Økonomiudvalget"),
        ("Lokalråd 1", "Lokalråd 2"),
        ("Børneudvalget", "Byudvalget"),
        ("Kulturudvalget", "Naturudvalget"),
        ("Socialudvalget", "Lokaludvalget"),
    ],
)
def test_two_committees_of_one_day_are_let_pass(one: str, other: str) -> None:
    assert told({"number": "1", "meeting": {"committee": one}}, {"number": "1", "meeting": {"committee": other}}) == []


def test_other_days_and_other_municipalities_have_numbers_of_their_own() -> None:
    assert told({"number": "1"}, {"number": "1", "meeting": {"date": "2012-12-12"}}) == []
    assert told({"number": "1"}, {"number": "1", "municipality": "viborg"}) == []


def test_of_very_many_some_are_told() -> None:
    assert len(told(*({"number": "1"} for _ in range(500)))) == 21
