"""A hundred letters, ten murders: whatever dies at whatever moment, the month's letters come out once, and whole.

The undisturbed run into A is the measure. The runs into B are killed ten times (`kill -9`), in every phase there is.
After each of them all that lies in B is as it is in A; after the last one, which is undisturbed, B is A.
"""

import json
import os
import random
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from batch_results import made
from many_cases import DAY, write_letters

CASES = 100
SEED = 20121114
OWN = ".kvisdocs"
TAG = "KVISDOCS_CHAOS"
LONG_S = 120
ORPHANS_S = 10
"""So long processes whose program was killed may take to notice."""


@dataclass(frozen=True)
class Victims:
    """The processes of one run, as they are at one moment."""

    program: int
    server: tuple[int, ...]
    """Python's fork server and its resource tracker: the program's own children."""
    workers: tuple[int, ...]


@dataclass
class Round:
    """One run into B that is killed."""

    process: "subprocess.Popen[str]"
    tag: str
    output: Path
    random: random.Random
    begun_with: int

    def victims(self) -> Victims:
        parents = {pid: int(stat_of(pid)[1]) for pid in tagged(self.tag)}
        server = tuple(pid for pid, parent in parents.items() if parent == self.process.pid)
        return Victims(self.process.pid, server, tuple(pid for pid, parent in parents.items() if parent in server))

    def wait_for(self, what: Callable[[], object], pause_s: float = 0.005) -> None:
        until = time.monotonic() + LONG_S
        while not what() and self.process.poll() is None:
            assert time.monotonic() < until, "it never came"
            time.sleep(pause_s)

    def letters(self, more: int) -> None:
        """Wait until so many more letters lie in their places than lay there."""
        self.wait_for(lambda: len(list(self.output.glob("*"))) > self.begun_with + more)

    def kill_when(self, what: Callable[[], bool]) -> None:
        """Kill the program in a state that may last for a part of a millisecond: stop it, look, let it go on a step."""
        folder = self.output / OWN / "parts"
        while True:
            self.wait_for(lambda: any(folder.iterdir()), pause_s=0.0002)
            assert self.process.poll() is None, "it was never seen in that state"
            os.kill(self.process.pid, signal.SIGSTOP)
            while stat_of(self.process.pid)[0] not in "TZ":
                time.sleep(0)
            if what():
                self.kill(self.process.pid)
                return
            os.kill(self.process.pid, signal.SIGCONT)

    def kill(self, *pids: int) -> None:
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:  # it has just ended
                continue


def in_preflight(run: Round) -> None:
    """Alone, while it reads the cases."""
    run.wait_for((run.output / OWN / "lock").exists)
    time.sleep(run.random.uniform(0, 0.1))
    run.kill(run.process.pid)


def as_workers_start(run: Round) -> None:
    """The first worker that there is, and the program before that worker's successor is ready."""
    run.wait_for(lambda: run.victims().workers)
    run.kill(*run.victims().workers)
    time.sleep(run.random.uniform(0, 0.3))
    run.kill(run.process.pid)


def one_worker(run: Round) -> None:
    """One of the workers, anywhere in a letter; the run goes on, and is killed later."""
    run.letters(run.random.randint(1, 6))
    time.sleep(run.random.uniform(0, 0.05))
    run.kill(run.random.choice(run.victims().workers or (0x7FFFFFFF,)))
    run.letters(10)
    run.kill(run.process.pid)


def every_worker_again_and_again(run: Round) -> None:
    """All workers, three times."""
    for more in (2, 5, 8):
        run.letters(more)
        time.sleep(run.random.uniform(0, 0.05))
        run.kill(*run.victims().workers)
    run.letters(11)
    run.kill(run.process.pid)


def the_fork_server(run: Round) -> None:
    """What the workers are forked from, and then the workers themselves: others must be had all the same."""
    run.letters(run.random.randint(1, 6))
    victims = run.victims()
    run.kill(*victims.server)
    run.kill(*victims.workers)
    run.letters(11)
    run.kill(run.process.pid)


def everything_at_once(run: Round) -> None:
    """As when the machine's memory is full and the system does not choose: program, fork server and workers."""
    run.letters(run.random.randint(2, 6))
    time.sleep(run.random.uniform(0, 0.05))
    victims = run.victims()
    run.kill(*victims.workers, victims.program, *victims.server)


def program_in_the_middle(run: Round) -> None:
    """The program alone, while its workers are at work."""
    run.letters(run.random.randint(2, 6))
    time.sleep(run.random.uniform(0, 0.05))
    run.kill(run.process.pid)


def between_part_and_line(run: Round) -> None:
    """When a letter is on its way to the disk, or all of it is there, and its line is not."""
    run.letters(run.random.randint(2, 5))
    run.kill_when(lambda: bool(parts(run.output) - documents_made(run.output).keys()))


def between_line_and_place(run: Round) -> None:
    """When a letter has its line in the manifest, and is not in its place."""
    run.letters(run.random.randint(2, 5))
    run.kill_when(lambda: bool(parts(run.output) & documents_made(run.output).keys()))


ROUNDS = (
    in_preflight,
    as_workers_start,
    program_in_the_middle,
    between_part_and_line,
    one_worker,
    between_line_and_place,
    every_worker_again_and_again,
    the_fork_server,
    everything_at_once,
    between_line_and_place,
)


def tagged(tag: str) -> Iterator[int]:
    """All living processes that were started with this tag, whoever is their parent now."""
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"{TAG}={tag}".encode() in environment.read_bytes().split(b"\0"):
                yield int(environment.parent.name)
        except OSError:  # it has just ended, or is somebody else's
            continue


def stat_of(pid: int) -> list[str]:
    """A process's state, its parent and more; a zombie's of nobody where it has just ended. See proc(5)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ["Z", "0"]


def parts(output: Path) -> set[str]:
    """The keys of the documents that are on their way."""
    return {part.name.partition("-")[0] for part in (output / OWN / "parts").iterdir()}


def wait_until_none_is_left(tag: str) -> None:
    """Orphans must end by themselves."""
    until = time.monotonic() + ORPHANS_S
    while left := list(tagged(tag)):
        assert time.monotonic() < until, f"orphans: {[Path(f'/proc/{pid}/cmdline').read_text() for pid in left]}"
        time.sleep(0.05)


def documents_made(output: Path) -> Counter[str]:
    """How often each document stands in the manifest. A broken last line counts for nothing."""
    lines = (output / OWN / "manifest.jsonl").read_bytes().splitlines(keepends=True)
    whole = [json.loads(line) for line in lines if line.endswith(b"\n")]
    return Counter(line["key"] for line in whole if line["kind"] == "document")


def in_place(output: Path) -> dict[str, tuple[int, int]]:
    """Each letter that lies in its place, with what changes when it is written anew."""
    return {name: ((status := Path(output, name).stat()).st_ino, status.st_mtime_ns) for name in made(str(output))}


@pytest.fixture
def start(command) -> Callable[..., "subprocess.Popen[str]"]:
    def start(output: Path, tag: str) -> "subprocess.Popen[str]":
        options = ("-d", "gp-letter", "--to", "docx", "--date", DAY, "--jobs", "2", "-o", str(output))
        call = command("batch", "cases", *options, **{TAG: tag})
        log = Path(f"{tag}.log").open("w", encoding="utf-8")  # noqa: SIM115  (the process writes on)
        with log:
            return subprocess.Popen(**call, stderr=log, encoding="utf-8")

    return start


def test_after_ten_killed_runs_every_letter_is_there_once_and_as_if_nothing_had_been(start):
    write_letters(Path("cases"), CASES)
    a, b = Path("A"), Path("B")
    assert start(a, "undisturbed").wait(LONG_S) == 0
    wanted = {name: Path(a, name).read_bytes() for name in made("A")}
    assert len(wanted) == CASES
    dice = random.Random(SEED)

    for number, murder in enumerate(ROUNDS):
        before = in_place(b) if b.exists() else {}
        tag = f"{SEED}-{number}-{os.getpid()}"
        run = Round(start(b, tag), tag, b, dice, len(before))
        murder(run)
        assert run.process.wait(LONG_S) == -signal.SIGKILL, Path(f"{tag}.log").read_text()
        wait_until_none_is_left(tag)
        after = in_place(b)
        print(f"seed {SEED}, {number}: {murder.__name__}: {len(after)} letters in place, {len(parts(b))} on their way")
        assert {name: Path(b, name).read_bytes() for name in after} == {name: wanted[name] for name in after}
        assert {name: after[name] for name in before} == before

    before, known = in_place(b), documents_made(b)
    assert 0 < len(before) < CASES
    tag = f"{SEED}-last-{os.getpid()}"
    assert start(b, tag).wait(LONG_S) == 0, Path(f"{tag}.log").read_text()
    wait_until_none_is_left(tag)
    assert {name: Path(b, name).read_bytes() for name in made("B")} == wanted
    assert {name: in_place(b)[name] for name in before} == before
    assert not list((b / OWN / "parts").iterdir())
    assert known.total() >= len(before)
    assert documents_made(b) == dict.fromkeys(documents_made(b), 1), "a letter was made again after it was finished"
    assert len(documents_made(b)) == CASES
    assert re.search(rf"{CASES - known.total()} documents made.*0 failed", Path(f"{tag}.log").read_text())
