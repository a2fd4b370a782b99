"""Tables that a caseworker can read, as test data: the rows of a Markdown file, and what stands in their cells."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
NOTHING = "–"


def read_rows(file: Path) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Each row of the file's tables: the first word of the heading above it, its line, its cells by column."""
    heading, columns = "", []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("## "):
            heading = line[3:].split(":")[0]
        if not line.startswith("|"):
            columns = []
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not columns:
            columns = cells
        elif not set(line) <= set("|-"):
            yield heading, number, dict(zip(columns, cells, strict=True))


def read_day(text: str) -> date | None:
    """`søndag 2012-11-04` → date, None for a dash. The weekday must be the right one."""
    if text == NOTHING:
        return None
    weekday, iso = text.split(" ")
    day = date.fromisoformat(iso)
    assert WEEKDAYS[day.weekday()] == weekday, f"{iso} is a {WEEKDAYS[day.weekday()]}, not a {weekday}"
    return day


def format_day(day: date | None) -> str:
    return NOTHING if day is None else f"{WEEKDAYS[day.weekday()]} {day}"
