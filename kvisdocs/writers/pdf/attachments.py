"""Finished PDF files put into a document's PDF: each behind the page that announces it, with tags, links and bookmarks.

A document keeps its claims (PDF/A-2a, PDF/UA-1) only where each file put into it makes them too. Else they are taken
out, and the reader is told. `merge_structure` carries the tag trees over. Needs pikepdf: `kvisdocs[meetings]`.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity
from kvisdocs.templating.html import PdfAttachment

if TYPE_CHECKING:
    import pikepdf

    from kvisdocs.writers.pdf.joined_pages import OpenedFile

_PDFA, _PDFUA = "pdfaid", "pdfuaid"


def join_attachments(
    data: bytes, attachments: Sequence[PdfAttachment], write_stamps: Callable[[Sequence[str]], bytes]
) -> tuple[bytes, list[Problem]]:
    """A document's PDF with the files behind the pages that announce them, and what is to be said of the whole.

    `write_stamps` makes a PDF with a small page for each text. The same files give the same bytes.

    Raises KvisdocsError for each file that is no PDF, or that wants a password.
    """
    pikepdf = _load(attachments[0].position)
    from kvisdocs.writers.pdf.joined_pages import put_in

    opened = list(_open_all(attachments))
    texts = [
        f"{each.attachment.label} · side {number} af {len(each.pdf.pages)}"
        for each in opened
        for number in range(1, len(each.pdf.pages) + 1)
    ]
    with pikepdf.open(io.BytesIO(data)) as whole, pikepdf.open(io.BytesIO(write_stamps(texts))) as stamps:
        lacking = [each for each in opened if not (each.is_tagged and each.is_archival)]
        put_in(whole, opened, stamps)
        if lacking:
            _withdraw_claims(whole, keeps_archival=all(each.is_archival for each in opened))
        target = io.BytesIO()
        whole.save(target, deterministic_id=True, fix_metadata_version=False)
    return target.getvalue(), [_say_lacking(each) for each in lacking]


def _load(position: Position) -> Any:
    try:
        import pikepdf
    except ImportError:
        what = message("pdf.attachment.no_pikepdf", "to put files into a PDF, kvisdocs needs pikepdf")
        todo = N_('install "kvisdocs[meetings]", or let the attachments lie beside')
        raise KvisdocsError(Problem(position, what, todo)) from None
    return pikepdf


def _open_all(attachments: Iterable[PdfAttachment]) -> "Iterator[OpenedFile]":
    problems: list[Problem] = []
    found: list[OpenedFile] = []
    for each in attachments:
        try:
            found.append(_open(each))
        except KvisdocsError as error:
            problems += error.problems
    if problems:
        raise KvisdocsError(problems)
    yield from found


def _open(attachment: PdfAttachment) -> "OpenedFile":
    import pikepdf

    from kvisdocs.writers.pdf.joined_pages import OpenedFile

    try:
        pdf = pikepdf.open(io.BytesIO(attachment.data))
        claims = _read_claims(pdf)
        is_tagged = "/StructTreeRoot" in pdf.Root and _PDFUA in claims
        return OpenedFile(attachment, pdf, is_tagged, _PDFA in claims)
    except pikepdf.PasswordError:
        what = message("pdf.attachment.password", '"{title}" wants a password', title=attachment.title)
        raise KvisdocsError(Problem(attachment.position, what, N_("save it without one"))) from None
    except pikepdf.PdfError as error:
        what = message("pdf.attachment.no_pdf", '"{title}" is no PDF that can be read', title=attachment.title)
        todo = N_("open it, and save it as PDF again ({reason})", reason=str(error).splitlines()[0])
        raise KvisdocsError(Problem(attachment.position, what, todo)) from None


def _read_claims(pdf: "pikepdf.Pdf") -> set[str]:
    """`pdfaid` and `pdfuaid`, as far as the file says that it conforms to them."""
    if "/Metadata" not in pdf.Root:
        return set()
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        return {name for name in (_PDFA, _PDFUA) if metadata.get(f"{name}:part")}


def _withdraw_claims(pdf: "pikepdf.Pdf", keeps_archival: bool) -> None:
    """Say no more than is true: PDF/A-2b where all files are PDF/A and some have no tags, else nothing."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        del metadata[f"{_PDFUA}:part"]
        if keeps_archival:
            metadata[f"{_PDFA}:conformance"] = "B"
        else:
            del metadata[f"{_PDFA}:part"]
            del metadata[f"{_PDFA}:conformance"]


def _say_lacking(opened: "OpenedFile") -> Problem:
    title = opened.attachment.title
    lost: Message
    if opened.is_archival:
        lost = N_("the whole file is no PDF/UA any more, and PDF/A-2b in place of 2a")
    else:
        lost = N_("the whole file is neither PDF/UA nor PDF/A any more")
    what = message("pdf.attachment.no_tags", '"{title}" is not accessible, and so {lost}', title=title, lost=lost)
    todo = N_("let the attachments lie beside, or save it again as an accessible PDF/A")
    return Problem(opened.attachment.position, what, todo, Severity.WARNING)
