"""The follow-up plan with its three tracks, and the graded return plan: parts of a citizen's case.

From Herning's paper of 14 November 2012 (item 87): employment, health and social matters, in this order.
"""

from typing import Annotated

from pydantic import Field, model_validator

from kvisdocs.cases.model.base import Choice, FieldError
from kvisdocs.cases.model.identifiers import Cvr, Value
from kvisdocs.cases.model.numbers import Number
from kvisdocs.cases.model.people import Address, Person
from kvisdocs.cases.model.values import Day, FirmName, Flag, Name, Text
from kvisdocs.messages import N_, message


class Progress(Choice):
    """How far a goal has come, as the three agreed it."""

    PLANNED = "planned", "Planlagt"
    AGREED = "agreed", "Aftalt"
    UNDER_WAY = "under_way", "I gang"
    REACHED = "reached", "Nået"
    DROPPED = "dropped", "Opgivet"


class ReturnKind(Choice):
    """What the graded return goes through."""

    PARTIAL_RETURN = "partial_return", "Delvis raskmelding hos arbejdsgiveren"
    WORK_PLACEMENT = "work_placement", "Virksomhedspraktik"


class Signatory(Choice):
    """The three who set goals and take status together."""

    CITIZEN = "citizen", "Borgeren"
    EMPLOYER = "employer", "Arbejdsgiveren; for ledige jobkonsulenten (plan.status_with siger hvem)"
    ADVISER = "adviser", "Rådgiveren i jobcentret"


class Duty(Value):
    """Who does what."""

    who: Name = Field(description="Hvem", examples=["Lene Holm"])
    what: Text = Field(description="Hvad hun eller han gør", examples=["Fordeler opgaverne hver mandag"])


class Activity(Value):
    """One activity in a track."""

    goal: Text = Field(description="Mål", examples=["Delvist raskmeldt"])
    sub_goals: tuple[Text, ...] = Field(
        (), description="Delmål", examples=[["8 timer om ugen fra 19. november", "16 timer om ugen fra 10. december"]]
    )
    how: Text | None = Field(
        None, description="Sådan når vi det, i et par sætninger", examples=["Du mødes med Lene hver fredag."]
    )
    process_goals: tuple[Text, ...] = Field(
        (), description="Procesmål: det, der skal ske undervejs, en linje for hvert", examples=[["En aftale om pauser"]]
    )
    purpose: Text | None = Field(
        None, description="Formål, hvis et andet end sporets", examples=["At du holder fast i kollegerne"]
    )
    responsible: Text = Field(description="Den ansvarlige, og hvem der gør hvad", examples=["Du og Lene Holm"])
    duties: tuple[Duty, ...] = Field((), description="Hvem der gør hvad, en for hver, hvor der er flere")
    due: Day | None = Field(None, description="Frist", examples=["2012-11-19"])
    progress: Progress = Field(Progress.PLANNED, description="Status", examples=["agreed"])
    status_on: Day | None = Field(None, description="Dagen for seneste status", examples=["2012-11-08"])
    status_note: Text | None = Field(
        None, description="Hvad vi blev enige om ved seneste status", examples=["Alle tre er enige om trinnene."]
    )
    shared: Flag = Field(
        False,
        description="Om arbejdspladsen må læse aktiviteten i den fælles status; kun i spor 1, og kun med samtykke",
        examples=["ja"],
    )


class Track(Value):
    """One of the three tracks."""

    purpose: Text = Field(description="Formål", examples=["At du vender tilbage til din stilling"])
    activities: tuple[Activity, ...] = Field(min_length=1, description="Aktiviteter")


class JointStatus(Value):
    """A status that the citizen, the employer and the adviser took together, as the evaluators of KVIS asked for."""

    date: Day = Field(description="Dag", examples=["2012-11-08"])
    agreed_by: tuple[Signatory, ...] = Field(
        min_length=1, description="Hvem der gjorde status sammen", examples=[["citizen", "employer", "adviser"]]
    )
    text: Text = Field(description="Hvad de blev enige om", examples=["Vi fortsætter efter planen."])


class Decision(Value):
    """A decision that the plan carries. Only then does the plan bear an appeal block."""

    text: Text = Field(
        description="Afgørelsen og dens begrundelse (Markdown)", examples=["Du får **støtte** til transport."]
    )
    legal_basis: Text = Field(description="Lovhjemmel", examples=["sygedagpengelovens § 15"])


class Plan(Value):
    """The follow-up plan. The employment track is always there; the other two only where they are needed."""

    agreed: Day = Field(description="Aftalt med borgeren den", examples=["2012-11-08"])
    next_follow_up: Day | None = Field(None, description="Næste opfølgning", examples=["2012-11-22"])
    goal: Text = Field(
        description="Målet for tilbagevenden, i en sætning", examples=["Fuld tid igen som bogholder fra februar 2013."]
    )
    short_goal: Text | None = Field(
        None, description="Målet i få ord, til båndet øverst", examples=["37 timer fra 4. februar 2013"]
    )
    employment: Track = Field(description="Spor 1: beskæftigelse")
    health: Track | None = Field(None, description="Spor 2: sundhed")
    social: Track | None = Field(None, description="Spor 3: sociale forhold")
    status_with: Text | None = Field(
        None,
        description="Hvem borgeren og sagsbehandleren gør status sammen med, som borgeren siger det",
        examples=["din arbejdsgiver"],
    )
    joint_statuses: tuple[JointStatus, ...] = Field((), description="Fælles status, den nyeste sidst")
    decision: Decision | None = Field(None, description="Afgørelse, hvis planen rummer en")


class ReturnStep(Value):
    """One step of the graded return plan."""

    start: Day = Field(description="Fra og med", examples=["2012-11-19"])
    end: Day | None = Field(None, description="Til og med; åben i sidste trin", examples=["2012-12-09"])
    hours: Annotated[Number, Field(ge=0, le=60, decimal_places=2)] = Field(
        description="Timer om ugen", examples=["18,5"]
    )
    tasks: Text = Field(description="Opgaver", examples=["Journalisering, ingen kundekontakt"])


class Host(Value):
    """The firm or the office where a work placement is, if another than the employer."""

    name: FirmName = Field(description="Praktikstedets navn", examples=["Byens Boghandel ApS"])
    cvr: Cvr | None = Field(None, description="CVR-nummer: dertil sendes Digital Post", examples=["99999993"])
    contact: Person | None = Field(None, description="Den, der tager imod på praktikstedet")
    address: Address | None = Field(None, description="Praktikstedets adresse")


class ReturnPlan(Value):
    """The graded return plan (optrapningsplan), for partial return or a work placement."""

    kind: ReturnKind = Field(description="Delvis raskmelding eller virksomhedspraktik", examples=["partial_return"])
    place: FirmName | None = Field(
        None,
        description="Praktikstedets navn, hvis et andet end arbejdsgiveren, og planen ikke skal sendes dertil",
        examples=["Byens Boghandel ApS"],
    )
    host: Host | None = Field(None, description="Praktikstedet, hvis et andet end arbejdsgiveren; planen sendes dertil")
    agreed: Day | None = Field(None, description="Aftalt med arbejdsgiveren den", examples=["2012-11-08"])
    agreed_with: Text | None = Field(None, description="Hvem den er aftalt med", examples=["Lene Holm, afdelingsleder"])
    steps: tuple[ReturnStep, ...] = Field(min_length=1, description="Trin")
    contact: Text | None = Field(
        None, description="Aftalt kontakt undervejs", examples=["Samtale med Lene Holm hver fredag kl. 10"]
    )

    @property
    def place_name(self) -> str | None:
        """The name of the place, where it is another than the employer's."""
        return self.host.name if self.host else self.place

    @model_validator(mode="after")
    def _steps_follow_each_other(self) -> "ReturnPlan":
        for before, after in zip(self.steps, self.steps[1:], strict=False):
            if after.start <= before.start:
                what = message(
                    "case.return_plan.order",
                    "the steps are not in order: {later} comes after {earlier}",
                    later=after.start,
                    earlier=before.start,
                )
                raise FieldError(what, N_("sort them by their start"))
            if before.end is not None and before.end >= after.start:
                what = message(
                    "case.return_plan.overlap",
                    "two steps overlap: one ends {end}, the next starts {start}",
                    end=before.end,
                    start=after.start,
                )
                raise FieldError(what, N_("end the first the day before"))
        for step in self.steps:
            if step.end is not None and step.end < step.start:
                what = message(
                    "case.return_plan.backwards",
                    "a step ends {end} before it starts {start}",
                    end=step.end,
                    start=step.start,
                )
                raise FieldError(what, N_("swap the dates"))
        return self
