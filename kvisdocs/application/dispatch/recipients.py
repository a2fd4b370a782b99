"""To whom a finished letter is: read from the paper as the envelope's window shows it, and held against the case."""

import re
from dataclasses import dataclass

import pypdfium2

from kvisdocs.application.dispatch.finished import FinishedFile
from kvisdocs.application.recipient_check.spelling_patterns import normalise_mark
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.views import Audience
from kvisdocs.messages import N_, message
from kvisdocs.problems import Position, Problem, Severity
from kvisdocs.templating.profiles import Profile, Window

LETTERS = {Audience.CITIZEN, Audience.GP, Audience.EMPLOYER}
"""The audiences whose documents are letters."""

_POSTCODE = re.compile(r"(?:DK-)?(\d{4}) \S")
_MM = 72 / 25.4
_NEAR_MM = 1.0
"""So far from the window's edge its text is still read: glyphs reach over their line."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """What stands in the window: the name and the lines below it. `postcode` is empty where no line begins with one."""

    name: str
    lines: tuple[str, ...]
    postcode: str = ""


def read_recipient(letter: FinishedFile) -> Recipient | Problem:
    """Whom a letter is to. A problem where its window shows nobody, or another than the case says."""
    due = find_due(letter)
    window = letter.profile.window
    lines = read_window(letter.data, window) if window is not None else ()
    if not due or not lines:
        what = message("dispatch.recipient.none", "shows no recipient in its window, so it is no letter to be sent")
        return Problem(Position(str(letter.path)), what, N_("send it by hand"), Severity.WARNING)
    lines = _without_sender(lines, letter.profile)
    shown = normalise_mark("".join(lines))
    if not shown.startswith(normalise_mark(due)):
        what = message(
            "dispatch.recipient.other",
            'shows "{shown}" in its window, but its case says that it is to "{due}"',
            shown=lines[0] if lines else "",
            due=due,
        )
        return Problem(Position(str(letter.path)), what, N_("make it again, and find out how that came about"))
    postcodes = (_POSTCODE.match(line) for line in reversed(lines))
    return Recipient(due, lines, next((found[1] for found in postcodes if found), ""))


def is_letter(file: FinishedFile) -> bool:
    """Whether it is one that somebody gets, and no paper of a committee or of the office."""
    return file.loaded.case.kind == "citizen" and file.document.audience in LETTERS


def find_due(letter: FinishedFile) -> str:
    """The name of the one whom the case says that the letter is to; empty for what is no letter."""
    case, audience = letter.loaded.case, letter.document.audience
    if not isinstance(case, CitizenCase) or audience not in LETTERS:
        return ""
    if audience is Audience.CITIZEN:
        return case.citizen.name
    other = case.gp if audience is Audience.GP else case.workplace
    return other.name if other is not None else ""


def _without_sender(lines: tuple[str, ...], profile: Profile) -> tuple[str, ...]:
    """The lines below that of the sender, which stands above the address in small letters."""
    street = normalise_mark(profile.office.street) if profile.office is not None else ""
    return lines[1:] if street and street in normalise_mark(lines[0]) else lines


def read_window(data: bytes, window: Window) -> tuple[str, ...]:
    """The lines that the first page of a PDF shows in the envelope's window, from top to bottom."""
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        top = page.get_height() - (float(window.top_mm) - _NEAR_MM) * _MM
        left = (float(window.left_mm) - _NEAR_MM) * _MM
        text = page.get_textpage()
        shown = text.get_text_bounded(
            left=left,
            right=left + (float(window.width_mm) + 2 * _NEAR_MM) * _MM,
            bottom=top - (float(window.height_mm) + 2 * _NEAR_MM) * _MM,
            top=top,
        )
    return tuple(" ".join(line.split()) for line in shown.splitlines() if line.strip())


def danish_order(text: str) -> str:
    """A key by which texts stand as in a Danish list: æ, ø and å last."""
    return text.casefold().replace("aa", "å").translate(_LAST)


_LAST = str.maketrans({"æ": "\ue000", "ø": "\ue001", "å": "\ue002"})
