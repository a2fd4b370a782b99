"""An item on a political committee's agenda. Which fields it shows, and in which order, is the municipality's profile.

The two papers that the model must hold whole are Herning's item 87 of 14 November 2012 and København's item 6 of
11 December 2008. `fields` is open for that reason: its keys are the ids that the profile's brief lists.
"""

from collections.abc import Collection
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from kvisdocs.cases.model.base import Choice, FieldError
from kvisdocs.cases.model.decisions import CommitteeDecision, CourseStage, Member, Recommendation
from kvisdocs.cases.model.economy import EconomyTable
from kvisdocs.cases.model.figures import FiguresSource
from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.values import Clock, Day, FirmName, Name, Text
from kvisdocs.messages import N_, message

CLOSED_FACTS = ("case_number", "document_number", "caseworker", "decided_by")
"""What the public may read of a closed item, where its municipality keeps it."""

CLOSED_ATTACHMENT = "Bilag"
"""What the public reads of a closed attachment that has no neutral title."""


class Access(Choice):
    """Who may read an item or an attachment (kommunestyrelsesloven § 10)."""

    OPEN = "open", "Åbent"
    CLOSED = "closed", "Lukket: offentligheden ser kun den neutrale titel"


class ItemType(Choice):
    """What the committee is asked for."""

    ORIENTATION = "orientation", "Orientering, mærket (O)"
    DECISION = "decision", "Beslutning, mærket (B)"
    DISCUSSION = "discussion", "Drøftelse, mærket (D)"


class Meeting(Value):
    """The meeting at which the item is treated."""

    committee: FirmName = Field(description="Udvalg", examples=["Beskæftigelsesudvalget"])
    date: Day = Field(description="Mødedato", examples=["onsdag den 9. september 2026"])
    time: Clock | None = Field(None, description="Mødet begynder", examples=["13:00"])
    end: Clock | None = Field(None, description="Mødet slutter", examples=["15:30"])
    place: FirmName | None = Field(None, description="Mødested", examples=["Rådhuset, lokale C3.40"])
    present: tuple[Member, ...] = Field((), description="Til stede")
    absent: tuple[Member, ...] = Field((), description="Fraværende, med afbud eller stedfortræder i note")


class Attachment(Value):
    """An attachment to the item."""

    title: Text = Field(description="Titel", examples=["Midtvejsevaluering"])
    neutral_title: Text | None = Field(
        None, description="Titlen i den offentlige udgave, hvis bilaget er lukket", examples=["Bilag om en aftale"]
    )
    access: Access = Field(Access.OPEN, description="Åbent eller lukket bilag", examples=["open"])
    file: Text | None = Field(
        None,
        description="Filen (PDF), set fra punktets mappe, når bilaget skal med dagsordenen",
        examples=["bilag/evaluering.pdf"],
    )
    document_number: Name | None = Field(None, description="Dokumentnummer", examples=["118204/26"])
    date: Day | None = Field(None, description="Dagen, bilaget blev føjet til", examples=["2026-08-27"])


class SubItem(Value):
    """One of several matters under an item, as among announcements (meddelelser). Its letter comes from its place."""

    title: Text = Field(description="Titel", examples=["Brev fra Handicaprådet"])
    text: Text | None = Field(None, description="Tekst (Markdown)", examples=["Rådet takker for samarbejdet."])
    attachments: tuple[Attachment, ...] = Field((), max_length=300, description="Underpunktets bilag")


class CommitteeItem(Value):
    """A whole item."""

    kind: Literal["committee"] = Field(description="Sagens art: committee", examples=["committee"])
    municipality: Text = Field(
        description="Kommunens profil: filens navn i templates/profiles/ uden .yaml", examples=["slagelse"]
    )
    meeting: Meeting = Field(description="Mødet")
    number: Name = Field(description="Punktets nummer på dagsordenen", examples=["87"])
    title: Text = Field(description="Titel", examples=["Status på sygedagpengeindsatsen"])
    neutral_title: Text | None = Field(
        None, description="Titlen i den offentlige udgave, hvis punktet er lukket", examples=["Lejemål"]
    )
    access: Access = Field(Access.OPEN, description="Åbent eller lukket punkt", examples=["open"])
    closed_reason: Text | None = Field(
        None,
        description="Hvorfor punktet er lukket, med hjemmel",
        examples=["Lukket efter kommunestyrelseslovens § 10."],
    )
    type: ItemType | None = Field(None, description="Punktets art", examples=["decision"])
    case_number: Name | None = Field(None, description="Sagsnummer", examples=["15.20.00-P19-1136-26"])
    document_number: Name | None = Field(None, description="Dokumentnummer", examples=["118203/26"])
    caseworker: Name | None = Field(None, description="Sagsbehandler", examples=["Bodil Eksempel"])
    decided_by: Text | None = Field(None, description="Hvem der træffer beslutningen", examples=["Byrådet"])
    routing: tuple[Text, ...] = Field((), description="De organer, der får et x i ruteskemaet", examples=[["BSK"]])
    legal_basis: Text | None = Field(
        None, description="Retligt grundlag (Markdown)", examples=["Lov om sygedagpenge, § 8."]
    )
    figures: FiguresSource | None = Field(None, description="Tal, som teksten henter fra borgernes sager")
    fields: dict[str, Text] = Field(
        default_factory=dict,
        description="Felterne efter profilens liste (Markdown)",
        examples=[{"summary": "Udvalget orienteres om **status** på indsatsen."}],
    )
    headings: dict[str, Text] = Field(
        default_factory=dict,
        description="Andre overskrifter end profilens i dette punkt, efter delens eller feltets navn",
        examples=[{"recommendation": "Medlemsforslag"}],
    )
    economy: tuple[EconomyTable, ...] = Field((), description="Tabeller med beløb over år")
    recommendation: Recommendation | None = Field(None, description="Indstilling")
    recommendations: tuple[Recommendation, ...] = Field((), description="Flere indstillinger, når flere indstiller")
    decisions: tuple[CommitteeDecision, ...] = Field((), description="Beslutninger, den nyeste sidst")
    attachments: tuple[Attachment, ...] = Field((), max_length=300, description="Bilag")
    sub_items: tuple[SubItem, ...] = Field((), max_length=29, description="Underpunkter, som får bogstav efter plads")
    course: tuple[CourseStage, ...] = Field((), description="Sagsforløb: udvalgene efter tid")
    signers: tuple[Name, ...] = Field((), description="Underskrivere", examples=[["Bodil Eksempel"]])

    @field_validator("access")
    @classmethod
    def _closed_has_a_neutral_title(cls, access: Access, info: ValidationInfo) -> Access:
        if access is Access.CLOSED and "neutral_title" in info.data and info.data["neutral_title"] is None:
            what = message("item.closed.no_neutral_title", "a closed item needs a title for the public")
            raise FieldError(what, N_("add neutral_title"))
        return access


def make_public(item: CommitteeItem, kept_facts: Collection[str] = (), keeps_reason: bool = True) -> CommitteeItem:
    """The item as the public may see it: a whitelist, so that a template cannot print what it is not given.

    Of a closed item that is the meeting, its number, the neutral title, why it is closed (unless the municipality does
    not say it), those of `CLOSED_FACTS` that are kept, and released decisions. Of a closed attachment, its number and
    neutral title.
    """
    if item.access is Access.OPEN:
        below = tuple(
            each.model_copy(update={"attachments": _public_attachments(each.attachments)}) for each in item.sub_items
        )
        shown = _public_attachments(item.attachments)
        return item.model_copy(update={"attachments": shown, "sub_items": below})
    on_the_way = ((stage.decision, stage.committee, stage.date, stage.item) for stage in item.course if stage.decision)
    decisions = (*on_the_way, *((each, None, None, None) for each in item.decisions))
    facts = {name: getattr(item, name) for name in CLOSED_FACTS if name in kept_facts}
    return CommitteeItem(
        kind="committee",
        municipality=item.municipality,
        meeting=item.meeting,
        number=item.number,
        title=item.neutral_title or "Lukket punkt",
        neutral_title=item.neutral_title,
        access=Access.CLOSED,
        closed_reason=item.closed_reason if keeps_reason else None,
        type=item.type,
        decisions=tuple(
            CommitteeDecision(
                committee=each.committee or committee,
                date=each.date or day,
                item=each.item or number,
                text=each.text,
                released=True,
            )
            for each, committee, day, number in decisions
            if each.released
        ),
        **facts,
    )


def _public_attachments(attachments: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    return tuple(map(_public_attachment, attachments))


def _public_attachment(attachment: Attachment) -> Attachment:
    if attachment.access is Access.OPEN:
        return attachment
    title = attachment.neutral_title or CLOSED_ATTACHMENT
    return Attachment(title=title, access=Access.CLOSED, document_number=attachment.document_number)
