"""The documents of a case: the bytes that `render` makes, and a template without end that keeps nobody waiting."""

import html
import re
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from desk_browser import CASE, ROOT, opened

from kvisdocs.application.render_job import RenderJob
from kvisdocs.application.template_folders import find_assets, shipped
from kvisdocs.desk.clock import today
from kvisdocs.desk.making import Made, Maker

CASE_FILE = f"citizens/{CASE}.yaml"


@pytest.fixture(scope="module")
def rendered(folder, tmp_path_factory):
    output = tmp_path_factory.mktemp("output")
    job = RenderJob(output, today(), ("pdf", "docx", "html"))
    job.make([folder / CASE_FILE], (), None)
    return output / CASE


def paper_of(desk, asked):
    """What the frame of a document's page shows."""
    return desk.get(html.unescape(re.search('<iframe [^>]*src="([^"]*)"', desk.get("/dokument", params=asked).text)[1]))


def test_every_document_is_renders_to_the_byte(desk, rendered):
    page = desk.get("/sag", params={"fil": CASE_FILE}).text
    offered = re.findall(r"dokument=([\w-]+)", page)
    made = sorted({path.stem for path in rendered.iterdir()})
    assert set(made) <= set(offered)
    for document in made:
        asked = {"fil": CASE_FILE, "dokument": document}
        for format in ("pdf", "docx"):
            answer = desk.get("/hent", params={**asked, "format": format})
            assert answer.content == (rendered / f"{document}.{format}").read_bytes()
            assert f"{CASE}-{document}.{format}" in answer.headers["content-disposition"]
        assert paper_of(desk, asked).content == (rendered / f"{document}.html").read_bytes()


def test_a_document_is_shown_in_a_frame_that_may_do_nothing(desk):
    asked = {"fil": CASE_FILE, "dokument": "follow-up-plan"}
    page = desk.get("/dokument", params=asked).text
    assert "<iframe" in page
    assert ' sandbox src="/papir?' in page
    policy = paper_of(desk, asked).headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script" not in policy


def test_the_reason_is_told_by_its_line_and_not_by_where_the_folder_lies(tmp_path):
    text = (ROOT / "cases_yaml/citizens" / f"{CASE}.yaml").read_text("utf-8")
    (tmp_path / "sag.yaml").write_text(text.replace("first_day: 2026-05-18", "first_day: 2046-05-18"), "utf-8")
    with opened(tmp_path) as desk:
        page = desk.get("/dokument", params={"fil": "sag.yaml", "dokument": "follow-up-plan"})
    assert page.status_code == 422
    assert re.search(r"<li><a [^>]*>Linje \d+</a>\. ", page.text)
    assert str(tmp_path) not in page.text


def test_what_cannot_be_made_is_said_with_the_reason(desk):
    page = desk.get("/sag", params={"fil": "viborg-punkt-12.yaml"}).text
    assert "dokument=committee-brief" in page
    plan = desk.get("/sag", params={"fil": CASE_FILE}).text.split("Optrapningsplan kan ikke laves i dag:")[1]
    assert "<li>der er intet samtykke" in plan.split("</ul>")[0]
    broken = desk.get("/dokument", params={"fil": "i stykker.yaml", "dokument": "gp-letter"})
    assert broken.status_code == 422
    assert "Dokumentet kan ikke laves" in broken.text
    other = desk.get("/hent", params={"fil": "viborg-punkt-12.yaml", "dokument": "gp-letter", "format": "pdf"})
    assert other.status_code == 422
    assert "sagen har ikke dokumentet" in other.text


@pytest.mark.parametrize(
    "asked", [{"dokument": "x"}, {"dokument": "../gp-letter"}, {"format": "exe"}, {"fil": "x.yaml"}, {"format": "html"}]
)
def test_what_there_is_not_is_not_found(desk, asked):
    known = {"fil": CASE_FILE, "dokument": "gp-letter", "format": "pdf"}
    assert desk.get("/hent", params={**known, **asked}).status_code == 404


def test_a_template_without_end_is_stopped_and_the_list_goes_on(folder, tmp_path):
    templates = tmp_path / "templates"
    shutil.copytree(shipped("templates") / "follow-up-plan", templates / "follow-up-plan")
    page = "<!doctype html><html lang='da'><head><title>x</title><style>p { width: 1px }</style></head><body>"
    loop = "{% for a in range(900) %}{% for b in range(900) %}<p>{{ a }}</p>{% endfor %}{% endfor %}"
    (templates / "follow-up-plan" / "document.html.j2").write_text(page + loop, encoding="utf-8")
    with opened(folder, find_assets(templates), seconds=0.05) as desk:
        began = time.monotonic()
        answer = desk.get("/dokument", params={"fil": CASE_FILE, "dokument": "follow-up-plan"})
        assert answer.status_code == 422
        assert "tog mere end" in answer.text
        assert desk.get("/").status_code == 200
        assert time.monotonic() - began < 30


def test_sixty_who_wait_for_a_document_keep_no_other_page_waiting(folder, monkeypatch):
    """More than there are threads that answer pages."""
    goes_on = threading.Event()

    def hang(*asked):
        goes_on.wait(30)
        return Made(None)

    monkeypatch.setattr(Maker, "make", hang)
    asked = {"fil": CASE_FILE, "dokument": "follow-up-plan"}
    with opened(folder) as desk, ThreadPoolExecutor(60) as pool:
        waiting = [pool.submit(desk.get, "/dokument", params=asked) for _ in range(60)]
        wait(waiting, 3)
        try:
            assert desk.get("/").status_code == 200
            assert not any(each.done() for each in waiting)
        finally:
            goes_on.set()
