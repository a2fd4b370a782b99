"""The figures of a committee item: counted once, when the item is read, and sent with it instead of the cases.

What else goes with it is what tells the citizens behind them, by which its texts and its finished files are searched.
"""

import json
import os
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, NoReturn

from kvisdocs.application.counting.count import CaseCounter, CountedCases, count_files
from kvisdocs.application.counting.publish import Wanted, publish, read_last
from kvisdocs.application.recipient_check.citizens import check_texts, pack_citizens
from kvisdocs.application.recipient_check.recipient_check import read_all_words
from kvisdocs.application.related import CITIZENS, FIGURES, Reference, Related, locate_related, read_files
from kvisdocs.cases.load import LoadedCase, check_source, find_case_files
from kvisdocs.cases.model.committee import Access, CommitteeItem
from kvisdocs.cases.model.figures import Edition, FiguresSource
from kvisdocs.cases.model.statistics import StatisticsAnnex
from kvisdocs.cases.yaml.source import parse_bytes
from kvisdocs.messages import N_, Message, counted, message
from kvisdocs.problems import KvisdocsError, Problem, Severity, UnknownNameError
from kvisdocs.statistics.model import Published
from kvisdocs.statistics.record import pack_record
from kvisdocs.templating.figures import check_figures
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import load_profile

Stamp = tuple[tuple[str, int, int], ...]
"""Files as they are: path, day of their last change and size."""


def supply_figures(loaded: LoadedCase, file: Path, assets: Assets) -> tuple[Related, list[Problem]]:
    """An item's figures and who is behind them, and what is wrong with both and with the texts that name them."""
    item = loaded.case
    if not isinstance(item, (CommitteeItem, StatisticsAnnex)) or item.figures is None:
        return {}, []
    try:
        related = _count(loaded, item, item.figures, file, assets)
    except KvisdocsError as error:
        return {}, list(error.problems)
    profile = load_profile(item.municipality, assets, loaded.source.locate(("municipality",)))
    told = check_texts(loaded, related[CITIZENS], profile, read_all_words(assets))
    return related, [*check_figures(loaded, related[FIGURES]), *told]


def _count(
    loaded: LoadedCase, item: CommitteeItem | StatisticsAnnex, asked: FiguresSource, file: Path, assets: Assets
) -> Related:
    if asked.edition is Edition.WHOLE and isinstance(item, CommitteeItem) and item.access is Access.OPEN:
        what = message("item.figures.whole_in_open", "an open item has the whole edition, in which no count is hidden")
        _stop(loaded, "edition", what, N_("delete it, or make the item a closed one"))
    folder = locate_related(Reference(("figures", "cases"), asked.cases), loaded, file)
    try:
        files = find_case_files([folder])
    except KvisdocsError as error:  # at the line that names it, not at the folder
        _stop(loaded, "cases", error.problems[0].what, error.problems[0].todo)
    if asked.agreements is not None:
        files.append(locate_related(Reference(("figures", "agreements"), asked.agreements), loaded, file))
    found = _count_cases(assets, asked.on, _stamp(files))
    if found.faulty:
        cases = counted(found.faulty, "{number} case", "{number} cases")
        what = message("item.figures.faulty", "{cases} there cannot be counted for errors", cases=cases)
        _stop(loaded, "cases", what, N_("mend them: kvisdocs check {folder}", folder=folder))
    if asked.agreements is not None and not found.registers:
        what = message("item.figures.no_register", '"{name}" is no register of agreements', name=asked.agreements)
        _stop(loaded, "agreements", what, N_("name a file that begins with kind: agreements"))
    after = _read_last(loaded, asked.after, file) if asked.after is not None else None
    edition: Literal["public", "whole"] = "whole" if asked.edition is Edition.WHOLE else "public"
    wanted = Wanted(asked.on, edition, item.municipality, asked.programme, after)
    try:
        record = _publish(assets, _stamp(files), wanted)
    except UnknownNameError as error:
        todo = error.todo
        if error.what.code == "statistics.cases.several_programmes":
            todo = N_("choose one: programme: below figures")
        _stop(loaded, "programme" if asked.programme else "cases", error.what, todo)
    marks = {Path(os.path.relpath(name, folder)).as_posix(): each for name, each in found.marks.items()}
    return {FIGURES: record, CITIZENS: pack_citizens(marks)}


def _stop(loaded: LoadedCase, key: str, what: Message, todo: Message) -> NoReturn:
    raise KvisdocsError(Problem(loaded.source.locate(("figures", key)), what, todo, Severity.ERROR))


def _stamp(files: Sequence[Path]) -> Stamp:
    found = []
    for each in files:
        try:
            about = os.stat(each)  # noqa: PTH116
            found.append((str(each), about.st_mtime_ns, about.st_size))
        except OSError:
            found.append((str(each), 0, 0))  # whoever reads it will be told
    return tuple(found)


def make_annex(published: Published, counted: CountedCases) -> tuple[LoadedCase, bytes]:
    """The annex of figures that were counted already, as a case without a file, and the bytes that stand for one."""
    statement = published.statement
    asked = {"cases": ".", "on": statement.on.isoformat(), "edition": published.edition}
    data = {"kind": "statistics", "municipality": statement.municipality, "figures": asked}
    raw = json.dumps(data).encode()
    name = f"statistik-{statement.on.isoformat()}"
    source = parse_bytes(raw, f"{name}.yaml")
    record = pack_record(published)
    related = {FIGURES: record, CITIZENS: pack_citizens(counted.marks)}
    return LoadedCase(name, check_source(source), source, related), raw


@lru_cache(maxsize=2)
def _count_cases(assets: Assets, on: date, stamp: Stamp) -> CountedCases:
    """The sums of those files: counted once for all items of a meeting."""
    return count_files(CaseCounter(assets, on, with_marks=True), [Path(name) for name, _, _ in stamp])


_published: dict[tuple[str, Stamp, Wanted], bytes] = {}
"""The last record, for the next item of the same meeting: to find what to hide takes longer than to count."""


def _publish(assets: Assets, stamp: Stamp, wanted: Wanted) -> bytes:
    """What the edition tells of those files, as JSON."""
    if wanted.after is None and (known := _published.get((str(assets), stamp, wanted))):
        return known
    published = publish(_count_cases(assets, wanted.on, stamp), wanted, assets)
    record = pack_record(published)
    if wanted.after is None:
        _published.clear()
        _published[str(assets), stamp, wanted] = record
    return record


def _read_last(loaded: LoadedCase, name: str, file: Path) -> Published:
    """What was published last."""
    reference = Reference(("figures", "after"), name)
    found, problems = read_files([reference], loaded, file)
    if problems:
        raise KvisdocsError(problems)
    try:
        return read_last(found[name], name)
    except UnknownNameError as error:
        _stop(loaded, "after", error.what, error.todo)
