import contextlib
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kvisdocs.cases.yaml.source import MAX_BYTES, parse_source, read_source
from kvisdocs.problems import KvisdocsError, Position, Problem


def complaint(text: str) -> str:
    with pytest.raises(KvisdocsError) as caught:
        parse_source(text, "case.yaml")
    return str(caught.value)


def complaint_of_bytes(folder: Path, raw: bytes) -> str:
    path = folder / "case.yaml"
    path.write_bytes(raw)
    with pytest.raises(KvisdocsError) as caught:
        read_source(path, "case.yaml")
    return str(caught.value)


def test_scalars_stay_text_and_only_nothing_is_none() -> None:
    text = (
        "cpr: 0101701234\ntime: 12:30\nyes: no\nday: 2012-11-14\nfolded: >\n  a\n  b\nlist: [1, ~, null, '']\nempty:\n"
    )
    assert parse_source(text, "case.yaml").data == {
        "cpr": "0101701234",
        "time": "12:30",
        "yes": "no",
        "day": "2012-11-14",
        "folded": "a b\n",
        "list": ["1", None, None, ""],
        "empty": None,
    }


def test_every_part_has_its_place() -> None:
    source = parse_source("a: æøå\nb:\n  - c: 1\n  - d: 2\n", "case.yaml")
    assert source.values == {
        (): Position("case.yaml", 1, 1),
        ("a",): Position("case.yaml", 1, 4),
        ("b",): Position("case.yaml", 3, 3),
        ("b", 0): Position("case.yaml", 3, 5),
        ("b", 0, "c"): Position("case.yaml", 3, 8),
        ("b", 1): Position("case.yaml", 4, 5),
        ("b", 1, "d"): Position("case.yaml", 4, 8),
    }
    assert source.keys == {
        ("a",): Position("case.yaml", 1, 1),
        ("b",): Position("case.yaml", 2, 1),
        ("b", 0, "c"): Position("case.yaml", 3, 5),
        ("b", 1, "d"): Position("case.yaml", 4, 5),
    }


def test_all_places_are_read_only_where_one_is_not_found_alone() -> None:
    source = parse_source("a: 1\n", "case.yaml")
    assert "_positions" not in vars(source)
    assert source.locate(("a",)) == Position("case.yaml", 1, 4)
    assert "_positions" not in vars(source)
    assert source.locate(("b",)) == Position("case.yaml", 1, 1)
    assert "_positions" in vars(source)


def test_what_is_not_there_is_located_at_its_nearest_parent() -> None:
    source = parse_source("a:\n  b: 1\n", "case.yaml")
    assert source.locate(("a", "c", 3)) == Position("case.yaml", 2, 3)
    assert source.locate_key(("a",)) == Position("case.yaml", 1, 1)
    assert source.locate_key(("a", "c")) == Position("case.yaml", 2, 3)


@pytest.mark.parametrize("text", ["", "\n\n", "# kun en bemærkning\n", "---\n"])
def test_a_file_without_content_holds_none(text: str) -> None:
    assert parse_source(text, "case.yaml").data is None


def test_an_empty_file_is_located_at_its_beginning() -> None:
    assert parse_source("", "case.yaml").locate(("kind",)) == Position("case.yaml", 1, 1)


def test_an_anchor_may_be_used_again() -> None:
    source = parse_source("a: &home {city: Herning}\nb: *home\n", "case.yaml")
    assert source.data == {"a": {"city": "Herning"}, "b": {"city": "Herning"}}


def test_all_faults_of_form_come_at_once() -> None:
    text = (
        "a: 1\n"
        "b: !!python/object/apply:os.system [ls]\n"
        "c: !hemmelig x\n"
        "a: 2\n"
        "? [d, e]\n"
        ": 3\n"
        "f:\n"
        "  <<: {g: 1}\n"
        "  h: 1\n"
        "  h: 1\n"
        'i: "\\0"\n'
    )
    assert complaint(text) == (
        'case.yaml:2:4: "!!python/object/apply:os.system" is not allowed in a case; '
        "delete it, or put the value in quotes\n"
        'case.yaml:3:4: "!hemmelig" is not allowed in a case; delete it, or put the value in quotes\n'
        'case.yaml:4:1: the key "a" stands twice; delete one; the first is in line 1\n'
        "case.yaml:5:3: a key is one word before a colon, no list and no group; write the key as plain text\n"
        'case.yaml:8:3: the key "<<" is not allowed; write the values out where they are used\n'
        'case.yaml:10:3: the key "h" stands twice; delete one; the first is in line 9\n'
        "case.yaml:11:4: the escape for the character U+0000 stands for nothing that can be shown; delete it"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "a:\n\tb: 1\n",
            "2:1: a tab stands in the indent; indent with spaces, not tabs",
            id="tab",
        ),
        pytest.param(
            "a: b: c\n",
            '1:5: a second ": " stands in the value of "a:"; put quotes around the whole value',
            id="colon in a text",
        ),
        pytest.param(
            "a: *b\n",
            '1:4: "*b" repeats what is called "&b" above, and nothing is; put quotes around a value that begins with *',
            id="asterisk",
        ),
        pytest.param(
            "a: 1\n---\nb: 2\n",
            "2:1: a second case begins here; write one case in a file, without --- between",
            id="two documents",
        ),
        pytest.param(
            "a: &x 1\nb: &x 2\n",
            '2:4: the anchor "&x" stands twice; rename one; the first is in line 1',
            id="anchor twice",
        ),
        pytest.param("æøå: 1\nb: x\x07y\n", "2:5: the character U+0007 cannot stand in a case; delete it", id="bell"),
        pytest.param("æøå: \x00\n", "1:6: the character U+0000 cannot stand in a case; delete it", id="nul"),
        pytest.param("a: \ud800\n", "1:4: the character U+D800 cannot stand in a case; delete it", id="surrogate"),
        pytest.param(
            "a: &a [*a]\n",
            '1:8: "*a" stands for something that it is a part of; write the values out where they are used',
            id="snake",
        ),
    ],
)
def test_a_fault_that_stops_the_reading(text: str, expected: str) -> None:
    assert complaint(text) == f"case.yaml:{expected}"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[" * 1_000_000, "1:41"),
        ("[" * 1_000_000 + "]" * 1_000_000, "1:41"),
        ("{a: " * 100_000, "1:161"),
        ("- " * 100_000 + "a", "1:81"),
    ],
)
def test_nesting_stops_before_the_stack_ends(text: str, place: str) -> None:
    assert complaint(text) == f"case.yaml:{place}: the file is nested too deeply; use at most 40 levels"


def test_a_bomb_of_anchors_does_not_go_off() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert complaint("\n".join(lines)) == (
        "case.yaml:5:45: the anchors unfold beyond reason; a case has at most 100,000 values"
    )


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"\xef\xbb\xbfkind: citizen\r\nname: \xc3\x86\r\n")
    assert read_source(path).data == {"kind": "citizen", "name": "Æ"}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a: 1\nby: Århus\n".encode("latin-1"), '2:5: "Århus" is saved as Windows-1252, not as UTF-8'),
        (b"\xef\xbb\xbf\xc3\xa6: \xe5\n", '1:4: "å" is saved as Windows-1252, not as UTF-8'),
        ("a: 1\n".encode("utf-16"), "1:1: the file is saved as UTF-16, not as UTF-8"),
        (b"a: 1\rb: \xe5\r", '2:4: "å" is saved as Windows-1252, not as UTF-8'),
    ],
)
def test_what_is_not_utf_8_names_the_first_wrong_byte(tmp_path: Path, raw: bytes, expected: str) -> None:
    assert complaint_of_bytes(tmp_path, raw) == f"case.yaml:{expected}; save the file as UTF-8 in your editor"


def test_a_file_too_large_for_a_case_is_not_read(tmp_path: Path) -> None:
    assert complaint_of_bytes(tmp_path, b"#" * (MAX_BYTES + 1)) == (
        "case.yaml: the file has 2,000,001 bytes; a case has at most 2,000,000"
    )


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(KvisdocsError) as caught:
        read_source(tmp_path / "none.yaml", "none.yaml")
    assert str(caught.value) == "none.yaml: cannot be read: No such file or directory; check the path and its rights"


YAMLISH = st.text(st.sampled_from("ab: -\n\t[]{}&*!|>'\"%@`#?,<~\\xuU0F\r\x00\x85æ\u2028\ufeff"), max_size=60)
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)


@settings(deadline=None)
@given(YAMLISH | ANYTHING)
@example('a: "\\UFFFFFFFF"')
@example('a: "\\ud800"')
@example("%YAML 9.9\n---\n")
def test_any_text_is_read_or_refused_with_a_problem(text: str) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        parse_source(text, "case.yaml")
    except KvisdocsError as error:
        problems = error.problems
    assert [problem for problem in problems if problem.position.file != "case.yaml" or not problem.what] == []


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_with_a_problem(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(raw)
    with contextlib.suppress(KvisdocsError):
        read_source(path)


LEAVES = st.text(
    st.characters(min_codepoint=0xA0, max_codepoint=0x17F) | st.characters(min_codepoint=0x20, max_codepoint=0x7E),
    max_size=12,
)
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(LEAVES.filter(lambda key: key != "<<"), inner)
)


@settings(deadline=None)
@given(TREES)
def test_plain_data_comes_back_as_it_was_written(data: object) -> None:
    text = yaml.safe_dump({"data": data}, default_style='"', allow_unicode=True)
    assert parse_source(text, "case.yaml").data == {"data": data}


def test_what_an_anchor_repeats_stands_where_it_was_written() -> None:
    source = parse_source("a: &home {city: Herning, ways: [x, y]}\nb: *home\nc: {d: *home}\n", "case.yaml")
    assert source.locate(("b", "city")) == source.locate(("c", "d", "city")) == Position("case.yaml", 1, 17)
    assert source.locate(("b", "ways", 1)) == Position("case.yaml", 1, 36)
    assert source.locate_key(("c", "d", "ways")) == Position("case.yaml", 1, 26)
    assert source.locate(("b",)) == Position("case.yaml", 1, 4)
