"""What is said of files that stay as they are, though something newer was made or might be."""

from collections.abc import Collection, Iterator
from datetime import date

from kvisdocs.batch.manifest import Place, Record
from kvisdocs.batch.places import Places
from kvisdocs.problems import Position, Problem, Severity


def tell_kept(places: Places, case_id: str, record: Record, formats: Collection[str]) -> Iterator[Problem]:
    """A warning for each file that is not to be overwritten and has what kvisdocs made beside it, naming both; a note
    where there is none. Raises OSError.
    """
    for format in formats:
        made = places.locate(case_id, record, format)
        for place in Place:
            path = places.path(case_id, record.document, format, place)
            why = places.find_keeper(case_id, record, format, place)
            if why is None or (made and made[1] == path):
                continue
            if made:
                what = f'{why}, so it stays; the new one is "{made[1]}"'
                todo = "take over what you need, and delete one of the two; or overwrite it with --replace"
                yield Problem(Position(str(path)), what, todo, Severity.WARNING)
            else:
                yield Problem(Position(str(path)), f"{why}, and stays", "--replace makes it anew", Severity.NOTE)


def tell_dated(places: Places, case_id: str, record: Record, formats: Collection[str], day: date) -> Problem:
    """A note that a finished document keeps its letter date."""
    dates = sorted({record.files[format].inputs.get("date", "") for format in formats})
    lying = [found[1] for format in formats if (found := places.locate(case_id, record, format))]
    path = lying[0] if lying else places.path_of(case_id, record, next(iter(formats)))
    what = f"is dated {' and '.join(dates)}, and nothing but the letter date is another now, so it stays"
    return Problem(Position(str(path)), what, f"--redate makes it anew, dated {day}", Severity.NOTE)
