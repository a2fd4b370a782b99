"""Letters are sent, printed, packed and written for doctors from the desk, as the commands do it."""

import os
import re
import signal
import sys
import time
from contextlib import contextmanager

import psutil
import pytest
from click.testing import CliRunner
from desk_browser import find_letters, opened
from post_office import TODAY, StandInAccess, opened_post_office, write_outbox, write_templates

from kvisdocs.application.journal.entry import Event
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.store.session import open_output
from kvisdocs.application.template_folders import find_assets
from kvisdocs.cli.main import main
from kvisdocs.desk.clock import stopped_at
from kvisdocs.desk.pages import say_day

pytestmark = pytest.mark.skipif(sys.version_info >= (3, 13), reason="python-serviceplatformen is for Python up to 3.12")
COUNT = 4


@pytest.fixture(scope="module")
def templates(tmp_path_factory):
    return write_templates(tmp_path_factory.mktemp("templates") / "templates")


@pytest.fixture
def root(tmp_path):
    """Four letters, of which nobody has approved the last."""
    write_outbox(tmp_path, COUNT, unapproved={COUNT - 1})
    return tmp_path


@pytest.fixture
def office(tmp_path, monkeypatch):
    with opened_post_office(tmp_path) as office:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(office.certificate))
        yield office


@contextmanager
def open_desk(root, templates, office=None):
    access = StandInAccess(office.address, office.certificate) if office else None
    with (
        stopped_at(TODAY),
        opened(root / "cases", find_assets(templates), output=root / "output", by="Mette", post=access) as desk,
    ):
        yield desk


@pytest.fixture
def desk(root, templates, office):
    with open_desk(root, templates, office) as desk:
        yield desk


def post(desk, path, *letters, **fields):
    return desk.post(path, data={"form": desk.secrets.csrf, "brev": list(letters), **fields})


def wait(desk):
    for _ in range(600):
        if desk.get("/afsendelse/status").json()["over"]:
            return desk.get("/afsendelse/gang")
        time.sleep(0.1)
    raise AssertionError("it is not over")


def events(root):
    return [each.event for each in Journal(root / "output").read().entries]


def list_files(page):
    """What is ready to be downloaded: addresses by name."""
    found = re.findall(r'<a href="(/afsendelse/fil[^"]+)" download>([^<]+)</a>', page.text)
    found += re.findall(r'action="(/afsendelse/fil[^"]+)".*?>Hent ([^<]+)</button>', page.text)
    return {name: address.replace("&amp;", "&") for address, name in found}


def test_chosen_letters_go_after_a_second_look_and_are_told_of(desk, root, office):
    page = desk.get("/afsendelse")
    first, second, third = find_letters(page)
    assert "ingen har godkendt det; få det læst og godkendt først<" in page.text

    (unapproved,) = find_letters(page, "u")
    asked = post(desk, "/afsendelse", first, third, unapproved, "0" * 64, handling="send")
    assert "<h1>Send 2 breve?</h1>" in asked.text
    assert "ingen har godkendt" in asked.text.partition("Bliver liggende")[2]
    assert "1 af de breve, du valgte, ligger her ikke længere, som de var" in asked.text
    assert "Der er ikke valgt noget brev" in post(desk, "/afsendelse", handling="send").text
    assert Event.SENDING not in events(root)

    post(desk, "/afsendelse/send", first, third)
    result = wait(desk)
    assert "2 af 2 breve: 2 sendt." in result.text
    assert sorted(office.digests.values()) == sorted([first, third])
    assert [each.by for each in Journal(root / "output").read().entries if each.event is Event.SENT] == ["Mette"] * 2
    assert find_letters(desk.get("/afsendelse")) == [second]


def test_sending_the_same_again_sends_nothing(desk, root, office):
    letters = find_letters(desk.get("/afsendelse"))
    for _ in range(2):
        post(desk, "/afsendelse/send", *letters)
        wait(desk)

    assert set(office.taken.values()) == {1}
    assert len(office.taken) == COUNT - 1
    assert "0 af 3 breve." in desk.get("/afsendelse/resultat").text


def test_what_is_taken_back_between_the_page_and_the_click_stays(desk, root, office, templates):
    letters = find_letters(desk.get("/afsendelse"))
    case = root / "cases" / sorted(path.name for path in (root / "cases").iterdir())[0]
    case.write_text(case.read_text("utf-8") + "\n# rettet\n", "utf-8")

    post(desk, "/afsendelse/send", *letters)
    result = wait(desk)

    assert "3 af 3 breve: 2 sendt og 1 udeladt." in result.text
    assert "blev lavet, før sagen blev ændret" in result.text
    assert len(office.taken) == 2


def test_a_second_sending_waits_for_the_first(desk, office):
    letters = find_letters(desk.get("/afsendelse"))
    office.hook = lambda: time.sleep(1)
    post(desk, "/afsendelse/send", *letters)

    again = post(desk, "/afsendelse/send", *letters)
    assert again.status_code == 409
    assert "Breve er allerede ved at blive sendt" in again.text
    wait(desk)
    assert set(office.taken.values()) == {1}


def test_stopped_after_the_letter_on_its_way(desk, root, office):
    letters = find_letters(desk.get("/afsendelse"))
    office.hook = lambda: desk.post("/afsendelse/stop", data={"form": desk.secrets.csrf})
    post(desk, "/afsendelse/send", *letters)
    result = wait(desk)

    assert len(office.taken) == 1
    assert events(root)[-1] is Event.SENT
    assert "1 af 3 breve: 1 sendt. 2 blev ikke forsøgt sendt." in result.text


def test_a_killed_sending_leaves_a_question_and_no_letter_goes_twice(desk, root, office):
    letters = find_letters(desk.get("/afsendelse"))
    office.hook = lambda: kill_sender()
    post(desk, "/afsendelse/send", *letters)
    result = wait(desk)
    office.hook = lambda: None
    assert "Afsendelsen sluttede, før den var igennem" in result.text

    page = desk.get("/afsendelse")
    (message,) = re.findall(r'name="besked" value="([^"]+)"', page.text)
    assert post(desk, "/afsendelse/afklar", besked="x", svar="sendt").status_code == 422
    assert post(desk, "/afsendelse/afklar", besked=message, svar="måske").status_code == 400
    post(desk, "/afsendelse/send", *letters)
    wait(desk)
    assert office.taken[message] == 1

    post(desk, "/afsendelse/afklar", besked=message, svar="sendt")
    assert "Breve, som ingen ved besked om" not in desk.get("/afsendelse").text
    post(desk, "/afsendelse/send", *letters)
    wait(desk)
    assert set(office.taken.values()) == {1}
    assert len(office.taken) == COUNT - 1


def kill_sender():
    """Kill the process that sends, the one child that holds a connection to the server."""
    for child in psutil.Process().children(recursive=True):
        if any(each.status == psutil.CONN_ESTABLISHED for each in child.net_connections("tcp")):
            os.kill(child.pid, signal.SIGKILL)


def test_without_a_certificate_the_page_says_so_and_nothing_goes(root, templates):
    with open_desk(root, templates) as desk:
        page = desk.get("/afsendelse")
        assert "det ikke har kommunens certifikat" in page.text
        assert "Send de valgte" not in page.text
        letters = find_letters(page)
        assert post(desk, "/afsendelse/send", *letters).status_code == 200
        assert post(desk, "/afsendelse", *letters, handling="send").status_code == 200
    assert Event.SENDING not in events(root)


def test_printed_and_packed_as_by_the_commands(desk, root, templates, monkeypatch):
    page = desk.get("/afsendelse")
    (unapproved,) = find_letters(page, "u")
    assert f'value="{unapproved}" checked' not in page.text
    letters = [*find_letters(page), unapproved]
    files = list_files(post(desk, "/afsendelse", *letters, handling="print", orden="name", duplex="ja"))
    packed = list_files(post(desk, "/afsendelse/pak", format="pdf"))

    monkeypatch.chdir(root)
    for command in ("common", "print_"):
        monkeypatch.setattr(f"kvisdocs.cli.dispatch.{command}.date", Today)
    runner = CliRunner()
    options = ["--templates", str(templates)]
    by_command = runner.invoke(main, ["print", "output", "-o", "breve.pdf", "--sort", "name", "--duplex", *options])
    assert by_command.exit_code == 0, by_command.output
    assert set(files) == {"breve.pdf", "breve.csv"}
    assert desk.get(files["breve.csv"]).content == (root / "breve.csv").read_bytes()
    printed = [each for each in Journal(root / "output").read().entries if each.event is Event.PRINTED]
    again = post(desk, "/afsendelse", *letters, handling="igen", orden="name", duplex="ja")
    assert take(desk, list_files(again)["breve.pdf"]).content == (root / "breve.pdf").read_bytes()
    assert len(printed) == len(letters)
    assert runner.invoke(main, ["pack", "output", "-o", "sager.zip", "--to", "pdf", *options]).exit_code == 0
    assert desk.get(packed["sager.zip"]).content == (root / "sager.zip").read_bytes()


def take(desk, address):
    """A file for the printer, by its button."""
    return desk.post(address, data={"form": desk.secrets.csrf})


def list_printed(root):
    """Who printed which letter, by the journal."""
    entries = Journal(root / "output").read().entries
    return [(each.by, each.files["pdf"].sha256) for each in entries if each.event is Event.PRINTED]


def test_letters_are_on_record_as_printed_once_somebody_has_their_file(desk, root):
    first, second, third = find_letters(desk.get("/afsendelse"))
    files = list_files(post(desk, "/afsendelse", first, third, handling="print", orden="case"))
    assert desk.get(files["breve.pdf"]).status_code == 404
    assert desk.post(files["breve.pdf"], data={"form": "x"}).status_code == 403
    assert (list_printed(root), find_letters(desk.get("/afsendelse"))) == ([], [first, second, third])

    for _ in range(2):
        assert take(desk, files["breve.pdf"]).content.startswith(b"%PDF-")
    assert list_printed(root) == [("Mette", first), ("Mette", third)]
    page = desk.get("/afsendelse")
    assert (find_letters(page), set(find_letters(page, "g"))) == ([second], {first, third})
    (entry, _) = [each for each in Journal(root / "output").read().entries if each.event is Event.PRINTED]
    assert page.text.count(f"<span>Udskrevet {say_day(entry.day)}</span>") == 2
    assert "<strong>udskrevet</strong>" in desk.get("/godkend").text

    refused = post(desk, "/afsendelse", first, handling="print")
    assert (refused.status_code, "Blev udskrevet den" in refused.text) == (422, True)
    again = list_files(post(desk, "/afsendelse", first, handling="igen"))
    take(desk, again["breve.pdf"])
    assert list_printed(root)[2:] == [("Mette", first)]


def test_a_printed_letter_is_not_sent_though_it_was_chosen_before(desk, root, office):
    letters = find_letters(desk.get("/afsendelse"))
    take(desk, list_files(post(desk, "/afsendelse", letters[0], handling="print"))["breve.pdf"])

    post(desk, "/afsendelse/send", *letters)

    assert "3 af 3 breve: 2 sendt og 1 udskrevet før." in wait(desk).text
    assert sorted(office.digests.values()) == sorted(letters[1:])


def test_a_file_is_not_handed_out_where_a_letter_in_it_was_sent_meanwhile(desk, root):
    letters = find_letters(desk.get("/afsendelse"))
    files = list_files(post(desk, "/afsendelse", *letters, handling="print"))
    post(desk, "/afsendelse/send", letters[1])
    wait(desk)

    refused = take(desk, files["breve.pdf"])

    assert refused.status_code == 422
    assert "Der er sket noget med 1 af dens breve, siden filen blev lavet" in refused.text
    assert list_printed(root) == []


def test_every_caseworkers_file_says_what_is_in_it_when_it_is_taken(desk, root):
    letters = find_letters(desk.get("/afsendelse"))
    files = list_files(post(desk, "/afsendelse", *letters, handling="print", hver="ja"))
    for name, address in sorted(files.items()):
        if name.endswith(".pdf"):
            before = len(list_printed(root))
            rows = desk.get(files[name.replace(".pdf", ".csv")]).content.decode("utf-8-sig").splitlines()[1:]
            take(desk, address)
            assert {each for _, each in list_printed(root)[before:]} == {row.rpartition(";")[2] for row in rows}
    assert {each for _, each in list_printed(root)} == set(letters)


class Today:
    """Today is the day of the examples."""

    @staticmethod
    def today():
        return TODAY


def test_a_letter_that_changed_since_it_was_chosen_is_not_printed_and_the_choice_stays(desk, root):
    first, second, _ = find_letters(desk.get("/afsendelse"))
    refused = post(desk, "/afsendelse", first, "0" * 64, handling="print")

    assert refused.status_code == 422
    assert "1 af de valgte breve er ikke, som de var" in refused.text
    assert re.search(rf'value="{first}" checked', refused.text)
    assert not re.search(rf'value="{second}" checked', refused.text)


def test_a_run_at_work_is_no_hindrance_to_look_and_one_to_send(desk, root, office):
    letters = find_letters(desk.get("/afsendelse"))
    with open_output(root / "output"):
        assert find_letters(desk.get("/afsendelse")) == letters
        post(desk, "/afsendelse/send", *letters)
        assert "Nogen er allerede ved at lave eller sende breve i denne mappe" in wait(desk).text
    assert not office.taken


@pytest.mark.parametrize("path", ["", "/send", "/stop", "/afklar", "/pak", "/laege"])
def test_nothing_is_done_without_the_secret_of_this_desk(desk, office, path):
    letters = find_letters(desk.get("/afsendelse"))
    sent = desk.post(f"/afsendelse{path}", data={"form": "x", "brev": letters, "handling": "send"})
    foreign = desk.post(
        f"/afsendelse{path}", data={"form": desk.secrets.csrf, "brev": letters}, headers={"origin": "https://ond.dk"}
    )

    assert (sent.status_code, foreign.status_code) == (403, 403)
    assert not office.taken


def test_only_what_was_laid_out_can_be_downloaded(desk):
    for word in ("", "../../etc/passwd", "x"):
        assert desk.get("/afsendelse/fil", params={"id": word}).status_code == 404


def test_where_nothing_was_made_yet_nothing_is_wrong(tmp_path, templates):
    (tmp_path / "cases").mkdir()
    with open_desk(tmp_path, templates) as desk:
        page = desk.get("/afsendelse").text
    assert "Der er ingen breve at sende" in page
    assert "said bad" not in page


def test_names_of_recipients_are_shown_as_text(root, templates, office):
    with open_desk(root, templates, office) as desk:
        page = desk.get("/afsendelse").text
    assert "Til Åse" in page
