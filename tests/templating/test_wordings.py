"""The recipient's language: which template is taken, what follows it in both files, and what lint compares."""

import pickle
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import date, time
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from builders import citizen_yaml, loaded_case

from kvisdocs.cases.load import LoadedCase, load_case
from kvisdocs.languages import translate
from kvisdocs.problems import KvisdocsError, Position
from kvisdocs.programme.rules.rule_registry import load_programme
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.engine.environment import make_environment
from kvisdocs.templating.html import Assets, HtmlDocument
from kvisdocs.templating.lint.templates import lint_templates
from kvisdocs.templating.profiles import load_profile, profile_names
from kvisdocs.templating.render import Renderer
from kvisdocs.templating.wordings.choosing import find_wordings, read_in
from kvisdocs.writers.pdf.document import write_pdf
from kvisdocs.writers.word.document import write_docx

SHIPPED = Path(__file__).parents[2] / "templates"
ASSETS = Assets((SHIPPED,))
DAY = date(2012, 11, 14)
DOCTOR = {
    "name": "Jens Tværmose",
    "provider_number": "001234",
    "address": {"street": "Lyngtoften 3", "postcode": "7400", "city": "Herning"},
}
CONSENT = {
    "kind": "disclose",
    "party": "gp",
    "covers": ["målet for arbejdet"],
    "data": ["participation", "return_goal"],
    "given": "2012-10-31",
}
PLAN = {
    "agreed": "2012-11-08",
    "goal": "Fuld tid igen fra den 4. februar 2013.",
    "employment": {"purpose": "At du kommer tilbage.", "activities": [{"goal": "Raskmeldt", "responsible": "Du"}]},
}


def case(language: str, reader: str = "gp") -> LoadedCase:
    changes: dict[str, Any] = {"gp": dict(DOCTOR), "citizen": {}, "consents": [CONSENT], "plan": PLAN}
    changes[reader]["language"] = language
    return loaded_case(citizen_yaml(**changes))


def letter(language: str, name: str = "gp-letter", reader: str = "gp", assets: Assets = ASSETS) -> HtmlDocument:
    return Renderer(assets).render(case(language, reader), load_documents(assets)[name], DAY)


@pytest.fixture(scope="module")
def english() -> HtmlDocument:
    return letter("engelsk")


@pytest.mark.parametrize(
    ("said", "code"), [("ar", "ar"), ("Arabisk", "ar"), ("engelsk", "en"), ("ukrainsk", "uk"), ("dansk", "da")]
)
def test_a_language_is_written_as_a_danish_word_or_as_its_code(said: str, code: str) -> None:
    found: Any = case(said, "citizen").case
    assert found.citizen.language == code


EXAMPLES = Path(__file__).parents[2] / "cases_yaml"
PLANS = [
    (path, day)
    for path in (
        *sorted(EXAMPLES.glob("2012/citizens/*.yaml")),
        *sorted(EXAMPLES.glob("citizens/*.yaml")),
        SHIPPED / "follow-up-plan" / "sample.yaml",
    )
    for day in ([date(2026, 11, 23)] if path.parent.parent == EXAMPLES else [DAY, date(2013, 3, 1)])
    if "\nplan:" in path.read_text(encoding="utf-8")
]
"""Every plan that ships, under way and over."""


def plan_in(language: str, path: Path, day: date) -> HtmlDocument:
    document, loaded = load_documents(ASSETS)["follow-up-plan"], load_case(path)
    return Renderer(ASSETS).render(replace(loaded, case=read_in(loaded.case, document, language)), document, day)


@pytest.mark.parametrize(("path", "day"), PLANS, ids=lambda each: getattr(each, "stem", str(each)))
def test_the_english_plan_has_every_heading_row_point_and_picture_of_the_danish_one(path: Path, day: date) -> None:
    parts = [re.findall(r"<(h\d|table|tr|li|figure)\b", plan_in(language, path, day).text) for language in ("da", "en")]
    assert parts[0] == parts[1]
    assert "tr" in parts[0]


@pytest.mark.parametrize(("path", "day"), PLANS, ids=lambda each: getattr(each, "stem", str(each)))
def test_what_is_not_marked_as_danish_in_the_english_plan_is_english(path: Path, day: date) -> None:
    text = plan_in("en", path, day).text.partition("<body")[2]
    own = re.sub(r'<(\w+)\b[^>]* lang="da"[^>]*>.*?</\1>', " ", text, flags=re.DOTALL)
    words = re.sub(r"<[^>]*>|\([^)]*\)", " ", own)  # without names in brackets; firms have "og" and "på"
    assert not re.search(r"\b(ikke|din|du|vi|jeg|er|til|med|fra|uge|timer|ring|aftalt)\b", words, re.IGNORECASE)
    assert "and the Danish words apply" in words
    assert not re.search(r"\d\. (?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)", words)


def test_what_the_rules_and_the_profiles_that_ship_give_is_in_the_english_words() -> None:
    environment = make_environment(ASSETS, "en")
    words = environment.get_template("partials/words.en.html.j2").make_module().words
    said = []
    for name in ("kvis", "kvis-2011", "reform-2014", "forenkling-2020", "forenkling-2025"):
        rules = load_programme(name)
        said += [each.label for each in (*rules.steps, *rules.recurring, *rules.minimums)]
        said += [text for each in rules.categories for text in (each.meaning, each.for_doctor) if text]
        said += [rules.joined, rules.for_doctor.now, rules.for_doctor.ended]
        said += [each.name for each in rules.appeal.bodies]
    for name in profile_names(ASSETS):
        profile = load_profile(name, ASSETS, Position(""))
        said += [each.long for each in profile.abbreviations] + ([profile.office.hours] if profile.office else [])
        said += [profile.letters.access, profile.letters.appeal.legal_basis] if profile.letters else []
    assert [each for each in dict.fromkeys(said) if each not in words] == []


def test_a_title_and_hours_are_english_where_the_words_have_them_and_else_stay_danish() -> None:
    known = letter("engelsk", "follow-up-plan", "citizen").text
    changes: dict[str, Any] = {"citizen": {"language": "en"}, "plan": PLAN}
    worker = {"name": "Bo Prøve", "title": "Trivselsvejleder", "hours": "Tirsdag kl. 9–10"}
    changed = loaded_case(citizen_yaml(**changes, caseworker=worker))
    unknown = Renderer(ASSETS).render(changed, load_documents(ASSETS)["follow-up-plan"], DAY).text
    assert "Mon.–Thu.\u00a09:00–14:00" in known or "Mon.–Thu. 9:00–14:00" in known
    assert re.search(r'<span [^>]*lang="da"[^>]*>Trivselsvejleder</span>', unknown)
    assert re.search(r'<span [^>]*lang="da"[^>]*>Tirsdag kl.\u00a09–10</span>', unknown)


def test_the_plan_is_english_for_the_citizen_and_the_letter_danish_for_the_doctor() -> None:
    both = case("engelsk", "citizen")
    made = {
        name: Renderer(ASSETS).render(both, load_documents(ASSETS)[name], DAY)
        for name in ("follow-up-plan", "gp-letter")
    }
    assert {name: each.language for name, each in made.items()} == {"follow-up-plan": "en", "gp-letter": "da"}
    assert made["follow-up-plan"].title == "Follow-up plan"


def test_pdf_and_word_say_the_language_of_the_english_plan_and_of_the_danish_in_it() -> None:
    plan = plan_in("en", SHIPPED / "follow-up-plan" / "sample.yaml", DAY)
    with pikepdf.open(BytesIO(write_pdf(plan).data)) as pdf:
        inside = {str(each.Lang) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Lang" in each}
        with pdf.open_outline() as outline:
            headings = [each.title for each in outline.root[0].children]
        assert str(pdf.Root.Lang) == "en"
        assert inside == {"en", "da"}
        assert str(pdf.docinfo.Title) == "Follow-up plan"
        assert "Back to work step by step" in headings
    with zipfile.ZipFile(BytesIO(write_docx(plan).data)) as word:
        assert b'<w:themeFontLang w:val="en-GB"/>' in word.read("word/settings.xml")
        assert b"<dc:language>en-GB<" in word.read("docProps/core.xml")
        assert re.search(rb'<w:lang w:val="da-DK"/></w:rPr><w:t[^>]*>Fuld tid igen', word.read("word/document.xml"))
        assert b"Page " in word.read("word/footer1.xml")


def test_a_list_that_a_filter_makes_is_whole_in_another_language() -> None:
    filled = make_environment(Assets(()), "en").from_string('{{ ["a", "b"] | map("upper") | sentence_list }}').render()
    assert filled == "A and B"


def test_an_unknown_language_is_told_at_its_place() -> None:
    with pytest.raises(KvisdocsError) as told:
        case("arabis", "citizen")
    assert 'language that is known here; did you mean "arabisk"?' in str(told.value)


def test_the_words_of_the_letter_are_english_and_those_of_the_case_are_marked_as_danish(english: HtmlDocument) -> None:
    assert english.language == "en"
    assert re.search(r'<html[^>]* lang="en"', english.text)
    assert "31\u00a0October\u00a02012 your patient agreed" in english.text
    assert re.search(r'<span [^>]*lang="da"[^>]*>Fuld tid igen', english.text)
    assert "written together with your patient, in Danish" in english.text
    assert not re.search(r"Sagsbehandler</strong>|>Telefon |Sagsnr|Samtykke", english.text)


def test_without_a_template_it_is_danish_and_a_note_says_so() -> None:
    found = letter("polsk")
    (note,) = found.doubts
    assert found.language == "da"
    assert "Det beder vi dig om" in found.text
    assert "note: gp-letter is made in Danish, since it has no template in Polish" in str(note)
    assert "gp-letter laves på dansk, fordi der ingen skabelon er på polsk" in translate(note.what, "da")
    assert pickle.loads(pickle.dumps(note)) == note
    assert "på polsk" in translate(pickle.loads(pickle.dumps(note)).what, "da")
    assert "document.pl.html.j2" in str(note)
    assert letter("dansk").doubts == ()


def test_pdf_and_word_say_the_language_of_the_letter_and_of_the_danish_in_it(english: HtmlDocument) -> None:
    with pikepdf.open(BytesIO(write_pdf(english).data)) as pdf:
        inside = [
            str(each.Lang)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/S" in each and "/Lang" in each
        ]
        assert str(pdf.Root.Lang) == "en"
        assert set(inside) == {"da"}
    with zipfile.ZipFile(BytesIO(write_docx(english).data)) as word:
        assert b'<w:themeFontLang w:val="en-GB"/>' in word.read("word/settings.xml")
        assert b"<dc:language>en-GB<" in word.read("docProps/core.xml")
        assert b'<w:lang w:val="en-GB"/>' in word.read("word/styles.xml")
        assert re.search(rb'<w:lang w:val="da-DK"/></w:rPr><w:t[^>]*>Fuld', word.read("word/document.xml"))
        assert b"Page " in word.read("word/footer1.xml")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("da", "14.\u00a0november\u00a02012|kl.\u00a009.30|1.234,5|1\u00a0time|3.000\u00a0kr.|80\u00a0pct.|a, b og c"),
        ("en", "14\u00a0November\u00a02012|09:30|1,234.5|1\u00a0hour|DKK\u00a03,000|80%|a, b and c"),
        ("pl", "14\u00a0listopada\u00a02012|09:30|1234,5|1\u00a0godzina|DKK\u00a03000|80%|a, b i c"),
        ("ar", "14\u00a0نوفمبر\u00a02012|09:30|1,234.5|ساعة|DKK\u00a03,000|80%|a وb وc"),
    ],
)
def test_dates_and_amounts_are_the_languages_own(language: str, said: str) -> None:
    text = (
        "{{ d | date }}|{{ t | time }}|{{ 1234.5 | number }}|{{ 1 | hours }}|{{ 3000 | amount }}|"
        '{{ 0.8 | percent }}|{{ ["a", "b", "c"] | sentence_list }}'
    )
    filled = make_environment(Assets(()), language).from_string(text).render(d=DAY, t=time(9, 30))
    assert filled.replace("1\u00a0234", "1234").replace("3\u00a0000", "3000") == said


def test_one_value_can_be_in_another_language() -> None:
    filled = make_environment(Assets(())).from_string('{{ d | date("en") }}').render(d=DAY)
    assert filled == "14\u00a0November\u00a02012"


def test_lint_says_what_one_language_shows_and_the_other_does_not(tmp_path: Path) -> None:
    folder = tmp_path / "gp-letter"
    shutil.copytree(SHIPPED / "gp-letter", folder)
    file = folder / "document.en.html.j2"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("{{ case.gp.provider_number }}", "").replace("<h2>Consent</h2>", "{{ case.citizen.phone }}"),
        encoding="utf-8",
    )
    assets = Assets((tmp_path, SHIPPED))
    found = [str(each) for each in lint_templates(assets, [load_documents(assets)["gp-letter"]], everything=False)]
    assert [each for each in found if "does not show case.gp.provider_number;" in each]
    assert [each for each in found if "it alone shows case.citizen.phone;" in each]


def test_lint_finds_a_field_that_is_left_out_of_the_english_plan(tmp_path: Path) -> None:
    folder = tmp_path / "follow-up-plan"
    shutil.copytree(SHIPPED / "follow-up-plan", folder)
    file = folder / "document.en.html.j2"
    text = file.read_text(encoding="utf-8")
    assert "case.return_plan.contact" in text
    file.write_text(text.replace("case.return_plan.contact", "case.return_plan.kind"), encoding="utf-8")
    assets = Assets((tmp_path, SHIPPED))
    found = lint_templates(assets, [load_documents(assets)["follow-up-plan"]], everything=False)
    assert [str(each.what) for each in found] == ["it does not show case.return_plan.contact"]


def test_the_templates_that_ship_show_the_same_in_each_language() -> None:
    documents = load_documents(ASSETS)
    written = [each for each in documents.values() if len(find_wordings(each, ASSETS)) > 1]
    assert {each.name for each in written} == {"gp-letter", "follow-up-plan"}
    assert lint_templates(ASSETS, written, everything=False) == []


def test_danish_stands_beside_arabic_which_runs_from_right_to_left_in_word() -> None:
    found = letter("arabisk", "follow-up-plan", "citizen")
    assert found.language == "da"
    assert found.doubts == ()
    assert "Det er den danske tekst, der gælder." in found.text
    assert "8\u00a0نوفمبر\u00a02012" in found.text
    with zipfile.ZipFile(BytesIO(write_docx(found).data)) as word:
        written = word.read("word/document.xml").decode()
        assert b'<w:themeFontLang w:val="da-DK"/>' in word.read("word/settings.xml")
    assert re.search(r'<w:bidi/>.*?<w:rtl/><w:lang w:val="ar-SA" w:bidi="ar-SA"/></w:rPr><w:t[^>]*>العربية', written)
