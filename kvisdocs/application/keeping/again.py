"""A letter of the journal made again of the inputs that were kept with it."""

import hashlib
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kvisdocs.application.generate import make_document
from kvisdocs.application.journal.entry import Entry, Event
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.keeping.inputs import InputStore
from kvisdocs.application.store.atomic_files import write_atomically
from kvisdocs.cases.load import LoadedCase, check_source
from kvisdocs.cases.yaml.source import parse_bytes
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.templating.documents import choose_documents, load_documents
from kvisdocs.templating.render import Renderer

SHORT = 8
"""So many digits of a digest tell a file."""


def make_again(output: Path, case_id: str, wanted: str, folder: Path) -> Path:
    """Make a file again, that is named as the journal names it, or by the beginning of its digest; the newest of that
    name. Gives where it lies now. Raises KvisdocsError where it cannot be, or would have other bytes.
    """
    entries = Journal(output).read().entries
    entry, format = _find(entries, case_id, wanted, output)
    made = _find_making(entries, entry)
    kept = made.details.get("inputs", "")
    if not kept:
        what = message("inputs.letter.not_kept", "what {file} was made of was not kept", file=wanted)
        raise _refuse(output, what, N_("keep it from now on: --keep-inputs of render and batch"))
    store = InputStore(output)
    inputs = store.read(kept)
    with tempfile.TemporaryDirectory(prefix="kvisdocs-") as name:
        assets = store.lay_out(inputs, Path(name))
        source = parse_bytes(inputs.case, inputs.file)
        case = LoadedCase(case_id, check_source(source), source, inputs.related)
        (document,) = choose_documents([entry.document], load_documents(assets))
        day = date.fromisoformat(entry.made_from["date"])
        written = make_document(
            case, document, day, (format,), Renderer(assets), along=inputs.along, final=not entry.draft
        )
    file, data = entry.files[format], written[format].data
    if hashlib.sha256(data).hexdigest() != file.sha256:
        what = message("inputs.letter.other_bytes", "{file} would have other bytes today", file=file.name)
        todo = N_("use the kvisdocs that made it, {version}, on the same system", version=entry.kvisdocs or "?")
        raise _refuse(output, what, todo)
    path = folder / file.name
    write_atomically({path: data})
    return path


def _find(entries: Sequence[Entry], case_id: str, wanted: str, output: Path) -> tuple[Entry, str]:
    for entry in reversed(entries):
        if entry.case_id == case_id and entry.event in {Event.MADE, Event.APPROVED}:
            for format, file in entry.files.items():
                if wanted == file.name or (len(wanted) >= SHORT and file.sha256.startswith(wanted)):
                    return entry, format
    what = message(
        "inputs.letter.unknown", 'the journal knows of no "{file}" of {case_id}', file=wanted, case_id=case_id
    )
    raise _refuse(output, what, N_("see what there is: kvisdocs history {case_id}", case_id=case_id))


def _find_making(entries: Sequence[Entry], entry: Entry) -> Entry:
    """The line of the making of an approved letter: of its draft, or of the same bytes."""
    wanted = entry.digests | set(entry.details.get("drafts", "").split())
    made = (each for each in reversed(entries) if each.event is Event.MADE and each.key == entry.key)
    return next((each for each in made if each.digests & wanted), entry)


def _refuse(output: Path, what: Message, todo: Message) -> KvisdocsError:
    return KvisdocsError(Problem(Position(str(output)), what, todo))
