"""The parts of which a municipality's committee brief is made, and the keys that each of them has."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints, ValidationInfo, field_validator, model_validator

from kvisdocs.cases.model.base import FieldError
from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.numbers import Count
from kvisdocs.cases.model.values import MAX_TEXT, Flag, Text
from kvisdocs.messages import N_, message
from kvisdocs.templating.brief.phrases import Places, check_phrase, phrase_of

PartName: TypeAlias = Literal[
    "heading", "text", "recommendation", "decision", "attachments", "signers", "routing", "economy", "course",
    "legal_basis", "decided_by", "attendance", "absent", "sub_items", "figures",
]  # fmt: skip
Numbering: TypeAlias = Literal[
    "bullet", "none", "at", "• at", "1. at", "1) at", "A) at", "a) at", "At 1)", "A)", "a)", "a.", "1)", "1.", "1:"
]
Empty = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_TEXT)]
"""What stands where there is nothing; an empty text leaves the heading or label alone."""

HEADING: Places = {"committee": "text", "date": "date", "number": "text"}
"""What a heading may name: the committee, the day of its meeting, and the item's number there."""

Heading = phrase_of(committee="text", date="date", number="text")


def _no_label() -> FieldError:
    return FieldError(message("profile.brief.no_label", "a part that is a heading has no label"), N_("add label"))


class PeopleLine(Value):
    """A line of the minutes with people after its label."""

    who: Literal["reservations", "not_taking_part", "absent"]
    label: Text | None = Field(None, description="Andre ord end dem under labels")
    empty: Empty | None = Field(None, description="Det, der står, når der ingen er: – eller intet")


ALL_LINES = tuple(PeopleLine(who=who) for who in ("reservations", "not_taking_part", "absent"))


class StagePart(Value):
    """One part of a stage in the item's way through committees, where stages are blocks."""

    part: Literal["heading", "line", "text", "presentation", "recommendation", "decision"]
    label: Heading | None = Field(None, description="Overskriften, eller ordet foran linjen")  # type: ignore[valid-type]
    text: Heading | None = Field(None, description="Det, linjen siger")  # type: ignore[valid-type]
    level: Annotated[Count, Field(ge=2, le=4)] | None = Field(None, description="Overskriftens niveau")
    numbering: Numbering = "bullet"
    lines: tuple[PeopleLine, ...] = ALL_LINES

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> "StagePart":
        if self.part == "line" and self.text is None:
            what = message("profile.brief.no_line_text", "a part that is a line has no text")
            raise FieldError(what, N_('add text, for instance "{{committee}}"'))
        if self.part == "heading" and self.label is None:
            raise _no_label()
        return self


STAGE = (
    StagePart(part="heading", label="{committee}[ den {date:d. MMMM y}][, punkt {number}]"),
    StagePart(part="text"),
    StagePart(part="presentation", label="Supplerende sagsfremstilling"),
    StagePart(part="recommendation", label="Indstilling", numbering="1."),
    StagePart(part="decision", label="Beslutning"),
)
"""A stage as a block, where the profile does not say what it is made of."""


class BriefPart(Value):
    """One part of the committee brief, in the order in which the profile lists them."""

    part: PartName
    field: Text | None = Field(None, description="Feltets nøgle i sagen, for part: text og part: economy")
    label: Text | None = Field(
        None, description="Overskriften; uden den står feltet uden. {committee}, {date} og {number} kan stå i den"
    )
    level: Annotated[Count, Field(ge=2, le=3)] = Field(2, description="3 for en overskrift under en anden")
    empty: Empty | None = Field(None, description="Teksten, hvis feltet er tomt; uden den udelades delen")
    numbering: Numbering = "bullet"
    dated: Flag = Field(False, description="Beslutningen har sin egen overskrift med udvalg og dato")
    access: Literal["open", "closed"] | None = Field(None, description="Kun de åbne eller kun de lukkede bilag")
    form: Literal["table", "blocks"] = Field("table", description="Sagsforløbet som tabel eller som blokke")
    stage: tuple[StagePart, ...] = Field(STAGE, description="Det, en blok i sagsforløbet består af")
    lines: tuple[PeopleLine, ...] = Field(ALL_LINES, description="Linjerne med navne under beslutningen")

    @field_validator("label")
    @classmethod
    def _label_can_be_filled(cls, label: str | None, info: ValidationInfo) -> str | None:
        by: Places = {"by": "text"} if info.data.get("part") == "recommendation" else {}
        return check_phrase(label, {**HEADING, **by}) if label else label

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> "BriefPart":
        if self.part == "text" and self.field is None:
            what = message("profile.brief.no_field", "a part of text has no field")
            raise FieldError(what, N_("add field, its key in the cases"))
        if self.part == "heading" and self.label is None:
            raise _no_label()
        return self

    @property
    def key(self) -> str:
        """What an item's `headings` call the part."""
        return self.field or self.part

    @property
    def is_dated(self) -> bool:
        """Whether the heading of a decision names its committee or day, and so stands over each of them."""
        return self.dated or (self.part == "decision" and "{" in (self.label or ""))


OWN_KEYS: dict[str, frozenset[str]] = {
    "text": frozenset({"field"}),
    "economy": frozenset({"field"}),
    "recommendation": frozenset({"numbering"}),
    "attachments": frozenset({"numbering", "access"}),
    "sub_items": frozenset({"numbering"}),
    "decision": frozenset({"dated", "lines"}),
    "course": frozenset({"form", "stage"}),
}
"""The keys that only some parts heed; in another they say nothing."""
