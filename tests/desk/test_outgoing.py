"""Letters are read, approved and taken back on the desk, as `kvisdocs approve` does it."""

import re
import shutil
from datetime import UTC, date, datetime

import pytest
from desk_browser import ROOT, opened
from made_letters import CASE, CITIZENS
from word_edits import edit_word

from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.render_job import RenderJob
from kvisdocs.application.template_folders import find_assets


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A case, a profile that wants another's approval, and the drafts that somebody called Palle has made."""
    root = tmp_path_factory.mktemp("approval")
    (root / "sager").mkdir()
    shutil.copy(CITIZENS / f"{CASE}.yaml", root / "sager")
    shutil.copytree(ROOT / "templates/profiles", root / "templates/profiles")
    with (root / "templates/profiles/viborg.yaml").open("a", encoding="utf-8") as profile:
        profile.write("\napproval: one\n")
    scribe = Scribe("Palle", lambda: datetime(2026, 11, 20, 9, tzinfo=UTC))
    job = RenderJob(root / "output", date.today(), ("pdf",), scribe=scribe)  # noqa: DTZ011
    job.make([root / "sager"], ["gp-letter", "return-plan"], root / "templates")
    return root


@pytest.fixture(scope="module")
def desk(root):
    with opened(root / "sager", find_assets(root / "templates"), output=root / "output") as desk:
        yield desk


def find_keys(desk):
    return re.findall(r'name="brev" id="\w+" value="([^"]+)"', desk.get("/godkend").text)


def send(desk, *keys, **fields):
    values = {"form": desk.secrets.csrf, "brev": list(keys), "navn": "Mette", "grund": "", "handling": "godkend"}
    return desk.post("/godkend", data={**values, **fields})


def files(root):
    return sorted(path.name for path in (root / "output" / CASE).iterdir())


def test_letters_are_approved_and_taken_back_by_who_did_not_make_them(desk, root):
    page = desk.get("/godkend").text
    letter, plan = find_keys(desk)
    assert "Orientering til egen læge, mathilde-hoejgaard-thorup" in page
    assert "Lavet af Palle, brevdato" in page
    opened_draft = desk.get(re.findall(r'href="(/fil[^"]+)"', page)[0].replace("&amp;", "&"))
    assert opened_draft.headers["content-type"] == "application/pdf"
    assert files(root) == ["gp-letter-UDKAST.pdf", "return-plan-UDKAST.pdf"]

    assert send(desk, letter, form="x").status_code == 403
    assert send(desk).status_code == 422
    assert send(desk, "der/er/ikke").status_code == 422
    refused = send(desk, letter, navn="Palle")
    assert "ikke godkendt" in refused.text
    assert files(root) == ["gp-letter-UDKAST.pdf", "return-plan-UDKAST.pdf"]

    done = send(desk, letter)
    assert "<strong>godkendt</strong>" in done.text
    assert files(root) == ["gp-letter.pdf", "return-plan-UDKAST.pdf"]
    assert Journal(root / "output").read().entries[-1].by == "Mette"

    case = desk.get("/sag", params={"fil": f"{CASE}.yaml"}).text.partition("<h2>Lavet</h2>")[2]
    assert re.search(r"PDF</a>\)[^<]*<ul>\s*<li>Godkendt, brevdato [\d-]{10}, godkendt af Mette [\d-]{10}</li>", case)
    assert f'href="/journal?sag={CASE}"' in case

    sending = desk.get("/afsendelse").text
    assert "kommuneprofilen siger ikke, hvordan dette dokument sendes" in sending
    assert "er et udkast, som ingen har godkendt endnu" in sending

    (approved,) = [key for key in find_keys(desk) if "gp-letter" in key]
    assert "kun trækkes tilbage med en grund" in send(desk, approved, handling="tilbage").text
    send(desk, approved, handling="tilbage", grund="forkert dato")
    last = Journal(root / "output").read().entries[-1]
    assert (str(last.event), last.by, last.reason) == ("withdrawn", "Mette", "forkert dato")

    journal = desk.get("/journal").text
    assert journal.index("trukket tilbage") < journal.index("godkendt") < journal.index("lavet")
    assert "forkert dato" in desk.get(f"/journal?sag={CASE}").text
    assert "Der er ikke sket noget endnu." in desk.get("/journal?sag=andet").text
    assert plan in find_keys(desk)


def test_a_letter_that_was_edited_in_word_is_shown_and_approved_as_it_is(desk, root):
    scribe = Scribe("Palle", lambda: datetime(2026, 11, 20, 9, tzinfo=UTC))
    job = RenderJob(root / "output", date.today(), ("docx",), scribe=scribe)  # noqa: DTZ011
    job.make([root / "sager"], ["follow-up-plan"], root / "templates")
    draft = root / "output" / CASE / "follow-up-plan-UDKAST.docx"
    edit_word(draft, lambda word: word.exchange("Du har ret til at se din sag.", "Du kan se din sag."))

    page = desk.get("/godkend").text
    (key,) = [each for each in find_keys(desk) if "follow-up-plan" in each]
    assert page.index("<h2>Rettet i Word</h2>") < page.index(key)
    assert "<strong>ikke godkendt</strong>" in send(desk, key).text

    shown = send(desk, key, handling="vis", grund="ikke endnu").text
    assert "Du har ret til at se din sag." in shown
    assert "Du kan se din sag." in shown
    assert "kun godkendes" in send(desk, key, handling="rettet").text
    assert draft.exists()

    done = send(desk, key, handling="rettet", grund="blødere ord").text
    assert "<strong>godkendt</strong>" in done
    assert "follow-up-plan.docx" in files(root)
    assert not draft.exists()
    last = Journal(root / "output").read().entries[-1]
    assert (str(last.event), last.by, last.reason) == ("approved", "Mette", "blødere ord")


def test_an_empty_folder_says_so(tmp_path):
    (tmp_path / "sager").mkdir()
    with opened(tmp_path / "sager") as desk:
        assert "Ingen breve venter." in desk.get("/godkend").text
        assert f"Der er ingen breve at sende i {tmp_path / 'output'}." in desk.get("/afsendelse").text
        assert "Der er ikke sket noget endnu." in desk.get("/journal").text
    assert not (tmp_path / "output").exists()


def test_a_name_and_a_reason_are_shown_as_text(desk):
    page = send(desk, navn="<b>x</b>", grund="<script>alert(1)</script>").text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
