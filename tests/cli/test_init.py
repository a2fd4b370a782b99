"""`kvisdocs init`: a folder that works at once."""

from pathlib import Path


def test_a_new_folder_can_be_checked_and_rendered_at_once(kvisdocs, program, folder):
    assert kvisdocs("init", "nye breve") == (
        0,
        "nye breve is ready. Next: cd 'nye breve' && kvisdocs render cases_yaml\n",
        "",
    )
    inside = folder / "nye breve"

    checked = program("check", cwd=inside)
    assert (checked.code, checked.err) == (0, "2 cases, 0 errors, 0 warnings\n")
    code, out, _ = program("render", "cases_yaml", "--date", "2026-11-23", cwd=inside)

    assert code == 0
    assert out.splitlines() == [
        "output/mathilde-hoejgaard-thorup/gp-letter.pdf",
        "output/mathilde-hoejgaard-thorup/gp-letter.docx",
        "output/mathilde-hoejgaard-thorup/return-plan.pdf",
        "output/mathilde-hoejgaard-thorup/return-plan.docx",
        "output/mathilde-hoejgaard-thorup/follow-up-plan.pdf",
        "output/mathilde-hoejgaard-thorup/follow-up-plan.docx",
        "output/viborg-punkt-12/committee-brief.pdf",
        "output/viborg-punkt-12/committee-brief.docx",
    ]
    assert all((inside / line).stat().st_size > 1000 for line in out.splitlines())


def test_it_holds_every_template_two_cases_and_a_readme(kvisdocs):
    shipped = Path(__file__).parents[2] / "templates"

    kvisdocs("init", "breve")

    laid_out = {path.relative_to("breve").as_posix(): path for path in Path("breve").rglob("*") if path.is_file()}
    templates = {f"templates/{path.relative_to(shipped).as_posix()}" for path in shipped.rglob("*") if path.is_file()}
    assert laid_out.keys() == templates | {
        "README.md",
        "cases_yaml/citizens/mathilde-hoejgaard-thorup.yaml",
        "cases_yaml/committee/viborg-punkt-12.yaml",
        "cases_yaml/schema/citizen.schema.json",
        "cases_yaml/schema/committee.schema.json",
        "cases_yaml/schema/meeting.schema.json",
        "cases_yaml/schema/statistics.schema.json",
    }
    del laid_out["README.md"]
    for name, path in laid_out.items():
        assert path.read_bytes() == (shipped.parent / name).read_bytes(), name


def test_the_first_line_of_each_case_leads_an_editor_to_a_schema(kvisdocs):
    kvisdocs("init", "breve")

    files = [*Path("breve/cases_yaml").rglob("*.yaml"), *Path("breve/templates").glob("*/sample.yaml")]
    first_lines = {path: path.read_text(encoding="utf-8").splitlines()[0] for path in files}
    assert len(first_lines) >= 5
    for path, line in first_lines.items():
        assert (path.parent / line.partition("$schema=")[2]).is_file(), path


def test_an_empty_folder_will_do(kvisdocs):
    Path("breve").mkdir()

    assert kvisdocs("init", "breve").code == 0
    assert kvisdocs("check", "breve/cases_yaml").code == 0


def test_a_folder_that_holds_something_is_left_alone(kvisdocs, folder):
    Path("breve").mkdir()
    Path("breve/.hemmeligt").write_text("mit")

    assert kvisdocs("init", "breve") == (
        1,
        "",
        "breve: the folder is not empty; choose a new folder; nothing was written\n",
    )
    assert [str(path.relative_to(folder)) for path in folder.rglob("*")] == ["breve", "breve/.hemmeligt"]


def test_a_file_is_left_alone(kvisdocs):
    Path("breve").write_text("mit")

    code, out, err = kvisdocs("init", "breve")

    assert (code, out) == (2, "")
    assert err.endswith("Error: Invalid value for 'DIR': Directory 'breve' is a file.\n")
    assert Path("breve").read_text() == "mit"


def test_a_folder_that_cannot_be_made_is_said_without_a_traceback(kvisdocs):
    Path("fil").write_text("")

    assert kvisdocs("init", "fil/breve") == (
        1,
        "",
        "fil/breve: cannot be written: Not a directory; a file is in the way; choose another folder\n",
    )


def test_every_command_of_its_readme_works_in_it_in_order(kvisdocs, program, folder):
    kvisdocs("init", "breve")
    readme = (folder / "breve/README.md").read_text(encoding="utf-8")
    lines = [line.strip().split("   ")[0] for line in readme.splitlines() if line.startswith("    kvisdocs ")]
    codes = {line: program(*line.split()[1:], cwd=folder / "breve").code for line in lines}

    assert len(codes) == 6
    # What was laid out is still to be filled in, which check and render say; the examples are made all the same.
    assert [line for line, code in codes.items() if code] == [
        "kvisdocs check cases_yaml",
        "kvisdocs render cases_yaml -o output",
    ]
    assert (folder / "breve/output/viborg-punkt-12/committee-brief.pdf").is_file()
