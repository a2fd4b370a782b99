"""One line of the journal: what happened to a letter, when, and who did it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from kvisdocs.messages import N_
from kvisdocs.problems import Word

VERSION = 1
"""Of the lines' form."""


class Event(Word):
    """What happened."""

    MADE = N_("made")
    CHANGED = N_("changed by hand")
    APPROVED = N_("approved")
    SENDING = N_("handed over to be sent")
    SENT = N_("sent")
    NOT_SENT = N_("not sent")
    EXPORTED = N_("written for the doctor's system")
    PRINTED = N_("printed")
    REPLACED = N_("replaced")
    WITHDRAWN = N_("withdrawn")
    DELETED = N_("deleted")
    RELEASED = N_("released")
    REPAIRED = N_("a half line removed")


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file by its name in the case's folder and its SHA-256 in hexadecimal."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. Of a person it holds no more than the case's id, and the name of whoever did it."""

    at: datetime
    event: Event
    by: str
    case_id: str = ""
    document: str = ""
    files: Mapping[str, NamedFile] = field(default_factory=dict)
    """What it is about, by format."""
    made_from: Mapping[str, str] = field(default_factory=dict)
    """Digests of what the files were made from, as in the manifest: `case`, `template`, `profile`, `programme` …"""
    draft: bool = False
    """Whether the files are drafts, with UDKAST on every page."""
    reason: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    """What else belongs to the event: `channel` and `transaction` of what was sent, `source` of what was made."""
    kvisdocs: str = ""
    """The version of the program."""

    @property
    def digests(self) -> frozenset[str]:
        """Of all its files."""
        return frozenset(file.sha256 for file in self.files.values())

    @property
    def day(self) -> date:
        """When it happened, by the clock on the wall."""
        return self.at.astimezone().date()

    @property
    def key(self) -> tuple[str, str]:
        """Case and document."""
        return self.case_id, self.document


class NewerLineError(ValueError):
    """A line that a newer kvisdocs wrote, in a form or of an event that this one does not know."""


def write_line(entry: Entry, before: str) -> bytes:
    """The entry as a line, with the digest of the line before it."""
    values = {name: value for name, value in asdict(entry).items() if value}
    values["at"] = entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    values["event"] = entry.event.name.lower()
    line = {"v": VERSION, **values, "before": before}
    return json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def read_line(line: bytes) -> tuple[Entry, str]:
    """The entry in a line, and the digest that it gives for the line before it. Raises ValueError; NewerLineError where
    a later version would know what it says.
    """
    try:
        values: dict[str, Any] = json.loads(line)
        if (version := int(values.pop("v"))) != VERSION or values["event"].upper() not in Event.__members__:
            raise NewerLineError if version >= VERSION else ValueError("of another version")
        before = str(values.pop("before"))
        values["at"] = datetime.strptime(values["at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        values["event"] = Event[values["event"].upper()]
        values["files"] = {name: NamedFile(**file) for name, file in values.get("files", {}).items()}
        return Entry(**values), before
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from None
