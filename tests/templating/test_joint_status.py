"""The joint status at work: what the workplace may read, on the page that three sign."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from builders import loaded_case
from examples import example

from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.documents import find_obstacles, load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer

SHIPPED = Path(__file__).parents[2] / "templates"
DAY = date(2026, 11, 28)
DOCUMENT = load_documents(Assets((SHIPPED,)))["joint-status"]


def case() -> dict:
    return yaml.safe_load(example("mathilde-hoejgaard-thorup").read_text(encoding="utf-8"))


def text_of(data: dict) -> str:
    loaded = loaded_case(yaml.safe_dump(data, allow_unicode=True))
    return Renderer(Assets((SHIPPED,))).render(loaded, DOCUMENT, DAY).text


def test_it_holds_shared_goals_and_nothing_of_other_activities_or_tracks() -> None:
    data = case()
    first, second = data["plan"]["employment"]["activities"]
    second |= {"goal": "HEMMELIGT MÅL", "status_note": "HEMMELIG NOTE"}
    data["plan"]["health"]["activities"][0] |= {"goal": "HEMMELIG SUNDHED", "shared": "ja"}
    text = text_of(data)
    assert first["goal"] in text.replace("\N{NO-BREAK SPACE}", " ")
    assert first["status_note"] in text
    for hidden in ("HEMMELIG", data["plan"]["health"]["purpose"], data["citizen"]["cpr"][-4:], "Indkøbsvej"):
        assert hidden not in text


def test_three_sign() -> None:
    body = text_of(case()).partition("Vores aftale")[2]
    for name in ("Mathilde Højgaard Thorup", "Gitte Abildtrup", "Palle Vestermark"):
        assert name in body


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data["consents"][1].update(data=["return_plan"]), "employment_track"),
        (lambda data: data["plan"]["employment"]["activities"][0].pop("shared"), "no activity of the employment track"),
        (lambda data: data["consents"].pop(1), "holds no consent to disclose to the employer"),
    ],
)
def test_without_consent_or_a_shared_goal_there_is_none(change, said: str) -> None:
    data = case()
    change(data)
    loaded = loaded_case(yaml.safe_dump(data, allow_unicode=True))
    assert any(said in problem.what for problem in find_obstacles(loaded, DOCUMENT, DAY))
    with pytest.raises(KvisdocsError):
        Renderer(Assets((SHIPPED,))).render(loaded, DOCUMENT, DAY)


def test_it_is_made_when_somebody_asks_for_it() -> None:
    assert DOCUMENT.on_request
