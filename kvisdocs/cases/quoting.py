"""Where in a case the words stand that a finished document shows: for problems that only the document reveals."""

from collections.abc import Collection, Iterator

from kvisdocs.cases.source import Data, Source, Step
from kvisdocs.problems import Position

Path = tuple[Step, ...]

_EVEN = str.maketrans("\u00a0\n\t\u2011", "   -", "\u00ad\u200b")
_FEWEST = 3
"""Letters that a value needs before it is looked for in the words, instead of they in it."""


def find_quoted(source: Source, words: str, beside: Collection[str] = ()) -> tuple[Path, Position] | None:
    """The value of the case that holds these words, or of which they are made, and where the words begin in it.

    Of several, the one that holds most of the texts `beside` them; of these, the nearest in length; then the first.
    """
    wanted = _even(words)
    if not wanted:
        return None
    others = [_even(text) for text in beside]
    best: tuple[tuple[int, int], Path, int] | None = None
    for path, text in _texts(source.data, ()):
        shown = _even(text)
        offset = shown.find(wanted)
        distance = len(shown) - len(wanted)
        if offset < 0:
            if len(shown.strip()) < _FEWEST or shown.strip() not in wanted:
                continue
            offset, distance = 0, len(source.text) + len(wanted) - len(shown)  # behind all that hold the words
        rank = -sum(other in shown for other in others), distance
        if best is None or rank < best[0]:
            best = rank, path, offset if len(shown) == len(text) else 0
    return (best[1], source.locate_in(best[1], best[2])) if best else None


def _even(text: str) -> str:
    return text.translate(_EVEN)


def _texts(data: Data, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, inner in data.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(data, list):
        for number, inner in enumerate(data):
            yield from _texts(inner, (*path, number))
