"""Letters that are too long: by the limit of their document, or beside the others of the run."""

from collections.abc import Iterable, Mapping
from statistics import median

from kvisdocs.templating.documents import Document

TIMES, MORE = 3, 4
"""More than so many times the usual number of pages, and at least so many pages more, is far from it."""

FEW = 5
"""Of fewer documents nobody can say what is usual."""


def too_long(document: Document, pages: int | None) -> str:
    """`12 pages, at most 8 are expected`; empty when all is well or the pages are not known."""
    if pages is None or document.max_pages is None or pages <= document.max_pages:
        return ""
    return f"{pages} pages, at most {document.max_pages} expected"


def find_unusual(pages: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], str]:
    """The documents far longer than the median of their kind, with the figures. Keys are case id and document."""
    kinds: dict[str, list[int]] = {}
    for (_, document), number in pages.items():
        kinds.setdefault(document, []).append(number)
    usual = {document: median(numbers) for document, numbers in kinds.items() if len(numbers) >= FEW}
    found = {}
    for key, number in pages.items():
        middle = usual.get(key[1])
        if middle is not None and number > TIMES * middle and number >= middle + MORE:
            found[key] = f"{number} pages, half of the others have {middle:g} or fewer"
    return found


def histogram(pages: Iterable[int]) -> dict[int, int]:
    """How many documents have so many pages, from 1 to the most, none left out."""
    found = list(pages)
    return {number: found.count(number) for number in range(1, max(found, default=0) + 1)}
