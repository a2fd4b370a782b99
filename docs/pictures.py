"""Draws the pictures of docs/pictures/: the first pages of what the documentation tells of.

.venv/bin/python docs/pictures.py            draw them
.venv/bin/python docs/pictures.py --check    exit 1 if one of them shows other words than it would be drawn with

Each picture carries the words of its page (`Description`), by which it is known whether it is still true.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo
from weasyprint import HTML

from kvisdocs.batch.reporting.report_page import Setting, write_html
from kvisdocs.workspace import open_workspace

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
DAY = date(2026, 11, 23)
SCALE, COLOURS, MARGIN = 1.1, 64, 24
"""Of A4 655 pixels are wide enough to be read; few colours keep the files small."""


def draw_pages() -> Iterator[tuple[str, bytes]]:
    """The name of each picture, and the PDF whose first page it shows."""
    workspace = open_workspace(ROOT / "templates")
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "min-sag.yaml"
        first.write_text(read_first_case(), encoding="utf-8")
        examples = ROOT / "cases_yaml"
        letter = examples / "citizens" / "mathilde-hoejgaard-thorup.yaml"
        brief = examples / "committee" / "viborg-punkt-12.yaml"
        for name, file, document in (
            ("first-letter", first, "gp-letter"),
            ("gp-letter", letter, "gp-letter"),
            ("committee-brief", brief, "committee-brief"),
        ):
            case, problems = workspace.review(file)
            if case is None:
                raise SystemExit("\n".join(map(str, problems)))
            yield name, workspace.generate(case, document, DAY, ["pdf"])["pdf"].data
        run = workspace.run_batch([examples / "citizens"], Path(folder) / "output", DAY, formats=["pdf"], jobs=1)
    titles = {document.name: document.title for document in workspace.documents.values()}
    page = write_html(_made_timeless(run), Setting("da", titles))
    yield "run-report", HTML(string=page.decode()).write_pdf()


def read_first_case() -> str:
    """The case that kom-i-gang.md has its reader write."""
    page = (ROOT / "docs" / "da" / "kom-i-gang.md").read_text(encoding="utf-8")
    return re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)[0]


def _made_timeless(report):
    """The report as of a run of twelve seconds, and with places seen from the project."""

    def seen(problem):
        position = replace(problem.position, file=problem.position.file.removeprefix(f"{ROOT}/"))
        return replace(problem, position=position)

    outcomes = tuple(replace(each, problems=tuple(map(seen, each.problems))) for each in report.outcomes)
    return replace(report, seconds=12.0, outcomes=outcomes, problems=tuple(map(seen, report.problems)))


def draw(pdf: bytes) -> tuple[Image.Image, str]:
    """The first page as a picture without the empty paper around it, and its words."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        words = " ".join(page.get_textpage().get_text_bounded().split())
        picture = page.render(scale=SCALE).to_pil().convert("RGB")
    finally:
        document.close()
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
    left, top, right, bottom = box or (0, 0, *picture.size)
    picture = picture.crop((left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN))
    return picture.quantize(COLOURS), words


def find_stale(folder: Path = PICTURES) -> list[str]:
    """The pictures that show other words than they would be drawn with."""
    return [name for name, pdf in draw_pages() if words_of(folder / f"{name}.png") != draw(pdf)[1]]


def words_of(path: Path) -> str | None:
    """The words of a picture's page; None where there is no such picture."""
    if not path.exists():
        return None
    with Image.open(path) as picture:
        return picture.info.get("Description")


def write(folder: Path = PICTURES) -> None:
    """Draw them all."""
    for name, pdf in draw_pages():
        picture, words = draw(pdf)
        about = PngInfo()
        about.add_itxt("Description", words, "da")
        picture.save(folder / f"{name}.png", optimize=True, pnginfo=about)


if __name__ == "__main__":
    if "--check" in sys.argv:
        stale = find_stale()
        print("\n".join(f"{name}.png shows other words" for name in stale) or "the pictures are current")
        sys.exit(1 if stale else 0)
    write()
