"""Texts that no rule can speak of are not read; every remark must be made all the same."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvisdocs.programme.prose.prose import read_prose
from kvisdocs.programme.prose.prose_checks import RULES, apply_rules, choose_rules, find_slips

FOLDER = Path(__file__).parents[1] / "sums"
TEXTS = [(FOLDER / name).read_text(encoding="utf-8") for name in ("advar.txt", "lad-passere.txt")]
PIECES = sorted({piece for text in TEXTS for piece in re.findall(r"^(?![-=→]).+\n+", text, re.MULTILINE)})
MARKS = ["", "", "", "- ", "1. ", "> ", "### ", "| ", "```\n", "*", "\u00ad", "&nbsp;", "[a](http://b.dk/2) "]


@given(st.lists(st.tuples(st.sampled_from(MARKS), st.sampled_from(PIECES)), max_size=6))
def test_no_remark_is_lost(drawn: list[tuple[str, str]]) -> None:
    text = "".join(mark + piece for mark, piece in drawn)
    every = dict.fromkeys(apply_rules(read_prose(text), RULES))
    assert find_slips(text) == tuple(sorted(every, key=lambda remark: remark.offset))


@pytest.mark.parametrize(
    "text",
    [
        "Sagen er fra 1. oktober 2012.",
        "Mødet er torsdag kl. 10, og der er 2 pladser.",
        "Tilskuddet er på 3.286.600 kr.",
        "Målgruppen er 250 borgere i kategori 2.",
        "- 14 dages kontakt\n- 4 x webregistrering\n",
    ],
)
def test_what_has_nothing_to_compare_is_not_read(text: str) -> None:
    assert not choose_rules(text)


@pytest.mark.parametrize(
    "text",
    [
        "Projektet løber til 31 marts 2013.",
        "Der er 304 borgere, heraf 310 med depression.",
        "107 af 304 (51 pct.)",
        "I alt 5 mio. kr., fordelt med 3 mio. kr. og 1 mio. kr.",
    ],
)
def test_what_might_be_wrong_is_read(text: str) -> None:
    assert choose_rules(text)
