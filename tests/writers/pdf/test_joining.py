"""What goes over pages is one element in the PDF's tags, with its head once and everything at its place."""

import subprocess
from pathlib import Path

import pytest
from judges import assert_valid_pdf, pdf_tags
from writers.html.test_table_shape import differences, make

LONG = " ".join(f"ord{number}" for number in range(400))
FILL = "<p>fyld</p>" * 36
HEAD = '<thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
ROWS = "<tr><td>1</td><td>2</td></tr>"
NOTE = '<span class="note">note</span>'
LINK = '<a href="https://example.dk">sted</a>'
CSS = ".note { float: footnote } .two { columns: 2 }"

PIECES = {
    "a list": ("<ul>" + "<li>punkt</li>" * 120 + "</ul>", {"L": 1, "LI": 120, "LBody": 120}),
    "lists in lists": (
        FILL + "<ol>" + ("<li>før<ul>" + "<li>under</li>" * 7 + "</ul>efter</li>") * 12 + "</ol>",
        {"L": 13, "LI": 96},
    ),
    "three levels": (
        FILL + "<ol><li>et<ol><li>to<ul>" + "<li>tre</li>" * 50 + "</ul></li><li>fire</li></ol>mere</li></ol>",
        {"L": 3, "LI": 53},
    ),
    "long items": (
        FILL + f"<ul><li>{LONG}</li><li><p>{LONG}</p><p>to</p></li><li>{LONG}<ul><li>{LONG}</li></ul>{LONG}</li></ul>",
        {"L": 2, "LI": 4},
    ),
    "a table": (f"<table>{HEAD}{ROWS * 150}</table>", {"Table": 1, "THead": 1, "TBody": 1, "TR": 151, "TH": 2}),
    "head, foot and caption": (
        f"<table><caption>Om</caption>{HEAD}{ROWS * 150}<tfoot><tr><td>8</td><td>9</td></tr></tfoot></table>",
        {"Table": 1, "THead": 1, "TFoot": 1, "TR": 152, "Caption": 1},
    ),
    "a caption below": (
        f'<table><caption style="caption-side: bottom">Om</caption>{HEAD}{ROWS * 90}</table>',
        {"Table": 1, "THead": 1, "Caption": 1},
    ),
    "a head with a link": (
        f"<table>{HEAD.replace('A', LINK)}{ROWS * 90}</table>",
        {"Table": 1, "THead": 1, "Link": 1},
    ),
    "links in cells": (
        f"<table>{HEAD}{ROWS.replace('1', LINK) * 90}</table>",
        {"Table": 1, "Link": 90},
    ),
    "a cell": (
        FILL + f"<table>{HEAD}<tr><td>{LONG}</td><td><p>{LONG}</p><ul><li>{LONG}</li></ul></td></tr></table>",
        {"Table": 1, "THead": 1, "TR": 2, "TD": 2, "L": 1},
    ),
    "spans": (
        f"<table>{HEAD}{('<tr><td rowspan=5>1</td><td>2</td></tr>' + '<tr><td>3</td></tr>' * 4) * 20}</table>",
        {"Table": 1, "TR": 101},
    ),
    "a table in a table": (
        f"<table>{HEAD}<tr><td><table>{HEAD}{ROWS * 60}</table></td><td>2</td></tr></table>",
        {"Table": 2, "THead": 2, "TR": 63},
    ),
    "a paragraph": (FILL + f"<p>{LONG}</p><blockquote><p>{LONG}</p></blockquote>", {"P": 39, "BlockQuote": 1}),
    "columns": (f'<div class="two"><ul>{"<li>punkt</li>" * 70}</ul></div>', {"L": 1, "LI": 70}),
    "notes": (FILL + f"<p>a{NOTE}</p><ul>" + f"<li>x{NOTE}</li>" * 20 + "</ul>", {"L": 1, "LI": 20}),
    "names and texts": ("<dl>" + "<dt>navn</dt><dd>tekst</dd>" * 60 + "</dl>", {"L": 1, "LI": 120}),
}  # fmt: skip


@pytest.mark.parametrize("name", PIECES)
def test_each_element_is_one_and_both_files_say_the_same(name: str, tmp_path: Path) -> None:
    body, counts = PIECES[name]
    pdf, docx, said = make(body, tmp_path, CSS)
    assert (said, differences(pdf, docx)) == ([], [])
    structure = pdf_tags(pdf)
    assert {tag: len(structure.find_all(tag)) for tag in counts} == counts
    assert_valid_pdf(pdf)


def test_headers_are_those_of_the_whole_table(tmp_path: Path) -> None:
    """Cells on the second page name the headers of the first; new headers take the place of those of their width."""
    head = '<tr><th scope="col">A</th><th scope="col">B</th></tr>'
    part = '<tr><th scope="colgroup" colspan="2">{}</th></tr>'
    rows = '<tr><th scope="row">C</th><td>2</td></tr>' * 40
    pdf, _, _ = make(f"<table><thead>{head}</thead>{part.format('E')}{rows}{part.format('F')}{rows}</table>", tmp_path)
    assert_valid_pdf(pdf)
    names = header_texts(pdf)
    assert [names[0], names[39], names[40], names[79]] == [
        ["C", "B", "E"],
        ["C", "B", "E"],
        ["C", "B", "F"],
        ["C", "B", "F"],
    ]


def header_texts(pdf: Path) -> list[list[str]]:
    """For each data cell, the texts of the headers that it names."""
    texts: dict[str, str] = {}
    named: list[list[str]] = []
    identity = ""
    for line in structure_lines(pdf):
        if line.startswith("TH "):
            identity = line.split("<")[1].split(">")[0]
        elif line.startswith("TD"):
            identity = ""
        elif line.startswith("/Headers"):
            named.append([each.strip("()") for each in line.partition("[")[2].rstrip("]").split()])
        elif line.startswith('"') and identity:
            texts.setdefault(identity, line.strip('"'))
    return [[texts[each] for each in cell] for cell in named]


def structure_lines(pdf: Path) -> list[str]:
    made = subprocess.run(["pdfinfo", "-struct-text", str(pdf)], check=True, capture_output=True, text=True)
    return [line.strip() for line in made.stdout.splitlines()]
