"""The output folder as a worker elsewhere may see it: the very same, another of that name, or none."""

from dataclasses import replace

from kvisdocs.application.job import JobResult, StagedFile
from kvisdocs.application.store.output_store import OWN, PARTS
from kvisdocs.application.store.session import open_output
from kvisdocs.batch.cluster.transfer import sees_folder, share_folder, stage_files
from kvisdocs.writers import WriterOutput

LETTER = JobResult("note", {"docx": WriterOutput(b"a letter", pages=2)})


def test_who_reads_the_same_word_sees_the_same_folder(tmp_path):
    with open_output(tmp_path / "output"), share_folder(tmp_path / "output") as shared:
        assert sees_folder(shared)
        assert not sees_folder(replace(shared, token=shared.token[:8] + "0" * 24))
        assert not sees_folder(replace(shared, output=tmp_path / "elsewhere"))
        assert shared.token not in repr(shared)
    assert not sees_folder(shared)
    assert not shared.file.exists()


def test_files_are_laid_among_the_parts_and_go_into_place_from_there(tmp_path):
    with open_output(tmp_path / "output") as session, share_folder(tmp_path / "output") as shared:
        laid = stage_files(LETTER, shared).files["docx"]

        assert isinstance(laid, StagedFile)
        assert (laid.size, laid.pages) == (8, 2)
        assert laid.sha256 == "5bb27fb86c807b2ff46917449e038a93779fe33ceae2ffc4c843c00c718e4183"
        assert (shared.output / OWN / PARTS / laid.name).read_bytes() == b"a letter"
        session.store.sweep()
        assert list((shared.output / OWN / PARTS).iterdir()) == []


def test_what_cannot_be_laid_is_sent(tmp_path):
    with open_output(tmp_path / "output"), share_folder(tmp_path / "output") as shared:
        (shared.output / OWN / PARTS).rmdir()

        assert stage_files(LETTER, shared) == LETTER
