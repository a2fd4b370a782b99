"""Every sign of a text is found again in the file, whichever of YAML's ways of writing it was chosen."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kvisdocs.cases.yaml.source import parse_source
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
