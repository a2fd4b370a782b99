"""How values of a case stand in a document, and what the case would hold for what somebody wrote there."""

import pytest

from kvisdocs.application.read_back.values import find_shown


@pytest.mark.parametrize(
    ("value", "shown", "written", "read"),
    [
        ("2026-12-02", "2. december 2026", "9. december 2026", "2026-12-09"),
        ("2026-12-02", "2. dec. 2026", "9/12 2026", "2026-12-09"),
        ("2026-12-02", "onsdag den 2. december 2026", "onsdag den 9. december 2026", "2026-12-09"),
        ("2026-12-02", "2. december 2026", "snart", "snart"),
        ("2026-12-02", "2. december 2026", "torsdag den 9. december 2026", "torsdag den 9. december 2026"),
        ("2. december 2026", "02-12-2026", "09-12-2026", "09-12-2026"),
        ("3286600", "3.286.600 kr.", "3.300.000 kr.", "3300000"),
        ("18,5", "18,5", "37", "37"),
        ("18.5", "18,5", "20,5", "20.5"),
        ("3.286.600 kr.", "3.286.600 kr.", "4 mio. kr.", "4 mio. kr."),
        ("kok i køkkenet", "Kok i køkkenet", "Bager i køkkenet", "bager i køkkenet"),
        ("to\nlinjer", "to linjer", "to andre", "to andre"),
    ],
)
def test_it_is_read_in_the_form_of_the_case(value: str, shown: str, written: str, read: str | None) -> None:
    ways = dict(reversed(list(find_shown(value))))  # the first of several that look alike
    assert ways[shown](written) == read
