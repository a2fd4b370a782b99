"""What the words of a consent refuse, leave out or make depend on something."""

from datetime import date
from typing import Any

import pytest
from builders import citizen_case

from kvisdocs.cases.consents.consent import Consent, DataType
from kvisdocs.cases.consents.disclosure import find_refusal
from kvisdocs.cases.consents.reading import Fault, Part, find_allowed, keep_given, read_consent
from kvisdocs.cases.consents.subject import find_other_subject

ON = date(2012, 11, 14)


def consent(*covers: str, **changes: Any) -> Consent:
    values = {"kind": "disclose", "party": "employer", "data": ["return_plan"], "given": "2012-10-31"}
    return Consent.model_validate({**values, "covers": list(covers), **changes})


REFUSED = """
    ingen oplysninger til min arbejdsgiver
    jeg vil ikke have, at I skriver til min chef
    nej
    nej til alt
    ingenting
    undtagen alt
    datoer og timer må I ikke fortælle
    jeg giver ikke samtykke til optrapningsplanen
    ikke optrapningsplanen
    optrapningsplanen ikke
    jeg siger nej til, at I giver timer og datoer videre
    jeg nægter at give samtykke til optrapningsplanen
    jeg trækker mit samtykke til timer tilbage
    samtykke til timer er trukket tilbage
    optrapningsplanen må under ingen omstændigheder sendes
    datoer og timer – men jeg vil ikke have, at I sender noget
    timer, nej alligevel ikke
    jeg frabeder mig, at kommunen giver timer videre
    hverken timer eller datoer
    kommunen må ikke kontakte min arbejdsgiver
    timer, men ikke til chefen
    optrapningsplanen, dog ikke til formanden
    lad være med at sende timer
    hold min arbejdsgiver udenfor
    det rager ikke min chef, hvilke timer jeg har
    min arbejdsgiver skal ikke have timer og datoer
    afvist: timer og datoer
    Nej. Timer og datoer er mine egne.
    timer og datoer, men jeg har fortrudt
    timer, undtagen til min arbejdsgiver
    alt andet end timer
    optrapningsplanen uden datoer og timer
"""

CONDITIONAL = """
    kun hvis jeg har set brevet først
    timer og datoer, hvis jeg siger ja
    timer, medmindre jeg bliver syg
    datoer og timer efter aftale med mig
    timer og datoer – afventer borgerens svar
    timer (men først når jeg er klar)
    ved ikke, måske timer
    kun under forudsætning af, at jeg godkender timer
    datoer og timer?
"""

ALLOWED: dict[str, tuple[DataType | Part, ...]] = {
    "datoer og timer, ikke opgaver": (Part.TASKS,),
    "datoer og timer i optrapningsplanen, men ikke diagnosen": (),
    "timer, datoer og opgaver i optrapningsplanen": (),
    "kun datoer og timer": (Part.CONTACT, Part.TASKS),
    "intet andet end datoer og timer": (Part.CONTACT, Part.TASKS),
    "at jeg endnu ikke kan arbejde fuld tid, og hvilke timer jeg møder": (),
    "ikke kun timer, men også opgaver": (),
    "timer og opgaver, ikke mindst datoerne": (),
    "opgaver ikke, men gerne timer": (Part.TASKS,),
    "datoer og timer (ikke helbred)": (),
    "optrapningsplanen, dog ikke hvad jeg fejler": (),
    "optrapningsplanen uden opgaver og samtaler": (Part.CONTACT, Part.TASKS),
    "timer uden løn": (),
    "datoer og timer; jeg vil ikke have, at I fortæller om min sygdom": (),
    "timer. Ikke noget om børnene.": (DataType.SOCIAL,),
    "ændringer i timerne, hvis planen bliver ændret": (),
    "start- og stoptidspunkt for optrapningen": (),
    "timer og datoer uden for sæsonen": (),
}


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().split("\n")]


@pytest.mark.parametrize("line", lines(REFUSED))
def test_words_that_refuse_carry_no_letter(line: str) -> None:
    refusal = find_refusal((consent(line),), "employer", DataType.RETURN_PLAN, ON)
    assert refusal
    assert refusal.path[:3] in (("consents", 0, "covers"), ("consents", 0, "data"))


@pytest.mark.parametrize("line", lines(CONDITIONAL))
def test_words_that_depend_on_something_carry_no_letter(line: str) -> None:
    assert read_consent(consent("målet", line)).fault is Fault.CONDITION
    assert read_consent(consent("målet", line)).line == 1


@pytest.mark.parametrize(("line", "without"), ALLOWED.items())
def test_words_that_limit_leave_out_what_they_say_no_to(line: str, without: tuple[DataType | Part, ...]) -> None:
    reading = read_consent(consent(line))
    assert reading.fault is None
    assert sorted([*reading.without, *reading.without_parts]) == sorted(without)
    assert find_refusal((consent(line),), "employer", DataType.RETURN_PLAN, ON) is None


@pytest.mark.parametrize(
    ("covers", "line"),
    [
        (["datoer og timer", "ingen oplysninger til min chef"], 1),
        (["deltagelse i KVIS", "nej"], 1),
        (["jeg siger nej", "timer"], 0),
    ],
)
def test_a_line_that_refuses_takes_the_others_along(covers: list[str], line: int) -> None:
    refusal = find_refusal((consent(*covers),), "employer", DataType.RETURN_PLAN, ON)
    assert refusal
    assert refusal.path == ("consents", 0, "covers", line)
    assert f'carries no letter: "{covers[line]}" says no' in refusal.what


def test_a_line_that_limits_stands_beside_one_that_allows() -> None:
    assert read_consent(consent("datoer og timer", "ikke opgaver")).without_parts == {Part.TASKS}


def test_data_that_the_words_say_no_to_are_not_allowed() -> None:
    given = consent("deltagelse og målet, ikke de sociale forhold", party="gp", data=["participation", "social"])
    assert find_allowed(given) == (DataType.PARTICIPATION,)


def test_a_later_refusal_takes_an_older_consent_along_and_neither_is_listed() -> None:
    older, refusal = consent("timer"), consent("nej til timer", given="2012-11-05")
    other = consent("planen", party="gp")
    assert keep_given((older, refusal, other)) == (other,)
    refused = find_refusal((older, refusal), "employer", DataType.RETURN_PLAN, ON)
    assert refused
    assert refused.path[1] == 1


# ---- another firm, another case, another time ----

EMPLOYER = {"status": "in_job", "employer": {"name": "Midtjysk Kontorservice A/S", "contact": {"name": "Lene Holm"}}}


def subject(**changes: Any) -> str:
    values = {
        "kind": "disclose",
        "party": "employer",
        "covers": ["timer"],
        "data": ["return_plan"],
        "given": "2012-10-31",
    }
    case = citizen_case(employment=EMPLOYER, consents=[{**values, **changes}])
    refusal = find_other_subject(case, 0)
    return f"{'.'.join(map(str, refusal.path[2:]))}: {refusal.what}" if refusal else ""


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"party_name": "Bageren ApS"}, 'party_name: the consent is for "Bageren ApS"'),
        ({"party_name": "Midtjysk Bilcenter A/S"}, 'party_name: the consent is for "Midtjysk Bilcenter A/S"'),
        (
            {"covers": ["datoer", "timer hos Vestjysk Biler A/S"]},
            'covers.1: the consent speaks of "Vestjysk Biler A/S"',
        ),
        ({"covers": ["timer til Bager Holm & Co"]}, 'covers.0: the consent speaks of "Bager Holm & Co"'),
        ({"covers": ["timer hos Bilka"]}, 'covers.0: the consent speaks of "Bilka"'),
        ({"covers": ["timer i virksomheden Føtex"]}, 'covers.0: the consent speaks of "Føtex"'),
        ({"purpose": "sag 11/9999"}, 'purpose: the consent speaks of another case, "sag 11/9999"'),
        ({"purpose": "sagsnr. 15.20.00-P19-7-11"}, "purpose: the consent speaks of another case"),
        ({"purpose": "kontanthjælpssagen"}, 'purpose: the consent speaks of another case, "kontanthjælpssagen"'),
        (
            {"covers": ["timer i min arbejdsskadesag"]},
            'covers.0: the consent speaks of another case, "arbejdsskadesag"',
        ),
        ({"purpose": "ansøgning om førtidspension"}, 'purpose: the consent speaks of another case, "førtidspension"'),
        ({"covers": ["optrapningsplanen fra 2009"]}, "covers.0: the consent speaks of 2009, before this case began"),
        ({"given": "2012-09-01"}, "given: the consent to the employer was given 2012-09-01, before the first day of"),
        (
            {"given": "1930-01-01"},
            "given: the consent to the employer was given 1930-01-01, before the citizen was born",
        ),
    ],
)
def test_a_consent_about_somebody_or_something_else_is_none(changes: dict[str, Any], wanted: str) -> None:
    assert subject(**changes).startswith(wanted)


@pytest.mark.parametrize(
    "changes",
    [
        {"party_name": "Midtjysk Kontorservice"},
        {"party_name": "Lene Holm, Midtjysk Kontorservice A/S"},
        {"covers": ["timer hos Midtjysk Kontorservice A/S"]},
        {"covers": ["samtalerne hos Lene", "timer"]},
        {"covers": ["kontakten til Jobcenter Herning"]},
        {"purpose": "opfølgning i sygedagpengesagen"},
        {"purpose": "sagsnr. 12/3456"},
        {"covers": ["timer fra den 19. november 2012"]},
        {"covers": ["timer af personlige årsager"]},
        {"given": "2012-09-10"},
    ],
)
def test_a_consent_in_this_case_is_let_alone(changes: dict[str, Any]) -> None:
    assert subject(**changes) == ""
