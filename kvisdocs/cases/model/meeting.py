"""A committee's meeting: who is there, and which items in which order. All its papers are made from one file.

The items are files of their own (`committee.CommitteeItem`); those that every meeting has (approval of the agenda, any
other business) are the municipality's, and a meeting says what came of them.
"""

from typing import Annotated, Literal

from pydantic import Field

from kvisdocs.cases.model.base import Choice
from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.numbers import Count
from kvisdocs.cases.model.values import Clock, Day, FirmName, Flag, Name, Text


class MeetingType(Choice):
    """Whether the meeting stands in the committee's calendar."""

    ORDINARY = "ordinary", "Ordinært møde"
    EXTRAORDINARY = "extraordinary", "Ekstraordinært møde"


class Attendance(Choice):
    """How a member stands to the meeting."""

    PRESENT = "present", "Mødt frem"
    APOLOGIES = "apologies", "Afbud"
    ABSENT = "absent", "Fraværende uden afbud"


class Attendant(Value):
    """Somebody who votes at the meeting."""

    name: Name = Field(description="Navn", examples=["Anna Sivertsen"])
    party: Text | None = Field(None, description="Partibogstav", examples=["A"])
    arrived: Text | None = Field(None, description="Kom til dette punkt: dets nummer", examples=["88"])
    left: Text | None = Field(None, description="Gik efter dette punkt: dets nummer", examples=["91"])


class MeetingMember(Attendant):
    """A member of the committee."""

    role: Text | None = Field(None, description="Rolle i udvalget", examples=["formand"])
    attendance: Attendance = Field(Attendance.PRESENT, description="Fremmøde", examples=["present"])
    substitute: Attendant | None = Field(None, description="Stedfortræderen, hvor medlemmet har meldt afbud")


class Official(Value):
    """Somebody else at the meeting: of the administration, or a guest."""

    name: Name = Field(description="Navn", examples=["Bodil Eksempel"])
    title: Text | None = Field(None, description="Stilling", examples=["arbejdsmarkedschef"])
    items: tuple[Text, ...] = Field(
        (), description="Numrene på de punkter, det gælder; uden dem alle", examples=[["88"]]
    )


class MeetingEntry(Value):
    """An item of the meeting."""

    file: Text = Field(description="Punktets fil, set fra mødets mappe", examples=["punkt-87.yaml"])
    supplement: Flag = Field(False, description="Punktet er på tillægsdagsordenen", examples=["ja"])
    revises: Text | None = Field(
        None, description="Nummeret på det punkt, som denne fil afløser med tillægsdagsordenen", examples=["88"]
    )
    withdrawn: Text | None = Field(
        None, description="Punktet udgik: grunden", examples=["Punktet er udsat til næste møde."]
    )
    extract: Flag = Field(False, description="Punktet skrives ud af beslutningsprotokollen", examples=["ja"])


class FixedEntry(Value):
    """What this meeting has to say under an item that every meeting has."""

    id: Text = Field(description="Punktets id i kommunens profil, under meetings", examples=["approval"])
    text: Text | None = Field(None, description="Tekst under punktet (Markdown)", examples=["Formanden orienterede."])
    decision: Text | None = Field(None, description="Beslutning (Markdown)", examples=["Dagsordenen blev godkendt."])


class FollowUp(Value):
    """What the committee is to hear of again."""

    text: Text = Field(description="Hvad udvalget skal have", examples=["Udvalget orienteres om slutevalueringen"])
    due: Day = Field(description="Senest denne dag", examples=["2026-11-11"])
    done: Day | None = Field(None, description="Dagen, det skete", examples=["2026-11-11"])


class CommitteeMeeting(Value):
    """A whole meeting."""

    kind: Literal["meeting"] = Field(description="Filens art: meeting", examples=["meeting"])
    municipality: Text = Field(
        description="Kommunens profil: filens navn i templates/profiles/ uden .yaml", examples=["slagelse"]
    )
    committee: FirmName = Field(description="Udvalg", examples=["Beskæftigelsesudvalget"])
    type: MeetingType = Field(MeetingType.ORDINARY, description="Mødets art", examples=["ordinary"])
    date: Day = Field(description="Mødedato", examples=["onsdag den 9. september 2026"])
    start: Clock | None = Field(None, description="Mødet begynder", examples=["13:00"])
    end: Clock | None = Field(None, description="Mødet hævet", examples=["15:30"])
    place: FirmName | None = Field(None, description="Mødested", examples=["Rådhuset, lokale C3.40"])
    sent_out: Day | None = Field(None, description="Dagsordenen sendt ud", examples=["2026-09-02"])
    material_sent_out: Day | None = Field(
        None, description="Materialet sendt ud, hvor det ikke fulgte med dagsordenen", examples=["2026-09-03"]
    )
    supplement_sent_out: Day | None = Field(None, description="Tillægsdagsordenen sendt ud", examples=["2026-09-07"])
    first_number: Annotated[Count, Field(ge=1)] | None = Field(
        None, description="Det første punkts nummer, hvor numrene fortsætter fra møde til møde", examples=["85"]
    )
    members: tuple[MeetingMember, ...] = Field(min_length=1, description="Udvalgets medlemmer")
    officials: tuple[Official, ...] = Field((), description="Andre, der deltog")
    items: tuple[MeetingEntry, ...] = Field(min_length=1, max_length=200, description="Punkterne i rækkefølge")
    fixed: tuple[FixedEntry, ...] = Field((), description="De faste punkter: tekst og beslutning på dette møde")
    follow_ups: tuple[FollowUp, ...] = Field((), description="Det, udvalget skal høre om igen")
    approved: Day | None = Field(None, description="Godkendt den", examples=["2026-10-07"])
