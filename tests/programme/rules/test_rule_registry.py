"""A rule file that somebody writes: its faults come all at once, each at its line, with what to do."""

import os
import re
from pathlib import Path

import pytest

from kvisdocs.problems import KvisdocsError
from kvisdocs.programme.rules import limits, rule_registry, rules
from kvisdocs.programme.rules.rule_registry import load_programme, load_programmes, programme_names, read_programme

SHIPPED = Path(rule_registry.__file__).parents[1] / "data"
KVIS = (SHIPPED / "kvis-2011.yaml").read_text(encoding="utf-8")


def changed(*pairs: tuple[str, str]) -> str:
    """The text of kvis-2011 with parts changed, each of which stands there once."""
    text = KVIS
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def faults(folder: Path, text: str) -> list[str]:
    file = folder / "kvis-2011.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(KvisdocsError) as caught:
        read_programme(file)
    return [str(problem).replace(f"{file}:", "", 1) for problem in caught.value.problems]


def test_all_faults_of_form_come_at_once_each_at_its_line(tmp_path: Path) -> None:
    text = changed(
        ("      weeks: 1\n", "      weeks: en\n"),
        ("  target_steps: 5\n", "  target_stpes: 5\n"),
        ("    percent: [25, 50]\n", "    percent: [25, 0]\n"),
        ("  valid_from: 2011-10-01\n", "  valid_from: 2011-13-01\n"),
        ("  on_closed_day: stay\n", "  on_closed_day: forward\n"),
    )
    at = {part: line_of(text, part) for part in ("valid_from", "on_closed_day", "weeks: en", "target_s", "percent")}
    assert faults(tmp_path, text) == [
        f'{at["valid_from"]}:15: validity.valid_from: there is no date "2011-13-01"; did you mean 13/1 2011?',
        f'{at["on_closed_day"]}:18: closed_days.on_closed_day: "forward" is not one of the values; '
        "use one of: next, previous, stay",
        f'{at["weeks: en"]}:14: steps[2].deadline.weeks: "en" is not a whole number; write digits alone, as 3 or 304',
        f'{at["target_s"]}:3: the key "target_stpes" is not known here; did you mean "target_steps"?',
        f'{at["percent"]}:19: return_plan.self_employed_shares.percent[2] is too small ("0"); write more than 0',
    ]


def test_a_rule_without_its_source_is_refused(tmp_path: Path) -> None:
    text = changed(
        ('    reference: "Punkt 87, Obligatorisk indhold: Orienteringsbrev til egen læge"\n    sure: source\n', "")
    )
    line = line_of(text, "- id: gp_letter")
    assert faults(tmp_path, text) == [
        f'{line}:5: steps[8] has no "reference"; add the line "reference: …"',
        f'{line}:5: steps[8] has no "sure"; add the line "sure: …"',
    ]


@pytest.mark.parametrize(
    ("old", "new", "part", "said"),
    [
        (
            "id: gp_letter",
            "id: ceb_talk",
            "id: ceb_talk\n    label: Brev",
            'the step "ceb_talk" stands twice; delete one, or give it another id',
        ),
        (
            "counted_from: ceb_talk",
            "counted_from: gp_letter",
            "counted_from: gp_letter",
            'the deadline of "job_consultant_agreement" runs from "gp_letter", which is no earlier step; '
            "use one of: ceb_talk, employer_contact, first_day, first_talk, psychiatric_consultation, visitation",
        ),
        (
            "name: kvis-2011\n",
            "name: kvis-2012\n",
            "name: kvis-2012",
            'the name is "kvis-2012", and the file is called kvis-2011.yaml; write kvis-2011',
        ),
        (
            "valid_to: 2013-03-31",
            "valid_to: 2011-03-31",
            "valid_to: 2011",
            "the rules end 2011-03-31, before they begin; swap the two dates",
        ),
        (
            "  - id: contacts\n",
            "  - id: gp_letter\n",
            "id: gp_letter\n    label: Kontakt",
            '"gp_letter" stands twice; give it another id',
        ),
        (
            "    counted_from: visitation\n    start_name",
            "    counted_from: visit\n    start_name",
            "counted_from: visit\n",
            '"contacts" runs from "visit", which is no step; did you mean "visitation"?',
        ),
        (
            "    visited_within_weeks: 8\n",
            "    needs_steps: [ceb_tlak]\n",
            "needs_steps",
            'there is no step "ceb_tlak"; did you mean "ceb_talk"?',
        ),
        (
            "    label: Samtale på CEB\n",
            "    label: Samtale på CEB\n    categories: [3]\n",
            "categories: [3]",
            "there is no category 3; the categories are 2",
        ),
    ],
)
def test_rules_that_do_not_hold_together_are_refused(tmp_path: Path, old: str, new: str, part: str, said: str) -> None:
    text = changed((old, new))
    (fault,) = faults(tmp_path, text)
    place, what = fault.split(" ", 1)
    assert (int(place.split(":")[0]), what) == (line_of(text, part), said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "      weeks: 1\n",
            "      weeks: 1\n      days: 7\n",
            "steps[2].deadline: a deadline has either weeks or days; keep one of the two",
        ),
        (
            "    every_days: 14\n",
            "",
            "recurring[1]: a recurring rule has either every_weeks or every_days; keep one of the two",
        ),
        (
            "06-05: grundlovsdag",
            "06-31: grundlovsdag",
            'closed_days: "06-31" is no month and day; write 12-24 for 24 December',
        ),
    ],
)
def test_a_rule_that_says_too_much_or_too_little_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    (fault,) = faults(tmp_path, changed((old, new)))
    assert fault.split(" ", 1)[1] == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", '1:1: the file is empty; begin with "name: …"; see: kvisdocs docs programmes'),
        ("- a\n", '1:1: the file holds no rules; begin with "name: …"; see: kvisdocs docs programmes'),
    ],
)
def test_a_file_without_rules(tmp_path: Path, text: str, said: str) -> None:
    assert faults(tmp_path, text) == [said]


def own(folder: Path, name: str, text: str) -> Path:
    file = folder / "programmes" / f"{name}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_a_templates_folder_adds_programmes_and_wins_over_those_that_ship(tmp_path: Path) -> None:
    own(tmp_path, "herning-2026", changed(("name: kvis-2011\n", "name: herning-2026\n")))
    own(tmp_path, "kvis-2011", changed(("    every_days: 14\n", "    every_days: 7\n")))
    assert programme_names((tmp_path,)) == (
        *("forenkling-2020", "forenkling-2025", "herning-2026", "kvis", "kvis-2011", "reform-2014"),
    )
    assert load_programme("kvis-2011", (tmp_path,)).recurring[0].every_days == 7
    assert load_programme("kvis-2011").recurring[0].every_days == 14


def test_a_rule_file_is_read_anew_once_it_changes(tmp_path: Path) -> None:
    file = own(tmp_path, "kvis-2011", KVIS)
    assert load_programme("kvis-2011", (tmp_path,)) is load_programme("kvis-2011", (tmp_path,))
    own(tmp_path, "kvis-2011", changed(("label: KVIS\n", "label: KVIS 2\n")))
    os.utime(file, ns=(1, 1))
    assert load_programme("kvis-2011", (tmp_path,)).label == "KVIS 2"


def test_a_faulty_file_stops_only_the_cases_that_name_it(tmp_path: Path) -> None:
    own(tmp_path, "broken", "name: broken\n")
    assert [programme.name for programme in load_programmes((tmp_path,))] == [*programme_names()]
    with pytest.raises(KvisdocsError, match='has no "label"'):
        load_programme("broken", (tmp_path,))


@pytest.mark.parametrize("name", programme_names())
def test_every_rule_that_ships_says_where_it_is_from_and_how_sure_that_is(name: str) -> None:
    data = load_programme(name).model_dump()
    parts = [data["validity"], data["closed_days"], data["appeal"], *data["categories"], *data["steps"]]
    parts += [*data["recurring"], *data["minimums"], *data["return_plan"].values()]
    assert {part["sure"] for part in parts} <= {"source", "background"}
    assert all(len(part["reference"]) > 15 for part in parts)


def test_every_number_of_a_rule_says_its_unit() -> None:
    """`weeks`, `hours_a_week`, `percent`; `number`, `categories` and `at` are names, not amounts."""
    units = {"weeks", "days", "months", "times", "hours", "percent", "steps", "tracks", "count", "number", "categories"}
    units |= {"places", "sessions", "at"}
    models = [
        model
        for model in (vars(rules) | vars(limits)).values()
        if isinstance(model, type) and issubclass(model, rules.Value)
    ]
    numbers = [
        f"{model.__name__}.{name}"
        for model in models
        for name, field in model.model_fields.items()
        if re.search(r"\bint\b", str(field.annotation))
    ]
    assert len(numbers) > 10
    assert [each for each in numbers if not units & set(re.split(r"[._]", each))] == []
