"""What is written to both files, and must be valid and say the same in each."""

from pathlib import Path

from judges import assert_valid_docx, assert_valid_pdf

from kvisdocs.templating.html import HtmlDocument
from kvisdocs.verify.blocks import Block
from kvisdocs.verify.docx.body import read_docx_blocks
from kvisdocs.verify.parity import compare
from kvisdocs.verify.pdf.tag_blocks import read_pdf_blocks
from kvisdocs.writers import WRITERS


def assert_both_say(document: HtmlDocument, expected: list[Block], folder: Path) -> Path:
    """Write the document in both formats without a remark, and have both judged and compared; gives the DOCX."""
    pdf, docx = folder / "a.pdf", folder / "a.docx"
    for path in (pdf, docx):
        written = WRITERS[path.suffix[1:]](document)
        assert written.messages == ()
        path.write_bytes(written.data)
    found = read_docx_blocks(docx)
    assert [each.block for each in found] == expected
    assert not compare(pdf, read_pdf_blocks(pdf), docx, found)
    assert_valid_pdf(pdf)
    assert_valid_docx(docx)
    return docx
