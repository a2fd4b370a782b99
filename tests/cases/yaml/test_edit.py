"""Edits of a case's file, written out: what changes, and what must not."""

import pytest
from examples import EXAMPLES

from kvisdocs.cases.yaml.edit import Edit, Move, Put, Remove, Value, edit_bytes
from kvisdocs.cases.yaml.source import parse_bytes
from kvisdocs.problems import KvisdocsError


def edited(text: str, *edits: Edit) -> str:
    return edit_bytes(text.encode(), "case.yaml", edits).decode()


def complaint(text: str, *edits: Edit) -> str:
    with pytest.raises(KvisdocsError) as caught:
        edited(text, *edits)
    return str(caught.value)


CASE = """\
# Sagen om Bo
citizen:
  name: 'Bo Holm'  # døbt Bo
  # phone: 12 34 56 78

  cpr: "010170-1234"
steps: # i rækkefølge
  # den første
  - date: 2026-01-02   # en fredag
    about: samtale
  - {date: 2026-02-03, about: "møde"}
note: |
  Første linje.

  Anden linje.
"""


@pytest.mark.parametrize(
    ("edit", "before", "after"),
    [
        (Put(("citizen", "name"), "Ib"), "'Bo Holm'  # d", "'Ib'  # d"),
        (Put(("citizen", "name"), "Ib's"), "'Bo Holm'", "'Ib''s'"),
        (Put(("citizen", "cpr"), '0"1'), '"010170-1234"', '"0\\"1"'),
        (Put(("citizen", "cpr"), None), ' "010170-1234"', ""),
        (Put(("steps", 0, "date"), "om # 3"), "2026-01-02   #", '"om # 3"   #'),
        (Put(("steps", 0, "date"), "~"), "2026-01-02   #", '"~"   #'),
        (Put(("steps", 0, "about"), "a\nb"), "about: samtale\n", "about: |-\n      a\n      b\n"),
        (Put(("steps", 1, "about"), "kort, godt"), '"møde"', '"kort, godt"'),
        (Put(("steps", 1, "date"), "a, b"), "2026-02-03", '"a, b"'),
        (Put(("steps", 1, "kind"), "tlf"), '"møde"}', '"møde", kind: tlf}'),
        (Put(("note",), "Første linje.\n"), "\n\n  Anden linje.\n", "\n"),
        (Put(("note",), "Ny"), "|\n  Første linje.\n\n  Anden linje.\n", "|-\n  Ny\n"),
        (Put(("note",), "  ind\nud\n"), "|\n  Første linje.\n\n  Anden linje.\n", "|2\n    ind\n  ud\n"),
        (Put(("note",), None), " |\n  Første linje.\n\n  Anden linje.\n", "\n"),
        (Put(("citizen", "email"), "bo@x.dk"), '-1234"\n', '-1234"\n  email: bo@x.dk\n'),
        (Put(("gp", "address", "city"), "Ry"), "Anden linje.\n", "Anden linje.\ngp:\n  address:\n    city: Ry\n"),
        (Put(("tags", 0), "a"), "Anden linje.\n", "Anden linje.\ntags:\n  - a\n"),
        (Put(("steps", 2), {"date": "i dag"}), '"møde"}\n', '"møde"}\n  - date: i dag\n'),
        (Put(("citizen",), {"name": "Bo Holm", "cpr": "x"}), "010170-1234", "x"),
        (Put(("citizen",), "væk"), CASE[CASE.index("citizen:") : CASE.index("steps:")], "citizen: væk\n"),
        (Put(("steps", 1), "kort"), '{date: 2026-02-03, about: "møde"}', "kort"),
        (Remove(("citizen", "name")), "  name: 'Bo Holm'  # døbt Bo\n", ""),
        (Remove(("steps", 0, "date")), "date: 2026-01-02   # en fredag\n    ", ""),
        (Remove(("steps", 1, "date")), "date: 2026-02-03, ", ""),
        (Remove(("steps", 1, "about")), ', about: "møde"', ""),
        (Remove(("note",)), CASE[CASE.index("note:") :], ""),
        (Remove(("steps",)), CASE[CASE.index("steps:") : CASE.index("note:")], ""),
    ],
)  # fmt: skip
def test_an_edit_changes_its_own_place_and_nothing_else(edit: Edit, before: str, after: str) -> None:
    assert CASE.count(before) == 1
    wanted = CASE.replace(before, after)
    assert edited(CASE, edit) == wanted
    crlf = "\ufeff" + CASE.replace("\n", "\r\n")
    assert edited(crlf, edit) == "\ufeff" + wanted.replace("\n", "\r\n")


def test_an_item_moves_with_the_remarks_on_it_and_right_above() -> None:
    first = "  # den første\n  - date: 2026-01-02   # en fredag\n    about: samtale\n"
    second = '  - {date: 2026-02-03, about: "møde"}\n'
    assert edited(CASE, Move(("steps", 0), 1)) == CASE.replace(first + second, second + first)
    assert edited("a: [x, 'y',  z]\n", Move(("a", 2), 0)) == "a: [z, x,  'y']\n"


def test_a_file_without_a_last_line_break_gets_none() -> None:
    assert edited("a: 1\nb: 2", Put(("c",), "3")) == "a: 1\nb: 2\nc: 3"
    assert edited("a: [1]\nb:\n  - x\n  - y", Move(("b", 1), 0)) == "a: [1]\nb:\n  - y\n  - x"
    assert edited("a: |\n  x", Put(("b",), "y")) == "a: |-\n  x\nb: y"  # else a would end in a line break


def test_what_gets_empty_goes_unless_it_is_filled_again() -> None:
    text = "a:\n  b: 1\n  # c: 2\nlist:\n  - x: 1\n  - y\nd: 4\n"
    assert edited(text, Remove(("a", "b"))) == text[text.index("list") :]
    assert edited(text, Remove(("a", "b")), Put(("a", "c"), "2")) == text.replace("  b: 1\n", "  c: 2\n")
    assert edited(text, Remove(("list", 0, "x"))) == text.replace("x: 1", "{}")
    assert edited(text, Remove(("list", 1)), Remove(("list", 0))) == "a:\n  b: 1\n  # c: 2\nd: 4\n"
    assert edited("# head\na: 1\n", Remove(("a",))) == "# head\n"


def test_a_new_key_stands_where_the_order_of_the_fields_puts_it() -> None:
    def order(path: tuple[str | int, ...]) -> list[str]:
        return ["first", "name", "phone", "cpr"] if path == ("citizen",) else []

    def put(key: str) -> str:
        return edit_bytes(CASE.encode(), "a.yaml", [Put(("citizen", key), "x")], order).decode()

    assert put("phone") == CASE.replace("døbt Bo\n", "døbt Bo\n  phone: x\n")
    assert put("first") == CASE.replace("  name", "  first: x\n  name")
    assert put("other") == CASE.replace('-1234"\n', '-1234"\n  other: x\n')


def test_a_first_value_in_an_empty_file_or_group() -> None:
    assert edited("", Put(("a", "b"), "x")) == "a:\n  b: x\n"
    assert edited("# kun en bemærkning\n", Put(("a",), ["x"])) == "# kun en bemærkning\na:\n  - x\n"
    assert edited("a:  # her\n  # b: x\nc: 1\n", Put(("a", "b"), "x")) == "a:  # her\n  b: x\n  # b: x\nc: 1\n"
    assert edited("a: []\n", Put(("a", 0), {"b": "x", "c": ["y"]})) == "a:\n  - b: x\n    c:\n      - y\n"


def test_a_folded_text_keeps_its_lines_where_it_keeps_its_words() -> None:
    text = "a: >-  # foldet\n  en to\n  tre fire\n  fem\n\n  seks\nb: 'x\n  y'\n"
    assert edited(text, Put(("a",), "en to tre 4 fem\nseks")) == text.replace("fire", "4")
    assert edited(text, Put(("b",), "x z")) == text.replace("  y'", "  z'")
    assert edited(text, Put(("a",), "nyt")) == "a: >-  # foldet\n  nyt\nb: 'x\n  y'\n"


TEXTS = (
    "", " x ", "a\tb", "a\r\nb", "\x85", "\u2028x", "\n", "a\n \n", "<<", "- a", "x:", "0101701234", "ja", "null", "@",
    "a: b # c", "[", "\ttab\nx", "\ufeff", "æ😀", "...", "---", None,
)  # fmt: skip


@pytest.mark.parametrize("value", TEXTS)
@pytest.mark.parametrize("text", ["a: x\n", "a: 'x'\n", "a: |\n  x\n", "a: >\n  x\n", "a: {b: [x, y]}\n", "- x\n- y\n"])
def test_any_text_is_read_back_as_itself(text: str, value: Value) -> None:
    path = ("a", "b", 0) if "{" in text else ("a",) if "a" in text else (0,)
    data = parse_bytes(edited(text, Put(path, value)).encode(), "a.yaml").data
    for step in path:
        data = data[step]  # type: ignore[call-overload,index]
    assert data == value


def test_what_cannot_be_written_is_said_and_nothing_changes() -> None:
    assert complaint(CASE, Put(("note",), "a\x07b")) == (
        "case.yaml:12:7: the character U+0007 cannot stand in a case; delete it"
    )
    assert 'case.yaml:9:3: the file has no place for "steps.7"' in complaint(CASE, Put(("steps", 7), "x"))
    assert 'no place for "note.x"' in complaint(CASE, Put(("note", "x"), "y"))
    assert 'no place for "gone"' in complaint(CASE, Remove(("gone",)))
    assert "case.yaml:2:1: the key" in complaint("a: 1\na: 2\n", Put(("a",), "3"))
    shared = "a: &x\n  b: 1\nc: *x\n"
    assert "only repeated here with *" in complaint(shared, Put(("c", "b"), "2"))
    assert "without changing something else too" in complaint(shared, Put(("a", "b"), "2"))
    assert edited(shared, Put(("c",), "2")) == "a: &x\n  b: 1\nc: 2\n"


def test_each_text_of_the_examples_changed_and_changed_back_is_the_same_file() -> None:
    number = 0
    for file in sorted(EXAMPLES.rglob("*.yaml")):
        raw = file.read_bytes()
        for path, text in texts(parse_bytes(raw, file.name).data):
            number += 1
            if number % 4:
                continue
            other = (f"{text} x", f"ny {text}", "Y".join(text.split(" ")) + "!")[number % 3]
            changed = edit_bytes(raw, file.name, [Put(path, other)])
            assert changed != raw
            assert edit_bytes(changed, file.name, [Put(path, text)]) == raw, (file.name, path)
    assert number > 2000


def texts(data: Value, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], str]]:
    if isinstance(data, str):
        return [(path, data)]
    steps = data.items() if isinstance(data, dict) else enumerate(data or ())
    return [each for step, value in steps for each in texts(value, (*path, step))]
