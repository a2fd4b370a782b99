"""What the terminal says of a run: a fault at its first letter, and at the end each cause once."""

from pathlib import Path

from batch_results import BATCH, DAY
from builders import citizen_yaml

FAULT = 'templates/note/document.html.j2:3:44: there is no "nothing" in case'


def break_template() -> None:
    template = Path("templates/note/document.html.j2")
    template.write_text(template.read_text().replace("<h1>", "<h1>{{ case.nothing }}"))


def test_a_fault_in_a_template_is_told_at_its_first_letter_and_at_the_end_with_its_cases(cases, run):
    cases(*"abcdefgh")
    break_template()

    report = run()
    lines = report["said"].splitlines()

    assert report["code"] == 1
    assert lines[0] == "8 documents of 8 cases to see to"
    assert lines[1].startswith(FAULT + ";")
    assert lines[2] == "1 of 8 documents"
    assert [line for line in lines[2:] if line.startswith("templates")] == [
        lines[1].replace(" in case;", " in case (in 8 cases);")
    ]
    assert "failed: 8 fault in a template or profile" in lines
    assert [(each["reason"], each["cases"]) for each in report["causes"]] == [("template", 8)]


def test_of_a_handful_all_is_told_once_at_the_end(cases, run):
    cases("a", "b")
    break_template()

    assert [line.partition(";")[0] for line in run()["said"].splitlines() if line.startswith("templates")] == [
        f"{FAULT} (in 2 cases)"
    ]


def test_on_a_terminal_the_fault_stands_above_the_bar_and_no_speed_before_there_is_one(cases, on_a_terminal):
    cases(*"abcdefgh")
    break_template()

    screen = on_a_terminal(*BATCH, "--date", DAY, NO_COLOR="1").err

    assert "0.0/s" not in screen
    assert f"\r\x1b[2K{FAULT};" in screen
    assert screen.index(FAULT) < screen.index("8/8")


def test_only_the_first_causes_are_told_while_the_run_goes_on(cases, run, write):
    cases(**{f"case {number}": {"citizen": {"last_name": f"Ål{'l' * number}"}} for number in range(8)})
    template = Path("templates/note/document.html.j2")
    names = [f"Ål{'l' * number}" for number in range(8)]
    broken = "".join(
        f'{{% if case.citizen.last_name == "{name}" %}}{{{{ case.nothing }}}}{{% endif %}}\n' for name in names
    )
    template.write_text(template.read_text().replace("<h1>", f"<h1>{broken}"))

    lines = run()["said"].splitlines()
    more = lines.index("… what else goes wrong is told at the end")

    assert len([line for line in lines[:more] if line.startswith("templates")]) == 5
    assert len([line for line in lines[more:] if line.startswith("templates")]) == 8


def test_errors_stand_after_notes_and_warnings_nearest_to_the_end(cases, run, write):
    cases("c", a={"outcome": {"date": DAY, "kind": "other"}}, b={"sickness": {"visitation": "2012-09-01"}})
    write({"cases/0.yaml": citizen_yaml(citizen={"cpr": "12"})})

    lines = [line for line in run()["said"].splitlines() if line.startswith("cases/")]

    assert [line.split(":")[0] for line in lines] == ["cases/a.yaml", "cases/b.yaml", "cases/0.yaml"]


def test_what_all_or_nothing_did_not_make_is_counted_and_listed(cases, run, write):
    cases("a", "b")
    write({"cases/c.yaml": "kind: citzen\n"})

    report = run("--all-or-nothing")

    assert "1 failed, 2 left undone, in" in report["said"]
    assert report["undone"] == [{"case": "a", "document": "note"}, {"case": "b", "document": "note"}]


def test_it_is_said_where_the_files_lie_and_how_to_get_a_report(cases, kvisdocs):
    cases("a", b={"outcome": {"date": DAY, "kind": "other"}})

    said = kvisdocs(*BATCH[:-2], "--date", DAY, "-o", "out")

    assert said.err.splitlines()[-1] == "files: out; for a list of all documents add --report run.html"


def test_a_quiet_run_that_is_well_says_nothing(cases, kvisdocs):
    cases("a", "b")

    assert kvisdocs("batch", "cases", "-d", "note", "--to", "docx", "--date", DAY, "-q") == (0, "", "")


def test_a_quiet_run_says_what_is_wrong(cases, kvisdocs, write):
    cases("a")
    write({"cases/c.yaml": "kind: citzen\n"})

    said = kvisdocs("batch", "cases", "-d", "note", "--to", "docx", "--date", DAY, "-q")

    assert said == (1, "", 'cases/c.yaml:1:7: "kind" is "citzen"; did you mean "citizen"?\n')


def test_a_verbose_run_says_of_each_file_why_it_was_made(cases, kvisdocs):
    cases("a", "b")
    call = ("batch", "cases", "-d", "note", "--to", "docx", "--date", DAY, "-v")

    assert {"a/note.docx: made (new)", "b/note.docx: made (new)"} <= set(kvisdocs(*call).err.splitlines())
    assert {"a/note.docx: unchanged", "b/note.docx: unchanged"} <= set(kvisdocs(*call).err.splitlines())
    assert "a/note.docx: made (asked for again)" in kvisdocs(*call, "--again").err.splitlines()
