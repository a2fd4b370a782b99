"""A letter to a doctor as a CareCommunication of MedCom, in FHIR R4 (IG medcom.fhir.dk.carecommunication 5.0.3).

One patient, exactly one category, one text with its author, and the letter as PDF. Of the citizen it holds no more than
the number and the name. All ids and times come from the letter: the same letter gives the same bytes.
"""

import base64
import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kvisdocs.application.dispatch.finished import FinishedFile
from kvisdocs.application.dispatch.medcom.resources import (
    CPR,
    MEDCOM,
    Resources,
    add_organization,
    add_person,
    make_extension,
    name_person,
)
from kvisdocs.cases.model.citizen import CitizenCase, GeneralPractitioner
from kvisdocs.templating.profiles import MedCom

VERSION = "5.0"
CATEGORIES = {"other": "Andet", "psychiatry-social-disability": "Psykiatri, social, handicap"}
ATTACHED = "Hele brevet er vedhæftet."


@dataclass(frozen=True)
class DoctorLetter:
    """A letter that can go: approved, and its doctor has an address."""

    file: FinishedFile
    medcom: MedCom
    gp: GeneralPractitioner
    lines: tuple[str, ...]
    """What it says in short, a paragraph each."""
    reference: str
    """Where the rest is, for who gets the short text alone; empty where nothing is left out."""
    language: str

    @property
    def sent(self) -> datetime:
        """When it was approved: the last that a person did to it."""
        return self.file.letter.approvals[-1].at

    @property
    def plain_lines(self) -> tuple[str, ...]:
        """The text for who gets nothing else."""
        return (*self.lines, self.reference) if self.reference else self.lines

    def name(self, part: str) -> str:
        """The id of a part, a UUID of version 4 in form; another where the letter or its addresses are others."""
        gp, medcom = self.gp, self.medcom
        addresses = (medcom.sor, medcom.gln, gp.sor or "", gp.gln or "", medcom.category, medcom.topic)
        said = "\0".join((self.file.sha256, self.file.document.name, *addresses, *self.plain_lines, part))
        return str(uuid.UUID(bytes=hashlib.sha256(said.encode()).digest()[:16], version=4))


def write_message(letter: DoctorLetter) -> bytes:
    """The message as JSON."""
    return json.dumps(_make_bundle(letter), ensure_ascii=False, indent=2).encode() + b"\n"


def _make_bundle(letter: DoctorLetter) -> dict[str, Any]:
    case = letter.file.loaded.case
    assert isinstance(case, CitizenCase)
    made = Resources(letter.name)
    header = made.refer("MessageHeader", "header")
    sender = made.refer("Organization", "sender")
    receiver = made.refer("Organization", "receiver")
    patient = made.refer("Patient", "patient")
    author = made.refer("PractitionerRole", "author role")
    doctor = made.refer("PractitionerRole", "doctor role")
    communication = made.refer("Communication", "communication")
    _add_header(made, letter, header, sender, receiver, communication)
    profile = letter.file.profile
    unit = f"{profile.name}, {profile.office.unit}" if profile.office is not None else profile.name
    add_organization(made, sender, unit, letter.medcom.sor, letter.medcom.gln)
    gp = letter.gp
    add_organization(made, receiver, gp.practice or gp.name, gp.sor or "", gp.gln or "")
    number = "".join(filter(str.isdigit, case.citizen.cpr))
    made.add(
        patient,
        f"{MEDCOM}/core/StructureDefinition/medcom-core-patient",
        {
            "identifier": [{"system": CPR, "value": number}],
            "name": [name_person(case.citizen.name, case.citizen.last_name)],
        },
        [("CPR", number), ("Navn", case.citizen.name)],
    )
    role = case.caseworker.title or letter.medcom.role
    add_person(made, "author", author, case.caseworker.name, role, sender)
    add_person(made, "doctor", doctor, gp.name, "Egen læge", receiver)
    payloads = _add_communication(made, letter, communication, patient, author, doctor, sender)
    _add_provenance(made, letter, header, sender, payloads)
    return {
        "resourceType": "Bundle",
        "id": letter.name("bundle"),
        "meta": {"profile": [f"{MEDCOM}/carecommunication/StructureDefinition/medcom-careCommunication-message"]},
        "type": "message",
        "timestamp": _at(letter.sent),
        "entry": made.entries,
    }


def _add_header(
    made: Resources, letter: DoctorLetter, header: str, sender: str, receiver: str, communication: str
) -> None:
    event = {"system": f"{MEDCOM}/terminology/CodeSystem/medcom-messaging-eventCodes"}
    use = {"system": f"{MEDCOM}/terminology/CodeSystem/medcom-messaging-destinationUse", "code": "primary"}
    to, at = (f"https://sor2.sum.dsdn.dk/#id={number}" for number in (letter.gp.sor, letter.medcom.sor))
    extension = f"{MEDCOM}/messaging/StructureDefinition/medcom-messaging-destinationUseExtension"
    made.add(
        header,
        f"{MEDCOM}/carecommunication/StructureDefinition/medcom-careCommunication-messageHeader",
        {
            "eventCoding": {**event, "code": "care-communication-message"},
            "destination": [
                {
                    "extension": [make_extension(extension, "Coding", use)],
                    "endpoint": to,
                    "receiver": {"reference": receiver},
                }
            ],
            "sender": {"reference": sender},
            "source": {"endpoint": at},
            "focus": [{"reference": communication}],
            "definition": f"{MEDCOM}/messagedefinitions/MessageDefinition/MedComCareCommunicationMessageDefinition"
            f"|{VERSION}",
        },
        [
            ("Hændelse", "care-communication-message"),
            ("Modtager", f"{receiver}, primary, {to}"),
            ("Afsender", sender),
            ("Kilde", at),
            ("Indhold", communication),
        ],
    )


def _add_communication(
    made: Resources, letter: DoctorLetter, reference: str, patient: str, author: str, doctor: str, sender: str
) -> tuple[str, str]:
    """The text and the letter; gives the ids of the two."""
    file, medcom = letter.file, letter.medcom
    case = file.loaded.case
    assert isinstance(case, CitizenCase)
    office = file.profile.office
    phone = "".join(filter(str.isdigit, case.caseworker.phone or (office.phone if office is not None else "")))
    text = "\n".join((*letter.lines, ATTACHED))
    sent, creation = _at(letter.sent), _at(file.letter.made.at)
    ids = tuple(made.identify(f"payload {part}")["value"] for part in ("text", "letter"))

    def sign(name: str) -> list[dict[str, Any]]:
        core = f"{MEDCOM}/core/StructureDefinition/medcom-core"
        return [
            make_extension(f"{core}-datetime-extension", "DateTime", sent),
            make_extension(
                f"{core}-identifier-extension", "Identifier", {"value": name, "assigner": {"reference": sender}}
            ),
            make_extension(f"{core}-practitioner-extension", "Reference", {"reference": author}),
            make_extension(f"{core}-contact-extension", "ContactPoint", {"system": "phone", "value": phone}),
        ]

    category = {"system": f"{MEDCOM}/terminology/CodeSystem/medcom-careCommunication-categoryCodes"}
    attachment = {
        "contentType": "application/pdf",
        "language": letter.language,
        "data": base64.b64encode(file.data).decode(),
        "title": file.document.title,
        "creation": creation,
    }
    made.add(
        reference,
        f"{MEDCOM}/carecommunication/StructureDefinition/medcom-careCommunication-communication",
        {
            "identifier": [made.identify("conversation")],
            "status": "unknown",
            "category": [{"coding": [{**category, "code": medcom.category, "display": CATEGORIES[medcom.category]}]}],
            "subject": {"reference": patient},
            "topic": {"text": medcom.topic},
            "recipient": [{"reference": doctor}],
            "payload": [
                {"extension": sign(ids[0]), "contentString": text},
                {"extension": sign(ids[1]), "contentAttachment": attachment},
            ],
        },
        [
            ("Status", "unknown"),
            ("Kategori", CATEGORIES[medcom.category]),
            ("Borger", patient),
            ("Emne", medcom.topic),
            ("Modtager", doctor),
            ("Tekst", text),
            ("Forfatter", f"{case.caseworker.name}, {author}"),
            ("Telefon", phone),
            ("Tid", sent),
            ("Bilag", f"{file.document.title}, application/pdf, {creation}"),
        ],
    )
    return ids[0], ids[1]


def _add_provenance(made: Resources, letter: DoctorLetter, header: str, sender: str, payloads: tuple[str, str]) -> None:
    sent = _at(letter.sent)
    activity = {
        "system": f"{MEDCOM}/terminology/CodeSystem/medcom-messaging-activityCodes",
        "code": "new-message",
    }
    made.add(
        made.refer("Provenance", "provenance"),
        f"{MEDCOM}/carecommunication/StructureDefinition/medcom-careCommunication-provenance",
        {
            "target": [{"reference": header}],
            "occurredDateTime": sent,
            "recorded": sent,
            "activity": {"coding": [activity]},
            "agent": [{"who": {"reference": sender}}],
            "entity": [{"role": "source", "what": {"identifier": {"value": each}}} for each in payloads],
        },
        [
            ("Gælder", header),
            ("Tid", sent),
            ("Aktivitet", "new-message"),
            ("Udført af", sender),
            ("Kilde", ", ".join(payloads)),
        ],
    )


def _at(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
