"""Who was at a meeting, and whether the votes agree with it: each once, all counted, and nobody who was not there."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.decisions import CommitteeDecision, Vote
from kvisdocs.cases.model.meeting import Attendance, Attendant, CommitteeMeeting
from kvisdocs.cases.spellings.normalisation import fold
from kvisdocs.cases.yaml.source import Step
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Problem, suggest
from kvisdocs.templating.meetings.items import Placed, find_attending

Path = tuple[Step, ...]


def check_attendance(loaded: LoadedCase, placed: Sequence[Placed]) -> Iterator[Problem]:
    """All that is wrong with who was there, and with the votes under each item."""
    meeting = loaded.case
    assert isinstance(meeting, CommitteeMeeting)
    numbers = [each.number for each in placed]
    yield from _check_members(loaded, meeting)
    yield from _check_numbers(loaded, meeting, numbers)
    if meeting.end is None:  # who comes is not known yet
        return
    for each in placed:
        yield from _check_item(meeting, each, numbers)


def _check_members(loaded: LoadedCase, meeting: CommitteeMeeting) -> Iterator[Problem]:
    """Everybody once, a substitute only for somebody who is not there, and only one who presides."""
    seen: set[str] = set()
    for number, member in enumerate(meeting.members):
        people: list[tuple[Path, Attendant]] = [(("members", number), member)]
        if member.substitute is not None:
            place: Path = ("members", number, "substitute")
            people.append((place, member.substitute))
            if member.attendance is Attendance.PRESENT:
                what = message(
                    "meeting.member.needs_no_substitute", "{name} is there, and has a substitute", name=member.name
                )
                todo = N_('add "attendance: apologies", or delete the substitute')
                yield Problem(loaded.source.locate_key(place), what, todo)
        for path, person in people:
            if fold(person.name) in seen:
                what = message("meeting.member.twice", "{name} stands here twice", name=person.name)
                yield Problem(loaded.source.locate((*path, "name")), what, N_("delete one"))
            seen.add(fold(person.name))


def _check_numbers(loaded: LoadedCase, meeting: CommitteeMeeting, numbers: list[str]) -> Iterator[Problem]:
    """Items that somebody came to, left after or was there for, and that are not there."""
    named: list[tuple[Path, str]] = []
    for number, member in enumerate(meeting.members):
        people: list[tuple[Path, Attendant | None]] = [
            (("members", number), member),
            (("members", number, "substitute"), member.substitute),
        ]
        for path, person in people:
            told = {"arrived": person.arrived, "left": person.left} if person is not None else {}
            named += [((*path, key), each) for key, each in told.items() if each is not None]
    for number, official in enumerate(meeting.officials):
        named += [(("officials", number, "items", place), said) for place, said in enumerate(official.items)]
    for path, said in named:
        if said not in numbers:
            what = message("meeting.number.unknown", "the meeting has no item {number}", number=said)
            yield Problem(loaded.source.locate(path), what, suggest(said, numbers))
    for number, member in enumerate(meeting.members):
        came, went = (numbers.index(each) if each in numbers else -1 for each in (member.arrived, member.left))
        if 0 <= went < came:
            what = message("meeting.member.left_before", "{name} left before arriving", name=member.name)
            yield Problem(loaded.source.locate(("members", number, "left")), what, N_("check both numbers"))


def _check_item(meeting: CommitteeMeeting, placed: Placed, numbers: list[str]) -> Iterator[Problem]:
    item, source = placed.item, placed.source
    if item is None or source is None:
        return
    there = [each.name for each in find_attending(meeting, numbers, placed.number)]
    for number, decision in enumerate(item.decisions):
        if not _is_of_meeting(decision, meeting):
            continue
        path: Path = ("decisions", number)
        for key in ("not_taking_part", "reservations"):
            for place, member in enumerate(getattr(decision, key)):
                if _find(member.name, there) is None:
                    yield _problem(placed, (*path, key, place, "name"), _not_there(member.name), there)
        out = [found for each in decision.not_taking_part if (found := _find(each.name, there))]
        for place, vote in enumerate(decision.votes):
            yield from _check_vote(placed, (*path, "votes", place), vote, there, out)


def _check_vote(placed: Placed, path: Path, vote: Vote, there: list[str], out: list[str]) -> Iterator[Problem]:
    sides = {"in_favour": vote.in_favour, "against": vote.against, "abstained": vote.abstained}
    voted: Counter[str] = Counter()
    for key, side in sides.items():
        for number, said in enumerate(side.members if side else ()):
            at = (*path, key, "members", number)
            name = _find(said, there)
            if name is None:
                yield _problem(placed, at, _not_there(said), there)
            elif name in out:
                what = message(
                    "meeting.vote.not_taking_part", "{name} takes no part in this item, and votes", name=name
                )
                yield _problem(placed, at, what)
            elif voted[name]:
                yield _problem(placed, at, message("meeting.vote.twice", "{name} votes twice", name=name))
            if name is not None:
                voted[name] += 1
    counts = [side.count if side.count is not None else len(side.members) for side in sides.values() if side]
    is_told = all(side is None or side.count is not None or side.members for side in sides.values())
    if not is_told or vote.in_favour is None or sum(counts) + len(out) == len(there):
        return
    what = message(
        "meeting.vote.sum",
        "{votes} vote or abstain and {out} take no part, but {there} are there",
        votes=sum(counts),
        out=len(out),
        there=len(there),
    )
    yield _problem(placed, path, what)


def _problem(placed: Placed, path: Path, what: Message, there: Sequence[str] = ()) -> Problem:
    assert placed.source is not None
    said = placed.source.text_at(path) if there else None
    todo = suggest(said, there) if said else N_("check who was there, who came late or left, and the votes")
    return Problem(placed.source.locate(path), what, todo)


def _not_there(name: str) -> Message:
    return message("meeting.member.not_there", "{name} was not there at this item", name=name)


def _find(said: str, there: Sequence[str]) -> str | None:
    """The attendant whom the minutes name, with or without a party: `Anna Sivertsen (A)`."""
    name = fold(said.partition("(")[0].strip())
    return next((each for each in there if fold(each) == name), None)


def _is_of_meeting(decision: CommitteeDecision, meeting: CommitteeMeeting) -> bool:
    """Whether it is this meeting's: one with another day or another committee was taken on the way."""
    committee = decision.committee is None or fold(decision.committee) == fold(meeting.committee)
    return committee and decision.date in (None, meeting.date)
