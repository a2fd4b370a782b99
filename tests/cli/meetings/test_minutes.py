"""`kvisdocs minutes`: who was there and what was decided, one by one or as a list that is filled in."""

import re
from pathlib import Path

import pytest
from meeting_files import CLOSED, NAME, SECOND, lay_out, read


@pytest.fixture(autouse=True)
def before(folder):
    return lay_out()


def fill_in(**answers):
    """A list of answers, in which some are others; `_` in a name stands for a space."""
    text = Path("svar.yaml").read_text(encoding="utf-8")
    for name, answer in answers.items():
        found = f"{name.replace('_', ' ')}:"
        assert re.search(f"^{re.escape(found)}.*$", text, re.M), name
        text = re.sub(
            f"^{re.escape(found)}.*$", lambda line, answer=answer, found=found: f"{found} {answer}", text, flags=re.M
        )
    Path("svar.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def listed(kvisdocs):
    Path("svar.yaml").write_text(kvisdocs("minutes", NAME).out, encoding="utf-8")


def test_answers_go_into_the_files_that_they_belong_to_and_nothing_else_changes(kvisdocs, before):
    said = ("end=17:30", "2.decision=Udsat.\n\n- til december", "3.released=ja", "Rikke Hougaard.attendance=afbud",
            "Rikke Hougaard.substitute=Ida Prøve", "5.text=Intet.", "Ahmed Lindeskov.arrived=")  # fmt: skip
    code, out, err = kvisdocs("minutes", NAME, *(part for each in said for part in ("--set", each)))

    assert (code, out, err) == (0, "7 answers were written; 3 files were changed\n", "")
    decision = "  - text: |-\n      Udsat.\n\n      - til december\n"
    after = read()
    assert after[SECOND] == before[SECOND].replace("  - text: Indstillingen blev godkendt.\n", decision)
    assert after[CLOSED] == before[CLOSED].rstrip("\n") + "\n    released: ja\n"
    member = "{name: Rikke Hougaard, party: Ø, attendance: apologies, substitute: {name: Ida Prøve}}"
    wanted = before[NAME].replace("{name: Rikke Hougaard, party: Ø}", member).replace('"17:25"', '"17:30"')
    wanted = wanted.replace(', arrived: "2"', "")
    assert after[NAME] == wanted.replace("follow_ups:", "  - id: other\n    text: Intet.\nfollow_ups:")


def test_the_list_given_back_as_it_is_changes_nothing(kvisdocs, before, listed):
    text = Path("svar.yaml").read_text(encoding="utf-8")
    for line in (
        "end: 17:25",
        "Jens-Ulrik Vang.substitute: Bodil Stenstrup",
        "# 2. Samtaler den første uge",
        "2.decision: Ind",
    ):
        assert f"\n{line}" in text

    assert kvisdocs("minutes", NAME, "--from", "svar.yaml").out == "there is nothing to change\n"
    assert {**read(), "svar.yaml": ""} == {**before, "svar.yaml": ""}


def test_a_list_that_is_filled_in_is_written_and_a_dry_run_only_shown(kvisdocs, before, listed):
    fill_in(**{"Karen_Holmegaard.attendance": "present", "6.withdrawn": "Udgik.", "approved": "2. december 2026"})

    shown = kvisdocs("minutes", NAME, "--from", "svar.yaml", "--dry-run")
    assert "+    withdrawn: Udgik." in shown.out.splitlines()
    assert read()[NAME] == before[NAME]

    assert kvisdocs("minutes", NAME, "--from", "svar.yaml").code == 0
    after = read()
    assert "    supplement: ja\n    withdrawn: Udgik.\n" in after[NAME]
    assert after[NAME].endswith("approved: 2. december 2026\n")
    assert "{name: Karen Holmegaard, party: A, role: formand}" in after[NAME]  # who is there need not be told


def test_a_list_that_is_older_than_a_file_is_not_written(kvisdocs, before, listed):
    fill_in(**{"2.decision": "Mit."})
    theirs = before[SECOND].replace("blev godkendt", "blev forkastet")
    Path(SECOND).write_text(theirs, encoding="utf-8")

    code, _, err = kvisdocs("minutes", NAME, "--from", "svar.yaml")

    assert code == 1
    assert f'"{SECOND}" was changed after this list was made; nothing was written' in err
    assert err.startswith("svar.yaml:")
    assert read()[SECOND] == theirs


def test_all_that_is_wrong_with_the_answers_is_said_at_once(kvisdocs, before, write):
    write({"svar.yaml": "end: 17:30\n2.decison: x\napproved: [a]\n"})
    code, _, err = kvisdocs("minutes", NAME, "--from", "svar.yaml", "--set", "y", "--set", "end=1", "--set", "end=2")

    assert code == 1
    assert err.splitlines() == [
        '--set: "end" is answered twice; answer it once',
        '--set: "y" gives no answer; write it as 2.decision=Godkendt.',
        'svar.yaml:2:1: the meeting asks for no "2.decison"; did you mean "2.decision"?',
        'svar.yaml:3:11: "approved" takes a text; write it as one',
    ]
    refused = kvisdocs(
        "minutes", NAME, "--set", "end=halv seks", "--set", "approved=i morgen", "--set", "2.decision=Ny"
    )
    assert [line.partition(": ")[2] for line in refused.err.splitlines()] == [
        'end: "halv seks" is not a time; write it as 13:00',
        'approved: "i morgen" is not a date; write it as 2012-11-14 or 14. november 2012',
    ]
    assert {**read(), "svar.yaml": ""} == {**before, "svar.yaml": ""}


@pytest.mark.parametrize("text", ["- a\n", "tekst\n", ""])
def test_a_file_that_is_no_list_is_refused(kvisdocs, before, write, text):
    write({"svar.yaml": text})

    code, _, err = kvisdocs("minutes", NAME, "--from", "svar.yaml")

    assert code == 1
    assert err.startswith("svar.yaml:")
    assert read()[NAME] == before[NAME]


def test_members_who_cannot_be_told_apart_are_called_by_their_place(kvisdocs, before):
    text = before[NAME].replace("Poul Erik Vestby", "Karen Holmegaard").replace("name: Rikke Hougaard, ", "")
    Path(NAME).write_text(text, encoding="utf-8")

    out = kvisdocs("minutes", NAME).out

    for who in ("member 1", "member 2", "member 3", "Jens-Ulrik Vang"):
        assert f"\n{who}.attendance:" in out
    kvisdocs("minutes", NAME, "--set", "member 2.attendance=absent")
    assert text.replace("næstformand}", "næstformand, attendance: absent}") == read()[NAME]


def test_it_speaks_danish(program):
    assert "mødet spørger ikke om" in program("--lang", "da", "minutes", NAME, "--set", "x=y").err
