"""A second run makes only what changed, and says why."""

import os
import tracemalloc
from pathlib import Path

import pytest
from batch_results import ends, made, said
from builders import citizen_yaml

from kvisdocs.application.template_folders import copy_assets
from kvisdocs.batch.run import Run as BatchRun
from kvisdocs.templating.html import Assets


def test_the_files_are_those_of_render(cases, run, kvisdocs):
    cases("åse", "b")

    report = run()
    kvisdocs("render", "cases", "-d", "note", "--to", "docx", "--date", "2012-11-14", "-o", "single")

    assert (report["code"], ends(report)) == (0, {"åse": "made: new", "b": "made: new"})
    assert made() == made("single") == ["b/note.docx", "åse/note.docx"]
    for name in made():
        assert Path("output", name).read_bytes() == Path("single", name).read_bytes()
        assert Path("output", name).stat().st_mode & 0o777 == 0o600


def test_what_is_as_it_was_is_not_made_again(cases, run):
    cases("a", "b")
    run()
    before = {name: Path("output", name).stat().st_ino for name in made()}

    report = run()

    assert (report["code"], ends(report)) == (0, {"a": "unchanged", "b": "unchanged"})
    assert {name: Path("output", name).stat().st_ino for name in made()} == before


def change_case():
    Path("cases/a.yaml").write_text(citizen_yaml(citizen={"last_name": "Ågård"}))


def change(name):
    def appended():
        with Path(name).open("a") as file:
            file.write("\n")

    return appended


def add_picture():
    Path("templates/fonts").mkdir()
    Path("templates/fonts/new.ttf").write_bytes(b"")


def change_profile():
    Path("templates/profiles").mkdir()
    ours = Path(__file__).parents[3] / "templates/profiles/herning.yaml"
    Path("templates/profiles/herning.yaml").write_text(ours.read_text().replace("96 28 00 00", "96 28 00 01"))


def change_programme():
    Path("templates/programmes").mkdir()
    ours = Path(__file__).parents[3] / "kvisdocs/programme/data/kvis-2011.yaml"
    Path("templates/programmes/kvis-2011.yaml").write_text(ours.read_text() + "\n# checked\n")


ALL_OR_A = {"a": "a", "both": "ab"}


@pytest.mark.parametrize(
    ("what", "reason", "of"),
    [
        (change_case, "case", "a"),
        (change("templates/note/document.html.j2"), "template", "both"),
        (change("templates/note/document.yaml"), "template", "both"),
        (change("templates/note.css"), "stylesheet", "both"),
        (add_picture, "asset", "both"),
        (change_profile, "profile", "both"),
        (change_programme, "programme", "both"),
        (lambda: Path("output/a/note.docx").unlink(), "output_missing", "a"),
        (change("output/a/note.docx"), "output_changed", "a"),
        (lambda: Path("output/a/note.docx").write_bytes(b""), "output_changed", "a"),
    ],
)
def test_what_changed_is_made_again_and_the_reason_is_said(cases, run, what, reason, of):
    cases("a", "b")
    run()
    what()

    found = ends(run())

    assert found == {name: f"made: {reason}" if name in ALL_OR_A[of] else "unchanged" for name in "ab"}
    stays = {"unchanged: by_hand"} if reason == "output_changed" else set()
    assert set(ends(run()).values()) - stays == {"unchanged"}


def test_an_included_template_counts_and_another_document_s_does_not(cases, run, write):
    cases("a")
    shown = Path("templates/note/document.html.j2").read_text()
    write(
        {
            "templates/note/document.html.j2": shown.replace("<h1>", '{% include "parts/a.html.j2" %}<h1>'),
            "templates/parts/a.html.j2": "<p>1</p>",
            "templates/parts/b.html.j2": "<p>1</p>",
        }
    )
    run()

    Path("templates/parts/b.html.j2").write_text("<p>2</p>")
    assert ends(run()) == {"a": "unchanged"}
    Path("templates/parts/a.html.j2").write_text("<p>2</p>")
    assert ends(run()) == {"a": "made: template"}


def test_another_date_alone_makes_nothing_anew_unless_it_is_asked_for(cases, run):
    cases("a", "b")
    run()
    cases(b={"citizen": {"last_name": "Ågård"}})

    report = run(day="2012-11-15")

    assert (report["code"], ends(report)) == (0, {"a": "unchanged: date", "b": "made: case"})
    assert said(report, "a") == [
        "is dated 2012-11-14, and nothing but the letter date is another now, so it stays; "
        "--redate makes it anew, dated 2012-11-15"
    ]
    assert "output/a/note.docx: note: is dated 2012-11-14" in report["said"]
    assert "unchanged: 1 only the letter date is another\n" in report["said"]
    assert ends(run()) == {"a": "unchanged", "b": "unchanged: date"}
    assert ends(run("--redate", day="2012-11-15")) == {"a": "made: date", "b": "unchanged"}
    assert ends(run("--again", day="2012-11-15")) == {"a": "made: again", "b": "made: again"}


def test_another_version_of_kvisdocs_makes_all_anew(cases, run):
    cases("a")
    run()
    manifest = Path("output/.kvisdocs/manifest.jsonl")
    version = manifest.read_text().partition('"version":"')[2][:24]
    manifest.write_text(manifest.read_text().replace(version, "0" * 24))

    assert ends(run()) == {"a": "made: version"}


TEMPLATE = "templates/note/document.html.j2"


def edited(name: str) -> str:
    """The text of a file, with something that would show in every letter."""
    shipped = Path(__file__).parents[3] / name
    own = next(path.read_text() for path in (Path(name), shipped) if path.is_file())
    return own.replace("Herning Kommune", "Varde Kommune").replace("<h1>", "<h1>Kladde ")


@pytest.mark.parametrize("name", [TEMPLATE, "templates/profiles/herning.yaml"])
def test_what_is_edited_while_a_run_goes_on_stands_in_no_letter(cases, run, monkeypatch, name):
    cases("a", "b", "c")
    run()
    Path("output").rename("usual")
    go, file, text = BatchRun.go, Path(name), edited(name)
    before = file.read_bytes() if file.exists() else None

    def go_while_somebody_edits(self, *arguments):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
        go(self, *arguments)
        file.unlink()
        if before is not None:  # put back, so that no later run would find another text
            file.write_bytes(before)

    with monkeypatch.context() as patch:
        patch.setattr(BatchRun, "go", go_while_somebody_edits)
        report = run()

    assert ends(report) == dict.fromkeys("abc", "made: new")
    for made_file in made():
        assert Path("output", made_file).read_bytes() == Path("usual", made_file).read_bytes()
    assert set(ends(run()).values()) == {"unchanged"}


def test_messages_name_the_template_that_people_edit_and_not_the_copy(cases, run, kvisdocs, write):
    cases("a")
    write({TEMPLATE: Path(TEMPLATE).read_text().replace("{{ profile.name }}", "{{ profile.nam }}")})

    report = run()
    rendered = kvisdocs("render", "cases", "-d", "note", "-o", "single").err

    assert f"{TEMPLATE}:3:" in rendered
    assert TEMPLATE in str(report)
    assert "kvisdocs-" not in f"{report}{rendered}"


def test_a_new_case_and_a_new_format_are_new(cases, run):
    cases("a")
    run()
    cases("b")

    assert ends(run()) == {"a": "unchanged", "b": "made: new"}
    assert ends(run("--to", "pdf")) == {"a": "made: new", "b": "made: new"}
    assert set(ends(run()).values()) == {"unchanged"}


def test_strict_makes_again_what_has_remarks_and_then_refuses_it(cases, run):
    cases("a")
    with Path("templates/note.css").open("a") as file:
        file.write("h1 { display: grid }\n")
    assert ends(run()) == {"a": "made: new"}

    report = run("--strict")

    assert (report["code"], ends(report)) == (1, {"a": "failed: remarks"})
    assert said(report, "a")[-1] == "is from an earlier run, and was not made again; delete it unless you need it"


def test_a_huge_file_among_the_templates_is_not_read_into_memory(note):
    Path("templates/film.mov").touch()
    os.truncate("templates/film.mov", 50_000_000)
    tracemalloc.start()
    try:
        with copy_assets(Assets((Path("templates"),))) as copied:
            copy = copied.find("film.mov")
            assert copy is not None
            assert copy.stat().st_size == 50_000_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000
