"""What a template always prints of the case, and nothing that it may leave out."""

from pathlib import Path

import pytest
from jinja2 import Environment

from kvisdocs.templating.html import Assets
from kvisdocs.templating.printed import find_labels, find_printed

LINES = "case.gp.address.lines"


@pytest.mark.parametrize(
    "text",
    [
        "{% for line in case.gp.address.lines %}{{ line }}{% endfor %}",
        "{{ window(case.gp.name, case.gp.address.lines | list) }}",
        "{% set doctor = case.gp %}{{ doctor.address.lines | join(', ') }}",
        "{% if case.gp %}{{ case.gp.address.lines }}{% endif %}",
        "{{ case.gp.address.lines if case.gp.address else [] }}",
        "{% block body %}{% call box() %}{{ case.gp.address.lines }}{% endcall %}{% endblock %}",
    ],
)
def test_what_is_printed_whatever_the_case_is_counts(text: str) -> None:
    assert LINES in find_printed(Environment().parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "{{ case.gp.address.city }}",
        "{{ case.gp.address.lines[0] }}",
        "{{ case.gp.address.lines | first }}",
        "{% if case.ended %}{{ case.gp.address.lines }}{% endif %}",
        "{% if not case.gp %}{{ case.gp.address.lines }}{% endif %}",
        "{{ case.gp.address.lines if letter.date else [] }}",
        "{% set lines = case.gp.address.lines %}",
        "{% macro window() %}{{ case.gp.address.lines }}{% endmacro %}",
        "case.gp.address.lines",
    ],
)
def test_what_may_be_left_out_does_not(text: str) -> None:
    assert LINES not in find_printed(Environment().parse(text))


def test_labels_are_headings_and_no_names(tmp_path: Path) -> None:
    (tmp_path / "a.html.j2").write_text(
        "<h1>Din plan</h1><th>Medarbejder</th>{{ box('Din sagsbehandler') }}{{ to('Hanna Holm') }}"
        "<p>Kære Bo Lund</p><strong>Eva Friis</strong>",
        encoding="utf-8",
    )
    (tmp_path / "b.html.j2").write_text("{% if %}", encoding="utf-8")
    labels, words = find_labels(Environment(), Assets((tmp_path,)))
    assert labels.split("\n") == ["Din plan", "Medarbejder", "Din sagsbehandler"]
    assert "Bo Lund" in words
