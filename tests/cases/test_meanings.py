"""Words that are no keys: what people write in Danish, or misspell, and which key they mean."""

import re

import pytest
from pydantic import BaseModel

from kvisdocs.cases.load import KINDS
from kvisdocs.cases.meanings import WORDS, find_danish_key, find_meant_key
from kvisdocs.cases.schema import find_models

GROUPS: dict[str, type[BaseModel]] = {
    path or f".{kind}": model for kind, whole in KINDS.items() for path, model in find_models(whole)
}

SAID = {
    ".citizen": """
        art kind · type kind · kommune municipality · kommunen municipality · regelsæt programme · regler programme
        lov programme · sagsnummer case_number · sagsnr case_number · sagsnr. case_number · sag case_number
        sagsbehandler caseworker · rådgiver caseworker · borger citizen · borgeren citizen · BORGER citizen
        sygdom sickness · sygemelding sickness · sygeforløb sickness · ansættelse employment · arbejde employment
        beskæftigelse employment · job employment · uddannelse education · læge gp · laege gp · lægen gp · egen_læge gp
        egen-læge gp · selvvurdering self_ratings · selvvurderinger self_ratings · trin steps · samtaler contacts
        kontakter contacts · webregistrering web_registrations · virksomhedspraktik company_courses · samtykke consents
        samtykker consents · opfølgningsplan plan · optrapningsplan return_plan · udfald outcome · resultat outcome
        """,
    "citizen": """
        fornavn first_names · fornavne first_names · efternavn last_name · kaldenavn called · cpr-nummer cpr · cprnr cpr
        personnummer cpr · adresse address · telefon phone · tlf phone · tlf. phone · mobil phone · telefonnummer phone
        """,
    "citizen.address": """
        vej street · gade street · postnummer postcode · postnr postcode · postnr. postcode · by city · byen city
        bynavn place · c/o care_of · adressebeskyttelse protected · beskyttet protected
        """,
    "caseworker": """
        navn name · fulde_navn name · titel title · stilling title · mail email · e-mail email · telefontid hours
        afdeling unit
        """,
    "sickness": """
        første_sygedag first_day · foerste_sygedag first_day · første_dag first_day · sygemeldt first_day
        visiteret visitation · visitation visitation · kategori category · visitationskategori category
        diagnose diagnoses · diagnoser diagnoses · diagnosegruppe diagnoses · raskmeldt recovered
        raskmelding recovered
        """,
    "employment": """
        arbejdsgiver employer · stilling job · timer norm_hours · arbejdstid norm_hours · tilknytning status
        opsagt notice_ends · sidste_arbejdsdag notice_ends
        """,
    "employment.employer": "virksomhed name · navn name · leder contact · kontaktperson contact · cvrnr cvr · ean gln",
    "gp": """
        ydernummer provider_number · ydernr provider_number · praksis practice · lægehus practice · navn name
        sorkode sor
        """,
    "self_ratings[]": "dato date · dag date · tal value · note note · bemærkning note",
    "contacts[]": """
        dato date · form kind · type kind · deltagere participants · emne about · aftalt agreed · aftale agreed
        """,
    "consents[]": """
        modtager party · dækker covers · omfatter covers · formål purpose · givet given · udløber expires
        gælder_til expires · trukket_tilbage withdrawn · tilbagekaldt withdrawn
        """,
    "plan": """
        aftalt agreed · opfølgning next_follow_up · næste_opfølgning next_follow_up · mål goal · målet goal
        sundhed health · socialt social · beskæftigelse employment · afgørelse decision · fælles_status joint_statuses
        """,
    "plan.employment": "formål purpose · aktiviteter activities · aktivitet activities",
    "plan.employment.activities[]": """
        mål goal · delmål sub_goals · procesmål process_goals · ansvarlig responsible · den_ansvarlige responsible
        frist due · deadline due · status progress · statusdato status_on · hvordan how · sådan how · delt shared
        """,
    "return_plan": "aftalt agreed · trin steps · praktiksted place · aftalt_med agreed_with",
    "return_plan.steps[]": "fra start · til end · slut end · timer hours · opgaver tasks",
    "outcome": "dato date · udfald kind · note note · samme_arbejdsplads same_workplace",
    ".committee": """
        kommune municipality · møde meeting · mødet meeting · punkt number · nummer number · nr number · titel title
        neutral_titel neutral_title · sagsnummer case_number · dokumentnummer document_number · sagsbehandler caseworker
        felter fields · økonomi economy · indstilling recommendation · sagsforløb course · beslutning decisions
        beslutninger decisions · bilag attachments · underskrivere signers · lovgrundlag legal_basis
        """,
    "meeting": """
        udvalg committee · udvalget committee · dato date · mødedato date · sted place · lokale place · mødested place
        tidspunkt time · til_stede present · tilstede present · afbud absent · fraværende absent · slut end
        """,
    "attachments[]": "titel title · dokumentnummer document_number · dato date · adgang access",
    "decisions[].votes[]": "for in_favour · imod against",
    "decisions[].remarks[]": "af by · tekst text · bemærkning text",
}
"""Group by group what a caseworker writes, and the key that it means."""

ROWS = [
    (group, *row.split())
    for group, rows in SAID.items()
    for line in rows.splitlines()
    for row in line.split("·")
    if row.strip()
]


@pytest.mark.parametrize(("group", "word", "key"), ROWS)
def test_a_danish_word_finds_its_key(group: str, word: str, key: str) -> None:
    assert find_meant_key(word, GROUPS[group]) == key


def test_the_first_words_of_each_fields_description_find_it() -> None:
    lost = []
    for path, group in GROUPS.items():
        heads = {name: re.split("[,;:(]", field.description or "")[0] for name, field in group.model_fields.items()}
        for name, head in heads.items():
            if find_danish_key(head.strip(), group) != name:
                lost.append(f"{path or '.'}: {name}: {head}")
    assert not lost, "\n".join(lost)


@pytest.mark.parametrize("word", ["farve", "x", "", "–", "hund", "citizenship of the world" * 20])
def test_a_word_of_nothing_finds_nothing(word: str) -> None:
    assert find_danish_key(word, GROUPS[".citizen"]) is None


def test_every_word_is_of_a_key_that_there_is() -> None:
    assert WORDS.keys() <= {name for group in GROUPS.values() for name in group.model_fields}


def test_no_english_key_is_taken_for_another_by_its_danish() -> None:
    wrong = [
        f"{path}: {name} is taken for {meant}"
        for path, group in GROUPS.items()
        for name in group.model_fields
        if (meant := find_meant_key(name, group)) not in {name, None}
    ]
    assert not wrong, "\n".join(wrong)
