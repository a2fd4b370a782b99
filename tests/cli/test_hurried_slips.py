"""Thirty slips and more of a hurried caseworker: each has one message, which says where and what to do.

Whoever reads it knows no YAML: the message names what was typed, and what to type instead.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kvisdocs.application.reading import CaseReader
from kvisdocs.application.template_folders import find_assets
from kvisdocs.languages import load_translations
from kvisdocs.programme.rules.rule_registry import programme_names

Kvisdocs = Callable[..., tuple[int, str, str]]
Write = Callable[..., None]

CASE = """\
kind: citizen
municipality: herning
programme: kvis-2011
case_number: 15.20.00-P19-112-12
caseworker:
  name: Bodil Clark
  title: Sagsbehandler
  phone: 00 00 12 01
citizen:
  first_names: Åse Marie
  last_name: Østergård
  cpr: 740468-1238
  address:
    street: Ærøvej 14
    postcode: "7400"
    city: Herning
  phone: 00 00 31 01
sickness:
  first_day: 2012-09-10
  visitation: 2012-10-22
  category: 2
  diagnoses: [stress]
employment:
  status: in_job
  employer:
    name: Midtjysk Kontorservice A/S
    contact:
      name: Lene Holm
      title: Afdelingsleder
  job: bogholder
  norm_hours: 37
contacts:
  - date: 2012-10-22
    kind: talk
    about: Første samtale
    agreed: Bodil ringer til Lene.
  - date: 2012-11-08
    kind: joint_talk
    participants: [Lene Holm]
consents:
  - kind: obtain
    party: gp
    covers:
      - målet for tilbagevenden
      - datoer og timer
      - mødedage
    given: 2012-10-22
plan:
  agreed: 2012-11-08
  goal: Fuld tid igen fra februar.
  employment:
    purpose: At du kommer tilbage.
    activities:
      - goal: Fuld tid
        responsible: Du og Lene
        due: 2013-02-04
"""

READER = CaseReader(find_assets(None))
PROGRAMMES = ", ".join(programme_names())
KINDS = (
    "use one of: talk (Personlig samtale), phone (Telefonsamtale), video (Videosamtale), letter (Brev), "
    "digital (Digital post eller besked), joint_talk (Fælles samtale med arbejdsgiveren)"
)
DASH = 'the item of a list begins with "–", which is no hyphen; begin each item with "- ", a hyphen and a space'

SLIPS: Mapping[str, tuple[str, str, str]] = {
    "no programme": (
        "programme: kvis-2011\n",
        "",
        f'1:1: the case has no "programme"; write "programme: …", with one of: {PROGRAMMES}',
    ),
    "a programme of nothing": (
        "programme: kvis-2011",
        "programme:",
        f'3:1: programme is empty; write "programme: …", with one of: {PROGRAMMES}',
    ),
    "no municipality": (
        "municipality: herning\n",
        "",
        '1:1: the case has no "municipality"; write "municipality: …", '
        "with one of: aarhus, herning, koebenhavn, koebenhavn-2026, slagelse, viborg",
    ),
    "a municipality without a profile": (
        "municipality: herning",
        "municipality: Ringkøbing-Skjern",
        '2:15: no municipality is called "Ringkøbing-Skjern"; '
        "use one of: aarhus, herning, koebenhavn, koebenhavn-2026, slagelse, viborg; "
        "or make one: kvisdocs new municipality NAME",
    ),
    "a municipality in capitals": (
        "municipality: herning",
        "municipality: Herning Kommune",
        '2:15: no municipality is called "Herning Kommune"; did you mean "herning"?',
    ),
    "the kind in Danish": ("kind: citizen", "kind: borgersag", '1:7: "kind" is "borgersag"; did you mean "citizen"?'),
    "the key of the kind in Danish": (
        "kind: citizen",
        "type: citizen",
        '1:1: the key "type" is not known here; did you mean "kind"?',
    ),
    "borger": ("citizen:\n", "borger:\n", '9:1: the key "borger" is not known here; did you mean "citizen"?'),
    "sagsnummer": (
        "case_number:",
        "sagsnummer:",
        '4:1: the key "sagsnummer" is not known here; did you mean "case_number"?',
    ),
    "telefon": (
        "  phone: 00 00 31",
        "  telefon: 00 00 31",
        '17:3: the key "telefon" is not known here; did you mean "phone"?',
    ),
    "tlf.": ("  phone: 00 00 31", "  tlf.: 00 00 31", '17:3: the key "tlf." is not known here; did you mean "phone"?'),
    "adresse": ("  address:", "  adresse:", '13:3: the key "adresse" is not known here; did you mean "address"?'),
    "navn": ("  name: Bodil", "  navn: Bodil", '6:3: the key "navn" is not known here; did you mean "name"?'),
    "postnr.": ("    postcode:", "    postnr.:", '15:5: the key "postnr." is not known here; did you mean "postcode"?'),
    "egen læge": (
        "contacts:\n",
        "egen læge: Signe Prøve\ncontacts:\n",
        '32:1: the key "egen læge" is not known here; did you mean "gp"?',
    ),
    "ansvarlig": (
        "        responsible:",
        "        ansvarlig:",
        '55:9: the key "ansvarlig" is not known here; did you mean "responsible"?',
    ),
    "a status in Danish": (
        "status: in_job",
        "status: ledig",
        '24:11: employment.status: "ledig" is not one of the values; write unemployed, which means "Ledig"',
    ),
    "a kind of talk that is several": (
        "kind: talk",
        "kind: samtale",
        f'34:11: contacts[1].kind: "samtale" is not one of the values; {KINDS}',
    ),
    "no status": (
        "status: in_job",
        "status:",
        "24:3: employment.status is empty; use one of: in_job (I job), under_notice (I job, men opsagt), "
        "unemployed (Ledig), self_employed (Selvstændig)",
    ),
    "a dash of Word in a list": ("      - datoer", "      – datoer", f"45:7: {DASH}"),
    "a dash of Word in the whole list": (
        "      - målet for tilbagevenden\n      - datoer og timer\n      - mødedage",
        "      – målet for tilbagevenden\n      – datoer og timer\n      – mødedage",
        f"44:7: {DASH}",
    ),
    "a dash of Word before a contact": ("  - date: 2012-11-08", "  – date: 2012-11-08", f"37:3: {DASH}"),
    "a bullet of Word": (
        "      - mødedage",
        "      • mødedage",
        '46:7: the item of a list begins with "•", which is no hyphen; begin each item with "- ", a hyphen and a space',
    ),
    "a no-break space after the hyphen": (
        "      - mødedage",
        "      -\u00a0mødedage",
        "46:7: a no-break space stands after the hyphen of an item; delete it, and write a space",
    ),
    "a no-break space after the colon": (
        "  job: bogholder",
        "  job:\u00a0bogholder",
        "30:7: a no-break space stands where a plain one belongs; delete it, and write a space",
    ),
    "quotes of Word": (
        'postcode: "7400"',
        "postcode: ”7400”",
        '15:15: citizen.address.postcode: "”7400”" holds quotes that are none to YAML; '
        'write " instead, or no quotes at all',
    ),
    "quotes of Word around a colon": (
        "goal: Fuld tid igen fra februar.",
        "goal: ”Mål: fuld tid igen”",
        '50:9: the quote ” is none to YAML; write " instead, at both ends',
    ),
    "a line that is not indented": (
        "  title: Sagsbehandler",
        "title: Sagsbehandler",
        "7:1: this line stands less far in than the lines that it belongs to; begin it with 2 spaces, as they do",
    ),
    "the first line of a group, not indented": (
        "    street: Ærøvej 14",
        "street: Ærøvej 14",
        "14:1: this line stands less far in than the lines that it belongs to; begin it with 4 spaces, as they do",
    ),
    "the last line of a group, not indented": (
        "  norm_hours: 37",
        "norm_hours: 37",
        '31:1: "norm_hours" is not indented, so that it stands outside of employment; begin the line with 2 spaces',
    ),
    "a required line, not indented": (
        "  cpr: 740468-1238",
        "cpr: 740468-1238",
        "12:1: this line stands less far in than the lines that it belongs to; begin it with 2 spaces, as they do",
    ),
    "a whole group, not indented": (
        "  name: Bodil Clark\n  title: Sagsbehandler\n  phone: 00 00 12 01\n",
        "name: Bodil Clark\ntitle: Sagsbehandler\nphone: 00 00 12 01\n",
        '6:1: "name" is not indented, so that it stands outside of caseworker; '
        'begin the lines from "name" to "phone" with 2 spaces',
    ),
    "an address, not far enough in": (
        '    street: Ærøvej 14\n    postcode: "7400"\n    city: Herning\n',
        '  street: Ærøvej 14\n  postcode: "7400"\n  city: Herning\n',
        '14:3: "street" is not indented, so that it stands outside of citizen.address; '
        'begin the lines from "street" to "city" with 4 spaces',
    ),
    "a line of an item, not indented": (
        "    agreed: Bodil",
        "agreed: Bodil",
        "36:1: this line stands less far in than the lines that it belongs to; begin it with 4 spaces, as they do",
    ),
    "a line too far in": (
        "  title: Sagsbehandler",
        "    title: Sagsbehandler",
        "7:5: this line stands further in than the line above, which has a value already; "
        "give both lines the same indent",
    ),
    "a tab": ("  job:", "\tjob:", "30:1: a tab stands in the indent; indent with spaces, not tabs"),
    "a quote that is not closed": (
        "goal: Fuld tid igen fra februar.",
        'goal: "Fuld tid igen fra februar.',
        '50:9: the quote " is not closed; close it at the end',
    ),
    "the town behind the postcode": (
        'postcode: "7400"\n    city: Herning\n',
        "postcode: 7400 Herning\n",
        '15:15: citizen.address.postcode: "7400 Herning" is not a postcode; '
        'write 7400 alone, and "city: Herning" in the next line',
    ),
    "an address in one line": (
        '  address:\n    street: Ærøvej 14\n    postcode: "7400"\n    city: Herning\n',
        "  address: Ærøvej 14, 7400 Herning\n",
        '13:12: citizen.address should hold keys of its own ("Ærøvej 14, 7400 Herning"); '
        "write them below, two spaces further in: street, postcode, city",
    ),
    "no space after the colon": (
        "  job: bogholder",
        "  job:bogholder",
        '30:3: "job:bogholder" has no space after the colon; write it as "job: bogholder"',
    ),
    "no space after the colon in a line of keys": (
        '  address:\n    street: Ærøvej 14\n    postcode: "7400"\n    city: Herning\n',
        '  address: {street:Ærøvej 14, postcode: "7400", city: Herning}\n',
        '13:13: the key "street:Ærøvej 14" is not known here; write it as "street: Ærøvej 14"',
    ),
    "a line of a group in an item, at the margin": (
        "        responsible: Du",
        "responsible: Du",
        "55:1: this line stands less far in than the lines that it belongs to; begin it with 8 spaces, as they do",
    ),
    "a group, not indented below another": (
        "    contact:\n",
        "contact:\n",
        "30:3: this line begins in another column than the lines it belongs to; "
        "give all lines of one group the same indent",
    ),
    "a colon in a text": (
        "about: Første samtale",
        "about: Samtale: den første",
        '35:19: a second ": " stands in the value of "about:"; put quotes around the whole value',
    ),
    "hours with their unit": (
        "norm_hours: 37",
        "norm_hours: 37 timer",
        '31:15: employment.norm_hours: "37 timer" is not a number; write it as 37 or 37,5',
    ),
    "a year of two digits": (
        "first_day: 2012-09-10",
        "first_day: 10-09-12",
        '19:14: sickness.first_day: "10-09-12" has a year of two digits; write all four',
    ),
    "the zero lost by a spreadsheet": (
        "cpr: 740468-1238",
        "cpr: 20386-1234",
        '12:8: citizen.cpr: "20386-1234" has nine digits; '
        "write the one that is missing: if it is the zero in front, 020386-1234",
    ),
}
"""What is typed instead of what, and the one message."""


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_has_one_message(slip: str, kvisdocs: Kvisdocs, write: Write) -> None:
    old, new, said = SLIPS[slip]
    assert CASE.count(old) >= 1
    write({"case.yaml": CASE.replace(old, new, 1)})
    code, out, _ = kvisdocs("check", "case.yaml")
    assert (code, out) == (1, f"case.yaml:{said}\n")


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_has_one_message_in_danish_too(slip: str) -> None:
    old, new, said = SLIPS[slip]
    _, problems = READER.read_bytes(CASE.replace(old, new, 1).encode(), Path("case.yaml"))
    danish = load_translations("da")
    assert [str(each) for each in problems] == [f"case.yaml:{said}"]
    for each in problems:
        assert each.what.shown(danish) != each.what
        assert each.todo.shown(danish) != each.todo


def test_a_comma_in_quotes_of_word_is_seen(kvisdocs: Kvisdocs, write: Write) -> None:
    write({"case.yaml": CASE.replace("[Lene Holm]", "[”Holm, Lene”]")})
    assert kvisdocs("check", "case.yaml")[1] == (
        "case.yaml:39:20: warning: the quote ” has no other end in this text; "
        'write " at both ends of the whole text if a comma divides it, or delete the quote\n'
    )


def test_without_a_slip_there_is_nothing_to_say(kvisdocs: Kvisdocs, write: Write) -> None:
    write({"case.yaml": CASE})
    assert kvisdocs("check", "case.yaml")[:2] == (0, "")


def test_a_slip_hides_no_other_fault(kvisdocs: Kvisdocs, write: Write) -> None:
    text = CASE
    for slip in ("a dash of Word in a list", "a line that is not indented", "borger", "hours with their unit"):
        old, new, _ = SLIPS[slip]
        text = text.replace(old, new, 1)
    write({"case.yaml": text})
    assert kvisdocs("check", "case.yaml")[1].count("\n") == 4


@pytest.mark.parametrize(
    "text",
    [
        "Fuld tid igen\n    – helst før sommer",  # the text's second line
        "|\n    Målet:\n\n    – fuld tid\n    – ro",
        '"Fuld tid,\n    – og ro"',
    ],
)
def test_a_dash_in_a_text_is_no_item(text: str, kvisdocs: Kvisdocs, write: Write) -> None:
    write(
        {"case.yaml": CASE.replace("Fuld tid igen fra februar.", text).replace("  job: bogholder", "  job:bogholder")}
    )
    said = kvisdocs("check", "case.yaml")[1]
    assert "no hyphen" not in said
    assert '"job:bogholder" has no space after the colon' in said


def test_a_group_that_cannot_be_read_is_told_once(kvisdocs: Kvisdocs, write: Write) -> None:
    write({"case.yaml": CASE.replace("  - kind: obtain", "– kind: obtain")})
    assert kvisdocs("check", "case.yaml")[1] == f"case.yaml:41:1: {DASH}\n"


def test_a_place_in_a_line_that_was_not_indented_is_that_of_the_file(kvisdocs: Kvisdocs, write: Write) -> None:
    write({"case.yaml": CASE.replace("  first_day: 2012-09-10", "first_day: i går")})
    assert kvisdocs("check", "case.yaml")[1].splitlines()[1].startswith("case.yaml:19:12: sickness.first_day")
