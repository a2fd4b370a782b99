"""What speaks against a letter that is to be approved: warnings, the recipient check, the gate, and that it was held
back.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kvisdocs.application.approval.finals import Files
from kvisdocs.application.approval.unchanged import Ground
from kvisdocs.application.generate import remarks
from kvisdocs.application.job import FileCheck
from kvisdocs.application.journal.letters import LetterStatus
from kvisdocs.messages import N_, message
from kvisdocs.problems import Position, Problem, Severity
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import Profile
from kvisdocs.templating.render import find_renderer

Judge = Callable[[Iterable[Path]], tuple[Sequence[Problem], bool]]
"""The gate: the problems of finished files in folders, and whether every validator looked."""

MOST_ALIKE = 3
"""So many problems of one kind are told one by one: a Word file that LibreOffice has saved has a hundred."""


def judge_by_gate(paths: Iterable[Path]) -> tuple[Sequence[Problem], bool]:
    """`kvisdocs verify`."""
    from kvisdocs.verify.gate import verify_files

    report = verify_files(paths)
    return report.problems, not report.missing


@dataclass(frozen=True, slots=True)
class Final:
    """A letter as it would be approved."""

    letter: LetterStatus
    ground: Ground
    files: Files

    @property
    def path(self) -> Path:
        """The file that problems name."""
        return next(iter(self.letter.files.values())).path


@dataclass(frozen=True, slots=True)
class Doubts:
    """What speaks against each letter, in order, and what the gate said: `passed`, `failed`, or `partly` where nothing
    was found, but a validator is not installed.
    """

    problems: tuple[tuple[Problem, ...], ...] = ()
    gates: tuple[str, ...] = ()


def find_proof(grounds: Iterable[Ground], assets: Assets) -> FileCheck:
    """The recipient check of these letters, which are searched for each other's data too."""
    from kvisdocs.application.recipient_check.recipient_check import OtherCases, RecipientCheck

    known = [(each.case.id, each.case.case, find_profile(each, assets)) for each in grounds]
    return RecipientCheck.of(assets, OtherCases.of(known))


def find_doubts(finals: Sequence[Final], proof: FileCheck, judge: Judge | None) -> Doubts:
    """What speaks against letters."""
    if not finals:
        return Doubts()
    judged, is_all_judged = _ask_gate(finals, judge) if judge else ({}, False)
    found = []
    for number, final in enumerate(finals):
        ground = final.ground
        own = [*ground.warnings, *remarks(dict(final.files)), *proof(ground.case, ground.document, final.files)]
        said = [replace(each, severity=Severity.WARNING) for each in own if each.severity is not Severity.NOTE]
        if ground.record.hold is not None and final.letter.is_held_back:
            what = message("approval.letter.held_back", "was held back: {hold}", hold=ground.record.hold.said)
            said.append(Problem(Position(str(final.path)), what, severity=Severity.WARNING))
        found.append(tuple(dict.fromkeys((*said, *judged.get(number, ())))))
    passed = "" if judge is None else "passed" if is_all_judged else "partly"
    return Doubts(tuple(found), tuple("failed" if number in judged else passed for number in range(len(finals))))


def find_profile(ground: Ground, assets: Assets) -> Profile:
    """The profile of the letter's municipality."""
    asked_at = ground.case.source.locate(("municipality",))
    return find_renderer(assets).profile(ground.case.case.municipality, asked_at)


def _ask_gate(finals: Sequence[Final], judge: Judge) -> tuple[dict[int, list[Problem]], bool]:
    """What the gate says of each letter, by its number, at the place of the file that was read."""
    found: dict[int, list[Problem]] = {}
    with tempfile.TemporaryDirectory(prefix="kvisdocs-") as name:
        for number, final in enumerate(finals):
            folder = Path(name, str(number))
            folder.mkdir()
            for format, file in final.files.items():
                (folder / f"{final.ground.document.name}.{format}").write_bytes(file.data)
        problems, is_all_judged = judge([Path(name)])
    for problem in problems:
        path = Path(problem.position.file)
        number = int(path.parent.name)
        lying = finals[number].letter.files.get(path.suffix[1:])
        place = Position(str(lying.path if lying else finals[number].path))
        found.setdefault(number, []).append(replace(problem, position=place, severity=Severity.WARNING))
    return {number: list(_sum_up(several)) for number, several in found.items()}, is_all_judged


def _sum_up(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The problems; of many of one kind in one file the first, with their number."""
    kinds: dict[tuple[str, str], list[Problem]] = {}
    for each in problems:
        kinds.setdefault((each.position.file, each.code), []).append(each)
    for (file, _), several in kinds.items():
        if len(several) <= MOST_ALIKE:
            yield from several
            continue
        what = message(
            "approval.gate.many",
            "has {number} faults of one kind, the first: {what}",
            number=len(several),
            what=several[0].what,
        )
        todo = N_("open the file and see whether it looks right; all of them: kvisdocs verify {file}", file=file)
        yield replace(several[0], what=what, todo=todo)
