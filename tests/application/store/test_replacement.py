"""Files that take the places of those that were read: all of them or none, and never over what others wrote."""

from pathlib import Path

import pytest

from kvisdocs.application.store.replacement import ChangedMeanwhileError, digest_of, replace_files
from kvisdocs.problems import KvisdocsError

A, B = Path("a.yaml"), Path("b.yaml")


@pytest.fixture
def files(folder):
    A.write_bytes(b"1")
    B.write_bytes(b"2")
    return {A: (b"11", digest_of(b"1")), B: (b"22", digest_of(b"2"))}


def test_all_are_replaced_and_told_as_they_were(files):
    assert replace_files(files) == {A.resolve(): b"1", B.resolve(): b"2"}
    assert (A.read_bytes(), B.read_bytes()) == (b"11", b"22")


def test_each_that_others_changed_is_told_and_none_is_written(files):
    A.write_bytes(b"x")
    B.unlink()

    with pytest.raises(ChangedMeanwhileError) as raised:
        replace_files(files)

    assert [each.position.file for each in raised.value.problems] == ["a.yaml", "b.yaml"]
    assert (raised.value.path, raised.value.now) == (A.resolve(), b"x")
    assert A.read_bytes() == b"x"
    assert not B.exists()


def test_where_the_second_cannot_get_to_its_place_the_first_goes_back(files, monkeypatch):
    replace = Path.replace

    def refuse(self, target):
        if target.name == "b.yaml":
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(KvisdocsError, match=r"b\.yaml: cannot be written: Permission denied"):
        replace_files(files)

    assert (A.read_bytes(), B.read_bytes()) == (b"1", b"2")
    assert sorted(path.name for path in Path().iterdir()) == ["a.yaml", "b.yaml"]
