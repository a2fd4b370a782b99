"""The rules over prose, on the texts in sums/: one file of ordinary prose to let pass, one of slips to find."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import loaded_case, with_texts
from examples import example
from hypothesis import given
from hypothesis import strategies as st

from kvisdocs.cases.load import load_case
from kvisdocs.problems import Severity
from kvisdocs.programme.checks import check_case
from kvisdocs.programme.prose.prose_checks import MOST_NUMBERS, check_texts, find_slips
from kvisdocs.programme.prose.quantities import find_amounts
from kvisdocs.programme.prose.sums import adds_up

FOLDER = Path(__file__).parents[1] / "sums"
ROOT = Path(__file__).parents[3]
ARROW = "→ "


def read_table(name: str) -> Iterator[tuple[str, str]]:
    """Each text of a file, and the warnings that stand below it."""
    _, *parts = re.split(r"^==.*\n", (FOLDER / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    for part in parts:
        for entry in re.split(r"^--\n", part, flags=re.MULTILINE):
            lines = entry.strip().splitlines()
            text = "\n".join(line for line in lines if not line.startswith(ARROW)).strip() + "\n"
            yield text, "\n".join(line for line in lines if line.startswith(ARROW))


def report(text: str) -> str:
    """The warnings on a text, as the file writes them: the word pointed at, what is wrong, what to do."""
    lines = []
    for slip in find_slips(text):
        word = re.match(r"[\w.,-]*\w", text[slip.offset :])
        assert word, f"{slip} points at no word"
        lines.append(f"{ARROW}{word[0]}: {slip.what}; {slip.todo}")
    return "\n".join(lines)


ORDINARY = [text for text, _ in read_table("lad-passere.txt")]
SLIPS = list(read_table("advar.txt"))


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_prose_is_let_pass(text: str) -> None:
    assert report(text) == ""


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_prose_is_let_pass_with_no_break_spaces_and_dashes_too(text: str) -> None:
    assert report(re.sub(r"(?<=\d|\.) (?=[\wæøå])", "\u00a0", text)) == ""


@pytest.mark.parametrize(("text", "warnings"), SLIPS)
def test_a_slip_is_found(text: str, warnings: str) -> None:
    assert report(text) == warnings
    assert warnings


def test_there_are_enough_texts_to_trust_the_rules() -> None:
    assert len(ORDINARY) >= 40
    assert len(SLIPS) >= 40


LINES = """304 107 af i alt heraf halvdelen 1,5 mio. kr. 350.000 mia. 31. 31 marts november 2012 2009-2010 fra til
den onsdag pct. % borgere ( ) | - ** _ # > [x](y) &nbsp; \\ : ; Der uddannelse |---|---| |a|b|"""
WORDS = st.sampled_from([*LINES.split(), "\n", "\n\n", "\u00a0"])


@given(st.lists(WORDS).map(" ".join))
def test_whatever_is_written_a_slip_points_at_a_sign_of_it(text: str) -> None:
    for slip in find_slips(text):
        assert not text[slip.offset].isspace()


def paper(name: str) -> list[str]:
    """The warnings on a paper that ships, without the path before its name."""
    loaded = load_case(example(name))
    return [str(problem).partition("/committee/")[2] for problem in check_case(loaded)]


def test_the_slips_of_hernings_paper_are_found_at_their_words() -> None:
    file = "herning-punkt-87.yaml"
    assert paper("herning-punkt-87") == [
        f'{file}:20:68: warning: "31 marts 2013" lacks the full stop after the day; write "31. marts 2013"',
        f'{file}:137:12: warning: the groups of "304" give 184 + 142 + 22 = 348; put a figure right, or say in the '
        'text that one may count in several groups ("kan have flere")',
        f'{file}:140:108: warning: "halvdelen", but 107 of 304 is 35 per cent; say the share as it is, or put a count '
        "right",
        f"{file}:143:5: warning: 146 + 102 = 248, and there are 304: everybody has one education; say what the other "
        "56 have (none, unknown)",
        f'{file}:206:38: warning: the attachment "Herning kvartalsopgørelse 4. kv. 2012": "4. kv. 2012" ends on '
        "2012-12-31, after the meeting on 2012-11-14; put the title right, or attach what there was on the day",
    ]


def test_the_slips_of_koebenhavns_paper_are_found_at_their_words() -> None:
    file = "koebenhavn-punkt-6.yaml"
    assert paper("koebenhavn-punkt-6") == [
        f'{file}:21:34: warning: "4,5 mio. kr.": the parts give 350.000 + 3.050.000 = 3.400.000, not 4.500.000; put a '
        "figure right, or say what the missing 1.100.000 are",
        f'{file}:21:77: warning: "3.050.000 mio. kr." has its unit twice: the number is already in full kroner; write '
        "3.050.000 kr. or 3,05 mio. kr.",
    ]


@pytest.mark.parametrize(
    "file", sorted([*ROOT.glob("cases_yaml/**/citizens/*.yaml"), *ROOT.glob("templates/*/sample.yaml")])
)
def test_the_other_examples_hold_no_slips(file: Path) -> None:
    warnings = [problem.what for problem in check_case(load_case(file)) if problem.severity is Severity.WARNING]
    assert warnings == []


def test_a_value_that_is_read_as_a_date_is_no_prose() -> None:
    """`14 november 2012` is a date that a case may be written with; only in a text does it lack its full stop."""
    item = """\
kind: committee
municipality: herning
number: 87
title: Mødet den 14 november 2012
meeting: {committee: BU, date: 14 november 2012}
fields: {summary: 3. december er der møde}
decisions:
  - date: 14 november 2012
    text: Udsat.
attachments:
  - title: Notat
  - title: 31. november 2012
  - title: "Notat fra 15. november 2012"
  - title: notat.
"""
    assert [str(problem) for problem in check_texts(*with_texts(loaded_case(item)))] == [
        'case.yaml:4:18: warning: "14 november 2012" lacks the full stop after the day; write "14. november 2012"',
        'case.yaml:6:19: warning: "3. december" begins a line, where it becomes the number of a list; '
        'write "3\\. december"',
        'case.yaml:12:12: warning: there is no date "31. november 2012"; check day and month',
        'case.yaml:13:23: warning: the attachment "Notat fra 15. november 2012": "15. november 2012" is after the '
        "meeting on 2012-11-14; put the title right, or attach what there was on the day",
        'case.yaml:14:12: warning: the attachment "notat." is listed twice, the first as number 1; delete one, or tell '
        "them apart",
    ]


def documented() -> Iterator[tuple[str, str]]:
    """The examples of docs/checks.md: what warns, and what is let pass."""
    for line in (ROOT / "docs" / "checks.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if len(cells) == 4 and cells[1].startswith("`"):
            yield cells[1].strip("`"), cells[2].strip("`")


@pytest.mark.parametrize(("slip", "sound"), list(documented()))
def test_the_documented_examples_are_true(slip: str, sound: str) -> None:
    assert (len(find_slips(slip + "\n")), find_slips(sound + "\n")) == (1, ())


def test_a_section_of_thousands_of_numbers_is_left_alone():
    slip = "Den 31. november er der møde."
    assert len(find_slips(slip)) == 1
    assert find_slips(f"{slip} {'304 borgere, ' * MOST_NUMBERS}") == ()


@pytest.mark.parametrize(("total", "is_sum"), [("96", False), ("94", False), ("92", True), ("90", True), ("88", True)])
def test_rounding_excuses_no_more_than_three_per_cent(total: str, is_sum: bool) -> None:
    """Ten rounded parts may be out by five together; of a total of some ninety only 3 per cent are let pass."""
    parts, (whole,) = find_amounts("9 mio. kr., " * 10), find_amounts(f"{total} mio. kr.")

    assert adds_up(parts, whole) is is_sum
