"""The journal as a table for people, in the language that is spoken and by the clock on the wall."""

from collections.abc import Iterable, Iterator

from kvisdocs.application.journal.entry import Entry
from kvisdocs.application.keeping.tidy import Surplus
from kvisdocs.cli.terminal.report import shown
from kvisdocs.messages import N_


def write_table(entries: Iterable[Entry]) -> Iterator[str]:
    """A head and a line for each entry, in columns; nothing where there are none."""
    rows = [_row(each) for each in entries]
    if not rows:
        return
    heads = (N_("When"), N_("Event"), N_("By"), N_("Case"), N_("Files"), N_("Remarks"))
    rows.insert(0, tuple(shown(head) for head in heads))
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _row(entry: Entry) -> tuple[str, ...]:
    when = entry.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    files = ", ".join(file.name for file in entry.files.values()) or entry.document
    edited = shown(N_("as somebody edited it")) if "edited" in entry.details else ""
    more = [each for each in (edited, _reason(entry), entry.details.get("channel", "")) if each]
    return when, shown(entry.event.said), shown(entry.by), shown(entry.case_id), shown(files), shown("; ".join(more))


def _reason(entry: Entry) -> str:
    """The reason that somebody gave; one of our own words in the language that is spoken."""
    own = next((each for each in Surplus if str(each) == entry.reason), None)
    return shown(own.said) if own is not None else entry.reason
