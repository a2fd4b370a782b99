"""Markdown and HTML in a case: what is said depends on where the text stands, and points at the file's own line."""

from pathlib import Path

import pytest
from builders import loaded_case, with_texts

from kvisdocs.cases.load import load_case
from kvisdocs.programme.checks import check_case
from kvisdocs.programme.markdown.warnings import check_markup, may_hold_markup_in_file
from kvisdocs.programme.prose.prose import MOST_REMARKS

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted([*ROOT.glob("cases_yaml/**/c*/*.yaml"), *ROOT.glob("templates/*/sample.yaml")])

ITEM = """\
kind: committee
municipality: herning
number: 87
title: Status
meeting: {committee: BU, date: 2012-11-14}
"""


def said(text: str) -> list[str]:
    return [str(problem) for problem in check_markup(*with_texts(loaded_case(ITEM + text)))]


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_examples_lose_nothing(file: Path) -> None:
    assert check_markup(*with_texts(load_case(file))) == []


def test_most_examples_need_no_second_look() -> None:
    citizens = [file for file in EXAMPLES if file.parent.name == "citizens"]
    looked_at = [file.stem for file in citizens if may_hold_markup_in_file(file.read_text(encoding="utf-8"))]
    assert looked_at == ["rasmus-hoejlund-aagesen"]  # which has a decision of several lines


def test_a_slip_stands_at_its_line_whatever_the_form_of_its_text() -> None:
    assert said(
        """\
fields:
  summary: |
    | År | Borgere |
    |---|---|

    - Se <b>dette</b>
  presentation: "Først.\\n\\n<br>"
  lead: '<u>'
"""
    ) == [
        'case.yaml:11:10: warning: "<b>" is printed as it stands; write **fed** for bold',
        'case.yaml:12:28: warning: "<br>" is printed as it stands; leave a line empty for a new paragraph, or end the '
        "line with \\",
        'case.yaml:13:10: warning: "<u>" is printed as it stands; delete it',
    ]


def test_what_is_no_markdown_is_shown_without() -> None:
    assert said(
        """\
legal_basis: "**Lov** om sygedagpenge"
caseworker: "**Bodil** &amp; <i>Anna</i>"
decided_by: "[Byrådet](https://herning.dk) ~~og~~ ![x](y.png)"
signers: ["2 * 3, R&D, a_b_c [sic] 5|6"]
"""
    ) == [
        'case.yaml:7:14: warning: "**" is printed as it stands; delete it: this text is shown without Markdown',
        'case.yaml:7:24: warning: "&amp;" is printed as it stands; write the sign itself',
        'case.yaml:7:30: warning: "<i>" is printed as it stands; delete it',
        'case.yaml:8:14: warning: "[Byrådet](https://herning.dk)" is printed as it stands; write the words and the '
        "address alone",
        'case.yaml:8:44: warning: "~~og~~" is printed as it stands; delete it: this text is shown without Markdown',
        'case.yaml:8:51: warning: "![x](y.png)" is printed as it stands; delete it: this text is shown without '
        "Markdown",
    ]


def test_a_point_of_a_recommendation_is_one_line_of_markdown() -> None:
    assert said(
        """\
recommendation:
  by: Det indstilles
  points:
    - orienteringen **tages** til [efterretning](https://herning.dk)
    - |
      udvalget beslutter

      en ny opgørelse
    - |
      udvalget får
      - en opgørelse
      - et notat
    - |
      en linje, der er
      brudt, og som gerne må
"""
    ) == [
        "case.yaml:13:7: warning: no new paragraph begins here, since this text is printed as one; take the empty line "
        "away",
        'case.yaml:16:7: warning: "- en opgørelse" begins no line of its own, since this text is printed as one '
        "paragraph; write a sentence",
    ]


FOLDED = "the lines of a text that begins with > are joined to one, so that this is printed within a line"


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (["Målene er:", "- job", "- praktik"], "9:5"),
        (["Tallene:", "", "| År | Antal |", "|---|---|", "| 2012 | 304 |"], "10:5"),
        (["### Baggrund", "Tekst"], "8:5"),
    ],
)
def test_yaml_joins_the_lines_of_a_folded_text(lines: list[str], place: str) -> None:
    text = "".join(f"    {line}\n" for line in lines)
    assert said(f"fields:\n  summary: >\n{text}") == [f"case.yaml:{place}: warning: {FOLDED}; begin the text with |"]


def test_a_folded_text_of_paragraphs_is_as_it_was_meant() -> None:
    assert said("fields:\n  summary: >-\n    ### Mål\n\n    KVIS\n    - projektet er\n    i gang.\n\n    - job\n") == []


def test_check_case_says_so_of_both_kinds_of_case() -> None:
    item = loaded_case(ITEM + "fields: {summary: <b>Fed</b>}\n")
    assert [problem.what for problem in check_case(item)] == ['"<b>" is printed as it stands']
    text = (ROOT / "templates/follow-up-plan/sample.yaml").read_text(encoding="utf-8")
    citizen = loaded_case(text.replace("goal: ", "goal: <b>Fuld tid</b> ", 1))
    assert [problem.what for problem in check_case(citizen)] == ['"<b>" is printed as it stands']


def test_of_thousands_of_slips_in_one_text_the_first_are_said_and_the_others_counted() -> None:
    rows = "    | 1 |\n" * (MOST_REMARKS + 50)
    found = said(f"fields:\n  summary: |\n    | År | Antal |\n    |---|---|\n{rows}")
    assert len(found) == MOST_REMARKS + 1
    line = 10 + MOST_REMARKS
    assert found[-1] == f"case.yaml:{line}:5: warning: and 50 more like those above; put those right first"
