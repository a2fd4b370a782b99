"""Any document of contract elements gives a PDF and a Word file that all judges accept and that say the same."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from judges import without_judge
from stress.trees import BODY

from kvisdocs.templating.html import Assets, HtmlDocument
from kvisdocs.verify.gate import verify_files
from kvisdocs.writers.pdf.document import write_pdf
from kvisdocs.writers.word.document import write_docx

WHOLE = "li { break-inside: avoid }"
"""A list item that a page cuts in two loses the level of what is nested in it in WeasyPrint's tags: docs/verify.md."""

ASSETS = Assets((Path(__file__).parents[2] / "templates",))


def draw_bodies(number: int) -> list[str]:
    """The same bodies each time: a failure can be seen again."""
    found: list[str] = []

    @settings(
        max_examples=number, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(BODY)
    def collect(body: str) -> None:
        found.append(body)

    collect()
    return found


def test_any_tree_passes_the_gate(tmp_path: Path) -> None:
    for number, body in enumerate(draw_bodies(20)):
        head = f"<head><title>Prøve</title><style>{WHOLE}</style></head>"
        text = f'<!DOCTYPE html><html lang="da">{head}<body class="paper">{body}</body></html>'
        page = HtmlDocument(text, "Prøve", "da", ASSETS, ("house.css",), "prøve/document.html.j2")
        (tmp_path / f"{number}.html").write_text(text)
        (tmp_path / f"{number}.pdf").write_bytes(write_pdf(page).data)
        (tmp_path / f"{number}.docx").write_bytes(write_docx(page).data)
    report = verify_files([tmp_path])
    for missing in report.missing:
        raise without_judge(missing)
    assert report.pairs == 20
    assert [str(problem) for problem in report.problems] == []
