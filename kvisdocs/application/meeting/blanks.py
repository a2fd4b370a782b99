"""What a form asks of a meeting that was held, and the edits that its answers are, in its file and in its items'.

Each blank is a place in a file with the text that stands there. What is not answered otherwise is not touched.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kvisdocs.application.meeting.arrange import Change, Changes, change
from kvisdocs.application.meeting.draft import Draft, Row
from kvisdocs.cases.load import find_hidden, inspect_bytes
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.model.meeting import Attendance
from kvisdocs.cases.spellings.normalisation import fold
from kvisdocs.cases.yaml.edit import Edit, Put, Remove, edit_bytes
from kvisdocs.cases.yaml.source import Data, Step, scan_bytes
from kvisdocs.problems import KvisdocsError, Problem
from kvisdocs.templating.html import Assets

MEETING = ""
"""The meeting's own file, among those of its items."""

OUTCOME = ("end", "approved")
"""What a meeting says of itself when it is over."""


@dataclass(frozen=True)
class Blank:
    """A field of a form."""

    name: str
    file: str
    path: tuple[Step, ...]
    value: str
    begins: Mapping[str, str] | None = None
    """What a group that is not there yet begins with, `path` being its list and the key; None where it is there."""
    needed: bool = False
    """Whether its group stands and falls with it."""
    alone: bool = field(default=True, kw_only=True)
    """Whether nothing would be lost with its group."""

    @property
    def group(self) -> str:
        """What its group is called in the form."""
        return self.name.rpartition(".")[0]


def list_outcome(draft: Draft) -> list[Blank]:
    """When a meeting ended, and when its minutes were approved."""
    return [_of_meeting(draft, key) for key in OUTCOME]


def list_attendance(draft: Draft) -> list[dict[str, Blank]]:
    """Who was there, came later, left earlier or had a substitute."""
    found = []
    for number, blanks in enumerate(_members(draft, ("name", "party", "attendance", "arrived", "left"))):
        for key in ("name", "party"):
            path: tuple[Step, ...] = ("members", number, "substitute", key)
            name = f"m.members.{number}.substitute.{key}"
            blanks[f"substitute_{key}"] = Blank(name, MEETING, path, draft.source.text_at(path).strip())
        found.append(blanks)
    return found


def list_decisions(row: Row, draft: Draft) -> dict[str, Blank]:
    """What came of an item: its decision, whether the public may read it, and why the item was taken off."""
    if row.fixed is not None:
        return _of_fixed(row, draft)
    assert row.entry is not None
    file, index = row.entry.file, row.slot.shown
    path: tuple[Step, ...] = ("items", index, "withdrawn")
    found = {"withdrawn": Blank(f"m.items.{index}.withdrawn", MEETING, path, draft.source.text_at(path).strip())}
    if row.item is None or file not in draft.files:
        return found
    data = _read(draft.files[file], file).get("decisions")
    decisions = data if isinstance(data, list) else []
    place = _find_own_decision(row.item, draft)
    own = decisions[place] if place is not None and place < len(decisions) else None
    said = own if isinstance(own, dict) else {}
    keys = ("text", "released") if row.is_closed else ("text",)
    for key in keys:
        value = said.get(key)
        text = value.strip() if isinstance(value, str) else ""
        text = ("ja" if row.item.decisions[place].released else "") if key == "released" and place is not None else text
        where: tuple[Step, ...] = ("decisions", key) if place is None else ("decisions", place, key)
        begins: dict[str, str] | None = {} if place is None else None
        found[key] = Blank(
            f"p{index}.decisions.{key}", file, where, text, begins, key == "text", alone=set(said) <= set(keys)
        )
    return found


def _find_own_decision(item: CommitteeItem, draft: Draft) -> int | None:
    """Where the decision of this meeting stands among the item's."""
    for number in reversed(range(len(item.decisions))):
        each = item.decisions[number]
        is_ours = each.committee is None or fold(each.committee) == fold(draft.meeting.committee)
        if is_ours and each.date in (None, draft.meeting.date):
            return number
    return None


def _of_fixed(row: Row, draft: Draft) -> dict[str, Blank]:
    assert row.fixed is not None
    data = draft.source.data_at(("fixed",))
    entries = data if isinstance(data, list) else []
    place = next(
        (number for number, each in enumerate(entries) if isinstance(each, dict) and each.get("id") == row.fixed.id),
        None,
    )
    found = {}
    for key in ("text", "decision") if row.fixed.decided else ("text",):
        path: tuple[Step, ...] = ("fixed", key) if place is None else ("fixed", place, key)
        value = draft.source.text_at(path).strip() if place is not None else ""
        begins = {"id": row.fixed.id} if place is None else None
        found[key] = Blank(f"m.fixed {row.fixed.id}.{key}", MEETING, path, value, begins)
    return found


def _members(draft: Draft, keys: Sequence[str]) -> list[dict[str, Blank]]:
    data = draft.source.data_at(("members",))
    count = len(data) if isinstance(data, list) else 0
    return [
        {
            key: Blank(
                f"m.members.{number}.{key}",
                MEETING,
                ("members", number, key),
                draft.source.text_at(("members", number, key)).strip(),
                needed=key == "name",
            )
            for key in keys
        }
        for number in range(count)
    ]


def _of_meeting(draft: Draft, key: str) -> Blank:
    return Blank(f"m.{key}", MEETING, (key,), draft.source.text_at((key,)).strip())


def _read(data: bytes, file: str) -> Mapping[str, Data]:
    try:
        found = scan_bytes(data, file).data
    except KvisdocsError:
        return {}
    return found if isinstance(found, dict) else {}


def make_edits(blanks: Sequence[Blank], answers: Mapping[str, str], draft: Draft) -> dict[str, list[Edit]]:
    """The edits of each file that its answers are; a blank without an answer is let be."""
    puts: dict[str, list[Edit]] = defaultdict(list)
    removed: dict[str, list[tuple[Step, ...]]] = defaultdict(list)
    groups: dict[tuple[str, str, str], dict[str, Data]] = {}
    needed = {(each.file, each.group) for each in blanks if each.needed and not answers.get(each.name, each.value)}
    for each in blanks:
        answer = answers.get(each.name, each.value)
        if answer == each.value:
            continue
        if each.begins is not None:
            if answer and (each.file, each.group) not in needed:
                group = groups.setdefault((each.file, str(each.path[0]), each.group), dict(each.begins))
                group[str(each.path[1])] = answer
        elif answer:
            puts[each.file].append(Put(each.path, answer))
        elif each.needed and each.alone:
            removed[each.file].append(each.path[:-1])
        else:
            removed[each.file].append(each.path)
    count: dict[tuple[str, str], int] = {}
    for (file, name, _), group in groups.items():
        place = count.setdefault((file, name), _count(draft, file, name))
        puts[file].append(Put((name, place), dict(group)))
        count[file, name] += 1
    for file, paths in removed.items():
        gone = {path for path in paths if len(path) == 2}
        paths = [path for path in paths if path in gone or path[:2] not in gone]
        puts[file] = [each for each in puts[file] if not (isinstance(each, Put) and each.path[:2] in gone)]
        puts[file] += [Remove(path) for path in sorted(paths, key=_from_behind)]
    return dict(puts)


def _from_behind(path: tuple[Step, ...]) -> tuple[bool, int]:
    """Whole groups last, and of those the last first, so that no number changes before it is used."""
    number = path[1] if len(path) > 1 and isinstance(path[1], int) else 0
    return len(path) == 2, -number


def _count(draft: Draft, file: str, name: str) -> int:
    data = draft.source.data if file == MEETING else _read(draft.files[file], file)
    said = data.get(name) if isinstance(data, dict) else None
    return len(said) if isinstance(said, list) else 0


def tidy_answers(blanks: Sequence[Blank], sent: Mapping[str, str]) -> dict[str, str]:
    """What was sent for each blank, as a file says it: no space around it, and who is there need not be told."""
    found = {}
    for each in blanks:
        if each.name in sent:
            answer = sent[each.name].replace("\r\n", "\n").strip()
            if each.path[-1] == "attendance":
                answer = Attendance.by_word(answer) or answer
                answer = "" if answer == Attendance.PRESENT and not each.value else answer
            found[each.name] = str(answer)
    return found


def change_by_answers(draft: Draft, answers: Mapping[str, str], assets: Assets) -> Changes:
    """All files with the answers in them. Raises KvisdocsError where one cannot be edited, or an answer is no value."""
    edits = make_edits(list_blanks(draft), answers, draft)
    changes = dict(change(draft, edits.pop(MEETING, []), assets))
    files = {each.file: draft.path_of(each) for each in draft.entries}
    for file, own in edits.items():
        path, before = files[file], draft.files[file]
        known = changes[path].after if path in changes else before
        changes[path] = Change(before, edit_bytes(known, str(path), own))
    if problems := [each for path, made in changes.items() for each in _find_new_faults(path, made)]:
        raise KvisdocsError(problems)
    return changes


def list_blanks(draft: Draft) -> list[Blank]:
    """All of the form."""
    found = list_outcome(draft)
    found += [each for member in list_attendance(draft) for each in member.values()]
    return found + [each for row in draft.rows for each in list_decisions(row, draft).values()]


def match_blanks(before: Draft, now: Draft) -> Iterator[tuple[Blank, Blank | None, str]]:
    """Each blank of a version, the same one of a later version, and what it belongs to: an item's file, a member.

    Its name will not do: others may have moved an item or a member meanwhile.
    """
    found = _identify_blanks(now)
    for key, blank in _identify_blanks(before).items():
        yield blank, found.get(key), key[0] or blank.name


def _identify_blanks(draft: Draft) -> dict[tuple[str, str, int], Blank]:
    """The blanks by what they belong to, their key there, and which of several that are called alike it is."""
    seen: Counter[tuple[str, str]] = Counter()
    found = {}
    for each in list_blanks(draft):
        key = _identify(each, draft)
        found[*key, seen[key]] = each
        seen[key] += 1
    return found


def _identify(blank: Blank, draft: Draft) -> tuple[str, str]:
    if blank.file != MEETING:
        return blank.file, str(blank.path[-1])
    group, number = (*blank.path, 0)[:2]
    if group == "items" and isinstance(number, int):
        return draft.entries[number].file, str(blank.path[-1])
    if group == "members":
        return draft.source.text_at(("members", number, "name")).strip(), blank.name.split(".", 3)[3]
    return "", blank.name


def _find_new_faults(path: Path, made: Change) -> list[Problem]:
    """The errors that the file did not have before."""
    known = {(each.code, str(each.what)) for each in _find_faults(made.before, path)}
    return [each for each in _find_faults(made.after, path) if (each.code, str(each.what)) not in known]


def _find_faults(data: bytes, path: Path) -> list[Problem]:
    read = inspect_bytes(data, path)
    return [*read.problems, *(find_hidden(read.source) if read.source is not None else ())]
