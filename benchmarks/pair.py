"""A letter as PDF and DOCX: kvisdocs beside docxtpl with LibreOffice, and Typst's PDF beside both, in one run.

    .venv/bin/pip install -e '.[bench]' && .venv/bin/python benchmarks/pair.py     (needs soffice on the PATH)

Ours makes both files of the GP letter from its case, warm. docxtpl fills an equal template (see `letter_docx.py`), and
LibreOffice turns its DOCX into PDF: ten letters in one call, and then one letter a call. Typst makes an equal PDF that
is PDF/A-2a and PDF/UA-1 too, but no DOCX. Processor time, that of LibreOffice's processes too; the best of some rounds,
in turns.
"""

import json
import subprocess
import tempfile
from pathlib import Path

import docxtpl
import typst
from filling import fill_docxtpl
from letter_docx import CASE, DAY, ROOT, docxtpl_template, sections_of
from timing import best_in_turns, processor_seconds, size

from kvisdocs.cases.load import LoadedCase, load_case
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.engine.formatting import format_date
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer
from kvisdocs.writers import write_docx, write_pdf

LETTERS, ROUNDS = size(10, 1), size(3, 1)


def convert(files: list[Path], folder: Path) -> None:
    """LibreOffice's PDF of each DOCX, in one call."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True)
    assert all((folder / f"{file.stem}.pdf").exists() for file in files)


def typst_words(case: LoadedCase, sections: list[tuple[str, list[str]]]) -> dict[str, object]:
    """What peers/letter.typ is filled with: the same words as our letter's."""
    citizen = case.case
    gp, person, caseworker = citizen.gp, citizen.citizen, citizen.caseworker
    steps = [[str(step.start), str(step.hours), step.tasks] for step in citizen.return_plan.steps]
    return {
        "sender": "Herning Kommune",
        "unit": "Jobcenter Herning · Sygedagpenge",
        "return_address": "Jobcenter Herning · Torvet 1 · 7400 Herning",
        "recipient": [gp.name, gp.practice, *gp.address.lines],
        "date": format_date(DAY),
        "number": citizen.case_number,
        "caseworker": caseworker.name,
        "title": caseworker.title,
        "phone": caseworker.phone,
        "hours": caseworker.hours,
        "provider_number": gp.provider_number,
        "name": person.name,
        "cpr": person.cpr,
        "first_day": format_date(citizen.sickness.first_day),
        "sections": [{"title": title, "texts": texts} for title, texts in sections],
        "steps": steps,
    }


def main() -> None:
    """Print each way's time for one letter, and the ratios."""
    assets = Assets((ROOT / "templates",))
    case, document, renderer = load_case(CASE), load_documents(assets)["gp-letter"], Renderer(assets)
    first = write_docx(renderer.render(case, document, DAY)).data
    template, words = docxtpl_template(first)
    data = json.dumps(typst_words(case, sections_of(first)))

    def ours() -> None:
        for _ in range(LETTERS):
            html = renderer.render(case, document, DAY)
            write_pdf(html)
            write_docx(html)

    def docxtpl_letters(folder: Path) -> list[Path]:
        files = [folder / f"{number}.docx" for number in range(LETTERS)]
        for file in files:
            file.write_bytes(fill_docxtpl(template, words))
        return files

    def in_one_call() -> None:
        with tempfile.TemporaryDirectory() as name:
            convert(docxtpl_letters(Path(name)), Path(name))

    def a_call_each() -> None:
        with tempfile.TemporaryDirectory() as name:
            for file in docxtpl_letters(Path(name)):
                convert([file], Path(name))

    def typst_pdfs() -> None:
        for _ in range(LETTERS):
            typst.compile(
                ROOT / "benchmarks" / "peers" / "letter.typ",
                root=ROOT,
                font_paths=[ROOT / "templates" / "fonts"],
                sys_inputs={"case": data},
                pdf_standards=["a-2a", "ua-1"],
            )

    runs = (ours, in_one_call, a_call_each, typst_pdfs)
    mine, one_call, each, pdf = best_in_turns(runs, ROUNDS, warm_up=size(1, 0), clock=processor_seconds)
    print(f"kvisdocs, PDF and DOCX: {mine / LETTERS * 1000:.0f} ms a letter")
    for name, seconds in (("in one call", one_call), ("one call a letter", each)):
        figures = f"{seconds / LETTERS * 1000:.0f} ms a letter: {seconds / mine:.1f} times our time"
        print(f"docxtpl {docxtpl.__version__} and LibreOffice, {name}: {figures}")
    print(
        f"Typst {typst.__version__}, PDF alone: {pdf / LETTERS * 1000:.0f} ms a letter: {pdf / mine:.2f} times our time"
    )


if __name__ == "__main__":
    main()
