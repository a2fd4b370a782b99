"""Each finished file holds its own recipient and sender, and nothing of anybody else."""

import pickle
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from builders import CPR_SPELLINGS, DOCTOR, citizen_case, citizen_yaml, committee_item, loaded_case
from examples import EXAMPLES, example
from hypothesis import given
from hypothesis import strategies as st

from kvisdocs.application.recipient_check.identifying_data import IdentifyingMark, expected_marks, find_marks
from kvisdocs.application.recipient_check.recipient_check import (
    OtherCases,
    OwnCase,
    Proven,
    TemplateWords,
    check_recipient,
    read_template,
)
from kvisdocs.application.recipient_check.spelling_patterns import MarkKind, normalise_mark
from kvisdocs.cases.load import LoadedCase, load_case
from kvisdocs.cases.spellings.normalisation import fold
from kvisdocs.cases.views import Audience
from kvisdocs.problems import Position
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import Profile
from kvisdocs.templating.render import Renderer
from kvisdocs.writers import WRITERS
from kvisdocs.writers.formats import FORMATS

ROOT = Path(__file__).parents[3]
ASSETS = Assets((ROOT / "templates",))
RENDERER = Renderer(ASSETS)
KAROLINE, RASMUS = "karoline-oestergaard-lindqvist", "rasmus-hoejlund-aagesen"


@cache
def case_of(name: str) -> LoadedCase:
    return load_case(example(name))


def profile_of(name: str = "herning") -> Profile:
    return RENDERER.profile(name, Position("case.yaml"))


def own(name: str, audience: Audience = Audience.GP) -> OwnCase:
    case = case_of(name).case
    return OwnCase.of(name, case, audience, profile_of(case.municipality))


def find_in(words: str, own_case: dict[str, object], other_case: dict[str, object]) -> list[MarkKind]:
    """The kinds of marks of the other case that are found in a paper of the own."""
    one, other = citizen_case(**own_case), citizen_case(**other_case)
    found = OtherCases.of([("own", one, profile_of()), ("other", other, profile_of())])
    return [mark.kind for mark, _ in found.find(words, OwnCase.of("own", one, Audience.CITIZEN, profile_of()))]


def named(first_names: str, last_name: str) -> dict[str, object]:
    return {"citizen": {"first_names": first_names, "last_name": last_name}}


@cache
def letter(name: str, format: str) -> bytes:
    """The GP letter of one of the examples."""
    html = RENDERER.render(case_of(name), load_documents(ASSETS)["gp-letter"], date(2012, 11, 14))
    return WRITERS[format](html).data


@cache
def strangers() -> OtherCases:
    """All examples, sent to another process and back, as the workers get them."""
    cases = [case_of(file.stem) for file in sorted(EXAMPLES.rglob("citizens/*.yaml"))]
    found = OtherCases.of((each.id, each.case, profile_of(each.case.municipality)) for each in cases)
    return pickle.loads(pickle.dumps(found))


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_a_letter_of_its_own_case_passes(format: str):
    proven = check_recipient(letter(KAROLINE, format), format, own(KAROLINE), strangers())
    assert proven == Proven(1 if format == "pdf" else 0, ())


@pytest.mark.parametrize(
    "number",
    [
        *CPR_SPELLINGS,
        "740468-1238¹",
    ],
)
def test_a_cpr_number_is_found_in_any_spelling(number: str):
    assert find_in(f"Nummer {number}.", {"citizen": {"cpr": "650170-1111"}}, {}) == [MarkKind.CPR]


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_two_recipients_that_were_swapped_are_caught(format: str):
    proven = check_recipient(letter(RASMUS, format), format, own(KAROLINE), strangers())
    assert set(proven.reasons) >= {
        "it does not hold the name that it must hold",
        "it does not hold the CPR number that it must hold",
        f'it holds the CPR number of another case, "{RASMUS}"',
        f'it holds the name of another case, "{RASMUS}"',
        f'it holds the case number of another case, "{RASMUS}"',
    }


RECEIVER = {
    "gp": {**DOCTOR, "practice": "Lægehuset Prøve", "address": {**DOCTOR["address"], "street": "Lyngvej 1"}},
    "employment": {
        "employer": {
            "name": "Prøve Byg ApS",
            "contact": {"name": "Ib Prøveleder"},
            "address": {"street": "Byggevej 3", "postcode": "7400", "city": "Herning"},
        }
    },
}
HOST = {
    "name": "Bøger og Papir",
    "contact": {"name": "Eva Boghandler"},
    "address": {"street": "Bogvej 5", "postcode": "7400", "city": "Herning"},
}
PLAN = {"kind": "work_placement", "host": HOST, "steps": [{"start": "2012-11-19", "hours": "8", "tasks": "Prøve"}]}
PAPERS = {
    "gp-letter": (
        Audience.GP,
        {},
        "Herning Kommune Åse Marie Østergård 740468-1238 Signe Læge\nLægehuset Prøve\nLyngvej 1\n7400 Herning 001234",
    ),
    "return-plan": (
        Audience.EMPLOYER,
        {},
        "Herning Kommune Åse Marie Østergård Prøve Byg ApS\nAtt.: Ib Prøveleder\nByggevej 3\n7400 Herning",
    ),
    "return-plan at the host": (
        Audience.EMPLOYER,
        {"return_plan": PLAN},
        "Herning Kommune Åse Marie Østergård Bøger og Papir\nAtt.: Eva Boghandler\nBogvej 5\n7400 Herning",
    ),
    "follow-up-plan": (
        Audience.CITIZEN,
        {},
        "Herning Kommune Åse Marie Østergård\nÆrøvej 14, 2. tv.\n7400 Herning",
    ),
}


def missing_in(paper: str, words: str) -> list[MarkKind]:
    audience, changes, _ = PAPERS[paper]
    template = read_template(ASSETS, f"{paper.partition(' ')[0]}/document.html.j2")
    expected = OwnCase.of("own", citizen_case(**RECEIVER, **changes), audience, profile_of(), template).expected
    return [mark.kind for mark in expected if not mark.stands_in(words)]


@pytest.mark.parametrize("paper", PAPERS)
def test_a_letter_holds_all_of_its_receiver(paper: str):
    assert missing_in(paper, PAPERS[paper][2]) == []


@pytest.mark.parametrize(
    ("paper", "old", "new", "kind"),
    [
        ("gp-letter", "Lyngvej 1", "Lyngvej 11", MarkKind.ADDRESS),
        ("gp-letter", "7400", "7401", MarkKind.ADDRESS),
        ("gp-letter", "001234", "001235", MarkKind.PROVIDER),
        ("gp-letter", "Lægehuset Prøve", "Lægehuset Lyng", MarkKind.PRACTICE),
        ("return-plan", "Ib Prøveleder", "Bo Prøveleder", MarkKind.NAME),
        ("return-plan", "Byggevej 3", "Byggevej 4", MarkKind.ADDRESS),
        ("return-plan", "Prøve Byg ApS", "Prøve ApS", MarkKind.FIRM),
        ("return-plan at the host", "Eva Boghandler", "Ib Prøveleder", MarkKind.NAME),
        ("return-plan at the host", "Bogvej 5", "Byggevej 3", MarkKind.ADDRESS),
        ("return-plan at the host", "Bøger og Papir", "Prøve Byg ApS", MarkKind.FIRM),
        ("follow-up-plan", "Ærøvej 14, 2. tv.", "Ærøvej 14, 3. tv.", MarkKind.ADDRESS),
    ],
)
def test_what_is_wrong_of_the_receiver_is_missed(paper: str, old: str, new: str, kind: MarkKind):
    assert missing_in(paper, PAPERS[paper][2].replace(old, new)) == [kind]


@pytest.mark.parametrize(
    ("shown", "kind"),
    [
        ("Lægehuset Prøve", MarkKind.PRACTICE),
        ("Ydernummer 001234", MarkKind.PROVIDER),
        ("Lyngvej 1\n7400 Herning", MarkKind.ADDRESS),
        ("Prøve Byg ApS' kontor", MarkKind.FIRM),
        ("Att.: Ib Prøveleder", MarkKind.NAME),
        ("Byggevej 3, 7400", MarkKind.ADDRESS),
        ("Bøger og Papir", MarkKind.FIRM),
        ("Eva Boghandlers hold", MarkKind.NAME),
        ("Bogvej 5\n7400 Herning", MarkKind.ADDRESS),
    ],
)
def test_another_cases_receiver_is_a_stranger(shown: str, kind: MarkKind):
    assert find_in(shown, {}, {**RECEIVER, "return_plan": PLAN, **named("Bo", "Prøve")}) == [kind]


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"employment": {"employer": {"name": "Medarbejder"}}}, "Medarbejder Stilling"),
        (named("Orientering Om Din", "Patient"), "Orientering om din patient"),
        (named("Godt At", "Vide"), "Godt at vide"),
        ({"gp": {**DOCTOR, "practice": "Underskrifter"}}, "Underskrifter"),
        (named("Din", "Sagsbehandler"), "Din sagsbehandler"),
    ],
)
def test_a_heading_of_the_template_is_nobodys_name(changes: dict[str, object], shown: str):
    one, other = citizen_case(), citizen_case(**{**named("Bo", "Prøve"), **changes})
    found = OtherCases.of([("own", one, profile_of()), ("other", other, profile_of())])
    template = read_template(ASSETS, "gp-letter/document.html.j2")
    assert list(found.find(shown, OwnCase.of("own", one, Audience.GP, profile_of(), template))) == []
    assert list(found.find(shown, OwnCase.of("own", one, Audience.GP, profile_of())))


def test_a_name_that_a_template_says_in_its_running_text_is_found():
    other = citizen_case(**named("Hanna", "Holmgaard"))
    words = TemplateWords(frozenset(), fold("Patient\nCPR"), frozenset({"kaere", "hanna", "holmgaard"}))
    found = OtherCases.of([("other", other, profile_of())])
    assert [case for _, case in found.find("Kære Hanna Holmgaard", OwnCase("own", (), "", words))] == ["other"]


def test_a_letter_from_the_wrong_municipality_is_caught():
    case = case_of(KAROLINE).case
    expected = OwnCase.of(KAROLINE, case, Audience.GP, profile_of("koebenhavn"))
    proven = check_recipient(letter(KAROLINE, "pdf"), "pdf", expected, strangers())
    assert "it does not hold the sender that it must hold" in proven.reasons


def test_a_file_that_cannot_be_opened_is_caught():
    cut = letter(KAROLINE, "docx")[:-200]
    assert check_recipient(cut, "docx", own(KAROLINE), strangers()) == Proven(
        0, ("the DOCX is damaged: File is not a zip file",)
    )


def test_the_reasons_quote_nobodys_number():
    proven = check_recipient(letter(RASMUS, "pdf"), "pdf", own(KAROLINE), strangers())
    case = case_of(RASMUS).case
    assert not any(normalise_mark(case.citizen.cpr) in normalise_mark(reason) for reason in proven.reasons)


def test_somebody_who_is_named_in_the_own_case_is_no_stranger():
    case = citizen_case(contacts=[{"date": "2012-11-01", "kind": "joint_talk", "about": "Med Nils Aabo Friis"}])
    other = citizen_case(citizen={"first_names": "Nils Aabo", "last_name": "Friis", "cpr": "650170-1111"})
    found = OtherCases.of([("own", case, profile_of()), ("other", other, profile_of())])
    here = OwnCase.of("own", case, Audience.CITIZEN, profile_of())
    assert list(found.find("Samtale med Nils Aabo Friis", here)) == []
    assert list(found.find("CPR 650170-1111", here)) == [(IdentifyingMark(MarkKind.CPR, "650170-1111"), "other")]


def test_two_people_of_one_name_are_not_taken_for_each_other():
    one, other = citizen_case(), citizen_case(citizen={"cpr": "650170-1111"})
    found = OtherCases.of([("one", one, profile_of()), ("other", other, profile_of())])
    assert list(found.find("Åse Marie Østergård", OwnCase.of("one", one, Audience.CITIZEN, profile_of()))) == []


def test_a_short_title_is_nobodys_mark():
    item = committee_item(title="Orientering", case_number="12/3")
    assert find_marks(item, profile_of()) == (IdentifyingMark(MarkKind.SENDER, "Herning Kommune"),)


@pytest.mark.parametrize(
    ("kind", "mark", "words"),
    [
        (MarkKind.CPR, "6604801234", "CPR 660480-1234."),
        (MarkKind.CPR, "6604801234", "CPR 6604801234"),
        (MarkKind.CPR, "6604801234", "CPR 660480 1234"),
        (MarkKind.NAME, "Karoline Østergaard-Lindqvist", "Kære Karoline Østergaard-\nLindqvist"),
        (MarkKind.NAME, "Karoline Østergaard-Lindqvist", "KAROLINE ØSTERGAARD-LINDQVIST"),
        (MarkKind.NAME, "Karoline Østergaard", "Karoline Øster-\ngaard"),
        (MarkKind.NAME, "Åse Lund", "A\u030ase\u00a0Lund"),
        (MarkKind.NAME, "Åse Lund", "til Åse Lund1\r\n se nedenfor"),
        (MarkKind.NAME, "Karoline Østergaard", "Karo\r\nline Øs\r\ntergaard"),
        (MarkKind.FIRM, "Bøger og Papir", "hos Bøger og Papir12"),
        (MarkKind.EMAIL, "bo@herning.example", "bo@her\r\nning.example"),
        (MarkKind.ADDRESS, "Ærøvej 14, 2. tv. 7400", "Ærøvej 14, 2. tv.\n7400 Herning"),
        (MarkKind.PHONE, "96 28 00 00", "Ring 96280000 eller"),
        (MarkKind.PHONE, "96280000", "Ring 96\u00a028\u00a000\u00a000."),
        (MarkKind.EMAIL, "bo@herning.example", "<bo@herning.example>"),
        (MarkKind.CASE_NUMBER, "15.20.00-P19-112-12", "Sagsnr. 15.20.00-P19-\n112-12"),
    ],
)
def test_a_mark_is_known_however_it_is_written(kind: MarkKind, mark: str, words: str):
    assert IdentifyingMark(kind, mark).stands_in(words)


@pytest.mark.parametrize(
    ("kind", "mark", "words"),
    [
        (MarkKind.CPR, "6604801234", "Bilag 96604801234"),
        (MarkKind.CPR, "6604801234", "2012 660480\n\n\n1234"),
        (MarkKind.NAME, "Bo Lund", "Mambo Lund"),
        (MarkKind.NAME, "Bo Lund", "Bo Lundsgaard"),
        (MarkKind.FIRM, "Butik 12", "hos Butik 123"),
        (MarkKind.PHONE, "96 28 00 00", "4596280000"),
        (MarkKind.PHONE, "96 28 00 00", "196 28 00 00"),
        (MarkKind.CASE_NUMBER, "12/3456", "112/3456"),
    ],
)
def test_a_mark_inside_another_word_is_none(kind: MarkKind, mark: str, words: str):
    assert not IdentifyingMark(kind, mark).stands_in(words)


@pytest.mark.parametrize(
    "shown",
    [
        "Hanna Holmgaard",
        "HANNA HOLMGAARD",
        "Hanna Holmgaards plan",
        "Hanna Holmgaard's plan",
        "Holmgaard, Hanna",
        "Holmgaard Hanna",
        "Hanna\nHolm-\ngaard",
        "Hanna Holm\u00adgaard",
        "Hanna\u00a0\u200bHolmgaard",
        "H. Holmgaard",
        "Hanna Holmgaard¹",
    ],
)
def test_a_stranger_is_known_by_words_where_the_own_name_holds_the_letters(shown: str):
    assert find_in(f"Brev til {shown}.", named("Johanna", "Holmgaarden"), named("Hanna", "Holmgaard")) == [
        MarkKind.NAME
    ]


@pytest.mark.parametrize(
    ("first_names", "last_name", "shown"),
    [
        ("Hanna Marie", "Holmgaard", "Hanna Holmgaard"),
        ("Hanna Marie", "Holmgaard", "H. M. Holmgaard"),
        ("Hanna Marie", "Holmgaard", "H.M. Holmgaard"),
        ("Hanna Marie", "Holmgaard", "Hanna M. Holmgaard"),
        ("Hanna", "Lund Holmgaard", "Lund Holmgaard, Hanna"),
        ("Anne-Marie", "Holmgaard", "Anne Marie Holmgaard"),
        ("Anne-Marie", "Holmgaard", "Annemarie Holmgaard"),
        ("Anne Marie", "Holmgaard", "Anne-Marie Holmgaard"),
        ("Jens", "Holmgaard-Friis", "Holmgaard Friis, Jens"),
        ("Jens", "Tværmoses", "Jens Tværmoses'"),
        ("Layla", "ليلى بروفسن", "Layla بروفسن ليلى"),
    ],
)
def test_a_name_is_found_in_the_other_ways_to_write_it(first_names: str, last_name: str, shown: str):
    assert find_in(f"Brev til {shown}.", named("Bodil", "Clark"), named(first_names, last_name)) == [MarkKind.NAME]


DOUBLE = ("Karoline", "Østergaard-Lindqvist")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (DOUBLE, "Lindqvist, Karoline"),
        (DOUBLE, "Lindqvist Karoline"),
        (DOUBLE, "Østergaard-Lindqvist, K."),
        (DOUBLE, "Østergaard-Lindqvist K."),
        (DOUBLE, "Karoline Lindqvist"),
        (DOUBLE, "Karoline Lindqvist1"),
        (DOUBLE, "Karo\r\nline Østerga\r\nard-Lindqvist"),
        (DOUBLE, "Lindqvist; Karoline"),
        (DOUBLE, "Fornavn: Karoline, efternavn: Lindqvist"),
        (DOUBLE, "Fornavn\nKaroline\nEfternavn\nLindqvist"),
        (DOUBLE, "Efternavn Lindqvist\r\nFornavne Karoline"),
        (DOUBLE, "Karoline Østergaards plan"),
        (DOUBLE, "Karoline Ø. Lindqvist"),
        (DOUBLE, "K. Ø.-Lindqvist"),
        (DOUBLE, "K Østergaard-Lindqvist"),
        (DOUBLE, "Karoline Oestergaard-Lindqvist"),
        (DOUBLE, "Karoline Östergård Lindqvist"),
        (DOUBLE, "Karoline ØstergaardLindqvist"),
        (("Jens Peter", "Tværmose"), "JP Tværmose"),
        (("Jens Peter", "Tværmose"), "J P Tværmose"),
        (("Jens Peter", "Tværmose"), "Tvaermose, J.P."),
        (("Jens Peter", "Tværmose"), "Tværmose, Jens P."),
        (("Åse", "Søgård"), "Aase Soegaard"),
        (("Åse", "Søgård"), "Aa. Søgaard"),
        (("René", "Ağaoğlu"), "Rene Agaoglu"),
        (("Hans", "Aagesen"), "hans.aagesen@firma.example"),
        (("Hans", "Aagesen"), "Hans Aagesen’s"),
        (("Plan", "Sag"), "Kære Plan Sag"),
    ],
)
def test_a_stranger_is_known_as_people_write_names(name: tuple[str, str], shown: str):
    template = read_template(ASSETS, "gp-letter/document.html.j2")
    one, other = citizen_case(**named("Bodil", "Clark")), citizen_case(**named(*name))
    found = OtherCases.of([("own", one, profile_of()), ("other", other, profile_of())])
    here = OwnCase.of("own", one, Audience.GP, profile_of(), template)
    assert [mark.kind for mark, _ in found.find(f"Vedr. {shown}, Herning", here)] == [MarkKind.NAME]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (("Plan", "Sag"), "Plan, sag og aftaler"),
        (("Arbejde", "Mål"), "mål, arbejde"),
        (("Anne", "Mål"), "A. Mål"),
        (("Ib", "Hansen"), "i Hansen og Søns have"),
        (("Jens", "Hansen"), "Pia og Jens. Hansen bor her"),
        (("Jens", "Hansen"), "Karl Hansen\nJens Holm"),
        (("Bo", "Lund"), "Bolund, Lundbo, bo i Lund"),
        (("Karoline", "Lindqvist"), "Karoline Lindqvistsen, Marie-Karolinea Lindqvist"),
    ],
)
def test_words_that_look_like_a_name_are_nobodys(name: tuple[str, str], shown: str):
    template = read_template(ASSETS, "gp-letter/document.html.j2")
    one, other = citizen_case(**named("Bodil", "Clark")), citizen_case(**named(*name))
    found = OtherCases.of([("own", one, profile_of()), ("other", other, profile_of())])
    here = OwnCase.of("own", one, Audience.GP, profile_of(), template)
    assert list(found.find(f"Vedr. {shown} i dag", here)) == []


AT_HOME = {"citizen": {"first_names": "Ib", "last_name": "Prøve", "address": {"street": "Vestergade 12 A, 2. tv."}}}


@pytest.mark.parametrize(
    "shown",
    [
        "Vestergade 12A, 2. tv.",
        "Vestergade nr. 12 A",
        "Vesterg. 12 A, 2. sal",
        "VESTERGADE 12 a",
        "Vester-\ngade 12 A",
        "\r\nVes\r\ntergade\r\n12 A",
    ],
)
def test_another_cases_address_is_found_as_people_write_it(shown: str):
    assert find_in(f"Mødet er på {shown}", {}, AT_HOME) == [MarkKind.ADDRESS]


@pytest.mark.parametrize("shown", ["Vestergade 112", "Vestergade 1", "Østervestergade 12", "Vestergade", "uge 12"])
def test_another_address_in_the_street_is_nobodys(shown: str):
    assert find_in(f"Mødet er på {shown}.", {}, AT_HOME) == []


@pytest.mark.parametrize(
    ("shown", "other", "kind"),
    [
        ("Firmaet Vestjysk Tømmer", {"employment": {"employer": {"name": "Vestjysk Tømmer ApS"}}}, MarkKind.FIRM),
        ("Født: 740468-xxxx.", {"citizen": {"cpr": "740468-1238"}}, MarkKind.CPR),
        ("ring +4500004101", {"citizen": {"phone": "00 00 41 01"}}, MarkKind.PHONE),
        ("ring 004500004101", {"citizen": {"phone": "+45 00004101"}}, MarkKind.PHONE),
        ("Kære Balle Østergård", {"citizen": {"called": "Balle"}}, MarkKind.NAME),
        ("740468 xxxx 1238", {"citizen": {"cpr": "740468-1238"}}, MarkKind.CPR),
        ("ydernr. 12 34 56", {"gp": {**DOCTOR, "provider_number": "123456"}}, MarkKind.PROVIDER),
        ("152000-P19-3001-26", {"case_number": "15.20.00-P19-3001-26"}, MarkKind.CASE_NUMBER),
        ("Laegerne paa Torvet", {"gp": {**DOCTOR, "practice": "Lægerne på Torvet"}}, MarkKind.PRACTICE),
    ],
)
def test_another_cases_value_is_found_as_people_write_it(shown: str, other: dict[str, object], kind: MarkKind):
    assert find_in(shown, {"citizen": {"cpr": "650170-1111"}}, other) == [kind]


def test_the_own_birthday_is_not_a_strangers_who_was_born_on_that_day():
    assert find_in("Født: 740468-xxxx.", {"citizen": {"cpr": "740468-1238"}}, {"citizen": {"cpr": "740468-4564"}}) == []


def test_the_own_name_by_which_one_is_called_is_nobodys_else():
    other = {"citizen": {"called": "Balle", "cpr": "650170-1111"}}
    assert find_in("Kære Balle Østergård", {"citizen": {"called": "Balle"}}, other) == []


@pytest.mark.parametrize(
    ("own_name", "other_name", "shown"),
    [
        (("Johanna", "Holmgaarden"), ("Hanna", "Holmgaard"), "Johanna Holmgaarden"),
        (("Johanna", "Holmgaarden"), ("Hanna", "Holmgaard"), "Johanna Holmgaarden, Hanna Holm, H. Gaard"),
        (("Hanna Marie", "Holmgaard"), ("Marie", "Holmgaard"), "Hanna Marie Holmgaard"),
        (("Helle", "Holmgaard"), ("Hanna", "Holmgaard"), "H. Holmgaard"),
        (("Anne-Marie", "Holmgaard"), ("Anne Marie", "Holmgaard"), "Anne-Marie Holmgaard"),
        (("Anne Marie", "Holmgaard"), ("Anne-Marie", "Holmgaard"), "Anne Marie Holmgaard"),
        (("Ha\u00adnna", "Holm\u200dgaard"), ("Hanna", "Holmgaard"), "Hanna Holmgaard"),
        (("Hanna", "Holmgaard"), ("Ha\u00adnna", "Holm\u200dgaard"), "Hanna Holmgaard"),
        (("Peter", "Martin"), ("Martin", "Peter"), "Peter Martin"),
        (("Hans", "Aagesen"), ("Hans", "Ågesen"), "Hans Aagesen"),
        (("Jens Peter", "Hansen"), ("Jens", "Hansen"), "Jens Hansen"),
        (("Jens Peter", "Hansen"), ("Peter", "Hansen"), "Hansen, Jens Peter"),
        (("Jens Peter", "Hansen"), ("Jens Poul", "Hansen"), "J. P. Hansen"),
        (("Karoline", "Østergaard-Lindqvist"), ("Karoline", "Lindqvist"), "Karoline Østergaard-Lindqvists plan"),
    ],
)
def test_the_own_name_is_no_strangers(own_name: tuple[str, str], other_name: tuple[str, str], shown: str):
    assert find_in(f"Brev til {shown}.", named(*own_name), named(*other_name)) == []


TO_GP = {"kind": "disclose", "party": "gp", "covers": ["deltagelse"], "data": ["participation"], "given": "2012-11-01"}


@pytest.mark.parametrize("format", ["pdf", "docx"])
@pytest.mark.parametrize(
    ("first_names", "last_name"),
    [
        ("Sa\u00admira", "Prø\u00advesen-\u200dLund"),
        ("Samira", "Prøvesen (سميرة الأمين 7)"),
        ("שרה", "כהן"),
        ("O\u2019Neil", "D'Arc"),
    ],
)
def test_a_letter_to_a_name_of_odd_signs_passes(first_names: str, last_name: str, format: str):
    changed = citizen_yaml(**named(first_names, last_name), gp=DOCTOR, consents=[TO_GP])
    loaded = loaded_case(changed)
    html = RENDERER.render(loaded, load_documents(ASSETS)["gp-letter"], date(2012, 11, 14))
    expected = OwnCase.of("case", loaded.case, Audience.GP, profile_of())
    assert check_recipient(WRITERS[format](html).data, format, expected, strangers()).reasons == ()


def test_siblings_at_one_address_and_one_doctor_of_many_are_no_strangers():
    shared = {"gp": {**DOCTOR, "practice": "Lægehuset Prøve"}}
    words = "Signe Læge, Lægehuset Prøve, ydernummer 001234, Torvet 1, 7400 Herning. Ærøvej 14, 2. tv., 7400 Herning"
    assert find_in(words, {**shared, **named("Ib", "Prøve")}, {**shared, **named("Bo", "Prøve")}) == []


@pytest.mark.parametrize("number", ["14.11.2012", "14-11-2012", "2012-11-14", "14. november 2012", "14/11 2012"])
def test_a_case_number_that_is_a_date_is_nobodys_mark(number: str):
    assert find_in(f"Herning, den {number}", {}, {"case_number": number, **named("Bo", "Prøve")}) == []


def test_two_names_of_the_same_letters_are_both_looked_for():
    cases = [citizen_case(**named("Hanna", "Holm")), citizen_case(**named("Han", "Naholm"))]
    found = OtherCases.of((name, case, profile_of()) for name, case in zip("ab", cases, strict=True))
    here = OwnCase("own", (), "")
    assert [case for _, case in found.find("Kære Hanna Holm", here)] == ["a"]
    assert [case for _, case in found.find("Kære Han Naholm", here)] == ["b"]


@given(st.from_regex(r"[A-ZÆØÅ][a-zæøå]{2,9}( [A-ZÆØÅ][a-zæøå]{2,9}){1,3}", fullmatch=True), st.data())
def test_a_name_broken_anywhere_between_its_words_is_found(name: str, data: st.DataObject):
    gaps = st.sampled_from([" ", "\n", "\u00a0", " \n", "\r\n"])
    shown = "".join(data.draw(gaps) if each == " " else each for each in name)
    case = citizen_case(citizen={"first_names": name, "last_name": "Quist"})
    found = OtherCases.of([("other", case, profile_of())])
    here = OwnCase("own", (), "")
    assert [mark.kind for mark, _ in found.find(f"Brev til {shown} Quist, dags dato", here)] == [MarkKind.NAME]


def test_the_words_of_a_docx_hold_its_header_its_alt_texts_and_its_title():
    words, pages = FORMATS["docx"].read_words(letter(KAROLINE, "docx"))
    assert pages == 0
    for each in ("Herning Kommune", "Orientering om din patient", "660480-1234", "Sagsnr."):
        assert each in words


def test_a_word_that_is_split_into_runs_is_one_word():
    words, _ = FORMATS["docx"].read_words(letter(KAROLINE, "docx"))
    assert "Orientering om din patient" in words.splitlines()


def test_the_public_paper_of_a_closed_item_is_known_by_its_neutral_title():
    titles = {"title": "Køb af Prøvevej 12", "neutral_title": "Ejendomssag"}
    item = committee_item(municipality="slagelse", access="closed", **titles)

    marks = expected_marks(item, Audience.COMMITTEE, profile_of("slagelse"))

    assert marks == (
        IdentifyingMark(MarkKind.SENDER, "Slagelse Kommune"),
        IdentifyingMark(MarkKind.TITLE, "Ejendomssag"),
    )
