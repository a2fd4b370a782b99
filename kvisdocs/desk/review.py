"""What the list says of each case. Judged in worker processes, and kept as long as the file is the same."""

import threading
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor, Future
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from kvisdocs.application.exclusions import ask_for
from kvisdocs.application.reading import CASE_S, CaseReader, find_case_reader
from kvisdocs.batch.pool.pool import Start, TaskTimeout, WorkerDied, Workers
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.yaml.source import read_raw, scan_bytes
from kvisdocs.desk.folder import CaseFile, Folder, Stamp, stamp_of
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity, remember_originals
from kvisdocs.templating.documents import Document, concerns, find_blockers, load_documents
from kvisdocs.templating.html import Assets

SHARE = 25
"""So many cases are judged by one worker at a time."""

MODULES = ("kvisdocs.desk.review", "kvisdocs.templating.brief.unprinted")


@dataclass(frozen=True)
class Offer:
    """A document of the case's kind, and why it cannot be made; it can where nothing is said."""

    name: str
    title: str
    blocked: tuple[tuple[Message, Message], ...] = ()
    on_request: bool = False


@dataclass(frozen=True)
class Review:
    """What there is to say of a case."""

    kind: str = ""
    title: str = ""
    municipality: str = ""
    problems: tuple[Problem, ...] = ()
    offers: tuple[Offer, ...] = ()
    related: tuple[str, ...] | None = ()
    """The files that go with it, as it names them; None where nobody knows, and it is judged each time."""

    @property
    def errors(self) -> int:
        """How many errors it has."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many warnings it has."""
        return sum(problem.severity is Severity.WARNING for problem in self.problems)

    @property
    def ready(self) -> tuple[Offer, ...]:
        """The documents that can be made."""
        return tuple(offer for offer in self.offers if not offer.blocked)


def review_bytes(data: bytes, file: Path, assets: Assets, day: date) -> Review:
    """A case judged as `check` and `render` judge it."""
    reader = find_case_reader(assets)
    loaded, problems = reader.read_bytes(data, file)
    if loaded is None:
        return _of_broken(data, file, problems)
    offers = tuple(_offer(loaded, each, day) for each in _documents(assets) if concerns(each, loaded.case))
    case = loaded.case
    return Review(case.kind, _title(loaded), case.municipality, tuple(problems), offers, tuple(loaded.related))


@lru_cache(maxsize=2)
def _documents(assets: Assets) -> tuple[Document, ...]:
    return tuple(load_documents(assets).values())


def _offer(loaded: LoadedCase, document: Document, day: date) -> Offer:
    found = find_blockers(loaded, document, day)
    blocked = tuple((_reason(each), ask_for(each.todo)) for each in found)
    return Offer(document.name, document.title, blocked, document.on_request)


def _reason(blocker: Problem) -> Message:
    """Why a document cannot be made, without its name: it stands before it."""
    what = blocker.what.values.get("why")
    return what if isinstance(what, Message) else blocker.what


def _of_broken(data: bytes, file: Path, problems: Sequence[Problem]) -> Review:
    """What can be told of a case with errors: its words are taken as they stand."""
    is_open = any(problem.code.startswith("case.related.") for problem in problems)
    try:
        said = scan_bytes(data, str(file)).data
    except KvisdocsError:
        said = None
    values = said if isinstance(said, dict) else {}
    person = values.get("citizen")
    names = [person.get(each) for each in ("first_names", "last_name", "name")] if isinstance(person, dict) else []
    title = " ".join(each for each in names if isinstance(each, str)) or values.get("title")
    kind, title, place = (
        each if isinstance(each, str) else "" for each in (values.get("kind"), title, values.get("municipality"))
    )
    return Review(kind, title, place, tuple(problems), (), None if is_open else ())


def _title(loaded: LoadedCase) -> str:
    case = loaded.case
    person = getattr(case, "citizen", None)
    return str(person.name if person is not None else getattr(case, "title", "") or getattr(case, "committee", ""))


@dataclass(frozen=True)
class _Share:
    """What a worker is handed: some files of one folder."""

    files: tuple[Path, ...]
    assets: Assets
    day: date
    data: bytes | None = None
    """The text of the one file, where it is read already."""

    @property
    def limit_s(self) -> float:
        return CASE_S + len(self.files)


def _review_share(share: _Share) -> list[Review]:
    if share.data is not None:
        return [review_bytes(share.data, share.files[0], share.assets, share.day)]
    return [_review_file(file, share.assets, share.day) for file in share.files]


def _review_file(file: Path, assets: Assets, day: date) -> Review:
    try:
        data, _ = read_raw(file, str(file))
    except KvisdocsError as error:
        return Review(problems=error.problems)
    return review_bytes(data, file, assets, day)


def _prepare(assets: Assets) -> None:
    remember_originals(assets.copies)
    CaseReader(assets)


Key = tuple[Stamp, date, tuple[Stamp | None, ...], tuple[Stamp, ...]]


class Reviews:
    """The reviews of a folder's cases, each as long as it holds."""

    def __init__(self, folder: Folder, assets: Assets, worker_count: int) -> None:
        self.folder, self.assets = folder, assets
        self._kept: dict[Path, tuple[Key, Review]] = {}
        self._lock = threading.Lock()
        self._workers = Workers(worker_count, Start(_prepare, (assets,), MODULES))

    def close(self) -> None:
        """End the workers."""
        self._workers.shutdown()

    def all(self, day: date) -> list[tuple[CaseFile, Review]]:
        """Every case of the folder, by path, as a run on that day would find it. Others wait meanwhile."""
        with self._lock:
            files = list(self.folder.look())
            whole = tuple(file.stamp for file in files)
            stale = [file for file in files if not self._holds(file, day, whole)]
            parts = [stale[start : start + SHARE] for start in range(0, len(stale), SHARE)]
            futures = [self._workers.submit(_review_share, self._share(part, day)) for part in parts]
            for part, future in zip(parts, futures, strict=True):
                try:
                    reviews = future.result()
                except (TaskTimeout, WorkerDied, BrokenExecutor):
                    reviews = [self._alone(file, day) for file in part]
                for file, review in zip(part, reviews, strict=True):
                    self._kept[file.path] = (self._key(file, day, whole, review), review)
            self._kept = {file.path: self._kept[file.path] for file in files}
            return [(file, self._kept[file.path][1]) for file in files]

    def one(self, path: Path, data: bytes, day: date) -> Review:
        """A case in a file's bytes."""
        return self._wait(self._workers.submit(_review_share, _Share((path,), self.assets, day, data)), path)

    def _alone(self, file: CaseFile, day: date) -> Review:
        return self._wait(self._workers.submit(_review_share, self._share([file], day)), file.path)

    def _wait(self, future: "Future[list[Review]]", path: Path) -> Review:
        try:
            return future.result()[0]
        except (TaskTimeout, WorkerDied, BrokenExecutor):
            what = message("desk.case.unjudged", "the file could not be judged in the time that one has")
            todo = N_("look for a text in it that is very long, and shorten it")
            return Review(problems=(Problem(Position(str(path)), what, todo),))

    def _share(self, files: Sequence[CaseFile], day: date) -> _Share:
        return _Share(tuple(file.path for file in files), self.assets, day)

    def _holds(self, file: CaseFile, day: date, whole: tuple[Stamp, ...]) -> bool:
        kept = self._kept.get(file.path)
        return kept is not None and kept[1].related is not None and kept[0] == self._key(file, day, whole, kept[1])

    def _key(self, file: CaseFile, day: date, whole: tuple[Stamp, ...], review: Review) -> Key:
        """What the review depends on; with other files it is these too, and, where it counts cases, all of them."""
        if not review.related:
            return file.stamp, day, (), ()
        return file.stamp, day, tuple(_stamp(file.path.parent / name) for name in review.related), whole


def _stamp(path: Path) -> Stamp | None:
    try:
        return stamp_of(path)
    except (OSError, ValueError):
        return None
