"""Plain data → YAML as a person would write it: fields in the model's order, quotes only where they are needed."""

import json
import re
from typing import Any

from pydantic import BaseModel

from kvisdocs.importing.fields import Field, Form, fields_of

_PLAIN = re.compile(r"[^\W_](?:[\w .,/()+*%&;§½–€!?'\"@:#=<>~|-]*[\w.)%!?'\"+-])?")
"""What begins and ends so is itself to YAML, but for `: ` and ` #`."""

_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
_DIGITS = re.compile(r"[\d_.,:]+(?:e\d+)?|0[xo][\da-f]+|\d{4}-\d\d?-\d\d?", re.IGNORECASE)
_SIMPLE = re.compile(r"[\w-]+")
_BLOCK = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff][^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]*")
WIDTH = 100
"""A list of words longer than this gets a line for each."""


def write_yaml(data: dict[str, Any], model: type[BaseModel]) -> str:
    """The case as a YAML text. Every value is text, `None`, a list or a group."""
    lines: list[str] = []
    _group(lines, data, model, "")
    return "\n".join([*lines, ""])


def _group(
    lines: list[str], data: dict[str, Any], model: type[BaseModel] | None, indent: str, each: Field | None = None
) -> None:
    """Add the lines of a group. `each` stands for all fields, where the user chose their keys."""
    known = fields_of(model) if model else {}
    order = {name: number for number, name in enumerate(known)}
    for name in sorted(data, key=lambda name: order.get(name, len(order))):
        _pair(lines, scalar(name, is_text=True), data[name], known.get(name, each), indent)


def _pair(lines: list[str], key: str, value: Any, field: Field | None, indent: str) -> None:
    if isinstance(value, dict) and value:
        lines.append(f"{indent}{key}:")
        model = field.model if field and field.form is Form.GROUP else None
        _group(lines, value, model, f"{indent}  ", field if field and field.form is Form.KEYS else None)
    elif isinstance(value, list) and value:
        line = f"{indent}{key}: [{', '.join(map(str, value))}]"
        if all(isinstance(item, str) and _is_word(item) for item in value) and len(line) <= WIDTH:
            lines.append(line)
        else:
            lines.append(f"{indent}{key}:")
            for item in value:
                _item(lines, item, field, f"{indent}  ")
    else:
        _text(lines, f"{indent}{key}:", value, field, indent)


def _item(lines: list[str], value: Any, field: Field | None, indent: str) -> None:
    if isinstance(value, dict) and value:
        first = len(lines)
        _group(lines, value, field.model if field else None, f"{indent}  ")
        lines[first] = f"{indent}- {lines[first].lstrip()}"
    elif isinstance(value, list) and value:
        lines.append(f"{indent}-")
        for item in value:
            _item(lines, item, None, f"{indent}  ")
    else:
        _text(lines, f"{indent}-", value, field, indent)


def _text(lines: list[str], start: str, value: Any, field: Field | None, indent: str) -> None:
    """Add a value behind its key or dash; a text of several lines goes below."""
    if isinstance(value, str) and _is_block(value):
        lines.append(f"{start} |-")
        lines += [f"{indent}  {line}" if line else "" for line in value.split("\n")]
    else:
        lines.append(f"{start} {_value(value, field)}")


def _value(value: Any, field: Field | None) -> str:
    if value is None:
        return "~"
    if isinstance(value, (dict, list)):
        return "{}" if isinstance(value, dict) else "[]"
    return scalar(value, is_text=field is None or (field.kind is str and field.choice is None))


def scalar(text: str, is_text: bool) -> str:
    """A text on one line; in quotes where YAML, or another program that reads YAML, would see more in it than text."""
    if text.casefold() in _WORDS or (is_text and _DIGITS.fullmatch(text)) or not _is_plain(text):
        return json.dumps(text, ensure_ascii=False).translate(_ESCAPES)
    return text


_ESCAPES = {code: f"\\x{code:02x}" for code in range(0x80, 0xA0)} | {
    0x2028: "\\u2028",
    0x2029: "\\u2029",
    0xFEFF: "\\ufeff",
}


def _is_plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None and ": " not in text and " #" not in text and not text.endswith(":")


def _is_word(text: str) -> bool:
    """A word that stands between [ and ] as it is."""
    return _SIMPLE.fullmatch(text) is not None and not _DIGITS.fullmatch(text) and text.casefold() not in _WORDS


def _is_block(text: str) -> bool:
    return "\n" in text and not text.endswith("\n") and _BLOCK.fullmatch(text) is not None
