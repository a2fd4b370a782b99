"""The report of the last run."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kvisdocs.desk.pages import show
from kvisdocs.desk.runs.background import Runs
from kvisdocs.desk.runs.choice import REPORT
from kvisdocs.desk.runs.facts import find_facts
from kvisdocs.desk.services import Services


@dataclass(frozen=True)
class ReportPages:
    """What became of a run."""

    services: Services
    runs: Runs

    @property
    def routes(self) -> list[Route]:
        """Their address."""
        return [Route("/koersel/rapport", self.show_report)]

    def show_report(self, request: Request) -> Response:
        """The same facts as the report's file has."""
        run, file = self.runs.run, self.services.output / REPORT
        if run is not None and not run.is_over:
            return RedirectResponse("/koersel/gang", 303)
        return show(
            "runs/report.html.j2",
            run=run,
            facts=find_facts(self.services, run) if run else None,
            file=file if file.is_file() else None,
        )
