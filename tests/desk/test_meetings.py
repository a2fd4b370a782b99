"""Meetings on the desk: the list, the items in order, and each step saved in all files that it concerns or in none."""

import re
import shutil

import pytest
from desk_browser import ROOT, XSS, opened
from meeting_files import CLOSED, NAME, SECOND


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    made = tmp_path_factory.mktemp("moeder") / "sager"
    made.mkdir()
    lay_out(made)
    return made


def lay_out(made):
    for each in (*made.parent.glob("*.yaml"), *made.glob("*.yaml")):
        each.unlink()
    for each in (ROOT / "cases_yaml/committee").glob("moede-*"):
        shutil.copy(each, made)
    (made / "loest.yaml").write_text(make_item(f"Løst {XSS}"), encoding="utf-8")
    (made.parent / "udenfor.yaml").write_text(make_item("Udenfor"), encoding="utf-8")


def make_item(title):
    return (
        "kind: committee\nmunicipality: slagelse\nmeeting: {committee: Byrådet, date: 2026-09-28}\n"
        f'number: "9" # foreløbigt\ntitle: "{title}"\n'
    )


@pytest.fixture(scope="module")
def browser(place):
    with opened(place) as browser:
        yield browser


@pytest.fixture(autouse=True)
def fresh(place):
    lay_out(place)


def read(place):
    return {each.name: each.read_text(encoding="utf-8") for each in place.glob("*.yaml")}


def show(browser, name=NAME, **query):
    return browser.get("/moede", params={"fil": name, **query})


def version_of(page):
    return re.search(r'name="version" value="(\w+)"', page.text)[1]


def step(browser, skridt, name=NAME, version=None, **fields):
    data = {"form": browser.secrets.csrf, "version": version or version_of(show(browser)), "skridt": skridt, **fields}
    return browser.post("/moede", params={"fil": name}, data=data)


def numbered(page):
    return re.findall(r'<span class="number">(\d+)\.</span>\s*(?:<a [^>]*>)?([^<]+)', page.text)


def test_the_list_says_when_where_and_how_far(browser):
    page = browser.get("/moeder").text
    assert "onsdag den 4.\xa0november 2026" in page.replace("\xa02026", " 2026")
    assert "Rådhuset, lokale 1" in page
    assert "<td>3</td>\n<td>Holdt</td>" in page
    assert "1 punkt i mappen er ikke på noget møde" in page


def test_items_stand_in_the_order_and_with_the_numbers_of_the_agenda(browser):
    page = show(browser)
    assert [(number, title.split()[0]) for number, title in numbered(page)] == [
        ("1", "Godkendelse"), ("2", "Samtaler"), ("3", "Tilbud"), ("4", "Gensidig"), ("5", "Eventuelt"),
        ("6", "Statsrefusion"),
    ]  # fmt: skip
    assert "Offentligheden læser: Indkøb" in page.text
    assert "onsdag den 28.\xa0oktober\xa02026</strong>, så der er 4 hverdage imellem" in page.text
    for title in ("Dagsorden – udvalgets udgave", "Beslutningsprotokol", "Referat"):
        assert f">{title}</a>" in page.text


def test_a_title_is_text_and_no_page(browser):
    page = show(browser)
    assert "Løst &lt;script&gt;" in page.text
    assert XSS not in page.text + show(browser, besked="flyttet", fra=XSS, til="1", punkt="0", soeg=XSS).text


def test_down_and_up_again_is_the_same_files(browser, place):
    before = read(place)
    page = step(browser, "ned", punkt="0")
    assert "Punkt 2 er nu punkt 3." in page.text
    focused = re.search(r"<button [^>]*autofocus>", page.text)[0]
    assert 'aria-label="Flyt op: punkt 3, Samtaler' in focused  # it is the last and has no button to go down
    changed = read(place)
    assert [name for name in before if before[name] != changed[name]] == [
        name for name in before if name in (NAME, SECOND, CLOSED)
    ]
    assert changed[CLOSED] == before[CLOSED].replace('number: "3"', 'number: "2"')

    assert "Punkt 3 er nu punkt 2." in step(browser, "op", punkt="1").text
    assert read(place) == before


def test_an_item_is_dropped_at_a_place_and_undone_in_all_files(browser, place):
    before = read(place)
    step(browser, "flyt", punkt="1", plads="0")
    assert numbered(show(browser))[1][1].startswith("Tilbud")
    page = browser.post("/moede/fortryd", params={"fil": NAME}, data={"form": browser.secrets.csrf})
    assert "Det seneste skridt er fortrudt." in page.text
    assert read(place) == before


def test_an_item_is_found_put_on_and_taken_off(browser, place):
    before = read(place)
    assert "Ingen punkter passer." in show(browser, soeg="findes ikke").text
    assert 'value="loest.yaml"' in show(browser, soeg="løst").text
    page = step(browser, "tilfoej", fil="loest.yaml")
    assert numbered(page)[3] == ("4", "Løst &lt;script&gt;alert(1)&lt;/script&gt;")
    assert 'value="loest.yaml"' not in page.text
    changed = read(place)
    assert 'number: "4" # foreløbigt\n' in changed["loest.yaml"]
    assert "committee: Beskæftigelsesudvalget, date: 2026-11-04}" in changed["loest.yaml"]

    page = step(browser, "fjern", punkt="3")
    assert "Punktet er taget af mødet. Filen ligger, hvor den lå." in page.text
    assert {**read(place), "loest.yaml": ""} == {**before, "loest.yaml": ""}


def test_an_item_goes_to_the_supplement_and_back(browser, place):
    before = read(place)
    assert numbered(step(browser, "tillaeg", punkt="0"))[4][1].startswith("Samtaler")
    step(browser, "dagsorden", punkt="0")
    assert read(place) == before


def test_a_meeting_changed_meanwhile_is_not_touched_and_both_versions_are_shown(browser, place):
    opened_version = version_of(show(browser))
    theirs = (place / NAME).read_text(encoding="utf-8").replace("lokale 1", "lokale 7")
    (place / NAME).write_text(theirs, encoding="utf-8")
    before = read(place)
    page = step(browser, "ned", version=opened_version, punkt="0")
    assert page.status_code == 409
    assert "er ændret, siden du åbnede den" in page.text
    mine = re.search(r'<textarea id="tekst"[^>]*>\n(.*?)</textarea>', page.text, re.DOTALL)[1]
    assert "lokale 1" in mine
    assert mine.index(CLOSED) < mine.index(SECOND)
    assert "lokale 7" in page.text
    assert read(place) == before
    assert step(browser, "ned", version="0" * 64, punkt="0").status_code == 409
    assert read(place) == before


def test_items_with_other_numbers_than_their_places_are_put_right(browser, place):
    before = read(place)
    (place / SECOND).write_text(before[SECOND].replace('number: "2"', 'number: "8"'), encoding="utf-8")
    assert "Ret numrene i punkterne" in show(browser).text
    assert "Ret numrene i punkterne" not in step(browser, "numre").text
    assert read(place) == before


def test_what_is_no_step_and_no_file_of_the_folder_is_refused(browser, place):
    before = read(place)
    for fields in ({"skridt": "slet"}, {"skridt": "op", "punkt": "x"}, {"skridt": "op", "punkt": "77"}):
        assert step(browser, **fields).status_code == 400
    for fil in ("../udenfor.yaml", "/etc/passwd", "findes-ikke.yaml", "~/x.yaml"):
        assert step(browser, "tilfoej", fil=fil).status_code == 404
    for fil in (SECOND, NAME):  # one is there, the other is no item
        assert step(browser, "tilfoej", fil=fil).status_code == 422
    for name in ("../udenfor.yaml", "loest.yaml", "findes-ikke.yaml"):
        assert show(browser, name).status_code == 404
        assert step(browser, "op", name=name, version="x").status_code == 404
    foreign = browser.post("/moede", params={"fil": NAME}, data={"form": "x", "skridt": "op", "punkt": "1"})
    assert foreign.status_code == 403
    assert read(place) == before


def test_a_meeting_that_lists_a_file_outside_of_the_folder_does_not_have_it_written(browser, place):
    outside = place.parent / "udenfor.yaml"
    before = outside.read_bytes()
    text = (place / NAME).read_text(encoding="utf-8").replace(SECOND, "../udenfor.yaml")
    (place / NAME).write_text(text, encoding="utf-8")
    step(browser, "ned", punkt="0")
    assert outside.read_bytes() == before


def test_a_broken_meeting_is_shown_as_far_as_it_goes(browser, place):
    text = (place / NAME).read_text(encoding="utf-8").replace("date: onsdag", "date: torsdag")
    (place / NAME).write_text(text, encoding="utf-8")
    page = show(browser)
    assert page.status_code == 200
    assert "Fristerne kan ikke regnes ud, før mødet har en dato." in page.text
    assert "Der kan ikke laves dokumenter, før fejlene er rettet." in page.text
    assert len(numbered(page)) == 6


def create(browser, page="/moede/nyt", params=None, **fields):
    return browser.post(page, params=params, data={"form": browser.secrets.csrf, **fields})


def test_a_new_meeting_has_the_members_of_the_one_before_and_the_items_of_its_day(browser, place):
    item = make_item("Til det nye").replace("Byrådet", "Beskæftigelsesudvalget").replace("2026-09-28", "2026-12-02")
    (place / "nyt.yaml").write_text(item, encoding="utf-8")
    told = {"municipality": "slagelse", "committee": "Beskæftigelsesudvalget", "start": "kl. 16"}
    bad = create(browser, navn="moede-ny", date="tirsdag den 2. december 2026", **told)
    assert bad.status_code == 422
    assert "den dag er en onsdag" in bad.text
    assert not (place / "moede-ny.yaml").exists()

    page = create(browser, navn="moede-ny", date="2. december 2026", **told)
    assert "Mødet er lavet." in page.text
    assert [title.strip() for _, title in numbered(page)][:2] == ["Godkendelse af dagsorden", "Til det nye"]
    text = (place / "moede-ny.yaml").read_text(encoding="utf-8")
    assert "date: 2026-12-02\n" in text
    assert 'start: "16:00"\n' in text
    assert "  - name: Jens-Ulrik Vang\n    party: V\n    # attendance" not in text  # another member is the last
    assert "  - name: Karen Holmegaard\n    party: A\n    role: formand\n" in text
    assert "Stenstrup" not in text
    assert 'number: "2" # foreløbigt' in (place / "nyt.yaml").read_text(encoding="utf-8")
    assert create(browser, navn="moede-ny", date="2. december 2026", **told).status_code == 422  # never over a file
    assert (place / "moede-ny.yaml").read_text(encoding="utf-8") == text


def test_a_meeting_without_items_gets_its_first(browser, place):
    create(browser, navn="tomt", municipality="slagelse", committee="Byrådet", date="2026-11-18")
    page = step(browser, "tilfoej", "tomt.yaml", version_of(show(browser, "tomt.yaml")), fil="loest.yaml")
    assert numbered(page)[1][0] == "2"
    assert "UDFYLD" in (place / "tomt.yaml").read_text(encoding="utf-8")  # nobody knows the members yet


def test_a_new_item_is_put_on_its_meeting_and_leads_back(browser, place):
    before = read(place)
    bad = create(browser, "/moede/nyt-punkt", {"fil": NAME}, title=XSS, navn="../ud")
    assert bad.status_code == 422
    assert XSS not in bad.text
    page = create(browser, "/moede/nyt-punkt", {"fil": NAME}, title="Et helt nyt punkt", navn="nyt-punkt")
    assert page.url.path == "/moede"
    assert numbered(page)[3] == ("4", "Et helt nyt punkt")
    text = (place / "nyt-punkt.yaml").read_text(encoding="utf-8")
    assert "municipality: slagelse\n" in text
    assert "\nnumber: '4'\n" in text
    assert "  date: '2026-11-04'\n" in text
    assert read(place)[SECOND] == before[SECOND]
    assert create(browser, "/moede/nyt-punkt", {"fil": "loest.yaml"}, title="x", navn="y").status_code == 404
    assert browser.post("/moede/nyt-punkt", params={"fil": NAME}, data={"title": "x"}).status_code == 403
