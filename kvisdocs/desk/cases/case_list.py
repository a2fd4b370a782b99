"""The list of cases: what is asked for in the address, and the rows that answer it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kvisdocs.cases.load import KIND_TITLES
from kvisdocs.desk.cases.review import Review
from kvisdocs.desk.clock import today
from kvisdocs.desk.folder import CaseFile
from kvisdocs.desk.letters import Letter, cannot_read
from kvisdocs.desk.pages import show
from kvisdocs.desk.services import Services


class Row(NamedTuple):
    """A case of the list."""

    file: CaseFile
    review: Review
    letters: tuple[Letter, ...] = ()
    """What was made of it and lies in the output folder."""


PROBLEMS: dict[str, tuple[str, Callable[[Row], bool]]] = {
    "fejl": ("Sager med fejl", lambda row: row.review.errors > 0),
    "advarsler": ("Sager med advarsler", lambda row: row.review.warnings > 0),
    "ingen": (
        "Sager uden fejl og advarsler",
        lambda row: not row.review.errors and not row.review.warnings and not row.review.is_pending,
    ),
    "klar": ("Sager, der kan laves noget af", lambda row: bool(row.review.ready)),
    "lavet": ("Sager, der er lavet noget af", lambda row: bool(row.letters)),
    "ikke-lavet": ("Sager, der ikke er lavet noget af", lambda row: not row.letters),
    "siden": ("Sager, der er ændret siden", lambda row: any(letter.is_stale for letter in row.letters)),
    "rettet": ("Sager med breve, som nogen har rettet i", lambda row: any(letter.is_changed for letter in row.letters)),
    "holdt": ("Sager med breve, der er holdt tilbage", lambda row: any(letter.is_held for letter in row.letters)),
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
        file, review, _ = row
        if self.kind and review.kind != self.kind:
            return False
        if self.problem and not PROBLEMS[self.problem][1](row):
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
        rows, query = self._find_rows(), Query.of(request.query_params)
        return show(
            "list.html.j2",
            folder=self.services.folder.root.resolve().name,
            rows=query.choose(rows),
            whole=len(rows),
            pending=sum(row.review.is_pending for row in rows),
            query=query,
            problems=PROBLEMS,
            orders=ORDERS,
            titles=self.services.maker.titles,
        )

    def _find_rows(self) -> list[Row]:
        reviews = self.services.reviews.all(today())
        try:
            letters = self.services.letters.of_files(file for file, _ in reviews)
        except OSError as error:
            raise cannot_read(self.services.output, error) from None
        return [Row(file, review, letters.get(file.name, ())) for file, review in reviews]
