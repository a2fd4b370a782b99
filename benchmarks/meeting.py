"""A meeting of 200 items on the desk: its page, and one item moved by a place, as the browser would ask for them.

    .venv/bin/python benchmarks/meeting.py

Both are asked for when the meeting has been judged, in turns with a peer that does the bare work on the same files: for
the page yaml.compose with the C loader reads all 201 files; for the move it reads them too, and the three that change
(the meeting, both items) are loaded and written by PyYAML, which loses their remarks. By the clock, since the desk has
workers; each is the best of five. What a page takes after the move is told too: the two items and the whole are judged
anew.
"""

import itertools
import re
import sys
import tempfile
import time
from pathlib import Path

import yaml
from timing import best_in_turns, size

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from desk_browser import opened
from made_meetings import write_meeting

ITEMS = size(200, 6)
RUNS = size(5, 1)
TARGET_S = 1.0


def compose(files: list[Path]) -> None:
    """Each file read by PyYAML alone."""
    for file in files:
        yaml.compose(file.read_bytes(), Loader=yaml.CSafeLoader)


def write_again(files: list[Path]) -> None:
    """Each file loaded and written."""
    for file in files:
        data = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
        file.with_suffix(".out").write_text(yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True), "utf-8")


def main() -> None:
    """Print times and ratios."""
    with tempfile.TemporaryDirectory() as outer:
        folder = Path(outer) / "sager"
        folder.mkdir()
        meeting = write_meeting(folder, "viborg", ITEMS, (3,), 2, 1)
        files = sorted(folder.glob("*.yaml"))
        with opened(folder, patience_s=3600) as desk:

            def show() -> str:
                page = desk.get("/moede", params={"fil": meeting.name})
                assert page.status_code == 200, page.text
                return page.text

            version = re.compile(r'name="version" value="(\w+)"')
            turns = itertools.cycle(("ned", "op"))
            page = show()

            def move() -> None:
                step = next(turns)
                fields = {"skridt": step, "punkt": "0" if step == "ned" else "1", "version": version.search(page)[1]}
                data = {"form": desk.secrets.csrf, **fields}
                answer = desk.post("/moede", params={"fil": meeting.name}, data=data, follow_redirects=False)
                assert answer.status_code == 303, answer.text

            def read_and_write() -> None:
                compose(files)
                write_again([meeting, *files[:2]])

            ours, theirs = best_in_turns((show, lambda: compose(files)), RUNS, clock=time.perf_counter)
            print(f"page of a meeting of {ITEMS} items: {ours:.2f} s, target below {TARGET_S}", end="")
            print(f"; yaml.compose {theirs:.3f} s: {ours / theirs:.1f}")
            moves, peers, pages = [], [], []
            for _ in range(RUNS + 1):
                for done, work in ((moves, move), (peers, read_and_write)):
                    done.append(best_in_turns((work,), 1, warm_up=0, clock=time.perf_counter)[0])
                begun = time.perf_counter()
                page = show()
                pages.append(time.perf_counter() - begun)
            ours, theirs = min(moves[1:]), min(peers[1:])
            print(f"one item moved by a place: {ours:.2f} s, target below {TARGET_S}", end="")
            print(f"; PyYAML {theirs:.3f} s: {ours / theirs:.1f}; the page after it {min(pages[1:]):.2f} s")


if __name__ == "__main__":
    main()
