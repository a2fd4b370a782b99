"""`make pictures`: every document's PDF pages beside its DOCX pages (through LibreOffice), one PNG a document.

Needs pdftoppm and LibreOffice, as the tests do. Writes pictures/<case id>-<document>.png and pictures/index.html.
"""

import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

from examples import examples_by_day
from judges import docx_to_pdf
from PIL import Image, ImageDraw

ROOT = Path(__file__).parent.parent
DOTS_PER_INCH = 60
GAP = 8


def pages_of(pdf: Path, folder: Path) -> list[Image.Image]:
    """Each page as a picture, in order."""
    stem = folder / pdf.parent.name / pdf.stem
    stem.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", str(pdf), str(stem)], check=True)
    return [Image.open(path).convert("RGB") for path in sorted(stem.parent.glob(f"{stem.name}-*.png"))]


def sheet(left: list[Image.Image], right: list[Image.Image]) -> Image.Image:
    """Page by page, the PDF to the left and Word to the right; a missing page is grey."""
    width, height = (left or right)[0].size
    rows = max(len(left), len(right))
    picture = Image.new("RGB", (2 * width + 3 * GAP, rows * (height + GAP) + GAP), "#8a949c")
    draw = ImageDraw.Draw(picture)
    for row in range(rows):
        for column, pages in enumerate((left, right)):
            place = (GAP + column * (width + GAP), GAP + row * (height + GAP))
            if row < len(pages):
                picture.paste(pages[row], place)
            else:
                draw.text((place[0] + 20, place[1] + 20), "no such page", fill="white")
    return picture


def main() -> None:
    """Make the pictures of all examples."""
    target = ROOT / "pictures"
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        made = Path(temporary) / "made"
        program = Path(sys.executable).parent / "kvisdocs"
        for day, files in examples_by_day().items():
            command = [str(program), "render", *map(str, files), "-o", str(made), "--date", str(day)]
            subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        words = sorted(made.rglob("*.docx"))
        (Path(temporary) / "word").mkdir()
        through = docx_to_pdf(words, Path(temporary) / "word")
        names = []
        for word in words:
            name = f"{word.parent.name}-{word.stem}"
            left = pages_of(word.with_suffix(".pdf"), Path(temporary) / "left")
            right = pages_of(through[word], Path(temporary) / "right" / name)
            sheet(left, right).save(target / f"{name}.png", optimize=True)
            print(f"pictures/{name}.png: {len(left)} and {len(right)} pages")
            names.append(name)
    rows = "".join(f"<h2>{escape(name)}</h2><img src='{escape(name)}.png' alt='PDF beside Word'>" for name in names)
    (target / "index.html").write_text(f"<!DOCTYPE html><meta charset='utf-8'><title>PDF | Word</title>{rows}")


if __name__ == "__main__":
    main()
