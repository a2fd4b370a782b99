"""HtmlDocument: the one form between templates and writers, and the files that it may use."""

import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kvisdocs.cases.yaml.decode import decode
from kvisdocs.problems import KvisdocsError, Position, Problem, show_path

BASE_URL = "file:///kvisdocs-templates/"
"""What relative addresses in HTML and CSS are resolved against. No real folder: `Assets` answers for it."""

POSITION_ATTRIBUTE = "data-at"
"""Each start tag of a template carries `template:line:column` in it, so that a writer can say where a thing is from."""

_MARK = re.compile(r"(.+):(\d{1,9}):(\d{1,9})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Assets:
    """The template folders, first one first: a folder's own file wins over the one that ships."""

    folders: tuple[Path, ...]
    originals: tuple[Path, ...] = ()
    """What each folder is a copy of, if it is one. `remember_originals` has messages name its files by them."""

    def find(self, name: str) -> Path | None:
        """The file of that name (`fonts/Carlito-Regular.ttf`) inside the folders, or None.

        Never one outside them: absolute names, `..` and links that lead out find nothing.
        """
        pure = PurePosixPath(name)
        if pure.is_absolute() or ".." in pure.parts:
            return None
        for folder in self.folders:
            path = folder / pure
            try:
                if path.is_file() and _is_inside(path, folder):
                    return path
            except (OSError, ValueError):  # too long, not allowed to look, a NUL in it: no such file
                continue
        return None

    def read_text(self, name: str) -> str:
        """The text of a file. Raises FileNotFoundError, and KvisdocsError for one that is not UTF-8."""
        path = self.find(name)
        if path is None:
            raise FileNotFoundError(f'the file "{name}" is missing')
        text, problems = decode(path.read_bytes(), show_path(path))
        if problems:
            raise KvisdocsError(problems)
        return text

    def shown(self, name: str) -> str:
        """The path that messages show for a file."""
        path = self.find(name)
        return show_path(path) if path else name

    def names(self, pattern: str) -> list[str]:
        """The names of all files that match a pattern (`**/*.j2`), sorted."""
        found = {path.relative_to(folder).as_posix() for folder in self.folders for path in folder.glob(pattern)}
        return sorted(name for name in found if self.find(name))

    @property
    def copies(self) -> dict[Path, Path]:
        """The original of each folder that is a copy."""
        pairs = zip(self.folders, self.originals, strict=False)
        return {copy: original for copy, original in pairs if copy != original}


@dataclass(frozen=True, slots=True)
class PageFit:
    """What the PDF's layout asks of both files, so that their pages end alike.

    `classes` go onto `body`, for the stylesheet to say what they do. `tall_rows` are the rows that a page may cut in
    two, counted from 0 through all `tr` of the document.
    """

    classes: tuple[str, ...] = ()
    tall_rows: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PdfAttachment:
    """A finished PDF file that goes into a document's PDF."""

    anchor: str
    """The id of the element that announces it: its pages follow the page of that element."""
    label: str
    """What is written on each of its pages, before the page's number: Bilag 87.2."""
    title: str
    """Its bookmark: Bilag 87.2 – KVIS statistik."""
    data: bytes
    position: Position
    """Where the case names it."""


@dataclass(frozen=True, slots=True)
class HtmlDocument:
    """A document as HTML text, ready for any writer. `stylesheets` are asset names, in the order of the cascade.

    `letterhead` is the asset name of the Word file that the Word writer builds on, if the profile names one. `fit` is
    None until the document has been laid out. `doubts` are what a person should judge before it is sent.
    `attachments` go into its PDF. `stamp` is the word that its stylesheets put on every page, where it is a draft.
    """

    text: str
    title: str
    language: str
    assets: Assets
    stylesheets: tuple[str, ...]
    template: str
    letterhead: str | None = None
    doubts: tuple[Problem, ...] = ()
    fit: PageFit | None = None
    attachments: tuple[PdfAttachment, ...] = ()
    stamp: str = ""

    def position(self, mark: str | None) -> Position:
        """The place in a template that a `data-at` mark names; without a true mark, the document's own template."""
        found = _MARK.fullmatch(mark or "")
        if found is None:
            return Position(self.assets.shown(self.template))
        return Position(self.assets.shown(found[1]), int(found[2]), int(found[3]))


def _is_inside(path: Path, folder: Path) -> bool:
    """Whether a file lies in a folder when all links are followed."""
    return os.path.realpath(path).startswith(os.path.realpath(folder).rstrip(os.sep) + os.sep)
