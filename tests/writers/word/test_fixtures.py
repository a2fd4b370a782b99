"""One file a construct in fixtures/: the HTML, the CSS, and what Word must get. fixtures/README.md says how."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from judges import assert_valid_docx, docx_html
from writers.word.made import html_document
from writers.word.notation import show_blocks, show_list, show_pages, show_style

from kvisdocs.problems import Problem
from kvisdocs.writers.word.document import write_docx
from kvisdocs.writers.word.model.blocks import WordDocument
from kvisdocs.writers.word.read.document import read_word

FOLDER = Path(__file__).parent / "fixtures"
FILES = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Fixture:
    """One file taken apart: its blocks by name."""

    path: Path
    parts: dict[str, str]

    @property
    def document(self):
        return html_document(self.parts["html"], self.parts.get("css", ""))

    @property
    def pages(self):
        """`#id 3` a line: the pages that the PDF's layout found."""
        lines = self.parts["pages"].splitlines() if "pages" in self.parts else None
        return lines and {line.split()[0].removeprefix("#"): int(line.split()[1]) for line in lines}


def read_fixture(path: Path) -> Fixture:
    return Fixture(path, {name: text.strip("\n") for name, text in _BLOCK.findall(path.read_text(encoding="utf-8"))})


def shown(word: WordDocument, messages: tuple[Problem, ...]) -> dict[str, str]:
    """All that a fixture can expect, by the name of its block."""
    lines = {
        "word": [*show_blocks(word.blocks)],
        "styles": [show_style(style) for style in word.styles],
        "lists": [line for definition in word.lists for line in show_list(definition)],
        "footnotes": [f"{n} {line}" for n, blocks in enumerate(word.footnotes, 1) for line in show_blocks(blocks)],
        "page": [*show_pages(word.sections)],
        "notes": [f"{problem.severity}: {problem.what}" for problem in messages],
    }
    return {name: "\n".join(each) for name, each in lines.items()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_word_gets(path: Path, tmp_path: Path) -> None:
    fixture = read_fixture(path)
    word, messages = read_word(fixture.document, fixture.pages)
    got = shown(word, messages)
    if "mammoth" in fixture.parts:
        made = tmp_path / "made.docx"
        made.write_bytes(write_docx(fixture.document).data)
        got["mammoth"] = docx_html(made).replace("><", ">\n<")
    if os.environ.get("KVISDOCS_WRITE_FIXTURES") == "1":
        _rewrite(fixture, got)
        return
    expected = {name: text for name, text in fixture.parts.items() if name not in GIVEN}
    assert {name: got[name] for name in expected} == expected
    assert "notes" in expected or not got["notes"], got["notes"]


def test_every_fixture_says_what_it_is_and_what_it_expects() -> None:
    for path in FILES:
        fixture = read_fixture(path)
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.endswith("."), f"{path.name} begins with a sentence"
        assert {"html"} < fixture.parts.keys() <= KNOWN, f"{path.name}: blocks are {sorted(KNOWN)}"


GIVEN = {"html", "css", "pages"}
KNOWN = GIVEN | {"word", "styles", "lists", "page", "footnotes", "notes", "mammoth"}


def test_all_fixtures_are_valid_word_files(tmp_path: Path) -> None:
    paths = []
    for path in FILES:
        made = tmp_path / f"{path.stem}.docx"
        made.write_bytes(write_docx(read_fixture(path).document).data)
        paths.append(made)
    assert_valid_docx(*paths)


def _rewrite(fixture: Fixture, got: dict[str, str]) -> None:
    def block(found: re.Match[str]) -> str:
        name = found[1]
        return found[0] if name in GIVEN else f"```{name}\n{got[name]}\n```"

    fixture.path.write_text(_BLOCK.sub(block, fixture.path.read_text(encoding="utf-8")), encoding="utf-8")
