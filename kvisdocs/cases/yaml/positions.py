"""Where each key and value of a file stands, kept while it is read."""

from dataclasses import dataclass, field

from kvisdocs.problems import Position

Step = str | int
Path = tuple[Step, ...]


@dataclass
class PositionTable:
    """Where keys and values stand. Paths are tuples of keys and list numbers; `()` is the whole file."""

    values: dict[Path, Position] = field(default_factory=dict)
    keys: dict[Path, Position] = field(default_factory=dict)
    written: dict[Path, str] = field(default_factory=dict)
    """Each text as the file writes it, with its quotes or its block's indents."""
    _order: list[tuple[dict[Path, Position], Path]] = field(default_factory=list)

    def put(self, places: dict[Path, Position], path: Path, position: Position) -> None:
        """Keep one place, in `values` or in `keys`."""
        places[path] = position
        self._order.append((places, path))

    def count(self) -> int:
        """How many were kept so far."""
        return len(self._order)

    def copy_branch(self, there: Path, span: slice, here: Path) -> None:
        """What is used again by an anchor stands where it was written: `span` are the places kept while it was read."""
        for places, path in self._order[span]:
            copy = (*here, *path[len(there) :])
            self.put(places, copy, places[path])
            if places is self.values and path in self.written:
                self.written[copy] = self.written[path]
