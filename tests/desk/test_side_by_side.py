"""A desk that is killed while letters are on their way, and two desks on one folder: each letter goes once."""

import random
import re
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from desk_browser import body_of, find_letters
from desk_process import open_sending_desk
from post_office import opened_post_office, write_outbox, write_templates

from kvisdocs.application.journal.entry import Event
from kvisdocs.application.journal.journal import Journal

pytestmark = pytest.mark.skipif(sys.version_info >= (3, 13), reason="python-serviceplatformen is for Python up to 3.12")
COUNT = 4
AT_WORK = "Nogen er allerede ved at lave eller sende breve i denne mappe"
QUESTION = "Breve, som ingen ved besked om"


@pytest.fixture(scope="module")
def templates(tmp_path_factory):
    return write_templates(tmp_path_factory.mktemp("templates") / "templates")


@pytest.fixture
def root(tmp_path):
    write_outbox(tmp_path, COUNT)
    return tmp_path


@pytest.fixture
def office(tmp_path, monkeypatch):
    with opened_post_office(tmp_path) as office:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(office.certificate))
        yield office


@pytest.fixture
def start(root, templates, office):
    """Starts a desk on the folder; all are gone when the test is over."""
    begun = []

    def start():
        begun.append(open_sending_desk(root, templates, office))
        return begun[-1]

    yield start
    for desk in begun:
        if desk.process.poll() is None:
            desk.kill(with_children=True)


@pytest.fixture
def held(office):
    """A letter arrives, and has no answer until it may: two events."""
    arrived, go_on = threading.Event(), threading.Event()

    def hold():
        arrived.set()
        go_on.wait(60)

    office.hook = hold
    yield arrived, go_on
    go_on.set()


def send(desk, letters):
    """Sends them; the page of what came of it."""
    desk.post("/afsendelse/send", {"brev": letters})
    while not desk.get("/afsendelse/status").json()["over"]:
        time.sleep(0.05)
    return desk.get("/afsendelse/resultat").text


def send_until_through(desk, letters):
    """As often as somebody else is at work."""
    while AT_WORK in (page := send(desk, letters)):
        time.sleep(0.1)
    return page


def hold_that_ledger_and_server_agree(root, office):
    reading = Journal(root / "output").read()
    assert reading.is_whole
    assert set(office.taken.values()) == {1}
    assert Counter(each.details["message"] for each in reading.entries if each.event is Event.SENT) == office.taken


def test_letters_go_once_though_the_desk_is_killed_and_its_letter_is_still_on_its_way(start, root, office, held):
    arrived, go_on = held
    first = start()
    letters = find_letters(first.get("/afsendelse"))
    first.post("/afsendelse/send", {"brev": letters})
    assert arrived.wait(60)
    first.kill()

    second = start()
    assert AT_WORK in send(second, letters)
    (message,) = re.findall(r'name="besked" value="([^"]+)"', second.get("/afsendelse").text)
    answered = second.post("/afsendelse/afklar", {"besked": message, "svar": "ikke sendt"})
    assert answered.status_code == 422
    assert AT_WORK in answered.text

    go_on.set()
    send_until_through(second, letters)
    assert QUESTION not in second.get("/afsendelse").text
    assert sorted(office.digests.values()) == sorted(letters)
    hold_that_ledger_and_server_agree(root, office)


@pytest.mark.parametrize(("fault", "answer"), [("before: closed", "ikke sendt"), ("after: closed", "sendt")])
def test_letters_go_once_though_all_is_killed_as_where_the_power_goes(start, root, office, held, fault, answer):
    arrived, go_on = held
    office.next_fault = fault
    first = start()
    letters = find_letters(first.get("/afsendelse"))
    first.post("/afsendelse/send", {"brev": letters})
    assert arrived.wait(60)
    first.kill(with_children=True)
    go_on.set()

    second = start()
    page = second.get("/afsendelse").text
    assert QUESTION in page
    (message,) = re.findall(r'name="besked" value="([^"]+)"', page)
    send(second, letters)
    assert len(office.taken) == COUNT - (answer == "ikke sendt")
    assert QUESTION in second.get("/afsendelse").text

    assert QUESTION not in second.post("/afsendelse/afklar", {"besked": message, "svar": answer}).text
    send(second, letters)
    assert sorted(office.digests.values()) == sorted(letters)
    hold_that_ledger_and_server_agree(root, office)


def test_two_desks_send_the_same_letters_once_and_one_says_that_the_other_is_at_work(start, root, office, held):
    arrived, go_on = held
    one, other = start(), start()
    letters = find_letters(one.get("/afsendelse"))
    assert find_letters(other.get("/afsendelse")) == letters
    with ThreadPoolExecutor() as pool:
        going = pool.submit(send, one, letters)
        assert arrived.wait(60)
        meanwhile, refused = one.get("/afsendelse").text, send(other, letters)
        go_on.set()
        assert f"{COUNT} af {COUNT} breve: {COUNT} sendt" in going.result()

    assert QUESTION not in meanwhile  # the letter is on its way
    assert AT_WORK in refused
    assert f"{COUNT} blev ikke forsøgt sendt" in refused
    assert f"0 af {COUNT} breve." in send(other, letters)
    hold_that_ledger_and_server_agree(root, office)


def at_one_moment(do, desks):
    """What comes of doing it at all of them."""
    gate = threading.Barrier(len(desks))

    def wait_and_do(desk):
        gate.wait()
        return do(desk)

    with ThreadPoolExecutor() as pool:
        return list(pool.map(wait_and_do, desks))


def test_two_desks_at_one_moment_send_each_letter_once_and_take_one_answer(start, root, office):
    office.hook, office.next_fault = lambda: time.sleep(random.random() / 10), "after: closed"
    desks = start(), start()
    letters = find_letters(desks[0].get("/afsendelse"))
    at_one_moment(lambda desk: send_until_through(desk, letters), desks)
    assert sorted(office.digests.values()) == sorted(letters)

    (message,) = re.findall(r'name="besked" value="([^"]+)"', desks[0].get("/afsendelse").text)
    answer = {"besked": message, "svar": "sendt"}
    answers = at_one_moment(lambda desk: desk.post("/afsendelse/afklar", answer).status_code, desks)
    assert sorted(answers) == [200, 422]
    hold_that_ledger_and_server_agree(root, office)


def test_two_desks_that_save_one_case_at_one_moment_keep_the_work_of_both(start, root):
    desks = start(), start()
    path = sorted((root / "cases").iterdir())[0]
    asked = {"fil": path.name}
    forms = [desk.get("/sag", params={**asked, "vis": "tekst"}).text for desk in desks]
    bodies = {
        desk: body_of(form, f"# fra {number}\n") for number, (desk, form) in enumerate(zip(desks, forms, strict=True))
    }
    kind = {"content-type": "application/x-www-form-urlencoded"}

    answers = at_one_moment(
        lambda desk: desk.browser.post("/sag", params=asked, content=bodies[desk], headers=kind), desks
    )
    assert sorted(each.status_code for each in answers) == [200, 409]
    (refused,) = [number for number, each in enumerate(answers) if each.status_code == 409]
    page = answers[refused].text
    assert "er ændret, siden du åbnede den. Din tekst er ikke gemt" in page
    assert path.read_text("utf-8") == f"# fra {1 - refused}\n"
    assert re.findall(r"<textarea[^>]*>\n# fra (\d)", page) == [str(refused), str(1 - refused)]
