"""The desk in a real browser: its pages judged by axe, and a case mended and made into a letter."""

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from desk_browser import CASE, ROOT, served
from judges import without_judge
from many_cases import letter_case, write_letters
from playwright.sync_api import expect, sync_playwright
from post_office import TODAY, StandInAccess, opened_post_office, write_outbox, write_templates

from kvisdocs.application.journal.entry import Event
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.render_job import RenderJob
from kvisdocs.application.template_folders import find_assets
from kvisdocs.cases.load import load_case
from kvisdocs.desk.clock import stopped_at
from kvisdocs.verify.validators import JudgeMissing

CITIZEN = f"/sag?fil=citizens/{CASE}.yaml"
MEETING = "udvalg/moede-2026-11-04.yaml"
PAGES = {
    "the list": "/",
    "a list of nothing": "/?q=findes-ikke",
    "a case": CITIZEN,
    "a case as text": f"{CITIZEN}&vis=tekst",
    "an item": "/sag?fil=viborg-punkt-12.yaml",
    "a case with faults": "/sag?fil=i%20stykker.yaml",
    "a preview": f"/dokument?fil=citizens/{CASE}.yaml&dokument=follow-up-plan",
    "a new case": "/ny",
    "a new item": "/ny?art=committee",
    "a case like another": f"/ny?efter=citizens/{CASE}.yaml",
    "the meetings": "/moeder",
    "a meeting": f"/moede?fil={MEETING}",
    "a new meeting": "/moede/nyt",
    "what came of a meeting": f"/referat?fil={MEETING}",
    "a new item of a meeting": f"/moede/nyt-punkt?fil={MEETING}",
    "an item moved": f"/moede?fil={MEETING}&besked=flyttet&fra=2&til=3&punkt=1&skridt=ned",
    "letters to approve": "/godkend",
    "what can be sent": "/afsendelse",
    "the journal": "/journal",
    "figures": "/tal",
    "figures of no day": "/tal?dag=31.+februar+2026",
    "what to run": "/koersel",
    "what is held back": "/koersel/holdt",
    "no report yet": "/koersel/rapport",
    "no such page": "/findes-ikke",
}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    path = shutil.which("chromium")
    if path is None:
        raise without_judge(JudgeMissing("chromium", "apt-get install chromium"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folder(folder: Path) -> Path:
    """The folder of the other tests, and a meeting with its items."""
    shutil.copytree(ROOT / "cases_yaml/committee", folder / "udvalg", ignore=lambda _, names: find_others(names))
    return folder


def find_others(names: list[str]) -> set[str]:
    return {name for name in names if not name.startswith("moede-")}


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The address that `kvisdocs desk` tells of the folder."""
    command = [sys.executable, "-m", "kvisdocs", "desk", str(folder), "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as run:
        found = re.search(r"http://\S+", run.stderr.readline() if run.stderr else "")
        try:
            assert found
            yield found[0]
        finally:
            run.send_signal(signal.SIGINT)
            run.wait(30)


@pytest.fixture(params=["light", "dark"])
def page(chromium: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    with chromium.new_context(color_scheme=request.param, accept_downloads=True) as context:
        page = context.new_page()
        page.goto(address)
        yield page


def find_violations(page: Any) -> list[str]:
    return [
        f"{each['id']}: {node['target']}" for each in Axe().run(page).response["violations"] for node in each["nodes"]
    ]


def test_axe_finds_nothing_on_any_page(page: Any, address: str) -> None:
    root = address.partition("/?")[0]
    found = {}
    for name, path in PAGES.items():
        page.goto(f"{root}{path}")
        found[name] = find_violations(page)
        page.set_viewport_size({"width": 320, "height": 256})  # 1280 pixels at 400 %
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
        page.set_viewport_size({"width": 1280, "height": 900})

    assert {name: each for name, each in found.items() if each} == {}


def test_axe_would_find_something(page: Any) -> None:
    page.evaluate("document.querySelector('main').innerHTML = '<img src=\"data:,\"><button></button>'")

    assert {each.partition(":")[0] for each in find_violations(page)} >= {"image-alt", "button-name"}


def test_two_mistakes_are_shown_put_right_and_the_letter_is_that_of_render(
    chromium: Any, address: str, folder: Path, tmp_path: Path
) -> None:
    file = folder / "citizens" / f"{CASE}.yaml"
    before = file.read_bytes()
    with chromium.new_context(accept_downloads=True) as context:
        page = context.new_page()
        page.goto(address)
        page.get_by_label("Søg efter").fill("kirsten")
        page.get_by_role("button", name="Vis").click()
        page.get_by_role("table").get_by_role("link").click()
        page.get_by_role("button", name="Tekst", exact=True).click()
        text = page.get_by_label("Sagens tekst")
        whole = text.input_value()
        broken = whole.replace("municipality: aarhus", "municipality: aarhsu").replace(
            "first_day: ", "first_day: i går ", 1
        )
        assert broken.count("aarhsu\n") == 1
        text.fill(broken)
        page.get_by_role("button", name="Gem", exact=True).first.click()

        expect(page.locator("#besked")).to_be_focused()  # a save is told to who does not see it
        problems = page.locator("#fundet > ul > li")
        assert problems.count() == 2
        assert 'mente du "aarhus"?' in problems.first.inner_text()

        page.get_by_label("Sagens tekst").fill(whole)
        page.get_by_role("button", name="Gem", exact=True).first.click()
        assert file.read_bytes() == before

        page.get_by_role("link", name="Opfølgningsplan", exact=True).click()
        assert "Kirsten" in page.frame_locator("iframe").locator("body").inner_text()
        made = {}
        for name in ("PDF", "Word"):
            with page.expect_download() as download:
                page.get_by_role("link", name=name).click()
            made[Path(download.value.suggested_filename).suffix] = Path(download.value.path()).read_bytes()

    job = RenderJob(tmp_path, date.today(), ("pdf", "docx"))  # noqa: DTZ011
    job.make([file], ["follow-up-plan"], None)
    assert made == {each.suffix: each.read_bytes() for each in (tmp_path / CASE).iterdir()}


def test_a_case_is_opened_changed_and_saved_by_the_keyboard_alone(chromium: Any, address: str, folder: Path) -> None:
    file = folder / "citizens" / f"{CASE}.yaml"
    before = file.read_bytes()
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(address)

        def tab_to(found: str) -> None:
            for _ in range(60):
                page.keyboard.press("Tab")
                if page.evaluate("found => document.activeElement.matches(found)", found):
                    return
            raise AssertionError(f"no Tab leads to {found}")

        tab_to("a.skip")
        tab_to("#q")
        page.keyboard.type("kirsten")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=kirsten**")
        tab_to("tbody a")
        page.keyboard.press("Enter")
        page.wait_for_url("**/sag**")
        tab_to("button[value='vis tekst']")
        page.keyboard.press("Enter")
        page.wait_for_url("**vis=tekst")
        tab_to("#tekst")
        page.keyboard.press("Control+End")
        page.keyboard.type("# set efter\n")
        tab_to("#sagen button")
        page.keyboard.press("Enter")
        page.locator("#besked").wait_for()
        assert file.read_bytes() == before + b"# set efter\n"

        tab_to("form[action^='/fortryd'] button")
        page.keyboard.press("Enter")
        page.locator("#besked").wait_for()
        expect(page.locator("#tekst")).to_have_value(before.decode())
    assert file.read_bytes() == before


def test_a_new_case_is_filled_in_by_the_form(chromium: Any, address: str, folder: Path) -> None:
    """Two mistakes are told while somebody types, and put right; an item is moved by keys; the text follows."""
    file = folder / "anna.yaml"
    with chromium.new_context(viewport={"width": 1400, "height": 1000}) as context:
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(address)
        page.get_by_role("link", name="Ny sag").click()
        page.get_by_label("Filens navn").fill("anna")
        page.get_by_label("Kommune", exact=True).select_option("herning")
        page.get_by_label("Fornavne").fill("Anna")
        page.get_by_role("button", name="Lav filen").click()
        laid_out = file.read_text(encoding="utf-8")

        text = page.get_by_role("textbox", name="Sagens tekst")
        cpr, day = page.get_by_label("CPR-nummer"), page.get_by_label("Første sygedag")
        assert "skal udfyldes" in (page.locator("label", has_text="CPR-nummer").text_content() or "")
        cpr.fill("0101701")
        day.press_sequentially("3. marst 2026")
        expect(cpr).to_have_attribute("aria-invalid", "true")
        expect(day).to_have_attribute("aria-invalid", "true")
        expect(day).to_be_focused()
        expect(page.locator("[id='fejl/sickness/first_day']")).to_contain_text("marts")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert find_violations(page) == []
        day.fill("3. marts 2026")
        page.get_by_role("link", name="Borgeren › CPR-nummer").click()
        expect(cpr).to_be_focused()
        cpr.fill("610170-1234")
        expect(cpr).not_to_have_attribute("aria-invalid", "true")
        expect(day).not_to_have_attribute("aria-invalid", "true")
        expect(text).to_have_value(re.compile(r"first_day: 2026-03-03\b"))

        page.get_by_role("link", name="Samtaler og anden kontakt").click()
        for number, talk in enumerate(("Den første", "Den anden")):
            page.get_by_role("button", name="Tilføj: Samtaler og anden kontakt").press("Enter")
            expect(page.locator(f"[id='felt/contacts/@{number}/date']")).to_be_focused()
            page.keyboard.type("4. marts 2026")
            page.get_by_label("Hvad det handlede om").last.fill(talk)
        page.get_by_role("button", name="Op: Samtaler og anden kontakt 2").press("Enter")
        expect(page.get_by_role("button", name="Ned: Samtaler og anden kontakt 1")).to_be_focused()
        expect(text).to_have_value(re.compile("Den anden.*Den første", re.DOTALL))

        text.evaluate("each => each.setSelectionRange(each.value.length, each.value.length)")
        text.press_sequentially("outcome:\n  note: Skrevet som tekst\n")
        expect(page.get_by_label("Forklaring i få ord")).to_have_value("Skrevet som tekst")
        assert file.read_text(encoding="utf-8") == laid_out
        page.get_by_role("button", name="Gem").first.click()
        page.get_by_text("Gemt.").wait_for()

    saved = file.read_text(encoding="utf-8")
    kept = [line for line in laid_out.split("\n") if "cpr:" not in line and "first_day:" not in line]
    assert [line for line in saved.split("\n") if line in kept] == kept
    assert "cpr: 610170-1234" in saved
    assert saved.index("Den anden") < saved.index("Den første") < saved.index("Skrevet som tekst")


def test_the_document_beside_follows_what_is_typed(chromium: Any, address: str, folder: Path) -> None:
    file = folder / "citizens" / f"{CASE}.yaml"
    before = file.read_bytes()
    with chromium.new_context(viewport={"width": 1400, "height": 1000}) as context:
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(address)
        page.goto(address.partition("/?")[0] + CITIZEN)
        page.get_by_label("Dokument", exact=True).select_option("follow-up-plan")
        paper = page.frame_locator("#papir iframe:not(.waiting)").locator("body")
        expect(paper).to_contain_text("Kirsten")
        page.locator("#papir").evaluate("each => { each.scrollTop = 120; }")
        page.get_by_label("Fornavn(e)").fill("Karoline")
        expect(paper).to_contain_text("Karoline")
        assert page.locator("#papir").evaluate("each => each.scrollTop") == 120
        page.get_by_label("CPR-nummer").fill("1")
        expect(page.locator("#visningsfejl")).to_contain_text("CPR-nummer")
        expect(paper).to_contain_text("Karoline")  # as it was before the fault
        assert page.locator("#papir iframe").count() == 1
    assert file.read_bytes() == before


def test_markdown_is_written_by_buttons_and_keys(chromium: Any, address: str) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(address)
        page.goto(address.partition("/?")[0] + "/sag?fil=viborg-punkt-12.yaml")
        field = page.locator("textarea[data-prose='prose']").first
        field.fill("et ord")
        field.evaluate("each => each.setSelectionRange(3, 6)")
        field.press("Control+b")
        expect(field).to_have_value("et **ord**")
        assert field.evaluate("each => each.value.slice(each.selectionStart, each.selectionEnd)") == "ord"
        field.press("Shift+Tab")
        expect(page.get_by_role("button", name="Fed").first).to_be_focused()
        for key in ("ArrowRight", "End", "Home", "ArrowLeft", "ArrowLeft", "ArrowLeft", "Enter"):
            page.keyboard.press(key)
        expect(field).to_have_value("- et **ord**")
        field.press("Control+z")
        expect(field).to_have_value("et **ord**")


LOOSE = """kind: committee
municipality: slagelse
meeting: {committee: Byrådet, date: 2026-09-28}
number: "9"
title: Sundhedspolitik
fields:
  theme: Politikken skal fornyes.
"""


def test_a_secretarys_day_a_meeting_from_nothing_to_its_agenda(
    chromium: Any, address: str, folder: Path, tmp_path: Path
) -> None:
    """A new meeting and item, each with a mistake put right; items put on, moved by keys and dragged; the agenda."""
    (folder / "udvalg" / "politik.yaml").write_text(LOOSE, encoding="utf-8")
    meeting = folder / "udvalg" / "moede-december.yaml"
    with chromium.new_context(accept_downloads=True, viewport={"width": 1280, "height": 1400}) as context:
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(address)
        page.get_by_role("link", name="Møder").click()
        page.get_by_role("link", name="Nyt møde").click()
        page.get_by_label("Filens navn").fill("udvalg/moede-december")
        page.get_by_label("Kommune", exact=True).select_option("slagelse")
        page.get_by_label("Udvalg", exact=True).fill("Beskæftigelsesudvalget")
        page.get_by_label("Dag", exact=True).fill("torsdag den 2. december 2026")
        page.get_by_label("Sted").fill("Rådhuset")
        page.get_by_role("button", name="Lav mødet").click()
        expect(page.get_by_role("alert")).to_contain_text("den dag er en onsdag")
        page.get_by_label("Dag", exact=True).fill("onsdag den 2. december 2026")
        page.get_by_role("button", name="Lav mødet").click()
        expect(page.locator("#besked")).to_be_focused()

        page.get_by_role("link", name="Nyt punkt").click()
        page.get_by_label("Punktets titel").fill("Handleplan")
        page.get_by_role("button", name="Lav punktet").click()
        expect(page.get_by_role("alert")).to_contain_text("kan ikke være navnet på en fil")
        page.get_by_label("Filens navn").fill("udvalg/handleplan")
        page.get_by_role("button", name="Lav punktet").click()
        page.get_by_role("link", name="Handleplan", exact=True).click()
        page.get_by_role("button", name="Tekst", exact=True).click()
        text = page.get_by_label("Sagens tekst")
        filled = [f"{line.partition('#')[0]}Tekst." if "UDFYLD" in line and line[0] != "#" else line
                  for line in text.input_value().split("\n")]  # fmt: skip
        text.fill("\n".join(filled))
        page.get_by_role("button", name="Gem", exact=True).first.click()
        page.get_by_role("status").first.wait_for()

        page.get_by_role("link", name="Møder").click()
        page.get_by_role("row", name="moede-december").get_by_role("link").click()
        page.get_by_label("Søg blandt de punkter").fill("sundheds")
        page.get_by_role("button", name="Søg").click()
        page.get_by_role("button", name="Sæt på dagsordenen: Sundhedspolitik").click()

        status = page.get_by_role("status")
        page.get_by_role("button", name="Flyt op: punkt 3, Sundhedspolitik").press("Enter")
        expect(status).to_have_text("Punkt 3 er nu punkt 2.")
        expect(page.get_by_role("button", name="Flyt ned: punkt 2, Sundhedspolitik")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Flyt op: punkt 3, Sundhedspolitik")).to_be_focused()
        expect(status).to_have_text("Punkt 2 er nu punkt 3.")

        second, third = page.locator("li[data-place='0']"), page.locator("li[data-place='1']")
        expect(third).to_have_attribute("draggable", "true")  # the script has run
        third.locator(".number").drag_to(second, target_position={"x": 5, "y": 5})
        expect(status).to_have_text("Punkt 3 er nu punkt 2.")
        expect(page.locator("ol.agenda .item")).to_contain_text(["Godkendelse", "Sundhedspolitik", "Handleplan"])

        page.get_by_role("link", name="Dagsorden – udvalgets udgave", exact=True).click()
        paper = page.frame_locator("iframe").locator("body")
        expect(paper).to_contain_text("Handleplan")
        with page.expect_download() as download:
            page.get_by_role("link", name="PDF").click()
        made = Path(download.value.path()).read_bytes()

    assert 'number: "2"' in (folder / "udvalg" / "politik.yaml").read_text(encoding="utf-8")
    job = RenderJob(tmp_path, date.today(), ("pdf",))  # noqa: DTZ011
    job.make([meeting], ["agenda-whole"], None)
    assert made == (tmp_path / "moede-december" / "agenda-whole.pdf").read_bytes()


def test_a_whole_run_by_the_keyboard_alone(chromium: Any, tmp_path: Path) -> None:
    """Chosen, looked at beforehand, run, told of, and a letter released; axe finds nothing on the way."""
    folder, output = tmp_path / "sager", tmp_path / "output"
    write_letters(folder, 2)
    (folder / "tvilling.yaml").write_text(letter_case(1), "utf-8")
    command = [sys.executable, "-m", "kvisdocs", "desk", str(folder), "-o", str(output), "--port", "0", "--no-browser"]
    with (
        subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as run,
        chromium.new_context(viewport={"width": 1280, "height": 900}) as context,
    ):
        found = re.search(r"http://\S+", run.stderr.readline() if run.stderr else "")
        assert found
        page = context.new_page()
        page.goto(found[0])

        def enter(found: str, text: str = "") -> None:
            for _ in range(80):
                page.keyboard.press("Tab")
                if page.evaluate("found => document.activeElement.matches(found)", found):
                    break
            else:
                raise AssertionError(f"no Tab leads to {found}")
            if text:
                page.keyboard.press("Control+A")
                page.keyboard.type(text)
            page.keyboard.press("Enter")

        try:
            enter("nav a[href='/koersel']")
            page.wait_for_url("**/koersel")
            enter("#dato", "14. november 2012")
            page.get_by_role("heading", name="Hvad kørslen vil lave").wait_for(timeout=60_000)
            seen = {"plan": find_violations(page)}
            enter("main form button")
            page.get_by_role("heading", name="Kørslen er i gang").wait_for()
            seen["progress"] = find_violations(page)
            page.get_by_role("heading", name="Rapport om kørslen").wait_for(timeout=120_000)
            seen["report"] = find_violations(page)
            enter("a[href='/koersel/holdt']")
            page.wait_for_url("**/holdt")
            seen["held"] = find_violations(page)
            enter("tbody th a[href*='gp-letter']")
            page.wait_for_url("**/brev**")
            seen["letter"] = find_violations(page)
            assert page.evaluate("document.querySelector('img.sheet').decode().then(() => true)")
            page.set_viewport_size({"width": 320, "height": 256})
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
            enter("#grund", "begge sager er rigtige")
            expect(page.locator("#besked")).to_be_focused()
            assert page.locator("#besked").inner_text() == "1 brev er frigivet."
        finally:
            run.send_signal(signal.SIGINT)
            run.communicate(timeout=60)
    assert {name: each for name, each in seen.items() if each} == {}
    assert (output / "sag-0001/gp-letter.pdf").is_file()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_approved_printed_and_recorded_by_the_keyboard_alone(
    chromium: Any, tmp_path: Path, scheme: str
) -> None:
    """Letters stand on each page on the way, and axe finds nothing on it."""
    templates = write_templates(tmp_path / "templates")
    write_outbox(tmp_path, 3, unapproved={0})
    command = [sys.executable, "-m", "kvisdocs", "desk", "cases", "-o", "output", "--templates", str(templates)]
    with (
        subprocess.Popen(
            [*command, "--port", "0", "--no-browser"], stderr=subprocess.PIPE, text=True, cwd=tmp_path
        ) as run,
        chromium.new_context(color_scheme=scheme, viewport={"width": 320, "height": 640}) as context,
    ):
        found = re.search(r"http://\S+", run.stderr.readline() if run.stderr else "")
        assert found
        page = context.new_page()
        page.goto(found[0])
        root = found[0].partition("/?")[0]

        def reach(found: str, key: str) -> None:
            for _ in range(80):
                page.keyboard.press("Tab")
                if page.evaluate("found => document.activeElement.matches(found)", found):
                    page.keyboard.press(key)
                    return
            raise AssertionError(f"no Tab leads to {found}")

        seen = {}
        try:
            page.goto(f"{root}/godkend")
            seen["to approve"] = find_violations(page)
            reach("#brev1", "Space")
            reach("#navn", "Control+A")
            page.keyboard.type("Mette")
            reach("button[value=godkend]", "Enter")
            expect(page.locator("#besked")).to_contain_text("godkendt")
            seen["approved"] = find_violations(page)
            page.goto(f"{root}/afsendelse")
            page.get_by_role("heading", name="Digital Post").wait_for()
            seen["to send"] = find_violations(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
            reach("#d-duplex", "Space")
            reach("button[value=print]", "Enter")
            page.get_by_role("heading", name="Klar til at hente").wait_for()
            seen["ready"] = find_violations(page)
            with page.expect_download() as download:
                reach("li button", "Enter")
            assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
            page.goto(f"{root}/afsendelse")
            reach("summary", "Enter")
            page.get_by_role("button", name="Udskriv de valgte igen").wait_for()
            seen["printed"] = find_violations(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
            page.goto(f"{root}/journal")
            seen["journal"] = find_violations(page)
        finally:
            run.send_signal(signal.SIGINT)
            run.communicate(timeout=60)
    assert {name: each for name, each in seen.items() if each} == {}


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="python-serviceplatformen is for Python up to 3.12")
def test_letters_sent_and_settled_in_a_browser(chromium: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One goes, one is for the printer, and of one nobody knows; axe finds nothing on the way, at 320 pixels too."""
    write_outbox(tmp_path, 3)
    assets = find_assets(write_templates(tmp_path / "templates"))
    seen: dict[str, list[str]] = {}
    with opened_post_office(tmp_path) as office, stopped_at(TODAY):
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(office.certificate))
        office.unregistered.add(load_case(min((tmp_path / "cases").iterdir())).case.citizen.cpr.replace("-", ""))
        office.next_fault = "after: closed"
        access = StandInAccess(office.address, office.certificate)
        with (
            served(tmp_path / "cases", tmp_path / "output", assets, by="Mette", post=access) as address,
            chromium.new_context(viewport={"width": 320, "height": 640}) as context,
        ):
            page = context.new_page()

            def look(name: str) -> None:
                for scheme in ("light", "dark"):
                    page.emulate_media(color_scheme=scheme)
                    seen[f"{name}, {scheme}"] = find_violations(page)
                assert page.evaluate("document.documentElement.scrollWidth") <= 320, name

            page.goto(address)
            page.get_by_role("link", name="Send", exact=True).click()
            page.get_by_role("button", name="Send de valgte").click()
            page.get_by_role("heading", name="Send 3 breve?").wait_for()
            look("asked once more")
            page.get_by_role("button", name="Send nu").click()
            page.get_by_role("heading", name="Hvad der blev sendt").wait_for(timeout=60_000)
            expect(page.get_by_role("status").first).to_contain_text("1 sendt, 1 til print og 1 uvist")
            look("what was sent")
            page.get_by_role("link", name="Send", exact=True).click()
            look("a letter of which nobody knows")
            page.get_by_role("button", name="Den blev modtaget").click()
            expect(page.get_by_role("button", name="Den blev modtaget")).to_have_count(0)
    assert {name: each for name, each in seen.items() if each} == {}
    assert sorted(office.taken.values()) == [1, 1]
    events = [each.event for each in Journal(tmp_path / "output").read().entries]
    assert events.count(Event.SENT) == 2
