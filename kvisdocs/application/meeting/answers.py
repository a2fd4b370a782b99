"""The blanks of a meeting that was held, under names that people write, and as a file to fill in.

A file of answers has a blank a line, `2.decision: …`, and under `versions` what tells that a file was changed since.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from kvisdocs.application.meeting.blanks import Blank, list_attendance, list_decisions, list_outcome
from kvisdocs.application.meeting.draft import Draft
from kvisdocs.application.scaffold.answers import dump
from kvisdocs.application.store.replacement import digest_of
from kvisdocs.cases.model.meeting import Attendance
from kvisdocs.cases.yaml.edit import Put, edit_bytes
from kvisdocs.cases.yaml.source import Source, parse_bytes, read_raw
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, suggest

VERSIONS = "versions"

_MEMBER = {"attendance": "attendance", "arrived": "arrived", "left": "left",
           "substitute_name": "substitute", "substitute_party": "substitute_party"}  # fmt: skip
"""What is asked of a member, by the key of its blank, and what that is called."""


def name_blanks(draft: Draft) -> dict[str, Blank]:
    """Each blank by its name: `end`, `Anna Sivertsen.attendance`, `2.decision`."""
    return {name: blank for _, blanks in _group_blanks(draft) for name, blank in blanks.items()}


def _group_blanks(draft: Draft) -> Iterator[tuple[str, dict[str, Blank]]]:
    """The blanks of the meeting, of each member and each item, with what they belong to."""
    yield "", {str(each.path[-1]): each for each in list_outcome(draft)}
    members = list_attendance(draft)
    count = Counter(each["name"].value for each in members)
    for number, blanks in enumerate(members, start=1):
        said = blanks["name"].value
        who = said if said.isprintable() and 0 < len(said) < 60 and count[said] == 1 else f"member {number}"
        yield who, {f"{who}.{name}": blanks[key] for key, name in _MEMBER.items()}
    for row in draft.rows:
        blanks = list_decisions(row, draft)
        if row.fixed is None and "text" in blanks:
            blanks = {"decision": blanks.pop("text"), **blanks}
        yield f"{row.number}. {row.title}", {f"{row.number}.{key}": blank for key, blank in blanks.items()}


def write_answers(draft: Draft) -> bytes:
    """A file with all blanks as they are now, to be filled in."""
    lines = [f"# attendance: {', '.join(f'{each.value} ({each.danish})' for each in Attendance)}"]
    edits = [Put((VERSIONS, name), digest) for name, digest in _digests(draft).items()]
    for about, blanks in _group_blanks(draft):
        lines += ["", f"# {' '.join(about.split())}"] if about else []
        lines += [f"{dump(name).strip()}:" for name in blanks]
        edits += [Put((name,), blank.value) for name, blank in blanks.items() if blank.value]
    lines += ["", "# Lad disse linjer stå: på dem ses det, om nogen har gemt i filerne imens.", f"{VERSIONS}:", ""]
    return edit_bytes("\n".join(lines).encode(), "", edits)


def _digests(draft: Draft) -> dict[str, str]:
    """What tells the versions of the meeting's files apart, by the names that it gives them."""
    return {name: digest_of(data)[:16] for name, data in {draft.file.name: draft.data, **draft.files}.items()}


def parse_answers(draft: Draft, given: tuple[str, ...], file: Path | None) -> dict[str, str]:
    """What is given as `NAME=VALUE`, and what a file of answers says, by the blanks' own names.

    Raises KvisdocsError with all that is wrong with them, also where the meeting was changed after the file was made.
    """
    blanks, problems = name_blanks(draft), []
    answers: dict[str, str] = {}
    if file is not None:
        source = parse_bytes(read_raw(file, str(file))[0], str(file))
        problems += [*_find_changed(draft, source), *_read_file(source, blanks, answers)]
    problems += _read_given(given, blanks, answers)
    if problems:
        raise KvisdocsError(problems)
    return answers


def _find_changed(draft: Draft, source: Source) -> Iterator[Problem]:
    said, now = source.data_at((VERSIONS,)), _digests(draft)
    for name, digest in said.items() if isinstance(said, dict) else ():
        if now.get(name) != digest:
            what = message(
                "meeting.answers.older", '"{name}" was changed after this list was made; nothing was written', name=name
            )
            todo = N_("make the list again, and put in what you wrote")
            yield Problem(source.locate((VERSIONS, name)), what, todo)


def _read_file(source: Source, blanks: Mapping[str, Blank], answers: dict[str, str]) -> Iterator[Problem]:
    if not isinstance(source.data, dict):
        what = message("meeting.answers.no_list", "the file holds no list of answers")
        yield Problem(source.locate(()), what, N_("begin with: kvisdocs minutes MEETING"))
        return
    for name, value in source.data.items():
        if name == VERSIONS:
            continue
        if name not in blanks:
            yield _unknown(source.locate_key((name,)), name, blanks)
        elif value is not None and not isinstance(value, str):
            what = message("meeting.answers.no_text", '"{name}" takes a text', name=name)
            yield Problem(source.locate((name,)), what, N_("write it as one"))
        else:
            answers[blanks[name].name] = value or ""


def _read_given(given: tuple[str, ...], blanks: Mapping[str, Blank], answers: dict[str, str]) -> Iterator[Problem]:
    at, seen = Position("--set"), set()
    for each in given:
        name, sign, value = each.partition("=")
        name = name.strip()
        if not sign:
            what = message("meeting.answers.no_value", '"{given}" gives no answer', given=each)
            yield Problem(at, what, N_("write it as 2.decision=Godkendt."))
        elif name not in blanks:
            yield _unknown(at, name, blanks)
        elif name in seen:
            what = message("meeting.answers.twice", '"{name}" is answered twice', name=name)
            yield Problem(at, what, N_("answer it once"))
        else:
            answers[blanks[name].name] = value
        seen.add(name)


def _unknown(at: Position, name: str, blanks: Mapping[str, Blank]) -> Problem:
    what = message("meeting.answers.unknown", 'the meeting asks for no "{name}"', name=name)
    return Problem(at, what, suggest(name, blanks, N_("list what it asks for: kvisdocs minutes MEETING")))
