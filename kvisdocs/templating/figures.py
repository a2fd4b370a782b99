"""The figures of a committee item put into its texts, and what stands below them of where they come from.

A text and a table that name one figure agree, since both are what the edition shows of it.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel

from kvisdocs.cases.load import FIGURES, LoadedCase
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.model.decisions import CommitteeDecision
from kvisdocs.cases.model.statistics import StatisticsAnnex
from kvisdocs.cases.texts import Texts, find_texts, is_prose
from kvisdocs.cases.yaml.source import Step
from kvisdocs.messages import N_, message
from kvisdocs.problems import Problem
from kvisdocs.programme.prose.prose import Remark, place_remarks
from kvisdocs.programme.prose.prose_checks import find_slips, find_slips_in_line
from kvisdocs.statistics.model import Published, Table
from kvisdocs.statistics.named import Named, lay_out_rows, name_figures
from kvisdocs.statistics.record import parse_record
from kvisdocs.statistics.shown import HIDDEN
from kvisdocs.templating.engine.formatting import format_date
from kvisdocs.templating.engine.prose import BLOCK, OPENING, FilledText, escape_markdown, fill_text

INLINE = {"points", "after", "text"}
"""The last step of the paths whose texts are Markdown of one line."""

PLAIN = {("title",)}
"""Texts that are no Markdown, and may name figures."""

PART_OF = ("heraf", "deraf")
"""Before the label of a row that is a part of the one above, and of one that is a part of such a part."""

Path = tuple[Step, ...]


@lru_cache(maxsize=4)
def read_published(packed: bytes) -> tuple[Published, Named]:
    """The figures that go with an item, and all their names. Raises ValueError for other bytes."""
    published = parse_record(packed)
    return published, name_figures(published)


Filled = TypeVar("Filled", CommitteeItem, StatisticsAnnex)


def fill_texts(item: Filled, loaded: LoadedCase) -> Filled:
    """An item or annex that was loaded, with its figures in its texts; as it is where it has none."""
    if item.figures is None or FIGURES not in loaded.related:
        return item
    published, names = read_published(loaded.related[FIGURES])
    shown: list[str] = []
    for path, text in _find_named(loaded):
        filled = _fill(path, text, published, names, escape=True)
        item = _replace(item, path, filled.text.strip())
        shown += filled.shown
    assert item.figures is not None
    return item.model_copy(update={"figures": item.figures.with_note(say_source(published, shown))})


def check_figures(loaded: LoadedCase, packed: bytes) -> list[Problem]:
    """An error for each name that cannot be printed, and a warning for what does not add up, where it stands."""
    published, names = read_published(packed)
    found: list[Problem] = []
    for path, text in find_texts(loaded):
        if BLOCK in text and path[0] != "figures":
            what = message("item.figures.block", '"{{%" is printed as it stands')
            todo = N_("write what is meant; only names in {{{{ }}}} are worked out")
            found.append(Problem(loaded.source.locate_in(path, text.index(BLOCK)), what, todo))
    for path, text in _find_named(loaded):
        if not _may_name(path):
            what = message("item.figures.not_here", "figures cannot be named in this field")
            todo = N_("name them in the title, in fields, legal_basis, recommendations, decisions or the course")
            found.append(Problem(loaded.source.locate_in(path, text.index(OPENING)), what, todo))
            continue
        if published.edition == "whole" and _is_released(loaded.case, path):
            what = message("item.figures.whole_released", "the public reads this decision, and the figures are whole")
            todo = N_("leave out edition: whole, or name no figures in it")
            found.append(Problem(loaded.source.locate_in(path, text.index(OPENING)), what, todo))
            continue
        filled = _fill(path, text, published, names, escape=False)
        found += place_remarks(loaded.source, path, [*filled.remarks, *_find_slips(path, filled)])
    return found


def _find_slips(path: Path, filled: FilledText) -> Iterator[Remark]:
    """What does not add up once the figures stand there; nothing where one is missing."""
    if filled.remarks:
        return
    for remark in find_slips(filled.text) if is_prose(path) else find_slips_in_line(filled.text):
        yield replace(remark, offset=filled.written_at(remark.offset))


def _find_named(loaded: LoadedCase) -> Texts:
    return [(path, text) for path, text in find_texts(loaded) if OPENING in text and path[0] != "figures"]


def _may_name(path: Path) -> bool:
    names = [step for step in path if isinstance(step, str)]
    return path in PLAIN or is_prose(path) or names[-1] in INLINE


def _is_released(value: Any, path: Path) -> bool:
    """Whether the text at a path stands in a decision of a closed item that the public may read."""
    for step in path:
        value = getattr(value, str(step)) if isinstance(value, BaseModel) else value[step]
        if isinstance(value, CommitteeDecision) and value.released:
            return True
    return False


def _fill(path: Path, text: str, published: Published, names: Named, escape: bool) -> FilledText:
    if path in PLAIN:
        escape = False
    return fill_text(text, names, lambda table: make_table(published, table, escape), is_prose(path), escape)


def _replace(value: Any, path: Path, text: str) -> Any:
    """The model, list or group with another text at a path."""
    if not path:
        return text
    step, rest = path[0], path[1:]
    if isinstance(value, BaseModel):
        return value.model_copy(update={str(step): _replace(getattr(value, str(step)), rest, text)})
    if isinstance(value, tuple):
        number = int(step)
        return (*value[:number], _replace(value[number], rest, text), *value[number + 1 :])
    return {**value, step: _replace(value[step], rest, text)}


def make_table(published: Published, table: Table, escape: bool = True) -> str:
    """A table in Markdown."""
    said = escape_markdown if escape else str
    heads, rows = lay_out_rows(published, table)
    lines = [heads, ["---", *("---:" for _ in heads[1:])]]
    lines += [[say_part(label, level), *cells] for level, (label, *cells) in rows]
    cells = [
        [each if number == 1 else said(each) if each else "" for each in line] for number, line in enumerate(lines)
    ]
    return "\n" + "\n".join(f"| {' | '.join(line)} |" for line in cells) + "\n"


def say_part(label: str, level: int) -> str:
    """The label of a row that is a part of one above, in words, which every reader is told: `heraf til a-kasse`."""
    if not level:
        return label
    said = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    return said if said.startswith("heraf ") else f"{PART_OF[level > 1]} {said}"


def say_source(published: Published, shown: list[str]) -> tuple[str, ...]:
    """Where the figures come from, and what is hidden in those that are shown: what stands below an item."""
    statement = published.statement
    sources = f" Kilde: {', '.join(statement.sources)}." if statement.sources else ""
    said = [f"Tallene er opgjort pr. {format_date(statement.on)} ud fra kommunens egne sager.{sources}"]
    if published.edition == "whole":
        return (*said, "Her er intet tal skjult. Opgørelsen må ikke offentliggøres.")
    small = f"<{published.threshold}"
    if any(small in each or escape_markdown(small) in each or "færre end" in each for each in shown):
        said.append(f"Tal under {published.threshold} er skjult ({small}).")
    if any(HIDDEN in each or escape_markdown(HIDDEN) in each for each in shown):
        said.append("Andre tal er skjult (·), hvor de kunne bruges til at regne de skjulte ud.")
    return tuple(said)
