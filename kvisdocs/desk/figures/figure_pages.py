"""The page of figures, its files to download, and the item that is laid out with them."""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kvisdocs.application.counting.count import CountedCases
from kvisdocs.application.counting.publish import UnclearCasesError, Wanted, read_last
from kvisdocs.application.job import RunSettings
from kvisdocs.application.scaffold.answers import parse_given
from kvisdocs.application.scaffold.case_file import find_choices, make_case_files
from kvisdocs.batch.pool.pool import TaskTimeout, WorkerDied
from kvisdocs.desk.cases.document_pages import TYPES
from kvisdocs.desk.cases.new_case import place_new_file
from kvisdocs.desk.clock import today
from kvisdocs.desk.figures.asked import Asked, say_long
from kvisdocs.desk.figures.counts import Counts, UnderWay
from kvisdocs.desk.folder import CaseFile, NoSuchFileError
from kvisdocs.desk.forms import read_form
from kvisdocs.desk.pages import address, show, write
from kvisdocs.desk.services import Services
from kvisdocs.problems import KvisdocsError, Position, Problem, show_path
from kvisdocs.programme.rules.rule_registry import load_programme
from kvisdocs.statistics.long_table import as_csv, as_json
from kvisdocs.statistics.model import Published
from kvisdocs.templating.annex import lay_out_annex
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import load_profile

LONGEST_S = 300.0
"""So long a download waits for figures that are being counted."""

MOST_LAST_BYTES = 8 * 2**20
FORMATS = {"csv": "text/csv; charset=utf-8", "json": "application/json", **TYPES}


@dataclass(frozen=True)
class Found:
    """The figures, as far as they are there."""

    asked: Asked
    files: Sequence[CaseFile]
    counted: CountedCases | None = None
    under_way: UnderWay | None = None
    published: Published | None = None
    problem: Problem | None = None
    is_lost: bool = False
    """Whether the workers could not do it."""


@dataclass(frozen=True)
class FigurePages:
    """The figures of the folder's cases."""

    services: Services
    counts: Counts
    patience_s: float
    seconds: float

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/tal", self.show_figures),
            Route("/tal/hent", self.download),
            Route("/tal/punkt", self.create_item, methods=["POST"]),
        ]

    def show_figures(self, request: Request) -> Response:
        """The figures; while they are counted, how far it is."""
        found = self._find(Asked.of(request.query_params, today()), self.patience_s)
        return self._show(found)

    def _show(self, found: Found, filled: Mapping[str, str] | None = None, refused: Sequence[Problem] = ()) -> Response:
        return show(
            "figures/figures.html.j2",
            422 if refused else 200,
            folder=self.services.folder.root.resolve().name,
            found=found,
            asked=found.asked,
            parts=self._find_parts(),
            lasts=self._find_lasts(),
            municipalities=sorted({of for of, _ in found.counted.cases}) if found.counted else [],
            programmes=_find_programmes(found),
            tables=write_tables(found.published, self.services.assets) if found.published else "",
            filled=filled or {},
            refused=refused,
            form=self.services.secrets.csrf,
        )

    def _find(self, asked: Asked, patience_s: float) -> Found:
        """The figures that an address asks for."""
        files = [each for each in self.services.folder.look() if _is_in(each.name, asked.part)]
        found = Found(asked, files)
        if asked.fault is not None or not files:
            return found
        try:
            counted = self.counts.count(files, asked.on, patience_s)
            if isinstance(counted, UnderWay):
                return replace(found, under_way=counted)
            found = replace(found, counted=counted)
            published = self.counts.publish(files, counted, self._want(asked), patience_s)
            return replace(found, published=published)
        except UnclearCasesError as error:
            return replace(found, problem=Problem(Position(""), error.what, error.todo))
        except (TaskTimeout, WorkerDied, BrokenExecutor):
            return replace(found, is_lost=True)

    def _want(self, asked: Asked) -> Wanted:
        """The same as the command line asks for. Raises UnclearCasesError, and NoSuchFileError for no such file."""
        source = self.services.folder.root / asked.part if asked.part else self.services.folder.root
        last = None
        if asked.last:
            if asked.last not in self._find_lasts():
                raise NoSuchFileError(asked.last)
            last = read_last((self.services.folder.root / asked.last).read_bytes(), asked.last)
        return Wanted(
            asked.on, asked.edition, asked.municipality or None, asked.programme or None, last, (show_path(source),)
        )

    def _find_parts(self) -> list[str]:
        """The folders that hold cases, and those above them."""
        names = (Path(each.name).parent for each in self.services.folder.look())
        return sorted({above.as_posix() for name in names for above in (name, *name.parents)} - {"."})

    def _find_lasts(self) -> list[str]:
        """The files that may hold what was published last: JSON that lies beside cases and is no schema."""
        root = self.services.folder.root
        found = []
        for part in ("", *self._find_parts()):
            try:
                found += [each for each in sorted((root / part).glob("*.json")) if self._may_be_last(each)]
            except OSError:
                continue
        return [each.relative_to(root).as_posix() for each in found]

    def _may_be_last(self, file: Path) -> bool:
        is_plain = not file.is_symlink() and file.is_file() and not file.name.endswith(".schema.json")
        return is_plain and file.stat().st_size <= MOST_LAST_BYTES and self.services.folder.holds(file)

    def download(self, request: Request) -> Response:
        """The figures as a file: the bytes that the command line writes."""
        form = request.query_params.get("format", "")
        if form not in FORMATS:
            raise NoSuchFileError(form)
        found = self._find(Asked.of(request.query_params, today()), LONGEST_S)
        data = self._make(found, form)
        if found.published is None or data is None:
            return self._show(found)
        name = f"statistik-{found.published.statement.on.isoformat()}.{form}"
        return Response(data, media_type=FORMATS[form], headers={"Content-Disposition": f"attachment; filename={name}"})

    def _make(self, found: Found, form: str) -> bytes | None:
        if found.published is None or found.counted is None:
            return None
        if form in TYPES:
            settings = RunSettings(self.services.assets, today(), (form,), document_limit_s=self.seconds)
            document = load_documents(self.services.assets)["statistics-annex"]
            return self.counts.make_annex(found.published, found.counted, document, settings)
        return as_csv(found.published) if form == "csv" else as_json(found.published)

    async def create_item(self, request: Request) -> Response:
        """A new item that names these figures, or the page again with what is wrong."""
        fields = await read_form(request, self.services.secrets)
        return await run_in_threadpool(self._create_item, Asked.of(request.query_params, today()), fields)

    def _create_item(self, asked: Asked, fields: Mapping[str, str]) -> Response:
        found = self._find(asked, LONGEST_S)
        if found.published is None:
            return self._show(found, fields)
        try:
            file = place_new_file(self.services.folder, fields.get("navn", ""))
            cases = os.path.relpath(self.services.folder.root / asked.part, file.parent)
            said = [
                f"municipality={found.published.statement.municipality}",
                f"title={fields.get('titel', '')}",
                f"figures.cases={Path(cases).as_posix()}",
                f"figures.on={asked.on.isoformat()}",
                f"figures.programme={found.published.statement.programme}",
                f"figures.edition={asked.edition}",
            ]
            if asked.last:
                last = os.path.relpath(self.services.folder.root / asked.last, file.parent)
                said.append(f"figures.after={Path(last).as_posix()}")
            choices = find_choices(self.services.assets)
            known = parse_given(tuple(said), "committee", {})
            self.services.saver.create(
                make_case_files("committee", file, known, {}, choices, self.services.assets).files
            )
        except KvisdocsError as error:
            return self._show(found, fields, error.problems)
        name = file.relative_to(self.services.folder.root).as_posix()
        return RedirectResponse(address("/sag", fil=name, besked="ny") + "#besked", 303)


def write_tables(published: Published, assets: Assets) -> str:
    """All that a page tells of an edition, as HTML: what the annex prints, and so nothing that is hidden."""
    statement = published.statement
    return write(
        "figures/tables.html.j2",
        annex=lay_out_annex(published),
        municipality=load_profile(statement.municipality, assets, Position(statement.municipality)).name,
        label=load_programme(statement.programme, assets.folders).label,
        on=say_long(statement.on),
        faulty=statement.faulty,
    )


def _is_in(name: str, part: str) -> bool:
    return not part or name.startswith(f"{part}/")


def _find_programmes(found: Found) -> list[str]:
    """Those of the municipality that is meant."""
    groups = found.counted.cases if found.counted else {}
    meant = {of for of, _ in groups} if not found.asked.municipality else {found.asked.municipality}
    return sorted({programme for of, programme in groups if of in meant})
