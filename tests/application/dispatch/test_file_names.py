"""Names that every system takes."""

import pytest

from kvisdocs.application.dispatch.file_names import fill_pattern, make_unique, parse_pattern, safe_name
from kvisdocs.problems import KvisdocsError


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("15.20.00-P19-3107-26 Plan", "15.20.00-P19-3107-26 Plan"),
        ("a/b\\c:d*e?f", "a-b-c-d-e-f"),
        ("..", "_"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        (" Åse  Prøve. ", "Åse Prøve"),
        ("A\N{COMBINING RING ABOVE}se", "Åse"),
        ("fil\N{RIGHT-TO-LEFT OVERRIDE}fdp", "filfdp"),
        ("a\nb\0c", "a-b-c"),
        ("", "_"),
    ],
)
def test_a_name_is_made_safe(given, safe):
    assert safe_name(given) == safe


def test_a_long_name_is_cut_between_letters():
    cut = safe_name("ø" * 200)

    assert cut == "ø" * 60
    assert len(cut.encode()) == 120


def test_names_that_are_alike_get_a_number():
    assert make_unique(["plan", "Plan", "plan (2)", "plan"]) == ["plan", "Plan (2)", "plan (2) (2)", "plan (3)"]


def test_only_the_pattern_parts_folders():
    assert fill_pattern("{caseworker}/{name} plan", {"caseworker": "A/B", "name": "../x"}) == "A-B/x plan"


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("{navn}", "dispatch.pattern.unknown"),
        ("{}", "dispatch.pattern.unknown"),
        ("{name.__class__}", "dispatch.pattern.unknown"),
        ("{name!r}", "dispatch.pattern.unknown"),
        ("{name:>99999999}", "dispatch.pattern.unknown"),
        ("{name", "dispatch.pattern.broken"),
    ],
)
def test_a_pattern_names_what_there_is(pattern, code):
    with pytest.raises(KvisdocsError) as refused:
        parse_pattern(pattern, ["name", "date"])

    assert [each.code for each in refused.value.problems] == [code]
