"""An empty list to fill in: a workbook with headings, notes and drop-downs in Danish, and the map that fits it.

All words are those of the models, as editors and docs/cases.md show them.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from kvisdocs.application.store.atomic_files import is_there
from kvisdocs.cases.load import KINDS
from kvisdocs.importing.fields import Field, Form, cut_words, dotted, fields_of, short_name, walk
from kvisdocs.importing.yaml_text import scalar
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.programme.rules.rule_registry import load_programmes
from kvisdocs.templating.html import Assets

ROWS = 5000
"""So many rows have drop-downs."""

MAIN = {"citizen": "Sager", "committee": "Punkter"}
KEY = {"citizen": "case_number", "committee": "number"}
CHOICES = "Valg"

_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class EmptyList:
    """An .xlsx and the text of its map."""

    workbook: bytes
    map: str


@dataclass(frozen=True)
class Heading:
    """A column: its heading, the field's path, and the field."""

    text: str
    path: str
    field: Field
    required: bool


def refuse_overwriting(paths: Iterable[Path]) -> None:
    """Raises KvisdocsError where a file is there: it may be a list that somebody has filled in."""
    what = message("import.template.is_there", "the file is there already")
    found = [
        Problem(Position(str(path)), what, N_("choose another name, or delete it")) for path in paths if is_there(path)
    ]
    if found:
        raise KvisdocsError(found)


def make_template(kind: str, assets: Assets) -> EmptyList:
    """The empty list of a kind of case. Raises KvisdocsError where openpyxl is not installed."""
    try:
        import openpyxl
    except ImportError:
        what = message("import.template.no_openpyxl", "to make a spreadsheet needs the package openpyxl")
        raise KvisdocsError(Problem(Position(""), what, N_('run: pip install "kvisdocs[import]"'))) from None
    choices = _named_choices(assets)
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    main = _headings(KINDS[kind], assets)
    key = next(each.text for each in main if each.path == KEY[kind])
    sheets = [(MAIN[kind], "", main), *_list_sheets(kind, key, assets)]
    writer = _Writer(book, choices)
    for name, _, headings in sheets:
        writer.write_sheet(name, headings)
    writer.write_choices()
    data = io.BytesIO()
    book.save(data)
    return EmptyList(data.getvalue(), _write_map(kind, key, sheets))


def _headings(model: type[BaseModel], assets: Assets) -> list[Heading]:
    """A heading for each field that a cell can hold, each once: where two are called the same, with their group."""
    found: list[tuple[tuple[Field, ...], str, bool]] = []
    for fields in walk(model):
        *groups, last = fields
        if fields[0].name == "kind" and model in KINDS.values():
            continue
        if last.form in {Form.VALUE, Form.VALUES}:
            needed = last.required and all(group.required for group in groups)
            found.append((fields, short_name(last), needed))
        elif last.form is Form.KEYS:
            for name, label in _keys(last, assets):
                field = replace(last, name=name, form=Form.VALUE, description=label, required=False)
                found.append(((*fields, field), label, False))
    taken: dict[str, int] = {}
    result = []
    for fields, short, needed in found:
        names = [short_name(group) for group in fields[:-1] if group.form is Form.GROUP]
        near = names[-2:] if names[-1:] == ["Adresse"] else names[-1:]
        text = short if near and short.startswith(near[-1]) else " – ".join([*near, short])
        if text.casefold() in taken:
            text = " – ".join([*names, short])
        if text.casefold() in taken:
            text = f"{text} ({dotted(fields)})"
        taken[text.casefold()] = 1
        result.append(Heading(text, dotted(fields), fields[-1], needed))
    return result


def _keys(field: Field, assets: Assets) -> list[tuple[str, str]]:
    """Known keys of a field whose keys the user chooses: the steps of all programmes, or those of the example."""
    if field.name == "steps":
        steps = {step.id: step.label for each in load_programmes(assets.folders) for step in each.steps}
        return [(name, f"Trin – {label}") for name, label in steps.items()]
    example = field.example if isinstance(field.example, dict) else {}
    return [(name, f"{short_name(field)} – {name}") for name in example]


def _list_sheets(kind: str, key: str, assets: Assets) -> Iterator[tuple[str, str, list[Heading]]]:
    """A sheet for each list of a case, with the key column first."""
    taken = {MAIN[kind].casefold(), CHOICES.casefold()}
    key_field = fields_of(KINDS[kind])[KEY[kind]]
    for fields in walk(KINDS[kind]):
        last = fields[-1]
        if last.form is Form.LIST and last.model is not None and not _needs_a_list(last.model):
            groups = [short_name(each) for each in fields[:-1][-1:]]
            name = " – ".join([*(group.partition(":")[0] for group in groups), short_name(last)])
            name = cut_words(" ".join(_NO_SHEET_NAME.sub(" ", name).split()), 31)
            name = name if name.casefold() not in taken else f"{name[:27]} {len(taken)}"
            taken.add(name.casefold())
            inner = [replace_text(each, key) for each in _headings(last.model, assets)]
            yield name, dotted(fields), [Heading(key, "", key_field, True), *inner]


def _needs_a_list(model: type[BaseModel]) -> bool:
    """Whether an item must hold a list of its own, as a table its rows: no sheet can say so."""
    return any(field.required and field.form is Form.LIST for field in fields_of(model).values())


def replace_text(heading: Heading, key: str) -> Heading:
    """A heading that is not the key column's."""
    return replace(heading, text=f"{heading.text} ({heading.path})") if heading.text == key else heading


def _named_choices(assets: Assets) -> dict[str, list[str]]:
    """What can be chosen for the fields that name something in templates/."""
    profiles = sorted(Path(name).stem for name in assets.names("profiles/*.yaml"))
    return {"municipality": profiles, "programme": [each.name for each in load_programmes(assets.folders)]}


class _Writer:
    """Writes the sheets of a workbook; what can be chosen is kept, for the last sheet."""

    def __init__(self, book: Any, named: dict[str, list[str]]) -> None:
        self.book = book
        self.named = named
        self.lists: dict[tuple[str, ...], int] = {}

    def write_sheet(self, name: str, headings: list[Heading]) -> None:
        from openpyxl.comments import Comment
        from openpyxl.styles import Alignment, Font, PatternFill
        from openpyxl.utils import get_column_letter

        sheet = self.book.create_sheet(name)
        sheet.freeze_panes = "B2"
        for number, heading in enumerate(headings, 1):
            cell = _write(sheet, 1, number, heading.text)
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if heading.required:
                cell.fill = PatternFill("solid", fgColor="FFE8C8")
            cell.comment = Comment(_note(heading), "kvisdocs", width=320, height=140)
            letter = get_column_letter(number)
            dimension = sheet.column_dimensions[letter]
            dimension.width = min(max(len(heading.text) * 0.7, 14), 40)
            dimension.number_format = "yyyy-mm-dd" if heading.field.kind.__name__ == "date" else "@"
            if chosen := self._choices(heading):
                self._drop_down(sheet, letter, chosen, several=heading.field.form is Form.VALUES)

    def _choices(self, heading: Heading) -> list[str]:
        field = heading.field
        if field.choice is not None:
            return [each.danish for each in field.choice]
        if field.kind is bool:
            return ["ja", "nej"]
        return self.named.get(heading.path, [])

    def _drop_down(self, sheet: Any, letter: str, chosen: list[str], several: bool) -> None:
        """A list to choose from. Where there may be several, divided by semicolons, other texts are let in."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        column = get_column_letter(self.lists.setdefault(tuple(chosen), len(self.lists) + 1))
        source = f"'{CHOICES}'!${column}$2:${column}${len(chosen) + 1}"
        rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=not several)
        rule.errorTitle, rule.error = "Ikke på listen", "Vælg en af listens værdier."
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{ROWS}")

    def write_choices(self) -> None:
        from openpyxl.styles import Font

        sheet = self.book.create_sheet(CHOICES)
        for chosen, number in self.lists.items():
            _write(sheet, 1, number, f"Valg {number}").font = Font(bold=True)
            for row, text in enumerate(chosen, 2):
                _write(sheet, row, number, text)


def _write(sheet: Any, row: int, column: int, text: str) -> Any:
    """Write a text, and never a formula: what it begins with may come from a file's name."""
    cell = sheet.cell(row, column, text)
    cell.data_type = "s"
    return cell


def _note(heading: Heading) -> str:
    """What the field is, with an example, for whoever fills in the list."""
    field = heading.field
    lines = [field.description + ("" if field.description.endswith(".") else ".")]
    if heading.required:
        lines.append("Skal udfyldes.")
    if field.form is Form.VALUES:
        lines.append("Flere skrives i samme celle med semikolon imellem.")
    if example := _example(field):
        lines.append(f"F.eks. {example}")
    return "\n".join(lines)


def _example(field: Field) -> str:
    if field.example is None or isinstance(field.example, dict):
        return ""
    values = field.example if isinstance(field.example, list) else [field.example]
    words = {each.value: each.danish for each in field.choice or ()}
    return "; ".join(words.get(str(value), str(value)) for value in values)


def _write_map(kind: str, key: str, sheets: list[tuple[str, str, list[Heading]]]) -> str:
    lines = [
        "# Hvilken kolonne der er hvilket felt. En kolonne, der ikke er brug for, slettes her og i arket.",
        f"kind: {kind}",
    ]
    (name, _, headings), *others = sheets
    lines += [f"sheet: {_quoted(name)}", f"key: {_quoted(key)}", "columns:"]
    lines += [f"  {each.path}: {_quoted(each.text)}" for each in headings]
    if others:
        lines.append("lists:")
    for name, path, headings in others:
        lines += [f"  {path}:", f"    sheet: {_quoted(name)}", f"    key: {_quoted(key)}", "    columns:"]
        lines += [f"      {each.path}: {_quoted(each.text)}" for each in headings[1:]]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return scalar(text, is_text=True)
