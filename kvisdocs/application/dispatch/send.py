"""The run that sends finished letters: each at most once, and only what was approved, to the one whom it is to.

Everything is looked at again at the moment of sending: the approval and the digest of the file, the case with its
consents, the recipient in the letter's window, and every number that stands in the letter.
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kvisdocs.application.dispatch.digital_post import NotTakenError, PostAccess, PostOffice, UnknownOutcomeError
from kvisdocs.application.dispatch.finished import FinishedFile, open_search, printed_on
from kvisdocs.application.dispatch.last_look import find_obstacle
from kvisdocs.application.dispatch.memo import Address, find_address, find_faults, make_memo, name_message, write_memo
from kvisdocs.application.dispatch.outbox import Delivery, find_deliveries, find_exports
from kvisdocs.application.dispatch.recipients import find_due, is_letter
from kvisdocs.application.journal.entry import Entry, Event, NamedFile
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.journal.letters import LetterStatus, State, find_letters
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.stopping import deferring
from kvisdocs.application.store.atomic_files import write_atomically
from kvisdocs.application.store.session import open_output
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity, Word
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import Sending

if TYPE_CHECKING:
    from python_serviceplatformen.models.message import Message as Memo

MOST_UNKNOWN = 3
"""After so many letters in a row of which it is not known whether they were taken, no more are handed over."""


class Result(Word):
    """What became of a letter."""

    SENT = N_("sent")
    WOULD_BE_SENT = N_("would be sent")
    WRITTEN = N_("written to the folder")
    FOR_PRINT = N_("for the printer")
    BY_HAND = N_("to be sent by hand")
    PRINTED = N_("printed before")
    STAYS = N_("left out")
    NOT_TAKEN = N_("not taken")
    UNKNOWN = N_("not known whether it was taken")


@dataclass(frozen=True, slots=True)
class Dispatched:
    """A letter and what became of it. `message` is the id of its message, if there is one."""

    result: Result
    path: Path
    problem: Problem | None = None
    message: str = ""
    is_for_all: bool = False
    """Whether all others would fail in the same way."""
    was_open: bool = False
    """Whether it was not known before this run already."""
    document: str = ""
    """The document's name."""
    sha256: str = ""
    """Of the letter's PDF; empty where there is none."""
    to: str = ""
    """Whom the case says that the letter is to; empty for what stays before anybody looked."""
    printed: date | None = None
    """The last day on which it was printed."""


@dataclass(frozen=True)
class SendingRun:
    """How letters are sent. Without `post`, `folder` takes the messages as files, or nothing is done."""

    output: Path
    assets: Assets
    scribe: Scribe
    today: date
    names: Sequence[str] = ()
    post: PostAccess | None = None
    folder: Path | None = None
    printed: date | None = None
    """A day on which letters were printed that may go all the same: others of those that were printed stay."""
    chosen: Collection[str] | None = None
    """The letters that may go, by the SHA-256 of each, where somebody has chosen: nothing else is touched."""
    hear: Callable[[Dispatched], None] = lambda done: None
    """Told of each letter as soon as it is known what became of it."""

    def go(self) -> list[Dispatched]:
        """Send what can be sent. Where something leaves, nobody else works in the output folder meanwhile.

        Raises KvisdocsError.
        """
        done: list[Dispatched] = []
        in_a_row = 0
        leaves = self.post is not None or self.folder is not None
        again = printed_on(self.printed)
        with open_search(self.output, self.assets, self.names, self.today, leaves, again) as search:
            journal = Journal(self.output)
            entries = journal.read_whole()
            deliveries, exports = find_deliveries(entries), find_exports(entries)
            for letter in find_letters(self.output, entries):
                is_exported = any(each.sha256 in exports for each in letter.files.values())
                digest = letter.files["pdf"].sha256 if "pdf" in letter.files else ""
                is_chosen = self.chosen is None or digest in self.chosen
                if letter.document not in search.wanted or is_exported or not is_chosen:
                    continue
                with deferring():  # a letter on its way has its answer, and is told of, before a signal is heard
                    one = self._take(letter, list(search.take(letter, ("pdf",))), deliveries, journal)
                    if one is None:
                        continue
                    printed = letter.printed[-1].day if letter.printed else None
                    one = replace(one, sha256=digest, document=letter.document, printed=printed)
                    done.append(one)
                    self.hear(one)
                in_a_row = in_a_row + 1 if one.result is Result.UNKNOWN and not one.was_open else 0
                if one.is_for_all or in_a_row == MOST_UNKNOWN:
                    break
        return done

    def _take(
        self,
        letter: LetterStatus,
        found: list[FinishedFile | Problem],
        deliveries: Mapping[str, Delivery],
        journal: Journal,
    ) -> Dispatched | None:
        """One letter; None where it is none, or where it was sent before."""
        if letter.state is State.SENT or (letter.state is State.GONE and not letter.is_missing):
            return None
        (file,) = found[:1]
        if isinstance(file, Problem):
            result = Result.PRINTED if letter.state is State.PRINTED else Result.STAYS
            return Dispatched(result, Path(file.position.file), file)
        if not is_letter(file):
            return None
        delivery = deliveries.get(file.sha256)
        if delivery is not None and delivery.is_open:
            return self._tell_open(file, delivery)
        sending = file.profile.sending
        channel = sending.channels.get(file.document.name) if sending is not None else None
        if sending is None or channel is None:
            what = message("dispatch.channel.none", "the profile does not say how this document is sent")
            return _stays(file, what, N_("name it under sending: channels: in the profile"))
        if obstacle := find_obstacle(file):
            return _stays(file, *obstacle)
        if channel != "digital_post":
            result = Result.FOR_PRINT if channel == "print" else Result.BY_HAND
            return Dispatched(result, file.path, to=find_due(file))
        address = find_address(file)
        if isinstance(address, Message):
            return _stays(file, address, N_("print it: kvisdocs print"))
        if faults := list(find_faults(file, address, sending)):
            return _stays(file, faults[0], N_("see sending: in the profile"))
        return self._send(file, address, sending, journal)

    def _send(self, file: FinishedFile, address: Address, sending: Sending, journal: Journal) -> Dispatched:
        name = name_message(file, address)
        found = Dispatched(Result.WOULD_BE_SENT, file.path, message=name, to=find_due(file))
        if self.post is None:
            if self.folder is None:
                return found
            memo = write_memo(file, address, sending, self.scribe.now())
            write_atomically({self.folder / f"{name}.xml": memo})
            return replace(found, result=Result.WRITTEN)
        try:
            post = self.post(sending.cvr)
            if not post.is_registered(address.number):
                return replace(found, result=Result.FOR_PRINT)
        except NotTakenError as error:
            return self._tell(Result.NOT_TAKEN, found, error)
        return self._hand_over(file, make_memo(file, address, sending, self.scribe.now()), found, post, journal)

    def _hand_over(
        self, file: FinishedFile, memo: "Memo", found: Dispatched, post: PostOffice, journal: Journal
    ) -> Dispatched:
        """What comes of handing a message over."""
        name, created = found.message, memo.messageBody.createdDateTime
        transaction = str(uuid.uuid4())
        details = {"channel": "digital_post", "message": name, "transaction": transaction}
        journal.append([self._entry(Event.SENDING, file, created, details)])
        try:
            post.send(memo, transaction)
        except NotTakenError as error:
            journal.append([self._entry(Event.NOT_SENT, file, self.scribe.now(), details)])
            return self._tell(Result.NOT_TAKEN, found, error)
        except UnknownOutcomeError as error:
            return self._tell(Result.UNKNOWN, found, error)
        journal.append([self._entry(Event.SENT, file, self.scribe.now(), details)])
        return replace(found, result=Result.SENT)

    def _entry(self, event: Event, file: FinishedFile, at: datetime, details: Mapping[str, str]) -> Entry:
        files = {file.format: NamedFile(file.path.name, file.sha256)}
        made = file.letter.made
        return replace(
            Entry(at, event, self.scribe.by, made.case_id, made.document, files, details=details),
            kvisdocs=made.kvisdocs,
        )

    def _tell_open(self, file: FinishedFile, delivery: Delivery) -> Dispatched:
        what = message(
            "dispatch.letter.unknown",
            "was handed over on {day} as message {message}, and it is not known whether it was taken",
            day=delivery.entry.day,
            message=delivery.message,
        )
        todo = N_(
            "look it up where Digital Post shows what it has taken, and say --was-sent {message} or "
            "--was-not-sent {message}",
            message=delivery.message,
        )
        problem = Problem(Position(str(file.path)), what, todo)
        return Dispatched(Result.UNKNOWN, file.path, problem, delivery.message, was_open=True, to=find_due(file))

    def _tell(self, result: Result, found: Dispatched, error: NotTakenError | UnknownOutcomeError) -> Dispatched:
        todo = N_("try again later")
        if result is Result.UNKNOWN:
            todo = N_("find out whether message {message} was taken before it is sent again", message=found.message)
        problem = Problem(Position(str(found.path)), error.what, todo)
        is_for_all = isinstance(error, NotTakenError) and error.is_for_all
        return replace(found, result=result, problem=problem, is_for_all=is_for_all)


def _stays(file: FinishedFile, what: Message, todo: Message) -> Dispatched:
    problem = Problem(Position(str(file.path)), what, todo, Severity.WARNING)
    return Dispatched(Result.STAYS, file.path, problem, to=find_due(file))


def settle(output: Path, scribe: Scribe, was_sent: Sequence[str], was_not_sent: Sequence[str]) -> Iterator[Delivery]:
    """Write down what somebody found out of messages of which it was not known.

    Raises KvisdocsError for others, and where somebody is sending: the answer of Digital Post may be on its way.
    """
    asked = {**dict.fromkeys(was_sent, Event.SENT), **dict.fromkeys(was_not_sent, Event.NOT_SENT)}
    _find_open(output, asked, set(was_sent) & set(was_not_sent))
    with open_output(output):
        waiting = _find_open(output, asked)  # an answer may have come, or somebody else's
        for name, event in asked.items():
            entry = replace(waiting[name].entry, event=event, at=scribe.now(), by=scribe.by)
            Journal(output).append([entry])
            yield waiting[name]


def _find_open(output: Path, names: Iterable[str], doubtful: Collection[str] = ()) -> dict[str, Delivery]:
    """The messages of which it is not known whether they were taken. Raises KvisdocsError for a name of no such one."""
    deliveries = find_deliveries(Journal(output).read_whole()).values()
    waiting = {each.message: each for each in deliveries if each.is_open}
    if unknown := [name for name in names if name not in waiting or name in doubtful]:
        what = message(
            "dispatch.message.not_open",
            "there is no message {message} of which it is not known whether it was taken",
            message=unknown[0],
        )
        raise KvisdocsError(Problem(Position(str(output)), what, N_("see what waits: kvisdocs send OUTPUT --dry-run")))
    return waiting
