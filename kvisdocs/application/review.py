"""Cases read and judged for `check`: a few one after the other, many in as many processes as there are processors."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from kvisdocs.application.duplicates import Identity, describe_duplicates, find_duplicates, find_identity
from kvisdocs.application.exclusions import ExclusionCollector, ExclusionSummary
from kvisdocs.application.meetings import MeetingItem, describe_meetings, find_meeting_item
from kvisdocs.application.reading import CaseReader
from kvisdocs.application.stray_names import NamesOfCase, describe_strays, find_names
from kvisdocs.problems import Problem
from kvisdocs.templating.documents import Document
from kvisdocs.templating.html import Assets

ENOUGH = 100
"""So many files are worth a process: a fifth of a second's work, beside a hundredth for the process."""

SHARES = 4
"""So many parts of the files for each process, since one paper takes as long as ten others."""


@dataclass(frozen=True)
class CaseReviewer:
    """What cases are judged by: templates with their profiles and programmes, and what a run today would make."""

    assets: Assets
    documents: tuple[Document, ...]
    day: date
    as_json: bool = False

    def judge(self, files: Sequence[Path]) -> "ReviewResult":
        """All problems of the files, what would be left out, and what only one case has, in the order of the files."""
        reader = _find_reader(self.assets)
        collector = ExclusionCollector(self.documents, self.day, reader.profile, self.as_json)
        problems: list[Problem] = []
        facts: dict[Path, CaseFacts] = {}
        for file in files:
            loaded, found = reader.read(file)
            problems += found
            if loaded is not None:
                collector.hear(loaded)
                facts[file] = CaseFacts(find_identity(loaded.case), find_meeting_item(loaded.case), find_names(loaded))
        return ReviewResult(problems, collector.told(), facts)


@lru_cache(maxsize=1)
def _find_reader(assets: Assets) -> CaseReader:
    """The reader of a set of template folders; kept, for it keeps profiles and what the templates print."""
    return CaseReader(assets)


@dataclass(frozen=True)
class CaseFacts:
    """What is compared with the other cases of the folder."""

    identity: Identity
    item: MeetingItem | None
    names: NamesOfCase


@dataclass(frozen=True)
class ReviewResult:
    """What there is to say of some files."""

    problems: list[Problem]
    exclusions: ExclusionSummary
    facts: Mapping[Path, CaseFacts]

    def compare(self) -> Iterator[Problem]:
        """What cases show beside each other: two of one citizen, items that do not agree, names of another case."""
        yield from describe_duplicates(find_duplicates({file: each.identity for file, each in self.facts.items()}))
        yield from describe_meetings({file: each.item for file, each in self.facts.items() if each.item})
        yield from describe_strays({file: each.names for file, each in self.facts.items()})


def review_files(judge: CaseReviewer, files: Sequence[Path]) -> ReviewResult:
    """As `CaseReviewer.judge`, in several processes for many files; in this one where none can be started."""
    worker_count = min(_processors(), len(files) // ENOUGH)
    is_alone = threading.active_count() == 1  # a copy of a process has one thread, and waits for the others
    if worker_count < 2 or not is_alone or "fork" not in multiprocessing.get_all_start_methods():
        return judge.judge(files)
    size = -(-len(files) // (worker_count * SHARES))
    parts = [files[start : start + size] for start in range(0, len(files), size)]
    context = multiprocessing.get_context("fork")
    try:
        answers = _share_out(
            judge, parts, ProcessPoolExecutor(worker_count, context, initializer=_leave_interrupts_to_the_parent)
        )
    except (BrokenExecutor, OSError):  # killed, or there is no room for it
        return judge.judge(files)
    problems = [problem for each in answers for problem in each.problems]
    facts = {file: found for each in answers for file, found in each.facts.items()}
    return ReviewResult(problems, ExclusionSummary.join(each.exclusions for each in answers), facts)


def _share_out(judge: CaseReviewer, parts: Sequence[Sequence[Path]], pool: ProcessPoolExecutor) -> list[ReviewResult]:
    """What the pool's processes say of the parts. Whoever stops it need not wait for them."""
    is_through = False
    try:
        futures = [pool.submit(judge.judge, part) for part in parts]
        answers = [future.result() for future in futures]
        is_through = True
        return answers
    finally:
        if not is_through:
            for process in multiprocessing.active_children():
                process.kill()
        pool.shutdown(wait=is_through)


def count_processors() -> int:
    """How many this process may use; on systems that do not tell, all there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _processors() -> int:
    """How many processes may run at a time. Only Linux copies a process safely, which takes no time to begin."""
    return count_processors() if sys.platform == "linux" else 1


def _leave_interrupts_to_the_parent() -> None:
    """Ctrl-C reaches all processes of a terminal; other signals end the one that they are sent to."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        if signal.getsignal(getattr(signal, name)) is not signal.SIG_IGN:
            signal.signal(getattr(signal, name), signal.SIG_DFL)
