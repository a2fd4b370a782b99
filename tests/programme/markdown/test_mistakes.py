"""Markdown that documents print otherwise than it was meant, on the texts in markup/: to let pass, and to warn of."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvisdocs.programme.markdown.mistakes import find_markup_slips
from kvisdocs.programme.markdown.warnings import may_hold_markup

FOLDER = Path(__file__).parents[1] / "markup"
PROSE = Path(__file__).parents[1] / "sums"
ARROW = "→ "


def read_table(file: Path) -> Iterator[tuple[str, str]]:
    """Each text of a file, and the warnings that stand below it."""
    _, *parts = re.split(r"^==.*\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for part in parts:
        for entry in re.split(r"^--\n", part, flags=re.MULTILINE):
            lines = entry.strip("\n").split("\n")
            text = "\n".join(line for line in lines if not line.startswith(ARROW))
            yield text, "\n".join(line for line in lines if line.startswith(ARROW))


def report(text: str) -> str:
    """The warnings on a text, as the file writes them: line and column, what is wrong, what to do."""
    lines = []
    for slip in find_markup_slips(text):
        before = text[: slip.offset]
        place = f"{before.count(chr(10)) + 1}:{slip.offset - before.rfind(chr(10))}"
        lines.append(f"{ARROW}{place}: {slip.what}; {slip.todo}")
    return "\n".join(lines)


SOUND = [text for text, _ in read_table(FOLDER / "lad-passere.txt") if text]
SLIPS = [(text, warnings) for text, warnings in read_table(FOLDER / "advar.txt") if text]


@pytest.mark.parametrize("text", SOUND)
def test_what_is_printed_as_it_was_meant_is_let_pass(text: str) -> None:
    assert report(text) == ""


@pytest.mark.parametrize(
    "text", [text for name in ("advar.txt", "lad-passere.txt") for text, _ in read_table(PROSE / name)]
)
def test_ordinary_prose_is_let_pass(text: str) -> None:
    assert report(text) == ""


@pytest.mark.parametrize(("text", "warnings"), SLIPS)
def test_what_is_lost_or_changed_is_said(text: str, warnings: str) -> None:
    assert report(text) == warnings
    assert warnings


def test_there_are_enough_texts_to_trust_the_rules() -> None:
    assert len(SOUND) >= 20
    assert len(SLIPS) >= 30


PIECES = sorted(
    {line for text, _ in SLIPS for line in text.split("\n") if line}
    | {"Der er 304 borgere.", "    fire", "**fed.**", "**a**b", "**"}
)
MARKS = ["", "", "", "- ", "1. ", "> ", "  ", "### ", "# "]
DRAWN = st.lists(
    st.tuples(st.sampled_from(MARKS), st.sampled_from(PIECES), st.sampled_from(["\n", "\n\n"])), max_size=6
)


@given(DRAWN)
def test_nothing_is_lost_by_a_glance_before_the_reading(drawn: list[tuple[str, str, str]]) -> None:
    text = "".join(map("".join, drawn))
    assert may_hold_markup(text) or find_markup_slips(text) == ()


@given(DRAWN)
def test_a_slip_points_at_a_sign_of_the_text(drawn: list[tuple[str, str, str]]) -> None:
    text = "".join(map("".join, drawn))
    assert [slip for slip in find_markup_slips(text) if text[slip.offset].isspace()] == []


def test_a_text_that_no_document_prints_is_not_read() -> None:
    assert len(find_markup_slips("<b> ")) == 1
    assert find_markup_slips("<b> " * 60_000) == ()


def documented() -> Iterator[tuple[str, str]]:
    """The examples of docs/checks.md: what warns, and what is let pass."""
    page = (FOLDER.parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")
    _, _, section = page.partition("## Markdown")
    for line in section.partition("\n## ")[0].splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 3 and cells[1].startswith("`"):
            yield tuple(cell.strip("`").replace("\\|", "|").replace("⏎", "\n") for cell in cells[1:])


@pytest.mark.parametrize(("slip", "sound"), list(documented()))
def test_the_documented_examples_are_true(slip: str, sound: str) -> None:
    assert (len(find_markup_slips(slip)), find_markup_slips(sound)) == (1, ())
