"""An item whose figures are counted from a folder of cases: made, checked, made again, and with nobody in it."""

import json
from datetime import date
from pathlib import Path

import pytest
from batch_results import ends
from builders import citizen_yaml
from herning_cases import write_agreements, write_cases
from user import folder, kvisdocs

from kvisdocs.application.generate import make_document
from kvisdocs.application.reading import CaseReader
from kvisdocs.application.related import CITIZENS, FIGURES
from kvisdocs.application.template_folders import find_assets
from kvisdocs.cases.load import LoadedCase
from kvisdocs.problems import Severity
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.render import Renderer
from kvisdocs.writers.formats import FORMATS

__all__ = ["folder", "kvisdocs"]

ITEM = """\
kind: committee
municipality: herning
meeting: {committee: Beskæftigelsesudvalget, date: 2012-11-14, place: C3.40}
number: "87"
title: Status på KVIS
"""
SOURCE = "figures: {cases: citizens, on: 2012-11-01}\n"


def write(text: str, name: str = "item.yaml") -> Path:
    Path(name).write_text(ITEM + text)
    return Path(name)


def write_citizens(*last_names: str, **changes: object) -> None:
    Path("citizens").mkdir(exist_ok=True)
    for number, name in enumerate(last_names or ("Prøvesen", "Eksempel")):
        citizen = {"last_name": name, "cpr": f"{61 + number}0468-1238"}
        Path(f"citizens/{number}.yaml").write_text(
            citizen_yaml(citizen=citizen, case_number=f"12/77{number}", **changes)
        )


def read(text: str) -> tuple[LoadedCase | None, list[str]]:
    loaded, problems = CaseReader(find_assets(None)).read(write(text))
    return loaded, [str(each) for each in problems]


def words_of(loaded: LoadedCase, format: str) -> str:
    assets = find_assets(None)
    files = make_document(
        loaded, load_documents(assets)["committee-brief"], date(2012, 11, 14), [format], Renderer(assets)
    )
    return " ".join(FORMATS[format].read_words(files[format].data)[0].split())


PAPER = """\
figures: {cases: citizens, on: 2012-11-01, agreements: aftaler.yaml}
fields:
  presentation: |
    ### KVIS statistik for Herning pr. 1. november 2012

    {{ figures.sentences.visited }} {{ figures.sentences.status }}

    {{ figures.tables.status }}

    {{ figures.visited }} borgere: {{ figures.status.in_job }} i job, {{ figures.status.under_notice }} opsagt og
    {{ figures.status.unemployed }} ledige.

    {{ figures.sentences.diagnosis }}

    {{ figures.tables.diagnosis }}

    {{ figures.sentences.education }}

    {{ figures.tables.education }}

    {{ figures.sentences.course }} {{ figures.sentences.outcome }}

    {{ figures.tables.outcome }}
"""

SAID = (
    "Der er visiteret 304 borgere. Det er 122 pct. af projektets 250 pladser.",
    "149 (49 pct.) var i job, 48 (16 pct.) var i opsagt stilling, 107 (35 pct.) var ledige",
    "304 borgere: 149 i job, 48 opsagt og 107 ledige.",
    "184 (61 pct.) har en depression, 142 (47 pct.) har en stressrelateret lidelse, 22 (7 pct.) har en angstlidelse",
    "146 (48 pct.) har en erhvervsfaglig uddannelse, 102 (34 pct.) har en videregående uddannelse",
    "129 (42 pct.) er begyndt på et virksomhedsrettet forløb",
    "162 (53 pct.) er raskmeldt. 72 (24 pct.) er raskmeldt til job, og 90 (30 pct.) er raskmeldt af andre grunde, "
    "heraf 61 (20 pct.) til a-kasse",
    "I job 149 49 pct.",
    "I job, men opsagt 48 16 pct.",
    "Ledig 107 35 pct.",
    "Depression 184 61 pct.",
    "Stressrelateret lidelse 142 47 pct.",
    "Angstlidelse 22 7 pct.",
    "Erhvervsfaglig uddannelse 146 48 pct.",
    "Videregående uddannelse 102 34 pct.",
    "Raskmeldt i alt 162 53 pct.",
    "heraf raskmeldt til job 72 24 pct.",
    "heraf raskmeldt af andre grunde 90 30 pct.",
    "deraf til a-kasse 61 20 pct.",
    "Tallene er opgjort pr. 1. november 2012 ud fra kommunens egne sager.",
)


def test_hernings_section_comes_out_of_304_cases_in_sentences_and_tables() -> None:
    write_cases(Path("citizens"))
    write_agreements(Path("aftaler.yaml"))
    loaded, problems = read(PAPER)
    assert problems == []
    assert loaded is not None
    for format in ("pdf", "docx"):
        words = words_of(loaded, format)
        assert [each for each in SAID if each not in words] == []
        assert "{{" not in words


def test_text_and_table_show_a_small_count_alike_and_the_note_says_so() -> None:
    write_citizens(*["Eksempel"] * 30, employment={"status": "unemployed"})
    write_citizens()  # of the thirty, two are in a job
    loaded, problems = read(
        SOURCE + "fields:\n  presentation: |\n    {{ figures.status.in_job }}\n\n    {{ figures.tables.status }}\n"
    )
    assert problems == []
    assert loaded is not None
    words = words_of(loaded, "docx")
    assert words.count("<5") >= 3
    assert "2" not in words.partition("Sagsfremstilling")[2].partition("Tallene")[0].replace("2012", "")
    assert "Tal under 5 er skjult (<5)." in words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            SOURCE + "fields: {presentation: 'Nu {{ figures.vistied }}'}\n",
            'item.yaml:7:28: there is no figure "figures.vistied"',
        ),
        ("figures: {cases: nowhere, on: 2012-11-01}\n", 'item.yaml:6:18: there is no "nowhere" beside this file'),
        ("figures: {cases: /etc, on: 2012-11-01}\n", "item.yaml:6:18: "),
        ("figures: {cases: empty, on: 2012-11-01}\n", "item.yaml:6:18: the folder holds no case"),
        ("figures: {cases: citizens, on: 2012-11-01, edition: whole}\n", "item.yaml:6:53: an open item has the whole"),
        ("figures: {cases: citizens, on: 2012-11-01, programme: kvis-2012}\n", 'did you mean "kvis-2011"?'),
        ("figures: {cases: citizens, on: 2012-11-01, agreements: item.yaml}\n", "is no register of agreements"),
        ("figures: {cases: citizens, on: 2012-11-01, after: item.yaml}\n", "is not what stats --json writes"),
        ("figures: {cases: citizens}\n", "on"),
        (SOURCE + "fields: {presentation: '{% if figures %}Ja{% endif %}'}\n", '7:25: "{%" is printed as it stands'),
        (
            SOURCE + "recommendation: {by: 'De {{ figures.visited }}', points: [ja]}\n",
            "figures cannot be named in this field",
        ),
        (
            SOURCE + "fields: {presentation: Eksempel er Åse Marie Eksempel}\n",
            'item.yaml:7:24: the name of the citizen in the case "1.yaml"',
        ),
        (SOURCE + "fields: {presentation: CPR 610468-1238}\n", "the CPR number"),
        (SOURCE + "attachments: [{title: Sag 12/771}]\n", 'the case number of the citizen in the case "1.yaml"'),
    ],
)
def test_what_is_wrong_stops_the_item_at_its_line(text: str, said: str) -> None:
    write_citizens()
    Path("empty").mkdir()
    loaded, problems = read(text)
    assert loaded is None
    assert any(said in each for each in problems), problems


def test_figures_that_do_not_add_up_with_the_text_are_told_where_they_stand() -> None:
    write_cases(Path("citizens"))
    loaded, problems = read(
        SOURCE + "fields:\n  presentation: |\n    Noget.\n\n"
        "    Der er {{ figures.visited }} borgere, heraf {{ figures.status.in_job }} i job, 50 opsagte og 107 ledige.\n"
    )
    assert loaded is not None
    (problem,) = problems
    assert problem.startswith("item.yaml:11:12: warning")
    assert 'the groups of "304" give 149 + 50 + 107 = 306' in problem


def test_names_without_figures_are_printed_with_a_warning_that_says_how_to_have_them() -> None:
    _, problems = read("fields: {presentation: 'Der er {{ figures.visited }}'}\n")
    assert problems == [
        'item.yaml:6:32: warning: "{{ figures.visited }}" is printed as it stands, since a case is no template; '
        "write the words, or add figures: with the folder of cases and the day"
    ]


def test_a_folder_that_holds_the_item_itself_is_counted_once() -> None:
    write_citizens()
    loaded, problems = read("figures: {cases: ., on: 2012-11-01}\nfields: {presentation: '{{ figures.visited }}'}\n")
    assert (problems, loaded is not None) == ([], True)


def test_a_decision_that_the_public_reads_tells_no_whole_figures() -> None:
    write_citizens()
    closed = "access: closed\nneutral_title: Et punkt\nfigures: {cases: citizens, on: 2012-11-01, edition: whole}\n"
    fields = "fields: {presentation: '{{ figures.status.in_job }}'}\n"
    decided = "decisions: [{text: 'De {{ figures.status.in_job }}', released: ja}]\n"
    assert read(closed + fields)[1] == []
    loaded, problems = read(closed + fields + decided)
    assert loaded is None
    assert problems == [
        "item.yaml:10:24: the public reads this decision, and the figures are whole; "
        "leave out edition: whole, or name no figures in it"
    ]
    assert read(closed.replace(", edition: whole", "") + fields + decided)[1] == []


def test_citizens_of_the_same_file_name_in_two_folders_are_both_looked_for() -> None:
    write_citizens("Prøvesen")
    Path("citizens/b").mkdir()
    Path("citizens/b/0.yaml").write_text(citizen_yaml(citizen={"last_name": "Eksempel", "cpr": "650468-1238"}))
    text = "fields:\n  presentation: |\n    Åse Prøvesen\n\n    Åse Eksempel\n"
    _, problems = read(SOURCE + text)
    assert [each.partition("; ")[0] for each in problems] == [
        'item.yaml:9:5: the name of the citizen in the case "0.yaml" stands here',
        'item.yaml:11:5: the name of the citizen in the case "b/0.yaml" stands here',
    ]


def test_a_case_with_an_error_stops_the_figures() -> None:
    write_citizens()
    Path("citizens/9.yaml").write_text("kind: citizen\n")
    loaded, problems = read(SOURCE)
    assert loaded is None
    assert problems == ["item.yaml:6:18: 1 case there cannot be counted for errors; mend them: kvisdocs check citizens"]


def test_cases_do_not_go_with_the_item_nor_their_names_into_the_output(kvisdocs) -> None:
    write_citizens("Hemmelighed")
    loaded, _ = read(SOURCE + "fields: {presentation: '{{ figures.visited }}'}\n")
    assert loaded is not None
    assert sorted(loaded.related) == sorted((FIGURES, CITIZENS))
    assert b"Hemmelighed" not in loaded.related[FIGURES]
    assert "Hemmelighed" not in repr(loaded.related[FIGURES])
    kvisdocs("batch", "item.yaml", "--to", "docx", "--date", "2012-11-14", "--jobs", "1")
    held = [path for path in Path("output").rglob("*") if path.is_file() and b"emmelighed" in path.read_bytes()]
    assert held == []


def test_a_changed_case_makes_the_item_again_and_says_why(kvisdocs) -> None:
    def run() -> dict[str, str]:
        options = ("--to", "docx", "--date", "2012-11-14", "--jobs", "1", "--report", "report.json")
        kvisdocs("batch", "item.yaml", *options)
        return ends(json.loads(Path("report.json").read_text()))

    write_citizens()
    write(SOURCE + "fields: {presentation: '{{ figures.visited }}'}\n")
    first, again = run(), run()
    case = Path("citizens/0.yaml")
    case.write_text(case.read_text().replace("in_job", "unemployed"))
    changed, unchanged = run(), run()
    assert [first, again, changed, unchanged] == [
        {"item": "made: new"},
        {"item": "unchanged"},
        {"item": "made: figures"},
        {"item": "unchanged"},
    ]


MEETING = """\
kind: meeting
municipality: slagelse
committee: Beskæftigelsesudvalget
date: 2012-11-14
start: "16:00"
place: Rådhuset
sent_out: 2012-11-09
members: [{name: Karen Holmegaard, party: A, role: formand}]
items: [{file: item.yaml}]
"""


def test_a_meeting_shows_the_figures_of_its_items_and_tells_of_nobody_in_them() -> None:
    write_citizens("Prøvesen", "Holmegaard", municipality="slagelse")
    text = ITEM.replace("herning", "slagelse").replace('"87"', '"2"')
    text += "figures: {cases: citizens, on: 2012-11-01, others: [Åse Marie Holmegaard]}\n"
    text += "fields: {theme: 'Åse Marie Holmegaard: Der er {{ figures.visited }} visiterede'}\n"
    Path("item.yaml").write_text(text)
    Path("meeting.yaml").write_text(MEETING)
    loaded, problems = CaseReader(find_assets(None)).read(Path("meeting.yaml"))
    assert loaded is not None, problems
    assert sorted(loaded.related) == [CITIZENS, "figures: item.yaml", "item.yaml"]
    assets = find_assets(None)
    day = date(2012, 11, 14)
    files = make_document(loaded, load_documents(assets)["agenda"], day, ["docx"], Renderer(assets))
    words = " ".join(FORMATS["docx"].read_words(files["docx"].data)[0].split())
    assert "Der er 2 visiterede" in words
    assert "Tallene er opgjort pr. 1. november 2012" in words
    Path("meeting.yaml").write_text(MEETING + "fixed: [{id: orientation, text: Åse Prøvesen sagde nej}]\n")
    loaded, problems = CaseReader(find_assets(None)).read(Path("meeting.yaml"))
    assert loaded is None
    errors = [str(each).partition("; ")[0] for each in problems if each.severity is Severity.ERROR]
    assert errors == ['meeting.yaml:10:33: the name of the citizen in the case "0.yaml" stands here']


def test_a_meeting_looks_for_the_citizens_of_both_folders_where_their_files_have_one_name() -> None:
    for name, number in (("Prøvesen", "2"), ("Eksempel", "3")):
        write_citizens(name, municipality="slagelse")
        Path("citizens").rename(f"folder-{number}")
        item = ITEM.replace("herning", "slagelse").replace('"87"', f'"{number}"')
        Path(f"item-{number}.yaml").write_text(item + SOURCE.replace("citizens", f"folder-{number}"))
    text = MEETING.replace("{file: item.yaml}", "{file: item-2.yaml}, {file: item-3.yaml}")
    Path("meeting.yaml").write_text(text + "fixed: [{id: orientation, text: Åse Prøvesen og Åse Eksempel}]\n")
    _, problems = CaseReader(find_assets(None)).read(Path("meeting.yaml"))
    codes = [each.what.code for each in problems if each.severity is Severity.ERROR]
    assert codes == ["item.citizen.told"] * 2


def test_a_citizen_who_is_called_by_the_second_name_is_found() -> None:
    Path("citizens").mkdir()
    citizen = {"first_names": "Åse Marie", "last_name": "Prøvesen"}
    Path("citizens/0.yaml").write_text(citizen_yaml(citizen=citizen))
    _, problems = read(SOURCE + "fields: {summary: 'Marie Prøvesen var der, og Marie Eksempel'}\n")
    assert [each.partition("; ")[0] for each in problems] == [
        'item.yaml:7:20: the name of the citizen in the case "0.yaml" stands here'
    ]


def test_a_meeting_warns_of_figures_of_two_days_which_hide_nothing_from_each_other() -> None:
    def told(day: str) -> list[str]:
        for number, on in (("2", "2012-11-01"), ("3", day)):
            item = ITEM.replace("herning", "slagelse").replace('"87"', f'"{number}"')
            Path(f"item-{number}.yaml").write_text(item + SOURCE.replace("2012-11-01", on))
        Path("meeting.yaml").write_text(
            MEETING.replace("{file: item.yaml}", "{file: item-2.yaml}, {file: item-3.yaml}")
        )
        _, problems = CaseReader(find_assets(None)).read(Path("meeting.yaml"))
        return [each.position.file for each in problems if each.what.code == "meeting.figures.differ"]

    write_citizens(municipality="slagelse")
    assert told("2012-11-01") == []
    assert told("2012-11-08") == ["item-3.yaml"]
