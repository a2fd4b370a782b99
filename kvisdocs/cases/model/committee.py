"""An item on a political committee's agenda. Which fields it shows, and in which order, is the municipality's profile.

The two papers that the model must hold whole are Herning's item 87 of 14 November 2012 and København's item 6 of
11 December 2008. `fields` is open for that reason: its keys are the ids that the profile's brief lists.

Tables of amounts over years, as committee papers have them under their economy.
"""

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from kvisdocs.cases.model.base import Choice, FieldError
from kvisdocs.cases.model.decisions import CommitteeDecision, Member, Recommendation
from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.numbers import Amount
from kvisdocs.cases.model.values import Clock, Day, FirmName, Flag, Name, Text
from kvisdocs.messages import N_, message


class Unit(Choice):
    """What the table's numbers count. In the case, amounts are always written in kroner (or with `mio.`)."""

    KRONER = "kroner", "Hele kroner"
    THOUSAND = "thousand", "Tusind kroner (1.000 kr.)"
    MILLION = "million", "Millioner kroner (mio. kr.)"


class EconomyRow(Value):
    """One row: an amount for each year."""

    name: Text = Field(description="Rækkens navn", examples=["Løn til to jobkonsulenter"])
    amounts: tuple[Amount | None, ...] = Field(
        min_length=1, description="Et beløb for hvert år; ~ hvor der intet er", examples=[["1.240.000", "1,3 mio. kr."]]
    )
    total: Flag = Field(
        False, description="Rækken er en sum og fremhæves; tallene skrives, de regnes ikke", examples=["nej"]
    )


class EconomyTable(Value):
    """Amounts over years. Sums are written in the case, never computed: the paper says what it says."""

    title: Text | None = Field(None, description="Tabellens titel", examples=["Udgifter og finansiering"])
    unit: Unit = Field(Unit.KRONER, description="Enhed, som tabellen viser", examples=["thousand"])
    years: tuple[Text, ...] = Field(min_length=1, description="Årene", examples=[["2026", "2027"]])
    rows: tuple[EconomyRow, ...] = Field(min_length=1, max_length=500, description="Rækker")
    note: Text | None = Field(
        None, description="Note under tabellen", examples=["2026-priser. Et minus er en indtægt."]
    )

    @model_validator(mode="after")
    def _rows_have_every_year(self) -> "EconomyTable":
        for row in self.rows:
            if len(row.amounts) != len(self.years):
                what = message(
                    "item.economy.amounts",
                    'the row "{row}" has {amounts} amounts for {years} years',
                    row=row.name,
                    amounts=len(row.amounts),
                    years=len(self.years),
                )
                raise FieldError(what, N_("write one for each year, and ~ where there is none"))
        return self


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
    document_number: Name | None = Field(None, description="Dokumentnummer", examples=["118204/26"])
    date: Day | None = Field(None, description="Dagen, bilaget blev føjet til", examples=["2026-08-27"])


class CourseStage(Value):
    """One stage of the item's way through committees (sagsforløb)."""

    committee: FirmName = Field(description="Udvalg", examples=["Økonomiudvalget"])
    date: Day | None = Field(None, description="Mødedato", examples=["2026-09-16"])
    item: Text | None = Field(None, description="Punktets nummer dér", examples=["12"])
    text: Text | None = Field(None, description="Hvad udvalget gjorde, i få ord", examples=["Anbefales"])


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
    fields: dict[str, Text] = Field(
        default_factory=dict,
        description="Felterne efter profilens liste (Markdown)",
        examples=[{"summary": "Udvalget orienteres om **status** på indsatsen."}],
    )
    economy: tuple[EconomyTable, ...] = Field((), description="Tabeller med beløb over år")
    recommendation: Recommendation | None = Field(None, description="Indstilling")
    course: tuple[CourseStage, ...] = Field((), description="Sagsforløb: udvalgene efter tid")
    decisions: tuple[CommitteeDecision, ...] = Field((), description="Beslutninger, den nyeste sidst")
    attachments: tuple[Attachment, ...] = Field((), max_length=300, description="Bilag")
    signers: tuple[Name, ...] = Field((), description="Underskrivere", examples=[["Bodil Eksempel"]])

    @field_validator("access")
    @classmethod
    def _closed_has_a_neutral_title(cls, access: Access, info: ValidationInfo) -> Access:
        if access is Access.CLOSED and "neutral_title" in info.data and info.data["neutral_title"] is None:
            what = message("item.closed.no_neutral_title", "a closed item needs a title for the public")
            raise FieldError(what, N_("add neutral_title"))
        return access


def make_public(item: CommitteeItem) -> CommitteeItem:
    """The item as the public may see it: a whitelist, so that a template cannot print what it is not given.

    Of a closed item that is the meeting, its number, the neutral title, why it is closed, and released decisions. Of a
    closed attachment, its number and neutral title.
    """
    if item.access is Access.OPEN:
        shown = tuple(_public_attachment(each) for each in item.attachments)
        return item.model_copy(update={"attachments": shown})
    return CommitteeItem(
        kind="committee",
        municipality=item.municipality,
        meeting=item.meeting,
        number=item.number,
        title=item.neutral_title or "Lukket punkt",
        neutral_title=item.neutral_title,
        access=Access.CLOSED,
        closed_reason=item.closed_reason,
        type=item.type,
        decisions=tuple(
            CommitteeDecision(committee=each.committee, date=each.date, text=each.text, released=True)
            for each in item.decisions
            if each.released
        ),
    )


def _public_attachment(attachment: Attachment) -> Attachment:
    if attachment.access is Access.OPEN:
        return attachment
    title = attachment.neutral_title or CLOSED_ATTACHMENT
    return Attachment(title=title, access=Access.CLOSED, document_number=attachment.document_number)
