"""A published statement as files: one long table for a spreadsheet, with a line for each cell and numbers as they are
shown, and one JSON object for programs.
"""

import csv
import io
import json
from collections.abc import Iterator

from kvisdocs.statistics.model import Goal, Published
from kvisdocs.statistics.record import as_record
from kvisdocs.statistics.sentences import find_headings, find_sentences, goal_result
from kvisdocs.statistics.shown import NBSP, measure_text, share_text, text_of

HEAD = ("Block", "Tabel", "Række", "Kolonne", "Figur", "Antal", "Andel")
Line = tuple[str, str, str, str, str, str, str]

GOALS = "Mål og resultater"
_FORMULA = ("=", "+", "-", "@", "\t")
"""A spreadsheet takes a cell that begins so for a formula."""


def as_csv(published: Published) -> bytes:
    """The table with semicolons, as a Danish spreadsheet reads it: UTF-8 with its mark in front."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEAD)
    writer.writerows([[_plain(each) for each in line] for line in find_lines(published)])
    return text.getvalue().encode("utf-8-sig")


def as_json(published: Published) -> bytes:
    """One object with all that the edition tells, and its sentences."""
    said = {"sentences": find_sentences(published), "headings": find_headings(published)}
    return json.dumps({**as_record(published), **said}, ensure_ascii=False, indent=1).encode() + b"\n"


def find_lines(published: Published) -> Iterator[Line]:
    """The lines: the goals first, then the tables in their order. An empty cell has none."""
    for goal in published.statement.goals:
        yield from _goal(published, goal)
    for table in published.statement.tables:
        for row in table.rows:
            for column, name in zip(table.columns, row.cells, strict=True):
                if name is not None:
                    said = _cell(published, name)
                    yield (table.block, table.title, row.label, column, name, *said)


def _goal(published: Published, goal: Goal) -> Iterator[Line]:
    if goal.result is None:
        yield ("B", GOALS, goal.text, "Resultat", "", goal_result(published, goal), "")
        return
    yield ("B", GOALS, goal.text, "Resultat", goal.result, *_cell(published, goal.result))
    if goal.base is not None:
        yield ("B", GOALS, goal.text, "Målt på", goal.base, *_cell(published, goal.base))
    for name in (f"goal_all.{goal.id}", f"goal_above.{goal.id}", f"goal_change.{goal.id}"):
        statement = published.statement
        known = statement.figures.get(name) or statement.measures.get(name)
        if known is not None:
            yield ("B", GOALS, goal.text, known.label, name, *_cell(published, name))


def _cell(published: Published, name: str) -> tuple[str, str]:
    if name in published.statement.measures:
        return measure_text(published, name), ""
    return text_of(published, name), share_text(published, name)


def _plain(text: str) -> str:
    plain = text.replace(NBSP, " ")
    return f"'{plain}" if plain.startswith(_FORMULA) else plain
