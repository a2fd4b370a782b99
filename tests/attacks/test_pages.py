"""Hostile pages, stylesheets and pictures: neither writer reads outside the templates folder, runs on or breaks."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from attacks.conftest import CANARY
from attacks.rows import filled, read_rows

from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.html import Assets, HtmlDocument
from kvisdocs.writers import WRITERS
from kvisdocs.writers.pdf import document as pdf

assert pdf  # loaded here: WeasyPrint asks the system for its libraries by a program of its own
FRAME = '<!DOCTYPE html><html lang="da"><head><title>x</title>{head}</head><body>{html}</body></html>'


def document(row: dict[str, Any], templates: Path) -> HtmlDocument:
    """The document of a row, with its files in the templates folder."""
    for name, text in {"a.css": row.get("css", ""), **row.get("files", {})}.items():
        (templates / name).write_text(filled(row, text), encoding="utf-8")
    text = FRAME.format(head=row.get("head", ""), html=filled(row, row.get("html", "<p>x</p>")))
    return HtmlDocument(text, "x", "da", Assets((templates,)), ("a.css",), "brev.html.j2")


def said(row: dict[str, Any], templates: Path, format: str) -> str:
    """The first problem that stops the document; `nothing` where it is made, of which no part may hold the secret."""
    try:
        data = WRITERS[format](document(row, templates)).data
    except KvisdocsError as error:
        first = error.problems[0]
        return f"{first.position}: {first.what}".replace(f"{templates}/", "")
    assert CANARY.encode() not in data
    if format == "docx":
        with zipfile.ZipFile(BytesIO(data)) as archive:
            assert not any(CANARY.encode() in archive.read(name) for name in archive.namelist())
    return "nothing"


@pytest.mark.parametrize("format", ["pdf", "docx"])
@pytest.mark.parametrize("row", read_rows("pages.yaml"))
def test_page_is_harmless(row: dict[str, Any], templates: Path, format: str) -> None:
    assert said(row, templates, format) == row.get("both", row.get(format))
