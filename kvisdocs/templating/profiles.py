"""The municipality: who sends, how it looks, and which fields its committee papers have.

One file each: templates/profiles/<municipality>.yaml.

A YAML file of the templates folder (a profile, a document.yaml) → its model, or every fault in it.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, Field, ValidationError

from kvisdocs.cases.model.base import FieldError
from kvisdocs.cases.model.identifiers import Cvr, Email, Gln, Phone, Postcode, Sor, Value
from kvisdocs.cases.model.numbers import Count, Number
from kvisdocs.cases.model.values import Flag, Text
from kvisdocs.cases.validation import Form, validation_problems
from kvisdocs.cases.yaml.source import Source, scan_source
from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import KvisdocsError, Position, Problem, nearest, say_refusal, suggest
from kvisdocs.templating.brief.form import Brief
from kvisdocs.templating.html import Assets
from kvisdocs.templating.letterhead import open_letterhead
from kvisdocs.templating.letterhead_package import read_start
from kvisdocs.templating.meetings.form import Meetings
from kvisdocs.templating.small_counts import SmallCounts

Model = TypeVar("Model", bound=BaseModel)

_FORM = Form(N_("the file"), N_("see: kvisdocs docs templates"))
_NOTHING: Mapping[str, str] = MappingProxyType({})


def read_settings(
    name: str, assets: Assets, model: type[Model], given: Mapping[str, str] = _NOTHING
) -> tuple[Model, Source]:
    """The model in a file that is there, and the source that problems point into.

    `given` are fields that the file's place says, and that cannot stand in it. Raises KvisdocsError with all faults.
    """
    path = assets.find(name)
    assert path is not None, name
    source = scan_source(path, assets.shown(name))
    problems = list(source.problems)
    if not isinstance(source.data, dict):
        if problems:
            raise KvisdocsError(problems)
        what = (
            message("municipality.file.empty", "the file is empty")
            if source.data is None
            else message("municipality.file.no_keys", "the file holds no keys")
        )
        todo = N_('begin with "{first}: …"', first=_first(model, given))
        raise KvisdocsError(Problem(source.locate(()), what, todo))
    for key in given:
        if key in source.data:
            what = message("document_type.key.given", 'the key "{key}" cannot stand here', key=key)
            problems.append(Problem(source.locate_key((key,)), what, N_("delete it; the folder's name says it")))
    try:
        settings = model.model_validate({**source.data, **given})
    except ValidationError as error:
        problems += validation_problems(error, source, model, _FORM)
    if problems:
        raise KvisdocsError(problems)
    return settings, source


def _first(model: type[BaseModel], given: Mapping[str, str]) -> str:
    return next(field for field in model.model_fields if field not in given)


def parse_colour(text: str) -> str:
    """`#1c4e68`, and no other form: it goes into the stylesheet as it stands."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        what = message("profile.colour.form", '"{text}" is not a colour', text=text)
        raise FieldError(what, N_('write it as "#1c4e68", with the quotes'))
    return text


Colour = Annotated[str, AfterValidator(parse_colour)]


class Office(Value):
    """The sender's address and ways to be reached."""

    unit: Text = Field(description="Afdeling, som borgeren kender den: Jobcenter Herning · Sygedagpenge")
    street: Text
    postcode: Postcode
    city: Text
    phone: Phone
    email: Email | None = None
    hours: Text = Field(description="Telefontid: Man.–tors. kl. 9–14")
    website: Text | None = None
    gln: Gln | None = Field(None, description="Kommunens EAN-nummer (GLN)")


class Colours(Value):
    """One accent and one soft background; everything else is black, grey and white."""

    accent: Colour
    soft: Colour


class Window(Value):
    """Where the envelope's window is, in mm from the paper's top left corner.

    No Danish standard was found for the position; the default suits common C5/M65 envelopes and must be checked against
    the print supplier's template before real use.
    """

    left_mm: Number = Field(description="Fra papirets venstre kant")
    top_mm: Number = Field(description="Fra papirets overkant")
    width_mm: Number
    height_mm: Number


class Appeal(Value):
    """Whom a citizen complains to, and under which law."""

    receiver: Text
    weeks: Annotated[Number, Field(gt=0)]
    legal_basis: Text


class Letters(Value):
    """What the letters of this municipality say of law."""

    appeal: Appeal
    access: Text = Field(description="Sætningen om retten til at se sagen")
    consent_law: Text = Field(description="Loven, som samtykket hviler på")
    refund: Text | None = Field(
        None, description="Til arbejdsgiveren: hvordan fravær ved delvis sygemelding meldes, og hvornår der er refusion"
    )


class Abbreviation(Value):
    """A short word that the letters spell out for the citizen the first time."""

    short: Text = Field(description="Forkortelsen: CEB")
    long: Text = Field(description="Det, den står for: Center for Erhvervsafklaring og Beskæftigelse")


class Kle(Value):
    """The subject of a message in KLE, the municipalities' own plan of subjects."""

    subject: Text = Field(description="Emne: 32.30.04", examples=["32.30.04"])
    facet: Text = Field(description="Handlingsfacet: G01", examples=["G01"])
    version: Text = Field(description="KLE's udgave", examples=["Maj 2026"])
    label: Text = Field(description="Emnets navn")


class Sending(Value):
    """How finished letters are sent as Digital Post.

    Sources: MeMo 1.2 (digitaliser.dk), whose label has at most 256 characters and notification at most 150. Neither may
    tell anything of the person: the notification is sent as SMS and e-mail.
    """

    cvr: Cvr = Field(description="Kommunens CVR-nummer, som der sendes fra")
    label: Annotated[Text, Field(max_length=256)] = Field(
        "Brev om din sag", description="Overskriften i modtagerens postkasse; intet om borgeren, sagen eller indsatsen"
    )
    notification: Annotated[Text, Field(max_length=150)] | None = Field(
        None, description="Teksten i sms og e-mail til modtageren; uden den skriver Digital Post sin egen"
    )
    channels: Mapping[Text, Literal["digital_post", "print", "by_hand"]] = Field(
        description="Hvordan hvert dokument sendes: digital_post, print eller by_hand; hvad der ikke står her, bliver"
    )
    mandatory: Flag = Field(False, description="Om brevet er obligatorisk post")
    legal_notification: Flag = Field(False, description="Om brevet er en afgørelse (forkyndelse); kun hvor det er en")
    case_system: Text = Field("kvisdocs", description="Fagsystemet, som sagsnummeret hører til")
    kle: Kle | None = Field(None, description="Emne i KLE")
    most_megabytes: Annotated[Number, Field(gt=0)] = Field(
        Decimal("99.5"), description="Så meget må en besked fylde; grænsen er fra 2016, se efter, om den er en anden"
    )


class MedCom(Value):
    """How letters to doctors are written as CareCommunication, MedCom's message between parties of the health services.

    Source: medcomfhir.dk, CareCommunication 5.0: exactly one category, of which none is for employment.
    """

    sor: Sor = Field(description="SOR-kode for den enhed i kommunen, der sender")
    gln: Gln = Field(description="Enhedens lokationsnummer (EAN/GLN)")
    category: Literal["other", "psychiatry-social-disability"] = Field(
        "other", description="Kategori: other (Andet) eller psychiatry-social-disability (Psykiatri, social, handicap)"
    )
    topic: Annotated[Text, Field(max_length=70)] = Field(
        "Orientering fra kommunen, intet svar nødvendigt",
        description="Emnet i lægens indbakke; intet om borgeren eller sygdommen",
    )
    role: Text = Field("Sagsbehandler", description="Stillingsbetegnelse, hvor sagen ikke siger sagsbehandlerens")
    most_megabytes: Annotated[Number, Field(gt=0)] = Field(
        Decimal(10), description="Så meget må en besked fylde; 10 er et skøn, spørg VANS-leverandøren"
    )


class Runs(Value):
    """What holds for many letters made in one go, by `kvisdocs batch`."""

    protected_address: Literal["leave_out", "make"] = Field(
        "leave_out", description="Sager med adressebeskyttelse: leave_out (laves i hånden, én ad gangen) eller make"
    )


class Profile(Value):
    """A municipality's whole profile."""

    name: Text = Field(description="Kommunens navn: Herning Kommune")
    genitive: Text = Field(description="Navnet i ejefald: Herning Kommunes")
    logo: Text = Field(description="Logoets fil i templates/")
    colours: Colours
    office: Office | None = Field(None, description="Afsenderen af breve til borgere, læger og arbejdsgivere")
    window: Window | None = Field(None, description="Rudens sted i kuverten")
    letters: Letters | None = Field(None, description="Det, brevene siger om reglerne")
    brief: Brief = Field(default_factory=Brief, description="Dagsordenspunktets form")
    abbreviations: tuple[Abbreviation, ...] = Field((), description="Forkortelser, som breve til borgere forklarer")
    runs: Runs = Field(default_factory=Runs, description="Massekørsler")
    meetings: Meetings = Field(default_factory=Meetings, description="Møder: faste punkter, numre, bilag og frist")
    statistics: SmallCounts = Field(default_factory=SmallCounts, description="Tal til udvalget")
    sending: Sending | None = Field(None, description="Digital Post: hvad der sendes hvordan")
    medcom: MedCom | None = Field(None, description="MedCom: beskeder til egen læge")
    approval: Literal["none", "one", "two"] = Field(
        "none",
        description="Hvem der skal godkende et brev, før det er færdigt: none, one (én anden end den, der lavede det) "
        "eller two (to forskellige)",
    )
    keep_months: Annotated[Count, Field(ge=1)] | None = Field(
        None, description="Så mange måneder gemmes breve i resultatmappen; `kvisdocs tidy` finder de ældre"
    )
    word_reference: Text | None = Field(None, description="Brevpapir til Word-filen: en .docx i templates/")


_FOR_LETTERS = ("office", "window", "letters")
"""The groups of a profile that letters use. A committee's papers do without."""


def check_groups(profile: Profile, kind: str, file: str) -> list[Problem]:
    """An error in the profile's file that names the groups which that kind of case needs for its documents."""
    missing = [name for name in _FOR_LETTERS if getattr(profile, name) is None] if kind == "citizen" else []
    if not missing:
        return []
    what = message(
        "municipality.group.missing", "the profile lacks what letters need: {groups}", groups=listed(missing)
    )
    return [Problem(Position(file), what, N_("add each with its fields; see: kvisdocs docs municipality"))]


def profile_names(assets: Assets) -> list[str]:
    """The ids of all profiles in the template folders."""
    return sorted({path.stem for folder in assets.folders for path in (folder / "profiles").glob("*.yaml")})


def _suggest_profile(name: str, known: list[str]) -> Message:
    if nearest(name, known):
        return suggest(name, known)
    return N_("{names}; or make one: kvisdocs new municipality NAME", names=suggest(name, known))


def load_profile(name: str, assets: Assets, asked_at: Position) -> Profile:
    """A municipality's profile. Raises KvisdocsError: at `asked_at` for an unknown name, else in the profile's file."""
    file = f"profiles/{name}.yaml"
    if assets.find(file) is None:
        known = profile_names(assets)
        what = message("municipality.name.unknown", 'no municipality is called "{name}"', name=name)
        raise KvisdocsError(Problem(asked_at, what, _suggest_profile(name, known)))
    profile, source = read_settings(file, assets, Profile)
    if assets.find(profile.logo) is None:
        what = message(
            "municipality.logo.missing", 'the logo "{logo}" is not in the templates folder', logo=profile.logo
        )
        todo = N_("put the file there or correct the name")
        raise KvisdocsError(Problem(source.locate(("logo",)), what, todo))
    if profile.word_reference is not None:
        _check_letterhead(profile.word_reference, assets, source.locate(("word_reference",)))
    return profile


def _check_letterhead(name: str, assets: Assets, position: Position) -> None:
    """Whether the letterhead can be used, so that the fault stands where the profile names it."""
    path = assets.find(name)
    if path is None:
        what = message(
            "municipality.letterhead.missing", 'the letterhead "{name}" is not in the templates folder', name=name
        )
        raise KvisdocsError(Problem(position, what, N_("put the file there or correct the name")))
    try:
        data = read_start(path)
    except OSError as error:
        what = message(
            "municipality.letterhead.unreadable",
            'the letterhead "{name}" cannot be read: {reason}',
            name=name,
            reason=say_refusal(error),
        )
        raise KvisdocsError(Problem(position, what, N_("let kvisdocs read it"))) from None
    open_letterhead(data, name, position)
