"""The form of a municipality's committee brief: which parts, in which order, under which words.

Municipalities differ in nearly all of it: where the decision stands, how recommendations are numbered, what an empty
field says, which facts stand under the title. The template prints what is listed here, in the order of `parts`.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import AfterValidator, Field, field_validator

from kvisdocs.cases.model.base import FieldError
from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.values import Flag, Text
from kvisdocs.messages import N_, message
from kvisdocs.problems import suggest
from kvisdocs.templating.brief.parts import BriefPart
from kvisdocs.templating.brief.phrases import DateForm, Places, check_phrase, phrase_of

Fact: TypeAlias = Literal["case_number", "document_number", "caseworker", "access", "decided_by"]
Label: TypeAlias = Literal[
    "committee", "date", "time", "place", "case_number", "document_number", "caseworker", "access", "decided_by",
    "present", "absent", "not_taking_part", "reservations", "in_favour", "against", "abstained", "vote",
    "open", "closed", "attachments",
]  # fmt: skip

WORDS: Mapping[Label, str] = {
    "committee": "Udvalg",
    "date": "Mødedato",
    "time": "Mødetid",
    "place": "Mødested",
    "case_number": "Sagsnr.",
    "document_number": "Dok.nr.",
    "caseworker": "Sagsbehandler",
    "access": "Adgang",
    "decided_by": "Beslutningen træffes af",
    "present": "Til stede",
    "absent": "Fraværende",
    "not_taking_part": "Deltog ikke i behandlingen af punktet",
    "reservations": "Tog forbehold",
    "in_favour": "For",
    "against": "Imod",
    "abstained": "Undlod at stemme",
    "vote": "Afstemning",
    "open": "Åbent punkt",
    "closed": "Lukket punkt",
    "attachments": "Bilag",
}
"""The words of a brief, where the profile has no others."""


DatePlace: TypeAlias = Literal["meeting", "decision", "course", "attachment"]

_FACTS: Places = dict.fromkeys(get_args(Fact), "text")
_Who = phrase_of(who="text", points="text")


def check_fact(text: str) -> str:
    """A fact by its name, or a phrase with facts: `Sagsnr. {case_number}`, `{access}`."""
    if "{" in text:
        return check_phrase(text, _FACTS)
    if text not in _FACTS:
        what = message("profile.brief.unknown_fact", 'an item has no fact "{name}"', name=text)
        raise FieldError(what, suggest(text, _FACTS))
    return text


class Phrases(Value):
    """How lines and headings are worded. What stands in square brackets is left out where its value is missing."""

    item: phrase_of(label="text", number="text", access="text") = Field(  # type: ignore[valid-type]
        "{label} {number}[ · {access}]", description="Linjen over titlen; access er ordet for et lukket punkt"
    )
    stage: phrase_of(committee="text", date="date", number="text") = Field(  # type: ignore[valid-type]
        "{committee} den {date:d. MMMM y}", description="Overskriften over hver af flere beslutninger"
    )
    dated: phrase_of(committee="text", date="date", number="text") = Field(  # type: ignore[valid-type]
        "{committee:genitive} beslutning den {date}", description="Overskriften over en beslutning med dated: ja"
    )
    vote: phrase_of(label="text", about="text") = Field(  # type: ignore[valid-type]
        "{label}[ om {about}]", description="Linjen over en afstemning"
    )
    nobody: phrase_of(label="text") | None = Field(  # type: ignore[valid-type]
        None, description='En side af en afstemning uden stemmer; ellers ordet og "ingen"'
    )
    remark: phrase_of(who="text") = Field(  # type: ignore[valid-type]
        "Protokolbemærkning fra {who}:", description="Linjen over en protokolbemærkning"
    )
    dissent: phrase_of(who="text") = Field(  # type: ignore[valid-type]
        "Mindretalsudtalelse fra {who}:", description="Linjen over en mindretalsudtalelse"
    )
    attachment: phrase_of(title="text", details="text", document_number="text", added="text", date="date") = Field(  # type: ignore[valid-type]
        "{title}[ ({details})]", description="Et bilag; details er dokumentnummer og dato med komma imellem"
    )
    added: phrase_of(date="date") = Field("påført {date}", description="Dagen, et bilag blev føjet til")  # type: ignore[valid-type]
    supports: _Who = Field("{who} kunne tiltræde [indstillingens punkt {points}|indstillingen].")  # type: ignore[valid-type]
    not_supports: _Who = Field("{who} kunne ikke tiltræde [indstillingens punkt {points}|indstillingen].")  # type: ignore[valid-type]
    reservation: _Who = Field("{who} tog forbehold[ for indstillingens punkt {points}].")  # type: ignore[valid-type]
    prevented: _Who = Field("{who} var forhindret.")  # type: ignore[valid-type]
    not_taking_part: _Who = Field("{who} deltog ikke i behandlingen af punktet[ for så vidt angår punkt {points}].")  # type: ignore[valid-type]


PARTS = (
    BriefPart(part="text", field="summary", label="Resume"),
    BriefPart(part="recommendation", label="Indstilling", numbering="1."),
    BriefPart(part="text", field="presentation", label="Sagsfremstilling"),
    BriefPart(part="economy", label="Økonomi"),
    BriefPart(part="legal_basis", label="Retligt grundlag"),
    BriefPart(part="sub_items", label="Underpunkter", numbering="a."),
    BriefPart(part="course", label="Sagsforløb"),
    BriefPart(part="decision", label="Beslutning", empty="Punktet er endnu ikke behandlet."),
    BriefPart(part="attendance"),
    BriefPart(part="attachments", label="Bilag", numbering="1."),
    BriefPart(part="signers"),
)
"""A brief of which the profile says nothing."""


class Brief(Value):
    """The committee brief's form."""

    unit: Text | None = Field(
        None,
        description="Afsenderen under kommunens navn på udvalgets papirer: forvaltningen eller sekretariatet; "
        "uden den står kommunen alene",
    )
    meeting_facts: tuple[Literal["committee", "date", "time", "place"], ...] = ("committee", "date", "time", "place")
    meeting_line: phrase_of(committee="text", date="date", time="time", end="time", place="text") | None = Field(  # type: ignore[valid-type]
        None, description="Mødet på én linje, i stedet for eller under tabellen"
    )
    case_facts: tuple[Annotated[Text, AfterValidator(check_fact)], ...] = Field(
        (), description="Linjen under titlen: navne, som får ordet foran, eller tekst: {access}, Sagsnr. {case_number}"
    )
    item_label: Text = Field("Punkt", description="Ordet over titlen")
    case_number_in_title: Flag = Field(False, description="Sagsnummer i parentes efter titlen")
    type_marks: dict[Literal["orientation", "decision", "discussion"], Text] = Field(
        default_factory=dict, description="Mærket efter titlen for hver art: orientation: (O)"
    )
    labels: dict[Label, Text] = Field(default_factory=dict, description="Andre ord end dem, skabelonen har")
    phrases: Phrases = Field(default_factory=Phrases, description="Andre vendinger end dem, skabelonen har")
    closed_items: Literal["neutral", "whole"] = Field(
        "neutral",
        description="neutral: lukkede punkter og bilag står kun med nummer og neutral titel (den offentlige udgave); "
        "whole: udvalgets egen udgave med alt",
    )
    closed_facts: tuple[Literal["case_number", "document_number", "caseworker", "decided_by"], ...] = Field(
        (), description="Det, et lukket punkt beholder i den offentlige udgave ud over nummer og neutral titel"
    )
    closed_reason: Flag = Field(True, description="Om det står, hvorfor et punkt er lukket, når punktet siger det")
    closed_text: Text | None = Field(None, description="En sætning, som alle lukkede punkter får i stedet for indhold")
    routing: tuple[Text, ...] = Field((), description="Organerne i ruteskemaet")
    decision_date: DateForm = Field("dd-MM-y", description="Datoens form i beslutningens overskrift og i tabeller")
    dates: dict[DatePlace, DateForm] = Field(
        default_factory=dict, description="Datoens form et bestemt sted: meeting, decision, course, attachment"
    )
    parts: tuple[BriefPart, ...] = Field(PARTS, min_length=1)

    @field_validator("parts")
    @classmethod
    def _begins_with_a_heading_of_its_own(cls, parts: tuple[BriefPart, ...]) -> tuple[BriefPart, ...]:
        first = next((each for each in parts if each.label), None)
        if first is not None and first.level == 3:
            what = message(
                "profile.brief.no_heading_above", '"{label}" stands under no other heading', label=first.label
            )
            raise FieldError(what, N_("give it level 2, or put a heading before it"))
        return parts

    @property
    def words(self) -> dict[str, str]:
        """All words of the brief: the profile's own, and the template's for the rest."""
        return {str(key): word for chosen in (WORDS, self.labels) for key, word in chosen.items()}

    @property
    def date_forms(self) -> dict[str, str]:
        """The form of dates at each place that has one: the profile's own for it, or else the decisions'."""
        places: tuple[DatePlace, ...] = ("decision", "course", "attachment")
        chosen = {str(place): self.decision_date for place in places}
        return {"meeting": "d. MMMM y", **chosen, **{str(place): form for place, form in self.dates.items()}}
