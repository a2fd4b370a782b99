"""What the page of a case is told while somebody types: the new text, the fields, and what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kvisdocs.desk.cases.case_view import Look, view_case
from kvisdocs.desk.cases.sent import FIELDS, Sent, read_sent
from kvisdocs.desk.forms import MOST_CASE_FIELDS, read_pairs
from kvisdocs.desk.pages import join, say_number, write
from kvisdocs.desk.services import Services
from kvisdocs.problems import KvisdocsError, Problem, Severity


@dataclass(frozen=True)
class LivePages:
    """Answers to a script of ours; nothing is saved."""

    services: Services

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        return [Route("/kontrol", self.check, methods=["POST"])]

    async def check(self, request: Request) -> Response:
        """A case's form or text, judged as it stands in the browser."""
        sent = read_sent(await read_pairs(request, self.services.secrets, MOST_CASE_FIELDS))
        name, turns = request.query_params.get("fil", ""), self.services.reviews.turns
        return await to_thread.run_sync(self._check, name, sent, limiter=turns)

    def _check(self, name: str, sent: Sent) -> Response:
        path, old = self.services.folder.read_if_there(name)
        try:
            text, focus = sent.new_text(str(path), self.services.assets)
            look = Look(sent.view, text, sent.opened, focus=focus)
        except KvisdocsError as error:
            look = Look(sent.view, sent.text, sent.opened, refused=error.problems)
        shown = view_case(self.services, name, path, old, look)
        return JSONResponse(_answer(shown, sent))


def _answer(shown: Mapping[str, Any], sent: Sent) -> dict[str, object]:
    at: Mapping[str, Sequence[Problem]] = shown["at"]
    is_form = shown["root"] is not None
    asks_for_fields = sent.view == FIELDS and is_form and (sent.press is not None or not sent.filled)
    return {
        "text": shown["text"],
        "isForm": is_form,
        "fields": write("form_fields.html.j2", **shown) if asks_for_fields else None,
        "found": write("found.html.j2", **shown),
        "documents": write("documents.html.j2", **shown),
        "faults": {name: write("faults.html.j2", problems=problems) for name, problems in at.items()},
        "wrong": [name for name, problems in at.items() if any(map(_is_error, problems))],
        "count": say_count([each.problem for each in shown["found"]]),
        "focus": shown["focus"],
    }


def _is_error(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR


def say_count(problems: Sequence[Problem]) -> str:
    """`2 fejl og 1 advarsel`."""
    words = {Severity.ERROR: ("fejl", "fejl"), Severity.WARNING: ("advarsel", "advarsler")}
    counts = {each: sum(problem.severity is each for problem in problems) for each in words}
    return join(say_number(count, *words[each]) for each, count in counts.items() if count) or "Ingen fejl"
