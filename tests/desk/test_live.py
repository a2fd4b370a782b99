"""What the page of a case is told while somebody types; nothing of it is saved."""

import shutil

import pytest
from desk_browser import CASE, ROOT, XSS, opened

NAME = "sag.yaml"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    made = tmp_path_factory.mktemp("live")
    shutil.copy(ROOT / "cases_yaml" / "citizens" / f"{CASE}.yaml", made / NAME)
    return made


@pytest.fixture(scope="module")
def browser(place):
    with opened(place) as browser:
        yield browser


@pytest.fixture(scope="module")
def text(place):
    return (place / NAME).read_text(encoding="utf-8")


def ask(browser, grund, **sent):
    data = {"form": browser.secrets.csrf, "grund": grund, "vis": "felter", **sent}
    return browser.post("/kontrol", params={"fil": NAME}, data=data)


def test_fields_are_judged_as_they_stand_and_give_the_new_text(browser, place, text):
    answer = ask(browser, text, **{"felt/citizen/cpr": "12", "felt/sickness/first_day": "i går"}).json()
    assert answer["text"] == text.replace("640368-1238", "12").replace("first_day: 2026-05-18", "first_day: i går")
    assert answer["wrong"] == ["citizen/cpr", "sickness/first_day"]
    assert 'class="error"' in answer["faults"]["citizen/cpr"]
    assert "Borgeren › CPR-nummer" in answer["found"]
    assert answer["count"].startswith("2 fejl")
    assert answer["fields"] is None
    assert (place / NAME).read_text(encoding="utf-8") == text


def test_a_text_gives_the_fields(browser, text):
    answer = ask(browser, text.replace("Kirsten", "Karen")).json()
    assert 'name="felt/citizen/first_names" value="Karen"' in answer["fields"]
    assert answer["wrong"] == []


def test_a_text_that_is_no_yaml_gives_its_problems_and_no_fields(browser, text):
    answer = ask(browser, text + "plan: [\n").json()
    assert (answer["isForm"], answer["fields"]) == (False, None)
    assert "1 fejl" in answer["count"]


def test_a_button_gives_the_fields_and_where_to_go(browser, text):
    answer = ask(browser, text, handling="tilfoej contacts", **{"felt/citizen/first_names": "Karen"}).json()
    assert answer["focus"] == "contacts/@8"
    assert 'id="felt/contacts/@8/date"' in answer["fields"]
    assert "first_names: Karen\n" in answer["text"]


def test_what_cannot_be_written_is_said_at_its_field(browser, text):
    answer = ask(browser, text, **{"felt/citizen/first_names": "Ka\0ren"}).json()
    assert answer["text"] == text
    assert "citizen/first_names" in answer["wrong"]


def test_values_with_markup_come_back_as_text(browser, text):
    answer = ask(browser, text.replace("Kirsten", XSS) + f"ukendt: '{XSS}'\n").json()
    assert all(XSS not in answer[each] for each in ("fields", "found", "documents"))
    assert all(XSS not in each for each in answer["faults"].values())


def test_only_our_own_page_may_ask(browser, text):
    assert ask(browser, text, form="x").status_code == 403
    assert browser.post("/kontrol", params={"fil": "../x.yaml"}, data={"form": browser.secrets.csrf}).status_code == 404
    assert browser.get("/kontrol", params={"fil": NAME}).status_code == 405


def test_the_view_of_the_text_is_judged_too(browser, text):
    data = {"form": browser.secrets.csrf, "tekst": text.replace("cpr: ", "cpr: x"), "vis": "tekst"}
    answer = browser.post("/kontrol", params={"fil": NAME}, data=data).json()
    assert answer["fields"] is None
    assert 'data-line="' in answer["found"]
