"""The form of a municipality's committee brief: which parts, in which order, under which words.

Municipalities differ in nearly all of it: where the decision stands, how recommendations are numbered, what an empty
field says, which facts stand under the title. The template prints what is listed here, in the order of `parts`.

Whether a brief prints every field and body that an item has: what it does not print would be lost unseen.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field, field_validator, model_validator

from kvisdocs.cases.model.base import FieldError
from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.numbers import Count
from kvisdocs.cases.model.values import Flag, Text
from kvisdocs.cases.yaml.source import Source
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Problem, Severity, say_first, suggest

Part: TypeAlias = Literal[
    "heading", "text", "recommendation", "decision", "attachments", "signers", "routing", "economy", "course",
    "legal_basis", "decided_by", "attendance", "absent",
]  # fmt: skip
Numbering: TypeAlias = Literal["bullet", "at", "• at", "1. at", "A) at", "At 1)", "A)", "1)", "1.", "1:"]
Fact: TypeAlias = Literal["case_number", "document_number", "caseworker", "access", "decided_by"]
Label: TypeAlias = Literal[
    "committee", "date", "time", "place", "case_number", "document_number", "caseworker", "access", "decided_by",
    "present", "absent", "not_taking_part", "reservations", "in_favour", "against", "abstained", "vote",
    "open", "closed",
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
}
"""The words of a brief, where the profile has no others."""


def parse_date_form(text: str) -> str:
    """`dd-MM-y` or `d.M.y`. Other letters mean other things than they seem to: `YYYY` is the year of the week."""
    if not re.fullmatch(r"dd?([-. /])MM?\1y(yyy)?", text):
        what = message("profile.brief.date_form", '"{text}" is not a form of a date', text=text)
        raise FieldError(what, N_("write dd-MM-y for 14-11-2012 or dd.MM.y for 14.11.2012"))
    return text


DateForm = Annotated[str, AfterValidator(parse_date_form)]


class BriefPart(Value):
    """One part of the committee brief, in the order in which the profile lists them."""

    part: Part
    field: Text | None = Field(None, description="Feltets nøgle i sagen, for part: text og part: economy")
    label: Text | None = Field(None, description="Overskriften; uden den står feltet uden")
    level: Annotated[Count, Field(ge=2, le=3)] = Field(2, description="3 for en overskrift under en anden")
    empty: Text | None = Field(None, description="Teksten, hvis feltet er tomt; uden den udelades delen")
    numbering: Numbering = "bullet"
    dated: Flag = Field(False, description="Beslutningen har sin egen overskrift med udvalg og dato")

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> "BriefPart":
        if self.part == "text" and self.field is None:
            what = message("profile.brief.no_field", "a part of text has no field")
            raise FieldError(what, N_("add field, its key in the cases"))
        if self.part == "heading" and self.label is None:
            what = message("profile.brief.no_label", "a part that is a heading has no label")
            raise FieldError(what, N_("add label"))
        return self


class Brief(Value):
    """The committee brief's form."""

    unit: Text | None = Field(
        None,
        description="Afsenderen under kommunens navn på udvalgets papirer: forvaltningen eller sekretariatet; "
        "uden den står kommunen alene",
    )
    meeting_facts: tuple[Literal["committee", "date", "time", "place"], ...]
    case_facts: tuple[Fact, ...] = ()
    item_label: Text = Field("Punkt", description="Ordet over titlen")
    case_number_in_title: Flag = Field(False, description="Sagsnummer i parentes efter titlen")
    type_marks: dict[Literal["orientation", "decision", "discussion"], Text] = Field(
        default_factory=dict, description="Mærket efter titlen for hver art: orientation: (O)"
    )
    labels: dict[Label, Text] = Field(default_factory=dict, description="Andre ord end dem, skabelonen har")
    closed_items: Literal["neutral", "whole"] = Field(
        "neutral",
        description="neutral: lukkede punkter og bilag står kun med nummer og neutral titel (den offentlige udgave); "
        "whole: udvalgets egen udgave med alt",
    )
    routing: tuple[Text, ...] = Field((), description="Organerne i ruteskemaet")
    decision_date: DateForm = Field("dd-MM-y", description="Datoens form i beslutningens overskrift og i tabeller")
    parts: tuple[BriefPart, ...] = Field(min_length=1)

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


def no_field(name: str) -> Message:
    """That no part of the municipality's brief prints a field."""
    return message("brief.field.not_printed", 'the brief of this municipality prints no field "{name}"', name=name)


def check_fields(source: Source, brief: Brief) -> Iterator[Problem]:
    """On the plain data of an item that has other faults: an error for each field that no part of the brief prints.

    Of an item without faults, `unprinted` tells it, which knows of templates of one's own too.
    """
    data = source.data if isinstance(source.data, dict) else {}
    fields = data.get("fields")
    printed = [part.field for part in brief.parts if part.field]
    unknown = [name for name in (fields if isinstance(fields, dict) else ()) if name not in printed]

    def say(name: str) -> Problem:
        return Problem(source.locate_key(("fields", name)), no_field(name), suggest(name, printed))

    yield from say_first(unknown, say)


def check_routing(source: Source, brief: Brief) -> Iterator[Problem]:
    """On plain data: a warning for each body that the routing of the brief does not have."""
    data = source.data if isinstance(source.data, dict) else {}
    routing = data.get("routing")
    bodies = enumerate(routing if isinstance(routing, list) else ())
    missing = [(n, body) for n, body in bodies if isinstance(body, str) and body not in brief.routing]

    def say_body(found: tuple[int, str]) -> Problem:
        number, body = found
        what = message("brief.routing.unknown_body", 'the routing of this municipality has no "{body}"', body=body)
        todo = suggest(body, brief.routing) if brief.routing else N_("delete it, or add routing to its profile")
        return Problem(source.locate(("routing", number)), what, todo, Severity.WARNING)

    yield from say_first(missing, say_body)
