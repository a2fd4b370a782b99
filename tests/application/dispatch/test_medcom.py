"""Letters to doctors as CareCommunication and as text for EDI: held against FHIR's own types and MedCom's rules."""

import base64
import dataclasses
import io
import json
import re
import shutil
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from desk_browser import opened
from fhir.resources.R4B.bundle import Bundle
from lxml import etree
from made_letters import CITIZENS

from kvisdocs.application.dispatch.medcom.edi_text import replace_signs
from kvisdocs.application.dispatch.medcom.export import MedComRun, Result
from kvisdocs.application.dispatch.medcom.letter_text import is_said_by, read_passages, shorten
from kvisdocs.application.dispatch.print_run import PrintRun
from kvisdocs.application.journal.entry import Entry, Event
from kvisdocs.application.journal.journal import Journal
from kvisdocs.application.journal.scribe import Scribe
from kvisdocs.application.render_job import RenderJob
from kvisdocs.application.store.session import open_output
from kvisdocs.application.template_folders import find_assets
from kvisdocs.desk.clock import stopped_at

ROOT = Path(__file__).parents[3]
CASE = "tilde-rosenvinge-aakjaer"
DAY = date(2026, 11, 23)
MADE, APPROVED = datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
MEDCOM = """
medcom:
  sor: "999999981000016008"
  gln: "5799999999994"
"""
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
TYPES = {
    "MessageHeader": 1, "Organization": 2, "Patient": 1, "Practitioner": 2, "PractitionerRole": 2, "Communication": 1,
    "Provenance": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """`cases` with one case, `output` with its letter to the doctor, approved, and `templates` with the profile."""
    root = tmp_path_factory.mktemp("medcom")
    (root / "cases").mkdir()
    (root / "templates/profiles").mkdir(parents=True)
    profile = (ROOT / "templates/profiles/herning.yaml").read_text("utf-8")
    (root / "templates/profiles/herning.yaml").write_text(profile + MEDCOM, "utf-8")
    shutil.copy(CITIZENS / f"{CASE}.yaml", root / "cases")
    scribe = Scribe("Bodil", lambda: MADE)
    RenderJob(root / "output", DAY, ("pdf",), scribe=scribe).make([root / "cases"], ["gp-letter"], None)
    journal = Journal(root / "output")
    (letter,) = journal.read().entries
    with open_output(root / "output"):
        journal.append([Entry(APPROVED, Event.APPROVED, "Mette", letter.case_id, letter.document, letter.files)])
    return root


@pytest.fixture
def letters(made, tmp_path):
    """A copy in the same place for a test that changes it."""
    kept = shutil.copytree(made, tmp_path / "kept")
    yield made
    for name in ("cases", "output", "templates"):
        shutil.rmtree(made / name)
        shutil.copytree(kept / name, made / name)


def export(root, folder, **options):
    assets = find_assets(root / "templates")
    return MedComRun(root / "output", folder, assets, Scribe("Bo", lambda: APPROVED), DAY, **options).go()


def read_bundle(folder):
    (file,) = folder.glob("*.json")
    return json.loads(file.read_bytes())


def part_of(bundle, kind):
    return next(each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == kind)


def find_all(value, key):
    if isinstance(value, dict):
        for name, each in value.items():
            yield from [each] if name == key else find_all(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from find_all(each, key)


def test_a_letter_is_a_message_by_fhirs_own_types_and_by_medcoms_rules(letters, tmp_path):
    (done,) = export(letters, tmp_path)

    assert (done.result, done.problem) == (Result.WRITTEN, None)
    bundle = read_bundle(tmp_path)
    Bundle.model_validate(bundle)
    parts = [each["resource"] for each in bundle["entry"]]
    kinds = [part["resourceType"] for part in parts]
    assert kinds[0] == "MessageHeader"
    assert {kind: kinds.count(kind) for kind in kinds} == TYPES
    assert bundle["id"] == done.message
    assert bundle["timestamp"] == "2026-11-23T14:30:00+00:00"

    places = [f"{part['resourceType']}/{part['id']}" for part in parts]
    assert len({bundle["id"], *(part["id"] for part in parts)}) == len(parts) + 1
    assert [each["fullUrl"].partition("/fhir/")[2] for each in bundle["entry"]] == places
    assert {*find_all(parts, "reference"), f"Provenance/{part_of(bundle, 'Provenance')['id']}"} == set(places)
    for part in parts:
        assert part["text"]["status"] in {"generated", "extensions"}
        etree.fromstring(part["text"]["div"])
        assert part["id"] in part["text"]["div"]

    communication = part_of(bundle, "Communication")
    ((category,),) = [each["coding"] for each in communication["category"]]
    assert (category["code"], communication["topic"]["text"]) == (
        "other",
        "Orientering fra kommunen, intet svar nødvendigt",
    )
    assert "priority" not in communication
    text, letter = communication["payload"]
    for payload in (text, letter):
        said = {each["url"].rpartition("/")[2]: each for each in payload["extension"]}
        assert said["medcom-core-datetime-extension"]["valueDateTime"] == bundle["timestamp"]
        assert said["medcom-core-contact-extension"]["valueContactPoint"] == {"system": "phone", "value": "00001201"}
        role = said["medcom-core-practitioner-extension"]["valueReference"]["reference"]
        (author,) = [each for each in parts if f"PractitionerRole/{each['id']}" == role]
        assert author["code"] == [{"text": "Socialfaglig rådgiver"}]
        identifier = said["medcom-core-identifier-extension"]["valueIdentifier"]
        assert re.fullmatch(
            r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", identifier["value"]
        )
        assert identifier["value"] in list(find_all(part_of(bundle, "Provenance")["entity"], "value"))
    assert text["contentString"].startswith("Orientering, intet svar nødvendigt\nPatient: Tilde Sofie")
    assert text["contentString"].endswith("\nHele brevet er vedhæftet.")
    attachment = letter["contentAttachment"]
    assert (attachment["contentType"], attachment["title"]) == ("application/pdf", "Orientering til egen læge")
    assert attachment["creation"] == "2026-11-23T09:00:00+00:00"
    assert base64.b64decode(attachment["data"]) == (letters / "output" / CASE / "gp-letter.pdf").read_bytes()
    assert attachment["data"] not in communication["text"]["div"]

    patient = part_of(bundle, "Patient")
    assert patient["identifier"] == [{"system": "urn:oid:1.2.208.176.1.2", "value": "7109831232"}]
    assert patient["name"] == [{"use": "official", "family": "Rosenvinge Åkjær", "given": ["Tilde", "Sofie"]}]
    assert "address" not in patient
    numbers = [{each["system"]: each["value"] for each in part["identifier"]} for part in parts[1:3]]
    assert numbers == [
        {"urn:oid:1.2.208.176.1.1": "999999981000016008", "https://www.gs1.org/gln": "5799999999994"},
        {"urn:oid:1.2.208.176.1.1": "999999991000016005", "https://www.gs1.org/gln": "5799999999017"},
    ]
    assert parts[0]["destination"][0]["endpoint"] == "https://sor2.sum.dsdn.dk/#id=999999991000016005"


def test_the_plain_text_is_one_screen_of_the_letters_own_words(letters, tmp_path):
    export(letters, tmp_path)

    (file,) = tmp_path.glob("*.txt")
    assert file.read_bytes().decode("iso-8859-1").split("\r\n") == [
        "Orientering, intet svar nødvendigt",
        "Patient: Tilde Sofie Rosenvinge Åkjær; CPR: 710983-1232; Sygemeldt",
        "siden: 31. august 2026",
        "Kære Yusuf Brandstrup",
        "Din patient Tilde Sofie Rosenvinge Åkjær er med i KVIS. Det er",
        "kommunens tidlige indsats for sygemeldte, hvor arbejdspladsen er med",
        "fra begyndelsen. Din patient kom med den 12. oktober 2026 og er i",
        "kategori 2: Vi regner med, at din patient er sygemeldt i mere end 8",
        "uger. Du får brevet, så du kender planen, når du taler med din",
        "patient.",
        "Mål: Fuld tid igen som pædagog, 35 timer om ugen, fra den 22. februar",
        "2027.",
        "Indtil da arbejder din patient sådan:",
        "9. nov. 2026 - 29. nov. 2026; Timer/uge: 10; Fravær, timer/uge: 25",
        "30. nov. 2026 - 3. jan. 2027; Timer/uge: 18; Fravær, timer/uge: 17",
        "4. jan. 2027 - 31. jan. 2027; Timer/uge: 24,5; Fravær, timer/uge: 10,5",
        "1. feb. 2027 - 21. feb. 2027; Timer/uge: 30; Fravær, timer/uge: 5",
        "fra 22. feb. 2027; Timer/uge: 35; Fravær, timer/uge: 0",
        "Du behøver ikke at svare, og vi beder ikke om en attest. Har du",
        "spørgsmål til planen, så ring til Bodil Eksempel på 00 00 12 01",
        "(man.-tors. kl. 9-14). Vi beder ikke om oplysninger om helbredet.",
        "Med venlig hilsen, Bodil Eksempel, Socialfaglig rådgiver, Jobcenter",
        "Herning · Sygedagpenge",
        "Uddrag af brev af 23. november 2026. Ring, hvis du vil have det hele.",
        "",
    ]


def test_what_leads_to_a_list_goes_with_it_and_what_is_asked_for_stays():
    page = """<body><h1>Brev</h1><p>Kære læge</p><h2>Planen</h2>
        <p>Sådan:</p><ul><li>et</li><li>to</li></ul><p>Mere.</p><p>Nok.</p>
        <h2>Svar</h2><p data-field="request">Ring.</p></body>"""
    passages = read_passages(page)

    def fit(most):
        return shorten(passages, lambda lines, is_short: len(lines) + is_short <= most)

    start = ["Orientering, intet svar nødvendigt", "Kære læge"]
    assert fit(8) == ([*start, "Sådan:", "- et", "- to", "Mere.", "Nok.", "Ring."], False)
    assert fit(7) == ([*start, "Sådan:", "- et", "- to", "Ring."], True)
    assert fit(6) == ([*start, "Ring."], True)
    assert fit(4) == ([*start, "Ring."], True)
    assert fit(3) is None


def test_a_word_in_another_language_and_a_line_of_its_own_are_read_as_they_are_seen():
    page = "<p>Part of <span lang=da>KVIS</span>, (<i>kl. 9</i>).</p><p>Hilsen<br>Bo <b>Holm</b><br>CEB</p>"
    passages = read_passages(page)

    assert [each.lines for each in passages] == [("Part of KVIS, (kl. 9).",), ("Hilsen, Bo Holm, CEB",)]


def test_the_words_of_the_finished_letter_may_be_parted_by_the_end_of_a_page():
    passages = read_passages("<p>Ring, hvis du har spørgsmål til planen.</p><ul><li>to timer</li></ul>")

    assert is_said_by(passages, ["to ti-\nmer. Ring, hvis du har spørgs-\nSide 1", "Brev\nmål til planen."])
    assert not is_said_by(passages, ["Ring, hvis du ikke har spørgsmål til planen, to timer før"])
    assert not is_said_by(passages, ["Ring, hvis du har spørgsmål til planen: tolv timer"])


def test_what_edi_lacks_is_written_otherwise_and_letters_are_told_of():
    assert replace_signs("“Å” – ø… 5 €") == ('"Å" - ø... 5 euro', {})
    assert replace_signs("Łukasz Čapek Šø 王") == ("Lukasz Capek Sø ?", {"Ł": "L", "Č": "C", "Š": "S", "王": "?"})


def test_a_letter_is_written_once_and_the_same_again(letters, tmp_path):
    (first,) = export(letters, tmp_path / "a")
    assets = find_assets(letters / "templates")
    printing = PrintRun(letters / "output", assets, Scribe("Bo", lambda: APPROVED), DAY, tmp_path / "breve.pdf")
    (left,) = printing.lay_out().problems
    assert left.code == "dispatch.file.exported"

    (second,) = export(letters, tmp_path / "b")
    assert (second.result, (tmp_path / "b").exists()) == (Result.BEFORE, False)

    (third,) = export(letters, tmp_path / "c", again=True)
    assert third == first
    names = sorted(file.name for file in (tmp_path / "a").iterdir())
    assert names == [f"{first.message}.json", f"{first.message}.txt"]
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "c" / name).read_bytes() for name in names)
    exported = [each for each in Journal(letters / "output").read().entries if each.event is Event.EXPORTED]
    assert [(each.by, each.details["message"]) for each in exported] == [("Bo", first.message)] * 2


def test_the_desk_gives_the_same_messages_in_one_file(letters, tmp_path):
    assets = find_assets(letters / "templates")
    with stopped_at(DAY), opened(letters / "cases", assets, output=letters / "output", by="Bo") as desk:
        page = desk.post("/afsendelse/laege", data={"form": desk.secrets.csrf})
        (address,) = re.findall(r'href="(/afsendelse/fil[^"]+)"', page.text)
        again = desk.post("/afsendelse/laege", data={"form": desk.secrets.csrf})
        with zipfile.ZipFile(io.BytesIO(desk.get(address).content)) as archive:
            found = {name: archive.read(name) for name in archive.namelist()}

    assert "Der er intet at hente" in again.text
    last = Journal(letters / "output").read().entries[-1]
    assert (last.event, last.by) == (Event.EXPORTED, "Bo")
    export(letters, tmp_path / "messages", again=True)
    assert found == {path.name: path.read_bytes() for path in (tmp_path / "messages").iterdir()}
    assert len(found) == 2


def change(root, file, old, new):
    path = root / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def remake_case(root, old, new):
    """Change the case as if it had been so when its letter was made."""
    change(root, f"cases/{CASE}.yaml", old, new)
    journal = Journal(root / "output")
    with open_output(root / "output") as session:
        key = session.manifest.keyed((root / f"cases/{CASE}.yaml").read_bytes())
        entries = [
            dataclasses.replace(each, made_from={**each.made_from, "case": key}) if each.made_from else each
            for each in journal.read().entries
        ]
        journal.path.unlink()
        journal.path.with_name("journal.end").unlink()
        Journal(root / "output").append(entries)


def write_template(root, old, new):
    """A template that says something else than the letter."""
    shutil.copytree(ROOT / "templates/gp-letter", root / "templates/gp-letter")
    change(root, "templates/gp-letter/document.html.j2", old, new)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda root: remake_case(root, '  sor: "999999991000016005"\n', ""), "medcom.doctor.lacks"),
        (lambda root: change(root, f"cases/{CASE}.yaml", "value: 3", "value: 4"), "dispatch.file.stale"),
        (lambda root: change(root, "templates/profiles/herning.yaml", MEDCOM, ""), "medcom.profile.none"),
        (
            lambda root: change(root, "templates/profiles/herning.yaml", "medcom:", "medcom:\n  most_megabytes: 0.01"),
            "medcom.message.too_large",
        ),
        (
            lambda root: write_template(root, "Din patient", "Din gode patient"),
            "medcom.text.other",
        ),
    ],
)
def test_what_cannot_go_stays_and_nothing_is_written(letters, tmp_path, spoil, code):
    spoil(letters)

    (done,) = export(letters, tmp_path / "ud")

    assert (done.result, done.problem.code) == (Result.STAYS, code)
    assert not (tmp_path / "ud").exists()
