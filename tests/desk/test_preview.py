"""A document of a form that is not saved: made from what stands in the browser, and kept only to be looked at."""

import shutil

import pytest
from desk_browser import CASE, ROOT, opened

from kvisdocs.desk.papers import Papers

NAME = "sag.yaml"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    made = tmp_path_factory.mktemp("preview")
    shutil.copy(ROOT / "cases_yaml" / "citizens" / f"{CASE}.yaml", made / NAME)
    return made


@pytest.fixture(scope="module")
def browser(place):
    with opened(place) as browser:
        yield browser


def make(browser, query=None, text=None, **sent):
    grund = (browser.place / NAME).read_text(encoding="utf-8") if text is None else text
    data = {"form": browser.secrets.csrf, "grund": grund, "dokument": "follow-up-plan", **sent}
    return browser.post("/visning", params={"fil": NAME, **(query or {})}, data=data, follow_redirects=False)


@pytest.fixture(autouse=True)
def _place(browser, place):
    browser.place = place


def test_what_is_typed_is_in_the_document_and_not_in_the_file(browser, place):
    before = (place / NAME).read_bytes()
    answer = make(browser, **{"felt/citizen/first_names": "Karoline"})
    assert answer.status_code == 303
    paper = browser.get(answer.headers["location"])
    assert "Karoline" in paper.text
    assert "Kirsten" not in paper.text
    assert paper.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert (place / NAME).read_bytes() == before


def test_a_text_is_shown_as_it_is_typed(browser, place):
    text = (place / NAME).read_text(encoding="utf-8").replace("Kirsten", "Karoline")
    answer = make(browser, {"svar": "adresse"}, text=text).json()
    assert "Karoline" in browser.get(answer["address"]).text
    assert answer["faults"] == ""


def test_pages_are_a_pdf(browser):
    answer = make(browser, {"format": "pdf"})
    paper = browser.get(answer.headers["location"])
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")


def test_what_cannot_be_made_is_said_in_the_frame_and_above_it(browser):
    wrong = {"felt/citizen/cpr": "<b>1"}
    answer = make(browser, **wrong)
    assert answer.status_code == 422
    assert "&lt;b&gt;1" in answer.text
    assert answer.headers["content-security-policy"].startswith("sandbox")
    told = make(browser, {"svar": "adresse"}, **wrong).json()
    assert told["address"] == ""
    assert "&lt;b&gt;1" in told["faults"]
    assert make(browser, **{"felt/citizen/first_names": "\0"}).status_code == 422


def test_what_there_is_not_is_not_found(browser):
    assert make(browser, dokument="x").status_code == 404
    assert make(browser, {"format": "docx"}).status_code == 404
    assert make(browser, {"fil": "../x.yaml"}).status_code == 404
    assert make(browser, form="x").status_code == 403
    assert browser.get("/papir", params={"id": "x"}).status_code == 404
    assert browser.get("/papir").status_code == 404


def test_only_the_last_documents_are_kept():
    kept = Papers(most_bytes=30)
    first, second = (kept.keep(b"x" * 20, "html").rpartition("=")[2] for _ in range(2))
    assert kept.find(first) is None
    assert kept.find(second).data == b"x" * 20
