"""What a PDF is made from beside its HTML: files of the template folders, and stylesheets read once a process."""

import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.css.tokens import Pending
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from kvisdocs.messages import N_, NOTHING, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity, say_both
from kvisdocs.templating.html import BASE_URL, Assets, HtmlDocument
from kvisdocs.writers.html.css_limits import CssFault, examine_css, find_endless
from kvisdocs.writers.html.css_nesting import unfold
from kvisdocs.writers.html.limits import check_stylesheets
from kvisdocs.writers.html.rules import unknown_name
from kvisdocs.writers.pdf.messages import (
    Remark,
    collect_remarks,
    locate_in_document,
    locate_in_sheet,
    locate_text,
    locate_url,
)
from kvisdocs.writers.pictures.pictures import MAX_PICTURE, is_markup, prepare_picture, too_many_bytes
from kvisdocs.writers.pictures.rasters import TAKE_ANOTHER, PictureError, find_format

MAX_FETCHED = 200
"""Files that one document, or one stylesheet, may ask for; stylesheets that import each other ask for ever."""

FONT_STARTS = {b"\0\1\0\0", b"OTTO", b"true", b"ttcf", b"wOFF", b"wOF2"}
PICTURE_STARTS = (b"\x89PNG", b"\xff\xd8")
PUT_IT_THERE = N_("put the file into the templates folder, or correct its name")
FEWER_WORDS = N_("say it in fewer words")

_FOLDER = urlsplit(BASE_URL).path


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Reads from the template folders and from `data:` URLs, and from nowhere else; a file that is missing is fatal."""

    def __init__(self, assets: Assets) -> None:
        super().__init__(allowed_protocols=("data",), fail_on_errors=True, allow_redirects=False)
        self._assets = assets
        self._fetched = 0
        self.failed: tuple[str, Message, Message] | None = None
        """The URL that could not be had, what is wrong with it, and what to do."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The asset's bytes, or FatalURLFetchingError with the reason kept in `failed`."""
        if url.startswith("data:"):
            try:
                response = super().fetch(url, headers)
                data = response.read()
            except Exception:
                what = message("pdf.address.unreadable", 'the address "{url}…" cannot be read', url=url[:40])
                raise self._fail(url, what) from None
            data = self._prepare(url, data, N_('the data in the address "{url}…"', url=url[:40]))
            return URLFetcherResponse(url, data, response.headers)
        name = unquote(urlsplit(url).path).removeprefix(_FOLDER)
        if not url.startswith(BASE_URL) or name.startswith("/") or ".." in name.split("/"):
            shown = url.removeprefix(BASE_URL)
            raise self._fail(
                url, message("pdf.file.outside", 'the file "{name}" is outside the templates folder', name=shown)
            )
        found = self._assets.find(name)
        if found is None:
            raise self._fail(url, _missing(name))
        shown = N_('the file "{source}"', source=name)
        if found.stat().st_size > MAX_PICTURE:
            error = too_many_bytes(shown)
            raise self._fail(url, error.what, error.todo)
        data = self._prepare(url, found.read_bytes(), shown)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, data, {"Content-Type": kind})

    def _prepare(self, url: str, data: bytes, shown: str) -> bytes:
        """Judged by what it is, since WeasyPrint asks neither a file's name nor its kind before it draws it."""
        self._fetched += 1
        if self._fetched > MAX_FETCHED:
            what = message("pdf.files.too_many", "more than {number} files are asked for", number=MAX_FETCHED)
            raise self._fail(url, what, N_("see which import each other"))
        try:
            if data[:4] in FONT_STARTS:
                return data
            if is_markup(data) or data.startswith(PICTURE_STARTS) or find_format(data):
                return prepare_picture(data, shown)
        except PictureError as error:
            raise self._fail(url, error.what, error.todo or TAKE_ANOTHER) from None
        self._check_sheet(url, data, shown)
        return data

    def _check_sheet(self, url: str, data: bytes, shown: str) -> None:
        facts = examine_css(data.decode("utf-8", "replace"))
        for fault in (*facts.faults, *(CssFault(what, FEWER_WORDS) for _, what in find_endless(facts.customs))):
            what = N_("{shown}, line {line}: {fault}", shown=shown, line=fault.line, fault=fault.what)
            raise self._fail(url, what.coded(fault.what.code), fault.todo or FEWER_WORDS)

    def _fail(self, url: str, what: Message, todo: Message = NOTHING) -> FatalURLFetchingError:
        self.failed = url, what, todo
        return FatalURLFetchingError(str(say_both(what, todo)))

    def explain(self, error: FatalURLFetchingError) -> tuple[str, Message, Message]:
        """`failed`; without a URL, and in WeasyPrint's words, where it refused a file before it asked for it."""
        refused = "", message("pdf.file.not_fetched", "{fault}", fault=error), NOTHING
        url, what, todo = self.failed or refused
        return url, what, todo or PUT_IT_THERE


def _missing(name: str) -> Message:
    return message("pdf.file.missing", 'the file "{name}" is missing', name=name)


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A parsed stylesheet, and the remarks that its parsing brought."""

    name: str
    text: str
    css: Any
    remarks: tuple[Remark, ...]
    pending: tuple[Any, ...]
    """Its declarations with var() in them, which WeasyPrint judges when they meet an element."""

    def holds(self, remark: Remark) -> bool:
        """Whether a remark on a declaration with var() is on one of this stylesheet."""
        starts = {(each.tokens[0].source_line, each.tokens[0].source_column) for each in self.pending if each.tokens}
        return (remark.line, remark.column) in starts


@dataclass(frozen=True, slots=True)
class Sources:
    """The fonts, stylesheets and `@counter-style` rules of one kind of document."""

    fonts: FontConfiguration
    sheets: tuple[Stylesheet, ...]
    counters: Any

    def expect_remarks_again(self) -> None:
        """WeasyPrint remarks on a declaration once in its life; the next document is to hear of it too."""
        for sheet in self.sheets:
            for each in sheet.pending:
                each._reported_error = False


def read_sources(document: HtmlDocument) -> Sources:
    """The document's fonts and stylesheets; parsed anew only when a stylesheet's text has changed.

    Raises KvisdocsError for a stylesheet or a font that is missing, outside the folders or unreadable.
    """
    check_stylesheets(document)
    assets = document.assets
    texts = []
    for name in document.stylesheets:
        try:
            texts.append((name, assets.read_text(name)))
        except FileNotFoundError:
            raise KvisdocsError(Problem(Position(name), _missing(name), PUT_IT_THERE)) from None
    return _parse(assets, tuple(texts))


@lru_cache(maxsize=8)
def _parse(assets: Assets, texts: tuple[tuple[str, str], ...]) -> Sources:
    """Parsing costs more than the whole layout of a letter, hence once a process."""
    fonts, counters = FontConfiguration(), CounterStyle()
    sheets = []
    for name, text in texts:
        fetcher = AssetFetcher(assets)
        options = {"base_url": f"{BASE_URL}{name}", "url_fetcher": fetcher, "media_type": "pdf"}
        options |= {"font_config": fonts, "counter_style": counters}
        with collect_remarks() as remarks:
            try:
                css = weasyprint.CSS(string=unfold(text), **options)
            except FatalURLFetchingError as error:
                url, what, todo = fetcher.explain(error)
                position = locate_in_sheet(url, name, assets) or Position(assets.shown(name))
                raise KvisdocsError(Problem(position, what, todo)) from None
        pending = tuple(_find_pending([vars(css.matcher), css.page_rules]))
        sheets.append(Stylesheet(name, text, css, tuple(remarks), pending))
    return Sources(fonts, tuple(sheets), counters)


def _find_pending(value: object) -> Iterator[Any]:
    if isinstance(value, Pending):
        yield value
    elif isinstance(value, dict):
        yield from _find_pending(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _find_pending(each)


def remark_problems(document: HtmlDocument, sources: Sources, remarks: list[Remark]) -> list[Problem]:
    """All that WeasyPrint remarked on, first the stylesheets, then the document, each where it stands."""
    placed = [
        (remark, Position(document.assets.shown(sheet.name), remark.line, remark.column))
        for sheet in sources.sheets
        for remark in sheet.remarks
    ]
    for remark in remarks:
        sheet = next((each for each in sources.sheets if each.holds(remark)), None)
        if remark.address:
            place = locate_url(urljoin(BASE_URL, remark.address), document)
        elif remark.character:
            place = locate_text(remark.character, document)
        elif sheet:
            place = Position(document.assets.shown(sheet.name), remark.line, remark.column)
        else:
            place = locate_in_document(remark, document)
        placed.append((remark, place))
    return list(dict.fromkeys(_problem(remark, place) for remark, place in placed))


def _problem(remark: Remark, place: Position) -> Problem:
    """What the Word writer says too is said in its words."""
    if remark.unknown:
        return unknown_name(remark.unknown, place)
    severity = Severity.ERROR if remark.fatal else Severity.WARNING
    what = N_("PDF: {remark}", remark=remark.what).coded(remark.what.code)
    return Problem(place, what, remark.todo, severity)
