"""A case's text as a form, and the text that a filled form makes of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel

from kvisdocs.application.forms.words import find_words
from kvisdocs.cases.form.edits import Filled, fill_in, find_change
from kvisdocs.cases.form.parts import Part, lay_out, walk
from kvisdocs.cases.form.places import find_part_path
from kvisdocs.cases.load import KIND_TITLES, KINDS
from kvisdocs.cases.yaml.source import Source, scan_bytes
from kvisdocs.cases.yaml.yaml_builder import Path
from kvisdocs.problems import KvisdocsError, Problem
from kvisdocs.templating.html import Assets


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
        text = fill_in(self.text, self.source.file, self.root, self.model, filled, more)
        return text, change[1] if change else ()

    def place(self, problems: Iterable[Problem]) -> list[tuple[Problem, Part]]:
        """Each problem with the part that it belongs to; the whole form where it is none's."""
        return [(each, self.parts[find_part_path(each, self.source, self.parts)]) for each in problems]


def open_form(text: bytes, file: str, assets: Assets) -> CaseForm | None:
    """The case as a form; None for what is no sound YAML, and for what does not say which kind of case it is."""
    try:
        source = scan_bytes(text, file)
    except KvisdocsError:
        return None
    kind = source.data.get("kind") if isinstance(source.data, dict) else None
    if source.problems or not isinstance(source.data, dict) or not isinstance(kind, str) or kind not in KINDS:
        return None
    root = lay_out(source.data, KINDS[kind], find_words(source.data, assets), KIND_TITLES[kind])
    return CaseForm(text, source, KINDS[kind], root)
