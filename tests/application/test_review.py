"""Many cases are judged in several processes, and what comes of it is what one process would say."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "cases_yaml"

BEGIN = """
import os, sys
from datetime import date
from pathlib import Path
from kvisdocs.application import processes, review
from kvisdocs.application.template_folders import find_assets
from kvisdocs.templating.documents import load_documents

processes.ENOUGH = 2
processes._processors = lambda: 3
assets = find_assets(None)
files = sorted(Path(sys.argv[1]).rglob("*.yaml"))
documents = tuple(load_documents(assets).values())
parent = os.getpid()

class Judge(review.CaseReviewer):
    def judge(self, files):
        {does}
        return super().judge(files)

judge = Judge(assets, documents, date(2012, 11, 14), {as_json})
alone = review.CaseReviewer(assets, documents, date(2012, 11, 14), {as_json}).judge(files)
together = review.review_files(judge, files)
assert len(alone.problems) > 5 and alone.exclusions.number > 5
assert sorted(alone.problems) == sorted(together.problems)
assert alone.facts == together.facts
assert alone.exclusions == together.exclusions, (alone.exclusions, together.exclusions)
"""


def output(does: str, as_json: bool = False) -> list[str]:
    """The lines that judges say: in a process of its own, since tests have threads."""
    code = BEGIN.format(does=does, as_json=as_json)
    done = subprocess.run([sys.executable, "-c", code, EXAMPLES], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies a process safely")
@pytest.mark.parametrize("as_json", [False, True])
def test_several_processes_say_what_one_says(as_json: bool) -> None:
    said = output("os.write(1, f'{os.getpid() != parent} {len(files)}\\n'.encode())", as_json)
    assert {line.split()[0] for line in said} == {"True"}
    assert sum(int(line.split()[1]) for line in said) == len(list(EXAMPLES.rglob("*.yaml")))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies a process safely")
def test_when_a_process_is_killed_this_one_judges_all() -> None:
    said = output("print(len(files), flush=True) if os.getpid() == parent else os.kill(os.getpid(), 9)")
    assert said == [str(len(list(EXAMPLES.rglob("*.yaml"))))]
