"""A citizen's case: what a caseworker writes down of one course. Plain frozen values; nothing is read or written here.

The elements come from Herning's paper of 14 November 2012 (item 87): the three tracks in their order, the compulsory
content of a course and the self-rating from 1 to 10. docs/cases.md says every field with an example.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from kvisdocs.cases.consent import Consent, Party, find_consent
from kvisdocs.cases.identifiers import Cpr, Email, Phone, Postcode, ProviderNumber, Value
from kvisdocs.cases.plan import Plan, ReturnPlan
from kvisdocs.cases.values import Count, Day, Flag, Number, Text


class EmploymentStatus(StrEnum):
    """The citizen's tie to the labour market when the case was visited to the programme."""

    IN_JOB = "in_job"
    UNDER_NOTICE = "under_notice"
    UNEMPLOYED = "unemployed"
    SELF_EMPLOYED = "self_employed"


class Diagnosis(StrEnum):
    """The groups that Herning counts. A person may be in several."""

    DEPRESSION = "depression"
    STRESS = "stress"
    ANXIETY = "anxiety"


class Education(StrEnum):
    """The citizen's longest finished education."""

    NONE = "none"
    VOCATIONAL = "vocational"
    HIGHER = "higher"


class OutcomeKind(StrEnum):
    """How a course ended, as Herning's statistics count it: to a job, to an unemployment fund, or otherwise."""

    TO_JOB = "to_job"
    TO_UNEMPLOYMENT_FUND = "to_unemployment_fund"
    OTHER = "other"


class Address(Value):
    """A postal address as it stands on an envelope."""

    care_of: Text | None = Field(None, description="c/o-navn")
    street: Text = Field(description="Vej, nummer, etage og dør: Ærøvej 14, 2. tv.")
    place: Text | None = Field(None, description="Bynavn under postnummeret, hvor der er et")
    postcode: Postcode = Field(description="Postnummer, fire cifre")
    city: Text = Field(description="By")
    protected: Flag = Field(False, description="Adressebeskyttelse: adressen vises kun i brevet til borgeren selv")

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines below the name, in the order of an envelope."""
        care_of = f"c/o {self.care_of}" if self.care_of else None
        return tuple(line for line in (care_of, self.street, self.place, f"{self.postcode} {self.city}") if line)


class Person(Value):
    """Someone with a name and, perhaps, ways to be reached."""

    name: Text = Field(description="Fulde navn")
    title: Text | None = Field(None, description="Stilling")
    phone: Phone | None = Field(None, description="Telefon, otte cifre")
    email: Email | None = Field(None, description="E-mail")


class Caseworker(Person):
    """The adviser who signs and whom the citizen calls."""

    unit: Text | None = Field(None, description="Afdeling, hvis en anden end kommunens profil siger")
    hours: Text | None = Field(None, description="Telefontid, hvis en anden end profilens")


class Citizen(Value):
    """The person on sick leave."""

    first_names: Text = Field(description="Fornavn(e)")
    last_name: Text = Field(description="Efternavn, med mellemnavne")
    called: Text | None = Field(None, description="Navnet i hilsenen, hvis et andet end det første fornavn")
    cpr: Cpr = Field(description="CPR-nummer, ti cifre med eller uden bindestreg")
    address: Address = Field(description="Adresse")
    phone: Phone | None = Field(None, description="Telefon")

    @property
    def name(self) -> str:
        """First names and last name."""
        return f"{self.first_names} {self.last_name}"

    @property
    def greeted_as(self) -> str:
        """The name after "Kære"."""
        return self.called or self.first_names.split()[0]


class Sickness(Value):
    """The course so far."""

    first_day: Day = Field(description="Første sygedag")
    visitation: Day | None = Field(None, description="Visiteret til programmet")
    category: Annotated[Count, Field(ge=1, le=3)] | None = Field(None, description="Visitationskategori 1–3")
    diagnoses: tuple[Diagnosis, ...] = Field((), description="Diagnosegrupper; en borger kan have flere")
    recovered: Day | None = Field(None, description="Raskmeldt fra denne dag")


class Employer(Value):
    """The place of work."""

    name: Text = Field(description="Virksomhedens navn")
    contact: Person | None = Field(None, description="Nærmeste leder eller anden kontakt")
    address: Address | None = Field(None, description="Virksomhedens adresse")


class Employment(Value):
    """The tie to the labour market at visitation."""

    status: EmploymentStatus = Field(description="Tilknytning til arbejdsmarkedet ved visitationen")
    employer: Employer | None = Field(None, description="Arbejdsgiver")
    job: Text | None = Field(None, description="Stilling: bogholder")
    norm_hours: Annotated[Number, Field(gt=0, le=60)] | None = Field(None, description="Normale timer om ugen")
    notice_ends: Day | None = Field(None, description="Sidste arbejdsdag, hvis borgeren er opsagt")


class SelfRating(Value):
    """The citizen's own view of the ability to work, 1 (none) to 10 (full). The programme aims at five steps up."""

    date: Day = Field(description="Dag")
    value: Annotated[Count, Field(ge=1, le=10)] = Field(description="Tal fra 1 til 10")


class Contact(Value):
    """A talk, call or message with the citizen or somebody else in the case."""

    date: Day = Field(description="Dag")
    kind: Literal["talk", "phone", "letter", "digital", "joint_talk"] = Field(description="Form")
    about: Text | None = Field(None, description="Hvad det handlede om")


class Answer(Value):
    """One question of a web registration and its answer."""

    question: Text = Field(description="Spørgsmål")
    answer: Text = Field(description="Svar")


class WebRegistration(Value):
    """One of the four registrations of a course."""

    number: Annotated[Count, Field(ge=1, le=4)] = Field(description="Registrering 1–4")
    date: Day = Field(description="Dag")
    answers: tuple[Answer, ...] = Field((), description="Spørgsmål og svar")


class GeneralPractitioner(Value):
    """The citizen's own doctor."""

    name: Text = Field(description="Lægens navn")
    practice: Text | None = Field(None, description="Praksis: Lægehuset Torvet")
    provider_number: ProviderNumber = Field(description="Ydernummer, seks cifre")
    address: Address = Field(description="Praksis' adresse")
    phone: Phone | None = Field(None, description="Telefon")


class Outcome(Value):
    """How and when the course ended. A case with an outcome is closed from that day."""

    date: Day = Field(description="Dagen, sagen blev lukket")
    kind: OutcomeKind = Field(description="Udfald: i job, til a-kasse eller af anden grund")
    note: Text | None = Field(None, description="Forklaring i få ord")


class CitizenCase(Value):
    """A whole case."""

    kind: Literal["citizen"] = Field(description="Sagens art: citizen")
    municipality: Text = Field(description="Kommunens profil: herning")
    programme: Text = Field(description="Regelsættet: kvis-2011")
    case_number: Text = Field(description="Sagsnummer")
    caseworker: Caseworker = Field(description="Sagsbehandler")
    citizen: Citizen = Field(description="Borgeren")
    sickness: Sickness = Field(description="Sygeforløbet")
    employment: Employment = Field(description="Tilknytning til arbejdsmarkedet")
    education: Education | None = Field(None, description="Længste uddannelse")
    gp: GeneralPractitioner | None = Field(None, description="Egen læge")
    self_ratings: tuple[SelfRating, ...] = Field((), description="Selvvurderinger")
    steps: dict[str, Day] = Field(default_factory=dict, description="Forløbets faste trin og dagen, de blev gjort")
    contacts: tuple[Contact, ...] = Field((), description="Kontakter med borgeren")
    web_registrations: tuple[WebRegistration, ...] = Field((), max_length=4, description="Webregistreringer 1–4")
    consents: tuple[Consent, ...] = Field((), description="Samtykker")
    plan: Plan | None = Field(None, description="Opfølgningsplan")
    return_plan: ReturnPlan | None = Field(None, description="Optrapningsplan")
    outcome: Outcome | None = Field(None, description="Forløbets udfald, når sagen er lukket")

    def is_closed_on(self, day: date) -> bool:
        """Whether the course had ended by that day."""
        return self.outcome is not None and self.outcome.date <= day

    def consent_to(self, party: Party, day: date) -> Consent | None:
        """The newest consent to disclose to the party that is in force on that day, or None."""
        return find_consent(self.consents, party, day)
