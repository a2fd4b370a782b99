"""Files appear whole or not at all."""

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kvisdocs.application.store.atomic_files import cannot_write, prepare_folder, write_atomically
from kvisdocs.problems import KvisdocsError


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_files_are_written_with_their_folders_and_for_their_owner_alone(folder):
    write_atomically({Path("a/b/letter.pdf"): b"%PDF", Path("a/b/letter.docx"): b"PK"})

    assert names(folder) == ["a", "a/b", "a/b/letter.docx", "a/b/letter.pdf"]
    assert Path("a/b/letter.pdf").read_bytes() == b"%PDF"
    assert [oct(path.stat().st_mode) for path in sorted(Path("a/b").iterdir())] == ["0o100600", "0o100600"]


def test_a_file_that_is_there_is_replaced(folder):
    Path("letter.pdf").write_bytes(b"old and longer")

    write_atomically({Path("letter.pdf"): b"new"})

    assert names(folder) == ["letter.pdf"]
    assert Path("letter.pdf").read_bytes() == b"new"


def test_a_file_in_the_way_stops_all_and_leaves_nothing(folder):
    Path("b").write_bytes(b"")

    with pytest.raises(KvisdocsError) as raised:
        write_atomically({Path("a/letter.pdf"): b"%PDF", Path("b/letter.docx"): b"PK"})

    assert str(raised.value) == (
        "b/letter.docx: cannot be written: File exists; a file is in the way; choose another folder"
    )
    assert names(folder) == ["a", "b"]


def test_a_folder_in_the_way_stops_it_and_leaves_no_part(folder):
    Path("letter.pdf").mkdir()

    with pytest.raises(KvisdocsError) as raised:
        write_atomically({Path("letter.pdf"): b"%PDF"})

    assert str(raised.value) == (
        "letter.pdf: cannot be written: Is a directory; a folder is in the way; rename it, or choose another folder"
    )
    assert names(folder) == ["letter.pdf"]


def test_parts_that_a_killed_run_left_are_removed_when_the_file_is_written_again(folder):
    old = time.time() - 7200
    for name in (".letter.pdf.x7.part", ".letter.docx.x7.part", ".letter.pdf.x8.part", "letter.pdf.part"):
        Path(name).write_bytes(b"%PDF-1.7 and then the power failed")
        os.utime(name, (old, old))
    os.utime(".letter.pdf.x8.part")  # another run's, at work just now

    write_atomically({Path("letter.pdf"): b"%PDF"})

    assert names(folder) == [".letter.docx.x7.part", ".letter.pdf.x8.part", "letter.pdf", "letter.pdf.part"]


def test_killed_while_it_writes_the_file_is_the_old_or_the_new_never_half(folder):
    script = (
        "from itertools import cycle; from pathlib import Path\n"
        "from kvisdocs.application.store.atomic_files import write_atomically\n"
        "for letter in cycle((b'a', b'b')):\n"
        "    write_atomically({Path('letter.pdf'): letter * 3_000_000})\n"
        "    print(flush=True)\n"
    )
    for milliseconds in (0, 2, 5, 11):
        running = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
        with running:
            assert running.stdout
            running.stdout.readline()
            time.sleep(milliseconds / 1000)
            running.kill()

        data = Path("letter.pdf").read_bytes()
        assert (len(data), len(set(data))) == (3_000_000, 1)
    assert all(name == "letter.pdf" or name.startswith(".letter.pdf.") for name in names(folder))


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "No space left on device; make room on the disk, or choose another folder"),
        (errno.EACCES, "Permission denied; check its rights, or choose another folder"),
        (errno.EROFS, "Read-only file system; check its rights, or choose another folder"),
        (errno.ENAMETOOLONG, "File name too long; give the case file, or the report, a shorter name"),
    ],
)
def test_the_reason_comes_with_what_to_do(number, said):
    error = cannot_write(Path("output"), OSError(number, os.strerror(number)))

    assert str(error) == f"output: cannot be written: {said}"


def test_a_folder_is_made_and_tried_out(folder):
    prepare_folder(Path("a/b"))

    assert names(folder) == ["a", "a/b"]


def test_a_folder_that_no_one_can_write_in_is_said_at_once():
    with pytest.raises(KvisdocsError, match=r"^/proc/kvisdocs: cannot be written: "):
        prepare_folder(Path("/proc/kvisdocs"))
