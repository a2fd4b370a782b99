"""A rule file that says only what differs from another: the two laid together, each part still known by its place.

Lists such as `steps`, `questionnaire` and `categories` go by id or number: one that the base has is replaced where it
stands, others come last or `after` a step. `return_plan` goes by its keys; anything else is replaced whole.
`drop` takes away.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kvisdocs.cases.yaml.source import Source, Step
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, suggest

_BY_ID = ("steps", "recurring", "minimums", "questionnaire", "offers", "end_reasons", "goals", "merges")
_NAMED_BY = {**dict.fromkeys(_BY_ID, "id"), "categories": "number"}
_OWN = ("name", "base", "drop")

Path = tuple[Step, ...]
Home = tuple[Source, Path]


@dataclass(frozen=True)
class Overlay(Source):
    """The data of several rule files laid together, each part of which stands in one of them."""

    homes: Mapping[Path, Home] = field(default_factory=dict)

    def locate(self, path: Path) -> Position:
        """Where the value at `path` begins, in the file that says it."""
        source, there = find_home(self, path)
        return source.locate(there)

    def locate_key(self, path: Path) -> Position:
        """Where the key at the end of `path` stands, in the file that says it."""
        source, there = find_home(self, path)
        return source.locate_key(there)

    def sign_at(self, position: Position) -> str:
        """The sign that stands there."""
        sources = (source for source, _ in self.homes.values() if source.file == position.file)
        return next((source.sign_at(position) for source in sources), "")


def rules_of(source: Source) -> dict[str, Any]:
    """The keys of a rule file; none where it holds something else."""
    return dict(source.data) if isinstance(source.data, dict) else {}


def find_home(source: Source, path: Path) -> Home:
    """The file in which the value at `path` stands, and its path there."""
    if not isinstance(source, Overlay):
        return source, path
    for end in range(len(path), -1, -1):
        if path[:end] in source.homes:
            above, there = source.homes[path[:end]]
            return above, (*there, *path[end:])
    return source, path  # pragma: no cover  (the empty path always has a home)


def lay_over(over: Source, base: Source) -> Overlay:
    """The rules of `base` with what `over` says. Raises KvisdocsError for what is dropped or named and is not there."""
    own_rules, below = rules_of(over), rules_of(base)
    problems: list[Problem] = []
    data: dict[str, Any] = {}
    homes: dict[Path, Home] = {(): (over, ())}
    dropped = _find_dropped(over, base, problems)
    for key in [*(key for key in below if key not in _OWN), *(key for key in own_rules if key not in below)]:
        if key in dropped or key == "drop":
            continue
        value, own = below.get(key), own_rules.get(key)
        if key in _NAMED_BY and isinstance(value or [], list) and isinstance(own or [], list):
            laid = _lay_list(key, over, base, dropped, problems)
            data[key] = [item for item, _ in laid]
            homes |= {(key, at): home for at, (_, home) in enumerate(laid)}
            homes[key,] = (over, (key,)) if own else find_home(base, (key,))
        elif key == "return_plan" and isinstance(value, dict) and isinstance(own, dict):
            data[key] = value | own
            homes |= {(key, each): find_home(base, (key, each)) for each in value}
            homes |= {(key, each): (over, (key, each)) for each in own}
            homes[key,] = (over, (key,))
        else:
            data[key] = own if key in own_rules else value
            homes[key,] = (over, (key,)) if key in own_rules else find_home(base, (key,))
    for key in ("name", "base"):
        if key in own_rules:
            data[key], homes[key,] = own_rules[key], (over, (key,))
    if problems:
        raise KvisdocsError(problems)
    return Overlay(over.file, data, over.text, homes=homes)


def find_stray(source: Source) -> Iterator[tuple[Path, Message, Message]]:
    """What only a file with a base may say, in one that has none."""
    steps = rules_of(source).get("steps")
    items = steps if isinstance(steps, list) else []
    paths: list[Path] = [("drop",)] if "drop" in rules_of(source) else []
    paths += [("steps", at, "after") for at, item in enumerate(items) if isinstance(item, dict) and "after" in item]
    for path in paths:
        what = message("programme.overlay.no_base", '"{key}" is only for a file that has a base', key=path[-1])
        yield path, what, N_('add "base: …", or delete the line')


def _names(items: Any, key: str) -> list[str]:
    """The ids or numbers of a list's items."""
    named = items if isinstance(items, list) else []
    return [str(item.get(_NAMED_BY[key])) for item in named if isinstance(item, dict)]


def _find_dropped(over: Source, base: Source, problems: list[Problem]) -> set[str]:
    """What is not taken over. What is no list of texts is left to the form's check."""
    drop, below = rules_of(over).get("drop"), rules_of(base)
    known = {name for key in _NAMED_BY for name in _names(below.get(key), key)}
    known |= {key for key in below if key not in _OWN}
    for at, name in enumerate(drop if isinstance(drop, list) else []):
        if str(name) not in known:
            what = message("programme.overlay.nothing_to_drop", 'the base has no "{name}" to drop', name=name)
            problems.append(Problem(over.locate(("drop", at)), what, suggest(str(name), sorted(known))))
    if drop is not None and not isinstance(drop, list):
        what = message("programme.overlay.drop_no_list", '"drop" should be a list')
        problems.append(Problem(over.locate(("drop",)), what, N_("write drop: [first_talk]")))
    return {str(name) for name in drop} if isinstance(drop, list) else set()


def _lay_list(
    key: str, over: Source, base: Source, dropped: set[str], problems: list[Problem]
) -> list[tuple[Any, Home]]:
    """A list's items with their places. One of the same id stays where it was, unless it says `after`."""
    by = _NAMED_BY[key]
    laid: list[tuple[Any, Home]] = [
        (item, find_home(base, (key, at)))
        for at, item in enumerate(rules_of(base).get(key) or [])
        if not (isinstance(item, dict) and str(item.get(by)) in dropped)
    ]
    for at, item in enumerate(rules_of(over).get(key) or []):
        home: Home = (over, (key, at))
        if not isinstance(item, dict):
            laid.append((item, home))
            continue
        after = item.get("after") if key == "steps" else None
        own = {each: value for each, value in item.items() if key != "steps" or each != "after"}
        names = _names([each for each, _ in laid], key)
        found = names.index(str(item.get(by))) if str(item.get(by)) in names else None
        replaces = found is not None and laid[found][1][0] is not over
        if after is not None and str(after) not in names:
            what = message("programme.overlay.after_nothing", 'there is no step "{step}" to come after', step=after)
            problems.append(Problem(over.locate((key, at, "after")), what, suggest(str(after), names)))
        elif after is not None:
            if replaces and found is not None:
                del laid[found]
            names = _names([each for each, _ in laid], key)
            laid.insert(names.index(str(after)) + 1 if str(after) in names else len(laid), (own, home))
        elif replaces and found is not None:
            laid[found] = (own, home)
        else:
            laid.append((own, home))
    return laid
