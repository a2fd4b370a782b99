"""The pages of a run: what it is to make, what it would do, and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from kvisdocs.application.outcome import Status
from kvisdocs.desk.forms import Pairs, read_form, read_pairs
from kvisdocs.desk.letters import cannot_read
from kvisdocs.desk.pages import join, say_number, show
from kvisdocs.desk.runs.background import Progress, Runs
from kvisdocs.desk.runs.choice import FORMATS, REPORT, Choice, Choices, find_choices
from kvisdocs.desk.runs.facts import find_facts
from kvisdocs.desk.runs.task import AlreadyRunningError
from kvisdocs.desk.services import Services

MOST_FIELDS = 200

SAID = {
    Status.MADE: "lavet",
    Status.UNCHANGED: "uændret",
    Status.EXCLUDED: "udeladt",
    Status.HELD_BACK: "holdt tilbage",
    Status.FAILED: "mislykket",
}


@dataclass(frozen=True)
class RunPages:
    """Choosing, looking ahead, running and stopping."""

    services: Services
    runs: Runs

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/koersel", self.choose, methods=["GET"]),
            Route("/koersel/tjek", self.show_plan, methods=["GET"]),
            Route("/koersel/tjek", self.begin_plan, methods=["POST"]),
            Route("/koersel/start", self.begin_run, methods=["POST"]),
            Route("/koersel/gang", self.show_progress),
            Route("/koersel/status", self.tell_status),
            Route("/koersel/stop", self.stop, methods=["POST"]),
        ]

    def choose(self, request: Request) -> Response:
        """The form: what is to be made."""
        choices = find_choices(self.services)
        unfinished = self._read_unfinished()
        return self._form(choices, Choice.first(choices, unfinished), is_resumed=unfinished is not None)

    def _read_unfinished(self) -> date | None:
        try:
            return self.services.letters.unfinished()
        except OSError as error:
            raise cannot_read(self.services.output, error) from None

    def _form(self, choices: Choices, choice: Choice, faults: Sequence[str] = (), is_resumed: bool = False) -> Response:
        return show(
            "runs/choose.html.j2",
            422 if faults else 200,
            choices=choices,
            choice=choice,
            faults=faults,
            is_resumed=is_resumed,
            formats=FORMATS,
            output=self.services.output,
            running=self.runs.run if self.runs.is_running else None,
            last=self.runs.run,
            held=len(self.services.letters.held()),
            form=self.services.secrets.csrf,
        )

    async def begin_plan(self, request: Request) -> Response:
        """Look ahead; nothing is written."""
        sent = await read_pairs(request, self.services.secrets, MOST_FIELDS)
        return await run_in_threadpool(self._begin_plan, sent)

    def _begin_plan(self, sent: Pairs) -> Response:
        choices = find_choices(self.services)
        choice = Choice.of(sent, choices)
        if faults := choice.find_faults(choices):
            return self._form(choices, choice, faults)
        self.runs.begin(choice.order(self.services, choices), is_plan=True)
        return RedirectResponse("/koersel/tjek", 303)

    def show_plan(self, request: Request) -> Response:
        """What a run would do; while it is found out, how far that is."""
        plan = self.runs.plan
        if plan is None:
            return RedirectResponse("/koersel", 303)
        if not plan.is_over:
            return self._show_progress(plan)
        facts = find_facts(self.services, plan)
        return show(
            "runs/plan.html.j2", plan=plan, facts=facts, form=self.services.secrets.csrf, chosen=_say_choice(plan)
        )

    async def begin_run(self, request: Request) -> Response:
        """Make what was looked at."""
        await read_form(request, self.services.secrets)
        return await run_in_threadpool(self._begin_run)

    def _begin_run(self) -> Response:
        plan = self.runs.plan
        if self.runs.is_running:
            raise AlreadyRunningError
        if plan is None or plan.report is None:
            return RedirectResponse("/koersel", 303)
        self.runs.begin(replace(plan.order, report=self.services.output / REPORT), is_plan=False)
        return RedirectResponse("/koersel/gang", 303)

    def show_progress(self, request: Request) -> Response:
        """How far it is; the report when it is over."""
        run = self.runs.run
        if run is None:
            return RedirectResponse("/koersel", 303)
        return RedirectResponse("/koersel/rapport", 303) if run.is_over else self._show_progress(run)

    def _show_progress(self, progress: Progress) -> Response:
        return show(
            "runs/progress.html.j2",
            progress=progress,
            text=describe(progress),
            form=self.services.secrets.csrf,
            chosen=_say_choice(progress),
        )

    def tell_status(self, request: Request) -> Response:
        """The same for the script of the page."""
        progress = self.runs.plan if "tjek" in request.query_params else self.runs.run
        if progress is None:
            return JSONResponse({"over": True})
        answer = {"over": progress.is_over, "text": describe(progress), "done": progress.done, "total": progress.total}
        return JSONResponse(answer)

    async def stop(self, request: Request) -> Response:
        """As Ctrl-C: what is finished stays."""
        await read_form(request, self.services.secrets)
        await run_in_threadpool(self.runs.stop)
        return RedirectResponse("/koersel/gang" if self.runs.run else "/koersel", 303)


def describe(progress: Progress) -> str:
    """How far it is: `120 af 2000 dokumenter: 118 lavet, 2 holdt tilbage`."""
    if progress.is_stopping:
        return "Stopper. Det, der er færdigt, bliver liggende."
    if progress.total is None:
        return "Læser sagerne."
    counts = [say_number(number, SAID[each], SAID[each]) for each in SAID if (number := progress.counts[each])]
    so_far = f"{progress.done} af {say_number(progress.total, 'dokument', 'dokumenter')}"
    return f"{so_far}: {join(counts)}." if counts else f"{so_far}."


def _say_choice(progress: Progress) -> str:
    """What was chosen: `alle kommuner, PDF og Word`."""
    order = progress.order
    place = order.municipalities[0] if order.municipalities else "alle kommuner"
    return f"{place}, {join(FORMATS[each] for each in order.formats)}"
