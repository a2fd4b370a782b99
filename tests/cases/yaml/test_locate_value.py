"""A value that is sought alone stands where it stands among all places of its file."""

from pathlib import Path

import pytest

from kvisdocs.cases.yaml.locate import Spot, seek
from kvisdocs.cases.yaml.source import SEEKS, parse_source
from kvisdocs.cases.yaml.yaml_builder import PositionTable, Tree
from kvisdocs.problems import Position

EXAMPLES = sorted((Path(__file__).parents[3] / "cases_yaml").rglob("*.yaml"))

TEXT = """\
# A case
name: "Hanne"
plan:
  steps:
    - date: 2012-11-14
      hours: 8
    - {date: 2012-11-21, hours: 12}
  text: |
    Første linje.
    Anden linje.
"""


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_value_of_an_example_is_found_where_it_stands(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    places = PositionTable()
    Tree(text, "a.yaml", places)
    for path, position in places.values.items():
        spot = seek(text, path)
        assert spot is not None
        assert Position("a.yaml", *spot.value) == position
        key = places.keys.get(path)
        assert spot.key == ((key.line, key.column) if key else None)
        if path in places.written:
            assert spot.written == places.written[path]


def test_a_value_in_a_list_below_a_key_is_found() -> None:
    assert seek(TEXT, ("plan", "steps", 1, "hours")) == Spot((7, 33), (7, 26), "12")


@pytest.mark.parametrize(
    "path",
    [("plan", "goal"), ("plan", "steps", 2), ("plan", "steps", 0, "hours", "more"), ("name", 0), ("plan", 0)],
)
def test_what_is_not_there_is_not_found(path: tuple[str | int, ...]) -> None:
    assert seek(TEXT, path) is None


@pytest.mark.parametrize("text", ["", "# nothing\n", "- one\n- two\n", "just words\n"])
def test_a_key_is_not_found_in_what_is_no_mapping(text: str) -> None:
    assert seek(text, ("name",)) is None


def test_the_first_of_two_equal_keys_counts() -> None:
    assert seek("a: 1\na: 2\n", ("a",)) == Spot((1, 4), (1, 1), "1")


def test_what_is_used_again_by_an_anchor_is_left_to_the_whole_file() -> None:
    text = "home: &home\n  street: Storegade 1\nwork: *home\n"
    assert seek(text, ("work", "street")) is None
    assert parse_source(text, "a.yaml").locate(("work", "street")) == Position("a.yaml", 2, 11)


def test_the_whole_file_is_read_when_many_places_are_asked_for() -> None:
    many = "\n".join(f"key{number}: {number}" for number in range(SEEKS + 2))
    source = parse_source(many, "a.yaml")
    found = [source.locate((f"key{number}",)) for number in range(SEEKS + 2)]
    assert found == [Position("a.yaml", number + 1, 7) for number in range(SEEKS + 2)]


def test_a_place_that_is_not_there_is_its_nearest_parent_s() -> None:
    source = parse_source(TEXT, "a.yaml")
    assert source.locate(("plan", "goal", "text")) == source.locate(("plan",)) == Position("a.yaml", 4, 3)
