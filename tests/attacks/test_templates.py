"""Hostile templates: none leaves the sandbox, none runs on; each stops with one problem at its own line."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attacks.rows import filled, read_rows
from builders import citizen_yaml, loaded_case

from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.documents import Document
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer

SHIPPED = Path(__file__).parents[2] / "templates"
LETTER = Document.model_validate(
    {"name": "brev", "title": "Brev", "description": "a letter", "kind": "citizen", "audience": "citizen"}
)


@pytest.mark.parametrize("row", read_rows("sandbox.yaml") + read_rows("endless.yaml"))
def test_template_is_stopped(row: dict[str, Any], templates: Path) -> None:
    (templates / "brev").mkdir()
    text = f"<p>\n{filled(row, row['template'])}\n"
    (templates / "brev" / "document.html.j2").write_text(text, encoding="utf-8")
    with pytest.raises(KvisdocsError) as caught:
        Renderer(Assets((templates, SHIPPED))).render(loaded_case(citizen_yaml()), LETTER, date(2012, 11, 14))
    (problem,) = caught.value.problems
    assert f"{problem.position}: {problem.what}".removeprefix(f"{templates}/brev/") == row["problem"]
