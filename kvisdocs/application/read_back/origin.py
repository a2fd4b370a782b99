"""What a Word file was made from: which case, which document, which letter date.

The journal of the output folder in which it lies says so; what it does not say is asked for.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kvisdocs.application.journal.entry import Entry, Event
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.read_back.word_text import read_created
from kvisdocs.application.store.manifest import ManifestReader
from kvisdocs.application.store.output_store import OWN
from kvisdocs.cases.yaml.source import read_raw
from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import KvisdocsError, Position, Problem, show_path


@dataclass(frozen=True)
class Origin:
    """The case, its document and its letter date. `changed`: whether the case is another since; None: nobody knows."""

    case: Path
    raw: bytes
    document: str
    day: date
    changed: bool | None = None


def find_origin(
    file: Path, known: Collection[str], case: Path | None, document: str | None, day: date | None
) -> Origin:
    """What the file was made from; what is given wins. `known` are the documents there are. Raises KvisdocsError."""
    output, entry = _find_entry(file, document)
    document = document or (entry.document if entry else _by_name(file, known))
    if document is None:
        what = message("read_back.document.unknown", "cannot tell which document this is")
        raise _ask(file, what, N_("say it with -d, one of: {names}", names=listed(sorted(known))))
    if case is None and entry is not None and "source" in entry.details:
        case = output / entry.details["source"]
    if case is None:
        what = message("read_back.case.unknown", "cannot tell from which case this was made")
        raise _ask(file, what, N_("say it with --case, for instance: --case cases_yaml/anna-prøve.yaml"))
    case = _shorten(case)
    day = day or _day_of(entry) or read_created(file)
    if day is None:
        what = message("read_back.date.unknown", "the file does not say its letter date")
        raise _ask(file, what, N_("say it with --date"))
    raw, _ = read_raw(case, str(case))
    changed = None
    if entry is not None and "case" in entry.made_from:
        changed = ManifestReader(output / OWN).keyed(raw) != entry.made_from["case"]
    return Origin(case, raw, document, day, changed)


def _ask(file: Path, what: Message, todo: Message) -> KvisdocsError:
    return KvisdocsError(Problem(Position(str(file)), what, todo))


def _shorten(case: Path) -> Path:
    return Path(show_path(case.resolve())) if case.exists() else case


def _by_name(file: Path, known: Collection[str]) -> str | None:
    """The document whose name the file's begins with: `gp-letter (ny).docx`."""
    fit = [name for name in known if file.stem == name or file.stem.startswith((f"{name} ", f"{name}-", f"{name}_"))]
    return max(fit, key=len, default=None)


def _find_entry(file: Path, document: str | None) -> tuple[Path, Entry | None]:
    """The output folder that the file lies in, and the journal's last line of its making."""
    real = file.resolve()
    for output in real.parents[1:3]:
        if not (output / OWN / "journal.jsonl").is_file():
            continue
        made = [
            entry
            for entry in Journal(output).read().entries
            if entry.event is Event.MADE and entry.case_id == real.parent.name
        ]
        named = [each for each in made if real.name in {name.name for name in each.files.values()}]
        alike = [each for each in made if real.stem.startswith(each.document)]
        wanted = [each for each in made if each.document == document] if document else named or alike
        return output, wanted[-1] if wanted else None
    return real.parent, None


def _day_of(entry: Entry | None) -> date | None:
    try:
        return date.fromisoformat(entry.made_from.get("date", "")) if entry else None
    except ValueError:
        return None
