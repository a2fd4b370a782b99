"""Letters on their way to the printer: made by batch, approved, and joined by `kvisdocs print`.

    .venv/bin/python benchmarks/print_run.py [--cases 120] [--jobs 2]

pikepdf's bare joining of the same files, in a process of its own too, stands beside ours: it knows nothing of windows,
of approval, of blank backs and of lists. Then the file is held against its list and the letters: each letter begins on
a front, no sheet belongs to two, and its pages say what the letter says.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from measuring import PROGRAM, ROOT, machine, measure
from timing import size

JOIN = """
import sys, pikepdf
with pikepdf.new() as whole:
    for name in sys.stdin.read().splitlines():
        with pikepdf.open(name) as letter:
            whole.pages.extend(letter.pages)
    whole.save(sys.argv[1], object_stream_mode=pikepdf.ObjectStreamMode.generate)
"""


@dataclass(frozen=True)
class Ended:
    """A program that has run to its end: by the clock, of the processors, and the most memory of one process."""

    seconds: float
    cpu_s: float
    memory_mb: float


def main() -> None:
    """Print what each step takes, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=size(120, 2))
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    from many_cases import DAY, write_examples

    with tempfile.TemporaryDirectory() as folder:
        cases, output, joined = Path(folder, "cases"), Path(folder, "output"), Path(folder, "breve.pdf")
        write_examples(cases, arguments.cases)
        made = measure(cases, output, "--to", "pdf", "--date", DAY, "--jobs", str(arguments.jobs))
        letters = sorted(output.glob("*/*.pdf"))
        print(
            f"{len(letters)} letters made: {made.seconds:.0f} s, processors {made.cpu_s:.0f} s; {machine()}", flush=True
        )
        approved = run([*PROGRAM, "approve", str(output), "--yes", "--as", "Prøve"])
        print(f"approved: {approved.seconds:.0f} s, processors {approved.cpu_s:.0f} s; {machine()}", flush=True)
        printed = run([*PROGRAM, "print", str(output), "-o", str(joined), "--duplex"])
        peer = run([sys.executable, "-c", JOIN, str(Path(folder, "peer.pdf"))], "\n".join(map(str, letters)))
        rows = list(csv.DictReader(joined.with_suffix(".csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
        assert len(rows) == len(letters), "a letter is missing in the list"
        pages = compare(joined, rows, output)
        megabytes, peers = (each.stat().st_size / 1e6 for each in (joined, Path(folder, "peer.pdf")))
        print(
            f"printed: {pages} pages on {count_sheets(rows)} sheets, {megabytes:.1f} MB: {printed.seconds:.1f} s, "
            f"processors {printed.cpu_s:.1f} s, {printed.memory_mb:.0f} MB of memory; {machine()}"
        )
        print(f"pikepdf alone: {peers:.1f} MB: processors {peer.cpu_s:.1f} s, {peer.memory_mb:.0f} MB of memory")
        print(f"{printed.cpu_s / peer.cpu_s:.1f} times pikepdf; {printed.cpu_s / made.cpu_s:.3f} of making the letters")


def run(command: list[str], said: str = "") -> Ended:
    """Run a program with that input. RuntimeError with its words where it fails."""
    begun = time.monotonic()
    with tempfile.TemporaryFile("w+") as words:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=words, stderr=words, env=environment, cwd=ROOT, text=True
        )
        assert process.stdin
        with process.stdin:
            process.stdin.write(said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            words.seek(0)
            raise RuntimeError(words.read()[-2000:])
    return Ended(time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)


def compare(joined: Path, rows: list[dict[str, str]], output: Path) -> int:
    """Hold the file against its list and each letter; gives how many pages it has."""
    with pypdfium2.PdfDocument(joined) as whole:
        end = 0
        for row in rows:
            first, last = int(row["side fra"]) - 1, int(row["side til"]) - 1
            assert first == end, "a page between two letters"
            assert first % 2 == 0, "a letter begins on a back"
            with pypdfium2.PdfDocument(output / row["sag"] / row["fil"]) as letter:
                words = [page_words(letter, number) for number in range(len(letter))]
            assert [page_words(whole, number) for number in range(first, first + len(words))] == words
            assert not any(page_words(whole, number) for number in range(first + len(words), last + 1))
            end = last + 1
        assert end == len(whole), "a page after the last letter"
        return end


def page_words(document: pypdfium2.PdfDocument, number: int) -> str:
    """All that stands on a page."""
    return document[number].get_textpage().get_text_bounded().strip()


def count_sheets(rows: list[dict[str, str]]) -> int:
    """All sheets of the list."""
    return sum(int(row["ark"]) for row in rows)


if __name__ == "__main__":
    main()
