"""docs/views.md's tables against what templates are really given, name by name."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import committee_item
from tokens import LETTER_DAY, leaves, token_case

from kvisdocs.cases.consents.consent import DataType
from kvisdocs.cases.load import Case, LoadedCase
from kvisdocs.cases.views import KINDS, LEAST, Audience, View, view_case
from kvisdocs.cases.yaml.source import Source
from kvisdocs.templating.documents import Document, load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer
from kvisdocs.templating.samples import load_sample

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "views.md").read_text(encoding="utf-8")
ASSETS = Assets((ROOT / "templates",))
RENDERER = Renderer(ASSETS)
CASE = token_case(outcome=None)
PEOPLE = [audience for audience in Audience if KINDS[audience] == "citizen"]


def read_table(first: str, audience: Audience) -> dict[str, str]:
    """The column of an audience in the table whose first heading is `first`: what it says of each name."""
    lines = PAGE[PAGE.index(f"| {first} |") :].split("\n")
    heads = [cell.strip() for cell in lines[0].split("|")]
    column = heads.index(audience)
    rows = (line.split("|") for line in lines[2 : lines.index("<!-- end -->")])
    return {cells[1].strip(" `"): cells[column].strip() for cells in rows}


def said_of(path: str, table: dict[str, str]) -> str:
    """What the table's nearest row says of a name: its own, or that of what it stands in."""
    parts = path.split(".")
    return next(table[row] for end in range(len(parts), 0, -1) if (row := ".".join(parts[:end])) in table)


def given_to(audience: Audience, case: Case) -> dict[str, object]:
    if case.kind != KINDS[audience]:  # of what goes with other files, the document's own sample
        document = next(each for each in load_documents(ASSETS).values() if each.audience is audience)
        sample = load_sample(document, ASSETS)
        assert sample is not None
        values = RENDERER._values(sample, document, LETTER_DAY)
        RENDERER._attach(sample, document, values)
        return values
    words = {"name": "brev", "title": "Brev", "description": "a letter", "audience": audience, "kind": case.kind}
    loaded = LoadedCase("case", case, Source("case.yaml", {}, ""))
    return RENDERER._values(loaded, Document.model_validate(words), LETTER_DAY)


def everything(audience: Audience) -> Case:
    return committee_item() if audience is Audience.COMMITTEE else CASE


def shown(value: object, path: str) -> Iterator[str]:
    """The path of each plain value that is not empty."""
    return (where for where, each in leaves(value, path) if each is not None)


@pytest.mark.parametrize("audience", PEOPLE)
@pytest.mark.parametrize("covered", [None, *DataType])
def test_a_citizens_case_is_given_as_the_page_says(audience: Audience, covered: DataType | None) -> None:
    table = read_table("Field", audience)
    view = view_case(CASE, audience, [covered] if covered else [])
    given = {path for path in shown(view, "") if path not in ("kind", "citizen.greeted_as")}
    names = {path for path, value in leaves(CASE) if value is not None and path != "kind"} | {"citizen.name", "ended"}
    names |= {f"workplace.{path}" for path, _ in leaves(CASE.workplace)}
    allowed = {"yes", f"with `{covered}`"}
    assert {path for path in names if said_of(path, table) in allowed} - given == set()
    assert {path for path in given if said_of(path, table) not in allowed} == set()


def test_an_item_is_given_as_the_page_says() -> None:
    table = read_committee()
    source = {"cases": "citizens", "on": "2012-11-01", "others": ["Anna Prøve"]}
    view = view_case(committee_item(figures=source), Audience.COMMITTEE)
    assert set(dir(view)) == {name for name, word in table.items() if word == "yes"} | {"figures"}
    assert {name for name, word in table.items() if word == "–"} == {"neutral_title", "figures"}
    assert list(dir(view.figures)) == ["note"]


def read_committee() -> dict[str, str]:
    rows = PAGE[PAGE.index("| Field | committee |") :].partition("<!-- end -->")[0]
    return dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", rows, re.MULTILINE))


@pytest.mark.parametrize("audience", Audience)
def test_the_other_names_are_given_as_the_page_says(audience: Audience) -> None:
    table = read_table("Name", audience)
    values = given_to(audience, everything(audience))
    values.pop("case")
    assert set(values) == {row.split(".")[0] for row, word in table.items() if word == "yes"}
    for name, value in values.items():
        for path in named_in(value, name):
            below = {word for row, word in table.items() if row.startswith(f"{path}.")}  # of a group that is empty
            assert below == {"yes"} or said_of(path, table) == "yes", path
    whole = {"profile", "document", "letter", "programme", "consent"} & set(values)
    for row in (row for row, word in table.items() if word == "yes" and "." in row and row.split(".")[0] in whole):
        value: object = values[row.split(".")[0]]
        for step in row.split(".")[1:]:
            value = getattr(value[0] if isinstance(value, tuple) else value, step)


def named_in(value: object, path: str) -> Iterator[str]:
    """Every path that a template can write below a name, whether or not there is something."""
    if isinstance(value, View):
        for name in dir(value):
            yield from named_in(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, tuple) and value:
        yield from named_in(value[0], path)
    else:
        yield path


@pytest.mark.parametrize("audience", [Audience.EMPLOYER, Audience.COMMITTEE])
def test_neither_an_employer_nor_a_committee_is_given_a_programme(audience: Audience) -> None:
    assert not {"programme", "steps", "consents"} & set(given_to(audience, everything(audience)))


def test_the_page_has_a_column_for_every_audience() -> None:
    assert set(LEAST) <= set(PEOPLE)
    for audience in Audience:
        assert read_table("Name", audience)
