"""A meeting put in order: what is written in its file and in its items', and what is not."""

from datetime import date
from pathlib import Path

import pytest
from examples import EXAMPLES
from made_meetings import write_meeting

from kvisdocs.application.meeting.arrange import add_item, change, move_item, remove_item, set_supplement
from kvisdocs.application.meeting.draft import Draft, read_draft
from kvisdocs.application.meeting.notice import list_deadlines
from kvisdocs.application.reading import CaseReader
from kvisdocs.application.template_folders import find_assets
from kvisdocs.cases.yaml.edit import Edit, Put
from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.meetings.form import Notice

ASSETS = find_assets(None)
NAME = "moede-2026-11-04.yaml"


def draft_of(file: Path) -> Draft:
    return read_draft(file.read_bytes(), file, ASSETS)


@pytest.fixture
def meeting(tmp_path: Path) -> Path:
    for each in (EXAMPLES / "committee").glob("moede-*"):
        (tmp_path / each.name).write_bytes(each.read_bytes())
    return tmp_path / NAME


def write(file: Path, edits: list[Edit], joins: Path | None = None) -> dict[str, str]:
    """The changed files as text, which are written too."""
    changes = change(draft_of(file), edits, ASSETS, joins)
    for path, each in changes.items():
        assert path.read_bytes() == each.before
        path.write_bytes(each.after)
    return {path.name: each.after.decode() for path, each in changes.items()}


def titles(file: Path) -> list[str]:
    return [f"{row.number} {row.title.split()[0]}" for row in draft_of(file).rows]


def test_a_moved_item_and_all_that_names_it_get_the_new_number_and_nothing_else_changes(meeting: Path) -> None:
    before = {each.name: each.read_text(encoding="utf-8") for each in meeting.parent.iterdir()}
    changed = write(meeting, move_item(draft_of(meeting), 1, 0))

    assert titles(meeting) == [
        "1 Godkendelse",
        "2 Tilbud",
        "3 Samtaler",
        "4 Gensidig",
        "5 Eventuelt",
        "6 Statsrefusion",
    ]
    moved = "  - file: moede-punkt-3-lukket.yaml\n"
    stayed = "  - file: moede-punkt-2.yaml\n    extract: ja\n"
    assert changed == {
        NAME: before[NAME].replace(stayed + moved, moved + stayed).replace('arrived: "2"', 'arrived: "3"'),
        "moede-punkt-2.yaml": before["moede-punkt-2.yaml"].replace('number: "2"', 'number: "3"'),
        "moede-punkt-3-lukket.yaml": before["moede-punkt-3-lukket.yaml"].replace('number: "3"', 'number: "2"'),
    }
    assert CaseReader(ASSETS).read(meeting)[1] == []

    write(meeting, move_item(draft_of(meeting), 0, 99))  # beyond the end of its part, which the supplement is not
    assert {each.name: each.read_text(encoding="utf-8") for each in meeting.parent.iterdir()} == before


def test_an_item_that_joins_takes_over_committee_day_and_number(meeting: Path) -> None:
    other = meeting.parent / "punkt.yaml"
    text = """# Et punkt
kind: committee
municipality: slagelse
meeting: {committee: Byrådet, date: 2026-09-28, place: Salen} # endnu ikke
number: "77" # foreløbigt
title: Nyt
"""
    other.write_text(text, encoding="utf-8")
    changed = write(meeting, add_item(draft_of(meeting), other, supplement=False), joins=other)

    assert titles(meeting)[3:] == ["4 Nyt", "5 Gensidig", "6 Eventuelt", "7 Statsrefusion"]
    there = 'meeting: {committee: Beskæftigelsesudvalget, date: 2026-11-04, place: "Rådhuset, lokale 1"} # endnu ikke'
    wanted = text.replace("meeting: {committee: Byrådet, date: 2026-09-28, place: Salen} # endnu ikke", there)
    assert changed["punkt.yaml"] == wanted.replace('"77"', '"4"')
    assert 'number: "7"' in changed["moede-punkt-6-tillaeg.yaml"]
    assert changed[NAME].count("file: punkt.yaml") == 1
    with pytest.raises(KvisdocsError, match=r"meeting\.item\.there|is on the meeting already"):
        add_item(draft_of(meeting), other, supplement=True)


def test_an_item_taken_off_keeps_its_file_and_the_others_close_up(meeting: Path) -> None:
    before = (meeting.parent / "moede-punkt-2.yaml").read_bytes()
    changed = write(meeting, remove_item(0))
    assert titles(meeting) == ["1 Godkendelse", "2 Tilbud", "3 Gensidig", "4 Eventuelt", "5 Statsrefusion"]
    assert set(changed) == {NAME, "moede-punkt-3-lukket.yaml", "moede-punkt-6-tillaeg.yaml"}
    assert (meeting.parent / "moede-punkt-2.yaml").read_bytes() == before


def test_an_item_goes_to_the_supplement_and_back(meeting: Path) -> None:
    before = {each: each.read_bytes() for each in meeting.parent.iterdir()}
    write(meeting, set_supplement(draft_of(meeting), 0, supplement=True))
    assert titles(meeting)[1:] == ["2 Tilbud", "3 Gensidig", "4 Eventuelt", "5 Samtaler", "6 Statsrefusion"]
    write(meeting, set_supplement(draft_of(meeting), 0, supplement=False))
    assert {each: each.read_bytes() for each in meeting.parent.iterdir()} == before


def test_numbers_that_go_on_from_the_meeting_before_begin_where_they_began(tmp_path: Path) -> None:
    profiles = tmp_path / "templates" / "profiles"
    profiles.mkdir(parents=True)
    profile = (EXAMPLES.parent / "templates/profiles/viborg.yaml").read_text(encoding="utf-8")
    (profiles / "viborg.yaml").write_text(f"{profile}\nmeetings: {{numbering: continue}}\n", encoding="utf-8")
    assets = find_assets(tmp_path / "templates")
    file = write_meeting(tmp_path, "viborg", 3, (), 0, 80)
    file.write_text(file.read_text(encoding="utf-8").replace("first_number: 80\n", ""), encoding="utf-8")
    draft = read_draft(file.read_bytes(), file, assets)
    assert [row.number for row in draft.rows][:2] == ["80", "81"]

    changes = change(draft, move_item(draft, 2, 0), assets)
    assert b"\nfirst_number: 80" in changes[file].after.replace(b'"', b"")
    assert len(changes) == 4


def test_another_day_of_the_meeting_is_another_day_of_its_items(meeting: Path) -> None:
    changed = write(meeting, [Put(("date",), "2026-11-11")])
    assert len(changed) == 4
    assert all("2026-11-11" in text and "4. november" not in text for text in changed.values())


def test_a_meeting_with_errors_is_shown_as_far_as_it_can_be_read(meeting: Path) -> None:
    text = (
        meeting.read_text(encoding="utf-8").replace("date: onsdag", "date: torsdag").replace("{name: Rikke", "{nane: R")
    )
    meeting.write_text(text.replace("- file: moede-punkt-2.yaml", "- file: ../findes-ikke.yaml"), encoding="utf-8")
    (meeting.parent / "moede-punkt-3-lukket.yaml").write_text("kind: committee\ntitle: I stykker\n", encoding="utf-8")
    draft = draft_of(meeting)
    assert draft.says("date") is None
    assert draft.says("place") == "Rådhuset, lokale 1"
    assert [(row.number, row.title) for row in draft.rows][1:3] == [("2", "findes-ikke.yaml"), ("3", "I stykker")]
    with pytest.raises(KvisdocsError, match="holds no meeting"):
        draft_of(meeting.parent / "moede-punkt-2.yaml")


def test_the_last_days_are_those_with_so_many_weekdays_between(meeting: Path) -> None:
    held = draft_of(meeting).meeting.model_copy(update={"sent_out": None, "supplement_sent_out": None})
    found = {each.key: each.latest for each in list_deadlines(held, Notice())}
    assert found == {"sent_out": date(2026, 10, 28), "material_sent_out": date(2026, 10, 29)}
    after_easter = held.model_copy(update={"date": date(2027, 3, 31)})  # three holidays and a weekend before it
    assert list_deadlines(after_easter, Notice())[0].latest == date(2027, 3, 21)
    assert list_deadlines(held.model_copy(update={"type": "extraordinary"}), Notice()) == []
