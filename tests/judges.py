"""What others say about our files: validators that judge them, and programs that read them back.

A judge that is not installed skips the test and says how to install it. With KVISDOCS_REQUIRE_JUDGES=1, as in .ci/run,
the test fails instead.
"""

import atexit
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
from lxml import etree

from kvisdocs.verify.docx.validators import check_docx_with_audit, check_docx_with_sdk
from kvisdocs.verify.pdf.validator import check_pdfs
from kvisdocs.verify.validators import JudgeMissing

T = TypeVar("T")

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LINE_END_HYPHEN = "\u2010"  # WeasyPrint writes this one where it hyphenates, and a plain one where the text has one


def require(judge: Callable[[], T]) -> T:
    """What `judge()` gives. Where that raises JudgeMissing, the test is skipped, or fails if judges are required."""
    try:
        return judge()
    except JudgeMissing as missing:
        raise without_judge(missing) from None


def without_judge(missing: JudgeMissing) -> BaseException:
    """What ends the test that has no judge: pytest's Skipped, or Failed where judges are required."""
    if os.environ.get("KVISDOCS_REQUIRE_JUDGES") == "1":
        return pytest.fail.Exception(f"{missing} (KVISDOCS_REQUIRE_JUDGES=1)", pytrace=False)
    return pytest.skip.Exception(str(missing))


def assert_valid_pdf(*paths: Path, standards: Sequence[str] = ("PDF/UA-1", "PDF/A-2a")) -> None:
    """Fails with one line for each rule of PDF/UA-1 and PDF/A-2a that a file breaks, as veraPDF sees it."""
    problems = require(lambda: check_pdfs(paths, standards))
    assert not problems, "\n".join(map(str, problems))


def assert_valid_docx(*paths: Path) -> None:
    """Fails with one line for each fault that the Open XML SDK or openxml-audit finds."""
    problems = require(lambda: check_docx_with_audit(paths)) + require(lambda: check_docx_with_sdk(paths))
    assert not problems, "\n".join(map(str, problems))


def pdf_words(path: Path) -> list[str]:
    """The words in the order of the content stream, hyphenated words joined.

    That is the order of the document, page by page, but for what WeasyPrint draws last on each page: positioned boxes,
    bullets and numbers of lists, footnotes, then header and footer. Footnote calls stick to the word before them.
    """
    text = _run("pdftotext", "-raw", "-enc", "UTF-8", str(path), "-", install="apt-get install poppler-utils")
    return text.replace(f"{LINE_END_HYPHEN}\n", "").split()


@dataclass(frozen=True)
class Tag:
    """An element of a PDF's structure tree: its type (`H1`, `Table`, `TD`), and texts and elements in order."""

    type: str
    content: tuple["Tag | str", ...] = ()

    @property
    def children(self) -> tuple["Tag", ...]:
        return tuple(part for part in self.content if isinstance(part, Tag))

    @property
    def text(self) -> str:
        """All text in it. Lines and inline elements are joined by a space, since a PDF does not tell them apart."""
        joined = " ".join(self._texts()).replace(f"{LINE_END_HYPHEN} ", "")
        return " ".join(joined.split())

    def find_all(self, *types: str) -> list["Tag"]:
        """The elements of these types in it, however deep, in reading order."""
        return [
            tag for child in self.children for tag in ([child] if child.type in types else []) + child.find_all(*types)
        ]

    def outline(self) -> str:
        """The types alone, as one line: `Document(H1 P Table(TR(TH TH) TR(TD TD)))`. Inline elements are left out."""
        inner = " ".join(child.outline() for child in self.children if child.type not in ("Span", "NonStruct"))
        return f"{self.type}({inner})" if inner else self.type

    def _texts(self) -> Iterator[str]:
        for part in self.content:
            yield from [part] if isinstance(part, str) else part._texts()


def pdf_structure(path: Path) -> Tag:
    """The structure tree, which a screen reader follows: a Tag of type `Root` that holds the Document."""
    lines = _run("pdfinfo", "-struct-text", str(path), install="apt-get install poppler-utils").split("\n")
    return parse_structure(lines)


def pdf_tags(path: Path) -> Tag:
    """The same tree without its texts: for each text pdfinfo reads a whole page, which takes seconds."""
    return parse_structure(_run("pdfinfo", "-struct", str(path), install="apt-get install poppler-utils").split("\n"))


def parse_structure(lines: Sequence[str]) -> Tag:
    """The tree in the lines of `pdfinfo -struct-text`: two spaces a level, text in quotes, attributes after a slash."""
    open_tags: list[tuple[int, str, list[Tag | str]]] = [(-1, "Root", [])]

    def close(indent: int) -> None:
        while open_tags[-1][0] >= indent:
            _, kind, content = open_tags.pop()
            open_tags[-1][2].append(Tag(kind, tuple(content)))

    for line in lines:
        indent, rest = len(line) - len(line.lstrip(" ")), line.lstrip(" ")
        if rest.startswith('"'):
            close(indent)
            open_tags[-1][2].append(rest[1:].removesuffix('"'))
        elif named := re.match(r"\w+", rest):
            close(indent)
            open_tags.append((indent, named[0], []))
    close(0)
    return Tag("Root", tuple(open_tags[0][2]))


def docx_html(path: Path) -> str:
    """The document as mammoth reads it back: HTML by style names, without colours or layout."""
    mammoth = pytest.importorskip("mammoth", exc_type=ImportError)
    with path.open("rb") as opened:
        return str(mammoth.convert_to_html(opened).value)


def docx_words(path: Path) -> list[str]:
    """The words of the body in document order, with tables, frames and text boxes; then those of the footnotes.

    Headers, footers, numbers of lists and deleted text are left out; what fields show last is there.
    """
    with zipfile.ZipFile(path) as archive:
        parts = [name for name in ("word/document.xml", "word/footnotes.xml") if name in archive.namelist()]
        roots = [etree.fromstring(archive.read(name)) for name in parts]
    return "".join(text for root in roots for text in _word_texts(root)).split()


def _word_texts(element: etree._Element) -> Iterator[str]:
    tag = element.tag
    if tag == f"{WORD}t":
        yield element.text or ""
    elif tag in (f"{WORD}tab", f"{WORD}br", f"{WORD}cr"):
        yield " "
    elif tag == f"{WORD}noBreakHyphen":
        yield "\u2011"
    elif tag not in (FALLBACK, f"{WORD}pPr", f"{WORD}rPr"):
        for child in element:
            yield from _word_texts(child)
        if tag == f"{WORD}p":
            yield "\n"


def poppler(program: str, *arguments: str) -> str:
    """What one of poppler's programs prints: pdfinfo, pdffonts, pdftotext."""
    return _run(program, *arguments, install="apt-get install poppler-utils")


def pdf_page_count(path: Path) -> int:
    """How many pages pdfinfo counts."""
    found = re.search(r"^Pages: +(\d+)$", _run("pdfinfo", str(path), install="apt-get install poppler-utils"), re.M)
    assert found, f"pdfinfo counts no pages in {path}"
    return int(found[1])


def docx_page_counts(paths: Sequence[Path]) -> dict[Path, int]:
    """How many pages LibreOffice lays each file out on, all in one go."""
    with tempfile.TemporaryDirectory() as folder:
        return {path: pdf_page_count(pdf) for path, pdf in docx_to_pdf(paths, Path(folder)).items()}


def docx_to_pdf(paths: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """LibreOffice's PDF of each DOCX, made in `folder` in one go and named 0.pdf, 1.pdf, …."""
    copies = {path: folder / f"{number}.docx" for number, path in enumerate(dict.fromkeys(paths))}
    for path, copy in copies.items():
        shutil.copyfile(path, copy)
    options = ["--headless", "--norestore", f"-env:UserInstallation={_office_profile().as_uri()}"]
    command = [*options, "--convert-to", "pdf", "--outdir", str(folder), *map(str, copies.values())]
    said = _run("soffice", *command, install="apt-get install --no-install-recommends libreoffice-writer")
    made = {path: copy.with_suffix(".pdf") for path, copy in copies.items()}
    for path, pdf in made.items():
        assert pdf.exists(), f"LibreOffice cannot open {path}; it said: {said}"
    return made


def run_office(macro: str, basic: Mapping[str, str]) -> None:
    """Runs a macro of LibreOffice's, with these files among its Basic libraries."""
    profile, install = _office_profile(), "apt-get install --no-install-recommends libreoffice-writer"
    options = ["--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    if not (profile / "user/basic").exists():  # its first start lays its own libraries there
        _run("soffice", *options, "--terminate_after_init", install=install)
    for name, text in basic.items():
        (profile / "user/basic" / name).write_text(text, encoding="utf-8")
    _run("soffice", *options, macro, install=install)


@cache
def _office_profile() -> Path:
    """A settings folder of our own, so that a LibreOffice that is open on the desk is left alone."""
    folder = tempfile.mkdtemp(prefix="kvisdocs-office-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _run(program: str, *arguments: str, install: str) -> str:
    """What the program prints. Skips or fails the test where it is not installed; fails where it breaks down."""
    found = shutil.which(program)
    if found is None:
        raise without_judge(JudgeMissing(program, install))
    done = subprocess.run(
        [found, *arguments], stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert done.returncode == 0, f"{program} {' '.join(arguments)}: exit {done.returncode}: {done.stderr}"
    return done.stdout
