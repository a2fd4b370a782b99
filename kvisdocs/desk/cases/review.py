"""What the desk says of a case: judged in a worker process as `check` and `render` judge it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from kvisdocs.application.exclusions import ask_for
from kvisdocs.application.meeting.summary import ItemSummary, MeetingSummary, summarise_item, summarise_meeting
from kvisdocs.application.reading import CASE_S, CaseReader, find_case_reader
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.yaml.source import read_raw, scan_bytes
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity, remember_originals
from kvisdocs.templating.documents import Document, concerns, find_blockers, load_documents
from kvisdocs.templating.html import Assets

MODULES = ("kvisdocs.desk.cases.review", "kvisdocs.templating.brief.unprinted")


@dataclass(frozen=True)
class Offer:
    """A document of the case's kind, and why it cannot be made; it can where nothing is said."""

    name: str
    title: str
    blocked: tuple[tuple[Message, Message], ...] = ()
    on_request: bool = False


@dataclass(frozen=True)
class Review:
    """What there is to say of a case."""

    kind: str = ""
    title: str = ""
    municipality: str = ""
    problems: tuple[Problem, ...] = ()
    offers: tuple[Offer, ...] = ()
    is_pending: bool = False
    """Whether nobody has judged it yet; then nothing else is known."""
    related: tuple[str, ...] | None = ()
    """The files that go with it, as it names them; None where nobody knows, and it is judged each time."""
    meeting: MeetingSummary | None = None
    item: ItemSummary | None = None

    @property
    def errors(self) -> int:
        """How many errors it has."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many warnings it has."""
        return sum(problem.severity is Severity.WARNING for problem in self.problems)

    @property
    def ready(self) -> tuple[Offer, ...]:
        """The documents that can be made."""
        return tuple(offer for offer in self.offers if not offer.blocked)


def review_bytes(data: bytes, file: Path, assets: Assets, day: date) -> Review:
    """A case judged as `check` and `render` judge it."""
    reader = find_case_reader(assets)
    loaded, problems = reader.read_bytes(data, file)
    if loaded is None:
        return _of_broken(data, file, assets, problems)
    offers = tuple(_offer(loaded, each, day) for each in _documents(assets) if concerns(each, loaded.case))
    case = loaded.case
    return Review(
        case.kind,
        _title(loaded),
        case.municipality,
        tuple(problems),
        offers,
        related=tuple(loaded.related),
        meeting=summarise_meeting(data, file, assets) if case.kind == "meeting" else None,
        item=summarise_item(case) if isinstance(case, CommitteeItem) else None,
    )


@lru_cache(maxsize=2)
def _documents(assets: Assets) -> tuple[Document, ...]:
    return tuple(load_documents(assets).values())


def _offer(loaded: LoadedCase, document: Document, day: date) -> Offer:
    found = find_blockers(loaded, document, day)
    blocked = tuple((_reason(each), ask_for(each.todo)) for each in found)
    return Offer(document.name, document.title, blocked, document.on_request)


def _reason(blocker: Problem) -> Message:
    """Why a document cannot be made, without its name: it stands before it."""
    what = blocker.what.values.get("why")
    return what if isinstance(what, Message) else blocker.what


def _of_broken(data: bytes, file: Path, assets: Assets, problems: Sequence[Problem]) -> Review:
    """What can be told of a case with errors: its words are taken as they stand."""
    is_open = any(problem.code.startswith("case.related.") for problem in problems)
    try:
        said = scan_bytes(data, str(file)).data
    except KvisdocsError:
        said = None
    values = said if isinstance(said, dict) else {}
    person = values.get("citizen")
    names = [person.get(each) for each in ("first_names", "last_name", "name")] if isinstance(person, dict) else []
    title = " ".join(each for each in names if isinstance(each, str)) or values.get("title") or values.get("committee")
    kind, title, place = (
        each if isinstance(each, str) else "" for each in (values.get("kind"), title, values.get("municipality"))
    )
    meeting = summarise_meeting(data, file, assets) if kind == "meeting" else None
    related = None if is_open else meeting.items if meeting else ()
    return Review(kind, title, place, tuple(problems), related=related, meeting=meeting)


def _title(loaded: LoadedCase) -> str:
    case = loaded.case
    person = getattr(case, "citizen", None)
    return str(person.name if person is not None else getattr(case, "title", "") or getattr(case, "committee", ""))


@dataclass(frozen=True)
class Share:
    """What a worker is handed: some files of one folder."""

    files: tuple[Path, ...]
    assets: Assets
    day: date
    data: bytes | None = None
    """The text of the one file, where it is read already."""

    @property
    def limit_s(self) -> float:
        """How long it may take before its worker is ended."""
        return CASE_S + len(self.files)


def review_share(share: Share) -> list[Review]:
    """The reviews of the files, in their order."""
    if share.data is not None:
        return [review_bytes(share.data, share.files[0], share.assets, share.day)]
    return [_review_file(file, share.assets, share.day) for file in share.files]


def _review_file(file: Path, assets: Assets, day: date) -> Review:
    try:
        data, _ = read_raw(file, str(file))
    except KvisdocsError as error:
        return Review(problems=error.problems)
    return review_bytes(data, file, assets, day)


def prepare(assets: Assets) -> None:
    """Make a worker ready."""
    remember_originals(assets.copies)
    CaseReader(assets)


def unjudged(file: Path) -> Review:
    """Of a case that stopped its worker."""
    what = message("desk.case.unjudged", "the file could not be judged in the time that one has")
    todo = N_("look for a text in it that is very long, and shorten it")
    return Review(problems=(Problem(Position(str(file)), what, todo),))
