"""The run: jobs go to an executor, few at a time; what comes back goes to its place; each document has its outcome.

The executor is ours (batch/pool) or any other of `concurrent.futures`.
"""

import signal
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field, replace

from kvisdocs.application.generate import MakingError, as_problems, find_earlier
from kvisdocs.application.job import Job, JobResult, PlannedCase, RunSettings, StagedFile
from kvisdocs.application.keeping.inputs import InputStore
from kvisdocs.application.outcome import Failure, Hold, MadeFile, Outcome, Reason, Status
from kvisdocs.application.stopping import deferring
from kvisdocs.application.store.change_detection import ChangeDetector, held_outcome, made_file, tell_kept
from kvisdocs.application.store.manifest import FileRecord, Manifest, Place, Record
from kvisdocs.application.store.output_store import Finished, OutputStore
from kvisdocs.batch.plan import Plan
from kvisdocs.batch.pool.pool import NoWorkersLeftError, TaskTimeout, WorkerDied
from kvisdocs.batch.pool.worker import make_case
from kvisdocs.batch.reporting.report import find_unusual, too_long
from kvisdocs.cases.yaml.source import read_raw
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, refuse_document
from kvisdocs.templating.documents import Document
from kvisdocs.writers import WriterOutput

PATIENCE = 10
"""So many documents in a row that cannot be written, and the rest is not tried: the disk is full, or gone."""

TRIES = 5
"""So many times a document is over its time and never made, and nobody waits for the other cases' any more."""


@dataclass(frozen=True, slots=True)
class _Ticket:
    """A job under way, and what is to be known when it comes back."""

    case: PlannedCase
    job: Job
    reasons: Mapping[str, Reason]
    deaths: int = 0


@dataclass
class Run:
    """One run over a plan. `outcomes` grows as it goes; `tell` hears of each when it is first known."""

    plan: Plan
    settings: RunSettings
    manifest: Manifest
    store: OutputStore
    changes: ChangeDetector
    tell: Callable[[Outcome], None]
    outcomes: dict[tuple[str, str], Outcome] = field(default_factory=dict)
    inputs: InputStore | None = None
    """Where what letters are made of is kept, if it is."""
    _again: deque[_Ticket] = field(default_factory=deque)
    _refused: int = 0
    _late: Counter[str] = field(default_factory=Counter)

    def go(self, engine: Executor, worker_count: Callable[[], int]) -> None:
        """Make everything with an executor. `worker_count` is asked for anew, since a cluster grows and shrinks.

        Raises KvisdocsError where it cannot go on. Whoever stops it (by a BaseException) finds all that was finished in
        its place and in the manifest.
        """
        self._write_down(self.manifest.begin, self.settings.day)
        self.store.sweep()
        for outcome in self.plan.settled:
            self._settle(outcome)
        tickets = self._tickets()
        under_way: dict[Future[tuple[JobResult, ...]], _Ticket] = {}
        try:
            while True:
                while len(under_way) < 2 * worker_count() and (ticket := self._next(tickets)):
                    under_way[engine.submit(make_case, ticket.job)] = ticket
                if not under_way:
                    break
                done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                self._take_in([(under_way.pop(future), future) for future in done])
        except BrokenExecutor as error:
            todo = error.todo if isinstance(error, NoWorkersLeftError) else N_("run it again to go on")
            reason = error.args[0] if error.args else error
            what = message("run.workers.lost", "the run cannot go on: {reason}", reason=reason)
            raise KvisdocsError(Problem(Position(str(self.store.output)), what, todo)) from None
        self._hold_doubles()
        self._hold_unusual()
        if self._refused < PATIENCE:  # else the rest was not tried, and is to have the same date
            self._write_down(self.manifest.end, self.plan.clean)

    def _write_down(self, line: Callable[..., None], *arguments: object) -> None:
        try:
            line(*arguments)
        except OSError as error:
            raise as_problems(error, str(self.store.output), "") from None

    def _next(self, tickets: Iterator[_Ticket]) -> _Ticket | None:
        return self._again.popleft() if self._again else next(tickets, None)

    def _tickets(self) -> Iterator[_Ticket]:
        """What is to be made, case by case; what need not be is settled on the way."""
        for case in self.plan.cases:
            reasons: dict[str, Reason] = {}
            for document in case.documents:
                try:
                    found = self.changes.find_reason(case, document)
                except OSError as error:
                    self._fail(case, document.name, as_problems(error, str(case.file), document.name))
                    continue
                if isinstance(found, Reason):
                    reasons[document.name] = found
                else:
                    self._settle(found)
            documents = tuple(each for each in case.documents if each.name in reasons and not self._give_up(case, each))
            if documents and (data := self._read(case, documents)) is not None:
                job = Job(case.case_id, str(case.file), data, documents, self.settings, case.along, case.related)
                yield _Ticket(case, job, reasons)

    def _give_up(self, case: PlannedCase, document: Document) -> bool:
        """Whether the document has failed untried, for one that takes minutes a case would take weeks a month."""
        if self._late[document.name] < TRIES:
            return False
        why = message(
            "run.document.given_up",
            "not tried, since {number} others were not finished in time and none was made",
            number=TRIES,
        )
        what = refuse_document(document.name, why)
        problem = Problem(Position(str(case.file)), what, N_("look for a loop in its template"))
        self._fail(case, document.name, MakingError(Failure.UNTRIED, problem))
        return True

    def _read(self, case: PlannedCase, documents: tuple[Document, ...]) -> bytes | None:
        """The case's text as it was planned; None where the documents have failed."""
        try:
            data = read_raw(case.file, str(case.file))[0] if case.data is None else case.data
        except KvisdocsError as error:
            failure = Failure.CHANGED
            said = error.problems[0].what
            reason = said.values.get("reason", said)
            what = message("run.case.unreadable", "cannot be read any more: {reason}", reason=reason)
            todo = N_("run again when it is back")
        else:
            if self._refused >= PATIENCE:
                failure, todo = Failure.UNTRIED, N_("make room, run again")
                what = message(
                    "run.disk.full",
                    "not tried: the last {number} documents could not be written",
                    number=self._refused,
                )
            elif self.manifest.keyed(data) == case.digest:
                return data
            else:
                failure, todo = Failure.CHANGED, N_("run again")
                what = message("run.case.changed", "was changed while the run went on")
        for document in documents:
            self._fail(case, document.name, MakingError(failure, Problem(Position(str(case.file)), what, todo)))
        return None

    def _take_in(self, answers: list[tuple[_Ticket, "Future[tuple[JobResult, ...]]"]]) -> None:
        """What came back goes to its place, all of it with one flush of the manifest."""
        finished: list[tuple[_Ticket, JobResult, Finished]] = []
        for ticket, future in answers:
            error = future.exception()
            if isinstance(error, BrokenExecutor):
                raise error
            if error is not None:
                self._retry(ticket, error)
                continue
            for made in future.result():
                if made.problems:
                    failure = made.failure or Failure.PROGRAM
                    self._fail(ticket.case, made.document, MakingError(failure, made.problems))
                else:
                    finished.append((ticket, made, self._finish(ticket, made)))
        if not finished:
            return
        with deferring():
            failed = self.store.put([each for _, _, each in finished])
            self._refused = self._refused + len(failed) if len(failed) == len(finished) else 0
            for ticket, made, each in finished:
                if each.record.key in failed:
                    refusal = failed[each.record.key]
                    self._fail(ticket.case, made.document, MakingError(Failure.WRITING, refusal.problems))
                else:
                    self._settle_made(ticket, made, each)

    def _retry(self, ticket: _Ticket, error: BaseException) -> None:
        """A job whose worker is gone is taken apart, so that one document takes no other along; then told of."""
        job = ticket.job
        if isinstance(error, (TaskTimeout, WorkerDied)) and len(job.documents) > 1:
            self._again += [replace(ticket, job=replace(job, documents=(each,))) for each in job.documents]
        elif isinstance(error, WorkerDied) and ticket.deaths == 0:
            self._again.append(replace(ticket, deaths=1))
        else:
            for document in job.documents:
                self._late[document.name] += isinstance(error, TaskTimeout)
                self._fail(ticket.case, document.name, explain(error, job.file, document.name))

    def _finish(self, ticket: _Ticket, made: JobResult) -> Finished:
        document = next(each for each in ticket.job.documents if each.name == made.document)
        hold = made.hold or (Hold.TOO_LONG if too_long(document, _pages(made.files)) else None)
        if ticket.case.case_id in self.plan.duplicates:
            hold = hold or Hold.SAME_PERSON
        record = self.changes.record(ticket.case, document, made.files, hold)
        data = {format: each if isinstance(each, StagedFile) else each.data for format, each in made.files.items()}
        return Finished(ticket.case.case_id, record, data, ticket.case.file, self._keep(ticket))

    def _keep(self, ticket: _Ticket) -> str:
        """Keep what the documents are made of, where that is asked for."""
        job = ticket.job
        if self.inputs is None:
            return ""
        return self.inputs.keep(ticket.case.file.name, job.data, job.related, job.settings.assets, job.along)

    def _settle_made(self, ticket: _Ticket, made: JobResult, finished: Finished) -> None:
        case_id, record = finished.case_id, self.manifest.records[finished.record.key]
        files = self._files(case_id, record, finished.data)
        said = (*made.objections, *(message for written in made.files.values() for message in written.messages))
        said += tuple(tell_kept(self.store, case_id, record, finished.data.keys()))
        self._late[record.document] = -len(self.plan.cases)  # it can be made, so the late ones are for their cases
        if record.hold is None:
            self._settle(Outcome(case_id, made.document, Status.MADE, ticket.reasons[made.document], said, files))
            return
        document = next(each for each in ticket.job.documents if each.name == made.document)
        long, others = too_long(document, _pages(record.files)), self.plan.duplicates.get(case_id)
        why = {Hold.TOO_LONG: long, Hold.SAME_PERSON: others}.get(record.hold) or N_("read what else is said of it")
        self._settle(held_outcome(self.store, case_id, record, files, why, *said))

    def _hold_doubles(self) -> None:
        """What an earlier run made of a case, before there was another of the same person."""
        for key in [key for key, each in self.outcomes.items() if each.status is Status.UNCHANGED]:
            if key[0] in self.plan.duplicates:
                self._hold(key, Hold.SAME_PERSON, self.plan.duplicates[key[0]])

    def _hold_unusual(self) -> None:
        """Only the whole run shows what is usual, so these are moved at its end."""
        known = {key: each.pages for key, each in self.outcomes.items() if each.pages is not None}
        for key, why in find_unusual(known).items():
            self._hold(key, Hold.UNUSUAL, why)

    def _hold(self, key: tuple[str, str], hold: Hold, why: Message) -> None:
        """Move what lies ready to those held back, unless somebody has made, moved or changed it, or it is final."""
        outcome, record = self.outcomes[key], self.manifest.records[self.manifest.key_of(*key)]
        is_final = any(file.sha256 in self.store.final for file in record.files.values())
        if not outcome.files or record.place is not Place.READY or record.by_hand or is_final:
            return None
        try:
            record = self.store.hold(key[0], replace(record, place=Place.HELD_BACK, hold=hold))
        except OSError as error:
            refusal = as_problems(error, str(self.store.output), key[1])
            return self._settle(Outcome(*key, Status.FAILED, refusal.failure, refusal.problems))
        files = self._files(key[0], record, [file.format for file in outcome.files])
        is_new = outcome.status is Status.MADE
        return self._settle(replace(held_outcome(self.store, key[0], record, files, why), is_new=is_new))

    def _files(self, case_id: str, record: Record, formats: Iterable[str]) -> tuple[MadeFile, ...]:
        paths = {format: self.store.path_of(case_id, record, format) for format in formats}
        return tuple(made_file(self.store, record, format, path) for format, path in paths.items())

    def _fail(self, case: PlannedCase, document: str, error: MakingError) -> None:
        earlier = find_earlier(self.store.output / case.case_id, document)
        self._settle(Outcome(case.case_id, document, Status.FAILED, error.failure, (*error.problems, *earlier)))

    def _settle(self, outcome: Outcome) -> None:
        key = outcome.case_id, outcome.document
        if outcome.status is Status.EXCLUDED:
            earlier = find_earlier(self.store.output / outcome.case_id, outcome.document)
            outcome = replace(outcome, problems=(*outcome.problems, *earlier))
        is_new = key not in self.outcomes
        self.outcomes[key] = outcome
        if is_new:
            self.tell(outcome)


def _pages(files: Mapping[str, FileRecord] | Mapping[str, WriterOutput | StagedFile]) -> int | None:
    return next((file.pages for file in files.values() if file.pages is not None), None)


def explain(error: BaseException, file: str, document: str) -> MakingError:
    """What became of the one document of a job that was not answered, or was answered by an exception."""
    if isinstance(error, TaskTimeout):
        failure = Failure.TIME
        what = message(
            "run.document.over_time",
            "{document} was not finished after {seconds:g} seconds",
            document=document,
            seconds=error.limit_s,
        )
        todo = N_("look for a loop in its template, shorten what the case says, or raise --time-limit")
    elif isinstance(error, WorkerDied):
        failure = Failure.WORKER
        what = message("run.worker.died", "{document} cannot be made: its worker died twice", document=document)
        if error.signal:
            what = N_("{what}, by {signal}", what=what, signal=name_signal(error.signal)).coded(what.code)
        todo = N_("the memory may be too small: have fewer made at a time, or make it alone with kvisdocs render")
    else:
        assert isinstance(error, Exception)
        return as_problems(error, file, document)
    return MakingError(failure, Problem(Position(file), what, todo))


def name_signal(number: int) -> Message:
    """`signal 9 (SIGKILL)`."""
    try:
        return N_("signal {number} ({name})", number=number, name=signal.Signals(number).name)
    except ValueError:
        return N_("signal {number}", number=number)
