"""What a case should not say of people, and what a consent fails to say. Problems are handed back.

A committee's papers are published, and CPR numbers in them have been a matter for Datatilsynet (2004-313-0247 of
23-06-2005). Names cannot be told from other words, so only numbers are looked for.
"""

import re
from collections.abc import Iterator

from kvisdocs.cases.citizen import CitizenCase
from kvisdocs.cases.disclosure import find_unspecific
from kvisdocs.cases.identifiers import mask_cpr, parse_cpr
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.source import Data, Source, Step
from kvisdocs.problems import Problem, Severity

Path = tuple[Step, ...]

_TEN_DIGITS = re.compile(
    r"(?<![\w./-])(?P<birth>[0-9]{6})"
    r"(?P<between>[-\N{NON-BREAKING HYPHEN}\N{EN DASH} \N{NO-BREAK SPACE}]?)"
    r"(?P<rest>[0-9]{4})(?![\w/-]|[.,][0-9])"
)
_NUMBERED = {("case_number",), ("number",)}
"""Keys that hold a number of another kind."""


def check_privacy(loaded: LoadedCase) -> list[Problem]:
    """CPR numbers in a committee item, and consents that carry no letter.

    Six digits that are a date, a hyphen and four digits are an error: nothing else is written so. Without the hyphen
    they are a warning, since account and document numbers may look the same.
    """
    if not isinstance(loaded.case, CitizenCase):
        return list(_cpr_numbers(loaded.source.data, (), loaded.source))
    found = []
    for number, consent in enumerate(loaded.case.consents):
        if consent.kind == "disclose" and consent.party in ("gp", "employer") and consent.withdrawn is None:
            fault = find_unspecific(consent, number)
            if fault is not None:
                position = loaded.source.locate(fault.path)
                found.append(Problem(position, fault.what, fault.todo, Severity.WARNING))
    return found


def _cpr_numbers(data: Data, path: Path, source: Source) -> Iterator[Problem]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _cpr_numbers(value, (*path, key), source)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _cpr_numbers(value, (*path, number), source)
    elif isinstance(data, str) and path not in _NUMBERED:
        for found in _TEN_DIGITS.finditer(data):
            if _is_cpr(found["birth"] + found["rest"]):
                yield _problem(found, data, path, source)


def _problem(found: re.Match[str], text: str, path: Path, source: Source) -> Problem:
    line = text.count("\n", 0, found.start()) + 1
    where = f" in line {line} of the text" if "\n" in text.strip() else ""
    shown = mask_cpr(found["birth"])
    if found["between"].strip():
        what = f'the CPR number "{shown}" stands{where} in a paper that is published'
        return Problem(source.locate(path), what, "take it out")
    what = f'ten digits that may be a CPR number, "{shown}", stand{where} in a paper that is published'
    return Problem(source.locate(path), what, "take them out if they are", Severity.WARNING)


def _is_cpr(digits: str) -> bool:
    try:
        parse_cpr(digits)
    except ValueError:
        return False
    return True
