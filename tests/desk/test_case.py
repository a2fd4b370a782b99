"""The page of a case: its problems, saving, what somebody else wrote meanwhile, and undoing."""

import errno
import html
import os
import re
import shutil
import stat

import pytest
from desk_browser import CASE, ROOT, XSS, opened

from kvisdocs.application.store import atomic_files
from kvisdocs.application.store.replacement import digest_of
from kvisdocs.cases.yaml.source import MAX_BYTES

EXAMPLE = ROOT / "cases_yaml" / "citizens" / f"{CASE}.yaml"
NAME = "sag.yaml"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("saving")


@pytest.fixture(scope="module")
def browser(place):
    with opened(place) as browser:
        yield browser


@pytest.fixture
def case(place):
    """A case of its own for each test, so that nothing is left to undo."""
    path = place / NAME
    path.unlink(missing_ok=True)
    shutil.copy(EXAMPLE, path)
    return path


def form_of(page):
    """What the page's form would send."""
    text = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page.text, re.DOTALL)[1]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))
    return {**hidden, "tekst": html.unescape(text).replace("\n", "\r\n")}


def opened_form(browser, name=NAME):
    return form_of(browser.get("/sag", params={"fil": name}))


def save(browser, form, name=NAME):
    return browser.post("/sag", params={"fil": name}, data=form)


def changed(form, old, new):
    assert old in form["tekst"]
    return {**form, "tekst": form["tekst"].replace(old, new)}


def test_a_broken_file_opens_as_text_with_all_problems_at_their_lines(desk):
    page = desk.get("/sag", params={"fil": "i stykker.yaml"}).text
    assert XSS not in page
    assert "plan: [" in page
    lines = re.findall(r'<a href="#linje-(\d+)"', page)
    assert len(lines) >= 2
    assert all(f'id="linje-{line}"' in page for line in lines)
    assert '<strong class="error">Fejl:</strong>' in page
    assert "Der kan ikke laves dokumenter, før fejlene er rettet" in page


def test_a_file_that_is_no_text_is_not_edited(browser, place):
    (place / "billede.yaml").write_bytes(b"%PDF-1.7")
    page = browser.get("/sag?fil=billede.yaml").text
    assert "<textarea" not in page
    assert "PDF-fil" in page


def test_saving_changes_what_was_changed_and_nothing_else(browser, case):
    case.chmod(0o640)
    before = case.read_bytes()
    answer = save(browser, changed(opened_form(browser), "Kirsten", "Karsten"))
    assert "Gemt." in answer.text
    assert case.read_bytes() == before.replace(b"Kirsten", b"Karsten")
    assert stat.S_IMODE(case.stat().st_mode) == 0o640
    assert [each.name for each in case.parent.iterdir() if each.name.startswith(".")] == []


def test_saving_what_was_not_changed_touches_nothing(browser, case):
    before = case.stat()
    assert save(browser, opened_form(browser)).status_code == 200
    assert case.stat().st_mtime_ns == before.st_mtime_ns
    assert case.stat().st_ino == before.st_ino


def test_a_file_that_somebody_changed_meanwhile_is_kept_and_both_are_shown(browser, case):
    form = changed(opened_form(browser), "Kirsten", "Min")
    theirs = case.read_bytes().replace(b"Kirsten", b"Deres")
    case.write_bytes(theirs)

    answer = save(browser, form)

    assert answer.status_code == 409
    assert case.read_bytes() == theirs
    assert re.search("<pre>[^<]*first_names: Min", answer.text)
    assert re.search("<pre>[^<]*first_names: Deres", answer.text)
    assert save(browser, form_of(answer)).status_code == 200
    assert case.read_bytes() == theirs.replace(b"Deres", b"Min")


def test_a_file_that_vanished_meanwhile_can_be_saved_again(browser, case):
    form = opened_form(browser)
    case.unlink()

    answer = save(browser, form)

    assert answer.status_code == 409
    assert not case.exists()
    assert "Filen er væk" in answer.text
    save(browser, form_of(answer))
    assert case.read_bytes() == EXAMPLE.read_bytes()


def test_the_last_saves_are_undone_one_by_one(browser, case):
    first = case.read_bytes()
    save(browser, changed(opened_form(browser), "Kirsten", "Anden"))
    second = case.read_bytes()
    save(browser, changed(opened_form(browser), "Anden", "Tredje"))

    for expected in (second, first):
        page = browser.post("/fortryd", params={"fil": NAME}, data={"form": browser.secrets.csrf})
        assert "er fortrudt" in page.text
        assert case.read_bytes() == expected
    assert "Fortryd" not in page.text


def test_nothing_is_undone_over_what_somebody_else_wrote(browser, case):
    save(browser, changed(opened_form(browser), "Kirsten", "Anden"))
    case.write_bytes(b"kind: citizen\n")
    page = browser.post("/fortryd", params={"fil": NAME}, data={"form": browser.secrets.csrf})
    assert "ikke noget at fortryde" in page.text
    assert case.read_bytes() == b"kind: citizen\n"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_what_cannot_be_written_is_said_and_neither_text_is_lost(browser, case, monkeypatch, number):
    before = case.read_bytes()
    form = changed(opened_form(browser), "Kirsten", "Karsten")

    def refuse(*arguments, **named):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(atomic_files.os, "fsync", refuse)
    answer = save(browser, form)

    assert answer.status_code == 503
    assert "Teksten er ikke gemt, og filen er, som den var" in answer.text
    assert form_of(answer)["tekst"] == form["tekst"]
    assert case.read_bytes() == before
    assert [each.name for each in case.parent.iterdir() if each.name.startswith(".")] == []


@pytest.mark.parametrize("sent", [{"form": ""}, {"form": "x"}, {"form": "æ"}])
def test_a_form_from_elsewhere_saves_nothing(browser, case, sent):
    before = case.read_bytes()
    answer = save(browser, {**changed(opened_form(browser), "Kirsten", "Ond"), **sent})
    assert answer.status_code == 403
    assert browser.post("/fortryd", params={"fil": NAME}, data=sent).status_code == 403
    assert case.read_bytes() == before


def test_what_was_typed_outlives_a_new_start_of_the_desk(place, case):
    """The browser sends the same form again when its page is loaded again, after the desk was opened anew."""
    with opened(place) as before:
        form = changed(opened_form(before), "Kirsten", "Karsten")
        old_cookies = dict(before.cookies)
    data = case.read_bytes()
    with opened(place) as now:
        new_cookies = dict(now.cookies)
        now.cookies = old_cookies
        refused = save(now, form)
        assert refused.status_code == 403
        assert "genindlæs så denne side (F5)" in refused.text
        now.cookies = new_cookies
        again = save(now, form)
        assert again.status_code == 403
        assert "skrivebordet er startet igen" in again.text
        assert case.read_bytes() == data
        assert save(now, form_of(again)).status_code == 200
    assert case.read_bytes() == data.replace(b"Kirsten", b"Karsten")


def test_what_is_no_form_is_refused(browser, case):
    for body in (b"\xff", b"&".join(b"a=1" for _ in range(20_001)), b"form=%FF"):
        assert browser.post("/sag", params={"fil": NAME}, content=body).status_code == 400


def test_a_body_without_a_length_is_stopped_when_it_is_too_long(browser, case):
    sent = []

    def endless():
        for number in range(1000):
            sent.append(number)
            yield b"x" * 65536

    assert browser.post("/sag", params={"fil": NAME}, content=endless()).status_code == 413


@pytest.mark.parametrize("page", ["/fortryd", "/kontrol", "/visning", "/koersel/stop"])
def test_an_address_that_is_only_for_forms_is_told_in_danish(browser, page):
    answer = browser.get(page)
    assert answer.status_code == 405
    assert "Den er her ikke" in answer.text


@pytest.mark.parametrize("size", [700_000, 1_990_000, 3_000_000])
def test_a_file_that_could_not_be_sent_back_is_not_opened_to_be_changed(browser, place, size):
    data = EXAMPLE.read_bytes() + b"# \n" * (size // 3)
    (place / "lang.yaml").write_bytes(data)
    page = browser.get("/sag?fil=lang.yaml").text
    assert "for lang til at blive rettet her" in page
    assert "<textarea" not in page


def test_a_long_file_is_shown_as_text_where_a_form_of_its_fields_could_not_be_sent_back(browser, place):
    (place / "lang.yaml").write_bytes(EXAMPLE.read_bytes() + b"# x" * 250_000)
    assert 'id="felter"' not in browser.get("/sag?fil=lang.yaml").text
    assert save(browser, opened_form(browser, "lang.yaml"), "lang.yaml").status_code == 200


def test_of_a_file_that_is_too_large_nothing_is_lost(browser, place):
    """Only its beginning is ever read."""
    file = place / "stor.yaml"
    file.write_bytes(data := EXAMPLE.read_bytes() + b"# x\n" * 600_000)
    opened = digest_of(data[: MAX_BYTES + 1])
    form = {"form": browser.secrets.csrf, "version": opened, "tekst": "kind: citizen"}
    assert "Teksten er ikke gemt" in save(browser, form, "stor.yaml").text
    assert file.read_bytes() == data


@pytest.mark.parametrize("is_form", [True, False])
def test_what_was_typed_is_shown_where_the_folder_was_renamed_meanwhile(browser, place, is_form):
    (place / "mappe").mkdir()
    shutil.copy(EXAMPLE, place / "mappe" / NAME)
    form = opened_form(browser, f"mappe/{NAME}")
    if is_form:
        form = {**form, "grund": form.pop("tekst"), "felt/citizen/first_names": "Karsten"}
    else:
        form = changed(form, "Kirsten", "Karsten")
    shutil.rmtree(place / "mappe")
    answer = save(browser, form, f"mappe/{NAME}")
    assert answer.status_code == 404
    assert "Mappen, den lå i, er her heller ikke mere" in answer.text
    assert "first_names: Karsten" in answer.text


@pytest.mark.parametrize(
    "name", ["../x.yaml", "/tmp/x.yaml", "x/../../x.yaml", "ny/x.yaml", "x.txt", "a\0.yaml", "..\\x.yaml"]
)
def test_nothing_is_saved_outside_the_folder(browser, place, name):
    known = set(place.parent.iterdir())
    form = {"form": browser.secrets.csrf, "version": "", "tekst": "kind: citizen"}
    assert save(browser, form, name).status_code == 404
    assert set(place.parent.iterdir()) == known


def test_a_text_with_markup_comes_back_as_text(browser, case):
    form = {**opened_form(browser), "tekst": '\r\n# </textarea><script>alert(1)</script> "&amp;\r\n'}
    page = save(browser, form)
    assert "<script>alert" not in page.text
    assert form_of(page)["tekst"] == form["tekst"]


def test_a_problem_of_another_file_names_it_without_its_path(browser, case, place):
    """The programme's data lies in the program, of which a caseworker knows nothing; a case of the folder is a link."""
    page = browser.get("/sag", params={"fil": NAME}).text
    assert re.search(r"<li>forenkling-2025\.yaml, linje \d+\. <strong", page)
    assert str(place) not in page
    case.write_bytes(case.read_bytes().replace(b"cpr: 640368-1238", b"cpr: 640368"))
    document = browser.get("/dokument", params={"fil": NAME, "dokument": "follow-up-plan"}).text
    assert re.search(r'<a href="/sag\?fil=sag\.yaml&amp;vis=tekst#linje-14">Linje 14</a>\. <strong', document)
    assert str(place) not in document
