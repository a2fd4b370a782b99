"""Many cases that differ as people do: for the month-end run's tests and benchmarks.

`write_letters` writes the small ones of `builders`, fit for a GP letter; `write_examples` those that ship, with a plan
and a doctor who may be written to. Every person is invented, every CPR number a test number (its day plus 60), and no
two cases share one.
"""

import re
from pathlib import Path
from typing import Any

from builders import citizen_yaml

FIRST = (
    "Åse", "Bjørn", "Cecilie", "Dorthe", "Erling", "Frede", "Gudrun", "Hjördis", "Ingelise", "Jørgen", "Kåre", "Lærke",
    "Mogens", "Nanna", "Oluf", "Pernille", "René", "Søren", "Torben", "Ulla",
)  # fmt: skip
MIDDLE = ("Abild", "Bæk", "Dahlgård", "Ebbesen", "Fønss", "Grønlund", "Høj", "Iversen", "Kjær", "Løvstrøm")
LAST = (
    "Østergård", "Ravnkilde", "Müller", "Skovsgaard", "Thygesen", "Vinther", "Winkel", "Ørsted", "Åkjær", "Nørremark",
)  # fmt: skip
MOST = len(FIRST) * len(MIDDLE) * len(LAST)
TOWNS = (("7400", "Herning"), ("7451", "Sunds"), ("7480", "Vildbjerg"), ("6933", "Kibæk"))
STREETS = ("Ærøvej", "Pæretræet", "Strandengen", "Østre Allé")
EXAMPLES = Path(__file__).parent.parent / "cases_yaml" / "2012" / "citizens"
COMPLETE = (
    "birgitte-aaboe-noerremark",
    "frederikke-christiane-von-oestergaard-kjaersgaard-hoejbjerg",
    "hans-joergen-ravnkilde-oe",
    "karoline-oestergaard-lindqvist",
    "nguyen-thi-hong-anh",
    "rasmus-hoejlund-aagesen",
)
"""The examples with a plan, and with a doctor who may be written to on DAY."""

CONSENT = {
    "kind": "disclose",
    "party": "gp",
    "covers": ["deltagelse i KVIS, visitationskategori, målet og optrapningen"],
    "data": ["participation", "category", "return_goal", "return_plan"],
    "given": "2012-10-22",
}

DAY = "2012-11-14"
"""The letter date that all of them are fit for."""


def names(number: int) -> tuple[str, str]:
    """First names and last name of a case; each of MOST numbers has its own."""
    rest, last = divmod(number, len(LAST))
    rest, first = divmod(rest, len(FIRST))
    if rest >= len(MIDDLE):
        raise ValueError(f"there are names for {MOST} cases")
    return FIRST[first], f"{MIDDLE[rest]} {LAST[last]}"


def cpr(number: int) -> str:
    """A test number of the years 1950 to 1989; each of 13,440 numbers has its own date."""
    rest, day = divmod(number, 28)
    rest, month = divmod(rest, 12)
    return f"{day + 61}{month + 1:02}{50 + rest:02}-{1000 + number % 1000}"


def person(number: int, **changes: Any) -> str:
    """The text of the builders' case with a CPR number and a case number of its own."""
    citizen = {"cpr": cpr(number), **changes.pop("citizen", {})}
    return citizen_yaml(**{"case_number": f"12/{number + 20_000}", **changes, "citizen": citizen})


def letter_case(number: int, municipality: str = "herning") -> str:
    """The text of a small case with a GP who may be written to; every third has a graded plan as well."""
    first, last = names(number)
    postcode, city = TOWNS[number % len(TOWNS)]
    street = STREETS[number % len(STREETS)]
    changes = {
        "municipality": municipality,
        "case_number": f"12/{number + 20_000}",
        "citizen": {
            "first_names": first,
            "last_name": last,
            "cpr": cpr(number),
            "phone": phone(number),
            "address": {"street": f"{street} {number + 1}, {number % 4 + 1}. tv.", "postcode": postcode, "city": city},
        },
        "gp": {
            "name": f"Læge {FIRST[number % 7]} Blomsterbjerg",
            "provider_number": f"{7000 + number % 7:06}",
            "address": {"street": f"Lægehuset {number % 7 + 1}", "postcode": "7400", "city": "Herning"},
        },
        "consents": [CONSENT],
    }
    if number % 3 == 0:
        steps = [
            {"start": "2012-11-19", "end": "2012-12-16", "hours": str(8 + number % 9), "tasks": "Pakning"},
            {"start": "2012-12-17", "hours": "37", "tasks": "Alle opgaver"},
        ]
        changes["return_plan"] = {"kind": "partial_return", "steps": steps}
    return citizen_yaml(**changes)


def example_case(number: int) -> str:
    """The text of one of the examples with a plan and a doctor who may be written to, as another person's."""
    text = (EXAMPLES / f"{COMPLETE[number % len(COMPLETE)]}.yaml").read_text("utf-8")
    first, last = names(number)
    person = {
        "first_names": first,
        "last_name": last,
        "cpr": cpr(number),
        "phone": phone(number),
        "  street": f"{STREETS[number % len(STREETS)]} {number + 1}",
    }
    before, citizen, after = text.partition("\ncitizen:\n")
    before = re.sub(r"(?m)^case_number:.*$", f"case_number: 12/{number + 20_000}", before, count=1)
    for key, value in person.items():
        after = re.sub(rf"(?m)^  {key}:.*$", f"  {key}: {value}", after, count=1)
    return before + citizen + after


def phone(number: int) -> str:
    """Eight digits in pairs, of no real subscriber."""
    return f"00 {number // 10_000:02} {number // 100 % 100:02} {number % 100:02}"


def write_letters(folder: Path, count: int) -> None:
    """So many case files for `letter_case`."""
    _write(folder, [letter_case(number) for number in range(count)])


def write_examples(folder: Path, count: int) -> None:
    """So many case files for `example_case`."""
    _write(folder, [example_case(number) for number in range(count)])


def _write(folder: Path, texts: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"sag-{number:04}.yaml").write_text(text, "utf-8")
