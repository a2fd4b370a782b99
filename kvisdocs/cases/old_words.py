"""What a case may still be called by its old word: it is read as the new one, and `check` says so.

A case had one `company_course`; it has `company_courses`, a list.
"""

from dataclasses import dataclass, replace
from functools import cached_property

from kvisdocs.cases.yaml.locate import Spot
from kvisdocs.cases.yaml.source import Source, Step
from kvisdocs.cases.yaml.yaml_builder import PositionTable
from kvisdocs.messages import N_, message
from kvisdocs.problems import Problem, Severity

OLD, NEW = "company_course", "company_courses"

Path = tuple[Step, ...]


@dataclass(frozen=True)
class RenamedSource(Source):
    """A source whose data bears the new word, and whose places are those of the old one in the file."""

    is_list: bool = False
    """Whether a list stood under the old word already."""

    def _written(self, path: Path) -> Path:
        """The path as the file has it."""
        if path[:1] != (NEW,):
            return path
        return (OLD, *(path[1:] if self.is_list else path[2:]))

    @cached_property
    def _positions(self) -> PositionTable:
        places = Source(self.file, self.data, self.text)._positions
        for table in (places.values, places.keys, places.written):
            for path in [each for each in table if each[:1] == (OLD,)]:
                table[self._renamed(path)] = table[path]  # type: ignore[assignment]
        return places

    def _renamed(self, path: Path) -> Path:
        if self.is_list or len(path) == 1:
            return (NEW, *path[1:])
        return (NEW, 0, *path[1:])

    def _seek(self, path: Path) -> Spot | None:
        return super()._seek(self._written(path))


def with_new_words(source: Source) -> Source:
    """The source as if it were written today. One that says both, or nothing, under the old word is left as it is."""
    data = source.data
    if not isinstance(data, dict) or data.get(OLD) is None or NEW in data or isinstance(source, RenamedSource):
        return source
    is_list = isinstance(data[OLD], list)
    renamed = {
        NEW if key == OLD else key: [value] if key == OLD and not is_list else value for key, value in data.items()
    }
    fields = {name: getattr(source, name) for name in Source.__dataclass_fields__}
    found = RenamedSource(**fields | {"data": renamed}, is_list=is_list)
    return replace(found, spoilt=source.spoilt | {found._renamed(path) for path in source.spoilt if path[:1] == (OLD,)})


def check_old_words(source: Source) -> list[Problem]:
    """A note where the case says the old word."""
    if not isinstance(source, RenamedSource):
        return []
    what = message("case.key.renamed", 'the key "{old}" is called "{new}" now, and is a list', old=OLD, new=NEW)
    todo = N_('write "{new}:", and "- " before the first key below', new=NEW)
    return [Problem(source.locate_key((NEW,)), what, todo, Severity.NOTE)]
