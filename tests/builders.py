"""Cases for tests: a small valid one, changed where the test says so.

Changes are laid over the case key by key: `citizen_case(sickness={"recovered": "2013-01-07"})` leaves the first day as
it is. A value that is no mapping (a list, a text, None) takes the place of what stood there.
"""

import copy
from typing import Any

import yaml

from kvisdocs.cases.load import LoadedCase, check_source
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.texts import Texts, find_texts
from kvisdocs.cases.yaml.source import parse_source

CITIZEN: dict[str, Any] = {
    "kind": "citizen",
    "municipality": "herning",
    "programme": "kvis-2011",
    "case_number": "12/3456",
    "caseworker": {"name": "Bodil Clark"},
    "citizen": {
        "first_names": "Åse Marie",
        "last_name": "Østergård",
        "cpr": "740468-1238",
        "address": {"street": "Ærøvej 14, 2. tv.", "postcode": "7400", "city": "Herning"},
    },
    "sickness": {"first_day": "2012-09-10", "visitation": "2012-10-22"},
    "employment": {"status": "in_job", "norm_hours": "37"},
}
"""In job, first sick on Monday 10 September 2012, visited on Monday 22 October 2012; nothing done yet."""

DOCTOR: dict[str, Any] = {
    "name": "Signe Læge",
    "provider_number": "001234",
    "address": {"street": "Torvet 1", "postcode": "7400", "city": "Herning"},
}
"""A doctor with what a letter needs; a case has none unless a test gives it one."""

COMMITTEE: dict[str, Any] = {
    "kind": "committee",
    "municipality": "herning",
    "meeting": {"committee": "Beskæftigelsesudvalget", "date": "2012-11-14"},
    "number": "87",
    "title": "Midtvejsevaluering af KVIS",
}


def citizen_data(**changes: Any) -> dict[str, Any]:
    """The plain data of a citizen's case."""
    return _laid_over(CITIZEN, changes)


def citizen_case(**changes: Any) -> CitizenCase:
    """A citizen's case."""
    return CitizenCase.model_validate(citizen_data(**changes))


def committee_item(**changes: Any) -> CommitteeItem:
    """A committee's item."""
    return CommitteeItem.model_validate(_laid_over(COMMITTEE, changes))


def citizen_yaml(**changes: Any) -> str:
    """The text of a citizen's case file, keys in the order of CITIZEN and of the changes."""
    return str(yaml.safe_dump(citizen_data(**changes), allow_unicode=True, sort_keys=False))


def loaded_case(text: str, case_id: str = "case") -> LoadedCase:
    """The case in a file's text, as if read from `case.yaml`."""
    source = parse_source(text, f"{case_id}.yaml")
    return LoadedCase(case_id, check_source(source), source)


def with_texts(loaded: LoadedCase) -> tuple[LoadedCase, Texts]:
    """A case and its texts, as the checks of texts want them."""
    return loaded, find_texts(loaded)


def _laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    result = copy.deepcopy(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = _laid_over(result[key], value) if both else value
    return result


CPR_SPELLINGS = (
    "740468-1238",
    "7404681238",
    "740468 1238",
    "74 04 68 12 38",
    "74.04.68-1238",
    "74/04/68/1238",
    "7 4 0 4 6 8 1 2 3 8",
    "740468 – 1238",
    "740468−1238",
    "740468 (-) 1238",
    "740468_1238",
    "740468\u00a0\u00a01238",
    "７４０４６８－１２３８",
    "٧٤٠٤٦٨-١٢٣٨",
    "7404\u00ad68-12\u00ad38",
    "740468-\n1238",
    "CPR740468-1238",
)
"""The number 740468-1238 in the ways in which people and programs write one."""
