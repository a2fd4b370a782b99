"""Whatever a case file is called, it ends no run; and `check` says of names what a run says."""

import json
import os
from pathlib import Path

import pytest
from batch_results import ends
from builders import citizen_yaml

LATIN_1 = os.fsdecode("søren".encode("latin-1"))
"""As a disk from a Windows of the nineties has it: no UTF-8."""

NAMES = [
    LATIN_1,
    os.fsdecode(b"\xff\xfe"),
    "👩‍⚕️",
    "أحمد",
    "שרה",
    "\u00e9",
    "e\u0301",
    "a" * 250,
    "a'b\"c",
    "$(id)",
    "%s{}",
    "-o",
]


@pytest.mark.parametrize("name", NAMES)
def test_every_command_and_report_gets_over_a_name(cases, run, kvisdocs, name):
    cases(name)

    report = run()

    assert (report["code"], ends(report)) == (0, {name: "made: new"})
    assert ends(run()) == {name: "unchanged"}
    assert (
        kvisdocs("batch", "cases", "-d", "note", "--to", "docx", "--date", "2012-11-14", "--report", "r.html").code == 0
    )
    assert "søren".encode() not in Path("r.html").read_bytes()
    assert Path("r.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert kvisdocs("check", "cases").code == 0
    assert kvisdocs("render", "cases", "-d", "note", "--to", "docx", "-o", name).code == 0
    assert [path.name for path in Path(name).iterdir() if path.name != ".kvisdocs"] == [name]


def test_what_is_wrong_with_such_a_case_is_said_everywhere(cases, run, kvisdocs):
    cases(**{LATIN_1: {"sickness": {"first_day": "snart"}}})

    report = run()

    assert (report["code"], ends(report)) == (1, {LATIN_1: "failed: case"})
    assert "cases/s�ren.yaml:" in report["said"]
    code, out, _ = kvisdocs("check", "cases", "--json")
    assert (code, json.loads(out.splitlines()[0])["file"]) == (1, f"cases/{LATIN_1}.yaml")
    kvisdocs("batch", "cases", "--report", "r.html")
    assert "cases/s�ren.yaml" in Path("r.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "files",
    [
        ["x/anna.yaml", "y/anna.yaml"],
        ["x/anna.yaml", "x/anna.yml"],
        ["x/anna.yaml", "x/Anna.yaml"],
        ["x/Ærø.yaml", "x/ærø.yaml"],
        ["x/\u00e9.yaml", "x/e\u0301.yaml"],
        ["x/CON.yaml"],
        ["x/nul.yaml"],
        ["x/com1.case.yaml"],
        ["x/held-back.yaml"],
        ["x/Held-Back.yaml"],
        ["x/.kvisdocs.yaml"],
        ["x/a..yaml"],
        ["x/a .yaml"],
        ["x/a\n.yaml"],
        ["x/a\u202e.yaml"],
        ["x/folder.yaml/"],
        ["x/nowhere.yaml?"],
    ],
)
def test_check_and_render_refuse_what_a_run_refuses_in_the_same_words(kvisdocs, write, note, files):
    write({name: citizen_yaml() for name in files if name[-1] not in "/?"} | {"x/ok.yaml": citizen_yaml()})
    paths = ["x"] + ["y"] * Path("y").exists()
    for name in files:
        if name[-1] == "/":
            Path(name).symlink_to("nowhere")
        elif name[-1] == "?":
            paths.append(name[:-1])

    batch = kvisdocs("batch", *paths, "-d", "note", "--to", "docx", "--report", "r.json")
    check = kvisdocs("check", *paths)
    render = kvisdocs("render", *paths, "-d", "note", "--to", "docx")

    report = json.loads(Path("r.json").read_text())
    said = [
        f"{each['file']}: {each['what']}; {each['todo']}" for one in report["documents"] for each in one["problems"]
    ]
    assert (batch.code, check.code, render.code) == (1, 1, 1)
    assert report["counts"]["failed"] == 1
    assert len(said) == 1
    shown = said[0].replace("\n", " ").replace("\u202e", "<U+202E>")
    assert shown in check.out
    assert shown in render.err
    assert shown in batch.err


def test_an_error_that_is_no_case_s_is_counted_too(cases, run, write):
    cases("a")
    write({"templates/memo/document.yaml": "title: [\n"})

    report = run()

    assert (report["code"], report["counts"]["failed"], report["errors"]) == (1, 0, 1)
    assert "nothing was made, 1 error, in " in report["said"]
