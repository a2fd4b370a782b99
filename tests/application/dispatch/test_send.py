"""Letters are sent once, to the one whom they are to, and only what was approved: against a server with its faults."""

import dataclasses
import errno
import json
import os
import random
import re
import shutil
import signal
import ssl
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import post_office
import pytest
from post_office import TODAY, make_letter, open_run, opened_post_office, write_outbox, write_templates

from kvisdocs.application.dispatch.digital_post import DigitalPost, DigitalPostAccess
from kvisdocs.application.dispatch.finished import open_search
from kvisdocs.application.dispatch.outbox import find_deliveries
from kvisdocs.application.dispatch.send import Result, SendingRun, settle
from kvisdocs.application.journal import journal as journal_file
from kvisdocs.application.journal.entry import Event
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.journal.letters import list_letters
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.stopping import Stopped, heeding
from kvisdocs.application.store.session import open_output
from kvisdocs.application.template_folders import find_assets
from kvisdocs.cases.load import load_case
from kvisdocs.languages import translate
from kvisdocs.problems import KvisdocsError

pytestmark = pytest.mark.skipif(sys.version_info >= (3, 13), reason="python-serviceplatformen is for Python up to 3.12")

SCRIBE = Scribe("Prøve", post_office.now)
COUNT, ROUNDS = (int(os.environ.get(f"KVISDOCS_POST_{name}", few)) for name, few in (("LETTERS", 30), ("ROUNDS", 3)))
"""How many letters, and how often the sender is killed; 500 and 20 were tried."""


@pytest.fixture
def office(tmp_path, monkeypatch):
    with opened_post_office(tmp_path) as office:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(office.certificate))
        yield office


@pytest.fixture
def templates(tmp_path):
    return write_templates(tmp_path / "templates")


@pytest.fixture
def outbox(tmp_path):
    """Three letters."""
    write_outbox(tmp_path, 3)
    return tmp_path / "output"


@pytest.fixture
def send(outbox, templates, office):
    """Sends what there is; gives what became of each."""
    return lambda **options: open_run(outbox, templates, office.address, office.certificate, **options).go()


def results(done):
    return [each.result for each in done]


def letter_of(outbox, number):
    return outbox / f"sag-{number:04}" / "follow-up-plan.pdf"


def find_printable(outbox):
    with open_search(outbox, find_assets(None), (), TODAY) as search:
        return search.find(Journal(outbox).read_whole(), ("pdf",))


def test_each_letter_goes_once_to_its_citizen_with_its_bytes(send, office, outbox):
    done = send()

    assert [each.problem for each in done] == [None] * 3
    assert results(done) == [Result.SENT] * 3
    assert set(office.taken.values()) == {1}
    cases = [load_case(outbox.parent / "cases" / f"sag-{n:04}.yaml").case for n in range(3)]
    assert sorted(office.numbers.values()) == sorted(case.citizen.cpr.replace("-", "") for case in cases)
    assert sorted(office.digests.values()) == sorted(
        file.sha256 for letter in list_letters(outbox) for file in letter.files.values()
    )
    journal = Journal(outbox).read()
    sent = [each for each in journal.entries if each.event is Event.SENT]
    assert journal.is_whole
    assert {each.details["message"] for each in sent} == set(office.taken)
    assert all(each.details["transaction"] for each in sent)
    assert [str(letter.state) for letter in list_letters(outbox)] == ["sent"] * 3

    assert send() == []
    assert set(office.taken.values()) == {1}
    assert find_printable(outbox).files == ()


def test_a_letter_changed_by_one_byte_after_approval_is_not_sent(send, office, outbox):
    path = letter_of(outbox, 1)
    data = bytearray(path.read_bytes())
    data[-2] ^= 1
    path.write_bytes(data)

    done = send()

    assert results(done) == [Result.SENT, Result.STAYS, Result.SENT]
    assert done[1].problem.code == "dispatch.file.changed"
    assert len(office.taken) == 2


def test_an_approved_letter_that_somebody_moved_away_is_told_of(send, office, outbox):
    letter_of(outbox, 1).rename(outbox / "sag-0001" / "follow-up-plan (1).pdf")

    done = send()

    assert results(done) == [Result.SENT, Result.STAYS, Result.SENT]
    assert done[1].problem.code == "dispatch.file.gone"
    assert send()[0].problem.code == "dispatch.file.gone"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "Bjarne Forkert"}, "dispatch.recipient.other"),
        ({"number": "610181-4321"}, "dispatch.letter.other_number"),
    ],
)
def test_a_swapped_recipient_is_caught_though_approved(tmp_path, templates, office, monkeypatch, changes, code):
    monkeypatch.setattr(post_office, "make_letter", lambda case: make_letter(case, **changes))
    write_outbox(tmp_path, 1)

    (done,) = open_run(tmp_path / "output", templates, office.address, office.certificate).go()

    assert (done.result, done.problem.code) == (Result.STAYS, code)
    assert not office.taken


def test_what_nobody_approved_stays(tmp_path, templates, office):
    write_outbox(tmp_path, 1, unapproved=[0])

    (done,) = open_run(tmp_path / "output", templates, office.address, office.certificate).go()

    assert (done.result, done.problem.code) == (Result.STAYS, "dispatch.letter.unapproved")
    assert not office.taken


def test_a_changed_case_stays(send, office, outbox):
    case = outbox.parent / "cases/sag-0000.yaml"
    case.write_text(case.read_text("utf-8") + "# rettet\n", "utf-8")

    done = send()

    assert (done[0].result, done[0].problem.code) == (Result.STAYS, "dispatch.file.stale")
    assert len(office.taken) == 2


def test_who_is_not_registered_is_left_for_the_printer(send, office, outbox):
    number = load_case(outbox.parent / "cases/sag-0002.yaml").case.citizen.cpr.replace("-", "")
    office.unregistered.add(number)

    assert results(send()) == [Result.SENT, Result.SENT, Result.FOR_PRINT]
    left = find_printable(outbox)
    assert [file.loaded.id for file in left.files] == ["sag-0002"]


@pytest.mark.parametrize("fault", ["before: 500", "after: 500", "before: closed", "after: closed"])
def test_a_lost_answer_is_never_answered_by_sending_again(send, office, outbox, fault):
    office.next_fault = fault

    done = send()
    assert results(done) == [Result.UNKNOWN, Result.SENT, Result.SENT]
    name = done[0].message
    assert results(send()) == [Result.UNKNOWN]
    assert office.taken[name] == fault.startswith("after")
    (problem,) = find_printable(outbox).problems[:1]
    assert problem.code in {"dispatch.file.handed_over", "dispatch.file.sent"}

    if office.taken[name]:
        list(settle(outbox, SCRIBE, [name], []))
    else:
        list(settle(outbox, SCRIBE, [], [name]))
        assert results(send()) == [Result.SENT]
    assert set(office.taken.values()) == {1}
    assert send() == []
    with pytest.raises(KvisdocsError):
        list(settle(outbox, SCRIBE, [name], []))


def test_what_was_refused_may_go_again(send, office, outbox):
    office.next_fault = "refused"

    assert results(send()) == [Result.NOT_TAKEN, Result.SENT, Result.SENT]
    assert results(send()) == [Result.SENT]
    assert set(office.taken.values()) == {1}


def test_a_server_that_cannot_be_reached_ends_the_run_and_nothing_is_unknown(outbox, templates, office):
    (done,) = open_run(outbox, templates, "https://127.0.0.1:9", office.certificate).go()

    assert (done.result, done.problem.code) == (Result.NOT_TAKEN, "dispatch.post.unreachable")
    assert not [each for each in find_deliveries(Journal(outbox).read().entries).values() if each.is_open]


def test_after_three_lost_answers_in_a_row_no_more_are_handed_over(tmp_path, templates, office):
    write_outbox(tmp_path, 6)
    office.fault_share = 1.0
    office.random = random.Random(0)
    office.choose_fault = lambda: "before: 500"

    done = open_run(tmp_path / "output", templates, office.address, office.certificate).go()

    assert results(done) == [Result.UNKNOWN] * 3


def test_a_dry_run_sends_and_writes_nothing(outbox, templates):
    before = Journal(outbox).path.read_bytes()

    done = SendingRun(outbox, find_assets(templates), SCRIBE, TODAY).go()

    assert results(done) == [Result.WOULD_BE_SENT] * 3
    assert Journal(outbox).path.read_bytes() == before


def test_a_dry_run_looks_on_while_another_is_at_work_in_the_folder(outbox, templates):
    with open_output(outbox):
        done = SendingRun(outbox, find_assets(templates), SCRIBE, TODAY).go()
        with pytest.raises(KvisdocsError) as refused:
            SendingRun(outbox, find_assets(templates), SCRIBE, TODAY, folder=outbox.parent / "memo").go()

    assert results(done) == [Result.WOULD_BE_SENT] * 3
    assert refused.value.problems[0].code == "output.folder.in_use"


def test_only_letters_that_somebody_chose_go(send, office, outbox, templates):
    first, second, third = SendingRun(outbox, find_assets(templates), SCRIBE, TODAY).go()

    done = send(chosen=frozenset({second.sha256}))

    assert [(each.result, each.message) for each in done] == [(Result.SENT, second.message)]
    assert set(office.taken) == {second.message}
    assert second.to == load_case(outbox.parent / f"cases/{second.path.parent.name}.yaml").case.citizen.name
    assert {first.message, third.message} == {each.message for each in send() if each.result is Result.SENT}


def test_a_signal_is_heard_when_a_letter_on_its_way_has_its_answer(send, office, outbox):
    office.hook = lambda: os.kill(os.getpid(), signal.SIGTERM)

    with heeding([signal.SIGTERM]), pytest.raises(Stopped):
        send()

    assert len(office.taken) == 1
    assert [each.event for each in Journal(outbox).read().entries[-2:]] == [Event.SENDING, Event.SENT]


def test_messages_are_written_to_a_folder_in_the_order_of_the_standard(outbox, templates, tmp_path):
    run = SendingRun(outbox, find_assets(templates), SCRIBE, TODAY, folder=tmp_path / "memo")

    done = run.go()

    assert results(done) == [Result.WRITTEN] * 3
    files = sorted((tmp_path / "memo").iterdir())
    assert [file.stem for file in files] == sorted(each.message for each in done)
    root = ElementTree.fromstring(files[0].read_bytes())
    assert root.get("memoVersion") == "1.2"
    names = [each.tag.partition("}")[2] for each in root[0]]
    assert names == [
        "messageType", "messageUUID", "label", "reply", "mandatory", "legalNotification", "Sender", "Recipient",
        "ContentData",
    ]  # fmt: skip
    assert (root[0][2].text, root[0][3].text) == ("Brev om din sag", "false")
    assert "Opfølgningsplan.pdf" in files[0].read_text("utf-8")
    assert not Path(files[0]).stat().st_mode & 0o077


def test_letters_go_once_though_the_sender_is_killed_and_the_server_fails(tmp_path, templates, office):
    chance = random.Random(20)
    unapproved = chance.sample(range(COUNT), COUNT // 10)
    digests = write_outbox(tmp_path, COUNT, unapproved)
    withheld = {digests[f"sag-{number:04}"] for number in unapproved}
    output = tmp_path / "output"
    office.fault_share, office.random = 0.15, random.Random(21)
    command = [sys.executable, post_office.__file__, output, templates, office.address, office.certificate]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    withdrawn = set()

    for _ in range(ROUNDS):
        before = sum(office.taken.values())
        sender = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        goal, deadline = before + chance.randrange(1, 2 * COUNT // ROUNDS), time.monotonic() + 20
        while sum(office.taken.values()) < goal and sender.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        time.sleep(chance.random() * 0.05)
        sender.send_signal(signal.SIGKILL)
        sender.wait()
        withdrawn |= _withdraw_one(output, office, chance)
        _settle_by_the_server(output, office)

    office.fault_share = 0.0
    last = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    assert json.loads(last.stdout).get("UNKNOWN", 0) == 0

    sent = [each for each in Journal(output).read().entries if each.event is Event.SENT]
    ledger = Counter(each.details["message"] for each in sent)
    assert Journal(output).read().is_whole
    assert set(office.taken.values()) == {1}  # each once
    assert ledger == office.taken  # ledger and server agree
    assert set(office.digests.values()) == set(digests.values()) - withheld - withdrawn
    assert len(withdrawn) > 0


def _withdraw_one(output, office, chance):
    """Take back the approval of a letter that has not gone; gives its digest."""
    journal = Journal(output)
    entries = journal.read().entries
    moved = set(find_deliveries(entries)) | set(office.digests.values())
    waiting = [each for each in entries if each.event is Event.APPROVED and not each.digests & moved]
    gone = {digest for each in entries if each.event is Event.WITHDRAWN for digest in each.digests}
    waiting = [each for each in waiting if not each.digests & gone]
    if not waiting:
        return set()
    chosen = chance.choice(waiting)
    journal.append([dataclasses.replace(chosen, event=Event.WITHDRAWN)])
    return set(chosen.digests)


def _settle_by_the_server(output, office):
    """As somebody would who looks each unknown message up."""
    waiting = {each.message for each in find_deliveries(Journal(output).read().entries).values() if each.is_open}
    list(settle(output, SCRIBE, sorted(waiting & set(office.taken)), sorted(waiting - set(office.taken))))


# ---- what else goes wrong around a sending ----


def test_a_clock_that_jumped_back_sends_nothing_twice(send, office, outbox):
    past = Scribe("Prøve", lambda: post_office.now() - timedelta(days=400))

    assert results(send(scribe=past)) == [Result.SENT] * 3
    assert send() == []
    assert set(office.taken.values()) == {1}


@pytest.mark.parametrize(("lines", "result"), [(2, Result.SENT), (1, Result.UNKNOWN)])
def test_a_line_that_is_half_written_leaves_no_letter_sent_twice(outbox, templates, office, lines, result):
    (first, *_) = open_run(outbox, templates, office.address, office.certificate).go()
    journal = Journal(outbox)
    whole = journal.path.read_bytes().splitlines(keepends=True)
    place = next(number for number, line in enumerate(whole) if first.message.encode() in line)
    kept = place + 2 - lines  # cut within the line before the message left, or within that after its answer
    journal.path.write_bytes(b"".join(whole[:kept]) + whole[kept][:50])
    (outbox / ".kvisdocs/journal.end").unlink()
    if result is Result.SENT:
        office.taken.clear()  # the program was stopped before it left

    again = open_run(outbox, templates, office.address, office.certificate).go()

    assert again[0].result is result
    assert office.taken[first.message] == 1


def test_a_disk_that_is_full_before_the_ledgers_line_keeps_the_letter_here(send, office, monkeypatch):
    monkeypatch.setattr(journal_file, "_write_all", _full_from(1))

    with pytest.raises(KvisdocsError):
        send()

    assert not office.taken


def test_a_disk_that_is_full_after_the_answer_leaves_a_question_and_no_second_sending(send, office, monkeypatch):
    with monkeypatch.context() as full:
        full.setattr(journal_file, "_write_all", _full_from(2))
        with pytest.raises(KvisdocsError):
            send()
    assert len(office.taken) == 1

    assert results(send()) == [Result.UNKNOWN, Result.SENT, Result.SENT]
    assert set(office.taken.values()) == {1}


def _full_from(count):
    """Writes lines until the disk is full: so many calls, the last of which writes a part."""
    write, left = journal_file._write_all, [count]

    def write_all(descriptor, data):
        left[0] -= 1
        if left[0] <= 0:
            os.write(descriptor, data[:20])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(descriptor, data)

    return write_all


def test_two_cannot_send_from_one_folder_at_once(send, office, outbox):
    with open_output(outbox), pytest.raises(KvisdocsError) as refused:
        send()

    assert refused.value.problems[0].code == "output.folder.in_use"
    assert not office.taken


def test_a_copy_of_the_folder_sends_the_same_messages_so_that_the_receiver_can_tell(outbox, templates, office):
    copy = outbox.with_name("copy")
    shutil.copytree(outbox, copy)

    for folder in (outbox, copy):
        open_run(folder, templates, office.address, office.certificate).go()

    assert set(office.taken.values()) == {2}  # nobody here knows of the other folder


def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(send, office, monkeypatch):
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")

    (done,) = send()

    assert (done.result, done.problem.code) == (Result.NOT_TAKEN, "dispatch.post.unreachable")
    assert not office.taken


def test_a_certificate_that_is_none_is_said_before_anything_leaves(outbox, templates, tmp_path):
    (tmp_path / "kommune.pem").write_text("ikke et certifikat", "utf-8")
    access = DigitalPostAccess(tmp_path / "kommune.pem", True)

    (done,) = SendingRun(outbox, find_assets(templates), SCRIBE, TODAY, post=access).go()

    assert (done.result, done.problem.code) == (Result.NOT_TAKEN, "dispatch.post.no_access")


def test_a_proxy_that_is_not_there_ends_the_run_and_nothing_is_unknown(send, office, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    (done,) = send()
    monkeypatch.setattr(DigitalPost, "is_registered", lambda *_: True)
    (later,) = send()

    assert [each.result for each in (done, later)] == [Result.NOT_TAKEN] * 2
    assert [each.problem.code for each in (done, later)] == ["dispatch.post.unreachable"] * 2
    assert not office.taken


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ("[SSL: TLSV1_ALERT_UNKNOWN_CA] tlsv1 alert unknown ca", Result.NOT_TAKEN),
        ("[SSL: SSLV3_ALERT_CERTIFICATE_EXPIRED] sslv3 alert certificate expired", Result.NOT_TAKEN),
        ("EOF occurred in violation of protocol", Result.UNKNOWN),
    ],
)
def test_only_a_refusal_to_trust_each_other_says_that_nothing_was_taken(send, monkeypatch, said, result):
    import requests
    from urllib3.exceptions import MaxRetryError, SSLError

    def post(*_, **__):
        raise requests.exceptions.SSLError(MaxRetryError(None, "/", SSLError(ssl.SSLError(1, said))))

    monkeypatch.setattr(requests, "post", post)

    assert send()[0].result is result


def fail(monkeypatch, error):
    import requests

    def post(*_, **__):
        raise error

    monkeypatch.setattr(requests, "post", post)
    monkeypatch.setattr(requests, "get", post)


def test_a_fault_is_told_in_plain_words_and_the_librarys_stand_in_brackets(send, monkeypatch):
    import requests
    from urllib3.exceptions import MaxRetryError, NameResolutionError, NewConnectionError, ProtocolError, SSLError

    def under(cause):
        return MaxRetryError(None, "/", cause)

    untrusted = SSLError(ssl.SSLCertVerificationError(1, "CERTIFICATE_VERIFY_FAILED"))
    faults = {
        requests.ReadTimeout("read timed out"): "det tog for lang tid",
        requests.ConnectTimeout(under(None)): "det tog for lang tid",
        requests.ConnectionError(ProtocolError("Connection aborted.")): "forbindelsen blev lukket, før svaret kom",
        requests.exceptions.SSLError(under(untrusted)): "den ene godtog ikke den andens certifikat",
        requests.exceptions.SSLError(under(SSLError("[SSL] PEM lib"))): "certifikatets fil kan ikke læses",
        OSError("Could not find the TLS certificate file"): "certifikatets fil kan ikke læses",
        requests.exceptions.ProxyError(under(None)): "proxyen lod den ikke komme igennem",
        requests.ConnectionError(under(NameResolutionError("sp.dk", None, "no"))): "navnet blev ikke fundet på nettet",
        requests.ConnectionError(under(NewConnectionError(None, "refused"))): "der kom ingen forbindelse",
        ValueError("Expecting value"): "svaret kan ikke læses",
    }
    for error, said in faults.items():
        fail(monkeypatch, error)
        what = translate(send()[0].problem.what, "da")
        assert re.fullmatch(rf"Digital Post svarede ikke: {said} \(\w+: .+\)", what), (what, error)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, "den afviser beskeden"),
        (401, "den kender ikke kommunens certifikat"),
        (403, "kommunen har ikke ret til denne tjeneste"),
        (409, "den har måske beskeden i forvejen"),
        (429, "den bliver spurgt for ofte"),
        (503, "der er en fejl hos den selv"),
    ],
)
def test_an_answer_that_is_none_is_told_with_its_status(send, monkeypatch, status, said):
    import requests

    answer = requests.Response()
    answer.status_code, answer._content = status, b"Wrong\n 010170-1234"
    fail(monkeypatch, requests.HTTPError("refused", response=answer))

    what = translate(send()[0].problem.what, "da")

    assert what == f"Digital Post svarede med status {status}: {said} (Wrong …)"


def test_a_fault_that_is_shown_holds_no_cpr_number(outbox, templates, office, monkeypatch):
    import requests

    number = load_case(outbox.parent / "cases/sag-0000.yaml").case.citizen.cpr.replace("-", "")

    fail(monkeypatch, requests.ConnectionError(f"no way to /service?cprNumber={number}"))
    (done,) = open_run(outbox, templates, office.address, office.certificate).go()

    assert number not in json.dumps(done.problem.as_dict())
    assert "cprNumber=…" in done.problem.as_dict()["what"]
