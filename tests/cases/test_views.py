"""What an audience can reach of a case. What a template can print of it: tests/templating/test_no_way_round.py."""

import copy

import pytest
from builders import citizen_case, committee_item
from tokens import leaves, token_case

from kvisdocs.cases.consents.consent import DataType
from kvisdocs.cases.views import (
    ALWAYS,
    DISCLOSED,
    LEAST,
    WHITELISTS,
    Audience,
    view_case,
    view_consent,
    view_model,
)

FULL = token_case()
PATHS = sorted({path for path, _ in leaves(FULL)})
OUTSIDE = (Audience.GP, Audience.EMPLOYER, Audience.PLACEMENT)

WORKPLACE = (
    *("name", "cvr", *(f"contact.{each}" for each in ("name", "title", "phone", "email"))),
    *(f"address.{each}" for each in ("care_of", "street", "place", "postcode", "city", "protected", "lines")),
)
REACHABLE = {
    Audience.GP: """
        case_number caseworker.email caseworker.hours caseworker.name caseworker.phone caseworker.title caseworker.unit
        citizen.cpr citizen.name employment.norm_hours ended gp.address.care_of gp.address.city gp.address.lines
        gp.address.place gp.address.postcode gp.address.protected gp.address.street gp.gln gp.language gp.name gp.phone
        gp.practice gp.provider_number gp.sor municipality plan.agreed plan.goal plan.short_goal
        plan.social.activities.goal plan.social.purpose programme return_plan.kind
        return_plan.steps.end return_plan.steps.hours return_plan.steps.start sickness.category sickness.first_day
        sickness.visitation
    """,
    Audience.EMPLOYER: """
        case_number caseworker.email caseworker.hours caseworker.name caseworker.phone caseworker.title caseworker.unit
        citizen.name employment.employer.address.care_of employment.employer.address.city
        employment.employer.address.lines employment.employer.address.place employment.employer.address.postcode
        employment.employer.address.protected employment.employer.address.street employment.employer.contact.email
        employment.employer.contact.name employment.employer.contact.phone employment.employer.contact.title
        employment.employer.cvr employment.employer.gln employment.employer.name employment.job
        employment.norm_hours municipality
        plan.agreed plan.employment.activities.due plan.employment.activities.duties.what
        plan.employment.activities.duties.who plan.employment.activities.goal
        plan.employment.activities.process_goals plan.employment.activities.progress
        plan.employment.activities.responsible plan.employment.activities.status_note
        plan.employment.activities.status_on plan.employment.activities.sub_goals
        return_plan.contact return_plan.kind
        return_plan.steps.end return_plan.steps.hours return_plan.steps.start return_plan.steps.tasks
        workplace.address.care_of workplace.address.city workplace.address.lines workplace.address.place
        workplace.address.postcode workplace.address.protected workplace.address.street workplace.contact.email
        workplace.contact.name workplace.contact.phone workplace.contact.title workplace.cvr workplace.name
    """,
    Audience.PLACEMENT: """
        case_number caseworker.email caseworker.hours caseworker.name caseworker.phone caseworker.title caseworker.unit
        citizen.name employment municipality
        plan.agreed plan.employment.activities.due plan.employment.activities.duties.what
        plan.employment.activities.duties.who plan.employment.activities.goal
        plan.employment.activities.process_goals plan.employment.activities.progress
        plan.employment.activities.responsible plan.employment.activities.status_note
        plan.employment.activities.status_on plan.employment.activities.sub_goals
        return_plan.contact return_plan.kind
        return_plan.steps.end return_plan.steps.hours return_plan.steps.start return_plan.steps.tasks
        workplace.address.care_of workplace.address.city workplace.address.lines workplace.address.place
        workplace.address.postcode workplace.address.protected workplace.address.street workplace.contact.email
        workplace.contact.name workplace.contact.phone workplace.contact.title workplace.cvr workplace.name
    """,
}


@pytest.mark.parametrize("audience", REACHABLE)
def test_an_audience_reaches_these_values_and_no_others(audience: Audience) -> None:
    assert sorted({path for path, _ in leaves(view_case(FULL, audience, DataType))}) == REACHABLE[audience].split()


def test_the_citizen_reaches_the_whole_case() -> None:
    seen = {path for path, _ in leaves(view_case(FULL, Audience.CITIZEN))}
    assert set(PATHS) - seen == {"kind"}
    assert seen - set(PATHS) == {
        *("citizen.name", "citizen.greeted_as", "citizen.address.lines", "ended"),
        *("gp.address.lines", "employment.employer.address.lines"),
        *("return_plan.place_name", "return_plan.host.address.lines"),
        *(f"workplace.{each}" for each in WORKPLACE),
    }


def test_a_committee_has_no_view_of_a_citizen_nor_a_citizen_of_an_item() -> None:
    with pytest.raises(ValueError, match="a citizen case has no view for the audience committee"):
        view_case(FULL, Audience.COMMITTEE)
    for audience in (Audience.CITIZEN, Audience.GP, Audience.EMPLOYER):
        with pytest.raises(ValueError, match="a committee case has no view"):
            view_case(committee_item(), audience)


def test_every_audience_has_a_whitelist_of_true_paths() -> None:
    assert set(WHITELISTS) == set(Audience)
    for audience in (Audience.CITIZEN, Audience.GP, Audience.EMPLOYER):
        assert dir(view_case(FULL, audience))


def test_a_protected_address_is_for_the_citizens_own_letter() -> None:
    lines = [str(line) for line in FULL.citizen.address.lines]
    for audience in (Audience.GP, Audience.EMPLOYER):
        shown = str([value for _, value in leaves(view_case(FULL, audience, DataType))])
        assert not [line for line in lines if line in shown]
    assert view_case(FULL, Audience.CITIZEN).citizen.address.lines == FULL.citizen.address.lines  # type: ignore[attr-defined]


def test_part_that_the_case_lacks_is_none() -> None:
    assert view_case(citizen_case(), Audience.GP, DataType).plan is None


def test_consent_shows_its_days_and_what_it_covers() -> None:
    assert sorted(dir(view_consent(FULL.consents[0]))) == ["covers", "expires", "given"]


def test_view_has_neither_methods_nor_a_way_to_be_printed_whole() -> None:
    view = view_model(FULL.citizen)
    for name in ("model_dump", "model_construct", "copy", "json", "__dict__", "_other"):
        with pytest.raises(AttributeError):
            getattr(view, name)
    with pytest.raises(TypeError, match="cannot be printed; name one of them: first_names, last_name"):
        str(view)
    assert repr(view).startswith("View(first_names, last_name")


def test_copy_of_a_view_shows_the_same() -> None:
    assert copy.copy(view_model(FULL.citizen)).name == FULL.citizen.name


# ---- what the consent covers ----


def reached(audience: Audience, *covered: DataType) -> set[str]:
    return {path for path, value in leaves(view_case(FULL, audience, covered)) if value is not None}


@pytest.mark.parametrize("audience", OUTSIDE)
def test_without_a_consent_an_outsider_reaches_what_any_letter_holds(audience: Audience) -> None:
    for path in reached(audience):
        assert any(path == always or path.startswith(f"{always}.") for always in ALWAYS[audience]), path


@pytest.mark.parametrize(("audience", "data"), [(a, data) for a in OUTSIDE for data in DISCLOSED[a]])
def test_each_kind_of_data_opens_its_own_paths_and_no_others(audience: Audience, data: DataType) -> None:
    opened = reached(audience, data) - reached(audience)
    assert opened == {path for path in (*PATHS, "ended") if stands_in(path, DISCLOSED[audience][data])} != set()


def stands_in(path: str, above: tuple[str, ...]) -> bool:
    return any(path == each or path.startswith(f"{each}.") for each in above)


def test_an_employer_gets_nothing_of_what_a_consent_cannot_give_him() -> None:
    others = set(DataType) - {DataType.RETURN_PLAN, DataType.EMPLOYMENT_TRACK}
    for audience in (Audience.EMPLOYER, Audience.PLACEMENT):
        assert reached(audience, *others) == reached(audience)


def test_group_of_which_nothing_is_covered_is_none_and_so_is_a_value() -> None:
    view = view_case(FULL, Audience.GP, [DataType.PARTICIPATION])
    assert view.plan is None
    assert view.return_plan is None
    assert view.sickness.category is None  # type: ignore[attr-defined]
    assert view.sickness.first_day == FULL.sickness.first_day  # type: ignore[attr-defined]


def test_every_kind_of_data_opens_something_and_the_least_is_among_them() -> None:
    assert {data for disclosed in DISCLOSED.values() for data in disclosed} == set(DataType)
    for audience, (_, least) in LEAST.items():
        assert least in DISCLOSED[audience]


def test_consents_change_nothing_for_citizen_and_committee() -> None:
    assert reached(Audience.CITIZEN) == reached(Audience.CITIZEN, *DataType)
    assert dir(view_case(committee_item(), Audience.COMMITTEE)) == dir(
        view_case(committee_item(), Audience.COMMITTEE, DataType)
    )
