from datetime import date, timedelta

import pytest
from builders import DOCTOR, citizen_case
from hypothesis import given, settings
from hypothesis import strategies as st

from kvisdocs.cases.model.course import ContactKind
from kvisdocs.programme.course.deadlines import State, StepState, find_step_states
from kvisdocs.programme.rules.rule_registry import load_programme

KVIS = load_programme("kvis-2011")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day(text: str) -> date:
    """`Sun 2012-11-04` → date; the weekday must be the right one."""
    weekday, iso = text.split()
    found = date.fromisoformat(iso)
    assert WEEKDAYS[found.weekday()] == weekday, text
    return found


def row(step: str, on: str, **changes: object) -> StepState:
    return next(state for state in find_step_states(citizen_case(**changes), KVIS, day(on)) if state.id == step)


def ids(on: str, **changes: object) -> list[str]:
    return [state.id for state in find_step_states(citizen_case(**changes), KVIS, day(on))]


@pytest.mark.parametrize(
    ("first_day", "last_day"),
    [
        pytest.param("Mon 2012-09-10", "Sun 2012-11-04", id="deadline on a Sunday stays there"),
        pytest.param("Wed 2012-11-14", "Tue 2013-01-08", id="over the new year"),
        pytest.param("Fri 2012-01-06", "Thu 2012-03-01", id="over a leap day"),
        pytest.param("Thu 2012-01-05", "Wed 2012-02-29", id="on a leap day"),
        pytest.param("Wed 2012-02-29", "Tue 2012-04-24", id="from a leap day"),
        pytest.param("Sat 2011-01-08", "Fri 2011-03-04", id="no leap year"),
        pytest.param("Sun 2012-03-25", "Sat 2012-05-19", id="from the night the clocks change"),
    ],
)
def test_first_talk_is_held_by_the_last_day_of_week_eight(first_day: str, last_day: str) -> None:
    state = row("first_talk", first_day, sickness={"first_day": day(first_day)})
    assert state.deadline == day(last_day)


@pytest.mark.parametrize(
    ("visitation", "last_day"),
    [
        ("Mon 2012-10-22", "Mon 2012-10-29"),
        ("Thu 2012-12-27", "Thu 2013-01-03"),
        ("Wed 2012-02-22", "Wed 2012-02-29"),
        ("Sun 2012-10-28", "Sun 2012-11-04"),
    ],
)
def test_ceb_talk_is_held_within_a_week_of_visitation(visitation: str, last_day: str) -> None:
    state = row("ceb_talk", visitation, sickness={"first_day": "2012-01-02", "visitation": day(visitation)})
    assert state.deadline == day(last_day)


@pytest.mark.parametrize(
    ("ceb_talk", "last_day"),
    [
        ("Fri 2012-10-26", "Mon 2012-10-29"),
        ("Thu 2012-10-25", "Sun 2012-10-28"),
        ("Sun 2012-12-30", "Wed 2013-01-02"),
        ("Mon 2012-02-27", "Thu 2012-03-01"),
    ],
)
def test_job_consultant_agrees_within_three_days_of_the_ceb_talk(ceb_talk: str, last_day: str) -> None:
    changes = {"employment": {"status": "unemployed"}, "steps": {"ceb_talk": day(ceb_talk)}}
    assert row("job_consultant_agreement", ceb_talk, **changes).deadline == day(last_day)


@pytest.mark.parametrize(
    ("done", "on", "state", "days", "words", "tone"),
    [
        ("Sun 2012-11-04", "Mon 2012-11-05", State.IN_TIME, 0, "til tiden", "good"),
        ("Mon 2012-11-05", "Mon 2012-11-05", State.LATE, 1, "1 dag for sent", "bad"),
        ("Tue 2012-11-06", "Wed 2012-11-14", State.LATE, 2, "2 dage for sent", "bad"),
        ("Tue 2012-11-06", "Mon 2012-11-05", State.OVERDUE, 1, "1 dag over fristen", "bad"),
        (None, "Thu 2012-11-01", State.DUE, 3, "senest om 3 dage", "warning"),
        (None, "Sat 2012-11-03", State.DUE, 1, "senest om 1 dag", "warning"),
        (None, "Sun 2012-11-04", State.DUE, 0, "frist i dag", "warning"),
        (None, "Wed 2012-11-07", State.OVERDUE, 3, "3 dage over fristen", "bad"),
    ],
)
def test_a_step_with_a_deadline(done: str | None, on: str, state: State, days: int, words: str, tone: str) -> None:
    found = row("first_talk", on, steps={"first_talk": day(done)} if done else {})
    assert (found.state, found.days, found.words, found.tone) == (state, days, words, tone)


def test_a_whole_course_in_the_programmes_order() -> None:
    case = citizen_case(
        steps={"first_talk": "2012-10-22", "ceb_talk": "2012-10-31", "employer_contact": "2012-11-02"},
        web_registrations=[{"number": "1", "date": "2012-10-31"}, {"number": "2", "date": "2012-11-12"}],
        contacts=[{"date": "2012-11-12", "kind": "phone"}],
    )
    shown = [
        f"{state.label} | {state.deadline or '–'} | {state.done or '–'} | {state.words} | {state.tone}"
        for state in find_step_states(case, KVIS, date(2012, 11, 14))
    ]
    assert shown == [
        "Første samtale i jobcentret | 2012-11-04 | 2012-10-22 | til tiden | good",
        "Samtale på CEB | 2012-10-29 | 2012-10-31 | 2 dage for sent | bad",
        "Tidlig sparring med psykiatrisk speciallæge | – | – | mangler | warning",
        "Kontakt til arbejdsgiver | – | 2012-11-02 | gjort | good",
        "Opfølgningsplan | – | – | mangler | warning",
        "Brev til egen læge | – | – | ingen læge oplyst | neutral",
        "Kontakt hver 14. dag | 2012-11-26 | 2012-11-12 | hver 14. dag holdt | good",
        "Webregistreringer | – | – | 2 af 4 | warning",
    ]


def test_one_row_whole() -> None:
    assert row("ceb_talk", "Wed 2012-10-31", steps={"ceb_talk": "2012-10-31"}) == StepState(
        id="ceb_talk",
        label="Samtale på CEB",
        deadline=date(2012, 10, 29),
        done=date(2012, 10, 31),
        state=State.LATE,
        days=2,
        words="2 dage for sent",
        reason="Samtalen skal holdes senest 1 uge efter visitationen. Visitationen var mandag den 22. oktober 2012, "
        "så fristen er mandag den 29. oktober 2012.",
    )


LETTER_CONSENT = {
    "kind": "disclose",
    "party": "gp",
    "covers": ["at jeg er med i KVIS"],
    "data": ["participation"],
    "given": "2012-10-31",
}


@pytest.mark.parametrize(
    ("gp", "consent", "along", "words"),
    [
        (None, None, (), "ingen læge oplyst"),
        (DOCTOR, None, (), "sendes ikke: intet samtykke"),
        (DOCTOR, {"withdrawn": "2012-11-05"}, (), "sendes ikke: intet samtykke"),
        (DOCTOR, {"expires": "2012-11-13"}, (), "sendes ikke: intet samtykke"),
        (DOCTOR, {}, (), "mangler"),
        (DOCTOR, {}, ("follow-up-plan",), "mangler"),
        (DOCTOR, {}, ("follow-up-plan", "gp-letter"), "sendes sammen med planen"),
    ],
)
def test_a_letter_to_the_doctor_is_owed_only_on_a_consent(
    gp: object, consent: dict[str, str] | None, along: tuple[str, ...], words: str
) -> None:
    consents = [] if consent is None else [{**LETTER_CONSENT, **consent}]
    states = find_step_states(citizen_case(gp=gp, consents=consents), KVIS, day("Wed 2012-11-14"), along)
    assert [each.words for each in states if each.id == "gp_letter"] == [words]


def test_reason_says_why_there_is_no_deadline() -> None:
    without = {"employment": {"status": "unemployed"}}
    reasons = [
        row("psychiatric_consultation", "Mon 2012-10-22").reason,
        row("ceb_talk", "Mon 2012-10-22", sickness={"visitation": None}).reason,
        row("job_consultant_agreement", "Mon 2012-10-22", **without).reason,
    ]
    assert reasons == [
        "Der er ingen fast frist.",
        "Samtalen skal holdes senest 1 uge efter visitationen. "
        "Fristen kan ikke regnes ud, da sagen ingen visitationsdag har.",
        "Aftalen skal være på plads senest 3 dage efter den første samtale på CEB, og alle dage tæller med. "
        "Der er ingen frist endnu, da ”Samtale på CEB” ikke er gjort.",
    ]


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        ("in_job", ["employer_contact"]),
        ("under_notice", ["employer_contact"]),
        ("unemployed", ["job_consultant_agreement"]),
        ("self_employed", []),
    ],
)
def test_the_employment_status_decides_who_is_called(status: str, shown: list[str]) -> None:
    found = ids("Mon 2012-10-22", employment={"status": status})
    assert [step for step in found if step in {"employer_contact", "job_consultant_agreement"}] == shown


def test_return_plan_is_a_step_only_where_the_case_has_one() -> None:
    plan = {"kind": "partial_return", "steps": [{"start": "2012-12-03", "hours": "12", "tasks": "Bilag"}]}
    assert "return_plan" not in ids("Mon 2012-10-22")
    assert "return_plan" in ids("Mon 2012-10-22", return_plan=plan)


def test_a_plan_in_the_case_is_done_on_the_day_it_was_agreed() -> None:
    activity = {"goal": "20 timer", "responsible": "Åse"}
    plan = {"agreed": "2012-11-05", "goal": "Tilbage", "employment": {"purpose": "Job", "activities": [activity]}}
    assert row("follow_up_plan", "Wed 2012-11-14", plan=plan).done == date(2012, 11, 5)
    assert row("follow_up_plan", "Sun 2012-11-04", plan=plan).done is None
    graded = {"kind": "partial_return", "steps": [{"start": "2012-12-03", "hours": "12", "tasks": "Bilag"}]}
    agreed = {**graded, "agreed": "2012-11-05"}
    assert row("return_plan", "Wed 2012-11-14", return_plan=agreed).state is State.DONE
    assert row("return_plan", "Wed 2012-11-14", return_plan=agreed).done == date(2012, 11, 5)
    assert row("return_plan", "Sun 2012-11-04", return_plan=agreed).state is State.MISSING
    assert row("return_plan", "Wed 2012-11-14", return_plan=graded).state is State.MISSING
    noted = row("return_plan", "Wed 2012-11-14", return_plan=agreed, steps={"return_plan": "2012-11-01"})
    assert noted.done == date(2012, 11, 1)


def test_a_step_that_had_time_left_at_the_recovery_lapses() -> None:
    assert "first_talk" in ids("Wed 2012-10-31", sickness={"recovered": "2012-11-01"})
    assert "first_talk" not in ids("Thu 2012-11-01", sickness={"recovered": "2012-11-01"})


def test_an_overdue_step_stops_counting_at_the_recovery() -> None:
    assert row("first_talk", "Mon 2012-12-31", sickness={"recovered": "2012-11-07"}).words == "3 dage over fristen"


def contacts(on: str, *dates: str, **changes: object) -> StepState:
    return row("contacts", on, contacts=[{"date": one, "kind": "phone"} for one in dates], **changes)


def test_fourteen_days_between_contacts_are_kept() -> None:
    state = contacts("Mon 2012-12-03", "2012-11-05", "2012-11-19")
    assert (state.words, state.state, state.deadline) == ("hver 14. dag holdt", State.IN_TIME, date(2012, 12, 3))


def test_fifteen_days_between_contacts_are_one_period() -> None:
    state = contacts("Mon 2012-11-26", "2012-11-05", "2012-11-20")
    assert (state.words, state.tone, state.state, state.days) == ("1 periode over 14 dage", "bad", State.LATE, 1)
    assert state.reason == (
        "Der var ingen kontakt fra mandag den 5. november 2012 til tirsdag den 20. november 2012 (15 dage)."
    )


def test_a_period_that_still_runs_is_overdue() -> None:
    state = contacts("Thu 2012-12-06")
    assert (state.words, state.state, state.days, state.done) == ("1 periode over 14 dage", State.OVERDUE, 31, None)


def test_two_periods_are_both_named() -> None:
    state = contacts("Mon 2012-12-17", "2012-11-12")
    assert state.words == "2 perioder over 14 dage"
    assert state.reason == (
        "Der var ingen kontakt fra mandag den 22. oktober 2012 til mandag den 12. november 2012 (21 dage) "
        "og fra mandag den 12. november 2012 til mandag den 17. december 2012 (35 dage)."
    )


def test_contacts_count_to_the_recovery_and_no_further() -> None:
    state = contacts("Mon 2013-02-04", sickness={"recovered": "2012-11-05"})
    assert (state.words, state.deadline) == ("hver 14. dag holdt", None)


def test_a_talk_among_the_steps_is_a_contact() -> None:
    assert contacts("Mon 2012-11-12", steps={"ceb_talk": "2012-10-29"}).words == "hver 14. dag holdt"


@pytest.mark.parametrize("kind", [kind.value for kind in ContactKind])
def test_in_kvis_every_kind_of_contact_counts(kind: str) -> None:
    state = row("contacts", "Mon 2012-11-19", contacts=[{"date": "2012-11-05", "kind": kind}])
    assert (state.done, state.words) == (date(2012, 11, 5), "hver 14. dag holdt")


@pytest.mark.parametrize("kind", [kind.value for kind in ContactKind])
def test_under_the_law_of_2014_every_kind_counts_but_a_letter(kind: str) -> None:
    case = citizen_case(
        programme="reform-2014",
        sickness={"first_day": "2016-02-01", "visitation": "2016-03-14", "category": "2"},
        steps={"first_talk": "2016-03-14"},
        contacts=[{"date": "2016-04-11", "kind": kind}],
    )
    states = find_step_states(case, load_programme("reform-2014"), day("Mon 2016-05-09"))
    (state,) = (each for each in states if each.id == "follow_ups")
    assert state.words == ("1 periode over 4 uger" if kind == "letter" else "hver 4. uge holdt")


def talk(on: str, about: str | None = None, kind: str = "talk") -> dict[str, str]:
    return {"date": on, "kind": kind, **({"about": about} if about else {})}


@pytest.mark.parametrize(
    ("step", "contacts", "steps", "done"),
    [
        ("first_talk", [talk("2012-10-22")], {}, "2012-10-22"),
        ("first_talk", [talk("2012-10-29"), talk("2012-10-22")], {}, "2012-10-22"),
        ("first_talk", [talk("2012-10-22", kind="joint_talk")], {}, "2012-10-22"),
        ("first_talk", [talk("2012-10-22", kind="phone")], {}, None),
        ("first_talk", [talk("2012-09-09")], {}, None),  # before the sickness
        ("first_talk", [talk("2012-10-22")], {"first_talk": "2012-10-23"}, "2012-10-23"),
        ("first_talk", [talk("2012-10-29")], {"ceb_talk": "2012-10-29"}, None),  # that talk is the other one
        ("first_talk", [talk("2012-10-29", "Samtale på CEB")], {}, None),
        ("ceb_talk", [talk("2012-10-29", "Første samtale på CEB")], {}, "2012-10-29"),
        ("ceb_talk", [talk("2012-10-29", "CEB-samtale om hverdagen", "video")], {}, "2012-10-29"),
        (
            "ceb_talk",
            [talk("2012-10-22", "Første samtale, henvist til CEB"), talk("2012-10-29", "Hos CEB")],
            {},
            "2012-10-29",
        ),
        ("ceb_talk", [talk("2012-10-15", "Samtale på CEB")], {}, None),  # before the visitation
        ("ceb_talk", [talk("2012-10-29", "Om arbejdet")], {}, None),
        ("employer_contact", [talk("2012-11-01", kind="joint_talk")], {}, "2012-11-01"),
        ("employer_contact", [talk("2012-11-01")], {}, None),
        ("psychiatric_consultation", [talk("2012-11-01")], {}, None),
    ],
)
def test_a_talk_among_the_contacts_does_its_step(
    step: str, contacts: list[dict[str, str]], steps: dict[str, str], done: str | None
) -> None:
    state = row(step, "Wed 2012-11-14", contacts=contacts, steps=steps)
    assert state.done == (date.fromisoformat(done) if done else None)


def test_a_talk_that_has_not_been_held_by_then_does_no_step() -> None:
    assert row("first_talk", "Sun 2012-10-21", contacts=[talk("2012-10-22")]).state is State.DUE


def test_a_deadline_runs_from_the_talk_that_does_a_step() -> None:
    work = {"status": "unemployed"}
    held = [talk("2012-10-22"), talk("2012-10-29", "Samtale på CEB")]
    state = row("job_consultant_agreement", "Wed 2012-11-14", employment=work, contacts=held)
    assert state.deadline == date(2012, 11, 1)


def test_contacts_have_no_row_before_the_visitation() -> None:
    assert "contacts" not in ids("Sun 2012-10-21")
    assert "contacts" not in ids("Mon 2012-10-22", sickness={"visitation": None})


def test_web_registrations_name_those_that_are_missing() -> None:
    made = [{"number": str(number), "date": f"2012-11-0{number}"} for number in (1, 2, 3, 4)]
    shown = [
        (state.words, state.state, state.done, state.reason)
        for state in (
            row("web_registrations", "Wed 2012-10-31", web_registrations=made),
            row("web_registrations", "Sat 2012-11-03", web_registrations=made),
            row("web_registrations", "Sun 2012-11-04", web_registrations=made),
        )
    ]
    rule = "Der skal være 4 webregistreringer i et forløb"
    assert shown == [
        ("0 af 4", State.MISSING, None, f"{rule}; nr. 1, 2, 3 og 4 mangler."),
        ("3 af 4", State.MISSING, None, f"{rule}; nr. 4 mangler."),
        ("4 af 4", State.DONE, date(2012, 11, 4), f"{rule}."),
    ]


DAYS = st.dates(date(2011, 10, 1), date(2013, 12, 31))


@settings(deadline=None)
@given(first=DAYS, visited=DAYS, done=st.none() | DAYS, on=DAYS)
def test_the_days_are_those_between_the_deadline_and_the_day_that_counts(
    first: date, visited: date, done: date | None, on: date
) -> None:
    steps = {"ceb_talk": done} if done else {}
    state = row(
        "ceb_talk", f"{WEEKDAYS[on.weekday()]} {on}", sickness={"first_day": first, "visitation": visited}, steps=steps
    )
    assert state.deadline == visited + timedelta(days=7)
    counts = state.done or on
    signed = {State.LATE: state.days, State.OVERDUE: state.days, State.DUE: -state.days}.get(state.state)
    assert signed is None or signed == (counts - state.deadline).days
    assert (state.state is State.IN_TIME) == (state.done is not None and state.done <= state.deadline)
    assert state.done in (None, done)


def test_a_step_that_was_due_on_the_day_of_recovery_is_not_owed() -> None:
    """The course is over on that day; the day before it, it was not."""
    assert row("first_talk", "Mon 2012-11-05").deadline == date(2012, 11, 4)
    assert "first_talk" not in ids("Mon 2012-12-31", sickness={"recovered": "2012-11-04"})
    assert "first_talk" in ids("Mon 2012-12-31", sickness={"recovered": "2012-11-05"})
