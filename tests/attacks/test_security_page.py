"""docs/security.md says the limits that the code has."""

import importlib
import re
from pathlib import Path

import pytest

from kvisdocs.writers.pdf import document as pdf

assert pdf  # loaded here: WeasyPrint asks the system for its libraries by a program of its own

PAGE = (Path(__file__).parents[2] / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (.+) \| ([\d,]+) \| `([\w.]+)\.([A-Z_]+)` \|$", PAGE, re.MULTILINE)


def test_the_table_is_read() -> None:
    assert len(ROWS) == PAGE.partition("<!-- limits -->")[2].partition("<!-- end")[0].count("| `kvisdocs.")


@pytest.mark.parametrize(("what", "value", "module", "name"), ROWS, ids=[row[0] for row in ROWS])
def test_limit_is_the_code_s(what: str, value: str, module: str, name: str) -> None:
    assert getattr(importlib.import_module(module), name) == int(value.replace(",", "")), what
