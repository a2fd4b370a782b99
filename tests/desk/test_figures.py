"""Figures on the desk: the same as the command line's, counted by workers, and taken into an item."""

import html
import json
import re
import subprocess
import sys
import time

import pytest
from desk_browser import opened
from many_cases import person

DAY = "dag=1.+november+2012"


def write_cases(folder, count, small=2):
    """So many in a job, and a few unemployed."""
    (folder / "borgere").mkdir(parents=True)
    for number in range(count + small):
        changes = {} if number < count else {"employment": {"status": "unemployed"}}
        (folder / "borgere" / f"{number}.yaml").write_text(person(number, **changes), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """Thirty-two cases, what the command line makes of them, and the desk over them."""
    folder = write_cases(tmp_path_factory.mktemp("tal") / "sager", 30)
    with opened(folder) as desk:
        desk.folder = folder
        yield desk


def by_command(folder, *options):
    command = [sys.executable, "-m", "kvisdocs", "stats", str(folder), "--on", "2012-11-01", "-q", *options]
    return subprocess.run(command, capture_output=True, check=True).stdout


def test_the_tables_have_a_caption_and_heads_and_hide_small_counts(counted):
    page = counted.get(f"/tal?{DAY}").text
    assert "opgjort pr. 1. november 2012" in page
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert len(tables) > 5
    assert all("<caption>" in each and 'scope="col"' in each and 'scope="row"' in each for each in tables)
    row = next(each for each in re.findall(r"<tr>.*?</tr>", page) if ">Ledig<" in each)
    assert re.findall(r"<td[^>]*>(.*?)</td>", row)[0] == "&lt;5"
    assert "intet tal er skjult" not in page


def test_the_whole_edition_says_that_it_must_not_be_published(counted):
    page = counted.get(f"/tal?{DAY}&udgave=whole").text
    row = next(each for each in re.findall(r"<tr>.*?</tr>", page) if ">Ledig<" in each)
    assert re.findall(r"<td[^>]*>(.*?)</td>", row)[0] == "2"
    assert "Den må ikke offentliggøres" in page


def test_a_download_has_the_bytes_of_the_command_line(counted, tmp_path):
    for form in ("csv", "json"):
        assert counted.get(f"/tal/hent?{DAY}&format={form}").content == by_command(counted.folder, f"--{form}")
    by_command(counted.folder, "-o", str(tmp_path), "--to", "docx")
    (made,) = tmp_path.rglob("*.docx")
    assert counted.get(f"/tal/hent?{DAY}&format=docx").content == made.read_bytes()
    assert counted.get(f"/tal/hent?{DAY}&format=exe").status_code == 404


def test_a_part_of_the_folder_and_a_day_in_any_form(counted):
    assert "opgjort pr. 1. november 2012" in counted.get("/tal?mappe=borgere&dag=01-11-2012").text
    assert "Der er ingen sager her" in counted.get(f"/tal?mappe=..&{DAY}").text
    fault = counted.get("/tal?dag=31.+februar+2012").text
    assert 'aria-invalid="true"' in fault
    assert "<table" not in fault


def test_what_was_published_last_hides_more_and_lies_in_the_folder(counted):
    last = json.loads(by_command(counted.folder, "--json"))
    (counted.folder / "sidst.json").write_text(json.dumps(last), encoding="utf-8")
    assert "<option>sidst.json" in counted.get(f"/tal?{DAY}").text
    found = counted.get(f"/tal/hent?{DAY}&efter=sidst.json&format=json").content
    assert found == by_command(counted.folder, "--json", "--after", str(counted.folder / "sidst.json"))
    assert counted.get(f"/tal?{DAY}&efter=../../etc/passwd").status_code == 404
    (counted.folder / "sidst.json").write_text("{}", encoding="utf-8")
    assert "ikke" in counted.get(f"/tal?{DAY}&efter=sidst.json").text
    (counted.folder / "sidst.json").unlink()


def test_an_item_is_laid_out_with_the_figures(counted):
    fields = {"form": counted.secrets.csrf, "navn": "punkt-tal", "titel": "KVIS statistik"}
    answer = counted.post(f"/tal/punkt?{DAY}&mappe=borgere", data=fields)
    text = (counted.folder / "punkt-tal.yaml").read_text(encoding="utf-8")
    assert answer.status_code == 200
    assert "cases: borgere\n" in text
    assert re.search(r"on.?: .?2012-11-01", text)
    assert "title: KVIS statistik" in text
    again = counted.post(f"/tal/punkt?{DAY}&mappe=borgere", data=fields)
    assert again.status_code == 422
    (counted.folder / "punkt-tal.yaml").unlink()


def test_of_several_municipalities_one_is_chosen(tmp_path):
    for number, municipality in enumerate(("herning", "viborg")):
        (tmp_path / f"{number}.yaml").write_text(person(number, municipality=municipality), encoding="utf-8")
    with opened(tmp_path) as desk:
        page = desk.get(f"/tal?{DAY}").text
        assert "Sagerne er fra flere kommuner" in page
        assert "<option>viborg" in page
        assert "<table" in desk.get(f"/tal?{DAY}&kommune=viborg").text


def test_many_cases_are_counted_while_the_page_says_how_far_it_is(tmp_path):
    folder = write_cases(tmp_path / "sager", 400, 0)
    with opened(folder, patience_s=0.05) as desk:
        began = time.monotonic()
        first = desk.get(f"/tal?{DAY}").text
        assert "Sagerne tælles" in html.unescape(first)
        while "<table" not in (page := desk.get(f"/tal?{DAY}").text):
            assert time.monotonic() - began < 120
        assert ">400<" in page
