"""What goes with a case besides its own file: read with it, part of why it is made again, and no way to other files."""

import json
from pathlib import Path

import pytest
from batch_results import ends
from user import folder, kvisdocs

from kvisdocs.application import reading
from kvisdocs.application.reading import CaseReader
from kvisdocs.application.related import FIGURES, Reference, read_files
from kvisdocs.application.template_folders import find_assets

__all__ = ["folder", "kvisdocs"]

ITEM = """\
kind: committee
municipality: herning
meeting: {committee: Beskæftigelsesudvalget, date: 2012-11-14, place: C3.40}
number: "87"
title: TITLE
"""


@pytest.fixture
def read(folder, monkeypatch):
    """Reads an item that names a file by its title, and whose figures are the title's length."""

    def supply(loaded, file, assets):
        found, problems = read_files([Reference(("title",), loaded.case.title)], loaded, file)
        return {**found, FIGURES: str(len(found)).encode()}, problems

    monkeypatch.setitem(reading.SUPPLIERS, "committee", supply)

    def read(title: str, name: str = "cases/item.yaml"):
        file = Path(name)
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(ITEM.replace("TITLE", title))
        return CaseReader(find_assets(None)).read(file)

    return read


def test_a_file_that_a_case_names_goes_with_it_by_that_name(read):
    Path("bilag.txt").write_text("tekst")

    loaded, problems = read("../bilag.txt")

    assert (problems, loaded and loaded.related) == ([], {"../bilag.txt": b"tekst", FIGURES: b"1"})


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("nothing.txt", 'there is no "nothing.txt" beside this file'),
        ("/etc/passwd", '"/etc/passwd" lies neither below the folder of this file nor below the current one'),
        ("../../../../../../etc/passwd", "lies neither below the folder of this file nor below the current one"),
        ("link.txt", "lies neither below the folder of this file nor below the current one"),
        (".", '"." is no plain file'),
        (f"{'æ' * 150}.txt", 'ææ.txt" beside this file'),
    ],
)
def test_a_case_that_names_no_file_of_its_own_is_stopped_at_the_line(read, title, said):
    Path("cases").mkdir()
    Path("cases/link.txt").symlink_to("/etc/passwd")

    loaded, problems = read(title)

    assert loaded is None
    assert [(str(each.position), said in each.what) for each in problems] == [("cases/item.yaml:5:8", True)]


def test_a_batch_makes_again_what_a_changed_file_or_figure_goes_into(read, kvisdocs, monkeypatch):
    supply = reading.SUPPLIERS["committee"]

    def run() -> dict[str, str]:
        options = ("--to", "docx", "--date", "2012-11-14", "--jobs", "1", "--report", "report.json")
        kvisdocs("batch", "cases", *options)
        return ends(json.loads(Path("report.json").read_text()))

    Path("bilag.txt").write_text("tekst")
    read("../bilag.txt")
    first, again = run(), run()
    Path("bilag.txt").write_text("ny tekst")
    changed, unchanged = run(), run()
    more = lambda *given: ({**supply(*given)[0], FIGURES: b"2"}, [])  # noqa: E731
    monkeypatch.setitem(reading.SUPPLIERS, "committee", more)

    assert [first, again, changed, unchanged, run()] == [
        {"item": "made: new"},
        {"item": "unchanged"},
        {"item": "made: related"},
        {"item": "unchanged"},
        {"item": "made: figures"},
    ]
