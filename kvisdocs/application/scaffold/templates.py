"""New files of the templates folder: a municipality's profile with a plain logo, and a document with its template."""

from collections.abc import Mapping

from kvisdocs.application.scaffold.answers import dump
from kvisdocs.application.scaffold.cases import FILL_IN, indent
from kvisdocs.cases.views import Audience

_PROFILE = """\
# {name}. Hvad felterne betyder: kvisdocs docs ny-kommune. Felter med {fill_in} skal have en værdi.
name: {name}{guess}
genitive: {genitive}{guess}
logo: {logo} # en SVG-fil i mappen templates; læg kommunens egen dér
colours: # én farve til streger og overskrifter, og en lys til baggrunde
  accent: "{accent}"
  soft: "{soft}"
{letters}brief: # dagsordenspunktets form: kvisdocs docs municipality
  # unit: Beskæftigelsesforvaltningen # hvem papirerne kommer fra, under kommunens navn
  item_label: Punkt
  meeting_facts: [committee, date, time, place]
  case_facts: [case_number, document_number, caseworker, decided_by] # eller egne ord: "Sagsnr. {{case_number}}"
  # labels: {{absent: Afbud}} # andre ord end "Fraværende", "Sagsnr.", "Til stede" …
  # phrases: # andre vendinger; [ ] falder væk, når der ingen værdi er
  #   remark: "{{who}} afgav følgende protokolbemærkning:"
  #   attachment: "[{{document_number}} – ]{{title}}"
  # closed_facts: [case_number] # det, et lukket punkt beholder i den offentlige udgave
  # closed_reason: nej # hvis det ikke skal stå, hvorfor et punkt er lukket
  parts: # i den rækkefølge, de står på papiret
    - {{part: text, field: summary, label: Resume}}
    - {{part: recommendation, label: Indstilling, numbering: "1."}} # eller at, "1. at", A), "At 1)", bullet …
    - {{part: text, field: presentation, label: Sagsfremstilling}}
    - {{part: economy, field: economy, label: Økonomi}}
    - {{part: legal_basis, label: Retligt grundlag}}
    - {{part: sub_items, label: Underpunkter, numbering: a.}}
    - {{part: course, label: Sagsforløb, form: blocks}} # eller form: table, hvis der kun er korte tekster
    # Skal hvert udvalgs beslutning have sin egen overskrift: label: "Beslutning i {{committee}} den {{date}}"
    - {{part: decision, label: Beslutning, empty: Punktet er endnu ikke behandlet.}}
    - {{part: attendance}}
    - {{part: attachments, label: Bilag, numbering: "1."}}
    - {{part: signers}}
"""

_OF_LETTERS = """\
office: # afsenderen af breve til borgere, læger og arbejdsgivere
{office}
# Konvoluttens rude i mm fra papirets øverste venstre hjørne. Få målene af den, der trykker og kuverterer.
window: {{left_mm: 24, top_mm: 50, width_mm: 85, height_mm: 32}}
letters: # det, brevene siger om reglerne; lad kommunens jurist læse dem
  appeal:
{receiver}
    weeks: 4
    legal_basis: retssikkerhedsloven §§ 60, 66 og 67
  access: Du har ret til at se din sag. Ring eller skriv til mig, så hjælper jeg dig.
  consent_law: Samtykket kan trækkes tilbage når som helst.
# approval: one # breve er udkast, til en anden end den, der lavede dem, har godkendt dem: kvisdocs docs godkendelse
# keep_months: 60 # så længe gemmes breve; kvisdocs tidy finder de ældre
"""

SOFT = "#f1f3f5"
"""The light ground of a new profile."""

OFFICE: Mapping[str, str] = {
    "unit": "Afdeling, som borgeren kender den, f.eks. Jobcenter Odense · Sygedagpenge",
    "street": "Vej og nummer",
    "postcode": "Postnummer",
    "city": "By",
    "phone": "Telefon, otte cifre",
    "hours": "Telefontid, f.eks. Man.–fre. kl. 9–14",
}
"""What a profile must say of the office, with what it means."""

_GUESS = " # et gæt efter filens navn: ret det, hvis kommunen skriver sit navn anderledes"
_PLACE = ("street", "postcode", "city")
_NO_RECEIVER = f"receiver: # {FILL_IN}: Hvem klagen sendes til, med afdeling og adresse\n"

_LOGO = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">
  <rect width="48" height="48" rx="8" fill="{accent}"/>
  <path d="M10 38 V20 L24 10 L38 20 V38 Z" fill="#ffffff"/>
</svg>
"""


def new_profile(
    stem: str,
    name: str,
    genitive: str,
    office: Mapping[str, str] | None,
    accent: str,
    is_guessed: bool = False,
) -> dict[str, bytes]:
    """A municipality's profile and a plain logo, by their names in the templates folder. `office` may lack any key;
    without it the profile is for a committee's papers alone.

    Where the name `is_guessed`, the file says so: Vesthimmerland is Vesthimmerlands Kommune.
    """
    logo = f"logos/{stem}.svg"
    text = _PROFILE.format(
        name=_scalar(name),
        genitive=_scalar(genitive),
        guess=_GUESS if is_guessed else "",
        logo=logo,
        accent=accent,
        soft=SOFT,
        letters=_letters(name, office) if office is not None else "",
        fill_in=FILL_IN,
    )
    return {f"profiles/{stem}.yaml": text.encode(), logo: _LOGO.format(accent=accent).encode()}


def _letters(name: str, office: Mapping[str, str]) -> str:
    known = {key: office[key] for key in OFFICE if office.get(key)}
    lines = [dump({key: known[key]}) if key in known else f"{key}: # {FILL_IN}: {OFFICE[key]}\n" for key in OFFICE]
    if office.get("email"):
        lines.append(dump({"email": office["email"]}))
    street, postcode, city = (known.get(key, "") for key in _PLACE)
    whole = all((known.get("unit"), street, postcode, city))
    where = f"{name}, {known.get('unit')}, {street}, {postcode} {city}"
    receiver = dump({"receiver": where}) if whole else _NO_RECEIVER
    return _OF_LETTERS.format(office=indent("".join(lines), "  ").rstrip(), receiver=indent(receiver, "    ").rstrip())


def _scalar(text: str) -> str:
    return dump(text).strip()


_DOCUMENT = """\
title: {title}
description: {description} # linjen i `kvisdocs documents`
kind: {kind}
audience: {audience} # hvem dokumentet er til; det afgør, hvad skabelonen kan se: kvisdocs docs views
"""

_LETTER = """\
{{% extends "base.html.j2" %}}
{{% from "partials/recipient.html.j2" import recipient, details %}}
{{% block body %}}
{{{{ recipient({recipient}, profile) }}}}
{{{{ details(case, profile, letter, "Sagsbehandler") }}}}

<h1>{{{{ document.title }}}}</h1>

<p>{greeting}</p>

{{# Skriv teksten her. Det, den kan bruge: kvisdocs docs templates. Det, modtageren må se: kvisdocs docs views. #}}
<p>Du får dette brev, fordi …</p>

{{% set unit = case.caseworker.unit or profile.office.unit %}}
<p class="closing">Med venlig hilsen<br>{{{{ case.caseworker.name }}}}<br>{{{{ unit }}}}</p>
{{% endblock %}}
"""
_PAPER = """\
{{% extends "base.html.j2" %}}
{{% block shape %}}paper{{% endblock %}}
{{% block body %}}
<h1>{{{{ document.title }}}}</h1>

{{# Skriv teksten her. Det, den kan bruge: kvisdocs docs templates. Det, læseren må se: kvisdocs docs views. #}}
<p>{subject}</p>
{{% endblock %}}
"""

_LETTERS: Mapping[Audience, tuple[str, str]] = {
    Audience.CITIZEN: ("case.citizen.name, case.citizen.address.lines | list", "Kære {{ case.citizen.greeted_as }}"),
    Audience.GP: ("case.gp.name, case.gp.address.lines | list", "Kære {{ case.gp.name }}"),
    Audience.EMPLOYER: (
        "case.workplace.name, (case.workplace.address.lines | list) if case.workplace.address else []",
        "Til {{ case.workplace.name }}",
    ),
}
"""To whom letters go, and their greeting. What is for others is a paper without an address."""

SAMPLES: Mapping[Audience, str] = {
    Audience.CITIZEN: "follow-up-plan",
    Audience.CASEWORKER: "course-sheet",
    Audience.GP: "gp-letter",
    Audience.EMPLOYER: "return-plan",
    Audience.COMMITTEE: "committee-brief",
}
"""The document whose sample a new one begins with, for each audience that a new document may have."""


def new_document(name: str, title: str, description: str, audience: Audience, sample: bytes) -> dict[str, bytes]:
    """A document's files, by their names in the templates folder."""
    kind = "committee" if audience is Audience.COMMITTEE else "citizen"
    settings = _DOCUMENT.format(
        title=_scalar(title), description=_scalar(description), kind=kind, audience=audience.value
    )
    if audience in _LETTERS:
        recipient, greeting = _LETTERS[audience]
        template = _LETTER.format(recipient=recipient, greeting=greeting)
    else:
        subject = "{{ case.title }}" if kind == "committee" else "{{ case.citizen.name }}"
        template = _PAPER.format(subject=subject)
    files = {"document.yaml": settings.encode(), "document.html.j2": template.encode(), "sample.yaml": sample}
    return {f"{name}/{file}": data for file, data in files.items()}
