"""Messages: an English text that knows what it was made of, and the rules that make every text translatable."""

import ast
import gettext
import pickle
import re
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from test_docs import generator

from kvisdocs.messages import N_, Message, counted, listed, message

generate = pytest.fixture(generator, scope="module")

CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){2}")


class Bracketed(gettext.NullTranslations):
    """Every text in brackets: what stands outside of them cannot be translated."""

    def gettext(self, message: str) -> str:
        return f"[{message}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"[{msgid1 if n == 1 else msgid2}]"


def test_a_message_is_its_english_text_and_knows_its_parts() -> None:
    said = message("case.day.unknown", '"{day}" is no day of {number:,}', day="{x}", number=1234)
    assert said == '"{x}" is no day of 1,234'
    assert said.code == "case.day.unknown"
    assert said.values == {"day": "{x}", "number": 1234}
    assert said.shown(Bracketed()) == '["{x}" is no day of 1,234]'


def test_messages_within_messages_are_translated_too() -> None:
    inner = counted(2, "{number} case", "{number} cases")
    said = N_("{left} left, in {names}", left=inner, names=listed(["a", "b", N_("the rest")], N_("and")))
    assert said == "2 cases left, in a, b and the rest"
    assert said.shown(Bracketed()) == "[[2 cases] left, in a, b [and] [the rest]]"


@pytest.mark.parametrize(("number", "said"), [(0, "0 cases"), (1, "1 case"), (2, "2 cases")])
def test_a_number_decides_the_form(number: int, said: str) -> None:
    assert counted(number, "{number} case", "{number} cases") == said


@pytest.mark.parametrize(
    "said", [message("a.b.c", "{x}!", x=1), N_("plain"), counted(3, "one", "{number}"), listed(["a", N_("b")])]
)
def test_a_message_goes_to_another_process_whole(said: Message) -> None:
    sent = pickle.loads(pickle.dumps(said))
    assert (sent, sent.code, sent.text, sent.values) == (said, said.code, said.text, said.values)
    assert sent.shown(Bracketed()) == said.shown(Bracketed())


def test_a_value_is_never_asked_for_its_parts() -> None:
    with pytest.raises(KeyError):
        N_("{day.__class__}", day="x")


def test_every_text_stands_in_its_call_with_the_names_of_its_values(generate: ModuleType) -> None:
    wrong = []
    for where, call, name in generate.message_calls():
        texts = [generate.literal(call, number) for number in generate.MAKERS[name]]
        given = {keyword.arg for keyword in call.keywords} | ({"number"} if name == "counted" else set())
        for text in texts:
            if text is None:
                wrong.append(f"{where}: {name} needs its text written out, so that a script finds it")
            elif named := {each for _, each, _, _ in string.Formatter().parse(text) if each is not None} - given:
                wrong.append(f"{where}: nothing is given for {sorted(named)}")
        said = " ".join(filter(None, texts))
        # A label is what a key is called in Danish, which English does not say.
        wrong += [
            f"{where}: {each} is given and not said" for each in given - {"number", "label"} if f"{{{each}" not in said
        ]
    assert not wrong, "\n".join(wrong)


def test_no_message_reaches_a_terminal_untranslated() -> None:
    """click prints a message in English, since it is a `str`: `report.shown` or `report.show` must stand between."""
    found = []
    for file in sorted((Path(__file__).parent.parent / "kvisdocs/cli").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("click."):
                found += [f"{file}:{node.lineno}: {name}" for each in node.args for name in _untranslated(each)]
    assert not found, "\n".join(found)


def _untranslated(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and ast.unparse(node.func) in {"shown", "translate"}:
        return
    if isinstance(node, ast.Call) and ast.unparse(node.func) in {"N_", "message", "counted", "listed", "say_both"}:
        yield ast.unparse(node)
    for each in ast.iter_child_nodes(node):
        yield from _untranslated(each)


def test_each_code_stands_at_one_place_and_has_three_parts(generate: ModuleType) -> None:
    codes = [
        (generate.literal(call, 0) or "", where) for where, call, name in generate.message_calls() if name == "message"
    ]
    assert not [f"{where}: {code!r}" for code, where in codes if not CODE.fullmatch(code)]
    twice = {code for code, number in Counter(code for code, _ in codes).items() if number > 1}
    assert not [f"{where}: {code} stands twice" for code, where in codes if code in twice]


def test_no_code_disappears_without_a_reason(generate: ModuleType) -> None:
    """Programs rely on codes, so that one is taken out of tests/message_codes.txt by hand alone."""
    (current, lines), found = generate.listed_codes(), set(generate.message_codes())
    retired = dict(line.split(": ", 1) for line in lines)
    new, gone = sorted(found - set(current)), sorted(set(current) - found)
    assert not new, "new in the sources; add to tests/message_codes.txt:\n" + "\n".join(new)
    assert not gone, "said no more; move below RETIRED in tests/message_codes.txt, with the reason:\n" + "\n".join(gone)
    assert all(retired.values())
    assert not found & set(retired), "a code that was retired must not come back with another meaning"
