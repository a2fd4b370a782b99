"""The figures by the names that prose gives them: `figures.status.in_job`, `figures.share.status.in_job`, ….

Each is the text that the edition shows, and no number: nothing can be reckoned with it, or compared, and so no hidden
count be found out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kvisdocs.statistics.model import Published, Table
from kvisdocs.statistics.sentences import find_headings, find_sentences
from kvisdocs.statistics.shown import HIDDEN, share_text, text_of

SENTENCES, HEADINGS, SHARE, TABLES = "sentences", "headings", "share", "tables"
NO_SHARE = HIDDEN
"""For a share that is not told."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a name stands for: a text, a table, a group of further names, or a text and a group."""

    path: str = ""
    text: str | None = None
    table: Table | None = None
    below: dict[str, "Named"] = field(default_factory=dict)

    def __getitem__(self, name: str | int) -> "Named":
        return self.below[str(name)]

    def __str__(self) -> str:
        """The text; empty for a group."""
        return self.text or ""

    def all_names(self) -> Iterator[str]:
        """The names of all texts and tables below it, from its own level on."""
        for name, each in self.below.items():
            if each.text is not None or each.table is not None:
                yield name
            yield from (f"{name}.{further}" for further in each.all_names())


def name_figures(published: Published) -> Named:
    """Everything that prose may name."""
    statement = published.statement
    found = Named()
    for name in (*statement.figures, *statement.measures):
        _put(found, name, text=text_of(published, name))
    for name, figure in statement.figures.items():
        if figure.base is not None and figure.base in statement.figures:
            _put(found, f"{SHARE}.{name}", text=share_text(published, name) or NO_SHARE)
    for group, texts in ((SENTENCES, find_sentences(published)), (HEADINGS, find_headings(published))):
        for name, text in texts.items():
            _put(found, f"{group}.{name}", text=text)
    for table in statement.tables:
        _put(found, f"{TABLES}.{table.id}", table=table)
    return found


def _put(root: Named, name: str, text: str | None = None, table: Table | None = None) -> None:
    *above, last = name.split(".")
    place = root
    for number, part in enumerate(above):
        place = place.below.setdefault(part, Named(".".join(above[: number + 1])))
    known = place.below.get(last)
    place.below[last] = Named(name, text, table, known.below if known else {})


def lay_out_rows(published: Published, table: Table) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The heads of a table and its rows, each with its level: labels, counts, and shares where any is told."""
    figures: Mapping[str, object] = published.statement.figures
    names = [cell for row in table.rows for cell in row.cells if cell in figures]
    shares = len(table.columns) == 1 and any(share_text(published, name) for name in names if name)
    heads = [table.title, *table.columns, *(["Andel"] if shares else [])]
    rows = []
    for row in table.rows:
        cells = [text_of(published, name) if name else "" for name in row.cells]
        if shares:
            name = row.cells[0]
            cells.append(share_text(published, name) if name in figures and name else "")
        rows.append((row.level, [row.label, *cells]))
    return heads, rows
