"""Case files counted: what is faulty, whose cases are meant, and many in several processes as one would count them."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from builders import citizen_yaml
from many_cases import person

from kvisdocs.application.counting.count import CaseCounter, CountedCases, count_files
from kvisdocs.application.counting.publish import UnclearCasesError, Wanted, publish
from kvisdocs.application.template_folders import find_assets
from kvisdocs.problems import KvisdocsError
from kvisdocs.statistics.model import Shown

ON = date(2012, 11, 1)
REGISTER = """kind: agreements
municipality: herning
agreements:
  - {company: A, places: 12, start: 2012-11-01}
  - {company: B, start: 2012-01-01, end: 2012-10-31}
  - {company: C, places: 3, start: 2012-01-01, end: 2012-11-01}
  - {company: D, places: 4, start: 2012-11-02}
"""


def count(folder: Path) -> CountedCases:
    return count_files(CaseCounter(find_assets(None), ON), sorted(folder.glob("*.yaml")))


def write(folder: Path, *texts: str) -> Path:
    for number, text in enumerate(texts):
        (folder / f"case-{number}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_faulty_files_are_told_of_and_not_counted(tmp_path: Path) -> None:
    counted = count(write(tmp_path, person(1), person(2, sickness={"visitation": "2012-13-40"}), person(3)))
    assert (counted.faulty, counted.cases.total()) == (1, 2)
    [problem] = counted.problems
    assert (problem.position.file, problem.code) == (str(tmp_path / "case-1.yaml"), "schema.date.not_there")
    statement = publish(counted, Wanted(ON), find_assets(None)).statement
    assert (statement.faulty, statement.figures["visited"].count) == (1, 2)


def test_agreements_are_those_in_force_of_the_registers_among_the_files(tmp_path: Path) -> None:
    assets = find_assets(None)
    without = publish(count(write(tmp_path, person(1))), Wanted(ON), assets).statement
    assert "agreements.in_force" not in without.figures
    [goal] = [goal for goal in without.goals if goal.id == "agreements"]
    assert (goal.result, goal.remark) == (None, "Ikke opgjort: der er intet register over aftaler blandt filerne.")
    counted = count(write(tmp_path, person(1), REGISTER, REGISTER.replace("herning", "viborg")))
    statement = publish(counted, Wanted(ON), assets).statement
    figures = [statement.figures[f"agreements.{name}"] for name in ("in_force", "places")]
    assert [(each.count, each.is_sensitive) for each in figures] == [(2, False), (15, False)]


def test_of_several_municipalities_and_programmes_one_is_chosen(tmp_path: Path) -> None:
    viborg = person(3, municipality="viborg", programme="reform-2014", sickness={"first_day": "2014-09-10"})
    counted = count(write(tmp_path, person(1), person(2, municipality="viborg"), viborg))
    assets = find_assets(None)
    two = "the cases of viborg fall under several programmes: kvis-2011, reform-2014"
    for wanted, said in (
        (Wanted(ON), "the cases are of several municipalities: herning, viborg"),
        (Wanted(ON, municipality="vibor"), 'there is no case of "vibor"; did you mean "viborg"?'),
        (Wanted(ON, municipality="viborg"), two),
        (Wanted(ON, municipality="herning", programme="reform-2014"), 'no case of herning falls under "reform-2014"'),
    ):
        with pytest.raises(UnclearCasesError) as error:
            publish(counted, wanted, assets)
        assert said in str(error.value)
    chosen = publish(counted, Wanted(ON, municipality="viborg", programme="kvis-2011"), assets).statement
    assert (chosen.municipality, chosen.figures["visited"].count) == ("viborg", 1)


def test_without_a_case_there_is_nothing_to_publish(tmp_path: Path) -> None:
    with pytest.raises(UnclearCasesError, match="no citizen's case"):
        publish(count(write(tmp_path, REGISTER)), Wanted(ON), find_assets(None))


def test_the_threshold_is_the_municipalitys(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    assets = find_assets(None)
    profile = (assets.folders[0] / "profiles" / "herning.yaml").read_text(encoding="utf-8")
    own = profile.replace("name: Herning Kommune\n", "name: Herning Kommune\nstatistics: {threshold: 3}\n")
    (tmp_path / "profiles" / "herning.yaml").write_text(own, encoding="utf-8")
    assets = find_assets(tmp_path)
    counted = count_files(CaseCounter(assets, ON), sorted(write(tmp_path, *map(person, range(4))).glob("*.yaml")))
    published = publish(counted, Wanted(ON), assets)
    assert published.threshold == 3
    assert published.hidden.get("status.in_job") is not Shown.SMALL


def test_two_files_of_one_person_are_known_as_such_and_their_number_is_kept_nowhere(tmp_path: Path) -> None:
    counted = count(write(tmp_path, citizen_yaml(), citizen_yaml(case_number="12/2"), person(1)))
    assert publish(counted, Wanted(ON), find_assets(None)).statement.persons == 2
    assert "740468" not in repr(counted)


def test_a_programme_that_words_what_there_is_not_is_told_where(tmp_path: Path) -> None:
    (tmp_path / "programmes").mkdir()
    file = tmp_path / "programmes" / "own.yaml"
    words = "figures:\n  labels: {status.unemployd: Ledige, agreements.in_force: Aftaler}\n  tables: [status, outcom]\n"
    file.write_text(f"name: own\nbase: kvis-2011\n{words}", encoding="utf-8")
    assets = find_assets(tmp_path)
    files = sorted(write(tmp_path, person(1, programme="own")).glob("*.yaml"))
    with pytest.raises(KvisdocsError) as error:
        publish(count_files(CaseCounter(assets, ON), files), Wanted(ON), assets)
    assert [(each.position.line, str(each.what), str(each.todo)) for each in error.value.problems] == [
        (4, 'no statement has "status.unemployd"', 'did you mean "status.unemployed"?'),
        (5, 'no statement has "outcom"', 'did you mean "outcome"?'),
    ]


def test_a_copy_of_a_case_counts_twice_and_is_told_of(tmp_path: Path) -> None:
    counted = count(write(tmp_path, person(1), person(2), person(1), person(1)))
    assert counted.cases.total() == 4
    said = [(Path(each.position.file).name, str(each.what)) for each in counted.problems]
    first = tmp_path / "case-0.yaml"
    assert said == [
        (f"case-{number}.yaml", f"has the case number of {first}, and both are counted") for number in (2, 3)
    ]


PROCESSES = """
import sys
from datetime import date
from pathlib import Path
from kvisdocs.application import processes
from kvisdocs.application.counting.count import CaseCounter, count_files
from kvisdocs.application.template_folders import find_assets
processes.ENOUGH, processes._processors = 2, lambda: 3
counter, files = CaseCounter(find_assets(None), date(2012, 11, 1)), sorted(Path(sys.argv[1]).glob("*.yaml"))
heard = []
together, alone = count_files(counter, files, heard.append), counter.count(files)
assert together == alone, (together, alone)
assert len(heard) > 3 and sum(heard) == len(files) == 12
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies a process safely")
def test_several_processes_count_what_one_counts(tmp_path: Path) -> None:
    faulty = person(10, sickness={"visitation": "x"})
    write(tmp_path, *map(person, range(9)), person(0), faulty, REGISTER)
    call = [sys.executable, "-c", PROCESSES, str(tmp_path)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
