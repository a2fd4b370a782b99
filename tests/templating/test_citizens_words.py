"""What the follow-up plan tells the citizen, as the citizen reads it: nothing false, nothing of the office's own."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tinyhtml5
from builders import DOCTOR, citizen_yaml, loaded_case

from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer

ASSETS = Assets((Path(__file__).parents[2] / "templates",))
DOCUMENTS = load_documents(ASSETS)
RENDERER = Renderer(ASSETS)
ON = date(2012, 11, 14)
TRACK = {"purpose": "Job", "activities": [{"goal": "Fuld tid", "responsible": "Du"}]}
PLAN: dict[str, Any] = {"agreed": "2012-10-30", "goal": "Tilbage.", "employment": TRACK}
EMPLOYER = {"name": "Firmaet A/S"}
DECISION = {"text": "Du får en mentor.", "legal_basis": "lovens § 78"}


def page(document: str = "follow-up-plan", on: date = ON, along: tuple[str, ...] = (), **case: Any) -> str:
    loaded = loaded_case(citizen_yaml(**{"plan": PLAN, **case}))
    return RENDERER.render(loaded, DOCUMENTS[document], on, along).text.replace("\xa0", " ")


def said(document: str = "follow-up-plan", on: date = ON, along: tuple[str, ...] = (), **case: Any) -> str:
    """The document's words, a space between any two."""
    text = page(document, on, along, **case).partition("<body")[2]
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def consent(**changes: Any) -> dict[str, Any]:
    given = {"kind": "disclose", "party": "gp", "covers": ["målet"], "data": ["participation"], "given": "2012-10-01"}
    return {**given, **changes}


# ---- consents ----


@pytest.mark.parametrize(
    ("consents", "wanted"),
    [
        ([], "Du har ikke givet samtykke til, at vi giver oplysninger til din læge eller din arbejdsgiver."),
        (
            [consent(expires="2012-10-31")],
            "Dit samtykke gjaldt til og med den 31. oktober 2012. Derfor giver vi ikke flere oplysninger til din læge, "
            "før du siger ja igen.",
        ),
        (
            [consent(withdrawn="2012-10-22")],
            "Du trak dit samtykke tilbage den 22. oktober 2012. Derfor giver vi ikke flere oplysninger til din læge, "
            "før du siger ja igen.",
        ),
        (
            [consent(kind="obtain", data=[], party="hospital", withdrawn="2012-10-22")],
            "Derfor henter vi ikke flere oplysninger fra sygehuset, før du siger ja igen.",
        ),
        ([consent()], "Vi må fortælle din læge dette: målet Du sagde ja den 1. oktober 2012."),
        ([consent(expires="2012-11-14")], "Dit ja gælder til og med den 14. november 2012."),
        ([consent(party_name="Lægerne ved Åen")], "Vi må fortælle Lægerne ved Åen (din læge) dette:"),
        ([consent(party="other", party_name="PensionDanmark")], "Vi må fortælle PensionDanmark dette:"),
        ([consent(party="other")], "Vi må fortælle en, som samtykket ikke nævner, dette: målet"),
        (
            [consent(kind="obtain", data=[], party="other")],
            "Vi må hente dette fra en, som samtykket ikke nævner: målet",
        ),
        (
            [consent(party="other", withdrawn="2012-10-22")],
            "Derfor giver vi ikke flere oplysninger til en, som samtykket ikke nævner, før du siger ja igen.",
        ),
        ([consent(kind="obtain", data=[], party="hospital")], "Vi må hente dette fra sygehuset: målet"),
    ],
)
def test_each_consent_is_told_as_what_has_become_of_it(consents: list[dict[str, Any]], wanted: str) -> None:
    assert wanted in said(gp=DOCTOR, employment={"employer": EMPLOYER}, consents=consents)


@pytest.mark.parametrize("end", [{"expires": "2012-10-31"}, {"withdrawn": "2012-10-22"}])
def test_a_consent_that_was_given_and_has_lapsed_is_not_one_that_was_never_given(end: dict[str, str]) -> None:
    text = said(gp=DOCTOR, employment={"employer": None}, consents=[consent(**end)])
    assert "Du har ikke givet samtykke" not in text
    assert "Du har sagt ja" not in text


def test_a_lapsed_consent_that_was_given_anew_is_told_once() -> None:
    text = said(gp=DOCTOR, consents=[consent(expires="2012-10-31"), consent(given="2012-11-01")])
    assert "gjaldt til" not in text
    assert "Du sagde ja den 1. november 2012." in text


def test_of_two_lapsed_consents_the_newest_is_told() -> None:
    consents = [consent(given="2012-10-10", withdrawn="2012-10-22"), consent(expires="2012-10-05")]
    text = said(gp=DOCTOR, consents=consents)
    assert "Du trak dit samtykke tilbage den 22. oktober 2012." in text
    assert "5. oktober 2012" not in text


def test_a_consent_to_come_is_not_told() -> None:
    text = said(gp=DOCTOR, consents=[consent(given="2012-11-15")])
    assert "Du har ikke givet samtykke til, at vi giver oplysninger til din læge." in text
    assert "15. november 2012" not in text


def test_the_plan_does_not_promise_that_the_citizen_alone_decides_who_sees_it() -> None:
    text = said()
    assert "du bestemmer selv" not in text
    assert (
        "Planen ligger i din sag hos kommunen. Vi viser den kun til andre, hvis du har sagt ja, eller hvis loven giver "
        "os lov."
    ) in text


# ---- the letter to the doctor ----


@pytest.mark.parametrize(
    ("gp", "consents", "steps", "along", "wanted"),
    [
        (None, [], {}, (), "ingen læge oplyst"),
        (DOCTOR, [], {}, (), "sendes ikke – du har ikke givet samtykke"),
        (DOCTOR, [consent(expires="2012-10-31")], {}, (), "sendes ikke – dit samtykke gælder ikke længere"),
        (DOCTOR, [consent(withdrawn="2012-10-31")], {}, (), "sendes ikke – du har trukket dit samtykke tilbage"),
        (DOCTOR, [consent(data=["category"])], {}, (), "sendes ikke – dit samtykke dækker ikke brevet"),
        (DOCTOR, [consent()], {}, ("follow-up-plan", "gp-letter"), "sendes sammen med planen"),
        (DOCTOR, [consent()], {}, ("follow-up-plan",), "ikke sendt endnu"),
        (DOCTOR, [consent()], {"gp_letter": "2012-11-01"}, ("gp-letter",), "1. nov. 2012"),
    ],
)
def test_the_plan_says_how_the_doctors_letter_stands(
    gp: Any, consents: list[Any], steps: dict[str, str], along: tuple[str, ...], wanted: str
) -> None:
    text = said(gp=gp, consents=consents, steps=steps, along=along)
    assert f"Brev til egen læge {wanted} " in text
    assert "mangler" not in text


# ---- a course that has ended ----


@pytest.mark.parametrize(("gp", "consents"), [(None, []), (DOCTOR, []), (DOCTOR, [consent(withdrawn="2012-10-31")])])
def test_of_an_ended_course_a_letter_that_was_not_sent_is_nothing_that_happened(gp: Any, consents: Any) -> None:
    ended = {"outcome": {"date": "2012-11-12", "kind": "other"}, "gp": gp, "consents": consents}
    text = said(**ended).partition("Det er sket Trin Dato ")[2].partition(" Fælles status")[0]
    assert text == "Opfølgningsplan 30. okt. 2012"


@pytest.mark.parametrize(
    ("outcome", "employment", "recovered", "wanted"),
    [
        ({"kind": "to_unemployment_fund"}, {}, None, "Du er raskmeldt til din a-kasse."),
        (
            {"kind": "to_job", "same_workplace": "ja"},
            {"employer": EMPLOYER},
            None,
            "Du er raskmeldt og tilbage hos Firmaet A/S.",
        ),
        (
            {"kind": "to_job", "same_workplace": "ja"},
            {"status": "self_employed"},
            None,
            "Du er raskmeldt og tilbage i din egen virksomhed.",
        ),
        (
            {"kind": "to_job", "same_workplace": "nej"},
            {"employer": EMPLOYER},
            None,
            "Du er raskmeldt og i job på en ny arbejdsplads.",
        ),
        ({"kind": "to_job"}, {"employer": EMPLOYER}, None, "Du er raskmeldt og i job."),
        ({"kind": "other"}, {}, None, "Vi følger ikke længere op."),
        ({"kind": "other"}, {}, "2012-11-12", "Du er raskmeldt."),
        ({"kind": "part_time"}, {"employer": EMPLOYER}, None, "Du er raskmeldt og i job."),
        (
            {"kind": "full_time", "same_workplace": "ja"},
            {"employer": EMPLOYER},
            None,
            "Du er raskmeldt og tilbage hos Firmaet A/S.",
        ),
        ({"kind": "other_recovery"}, {}, None, "Du er raskmeldt."),
        ({"kind": "not_recovered", "reason": "moved"}, {}, "2012-11-12", "Vi følger ikke længere op."),
    ],
)
def test_the_plan_says_how_the_course_ended(
    outcome: dict[str, str], employment: dict[str, Any], recovered: str | None, wanted: str
) -> None:
    text = said(outcome={"date": "2012-11-12", **outcome}, employment=employment, sickness={"recovered": recovered})
    assert f"Dit forløb sluttede den 12. november 2012. {wanted} Her er planen" in text


def test_an_outcome_to_come_is_not_told() -> None:
    text = said(outcome={"date": "2012-11-15", "kind": "to_unemployment_fund"})
    assert "a-kasse" not in text
    assert "sluttede" not in text


def test_goals_of_an_ended_course_are_not_told_as_going_on() -> None:
    progress = ["planned", "agreed", "under_way", "reached", "dropped"]
    goals = [{"goal": each, "responsible": "Du", "progress": each} for each in progress]
    plan = {**PLAN, "employment": {**TRACK, "activities": goals}}
    ended = said(plan=plan, outcome={"date": "2012-11-12", "kind": "other"})
    going = said(plan=plan)
    words = {"planned": "ikke nået", "agreed": "ikke nået", "under_way": "ikke afsluttet", "reached": "nået"}
    for goal, word in {**words, "dropped": "taget ud af planen"}.items():
        assert len(re.findall(rf"\b{goal} (?:– Du )?{word}\b", ended)) == 2, goal
    words = {"planned": "planlagt", "agreed": "aftalt", "under_way": "i gang", "reached": "nået"}
    for goal, word in {**words, "dropped": "taget ud af planen"}.items():
        how = "–" if goal in ("reached", "dropped") else r"Det aftaler vi senere\."
        assert len(re.findall(rf"\b{goal} (?:{how} Du )?{word}\b", going)) == 2, goal


@pytest.mark.parametrize(("agreed", "wanted"), [({"agreed": "2012-11-05"}, "5. nov. 2012"), ({}, "ikke endnu")])
def test_an_agreed_return_plan_is_there_though_nobody_noted_the_step(agreed: dict[str, str], wanted: str) -> None:
    steps = [{"start": "2012-11-19", "hours": "10", "tasks": "Post"}]
    text = said(return_plan={"kind": "work_placement", "place": "Lageret", "steps": steps, **agreed})
    assert f" Optrapningsplan {wanted} " in text.partition("Det er sket, og det kommer")[2]


# ---- the self-rating ----


@pytest.mark.parametrize(
    ("values", "goal"),
    [([3, 4], "Målet er 5 trin op i forløbet, fra 3 til 8."), ([5, 5], "fra 5 til 10."), ([4], "fra 4 til 9.")],
)
def test_a_goal_within_the_scale_is_told(values: list[int], goal: str) -> None:
    assert goal in said(self_ratings=ratings(values))


@pytest.mark.parametrize("values", [[6, 7], [7, 4], [10, 10], [9]])
def test_a_goal_above_the_scale_is_left_out(values: list[int]) -> None:
    assert "Målet er 5" not in said(self_ratings=ratings(values))


def ratings(values: list[int]) -> list[dict[str, str]]:
    return [{"date": f"2012-10-{22 + number}", "value": str(value)} for number, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([3, 4], "Det er 1 trin højere."),
        ([4, 4], "Tallet er det samme."),
        ([7, 4], "Det er 3 trin lavere end i begyndelsen. Det taler vi om, næste gang vi ses."),
    ],
)
def test_the_change_is_told_plainly(values: list[int], wanted: str) -> None:
    assert wanted in said(self_ratings=ratings(values))


# ---- hours of absence ----

STEPS = [{"start": "2012-11-19", "hours": "16", "tasks": "Post"}]


@pytest.mark.parametrize(
    ("status", "kind", "shown"),
    [
        ("in_job", "partial_return", True),
        ("under_notice", "partial_return", True),
        ("self_employed", "partial_return", True),
        ("unemployed", "partial_return", False),
        ("in_job", "work_placement", False),
        ("under_notice", "work_placement", False),
        ("unemployed", "work_placement", False),
    ],
)
def test_absence_and_normal_hours_stand_only_where_somebody_is_absent(status: str, kind: str, shown: bool) -> None:
    text = said(employment={"status": status}, return_plan={"kind": kind, "steps": STEPS})
    assert ("Fravær" in text) == shown
    assert ("den normale arbejdstid" in text) == shown


# ---- complaints ----


def test_in_2012_a_complaint_goes_by_phone_or_letter_to_the_board_of_those_days() -> None:
    text = said(plan={**PLAN, "decision": DECISION}, caseworker={"phone": "00 00 12 03"})
    assert (
        "Du kan klage, hvis du er uenig. Klag senest 4 uger efter den dag, du fik afgørelsen. Er den sidste dag en "
        "lørdag, søndag eller helligdag, kan du klage til og med den næste hverdag. Ring til mig på 00 00 12 03. Du "
        "kan også sende et brev til Herning Kommune, Jobcenter Herning, Torvet 1, 7400 Herning. Vi ser på sagen igen "
        "inden 4 uger. Holder vi fast i afgørelsen, sender vi klagen til beskæftigelsesankenævnet. Reglerne står i "
        "retssikkerhedsloven §§ 60, 66 og 67."
    ) in text


@pytest.mark.parametrize(
    ("on", "body"),
    [
        (date(2013, 6, 30), "beskæftigelsesankenævnet"),
        (date(2013, 7, 1), "Ankestyrelsen"),
        (date(2026, 11, 22), "Ankestyrelsen"),
    ],
)
def test_who_decides_on_a_complaint_depends_on_the_letters_date(on: date, body: str) -> None:
    found = re.findall(r"sender vi klagen til (\w+)", said(on=on, plan={**PLAN, "decision": DECISION}))
    assert found == [body]


def test_digital_post_is_a_way_from_the_day_that_citizens_have_it() -> None:
    plan = {**PLAN, "decision": DECISION}
    assert "Digital Post" not in said(on=date(2014, 10, 31), plan=plan)
    assert "Skriv i Digital Post, eller ring til mig på" in said(on=date(2014, 11, 1), plan=plan)


# ---- who signs, and with whom ----


def test_citizen_and_adviser_sign_and_nobody_else() -> None:
    text = page(employment={"employer": {**EMPLOYER, "contact": {"name": "Lene Holm"}}}, gp=DOCTOR)
    root = tinyhtml5.parse(text, namespace_html_elements=False)
    (table,) = (each for each in root.iter("table") if each.get("class") == "signatures")
    signers = [" ".join(" ".join(cell.itertext()).split()) for cell in table.iter("td")]
    assert signers == ["Åse Marie Østergård", "Bodil Clark Herning Kommune"]
    assert "Lene Holm" not in " ".join(signers)


def test_the_status_stands_by_track_right_above_the_signatures() -> None:
    one = {"purpose": "P", "activities": [{"goal": "Et", "responsible": "Du"}]}
    two = {"purpose": "P", "activities": [{"goal": "To", "responsible": "Du"}]}
    text = said(plan={**PLAN, "health": one, "social": two})
    status = text.partition("Det blev vi enige om ")[2].partition(" Dato og underskrift")[0]
    assert status == (
        "Beskæftigelse Fuld tid planlagt – – Sundhed Et planlagt – – Sociale forhold To planlagt – – "
        "Når vi er enige, skriver vi under her."
    )


@pytest.mark.parametrize(
    ("case", "wanted"),
    [
        ({"employment": {"employer": EMPLOYER}}, "Du, din arbejdsgiver og jeg sætter mål"),
        ({"employment": {"status": "under_notice", "employer": EMPLOYER}}, "Du og jeg sætter mål"),
        ({"employment": {"status": "self_employed"}}, "Du og jeg sætter mål"),
        (
            {"employment": {"status": "unemployed"}, "team": [{"role": "Jobkonsulent", "name": "Tøger Åkjær"}]},
            "Du, din jobkonsulent, Tøger Åkjær, og jeg sætter mål",
        ),
        ({"plan": {**PLAN, "status_with": "lederen af køkkenet"}}, "Du, lederen af køkkenet og jeg sætter mål"),
        (
            {
                "employment": {"employer": EMPLOYER},
                "return_plan": {"kind": "work_placement", "place": "Lageret", "steps": STEPS},
            },
            "Du og jeg sætter mål",
        ),
    ],
)
def test_status_is_taken_with_those_who_take_it(case: dict[str, Any], wanted: str) -> None:
    assert wanted in said(**case)


def test_the_team_is_named_with_its_phones() -> None:
    team = [
        {"role": "Jobkonsulent", "name": "Tøger Åkjær", "phone": "00 00 12 09"},
        {"role": "Sygeplejerske", "name": "Vibe Ø"},
    ]
    assert "Du kan også tale med din jobkonsulent Tøger Åkjær på 00 00 12 09 eller din sygeplejerske Vibe Ø." in said(
        team=team
    )


@pytest.mark.parametrize(
    ("status", "job", "wanted"),
    [
        ("in_job", "bogholder", "Da var du ansat som bogholder."),
        ("in_job", None, "Da var du i job."),
        ("under_notice", "lagerleder", "Da var du sagt op fra dit job som lagerleder."),
        ("under_notice", None, "Da var du sagt op fra dit job."),
        ("unemployed", "kok", "Da var du ledig. Du havde arbejdet som kok."),
        ("unemployed", None, "Da var du ledig. "),
        ("self_employed", "tømrer", "Da var du selvstændig tømrer."),
        ("self_employed", None, "Da var du selvstændig. "),
    ],
)
def test_the_work_at_visitation_is_told_in_plain_words(status: str, job: str | None, wanted: str) -> None:
    assert wanted in said(employment={"status": status, "job": job})


def test_an_abbreviation_is_spelt_out_where_it_stands_in_the_plan() -> None:
    assert said().count("CEB er Center for Erhvervsafklaring og Beskæftigelse.") == 1
    reform = {"programme": "reform-2014", "sickness": {"first_day": "2016-02-01", "visitation": "2016-03-14"}}
    assert "CEB er" not in said(on=date(2016, 4, 18), **reform)
    ended = {"outcome": {"date": "2012-11-12", "kind": "other"}}
    assert "CEB" not in said(**ended)
    assert said(**ended, steps={"ceb_talk": "2012-10-26"}).count("CEB er Center") == 1


# ---- what is the office's own ----

HELPS = {"question": "helps", "answer": "much"}
OWN = {"question": "Egne spørgsmål?", "answer": "much"}
OVERDUE = {"sickness": {"first_day": "2012-08-01", "visitation": "2012-09-03"}, "web_registrations": []}
CONTROL = ("over fristen", "for sent", "mangler", "af 4", "Webregistrering", "periode over", "Senest")


def test_the_citizen_is_told_no_delays_of_the_office() -> None:
    assert [each for each in CONTROL if each in said(**OVERDUE)] == []
    assert 'class="bad"' not in page(**OVERDUE)


def test_the_caseworkers_sheet_tells_them_with_the_reason() -> None:
    text = said("course-sheet", **OVERDUE)
    assert (
        "Første samtale i jobcentret 25. sep. 2012 – 50 dage over fristen Samtalen skal holdes inden udgangen af 8. uge"
        in text
    )
    assert "Webregistreringer – – 0 af 4 Der skal være 4 webregistreringer" in text


def test_the_caseworkers_sheet_cannot_be_posted() -> None:
    text = page("course-sheet", gp=DOCTOR, citizen={"phone": "00 00 31 99"})
    for secret in ("Ærøvej", "00 00 31 99", 'class="window"', "Kære", "740468-1238"):
        assert secret not in text
    assert "Kun til brug i kommunen." in text
    assert "740468-xxxx" in text


@pytest.mark.parametrize(
    ("case", "wanted"),
    [
        ({}, "Samtaler og anden kontakt Der er ikke noteret nogen endnu."),
        ({}, "Samtykker Der er ingen samtykker i sagen."),
        ({"sickness": {"recovered": "2012-11-12"}}, "Raskmeldt fra den 12. november 2012."),
        (
            {"employment": {"status": "under_notice", "notice_ends": "2013-01-31"}},
            "Sidste arbejdsdag er den 31. januar 2013.",
        ),
        (
            {"company_courses": [{"kind": "partial_return", "start": "2012-11-05", "end": "2012-11-12"}]},
            "Delvis raskmelding fra den 5. november 2012 til den 12. november 2012.",
        ),
        (
            {"company_courses": [{"kind": "work_placement", "start": "2012-11-05", "place": "Lageret"}]},
            "Virksomhedspraktik fra den 5. november 2012 hos Lageret.",
        ),
        (
            {"company_courses": [{"kind": "other", "start": "2012-11-05", "days_planned": "9", "days_attended": "0"}]},
            "Andet forløb fra den 5. november 2012; mødt 0 af 9 dage.",
        ),
        (
            {"offers": [{"kind": "mentor", "start": "2012-11-05", "sessions_planned": "6", "relatives": "ja"}]},
            "Tilbud: Mentor fra den 5. november 2012, 6 mødegange planlagt; pårørende har været med.",
        ),
        (
            {"offers": [{"kind": "psychoeducation", "start": "2012-11-05", "sessions_attended": "2"}]},
            "mødt 2 mødegange.",
        ),
        (
            {"outcome": {"date": "2012-11-12", "kind": "not_recovered", "reason": "moved"}},
            "Sagen er lukket fra den 12. november 2012: ophørt uden raskmelding, flyttet til en anden kommune.",
        ),
        ({"education": "unknown"}, "Uddannelse: ikke oplyst."),
        (
            {"web_registrations": [{"number": "2", "date": "2012-11-12", "answers": [HELPS, OWN]}]},
            "Hvor meget hjælper den samlede indsats? I høj grad 2 12. nov. 2012 Egne spørgsmål? much",
        ),
        (
            {"self_ratings": [{"date": "2012-10-22", "value": "3"}, {"date": "2012-11-12", "value": "4"}]},
            "Selvvurderinger 3 den 22. okt. 2012, 4 den 12. nov. 2012. Samtykker",
        ),
        ({"consents": [consent(party="other")]}, "Videregive til en, som samtykket ikke nævner: givet 1. okt. 2012."),
    ],
)
def test_the_caseworkers_sheet_says_it_in_whole_sentences(case: dict[str, Any], wanted: str) -> None:
    assert wanted in said("course-sheet", **case)


@pytest.mark.parametrize(
    ("diagnoses", "wanted"),
    [(["none"], ""), (["unknown"], ""), ([], ""), (["stress", "anxiety"], "Du er sygemeldt med stress og angst.")],
)
def test_the_plan_tells_no_diagnosis_that_is_none(diagnoses: list[str], wanted: str) -> None:
    text = said(sickness={"diagnoses": diagnoses})
    assert wanted in text
    assert ("sygemeldt med" in text) is bool(wanted)
