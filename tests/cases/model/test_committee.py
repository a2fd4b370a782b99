"""What a committee item says of itself, and what the public is given of it."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from builders import committee_item
from pydantic import ValidationError

from kvisdocs.cases.model.committee import CommitteeItem, make_public

ATTACHMENTS = [
    {"title": "Status", "date": "2026-08-27"},
    {"title": "Bud på Prøvevej 12", "access": "closed", "document_number": "12/3", "date": "2026-08-28"},
    {"title": "Speciallægens timepriser", "access": "closed", "neutral_title": "Tilbud"},
]
CLOSED = {
    "title": "Køb af Prøvevej 12",
    "neutral_title": "Ejendomssag",
    "access": "closed",
    "closed_reason": "Lukket efter kommunestyrelseslovens § 10.",
    "case_number": "26/12",
    "document_number": "26/13",
    "caseworker": "Hemmelig Sagsbehandler",
    "decided_by": "Hemmeligt organ",
    "legal_basis": "Hemmelig hjemmel",
    "routing": ["HEM"],
    "fields": {"summary": "Hemmeligt resume"},
    "economy": [{"years": ["2026"], "rows": [{"name": "Hemmelig post", "amounts": ["6,4 mio."]}]}],
    "recommendation": {"by": "Hemmelig direktør indstiller", "points": ["hemmeligt punkt"]},
    "course": [{"committee": "Hemmeligt udvalg"}],
    "decisions": [
        {"text": "Hemmelig beslutning"},
        {
            "text": "Godkendt.",
            "date": "2026-09-28",
            "released": "ja",
            "votes": [{"against": {"members": ["Hemmeligt medlem"]}}],
            "remarks": [{"by": "Hemmeligt parti", "text": "Hemmelig bemærkning"}],
            "absent": [{"name": "Hemmeligt fravær"}],
        },
    ],
    "attachments": ATTACHMENTS,
    "signers": ["Hemmelig underskriver"],
}
"""A closed item with every field filled; what the public may not see names the house or calls itself secret."""


def test_of_a_closed_item_the_public_is_given_this_and_no_more() -> None:
    assert make_public(committee_item(**CLOSED)).model_dump(exclude_defaults=True) == {
        "kind": "committee",
        "municipality": "herning",
        "meeting": {"committee": "Beskæftigelsesudvalget", "date": date(2012, 11, 14)},
        "number": "87",
        "title": "Ejendomssag",
        "neutral_title": "Ejendomssag",
        "access": "closed",
        "closed_reason": "Lukket efter kommunestyrelseslovens § 10.",
        "decisions": ({"text": "Godkendt.", "date": date(2026, 9, 28), "released": True},),
    }


def test_of_an_open_item_only_the_closed_attachments_are_hidden() -> None:
    item = committee_item(attachments=ATTACHMENTS, caseworker="Bodil Eksempel")
    public = make_public(item)
    shown = [(each.title, each.access, each.document_number, each.date) for each in public.attachments]
    assert shown == [
        ("Status", "open", None, date(2026, 8, 27)),
        ("Bilag", "closed", "12/3", None),
        ("Tilbud", "closed", None, None),
    ]
    assert public.model_copy(update={"attachments": item.attachments}) == item


def test_votes_are_kept_as_they_are_written_and_not_made_to_agree() -> None:
    vote = {"in_favour": {"count": "29"}, "against": {"count": "25", "parties": ["A"], "members": ["Bo (A)"]}}
    (kept,) = committee_item(decisions=[{"text": "Forkastet.", "votes": [vote]}]).decisions[0].votes
    assert kept.model_dump(exclude_defaults=True) == {
        "in_favour": {"count": 29},
        "against": {"count": 25, "parties": ("A",), "members": ("Bo (A)",)},
    }


def test_amounts_over_years_are_kroner_and_may_be_missing() -> None:
    table = {"years": ["2027", "2028"], "rows": [{"name": "Løn", "amounts": ["1,24 mio. kr.", None]}]}
    (kept,) = committee_item(economy=[table]).economy
    assert kept.rows[0].amounts == (Decimal(1240000), None)


def decision(**parts: Any) -> dict[str, Any]:
    return {"decisions": [{"text": "Godkendt.", **parts}]}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            {"access": "closed"},
            "a closed item needs a title for the public; add neutral_title",
            id="a closed item without a neutral title",
        ),
        pytest.param(
            decision(votes=[{"in_favour": {}}]),
            "this side of the vote is empty; write count, parties or members, or delete it",
            id="an empty side",
        ),
        pytest.param(
            decision(votes=[{"about": "punkt 1"}]),
            "the vote has no side; add in_favour, against or abstained",
            id="a vote without sides",
        ),
        pytest.param(
            {"economy": [{"years": ["2027", "2028"], "rows": [{"name": "Løn", "amounts": ["100"]}]}]},
            'the row "Løn" has 1 amounts for 2 years; write one for each year, and ~ where there is none',
            id="a row that lacks a year",
        ),
    ],
)
def test_an_item_that_cannot_be_printed_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(message)):
        committee_item(**changes)


def test_a_closed_item_is_whole_in_the_case() -> None:
    assert isinstance(committee_item(**CLOSED), CommitteeItem)
    assert committee_item(**CLOSED).title == "Køb af Prøvevej 12"
