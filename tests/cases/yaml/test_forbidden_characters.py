"""What a quick glance at a text calls plain holds no sign that is looked for more closely."""

import re
import sys

import pytest

from kvisdocs.cases.yaml.forbidden_characters import HIDDEN, TURNING, UNSEEN, find_name_fault, is_plain
from kvisdocs.cases.yaml.yaml_builder import UNPRINTABLE


def test_no_hidden_or_unprintable_sign_is_plain() -> None:
    signs = [chr(number) for number in range(sys.maxunicode + 1)]
    hidden = re.compile(f"[{TURNING}{UNSEEN}]")
    wanted = [sign for sign in signs if hidden.match(sign) or UNPRINTABLE.match(sign)]
    assert len(wanted) > 1000
    assert not [sign for sign in wanted if is_plain(f"a{sign}b\n")]


def test_danish_lines_are_plain() -> None:
    assert is_plain("Søren fra Ærø: ½ dag – “i år”\næøåÆØÅ\n")


@pytest.mark.parametrize(
    "sign", list("\u115f\u1160\u17b4\u180b\u180e\u2065\u206a\u2800\u3164\uffa0\ufffc\U000e0100\u034f")
)
def test_a_filler_is_hidden(sign: str) -> None:
    assert HIDDEN.fullmatch(sign)


@pytest.mark.parametrize("sign", list("\u200c\u200d\u200e\u200f\u061c\u00ad\u00a0\u202f\u0301\u3000e"))
def test_what_languages_need_is_not_hidden(sign: str) -> None:
    assert not HIDDEN.match(sign)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("Jens\nHansen", "holds a line break or a tab"),
        ("Jens\u2028Hansen", "holds a line break or a tab"),
        ("Jens\x85Hansen", "holds a line break or a tab"),
        ("Jens\tHansen", "holds a line break or a tab"),
        ("\u0301Jens", "begins with U+0301 (combining acute accent), a mark that belongs to the letter before it"),
        ("Jens \ue000", "holds U+E000, which means something in one font only (private use)"),
        ("Jens \U000f0000", "holds U+F0000, which means something in one font only (private use)"),
        ("Jens \u0378", "holds U+0378, which is no character yet"),
        ("Jens \ufe0f", "holds U+FE0F (variation selector-16), which no name has"),
        ("\u0149Jens", "holds U+0149 (latin small letter n preceded by apostrophe), which no name has"),
        ("---", "has neither a letter nor a digit"),
        ("?", "has neither a letter nor a digit"),
    ],
)
def test_what_no_name_has(name: str, fault: str) -> None:
    assert find_name_fault(name) == f"the name {fault}"


@pytest.mark.parametrize(
    "name",
    [
        "Åse-Marie O'Brien (født Østergård)", "Łukasz Żółć", "محمد علي", "می\u200cخواهم", "अनिल", "Ja\u0301n", "李小龍",
        "Børge\u00a0Holm", "Jens\u00adHansen", "3F", "H&M A/S", "7-Eleven", "Ærøvej 14, 2. tv.", "Nguyễn Văn Ånh",
    ],
)  # fmt: skip
def test_names_of_the_world_are_sound(name: str) -> None:
    assert find_name_fault(name) is None
