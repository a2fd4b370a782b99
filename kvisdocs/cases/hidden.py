"""Where a case holds signs that nobody sees; signs.py says which these are, and why."""

from collections.abc import Iterator

from kvisdocs.cases.signs import HIDDEN, describe_hidden
from kvisdocs.cases.source import Data, Source, Step
from kvisdocs.problems import Problem


def find_hidden(source: Source) -> list[Problem]:
    """An error for each text and each key of a case with such a sign in it, where it stands; the first of each."""
    if "\\" not in source.text and not HIDDEN.search(source.text):
        return []  # nor is one written as \\u202e, so that most cases need no walk
    return [
        Problem(source.locate_in(path, found.start()), *describe_hidden(found[0]))
        for path, text in iter_texts(source.data, keys=True)
        if (found := HIDDEN.search(text))
    ]


def iter_texts(data: Data, path: tuple[Step, ...] = (), keys: bool = False) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Every text in a case's data with its path, in order; with `keys`, the keys of groups too."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from iter_texts(item, (*path, number), keys)
    elif isinstance(data, dict):
        for key, item in data.items():
            if keys:
                yield (*path, key), key
            yield from iter_texts(item, (*path, key), keys)
