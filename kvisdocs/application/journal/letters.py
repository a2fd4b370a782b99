"""How the letters of an output folder stand: made, changed by hand, approved by whom, printed, sent. Read from the
journal and from what lies there; nothing is locked or written.

A letter here is one making of a document: an approved one and a newer draft of the same document are two.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kvisdocs.application.journal.entry import Entry, Event, NamedFile
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.store.keepers import read_digest
from kvisdocs.application.store.manifest import name_file, name_stem
from kvisdocs.application.store.output_store import HELD_BACK
from kvisdocs.messages import N_
from kvisdocs.problems import Word


class State(Word):
    """How a letter stands."""

    DRAFT = N_("draft")
    MADE = N_("made")
    CHANGED = N_("changed by hand")
    APPROVED = N_("approved")
    PRINTED = N_("printed")
    SENT = N_("sent")
    WITHDRAWN = N_("withdrawn")
    GONE = N_("no longer there")


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody who has read the letter, and answers for it."""

    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A file of a letter as it was made; whether it lies there so is `is_as_made`."""

    path: Path
    sha256: str
    is_there: bool
    is_as_made: bool


@dataclass(frozen=True, slots=True)
class LetterStatus:
    """One letter and how it stands."""

    case_id: str
    document: str
    state: State
    files: Mapping[str, LetterFile]
    """By format."""
    made: Entry
    """The line of its making: `by`, `at`, `made_from` with the letter date."""
    is_draft: bool = False
    is_held_back: bool = False
    approvals: tuple[Approval, ...] = ()
    """Of a draft, those that do not suffice yet."""
    printed: tuple[Entry, ...] = ()
    """Each time that it was put into a file for the printer."""
    sent: tuple[Entry, ...] = ()
    is_unfinished: bool = False
    """Whether it was approved, but the program was stopped before the final files came into their places."""
    edited: str = ""
    """The digest of the Word file that somebody edited, where that was approved as it is."""

    @property
    def lies_there(self) -> bool:
        """Whether any file of it does, whatever became of it."""
        return any(file.is_there for file in self.files.values())

    @property
    def is_missing(self) -> bool:
        """Whether it was finished, and lies there no longer: a draft that somebody threw away is missed by nobody."""
        return self.state is State.GONE and not self.is_draft

    @property
    def day(self) -> str:
        """Its letter date, as 2012-11-14."""
        return self.made.made_from.get("date", "")

    @property
    def named_files(self) -> dict[str, NamedFile]:
        """Its files, as a line of the journal names them."""
        return {format: NamedFile(file.path.name, file.sha256) for format, file in self.files.items()}

    @property
    def is_out(self) -> bool:
        """Whether it has left the house, for all that is known: sent, or laid out for the printer."""
        return bool(self.sent or self.printed)


@dataclass
class _Letter:
    """What the journal says of one making."""

    made: Entry
    entry: Entry
    """The line that names its files: of its making, or of the approval that made the final files."""
    approvals: list[Approval] = field(default_factory=list)
    printed: list[Entry] = field(default_factory=list)
    sent: list[Entry] = field(default_factory=list)
    is_withdrawn: bool = False
    is_deleted: bool = False
    final: "_Letter | None" = None
    """Of one that was approved without UDKAST, or as somebody edited it: the letter that it became."""

    @property
    def is_plain(self) -> bool:
        """Whether nobody has said anything of it."""
        return not self.approvals and not self.is_withdrawn and self.final is None

    @property
    def is_unfinished(self) -> bool:
        """Whether it is a draft that has become a letter: it goes when that has come into its place."""
        return self.entry.draft and self.final is not None and not self.final.entry.draft


def write_entry(scribe: Scribe, event: Event, letter: LetterStatus, files: Mapping[str, NamedFile]) -> Entry:
    """A line of the journal about files of a letter."""
    return scribe.write_about(event, letter.case_id, letter.document, files, letter.made.made_from)


def list_letters(output: Path) -> list[LetterStatus]:
    """Every letter that lies in the folder, and the newest of each document that does not, unless it was deleted as one
    that need not be kept; by case and document.

    Raises KvisdocsError where the journal cannot be read.
    """
    return find_letters(output, Journal(output).read().entries)


def find_status(output: Path, file: Path) -> LetterStatus | None:
    """The letter of which that is a file; None where the journal knows of none. Raises as `list_letters`."""
    wanted = file.resolve()
    entries = Journal(output).read().entries
    found = [
        letter
        for letter in find_letters(output, (each for each in entries if each.case_id == file.resolve().parent.name))
        if wanted in {each.path.resolve() for each in letter.files.values()}
    ]
    for each in reversed(found):
        if any(one.path.resolve() == wanted and one.is_as_made for one in each.files.values()):
            return each
    return found[-1] if found else None


def find_letters(output: Path, entries: Iterable[Entry]) -> list[LetterStatus]:
    """The letters of which these lines tell."""
    found: list[LetterStatus] = []
    for letters in _collect(entries).values():
        all_of_it = [_judge(output, letter) for letter in letters]
        there = [
            each for letter, each in zip(letters, all_of_it, strict=True) if each.lies_there or not letter.is_deleted
        ]
        lying = [each for each in there if each.state is not State.GONE and _is_told(each)]
        newest = all_of_it[-1]
        is_told = newest in lying or letters[-1].is_deleted or any(each.is_unfinished for each in lying)
        found += lying if is_told else [*lying, newest]
    return sorted(found, key=lambda each: (each.case_id, each.document, each.made.at))


def _is_told(letter: LetterStatus) -> bool:
    """Whether it is told of beside newer ones: of those that somebody changed, a draft on its way to its place."""
    word = letter.files.get("docx") if letter.is_unfinished and letter.edited else None
    return letter.state is not State.CHANGED or (word is not None and read_digest(word.path) == letter.edited)


def _collect(entries: Iterable[Entry]) -> dict[tuple[str, str], list[_Letter]]:
    """Each document's letters, oldest first."""
    known: dict[tuple[str, str], list[_Letter]] = {}
    for entry in entries:
        letters = known.setdefault(entry.key, [])
        if entry.event is Event.MADE:
            _take_made(letters, entry)
        else:
            _take_other(letters, entry)
    return {key: letters for key, letters in known.items() if letters}


def _take_made(letters: list[_Letter], entry: Entry) -> None:
    """A new letter; the same bytes made again are the same letter, of whoever made it first. One that was made in fewer
    formats before is part of it, and where those went out it did.
    """
    same = next((each for each in letters if each.entry.digests == entry.digests), None)
    if same is None:
        earlier = [each for each in letters if each.entry.digests & entry.digests]
        for each in earlier:
            if each.is_plain and each.entry.digests < entry.digests:
                letters.remove(each)
        printed, sent = ([one for each in earlier for one in getattr(each, way)] for way in ("printed", "sent"))
        letters.append(_Letter(entry, entry, printed=printed, sent=sent))
        return
    letters.remove(same)
    letters.append(same)
    same.is_deleted = False
    if same.final is not None:  # a draft that became a letter is made again, and begins anew
        same.final = None
        same.approvals.clear()


def _take_other(letters: list[_Letter], entry: Entry) -> None:
    concerned = [each for each in letters if each.entry.digests & entry.digests]
    if entry.event is Event.APPROVED:
        _take_approval(letters, concerned, entry)
    for letter in concerned:
        if entry.event is Event.SENT:
            letter.sent.append(entry)
        elif entry.event is Event.PRINTED:
            letter.printed.append(entry)
        elif entry.event is Event.WITHDRAWN:
            letter.approvals.clear()
            letter.is_withdrawn = True
        elif entry.event is Event.DELETED:
            letter.is_deleted = True


def _take_approval(letters: list[_Letter], concerned: list[_Letter], entry: Entry) -> None:
    approval = Approval(entry.by, entry.at, entry.reason)
    drafts = set(entry.details.get("drafts", "").split())
    draft = next((each for each in letters if drafts and each.entry.digests & drafts), None)
    if draft is not None:  # of which the final files were made
        for letter in concerned:
            letters.remove(letter)
        draft.final = _Letter(draft.made, entry, [*draft.approvals, approval])
        letters.append(draft.final)
        return
    for letter in concerned:
        letter.is_withdrawn = False
        letter.approvals.append(approval)


def _judge(output: Path, letter: _Letter) -> LetterStatus:
    entry = letter.entry
    ready = _look(output / entry.case_id, entry)
    held = _look(output / HELD_BACK / entry.case_id, entry)
    is_held = _lies_best(held) > _lies_best(ready)
    files = held if is_held else ready
    return LetterStatus(
        entry.case_id,
        entry.document,
        _find_state(letter, files),
        files,
        letter.made,
        entry.draft,
        is_held,
        tuple(letter.approvals),
        tuple(letter.printed),
        tuple(letter.sent),
        letter.is_unfinished,
        (letter.final or letter).entry.details.get("edited", ""),
    )


def _lies_best(files: Mapping[str, LetterFile]) -> int:
    """2 where a file lies as it was made, 1 where one lies, 0 where there is none."""
    return max((each.is_there + each.is_as_made for each in files.values()), default=0)


def _look(folder: Path, entry: Entry) -> dict[str, LetterFile]:
    """The files where they were put, or under their own names, to which they may have come since."""
    found = {}
    for format, file in entry.files.items():
        names = dict.fromkeys((file.name, name_file(name_stem(entry.document, entry.draft), format)))
        looked = [(folder / name, read_digest(folder / name)) for name in names]
        path, digest = next((each for each in looked if each[1] == file.sha256), looked[0])
        found[format] = LetterFile(path, file.sha256, digest is not None, digest == file.sha256)
    return found


def _find_state(letter: _Letter, files: Mapping[str, LetterFile]) -> State:
    if letter.sent:
        return State.SENT
    if letter.printed and not letter.is_withdrawn:
        return State.PRINTED
    if not any(file.is_there for file in files.values()):
        return State.GONE
    if not all(file.is_as_made for file in files.values() if file.is_there):
        return State.CHANGED
    if letter.is_withdrawn:
        return State.WITHDRAWN
    if letter.entry.draft:
        return State.DRAFT
    return State.APPROVED if letter.approvals else State.MADE
