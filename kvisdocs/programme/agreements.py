"""A register of agreements: what in it does not add up."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.agreements import Agreement, AgreementRegister
from kvisdocs.messages import N_, message
from kvisdocs.problems import Problem, Severity
from kvisdocs.programme.rules.case_names import find_programme


def check_register(loaded: LoadedCase, folders: Sequence[Path]) -> Iterator[Problem]:
    """An unknown programme; warnings where an agreement ends before it begins, or a firm has two at a time."""
    yield from find_programme(loaded.source, folders)[1]
    register = loaded.case
    assert isinstance(register, AgreementRegister)
    for number, each in enumerate(register.agreements):
        if each.end is not None and each.end < each.start:
            what = message(
                "course.agreement.ends_before_begun",
                "the agreement with {company} ends on {end}, before it begins on {start}",
                company=each.company,
                end=each.end,
                start=each.start,
            )
            path = ("agreements", number, "end")
            yield Problem(loaded.source.locate(path), what, N_("check both dates"), Severity.WARNING)
        elif any(_meet(each, other) for other in register.agreements[:number]):
            what = message(
                "course.agreement.twice",
                "{company} has two agreements at a time, and is counted twice",
                company=each.company,
            )
            path = ("agreements", number, "company")
            yield Problem(loaded.source.locate(path), what, N_("delete one, or end the first"), Severity.WARNING)


def _meet(one: Agreement, other: Agreement) -> bool:
    same = " ".join(one.company.split()).casefold() == " ".join(other.company.split()).casefold()
    return same and one.start <= (other.end or date.max) and other.start <= (one.end or date.max)
