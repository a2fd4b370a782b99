"""A published statement as plain data and back: what `--json` writes, and what the next is compared with (`--after`).

A hidden count is null there. The keys are stable: more may come, none changes its meaning.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from kvisdocs.statistics.model import Figure, Goal, Measure, Published, Relation, Row, Shown, Statement, Table
from kvisdocs.statistics.shown import count_text, find_percent, is_exact, measure_text, share_text, state_of

VERSION = 1


def as_record(published: Published) -> dict[str, Any]:
    """All that the edition tells, for JSON."""
    statement = published.statement
    return {
        "version": VERSION,
        "municipality": statement.municipality,
        "programme": statement.programme,
        "on": statement.on.isoformat(),
        "edition": published.edition,
        "threshold": published.threshold,
        "sources": list(statement.sources),
        "faulty": statement.faulty,
        "figures": {name: _figure(published, figure) for name, figure in statement.figures.items()},
        "measures": {name: _measure(published, measure) for name, measure in statement.measures.items()},
        "tables": [asdict(table) for table in statement.tables],
        "goals": [asdict(goal) for goal in statement.goals],
        "relations": [{"terms": dict(each.terms), "sense": each.sense} for each in statement.relations],
        "hidden": dict(published.reasons),
        "no_share": sorted(published.no_share),
    }


def _figure(published: Published, figure: Figure) -> dict[str, Any]:
    name = figure.name
    return {
        "text": count_text(published, name),
        "state": state_of(published, name).value,
        "count": figure.count if is_exact(published, name) else None,
        "share": share_text(published, name) or None,
        "percent": find_percent(published, name),
        "base": figure.base,
        "label": figure.label,
        "definition": figure.definition,
        "is_sensitive": figure.is_sensitive,
        "merged_into": figure.merged_into,
    }


def _measure(published: Published, measure: Measure) -> dict[str, Any]:
    is_told = measure.name not in published.no_share
    return {
        **asdict(measure),
        "value": measure.value if is_told else None,
        "text": measure_text(published, measure.name),
    }


def pack_record(published: Published) -> bytes:
    """All that the edition tells, as the bytes that go with a case; the same for the same figures."""
    return json.dumps(as_record(published), ensure_ascii=False, sort_keys=True).encode()


def parse_record(data: bytes) -> Published:
    """The published statement in a file's bytes. Raises ValueError for any other file."""
    try:
        return read_record(json.loads(data.decode("utf-8-sig")))
    except RecursionError:
        raise ValueError("nested too deep") from None


def read_record(data: Mapping[str, Any]) -> Published:
    """The published statement of such data; a count that is not told stands as 0, and is named in `hidden`.

    Raises ValueError for any other data.
    """
    try:
        return _read(data)
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        raise ValueError(str(error)) from None


def _read(data: Mapping[str, Any]) -> Published:
    if data["version"] != VERSION:
        raise ValueError(f"version {data['version']}")
    figures = {
        name: Figure(
            name,
            each["count"] or 0,
            each["label"],
            each["definition"],
            each["base"],
            bool(each["is_sensitive"]),
            each.get("merged_into"),
        )
        for name, each in data["figures"].items()
    }
    measures = {
        name: Measure(**{key: each[key] for key in ("name", "value", "label", "definition", "over", "unit")})
        for name, each in data["measures"].items()
    }
    for each in data["relations"]:
        if not each["terms"].keys() <= figures.keys():
            raise ValueError("a relation of figures that are not there")
    statement = Statement(
        municipality=data["municipality"],
        programme=data["programme"],
        on=date.fromisoformat(data["on"]),
        figures=figures,
        measures=measures,
        relations=tuple(Relation(dict(each["terms"]), each["sense"]) for each in data["relations"]),
        tables=tuple(_read_table(each) for each in data["tables"]),
        goals=tuple(Goal(**each) for each in data["goals"]),
        sources=tuple(data["sources"]),
        faulty=int(data["faulty"]),
    )
    states = {name: Shown(each["state"]) for name, each in data["figures"].items()}
    return Published(
        statement,
        data["edition"],
        int(data["threshold"]),
        {name: state for name, state in states.items() if state is not Shown.EXACT},
        dict(data["hidden"]),
        frozenset(data["no_share"]),
    )


def _read_table(data: Mapping[str, Any]) -> Table:
    rows = tuple(Row(row["label"], tuple(row["cells"]), row["level"]) for row in data["rows"])
    return Table(**{**data, "columns": tuple(data["columns"]), "rows": rows, "notes": tuple(data["notes"])})
