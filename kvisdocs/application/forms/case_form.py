"""A case's text as a form, and the text that a filled form makes of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel

from kvisdocs.application.forms.words import find_words
from kvisdocs.application.scaffold.cases import FILL_IN
from kvisdocs.cases.form.edits import Filled, fill_in, find_change, find_edits
from kvisdocs.cases.form.parts import Part, lay_out, walk
from kvisdocs.cases.form.places import Places
from kvisdocs.cases.load import KIND_TITLES, KINDS
from kvisdocs.cases.yaml.edit import Put
from kvisdocs.cases.yaml.source import Source, scan_bytes
from kvisdocs.cases.yaml.yaml_builder import Data, Path
from kvisdocs.problems import KvisdocsError, Problem
from kvisdocs.templating.html import Assets

_MARK = re.compile(rf"[ \t]*# {FILL_IN}\b[^\r\n]*".encode())

MOST_VALUES = 4_000
"""So many keys and items has a case that is laid out as a form: ten times the longest that is known."""


@dataclass(frozen=True)
class Press:
    """A button of a form: what it does, to which part, and with which name."""

    action: str
    name: str
    key: str = ""


@dataclass(frozen=True)
class CaseForm:
    """A case laid out as a form."""

    text: bytes
    source: Source
    model: type[BaseModel]
    root: Part

    @cached_property
    def parts(self) -> dict[Path, Part]:
        """All its parts by path."""
        return {part.path: part for part in walk(self.root)}

    def fill_in(self, filled: Filled, press: Press | None = None) -> tuple[bytes, Path]:
        """The text with what was filled in, and the part that has the focus after a button; `()` where none has.

        Raises KvisdocsError for what cannot stand in a case.
        """
        change = find_change(self.root, press.action, press.name, press.key) if press else None
        more = [change[0]] if change else []
        text = fill_in(self._without_marks(filled), self.source.file, self.root, self.model, filled, more)
        return text, change[1] if change else ()

    def _without_marks(self, filled: Filled) -> bytes:
        """The text without the mark of what must be filled in, behind each key that is filled in now."""
        if _MARK.search(self.text) is None:
            return self.text
        lines = self.text.split(b"\n")
        for edit in find_edits(self.root, filled):
            part = self.parts.get(edit.path)
            if isinstance(edit, Put) and edit.value and part and part.is_given and not part.written:
                number = self.source.locate_key(edit.path).line - 1
                lines[number] = _MARK.sub(b"", lines[number])
        return b"\n".join(lines)

    def place(self, problems: Iterable[Problem]) -> list[tuple[Problem, Part]]:
        """Each problem with the part that it belongs to; the whole form where it is none's."""
        places = Places(self.source)
        return [(each, self.parts[places.find_path(each, self.parts)]) for each in problems]


def open_form(text: bytes, file: str, assets: Assets) -> CaseForm | None:
    """The case as a form.

    None for what is no sound YAML, for what does not say which kind of case it is, and for more than anybody fills in.
    """
    try:
        source = scan_bytes(text, file)
    except KvisdocsError:
        return None
    kind = source.data.get("kind") if isinstance(source.data, dict) else None
    if source.problems or not isinstance(source.data, dict) or not isinstance(kind, str) or kind not in KINDS:
        return None
    if _count(source.data) > MOST_VALUES:
        return None
    root = lay_out(source.data, KINDS[kind], find_words(source.data, assets), KIND_TITLES[kind])
    return CaseForm(text, source, KINDS[kind], root)


def _count(data: Data) -> int:
    below = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return 1 + sum(map(_count, below))
