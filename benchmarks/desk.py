"""The desk's pages over a folder of 1,000 cases of which 2,000 letters were made, as its browser would ask for them.

    .venv/bin/python benchmarks/desk.py

The list is asked for when every case has been judged, and again after one file was changed; each is the best of five.
A document beside the form and its pages are compared with the same document made in this process, as `render` makes it,
when its templates are loaded: what the desk adds is reading the form and the case, and the way to a worker and back.
"""

import hashlib
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from timing import best_in_turns, size

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from desk_browser import opened
from many_cases import write_examples
from starlette.testclient import TestClient

from kvisdocs.application.counting.count import CaseCounter, count_files
from kvisdocs.application.counting.publish import Wanted, publish
from kvisdocs.application.store.manifest import FileRecord, Record
from kvisdocs.application.store.output_store import Finished
from kvisdocs.application.store.session import open_output
from kvisdocs.application.template_folders import find_assets
from kvisdocs.cases.load import load_case
from kvisdocs.desk.clock import today
from kvisdocs.workspace import Workspace, open_workspace

CASES = size(1000, 10)
RUNS = size(5, 1)
DOCUMENT = "follow-up-plan"
LETTER_BYTES = 50_000


def best(work: Callable[[], object]) -> float:
    """Seconds by the clock, since the work is done in other processes; of the best of some runs."""
    return best_in_turns([work], RUNS, clock=time.perf_counter)[0]


def write_letters(output: Path, cases: list[Path]) -> None:
    """Two letters of each case, as a run would have put them there."""
    with open_output(output) as session:
        finished = []
        for number, (case, document) in enumerate((case, name) for case in cases for name in (DOCUMENT, "gp-letter")):
            data = f"{number:{LETTER_BYTES}}".encode()
            made_from = {"case": session.manifest.keyed(case.read_bytes()), "date": "2012-11-14"}
            file = FileRecord(hashlib.sha256(data).hexdigest(), len(data), 1, 0, made_from)
            key = session.manifest.key_of(case.stem, document)
            finished.append(Finished(case.stem, Record(key, document, {"docx": file}), {"docx": data}))
        assert not session.store.put(finished)


def main() -> None:
    """Ask for the pages."""
    workspace = open_workspace()
    with tempfile.TemporaryDirectory() as outer:
        name = f"{outer}/sager"
        write_examples(Path(name), CASES)
        write_letters(Path(outer) / "output", sorted(Path(name).rglob("*.yaml")))
        measure(workspace, name)


def measure(workspace: Workspace, name: str) -> None:
    """Ask for each page in turn."""
    began = time.perf_counter()
    with opened(Path(name), patience_s=3600) as desk:  # it asks for the list at once
        first = time.perf_counter() - began
        file = min(Path(name).rglob("*.yaml"))
        asked = {"fil": file.relative_to(name).as_posix(), "dokument": DOCUMENT}

        def get(page: str, **more: str) -> bytes:
            answer = desk.get(page, params={**asked, **more})
            assert answer.status_code == 200, answer.text
            return answer.content

        def change() -> None:
            file.write_text(file.read_text(encoding="utf-8") + "# ny\n", encoding="utf-8")
            get("/")

        print(f"list of {CASES} cases: opened in {first:.2f} s", end="")
        print(f", then {best(lambda: get('/')):.3f} s; after a change of one {best(change):.3f} s; target below 0.5")
        print(f"a case with its problems: {best(lambda: get('/sag')):.3f} s")
        measure_figures(desk, Path(name), file)
        case, _ = workspace.review(file)
        assert case is not None
        text = file.read_text(encoding="utf-8")
        typed = {"form": desk.secrets.csrf, "grund": text, "vis": "felter", "dokument": DOCUMENT}
        typed["felt/citizen/last_name"] = "Rettet"

        def check() -> None:
            answer = desk.post("/kontrol", params=asked, data=typed)
            assert "Rettet" in answer.json()["text"]

        print(f"what is wrong, after a pause in typing: {best(check):.3f} s")

        def preview(format: str) -> None:
            answer = desk.post("/visning", params={**asked, "format": format, "svar": "adresse"}, data=typed)
            assert desk.get(answer.json()["address"]).status_code == 200

        for format, target in (("html", 0.1), ("pdf", 1.0)):

            def render(format: str = format) -> object:
                return workspace.generate(case, DOCUMENT, today(), (format,))

            def ask(format: str = format) -> object:
                return preview(format)

            ours, theirs = best_in_turns((ask, render), RUNS, clock=time.perf_counter)
            print(f"{DOCUMENT} as {format}, of a form that is not saved: {ours:.3f} s, target below {target}", end="")
            print(f"; made in this process {theirs:.3f} s: {ours / theirs:.2f}")


def measure_figures(desk: TestClient, folder: Path, file: Path) -> None:
    """Tal after a change of one file, when all are counted anew, beside the same counting in this process."""
    on, assets, files = date(2012, 11, 14), find_assets(None), sorted(folder.rglob("*.yaml"))
    place = load_case(file).case.municipality
    asked = {"dag": on.isoformat(), "kommune": place, "udgave": "whole"}

    def ask() -> None:
        file.write_text(file.read_text(encoding="utf-8") + "# ny\n", encoding="utf-8")
        assert "<table" in desk.get("/tal", params=asked).text

    def count() -> object:
        counted = count_files(CaseCounter(assets, on, with_marks=True), files)
        return publish(counted, Wanted(on, "whole", place), assets)

    ours, theirs = best_in_turns((ask, count), RUNS, clock=time.perf_counter)
    again = best(lambda: desk.get("/tal", params=asked))
    print(f"figures of {CASES} cases, all counted anew: {ours:.2f} s; in this process, as", end="")
    print(f" `stats` does it, {theirs:.2f} s: {ours / theirs:.2f}; asked for again {again:.3f} s")


if __name__ == "__main__":
    main()
