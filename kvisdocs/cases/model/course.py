"""What happens in a course: talks, self-ratings, web registrations, company-directed courses, offers, the end.

Herning's paper of 14 November 2012 counts most of it: who is in a company-directed course, who recovered to a job, to
an unemployment fund, or otherwise.
"""

from typing import Annotated

from pydantic import BeforeValidator, Field

from kvisdocs.cases.model.base import Choice, FieldError
from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.numbers import Count
from kvisdocs.cases.model.values import Day, FirmName, Flag, Name, Text
from kvisdocs.messages import N_, message


class ContactKind(Choice):
    """The form of a contact."""

    TALK = "talk", "Personlig samtale"
    PHONE = "phone", "Telefonsamtale"
    VIDEO = "video", "Videosamtale"
    LETTER = "letter", "Brev"
    DIGITAL = "digital", "Digital post eller besked"
    JOINT_TALK = "joint_talk", "Fælles samtale med arbejdsgiveren"


class CompanyCourseKind(Choice):
    """The form of a company-directed course."""

    PARTIAL_RETURN = "partial_return", "Delvis raskmelding hos arbejdsgiveren"
    WORK_PLACEMENT = "work_placement", "Virksomhedspraktik"
    OTHER = "other", "Andet forløb på en virksomhed"


class OutcomeKind(Choice):
    """How a course ended, as the papers count it: to a job, to an unemployment fund, otherwise, or not recovered.

    `to_job` does not say whether at full time, and `other` not whether the citizen recovered; both are counted as the
    papers do, who made no difference.
    """

    TO_JOB = "to_job", "Raskmeldt til job"
    FULL_TIME = "full_time", "Raskmeldt til job på fuld tid"
    PART_TIME = "part_time", "Raskmeldt til job på deltid"
    TO_UNEMPLOYMENT_FUND = "to_unemployment_fund", "Raskmeldt til a-kasse"
    OTHER_RECOVERY = "other_recovery", "Raskmeldt på anden måde"
    NOT_RECOVERED = "not_recovered", "Ophørt uden raskmelding"
    OTHER = "other", "Raskmeldt eller ophørt af anden grund"

    @property
    def is_to_job(self) -> bool:
        """Whether the citizen recovered to a job, at full time or not."""
        return self in (OutcomeKind.TO_JOB, OutcomeKind.FULL_TIME, OutcomeKind.PART_TIME)


class SelfRating(Value):
    """The citizen's own view of the ability to work, 1 (none) to 10 (full). The programme aims at five steps up."""

    date: Day = Field(description="Dag", examples=["2012-10-22"])
    value: Annotated[Count, Field(ge=1, le=10)] = Field(description="Tal fra 1 til 10", examples=["3"])
    note: Text | None = Field(
        None, description="Borgerens egne ord om tallet", examples=["Jeg kan læse en halv side ad gangen."]
    )


class Contact(Value):
    """A talk, call or message with the citizen or somebody else in the case."""

    date: Day = Field(description="Dag", examples=["2012-11-08"])
    kind: ContactKind = Field(description="Form", examples=["joint_talk"])
    participants: tuple[Name, ...] = Field(
        (), description="Hvem der var med, ud over borgeren og sagsbehandleren", examples=[["Lene Holm"]]
    )
    about: Text | None = Field(None, description="Hvad det handlede om", examples=["Mål og trin på arbejdspladsen"])
    agreed: Text | None = Field(None, description="Hvad der blev aftalt", examples=["Vi mødes igen om to uger."])


def _refuse_list(value: object) -> object:
    """A list of answers would be printed as one, so each has a line of its own."""
    if isinstance(value, list):
        raise FieldError(
            message("schema.answer.list", "holds several answers"),
            N_("write the question once more for each, with one answer"),
        )
    return value


class Answer(Value):
    """One question of a web registration and its answer, by their words or their ids in the programme's questionnaire.

    Where several answers are allowed, each is a line of its own with the same question.
    """

    question: Text = Field(
        description="Spørgsmål, med skemaets ord eller id",
        examples=["Tror borgeren på at være tilbage i arbejde inden for tre måneder?"],
    )
    answer: Annotated[Text, BeforeValidator(_refuse_list)] = Field(
        description="Svar, med skemaets ord eller id", examples=["Ja"]
    )


class WebRegistration(Value):
    """One of the four registrations of a course."""

    number: Annotated[Count, Field(ge=1, le=4)] = Field(description="Registrering 1–4", examples=["1"])
    date: Day = Field(description="Dag", examples=["2012-10-22"])
    answers: tuple[Answer, ...] = Field((), description="Spørgsmål og svar")


class CompanyCourse(Value):
    """A company-directed course that a citizen is or was in (virksomhedsrettet forløb)."""

    kind: CompanyCourseKind = Field(description="Form", examples=["partial_return"])
    start: Day = Field(description="Fra og med", examples=["2012-11-19"])
    end: Day | None = Field(None, description="Til og med, når det er slut", examples=["2013-02-03"])
    place: FirmName | None = Field(
        None, description="Virksomheden, hvis en anden end arbejdsgiveren", examples=["Midtjysk Kontorservice A/S"]
    )
    days_planned: Annotated[Count, Field(ge=1)] | None = Field(None, description="Aftalte dage i alt", examples=["40"])
    days_attended: Annotated[Count, Field(ge=0)] | None = Field(
        None, description="Fremmødte dage i alt", examples=["36"]
    )


class Offer(Value):
    """Something that the citizen is offered beside the talks: psychoeducation, a sleep school, a mentor."""

    kind: Text = Field(description="Tilbuddets id i regelsættet", examples=["psychoeducation"])
    start: Day = Field(description="Fra og med", examples=["2012-11-05"])
    end: Day | None = Field(None, description="Til og med, når det er slut", examples=["2012-12-10"])
    sessions_planned: Annotated[Count, Field(ge=1)] | None = Field(
        None, description="Planlagte mødegange", examples=["6"]
    )
    sessions_attended: Annotated[Count, Field(ge=0)] | None = Field(
        None, description="Fremmøde i antal mødegange", examples=["5"]
    )
    relatives: Flag = Field(False, description="Om pårørende har været med", examples=["ja"])


class Outcome(Value):
    """How and when the course ended. A case with an outcome is closed from that day."""

    date: Day = Field(description="Dagen, sagen blev lukket", examples=["2013-02-04"])
    kind: OutcomeKind = Field(
        description="Udfald: i job, til a-kasse, på anden måde eller uden raskmelding", examples=["full_time"]
    )
    reason: Text | None = Field(
        None, description="Grunden, hvor borgeren ikke er raskmeldt: dens id i regelsættet", examples=["moved"]
    )
    same_workplace: Flag | None = Field(
        None, description="Om jobbet er på den arbejdsplads, borgeren kom fra", examples=["ja"]
    )
    note: Text | None = Field(None, description="Forklaring i få ord", examples=["Fuld tid i den gamle stilling"])
