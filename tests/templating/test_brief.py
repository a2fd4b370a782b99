"""The form of committee briefs: what a profile can say, and what its papers then print."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import loaded_case
from cases.model.test_committee import CLOSED
from examples import example
from pydantic import ValidationError

from kvisdocs.templating.brief.form import Brief
from kvisdocs.templating.brief.parts import BriefPart
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer

SHIPPED = Path(__file__).parents[2] / "templates"
ON = date(2026, 11, 22)


def brief_text(case: dict[str, Any] | str, templates: Path = SHIPPED) -> str:
    """What the committee brief says, tags taken away, blocks on lines of their own."""
    assets = Assets((templates, SHIPPED))
    loaded = loaded_case(case if isinstance(case, str) else yaml.safe_dump(case, allow_unicode=True))
    html = (
        Renderer(assets)
        .render(loaded, load_documents(assets)["committee-brief"], max(ON, loaded.case.meeting.date))
        .text
    )
    body = html.partition("<body")[2].partition(">")[2].replace("&nbsp;", " ").replace("\N{NO-BREAK SPACE}", " ")
    lines = (
        re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", line)).strip() for line in re.split(r"</(?:p|h\d|li|td|th)>", body)
    )
    return "\n".join(line for line in lines if line)


def changed_profile(folder: Path, old: str, new: str) -> Path:
    """A templates folder in which Herning's profile says something else."""
    text = (SHIPPED / "profiles" / "herning.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "profiles").mkdir()
    (folder / "profiles" / "herning.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return folder


MEETING = {"committee": "Beskæftigelsesudvalget", "date": "2026-09-28"}
ITEM = {"kind": "committee", "municipality": "herning", "meeting": MEETING, "number": "8"}


def test_the_public_edition_of_a_closed_item_has_its_neutral_title_and_released_decision_only() -> None:
    text = brief_text({**ITEM, **CLOSED})
    assert text.endswith(
        "Punkt 8 · Lukket punkt\nEjendomssag\nLukket efter kommunestyrelseslovens § 10.\nBeslutning\nGodkendt."
    )
    assert not re.search("hemmelig|Prøvevej", text, re.IGNORECASE)


def test_the_committees_own_edition_has_all_of_a_closed_item(tmp_path: Path) -> None:
    text = brief_text({**ITEM, **CLOSED}, changed_profile(tmp_path, "  item_label: Punkt\n", "  closed_items: whole\n"))
    for each in ("Køb af Prøvevej 12", "Lukket punkt", "Hemmeligt resume", "hemmeligt punkt", "Hemmelig beslutning"):
        assert each in text
    assert "Bud på Prøvevej 12 (Dok.nr. 12/3, påført 28-08-2026) – lukket bilag" in text


def test_slagelses_minutes_say_who_voted_how_in_each_of_three_committees() -> None:
    text = brief_text(example("slagelse-punkt-7").read_text(encoding="utf-8"))
    assert "Forlængelse af den tidlige indsats for sygemeldte (B)" in text
    assert (
        text.partition("Tilbud (Dok")[2].partition("\n")[2]
        == """\
Beskæftigelses- og Integrationsudvalgets beslutning den 07-09-2026
Anbefales.
Tog forbehold: Ebbe Lynnerup (V)
Økonomiudvalgets beslutning den 21-09-2026
Anbefales.
Deltog ikke i behandlingen af punktet: Grethe Damsbo (C, inhabil, da hun er ansat hos en af parterne)
Byrådets beslutning den 28-09-2026
Indstillingen blev godkendt efter afstemning.
Afstemning om indstillingens punkt 1
For: 19 (A, B, F og Ø)
Imod: 8 (V)
Undlod at stemme: 1 (Poul Erik Tange (C))
Afstemning om indstillingens punkt 2
For: 27
Imod: ingen
Undlod at stemme: 1 (C)
Protokolbemærkning fra Venstre:
Venstre ønsker, at forsøget bliver evalueret af nogen udefra, før det forlænges. Vi støtter selve indsatsen, men ikke \
tre år uden en midtvejsstatus.
Deltog ikke i behandlingen af punktet: Grethe Damsbo (C, inhabil, da hun er ansat hos en af parterne)
Fraværende: Jens-Ulrik Vang (V, afbud, ingen stedfortræder) og Rikke Hougaard (Ø)"""
    )


def test_amounts_are_shown_in_the_tables_unit() -> None:
    text = brief_text(example("slagelse-punkt-7").read_text(encoding="utf-8"))
    assert "Udgifter og finansiering, 1.000 kr." in text
    assert "Tilskud fra staten\n-500\n-250\n–\nKommunens udgift\n1.040\n1.315\n1.590" in text


def test_viborgs_decision_stands_before_the_presentation_and_empty_fields_say_intet() -> None:
    text = brief_text(example("viborg-punkt-12").read_text(encoding="utf-8"))
    assert text.index("\nBeslutning\n") < text.index("\nSagsfremstilling\n")
    assert "\nInddragelse og høring\nIntet.\n" in text
    assert "\nAlternativer\nIntet.\n" in text


def test_decisions_of_several_meetings_are_told_apart_where_the_profile_asks_for_no_headings() -> None:
    decisions = [
        {"committee": "Socialudvalget", "date": "2026-09-07", "text": "Anbefales."},
        {"date": "2026-09-28", "text": "Godkendt."},
    ]
    text = brief_text({**ITEM, "title": "Prøve", "decisions": decisions})
    assert text.endswith(
        "Beslutning\nSocialudvalget den 7. september 2026\nAnbefales.\n"
        "Beskæftigelsesudvalget den 28. september 2026\nGodkendt."
    )


@pytest.mark.parametrize(
    ("numbering", "mark"),
    [("at", "at "), ("• at", "at "), ("1. at", "at "), ("A) at", "at "), ("At 1)", ""), ("A)", ""), ("1)", "")],
)
def test_points_are_marked_as_the_profile_says(tmp_path: Path, numbering: str, mark: str) -> None:
    folder = changed_profile(
        tmp_path, "label: Indstilling, numbering: at", f'label: Indstilling, numbering: "{numbering}"'
    )
    item = {**ITEM, "title": "Prøve", "recommendation": {"by": "Direktøren indstiller", "points": ["a & b"]}}
    assert f"Direktøren indstiller\n{mark}a &amp; b\n" in brief_text(item, folder)


def test_an_ampersand_in_a_name_is_escaped_once() -> None:
    item = {**ITEM, "title": "Prøve", "decisions": [{"text": "Ja.", "absent": [{"name": "Bo & Co", "party": "<A>"}]}]}
    assert "Fraværende: Bo &amp; Co (&lt;A&gt;)" in brief_text(item)


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ({"part": "text", "label": "Resume"}, "a part of text has no field; add field, its key in the cases"),
        ({"part": "heading"}, "a part that is a heading has no label; add label"),
    ],
)
def test_a_part_without_what_it_needs_is_refused(part: dict[str, str], message: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(message)):
        BriefPart.model_validate(part)


def test_a_first_heading_under_no_other_is_refused() -> None:
    parts = [{"part": "signers"}, {"part": "legal_basis", "label": "Jura", "level": "3"}]
    with pytest.raises(
        ValidationError, match='"Jura" stands under no other heading; give it level 2, or put a heading'
    ):
        Brief.model_validate({"meeting_facts": ["date"], "parts": parts})


def test_a_profiles_own_words_take_the_place_of_the_templates() -> None:
    brief = Brief.model_validate(
        {"meeting_facts": ["date"], "parts": [{"part": "signers"}], "labels": {"absent": "Afbud"}}
    )
    assert (brief.words["absent"], brief.words["against"]) == ("Afbud", "Imod")


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("herning-punkt-87", "Herning Kommune\nSocial, Sundhed og Beskæftigelse\nSagsnr. 00.00.00-P19-1136-11\n"),
        (
            "koebenhavn-punkt-6",
            "Københavns Kommune\nBeskæftigelses- og Integrationsforvaltningen\nSagsnr. 2008-140699\n",
        ),
        ("viborg-punkt-12", "Viborg Kommune\nJob &amp; Velfærd\nSagsid. 26/4282\n"),
        ("slagelse-punkt-7", "Slagelse Kommune\nCenter for Arbejdsmarked\nSagsnr. 330-2026-90442\n"),
        ("aarhus-sag-4", "Aarhus Kommune\nSociale Forhold og Beskæftigelse\nSagsnummer EMN-2026-004417\n"),
    ],
)
def test_a_committees_paper_comes_from_the_administration_and_not_from_the_job_centre(name: str, head: str) -> None:
    assert brief_text(example(name).read_text(encoding="utf-8")).startswith(head)


def test_a_municipality_without_a_unit_for_its_briefs_sends_them_itself(tmp_path: Path) -> None:
    templates = changed_profile(tmp_path, "  unit: Social, Sundhed og Beskæftigelse\n", "")
    text = brief_text(example("herning-punkt-87").read_text(encoding="utf-8"), templates)
    assert text.startswith("Herning Kommune\nSagsnr. 00.00.00-P19-1136-11\n")


def test_aarhus_tells_who_was_there_under_the_decision() -> None:
    text = brief_text(example("aarhus-sag-4").read_text(encoding="utf-8"))
    assert re.search(r"^Beslutninger\n(?s:.*)^Til stede: .*\n^Fraværende: .*\n^Resume$", text, re.MULTILINE)


def test_an_item_inside_another_paper_has_its_headings_lower_and_may_lack_parts(tmp_path: Path) -> None:
    folder = tmp_path / "agenda"
    folder.mkdir()
    about = "title: Dagsorden\ndescription: agenda\nkind: committee\naudience: committee\n"
    (folder / "document.yaml").write_text(about, encoding="utf-8")
    template = (
        '{% extends "base.html.j2" %}{% from "partials/item.html.j2" import agenda_item %}{% block body %}'
        '<h1>Dagsorden</h1>{{ agenda_item(case, profile.brief, top=2, without=["decision"]) }}{% endblock %}'
    )
    (folder / "document.html.j2").write_text(template, encoding="utf-8")
    assets = Assets((tmp_path, SHIPPED))
    loaded = loaded_case(example("herning-punkt-87").read_text(encoding="utf-8"))
    text = Renderer(assets).render(loaded, load_documents(assets)["agenda"], ON).text
    found = re.findall(r"<h(\d)[^>]*>(.*?)</h", text)
    assert found[:4] == [
        ("1", "Dagsorden"),
        ("2", "Midtvejsevaluering af KVIS - Projektet"),
        ("3", "Sagsresume"),
        ("3", "Sagsfremstilling"),
    ]
    assert any(level == "4" for level, _ in found)
    assert "Beslutning" not in {name for _, name in found}
