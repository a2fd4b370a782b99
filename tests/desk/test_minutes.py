"""What came of a meeting, written on the desk: in the meeting's file and its items', and nothing else in them."""

import shutil

import pytest
from desk_browser import ROOT, XSS, fields_of, opened
from meeting_files import CLOSED, NAME, SECOND


@pytest.fixture
def place(tmp_path):
    made = tmp_path / "sager"
    made.mkdir()
    for each in (ROOT / "cases_yaml/committee").glob("moede-*"):
        shutil.copy(each, made)
    return made


@pytest.fixture
def browser(place):
    with opened(place) as browser:
        yield browser


def read(place):
    return {each.name: each.read_text(encoding="utf-8") for each in place.glob("*.yaml")}


def save(browser, sent):
    return browser.post("/referat", params={"fil": NAME}, data=sent)


def test_saving_what_is_there_changes_nothing_and_a_decision_only_its_own_place(browser, place):
    before = read(place)
    sent = fields_of(browser.get("/referat", params={"fil": NAME}))
    assert "Gemt." in save(browser, sent).text
    assert read(place) == before

    new = {**sent, "p0.decisions.text": "Udsat.\r\n\r\n- og drøftet", "m.members.2.attendance": "absent"}
    new |= {"p1.decisions.released": "ja", "m.fixed other.text": f"Intet {XSS}", "m.members.4.arrived": ""}
    page = save(browser, new)
    assert XSS not in page.text
    after = read(place)
    decision = "  - text: |-\n      Udsat.\n\n      - og drøftet\n"
    assert after[SECOND] == before[SECOND].replace("  - text: Indstillingen blev godkendt.\n", decision)
    assert after[CLOSED] == before[CLOSED].rstrip("\n") + "\n    released: ja\n"
    assert "{name: Rikke Hougaard, party: Ø, attendance: absent}" in after[NAME]
    assert "{name: Ahmed Lindeskov, party: F}" in after[NAME]
    assert "  - id: other\n    text: Intet <script>" in after[NAME]

    browser.post("/moede/fortryd", params={"fil": NAME}, data={"form": sent["form"]})  # all of it together
    assert read(place) == before


def test_an_answer_that_check_would_refuse_is_not_saved_and_stays_in_the_form(browser, place):
    before = read(place)
    sent = fields_of(browser.get("/referat", params={"fil": NAME}))
    page = save(browser, {**sent, "m.end": "halv seks", "p0.decisions.text": "Ny tekst"})
    assert page.status_code == 422
    assert "er ikke et klokkeslæt" in page.text
    assert ">\nNy tekst</textarea>" in page.text
    assert read(place) == before
    assert save(browser, {**sent, "form": "x"}).status_code == 403


def test_what_others_saved_meanwhile_stands_beside_what_i_wrote(browser, place):
    sent = fields_of(browser.get("/referat", params={"fil": NAME}))
    theirs = (place / SECOND).read_text(encoding="utf-8").replace("blev godkendt", "blev forkastet")
    (place / SECOND).write_text(theirs, encoding="utf-8")
    before = read(place)
    page = save(browser, {**sent, "p0.decisions.text": "Mit", "m.end": "18:00"})
    assert page.status_code == 409
    assert "Andre har gemt: Indstillingen blev forkastet." in page.text
    assert 'value="18:00"' in page.text
    assert read(place) == before

    assert "Gemt." in save(browser, fields_of(page)).text
    assert read(place)[SECOND] == theirs.replace("Indstillingen blev forkastet.", "Mit")
