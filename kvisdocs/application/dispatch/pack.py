"""Finished documents as a ZIP file, each under a name that a pattern gives."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from kvisdocs.application.dispatch.file_names import fill_pattern, make_unique, safe_name
from kvisdocs.application.dispatch.finished import FinishedFile
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem

PATTERN = "{case_number} {document} {date}"
"""How files are called unless said."""

PLACES = ("case", "case_number", "document", "date", "name", "caseworker", "municipality")
"""What a pattern may name."""


def describe(file: FinishedFile) -> dict[str, str]:
    """What stands for each of PLACES."""
    return {
        "case": file.loaded.id,
        "case_number": file.case_number or file.loaded.id,
        "document": file.document.title,
        "date": file.day.isoformat(),
        "name": file.person,
        "caseworker": file.caseworker or "uden sagsbehandler",
        "municipality": file.profile.name,
    }


def name_files(files: Sequence[FinishedFile], pattern: str) -> list[str]:
    """The name of each within the archive. Raises KvisdocsError where one would hold a CPR number."""
    names = [fill_pattern(pattern, describe(file)) for file in files]
    problems = [_with_number(file, name) for file, name in zip(files, names, strict=True) if _holds_cpr(file, name)]
    if problems:
        raise KvisdocsError(problems)
    endings = {file.format for file in files}
    unique = {ending: make_unique([name for name, file in zip(names, files, strict=True) if file.format == ending])
              for ending in endings}  # fmt: skip
    left = {ending: iter(own) for ending, own in unique.items()}
    return [f"{next(left[file.format])}.{file.format}" for file in files]


def _holds_cpr(file: FinishedFile, name: str) -> bool:
    case = file.loaded.case
    digits = "".join(filter(str.isdigit, name))
    return isinstance(case, CitizenCase) and "".join(filter(str.isdigit, case.citizen.cpr)) in digits


def _with_number(file: FinishedFile, name: str) -> Problem:
    what = message("dispatch.name.cpr", 'the name "{name}" would hold the CPR number', name=name)
    return Problem(Position(str(file.path)), what, N_("leave it out of the pattern, or out of the case number"))


def make_archives(
    files: Sequence[FinishedFile], path: Path, pattern: str, per_caseworker: bool
) -> list[tuple[Path, bytes, int]]:
    """The archive at that path, or one of each caseworker's files beside it; and how many files are in each."""
    if not per_caseworker:
        return [(path, _archive(files, pattern), len(files))]
    by_caseworker: dict[str, list[FinishedFile]] = {}
    for file in files:
        by_caseworker.setdefault(describe(file)["caseworker"], []).append(file)
    names = make_unique([safe_name(f"{path.stem} {name}") for name in by_caseworker])
    return [
        (path.with_name(f"{name}{path.suffix}"), _archive(own, pattern), len(own))
        for name, own in zip(names, by_caseworker.values(), strict=True)
    ]


def _archive(files: Sequence[FinishedFile], pattern: str) -> bytes:
    """The same files give the same bytes: each has its letter's date."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, name in sorted(zip(files, name_files(files, pattern), strict=True), key=lambda each: each[1]):
            entry = zipfile.ZipInfo(name, (max(1980, file.day.year), file.day.month, file.day.day, 0, 0, 0))
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, file.data, zipfile.ZIP_DEFLATED)
    return data.getvalue()
