"""The second run over cases of which none has changed, beside the first.

    python benchmarks/unchanged.py [--cases 1000] [--document gp-letter] [--to docx]

Without more it makes the cheapest document there is, in the cheaper format: the hardest measure. The month-end run
itself (every document, both formats) is measured by benchmarks/month_end.py.
"""

import argparse
import tempfile
from pathlib import Path

from measuring import machine, measure
from timing import size


def main() -> None:
    """Print both times and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=size(1000, 4))
    parser.add_argument("--document", default="gp-letter")
    parser.add_argument("--to", default="docx")
    arguments = parser.parse_args()
    from many_cases import DAY, write_letters

    with tempfile.TemporaryDirectory() as folder:
        cases, output = Path(folder, "cases"), Path(folder, "output")
        write_letters(cases, arguments.cases)
        options = ("--date", DAY, "-d", arguments.document, "--to", arguments.to)
        first = measure(cases, output, *options)
        print(f"first: {first.documents} documents, {first.seconds:.1f} s, processors {first.cpu_s:.1f} s; {machine()}")
        second = min((measure(cases, output, *options, every_s=0.02) for _ in range(3)), key=lambda run: run.seconds)
        assert second.documents == 0, "the second run made something"
        print(f"second, best of three: {second.seconds:.2f} s, processors {second.cpu_s:.2f} s; {machine()}")
        print(
            f"{first.seconds / second.seconds:.0f} times by the clock, {first.cpu_s / second.cpu_s:.0f} by processors"
        )


if __name__ == "__main__":
    main()
