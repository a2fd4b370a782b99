"""The list of cases: what it says of each, how it is searched and sorted, and that it sees what has changed."""

import os
import re
import shutil
from concurrent.futures import Executor, Future

import pytest
from desk_browser import CASE, ROOT, XSS, names, opened, row

from kvisdocs.application.template_folders import find_assets
from kvisdocs.batch.pool.pool import WorkerDied
from kvisdocs.desk.cases.reviews import Reviews
from kvisdocs.desk.clock import today
from kvisdocs.desk.folder import Folder


def test_each_case_with_its_name_kind_and_problems(desk):
    page = desk.get("/")
    good, bad = row(page, f"citizens/{CASE}.yaml"), row(page, "i stykker.yaml")
    assert "Kirsten Aagaard Bro" in good
    assert "Borgersag" in good
    assert "Brev til egen læge" in good or "Orientering" in good
    assert re.search(r"\d+ fejl", bad)
    assert "intet" in bad


def test_a_name_in_a_case_is_text(desk):
    page = desk.get("/").text
    assert XSS not in page
    assert "&lt;script&gt;" in page


def test_search_and_filters(desk):
    assert names(desk.get("/?q=kirsten")) == [f"citizens/{CASE}.yaml"]
    assert names(desk.get("/?q=KIRSTEN bro")) == [f"citizens/{CASE}.yaml"]
    assert names(desk.get("/?art=committee")) == ["viborg-punkt-12.yaml"]
    assert "i stykker.yaml" in names(desk.get("/?problem=fejl"))
    assert "i stykker.yaml" not in names(desk.get("/?problem=klar"))
    assert "Ingen af de 4 sager passer" in desk.get("/?q=findes-ikke").text
    assert len(names(desk.get("/?art=x&problem=y&orden=z"))) == 4


def test_sorted_with_the_faulty_first(desk):
    found = names(desk.get("/?orden=problemer"))
    assert found[-1] in {f"citizens/{CASE}.yaml", "viborg-punkt-12.yaml"}
    assert names(desk.get("/?orden=navn")) != found


@pytest.mark.parametrize("path", ["/", "/nowhere"])
def test_pages_are_danish_and_have_a_way_past_the_menu(desk, path):
    page = desk.get(path).text
    assert '<html lang="da">' in page
    assert 'href="#indhold"' in page
    assert page.count("<h1>") == 1


def test_what_has_changed_is_seen_and_nothing_else_is_read_again(tmp_path, folder):
    shutil.copy(folder / "citizens" / f"{CASE}.yaml", tmp_path / "a.yaml")
    shutil.copy(folder / "citizens" / f"{CASE}.yaml", tmp_path / "b.yaml")
    with opened(tmp_path) as desk:
        assert names(desk.get("/")) == ["a.yaml", "b.yaml"]
        reviews = desk.app.app.state.reviews
        before = dict(reviews._kept)
        (tmp_path / "b.yaml").unlink()
        (tmp_path / "c.yaml").write_text("kind: citizen\n", encoding="utf-8")
        assert names(desk.get("/")) == ["a.yaml", "c.yaml"]
        assert reviews._kept[tmp_path / "a.yaml"] is before[tmp_path / "a.yaml"]
        text = (tmp_path / "a.yaml").read_text(encoding="utf-8").replace("Kirsten", "Karsten")
        (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
        assert "Karsten" in desk.get("/").text


def test_a_folder_without_cases_and_one_without_rights(tmp_path):
    (tmp_path / "x").mkdir()
    with opened(tmp_path) as desk:
        assert "ingen sager i mappen endnu" in desk.get("/").text
        (tmp_path / "a.yaml").write_text("kind: citizen\n", encoding="utf-8")
        (tmp_path / "a.yaml").chmod(0)
        if os.geteuid():
            assert "1 fejl" in desk.get("/").text


def test_a_list_that_takes_its_time_is_shown_without_those_that_are_not_judged_yet(folder):
    with opened(folder, patience_s=0) as desk:
        page = desk.get("/")
        assert "4 sager kontrolleres endnu" in page.text
        assert row(page, "i stykker.yaml").count("<td") == 3
        assert names(desk.get("/?problem=ingen")) == []
        desk.app.app.state.reviews.patience_s = 60
        assert "kontrolleres" not in desk.get("/").text


class Dying(Executor):
    """Workers that die of one file, and of whatever is judged with it."""

    def submit(self, function, share):
        future = Future()
        if any(path.name == "b.yaml" for path in share.files):
            future.set_exception(WorkerDied(9))
        else:
            future.set_result(function(share))
        return future


def test_a_case_that_stops_its_worker_takes_no_other_along(tmp_path, folder):
    for name in "abc":
        shutil.copy(folder / "citizens" / f"{CASE}.yaml", tmp_path / f"{name}.yaml")
    reviews = Reviews(Folder(tmp_path), find_assets(None), 1)
    try:
        reviews._workers.shutdown()
        reviews._workers = Dying()
        found = {file.name: review for file, review in reviews.all(today())}
    finally:
        reviews.close()
    assert [found[name].title for name in ("a.yaml", "b.yaml", "c.yaml")] == [
        "Kirsten Aagaard Bro",
        "",
        found["a.yaml"].title,
    ]
    assert [problem.code for problem in found["b.yaml"].problems] == ["desk.case.unjudged"]


class Counting:
    """Workers that judge here, and remember how often they were asked."""

    def __init__(self):
        self.asked = 0

    def submit(self, function, share):
        self.asked += 1
        future = Future()
        future.set_result(function(share))
        return future


def test_a_meeting_is_judged_again_when_it_or_an_item_is_another_and_not_before(tmp_path):
    for each in (ROOT / "cases_yaml/committee").glob("moede-*"):
        shutil.copy(each, tmp_path)
    meeting, item = tmp_path / "moede-2026-11-04.yaml", tmp_path / "moede-punkt-2.yaml"
    reviews = Reviews(Folder(tmp_path), find_assets(None), 1)
    reviews._workers.shutdown()
    reviews._own_worker.shutdown()
    reviews._workers, reviews._own_worker = Counting(), Counting()

    first = reviews.one(meeting, meeting.read_bytes(), today())
    assert first.problems == ()
    assert reviews.one(meeting, meeting.read_bytes(), today()) == first
    assert reviews.one(meeting, b"kind: meeting\n", today()).problems  # typed, and not saved
    assert reviews.one(meeting, meeting.read_bytes(), today()) == first
    assert reviews._own_worker.asked == 2

    item.write_text(item.read_text(encoding="utf-8").replace('number: "2"', 'number: "8"'), encoding="utf-8")
    told = reviews.one(meeting, meeting.read_bytes(), today()).problems
    assert [problem.position.file for problem in told] == [str(item)]
    assert {file.name: review for file, review in reviews.all(today())}["moede-2026-11-04.yaml"].problems == told
    assert reviews._own_worker.asked == 3


def test_a_file_that_no_address_can_name_is_listed_with_the_reason(tmp_path):
    (tmp_path / "anna:2.yaml").write_text("kind: citizen\n", encoding="utf-8")
    with opened(tmp_path) as desk:
        page = desk.get("/").text
    assert "Giv filen et andet navn" in page
    assert "fil=anna" not in page
