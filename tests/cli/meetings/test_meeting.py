"""`kvisdocs meeting`: items by number or file, moved, put on and taken off; all files are written, or none."""

import json
from pathlib import Path

import pytest
from meeting_files import CLOSED, LATE, NAME, SECOND, lay_out, read

from kvisdocs.application.store import replacement

ITEM = """kind: committee
municipality: slagelse
meeting: {committee: Byrådet, date: 2026-09-28} # endnu ikke
number: "9"
title: Nyt
"""


@pytest.fixture(autouse=True)
def before(folder):
    return lay_out()


def numbered(kvisdocs):
    items = json.loads(kvisdocs("meeting", "show", NAME, "--json").out)["items"]
    return [f"{each['number']} {each['title'].split()[0]}" for each in items]


def test_the_items_are_shown_with_numbers_files_and_last_days(kvisdocs):
    code, out, err = kvisdocs("meeting", "show", NAME)

    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "Beskæftigelsesudvalget, 2026-11-04, 16:00, Rådhuset, lokale 1",
        "1. Godkendelse af dagsorden (at every meeting)",
        "2. Samtaler den første uge for sygemeldte (moede-punkt-2.yaml)",
        "3. Tilbud på mindfulnesskurser fra to leverandører (moede-punkt-3-lukket.yaml, closed)",
        "4. Gensidig orientering (at every meeting)",
        "5. Eventuelt (at every meeting)",
        "6. Statsrefusion i 2027 (moede-punkt-6-tillaeg.yaml, supplementary agenda)",
        "the agenda: to be sent out by 2026-10-28; sent out 2026-10-28",
    ]


def test_what_is_wrong_with_a_meeting_is_shown_beside_it(kvisdocs, before):
    Path(SECOND).write_text(before[SECOND].replace('number: "2"', 'number: "8"'), encoding="utf-8")
    Path(NAME).write_text(before[NAME].replace("sent_out: 2026-10-28", "sent_out: 2026-10-30", 1), encoding="utf-8")

    code, out, err = kvisdocs("meeting", "show", NAME)

    assert code == 1
    assert f"({SECOND}, its file says number 8)" in out
    assert "sent out 2026-10-30, too late" in out
    assert f"{SECOND}:9:9: " in err
    assert kvisdocs("meeting", "renumber", NAME).code == 0
    assert read()[SECOND] == before[SECOND]


def test_items_of_a_folder_that_are_on_no_meeting_are_named(kvisdocs, write):
    write({"loest.yaml": ITEM, "i-stykker.yaml": "kind: [", "borger.yaml": "kind: citizen\n"})

    assert kvisdocs("meeting", "show", NAME, "--items", ".").out.splitlines()[-1] == "on no meeting: loest.yaml"
    assert json.loads(kvisdocs("meeting", "show", NAME, "--items", ".", "--json").out)["loose"] == ["loest.yaml"]


@pytest.mark.parametrize("item", ["3", "punkt 3", "3.", CLOSED, f"./{CLOSED}"])
def test_an_item_is_moved_by_its_number_or_its_file_and_all_that_names_it_follows(kvisdocs, before, item):
    code, out, err = kvisdocs("meeting", "move", NAME, item, "2", "-v")

    assert (code, err) == (0, "")
    assert out.splitlines() == [
        f"changed: {NAME}",
        f"changed: {CLOSED}",
        f"changed: {SECOND}",
        "the item was moved; 3 files were changed",
    ]
    moved, stayed = f"  - file: {CLOSED}\n", f"  - file: {SECOND}\n    extract: ja\n"
    assert read() == {
        **before,
        NAME: before[NAME].replace(stayed + moved, moved + stayed).replace('arrived: "2"', 'arrived: "3"'),
        SECOND: before[SECOND].replace('number: "2"', 'number: "3"'),
        CLOSED: before[CLOSED].replace('number: "3"', 'number: "2"'),
    }
    kvisdocs("meeting", "move", NAME, "3", "2")
    assert read() == before


def test_a_dry_run_shows_the_lines_that_would_change_and_writes_nothing(kvisdocs, before):
    code, out, _ = kvisdocs("meeting", "move", NAME, "3", "2", "--dry-run")

    assert code == 0
    assert read() == before
    lines = out.splitlines()
    assert lines[-1] == "nothing was written"
    assert [line for line in lines if line[0] in "+-" and SECOND not in line and CLOSED not in line] == [
        f"--- {NAME}",
        f"+++ {NAME}",
        '-  - {name: Ahmed Lindeskov, party: F, arrived: "2"}',
        '+  - {name: Ahmed Lindeskov, party: F, arrived: "3"}',
        '-number: "3"',
        '+number: "2"',
        '-number: "2"',
        '+number: "3"',
    ]


def test_what_is_where_it_was_is_not_written(kvisdocs):
    assert kvisdocs("meeting", "move", NAME, "3", "3").out == "there is nothing to change\n"
    assert kvisdocs("meeting", "supplement", NAME, "3", "--back").out == "there is nothing to change\n"
    assert kvisdocs("meeting", "renumber", NAME).out == "there is nothing to change\n"


def test_an_item_is_put_on_as_the_last_and_taken_off_again(kvisdocs, before, write):
    write({"nyt.yaml": ITEM})

    assert kvisdocs("meeting", "add", NAME, "nyt.yaml").code == 0
    assert numbered(kvisdocs)[3:] == ["4 Nyt", "5 Gensidig", "6 Eventuelt", "7 Statsrefusion"]
    wanted = ITEM.replace("Byrådet, date: 2026-09-28", "Beskæftigelsesudvalget, date: 2026-11-04").replace("9", "4", 1)
    assert read()["nyt.yaml"] == wanted

    assert "its file is still there" in kvisdocs("meeting", "remove", NAME, "nyt.yaml").out
    assert read() == {**before, "nyt.yaml": wanted}
    kvisdocs("meeting", "add", NAME, "nyt.yaml", "--supplement")
    assert numbered(kvisdocs)[5:] == ["6 Statsrefusion", "7 Nyt"]


def test_an_item_goes_to_the_supplement_and_back(kvisdocs, before):
    assert kvisdocs("meeting", "supplement", NAME, "2").code == 0
    assert numbered(kvisdocs)[4:] == ["5 Samtaler", "6 Statsrefusion"]
    kvisdocs("meeting", "supplement", NAME, "5", "--back")
    assert read() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("move", NAME, "33", "2"), "there is no item 33 on the meeting"),
        (("move", NAME, "1", "2"), 'item 1 is "Godkendelse af dagsorden", which every meeting has'),
        (("move", NAME, "2", "4"), 'item 4 is "Gensidig orientering", which every meeting has'),
        (("move", NAME, "2", "6"), "one of the two items is on the agenda, the other on the supplement"),
        (("remove", NAME, "moede-punkt-22.yaml"), 'did you mean "moede-punkt-2.yaml"?'),
        (("add", NAME, SECOND), f'"{SECOND}" is on the meeting already'),
        (("add", NAME, NAME), f'"{NAME}" is no committee item'),
        (("add", NAME, "mappe/ud.yaml"), "lies neither below the folder of this file nor below the current one"),
        (("show", SECOND), "the file holds no meeting"),
    ],
)
def test_what_cannot_be_is_said_in_a_line_and_nothing_is_written(kvisdocs, before, folder, arguments, said):
    outside = folder.parent / f"{folder.name}-ud"
    outside.mkdir()
    (outside / "ud.yaml").write_text(ITEM, encoding="utf-8")
    Path("mappe").symlink_to(outside)

    code, out, err = kvisdocs("meeting", *arguments)

    assert (code, out) == (1, "")
    assert said in err
    assert len(err.splitlines()) == 1
    assert read() == before
    assert (outside / "ud.yaml").read_text(encoding="utf-8") == ITEM


def test_a_file_that_somebody_saves_meanwhile_is_not_written_nor_any_other(kvisdocs, before, monkeypatch):
    def save_meanwhile(files):
        Path(CLOSED).write_text("# deres\n", encoding="utf-8")
        return replace(files)

    replace = replacement.replace_files
    monkeypatch.setattr(replacement, "replace_files", save_meanwhile)
    code, _, err = kvisdocs("meeting", "move", NAME, "3", "2")

    assert code == 1
    assert f"{CLOSED}: somebody saved this file meanwhile; nothing was written" in err
    assert read() == {**before, CLOSED: "# deres\n"}


def test_it_speaks_danish(program):
    assert "der er intet punkt 33 på mødet" in program("--lang", "da", "meeting", "move", NAME, "33", "2").err
    assert (
        "6. Statsrefusion i 2027 (moede-punkt-6-tillaeg.yaml, tillægsdagsorden)"
        in program("--lang", "da", "meeting", "show", NAME).out
    )
    assert LATE in read()
