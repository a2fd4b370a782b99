"""A table of 2,164 rows as DOCX: kvisdocs beside docxtpl, in one run on one machine, and the memory over many runs.

    .venv/bin/pip install -e '.[bench]' && .venv/bin/python benchmarks/table.py

2,164 rows are the table of docxtpl's issue 490, which took it 27 minutes in 2023. Both get the same rows; each is timed
alone, in processor time of this process, best of five, after one run to warm up. The figure is the ratio. In a second
table, one cell of each row holds more than one text, and so each row is read by itself.
"""

import io
import resource
from pathlib import Path

import docx
import docxtpl
from filling import fill_docxtpl
from timing import best_of, size

from kvisdocs.templating.html import Assets, HtmlDocument
from kvisdocs.writers.word.document import write_docx

ROWS, COLUMNS, RUNS, LONG_RUN = size(2164, 20), 8, size(5, 1), size(40, 10)
TEMPLATES = Path(__file__).parent.parent / "templates"
DATA = [[f"Række {row}, felt {column}" for column in range(COLUMNS)] for row in range(ROWS)]


def html_document(cell: str = "<td>{}</td>") -> HtmlDocument:
    """The rows as a template would leave them; `cell` is how the first of each is written."""
    head = "".join(f"<th scope='col'>Felt {column}</th>" for column in range(COLUMNS))
    rows = [[cell.format(first), *(f"<td>{each}</td>" for each in others)] for first, *others in DATA]
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    text = (
        "<!DOCTYPE html><html lang='da'><head><title>Tabel</title></head><body class='paper'><h1>Tabel</h1>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></body></html>"
    )
    return HtmlDocument(text, "Tabel", "da", Assets((TEMPLATES,)), ("house.css",), "benchmark")


def docxtpl_template() -> bytes:
    """A Word template with the same table: a header row and a row that repeats."""
    document = docx.Document()
    document.add_heading("Tabel", 1)
    table = document.add_table(rows=4, cols=COLUMNS)
    for column in range(COLUMNS):
        table.cell(0, column).text = f"Felt {column}"
        table.cell(2, column).text = f"{{{{ row[{column}] }}}}"
    table.cell(1, 0).text = "{%tr for row in rows %}"
    table.cell(3, 0).text = "{%tr endfor %}"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def main() -> None:
    """Print both times, their ratio, and how memory grows over a long run of ours."""
    page, template = html_document(), docxtpl_template()
    mixed = html_document("<td>{} <b>x</b></td>")

    def ours() -> bytes:
        return write_docx(page).data

    def theirs() -> bytes:
        return fill_docxtpl(template, {"rows": DATA}, autoescape=False)

    assert len(docx.Document(io.BytesIO(ours())).tables[0].rows) == ROWS + 1
    assert len(docx.Document(io.BytesIO(theirs())).tables[0].rows) == ROWS + 1
    mine, slow, other = (best_of(run, RUNS) for run in (ours, lambda: write_docx(mixed), theirs))
    print(f"docxtpl {docxtpl.__version__}: {other:.2f} s")
    print(f"kvisdocs: {mine:.2f} s: {mine / other:.2f} times docxtpl's time")
    print(f"kvisdocs, each row read by itself: {slow:.2f} s: {slow / other:.2f} times")
    peaks = []
    for number in range(LONG_RUN):
        ours()
        if number % 10 == 9:
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    print(f"peak memory after 10, 20, 30, 40 more runs: {peaks} MB")


if __name__ == "__main__":
    main()
