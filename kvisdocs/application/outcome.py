"""What became of a document, in values and in words. One `Outcome` for every document of every case of a run."""

from dataclasses import dataclass
from enum import StrEnum

from kvisdocs.problems import Problem


class Status(StrEnum):
    """How it ended."""

    MADE = "made"
    UNCHANGED = "unchanged"
    EXCLUDED = "excluded"
    HELD_BACK = "held back"
    FAILED = "failed"


class Reason(StrEnum):
    """Why a document was made."""

    NEW = "new"
    AGAIN = "asked for again"
    CASE = "case changed"
    RUN = "other documents go along"
    TEMPLATE = "template changed"
    STYLESHEET = "stylesheet changed"
    ASSET = "picture or font changed"
    PROFILE = "profile changed"
    PROGRAMME = "programme changed"
    VERSION = "version changed"
    DATE = "date changed"
    STRICT = "it has remarks"
    OUTPUT_MISSING = "output missing"
    OUTPUT_CHANGED = "output changed"


class Kept(StrEnum):
    """Why a document lies there otherwise than it would be made today, and stays."""

    DATE = "only the letter date is another"
    BY_HAND = "changed by somebody"


class Exclusion(StrEnum):
    """Which rule keeps a document from being made."""

    NO_PLAN = "no plan"
    NO_RETURN_PLAN = "no graded return plan"
    NO_GP = "no GP"
    NO_EMPLOYER = "no employer"
    PLAN_ELSEWHERE = "placement elsewhere"
    NO_CONSENT = "no consent"
    NOTHING_SHARED = "nothing for the workplace"
    RECOVERED = "recovered"
    CLOSED = "closed case"
    DATED_LATER = "dated after the letter"
    PROTECTED_ADDRESS = "protected address"


class Hold(StrEnum):
    """Why a document that was made is held back."""

    TOO_LONG = "too many pages"
    UNUSUAL = "far longer than usual"
    PROOF = "failed its proof"
    OUTSIDE = "text out of place"
    TELLS = "may tell too much"
    SAME_PERSON = "same person twice"


class Failure(StrEnum):
    """Why a document could not be made."""

    CASE = "fault in the case"
    TEMPLATE = "fault in a template or profile"
    REMARKS = "remarks under --strict"
    TIME = "over its time"
    WORKER = "its worker died"
    MEMORY = "too little memory"
    WRITING = "could not be written"
    CHANGED = "case changed during the run"
    UNTRIED = "not tried"
    PROGRAM = "fault in the program"


DANISH: dict[StrEnum, str] = {
    Status.MADE: "dannet",
    Status.UNCHANGED: "uændret",
    Status.EXCLUDED: "udeladt",
    Status.HELD_BACK: "holdt tilbage",
    Status.FAILED: "mislykket",
    Reason.NEW: "ny",
    Reason.AGAIN: "bedt om igen",
    Reason.CASE: "sagen er ændret",
    Reason.TEMPLATE: "skabelonen er ændret",
    Reason.STYLESHEET: "stilarket er ændret",
    Reason.ASSET: "et billede eller en skrift er ændret",
    Reason.PROFILE: "kommunens profil er ændret",
    Reason.PROGRAMME: "regelsættet er ændret",
    Reason.VERSION: "programmet er ændret",
    Reason.RUN: "andre dokumenter følger med",
    Reason.DATE: "brevdatoen er ændret",
    Reason.STRICT: "der er bemærkninger til det",
    Reason.OUTPUT_MISSING: "filen manglede",
    Reason.OUTPUT_CHANGED: "filen var ændret",
    Kept.DATE: "kun brevdatoen er en anden",
    Kept.BY_HAND: "nogen har rettet i filen",
    Exclusion.NO_PLAN: "ingen plan",
    Exclusion.NO_RETURN_PLAN: "ingen optrapningsplan",
    Exclusion.NO_GP: "ingen egen læge",
    Exclusion.NO_EMPLOYER: "ingen arbejdsgiver",
    Exclusion.PLAN_ELSEWHERE: "praktik et andet sted",
    Exclusion.NO_CONSENT: "intet gyldigt samtykke",
    Exclusion.NOTHING_SHARED: "intet mærket til arbejdspladsen",
    Exclusion.RECOVERED: "raskmeldt",
    Exclusion.CLOSED: "sagen er lukket",
    Exclusion.DATED_LATER: "noget er dateret efter brevet",
    Exclusion.PROTECTED_ADDRESS: "adressebeskyttelse",
    Hold.TOO_LONG: "for mange sider",
    Hold.UNUSUAL: "langt flere sider end ellers",
    Hold.TELLS: "fortæller måske for meget",
    Hold.PROOF: "bestod ikke prøven",
    Hold.SAME_PERSON: "samme person i flere sager",
    Hold.OUTSIDE: "tekst uden for sin plads",
    Failure.CASE: "fejl i sagen",
    Failure.TEMPLATE: "fejl i en skabelon eller i kommunens profil",
    Failure.REMARKS: "der er bemærkninger til det, og ingen tillades",
    Failure.TIME: "blev ikke færdigt i tide",
    Failure.WORKER: "arbejdsprocessen gik ned to gange",
    Failure.MEMORY: "for lidt hukommelse",
    Failure.WRITING: "kunne ikke gemmes",
    Failure.CHANGED: "sagen blev ændret under kørslen",
    Failure.UNTRIED: "blev ikke forsøgt",
    Failure.PROGRAM: "fejl i programmet",
}
"""Every word above as the town hall says it."""


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file in its place. `path` is seen from the output folder; `pages` is None where nobody knows them."""

    format: str
    path: str
    sha256: str
    size: int
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document of one case; of the whole case where `document` is empty.

    `problems` are what stopped it, the rule's place in the case, or remarks that did not stop it.
    """

    case_id: str
    document: str
    status: Status
    reason: Reason | Kept | Exclusion | Hold | Failure | None = None
    problems: tuple[Problem, ...] = ()
    files: tuple[MadeFile, ...] = ()
    is_new: bool = True
    """Whether what is held back was made in this run."""

    @property
    def pages(self) -> int | None:
        """The pages of the one file of which they are known."""
        return next((file.pages for file in self.files if file.pages is not None), None)
