"""The figures of a folder, counted by workers in parts, and kept as long as its files are the same.

No page counts anything itself: a folder of thousands is counted while the desk goes on, and whoever asks meanwhile is
told how far it is.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kvisdocs.application.counting.count import CaseCounter, CountedCases
from kvisdocs.application.counting.publish import UnclearCasesError, Wanted, publish
from kvisdocs.application.item_figures import make_annex
from kvisdocs.application.job import Job, RunSettings
from kvisdocs.application.reading import CASE_S
from kvisdocs.batch.pool.pool import Start, Workers
from kvisdocs.batch.pool.worker import make_case
from kvisdocs.desk.cases.review import MODULES, prepare
from kvisdocs.desk.folder import CaseFile, Stamp
from kvisdocs.statistics.model import Published
from kvisdocs.templating.documents import Document
from kvisdocs.templating.html import Assets
from kvisdocs.writers import WriterOutput

SHARE = 50
"""So many cases are counted by one worker at a time."""

MOST_KEPT = 4
"""So many counts are kept, and so many editions of them."""

HIDING_S = 120.0
"""To find what to hide may take longer than to count."""

Key = tuple[date, tuple[tuple[Path, Stamp], ...]]


@dataclass(frozen=True)
class CountOrder:
    """Some files to count."""

    counter: CaseCounter
    files: tuple[Path, ...]

    @property
    def limit_s(self) -> float:
        """How long it may take before its worker is ended."""
        return CASE_S + len(self.files)


def count_order(order: CountOrder) -> CountedCases:
    """The sums of some files."""
    return order.counter.count(order.files)


@dataclass(frozen=True)
class PublishOrder:
    """An edition of what was counted."""

    counted: CountedCases
    wanted: Wanted
    assets: Assets
    limit_s: float = HIDING_S


def publish_order(order: PublishOrder) -> Published | UnclearCasesError:
    """What the edition tells; or why that cannot be said, which goes between processes as a value."""
    try:
        return publish(order.counted, order.wanted, order.assets)
    except UnclearCasesError as error:
        return error


@dataclass(frozen=True)
class AnnexOrder:
    """The annex of an edition, in one format."""

    published: Published
    counted: CountedCases
    document: Document
    settings: RunSettings

    @property
    def limit_s(self) -> float:
        """How long it may take before its worker is ended."""
        return self.settings.document_limit_s


def annex_order(order: AnnexOrder) -> bytes | None:
    """The file, as `kvisdocs stats -o` makes it."""
    loaded, raw = make_annex(order.published, order.counted)
    name = loaded.source.file
    job = Job(loaded.id, name, raw, (order.document,), order.settings, (order.document.name,), loaded.related)
    (result,) = make_case(job)
    return next((each.data for each in result.files.values() if isinstance(each, WriterOutput)), None)


@dataclass(frozen=True)
class UnderWay:
    """A count that is going on, part by part."""

    parts: "tuple[tuple[int, Future[CountedCases]], ...]"

    @property
    def total(self) -> int:
        """How many files there are."""
        return sum(number for number, _ in self.parts)

    @property
    def done(self) -> int:
        """How many of them are counted."""
        return sum(number for number, future in self.parts if future.done())

    def collect(self) -> CountedCases:
        """The sums of all parts. Raises what stopped one of them."""
        return CountedCases().join(future.result() for _, future in self.parts)


class Counts:
    """The counts of a folder's files, by their day and their stamps."""

    def __init__(self, assets: Assets, worker_count: int) -> None:
        self.assets = assets
        self._under_way: OrderedDict[Key, UnderWay] = OrderedDict()
        self._counted: OrderedDict[Key, CountedCases] = OrderedDict()
        self._published: OrderedDict[tuple[Key, Wanted], Future[Published | UnclearCasesError]] = OrderedDict()
        self._lock = threading.Lock()
        self._workers = Workers(worker_count, Start(prepare, (assets,), MODULES))

    def close(self) -> None:
        """End the workers."""
        self._workers.shutdown()

    def count(self, files: Sequence[CaseFile], on: date, patience_s: float) -> CountedCases | UnderWay:
        """The sums of those files on that day; where they are not there in that time, how far it is."""
        key = on, tuple((each.path, each.stamp) for each in files)
        with self._lock:
            if key in self._counted:
                return self._counted[key]
            if key not in self._under_way:
                self._under_way[key] = self._begin([each.path for each in files], on)
                _shorten(self._under_way)
            under_way = self._under_way[key]
        _, open_ = wait([future for _, future in under_way.parts], patience_s)
        if open_:
            return under_way
        with self._lock:
            self._under_way.pop(key, None)
            if key not in self._counted:
                self._counted[key] = under_way.collect()
                _shorten(self._counted)
            return self._counted[key]

    def _begin(self, files: Sequence[Path], on: date) -> UnderWay:
        counter = CaseCounter(self.assets, on, with_marks=True)
        parts = [tuple(files[start : start + SHARE]) for start in range(0, len(files), SHARE)]
        submit = self._workers.submit
        return UnderWay(tuple((len(part), submit(count_order, CountOrder(counter, part))) for part in parts))

    def publish(
        self, files: Sequence[CaseFile], counted: CountedCases, wanted: Wanted, patience_s: float
    ) -> Published | None:
        """What the edition tells; None where it is not found in that time. Raises UnclearCasesError."""
        if wanted.after is not None:  # nothing that can be looked up by
            future = self._workers.submit(publish_order, PublishOrder(counted, wanted, self.assets))
            return _tell(future, HIDING_S)
        key = (wanted.on, tuple((each.path, each.stamp) for each in files)), wanted
        with self._lock:
            if key not in self._published:
                order = PublishOrder(counted, wanted, self.assets)
                self._published[key] = self._workers.submit(publish_order, order)
                _shorten(self._published)
            future = self._published[key]
        if future.done() and future.exception() is not None:
            with self._lock:
                self._published.pop(key, None)
        return _tell(future, patience_s)

    def make_annex(
        self, published: Published, counted: CountedCases, document: Document, settings: RunSettings
    ) -> bytes | None:
        """The annex in one format; None where it cannot be made."""
        return self._workers.submit(annex_order, AnnexOrder(published, counted, document, settings)).result()


def _tell(future: "Future[Published | UnclearCasesError]", patience_s: float) -> Published | None:
    wait([future], patience_s)
    if not future.done():
        return None
    found = future.result()
    if isinstance(found, UnclearCasesError):
        raise found
    return found


def _shorten(kept: "OrderedDict[Any, Any]") -> None:
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)
