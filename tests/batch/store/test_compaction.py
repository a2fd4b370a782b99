"""A manifest of many runs is written anew, and tells the same; killed at any moment it is the old one or the new."""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from batch_results import ends
from hypothesis import given, settings
from hypothesis import strategies as st

from kvisdocs.application.outcome import Hold
from kvisdocs.application.store.manifest import CaseRecord, FileRecord, Manifest, Place, Record
from kvisdocs.application.store.session import compact_manifest

OWN = Path("output/.kvisdocs")
MANIFEST = OWN / "manifest.jsonl"


def record(key: str, sha256: str, place: Place = Place.READY) -> Record:
    return Record(key, "note", {"pdf": FileRecord(sha256, 3, 1, 0, {"case": sha256})}, place, Hold.PROOF)


def write_runs(folder: Path, runs: int) -> bytes:
    """A manifest of that many runs over two documents and a case; gives its bytes."""
    for number in range(runs):
        with Manifest(folder) as manifest:
            manifest.begin(date(2012, 1, 1 + number))
            manifest.append(record(key, f"{number:x}") for key in ("a1", "b2"))
            manifest.end([CaseRecord("c3", f"{number:x}", "ground", "herning", "kvis-2011", ("note",), False)])
    return (folder / "manifest.jsonl").read_bytes()


def told(folder: Path) -> tuple[object, ...]:
    """All that a manifest tells a run."""
    with Manifest(folder) as manifest:
        return manifest.records, manifest.cases, manifest.unfinished


def test_of_many_runs_the_newest_line_of_each_stays_in_its_order(tmp_path):
    lines = write_runs(tmp_path, 4).splitlines(keepends=True)
    before = told(tmp_path)

    assert compact_manifest(tmp_path / "manifest.jsonl", 0)

    assert (tmp_path / "manifest.jsonl").read_bytes().splitlines(keepends=True) == lines[-4:]
    assert told(tmp_path) == before
    assert (tmp_path / "manifest.jsonl").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["key", "manifest.jsonl"]


def test_what_is_small_or_mostly_in_force_is_left_alone(tmp_path):
    data = write_runs(tmp_path, 1)

    assert not compact_manifest(tmp_path / "manifest.jsonl", len(data) + 1)
    assert not compact_manifest(tmp_path / "manifest.jsonl", 0)
    assert not compact_manifest(tmp_path / "nothing.jsonl", 0)
    assert (tmp_path / "manifest.jsonl").read_bytes() == data


def test_a_run_that_was_not_finished_is_so_afterwards(tmp_path):
    write_runs(tmp_path, 4)
    with Manifest(tmp_path) as manifest:
        manifest.begin(date(2012, 2, 29))

    assert compact_manifest(tmp_path / "manifest.jsonl", 0)
    assert told(tmp_path)[2] == date(2012, 2, 29)


LINES = st.lists(
    st.one_of(
        st.builds(
            lambda key, sha256: ("append", [record(key, sha256)]), st.sampled_from("abc"), st.sampled_from("0123")
        ),
        st.builds(lambda day: ("begin", date(2012, 1, day)), st.integers(1, 9)),
        st.builds(
            lambda key, digest: ("end", [CaseRecord(key, digest, "g", "herning", "kvis-2011", ("note",), False)]),
            st.sampled_from("ab"),
            st.sampled_from("0123"),
        ),
        st.sampled_from(
            [("torn", b'{"v":1,"kind":"document","key":"a'), ("other", b'{"v":0,"kind":"old"}\n'), ("odd", b"\n")]
        ),
    ),
    max_size=30,
)


@settings(deadline=None, max_examples=50)
@given(LINES, st.booleans())
def test_whatever_was_written_it_tells_the_same_afterwards(tmp_path_factory, lines, is_torn):
    folder = tmp_path_factory.mktemp("own")
    for what, value in lines:
        if isinstance(value, bytes):
            with (folder / "manifest.jsonl").open("ab") as file:
                file.write(value if value.endswith(b"\n") else value + b"\n")
        else:
            with Manifest(folder) as manifest:
                getattr(manifest, what)(value)
    with (folder / "manifest.jsonl").open("ab") as file:
        file.write(b'{"v":1,"kind":"document","key":"b","docu' * is_torn)
    before = told(folder)

    compact_manifest(folder / "manifest.jsonl", 0)

    assert told(folder) == before


def test_a_broken_line_does_not_take_the_place_of_the_one_before_it(tmp_path):
    lines = write_runs(tmp_path, 4).splitlines(keepends=True)
    broken = lines[-4][:60] + b"\n"
    (tmp_path / "manifest.jsonl").write_bytes(b"".join(lines) + broken)
    before = told(tmp_path)

    assert compact_manifest(tmp_path / "manifest.jsonl", 0)
    assert told(tmp_path) == before


def test_what_a_killed_run_left_beside_it_is_in_nobody_s_way(tmp_path):
    write_runs(tmp_path, 4)
    before = told(tmp_path)
    (tmp_path / "manifest.part").write_bytes(b'{"v":1,"kind":"docu' * 99)

    assert compact_manifest(tmp_path / "manifest.jsonl", 0)
    assert (told(tmp_path), (tmp_path / "manifest.part").exists()) == (before, False)


def test_where_it_cannot_be_written_the_old_one_stays(tmp_path):
    data = write_runs(tmp_path, 4)
    (tmp_path / "manifest.part").mkdir()

    assert not compact_manifest(tmp_path / "manifest.jsonl", 0)
    assert (tmp_path / "manifest.jsonl").read_bytes() == data


@pytest.mark.skipif(not hasattr(os, "fork"), reason="asks for a run of its own that is killed")
@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_killed_before_it_is_in_place_the_old_one_is_there(tmp_path, moment):
    data = write_runs(tmp_path, 4)
    child = os.fork()
    if not child:
        die = lambda *_: os._exit(9)  # noqa: E731
        setattr(os, moment, die)
        compact_manifest(tmp_path / "manifest.jsonl", 0)
        os._exit(0)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert (tmp_path / "manifest.jsonl").read_bytes() == data


def test_a_run_begins_with_it_and_finds_all_as_it_was(cases, run):
    cases("a", "b")
    run()
    lines = MANIFEST.read_bytes().splitlines(keepends=True)
    documents = [line for line in lines if json.loads(line)["kind"] == "document"]
    MANIFEST.write_bytes(b"".join(documents * 1200 + lines))
    assert MANIFEST.stat().st_size > 1_000_000

    assert ends(run()) == {"a": "unchanged", "b": "unchanged"}

    assert len(MANIFEST.read_bytes().splitlines()) <= len(lines) + 4
    assert ends(run()) == {"a": "unchanged", "b": "unchanged"}
