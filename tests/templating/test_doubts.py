"""What a finished paper tells too much of: at the case's text, or at the template that says it of itself."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import COMMITTEE, citizen_yaml, loaded_case

from kvisdocs.templating.disclosure_check import find_doubts_in
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer

ASSETS = Assets((Path(__file__).parents[2] / "templates",))
DOCUMENTS = load_documents(ASSETS)


def doubts(text: str, name: str = "return-plan", tasks: str = "Bilag", **changes: Any) -> list[str]:
    plan = {"kind": "partial_return", "steps": [{"start": "2012-11-19", "hours": "8", "tasks": tasks}]}
    loaded = loaded_case(citizen_yaml(return_plan=plan, **changes))
    return [str(problem) for problem in find_doubts_in(text, loaded, DOCUMENTS[name], "t.j2")]


@pytest.mark.parametrize("shown", ["<td>Bilag pga. depression</td>", "<td>Bilag pga. de<b>pres</b>sion</td>"])
def test_what_a_text_says_is_told_at_the_text(shown: str) -> None:
    (found,) = doubts(shown, tasks="Bilag pga. depression")
    assert found.startswith('case.yaml:26:23: warning: "depression" tells of illness')


def test_what_the_paper_does_not_show_is_not_told() -> None:
    assert doubts("<td>8 timer</td>", tasks="Bilag pga. depression") == []


def test_what_no_text_says_is_told_of_the_template() -> None:
    (found,) = doubts("<p>Medarbejderen har stress.</p>")
    assert found == (
        't.j2: warning: "stress" stands in this document for the employer, but in no text of the case; '
        "take it out of the template or the profile"
    )


def test_a_template_may_say_that_it_tells_nothing_of_illness() -> None:
    assert doubts("<p>Planen fortæller ikke om sygdom og behandling, og ikke om diagnosen.</p>") == []


@pytest.mark.parametrize("name", ["gp-letter", "follow-up-plan"])
def test_the_doctor_and_the_citizen_may_read_of_illness(name: str) -> None:
    assert doubts("<p>Bilag pga. depression</p>", name, "Bilag pga. depression") == []


def test_an_item_is_told_of_where_its_paper_shows_the_text() -> None:
    text = yaml.safe_dump(
        {**COMMITTEE, "fields": {"presentation": "Karoline Østergaard har angst."}}, allow_unicode=True
    )
    loaded = loaded_case(text, "item")
    page = Renderer(ASSETS).render(loaded, DOCUMENTS["committee-brief"], date(2012, 11, 14))
    assert ['"angst" beside "Karoline Østergaard"' in str(problem) for problem in page.doubts] == [True]
