"""Random files with remarks × random edits: the data is as the edits make it, and all other lines keep their bytes."""

import re
from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from kvisdocs.cases.yaml.edit import Edit, Move, Path, Put, Remove, Value, edit_bytes
from kvisdocs.cases.yaml.source import parse_bytes
from kvisdocs.problems import KvisdocsError

WORDS = (
    "kok", "æøå", "ja", "null", "~", "0101701234", "a: b", "a #b", "# c", "- x", "{", "]", "'", '"', "\\", "%", "@",
    "*a", "&a", "!x", "|", ">", ":", "x:", "-", "?", ",", "a, b", "...", "---", "1e3",
    "\t", "\x85", "\u2028", "\xa0", "😀", "<<", "=",
)  # fmt: skip
PARTS = st.lists(st.sampled_from((*WORDS, " ", "  ", "\n", "\n\n", "lang linje med ord")), max_size=6)
TEXTS = st.one_of(st.sampled_from(WORDS), PARTS.map("".join), PARTS.map(" ".join))
KEYS = st.sampled_from(("a", "b", "navn", "en-to", "f", "g g", "~", "0", "a: b", "#"))
VALUES = st.recursive(
    st.none() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
STYLES = ("plain", "'", '"', "|", "|-", "|+", ">", ">-", "flow", "none", "~", "lines", "both")
REMARKS = re.compile(r"#r\d+ ")


class Writer:
    """Writes a file as people do: every style, remarks everywhere, indents as they like. Each text has its own mark."""

    def __init__(self, data: st.DataObject) -> None:
        self.draw = lambda strategy: data.draw(strategy)
        self.number = 0
        self.step = self.draw(st.sampled_from((2, 3, 4)))
        self.hyphen = self.draw(st.sampled_from((0, 2)))

    def mark(self, sign: str) -> str:
        self.number += 1
        return f"{sign}{self.number} "

    def remarks(self, column: int) -> list[str]:
        kinds = (
            self.draw(st.lists(st.sampled_from(("remark", "blank")), max_size=2)) if self.draw(st.booleans()) else []
        )
        return [" " * column + self.mark("#r") if kind == "remark" else "" for kind in kinds]

    def behind(self) -> str:
        return f"  {self.mark('#r')}" if self.draw(st.integers(0, 3)) == 0 else ""

    def rows(self, column: int, depth: int) -> list[str]:
        return self.group(column, depth) if self.draw(st.booleans()) else self.items(column, depth)

    def group(self, column: int, depth: int) -> list[str]:
        keys = self.draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True))
        rows: list[str] = []
        for key in keys:
            rows += self.remarks(column) if rows else []
            rows += self.value(f"{' ' * column}{key}:", column, column + self.step, depth, self.hyphen)
        return rows

    def items(self, column: int, depth: int) -> list[str]:
        rows: list[str] = []
        for _ in range(self.draw(st.integers(1, 3))):
            rows += self.remarks(column) if rows else []
            if depth and self.draw(st.booleans()):
                inner = self.rows(column + 2, depth - 1)
                rows += [f"{' ' * column}- {inner[0].strip()}", *inner[1:]]
            else:
                rows += self.value(f"{' ' * column}-", column, column + 2, 0, 2)
        return rows

    def value(self, head: str, column: int, below: int, depth: int, hyphen: int) -> list[str]:
        if depth and self.draw(st.booleans()):
            if self.draw(st.booleans()):
                return [head + self.behind(), *self.remarks(below), *self.group(below, depth - 1)]
            return [head + self.behind(), *self.remarks(column + hyphen), *self.items(column + hyphen, depth - 1)]
        style = self.draw(
            st.sampled_from(("plain", "'", '"', "|", "|-", "|+", ">", ">-", "flow", "none", "~", "lines", "both"))
        )
        mark = self.mark("v")
        pad = " " * below
        match style:
            case "plain":
                return [f"{head} {mark}ord{self.behind()}"]
            case "'" | '"':
                return [f"{head} {style}{mark}# ord: {style}{self.behind()}"]
            case "none" | "~":
                return [f"{head}{'' if style == 'none' else ' ~'}{self.behind()}"]
            case "flow":
                return [f"{head} {self.flow(2)}{self.behind()}"]
            case "lines":
                return [f"{head} {mark}to", f"{pad}linjer{self.behind()}"]
            case "both":
                return [f'{head} "{mark}to \\', f'{pad}linjer\\tmed \\"tegn\\" ', "", f'{pad}slut"{self.behind()}']
            case _:
                blank = [""] * self.draw(st.integers(0, 2))
                return [f"{head} {style}{self.behind()}", f"{pad}{mark}en", *blank, f"{pad}to # ord", *blank]

    def flow(self, depth: int) -> str:
        several = range(self.draw(st.integers(0, 3)))
        inner = [self.flow(depth - 1) if depth and self.draw(st.booleans()) else self.mark("v") + "x" for _ in several]
        if self.draw(st.booleans()):
            return "[" + ", ".join(inner) + "]"
        return "{" + ", ".join(f"{key}: {each}" for key, each in zip("abc", inner, strict=False)) + "}"


def paths(data: Value, path: Path = ()) -> list[Path]:
    found: list[Path] = [path]
    if isinstance(data, dict):
        for key, value in data.items():
            found += paths(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            found += paths(value, (*path, number))
    return found


def at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def draw_edit(data: st.DataObject, now: Value) -> Edit:
    path = data.draw(st.sampled_from(paths(now)[1:] or [()]))
    parent = at(now, path[:-1])
    kinds = ["put", "put", "text", "remove", "new"] + (["move"] if isinstance(parent, list) else [])
    match data.draw(st.sampled_from(kinds)):
        case "put":
            return Put(path, data.draw(VALUES))
        case "text":
            return Put(path, data.draw(TEXTS))
        case "remove":
            return Remove(path)
        case "move":
            return Move(path, data.draw(st.integers(0, len(parent) - 1)))
    group = data.draw(st.sampled_from([each for each in paths(now) if isinstance(at(now, each), dict | list | None)]))
    step = len(at(now, group)) if isinstance(at(now, group), list) else data.draw(KEYS)
    return Put((*group, step), data.draw(VALUES))


def made(now: Any, edit: Edit) -> Any:
    """The data with an edit in it, the plain way; groups that get empty stay so."""
    now = deepcopy(now)
    parent = at(now, edit.path[:-1])
    match edit:
        case Put(path, value):
            if parent is None:
                return made(now, Put(path[:-1], {path[-1]: deepcopy(value)}))
            if isinstance(parent, list) and path[-1] == len(parent):
                parent.append(deepcopy(value))
            else:
                parent[path[-1]] = deepcopy(value)
        case Remove(path):
            del parent[path[-1]]
        case Move(path, to):
            parent.insert(to, parent.pop(path[-1]))
    return now


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from(("\n", "\r\n")), st.booleans(), st.booleans())
def test_random_edits_change_the_data_as_asked_and_no_other_line(
    data: st.DataObject, ending: str, marked: bool, ended: bool
) -> None:
    rows = ["# head", *Writer(data).group(0, 3), "z: slut"]
    raw = ("\ufeff" if marked else "").encode() + (ending.join(rows) + (ending if ended else "")).encode()
    for _ in range(data.draw(st.integers(1, 3))):
        now: Any = parse_bytes(raw, "a.yaml").data
        edit = draw_edit(data, now)
        wanted = made(now, edit)
        assume(wanted)
        if isinstance(edit, Remove) and not at(wanted, edit.path[:-1]):
            continue
        note(f"{edit}\n{raw.decode()}")
        try:
            edited = edit_bytes(raw, "a.yaml", [edit])
        except KvisdocsError as error:  # blank lines that come to stand below a |+ would be text of it
            if b"|+" in raw and error.problems[0].code == "yaml.edit.not_sound":
                continue
            raise
        note(f"->\n{edited.decode()}")
        assert parse_bytes(edited, "a.yaml").data == wanted
        check_lines(raw.decode(), edited.decode(), now, edit)
        raw = edited


def check_lines(before: str, after: str, data: Any, edit: Edit) -> None:
    """Only lines that hold something of the edited value are others than before."""
    old, new = ([line.strip(" -") for line in text.splitlines()] for text in (before, after))
    if isinstance(edit, Move):
        assert sorted(old) == sorted(new) or "[" in before
        return
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    try:
        own = repr(at(data, edit.path))
    except (KeyError, IndexError, TypeError):
        own = ""
    changed = "".join(old)
    if "{" not in changed and "[" not in changed:
        assert set(re.findall(r"v\d+ ", changed)) <= set(re.findall(r"v\d+ ", own))
    if isinstance(edit, Put) and not isinstance(edit.value, dict | list) and "#r" not in own:
        lost = set(REMARKS.findall(changed)) - set(REMARKS.findall("".join(new)))
        assert not lost or isinstance(at(data, edit.path), dict | list)
