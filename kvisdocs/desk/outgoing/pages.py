"""Approving letters and taking approvals back; and the journal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kvisdocs.application.approval.approve import (
    ApprovalOutcome,
    ApprovalRequest,
    approve_letters,
    withdraw_approvals,
)
from kvisdocs.application.approval.edited import approve_edited
from kvisdocs.application.approval.selection import is_one_of
from kvisdocs.application.journal.journal import Journal
from kvisdocs.batch.finals import judge_in_process, make_in_workers
from kvisdocs.desk.forms import Pairs, read_pairs
from kvisdocs.desk.outgoing.letter_list import MOST_LETTERS, list_outgoing, pick
from kvisdocs.desk.pages import show
from kvisdocs.desk.services import Services
from kvisdocs.desk.user import find_user
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem

SHOWN_EVENTS = 300
"""Of the journal, so many of the last lines."""


@dataclass(frozen=True)
class OutgoingPages:
    """The pages of what goes out."""

    services: Services

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/godkend", self.show_letters, methods=["GET"]),
            Route("/godkend", self.approve, methods=["POST"]),
            Route("/journal", self.show_journal),
        ]

    def show_letters(self, request: Request) -> Response:
        """The letters, and the form in which somebody answers for some of them."""
        return self._page(request)

    def _page(
        self,
        request: Request,
        done: Sequence[ApprovalOutcome] = (),
        problems: Sequence[Problem] = (),
        sent: Pairs = (),
    ) -> Response:
        letters = list_outgoing(self.services.output)
        plain = dict(sent)
        return show(
            "outgoing/letters.html.j2",
            422 if problems else 200,
            waiting=[each for each in letters if each.can_be_approved],
            edited=[each for each in letters if each.is_edited],
            others=[each for each in letters if not each.can_be_approved and not each.is_edited],
            titles=self.services.maker.titles,
            done=done,
            problems=problems,
            chosen={value for name, value in sent if name == "brev"},
            user=find_user(request),
            name=plain.get("navn", self.services.user_scribe.by),
            reason=plain.get("grund", ""),
            form=self.services.secrets.csrf,
        )

    async def approve(self, request: Request) -> Response:
        """Approve the letters that were chosen, or take their approvals back."""
        sent = await read_pairs(request, self.services.secrets, MOST_LETTERS)
        return await run_in_threadpool(self._approve, request, sent)

    def _approve(self, request: Request, sent: Pairs) -> Response:
        plain, user = dict(sent), find_user(request)
        scribe = self.services.user_scribe
        if not user.is_known and (typed := " ".join(plain.get("navn", "").split())):
            scribe = replace(scribe, by=typed)
        keys, reason = [value for key, value in sent if key == "brev"], plain.get("grund", "").strip()
        output = self.services.output
        try:
            deed = plain.get("handling")
            letters = pick(list_outgoing(output), keys)
            if not letters:
                raise KvisdocsError(_nothing_chosen())
            chosen = is_one_of(letters)
            if deed == "tilbage":
                if not reason:
                    raise KvisdocsError(_no_reason())
                done = withdraw_approvals(output, scribe, chosen, reason)
            else:
                if deed == "rettet" and not reason:
                    raise KvisdocsError(_no_reason_for_edit())
                given = "" if deed == "vis" else reason
                asked = ApprovalRequest(output, scribe, chosen, given, self.services.assets.folders[0])
                asked = replace(asked, make=make_in_workers, judge=judge_in_process)
                done = approve_edited(asked) if deed in {"vis", "rettet"} else approve_letters(asked)
        except KvisdocsError as error:
            return self._page(request, problems=error.problems, sent=sent)
        return self._page(request, done, sent=() if done and deed != "vis" else sent)

    def show_journal(self, request: Request) -> Response:
        """The last lines of the journal, newest first; of one case, where one is named."""
        reading = Journal(self.services.output).read()
        case = request.query_params.get("sag", "")
        entries = [each for each in reading.entries if not case or each.case_id == case]
        return show(
            "outgoing/journal.html.j2",
            entries=entries[: -SHOWN_EVENTS - 1 : -1],
            whole=len(entries),
            case=case,
            problems=reading.problems,
            titles=self.services.maker.titles,
        )


def _nothing_chosen() -> Problem:
    what = message("desk.approval.none_chosen", "no letter is chosen that lies here still")
    return Problem(Position(""), what, N_("look at the list, and mark the letters that you have read"))


def _no_reason() -> Problem:
    what = message("desk.approval.no_reason", "an approval is taken back only with a reason")
    return Problem(Position(""), what, N_("write why"))


def _no_reason_for_edit() -> Problem:
    what = message("desk.approval.edit_no_reason", "a letter that was edited in Word is approved only with a reason")
    return Problem(Position(""), what, N_("look at what was edited, and write why"))
