"""Figures in prose: what comes out is what the edition shows, Markdown leaves it as it is, and faults are told."""

from dataclasses import replace
from html import escape

import pytest
from statement_populations import count

from kvisdocs.statistics.model import Figure, Measure, Published, Row, Shown, Table
from kvisdocs.statistics.named import name_figures
from kvisdocs.statistics.record import as_record, read_record
from kvisdocs.templating.engine.markdown import render_inline_markdown, render_markdown
from kvisdocs.templating.engine.prose import FilledText, escape_markdown, fill_text
from kvisdocs.templating.figures import make_table


def figure(name: str, count: int, base: str | None = "visited", merged_into: str | None = None) -> Figure:
    return Figure(name, count, name, "Det, der tælles.", base, name != "visited", merged_into)


COUNTS = {"status.in_job": 149, "status.unemployed": 107, "status.small": 3, "status.told": 45}
FIGURES = {name: figure(name, count) for name, count in COUNTS.items()}
FIGURES |= {
    "visited": figure("visited", 304, None),
    "again": figure("again", 0, None),
    "text": figure("text", 1304, None),
    "quarter.2012-4.came": figure("quarter.2012-4.came", 36, None),
    "registrations.4": figure("registrations.4", 72),
    "status.gone": figure("status.gone", 2, merged_into="status.unemployed"),
}
STATUS = Table(
    "status",
    "A",
    "Status",
    ("Antal",),
    (
        Row("I job", ("status.in_job",)),
        Row("Med | streg", ("status.small",), 1),
        Row("Skjult", ("status.told",)),
        Row("Tom", (None,)),
    ),
    "visited",
)
_NOBODY = count([])
PUBLISHED = Published(
    replace(
        _NOBODY,
        figures={**_NOBODY.figures, **FIGURES},
        measures={"goal.duration": Measure("goal.duration", 16.1, "Varighed", "Median", "visited", "uger")},
        tables=(STATUS,),
        goals=(),
    ),
    "public",
    5,
    {"status.small": Shown.SMALL, "status.told": Shown.HIDDEN},
)
NAMES = name_figures(PUBLISHED)


def fill(text: str, is_prose: bool = True, escape: bool = True) -> FilledText:
    return fill_text(text, NAMES, lambda table: make_table(PUBLISHED, table, escape), is_prose, escape)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ figures.visited }}", "304"),
        ("{{figures.visited}} borgere", "304 borgere"),
        ("{{ figures.text }}", "1.304"),
        ("{{ figures.share.status.in_job }}", "49\u00a0pct."),
        ("{{ figures.share.status.small }}", "·"),
        ("{{ figures.status.small }}", "<5"),
        ("{{ figures.status.told }}", "·"),
        ("{{ figures.status.gone }}", "·"),
        ("{{ figures.goal.duration }}", "16,1\u00a0uger"),
        ('{{ figures.quarter["2012-4"].came }}', "36"),
        ("{{ figures.registrations.4 }}", "72"),
        ("{{ figures.visited }}/{{ figures.status.in_job }}", "304/149"),
        ('{{ figures.visited ~ " borgere" }}', "304 borgere"),
        ('{{ "{{" }} og }}', "{{ og }}"),
        ('{{ "}}" }}', "}}"),
        ("{% if x %}", "{% if x %}"),
        ("{# nej #}", "{# nej #}"),
        ("{{ figures.sentences.visited }}", "Der er visiteret 304 borgere."),
    ],
)
def test_a_name_gives_what_the_edition_shows(text: str, shown: str) -> None:
    filled = fill(text, escape=False)
    assert (filled.text, filled.remarks) == (shown, [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ figures.vistied }}", 'there is no figure "figures.vistied"; did you mean "figures.visited"?'),
        (
            "{{ figures.status.in_jbo }}",
            'there is no figure "figures.status.in_jbo"; did you mean "figures.status.in_job"?',
        ),
        ("{{ figures.qqqqqqq }}", 'there is no figure "figures.qqqqqqq"; see: kvisdocs stats --list'),
        ("{{ figure.visited }}", '"figure" is not known here; did you mean "figures"?'),
        ("{{ figures.nowhere.at.all }}", 'there is no figure "figures.nowhere"'),
        ("{{ figures.share.status }}", '"figures.share.status" is a group of figures; name one of them'),
        ("{{ figures }}", '"figures" is a group of figures'),
        ("{{ figures.path }}", 'there is no figure "figures.path"'),
        ("{{ figures.below }}", 'there is no figure "figures.below"'),
        ("{{ figures.__class__ }}", 'there is no figure "figures.__class__"'),
        ("{{ figures.visited.__class__ }}", 'there is no figure "figures.visited.__class__"'),
        ("{{ figures.visited.count }}", 'there is no figure "figures.visited.count"'),
        ("{{ figures.visited + 1 }}", 'two values that do not go together stand at "+"'),
        ("{{ figures.status.small > 2 }}", 'two values that cannot be compared stand at ">"'),
        ("{{ figures.status.small == 3 }}", "a yes or no is printed"),
        ("{{ figures.status.small | int }}", 'there is no filter "int"; print the figure as it is'),
        ("{{ figures.status.small | float }}", 'there is no filter "float"'),
        ("{{ figures.status.small | string | length }}", 'there is no filter "length"'),
        ("{{ [figures.visited, figures.status.small] | sum }}", 'there is no filter "sum"'),
        ("{{ figures.visited }", '"{{" is not closed; write "}}" after the name'),
        ("{{ figures.visited", '"{{" is not closed'),
        ("{{ }}", ""),
        ("{{ figures. }}", ""),
        ("{{ figures.visited figures.text }}", ""),
        ('{{ "x" * 10000000 }}', "a text is multiplied"),
        ("{{ range(10) | list }}", "a value of the type list is printed"),
        ("Her {{ figures.tables.status }}", "a table stands in a line of text"),
        ("- {{ figures.tables.status }}", "a table stands in a line of text"),
        ("{{ figures.tables.stats }}", 'did you mean "figures.tables.status"?'),
    ],
)
def test_a_fault_is_told(text: str, said: str) -> None:
    (remark,) = fill(text).remarks
    assert said in f"{remark.what}; {remark.todo}"
    assert remark.offset == text.index("{{")


def test_all_faults_of_a_text_are_told_at_once() -> None:
    assert [each.offset for each in fill("{{ figures.x }} og {{ figures.y }} og {{ figures.visited }}").remarks] == [
        0,
        19,
    ]


@pytest.mark.parametrize(
    "value",
    [
        "<5",
        "·",
        "304",
        "304.",
        "1. sag",
        "- nej",
        "# top",
        "*fed*",
        "_x_ _y_",
        "[a](b)",
        "&lt;",
        "a|b",
        "> citat",
        "`k`",
        "~~x~~",
        "\\",
        "49\u00a0pct.",
        "<b>x</b>",
        "===",
        "1) en",
        "+ x",
        "http://a.dk",
        "Æblegrød (2)",
        "in_job",
    ],
)
def test_markdown_leaves_a_value_as_it_is(value: str) -> None:
    said = escape_markdown(value)
    assert _plain(render_markdown(said)) == _plain(f"<p>{escape(value, quote=False)}</p>")
    assert _plain(render_inline_markdown(said)) == _plain(escape(value, quote=False))
    assert _plain(render_markdown(f"{said}. Så.")) == _plain(f"<p>{escape(value, quote=False)}. Så.</p>")


def _plain(html: str) -> str:
    return html.strip().replace("\u00a0", " ")


def test_a_table_is_a_table_whose_cells_are_those_of_the_text() -> None:
    html = str(render_markdown(fill("Før.\n{{ figures.tables.status }}\nEfter.").text))
    cells = html.replace("<td", "\0<td").split("\0")[1:]
    texts = [each.partition(">")[2].partition("<")[0] for each in cells]
    assert texts == [
        "I job",
        "149",
        "49\u00a0pct.",
        "heraf med | streg",
        "&lt;5",
        "",
        "Skjult",
        "·",
        "",
        "Tom",
        "",
        "",
    ]
    assert "<p>Før.</p>" in html
    assert "<p>Efter.</p>" in html


def test_a_sign_of_the_filled_text_is_known_to_the_one_written() -> None:
    text = "Af {{ figures.visited }} er {{ figures.status.in_job }} i job."
    filled = fill(text, escape=False)
    assert filled.text == "Af 304 er 149 i job."
    at = [filled.written_at(filled.text.index(word)) for word in ("Af", "304", "4 er", "er", "149", "job")]
    assert at == [text.index(word) for word in ("Af", "{{", "{{", "er {{", "{{ figures.status", "job.")]


def test_what_is_written_as_json_is_read_back_as_it_was_shown() -> None:
    back = read_record(as_record(PUBLISHED))
    assert [f"{name} {each}" for name, each in _texts(back)] == [f"{name} {each}" for name, each in _texts(PUBLISHED)]
    assert back.statement.figures["status.gone"].count == 0
    assert back.statement.figures["status.small"].count == 0


def _texts(published: Published) -> list[tuple[str, str]]:
    names = name_figures(published)
    return [
        (name, fill_text(f"{{{{ figures.{name} }}}}", names, lambda table: "", True, False).text)
        for name in names.all_names()
        if "-" not in name
    ]
