"""Whether a postcode and a town belong together: most often one of the two is left over from the case that was copied.

The list is data (`words/postcodes.csv`, with its source and licence). A postcode that it does not have is let pass.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.model.people import Address
from kvisdocs.cases.spellings.normalisation import fold_letters
from kvisdocs.cases.yaml.source import Source, Step
from kvisdocs.messages import N_, message
from kvisdocs.problems import Problem, Severity

_FILE = Path(__file__).parent / "words" / "postcodes.csv"
_SHORT = {
    "kbh": "koebenhavn",
    "kbhvn": "koebenhavn",
    "copenhagen": "koebenhavn",
    "frb": "frederiksberg",
    "frbg": "frederiksberg",
    "gl": "gammel",
    "kgs": "kongens",
    "ll": "lille",
    "ndr": "nordre",
    "nr": "noerre",
    "sdr": "soender",
    "skt": "sankt",
    "sct": "sankt",
    "st": "store",
    "vr": "vester",
}
_DISTRICTS = {"oest": "oe", "vest": "v", "nord": "n", "syd": "s", "sj": "sjaelland", "jylland": "j", "city": "c"}
_NO_PART = {"danmark", "denmark", "dk"}


def check_towns(case: CitizenCase, source: Source) -> Iterator[Problem]:
    """A warning at each town that is not that of its postcode."""
    for path, address in _addresses(case):
        town = find_towns().get(address.postcode)
        if town is None or is_town(address.city, town):
            continue
        what = message(
            "case.address.town",
            '{postcode} is {town}, and the town here is "{city}"',
            postcode=address.postcode,
            town=town,
            city=address.city,
        )
        own = next((code for code, name in find_towns().items() if is_town(address.city, name)), None)
        todo = N_('correct one of them, or write "{city}" under "place" if it is a part of it', city=address.city)
        if own is not None:
            todo = N_("correct one of them: {city} has {postcode}", city=address.city, postcode=own)
        yield Problem(source.locate((*path, "city")), what, todo, Severity.WARNING)


def _addresses(case: CitizenCase) -> Iterator[tuple[tuple[Step, ...], Address]]:
    """Every address of a case, and where it stands."""
    yield ("citizen", "address"), case.citizen.address
    if case.employment.employer and case.employment.employer.address:
        yield ("employment", "employer", "address"), case.employment.employer.address
    if case.gp:
        yield ("gp", "address"), case.gp.address
    if case.return_plan and case.return_plan.host and case.return_plan.host.address:
        yield ("return_plan", "host", "address"), case.return_plan.host.address


@cache
def find_towns() -> dict[str, str]:
    """The town of each postcode."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return dict(line.split(";", 1) for line in lines if not line.startswith("#"))


@lru_cache(maxsize=4096)
def is_town(written: str, town: str) -> bool:
    """Whether a town is meant, in any usual way: `Kbh. V`, `ÅRHUS C`, `Nr. Snede`, `København` for `København V`."""
    one, other = _words(written), _words(town)
    if "".join(one) == "".join(other) or other[: len(one)] == one:
        return True
    more = one[len(other) :]
    return one[: len(other)] == other and len(more) == 1 and len(more[0]) <= 2


def _words(town: str) -> list[str]:
    words = [word for word in re.split(r"[\W_]+", fold_letters(town)) if word and word not in _NO_PART]
    if len(words) > 1:
        words[-1] = _DISTRICTS.get(words[-1], words[-1])
    return [_SHORT.get(word, word) for word in words]
