"""The memory of one worker over 10,000 GP letters, with their proofs, which is never renewed meanwhile.

    python benchmarks/worker_memory.py [--letters 10000] [--to docx|pdf]

A run's own workers are renewed after 300 cases; here is what they would grow to without that. There are 2,000 cases,
whose letters are made again and again.
"""

import argparse
import sys
from datetime import date
from pathlib import Path

from timing import size

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
STEPS = 10
WARM = 0.2


def main() -> None:
    """Print the curve, and the growth over a thousand letters after the first fifth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=size(10_000, 10))
    parser.add_argument("--to", choices=("docx", "pdf"), default="docx")
    arguments = parser.parse_args()
    count = arguments.letters
    from many_cases import DAY, MOST, letter_case

    from kvisdocs.application.job import Job, RunSettings
    from kvisdocs.application.recipient_check.identifying_data import find_marks
    from kvisdocs.application.recipient_check.recipient_check import OtherCases, RecipientCheck
    from kvisdocs.batch.pool.worker import make_case, warm_up
    from kvisdocs.cases.load import LoadedCase, check_source
    from kvisdocs.cases.yaml.source import parse_source
    from kvisdocs.templating.documents import load_documents
    from kvisdocs.templating.html import Assets
    from kvisdocs.templating.render import find_renderer

    assets = Assets((ROOT / "templates",))
    documents = (load_documents(assets)["gp-letter"],)
    settings = RunSettings(assets, date.fromisoformat(DAY), (arguments.to,), proven=True)
    texts = [letter_case(number) for number in range(min(count, MOST))]
    marks = {}
    for number, text in enumerate(texts):
        source = parse_source(text, "case.yaml")
        loaded = LoadedCase(str(number), check_source(source), source)
        profile = find_renderer(assets).profile(loaded.case.municipality, source.locate(("municipality",)))
        marks[loaded.id] = find_marks(loaded.case, profile)
    warm_up(settings, documents, (RecipientCheck.of(assets, OtherCases(marks)),))
    curve = []
    for number in range(1, count + 1):
        case = number % len(texts)
        (made,) = make_case(Job(str(case), "case.yaml", texts[case].encode(), documents, settings))
        assert made.files, made.problems
        assert not made.objections, made.objections
        if number % (count // STEPS) == 0:
            curve.append((number, resident_mb()))
            print(f"{number:6}  {curve[-1][1]:6.1f} MB  {'#' * int(curve[-1][1] / 4)}", flush=True)
    (start, before), (end, after) = curve[int(STEPS * WARM) - 1], curve[-1]
    rise = (after - before) / (end - start) * 1000
    print(f"{before:.1f} MB after {start} letters, {after:.1f} after {end}: {rise:+.2f} MB for each 1,000")


def resident_mb() -> float:
    """This process's memory, in MB."""
    return int(Path("/proc/self/status").read_text().partition("VmRSS:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
