"""Which edit of a case would make a field say what somebody wrote in it. Guesses all of them: whether the document then
says so is tried (`trial.py`), and what does not is no edit.
"""

import re
from collections.abc import Iterator

from kvisdocs.application.read_back.alignment import FieldChange, Line
from kvisdocs.application.read_back.values import find_shown
from kvisdocs.application.read_back.word_text import plain
from kvisdocs.cases.load import iter_texts
from kvisdocs.cases.schema import case_schema
from kvisdocs.cases.yaml.edit import Edit, Path, Put, Remove
from kvisdocs.cases.yaml.source import Data

NOTHING = {"", "–", "-", "—"}
"""What stands in a field for nothing."""

MOST_TRIED = 40


def guess(change: FieldChange, data: Data) -> Iterator[Edit]:
    """Edits that may be meant, the likeliest first."""
    found: dict[Edit, int] = {}
    for path, text in iter_texts(data):
        for edit, weight in _guess_value(change, path, text):
            found.setdefault(edit, weight)
    ranked = sorted(found, key=lambda edit: -found[edit])
    if change.before in NOTHING and change.after not in NOTHING:
        ranked += _guess_new(change, data)
    yield from ranked[:MOST_TRIED]


def find_words(data: Data, kind: str) -> Iterator[tuple[Path, list[str]]]:
    """The lines of a case that hold one of a few words (`progress: under_way`), each with the others it may hold."""
    definitions = case_schema(kind).get("$defs", {})
    choices = [each["enum"] for each in definitions.values() if "enum" in each]
    for path, text in iter_texts(data):
        others = {word for words in choices if text in words for word in words if word != text}
        if others:
            yield path, sorted(others)


def _guess_value(change: FieldChange, path: Path, text: str) -> Iterator[tuple[Edit, int]]:
    if len(change.lines) == 1:
        old, new = change.before, change.after
        for shown, read in find_shown(text):
            for at in _places(shown, old):
                before, after = old[:at], old[at + len(shown) :]
                if not (new.startswith(before) and new.endswith(after) and len(new) >= len(before) + len(after)):
                    continue
                said = new[len(before) : len(new) - len(after)].strip()
                if said in NOTHING and isinstance(path[-1], str):
                    yield Remove(path), len(shown)
                elif said and (value := read(said)) is not None:
                    yield Put(path, _written_as(text, shown, value)), len(shown)
    if (whole := _put_lines(text, change.lines)) is not None and whole != text:
        yield Put(path, whole), len(change.before)


def _places(shown: str, text: str) -> Iterator[int]:
    at = text.find(shown)
    while at >= 0:
        yield at
        at = text.find(shown, at + 1)


def _written_as(before: str, shown: str, value: str) -> str:
    """The value with the line breaks that it had, where its words are the same."""
    if plain(before) == shown and "\n" in before.strip():
        return _keep_breaks(before, value)
    return value + before[len(before.rstrip()) :]


def _keep_breaks(before: str, value: str) -> str:
    """The new words in the old lines: what begins and ends alike keeps its white space."""
    old, new = re.findall(r"\S+\s*", before), value.split()
    words = [each.strip() for each in old]
    shorter = min(len(words), len(new))
    head = next((n for n in range(shorter) if words[n] != new[n]), shorter)
    room = shorter - head
    tail = next((n for n in range(room) if words[-1 - n] != new[-1 - n]), room)
    middle = "".join(f"{word} " for word in new[head : len(new) - tail])
    end = before[len(before.rstrip()) :]
    return ("".join(old[:head]) + middle + "".join(old[len(old) - tail :] if tail else [])).rstrip() + end


def _put_lines(text: str, lines: tuple[Line, ...]) -> str | None:
    """A text of several paragraphs in which some are another; None where it has not all of those lines once."""
    at = 0
    for old, new in lines:
        if old is None:
            text, at = f"{text[:at]}\n\n{new}{text[at:]}", at + 2 + len(new or "")
            continue
        pattern = r"\s+".join(map(re.escape, old.split()))
        found = re.search(pattern, text[at:]) if pattern else None
        if found is None:
            return None
        begin, end = at + found.start(), at + found.end()
        if new is None:
            text, at = text[:begin] + text[end:].lstrip("\n"), begin
        elif new != old:
            said = _keep_breaks(text[begin:end], new)
            text, at = text[:begin] + said + text[end:], begin + len(said)
        else:
            at = end
    return text


def _guess_new(change: FieldChange, data: Data) -> list[Edit]:
    """A key that some group has not, by the name of the field: `status-note-2` is some activity's `status_note`."""
    key = re.sub(r"[-.\d]+$", "", change.name).replace("-", "_")
    return [Put((*path, key), change.after) for path, group in _groups(data) if key and key not in group]


def _groups(data: Data, path: Path = ()) -> Iterator[tuple[Path, dict[str, Data]]]:
    if isinstance(data, dict):
        yield path, data
        for key, value in data.items():
            yield from _groups(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _groups(value, (*path, number))
