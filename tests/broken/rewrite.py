"""Writes anew what the program says of every broken thing: python tests/broken/rewrite.py [NAME…]

Only this program does so, never a test. Read every line that changed before you keep it: would you want to be told so?
"""

import contextlib
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from broken.running import find_all, run_inside


def rewrite(names: list[str]) -> None:
    for broken in find_all():
        if names and broken.name not in names:
            continue
        for language, expected in (("en", broken.expected), ("da", broken.expected_in_danish)):
            with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
                said = run_inside(broken, language)
            before = expected.read_text(encoding="utf-8") if expected.exists() else ""
            if said != before:
                expected.parent.mkdir(exist_ok=True)
                expected.write_text(said, encoding="utf-8")
                print(f"== {broken.name}\n{said}")


if __name__ == "__main__":
    rewrite(sys.argv[1:])
