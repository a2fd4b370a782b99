"""What an edition prints does not hang on the hidden counts: each is changed, and every output stays as it is."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from drawn_cases import draw_case
from statement_populations import ON, count, kvis

from kvisdocs.cases.load import FIGURES, LoadedCase, check_source
from kvisdocs.cases.yaml.source import parse_source
from kvisdocs.cli.terminal.figures import format_statement
from kvisdocs.desk.figures.figure_pages import write_tables
from kvisdocs.statistics.disclosure.hide import hide_small_counts
from kvisdocs.statistics.long_table import as_csv
from kvisdocs.statistics.model import Published, Shown
from kvisdocs.statistics.record import as_record
from kvisdocs.statistics.sentences import find_headings, find_sentences
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer

ASSETS = Assets((Path(__file__).parents[2] / "templates",))
RENDERER = Renderer(ASSETS)
ANNEX = "kind: statistics\nmunicipality: herning\nfigures: {cases: citizens, on: 2012-11-01}\n"


def render_annex(published: Published) -> str:
    """The statistics annex as HTML, with all that its drawings say of themselves."""
    source = parse_source(ANNEX, "statistik.yaml")
    related = {FIGURES: json.dumps(as_record(published)).encode()}
    loaded = LoadedCase("statistik", check_source(source), source, related)
    return RENDERER.render(loaded, load_documents(ASSETS)["statistics-annex"], ON).text


def outputs(published: Published) -> dict[str, str]:
    """All that is printed of figures."""
    return {
        "json": json.dumps(as_record(published), ensure_ascii=False, indent=1),
        "csv": as_csv(published).decode("utf-8-sig"),
        "terminal": format_statement(published, "Herning Kommune", "KVIS"),
        "annex": render_annex(published),
        "desk": write_tables(published, ASSETS),
        **find_sentences(published),
        **{f"heading {name}": text for name, text in find_headings(published).items()},
    }


def changed(published: Published, chance: Random) -> Published:
    """The same edition of other counts: each hidden one is another of those that it may be."""
    statement = published.statement
    figures = dict(statement.figures)
    for name, state in published.hidden.items():
        most = published.threshold - 1 if state is Shown.SMALL else 400
        least = 1 if state is Shown.SMALL else 0
        figures[name] = replace(figures[name], count=chance.choice([least, chance.randint(least, most), most]))
    measures = {
        name: replace(each, value=chance.choice([None, 1.5, 99.0])) if name in published.no_share else each
        for name, each in statement.measures.items()
    }
    return replace(published, statement=replace(statement, figures=figures, measures=measures))


@pytest.mark.parametrize("number", [3, 40, 120])
def test_no_output_depends_on_what_is_hidden(number: int) -> None:
    chance = Random(number)
    cases = [draw_case(chance, kvis(), ON) for _ in range(number)]
    published = hide_small_counts(count(cases, threshold=5))
    assert published.hidden
    told = outputs(published)
    for _ in range(3):
        other = outputs(changed(published, chance))
        different = {name: (told[name], other[name]) for name in told if told[name] != other[name]}
        assert not different
