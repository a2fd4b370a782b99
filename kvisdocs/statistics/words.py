"""The Danish words of figures and what stands in their tables: read from `data/figures.yaml`, not written in code."""

from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.numbers import Count
from kvisdocs.cases.model.values import Flag, Text
from kvisdocs.cases.yaml.source import read_source

_FILE = Path(__file__).parent / "data" / "figures.yaml"


class FigureWords(Value):
    """What is said of a figure."""

    label: Text
    definition: Text
    base: Text | None = None
    open: Flag = False
    say: Text | None = None
    one: Text | None = None
    thereof: Text | None = None
    skip_none: Flag = False


class Pattern(Value):
    """What is said of figures of which there are many alike; what differs stands in braces."""

    label: Text
    definition: Text


class TableWords(Value):
    """A table of figures that are known by their names."""

    id: Text
    block: Literal["A", "B", "C", "D", "E"]
    title: Text
    base: Text | None = None
    multiple: Flag = False
    heading: Text | None = None
    tail: str = ""
    rows: tuple[Text, ...]

    @property
    def leveled(self) -> list[tuple[str, int]]:
        """The rows' figures, each with how many it stands below: "> outcome.job" is 1."""
        return [(row.lstrip("> "), len(row) - len(row.lstrip(">"))) for row in self.rows]


class Words(Value):
    """The whole file."""

    figures: dict[str, FigureWords]
    patterns: dict[str, Pattern]
    phrases: dict[str, Text]
    tables: tuple[TableWords, ...]
    sentences: dict[str, tuple[tuple[Text, ...], ...]]
    shares: tuple[tuple[Count, Text], ...] = Field(min_length=1)

    def share(self, percent: int) -> str:
        """The words for a share in whole per cent: 49 → Halvdelen."""
        return self.shares[bisect_right([least for least, _ in self.shares], percent) - 1][1]


@cache
def load_words() -> Words:
    """The words, read once."""
    return Words.model_validate(read_source(_FILE).data)


def phrase(name: str, /, **values: object) -> str:
    """A phrase with what belongs in its braces."""
    return load_words().phrases[name].format(**values)
