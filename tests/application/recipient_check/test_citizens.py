"""No committee paper tells who is in its figures, and a text that only looks so stops none."""

from datetime import date
from pathlib import Path

import pytest
from builders import CITIZEN, COMMITTEE, citizen_case, loaded_case
from yaml import safe_dump

from kvisdocs.application.generate import make_document
from kvisdocs.application.recipient_check.citizens import check_texts, pack_citizens
from kvisdocs.application.recipient_check.identifying_data import find_citizen_marks
from kvisdocs.application.recipient_check.recipient_check import read_all_words
from kvisdocs.application.related import CITIZENS
from kvisdocs.cases.load import LoadedCase
from kvisdocs.problems import KvisdocsError, Position
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer

ASSETS = Assets((Path(__file__).parents[3] / "templates",))
RENDERER = Renderer(ASSETS)
WORDS = read_all_words(ASSETS)

PEOPLE = [
    ("åse", CITIZEN["citizen"], "12/3456"),
    (
        "jens",
        {
            "first_names": "Jens Peter",
            "last_name": "Hansen",
            "cpr": "010170-1234",
            "address": {"street": "Nørregade 12, 2. tv.", "postcode": "7400", "city": "Herning"},
        },
        "12/345",
    ),
    (
        "maj",
        {
            "first_names": "Maj",
            "last_name": "Sommer",
            "cpr": "020280-4321",
            "address": {"street": "Torvet 5", "postcode": "7400", "city": "Herning"},
        },
        "15.20.00-G01-117-12",
    ),
]


def packed() -> bytes:
    cases = {name: citizen_case(citizen=citizen, case_number=number) for name, citizen, number in PEOPLE}
    return pack_citizens({name: find_citizen_marks(case) for name, case in cases.items()})


PACKED = packed()


def item(**fields: object) -> LoadedCase:
    return loaded_case(safe_dump({**COMMITTEE, **fields}, allow_unicode=True, sort_keys=False, width=1000), "item")


def told_in(loaded: LoadedCase) -> list[str]:
    profile = RENDERER.profile(loaded.case.municipality, Position("item.yaml"))
    return [str(each) for each in check_texts(loaded, PACKED, profile, WORDS)]


@pytest.mark.parametrize(
    ("text", "case_id"),
    [
        ("Åse Marie Østergård er raskmeldt.", "åse"),
        ("Åse Østergård er raskmeldt.", "åse"),
        ("ÅSE MARIE ØSTERGÅRD", "åse"),
        ("AASE OESTERGAARD", "åse"),
        ("Østergård, Åse Marie", "åse"),
        ("Å. Østergårds forløb", "åse"),
        ("Å.M. Østergård", "åse"),
        ("Åse M. Østergårds plan", "åse"),
        ("Det gælder Åse\nMarie\nØstergård", "åse"),
        ("Det gælder Åse Øster-\ngård", "åse"),
        ("Det gælder Åse Øster\u00adgård", "åse"),
        ("**Åse** Marie *Østergård*", "åse"),
        ("**Å**se Marie Øster**gård**", "åse"),
        ("[Åse Østergård](https://example.dk)", "åse"),
        ("| Navn | Dage |\n|---|---|\n| Åse Østergård | 14 |", "åse"),
        ("`Åse` Østergård", "åse"),
        ("Åse\u00a0Østergård", "åse"),
        ("Jens Peter Hansen", "jens"),
        ("Jens P. Hansen", "jens"),
        ("Jens Hansens sag", "jens"),
        ("J.P. Hansen", "jens"),
        ("Hansen, Jens", "jens"),
        ("010170-1234", "jens"),
        ("0101701234", "jens"),
        ("01.01.70 1234", "jens"),
        ("010170-xxxx", "jens"),
        ("010170\n-1234", "jens"),
        ("Hun bor Ærøvej 14.", "åse"),
        ("Ærøvej 14, 2. tv., 7400 Herning", "åse"),
        ("ÆRØVEJ\n14", "åse"),
        ("Nørregade nr. 12", "jens"),
        ("Sagen 12/3456 er afsluttet.", "åse"),
        ("12 / 3456", "åse"),
        ("12-3456", "åse"),
        ("&Aring;se &Oslash;sterg&#229;rd", "åse"),
        ("- Åse\n- Østergård", "åse"),
        ("https://x.dk/aase-oestergaard", "åse"),
        ("sag 12/345", "jens"),
        ("sag 15.20.00-G01-117-12", "maj"),
        ("Maj Sommer er i job", "maj"),
    ],
)
def test_tells_of_a_citizen_however_it_is_written(text: str, case_id: str) -> None:
    (told,) = told_in(item(fields={"presentation": text}))
    assert f'in the case "{case_id}" stands here' in told
    assert told.startswith("item.yaml:")


@pytest.mark.parametrize(
    "text",
    [
        "Åse er et almindeligt navn.",
        "Familien Hansen",
        "Jens, Peter og Hansen",
        "Formanden, Jens. Hansen tog ordet.",
        "Jens Petersen og Hanne Hansen",
        "Hans Hansen",
        "Jens Hansson",
        "Ærøvej er lukket.",
        "Jobcentret ligger på Nørregade.",
        "Nørregade 121",
        "Nørregade 1",
        "7400 Herning",
        "Torvet i Herning er 500 år gammelt.",
        "I alt 12.345 kr.",
        "12.3456",
        "Udgiften er 123.456 kr.",
        "12 af 345 borgere",
        "12-345",
        "1234 borgere",
        "den 1. januar 1970 var der 1234",
        "010170",
        "01-01-1970",
        "15.20.00",
        "15.20.00-G01-118-12",
        "15.20.00-P19-117-12",
        "I maj og til sommer",
        "maj, juni, juli: sommer",
        "Østergård Skole",
        "Marie Østergaardsen",
        "Lov nr. 1234 af 01.01.2070",
        "tlf. 96 28 28 28",
        "P. Hanssons gade",
        "304 borgere, heraf 149 (49 pct.) i job",
        "A. Hansen",
    ],
)
def test_is_silent_where_nobody_is_told(text: str) -> None:
    assert told_in(item(fields={"presentation": text})) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"meeting": {**COMMITTEE["meeting"], "present": [{"name": "Jens Hansen", "party": "A"}]}},
        {"caseworker": "Jens Hansen"},
        {"signers": ["Jens Peter Hansen"]},
        {"figures": {"cases": "citizens", "on": "2012-11-01", "others": ["Jens Hansen"]}},
        {"decisions": [{"text": "Tiltrådt.", "votes": [{"in_favour": {"members": ["Jens Hansen (A)"]}}]}]},
        {"decisions": [{"text": "Tiltrådt.", "remarks": [{"by": "Jens Hansen", "text": "Nej."}]}]},
    ],
)
def test_members_and_staff_are_no_citizens(fields: dict[str, object]) -> None:
    assert told_in(item(**fields, legal_basis="Jens Hansen (A) foreslog det. J. Hansen trak det tilbage.")) == []


def test_says_the_line_and_quotes_nothing() -> None:
    loaded = item(fields={"summary": "Ingen.", "presentation": "Første linje.\nAnden linje.\nSå kom Åse Østergård.\n"})
    (told,) = told_in(loaded)
    line = int(told.split(":")[1])
    assert "Østergård" in loaded.source.lines[line - 1]
    assert "Østergård" not in told
    assert "740468" not in told


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Sagen om Åse Østergård"},
        {"attachments": [{"title": "Plan for Åse Østergård"}]},
        {"recommendation": {"by": "Direktøren indstiller", "points": ["Åse Østergård får en plan"]}},
        {"economy": [{"years": ["2012"], "rows": [{"name": "Åse Østergård", "amounts": ["1"]}]}]},
        {"decisions": [{"text": "Åse Østergård hører fra os."}]},
        {"course": [{"committee": "Byrådet", "text": "Åse Østergård"}]},
    ],
)
def test_looks_at_every_text_of_an_item(fields: dict[str, object]) -> None:
    assert len(told_in(item(**fields))) == 1


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_a_finished_file_that_tells_of_a_citizen_is_not_made(format: str) -> None:
    loaded = item(title="Sagen om Åse Østergård", fields={"presentation": "Torvet 5\n\nMaj " + "x " * 300})
    loaded = LoadedCase(loaded.id, loaded.case, loaded.source, {CITIZENS: PACKED})
    document = load_documents(ASSETS)["committee-brief"]
    with pytest.raises(KvisdocsError) as caught:
        make_document(loaded, document, date(2012, 11, 14), [format], RENDERER)
    told = [str(each) for each in caught.value.problems]
    assert any(f"committee-brief.{format} holds the name" in each and '"åse"' in each for each in told)
    assert any("the address" in each and '"maj"' in each for each in told)


def test_the_same_cases_give_the_same_bytes() -> None:
    marks = {name: find_citizen_marks(citizen_case(citizen=citizen)) for name, citizen, _ in PEOPLE}
    assert pack_citizens(marks) == pack_citizens(dict(reversed(marks.items())))
