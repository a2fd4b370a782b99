"""Slips of a caseworker and a secretary, one in each case: the place that is named, and what is said, once.

Each is an example with one text in it changed; the example itself has what it has without the change. The mark » stands
before the place of the fault, so that a test says it in one word.
"""

from pathlib import Path

import pytest

from kvisdocs.application.reading import CaseReader
from kvisdocs.templating.html import Assets

ROOT = Path(__file__).parents[2]
CITIZEN = ROOT / "cases_yaml/citizens/tilde-rosenvinge-aakjaer.yaml"
ITEM = ROOT / "cases_yaml/committee/viborg-punkt-12.yaml"
READER = CaseReader(Assets((ROOT / "templates",)))

POSTCODE = 'postcode: "7400"\n    city: Herning\n    protected'
IN_A_CASE = [
    ("last_name: Rosenvinge", "last_name: »\u3164Rosenvinge", "U+3164"),
    ("last_name: Rosenvinge", 'last_name: »"Rosen\\nvinge" #', "line break"),
    ("last_name: Rosenvinge Åkjær", f"last_name: »{'Å' * 121}", "121 signs"),
    ("last_name: Rosenvinge", "last_name: »\u0301Rosenvinge", "U+0301"),
    ("last_name: Rosenvinge", "last_name: »R\ue000senvinge", "private use"),
    ("called: Tilde", "called: »---", "neither a letter nor a digit"),
    ("cpr: 710983-1232", "cpr: »710983-12", "not a CPR number"),
    ("cpr: 710983-1232", "cpr: »320983-1232", "no valid date"),
    ("cpr: 710983-1232", "cpr: »710983-6232", "born 1883-09-11"),
    ("cpr: 710983-1232", "cpr: »710930-4232", "after the first day of sickness"),
    ("cpr: 710983-1232", "cpr: »710915-4232", "10 years old"),
    ("cpr: 710983-1232", "cpr: »10983-1232", "nine digits"),
    (POSTCODE, POSTCODE.replace('"7400"', '»"0000"'), "0000"),
    (POSTCODE, POSTCODE.replace('"7400"', '»"9999"'), "9999"),
    (POSTCODE, POSTCODE.replace('"7400"', '»740'), "three digits"),
    ("protected: ja", "protected: »måske", "not ja or nej"),
    ("phone: 00 00 31 26", "phone: »00 00 31 2", "7 digits"),
    ("email: bodil.eksempel@kommune.example", "email: »bodil.eksempel@kommune,example", "did you mean"),
    ("email: bodil.eksempel@kommune.example", "email: »bodil.eksempel", "not an e-mail"),
    ("first_day: mandag den 31. august 2026", "first_day: »tirsdag den 31. august 2026", "mandag"),
    ("first_day: mandag den 31. august 2026", "first_day: »8/31/2026", "did you mean 31/8 2026?"),
    ("first_day: mandag den 31. august 2026", "first_day: »31. avgust 2026", "august"),
    ("first_day: mandag den 31. august 2026", "first_day: »31-08-26", "two digits"),
    ("first_day: mandag den 31. august 2026", "first_day: »1026-08-31", "1026"),
    ("visitation: 2026-10-12", "visitation: »2026-13-12", "there is no date"),
    ("category: 2", "category: »4", "too large"),
    ("category: 2", "category: »to", "whole number"),
    ("[stress, depression]", "[»sterss, depression]", "did you mean"),
    ("status: in_job", "status: »ledig", "unemployed"),
    ("norm_hours: 35", "norm_hours: »35,00000001", "too many decimals"),
    ("norm_hours: 35", "norm_hours: »169", "too large"),
    ("norm_hours: 35", "norm_hours: »0", "too small"),
    ("norm_hours: 35", "norm_hours: »femogtredive", "not a number"),
    ("  job: pædagog", "  »stilling: pædagog", 'did you mean "job"?'),
    ("\ncitizen:", "\n»borger:", 'did you mean "citizen"?'),
    ("\nemployment:", "\n»employement:", 'did you mean "employment"?'),
    ("job: pædagog", "job: »[pædagog]", "list"),
    ("job: pædagog", "job: »XXX", "filled in"),
    ("job: pædagog", "job: {»{ job }}", "a case is no template"),
    ("provider_number: \"004321\"", "provider_number: »4321", "not a provider number"),
    ("provider_number: \"004321\"", "provider_number: »04321", "five digits"),
    ('gln: "5799999999017"', 'gln: »"5799999999018"', "check digit"),
    ("value: 2}", "value: »12}", "too large"),
    ("first_talk: 2026-10-12", "»first_tlak: 2026-10-12", "first_talk"),
    ("kind: video", "kind: »teams", "not one of the values"),
    ("number: 2\n", "number: »5\n", "too large"),
    ("    start: 2026-11-09\nconsents", "    start: 2026-11-09\n    end: »2026-11-08\nconsents", "before it begins"),
    ("party: gp\n", "party: »egen læge\n", "gp"),
    ("expires: 2027-04-19", "expires: »2026-04-19", "before it was given"),
    ("  next_follow_up: 2026-11-30", "  next_follow_up: »2026-11-01", "is not after"),
    ("municipality: herning", "municipality: »hernig", "herning"),
    ("programme: kvis\n", "programme: »kvsi\n", "kvis"),
    ("kind: citizen", "kind: »citzen", "citizen"),
    ("  title: Socialfaglig rådgiver", "»\ttitle: Socialfaglig rådgiver", "tab"),
    ("  title: Socialfaglig rådgiver", "  »title:Socialfaglig rådgiver", "no space after the colon"),
    ("  agreed: 2026-11-02\n  next", "  agreed: 2026-11-02\n  »agreed: 2026-11-02\n  next", "twice"),
]  # fmt: skip
IN_AN_ITEM = [
    ("  time: \"8:00\"\n  end: \"10:30\"", "  time: \"8:00\"\n  end: »\"7:30\"", "ends at 07:30"),
    ("time: \"8:00\"", "time: »\"25:00\"", "no time"),
    ("den 25. august 2026", "den 25. august 2026\n  »sted: Rådhuset", "sted"),
    ("type: decision", "type: decision\n»signers: [Tove Ager]", "prints \"signers\""),
    ("type: decision", "type: decision\n»document_number: 12/4", "case_facts"),
    ("type: decision", "type: decision\n»decided_by: Byrådet", "prints \"decided_by\""),
    ("type: decision", "type: decision\n»course: [{committee: Byrådet}]", "prints \"course\""),
    ("  history: |", "  »histroy: |", "history"),
    ("om korte praktikforløb", "om »120 pct. af borgerne", "more than all"),
    ("om korte praktikforløb", "om »<b>korte</b> praktikforløb", "printed as it stands"),
    ("om korte praktikforløb", "om den »31. november", "there is no date"),
    ("Forslaget har tre dele", "»660480-1234 har tre dele", "CPR number"),
]  # fmt: skip


def judge(text: str, folder: Path) -> list[str]:
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return [str(problem).replace(str(path), "case.yaml") for problem in READER.read(path)[1]]


@pytest.mark.parametrize(("file", "old", "new", "said"), [
    *((CITIZEN, *slip) for slip in IN_A_CASE), *((ITEM, *slip) for slip in IN_AN_ITEM),
])  # fmt: skip
def test_a_slip_is_told_once_at_its_place(file: Path, old: str, new: str, said: str, tmp_path: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    before, _, after = text.partition(old)
    place = f"{before}{new}".index("»")
    shown = f"{before}{new}{after}".replace("»", "", 1)
    line, column = shown.count("\n", 0, place) + 1, place - shown.rfind("\n", 0, place)
    usual = judge(text, tmp_path)
    kept = [each.partition(": ")[2] for each in usual]
    found = [each for each in judge(shown, tmp_path) if each.partition(": ")[2] not in kept]
    assert len(found) == 1, found
    assert found[0].startswith(f"case.yaml:{line}:{column}: ")
    assert said in found[0]


@pytest.mark.parametrize("file", [CITIZEN, ITEM], ids=["case", "item"])
def test_the_examples_have_no_error(file: Path, tmp_path: Path) -> None:
    assert [
        each
        for each in judge(file.read_text(encoding="utf-8"), tmp_path)
        if "warning" not in each and "note" not in each
    ] == []
