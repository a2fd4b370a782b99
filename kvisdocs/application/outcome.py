"""What became of a document, in values and in words. One `Outcome` for every document of every case of a run."""

from dataclasses import dataclass

from kvisdocs.messages import N_
from kvisdocs.problems import Problem, Word


class Status(Word):
    """How it ended; `TO_MAKE` where somebody only asked what a run would do."""

    MADE = N_("made")
    UNCHANGED = N_("unchanged")
    EXCLUDED = N_("excluded")
    HELD_BACK = N_("held back")
    FAILED = N_("failed")
    TO_MAKE = N_("to make")


class Reason(Word):
    """Why a document was made."""

    NEW = N_("new")
    AGAIN = N_("asked for again")
    CASE = N_("case changed")
    FIGURES = N_("figures changed")
    RELATED = N_("a file that it names changed")
    RUN = N_("other documents go along")
    TEMPLATE = N_("template changed")
    STYLESHEET = N_("stylesheet changed")
    ASSET = N_("picture or font changed")
    PROFILE = N_("profile changed")
    PROGRAMME = N_("programme changed")
    VERSION = N_("version changed")
    DATE = N_("date changed")
    STRICT = N_("it has remarks")
    UNAPPROVED = N_("not approved")
    OUTPUT_MISSING = N_("output missing")
    OUTPUT_CHANGED = N_("output changed")


class Kept(Word):
    """Why a document lies there otherwise than it would be made today, and stays."""

    DATE = N_("only the letter date is another")
    BY_HAND = N_("changed by somebody")
    APPROVED = N_("approved or printed as it is")


class Exclusion(Word):
    """Which rule keeps a document from being made."""

    NO_PLAN = N_("no plan")
    NO_RETURN_PLAN = N_("no graded return plan")
    NO_GP = N_("no GP")
    NO_EMPLOYER = N_("no employer")
    PLAN_ELSEWHERE = N_("placement elsewhere")
    NO_CONSENT = N_("no consent")
    NOTHING_SHARED = N_("nothing for the workplace")
    RECOVERED = N_("recovered")
    NOT_HELD = N_("meeting not held")
    NOT_MARKED = N_("no item marked for it")
    CLOSED = N_("closed case")
    DATED_LATER = N_("dated after the letter")
    PROTECTED_ADDRESS = N_("protected address")


class Hold(Word):
    """Why a document that was made is held back."""

    TOO_LONG = N_("too many pages")
    UNUSUAL = N_("far longer than usual")
    PROOF = N_("failed its proof")
    OUTSIDE = N_("text out of place")
    TELLS = N_("may tell too much")
    SAME_PERSON = N_("same person twice")


class Failure(Word):
    """Why a document could not be made."""

    CASE = N_("fault in the case")
    TEMPLATE = N_("fault in a template or profile")
    REMARKS = N_("remarks under --strict")
    TIME = N_("over its time")
    WORKER = N_("its worker died")
    MEMORY = N_("too little memory")
    WRITING = N_("could not be written")
    CHANGED = N_("case changed during the run")
    UNTRIED = N_("not tried")
    PROGRAM = N_("fault in the program")


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
