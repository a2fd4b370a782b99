"""The text of a Word file, paragraph by paragraph, with the content controls in it.

Text is read as people see it: tracked insertions are there, what was deleted is not; no-break spaces are spaces.
"""

import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from lxml import etree
from lxml.etree import _Element

from kvisdocs.messages import N_, Message
from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.templating.drafts import DRAFT
from kvisdocs.verify.blocks import UnreadableError
from kvisdocs.verify.docx.package import MC, W, WordFile, locate, open_docx, place, value

_UNSEEN = {f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "drawing", "pict", "object")}
_UNSEEN.add(f"{MC}Fallback")
_BLANKS = {f"{W}{name}" for name in ("tab", "ptab", "br", "cr")}
_HYPHEN = f"{W}noBreakHyphen"
_SIGNS = str.maketrans({"\xa0": " ", "\u202f": " ", "\u2011": "-", "\xad": None, "\u200b": None, "\u2060": None})
_CREATED = "{http://purl.org/dc/terms/}created"


@dataclass(frozen=True)
class Control:
    """A content control in a paragraph: where its text begins and ends, its tag and its title."""

    start: int
    end: int
    name: str
    title: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with text, and where it stands."""

    text: str
    place: Message
    controls: tuple[Control, ...] = ()
    block: str = ""
    """The tag of the control around the whole paragraph, with others perhaps; a control of LibreOffice's has none."""

    def says(self, control: Control) -> str:
        """The text in one of its controls."""
        return self.text[control.start : control.end].strip()

    @property
    def outside(self) -> tuple[str, ...]:
        """Its text before, between and behind its controls."""
        ends = [0, *(control.end for control in self.controls)]
        starts = [*(control.start for control in self.controls), len(self.text)]
        return tuple(self.text[end:start].strip() for end, start in zip(ends, starts, strict=True))


@dataclass(frozen=True)
class WordText:
    """All that a Word file says."""

    paragraphs: tuple[Paragraph, ...]
    furniture: frozenset[str] = field(default_factory=frozenset)
    """What stands in heads and feet."""
    comments: tuple[str, ...] = ()


def plain(text: str) -> str:
    """A text with one space for any white space, and without signs that only say where a line may end."""
    return " ".join(text.translate(_SIGNS).split())


def read_word(file: Path) -> WordText:
    """What a Word file says. Raises KvisdocsError for what is none, or cannot be read."""
    try:
        opened = open_docx(file)
    except UnreadableError as error:
        todo = N_("open it in Word and save it as .docx without a password, or choose another file")
        raise KvisdocsError(Problem(Position(str(file)), error.what, todo)) from None
    roots = opened.body, opened.root("footnotes"), opened.root("endnotes")
    found = [paragraph for root in roots if root is not None for paragraph in _paragraphs(root)]
    return WordText(tuple(found), frozenset(_furniture(opened)), tuple(_comments(opened)))


def read_made(data: bytes) -> WordText:
    """What a Word file that was just made says. Raises as `read_word`."""
    with tempfile.TemporaryDirectory(prefix="kvisdocs-") as folder:
        file = Path(folder) / "made.docx"
        file.write_bytes(data)
        return read_word(file)


def read_created(file: Path) -> date | None:
    """The day on which the file says that it was made: the letter date of ours."""
    try:
        with zipfile.ZipFile(file) as archive:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            created = etree.fromstring(archive.read("docProps/core.xml"), parser).findtext(_CREATED)
        return date.fromisoformat((created or "")[:10])
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError):
        return None


def _paragraphs(container: _Element) -> Iterator[Paragraph]:
    """All with text or a control, in the order of the file; the mark of a draft is no text of it."""
    places = {location.element: place(location.steps) for location in locate(container)}
    for element in container.iter(f"{W}p"):
        if next(element.iterancestors(f"{MC}Fallback", f"{W}del", f"{W}moveFrom"), None) is not None:
            continue
        paragraph = _read(element, places.get(element, N_("a text box")))
        if (paragraph.text or paragraph.controls) and paragraph.text != DRAFT:
            yield paragraph


def _read(element: _Element, where: Message) -> Paragraph:
    reader = _Reader()
    reader.walk(element)
    block = next((each for each in element.iterancestors(f"{W}sdt") if _is_control(each)), None)
    name, title = _names(block) if block is not None else ("", "")
    text = "".join(reader.signs)
    cut = len(text) - len(text.lstrip())
    text = text.strip()
    controls = [
        replace(each, start=min(max(each.start - cut, 0), len(text)), end=min(max(each.end - cut, 0), len(text)))
        for each in reader.controls
    ]
    if block is not None and not controls:
        controls = [Control(0, len(text), name, title)]
        return Paragraph(text, where, tuple(controls), name or title or "?")
    return Paragraph(text, where, tuple(controls))


class _Reader:
    """Gathers the signs of one paragraph, and where its controls begin and end."""

    def __init__(self) -> None:
        self.signs: list[str] = []
        self.controls: list[Control] = []

    def walk(self, element: _Element) -> None:
        for child in element.iterchildren("*"):
            if child.tag in _UNSEEN or (child.tag == f"{W}r" and child.find(f"{W}rPr/{W}vanish") is not None):
                continue
            if child.tag == f"{W}t":
                self._add(child.text or "")
            elif child.tag in _BLANKS:
                self._add(" ")
            elif child.tag == _HYPHEN:
                self._add("-")
            elif child.tag == f"{W}sdt" and _is_control(child):
                self._control(child)
            else:
                self.walk(child)

    def _control(self, element: _Element) -> None:
        start = len(self.signs)
        content = element.find(f"{W}sdtContent")
        if content is not None and element.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
            self.walk(content)
        self.controls.append(Control(start, len(self.signs), *_names(element)))

    def _add(self, text: str) -> None:
        for sign in text.translate(_SIGNS):
            if not sign.isspace():
                self.signs.append(sign)
            elif self.signs and self.signs[-1] != " ":
                self.signs.append(" ")


def _is_control(element: _Element) -> bool:
    """Whether a control is a field for people, not the frame of a table of contents."""
    return element.find(f"{W}sdtPr/{W}docPartObj") is None


def _names(element: _Element) -> tuple[str, str]:
    properties = element.find(f"{W}sdtPr")
    return value(properties, "tag") or "", value(properties, "alias") or ""


def _furniture(file: WordFile) -> Iterator[str]:
    for kind in ("header", "footer"):
        for part in file.parts.get(kind, ()):
            for paragraph in _paragraphs(part.root):
                said = paragraph.text.replace(DRAFT, "")
                letters = plain("".join(sign for sign in said if not sign.isdigit()))
                if letters:
                    yield letters


def _comments(file: WordFile) -> Iterator[str]:
    root = file.root("comments")
    for comment in () if root is None else root.iterfind(f"{W}comment"):
        said = plain(" ".join(each.text or "" for each in comment.iter(f"{W}t")))
        yield said
