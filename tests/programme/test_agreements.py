"""The register of agreements: read and checked as a case, and no document is made from it."""

from datetime import date
from pathlib import Path

import pytest
from builders import citizen_yaml
from click.testing import CliRunner

from kvisdocs.cases.load import inspect_source
from kvisdocs.cases.model.agreements import AgreementRegister
from kvisdocs.cases.yaml.source import scan_text
from kvisdocs.cli.main import main
from kvisdocs.programme.checks import check_case

HEAD = "kind: agreements\nmunicipality: herning\nprogramme: kvis-2011\nagreements:\n"
ONE = "  - {company: Midtjysk Kontorservice A/S, trade: Kontor, places: 12, start: 2012-01-15, end: 2013-03-31}\n"


def said(text: str) -> list[str]:
    read = inspect_source("aftaler", scan_text(text, "aftaler.yaml"))
    return [str(problem) for problem in (check_case(read.case) if read.case else read.problems)]


def test_a_register_that_is_sound() -> None:
    again = ONE.replace("2012-01-15, end: 2013-03-31", "2013-04-01")
    assert said(HEAD + ONE + again) == []


def test_which_are_in_force() -> None:
    read = inspect_source("aftaler", scan_text(HEAD + ONE, "aftaler.yaml"))
    assert read.case
    assert isinstance(read.case.case, AgreementRegister)
    days = (date(2012, 1, 14), date(2012, 1, 15), date(2013, 3, 31), date(2013, 4, 1))
    assert [len(list(read.case.case.find_in_force(day))) for day in days] == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            HEAD + ONE.replace("2013-03-31", "2012-01-14"),
            "aftaler.yaml:5:94: warning: the agreement with Midtjysk Kontorservice A/S ends on 2012-01-14, before it "
            "begins on 2012-01-15; check both dates",
        ),
        (
            HEAD + ONE + ONE.replace("Midtjysk K", "MIDTJYSK k"),
            "aftaler.yaml:6:15: warning: MIDTJYSK kontorservice A/S has two agreements at a time, and is counted "
            "twice; delete one, or end the first",
        ),
        (HEAD + ONE.replace("12,", "tolv,"), 'aftaler.yaml:5:66: agreements[1].places: "tolv" is not a whole number; '),
        (HEAD + ONE.replace("company", "firma"), 'aftaler.yaml:5:6: the key "firma" is not known here; did you mean'),
        (HEAD, "aftaler.yaml:4:1: agreements is empty; write a value"),
        (HEAD.replace("kvis-2011", "kvis-2001") + ONE, 'aftaler.yaml:3:12: there is no programme "kvis-2001"; did you'),
        (HEAD.replace("agreements\n", "aftaler\n", 1) + ONE, 'aftaler.yaml:1:7: "kind" is "aftaler"; '),
    ],
)
def test_slips(text: str, wanted: str) -> None:
    (found,) = said(text)
    assert found.startswith(wanted)


def test_render_and_batch_make_nothing_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "aftaler.yaml").write_text(HEAD + ONE, encoding="utf-8")
    (tmp_path / "cases" / "borger.yaml").write_text(citizen_yaml(), encoding="utf-8")
    to = ["-o", str(tmp_path / "ud"), "--date", "2012-11-14"]
    run = CliRunner().invoke(main, ["batch", str(tmp_path / "cases"), *to])
    assert run.exit_code == 0, run.output
    assert "aftaler" not in run.output
    checked = CliRunner().invoke(main, ["check", str(tmp_path / "cases" / "aftaler.yaml")])
    assert (checked.exit_code, checked.output.count("\n")) == (0, 1)
