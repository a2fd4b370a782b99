"""The attacks as rows of a YAML file: `attack` names it, `problem` is what must be said of it, all but what to do."""

from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent


def read_rows(name: str) -> list[Any]:
    """The rows of a file as pytest parameters, each under its attack's name. A row says it all: none is left empty."""
    rows = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    names = [row["attack"] for row in rows]
    assert len(names) == len(set(names)), "two attacks have the same name"
    return [pytest.param(row, id=row["attack"]) for row in rows]


def filled(row: dict[str, Any], text: str) -> str:
    """The text with the row's `fill` put in, each `times` times: what would be too long to read."""
    for place, piece in row.get("fill", {}).items():
        text = text.replace(place, piece * row["times"])
    return text
