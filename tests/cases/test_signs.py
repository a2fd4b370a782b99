"""What a quick glance at a text calls plain holds no sign that is looked for more closely."""

import sys

from kvisdocs.cases.signs import HIDDEN, is_plain
from kvisdocs.cases.tree import UNPRINTABLE


def test_no_hidden_or_unprintable_sign_is_plain() -> None:
    signs = [chr(number) for number in range(sys.maxunicode + 1)]
    wanted = [sign for sign in signs if HIDDEN.match(sign) or UNPRINTABLE.match(sign)]
    assert len(wanted) > 1000
    assert not [sign for sign in wanted if is_plain(f"a{sign}b\n")]


def test_danish_lines_are_plain() -> None:
    assert is_plain("Søren fra Ærø: ½ dag – “i år”\næøåÆØÅ\n")
