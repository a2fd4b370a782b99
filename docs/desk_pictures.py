"""Draws the pictures of docs/pictures/desk/: the pages of the desk, as on a screen and at 400 % zoom. Needs Chromium.

.venv/bin/python docs/desk_pictures.py            draw them
.venv/bin/python docs/desk_pictures.py --check    exit 1 if one of them shows other words than its page has

Each picture carries the words of its page (`Description`), by which it is known whether it is still true.
"""

import io
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, chdir, contextmanager
from datetime import date
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from desk_browser import served
from post_office import TODAY, StandInAccess, write_outbox, write_templates

from kvisdocs.application.template_folders import find_assets
from kvisdocs.desk.clock import stopped_at

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures" / "desk"
DAY = date(2026, 11, 23)
CASE = "borgere/mathilde-hoejgaard-thorup.yaml"
OUTPUT = Path("resultat")
"""A folder that is not there: nothing was made yet, and its name is the same everywhere."""
PAGES = {
    "list": "/",
    "case": f"/sag?fil={CASE}",
    "preview": f"/dokument?fil={CASE}&dokument=gp-letter",
    "new-case": "/ny",
    "meetings": "/moeder",
    "meeting": "/moede?fil=udvalg/moede-2026-11-04.yaml",
    "run": "/koersel",
    "approval": "/godkend",
    "sending": "/afsendelse",
    "figures": "/tal?mappe=borgere&kommune=viborg",
}
"""The pages by the names of their pictures."""

OF_LETTERS = {"sending"}
"""Those of a folder in which letters wait."""

SIZES = {"": (1280, 900), "-400": (320, 640)}
"""By the end of a picture's name: a screen, and what is seen of it at 400 %."""

COLOURS = 32


@contextmanager
def open_desk() -> Iterator[str]:
    """The desk over a folder of examples, on a day that stays; its first address."""
    with tempfile.TemporaryDirectory() as base, chdir(ROOT), stopped_at(DAY):  # whose files are named from here
        folder = Path(base) / "sager"
        shutil.copytree(ROOT / "cases_yaml" / "citizens", folder / "borgere")
        shutil.copytree(ROOT / "cases_yaml" / "committee", folder / "udvalg")
        with served(folder, OUTPUT, find_assets(None), patience_s=60) as address:
            yield address


@contextmanager
def open_desk_of_letters() -> Iterator[str]:
    """A desk in whose folder letters wait to be sent: some by Digital Post, those of one town hall on paper, and one
    that nobody has approved; its first address.
    """
    with tempfile.TemporaryDirectory() as base, stopped_at(TODAY):
        folder = Path(base)
        write_outbox(folder, 4, unapproved={3})
        templates = write_templates(folder / "templates")
        on_paper = templates / "profiles" / "koebenhavn.yaml"
        on_paper.write_text(on_paper.read_text("utf-8").replace("digital_post", "print"), "utf-8")
        never_used = StandInAccess("", Path())
        with served(folder / "cases", folder / "output", find_assets(templates), post=never_used) as address:
            yield address


def draw_pages(with_pictures: bool = True) -> Iterator[tuple[str, str, bytes]]:
    """The name of each picture, the words of its page, and the picture."""
    yield from _draw(open_desk(), {name: path for name, path in PAGES.items() if name not in OF_LETTERS}, with_pictures)
    yield from _draw(open_desk_of_letters(), {name: PAGES[name] for name in OF_LETTERS}, with_pictures)


def _draw(
    desk: AbstractContextManager[str], pages: Mapping[str, str], with_pictures: bool
) -> Iterator[tuple[str, str, bytes]]:
    with desk as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_context(reduced_motion="reduce").new_page()
        page.goto(address)
        for name, path in pages.items():
            for end, (width, height) in SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                page.goto(f"{address.partition('/?')[0]}{path}", wait_until="networkidle")
                words = " ".join(page.inner_text("body").split())
                yield f"{name}{end}", words, page.screenshot() if with_pictures else b""
        browser.close()


def words_of(path: Path) -> str | None:
    """The words of a picture's page; None where there is no such picture."""
    if not path.exists():
        return None
    with Image.open(path) as picture:
        return picture.info.get("Description")


def find_stale() -> list[str]:
    """The pictures that show other words than their pages have."""
    return [name for name, words, _ in draw_pages(False) if words_of(PICTURES / f"{name}.png") != words]


def write() -> None:
    """Draw them all."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, words, data in draw_pages():
        about = PngInfo()
        about.add_itxt("Description", words, "da")
        picture = Image.open(io.BytesIO(data)).convert("RGB").quantize(COLOURS)
        picture.save(PICTURES / f"{name}.png", optimize=True, pnginfo=about)


if __name__ == "__main__":
    if "--check" in sys.argv:
        stale = find_stale()
        print("\n".join(f"{name}.png shows other words" for name in stale) or "the pictures are current")
        sys.exit(1 if stale else 0)
    write()
