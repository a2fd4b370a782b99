"""A case as fields: what the page shows, saving, the buttons of lists, and that nothing typed is lost."""

import html
import re
import shutil

import pytest
from desk_browser import CASE, ROOT, XSS, opened

EXAMPLE = ROOT / "cases_yaml" / "citizens" / f"{CASE}.yaml"
NAME = "sag.yaml"
ODD = f"""kind: committee
municipality: viborg
ukendt: {XSS}
title: '"><img src=x onerror=alert(1)>'
headings:
  '{XSS}': "</textarea>{XSS}"
type: '"{XSS}'
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("form")


@pytest.fixture(scope="module")
def browser(place):
    with opened(place) as browser:
        yield browser


@pytest.fixture
def case(place):
    path = place / NAME
    path.unlink(missing_ok=True)
    shutil.copy(EXAMPLE, path)
    return path


def fields_of(page):
    """What a browser would send of a case's form, in its order."""
    text = page.text[page.text.index('<form id="sagen"') :]
    text = text[: text.index("</form>")]
    found = []
    pattern = re.compile(
        r"<input (?P<input>[^>]*)>|<textarea (?P<area>[^>]*)>\n(?P<text>.*?)</textarea>"
        r"|<select (?P<select>[^>]*)>(?P<options>.*?)</select>",
        re.DOTALL,
    )
    for each in pattern.finditer(text):
        tag = each["input"] or each["area"] or each["select"]
        name = re.search(r'name="([^"]*)"', tag)
        if 'type="checkbox"' in tag and " checked" not in tag:
            continue
        if each["select"]:
            value = re.search(r'<option value="([^"]*)" selected', each["options"])
            value = value[1] if value else ""
        else:
            value = each["text"] if each["area"] else re.search(r'value="([^"]*)"', tag)
            value = value if isinstance(value, str) else value[1] if value else ""
        found.append((html.unescape(name[1]), html.unescape(value).replace("\n", "\r\n")))
    return found


def opened_fields(browser, name=NAME):
    return fields_of(browser.get("/sag", params={"fil": name}))


def send(browser, fields, name=NAME):
    data = {}
    for key, value in fields:
        data.setdefault(key, []).append(value)
    return browser.post("/sag", params={"fil": name}, data=data)


def filled(fields, **values):
    """The fields with others in their place; `__` stands for the `/` of a path."""
    wanted = {f"felt/{key.replace('__', '/')}": value for key, value in values.items()}
    assert wanted.keys() <= {key for key, _ in fields}
    return [(key, wanted.get(key, value)) for key, value in fields]


def test_a_form_that_nobody_touched_writes_nothing(browser, case):
    before = case.stat()
    answer = send(browser, opened_fields(browser))
    assert "Gemt." in answer.text
    assert (case.stat().st_mtime_ns, case.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_field_that_was_changed_is_written_and_no_other_byte(browser, case):
    before = case.read_bytes()
    fields = filled(opened_fields(browser), citizen__first_names="Karen Æ", sickness__first_day="19. maj 2026")
    answer = send(browser, fields)
    assert str(answer.url).endswith("vis=felter&besked=gemt#besked")
    assert case.read_bytes() == before.replace(b"Kirsten", "Karen Æ".encode()).replace(b"2026-05-18", b"2026-05-19")


def test_a_problem_stands_at_its_field_and_leads_there(browser, case):
    send(browser, filled(opened_fields(browser), citizen__cpr="1", municipality="", sickness__first_day="i går"))
    page = browser.get("/sag", params={"fil": NAME}).text
    for name in ("citizen/cpr", "municipality", "sickness/first_day"):
        assert f'href="#felt/{name}"' in page
        field = re.search(rf'<(?:input|select) id="felt/{name}"[^>]*>', page)[0]
        assert 'aria-invalid="true"' in field
        assert f"fejl/{name}" in re.search('aria-describedby="([^"]*)"', field)[1].split()
        assert '<strong class="error">Fejl:</strong>' in page[page.index(f'id="fejl/{name}"') :][:400]
    assert "Borgeren › CPR-nummer" in page


def test_items_are_added_moved_and_taken_away_without_saving(browser, case):
    before = case.read_bytes()
    fields = filled(opened_fields(browser), citizen__first_names="Karen")

    page = send(browser, [*fields, ("handling", "tilfoej self_ratings")])
    assert 'id="felt/self_ratings/@3" tabindex="-1" autofocus' in page.text
    assert "Ændringerne er ikke gemt endnu" in page.text
    fields = filled(fields_of(page), **{"self_ratings/@3/date": "20-11-2026", "self_ratings/@3/value": "9"})
    page = send(browser, [*fields, ("handling", "op self_ratings/@3")])
    assert dict(fields_of(page))["felt/self_ratings/@2/date"] == "20. november 2026"
    page = send(browser, [*fields_of(page), ("handling", "slet self_ratings/@0")])
    page = send(browser, [*fields_of(page), ("handling", "slet gp")])
    assert case.read_bytes() == before

    send(browser, fields_of(page))
    text = case.read_text(encoding="utf-8")
    assert "first_names: Karen\n" in text
    assert "gp:\n" not in text
    ratings = text[text.index("self_ratings:") : text.index("steps:")]
    assert re.findall(r"date: *(\S+?)[,\n]", ratings) == ["2026-08-24", "2026-11-20", "2026-11-02"]


def test_what_cannot_be_written_comes_back_with_all_that_was_typed(browser, case):
    before = case.read_bytes()
    page = send(browser, filled(opened_fields(browser), citizen__first_names="Ka\0ren", citizen__last_name="Andet"))
    assert page.status_code == 422
    assert "Det, du skrev, står nedenfor" in page.text
    assert dict(fields_of(page))["felt/citizen/last_name"] == "Andet"
    assert case.read_bytes() == before


def test_both_versions_are_shown_when_somebody_else_wrote(browser, case):
    fields = filled(opened_fields(browser), citizen__first_names="Min")
    theirs = case.read_bytes().replace(b"Kirsten", b"Deres")
    case.write_bytes(theirs)
    answer = send(browser, fields)
    assert answer.status_code == 409
    assert re.search('<td data-head="Din tekst"><pre>[^<]*first_names: Min', answer.text)
    assert case.read_bytes() == theirs


def test_markup_in_names_and_values_is_text(browser, place):
    (place / "ond.yaml").write_text(ODD, encoding="utf-8")
    before = (place / "ond.yaml").read_bytes()
    page = browser.get("/sag", params={"fil": "ond.yaml"})
    assert XSS not in page.text
    assert "<img" not in page.text
    assert "Kan kun rettes i teksten" in page.text
    send(browser, fields_of(page), "ond.yaml")
    assert (place / "ond.yaml").read_bytes() == before


def test_what_is_no_yaml_is_shown_as_text(browser, place):
    (place / "brudt.yaml").write_text("kind: citizen\nplan: [\n", encoding="utf-8")
    page = browser.get("/sag", params={"fil": "brudt.yaml", "vis": "felter"}).text
    assert "Filen kan ikke vises som felter" in page
    assert 'name="tekst"' in page


def test_more_than_anybody_fills_in_is_shown_as_text(browser, place):
    rows = "  - {company: A, start: 2012-01-15}\n" * 2000
    (place / "lang.yaml").write_text(f"kind: agreements\nmunicipality: h\nagreements:\n{rows}", encoding="utf-8")
    page = browser.get("/sag", params={"fil": "lang.yaml"}).text
    assert 'name="tekst"' in page


def test_an_empty_field_that_need_not_be_there_can_be_deleted(browser, case):
    case.write_text(
        case.read_text(encoding="utf-8").replace("  phone: 00 00 31 33\n", '  called: ""\n'), encoding="utf-8"
    )
    page = browser.get("/sag", params={"fil": NAME})
    assert "er tomt; skriv en værdi, eller slet det" in page.text
    page = send(browser, [*fields_of(page), ("handling", "slet citizen/called")])
    send(browser, fields_of(page))
    assert case.read_bytes() == EXAMPLE.read_bytes().replace(b"  phone: 00 00 31 33\n", b"")


def test_a_problem_is_told_by_labels_and_not_by_keys(browser, case):
    send(browser, filled(opened_fields(browser), citizen__cpr="1", citizen__last_name=""))
    page = browser.get("/sag", params={"fil": NAME}).text
    assert 'Borgeren › Efternavn</a>. <strong class="error">Fejl:</strong> skal udfyldes' in page
    assert "citizen.cpr" not in page
    assert "CPR-nummer: &#34;1&#34; er ikke et CPR-nummer" in page
    assert "citizen.cpr" in browser.get("/sag", params={"fil": NAME, "vis": "tekst"}).text


def test_the_steps_of_the_programme_and_the_fields_of_the_brief_are_offered_by_name(browser, case, place):
    shutil.copy(ROOT / "cases_yaml/committee/viborg-punkt-12.yaml", place)
    steps = browser.get("/sag", params={"fil": NAME}).text
    assert "Første opfølgningssamtale" in steps or "samtale" in steps[steps.index('id="felt/steps"') :][:3000]
    item = browser.get("/sag", params={"fil": "viborg-punkt-12.yaml"}).text
    assert re.search(r'<label for="felt/fields/\w+">[A-ZÆØÅ]', item)


def test_the_items_that_every_meeting_has_are_offered_by_their_titles(browser, place):
    text = (ROOT / "cases_yaml/committee/moede-2026-11-04.yaml").read_text("utf-8")
    (place / "moede.yaml").write_text(text.replace("id: orientation", "id: andet"), "utf-8")
    page = browser.get("/sag", params={"fil": "moede.yaml"}).text
    offered = re.findall(r'<select id="felt/fixed/@\d/id".*?</select>', page, re.DOTALL)
    assert '<option value="approval" selected>Godkendelse af dagsorden</option>' in offered[0]
    assert '<option value="other">Eventuelt</option>' in offered[0]
    assert '<option value="andet" selected>andet (kan ikke vælges)</option>' in offered[1]
    send(browser, opened_fields(browser, "moede.yaml"), "moede.yaml")
    assert "id: andet" in (place / "moede.yaml").read_text("utf-8")


def test_the_text_is_a_view_of_its_own(browser, case):
    page = browser.get("/sag", params={"fil": NAME, "vis": "tekst"}).text
    assert '<textarea id="tekst" name="tekst"' in page
    assert 'id="felt/' not in page
    assert 'value="vis tekst" aria-current="page"' in page


def test_the_mark_of_what_is_to_be_filled_in_goes_with_it(browser, place):
    told = {"art": "citizen", "navn": "anna", "municipality": "herning"}
    page = browser.post("/ny", data={"form": browser.secrets.csrf, **told})
    before = (place / "anna.yaml").read_text(encoding="utf-8")
    assert page.text.count('<strong class="open">skal udfyldes</strong>') >= 10
    send(browser, filled(fields_of(page), citizen__first_names="Anna"), "anna.yaml")
    after = (place / "anna.yaml").read_text(encoding="utf-8")
    line = next(each for each in before.split("\n") if each.startswith("  first_names:"))
    assert "UDFYLD" in line
    assert after == before.replace(line, "  first_names: Anna")


def test_the_other_view_shows_what_is_not_saved(browser, case):
    before = case.read_bytes()
    fields = filled(opened_fields(browser), citizen__first_names="Karen")
    page = send(browser, [*fields, ("handling", "vis tekst")])
    assert "first_names: Karen" in dict(fields_of(page))["tekst"]
    assert "Ændringerne er ikke gemt endnu" in page.text
    page = send(browser, [*fields_of(page), ("handling", "vis felter")])
    assert dict(fields_of(page))["felt/citizen/first_names"] == "Karen"
    assert case.read_bytes() == before


def test_the_other_view_of_what_was_not_changed_has_an_address_of_its_own(browser, case):
    case.write_bytes(b"\xef\xbb\xbf" + case.read_bytes().replace(b"\n", b"\r\n"))
    for view in ("tekst", "felter"):
        page = send(browser, [*opened_fields(browser), ("handling", f"vis {view}")])
        assert [each.status_code for each in page.history] == [303]
        assert f"vis={view}" in str(page.url)
        assert "Ændringerne er ikke gemt endnu" not in re.sub(r"<span[^>]* hidden>[^<]*</span>", "", page.text)


def test_enter_saves_and_a_view_is_chosen_without_scripts(browser, case):
    """The first button that belongs to a form is the one that Enter in a field presses."""
    page = browser.get("/sag", params={"fil": NAME}).text
    own = re.findall(r"<button[^>]*>", page[page.index('class="case-main"') :])
    assert own[0] == '<button form="sagen" hidden>'
    assert '<button form="sagen" name="handling" value="vis tekst">' in own


@pytest.mark.parametrize("name", ["Karen", "Ka\0ren"])
def test_fields_outlive_a_new_start_of_the_desk(browser, case, name):
    fields = filled(opened_fields(browser), citizen__first_names=name, citizen__last_name="Andet")
    page = send(browser, [(key, "" if key == "form" else value) for key, value in fields])
    assert page.status_code == 403
    assert "skrivebordet er startet igen" in page.text
    assert dict(fields_of(page))["felt/citizen/last_name"] == "Andet"
    assert case.read_bytes() == EXAMPLE.read_bytes()
