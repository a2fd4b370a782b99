"""What is looked at again at the moment a letter leaves: its approval, its window, and every number in it."""

import re

from kvisdocs.application.dispatch.finished import FinishedFile
from kvisdocs.application.dispatch.recipients import read_recipient
from kvisdocs.application.journal.letters import State
from kvisdocs.application.recipient_check.identifying_data import expected_marks
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Problem
from kvisdocs.writers.text_extraction import read_pdf_words

_CPR = re.compile(r"(?<![0-9])([0-3][0-9]|[4-9][0-9])([01][0-9])([0-9]{2})[- ]?([0-9]{4})(?![0-9])")
"""What reads as a CPR number, administrative test numbers too."""


def find_obstacle(file: FinishedFile) -> tuple[Message, Message] | None:
    """What speaks against sending the letter, and what to do."""
    if file.letter.state not in {State.APPROVED, State.PRINTED} or not file.letter.approvals:
        what = message("dispatch.letter.unapproved", "nobody has approved it")
        return what, N_("have it read and approved first: kvisdocs approve")
    to = read_recipient(file)
    if isinstance(to, Problem):
        return to.what, to.todo
    return _compare_words(file)


def _compare_words(file: FinishedFile) -> tuple[Message, Message] | None:
    """What the letter's own words say against its case: another's number, or not what it must hold."""
    case = file.loaded.case
    assert isinstance(case, CitizenCase)  # it is a letter
    words, _ = read_pdf_words(file.data)
    todo = N_("make it again, and find out how that came about")
    if find_numbers(words) - {"".join(filter(str.isdigit, case.citizen.cpr))}:
        return message("dispatch.letter.other_number", "holds a CPR number that is not that of its case"), todo
    missing = [mark for mark in expected_marks(case, file.document.audience, file.profile) if not mark.stands_in(words)]
    if missing:
        what = message("dispatch.letter.lacks", 'does not hold "{text}", which its case says', text=missing[0].text)
        return what, todo
    return None


def find_numbers(words: str) -> set[str]:
    """What reads as a CPR number, as ten digits."""
    return {"".join(found.groups()) for found in _CPR.finditer(words)}
