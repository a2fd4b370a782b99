"""YAML as a person would write it: whatever a cell held comes back as it was."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.yaml.source import parse_source
from kvisdocs.cases.yaml.yaml_builder import UNPRINTABLE
from kvisdocs.importing.yaml_text import write_yaml

SIGNS = st.characters(blacklist_categories=("Cs",), blacklist_characters="\ufffe\uffff")
TEXTS = st.text(SIGNS, min_size=1) | st.text("ab :#-?'\"\\[]{}&*!|>%@`~,;\n\t 01.", min_size=1)


@given(TEXTS)
def test_any_text_comes_back(text):
    text = text.replace("\r", "").strip()
    data = {"case_number": text, "team": [{"role": text}], "steps": {"a": text}, "contacts": [{"participants": [text]}]}
    assume(text and not UNPRINTABLE.search(text))  # which is said at the cell
    assert parse_source(write_yaml(data, CitizenCase), "a.yaml").data == data


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("case_number", "12/3456", "case_number: 12/3456"),
        ("case_number", "0012", 'case_number: "0012"'),
        ("case_number", "null", 'case_number: "null"'),
        ("case_number", "a: b", 'case_number: "a: b"'),
        ("case_number", "kok #2", 'case_number: "kok #2"'),
        ("case_number", "Åse & Bo, 3. sal", "case_number: Åse & Bo, 3. sal"),
        ("case_number", "- nej", 'case_number: "- nej"'),
        ("case_number", 'et "ord"', 'case_number: et "ord"'),
    ],
)
def test_quotes_stand_only_where_they_are_needed(path, text, line):
    assert write_yaml({path: text}, CitizenCase).splitlines() == [line]


def test_fields_are_in_the_models_order_and_days_without_quotes():
    data = {
        "sickness": {"diagnoses": ["stress"], "first_day": "2012-09-10"},
        "kind": "citizen",
        "steps": {"x": "2012-10-01"},
    }
    assert write_yaml(data, CitizenCase).splitlines() == [
        "kind: citizen",
        "sickness:",
        "  first_day: 2012-09-10",
        "  diagnoses: [stress]",
        "steps:",
        "  x: 2012-10-01",
    ]


def test_a_text_of_several_lines_is_a_block():
    data = {"contacts": [{"about": "Første\n\n- punkt\n  under"}]}
    assert write_yaml(data, CitizenCase).splitlines() == [
        "contacts:", "  - about: |-", "      Første", "", "      - punkt", "        under",
    ]  # fmt: skip
