"""Block A: who came, how they stood, and where they are."""

from collections.abc import Iterator, Mapping, Sequence

from kvisdocs.cases.model.citizen import CitizenCase, Diagnosis, Education, EmploymentStatus
from kvisdocs.cases.model.course import CompanyCourseKind, OutcomeKind
from kvisdocs.programme.rules.rules import Programme
from kvisdocs.statistics.blocks.block import (
    NUMBER,
    Block,
    Ground,
    Merged,
    count_merged,
    merge_rows,
    rows_of,
    worded_figure,
)
from kvisdocs.statistics.model import Relation, Table
from kvisdocs.statistics.relations import adds_up, at_most, overlap
from kvisdocs.statistics.words import TableWords, load_words

_NO_GROUP = (Diagnosis.NONE, Diagnosis.UNKNOWN)
GROUPS = tuple(f"diagnosis.{each}" for each in Diagnosis if each not in _NO_GROUP)
STATUSES = tuple(f"status.{each}" for each in EmploymentStatus)
OF_STATUS = tuple(f"course.{each}" for each in STATUSES)
KINDS = tuple(f"course.kind.{each}" for each in CompanyCourseKind)
EDUCATIONS = tuple(f"education.{each}" for each in Education)
WITH_EMPLOYER = ("status.in_job", "status.under_notice")

_OUTCOMES: Mapping[OutcomeKind, tuple[str, ...]] = {
    OutcomeKind.TO_JOB: ("recovered", "job", "hours_unknown"),
    OutcomeKind.FULL_TIME: ("recovered", "job", "full_time"),
    OutcomeKind.PART_TIME: ("recovered", "job", "part_time"),
    OutcomeKind.TO_UNEMPLOYMENT_FUND: ("recovered", "other_reasons", "unemployment_fund"),
    OutcomeKind.OTHER_RECOVERY: ("recovered", "other_reasons", "other"),
    OutcomeKind.OTHER: ("recovered", "other_reasons", "other"),
    OutcomeKind.NOT_RECOVERED: ("ended",),
}
"""What each kind counts in. The papers counted OTHER among the recovered."""


def count_citizen(seen: CitizenCase, programme: Programme) -> Iterator[str]:
    """The figures that a visited case counts in, as it was on the day."""
    own = list(_count(seen))
    yield "visited"
    yield from own
    yield from count_merged(own, find_merges(programme))


def _count(seen: CitizenCase) -> Iterator[str]:
    status = seen.employment.status
    yield f"status.{status}"
    if f"status.{status}" in WITH_EMPLOYER:
        yield "status.with_employer"
    groups = {each for each in seen.sickness.diagnoses if each not in _NO_GROUP}
    yield from (f"diagnosis.{each}" for each in groups)
    if not groups:
        yield "diagnosis.none"
    elif len(groups) > 1:
        yield "diagnosis.several"
    if len(seen.self_ratings) > 1:
        yield "rated.twice"
    yield f"education.{seen.education or Education.UNKNOWN}"
    yield from (f"outcome.{each}" for each in find_outcome(seen))
    yield from _count_courses(seen)


def find_outcome(seen: CitizenCase) -> tuple[str, ...]:
    """The last parts of the names of figures of how the course stands, the widest first."""
    if seen.outcome is not None:
        return ("closed", *_OUTCOMES[seen.outcome.kind])
    if seen.sickness.recovered is not None:
        return ("closed", "recovered", "other_reasons", "unknown")
    return ("running",)


def _count_courses(seen: CitizenCase) -> Iterator[str]:
    courses = seen.company_courses
    if not courses:
        return
    yield "course.begun"
    yield f"course.status.{seen.employment.status}"
    yield from {f"course.kind.{each.kind}" for each in courses}
    if len(courses) > 1:
        yield "course.several"
    if seen.ended is None and any(each.end is None for each in courses):
        yield "course.running"


def find_merges(programme: Programme) -> tuple[Merged, ...]:
    """The programme's merges of rows of this block, as figures."""
    prefixes = {"status": ("status", "course.status"), "course": ("course.kind",)}
    return tuple(
        Merged(f"{prefix}.{merge.id}", tuple(f"{prefix}.{each}" for each in merge.of), merge.label)
        for merge in programme.merges
        for prefix in prefixes.get(merge.table, (merge.table,))
    )


def lay_out_citizens(ground: Ground) -> Block:
    """The tables of block A."""
    block, words = Block(), load_words()
    names = [name for name in words.figures if name != "places"]
    for name in names:
        block.add(worded_figure(ground, name, _other_counts(ground).get(name)))
    if ground.programme.places is not None:
        block.add(worded_figure(ground, "places", ground.programme.places))
    block.relations += _know()
    merges = find_merges(ground.programme)
    for table in words.tables:
        block.tables.append(_lay_out(ground, block, table, merges))
    return block


def _other_counts(ground: Ground) -> Mapping[str, int]:
    """The figures that no single case counts in."""
    persons = len(ground.tally.persons)
    return {"persons": persons, "again": ground.tally.counts["visited"] - persons}


def _lay_out(ground: Ground, block: Block, table: TableWords, merges: Sequence[Merged]) -> Table:
    rows = [row for row in table.leveled if row[0] in block.figures]
    levels = dict(rows)
    names = merge_rows(ground, block, list(levels), merges, (*GROUPS, *KINDS))
    for merged in merges:
        levels.setdefault(merged.name, min((levels[each] for each in merged.of if each in levels), default=0))
    return Table(
        id=table.id,
        block=table.block,
        title=table.title,
        columns=(NUMBER,),
        rows=rows_of(block.figures, names, levels),
        base=table.base,
        is_multiple=table.multiple,
    )


def _know() -> Iterator[Relation]:
    """What every reader knows of the figures of this block."""
    yield adds_up("visited", ["persons", "again"])
    yield adds_up("visited", STATUSES)
    yield adds_up("status.with_employer", WITH_EMPLOYER)
    yield from overlap(GROUPS, "visited", ["diagnosis.none"], "diagnosis.several", is_exact=True)
    yield adds_up("visited", EDUCATIONS)
    yield at_most("rated.twice", ["visited"])
    yield at_most("course.begun", ["visited"])
    yield adds_up("course.begun", OF_STATUS)
    yield from (at_most(course, [status]) for course, status in zip(OF_STATUS, STATUSES, strict=True))
    yield from overlap(KINDS, "course.begun", several="course.several")
    yield at_most("course.running", ["course.begun"])
    yield at_most("course.running", ["outcome.running"])
    yield adds_up("visited", ["outcome.closed", "outcome.running"])
    yield adds_up("outcome.closed", ["outcome.recovered", "outcome.ended"])
    yield adds_up("outcome.recovered", ["outcome.job", "outcome.other_reasons"])
    yield adds_up("outcome.job", ["outcome.full_time", "outcome.part_time", "outcome.hours_unknown"])
    yield adds_up("outcome.other_reasons", ["outcome.unemployment_fund", "outcome.other", "outcome.unknown"])
