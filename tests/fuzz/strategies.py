"""Random cases: whole and nearly whole ones from the models, and the examples with something done to them."""

import types
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml
from hypothesis import strategies as st
from pydantic import BaseModel

from kvisdocs.cases.load import KINDS
from kvisdocs.cases.model import identifiers, numbers, values

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "cases_yaml").rglob("*.yaml"))
RAW = [path.read_bytes() for path in EXAMPLES]
TEMPLATES = [
    (ROOT / "templates" / name / "document.html.j2").read_bytes()
    for name in ("follow-up-plan", "gp-letter", "committee-brief")
]

SIGNS = [
    b"\t", b": ", b":", b"- ", b"-", b"*", b"&a ", b"*a", b"---\n", b"...\n", b"{", b"}", b"[", b"]", b'"', b"'",
    b"!!int ", b"!x ", b"<<: *a\n", b"? ", b"| ", b">-\n", b"#", b"%", b"@", b"`", b"\\", b"~", b"null", b"\r", b"\n",
    b"\xff", b"\x00", b"\xef\xbb\xbf", b"\xe5", b"\x1b[2J", b"\x7f", "\u2028".encode(), "\u202e".encode(), b"  ",
    b"kind: citizen\n", b"kind: committee\n", b"steps:\n", b"1" * 400, "𝒳👩‍👩‍👧".encode(),
]  # fmt: skip
TEMPLATE_SIGNS = [
    b"{{", b"}}", b"{%", b"%}", b"{#", b"#}", b"{% if x %}", b"{% endif %}", b"{% endblock %}", b"{{ case.x }}",
    b"|", b"<table>", b"</td>", b"<", b">", b'"', b"'", b"\xff", b"{{ 1/0 }}", b"{% include 'x' %}", b"&nbsp;",
    b"{{ case }}", b"{% for a in case %}", b"{% endfor %}", b"<img>", b"<li>", b"style='color:'", b"\x00",
    b"colspan=999",
]  # fmt: skip
ODD = [
    "", " ", "null", "ja", "x" * 5000, "<b>&", "{{ x }}", "# a\n\n- b", "| a | b |\n|---|---|\n| c |", "ﷺ", "\u202eabc",
    "a\u00adb",
]  # fmt: skip
ODD_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(ODD)
DATES = st.dates().map(str) | st.sampled_from(["2012-11-14", "14. november 2012", "i går", "31-02-2012"])
_CPR = st.sampled_from(["740468-1238", "7404681238", "0000000000", "610170-1234"])
_BY_TYPE: list[tuple[Any, st.SearchStrategy[Any]]] = [
    (values.Day, DATES),
    (values.Clock, st.sampled_from(["13:00", "kl. 9.30", "25:00"])),
    (values.Flag, st.sampled_from(["ja", "nej", "true", "måske"])),
    (numbers.Number, st.sampled_from(["37", "37,5", "1.037", "0", "mange"])),
    (numbers.Count, st.integers(-1, 12).map(str)),
    (identifiers.Cpr, _CPR),
    (identifiers.ProviderNumber, st.sampled_from(["001234", "12345"])),
    (identifiers.Postcode, st.sampled_from(["7400", "0999", "74"])),
    (identifiers.Phone, st.sampled_from(["96 28 00 00", "+46 8123456", "1"])),
    (identifiers.Email, st.sampled_from(["a@b.dk", "a"])),
]


def _of_type(annotation: Any) -> st.SearchStrategy[Any]:
    """What may stand in a field of that type."""
    known = next((strategy for each, strategy in _BY_TYPE if each == annotation), None)
    if known is not None:
        return known
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _of_type(arguments[0]) if arguments[0] is not str else ODD_TEXT
    if origin in (Union, types.UnionType):
        return st.one_of(*(_of_type(each) for each in arguments if each is not type(None)))
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(_of_type(arguments[0]), max_size=3)
    if origin is dict:
        keys = st.sampled_from(["first_talk", "return_plan", "summary", "presentation", "lead", "x"])
        return st.dictionaries(keys, _of_type(arguments[1]), max_size=3)
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return st.sampled_from([str(each) for each in annotation])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _of_model(annotation)
    return ODD_TEXT


def _of_model(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    needed, more = {}, {}
    for name, each in model.model_fields.items():
        known = [
            strategy for kind, strategy in _BY_TYPE if each.metadata and set(each.metadata) & set(kind.__metadata__)
        ]
        strategy = known[0] if known else _of_type(each.annotation)
        (needed if each.is_required() else more)[name] = strategy
    return st.fixed_dictionaries(needed, optional=more)


MODEL_CASES = st.one_of(
    *(
        _of_model(model).map(
            lambda data, kind=kind: (
                {**data, "kind": kind, "municipality": "herning", "programme": "kvis-2011"}
                if kind == "citizen"
                else {**data, "kind": kind, "municipality": "koebenhavn"}
            )
        )
        for kind, model in KINDS.items()
    )
)


@st.composite
def changed_cases(draw: st.DrawFn, most: int = 3) -> dict[str, Any]:
    """An example in which some values are others, are gone, or stand twice."""
    data = yaml.load(draw(st.sampled_from(RAW)), yaml.BaseLoader)
    for _ in range(draw(st.integers(1, most))):
        here: Any = data
        while True:
            places = list(here) if isinstance(here, dict) else list(range(len(here)))
            if not places:
                break
            place = draw(st.sampled_from(places))
            if isinstance(here[place], (dict, list)) and here[place] and draw(st.integers(0, 9)):
                here = here[place]
                continue
            _change(draw, here, place)
            break
    return data


def _change(draw: st.DrawFn, here: Any, place: Any) -> None:
    way = draw(st.sampled_from(["text", "text", "text", "date", "none", "gone", "list", "group", "again"]))
    if way == "gone":
        del here[place]
    elif way == "again" and isinstance(here, list):
        here.insert(place, here[place])
    else:
        ways = {"text": ODD_TEXT, "date": DATES, "none": st.none(), "list": st.lists(ODD_TEXT, max_size=2)}
        here[place] = draw(ways.get(way, st.dictionaries(ODD_TEXT, ODD_TEXT, max_size=2)))


def as_yaml(data: Any) -> bytes:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode("utf-8", "replace")


@st.composite
def changed_bytes(draw: st.DrawFn, texts: list[bytes] = RAW, signs: list[bytes] = SIGNS) -> bytes:
    """A text with one to four things done to its bytes."""
    raw = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(raw)))
        way = draw(st.sampled_from(["insert", "insert", "delete", "flip", "splice", "cut", "encode", "line", "indent"]))
        if way == "insert":
            raw = raw[:at] + draw(st.sampled_from(signs) | st.binary(min_size=1, max_size=4)) + raw[at:]
        elif way == "delete":
            raw = raw[:at] + raw[at + draw(st.integers(1, 40)) :]
        elif way == "flip" and at < len(raw):
            raw = raw[:at] + bytes([raw[at] ^ (1 << draw(st.integers(0, 7)))]) + raw[at + 1 :]
        elif way == "splice":
            other = draw(st.sampled_from(texts))
            raw = raw[:at] + other[draw(st.integers(0, len(other))) :]
        elif way == "cut":
            raw = raw[:at]
        elif way == "encode":
            encoding = draw(st.sampled_from(["cp1252", "utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cp850"]))
            raw = raw.decode("utf-8", "replace").encode(encoding, "replace")
        else:
            lines = raw.splitlines(keepends=True) or [b""]
            number = min(raw[:at].count(b"\n"), len(lines) - 1)
            lines[number] = (
                lines[number] * 2 if way == "line" else draw(st.sampled_from([b" ", b"\t", b"   "])) + lines[number]
            )
            raw = b"".join(lines)
    return raw
