"""What a CPR number says of its citizen's age, beside the first day of sickness: a wrong digit is another person.

A number is never judged by modulus 11, which valid numbers may fail. Its first six digits and the seventh tell the day
of birth (CPR-kontoret, "Personnummeret i CPR"): with 5 to 8 as the seventh, the years 58 to 99 are of the 1800s.
"""

from collections.abc import Iterator
from datetime import date

from kvisdocs.cases.citizen import CitizenCase
from kvisdocs.cases.identifiers import find_birth_date
from kvisdocs.cases.source import Source
from kvisdocs.problems import Problem, Severity

YOUNGEST, OLDEST = 15, 100
"""Between these, in years, nothing is said: sickness benefit takes work, and people work beyond any limit."""


def check_birth(case: CitizenCase, source: Source) -> Iterator[Problem]:
    """An error where the citizen was born after the first day of sickness, a warning where the age is hardly right."""
    born, first = find_birth_date(case.citizen.cpr), case.sickness.first_day
    age = _age(born, first)
    told = f"the CPR number says born {born}"
    todo = "check the number digit by digit, and the first day of sickness"
    if born > first:
        what, severity = f"{told}, after the first day of sickness, {first}", Severity.ERROR
    elif age < YOUNGEST:
        what, severity = f"{told}, which is {age} years old on the first day of sickness, {first}", Severity.WARNING
    elif age > OLDEST:
        seventh = case.citizen.cpr[7]
        century = f"{told} (the seventh digit, {seventh}, tells the century)"
        what, severity = f"{century}, which is {age} years before the first day of sickness", Severity.WARNING
    else:
        return
    yield Problem(source.locate(("citizen", "cpr")), what, todo, severity)


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
