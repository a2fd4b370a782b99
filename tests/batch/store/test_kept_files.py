"""What somebody changed, guards or has open is never overwritten: the new file goes beside it, and both are named."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from batch_results import BATCH, DAY, ends, made, part_of, said
from builders import citizen_yaml

LETTER, BESIDE = Path("output/a/note.docx"), Path("output/a/note (ny).docx")
LATER = "2012-11-15"


@pytest.fixture
def render(kvisdocs) -> Callable[..., str]:
    """Renders the cases as `run` does; gives what is said."""

    def render(*options: str, day: str = DAY, code: int = 0) -> str:
        done = kvisdocs("render", "cases", "-d", "note", "--to", "docx", "--date", day, *options)
        assert done.code == code, done.err
        return done.err

    return render


@pytest.fixture(params=["batch", "render"])
def make(request, run, render) -> Callable[..., str]:
    """Makes the documents with either command; gives what is said."""
    if request.param == "render":
        return render

    def make(*options: str, day: str = DAY, code: int = 0) -> str:
        report = run(*options, day=day)
        assert report["code"] == code, report["said"]
        return report["said"]

    return make


def edit(path: Path = LETTER, text: bytes = b"by hand") -> bytes:
    """Somebody saves the file with other bytes."""
    path.write_bytes(path.read_bytes() + text)
    return path.read_bytes()


def change(name: str = "Ågård") -> None:
    Path("cases/a.yaml").write_text(citizen_yaml(citizen={"last_name": name}))


class TestAChangedFile:
    def test_it_stays_and_the_new_one_goes_beside_it_and_both_are_named(self, cases, make):
        cases("a")
        make()
        ours = LETTER.read_bytes()
        theirs = edit()

        told = make()

        assert (LETTER.read_bytes(), BESIDE.read_bytes()) == (theirs, ours)
        assert (
            "output/a/note.docx: warning: is not the file that kvisdocs wrote, so it stays; "
            'the new one is "output/a/note (ny).docx"; '
            "take over what you need, and delete one of the two; or overwrite it with --replace\n"
        ) in told

    def test_nine_runs_leave_one_copy_and_the_newest(self, cases, make):
        cases("a")
        make()
        theirs = edit()

        for number in range(3):
            change(f"Ågård {'x' * number}")
            make()
            make()
            make(day=LATER)

        assert made() == ["a/note (ny).docx", "a/note.docx"]
        assert LETTER.read_bytes() == theirs
        newest = BESIDE.read_bytes()
        shutil.rmtree("output")
        make()
        assert LETTER.read_bytes() == newest

    def test_a_copy_that_was_changed_too_stays_as_well(self, cases, make):
        cases("a")
        make()
        first = edit()
        make()
        second = edit(BESIDE)
        change()

        make()

        assert (LETTER.read_bytes(), BESIDE.read_bytes()) == (first, second)
        assert made() == ["a/note (ny 2).docx", "a/note (ny).docx", "a/note.docx"]

    def test_replace_overwrites_it_and_takes_the_copy_away(self, cases, make):
        cases("a")
        make()
        ours = LETTER.read_bytes()
        edit()
        make()

        told = make("--replace")

        assert (LETTER.read_bytes(), made()) == (ours, ["a/note.docx"])
        assert "warning" not in told

    def test_replace_at_once(self, cases, make):
        cases("a")
        make()
        edit()
        change()

        make("--replace")

        assert made() == ["a/note.docx"]
        assert b"by hand" not in LETTER.read_bytes()

    def test_what_is_ours_again_is_replaced_as_ever(self, cases, make):
        """Somebody threw the changed file away, and called the new one as it should be called."""
        cases("a")
        make()
        edit()
        make()
        BESIDE.replace(LETTER)
        change()

        told = make()

        assert made() == ["a/note.docx"]
        assert "warning" not in told

    def test_when_the_changed_file_is_deleted_the_copy_takes_its_place(self, cases, run):
        cases("a")
        run()
        ours = LETTER.read_bytes()
        edit()
        run()
        LETTER.unlink()

        report = run()

        assert (ends(report), made(), LETTER.read_bytes()) == ({"a": "unchanged"}, ["a/note.docx"], ours)

    def test_a_copy_that_was_deleted_does_not_come_again_until_there_is_something_new(self, cases, run):
        cases("a")
        run()
        theirs = edit()
        run()
        BESIDE.unlink()

        report = run()

        assert (ends(report), made()) == ({"a": "unchanged: by_hand"}, ["a/note.docx"])
        assert said(report, "a") == ["is not the file that kvisdocs wrote, and stays; --replace makes it anew"]
        change()
        assert ends(run()) == {"a": "made: case"}
        assert (made(), LETTER.read_bytes()) == (["a/note (ny).docx", "a/note.docx"], theirs)

    def test_another_letter_date_leaves_both_alone(self, cases, make):
        cases("a")
        make()
        theirs = edit()
        make()
        ours = BESIDE.read_bytes()

        told = make(day=LATER)

        assert (LETTER.read_bytes(), BESIDE.read_bytes()) == (theirs, ours)
        assert 'the new one is "output/a/note (ny).docx"' in told
        assert "is dated 2012-11-14, and nothing but the letter date is another now, so it stays" in told

    def test_only_the_format_that_was_changed_goes_beside(self, cases, make, kvisdocs):
        cases("a")
        make("--to", "pdf")
        before = Path("output/a/note.pdf").read_bytes()
        theirs = edit()
        change()

        make("--to", "pdf")

        assert made() == ["a/note (ny).docx", "a/note.docx", "a/note.pdf"]
        assert LETTER.read_bytes() == theirs
        assert Path("output/a/note.pdf").read_bytes() != before

    @pytest.mark.parametrize(("first", "then"), [("batch", "render"), ("render", "batch")])
    def test_each_command_knows_what_the_other_wrote(self, cases, run, render, first, then):
        calls = {"batch": run, "render": render}
        cases("a")
        calls[first]()
        change()
        calls[then]()
        assert made() == ["a/note.docx"]
        theirs = edit()

        change("Aagaard")
        calls[first]()
        calls[then]()

        assert (made(), LETTER.read_bytes()) == (["a/note (ny).docx", "a/note.docx"], theirs)


class TestWhoseFileItIs:
    def test_of_a_folder_without_notes_only_what_would_be_written_now_is_ours(self, cases, make):
        """A version of kvisdocs that kept no notes has made it, or somebody has copied the files here."""
        cases("a")
        make()
        shutil.rmtree("output/.kvisdocs")
        make()
        assert made() == ["a/note.docx"]
        shutil.rmtree("output/.kvisdocs")
        before = LETTER.read_bytes()
        change()

        make()

        assert (made(), LETTER.read_bytes()) == (["a/note (ny).docx", "a/note.docx"], before)

    @pytest.mark.parametrize("name", ["~$note.docx", "~$ote.docx", "~$te.docx", ".~lock.note.docx#"])
    def test_a_file_that_is_open_stays_and_when_it_is_closed_the_new_one_takes_its_place(self, cases, make, run, name):
        cases("a")
        make()
        before = LETTER.read_bytes()
        LETTER.with_name(name).write_bytes(b"\x05Bodil")
        change()

        told = make()

        assert LETTER.read_bytes() == before
        assert f'is open in another program ("{name}" lies beside it), so it stays' in told
        new = BESIDE.read_bytes()
        LETTER.with_name(name).unlink()
        run()
        assert (made(), LETTER.read_bytes()) == (["a/note.docx"], new)

    def test_a_write_protected_file_stays(self, cases, make):
        cases("a")
        make()
        before = LETTER.read_bytes()
        LETTER.chmod(0o400)
        change()

        told = make()

        assert "is write-protected, so it stays" in told
        assert (made(), LETTER.read_bytes()) == (["a/note (ny).docx", "a/note.docx"], before)

    @pytest.mark.parametrize("target", ["archive.docx", "nowhere.docx", "loop"])
    def test_a_link_stays_and_nothing_is_written_through_it(self, cases, make, target):
        cases("a")
        make()
        LETTER.replace("archive.docx")
        before = Path("archive.docx").read_bytes()
        LETTER.symlink_to(LETTER.name if target == "loop" else Path(target).absolute())
        change()

        told = make()

        assert "is a link that somebody made, so it stays" in told
        assert LETTER.is_symlink()
        assert Path("archive.docx").read_bytes() == before
        assert BESIDE.is_file()
        assert not Path("nowhere.docx").exists()

    def test_a_hard_link_elsewhere_keeps_the_old_letter(self, cases, make):
        cases("a")
        make()
        before = LETTER.read_bytes()
        os.link(LETTER, "archive.docx")
        change()

        make()

        assert Path("archive.docx").read_bytes() == before != LETTER.read_bytes()


class TestHeldBack:
    @pytest.fixture
    def held(self, cases, run, write) -> None:
        """The letter of case a is held back, since it holds the name of another case's person."""
        template = Path("templates/note/document.html.j2")
        cases("a", b={"citizen": {"first_names": "Yrsa", "last_name": "Ravnkilde", "cpr": "700111-1118"}})
        template.write_text(template.read_text().replace("</h1>", "</h1><p>Yrsa Ravnkilde</p>"))

    def test_what_somebody_mends_and_moves_stays_and_is_not_held_again(self, held, run):
        run()
        assert made() == ["b/note.docx", "held-back/a/note.docx"]
        LETTER.parent.mkdir()
        Path("output/held-back/a/note.docx").rename(LETTER)
        theirs = edit()

        report = run()

        assert (report["code"], ends(report)) == (0, {"a": "unchanged: by_hand", "b": "unchanged"})
        assert LETTER.read_bytes() == theirs

    def test_what_somebody_mends_where_it_is_held_stays_too(self, held, run):
        run()
        path = Path("output/held-back/a/note.docx")
        theirs = edit(path)
        change()

        report = run()

        assert ends(report)["a"].startswith("held_back")
        assert path.read_bytes() == theirs
        assert made() == ["b/note.docx", "held-back/a/note (ny).docx", "held-back/a/note.docx"]

    def test_what_is_held_back_takes_no_changed_letter_away(self, cases, run, held):
        template = Path("templates/note/document.html.j2")
        wrong = template.read_text()
        template.write_text(wrong.replace("Yrsa Ravnkilde", ""))
        run()
        theirs = edit()
        template.write_text(wrong)

        report = run()

        assert ends(report)["a"] == "held_back: proof"
        assert LETTER.read_bytes() == theirs
        assert made() == ["a/note.docx", "b/note.docx", "held-back/a/note.docx"]
        assert 'the new one is "output/held-back/a/note.docx"' in report["said"]

    def test_made_by_hand_it_is_looked_at_and_lies_ready(self, held, run, render):
        run()

        render()

        assert made() == ["a/note.docx", "b/note.docx"]
        assert ends(run()) == {"a": "unchanged", "b": "unchanged"}


def test_killed_before_the_move_a_file_saved_meanwhile_stays(cases, run):
    """The manifest has its line, the part is there, and somebody has saved the file before the next run."""
    cases("a")
    run()
    ours = LETTER.read_bytes()
    LETTER.rename(part_of(Path("output/.kvisdocs/manifest.jsonl").read_text()))
    LETTER.write_bytes(b"by hand")

    report = run()

    assert (ends(report), LETTER.read_bytes()) == ({"a": "unchanged: by_hand"}, b"by hand")
    assert BESIDE.read_bytes() == ours
    assert "warning" in report["said"]


def test_two_at_once_wait_for_each_other(cases, beside):
    cases("a", "b")
    calls = [beside("render", f"cases/{name}.yaml", "-d", "note", "--to", "docx") for name in "ab"]

    said = [call.communicate(timeout=60)[1] for call in calls]

    assert [call.returncode for call in calls] == [0, 0], said
    assert made() == ["a/note.docx", "b/note.docx"]


def test_a_run_on_a_terminal_names_both(cases, kvisdocs):
    cases("a")
    kvisdocs(*BATCH, "--date", DAY)
    edit()

    said = kvisdocs(*BATCH, "--date", DAY).err

    assert said.count("note (ny).docx") == 1


class TestACaseThatIsGone:
    """Its letters lie there ready to be sent, and no run looks at them any more."""

    GONE = 'was made of the case "b", which is no longer in cases'

    @pytest.mark.parametrize("first", ["batch", "render"])
    def test_its_letters_are_named(self, cases, run, render, first):
        cases("a", "b")
        run() if first == "batch" else render()
        Path("cases/b.yaml").unlink()

        report = run()

        assert (report["code"], len(report["problems"])) == (0, 1)
        assert f"output/b/note.docx: warning: {self.GONE}; delete it unless you need it\n" in report["said"]

    @pytest.mark.parametrize("move", [
        lambda: Path("cases/b.yaml").rename("cases/c.yaml"),
        lambda: Path("cases/b.yaml").rename("b.yaml"),
    ])  # fmt: skip
    def test_or_has_another_name_or_folder(self, cases, run, move):
        cases("a", "b")
        run()
        move()

        assert self.GONE in run()["said"]

    def test_also_with_the_folder_that_it_lay_in(self, cases, run):
        cases("a", "b")
        Path("cases/may").mkdir()
        Path("cases/b.yaml").rename("cases/may/b.yaml")
        run()
        shutil.rmtree("cases/may")

        report = run()

        assert (report["code"], [each["file"] for each in report["problems"]]) == (0, ["output/b/note.docx"])

    @pytest.mark.parametrize("paths", [("cases/a.yaml",), ("others",), ("cases/may",)])
    def test_whoever_asks_for_other_cases_hears_nothing(self, cases, run, kvisdocs, paths):
        cases("a", "b")
        for folder in ("others", "cases/may"):
            Path(folder).mkdir()
            shutil.copy("cases/a.yaml", f"{folder}/a.yaml")
        Path("cases/a.yaml").unlink() if paths == ("cases/may",) else Path("cases/may/a.yaml").unlink()
        run()

        said = kvisdocs("batch", *paths, *BATCH[2:], "--date", DAY).err

        assert "no longer" not in said

    def test_nor_where_the_letter_is_gone_too_or_the_folder_cannot_be_read_whole(self, cases, run):
        cases("a", "b")
        run()
        Path("cases/b.yaml").unlink()
        Path("cases/A.yaml").write_text("")

        assert self.GONE not in run()["said"]

        Path("cases/A.yaml").unlink()
        LETTER.parent.with_name("b").joinpath("note.docx").unlink()

        assert self.GONE not in run()["said"]
