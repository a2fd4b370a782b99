"""`kvisdocs render`: what is made, what is left out, and what is said of it."""

import signal
import subprocess
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
from builders import citizen_yaml
from many_cases import person

CHECKOUT = Path(__file__).parents[2]
EXAMPLES = CHECKOUT / "cases_yaml"

TRACK = {"purpose": "Formål", "activities": [{"goal": "Et mål", "responsible": "Du"}]}
PLAN = {"agreed": "2012-10-30", "goal": "Tilbage", "employment": TRACK}
GP = {
    "name": "Signe Brændgård",
    "practice": "Lægerne Ved Åen",
    "provider_number": "003399",
    "address": {"street": "Åstrædet 16", "postcode": "7400", "city": "Herning"},
}
WITHDRAWN = {"kind": "disclose", "party": "gp", "covers": ["datoer"], "given": "2012-10-01", "withdrawn": "2012-10-05"}

USAGE = "Usage: kvisdocs render [OPTIONS] PATH...\nTry 'kvisdocs render --help' for help.\n\n"

EARLIER = "warning: is from an earlier run, and was not made again; delete it unless you need it\n"

pytestmark = pytest.mark.usefixtures("note")


def made(folder: str = "output") -> list[str]:
    """The files in a folder, whatever they are called, but for kvisdocs' own notes."""
    paths = [path.relative_to(folder) for path in Path(folder).rglob("*") if path.is_file()]
    return sorted(path.as_posix() for path in paths if path.parts[0] != ".kvisdocs")


def assert_whole(path: Path) -> None:
    if path.suffix == ".pdf":
        assert path.read_bytes().rstrip().endswith(b"%%EOF")
    else:
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            assert "word/document.xml" in archive.namelist()


class TestWhatIsMade:
    def test_both_formats_in_a_folder_named_after_the_case(self, kvisdocs, write):
        write({"cases/åse.yaml": citizen_yaml()})

        assert kvisdocs("render", "cases/åse.yaml", "-d", "note") == (
            0,
            "output/åse/note.pdf\noutput/åse/note.docx\n",
            "2 files made in output, 0 errors\n",
        )
        assert made() == ["åse/note.docx", "åse/note.pdf"]
        for path in Path("output/åse").iterdir():
            assert_whole(path)
            assert path.stat().st_mode & 0o777 == 0o600

    @pytest.mark.parametrize(
        ("formats", "files"),
        [
            (["--to", "pdf"], ["note.pdf"]),
            (["--to", "docx"], ["note.docx"]),
            (["--to", "docx", "--to", "pdf", "--to", "docx"], ["note.pdf", "note.docx"]),
        ],
    )
    def test_only_the_formats_asked_for(self, kvisdocs, write, formats, files):
        write({"a.yaml": citizen_yaml()})

        code, out, _ = kvisdocs("render", "a.yaml", "-d", "note", *formats)

        assert (code, out) == (0, "".join(f"output/a/{name}\n" for name in files))
        assert made() == sorted(f"a/{name}" for name in files)

    def test_several_documents_by_repeating_d_each_once(self, kvisdocs, write):
        write(
            {"a.yaml": citizen_yaml(), "templates/memo/document.yaml": Path("templates/note/document.yaml").read_text()}
        )
        write({"templates/memo/document.html.j2": Path("templates/note/document.html.j2").read_text()})

        assert kvisdocs("render", "a.yaml", "-d", "note", "-d", "memo", "-d", "note", "--to", "docx") == (
            0,
            "output/a/note.docx\noutput/a/memo.docx\n",
            "2 files made in output, 0 errors\n",
        )

    def test_the_output_folder_may_be_any(self, kvisdocs, write):
        write({"a.yaml": citizen_yaml()})

        assert kvisdocs("render", "a.yaml", "-d", "note", "--to", "docx", "-o", "ud/i dag") == (
            0,
            "ud/i dag/a/note.docx\n",
            "1 file made in ud/i dag, 0 errors\n",
        )

    def test_the_letter_date_is_the_one_given_or_today(self, kvisdocs, write):
        template = '<html lang="da"><head><title>N</title></head><body><p>{{ letter.date }}</p></body></html>'
        write({"a.yaml": citizen_yaml(), "templates/note/document.html.j2": template})

        def shown(*arguments: str) -> str:
            assert kvisdocs("render", "a.yaml", "-d", "note", "--to", "docx", *arguments).code == 0
            with zipfile.ZipFile("output/a/note.docx") as archive:
                return archive.read("word/document.xml").decode()

        for day in (
            "2012-11-14",
            "14-11-2012",
            "14.11.2012",
            "14/11 2012",
            "14. november 2012",
            "onsdag d. 14. nov. 2012",
        ):
            assert ">2012-11-14<" in shown("--date", day)
        assert f">{time.localtime().tm_year}-" in shown("--redate")

    @pytest.mark.parametrize("name", ["Åse Ø", "-d", "..skjult", "a.b", "æøå" * 20])
    def test_a_case_id_may_be_anything_that_a_file_may_be_called(self, kvisdocs, write, name):
        write({f"cases/{name}.yaml": citizen_yaml()})

        assert kvisdocs("render", "cases", "-d", "note", "--to", "docx").out == f"output/{name}/note.docx\n"
        assert made() == [f"{name}/note.docx"]

    @pytest.mark.parametrize("name", ["..", "."])
    def test_but_it_cannot_lead_out_of_the_output_folder(self, kvisdocs, write, name):
        write({f"cases/{name}.yaml": citizen_yaml()})

        assert kvisdocs("render", "cases", "-d", "note") == (
            1,
            "",
            f'cases/{name}.yaml: the name "{name}.yaml" gives the case no id; rename the file, for instance case.yaml\n'
            "nothing was made, 1 error\n",
        )
        assert not Path("output").exists()

    def test_a_folder_may_be_a_symbolic_link(self, kvisdocs, write):
        write({"real/a.yaml": citizen_yaml()})
        Path("link").symlink_to("real")
        Path("elsewhere").mkdir()
        Path("output").symlink_to("elsewhere")

        assert kvisdocs("render", "link", "real", "-d", "note", "--to", "docx").out == "output/a/note.docx\n"
        assert made("elsewhere") == ["a/note.docx"]


class TestWhatIsLeftOut:
    def test_without_d_what_a_case_is_not_fit_for_is_a_note(self, kvisdocs, write):
        write({"a.yaml": citizen_yaml(gp=GP, consents=[WITHDRAWN])})

        assert kvisdocs("render", "a.yaml", "--to", "docx", "--date", "2012-11-14") == (
            0,
            "output/a/note.docx\n",
            'a.yaml:1:1: note: no follow-up-plan: the case has no plan; to have it made, add "plan"\n'
            "a.yaml:1:1: note: no return-plan: the case has no graded return plan; to have it made, add "
            '"return_plan"\n'
            "a.yaml:30:3: note: no gp-letter: the consent to disclose to the GP was withdrawn 2012-10-05; to have it "
            "made, ask the citizen, and add a consent of kind disclose, party gp, given no later than 2012-11-14\n"
            "1 file made in output, 3 documents left out (see the notes), 0 errors\n",
        )

    def test_with_d_it_is_an_error_where_the_consent_stands(self, kvisdocs, write):
        write({"a.yaml": citizen_yaml(gp=GP, consents=[WITHDRAWN])})

        assert kvisdocs("render", "a.yaml", "-d", "gp-letter", "--date", "2012-11-14") == (
            1,
            "",
            "a.yaml:30:3: no gp-letter: the consent to disclose to the GP was withdrawn 2012-10-05; ask the citizen, "
            "and add a consent of kind disclose, party gp, given no later than 2012-11-14\n"
            "nothing was made, 1 error\n",
        )
        assert not Path("output").exists()

    def test_what_is_dated_after_the_letter_is_refused_where_the_date_stands(self, kvisdocs, write):
        write({"a.yaml": citizen_yaml(contacts=[{"date": "2012-11-28", "kind": "talk"}])})

        assert kvisdocs("render", "a.yaml", "-d", "note", "--date", "2012-11-14") == (
            1,
            "",
            "a.yaml:22:9: no note: the contact is dated 2012-11-28, after the letter's date 2012-11-14; write a talk "
            "to come as plan.next_follow_up, correct that date, or give the letter a later --date\n"
            "nothing was made, 1 error\n",
        )

    def test_a_talk_that_is_over_is_one_warning_for_all_documents_of_a_case(self, kvisdocs, write):
        template = Path("templates/note/document.html.j2").read_text()
        write({"templates/memo/document.yaml": Path("templates/note/document.yaml").read_text()})
        write({"templates/memo/document.html.j2": template})
        write({"a.yaml": citizen_yaml(plan={**PLAN, "next_follow_up": "2012-11-13"})})

        assert kvisdocs("render", "a.yaml", "-d", "note", "-d", "memo", "--to", "docx", "--date", "2012-11-14") == (
            0,
            "output/a/note.docx\noutput/a/memo.docx\n",
            "a.yaml:29:19: warning: the next follow-up was to be on 2012-11-13, before the letter's date 2012-11-14; "
            "write the day of the next one, or give the letter an earlier --date\n"
            "2 files made in output, 0 errors, 1 warning\n",
        )

    def test_with_d_a_case_of_another_kind_is_an_error(self, kvisdocs):
        item = str(EXAMPLES / "2012/committee/herning-punkt-87.yaml")

        code, out, err = kvisdocs("render", item, "-d", "note")

        assert (code, out) == (1, "")
        assert "note is made from a citizen case, this is a committee case" in err

    @pytest.mark.parametrize("documents", [[], ["-d", "gp-letter", "-d", "note"]])
    def test_a_letter_of_an_earlier_run_that_may_not_be_made_now_is_pointed_out(self, kvisdocs, write, documents):
        write({"a.yaml": citizen_yaml(gp=GP, consents=[WITHDRAWN]), "output/a/gp-letter.pdf": "%PDF"})

        err = kvisdocs("render", "a.yaml", "--to", "docx", "--date", "2012-11-14", *documents).err

        assert f"output/a/gp-letter.pdf: {EARLIER}" in err
        assert Path("output/a/gp-letter.pdf").exists()

    def test_an_unknown_document_is_wrong_usage(self, kvisdocs, write):
        write({"a.yaml": citizen_yaml()})

        assert kvisdocs("render", "a.yaml", "-d", "note", "-d", "gp-lettre") == (
            2,
            "",
            USAGE + "Error: Invalid value for '-d' / '--document': "
            'there is no document "gp-lettre"; did you mean "gp-letter"?\n',
        )

    def test_a_documents_folder_is_no_document_but_a_near_miss(self, kvisdocs, write):
        write({"a.yaml": citizen_yaml()})

        code, _, err = kvisdocs("render", "a.yaml", "-d", "templates/note/")

        assert (code, err[len(USAGE) :]) == (
            2,
            "Error: Invalid value for '-d' / '--document': "
            'there is no document "templates/note/"; did you mean "note"?\n',
        )


class TestWrongUsage:
    def test_without_path_it_says_what_to_name(self, kvisdocs):
        said = "Error: name a case file or a folder of cases, for instance: kvisdocs render cases_yaml\n"

        assert kvisdocs("render") == (2, "", USAGE + said)

    @pytest.mark.parametrize("day", ["2012-W46-3", "20121114", "today", "11/14/12/2012", ""])
    def test_what_is_no_date_is_told_how_one_is_written(self, kvisdocs, day):
        today = date.today()  # noqa: DTZ011
        month = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"][today.month - 1]

        code, out, err = kvisdocs("render", "a.yaml", "--date", day)

        head = f"Error: Invalid value for '--date': \"{day}\" is not a date; write it as {today.isoformat()}, "
        assert (code, out) == (2, "")
        assert err.startswith(USAGE + f'{head}{today.day:02}-{today.month:02}-{today.year} or "{today.day}. {month}')
        assert err.endswith(f' {today.year}"\n')

    @pytest.mark.parametrize(
        ("day", "said"),
        [
            ("14-11-12", '"14-11-12" has a year of two digits; write it as 20'),
            ("31-11-2012", 'there is no date "31-11-2012"; check day and month\n'),
            ("tirsdag den 14. november 2012", "that date is onsdag; correct the weekday or the date\n"),
        ],
    )
    def test_what_is_wrong_with_a_date_is_said(self, kvisdocs, day, said):
        code, _, err = kvisdocs("render", "a.yaml", "--date", day)

        assert code == 2
        assert said in err

    def test_a_format_that_does_not_exist(self, kvisdocs):
        assert kvisdocs("render", "a.yaml", "--to", "odt") == (
            2,
            "",
            USAGE + "Error: Invalid value for '--to': 'odt' is not one of 'pdf', 'docx', 'html'.\n",
        )

    def test_an_output_folder_that_is_a_file(self, kvisdocs, write):
        write({"a.yaml": citizen_yaml(), "ud": ""})

        assert kvisdocs("render", "a.yaml", "-o", "ud") == (
            2,
            "",
            USAGE + "Error: Invalid value for '-o' / '--output': Directory 'ud' is a file.\n",
        )


class TestWhatGoesWrong:
    def test_a_broken_case_leaves_the_good_ones_alone(self, kvisdocs, write):
        write({"cases/a.yaml": citizen_yaml(), "cases/b.yaml": "kind: citzen\n", "cases/c.yaml": person(3)})

        assert kvisdocs("render", "cases", "nowhere", "-d", "note", "--to", "docx") == (
            1,
            "output/a/note.docx\noutput/c/note.docx\n",
            'cases/b.yaml:1:7: "kind" is "citzen"; did you mean "citizen"?\n'
            "nowhere: there is no such file or folder; check the path\n"
            "2 files made in output, 2 errors\n",
        )

    def test_warnings_are_shown_and_stop_nothing(self, kvisdocs, write):
        write({"a.yaml": citizen_yaml(sickness={"visitation": "2012-09-01"})})

        assert kvisdocs("render", "a.yaml", "-d", "note", "--to", "docx") == (
            0,
            "output/a/note.docx\n",
            'a.yaml:17:15: warning: "visitation" is dated 2012-09-01, before the first day of sickness, 2012-09-10; '
            "check both dates\n"
            "1 file made in output, 0 errors, 1 warning\n",
        )

    def test_two_cases_with_one_id_are_not_made_since_one_would_overwrite_the_other(self, kvisdocs, write):
        write({"x/anna.yaml": citizen_yaml(), "y/Anna.yml": citizen_yaml(), "y/bo.yaml": person(3)})

        assert kvisdocs("render", "x", "y", "-d", "note", "--to", "docx") == (
            1,
            "output/bo/note.docx\n",
            'y/Anna.yml: has the same case id as x/anna.yaml, "Anna", so their documents would lie in one folder; '
            "rename one of the files; neither is made\n"
            "1 file made in output, 1 error\n",
        )

    def test_what_a_template_lacks_is_said_at_its_line_and_the_others_are_made(self, kvisdocs, write):
        write(
            {"a.yaml": citizen_yaml(), "templates/memo/document.yaml": Path("templates/note/document.yaml").read_text()}
        )
        write({"templates/memo/document.html.j2": "<html>\n<body>\n<p>{{ lettre.date }}</p></body></html>\n"})

        code, out, err = kvisdocs("render", "a.yaml", "-d", "memo", "-d", "note", "--to", "docx")

        assert (code, out) == (1, "output/a/note.docx\n")
        assert err.startswith("templates/memo/document.html.j2:3")
        assert '"letter"?' in err
        assert err.endswith("1 file made in output, 1 error\n")
        assert made() == ["a/note.docx"]

    def test_a_missing_logo_is_said_once_and_nothing_of_that_municipality_is_made(self, kvisdocs, write):
        profile = (CHECKOUT / "templates/profiles/herning.yaml").read_text(encoding="utf-8")
        write({"templates/profiles/herning.yaml": profile.replace("logos/herning.svg", "logos/ny.svg")})
        write({"a.yaml": citizen_yaml(), "b.yaml": person(2)})
        line = next(n for n, text in enumerate(profile.splitlines(), 1) if text.startswith("logo:"))

        assert kvisdocs("render", "a.yaml", "b.yaml") == (
            1,
            "",
            f'templates/profiles/herning.yaml:{line}:7: the logo "logos/ny.svg" is not in the templates folder; '
            "put the file there or correct the name\n"
            "nothing was made, 1 error\n",
        )
        assert not Path("output").exists()

    @pytest.mark.parametrize("picture", ['<img src="ny.svg" alt="x">', '<img src="/etc/hostname" alt="x">'])
    def test_a_missing_picture_fails_the_document_in_both_formats(self, kvisdocs, write, picture):
        html = f'<html lang="da"><head><title>N</title></head><body>\n<p>{picture}</p></body></html>'
        write({"a.yaml": citizen_yaml(), "templates/note/document.html.j2": html})

        code, out, err = kvisdocs("render", "a.yaml", "-d", "note")

        assert (code, out) == (1, "")
        assert err.startswith("templates/note/document.html.j2")
        assert err.endswith("nothing was made, 1 error\n")
        assert made() == []

    def test_a_fault_in_a_library_stops_one_document_not_all(self, kvisdocs, write):
        html = (
            '<html lang="da"><head><title>N</title></head><body>'
            '<p style="font-size: 90000em">'
            '<b style="font-size: {{ 90000 if case.citizen.last_name == "Ø" else 0.0001 }}em">x</b></p></body></html>'
        )
        write({"templates/note/document.html.j2": html, "a.yaml": citizen_yaml(citizen={"last_name": "Ø"})})
        write({"b.yaml": person(2)})

        code, out, err = kvisdocs("render", "a.yaml", "b.yaml", "-d", "note", "--to", "pdf")

        assert (code, out) == (1, "output/b/note.pdf\n")
        assert err.startswith("templates/note/document.html.j2:1:82: PDF: cannot be made of this: ZeroDivisionError: ")

    @pytest.mark.parametrize("output", ["fil/ud", "/proc/kvisdocs"])
    def test_an_output_folder_that_cannot_be_written(self, kvisdocs, write, output):
        write({"a.yaml": citizen_yaml(), "fil": ""})

        code, out, err = kvisdocs("render", "a.yaml", "-d", "note", "-o", output)

        assert (code, out) == (1, "")
        assert err.startswith(f"{output}: cannot be written: ")
        assert err.endswith("nothing was made, 1 error\n")

    def test_templates_that_are_none_are_said_to_be_none(self, kvisdocs, write):
        write({"a.yaml": citizen_yaml(), "mine/cases.txt": ""})

        assert kvisdocs("render", "a.yaml", "--templates", "mine", "-d", "follow-up-plan") == (
            1,
            "",
            'a.yaml:1:1: no follow-up-plan: the case has no plan; add "plan"\n'
            "mine: warning: the folder holds no templates; those that come with kvisdocs are used\n"
            "nothing was made, 1 error, 1 warning\n",
        )


class TestAFullDisk:
    def test_a_limit_on_file_size_leaves_neither_half_nor_part(self, write, command):
        write({"a.yaml": citizen_yaml(), "output/a/note.docx": "old"})

        done = subprocess.run(
            **command("render", "a.yaml", "-d", "note", "--to", "docx"),
            preexec_fn=_no_file_over_a_kilobyte,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

        assert (done.returncode, done.stdout, done.stderr) == (
            1,
            "",
            "output/a/note.docx: cannot be written: File too large; make room on the disk, or choose another folder\n"
            f"output/a/note.docx: {EARLIER}"
            "nothing was made, 1 error, 1 warning\n",
        )
        assert made() == ["a/note.docx"]
        assert Path("output/a/note.docx").read_text() == "old"

    def test_a_disk_without_room_for_both_formats_gets_neither(self, kvisdocs, write, small_disk):
        write({"a.yaml": citizen_yaml()})

        code, out, err = kvisdocs("render", "a.yaml", "-d", "note", "-o", str(small_disk))

        assert (code, out) == (1, "")
        assert "cannot be written: No space left on device; make room on the disk, or choose another folder\n" in err
        assert made(str(small_disk)) == []


def _no_file_over_a_kilobyte() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))


@pytest.fixture
def small_disk(folder):
    """A disk of 8 kB."""
    disk = folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8k", "none", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


class TestProcesses:
    def test_two_runs_give_the_same_bytes(self, program, write, folder):
        write({"one/a.yaml": citizen_yaml(), "two/b/a.yaml": citizen_yaml()})
        example = str(EXAMPLES / "2012/citizens/karoline-oestergaard-lindqvist.yaml")
        options = ("--date", "2012-11-14", "-d", "follow-up-plan", "-d", "gp-letter")

        first = program("render", example, *options, "-o", "x", cwd=folder / "one", PYTHONHASHSEED="1", TZ="UTC")
        second = program(
            "render", example, *options, "-o", "y", cwd=folder / "two/b", PYTHONHASHSEED="2", TZ="Asia/Tokyo"
        )

        assert (first.code, second.code) == (0, 0), first.err + second.err
        assert len(made("one/x")) == 4
        assert made("one/x") == made("two/b/y")
        for name in made("one/x"):
            assert (folder / "one/x" / name).read_bytes() == (folder / "two/b/y" / name).read_bytes(), name

    def test_killed_in_the_middle_every_file_that_is_there_is_whole(self, write, command):
        write({f"cases/{number:02}.yaml": person(number) for number in range(30)})

        running = subprocess.Popen(
            **command("render", "cases", "-d", "note"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        running.stdout.readline()
        time.sleep(0.05)
        running.send_signal(signal.SIGKILL)
        running.communicate(timeout=60)

        there = [Path("output", name) for name in made()]
        whole = [path for path in there if path.suffix != ".part"]
        assert 1 <= len(whole) < 60
        for path in whole:
            assert_whole(path)
        assert all(path.name.startswith(".note.") for path in there if path not in whole)

    def test_on_a_terminal_more_than_a_handful_go_behind_a_bar(self, write, on_a_terminal):
        write({f"cases/{number}.yaml": person(number) for number in range(6)})

        code, out, screen = on_a_terminal("render", "cases", "-d", "note", "--to", "docx")

        assert code == 0
        assert out == "".join(f"output/{number}/note.docx\n" for number in range(6))
        assert "Documents" in screen
        assert "6/6" in screen
        assert screen.endswith("6 files made in output, 0 errors\r\n")

    def test_a_handful_needs_no_bar(self, write, on_a_terminal):
        write({"a.yaml": citizen_yaml()})

        code, out, screen = on_a_terminal("render", "a.yaml", "-d", "note", "--to", "docx")

        assert (code, out, screen) == (0, "output/a/note.docx\n", "1 file made in output, 0 errors\r\n")

    def test_errors_are_red_on_a_terminal_and_plain_with_no_color(self, write, on_a_terminal):
        write({"a.yaml": "kind: citzen\n"})
        said = 'a.yaml:1:7: "kind" is "citzen"; did you mean "citizen"?'

        assert on_a_terminal("render", "a.yaml", NO_COLOR="")[2].startswith(f"\x1b[31m{said}\x1b[0m\r\n")
        assert on_a_terminal("render", "a.yaml", NO_COLOR="1")[2].startswith(f"{said}\r\n")
