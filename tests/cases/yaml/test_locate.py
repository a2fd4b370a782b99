"""Every sign of a text is found again in the file, a value sought alone where it stands among all."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kvisdocs.cases.yaml.locate import Spot, seek
from kvisdocs.cases.yaml.source import SEEKS, parse_source
from kvisdocs.cases.yaml.yaml_builder import PositionTable, Tree
from kvisdocs.problems import Position

WAYS = {
    "plain": "a: 1 KVIS 304\n",
    "plain over lines": "a: 1 KVIS\n   304\n",
    "after an emoji": "# \U0001f600 æ\na: æ\U0001f600ø 304\n",
    "single quotes": "a: 'it''s ''so'' 304'\n",
    "double quotes": 'a: "\\u00e6\\x41\\"\\\\ \\_\\\n   304"\n',
    "literal": "a: |  # en note\n  KVIS:\n\n    - 1\n    - 304\n",
    "literal with Windows line ends": "a: |\r\n  KVIS\r\n\r\n  304\r\n",
    "folded": "a: >-\n  KVIS\n  og\n\n  304\n",
    "with an anchor": "a: &note KVIS 304\n",
}


@pytest.mark.parametrize("text", WAYS.values(), ids=WAYS)
def test_a_number_is_found_at_its_line_and_column(text: str) -> None:
    source = parse_source(text, "case.yaml")
    line = next(number for number, each in enumerate(text.splitlines(), 1) if "304" in each)
    column = text.splitlines()[line - 1].index("304") + 1
    assert source.locate_in(("a",), source.text_at(("a",)).index("304")) == Position("case.yaml", line, column)


def test_a_text_in_a_list_is_found_too() -> None:
    source = parse_source("a:\n  - b: KVIS\n  - b: 22 og\n       304\n", "case.yaml")
    assert source.locate_in(("a", 1, "b"), 6) == Position("case.yaml", 4, 8)


def test_a_path_that_is_not_there_leads_to_its_parent() -> None:
    source = parse_source("a:\n  - b: KVIS\n", "case.yaml")
    assert source.text_at(("a", 7, "c")) == ""
    assert source.locate_in(("a", 7, "c"), 6) == Position("case.yaml", 2, 3)


@given(st.text(alphabet="aæ \n'\"\\:#-\t\u00a0\U0001f600", min_size=1), st.sampled_from(["'", '"', "|", ">", None]))
def test_each_sign_is_found_in_whatever_a_writer_of_yaml_makes_of_it(value: str, style: str | None) -> None:
    text = yaml.safe_dump({"a": value + "304"}, default_style=style, allow_unicode=True, width=20)
    source = parse_source(text, "case.yaml")
    found = source.locate_in(("a",), len(value))
    assert text.split("\n")[found.line - 1][found.column - 1 :].startswith("304")


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
