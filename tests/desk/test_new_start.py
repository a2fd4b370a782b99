"""What was typed in a form outlives a desk that is closed and started again before it is sent."""

import html
import shutil
from urllib.parse import urlencode

import pytest
from desk_browser import ROOT, XSS, fields_of, opened
from meeting_files import CLOSED, NAME, SECOND

MEETING = {"fil": NAME}
NEW_CASE = {"navn": "ny-sag", "municipality": "herning", "citizen.first_names": f"Anna {XSS}"}
NEW_MEETING = {"navn": "nyt-moede", "municipality": "slagelse", "committee": "Udvalg Å", "date": "2. december 2026"}
FORMS = {
    "case": ("/ny", {}, NEW_CASE, "Lav filen", "ny-sag.yaml"),
    "item of no meeting": ("/ny", {"art": "committee"}, {"navn": "nyt", "title": "Sundhed"}, "Lav filen", "nyt.yaml"),
    "meeting": ("/moede/nyt", {}, NEW_MEETING, "Lav mødet", "nyt-moede.yaml"),
    "item": ("/moede/nyt-punkt", MEETING, {"navn": "nyt", "title": "Sundhed"}, "Lav punktet", "nyt.yaml"),
    "minutes": ("/referat", MEETING, {"p0.decisions.text": "Udsat.", "m.end": "17:30"}, "Gem", NAME),
}


@pytest.fixture
def place(tmp_path):
    made = tmp_path / "sager"
    made.mkdir()
    for each in (ROOT / "cases_yaml/committee").glob("moede-*"):
        shutil.copy(each, made)
    return made


def read(place):
    return {each.name: each.read_bytes() for each in place.glob("*.yaml")}


def open_form(place, path, query):
    """The form as a browser would send it untouched, and the cookies of that start."""
    with opened(place) as before:
        return fields_of(before.get(path, params=query)), dict(before.cookies)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_of_an_earlier_start_comes_again_as_it_was_typed_and_is_saved_from_there(place, form):
    path, query, typed, button, written = FORMS[form]
    fields, old_cookies = open_form(place, path, query)
    address, before = f"{path}?{urlencode(query)}", read(place)
    with opened(place) as now:
        new_cookies, now.cookies = dict(now.cookies), old_cookies
        assert "genindlæs så denne side (F5)" in now.post(address, data={**fields, **typed}).text

        now.cookies = new_cookies
        again = now.post(address, data={**fields, **typed})
        assert again.status_code == 403
        assert "skrivebordet er startet igen" in again.text
        assert f"tryk på {button}." in again.text
        assert XSS not in again.text
        assert read(place) == before
        sent = {name: html.unescape(value) for name, value in fields_of(again).items()}
        assert sent.items() >= typed.items()
        assert now.post(address, data=sent).status_code == 200
    assert read(place)[written] != before.get(written)


def test_a_box_that_was_not_ticked_comes_again_so(place):
    fields, _ = open_form(place, "/moede/nyt-punkt", MEETING)
    with opened(place) as now:
        again = now.post("/moede/nyt-punkt", params=MEETING, data={**fields, "title": "Et punkt"})
    assert 'name="tillaeg" value="ja">' in again.text


def test_minutes_of_an_earlier_start_stand_beside_what_others_saved_meanwhile(place):
    fields, _ = open_form(place, "/referat", MEETING)
    item = place / SECOND
    item.write_text(item.read_text("utf-8").replace("Indstillingen blev godkendt.", "Deres."), "utf-8")
    with opened(place) as now:
        again = now.post("/referat", params=MEETING, data={**fields, "p0.decisions.text": "Mit."})
    assert again.status_code == 409
    assert fields_of(again)["p0.decisions.text"] == "Mit."


def test_minutes_of_a_meeting_that_changed_meanwhile_come_again_to_be_copied(place):
    fields, _ = open_form(place, "/referat", MEETING)
    meeting = place / NAME
    meeting.write_text(meeting.read_text("utf-8").replace(f"  - file: {CLOSED}\n", ""), "utf-8")
    with opened(place) as now:
        again = now.post("/referat", params=MEETING, data={**fields, "p0.decisions.text": "Mit."})
    assert again.status_code == 409
    assert "<pre>Mit.</pre>" in again.text
