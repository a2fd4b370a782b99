"""`kvisdocs new meeting`: the items of a folder in their order, ready to be checked once the members are named."""

from click.testing import CliRunner
from made_meetings import make_item

from kvisdocs.cli.main import main


def run(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)


def test_a_meeting_is_laid_out_of_a_folder_and_is_right_once_its_members_are_named(tmp_path):
    for place, number in ((0, 10), (1, 2), (2, 3)):
        text = make_item("viborg", place, number - (6 if number == 10 else 0), False, 6)
        (tmp_path / f"punkt-{place}.yaml").write_text(text, encoding="utf-8")
    other = make_item("viborg", 7, 2, False, 6).replace("2026-11-04", "2026-12-02")
    (tmp_path / "andet.yaml").write_text(other, encoding="utf-8")
    file = tmp_path / "moede.yaml"

    told = run("new", "meeting", file, "--items", tmp_path)

    assert told.exit_code == 0, told.output
    assert "2026-12-02" in told.output
    text = file.read_text(encoding="utf-8")
    assert [line.split()[2] for line in text.splitlines() if "- file:" in line] == [
        "punkt-1.yaml",
        "punkt-2.yaml",
        "punkt-0.yaml",
    ]
    (tmp_path / "andet.yaml").unlink()
    for name in ("Karen Holmegaard", "Bo Friis"):
        text = text.replace("name: # UDFYLD: Navn", f"name: {name}", 1)
    file.write_text(text, encoding="utf-8")
    checked = run("check", file)
    assert checked.exit_code == 0, checked.output


def test_a_folder_without_items_is_refused(tmp_path):
    (tmp_path / "leer.yaml").write_text("kind: meeting\n", encoding="utf-8")

    told = run("new", "meeting", tmp_path / "moede.yaml", "--items", tmp_path)

    assert told.exit_code == 1
    assert not (tmp_path / "moede.yaml").exists()


def test_a_meeting_without_items_is_laid_out_of_what_is_said(tmp_path):
    told = ("--set", "committee=Børneudvalget", "--set", "date=4/11 2026", "--set", "start=kl. 16")
    bad = run("--lang", "en", "new", "meeting", tmp_path / "moede", *told)
    assert (bad.exit_code, "a meeting needs municipality; give a value" in bad.output) == (1, True)

    run("new", "meeting", tmp_path / "moede", *told, "--set", "municipality=viborg")
    text = (tmp_path / "moede.yaml").read_text(encoding="utf-8")
    for line in ("committee: Børneudvalget", "date: 2026-11-04", 'start: "16:00"', "items: []"):
        assert f"{line}\n" in text
