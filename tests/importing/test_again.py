"""The same list again: what is new, changed, unchanged and gone, and what somebody edited since."""

import json
import shutil
import stat
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parent / "example"
CALL = ("import", "sager.csv", "--base", "faelles.yaml", "--map", "sager.map.yaml", "-o", "ud")
FIRST = Path("ud/12-3001.yaml")


@pytest.fixture(autouse=True)
def example(folder):
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)


def change(old, new, file="sager.csv"):
    text = Path(file).read_text(encoding="utf-8")
    assert old in text
    Path(file).write_text(text.replace(old, new), encoding="utf-8")


def stamps():
    return {path: path.stat().st_mtime_ns for path in sorted(Path("ud").glob("*.yaml"))}


def test_the_first_time_all_is_new(kvisdocs):
    assert kvisdocs(*CALL) == (
        0,
        "new: ud/12-3001.yaml\nnew: ud/12-3002.yaml\nnew: ud/12-3003.yaml\n3 new, 0 changed, 0 unchanged, 0 gone\n",
        "",
    )
    assert kvisdocs("check", "ud").code == 0
    assert stat.S_IMODE(FIRST.stat().st_mode) == 0o600
    assert FIRST.read_text(encoding="utf-8").startswith(
        "# yaml-language-server: $schema=../schema/citizen.schema.json\n# Fra en liste"
    )


def test_another_list_in_the_folder_is_said_once(kvisdocs):
    kvisdocs(*CALL)
    change("12/300", "13/400")
    code, out, err = kvisdocs(*CALL)
    assert (code, out.splitlines()[-1]) == (0, "3 new, 0 changed, 0 unchanged, 3 gone")
    assert err == (
        "ud: warning: the list has no row for any file that was imported into the folder; "
        "give each list a folder of its own; nothing is deleted\n"
    )


def test_the_second_time_nothing_is_touched(kvisdocs):
    kvisdocs(*CALL)
    before = stamps(), Path("ud/.kvisdocs-import.json").stat().st_mtime_ns
    assert kvisdocs(*CALL) == (0, "0 new, 0 changed, 3 unchanged, 0 gone\n", "")
    assert (stamps(), Path("ud/.kvisdocs-import.json").stat().st_mtime_ns) == before


def test_what_has_changed_is_named_with_its_fields(kvisdocs):
    kvisdocs(*CALL)
    before = stamps()
    change("00 00 31 01;10-09-2012", "00 00 31 99;11-09-2012")
    code, out, err = kvisdocs(*CALL)
    assert (code, err) == (0, "")
    assert out == (
        "changed: ud/12-3001.yaml (citizen.phone, sickness.first_day)\n0 new, 1 changed, 2 unchanged, 0 gone\n"
    )
    assert [path for path, at in stamps().items() if at != before[path]] == [FIRST]


def test_what_is_gone_is_named_and_stays(kvisdocs):
    kvisdocs(*CALL)
    text = Path("sager.csv").read_text(encoding="utf-8")
    Path("sager.csv").write_text(
        "".join(line for line in text.splitlines(True) if "3001" not in line), encoding="utf-8"
    )
    for _ in range(2):
        assert kvisdocs(*CALL) == (
            0,
            "0 new, 0 changed, 2 unchanged, 1 gone\n",
            "ud/12-3001.yaml: warning: the list has no row for this file any more; "
            "delete it if the case is over; an import never does\n",
        )
    FIRST.unlink()
    assert kvisdocs(*CALL) == (0, "0 new, 0 changed, 2 unchanged, 0 gone\n", "")


def test_what_was_edited_by_hand_is_let_be(kvisdocs):
    kvisdocs(*CALL)
    change("Ærøvej 14", "Ærøvej 16", FIRST)
    assert kvisdocs(*CALL) == (0, "0 new, 0 changed, 3 unchanged, 0 gone\n", "")

    change("00 00 31 01", "00 00 31 99")
    for _ in range(2):
        assert kvisdocs(*CALL) == (
            1,
            "0 new, 0 changed, 2 unchanged, 0 gone, 1 not overwritten\n",
            "ud/12-3001.yaml: somebody edited the file, and it was not overwritten (the list differs in "
            '"citizen.address.street", "citizen.phone"); '
            "see to it by hand, or import with --replace, by which what was written by hand is lost\n",
        )
    assert "Ærøvej 16" in FIRST.read_text(encoding="utf-8")
    assert kvisdocs(*CALL, "--replace").code == 0
    assert "Ærøvej 14" in FIRST.read_text(encoding="utf-8")


def test_what_says_the_same_in_another_way_is_let_be(kvisdocs):
    kvisdocs(*CALL)
    change("kind: citizen", "kind: citizen  # ringer mandag", FIRST)
    change("00 00 31 01", "00 00 31 99", FIRST)
    change("00 00 31 01", "00 00 31 99")
    assert kvisdocs(*CALL) == (0, "0 new, 0 changed, 3 unchanged, 0 gone\n", "")
    change("00 00 31 99", "00 00 31 00")
    assert kvisdocs(*CALL).code == 1  # or the comment would be lost
    assert "ringer mandag" in FIRST.read_text(encoding="utf-8")


def test_a_file_that_is_not_from_the_list_is_let_be(kvisdocs):
    FIRST.parent.mkdir()
    FIRST.write_text("kind: citizen\n", encoding="utf-8")
    code, out, err = kvisdocs(*CALL)
    assert (code, out.splitlines()[-1]) == (1, "2 new, 0 changed, 0 unchanged, 0 gone, 1 not overwritten")
    assert err.startswith("ud/12-3001.yaml: the file is not from this list, and was not overwritten (it differs in ")
    assert FIRST.read_text(encoding="utf-8") == "kind: citizen\n"


def test_with_an_error_nothing_is_written(kvisdocs):
    change("620671-1002", "12")
    assert kvisdocs(*CALL) == (
        1,
        "",
        'sager.csv:sager!D4: citizen.cpr: "12" is not a CPR number; write ten digits as 010170-1234\n'
        "1 error; nothing was written\n",
    )
    assert not Path("ud").exists()


def test_a_dry_run_writes_nothing(kvisdocs):
    code, out, _ = kvisdocs(*CALL, "--dry-run")
    assert (code, out.splitlines()[-1]) == (0, "3 new, 0 changed, 0 unchanged, 0 gone, nothing was written")
    assert not Path("ud").exists()


def test_a_lost_record_makes_nothing_be_overwritten(kvisdocs):
    kvisdocs(*CALL)
    Path("ud/.kvisdocs-import.json").write_text("{", encoding="utf-8")
    change("00 00 31 01", "00 00 31 99")
    code, out, err = kvisdocs(*CALL)
    assert (code, out) == (1, "0 new, 0 changed, 2 unchanged, 0 gone, 1 not overwritten\n")
    assert "what earlier imports wrote cannot be read any more" in err


def test_the_record_names_files_and_no_persons(kvisdocs):
    kvisdocs(*CALL)
    record = json.loads(Path("ud/.kvisdocs-import.json").read_text(encoding="utf-8"))
    assert list(record["files"]) == ["12-3001.yaml", "12-3002.yaml", "12-3003.yaml"]
    assert all(len(digest) == 64 for digest in record["files"].values())


def test_the_schema_above_the_files_is_the_one_that_is_named(kvisdocs):
    Path("schema").mkdir()
    Path("schema/citizen.schema.json").write_text("{}", encoding="utf-8")
    kvisdocs(*CALL[:-1], "dyb/ud")
    assert "$schema=../../schema/" in Path("dyb/ud/12-3001.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("lacking", ["sager.csv", "--map", "-o"])
def test_what_is_missing_is_wrong_usage(kvisdocs, lacking):
    arguments = list(CALL)
    at = arguments.index(lacking)
    del arguments[at : at + (1 if lacking == "sager.csv" else 2)]
    code, _, err = kvisdocs(*arguments)
    assert code == 2
    assert "is missing; begin with: kvisdocs import --template liste.xlsx" in err


def test_a_folder_that_cannot_be_written_is_said(kvisdocs):
    Path("ud").write_text("", encoding="utf-8")
    code, _, err = kvisdocs(*CALL)
    assert (code, "Traceback" in err) == (2, False)
