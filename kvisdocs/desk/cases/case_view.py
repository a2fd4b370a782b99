"""A case as its page shows it: the text, its form, and each problem at its line and its field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kvisdocs.application.forms.case_form import CaseForm, open_form
from kvisdocs.application.store.replacement import digest_of
from kvisdocs.cases.form.parts import Part, name_of
from kvisdocs.cases.form.telling import tell_at_field
from kvisdocs.cases.yaml.yaml_builder import Path as PartPath
from kvisdocs.desk.cases.sent import FIELDS, TEXT
from kvisdocs.desk.clock import today
from kvisdocs.desk.forms import can_come_back
from kvisdocs.desk.services import Services
from kvisdocs.desk.text import open_text, put_back
from kvisdocs.problems import KvisdocsError, Problem

NO_TEXT = "Filen er ikke tekst og kan ikke rettes her."
TOO_LONG = (
    "Filen er for lang til at blive rettet her: skrivebordet tager højst imod 2 MB ad gangen. Ret den i et "
    "tekstprogram, for eksempel Notesblok. Her bliver der ikke skrevet i den."
)


@dataclass(frozen=True)
class Look:
    """How somebody looks at a case. Without a text it is the file's."""

    view: str = FIELDS
    text: str | None = None
    opened: str = ""
    said: str = ""
    refused: Sequence[Problem] = ()
    """Why it could not be saved."""
    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What was filled in and could not be written."""
    focus: PartPath = ()
    document: str = ""
    """The document that is looked at beside."""


@dataclass(frozen=True)
class Found:
    """A problem with the field that it is shown at, and what leads to it."""

    problem: Problem
    part: Part | None
    trail: str
    told: Problem
    """The problem as it is told at the field."""


def view_case(services: Services, name: str, path: Path, data: bytes, look: Look) -> dict[str, object]:
    """What the template is given. `data` are the file's bytes."""
    text, closed = _text(data, name)
    is_changed = look.text is not None and look.text != text
    text = look.text if look.text is not None else text
    shown = put_back(data, text) if is_changed else data
    review = services.reviews.one(path, shown, today())
    form = open_form(text.encode(), str(path), services.assets) if not closed and can_come_back(text, 2) else None
    own = [*look.refused, *sorted((each for each in review.problems if is_of(each, path)), key=_by_line)]
    found = find_fields(form, own)
    return {
        "name": name,
        "name_of": services.folder.name_of,
        "review": review,
        "previews": sorted(
            (each for each in services.maker.documents if each.kind == review.kind), key=lambda each: each.on_request
        ),
        "found": found,
        "others": [problem for problem in review.problems if not is_of(problem, path)],
        "at": by_field(found),
        "text": text,
        "lines": _lines(text, own),
        "closed": closed,
        "is_text": not closed,
        "is_changed": is_changed,
        "root": form.root if form else None,
        "view": look.view if form else TEXT,
        "wanted": look.view,
        "digest": look.opened if look.text is not None else digest_of(data),
        "can_undo": services.saver.can_undo(path, data),
        "said": look.said,
        "refused": look.refused,
        "typed": look.typed,
        "focus": name_of(look.focus),
        "document": look.document,
        "form": services.secrets.csrf,
    }


def find_fields(form: CaseForm | None, problems: Sequence[Problem]) -> list[Found]:
    """Each problem with its field, where there is a form."""
    if form is None:
        return [Found(problem, None, "", problem) for problem in problems]
    placed = form.place(problems)
    return [Found(problem, part, _trail(form, part), tell_at_field(problem, part)) for problem, part in placed]


def by_field(found: Sequence[Found]) -> dict[str, list[Problem]]:
    """The problems by the name of their field."""
    at: dict[str, list[Problem]] = {}
    for each in found:
        if each.part is not None and each.part.path:
            at.setdefault(each.part.name, []).append(each.told)
    return at


def _trail(form: CaseForm, part: Part) -> str:
    """`Opfølgningsplan › Aktiviteter 2 › Frist`; a list is told by its item."""
    steps = [form.parts[part.path[:end]] for end in range(1, len(part.path) + 1)]
    return " › ".join(
        each.label for number, each in enumerate(steps, 1) if number == len(steps) or not steps[number].is_item
    )


def _text(data: bytes, name: str) -> tuple[str, str]:
    """The text, or why it cannot be changed here."""
    try:
        text = open_text(data, name).shown
    except KvisdocsError:
        return "", NO_TEXT
    return (text, "") if can_come_back(text) else ("", TOO_LONG)


def is_of(problem: Problem, path: Path) -> bool:
    """Whether the problem is one of the case's own file."""
    return problem.position.file == str(path)


def _by_line(problem: Problem) -> tuple[int, int]:
    return problem.position.line, problem.position.column


def _lines(text: str, problems: Sequence[Problem]) -> list[tuple[int, str, list[Problem]]]:
    """Each line with its number and what is wrong in it."""
    found: dict[int, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.position.line, []).append(problem)
    return [(number, line, found.get(number, [])) for number, line in enumerate(text.split("\n"), 1)]
