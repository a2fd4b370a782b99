"""The parts of a FHIR message: each with its id, its profile and its content in words, as MedCom demands of each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

MEDCOM = "http://medcomfhir.dk/ig"
CPR = "urn:oid:1.2.208.176.1.2"
SOR = "urn:oid:1.2.208.176.1.1"
GLN = "https://www.gs1.org/gln"

BASE = "https://kvisdocs.invalid/fhir"
"""Where parts say that they are, so that they can refer to each other; nothing is ever looked up there."""


@dataclass
class Resources:
    """The parts of one message in their order. `name` gives the id of a part."""

    name: Callable[[str], str]
    entries: list[dict[str, Any]] = field(default_factory=list)

    def refer(self, kind: str, part: str) -> str:
        """How others refer to a part: `Patient/2f6c…`."""
        return f"{kind}/{self.name(part)}"

    def identify(self, part: str) -> dict[str, str]:
        """An identifier that others can name."""
        return {"value": f"urn:uuid:{self.name(f'{part} identifier')}"}

    def add(self, reference: str, profile: str, content: Mapping[str, Any], words: Sequence[tuple[str, str]]) -> None:
        """A part, with what it says in words for whoever reads it without a program."""
        kind, _, name = reference.partition("/")
        said = "".join(
            f"<p><b>{escape(label)}</b>: {escape(text).replace(chr(10), '<br/>')}</p>"
            for label, text in (("Id", name), *words)
        )
        resource = {
            "resourceType": kind,
            "id": name,
            "meta": {"profile": [profile]},
            "language": "da",
            "text": {
                "status": "extensions" if kind == "Communication" else "generated",
                "div": f'<div xmlns="http://www.w3.org/1999/xhtml" xml:lang="da" lang="da">{said}</div>',
            },
            **content,
        }
        self.entries.append({"fullUrl": f"{BASE}/{reference}", "resource": resource})


def make_extension(url: str, kind: str, value: Any) -> dict[str, Any]:
    """A value that FHIR itself has no place for."""
    return {"url": url, f"value{kind}": value}


def name_person(name: str, family: str | None = None) -> dict[str, Any]:
    """A name in its two parts; without `family` the last word is the family's."""
    family = family or name.split()[-1]
    given = name.removesuffix(family).split()
    return {"use": "official", "family": family, **({"given": given} if given else {})}


def add_organization(made: Resources, reference: str, name: str, sor: str, gln: str) -> None:
    """Who sends or receives messages, with its two numbers."""
    made.add(
        reference,
        f"{MEDCOM}/messaging/StructureDefinition/medcom-messaging-organization",
        {
            "identifier": [
                {"system": SOR, "value": sor},
                {"system": GLN, "value": gln},
            ],
            "name": name,
        },
        [("Navn", name), ("SOR", sor), ("EAN", gln)],
    )


def add_person(made: Resources, part: str, role_reference: str, name: str, role: str, organization: str) -> None:
    """Somebody with their role in an organization."""
    person = made.refer("Practitioner", part)
    made.add(
        person,
        f"{MEDCOM}/core/StructureDefinition/medcom-core-practitioner",
        {"identifier": [made.identify(part)], "name": [name_person(name)]},
        [("Navn", name)],
    )
    made.add(
        role_reference,
        f"{MEDCOM}/core/StructureDefinition/medcom-core-practitionerrole",
        {
            "identifier": [made.identify(f"{part} role")],
            "practitioner": {"reference": person},
            "organization": {"reference": organization},
            "code": [{"text": role}],
        },
        [("Person", f"{name}, {person}"), ("Rolle", role), ("Organisation", organization)],
    )
