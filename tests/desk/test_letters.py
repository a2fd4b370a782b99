"""What was made: in the list of cases, and to open; and which files no address reaches."""

import re
import shutil

import pytest
from desk_browser import CASE, names, opened, row

from kvisdocs.application.render_job import RenderJob
from kvisdocs.application.store.session import open_output
from kvisdocs.desk.clock import today
from kvisdocs.desk.pages import say_day
from kvisdocs.problems import KvisdocsError

FILE = f"{CASE}/follow-up-plan.docx"


@pytest.fixture(scope="module")
def output(folder, tmp_path_factory):
    """An output folder with one letter, in Word."""
    made = tmp_path_factory.mktemp("made") / "output"
    RenderJob(made, today(), ("docx",)).make([folder / "citizens" / f"{CASE}.yaml"], ["follow-up-plan"], None)
    (made / "hemmelig.pdf").write_bytes(b"hemmelig")
    (made / CASE / "egen.docx").write_bytes(b"hemmelig")
    return made


@pytest.fixture(scope="module")
def desk(folder, output):
    with opened(folder, output=output) as browser:
        yield browser


def mine(desk):
    """What the list says of the case; its own page says the same."""
    told = row(desk.get("/"), f"citizens/{CASE}.yaml")
    letter = re.search(r"<td>(Opfølgningsplan [^\n]*)</td>\n", told)
    own = desk.get("/sag", params={"fil": f"citizens/{CASE}.yaml"}).text.partition("<h2>Lavet</h2>")[2]
    assert f"<li>{letter[1]}</li>" in own if letter else "<p>Intet endnu.</p>" in own
    return told


def test_the_list_says_what_was_made_and_opens_it(desk, output):
    assert f"Opfølgningsplan {say_day(today())} (<a href=" in mine(desk)
    assert "Word</a>)</td>" in mine(desk)
    answer = desk.get("/fil", params={"sti": FILE})
    assert answer.content == (output / FILE).read_bytes()
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{CASE}-follow-up-plan.docx"
    assert names(desk.get("/?problem=lavet")) == [f"citizens/{CASE}.yaml"]
    assert f"citizens/{CASE}.yaml" not in names(desk.get("/?problem=ikke-lavet"))
    for nothing in ("siden", "rettet", "holdt"):
        assert names(desk.get(f"/?problem={nothing}")) == []


def test_what_somebody_changed_is_told_and_what_is_gone_is_not(desk, output):
    before = (output / FILE).read_bytes()
    (output / FILE).write_bytes(before + b" ")
    assert "nogen har rettet i det" in mine(desk)
    assert names(desk.get("/?problem=rettet")) == [f"citizens/{CASE}.yaml"]
    assert desk.get("/fil", params={"sti": FILE}).content == before + b" "
    (output / FILE).unlink()
    assert f"Opfølgningsplan {say_day(today())}" not in mine(desk)
    assert desk.get("/fil", params={"sti": FILE}).status_code == 404
    (output / FILE).write_bytes(before)
    assert "nogen har rettet i det" not in mine(desk)


def test_what_lies_among_those_held_back_is_told(desk, output):
    held = output / "held-back" / FILE
    held.parent.mkdir(parents=True)
    (output / FILE).rename(held)
    assert "holdt tilbage" in mine(desk)
    assert names(desk.get("/?problem=holdt")) == [f"citizens/{CASE}.yaml"]
    assert desk.get("/fil", params={"sti": f"held-back/{FILE}"}).content == held.read_bytes()
    held.rename(output / FILE)
    shutil.rmtree(output / "held-back")


def test_a_case_that_changed_since_is_told(desk, folder):
    file = folder / "citizens" / f"{CASE}.yaml"
    before = file.read_bytes()
    file.write_bytes(before + b"# set\n")
    assert "sagen er ændret siden" in mine(desk)
    assert names(desk.get("/?problem=siden")) == [f"citizens/{CASE}.yaml"]
    file.write_bytes(before)
    assert "sagen er ændret siden" not in mine(desk)


def test_what_a_run_adds_is_seen_while_it_has_the_folder(desk, folder, output):
    with open_output(output) as session:
        record = next(iter(session.manifest.records.values()))
        other = session.manifest.key_of("viborg-punkt-12", record.document)
        session.manifest.append([type(record)(other, record.document, record.files)])
        (output / "viborg-punkt-12").mkdir()
        shutil.copy(output / FILE, output / "viborg-punkt-12")
        assert len(names(desk.get("/?problem=lavet"))) == 2
    shutil.rmtree(output / "viborg-punkt-12")
    assert len(names(desk.get("/?problem=lavet"))) == 1


def test_an_output_folder_is_not_made_by_looking(folder, tmp_path):
    with opened(folder, output=tmp_path / "output") as desk:
        assert desk.get("/").status_code == 200
        assert desk.get("/fil", params={"sti": FILE}).status_code == 404
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_nobody_may_look_into_is_said(folder, tmp_path):
    (tmp_path / ".kvisdocs").mkdir()
    (tmp_path / ".kvisdocs/manifest.jsonl").symlink_to("manifest.jsonl")
    with opened(folder, output=tmp_path) as desk:
        answer = desk.get("/")
        case = desk.get("/sag", params={"fil": f"citizens/{CASE}.yaml"})
    assert answer.status_code == 503
    assert "det, der er lavet, kan ikke læses" in answer.text
    assert case.status_code == 200
    assert "Det kan ikke læses, hvad der er lavet af sagen" in case.text


WAYS = [
    "",
    ".",
    "..",
    "/",
    "hemmelig.pdf",
    f"{CASE}/egen.docx",
    f"{CASE}/follow-up-plan.pdf",
    f"{CASE}/../{FILE}",
    f"./{FILE}",
    f"/{FILE}",
    f"x/{FILE}",
    f"held-back/{FILE}",
    FILE.replace("/", "\\"),
    f"{FILE}\0",
    f"{FILE}\0.pdf",
    "../sager/i stykker.yaml",
    "/etc/passwd",
    ".kvisdocs/manifest.jsonl",
    ".kvisdocs/key",
    f"{CASE}/",
    "x" * 5000,
    "\udcff/follow-up-plan.docx",
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: repr(way[:40]))
def test_no_address_leads_to_another_file(desk, way):
    answer = desk.get("/fil?sti=" + "".join(f"%{byte:02x}" for byte in way.encode("utf-8", "surrogateescape")))
    assert answer.status_code == 404
    assert "hemmelig" not in answer.text


@pytest.mark.parametrize("link", ["file", "folder"])
def test_no_link_is_followed(desk, output, tmp_path, link):
    """Not even to a file with the very bytes."""
    shutil.copytree(output / CASE, tmp_path / "udenfor")
    kept = tmp_path / "kept"
    place = output / FILE if link == "file" else output / CASE
    place.rename(kept)
    place.symlink_to(tmp_path / "udenfor" / ("follow-up-plan.docx" if link == "file" else ""))
    try:
        assert desk.get("/fil", params={"sti": FILE}).status_code == 404
    finally:
        place.unlink()
        shutil.move(kept, place)
    assert desk.get("/fil", params={"sti": FILE}).status_code == 200


def test_cases_and_letters_are_listed_where_somebody_took_the_journal_away(folder, output):
    """Nobody can say then what was approved: nothing is made, but cases are read and mended all the same."""
    (output / ".kvisdocs" / "journal.end").write_text("9 0\n", encoding="ascii")
    with opened(folder, output=output) as desk:
        assert f"Opfølgningsplan {say_day(today())} (<a href=" in row(desk.get("/"), f"citizens/{CASE}.yaml")
    with pytest.raises(KvisdocsError) as refused, open_output(output):
        pass
    assert refused.value.problems[0].code == "journal.file.gone"
    (output / ".kvisdocs" / "journal.end").unlink()
