"""What is said of files that stay as they are, though something newer was made or might be."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path

from kvisdocs.application.store.atomic_files import is_there
from kvisdocs.application.store.manifest import Manifest, Place, Record
from kvisdocs.application.store.output_store import HELD_BACK, OutputStore
from kvisdocs.messages import N_, listed, message
from kvisdocs.problems import Position, Problem, Severity, say_first


def tell_kept(store: OutputStore, case_id: str, record: Record, formats: Collection[str]) -> Iterator[Problem]:
    """A warning for each file that is not to be overwritten and has what kvisdocs made beside it, naming both; a note
    where there is none. Raises OSError.
    """
    for format in formats:
        made = store.locate(case_id, record, format)
        for place in Place:
            path = store.path(case_id, record.document, format, place)
            why = store.find_keeper(case_id, record, format, place)
            if why is None or (made and made[1] == path):
                continue
            if made:
                what = message(
                    "output.file.kept_beside_new", '{why}, so it stays; the new one is "{file}"', why=why, file=made[1]
                )
                todo = N_("take over what you need, and delete one of the two; or overwrite it with --replace")
                yield Problem(Position(str(path)), what, todo, Severity.WARNING)
            else:
                what = message("output.file.kept", "{why}, and stays", why=why)
                yield Problem(Position(str(path)), what, N_("--replace makes it anew"), Severity.NOTE)


def tell_gone(
    store: OutputStore, manifest: Manifest, paths: Iterable[Path], case_ids: Collection[str]
) -> list[Problem]:
    """A warning for each letter that was made of a case in one of the folders in `paths`, where that case is no more.

    `case_ids` are the cases that are in them now. Raises OSError.
    """
    folders = {manifest.name_folder(path): path for path in paths if path.is_dir()}
    known = [each for each in manifest.records.values() if folders.keys() & set(each.folders)]
    names = {each.document for each in known}
    there = {manifest.key_of(case_id, name) for case_id in case_ids for name in names}
    gone = [each for each in known if each.key not in there]
    if not gone:
        return []
    output = store.output
    own = {path.name for folder in (output, output / HELD_BACK) for path in folder.glob("*/")} - set(case_ids)
    owners = {manifest.key_of(case_id, name): case_id for case_id in own for name in names}
    found = []
    for record in (each for each in gone if each.key in owners):
        case_id, folder = owners[record.key], folders[next(each for each in record.folders if each in folders)]
        what = message(
            "output.file.case_gone",
            'was made of the case "{case_id}", which is no longer in {folder}',
            case_id=case_id,
            folder=folder,
        )
        lying = (store.path_of(case_id, record, format) for format in record.files)
        found += [
            Problem(Position(str(path)), what, N_("delete it unless you need it"), Severity.WARNING)
            for path in lying
            if is_there(path)
        ]
    return list(say_first(sorted(found), lambda each: each))


def tell_dated(store: OutputStore, case_id: str, record: Record, formats: Collection[str], day: date) -> Problem:
    """A note that a finished document keeps its letter date."""
    dates = sorted({record.files[format].inputs.get("date", "") for format in formats})
    lying = [found[1] for format in formats if (found := store.locate(case_id, record, format))]
    path = lying[0] if lying else store.path_of(case_id, record, next(iter(formats)))
    what = message(
        "output.file.keeps_date",
        "is dated {dates}, and nothing but the letter date is another now, so it stays",
        dates=listed(dates, N_("and")),
    )
    return Problem(Position(str(path)), what, N_("--redate makes it anew, dated {day}", day=day), Severity.NOTE)
