"""A citizen's case: what a caseworker writes down of one course. Plain frozen values; nothing is read or written here.

The elements come from Herning's paper of 14 November 2012 (item 87): the three tracks in their order, the compulsory
content of a course and the self-rating from 1 to 10. docs/cases.md says every field with an example.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, field_validator

from kvisdocs.cases.consents.consent import Consent, Party, find_consent
from kvisdocs.cases.model.base import Choice, FieldError
from kvisdocs.cases.model.course import CompanyCourse, Contact, Offer, Outcome, SelfRating, WebRegistration
from kvisdocs.cases.model.identifiers import Cpr, Cvr, Gln, Phone, ProviderNumber, Sor, Value
from kvisdocs.cases.model.languages import Language
from kvisdocs.cases.model.numbers import Count, Number
from kvisdocs.cases.model.people import Address, Caseworker, Person, TeamMember
from kvisdocs.cases.model.plan import Host, Plan, ReturnPlan
from kvisdocs.cases.model.values import Day, FirmName, Name, Text
from kvisdocs.messages import N_, message


class EmploymentStatus(Choice):
    """The citizen's tie to the labour market when the case was visited to the programme."""

    IN_JOB = "in_job", "I job"
    UNDER_NOTICE = "under_notice", "I job, men opsagt"
    UNEMPLOYED = "unemployed", "Ledig"
    SELF_EMPLOYED = "self_employed", "Selvstændig"


class Diagnosis(Choice):
    """The groups that Herning counts. A person may be in several."""

    DEPRESSION = "depression", "Depression"
    STRESS = "stress", "Stressrelateret lidelse"
    ANXIETY = "anxiety", "Angstlidelse"
    NONE = "none", "Ingen af disse grupper"
    UNKNOWN = "unknown", "Ukendt diagnose"


class Education(Choice):
    """The citizen's longest finished education."""

    NONE = "none", "Ingen uddannelse efter grundskolen"
    VOCATIONAL = "vocational", "Erhvervsfaglig uddannelse"
    HIGHER = "higher", "Videregående uddannelse"
    UNKNOWN = "unknown", "Ukendt uddannelse"


class Extent(Choice):
    """How much of the work the citizen was away from at visitation."""

    FULL = "full", "Fuld tid"
    PARTIAL = "partial", "Delvist sygemeldt"


class Citizen(Value):
    """The person on sick leave."""

    first_names: Name = Field(description="Fornavn(e)", examples=["Karoline Marie"])
    last_name: Name = Field(description="Efternavn, med mellemnavne", examples=["Østergaard Lindqvist"])
    called: Name | None = Field(
        None, description="Navnet i hilsenen, hvis et andet end det første fornavn", examples=["Line"]
    )
    cpr: Cpr = Field(
        description="CPR-nummer, ti cifre med eller uden bindestreg; 60 lagt til dagen gør det til et testnummer",
        examples=["740468-1238"],
    )
    address: Address = Field(description="Adresse")
    phone: Phone | None = Field(None, description="Telefon, otte cifre", examples=["00 00 31 01"])
    language: Language | None = Field(
        None, description="Sproget, borgeren læser, hvis det ikke er dansk", examples=["arabisk"]
    )

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

    first_day: Day = Field(description="Første sygedag", examples=["2012-09-10"])
    visitation: Day | None = Field(None, description="Visiteret til programmet", examples=["2012-10-22"])
    category: Annotated[Count, Field(ge=1, le=3)] | None = Field(
        None, description="Visitationskategori 1–3, hvor reglerne har en", examples=["2"]
    )
    extent: Extent | None = Field(
        None, description="Sygemeldt på fuld tid eller delvist ved visitationen", examples=["full"]
    )
    diagnoses: tuple[Diagnosis, ...] = Field(
        (), description="Diagnosegrupper; en borger kan have flere", examples=[["depression", "stress"]]
    )
    recovered: Day | None = Field(None, description="Raskmeldt fra denne dag", examples=["4. februar 2013"])

    @field_validator("diagnoses")
    @classmethod
    def _unknown_stands_alone(cls, diagnoses: tuple[Diagnosis, ...]) -> tuple[Diagnosis, ...]:
        alone = [each for each in diagnoses if each in (Diagnosis.NONE, Diagnosis.UNKNOWN)]
        if alone and len(diagnoses) > 1:
            what = message(
                "case.diagnoses.contradiction", '"{word}" stands beside other diagnoses', word=alone[0].value
            )
            raise FieldError(what, N_('delete "{word}", or the others', word=alone[0].value))
        return diagnoses


class Employer(Value):
    """The place of work."""

    name: FirmName = Field(description="Virksomhedens navn", examples=["Midtjysk Kontorservice A/S"])
    cvr: Cvr | None = Field(None, description="CVR-nummer: dertil sendes Digital Post", examples=["99999993"])
    contact: Person | None = Field(None, description="Nærmeste leder eller anden kontakt")
    address: Address | None = Field(None, description="Virksomhedens adresse")
    gln: Gln | None = Field(
        None, description="EAN-nummer (GLN), hvor arbejdsgiveren er offentlig", examples=["5799999999994"]
    )


class Employment(Value):
    """The tie to the labour market at visitation."""

    status: EmploymentStatus = Field(
        description="Tilknytning til arbejdsmarkedet ved visitationen", examples=["in_job"]
    )
    employer: Employer | None = Field(None, description="Arbejdsgiver")
    job: FirmName | None = Field(None, description="Stilling", examples=["bogholder"])
    norm_hours: Annotated[Number, Field(gt=0, le=60, decimal_places=2)] | None = Field(
        None, description="Normale timer om ugen", examples=["37"]
    )
    notice_ends: Day | None = Field(
        None, description="Sidste arbejdsdag, hvis borgeren er opsagt", examples=["30. juni 2013"]
    )


class GeneralPractitioner(Value):
    """The citizen's own doctor."""

    name: Name = Field(description="Lægens navn", examples=["Jens-Åge Tværmose"])
    practice: FirmName | None = Field(None, description="Praksis", examples=["Lægehuset Lyngtoften"])
    provider_number: ProviderNumber = Field(
        description="Ydernummer, seks cifre med nullerne foran", examples=["001234"]
    )
    gln: Gln | None = Field(
        None,
        description="Lokationsnummer (EAN/GLN), 13 cifre: lægens elektroniske postkasse",
        examples=["5799999999017"],
    )
    sor: Sor | None = Field(
        None, description="SOR-kode: praksis i sundhedsvæsenets register", examples=["999999991000016005"]
    )
    address: Address = Field(description="Praksis' adresse")
    phone: Phone | None = Field(None, description="Telefon, otte cifre", examples=["00 00 51 01"])
    language: Language | None = Field(
        None, description="Sproget, lægen læser, hvis det ikke er dansk", examples=["engelsk"]
    )


class CitizenCase(Value):
    """A whole case."""

    kind: Literal["citizen"] = Field(description="Sagens art: citizen", examples=["citizen"])
    municipality: Text = Field(
        description="Kommunens profil: filens navn i templates/profiles/ uden .yaml", examples=["herning"]
    )
    programme: Text = Field(description="Regelsættet", examples=["kvis-2011"])
    case_number: Name = Field(description="Sagsnummer, som kommunen skriver det", examples=["15.20.00-P19-112-12"])
    caseworker: Caseworker = Field(description="Sagsbehandler")
    team: tuple[TeamMember, ...] = Field((), description="Andre, som borgeren arbejder sammen med i forløbet")
    citizen: Citizen = Field(description="Borgeren")
    sickness: Sickness = Field(description="Sygeforløbet")
    employment: Employment = Field(description="Tilknytning til arbejdsmarkedet")
    education: Education | None = Field(None, description="Længste uddannelse", examples=["vocational"])
    gp: GeneralPractitioner | None = Field(None, description="Egen læge")
    self_ratings: tuple[SelfRating, ...] = Field((), description="Selvvurderinger")
    steps: dict[str, Day] = Field(
        default_factory=dict,
        description="Forløbets faste trin og dagen, de blev gjort; trinnene står i regelsættet",
        examples=[{"first_talk": "2012-10-22", "ceb_talk": "2012-10-29"}],
    )
    contacts: tuple[Contact, ...] = Field((), description="Samtaler og anden kontakt")
    web_registrations: tuple[WebRegistration, ...] = Field((), max_length=4, description="Webregistreringer 1–4")
    company_courses: tuple[CompanyCourse, ...] = Field(
        (), max_length=50, description="Virksomhedsrettede forløb, det ældste først"
    )
    offers: tuple[Offer, ...] = Field((), max_length=50, description="Tilbud, som borgeren har taget imod")
    consents: tuple[Consent, ...] = Field((), max_length=100, description="Samtykker")
    plan: Plan | None = Field(None, description="Opfølgningsplan")
    return_plan: ReturnPlan | None = Field(None, description="Optrapningsplan")
    outcome: Outcome | None = Field(None, description="Forløbets udfald, når sagen er lukket")

    def is_closed_on(self, day: date) -> bool:
        """Whether the course had ended by that day."""
        return self.outcome is not None and self.outcome.date <= day

    @property
    def ended(self) -> date | None:
        """The day from which the course is over: recovered, or the case closed, whichever came first."""
        days = [self.sickness.recovered, self.outcome.date if self.outcome else None]
        return min((day for day in days if day is not None), default=None)

    def has_ended_on(self, day: date) -> bool:
        """Whether the course was over by that day."""
        return self.ended is not None and self.ended <= day

    @property
    def workplace(self) -> Host | None:
        """Where the graded return plan is followed, and goes to: its host, or else the employer."""
        if self.return_plan is not None and self.return_plan.host is not None:
            return self.return_plan.host
        employer = self.employment.employer
        if employer is None:
            return None
        return Host(name=employer.name, cvr=employer.cvr, contact=employer.contact, address=employer.address)

    def consent_to(self, party: Party, day: date) -> Consent | None:
        """The newest consent to disclose to the party that is in force on that day, or None."""
        return find_consent(self.consents, party, day)
