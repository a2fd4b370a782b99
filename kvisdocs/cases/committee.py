"""An item on a political committee's agenda. Which fields it shows, and in which order, is the municipality's profile.

The two papers that the model must hold whole are Herning's item 87 of 14 November 2012 and København's item 6 of
11 December 2008. `fields` is open for that reason: its keys are the ids that the profile's brief lists.
"""

from typing import Literal

from pydantic import Field

from kvisdocs.cases.identifiers import Value
from kvisdocs.cases.values import Clock, Day, Flag, Text


class Meeting(Value):
    """The meeting at which the item is treated."""

    committee: Text = Field(description="Udvalg")
    date: Day = Field(description="Mødedato")
    time: Clock | None = Field(None, description="Mødetid")
    place: Text | None = Field(None, description="Mødested")


class Recommendation(Value):
    """What the administration asks the committee to decide."""

    by: Text = Field(description="Hvem der indstiller, med udsagnsord: Direktøren … indstiller")
    points: tuple[Text, ...] = Field(min_length=1, description='Punkterne, uden det "at" som profilen sætter foran')
    repeat_by: Flag = Field(False, description="Gentag indstilleren efter punkterne, hvor papiret gør det")


class CommitteeDecision(Value):
    """What a committee decided, at one meeting."""

    committee: Text | None = Field(None, description="Udvalget, hvis beslutningen har sin egen overskrift")
    date: Day | None = Field(None, description="Dag, hvis beslutningen har sin egen overskrift")
    text: Text = Field(description="Beslutningen (Markdown)")


class Attachment(Value):
    """An attachment to the item."""

    title: Text = Field(description="Titel")
    access: Literal["open", "closed"] = Field("open", description="Åbent eller lukket bilag")


class CommitteeItem(Value):
    """A whole item."""

    kind: Literal["committee"] = Field(description="Sagens art: committee")
    municipality: Text = Field(description="Kommunens profil: herning")
    meeting: Meeting = Field(description="Mødet")
    number: Text = Field(description="Punktets nummer på dagsordenen")
    title: Text = Field(description="Titel")
    case_number: Text | None = Field(None, description="Sagsnummer")
    caseworker: Text | None = Field(None, description="Sagsbehandler")
    routing: tuple[Text, ...] = Field((), description="De organer, der får et x i ruteskemaet")
    fields: dict[str, Text] = Field(default_factory=dict, description="Felterne efter profilens liste (Markdown)")
    recommendation: Recommendation | None = Field(None, description="Indstilling")
    decisions: tuple[CommitteeDecision, ...] = Field((), description="Beslutninger, den nyeste sidst")
    attachments: tuple[Attachment, ...] = Field((), description="Bilag")
    signers: tuple[Text, ...] = Field((), description="Underskrivere")
