"""The work behind `kvisdocs read-back`: what an edited Word file says otherwise than its case, and its way back.

An edit of a field goes back only where it is proven: the document, made from the edited case, says in that field what
somebody wrote there. What is outside of fields is told of. The Word file is only read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kvisdocs.application.read_back.alignment import Changes, TextChange, compare
from kvisdocs.application.read_back.origin import Origin, find_origin
from kvisdocs.application.read_back.proof import Field, Proof, without_conflicts
from kvisdocs.application.read_back.trial import Trial
from kvisdocs.application.read_back.word_text import read_made, read_word
from kvisdocs.application.store.replacement import digest_of, replace_files
from kvisdocs.cases.yaml.edit import Edit, edit_bytes
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity, show_path
from kvisdocs.templating.documents import choose_documents, load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer

FOREIGN = 0.2
"""A file that has fewer of the document's paragraphs is another document."""


@dataclass(frozen=True)
class Comparison:
    """All that an edited file says otherwise than the document that is made from its case."""

    file: Path
    origin: Origin
    fields: tuple[Field, ...]
    texts: tuple[TextChange, ...]
    comments: tuple[str, ...]
    problems: tuple[Problem, ...] = field(default_factory=tuple)

    @property
    def edits(self) -> list[Edit]:
        """What can be written into the case, each once."""
        return list(dict.fromkeys(each.edit for each in self.fields if each.edit is not None))

    @property
    def is_settled(self) -> bool:
        """Whether the case says, or can say, all that the file does."""
        return not self.texts and all(each.edit is not None for each in self.fields)


def read_back(
    file: Path, assets: Assets, case: Path | None = None, document: str | None = None, day: date | None = None
) -> Comparison:
    """Compare an edited file with its case. Raises KvisdocsError, and UnknownNameError for an unknown document."""
    theirs = read_word(file)
    known = load_documents(assets)
    choose_documents([document] if document else [], known)
    origin = find_origin(file, known, case, document, day)
    trial = Trial.of(origin, Renderer(assets))
    loaded = trial.read(origin.raw)
    if loaded is None:
        raise KvisdocsError(trial.problems)
    changes = compare(read_made(trial.make(loaded)), theirs)
    refuse_foreign(changes, file, origin.document, origin.case)
    fields = without_conflicts(list(Proof(loaded, origin, trial).find_all(changes.fields)))
    told = tuple(_warn(file, origin))
    return Comparison(file, origin, tuple(fields), changes.texts, theirs.comments, told)


def apply(found: Comparison, anyway: bool = False) -> Comparison:
    """Write into the case what can be; the fields then say so. Raises KvisdocsError; then the case is as it was.

    A case that changed since the file was made is left alone, unless `anyway`: the file may say what was right then.
    """
    if not found.edits:
        return found
    case, origin = found.origin.case, found.origin
    if origin.changed and not anyway:
        what = message("read_back.case.changed", "the case was changed after the Word file; nothing is written")
        todo = N_("look at each field; add --anyway if the Word file is right, or change the case yourself")
        raise KvisdocsError(Problem(Position(str(case)), what, todo))
    edited = edit_bytes(origin.raw, str(case), found.edits)
    replace_files({case: (edited, digest_of(origin.raw))})
    return replace(found, fields=tuple(replace(each, applied=each.edit is not None) for each in found.fields))


def refuse_foreign(changes: Changes, file: Path, document: str, case: Path) -> None:
    """Raises KvisdocsError where the file is another document, or another case's."""
    if changes.share < FOREIGN:
        what = message(
            "read_back.file.foreign",
            'hardly a paragraph of it is one of "{document}" as it is made from {case}',
            document=document,
            case=show_path(case),
        )
        todo = N_("name the right case with --case and the document with -d, or choose another file")
        raise KvisdocsError(Problem(Position(str(file)), what, todo))


def _warn(file: Path, origin: Origin) -> Iterator[Problem]:
    if origin.changed:
        what = message(
            "read_back.case.other", "the case was changed after this file was made, so that some of this may be older"
        )
        yield Problem(Position(str(file)), what, N_("look at each line"), Severity.WARNING)
    elif origin.changed is None:
        what = message("read_back.case.no_record", "no journal tells whether the case was changed after this was made")
        yield Problem(Position(str(file)), what, N_("look at each line"), Severity.NOTE)
