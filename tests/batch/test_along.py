"""What the plan says of the doctor's letter is what the run makes: together, alone, and where the letter fails."""

import re
from pathlib import Path

import pytest
from builders import DOCTOR, citizen_yaml
from judges import docx_html

TRACK = {"purpose": "Job", "activities": [{"goal": "Fuld tid", "responsible": "Du"}]}
CONSENT = {"kind": "disclose", "party": "gp", "covers": ["målet"], "data": ["participation"], "given": "2012-10-01"}
CASE = citizen_yaml(
    plan={"agreed": "2012-10-30", "goal": "Tilbage.", "employment": TRACK}, gp=DOCTOR, consents=[CONSENT]
)
DAY = ("--date", "2012-11-14", "--to", "docx")
TOGETHER, ALONE = "sendes sammen med planen", "ikke sendt endnu"


def letter_state(output: str = "output") -> str:
    """What the plan says of the doctor's letter."""
    html = docx_html(Path(output, "a", "follow-up-plan.docx"))
    (state,) = re.findall(r"Brev til egen læge</p></td><td><p>(.*?)</p>", html)
    return state


@pytest.fixture
def case(write):
    write({"cases/a.yaml": CASE})


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize("command", ["render", "batch"])
@pytest.mark.parametrize(
    ("asked", "wanted"),
    [((), TOGETHER), (("-d", "follow-up-plan"), ALONE), (("-d", "follow-up-plan", "-d", "gp-letter"), TOGETHER)],
)
def test_the_plan_says_of_the_letter_what_this_run_makes(kvisdocs, command, asked, wanted):
    code, _, _ = kvisdocs(command, "cases", *asked, *DAY)

    assert code == 0
    assert letter_state() == wanted
    assert not Path("output/a/course-sheet.docx").exists()


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize("command", ["render", "batch"])
def test_the_course_sheet_is_made_where_it_is_asked_for(kvisdocs, command):
    code, _, _ = kvisdocs(command, "cases", "-d", "course-sheet", *DAY)

    assert code == 0
    assert [path.name for path in Path("output/a").iterdir()] == ["course-sheet.docx"]


@pytest.mark.usefixtures("case")
def test_a_run_that_makes_other_documents_makes_the_plan_anew(kvisdocs):
    kvisdocs("batch", "cases", "-d", "follow-up-plan", *DAY)
    kvisdocs("batch", "cases", *DAY)
    assert letter_state() == TOGETHER

    code, _, err = kvisdocs("batch", "cases", *DAY)

    assert (code, letter_state()) == (0, TOGETHER)
    assert "2 unchanged" in err


BROKEN = '{% extends "base.html.j2" %}{% block body %}{{ 1 // 0 }}{% endblock %}'


@pytest.mark.usefixtures("case")
def test_the_plan_is_held_back_where_the_letter_that_it_tells_of_fails(kvisdocs, write):
    write({"templates/gp-letter/document.html.j2": BROKEN})

    code, _, err = kvisdocs("batch", "cases", *DAY)

    assert code == 1
    assert "follow-up-plan says that gp-letter goes along, which could not be made" in err
    assert [path.name for path in Path("output").rglob("*.docx")] == ["follow-up-plan.docx"]
    assert Path("output/held-back/a/follow-up-plan.docx").exists()


@pytest.mark.usefixtures("case")
def test_render_makes_the_letter_first_and_tells_of_none_that_failed(kvisdocs, write):
    write({"templates/gp-letter/document.html.j2": BROKEN})

    code, _, _ = kvisdocs("render", "cases", *DAY)

    assert code == 1
    assert letter_state() == ALONE
