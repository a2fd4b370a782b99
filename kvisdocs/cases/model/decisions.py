"""What those who treat an item recommend, say and decide, at one meeting or on the way through several.

Minutes write votes in different ways ("For: 5 (A, F)", names with party letters, "38 mod 16"), and the groups that they
list need not be as large as the counts. So every part is kept as it is written, and none is computed from another.
"""

from typing import Annotated

from pydantic import Field, model_validator

from kvisdocs.cases.model.base import Choice, FieldError
from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.numbers import Count
from kvisdocs.cases.model.values import Day, FirmName, Flag, Name, Text
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
    """What somebody asks the committee to decide: the administration, a member, or a committee before it."""

    heading: Text | None = Field(
        None,
        description="Overskrift i stedet for profilens, hvor denne indstilling har sin egen",
        examples=["Ændringsforslag fra Venstre"],
    )
    by: Text | None = Field(
        None,
        description="Hvem der indstiller, med udsagnsord; uden den står punkterne alene",
        examples=["Direktøren for Social og Sundhed indstiller"],
    )
    points: tuple[Text, ...] = Field(
        min_length=1,
        description='Punkterne, uden det "at" som profilen sætter foran (Markdown på én linje)',
        examples=[["orienteringen tages til efterretning"]],
    )
    at: Flag = Field(
        True, description='Profilens "at" foran punkterne; nej, hvor de er hele sætninger', examples=["ja"]
    )
    after: Text | None = Field(None, description="Linjen efter punkterne", examples=["(Stillet af Venstre)"])
    repeat_by: Flag = Field(
        False, description="Gentag indstilleren efter punkterne, hvor papiret gør det", examples=["nej"]
    )


class PositionKind(Choice):
    """Where a member or party stands. How the minutes say it is the profile's, or the position's own text."""

    SUPPORTS = "supports", "Kunne tiltræde"
    NOT_SUPPORTS = "not_supports", "Kunne ikke tiltræde"
    RESERVATION = "reservation", "Tog forbehold"
    PREVENTED = "prevented", "Var forhindret"
    NOT_TAKING_PART = "not_taking_part", "Deltog ikke i behandlingen"


class Position(Value):
    """Where members or parties stand, in the words of the minutes."""

    by: tuple[Text, ...] = Field(min_length=1, description="Medlemmer eller partier", examples=[["Venstre"]])
    kind: PositionKind | None = Field(None, description="Art", examples=["not_supports"])
    points: tuple[Text, ...] = Field((), description="De punkter, det gælder; uden dem det hele", examples=[["2"]])
    text: Text | None = Field(
        None,
        description="Egne ord efter navnene, i stedet for artens (Markdown på én linje)",
        examples=["kunne ikke tiltræde forslaget, som det foreligger."],
    )

    @model_validator(mode="after")
    def _says_something(self) -> "Position":
        if self.kind is None and self.text is None:
            what = message("item.position.empty", "the position does not say what it is")
            raise FieldError(what, N_("add kind or text"))
        return self


class CommitteeDecision(Value):
    """What a committee decided, at one meeting."""

    committee: Text | None = Field(
        None, description="Udvalget, hvis beslutningen har sin egen overskrift", examples=["Økonomiudvalget"]
    )
    date: Day | None = Field(
        None, description="Dag, hvis beslutningen har sin egen overskrift", examples=["2026-09-09"]
    )
    item: Text | None = Field(None, description="Punktets nummer på det møde", examples=["14"])
    text: Text = Field(description="Beslutningen (Markdown)", examples=["Indstillingen blev tiltrådt."])
    votes: tuple[Vote, ...] = Field((), description="Afstemninger")
    remarks: tuple[Remark, ...] = Field((), description="Protokolbemærkninger og mindretalsudtalelser")
    positions: tuple[Position, ...] = Field(
        (), description="Hvor medlemmer og partier stod: kunne ikke tiltræde, tog forbehold, var forhindret"
    )
    absent: tuple[Member, ...] = Field((), description="Fraværende under dette punkt")
    not_taking_part: tuple[Member, ...] = Field((), description="Deltog ikke i behandlingen, med grund i note")
    reservations: tuple[Member, ...] = Field((), description="Tog forbehold, med hvad i note")
    released: Flag = Field(False, description="Må stå i den offentlige udgave af et lukket punkt", examples=["nej"])


class CourseStage(Value):
    """One stage of the item's way through committees (sagsforløb), with all that was new at it."""

    committee: FirmName = Field(description="Udvalg", examples=["Økonomiudvalget"])
    date: Day | None = Field(None, description="Mødedato", examples=["2026-09-16"])
    item: Text | None = Field(None, description="Punktets nummer dér", examples=["12"])
    text: Text | None = Field(
        None, description="Hvad udvalget gjorde, i få ord eller afsnit (Markdown)", examples=["Anbefales"]
    )
    presentation: Text | None = Field(
        None,
        description="Supplerende sagsfremstilling til dette udvalg (Markdown)",
        examples=["Siden udvalgets møde er der kommet to høringssvar."],
    )
    recommendation: Recommendation | None = Field(None, description="Indstillingen til dette udvalg")
    decision: CommitteeDecision | None = Field(None, description="Udvalgets beslutning, med stemmer og bemærkninger")
