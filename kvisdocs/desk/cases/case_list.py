"""The list of cases: what is asked for in the address, and the rows that answer it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kvisdocs.cases.load import KIND_TITLES
from kvisdocs.desk.cases.review import Review
from kvisdocs.desk.clock import today
from kvisdocs.desk.folder import CaseFile
from kvisdocs.desk.pages import show
from kvisdocs.desk.services import Services

Row = tuple[CaseFile, Review]

PROBLEMS: dict[str, tuple[str, Callable[[Review], bool]]] = {
    "fejl": ("Sager med fejl", lambda review: review.errors > 0),
    "advarsler": ("Sager med advarsler", lambda review: review.warnings > 0),
    "ingen": (
        "Sager uden fejl og advarsler",
        lambda review: not review.errors and not review.warnings and not review.is_pending,
    ),
    "klar": ("Sager, der kan laves noget af", lambda review: bool(review.ready)),
}
"""What the list may be cut down to."""

ORDERS: dict[str, tuple[str, Callable[[Row], object]]] = {
    "fil": ("Fil", lambda row: row[0].name.casefold()),
    "navn": ("Navn", lambda row: (row[1].title or row[0].path.stem).casefold()),
    "kommune": ("Kommune", lambda row: row[1].municipality.casefold()),
    "problemer": ("Fejl først", lambda row: (-row[1].errors, -row[1].warnings, row[0].name.casefold())),
    "nyeste": ("Senest ændret", lambda row: -row[0].stamp[0]),
}
"""By what the list may be sorted."""


@dataclass(frozen=True)
class Query:
    """What a reader asks of the list. What is not known counts as not asked."""

    words: str = ""
    kind: str = ""
    problem: str = ""
    order: str = "fil"

    @classmethod
    def of(cls, sent: Mapping[str, str]) -> "Query":
        """The query of an address."""
        kind, problem, order = sent.get("art", ""), sent.get("problem", ""), sent.get("orden", "")
        return cls(
            sent.get("q", "")[:200].strip(),
            kind if kind in KIND_TITLES else "",
            problem if problem in PROBLEMS else "",
            order if order in ORDERS else "fil",
        )

    @property
    def is_narrow(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.words or self.kind or self.problem)

    def choose(self, rows: Sequence[Row]) -> list[Row]:
        """The rows that are asked for, in their order."""
        words = self.words.casefold().split()
        found = [row for row in rows if self._fits(row, words)]
        return sorted(found, key=ORDERS[self.order][1])  # type: ignore[arg-type]

    def _fits(self, row: Row, words: Sequence[str]) -> bool:
        file, review = row
        if self.kind and review.kind != self.kind:
            return False
        if self.problem and not PROBLEMS[self.problem][1](review):
            return False
        text = f"{file.name} {review.title} {review.municipality}".casefold()
        return all(word in text for word in words)


@dataclass(frozen=True)
class ListPages:
    """The list of cases."""

    services: Services

    @property
    def routes(self) -> list[Route]:
        """Its address."""
        return [Route("/", self.show_list)]

    def show_list(self, request: Request) -> Response:
        """The cases that are asked for."""
        rows, query = self.services.reviews.all(today()), Query.of(request.query_params)
        return show(
            "list.html.j2",
            folder=self.services.folder.root.resolve().name,
            rows=query.choose(rows),
            whole=len(rows),
            pending=sum(review.is_pending for _, review in rows),
            query=query,
            problems=PROBLEMS,
            orders=ORDERS,
        )
