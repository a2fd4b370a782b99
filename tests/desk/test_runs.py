"""A run in the browser: chosen, looked at beforehand, run, stopped, told of, and what it held back released."""

import hashlib
import re
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from desk_browser import opened
from desk_process import DeskProcess
from many_cases import letter_case, write_letters
from starlette.testclient import TestClient

from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.store.session import open_output
from kvisdocs.application.template_folders import find_assets
from kvisdocs.desk.app import create_app
from kvisdocs.desk.folder import Folder
from kvisdocs.desk.proxy import Proxy
from kvisdocs.desk.security import Secrets

CHOICE = {"dokument": ["gp-letter"], "format": ["docx"], "dato": "14. november 2012"}
BROKEN = "broken.yaml"


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """Six letters, two of them for the same person, and a case with errors; one in a folder of its own."""
    folder = tmp_path_factory.mktemp("runs") / "sager"
    write_letters(folder, 5)
    (folder / "tvilling.yaml").write_text(letter_case(3), "utf-8")
    (folder / BROKEN).write_text("kind: citizen\nmunicipality: herning\n", "utf-8")
    (folder / "andre").mkdir()
    (folder / "andre/aarhus.yaml").write_text(letter_case(9, "aarhus"), "utf-8")
    return folder


def post(desk, page, **fields):
    return desk.post(page, data={"form": desk.secrets.csrf, **fields})


def wait_for(desk, page, word, seconds=60):
    """The page, when it says so."""
    deadline = time.monotonic() + seconds
    while word not in (answer := desk.get(page)).text:
        assert time.monotonic() < deadline, answer.text
        time.sleep(0.05)
    return answer.text


def look_ahead(desk, **choice):
    post(desk, "/koersel/tjek", **{**CHOICE, **choice})
    return wait_for(desk, "/koersel/tjek", "Hvad kørslen vil lave")


def run(desk):
    post(desk, "/koersel/start")
    return wait_for(desk, "/koersel/gang", "Rapport om kørslen")


def files(output):
    return sorted(
        path.relative_to(output).as_posix()
        for path in output.rglob("*")
        if path.is_file() and ".kvisdocs" not in path.parts
    )


@pytest.fixture(scope="module")
def ran(cases, tmp_path_factory):
    """A desk after a run, with its output folder, what was said before the run, and the report."""
    output = tmp_path_factory.mktemp("ran") / "output"
    with opened(cases, output=output, by="Mette Prøve") as desk:
        before = look_ahead(desk)
        assert not output.exists()
        yield desk, output, before, run(desk)


def test_the_look_ahead_says_what_the_run_makes_and_what_it_cannot(ran):
    _, _, before, report = ran
    assert "<strong>7 breve</strong> skal laves" in before
    assert "1 kan ikke laves" in before
    assert f'<a href="/sag?fil={BROKEN}">broken</a>' in before
    assert "Brevdato 14-11-2012, alle kommuner, Word" in before
    assert '<tr><th scope="row">Lavet</th><td>5</td></tr>' in report
    assert '<tr><th scope="row">Holdt tilbage</th><td>2</td></tr>' in report
    assert '<tr><th scope="row">Mislykkedes</th><td>1</td></tr>' in report


def test_a_run_makes_what_batch_makes(ran, cases, tmp_path):
    _, output, _, _ = ran
    command = ["batch", cases, "-o", tmp_path, "-d", "gp-letter", "--to", "docx", "--date", "2012-11-14", "-q"]
    subprocess.run([sys.executable, "-m", "kvisdocs", *command], check=False, capture_output=True)
    made = {file: (output / file).read_bytes() for file in files(output) if file != "run.html"}
    assert made == {file: (tmp_path / file).read_bytes() for file in files(tmp_path)}
    assert {entry.by for entry in Journal(output).read().entries} == {"Mette Prøve"}


def test_what_is_held_back_is_shown_with_its_reason_and_goes_with_one(ran):
    desk, output, _, _ = ran
    page = desk.get("/koersel/holdt").text
    assert "Samme person to gange" in page
    assert "sag-0003: " in page
    assert "Der er ingen PDF-fil af det" in desk.get("/koersel/brev?sag=sag-0003&dokument=gp-letter").text

    assert "Skriv, hvorfor de må sendes" in post(desk, "/koersel/frigiv", brev="sag-0003/gp-letter", grund=" ").text
    assert "Vælg de breve" in post(desk, "/koersel/frigiv", brev="../x/gp-letter", grund="x").text
    assert "held-back/sag-0003/gp-letter.docx" in files(output)

    answer = post(desk, "/koersel/frigiv", brev="sag-0003/gp-letter", grund="den rigtige af de to")
    assert "1 brev er frigivet." in answer.text
    assert "sag-0003/gp-letter.docx" in files(output)
    last = Journal(output).read().entries[-1]
    assert (last.event.name, last.by, last.reason) == ("RELEASED", "Mette Prøve", "den rigtige af de to")


def test_only_a_folder_or_a_municipality(ran):
    desk, _, _, _ = ran
    assert "<strong>0 breve</strong> skal laves" in look_ahead(desk, mappe="andre")
    assert "1 er uændret" in look_ahead(desk, kommune="aarhus")
    assert "Start kørslen" not in look_ahead(desk, kommune="aarhus")


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"dato": "i morgen"}, "Brevdatoen: &#34;i morgen&#34; er ikke en dato"),
        ({"dato": ""}, "Brevdatoen: "),
        ({"dokument": []}, "Vælg mindst ét dokument"),
        ({"dokument": ["../gp-letter"]}, "Vælg mindst ét dokument"),
        ({"art": "committee"}, "Vælg mindst ét dokument"),
        ({"format": ["exe"]}, "Vælg PDF, Word eller begge dele"),
    ],
)
def test_what_cannot_be_run_is_said_in_the_form(ran, choice, said):
    answer = post(ran[0], "/koersel/tjek", **{**CHOICE, **choice})
    assert answer.status_code == 422
    assert said in answer.text


def test_a_folder_of_another_place_counts_as_not_chosen(ran):
    assert "er uændrede" in look_ahead(ran[0], mappe="../..")


@pytest.mark.parametrize("page", ["/koersel/tjek", "/koersel/start", "/koersel/stop", "/koersel/frigiv"])
def test_only_a_form_of_this_desk_does_anything(ran, page):
    desk, output, _, _ = ran
    before = files(output)
    assert desk.post(page, data={**CHOICE, "form": "x", "brev": "tvilling/gp-letter", "grund": "x"}).status_code == 403
    assert (
        desk.post(page, data={"form": desk.secrets.csrf}, headers={"origin": "http://evil.example"}).status_code == 403
    )
    assert desk.post(page, content=b"\xff").status_code == 400
    assert files(output) == before


@pytest.mark.parametrize("query", ["", "?sti=../x.pdf&side=1", "?sti=tvilling/gp-letter.docx&side=1", "?side=²"])
def test_no_picture_of_another_file(ran, query):
    assert ran[0].get(f"/koersel/side{query}").status_code == 404


def test_another_who_is_at_work_in_the_folder_is_told(cases, tmp_path):
    with opened(cases, output=tmp_path) as desk:
        look_ahead(desk)
        with open_output(tmp_path):
            page = run(desk)
            assert "nogen er allerede ved at lave eller sende breve" in page
            assert "Kørslen blev ikke til noget" in page
        assert files(tmp_path) == ["run.html"]


def test_an_output_folder_that_cannot_be_written_is_said(cases, tmp_path):
    (tmp_path / "output").write_bytes(b"")
    with opened(cases, output=tmp_path / "output") as desk:
        look_ahead(desk)
        assert "Kørslen blev ikke til noget" in run(desk)


def test_stopped_what_is_finished_stays_and_one_run_goes_on_at_a_time(tmp_path):
    folder, output = tmp_path / "sager", tmp_path / "output"
    write_letters(folder, 24)
    with opened(folder, output=output) as desk:
        look_ahead(desk)
        post(desk, "/koersel/start")
        wait_for(desk, "/koersel/gang", " lavet")
        assert post(desk, "/koersel/start").status_code == 409
        assert post(desk, "/koersel/tjek", **CHOICE).status_code == 409
        post(desk, "/koersel/stop")
        report = wait_for(desk, "/koersel/gang", "Rapport om kørslen")
        assert "Kørslen blev stoppet, før den var færdig" in report
        made = files(output)
        assert 1 < len(made) < 25
        assert "Den seneste kørsel blev ikke færdig" in desk.get("/koersel").text
        look_ahead(desk)
        run(desk)
    assert len(files(output)) == 25
    assert set(made) <= set(files(output))


def test_a_desk_that_is_killed_in_the_middle_leaves_a_run_that_the_next_one_ends(tmp_path):
    folder, output = tmp_path / "sager", tmp_path / "output"
    write_letters(folder, 16)
    killed = DeskProcess(["-m", "kvisdocs", "desk", folder, "-o", output, "--port", "0", "--no-browser"])
    killed.post("/koersel/tjek", CHOICE)
    wait_for(killed, "/koersel/tjek", "Start kørslen")
    killed.post("/koersel/start", {})
    wait_for(killed, "/koersel/gang", " lavet")
    killed.kill()
    with opened(folder, output=output) as desk:
        while "Kørslen blev ikke til noget" in (look_ahead(desk), run(desk))[1]:  # the killed one's is still ending
            time.sleep(0.2)
    made = [file for file in files(output) if file.endswith(".docx")]
    assert len(made) == 16
    with open_output(output) as session:
        lying = {record.files["docx"].sha256 for record in session.manifest.records.values()}
    assert lying == {hashlib.sha256((output / file).read_bytes()).hexdigest() for file in made}


def test_a_template_that_hangs_is_ended_by_its_limit_and_told(tmp_path):
    folder, output, note = tmp_path / "sager", tmp_path / "output", tmp_path / "templates/note"
    write_letters(folder, 2)
    note.mkdir(parents=True)
    loop = "{% set far = range(99999) | list %}{% for a in range(90000) %}{% if 'x' in far %}{% endif %}{% endfor %}"
    about = "title: Note\ndescription: A note\nkind: citizen\naudience: citizen\n"
    (note / "document.yaml").write_text(about, "utf-8")
    (note / "document.html.j2").write_text(
        f'<!doctype html><html lang="da"><head><title>Note</title></head><body>{loop}</body></html>',
        "utf-8",
    )
    with opened(folder, find_assets(tmp_path / "templates"), output=output, seconds=3) as desk:
        look_ahead(desk, dokument=["note"])
        report = run(desk)
    assert "Tog for lang tid" in report
    assert files(output) == ["run.html"]


def test_whom_a_proxy_names_makes_and_releases_letters(cases, tmp_path):
    """The run is another process, and the desk's own user somebody else."""
    secret, output = "0123456789abcdef" * 4, tmp_path / "output"
    secrets = Secrets(0, proxy=Proxy("https://sager.kommune.dk", "x-remote-user", secret))
    app = create_app(Folder(cases), output, find_assets(None), secrets, by="tjenesten")

    def say(name):
        desk.headers.update({"X-Remote-User": name, "X-Kvisdocs-Secret": secret})
        form = re.search(r'name="form" value="([^"]*)"', desk.get("/ny").text)[1]
        desk.secrets = SimpleNamespace(csrf=form)

    with TestClient(app, base_url="https://sager.kommune.dk") as desk:
        say("Anna")
        look_ahead(desk)
        run(desk)
        say("Bo")
        assert "er frigivet" in post(desk, "/koersel/frigiv", brev="sag-0003/gp-letter", grund="den rigtige").text
    entries = Journal(output).read().entries
    assert {(str(each.event), each.by) for each in entries} == {("made", "Anna"), ("released", "Bo")}
