"""A disk without room: each page that writes says so, keeps what was typed, and leaves all files as they were.

The system refuses this process every byte in a file (RLIMIT_FSIZE), as a full disk does: whatever is written, and when.
"""

import re
import resource
import shutil
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from desk_browser import CASE, ROOT, fields_of, opened
from made_letters import CASE as LETTER_CASE
from made_letters import CITIZENS
from meeting_files import NAME

from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.render_job import RenderJob
from kvisdocs.application.store import replacement
from kvisdocs.application.template_folders import find_assets

MAKE_ROOM = "gør plads på disken, eller vælg en anden mappe"
NEW_ITEM = {"navn": "nyt-punkt", "title": "Et helt nyt punkt"}
NEW_MEETING = {
    "navn": "moede-ny", "municipality": "slagelse", "committee": "Beskæftigelsesudvalget", "date": "2. december 2026",
    "start": "16:00", "place": "Rådhuset",
}  # fmt: skip


@pytest.fixture
def root(tmp_path):
    """Cases, a meeting, and a letter that waits for approval."""
    folder = tmp_path / "sager"
    folder.mkdir()
    for each in (ROOT / "cases_yaml/committee").glob("moede-*"):
        shutil.copy(each, folder)
    shutil.copy(ROOT / "cases_yaml/citizens" / f"{CASE}.yaml", folder)
    shutil.copytree(ROOT / "templates/profiles", tmp_path / "templates/profiles")
    return tmp_path


@pytest.fixture
def desk(root):
    with opened(root / "sager", find_assets(root / "templates"), output=root / "output", by="Mette") as desk:
        yield desk


@contextmanager
def full_disk():
    """No file of this process, nor of one that it begins, takes a byte."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def files(root):
    """What each file holds, but for locks, in which a process writes its number."""
    return {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file() and "lock" not in path.name}


def post(desk, page, name="", **fields):
    return desk.post(page, params={"fil": name} if name else {}, data={"form": desk.secrets.csrf, **fields})


@pytest.mark.parametrize(
    ("page", "name", "fields", "typed"),
    [
        ("/ny", "", {"navn": "ny-sag", "art": "citizen", "municipality": "viborg", "first_names": "Åse"}, "ny-sag"),
        ("/moede/nyt", "", NEW_MEETING, "moede-ny"),
        ("/moede/nyt-punkt", NAME, NEW_ITEM, "Et helt nyt punkt"),
    ],
    ids=["case", "meeting", "item"],
)
def test_a_form_of_something_new_comes_back_with_what_was_typed(desk, root, page, name, fields, typed):
    before = files(root)
    with full_disk():
        answer = post(desk, page, name, **fields)

    assert answer.status_code == 422
    assert MAKE_ROOM in answer.text
    assert typed in answer.text
    assert files(root) == before


def test_what_was_typed_in_a_case_comes_back(desk, root):
    before = files(root)
    form = fields_of(desk.get("/sag", params={"fil": f"{CASE}.yaml", "vis": "tekst"}))
    with full_disk():
        answer = desk.post("/sag", params={"fil": f"{CASE}.yaml"}, data={**form, "tekst": form["tekst"] + "# nyt\n"})

    assert answer.status_code == 503
    assert "Teksten er ikke gemt, og filen er, som den var" in answer.text
    assert "# nyt" in answer.text
    assert files(root) == before


def test_a_step_of_a_meeting_and_its_minutes_are_refused_whole(desk, root):
    before = files(root)
    sent = fields_of(desk.get("/referat", params={"fil": NAME}))
    version = fields_of(desk.get("/moede", params={"fil": NAME}))["version"]
    with full_disk():
        moved = post(desk, "/moede", NAME, version=version, skridt="ned", punkt="0")
        minutes = desk.post(
            "/referat", params={"fil": NAME}, data={**sent, "p0.decisions.text": "Udsat til næste gang"}
        )

    assert MAKE_ROOM in moved.text
    assert MAKE_ROOM in minutes.text
    assert "Udsat til næste gang" in minutes.text
    assert files(root) == before


def test_a_new_item_goes_again_where_its_meeting_cannot_be_written(desk, root, monkeypatch):
    """The disk is full between the new file and the meeting's; afterwards the same form works."""
    before = files(root)
    with monkeypatch.context() as patch:
        patch.setattr("kvisdocs.desk.saving.replace_files", fail_when_full(replacement.replace_files))
        answer = post(desk, "/moede/nyt-punkt", NAME, **NEW_ITEM)

    assert answer.status_code == 422
    assert MAKE_ROOM in answer.text
    assert files(root) == before
    assert "Et helt nyt punkt" in post(desk, "/moede/nyt-punkt", NAME, **NEW_ITEM).text
    assert (root / "sager/nyt-punkt.yaml").is_file()


def fail_when_full(call):
    def replace_files(files):
        with full_disk():
            return call(files)

    return replace_files


def test_an_approval_and_taking_it_back_are_refused_and_nothing_is_half_written(root):
    with (root / "templates/profiles/viborg.yaml").open("a", encoding="utf-8") as profile:
        profile.write("\napproval: one\n")
    shutil.copy(CITIZENS / f"{LETTER_CASE}.yaml", root / "sager")
    scribe = Scribe("Palle", lambda: datetime(2026, 11, 20, 9, tzinfo=UTC))
    job = RenderJob(root / "output", date.today(), ("pdf",), scribe=scribe)  # noqa: DTZ011
    job.make([root / "sager" / f"{LETTER_CASE}.yaml"], ["gp-letter"], root / "templates")
    with opened(root / "sager", find_assets(root / "templates"), output=root / "output", by="Mette") as desk:
        chosen = {"brev": find_key(desk, "brev1"), "navn": "Mette", "grund": "læst"}
        before = files(root / "output")
        with full_disk():
            refused = post(desk, "/godkend", handling="godkend", **chosen)
        assert MAKE_ROOM in refused.text
        assert files(root / "output") == before

        assert "<strong>godkendt</strong>" in post(desk, "/godkend", handling="godkend", **chosen).text
        chosen["brev"] = find_key(desk, "andet1")
        before = files(root / "output")
        with full_disk():
            refused = post(desk, "/godkend", handling="tilbage", **chosen)
        assert MAKE_ROOM in refused.text
        assert files(root / "output") == before


def find_key(desk, name):
    """What a letter is called in the form of approval."""
    return re.search(rf'name="brev" id="{name}" value="([^"]+)"', desk.get("/godkend").text)[1]


def test_a_run_ends_with_a_word_and_makes_nothing(desk, root):
    choice = {"dokument": ["follow-up-plan"], "format": ["pdf"], "dato": "14. november 2026"}
    post(desk, "/koersel/tjek", **choice)
    wait_for(desk, "/koersel/tjek", "Hvad kørslen vil lave")
    with full_disk():
        post(desk, "/koersel/start")
        page = wait_for(desk, "/koersel/gang", "Rapport om kørslen")

    assert MAKE_ROOM in page
    assert list((root / "output").rglob("*.pdf")) == []


def wait_for(desk, page, word):
    """The page, when it says so."""
    for _ in range(1200):
        if word in (answer := desk.get(page)).text:
            return answer.text
        time.sleep(0.05)
    raise AssertionError(answer.text)
