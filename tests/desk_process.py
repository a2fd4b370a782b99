"""Desks in processes of their own, which are to be killed or to work side by side, each with a browser that was let in.

As a program: `desk_process.py CASES OUTPUT TEMPLATES ADDRESS CERTIFICATE` is a desk that sends by the stand-in of
Digital Post, on the day of its letters.
"""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx2
import psutil
from post_office import TODAY, StandInAccess

from kvisdocs.desk.clock import stopped_at
from kvisdocs.desk.server import serve


class DeskProcess:
    """A desk that the command starts."""

    def __init__(self, command: Sequence[object]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *map(str, command)], stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        address = re.search(r"http://\S+", self.process.stderr.readline())[0]
        self.browser = httpx2.Client(base_url=address.partition("/?")[0], follow_redirects=True, timeout=60)
        page = self.browser.get(address).text + self.browser.get("/ny").text
        self.form = re.search(r'name="form" value="([^"]+)"', page)[1]

    def get(self, page, **options):
        return self.browser.get(page, **options)

    def post(self, page, data, **options):
        return self.browser.post(page, data={**data, "form": self.form}, **options)

    def kill(self, with_children=False):
        """Without a word; with all that it has begun, as where the power goes."""
        doomed = [psutil.Process(self.process.pid)]
        doomed += doomed[0].children(recursive=True) if with_children else []
        for each in doomed:
            each.suspend()
        for each in doomed:
            each.kill()
        self.process.wait()
        self.process.stderr.close()
        self.browser.close()


def open_sending_desk(root, templates, office):
    """A desk on `root`/cases and `root`/output that sends to the office."""
    return DeskProcess([__file__, root / "cases", root / "output", templates, office.address, office.certificate])


if __name__ == "__main__":
    cases, output, templates, address, certificate = sys.argv[1:]
    post = StandInAccess(address, Path(certificate))
    with stopped_at(TODAY):
        serve(
            Path(cases), Path(output), Path(templates), 0, "Mette",
            lambda secrets: print(secrets.address, file=sys.stderr, flush=True), post=post,
        )  # fmt: skip
