"""What a word that is no key, or no value of a closed list, was meant for: misspelt, or what it is called in Danish.

The Danish of a key are its field's description and the words below; the Danish of a value is its own.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel

from kvisdocs.cases.model.base import Choice, inner_model
from kvisdocs.cases.spellings.normalisation import fold_letters
from kvisdocs.cases.yaml.source import Step
from kvisdocs.problems import nearest

WORDS = {
    "about": "emne om",
    "absent": "afbud fravær",
    "abstained": "hverken",
    "access": "adgang åben lukket",
    "address": "adr",
    "agreed": "aftale",
    "agreements": "aftaler virksomhedsaftaler",
    "agreed_by": "aftalt_af",
    "agreed_with": "aftalt_med",
    "amounts": "beløb tal",
    "by": "af",
    "called": "kaldenavn kaldes kaldet",
    "care_of": "co",
    "case_number": "sagsnr sag journalnummer journalnr",
    "caseworker": "rådgiver",
    "category": "kategori",
    "city": "byen postdistrikt",
    "closed_reason": "begrundelse lukket_fordi",
    "company": "firma virksomhed navn",
    "company_courses": "virksomhedsforløb praktik virksomhedspraktik",
    "contact": "kontaktperson leder",
    "contacts": "kontakter",
    "count": "stemmer",
    "course": "behandling udvalg",
    "covers": "omfatter dækker oplysninger indhold",
    "cpr": "cprnr cprnummer personnummer personnr",
    "data": "oplysningstyper",
    "date": "dato mødedag",
    "decided_by": "beslutningstager",
    "decision": "beslutning",
    "diagnoses": "diagnose",
    "document_number": "dokumentnr doknr",
    "cvr": "cvrnr cvrnummer",
    "due": "deadline",
    "duties": "opgaver",
    "economy": "økonomi budget",
    "email": "mail mailadresse epost",
    "employment": "job arbejde ansættelse beskæftigelse",
    "end": "til slut slutdato slutter sluttid",
    "expires": "udløber udløb",
    "fields": "indhold",
    "first_day": "sygedag sygemeldt sygemeldt_fra",
    "gln": "ean eannummer eannr",
    "goal": "mål målet hovedmål",
    "gp": "læge lægen praktiserende_læge",
    "health": "sundhed helbred",
    "hours": "timer timetal",
    "how": "hvordan",
    "job": "arbejde",
    "kind": "art type slags sagsart sagstype",
    "legal_basis": "hjemmel lovgrundlag paragraf",
    "municipality": "kommune",
    "name": "virksomhed firma",
    "next_follow_up": "opfølgning",
    "norm_hours": "timer timetal ugetimer arbejdstid normtimer",
    "note": "bemærkning notat",
    "notice_ends": "opsagt fratrædelse fratræder opsigelse",
    "number": "nr punkt punktnummer",
    "outcome": "resultat afslutning lukket",
    "participants": "deltagere",
    "party": "part parti",
    "party_name": "navn modtagernavn",
    "phone": "tlf telefonnummer telefonnr tlfnr mobil mobilnummer",
    "place": "sted lokale stednavn praktiksted",
    "plan": "handlingsplan",
    "postcode": "postnr",
    "practice": "lægehus klinik lægepraksis",
    "present": "tilstede deltagere medlemmer",
    "programme": "program lov regler ordning",
    "progress": "fremdrift tilstand",
    "protected": "beskyttet navnebeskyttelse hemmelig",
    "provider_number": "ydernr",
    "recommendation": "indstillinger",
    "recovered": "raskmelding rask",
    "released": "offentlig frigivet",
    "reservations": "forbehold",
    "responsible": "ansvar",
    "same_workplace": "samme_arbejdsplads",
    "self_ratings": "vurderinger",
    "shared": "delt deles",
    "short_goal": "kort_mål",
    "sickness": "sygdom sygemelding forløb",
    "signers": "underskrifter underskriver",
    "social": "socialt",
    "sor": "sornr sornummer sorkode",
    "start": "fra dato startdato begynder begyndelse",
    "status": "tilknytning",
    "status_note": "statusnote statustekst",
    "status_on": "statusdato",
    "steps": "forløbstrin",
    "street": "gade vejnavn gadenavn",
    "tasks": "arbejdsopgaver",
    "team": "hold",
    "text": "tekst",
    "time": "tid tidspunkt klokken start begynder",
    "total": "sum ialt",
    "trade": "erhverv",
    "type": "sagstype",
    "unit": "enhed",
    "value": "værdi vurdering",
    "visitation": "visitering visitationsdato",
    "withdrawn": "tilbagekaldt trukket",
}
"""What people write for a key where it is not the first word of its description."""

_ENDING = re.compile("|e|en|ene|ens|er|erne|ernes|es|et|ets|n|ne|ns|r|rne|rnes|s|t|tet|tets|ts")
_SIGN = re.compile(r"[\W_]+")


def find_meant_key(key: str, group: type[BaseModel] | None) -> str | None:
    """The key of a group that another means in Danish, or is nearly: `borger` is `citizen`, `citzen` is too."""
    if group is None:
        return None
    if (
        head := key.partition(":")[0].strip().casefold()
    ) in group.model_fields:  # `date:2012-11-08` is cut off too late
        return head
    return find_danish_key(key, group) or nearest(key, group.model_fields)


def find_danish_key(key: str, group: type[BaseModel]) -> str | None:
    """The one key of a group whose Danish is, begins with or else holds the word."""
    wanted = _words(key)
    if not wanted:
        return None
    joined = "".join(wanted)
    said = {name: _words(re.split("[,;:(]", field.description or "")[0]) for name, field in group.model_fields.items()}
    other = {name: ["".join(_words(word)) for word in WORDS.get(name, "").split()] for name in said}
    ways: tuple[Callable[[str], bool], ...] = (
        lambda name: joined in other[name],
        lambda name: _is_form("".join(said[name]), joined),
        lambda name: said[name][: len(wanted)] == wanted,
        lambda name: _begins(said[name], wanted),
        lambda name: any(_is_form(word, joined) for word in other[name]),
        lambda name: len(joined) > 3 and any(_is_form(word, joined) for word in said[name]),
    )
    for fits in ways:
        found = [name for name in said if fits(name)]
        if len(found) == 1:
            return found[0]
    return None


def _words(text: str) -> list[str]:
    return [word for word in _SIGN.split(fold_letters(text.replace("(e)", ""))) if word]


def _begins(said: list[str], wanted: list[str]) -> bool:
    return len(said) >= len(wanted) and all(map(_is_form, said, wanted))


def _is_form(one: str, other: str) -> bool:
    """Whether two words are one but for their endings: `borger` and `borgeren`."""
    if one == other:
        return True
    stem = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return stem > 2 and all(_ENDING.fullmatch(word, stem) for word in (one, other))


def find_homes(key: str, model: type[BaseModel], above: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """The groups that have a key of that name, or what the word means in Danish: each with the key that it has."""
    if len(above) > 4:
        return
    for name, field in model.model_fields.items():
        inner = inner_model(field.annotation)[0]
        if inner is not None:
            if meant := key if key in inner.model_fields else find_danish_key(key, inner):
                yield ".".join((*above, name)), meant
            yield from find_homes(key, inner, (*above, name))


def find_group(model: type[BaseModel], path: tuple[Step, ...]) -> type[BaseModel] | None:
    """The group of keys that a model has at a path; None where the path leaves the model."""
    for step in path:
        if isinstance(step, str):
            field = model.model_fields.get(step)
            inner = inner_model(field.annotation)[0] if field else None
            if inner is None:
                return None
            model = inner
    return model


def find_label(model: type[BaseModel], path: tuple[Step, ...]) -> str:
    """What the field that a path ends in is called in Danish, as within a sentence; empty where it has no words."""
    *above, last = [step for step in path if isinstance(step, str)]
    group = find_group(model, tuple(above))
    field = group.model_fields.get(last) if group else None
    label = re.split("[,;:(]", (field.description if field else None) or "")[0].strip()
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def is_needed(model: type[BaseModel], path: tuple[Step, ...]) -> bool:
    """Whether the field that a path ends in must have a value; not so of an item of a list."""
    *above, last = path
    group = find_group(model, tuple(above))
    return (
        isinstance(last, str)
        and group is not None
        and last in group.model_fields
        and (group.model_fields[last].is_required())
    )


def find_annotation(model: type[BaseModel], path: tuple[Step, ...]) -> Any:
    """The type of the field that a path ends in; None where the path leaves the model."""
    *above, last = [step for step in path if isinstance(step, str)]
    group = find_group(model, tuple(above))
    return group.model_fields[last].annotation if group and last in group.model_fields else None


def find_meant_choice(word: str, choices: type[Choice] | None) -> Choice | None:
    """The one value whose Danish is, or has a word that begins with, what was written: `ledig` is `unemployed`."""
    fold = word.strip().casefold()
    for fits in (fold.__eq__, lambda danish: any(part.startswith(fold) for part in danish.split())):
        found = [each for each in choices or () if fits(each.danish.casefold())]
        if len(found) == 1 and len(fold) > 2:
            return found[0]
    return None


def show_choice(choice: Choice) -> str:
    """`in_job (I job)`: the value, and its Danish up to where that begins to explain."""
    return f"{choice} ({re.split('[;:]', choice.danish)[0].strip()})"
