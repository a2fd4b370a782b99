"""What goes wrong stays where it is: provoked for real, with processes that are killed and disks that are full."""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from batch_results import BATCH, DAY, ends, made, said
from builders import citizen_yaml
from processes import LONG_S, end, report_of, wait_for

from kvisdocs.application.store.output_store import OutputStore
from kvisdocs.problems import KvisdocsError, Position, Problem

LOOP = "{% set far = range(99999) | list %}{% for a in range(90000) %}{% if 'x' in far %}{% endif %}{% endfor %}"
"""Within a template's budget of steps, which counts no comparisons, and goes on for minutes."""


@pytest.fixture
def endless(write, note) -> None:
    """The case of a citizen called Løkke never ends in the document `note`."""
    shown = Path("templates/note/document.html.j2").read_text()
    loop = f'{{% if case.citizen.last_name == "Løkke" %}}{LOOP}{{% endif %}}'
    write({"templates/note/document.html.j2": shown.replace("<h1>", f"{loop}<h1>")})


@pytest.fixture
def start(beside) -> Callable[..., "subprocess.Popen[str]"]:
    """Starts BATCH in a process of its own."""
    return partial(beside, *BATCH)


def workers(program: int) -> list[int]:
    """The processes that the program's fork server has started."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:  # gone meanwhile
            continue
    children = {pid for pid, parent in parents.items() if parent == program}
    return [pid for pid, parent in parents.items() if parent in children]


def test_a_template_that_never_ends_is_given_up_and_the_rest_is_made(cases, endless, run, write):
    note = {name: Path(f"templates/note/{name}").read_text() for name in ("document.yaml", "document.html.j2")}
    write({f"templates/memo/{name}": text.replace(LOOP, "") for name, text in note.items()})
    cases("a", "c", b={"citizen": {"last_name": "Løkke"}})

    report = run("-d", "memo", "--time-limit", "2")

    assert report["code"] == 1
    assert made() == ["a/memo.docx", "a/note.docx", "b/memo.docx", "c/memo.docx", "c/note.docx"]
    assert ends(report)["b note"] == "failed: time"
    assert said(report, "b") == [
        "note was not finished after 2 seconds; "
        "look for a loop in its template, shorten what the case says, or raise --time-limit"
    ]


def test_a_template_that_ends_for_nobody_is_not_tried_with_every_case(cases, endless, run):
    cases(**{f"case {number:02}": {"citizen": {"last_name": "Løkke"}} for number in range(12)})

    report = run("--time-limit", "0.2")

    words = [said(report, f"case {number:02}")[0].partition(";")[0] for number in range(12)]
    assert set(words[:5]) == {"note was not finished after 0.2 seconds"}
    assert set(words[8:]) == {"no note: not tried, since 5 others were not finished in time and none was made"}


def test_a_worker_that_is_killed_once_costs_nothing(cases, start):
    cases(*(f"case {number}" for number in range(12)))
    process = start("--date", DAY)
    wait_for(made_something)

    for pid in workers(process.pid):
        os.kill(pid, signal.SIGKILL)
    report = report_of(process)

    assert (report["code"], set(ends(report).values()), len(made())) == (0, {"made: new"}, 12)


def made_something() -> bool:
    return Path("output").exists() and bool(made())


def test_a_case_that_kills_its_worker_twice_has_failed_and_the_rest_is_made(cases, endless, start):
    cases("a", "c", b={"citizen": {"last_name": "Løkke"}})
    process = start("--date", DAY)

    for awaited in ("a", "c"):  # while b is at work, alone on the one worker
        wait_for(Path(f"output/{awaited}/note.docx").exists)
        wait_for(lambda: any(is_busy(pid) for pid in workers(process.pid)))
        for pid in workers(process.pid):
            os.kill(pid, signal.SIGKILL)
    report = report_of(process)

    assert (report["code"], ends(report)) == (1, {"a": "made: new", "b": "failed: worker", "c": "made: new"})
    assert said(report, "b") == [
        "note cannot be made: its worker died twice, by signal 9 (SIGKILL); "
        "the memory may be too small: have fewer made at a time, or make it alone with kvisdocs render"
    ]


def is_busy(pid: int) -> bool:
    """Whether it has worked for the last moments: an idle worker's time stands still."""

    def ticks() -> int:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])

    try:
        before = ticks()
        time.sleep(0.3)
        return ticks() - before > 5
    except OSError:
        return False


def test_a_run_that_is_killed_leaves_whole_files_and_goes_on_with_its_own_date(cases, start, run):
    names = [f"case {number:02}" for number in range(15)]
    cases(*names)
    process = start("--date", "2012-10-31")
    wait_for(made_something)
    worker_count = workers(process.pid)
    end(process)
    before = {name: Path("output", name).stat().st_ino for name in made()}
    assert 0 < len(before) < 15
    assert worker_count
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in worker_count))

    report = run(day=None)

    assert (report["code"], report["date"], report["resumed"], len(made())) == (0, "2012-10-31", True, 15)
    assert "going on with the run of 2012-10-31 that was not finished; --date sets another\n" in report["said"]
    assert {name: Path("output", name).stat().st_ino for name in before} == before
    assert not list(Path("output/.kvisdocs/parts").iterdir())
    assert run(day=None)["resumed"] is False


def test_on_a_terminal_a_bar_tells_how_far_it_is(cases, on_a_terminal):
    cases(*"abcdef")

    shown = on_a_terminal(*BATCH, "--date", DAY)

    assert shown.code == 0
    assert "Documents" in shown.err
    assert "6/6" in shown.err
    assert "0.0/s" not in shown.err


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_run_that_is_stopped_ends_in_good_order_and_says_how_to_go_on(cases, start, run, how):
    cases(*(f"case {number:02}" for number in range(40)))
    process = start("--date", "2012-10-31")
    wait_for(made_something)

    process.send_signal(how)
    report = report_of(process)

    assert report["code"] == 128 + how
    assert report["said"].endswith(
        f"stopped by {how.name}; what was finished is in its place. Run the same command again to go on.\n"
    )
    assert 0 < report["counts"]["made"] == len(made()) < 40
    assert (set(ends(run(day=None)).values()), len(made())) == ({"unchanged", "made: new"}, 40)


def random_text(length: int) -> str:
    """What no ZIP makes much smaller; always the same."""
    return " ".join(hashlib.sha256(bytes([number % 256, number // 256])).hexdigest() for number in range(length // 65))


def test_a_full_disk_fails_what_it_has_no_room_for_and_nothing_is_half_written(cases, command, run):
    """No file may be larger than 16 KiB here, as on a disk with little room: Word files of a line are smaller."""
    template = Path("templates/note/document.html.j2")
    template.write_text(
        template.read_text().replace("</h1>", "</h1>{% for talk in case.contacts %}<p>{{ talk.about }}</p>{% endfor %}")
    )
    cases("a", "c", b={"contacts": [{"date": "2012-10-22", "kind": "talk", "about": random_text(30_000)}]})
    call = command(*BATCH, "--date", DAY)
    limited = ["bash", "-c", 'ulimit -f 16; exec "$@"', "bash", *call["args"]]

    done = subprocess.run(limited, env=call["env"], capture_output=True, encoding="utf-8", timeout=LONG_S, check=False)

    report = {**json.loads(Path("report.json").read_text()), "said": done.stderr}
    assert (done.returncode, ends(report)) == (1, {"a": "made: new", "b": "failed: writing", "c": "made: new"})
    assert said(report, "b") == ["cannot be written: File too large; make room on the disk, or choose another folder"]
    assert made() == ["a/note.docx", "c/note.docx"]
    assert not list(Path("output/.kvisdocs/parts").iterdir())
    assert ends(run()) == {"a": "unchanged", "b": "made: new", "c": "unchanged"}


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """The folder `output`, on a disk of 80 KiB."""
    Path("output").mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=80k", "tmpfs", "output"], capture_output=True, check=False
    )
    if mount.returncode:
        pytest.skip("only root may mount a disk")
    yield Path("output")
    subprocess.run(["umount", "output"], check=True)


def test_a_disk_that_fills_up_stops_the_run_early_and_with_room_it_goes_on_with_its_date(cases, run, small_disk):
    cases(*(f"case {number:02}" for number in range(30)))

    full = run(day="2012-10-31")

    words = {said(full, case)[0].partition(":")[0] for case, how in ends(full).items() if how.startswith("failed")}
    assert (full["code"], words) == (1, {"cannot be written", "not tried"})
    assert len(made()) == full["counts"]["made"] > 3
    assert not list(Path("output/.kvisdocs/parts").iterdir())

    subprocess.run(["mount", "-o", "remount,size=2m", "output"], check=True)
    again = run(day=None)

    assert (again["code"], again["date"], again["counts"]["unchanged"]) == (0, "2012-10-31", full["counts"]["made"])
    assert len(made()) == 30


def test_a_folder_in_the_way_fails_one_document_which_lies_ready_when_it_is_gone(cases, run):
    cases("a", "b")
    Path("output/a/note.docx").mkdir(parents=True)

    report = run()

    assert (report["code"], ends(report)) == (1, {"a": "failed: writing", "b": "made: new"})
    assert said(report, "a")[0].startswith("cannot be written: Is a directory; a folder is in the way")
    Path("output/a/note.docx").rmdir()
    assert ends(run()) == {"a": "unchanged", "b": "unchanged"}


def test_a_case_that_is_changed_while_the_run_goes_on_waits_for_the_next(cases, endless, start):
    cases("b", "c", "d", a={"citizen": {"last_name": "Løkke"}})
    process = start("--date", DAY, "--time-limit", "3")
    wait_for(lambda: any(is_busy(pid) for pid in workers(process.pid)))

    Path("cases/d.yaml").write_text(citizen_yaml(citizen={"last_name": "Ågård"}))
    report = report_of(process)

    assert ends(report) == {"a": "failed: time", "b": "made: new", "c": "made: new", "d": "failed: changed"}
    assert said(report, "d") == ["was changed while the run went on; run again"]


def test_a_pipe_in_the_place_of_a_case_does_not_keep_the_run_waiting(cases, endless, start):
    cases("b", "c", "d", a={"citizen": {"last_name": "Løkke"}})
    process = start("--date", DAY, "--time-limit", "3")
    wait_for(lambda: any(is_busy(pid) for pid in workers(process.pid)))

    Path("cases/d.yaml").unlink()
    os.mkfifo("cases/d.yaml")
    report = report_of(process)

    assert ends(report) == {"a": "failed: time", "b": "made: new", "c": "made: new", "d": "failed: changed"}
    why = "cannot be read any more: is no plain file, but a pipe or a device"
    assert said(report, "d") == [f"{why}; run again when it is back"]


def test_a_case_that_the_shell_hands_over_is_made_though_it_can_be_read_but_once(cases, command):
    cases("a")
    call = command("batch", "/dev/stdin", *BATCH[2:], "--date", DAY)
    for again in ([], ["--again"]):
        done = subprocess.run(
            [*call["args"], *again],
            env=call["env"],
            input=Path("cases/a.yaml").read_text(),
            capture_output=True,
            encoding="utf-8",
            timeout=LONG_S,
            check=False,
        )
        report = json.loads(Path("report.json").read_text())

        assert (done.returncode, report["counts"]["made"], report["proof"]) == (
            0,
            1,
            {"documents": 1, "compared_with_cases": 1},
        )
        assert made() == ["stdin/note.docx"]


@pytest.fixture
def without_rights(command) -> Callable[..., dict[str, Any]]:
    """Runs BATCH as somebody whom a file's rights bind, which root is not; gives its report, exit code and words."""
    bound = [] if os.geteuid() else ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    if bound and not shutil.which("setpriv"):
        pytest.skip("root may read everything here")

    def without_rights(*options: str) -> dict[str, Any]:
        call = command(*BATCH, "--date", DAY, *options)
        done = subprocess.run(
            [*bound, *call["args"]],
            env=call["env"],
            capture_output=True,
            encoding="utf-8",
            timeout=LONG_S,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return {**json.loads(Path("report.json").read_text()), "code": done.returncode, "said": done.stderr}

    return without_rights


def test_a_folder_of_letters_without_rights_fails_its_own_case_alone(cases, run, without_rights):
    cases("a", "b")
    run()
    Path("output/a").chmod(0)
    try:
        report = without_rights("--again")
    finally:
        Path("output/a").chmod(0o755)

    assert (report["code"], ends(report)) == (1, {"a": "failed: writing", "b": "made: again"})
    assert "Permission denied; check its rights" in report["said"]


@pytest.mark.parametrize("name", ["templates/note/document.html.j2", "templates/note", "templates"])
def test_templates_without_rights_are_named_and_the_shipped_ones_are_not_taken(cases, without_rights, name):
    cases("a")
    mode = Path(name).stat().st_mode
    Path(name).chmod(0)
    try:
        report = without_rights()
    finally:
        Path(name).chmod(mode)

    assert (report["code"], report["documents"]) == (1, [])
    assert f"{name}: cannot be read: Permission denied; check its rights\n" in report["said"]


def test_a_disk_without_any_room_is_said_and_not_a_fault_of_the_program(cases, run, small_disk):
    cases("a")
    with contextlib.suppress(OSError), Path("output/full").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1024))

    report = run()

    assert (report["code"], made()) == (1, ["full"])
    assert "cannot be written: No space left on device; make room on the disk" in report["said"]
    Path("output/full").unlink()
    assert ends(run()) == {"a": "made: new"}


def test_two_runs_in_one_folder_are_refused_and_a_dead_one_s_lock_counts_for_nothing(cases, endless, start, kvisdocs):
    cases(a={"citizen": {"last_name": "Løkke"}})
    process = start("--date", DAY)
    wait_for(lambda: any(is_busy(pid) for pid in workers(process.pid)))

    refused = kvisdocs(*BATCH, "--date", DAY)
    end(process)
    cases("a")
    taken_over = kvisdocs(*BATCH, "--date", DAY)

    assert refused.code == 1
    assert refused.err.startswith(
        f"output: somebody else is making or sending letters in this folder (process {process.pid}); wait until"
    )
    assert taken_over.code == 0


def test_one_document_that_can_be_written_lets_the_run_go_on(cases, run, monkeypatch):
    """Ten in a row that cannot mean a full disk; nine, one that can, and nine more do not."""
    put, names = OutputStore.put, "abcdefghijklmnopqrs"
    cases(*names)

    def refuse_all_but_j(self, several):
        refused = [each for each in several if each.case_id != "j"]
        error = KvisdocsError(Problem(Position("output"), "cannot be written"))
        return {each.record.key: error for each in refused} | put(
            self, [each for each in several if each not in refused]
        )

    monkeypatch.setattr(OutputStore, "put", refuse_all_but_j)

    report = run()

    assert ends(report) == dict.fromkeys(names, "failed: writing") | {"j": "made: new"}
