"""An output folder that is only looked at: nothing is made, locked or moved, and what a run adds meanwhile is seen."""

import pytest

from kvisdocs.application.store.manifest import FileRecord, Manifest, ManifestReader, Place, Record
from kvisdocs.application.store.output_view import look_into
from kvisdocs.application.store.session import open_output


def record(key, place=Place.READY):
    return Record(key, "note", {"docx": FileRecord("0" * 64, 1, None, 0, {})}, place)


def test_nothing_is_made_where_nothing_is(tmp_path):
    view = look_into(tmp_path / "output")

    assert view.manifest.records == {}
    assert list(tmp_path.iterdir()) == []


def test_a_reader_beside_a_run_sees_what_is_added_and_leaves_no_trace(tmp_path):
    with open_output(tmp_path) as session:
        session.manifest.append([record("a")])
        before = {path: path.stat().st_mtime_ns for path in (tmp_path / ".kvisdocs").iterdir()}
        reader = ManifestReader(tmp_path / ".kvisdocs")
        assert (set(reader.records), reader.unfinished) == ({"a"}, None)
        assert reader.key_of("anna", "note") == session.manifest.key_of("anna", "note")
        session.manifest.append([record("b")])
        reader.read_on()
        assert set(reader.records) == {"a", "b"}
        with pytest.raises(TypeError):
            reader.append([record("c")])
        assert set((tmp_path / ".kvisdocs").iterdir()) == set(before)


def test_half_a_line_is_read_when_it_is_whole(tmp_path):
    with Manifest(tmp_path) as manifest:
        manifest.append([record("a"), record("b")])
    file = tmp_path / "manifest.jsonl"
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])
    reader = ManifestReader(tmp_path)
    assert set(reader.records) == {"a"}
    file.write_bytes(whole)
    reader.read_on()
    assert set(reader.records) == {"a", "b"}
