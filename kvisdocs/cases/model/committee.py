"""An item on a political committee's agenda. Which fields it shows, and in which order, is the municipality's profile.

The two papers that the model must hold whole are Herning's item 87 of 14 November 2012 and København's item 6 of
11 December 2008. `fields` is open for that reason: its keys are the ids that the profile's brief lists.

Minutes write votes in different ways ("For: 5 (A, F)", names with party letters, "38 mod 16"), and the groups that they
list need not be as large as the counts. So every part is kept as it is written, and none is computed from another.
"""

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from kvisdocs.cases.model.base import Choice, FieldError
from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.numbers import Amount, Count
from kvisdocs.cases.model.values import Clock, Day, FirmName, Flag, Name, Text
from kvisdocs.messages import N_, message


class Member(Value):
    """A member of a committee, or somebody else at its meeting."""

    name: Name = Field(description="Navn", examples=["Anna Sivertsen"])
    party: Text | None = Field(None, description="Partibogstav", examples=["A"])
    role: Text | None = Field(None, description="Rolle på mødet", examples=["formand"])
    note: Text | None = Field(None, description="Bemærkning: afbud, stedfortræder, grund", examples=["afbud"])


class Side(Value):
    """One side of a vote: how many, which parties or which members, as the minutes say it."""

    count: Annotated[Count, Field(ge=0)] | None = Field(None, description="Antal stemmer", examples=["5"])
    parties: tuple[Text, ...] = Field((), description="Partibogstaver", examples=[["A", "F"]])
    members: tuple[Text, ...] = Field(
        (), description="Navne, med partibogstav hvor referatet har det", examples=[["Anna Sivertsen (A)"]]
    )

    @model_validator(mode="after")
    def _says_something(self) -> "Side":
        if self.count is None and not self.parties and not self.members:
            what = message("item.vote.empty_side", "this side of the vote is empty")
            raise FieldError(what, N_("write count, parties or members, or delete it"))
        return self


class Vote(Value):
    """One vote. Sides that the minutes do not tell are left out."""

    about: Text | None = Field(None, description="Hvad der blev stemt om", examples=["indstillingens punkt 2"])
    in_favour: Side | None = Field(None, description="For")
    against: Side | None = Field(None, description="Imod")
    abstained: Side | None = Field(None, description="Undlod at stemme")

    @model_validator(mode="after")
    def _has_a_side(self) -> "Vote":
        if self.in_favour is None and self.against is None and self.abstained is None:
            what = message("item.vote.no_side", "the vote has no side")
            raise FieldError(what, N_("add in_favour, against or abstained"))
        return self


class RemarkKind(Choice):
    """What a remark to the minutes is called."""

    REMARK = "remark", "Protokolbemærkning"
    DISSENT = "dissent", "Mindretalsudtalelse"


class Remark(Value):
    """What a member or party wants the minutes to say."""

    kind: RemarkKind = Field(RemarkKind.REMARK, description="Art", examples=["remark"])
    by: Text = Field(description="Hvem bemærkningen kommer fra", examples=["Venstre"])
    text: Text = Field(
        description="Bemærkningen, uden anførselstegn (Markdown)", examples=["Venstre ønsker en opgørelse i foråret."]
    )


class Recommendation(Value):
    """What the administration asks the committee to decide."""

    by: Text = Field(
        description="Hvem der indstiller, med udsagnsord", examples=["Direktøren for Social og Sundhed indstiller"]
    )
    points: tuple[Text, ...] = Field(
        min_length=1,
        description='Punkterne, uden det "at" som profilen sætter foran (Markdown på én linje)',
        examples=[["orienteringen tages til efterretning"]],
    )
    repeat_by: Flag = Field(
        False, description="Gentag indstilleren efter punkterne, hvor papiret gør det", examples=["nej"]
    )


class CommitteeDecision(Value):
    """What a committee decided, at one meeting."""

    committee: Text | None = Field(
        None, description="Udvalget, hvis beslutningen har sin egen overskrift", examples=["Økonomiudvalget"]
    )
    date: Day | None = Field(
        None, description="Dag, hvis beslutningen har sin egen overskrift", examples=["2026-09-09"]
    )
    text: Text = Field(description="Beslutningen (Markdown)", examples=["Indstillingen blev tiltrådt."])
    votes: tuple[Vote, ...] = Field((), description="Afstemninger")
    remarks: tuple[Remark, ...] = Field((), description="Protokolbemærkninger og mindretalsudtalelser")
    absent: tuple[Member, ...] = Field((), description="Fraværende under dette punkt")
    not_taking_part: tuple[Member, ...] = Field((), description="Deltog ikke i behandlingen, med grund i note")
    reservations: tuple[Member, ...] = Field((), description="Tog forbehold, med hvad i note")
    released: Flag = Field(False, description="Må stå i den offentlige udgave af et lukket punkt", examples=["nej"])


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
