"""Keeps the catalogues of translations, `kvisdocs/locale/<language>/LC_MESSAGES/kvisdocs.po`.

.venv/bin/python docs/catalogue.py            gather every text of the sources, and compile the catalogues
.venv/bin/python docs/catalogue.py --check    exit 1 if a text is not translated, or a file is not what it would write

Texts are gathered from the calls that make messages, from the templates of kvisdocs' own pages, and from the command
line's help. What nobody says any more is deleted.
"""

import ast
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kvisdocs.cli.main import main
from kvisdocs.cli.terminal.language import help_paragraphs
from kvisdocs.languages import DOMAIN, ENGLISH, LANGUAGES, LOCALE

ROOT = Path(__file__).parent.parent
KEYWORDS = {"message": (1,), "N_": (0,), "counted": (1, 2), "_": (0,), "ngettext": (0, 1)}
"""Which arguments of which functions are texts. (Babel's own reader of Python is led astray by calls within calls.)"""
ONE_LANGUAGE = {"english", "label"}
"""Values that one language alone shows: an English word beside the Danish one, and what a key is called in Danish."""

CLICK = Path(click.__file__).parent
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""In every file's head: a date that changes with each call would make every change a conflict."""


def find_texts() -> Iterator[tuple[str, str | tuple[str, str]]]:
    """Every text with the place that it comes from; two forms where a number decides."""
    for path in sorted((ROOT / "kvisdocs").rglob("*.py")):
        yield from ((path.relative_to(ROOT).as_posix(), text) for text in _texts_of(path))
    for path in sorted((ROOT / "kvisdocs").rglob("*.html.j2")):
        if "bundled" not in path.parts:
            yield from ((path.relative_to(ROOT).as_posix(), text) for text in _texts_of_page(path))
    for path in sorted(CLICK.rglob("*.py")):
        yield from ((f"click/{path.name}", text) for text in _texts_of(path))
    for command in _commands(main):
        for text in (command.help, *(getattr(each, "help", None) for each in command.params)):
            yield from (("--help", each) for each in help_paragraphs(text or "") if "\b" not in each)


def _texts_of(path: Path) -> Iterator[str | tuple[str, str]]:
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            found = [node.args[number] for number in KEYWORDS[node.func.id] if number < len(node.args)]
            texts = [each.value for each in found if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if texts and len(texts) == len(KEYWORDS[node.func.id]):
                yield texts[0] if len(texts) == 1 else (texts[0], texts[1])


def _texts_of_page(path: Path) -> Iterator[str | tuple[str, str]]:
    for _, found, _, _ in extract_from_file("jinja2.ext:babel_extract", path, keywords={"_": None, "ngettext": (1, 2)}):
        yield found if isinstance(found, str) else (found[0], found[1])


def _commands(command: click.Command) -> Iterator[click.Command]:
    yield command
    if isinstance(command, click.Group):
        for each in command.commands.values():
            yield from _commands(each)


def po_path(language: str) -> Path:
    """Where a language's translations are written by hand."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read_catalogue(language: str) -> Catalog:
    """The translations that there are."""
    path = po_path(language)
    return read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)


def update(old: Catalog, language: str) -> Catalog:
    """The texts of the sources, with the translations that there are."""
    new = Catalog(
        locale=language,
        project="kvisdocs",
        version="1",
        creation_date=WRITTEN,
        revision_date=WRITTEN,
        header_comment=f"# The messages of kvisdocs in the language {language}. Kept by docs/catalogue.py.",
        fuzzy=False,
    )
    for where, text in find_texts():
        new.add(text, locations=[(where, 0)])
    for entry in new:
        known = old.get(entry.id) if entry.id else None
        if known is not None:
            entry.string = known.string
    return new


def as_po(catalogue: Catalog) -> bytes:
    """The file that people write."""
    file = BytesIO()
    write_po(file, catalogue, width=120, sort_by_file=True, include_lineno=False)
    return file.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """The file that the program reads."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def find_faults(catalogue: Catalog) -> Iterator[str]:
    """What is not translated, or names other values than the English does."""
    for entry in catalogue:
        if not entry.id:
            continue
        ids = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        if not all(strings):
            yield f"not translated: {ids[0]!r}"
        elif all(where.startswith("kvisdocs/") and where.endswith(".py") for where, _ in entry.locations):
            names = {name for text in ids for name in _places(text)}
            if wrong := ({name for text in strings for name in _places(text)} ^ names) - ONE_LANGUAGE:
                yield f"{sorted(wrong)} stand in one language only: {ids[0]!r}"


def _places(text: str) -> Iterator[str]:
    return (name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def main_(arguments: list[str]) -> int:
    """Write, or check, every catalogue; the exit code."""
    wrong = 0
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        catalogue = update(read_catalogue(language), language)
        path = po_path(language)
        files = {path: as_po(catalogue), path.with_suffix(".mo"): as_mo(catalogue)}
        faults = list(find_faults(catalogue))
        for fault in faults:
            print(f"{language}: {fault}")
        for file, data in files.items():
            if not file.exists() or file.read_bytes() != data:
                wrong += 1
                print(f"{file.relative_to(ROOT)} is {'not current' if '--check' in arguments else 'written'}")
                if "--check" not in arguments:
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(data)
        print(f"{language}: {len(list(catalogue)) - 1} texts, {len(faults)} faults")
        wrong = wrong + len(faults) if "--check" in arguments else len(faults)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main_(sys.argv[1:]))
