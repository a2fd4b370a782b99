"""A Word file that somebody edited: what must not be left in it, whose names it bears, and UDKAST taken out of it.

Only the heads, the feet and the title are written anew, and only where they hold the mark: every other part stays byte
for byte.
"""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from lxml.etree import _Element

from kvisdocs.application.read_back.word_text import read_made
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.templating.drafts import DRAFT, TITLE_MARK
from kvisdocs.verify.blocks import UnreadableError
from kvisdocs.verify.docx.package import W, WordFile, is_on, open_docx

_TRACKED = {
    f"{W}{name}"
    for name in (
        "ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "rPrChange", "pPrChange", "sectPrChange",
        "tblPrChange", "tblGridChange", "tblPrExChange", "trPrChange", "tcPrChange", "numberingChange",
    )
}  # fmt: skip
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_NAMES = (
    "{http://purl.org/dc/elements/1.1/}creator",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy",
    "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Manager",
    "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Company",
)
_PROPERTIES = ("docProps/core.xml", "docProps/app.xml")


def find_leftovers(file: Path) -> Iterator[Problem]:
    """What a finished letter must not carry: tracked changes, comments and hidden text. Raises KvisdocsError."""
    opened = _open(file)
    roots = list(_roots(opened))
    comments = opened.root("comments")
    if any(each.tag in _TRACKED for root in roots for each in root.iter("*")):
        what = message("approval.edited.tracked", "there are tracked changes in it still")
        yield Problem(Position(str(file)), what, N_("accept or reject them in Word, under Review, and save it"))
    if comments is not None and comments.find(f"{W}comment") is not None:
        what = message("approval.edited.comments", "there are comments in it still")
        yield Problem(Position(str(file)), what, N_("delete them in Word, under Review, and save it"))
    if any(_is_hidden(run, _find_hidden_styles(opened)) for root in roots for run in root.iter(f"{W}r")):
        what = message("approval.edited.hidden", "there is hidden text in it")
        yield Problem(Position(str(file)), what, N_("show it in Word, delete it, and save the file"))


def _open(file: Path) -> WordFile:
    try:
        return open_docx(file)
    except UnreadableError as error:
        todo = N_("open it in Word and save it as .docx without a password, or choose another file")
        raise KvisdocsError(Problem(Position(str(file)), error.what, todo)) from None


def _roots(file: WordFile) -> Iterator[_Element]:
    """All parts with text."""
    yield file.main.root
    for kind in ("header", "footer", "footnotes", "endnotes"):
        yield from (part.root for part in file.parts.get(kind, ()))


def _find_hidden_styles(file: WordFile) -> set[str]:
    styles = file.root("styles")
    found = () if styles is None else styles.iterfind(f"{W}style")
    return {each.get(f"{W}styleId", "") for each in found if is_on(each.find(f"{W}rPr"), "vanish")}


def _is_hidden(run: _Element, styles: set[str]) -> bool:
    paragraph = next(run.iterancestors(f"{W}p"), None)
    named = [run.find(f"{W}rPr/{W}rStyle"), None if paragraph is None else paragraph.find(f"{W}pPr/{W}pStyle")]
    is_hidden = is_on(run.find(f"{W}rPr"), "vanish") or any(
        each.get(f"{W}val") in styles for each in named if each is not None
    )
    return is_hidden and any((each.text or "").strip() for each in run.iter(f"{W}t"))


def read_struck(data: bytes) -> tuple[str, ...]:
    """The texts that are struck out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = _parse(archive.read("word/document.xml"))
    struck = (
        run for run in root.iter(f"{W}r") if any(is_on(run.find(f"{W}rPr"), name) for name in ("strike", "dstrike"))
    )
    return tuple(each.text or "" for run in struck for each in run.iter(f"{W}t"))


def read_names(data: bytes) -> list[str]:
    """Who made and who last saved the file, and their firm, as its properties say: each once."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        roots = [_parse(archive.read(name)) for name in _PROPERTIES if name in archive.namelist()]
    found = ((root.findtext(name) or "").strip() for root in roots for name in _NAMES)
    return list(dict.fromkeys(filter(None, found)))


def remove_mark(data: bytes, said: int) -> bytes:
    """The Word file without UDKAST. Raises KvisdocsError where its words would be others otherwise, or the mark stays.

    `said` is how often the letter says the word itself.
    """
    cleaned = _write_parts({name: _without_mark(name, part) for name, part in _read_parts(data).items()}, data)
    if count_mark(cleaned) > said:
        raise KvisdocsError(_marked(message("approval.edited.marked", "says UDKAST still, outside of head and foot")))
    if read_made(cleaned) != read_made(data):
        what = message("approval.edited.not_cleaned", "UDKAST cannot be taken out of it without changing other words")
        raise KvisdocsError(_marked(what))
    return cleaned


def _marked(what: Message) -> Problem:
    return Problem(Position(""), what, N_("take UDKAST out of it in Word, and save it"))


def count_mark(data: bytes) -> int:
    """How often the file says UDKAST, in whatever part."""
    return sum(
        "".join(map(str, _parse(part).itertext())).count(DRAFT)
        for name, part in _read_parts(data).items()
        if name.endswith(".xml")
    )


def _read_parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _write_parts(parts: dict[str, bytes], before: bytes) -> bytes:
    """The parts in the order and with the times that they had."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info, parts[info.filename], info.compress_type)
    return written.getvalue()


def _without_mark(name: str, part: bytes) -> bytes:
    if DRAFT.encode() not in part:
        return part
    if name == _PROPERTIES[0]:
        root = _parse(part)
        for title in root.iter(_TITLE):
            title.text = (title.text or "").removeprefix(TITLE_MARK)
    elif name.startswith(("word/header", "word/footer")):
        root = _parse(part)
        for text in [each for each in root.iter(f"{W}t") if (each.text or "").strip() == DRAFT]:
            _remove(text)
    else:
        return part
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _remove(text: _Element) -> None:
    """The mark; and its paragraph, where that holds nothing else and is not the only one."""
    paragraph = next(text.iterancestors(f"{W}p"))
    parent = paragraph.getparent()
    text.text = ""
    says = any(each.text for each in paragraph.iter(f"{W}t")) or paragraph.find(f".//{W}instrText") is not None
    if not says and parent is not None and len(parent.findall(f"{W}p")) > 1:
        parent.remove(paragraph)


def _parse(part: bytes) -> _Element:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
