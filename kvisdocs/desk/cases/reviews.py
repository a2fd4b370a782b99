"""The reviews of a folder, each kept as long as its file is the same; what is new is judged by workers meanwhile."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor, Future, wait
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from anyio import CapacityLimiter

from kvisdocs.batch.pool.pool import Start, TaskTimeout, WorkerDied, Workers
from kvisdocs.cases.yaml.source import read_raw
from kvisdocs.desk.cases.review import MODULES, Review, Share, prepare, review_share, unjudged
from kvisdocs.desk.folder import CaseFile, Folder, Stamp, stamp_of
from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.html import Assets

SHARE = 25
"""So many cases are judged by one worker at a time."""

PATIENCE_S = 2.0
"""So long the list waits for cases that are being judged; then it is shown without them."""

PENDING = Review(is_pending=True)

Key = tuple[Stamp, date, tuple[Stamp | None, ...], tuple[Stamp, ...]]


@dataclass(frozen=True)
class _UnderWay:
    """A case that a worker is judging, with others."""

    file: CaseFile
    day: date
    whole: tuple[Stamp, ...]
    future: "Future[list[Review]]"
    number: int
    is_alone: bool


class Reviews:
    """The reviews of a folder's cases."""

    def __init__(self, folder: Folder, assets: Assets, worker_count: int, patience_s: float = PATIENCE_S) -> None:
        self.folder, self.assets, self.patience_s = folder, assets, patience_s
        self._kept: dict[Path, tuple[Key, Review]] = {}
        self._under_way: dict[Path, _UnderWay] = {}
        self._lock = threading.Lock()
        self.turns = CapacityLimiter(4)  # for what is asked after each pause in typing, as Maker has them
        start = Start(prepare, (assets,), MODULES)
        self._workers, self._own_worker = Workers(worker_count, start), Workers(1, start)

    def close(self) -> None:
        """End the workers."""
        self._workers.shutdown()
        self._own_worker.shutdown()

    def one(self, path: Path, data: bytes, day: date) -> Review:
        """A case in a file's bytes. It has a worker of its own, so that it need not wait for a whole folder.

        Where the file holds these bytes, what is known of it is not asked for again.
        """
        file, kept = _find_same(self.folder, path, data), self._kept.get(path)
        is_alone = file is None or (kept is not None and not kept[1].related)
        whole = () if is_alone else tuple(each.stamp for each in self.folder.look())
        with self._lock:
            if file is not None and self._holds(file, day, whole):
                return self._kept[path][1]
        try:
            share = Share((path,), self.assets, day, data)
            review = self._own_worker.submit(review_share, share).result()[0]
        except (TaskTimeout, WorkerDied, BrokenExecutor):
            return unjudged(path)
        if file is not None:
            with self._lock:
                self._kept[path] = (_key(file, day, whole, review), review)
        return review

    def all(self, day: date) -> list[tuple[CaseFile, Review]]:
        """Every case of the folder, by path, as a run on that day would find it; PENDING of those not judged yet."""
        with self._lock:
            files = list(self.folder.look())
            self._begin(files, day)
        deadline = time.monotonic() + self.patience_s
        while True:
            with self._lock:
                self._collect()
                futures = {each.future for each in self._under_way.values()}
            left = deadline - time.monotonic()
            if not futures or left <= 0:
                break
            wait(futures, left)
        with self._lock:
            self._kept = {file.path: self._kept[file.path] for file in files if file.path in self._kept}
            return [(file, self._find(file)) for file in files]

    def begin(self, day: date) -> None:
        """Have the folder judged before anybody asks."""
        with self._lock:
            self._begin(list(self.folder.look()), day)

    def _find(self, file: CaseFile) -> Review:
        is_known = file.path in self._kept and file.path not in self._under_way
        return self._kept[file.path][1] if is_known else PENDING

    def _begin(self, files: Sequence[CaseFile], day: date) -> None:
        whole = tuple(file.stamp for file in files)
        stale = [file for file in files if not self._holds(file, day, whole) and not self._is_under_way(file, day)]
        for start in range(0, len(stale), SHARE):
            self._submit(stale[start : start + SHARE], day, whole)

    def _submit(self, files: Sequence[CaseFile], day: date, whole: tuple[Stamp, ...]) -> None:
        share = Share(tuple(file.path for file in files), self.assets, day)
        try:
            future = self._workers.submit(review_share, share)
        except BrokenExecutor as error:
            future = Future()
            future.set_exception(error)
        for number, file in enumerate(files):
            self._under_way[file.path] = _UnderWay(file, day, whole, future, number, len(files) == 1)

    def _collect(self) -> None:
        """Take in what is finished. A worker that was lost is asked again for each of its cases alone."""
        for path, each in list(self._under_way.items()):
            if not each.future.done():
                continue
            del self._under_way[path]
            try:
                review = each.future.result()[each.number]
            except (TaskTimeout, WorkerDied):
                if not each.is_alone:
                    self._submit([each.file], each.day, each.whole)
                    continue
                review = unjudged(path)
            except BrokenExecutor:
                review = unjudged(path)
            self._kept[path] = (_key(each.file, each.day, each.whole, review), review)

    def _is_under_way(self, file: CaseFile, day: date) -> bool:
        found = self._under_way.get(file.path)
        return found is not None and (found.file.stamp, found.day) == (file.stamp, day)

    def _holds(self, file: CaseFile, day: date, whole: tuple[Stamp, ...]) -> bool:
        kept = self._kept.get(file.path)
        return kept is not None and kept[1].related is not None and kept[0] == _key(file, day, whole, kept[1])


def _key(file: CaseFile, day: date, whole: tuple[Stamp, ...], review: Review) -> Key:
    """What the review depends on; with other files it is these too, and, where it counts cases, all of them."""
    if not review.related:
        return file.stamp, day, (), ()
    return file.stamp, day, tuple(_stamp(file.path.parent / name) for name in review.related), whole


def _find_same(folder: Folder, path: Path, data: bytes) -> CaseFile | None:
    """The file, where it holds these bytes; None where they are somebody's who has not saved them."""
    try:
        stamp = stamp_of(path)
        if read_raw(path, str(path))[0] == data:
            return CaseFile(path.relative_to(folder.root).as_posix(), path, stamp)
    except (OSError, KvisdocsError):
        pass
    return None


def _stamp(path: Path) -> Stamp | None:
    try:
        return stamp_of(path)
    except (OSError, ValueError):
        return None
