"""What no form of a meeting may reach, and no text of one may do. Each attack has its test."""

import os
import re
import shutil
from urllib.parse import quote

import pytest
from desk_browser import ADDRESS, ROOT, XSS, fields_of, opened
from markupsafe import escape
from meeting_files import CLOSED, NAME, SECOND

from kvisdocs.desk.meetings import meeting_pages
from kvisdocs.desk.meetings.minutes import MOST_FIELDS
from kvisdocs.desk.security import MAX_BODY_BYTES

PAGES = ["/moede", "/moede/fortryd", "/moede/nyt-punkt", "/referat"]
"""Those that take a form for a meeting of the folder."""

SECRET = "hemmeligheden"
OUTSIDE = f"""kind: committee
municipality: slagelse
meeting: {{committee: Beskæftigelsesudvalget, date: 2026-11-04}}
number: "9"
title: {SECRET}
decisions:
  - text: {SECRET}
"""

NAMES = [
    "", ".", "..", "../udenfor.yaml", "%2e%2e/udenfor.yaml", "..\\udenfor.yaml", "/etc/passwd", "C:/x.yaml",
    "genvej.yaml", "mappe/udenfor.yaml", f"{NAME}\0", f"{NAME}/", f"{NAME}/../../udenfor.yaml", ".skjult/x.yaml",
    "x" * 5000 + ".yaml", "\udcff.yaml", "moede", SECOND, "findes-ikke.yaml",
]  # fmt: skip
"""What is no meeting of the folder."""

TRICKS = [
    XSS,
    f"</textarea>{XSS}",
    f'"> {XSS}',
    "' onfocus='alert(1)",
    '" autofocus onfocus="alert(1)',
    "{{ 77 * 777 }}",
]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    made = tmp_path_factory.mktemp("angreb") / "sager"
    made.mkdir()
    return made


@pytest.fixture(scope="module")
def browser(place):
    with opened(place) as browser:
        yield browser


@pytest.fixture(autouse=True)
def before(place, monkeypatch):
    """The files of the folder, and one beside it that a run from here could read; all as they were laid out."""
    monkeypatch.chdir(place.parent)
    for each in (*place.parent.glob("*.yaml"), *place.iterdir()):
        shutil.rmtree(each) if each.is_dir() and not each.is_symlink() else each.unlink()
    for each in (ROOT / "cases_yaml/committee").glob("moede-*"):
        shutil.copy(each, place)
    (place.parent / "udenfor.yaml").write_text(OUTSIDE, encoding="utf-8")
    (place / "genvej.yaml").symlink_to(place.parent / "udenfor.yaml")
    (place / "mappe").symlink_to(place.parent)
    return read(place)


def read(place):
    return {
        path: path.read_text(encoding="utf-8") for folder in (place.parent, place) for path in folder.glob("*.yaml")
    }


def rewrite(place, old, new, name=NAME):
    text = (place / name).read_text(encoding="utf-8")
    assert old in text
    (place / name).write_text(text.replace(old, new), encoding="utf-8")


def show(browser, page="/moede", **query):
    return browser.get(page, params={"fil": NAME, **query})


def form(browser, page="/moede"):
    """The fields of a page as they stand, with a step that would move an item."""
    if page == "/referat":
        return {**fields_of(show(browser, page)), "p0.decisions.text": "Nyt"}
    version = re.search(r'name="version" value="(\w+)"', show(browser).text)[1]
    fields = {"form": browser.secrets.csrf, "version": version, "skridt": "ned", "punkt": "0"}
    return {**fields, "navn": "nyt-punkt", "title": "Nyt"} if page == "/moede/nyt-punkt" else fields


def send(browser, page, data, **more):
    return browser.post(page, params={"fil": NAME}, data=data, **more)


@pytest.mark.parametrize("page", PAGES)
def test_no_name_leads_out_of_the_folder_or_to_what_is_no_meeting(browser, place, before, page):
    fields = form(browser, page)
    for name in NAMES:
        asked = f"{page}?fil={quote(name, errors='surrogateescape')}"
        answers = [browser.post(asked, data=fields)]
        answers += [] if page == "/moede/fortryd" else [browser.get(asked)]
        for answer in answers:
            is_form = page == "/referat" and answer is answers[0]  # which shows what was written: it may be gone
            assert answer.status_code in ((404, 409) if is_form else (404,)), name[:40]
            assert SECRET not in answer.text
    assert read(place) == before


@pytest.mark.parametrize("name", [name for name in NAMES if name not in (SECOND, "\udcff.yaml")])
def test_no_item_comes_from_outside_nor_is_one_laid_out_there(browser, place, before, name):
    answer = send(browser, "/moede", {**form(browser), "fil": name, "skridt": "tilfoej"})
    assert answer.status_code == 404
    assert SECRET not in answer.text
    if name not in ("moede", "findes-ikke.yaml"):  # which are names like others
        assert send(browser, "/moede/nyt-punkt", {**form(browser, "/moede/nyt-punkt"), "navn": name}).status_code == 422
    assert read(place) == before


@pytest.mark.parametrize("page", PAGES)
def test_a_form_that_is_none_of_ours_is_refused(browser, place, before, page):
    fields = form(browser, page)
    for secret in ({"form": "x"}, {"form": ""}, {"form": "æ"}):
        assert send(browser, page, {**fields, **secret}).status_code == 403
    del fields["form"]
    assert send(browser, page, fields).status_code == 403
    assert browser.post(page, params={"fil": NAME, "form": browser.secrets.csrf}, data=fields).status_code == 403
    assert read(place) == before


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("origin", ["null", "http://evil.example", f"{ADDRESS}.evil.example"])
def test_another_origin_and_whoever_was_not_let_in_are_refused(browser, place, before, page, origin):
    fields = form(browser, page)
    assert send(browser, page, fields, headers={"origin": origin}).status_code == 403
    assert browser.get(page, params={"fil": NAME}, headers={"origin": origin}).status_code == 403
    browser.cookies, kept = {}, browser.cookies
    try:
        assert send(browser, page, fields).status_code == 403
    finally:
        browser.cookies = kept
    assert read(place) == before


@pytest.mark.parametrize("trick", TRICKS)
def test_what_a_file_says_is_text_and_no_page(browser, place, trick):
    value = "'" + trick.replace("'", "''") + "'"
    for name, old in [
        (NAME, "Beskæftigelsesudvalget"), (NAME, "Rådhuset, lokale 1"), (NAME, "Karen Holmegaard"),
        (NAME, "Dagsordenen blev godkendt."), (NAME, '"17:25"'), (SECOND, "Indstillingen blev godkendt."),
        (SECOND, "Samtaler den første uge for sygemeldte"), (CLOSED, "Indkøb"),
    ]:  # fmt: skip
        if old in (place / name).read_text(encoding="utf-8"):
            rewrite(place, old, value, name)
    rewrite(place, "    extract: ja", f"    withdrawn: {value}")
    for page in (show(browser), show(browser, "/referat"), browser.get("/moeder")):
        assert page.status_code == 200
        assert str(escape(trick)) in page.text
        is_harmless(page)
    conflict = send(browser, "/referat", {**form(browser, "/referat"), "v.0": "x", "p0.decisions.text": trick})
    assert conflict.status_code == 409
    is_harmless(conflict)


def is_harmless(page):
    assert "<script>" not in page.text
    assert "onfocus='" not in page.text
    assert 'onfocus="' not in page.text
    assert "59829" not in page.text


@pytest.mark.parametrize("trick", TRICKS)
def test_what_somebody_sends_is_text_and_no_page(browser, place, before, trick):
    query = dict.fromkeys(("besked", "fra", "til", "punkt", "skridt", "soeg"), trick)
    is_harmless(show(browser, **query))
    is_harmless(show(browser, **{**query, "besked": "flyttet"}))
    fields = {**form(browser, "/referat"), "m.end": trick, "p0.decisions.text": trick, "m.members.0.arrived": trick}
    refused = send(browser, "/referat", fields)
    assert refused.status_code == 422
    is_harmless(refused)
    for key in ("skridt", "punkt", "plads"):
        is_harmless(send(browser, "/moede", {**form(browser), key: trick}))
    laid_out = {**form(browser, "/moede/nyt-punkt"), "title": trick, "navn": "../x"}
    is_harmless(send(browser, "/moede/nyt-punkt", laid_out))
    assert {path.name for path in read(place)} == {path.name for path in before}
    assert {path: text for path, text in read(place).items() if path.parent != place} == {
        path: text for path, text in before.items() if path.parent != place
    }


def test_what_is_too_much_is_refused_and_nothing_written(browser, place, before):
    fields = form(browser, "/referat")
    assert send(browser, "/referat", {**fields, "p0.decisions.text": "x" * MAX_BODY_BYTES}).status_code == 413
    many = {f"x{number}": "" for number in range(MOST_FIELDS)}
    assert send(browser, "/referat", {**fields, **many}).status_code == 400
    assert send(browser, "/moede", {**form(browser), **many}).status_code == 400
    assert browser.post("/referat", params={"fil": NAME}, content="form=æ".encode("latin-1")).status_code == 400
    assert read(place) == before


def test_a_long_decision_is_kept_whole(browser, place):
    long = "\n\n".join(f"Afsnit {number}:{' ord' * 200}" for number in range(150))
    assert send(browser, "/referat", {**form(browser, "/referat"), "p0.decisions.text": long}).status_code == 200
    assert fields_of(show(browser, "/referat"))["p0.decisions.text"] == long


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\ufffe", "\u202e"])
def test_a_sign_that_no_case_may_hold_is_not_saved(browser, place, before, sign):
    refused = send(
        browser, "/referat", {**form(browser, "/referat"), "p0.decisions.text": f"Ja{sign}nej", "m.end": "18:00"}
    )
    assert refused.status_code == 422
    assert 'value="18:00"' in refused.text
    assert read(place) == before


def test_bytes_that_are_no_text_are_refused(browser, place, before):
    body = f"form={browser.secrets.csrf}&p0.decisions.text=%ED%A0%80%FF"
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = browser.post("/referat", params={"fil": NAME}, content=body, headers=headers)
    assert answer.status_code == 400
    assert read(place) == before


def test_fields_that_the_form_does_not_have_are_not_written(browser, place, before):
    more = {
        "m.kind": "citizen", "m.items.0.file": "../udenfor.yaml", "m.items.9.withdrawn": "x", "m.members.99.name": "x",
        "p0.title": "x", "p0.decisions.0.text": "x", "p9.decisions.text": "x", "p-1.decisions.text": "x",
        "m.fixed other.id": "x", "m.fixed nyt.text": "x", "m.__class__": "x", ".": "x", "": "x",
    }  # fmt: skip
    fields = fields_of(show(browser, "/referat"))
    assert "Gemt." in send(browser, "/referat", {**fields, **more}).text
    assert read(place) == before


def test_numbers_that_are_no_places_are_refused(browser, place, before):
    for punkt in ("-1", "3", "٣", "1e9", "99999", "999999", "0x1", " 0", "0\n"):
        answer = send(browser, "/moede", {**form(browser), "punkt": punkt})
        assert answer.status_code == 400, punkt
    assert read(place) == before


@pytest.mark.parametrize("name", ["../udenfor.yaml", "genvej.yaml", "mappe/udenfor.yaml"])
def test_a_decision_of_an_item_outside_of_the_folder_is_refused_and_stays_in_the_form(browser, place, name):
    rewrite(place, SECOND, name)
    known = read(place)
    page = send(browser, "/referat", {**form(browser, "/referat"), "m.end": "18:00"})
    assert page.status_code == 422
    assert "ligger uden for skrivebordets mappe" in page.text
    assert ">\nNyt</textarea>" in page.text
    assert read(place) == known


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../../udenfor.yaml", "x" * 5000, "nul\\0.yaml", "mappe", "rør.yaml", NAME]
)
def test_an_item_that_is_no_file_of_the_folder_stops_no_page(browser, place, name):
    os.mkfifo(place / "rør.yaml")
    rewrite(place, f"file: {SECOND}", f'file: "{name}"')
    known = (place / NAME).read_bytes()
    assert show(browser).status_code == show(browser, "/referat").status_code == 200
    assert send(browser, "/moede", form(browser)).status_code in (200, 422)
    assert send(browser, "/referat", fields_of(show(browser, "/referat"))).status_code in (200, 422)
    send(browser, "/moede", {**form(browser), "skridt": "op", "punkt": "1"})
    assert (place / NAME).read_bytes() == known
    (place / "rør.yaml").unlink()


@pytest.mark.parametrize(
    "text",
    ["items: x", "items: {}", "items: [[[]]]", "items: [null, {file: []}]", "first_number: -1",
     "members: x\nitems: []", "members: [x, {name: []}]", "members: [{substitute: x}]\nfixed: x", "date: {a: b}",
     "fixed: [x, {id: [a]}, {id: approval, text: [b]}]"],
)  # fmt: skip
def test_a_meeting_in_any_state_is_a_page(browser, place, text):
    (place / NAME).write_text(f"kind: meeting\nmunicipality: slagelse\n{text}\n", encoding="utf-8")
    for page in (show(browser), show(browser, "/referat"), browser.get("/moeder")):
        assert page.status_code == 200
    for step in ("ned", "fjern", "tillaeg", "numre"):
        assert send(browser, "/moede", {**form(browser), "skridt": step}).status_code < 500
    assert send(browser, "/referat", fields_of(show(browser, "/referat"))).status_code < 500


def saved_by_others(place, name, old, new):
    rewrite(place, old, new, name)
    return read(place)


def test_what_somebody_wrote_goes_with_its_item_where_others_moved_it_meanwhile(browser, place):
    fields = {**form(browser, "/referat"), "p0.decisions.text": "Min tekst", "m.members.2.arrived": "3"}
    send(browser, "/moede", form(browser))  # item 2 is item 3 now
    rewrite(place, "  - {name: Karen Holmegaard, party: A, role: formand}\n", "")
    known = read(place)
    page = send(browser, "/referat", fields)
    assert page.status_code == 409
    assert read(place) == known
    shown = fields_of(page)
    assert (shown["p1.decisions.text"], shown["p0.decisions.text"]) == ("Min tekst", "Indstillingen blev tiltrådt.")
    assert (shown["m.members.1.arrived"], shown["m.members.2.arrived"]) == ("3", "")
    assert "Andre har gemt:" not in page.text

    assert "Gemt." in send(browser, "/referat", shown).text
    after = read(place)
    assert after[place / SECOND] == known[place / SECOND].replace("Indstillingen blev godkendt.", "Min tekst")
    assert after[place / CLOSED] == known[place / CLOSED]
    assert "{name: Rikke Hougaard, party: Ø, arrived: 3}" in after[place / NAME].replace('"', "")


def test_what_somebody_wrote_is_shown_where_its_item_is_gone(browser, place):
    fields = form(browser, "/referat")
    send(browser, "/moede", {**form(browser), "skridt": "fjern"})
    known = read(place)
    page = send(browser, "/referat", fields)
    assert page.status_code == 409
    assert f"<li>{SECOND}:<pre>Nyt</pre></li>" in page.text
    assert read(place) == known


@pytest.mark.parametrize("text", [None, "", "kind: [", "kind: citizen\n"])
def test_what_somebody_wrote_is_shown_where_the_meeting_is_gone(browser, place, text):
    fields = form(browser, "/referat")
    kept = (place / NAME).read_text(encoding="utf-8")
    (place / NAME).unlink()
    if text is not None:
        (place / NAME).write_text(text, encoding="utf-8")
    known = read(place)
    page = send(browser, "/referat", fields)
    assert page.status_code == 409
    assert "kopiér det, før du lukker siden" in page.text
    assert read(place) == known

    (place / NAME).write_text(kept, encoding="utf-8")  # somebody puts it back
    assert "Gemt." in send(browser, "/referat", fields_of(page)).text
    assert "Nyt" in read(place)[place / SECOND]


def test_versions_that_the_desk_never_showed_are_a_conflict_and_lose_nothing(browser, place, before):
    for key in ("v.m", "v.0", "v.2"):
        for version in ("", "0" * 64, XSS):
            page = send(browser, "/referat", {**form(browser, "/referat"), key: version})
            assert page.status_code == 409
            assert "Nyt</" in page.text
            assert XSS not in page.text
    assert send(browser, "/moede", {**form(browser), "version": XSS}).status_code == 409
    assert read(place) == before


def test_an_item_saved_between_reading_and_writing_is_a_conflict(browser, place, monkeypatch):
    """The step is worked out, and then somebody saves one of the items that it would write."""
    taken = []

    def save_first(services, changes):
        if not taken:
            taken.append(saved_by_others(place, CLOSED, "Indkøb", "Køb"))
        return save(services, changes)

    save = meeting_pages.save_changes
    monkeypatch.setattr(meeting_pages, "save_changes", save_first)
    page = send(browser, "/moede", form(browser))
    assert page.status_code == 409
    assert read(place) == taken[0]
