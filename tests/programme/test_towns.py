"""Postcodes and towns that do not belong together, and every way to write one that does."""

import pytest
from builders import citizen_yaml, loaded_case

from kvisdocs.programme.towns import check_towns, find_towns, is_town


def told(postcode: str, city: str) -> list[str]:
    loaded = loaded_case(citizen_yaml(citizen={"address": {"postcode": postcode, "city": city}}))
    return [str(each) for each in check_towns(loaded.case, loaded.source)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("postcode", "city"),
    [
        ("7400", "Herning"),
        ("7400", "HERNING"),
        ("7400", "Herning, Danmark"),
        ("1620", "København V"),
        ("1620", "København"),
        ("1620", "Kbh. V"),
        ("1620", "Kbh V."),
        ("1620", "KBH"),
        ("1620", "Copenhagen V"),
        ("2100", "København Ø"),
        ("2100", "Kbh.Ø"),
        ("8000", "Aarhus"),
        ("8000", "Århus C"),
        ("8000", "Århus"),
        ("8000", "Aarhus C"),
        ("9000", "Ålborg"),
        ("9220", "Aalborg Ø"),
        ("9220", "Aalborg Øst"),
        ("2800", "Kongens Lyngby"),
        ("2800", "Kgs. Lyngby"),
        ("4130", "Viby Sj."),
        ("4130", "Viby Sjælland"),
        ("8260", "Viby J"),
        ("8260", "Viby Jylland"),
        ("8766", "Nr. Snede"),
        ("8766", "Nørre-Snede"),
        ("7260", "Sdr. Omme"),
        ("4623", "Ll. Skensved"),
        ("1850", "Frb. C"),
        ("2000", "Frederiksberg C"),
        ("3700", "Rønne"),
        ("3700", "Roenne"),
    ],
)
def test_a_town_of_its_postcode_is_let_pass(postcode: str, city: str) -> None:
    assert told(postcode, city) == []


@pytest.mark.parametrize("postcode", ["3900", "1000", "0999", "9100"])
def test_a_postcode_that_the_list_does_not_have_is_let_pass(postcode: str) -> None:
    assert told(postcode, "Nuuk") == []


@pytest.mark.parametrize(
    ("postcode", "city", "said"),
    [
        ("7400", "Sunds", '7400 is Herning, and the town here is "Sunds"; correct one of them: Sunds has 7451'),
        ("2200", "København Ø", '2200 is København N, and the town here is "København Ø"; '
                                "correct one of them: København Ø has 2100"),
        ("8000", "Odense C", '8000 is Aarhus C, and the town here is "Odense C"; '
                             "correct one of them: Odense C has 5000"),
        ("8260", "Viby Sj", '8260 is Viby J, and the town here is "Viby Sj"; correct one of them: Viby Sj has 4130'),
        ("7400", "Gjellerup", '7400 is Herning, and the town here is "Gjellerup"; '
                              'correct one of them, or write "Gjellerup" under "place" if it is a part of it'),
        ("7400", "Hernig", '7400 is Herning, and the town here is "Hernig"; '
                           'correct one of them, or write "Hernig" under "place" if it is a part of it'),
    ],
)  # fmt: skip
def test_a_town_of_another_postcode_is_told(postcode: str, city: str, said: str) -> None:
    assert told(postcode, city) == [f"case.yaml:14:11: warning: {said}"]


def test_every_address_of_a_case_is_looked_at() -> None:
    other = {"street": "Torvet 1", "postcode": "8800", "city": "Herning"}
    loaded = loaded_case(
        citizen_yaml(
            employment={"employer": {"name": "Prøve A/S", "address": other}},
            gp={"name": "Signe Læge", "provider_number": "001234", "address": other},
            return_plan={
                "kind": "work_placement",
                "host": {"name": "Prøve ApS", "address": other},
                "steps": [{"start": "2012-11-19", "hours": 8, "tasks": "Pakning"}],
            },
        )
    )
    assert len(list(check_towns(loaded.case, loaded.source))) == 3  # type: ignore[arg-type]


def test_every_town_of_the_list_is_itself() -> None:
    assert len(find_towns()) > 1000
    assert not [(code, town) for code, town in find_towns().items() if not is_town(town, town) or not code.isdigit()]
