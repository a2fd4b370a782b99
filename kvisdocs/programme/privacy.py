"""What a case should not say of people, and what a consent fails to say. Problems are handed back.

A committee's papers are published, and CPR numbers in them have been a matter for Datatilsynet (2004-313-0247 of
23-06-2005). Names cannot be told from other words, so only numbers are looked for.
"""

from collections.abc import Iterator

from kvisdocs.cases.citizen import CitizenCase
from kvisdocs.cases.consent import Consent
from kvisdocs.cases.consent_reading import read_consent
from kvisdocs.cases.consent_subject import find_other_subject, tell_too_early
from kvisdocs.cases.consent_words import find_unspoken
from kvisdocs.cases.disclosure import Refusal, find_unspecific
from kvisdocs.cases.identifiers import mask_cpr
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.source import Step
from kvisdocs.cases.spellings import WrittenCpr, find_cpr_numbers
from kvisdocs.problems import Problem, Severity
from kvisdocs.programme.case_texts import Texts
from kvisdocs.programme.prose import Remark
from kvisdocs.programme.remarks import place_remarks

Path = tuple[Step, ...]

_WRITTEN_TO = ("gp", "employer", "placement")
_NUMBERED = {("case_number",), ("number",)}
"""Keys that hold a number of another kind."""


def check_privacy(loaded: LoadedCase, texts: Texts) -> list[Problem]:
    """CPR numbers in a committee item; consents that carry no letter, or more data than their words speak of.

    Six digits that are a date, a hyphen and four digits are an error: nothing else is written so. Without the hyphen
    they are a warning, since account and document numbers may look the same. Digits of any script, in pairs, with
    other signs between them or in bold are the same number.
    """
    if not isinstance(loaded.case, CitizenCase):
        return list(_cpr_numbers(loaded, texts))
    found: list[Refusal] = []
    for number, consent in enumerate(loaded.case.consents):
        if consent.kind == "disclose" and consent.party in _WRITTEN_TO and consent.withdrawn is None:
            fault = find_unspecific(consent, number) or find_other_subject(loaded.case, number)
            found += [fault] if fault is not None else [*_unspoken(consent, number), *_left_out(consent, number)]
        elif early := tell_too_early(loaded.case, consent.given):
            what = f"the consent was given {consent.given}, {early}"
            found.append(Refusal(("consents", number, "given"), what, "check both dates"))
    locate = loaded.source.locate
    return [Problem(locate(fault.path), fault.what, fault.todo, Severity.WARNING) for fault in found]


def _unspoken(consent: Consent, number: int) -> Iterator[Refusal]:
    """What the letter would be given, though the citizen's words do not speak of it."""
    for place in find_unspoken(consent):
        data = consent.data[place]
        what = f'"data" has "{data}" ({data.danish}), of which no word in "covers" speaks'
        todo = "delete it, or ask the citizen for a consent that says so"
        yield Refusal(("consents", number, "data", place), what, todo)


def _left_out(consent: Consent, number: int) -> Iterator[Refusal]:
    """What `data` has, and the citizen's words say no to: the letter is not given it."""
    without = read_consent(consent).without
    for place, data in enumerate(consent.data):
        if data in without:
            what = f'"data" has "{data}" ({data.danish}), to which "covers" says no'
            yield Refusal(("consents", number, "data", place), what, "delete it, since the letter is not given it")


def _cpr_numbers(loaded: LoadedCase, texts: Texts) -> Iterator[Problem]:
    for path, text in texts:
        if path in _NUMBERED:
            continue
        yield from place_remarks(loaded.source, path, map(_remark, find_cpr_numbers(text)))


def _remark(found: WrittenCpr) -> Remark:
    shown = mask_cpr(found.cpr)
    if found.certain:
        what = f'the CPR number "{shown}" stands in a paper that is published'
        return Remark(found.offset, what, "take it out", Severity.ERROR)
    what = f'ten digits that may be a CPR number, "{shown}", stand in a paper that is published'
    return Remark(found.offset, what, "take them out if they are")
