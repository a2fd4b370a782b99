"""From the sums of all cases to what an edition says: whose cases are meant, and what is hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kvisdocs.application.counting.count import CountedCases, Group
from kvisdocs.messages import N_, listed, message
from kvisdocs.problems import KvisdocsError, Position, Problem, UnknownNameError, suggest
from kvisdocs.programme.rules.rule_registry import load_programme, locate_rule
from kvisdocs.programme.rules.rules import Programme
from kvisdocs.statistics.disclosure.hide import hide_small_counts
from kvisdocs.statistics.model import Published, Statement
from kvisdocs.statistics.record import parse_record
from kvisdocs.statistics.statement import check_identities, find_stray_words, lay_out_statement
from kvisdocs.statistics.tally import Tally
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import load_profile

Edition = Literal["public", "whole"]


@dataclass(frozen=True)
class Wanted:
    """What is asked for."""

    on: date
    edition: Edition = "public"
    municipality: str | None = None
    programme: str | None = None
    after: Published | None = None
    """What was published last."""
    sources: Sequence[str] = ()
    """Where the cases came from, in words."""


def publish(counted: CountedCases, wanted: Wanted, assets: Assets) -> Published:
    """The statement of the cases that are meant, with nothing told that the edition must not tell.

    Raises UnclearCasesError where it cannot be said whose cases are meant.
    """
    municipality, programme = group = choose_group(counted, wanted)
    rules = load_programme(programme, assets.folders)
    profile = load_profile(municipality, assets, Position(municipality))
    threshold = profile.statistics.threshold
    registers = [
        each for each in counted.registers if each.municipality == municipality and each.programme in (None, programme)
    ]
    statement = lay_out_statement(
        counted.tallies.get(group, Tally()),
        rules,
        municipality,
        wanted.on,
        threshold if wanted.edition == "public" else None,
        [agreement for each in registers for agreement in each.agreements] if registers else None,
        wanted.sources,
        counted.faulty,
    )
    check_identities(statement)
    _check_words(statement, rules, assets)
    if wanted.after is not None:
        _check_last(wanted.after.statement, statement)
    return hide_small_counts(statement, threshold, wanted.edition, wanted.after)


def _check_words(statement: Statement, rules: Programme, assets: Assets) -> None:
    """Raises KvisdocsError where the programme words a figure, or asks for a table, that there is not."""
    problems = []
    for path in find_stray_words(statement, rules):
        name = str(path[-1]) if path[1] == "labels" else rules.figures.tables[int(path[-1])]
        known = statement.figures if path[1] == "labels" else {name.split(".")[0] for name in statement.figures}
        what = message("statistics.words.unknown", 'no statement has "{name}"', name=name)
        problems.append(Problem(locate_rule(rules.name, path, assets.folders), what, suggest(name, known)))
    if problems:
        raise KvisdocsError(problems)


def _check_last(last: Statement, statement: Statement) -> None:
    """Raises UnclearCasesError where what was published last is of others, or of a later day."""
    if (last.municipality, last.programme) != (statement.municipality, statement.programme):
        what = message(
            "statistics.after.others",
            "what was published last is of {last}, and the figures are of {name}",
            last=f"{last.municipality} ({last.programme})",
            name=f"{statement.municipality} ({statement.programme})",
        )
        raise UnclearCasesError(what, N_("name the file of the same municipality and programme"))
    if last.on > statement.on:
        what = message(
            "statistics.after.later",
            "what was published last is of {last}, after {day}",
            last=last.on.isoformat(),
            day=statement.on.isoformat(),
        )
        raise UnclearCasesError(what, N_("name the last file before that day"))


class UnclearCasesError(UnknownNameError):
    """It cannot be said whose cases are meant."""


def read_last(data: bytes, name: object) -> Published:
    """What was published last, from the bytes of a file. Raises UnclearCasesError where they are no such, or of a
    whole edition.
    """
    try:
        last = parse_record(data)
    except ValueError:
        what = message("statistics.after.unreadable", '"{file}" is not what stats --json writes', file=name)
        raise UnclearCasesError(what, N_("name the file of the last publication")) from None
    if last.edition != "public":
        what = message("statistics.after.whole", '"{file}" is a whole edition, which nobody has published', file=name)
        raise UnclearCasesError(what, N_("name the last public one"))
    return last


def choose_group(counted: CountedCases, wanted: Wanted) -> Group:
    """The municipality and the programme whose cases are meant: those asked for, or the only ones that there are.

    Raises UnclearCasesError.
    """
    if not counted.cases:
        what = message("statistics.cases.none", "there is no citizen's case that can be counted")
        raise UnclearCasesError(what, N_("name a folder with citizens' cases"))
    municipality = _choose_municipality(wanted.municipality, sorted({each for each, _ in counted.cases}))
    programmes = sorted(each for of, each in counted.cases if of == municipality)
    return municipality, _choose_programme(wanted.programme, programmes, municipality)


def _choose_municipality(asked: str | None, known: Sequence[str]) -> str:
    if asked is None and len(known) > 1:
        what = message(
            "statistics.cases.several_municipalities",
            "the cases are of several municipalities: {names}",
            names=listed(known),
        )
        raise UnclearCasesError(what, N_("choose one with --municipality"))
    if asked is not None and asked not in known:
        what = message("statistics.cases.no_municipality", 'there is no case of "{name}"', name=asked)
        raise UnclearCasesError(what, suggest(asked, known))
    return asked or known[0]


def _choose_programme(asked: str | None, known: Sequence[str], municipality: str) -> str:
    if asked is None and len(known) > 1:
        what = message(
            "statistics.cases.several_programmes",
            "the cases of {municipality} fall under several programmes: {names}",
            municipality=municipality,
            names=listed(known),
        )
        raise UnclearCasesError(what, N_("choose one with --programme"))
    if asked is not None and asked not in known:
        what = message(
            "statistics.cases.no_programme",
            'no case of {municipality} falls under "{name}"',
            municipality=municipality,
            name=asked,
        )
        raise UnclearCasesError(what, suggest(asked, known))
    return asked or known[0]
