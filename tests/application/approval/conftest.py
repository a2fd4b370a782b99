"""Letters that want approval: the small document `note`, with what every letter must hold."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from builders import citizen_yaml
from user import command, folder, kvisdocs, note, write

from kvisdocs.application.approval.approve import ApprovalOutcome, ApprovalRequest, approve_letters
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.render_job import RenderJob

__all__ = ["command", "folder", "kvisdocs", "note", "write"]

CHECKOUT = Path(__file__).parents[3]
DAY = date(2012, 11, 14)


def scribe(by: str) -> Scribe:
    return Scribe(by, lambda: datetime(2012, 11, 15, 9, tzinfo=UTC))


@pytest.fixture
def office(write, note) -> Callable[..., None]:
    """Writes the case, the template and the profile, with the approval that is asked for."""

    def office(approval: str = "one", text: str = "Kære borger", **changes: object) -> None:
        profile = (CHECKOUT / "templates/profiles/herning.yaml").read_text()
        head = '<!doctype html>\n<html lang="da"><head><title>Note</title></head>\n'
        name = "{{ case.citizen.first_names }} {{ case.citizen.last_name }}"
        body = f"<body><h1>Note</h1><p>{{{{ profile.name }}}}</p><p>{name}</p><p>{text}</p></body></html>\n"
        write(
            {
                "templates/profiles/herning.yaml": f"approval: {approval}\n{profile}",
                "templates/note/document.html.j2": head + body,
                "cases/åse.yaml": citizen_yaml(**changes),
            }
        )

    return office


@pytest.fixture
def render(office) -> Callable[..., RenderJob]:
    """Makes the note, as somebody."""

    def render(by: str = "Bo", day: date = DAY, formats: tuple[str, ...] = ("docx",), **options: object) -> RenderJob:
        job = RenderJob(Path("output"), day, formats, scribe=scribe(by), **options)
        job.make([Path("cases")], ["note"], Path("templates"))
        return job

    return render


@pytest.fixture
def approve() -> Callable[..., ApprovalOutcome]:
    """Approves all there is of the case; the gate is asked only where a test gives one."""

    def approve(by: str, reason: str = "", judge=None, output: str = "output") -> ApprovalOutcome:
        def is_wanted(letter):
            return any(file.is_there for file in letter.files.values())

        request = ApprovalRequest(Path(output), scribe(by), is_wanted, reason, Path("templates"), judge=judge)
        return approve_letters(request)[-1]

    return approve
