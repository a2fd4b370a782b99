"""A new case: laid out by what `kvisdocs new` lays out by, and never over another file."""

import re
import shutil

import pytest
from desk_browser import CASE, ROOT, opened


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    made = tmp_path_factory.mktemp("new")
    shutil.copy(ROOT / "cases_yaml/citizens" / f"{CASE}.yaml", made)
    (made / "borgere").mkdir()
    return made


@pytest.fixture(scope="module")
def browser(place):
    with opened(place) as browser:
        yield browser


def create(browser, **fields):
    return browser.post("/ny", data={"form": browser.secrets.csrf, **fields})


def test_a_case_is_laid_out_with_what_the_form_says(browser, place):
    told = {"municipality": "herning", "citizen.first_names": "Anna", "citizen.last_name": "Prøve <b>"}
    page = create(browser, art="citizen", navn="borgere/anna-prøve", **told)
    text = (place / "borgere" / "anna-prøve.yaml").read_text(encoding="utf-8")
    assert page.url.path == "/sag"
    assert "Filen er lavet" in page.text
    assert "municipality: herning\n" in text
    assert "first_names: Anna\n" in text
    assert "UDFYLD" in text
    assert "borgere/anna-prøve.yaml" in browser.get("/").text


def test_an_item_gets_the_fields_of_its_municipality(browser, place):
    create(browser, art="committee", navn="punkt-1", municipality="viborg", title="Et punkt")
    text = (place / "punkt-1.yaml").read_text(encoding="utf-8")
    assert "kind: committee\n" in text
    assert "title: Et punkt\n" in text
    assert "fields:\n" in text


def test_a_case_like_another_has_its_parts_and_nothing_of_its_citizen(browser, place):
    create(browser, art="citizen", navn="efter", efter=f"{CASE}.yaml")
    text = (place / "efter.yaml").read_text(encoding="utf-8")
    assert "Troels Kjeldahl" in text
    assert "\nplan:" in text
    assert "Kirsten" not in text
    assert "640368" not in text
    assert f'value="{CASE}.yaml"' in browser.get("/ny", params={"efter": f"{CASE}.yaml"}).text


def test_what_comes_along_from_another_case_is_told_before_it_does(browser, place):
    """Free text may tell of a person, whatever field it stands in."""
    (place / "punkt.yaml").write_text(
        "kind: committee\nmunicipality: viborg\ntype: decision\ntitle: Zenobia Prøves sag\nnumber: 3\n"
        "legal_basis: Lovens § 7, jf. Zenobia Prøve & <b>søn</b>\nmeeting: {committee: Byrådet, date: 2026-11-04}\n",
        encoding="utf-8",
    )
    page = browser.get("/ny", params={"art": "committee", "efter": "punkt.yaml"}).text
    told = re.search("Kun dette kommer med.*?</ul>", page, re.DOTALL)[0]
    assert re.findall("<li>(.*?)</li>", told) == [
        "Kommunens profil: viborg",
        "Mødet › Udvalg: Byrådet",
        "Punktets art: Beslutning, mærket (B)",
        "Retligt grundlag: Lovens § 7, jf. Zenobia Prøve &amp; &lt;b&gt;søn&lt;/b&gt;",
    ]
    create(browser, art="committee", navn="punkt-efter", efter="punkt.yaml")
    text = (place / "punkt-efter.yaml").read_text(encoding="utf-8")
    assert text.count("Zenobia") == 1
    assert "Kun dette kommer med" not in browser.get("/ny", params={"art": "citizen", "efter": "punkt.yaml"}).text


@pytest.mark.parametrize(
    "name", ["", "borgere/", "../x", "/tmp/x", "ingen/x", "a\\b", ".yaml", "x\0", CASE, "held-back"]
)
def test_what_cannot_be_a_new_file_is_said_and_the_form_keeps_its_text(browser, place, name):
    before = sorted(place.parent.rglob("*"))
    page = create(browser, art="citizen", navn=name, **{"citizen.first_names": '"><script>'})
    assert page.status_code == 422
    assert "Der er ikke lavet nogen fil" in page.text
    assert "&#34;&gt;&lt;script&gt;" in page.text
    assert sorted(place.parent.rglob("*")) == before


def test_a_value_that_check_would_refuse_is_refused(browser, place):
    assert create(browser, art="citizen", navn="y", municipality="findes-ikke\0").status_code == 422
    assert create(browser, art="citizen", navn="y", efter="../x.yaml").status_code == 404
    assert browser.post("/ny", data={"form": "x", "navn": "y"}).status_code == 403
    assert not (place / "y.yaml").exists()
