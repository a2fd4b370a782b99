"""What can be sent today, and sending it: as Digital Post, on paper, to the case system and to the doctor."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from kvisdocs.application.dispatch.digital_post import PostAccess
from kvisdocs.application.dispatch.medcom.export import Exported
from kvisdocs.application.dispatch.print_run import ORDERS, PrintRecord
from kvisdocs.application.dispatch.send import Dispatched, Result, settle
from kvisdocs.desk.clock import today
from kvisdocs.desk.folder import NoSuchFileError
from kvisdocs.desk.forms import BrokenFormError, Pairs, read_form, read_pairs
from kvisdocs.desk.outgoing.dispatching import (
    ChosenLetters,
    Dispatcher,
    Ready,
    export_letters,
    look,
    pack_documents,
    print_letters,
)
from kvisdocs.desk.outgoing.letter_list import MOST_LETTERS
from kvisdocs.desk.outgoing.sending import Sendings, SendingTask
from kvisdocs.desk.pages import join, show
from kvisdocs.desk.papers import Paper, Papers
from kvisdocs.desk.runs.task import AlreadyRunningError
from kvisdocs.desk.services import Services
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem

FORMATS = {"pdf": "PDF", "docx": "Word"}
TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8", "zip": "application/zip"}
COUNTED = {
    Result.SENT: "sendt",
    Result.FOR_PRINT: "til print",
    Result.PRINTED: "udskrevet før",
    Result.STAYS: "udeladt",
    Result.NOT_TAKEN: "ikke modtaget",
    Result.UNKNOWN: "uvist",
}

MOST_PRINTED = 300
"""So many of the letters that were printed are shown, the last ones first."""


@dataclass(frozen=True)
class SendingPages:
    """The pages of what is sent. Without `post` nothing is sent as Digital Post."""

    services: Services
    dispatcher: Dispatcher
    sendings: Sendings
    post: PostAccess | None = None
    made: Papers = field(default_factory=lambda: Papers("/afsendelse/fil", most=200, most_bytes=512 * 2**20))
    """What was laid out, until it is downloaded."""

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/afsendelse", self.show_list, methods=["GET"]),
            Route("/afsendelse", self.take_chosen, methods=["POST"]),
            Route("/afsendelse/send", self.begin, methods=["POST"]),
            Route("/afsendelse/gang", self.show_progress),
            Route("/afsendelse/status", self.tell_status),
            Route("/afsendelse/stop", self.stop, methods=["POST"]),
            Route("/afsendelse/resultat", self.show_result),
            Route("/afsendelse/afklar", self.settle, methods=["POST"]),
            Route("/afsendelse/pak", self.pack, methods=["POST"]),
            Route("/afsendelse/laege", self.export, methods=["POST"]),
            Route("/afsendelse/fil", self.download, methods=["GET"]),
            Route("/afsendelse/fil", self.hand_over, methods=["POST"]),
        ]

    def _letters(self, chosen: frozenset[str] | None = None) -> ChosenLetters:
        services = self.services
        return ChosenLetters(services.output, services.assets, services.user_scribe, today(), chosen)

    def show_list(self, request: Request) -> Response:
        """What would be sent how today, and what stays and why. Nothing is sent."""
        return self._list()

    def _list(self, problems: Sequence[Problem] = (), sent: Pairs | None = None) -> Response:
        try:
            done, faults = self.dispatcher.call(look, self._letters()), tuple(problems)
        except KvisdocsError as error:  # where nothing was made yet, there is nothing wrong
            others = [each for each in error.problems if each.code != "dispatch.output.none"]
            done, faults = [], (*problems, *others)
        groups = _sort(done)
        if self.sendings.is_running:  # the answer is on its way
            groups["open"] = []
        return show(
            "outgoing/sending.html.j2",
            422 if problems else 200,
            **groups,
            problems=faults,
            chosen=None if sent is None else _read_chosen(sent),
            output=self.services.output,
            can_send=self.post is not None,
            is_test=getattr(self.post, "is_test", False),
            most_printed=MOST_PRINTED,
            running=self.sendings.is_running,
            sorts=ORDERS,
            formats=FORMATS,
            titles=self.services.maker.titles,
            form=self.services.secrets.csrf,
        )

    async def take_chosen(self, request: Request) -> Response:
        """Print the letters that were chosen, or ask once more before they are sent."""
        sent = await read_pairs(request, self.services.secrets, MOST_LETTERS)
        return await run_in_threadpool(self._take_chosen, sent)

    def _take_chosen(self, sent: Pairs) -> Response:
        try:
            if not _read_chosen(sent):
                raise KvisdocsError(_nothing_chosen())
            return self._print(sent) if dict(sent).get("handling") in {"print", "igen"} else self._confirm(sent)
        except KvisdocsError as error:
            return self._list(error.problems, sent)

    def _confirm(self, sent: Pairs) -> Response:
        """Who gets what, and what of the chosen stays. Raises KvisdocsError."""
        chosen = _read_chosen(sent)
        groups = _sort([each for each in self.dispatcher.call(look, self._letters()) if each.sha256 in chosen])
        if not groups["going"] or self.post is None:
            return RedirectResponse("/afsendelse", 303)
        return show(
            "outgoing/confirm.html.j2",
            **groups,
            gone=len(chosen) - sum(map(len, groups.values())),
            is_test=getattr(self.post, "is_test", False),
            titles=self.services.maker.titles,
            form=self.services.secrets.csrf,
        )

    def _print(self, sent: Pairs) -> Response:
        """Lay them out. Raises KvisdocsError."""
        plain = dict(sent)
        sort = plain.get("orden", "postcode")
        if sort not in ORDERS:
            raise BrokenFormError
        letters, is_again = self._letters(_read_chosen(sent)), plain["handling"] == "igen"
        layout = sort, "duplex" in plain, "hver" in plain, is_again
        return self._show_ready(self.dispatcher.call(print_letters, letters, *layout))

    async def begin(self, request: Request) -> Response:
        """Send them."""
        sent = await read_pairs(request, self.services.secrets, MOST_LETTERS)
        chosen = _read_chosen(sent)
        if self.post is None or not chosen:
            return RedirectResponse("/afsendelse", 303)
        try:
            await run_in_threadpool(self.sendings.begin, self._letters(chosen), self.post)
        except AlreadyRunningError:  # a second click, or somebody else
            return show("outgoing/already.html.j2", 409)
        return RedirectResponse("/afsendelse/gang", 303)

    def show_progress(self, request: Request) -> Response:
        """How far it is; what came of it when it is over."""
        task = self.sendings.last
        if task is None:
            return RedirectResponse("/afsendelse", 303)
        if task.is_over:
            return RedirectResponse("/afsendelse/resultat", 303)
        return show("outgoing/progress.html.j2", task=task, text=describe(task), form=self.services.secrets.csrf)

    def tell_status(self, request: Request) -> Response:
        """The same for the script of the page."""
        task = self.sendings.last
        if task is None:
            return JSONResponse({"over": True})
        return JSONResponse({"over": task.is_over, "text": describe(task), "done": len(task.done), "total": task.total})

    async def stop(self, request: Request) -> Response:
        """Send no more."""
        await read_form(request, self.services.secrets)
        await run_in_threadpool(self.sendings.stop)
        return RedirectResponse("/afsendelse/gang", 303)

    def show_result(self, request: Request) -> Response:
        """What became of each letter of the last sending."""
        task = self.sendings.last
        if task is None or not task.is_over:
            return RedirectResponse("/afsendelse/gang" if task else "/afsendelse", 303)
        return show(
            "outgoing/result.html.j2",
            task=task,
            text=describe(task),
            left=task.total - len(task.done),
            **_sort(task.done),
            sorts=ORDERS,
            titles=self.services.maker.titles,
            form=self.services.secrets.csrf,
        )

    async def settle(self, request: Request) -> Response:
        """Write down what somebody found out of a letter of which it was not known whether it was taken."""
        fields = await read_form(request, self.services.secrets)
        name, answer = fields.get("besked", ""), fields.get("svar")
        if answer not in {"sendt", "ikke sendt"}:
            raise BrokenFormError
        return await run_in_threadpool(self._settle, name, answer == "sendt")

    def _settle(self, name: str, was_sent: bool) -> Response:
        names = ([name], []) if was_sent else ([], [name])
        try:
            list(settle(self.services.output, self.services.user_scribe, *names))
        except KvisdocsError as error:
            return self._list(error.problems)
        return RedirectResponse("/afsendelse", 303)

    async def pack(self, request: Request) -> Response:
        """Finished documents as a ZIP file."""
        sent = await read_pairs(request, self.services.secrets, MOST_LETTERS)
        formats = tuple(value for name, value in sent if name == "format" and value in FORMATS)
        return await run_in_threadpool(self._pack, formats or tuple(FORMATS))

    def _pack(self, formats: tuple[str, ...]) -> Response:
        try:
            return self._show_ready(self.dispatcher.call(pack_documents, self._letters(), formats))
        except KvisdocsError as error:
            return self._list(error.problems)

    async def export(self, request: Request) -> Response:
        """ChosenLetters to doctors as messages of MedCom."""
        fields = await read_form(request, self.services.secrets)
        return await run_in_threadpool(self._export, "igen" in fields)

    def _export(self, again: bool) -> Response:
        try:
            ready, done = self.dispatcher.call(export_letters, self._letters(), again)
        except KvisdocsError as error:
            return self._list(error.problems)
        return self._show_ready(ready, done)

    def _show_ready(self, ready: Ready, exported: Sequence[Exported] = ()) -> Response:
        files = [(name, self._keep(name, data, ready.records.get(name))) for name, data in ready.files.items()]
        form = self.services.secrets.csrf
        return show("outgoing/ready.html.j2", ready=ready, files=files, exported=exported, form=form)

    def _keep(self, name: str, data: bytes, record: PrintRecord | None) -> str:
        """Its address."""
        services = self.services
        write = None if record is None else partial(record.write, services.output, services.user_scribe)
        return self.made.keep(data, name.rpartition(".")[2], name, write)

    def download(self, request: Request) -> Response:
        """A file that was laid out, of which the journal has nothing to say."""
        paper = self.made.find(request.query_params.get("id", ""))
        if paper is None or paper.record is not None:
            raise NoSuchFileError("")
        return _as_download(paper)

    async def hand_over(self, request: Request) -> Response:
        """A file for the printer, and the journal says so."""
        await read_form(request, self.services.secrets)
        return await run_in_threadpool(self._hand_over, request.query_params.get("id", ""))

    def _hand_over(self, word: str) -> Response:
        try:
            paper = self.made.hand_over(word)
        except KvisdocsError as error:
            return self._list(error.problems)
        if paper is None:
            raise NoSuchFileError("")
        return _as_download(paper)


def _as_download(paper: Paper) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(paper.name, safe='')}"}
    return Response(paper.data, media_type=TYPES[paper.format], headers=headers)


def _nothing_chosen() -> Problem:
    what = message("desk.letters.none_chosen", "no letter is chosen")
    return Problem(Position(""), what, N_("mark the letters that are meant"))


def _read_chosen(sent: Pairs) -> frozenset[str]:
    return frozenset(value for name, value in sent if name == "brev")


def _sort(done: Sequence[Dispatched]) -> dict[str, Any]:
    """The letters by what is done with them, in lists: `going`, `paper`, `doubtful`, `open`, `printed` and `rest`."""
    groups: dict[str, Any] = {"going": [], "paper": [], "doubtful": [], "open": [], "printed": [], "rest": []}
    place = {
        Result.WOULD_BE_SENT: "going",
        Result.FOR_PRINT: "paper",
        Result.BY_HAND: "paper",
        Result.UNKNOWN: "open",
        Result.PRINTED: "printed",
    }
    for each in done:
        other = "doubtful" if each.result is Result.STAYS and each.to else "rest"  # a finished letter may be printed
        groups[place.get(each.result, other)].append(each)
    groups["printed"].sort(key=lambda each: each.printed, reverse=True)
    return groups


def describe(task: SendingTask) -> str:
    """How far it is: `12 af 40 breve: 11 sendt og 1 til print.`"""
    if task.is_stopping and not task.is_over:
        return "Stopper, når det brev, der er på vej, har fået svar."
    counts = join(f"{number} {COUNTED[each]}" for each in COUNTED if (number := task.counts[each]))
    so_far = f"{len(task.done)} af {task.total} breve"
    return f"{so_far}: {counts}." if counts else f"{so_far}."
