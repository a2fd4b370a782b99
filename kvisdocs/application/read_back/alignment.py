"""Two Word files side by side: which fields say something else, and what is otherwise outside of fields."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from kvisdocs.application.read_back.word_text import Control, Paragraph, WordText
from kvisdocs.messages import N_, Message

ALIKE = 0.4
"""Two paragraphs with so many words in common are one that was changed."""

MOST_COMPARED = 4000
"""So many pairs of paragraphs are compared word by word in one place."""

Line = tuple[str | None, str | None]
"""What a line of a field said and says; None where there was or is none."""


@dataclass(frozen=True)
class FieldChange:
    """A field that says something else: the how-many-th of its name, and its lines before and after."""

    name: str
    number: int
    title: str
    place: Message
    lines: tuple[Line, ...]

    @property
    def before(self) -> str:
        """What it said."""
        return "\n".join(old for old, _ in self.lines if old)

    @property
    def after(self) -> str:
        """What it says."""
        return "\n".join(new for _, new in self.lines if new)


@dataclass(frozen=True)
class TextChange:
    """A text outside of fields that is another; empty before: it was added, empty after: deleted."""

    place: Message
    before: str
    after: str


@dataclass(frozen=True)
class Changes:
    """All that is otherwise. `share` of the paragraphs are the same."""

    fields: tuple[FieldChange, ...]
    texts: tuple[TextChange, ...]
    share: float


Pair = tuple[Paragraph | None, Paragraph | None]


def compare(ours: WordText, theirs: WordText) -> Changes:
    """What the edited file says otherwise than ours."""
    pairs = list(_pair_up(ours.paragraphs, theirs.paragraphs))
    found = _Gathered()
    for number, pair in enumerate(pairs):
        found.take(pair, pairs[number + 1 :])
    texts = [*found.texts, *_compare_furniture(ours, theirs)]
    same = sum(1 for one, two in pairs if one and two and one.text == two.text)
    fields = [
        FieldChange(name, count, *found.named[name, count], tuple(lines))
        for (name, count), lines in found.lines.items()
        if any(old != new for old, new in lines)
    ]
    return Changes(tuple(fields), tuple(texts), same / max(len(ours.paragraphs), 1))


class _Gathered:
    def __init__(self) -> None:
        self.texts: list[TextChange] = []
        self.lines: dict[tuple[str, int], list[Line]] = {}
        self.named: dict[tuple[str, int], tuple[str, Message]] = {}
        self._block: tuple[str, int] | None = None
        """The field of several paragraphs that the last paragraph stood in."""

    def take(self, pair: Pair, rest: Sequence[Pair]) -> None:
        ours, theirs = pair
        if ours is not None and ours.block:
            self._take_block(ours, theirs)
            return
        if ours is None and theirs is not None:
            if self._block and self._goes_on(theirs, rest):
                self.lines[self._block].append((None, theirs.text))
            else:
                self.texts.append(TextChange(theirs.place, "", theirs.text))
            return
        self._block = None
        if ours is not None and theirs is None:
            self._count(ours)
            self.texts.append(TextChange(ours.place, ours.text, ""))
        elif ours is not None and theirs is not None:
            self._take_both(ours, theirs)

    def _take_block(self, ours: Paragraph, theirs: Paragraph | None) -> None:
        control = ours.controls[0]
        if self._block is None or self._block[0] != control.name:
            self._block = self._next(control, ours.place)
        self.lines[self._block].append((ours.text, theirs.text if theirs else None))

    def _goes_on(self, theirs: Paragraph, rest: Sequence[Pair]) -> bool:
        """Whether an added paragraph stands inside the field that its neighbours stand in."""
        name = self._block[0] if self._block else ""
        following = next((ours for ours, _ in rest if ours is not None), None)
        return theirs.block == name or (following is not None and following.block == name)

    def _take_both(self, ours: Paragraph, theirs: Paragraph) -> None:
        keys = self._count(ours)
        if ours.text == theirs.text:
            return
        said = _find_fields(ours, theirs)
        for number, (key, control) in enumerate(zip(keys, ours.controls, strict=True)):
            new = said[number] if said else ours.says(control)
            self.lines[key] = [(ours.says(control), new)]
        if said is None or _outside(ours, theirs):
            self.texts.append(TextChange(ours.place, ours.text, theirs.text))

    def _count(self, ours: Paragraph) -> list[tuple[str, int]]:
        return [self._next(control, ours.place) for control in ours.controls]

    def _next(self, control: Control, place: Message) -> tuple[str, int]:
        name = control.name or control.title
        number = sum(1 for each, _ in self.named if each == name)
        key = (name, number)
        self.named[key], self.lines[key] = (control.title or name, place), []
        return key


def _outside(ours: Paragraph, theirs: Paragraph) -> bool:
    """Whether the text beside the fields of two paragraphs is another."""
    if not any(ours.outside):
        return False
    if len(ours.controls) == len(theirs.controls):
        return ours.outside != theirs.outside
    return _by_frame(ours, theirs.text) is None


def _find_fields(ours: Paragraph, theirs: Paragraph) -> list[str] | None:
    """What each field of ours says in theirs; None where that cannot be told, or there is none."""
    if not ours.controls:
        return None
    if len(ours.controls) == 1 and not any(ours.outside):
        return [theirs.text]
    by_name = {control.name: control for control in theirs.controls if control.name}
    if all(control.name in by_name for control in ours.controls):
        return [theirs.says(by_name[control.name]) for control in ours.controls]
    if len(ours.controls) == len(theirs.controls):  # LibreOffice keeps the fields, but not their names
        return [theirs.says(control) for control in theirs.controls]
    return _by_frame(ours, theirs.text)


def _by_frame(ours: Paragraph, text: str) -> list[str] | None:
    """What the fields say by the text around them, which is as it was: somebody took the field away, not the text."""
    pattern = "(.*)".join(rf"\s*{re.escape(part)}\s*" for part in ours.outside)
    found = re.fullmatch(pattern, text)
    return [group.strip() for group in found.groups()] if found else None


def _pair_up(ours: Sequence[Paragraph], theirs: Sequence[Paragraph]) -> Iterator[Pair]:
    """Each paragraph with the one that it became, in reading order."""
    matcher = difflib.SequenceMatcher(None, [each.text for each in ours], [each.text for each in theirs], False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(ours[a:b], theirs[c:d], strict=True)
        else:
            yield from _pair_changed(ours[a:b], theirs[c:d])


def _pair_changed(ours: Sequence[Paragraph], theirs: Sequence[Paragraph]) -> Iterator[Pair]:
    """The pairs that are most alike, none crossing another."""
    if len(ours) * len(theirs) > MOST_COMPARED:
        yield from zip_longest(ours, theirs)
        return
    best: dict[tuple[int, int], tuple[float, str]] = {}
    for i in range(len(ours), -1, -1):
        for j in range(len(theirs), -1, -1):
            ways = [(0.0, "end")] if i == len(ours) and j == len(theirs) else []
            if i < len(ours):
                ways.append((best[i + 1, j][0], "ours"))
            if j < len(theirs):
                ways.append((best[i, j + 1][0], "theirs"))
            if i < len(ours) and j < len(theirs) and (alike := _likeness(ours[i], theirs[j])) >= ALIKE:
                ways.append((best[i + 1, j + 1][0] + alike, "both"))
            best[i, j] = max(ways, key=lambda way: way[0])
    i = j = 0
    while (step := best[i, j][1]) != "end":
        yield (None if step == "theirs" else ours[i]), (None if step == "ours" else theirs[j])
        i += step != "theirs"
        j += step != "ours"


def _likeness(ours: Paragraph, theirs: Paragraph) -> float:
    """How much of two paragraphs is the same; a field of the same name, or the same cell, says that it is the same."""
    names = {each.name for each in ours.controls if each.name} & {each.name for each in theirs.controls}
    alike = difflib.SequenceMatcher(None, ours.text.split(), theirs.text.split(), False).ratio()
    same_place = ours.place == theirs.place
    is_cell = ", " in ours.place
    fields = bool(ours.controls) and len(ours.controls) == len(theirs.controls)
    return alike + (1 if names else 0) + (0.5 if same_place and (is_cell or fields) else 0.3 if fields else 0)


def _compare_furniture(ours: WordText, theirs: WordText) -> Iterator[TextChange]:
    place = N_("heads and feet of the pages")
    gone, new = sorted(ours.furniture - theirs.furniture), sorted(theirs.furniture - ours.furniture)
    for before, after in zip_longest(gone, new, fillvalue=""):
        yield TextChange(place, before, after)
