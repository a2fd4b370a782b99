"""Template faults come out at the template's own file and line, with what was meant."""

from datetime import date
from pathlib import Path

import pytest
from builders import DOCTOR, citizen_yaml, loaded_case

from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.documents import Document
from kvisdocs.templating.html import Assets, HtmlDocument
from kvisdocs.templating.render import Renderer

SHIPPED = Path(__file__).parents[2] / "templates"
ON = date(2012, 11, 14)
CASE = loaded_case(citizen_yaml())
GP = {
    "gp": DOCTOR,
    "consents": [
        {"kind": "disclose", "party": "gp", "covers": ["gyldigt"], "data": ["participation"], "given": "2012-10-01"},
        {"kind": "obtain", "party": "hospital", "covers": ["journal"], "given": "2012-10-01"},
    ],
}


def document(audience: str = "citizen") -> Document:
    return Document.model_validate(
        {"name": "brev", "title": "Brev", "description": "a letter", "kind": "citizen", "audience": audience}
    )


def render(folder: Path, text: str | bytes, audience: str = "citizen", **others: str) -> HtmlDocument:
    files = {"document.html.j2": text, **{f"{name}.html.j2": content for name, content in others.items()}}
    (folder / "brev").mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / "brev" / name).write_bytes(content.encode() if isinstance(content, str) else content)
    case = loaded_case(citizen_yaml(**GP)) if audience == "gp" else CASE
    return Renderer(Assets((folder, SHIPPED))).render(case, document(audience), ON)


def said(folder: Path, text: str | bytes, audience: str = "citizen", **others: str) -> str:
    with pytest.raises(KvisdocsError) as caught:
        render(folder, text, audience, **others)
    return str(caught.value).partition("/brev/")[2]


PLACE = "document.html.j2:2:"


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("{{ cas.x }}", '"cas" is not known here; did you mean "case"?'),
        ("{{ case.citizen.nam }}", 'there is no "nam" in case.citizen; did you mean "name"?'),
        ("{% for a in case.consnts %}{% endfor %}", 'there is no "consnts" in case; did you mean "consents"?'),
        (
            "{% for a in [case.citizen] %}{{ a.nme }}{% endfor %}",
            'there is no "nme" in case.citizen; did you mean "name"?',
        ),
        ("{{ case.plan.goal }}", '"goal" is asked of a value that is empty; put {% if … %} around it'),
        ("{{ profile.offce.phone }}", 'there is no "offce" in profile; did you mean "office"?'),
        ('{{ {"a": "b"}["c"] }}', 'there is no "c" in the list of words; use one of: a'),
        ("{% if case.x %}{% endif %}", 'there is no "x" in case; use one of: case_number'),
        ("{{ 1 | dat }}", 'there is no filter "dat"; did you mean "date"?'),
        ("{% if 1 is numbr %}{% endif %}", 'there is no test "numbr"; did you mean "number"?'),
        ("{% if %}", "something is missing here; write a name or a value before %} or }}"),
        ("{% fro a in b %}", 'there is no tag "fro"; did you mean "from"?'),
        ("{{ case.plan | date }}", "an empty value is not a date; put {% if … %} around it"),
        ("{{ case.case_number | hours }}", '"12/3456" is not a number; take another filter, or correct the name'),
        ('{{ "stres" | word({"stress": "stress"}) }}', 'there is no word for "stres"; did you mean "stress"?'),
        ("{{ 1 + 'a' }}", 'two values that do not go together stand at "+"; reckon with numbers only'),
        ("{{ 1 / 0 }}", "a number is divided by zero; put {% if … %} around it"),
        ("{{ case.plan }}", "a group of values is printed: case.plan; name one of: agreed"),
        ("{{ case.citizen.address.protected }}", "a yes or no is printed; write"),
        ("{{ case.consents }}", "a list is printed; use a filter such as sentence_list, or {% for each in … %}"),
        ("{{ case.steps }}", "a value of the type dict is printed"),
        ("{{ steps[0] }}", "a group of values is printed: steps[]; name one of: id, label"),
        ("{{ case.citizen }}", "a group of values is printed: case.citizen; name one of: first_names"),
        ("{{ case._shown }}", 'there is no "_shown" in case'),
        ("{{ case.steps.update({}) }}", '"update" is not for templates; leave it out'),
        (
            '{% include "partials/letterhed.html.j2" %}',
            'there is no template "partials/letterhed.html.j2"; did you mean',
        ),
        ('{% include "../x" %}', 'there is no template "../x"'),
        ('{% from "brev/b.html.j2" import mm %}{{ mm() }}', 'there is no "mm" in brev/b.html.j2; did you mean "m"?'),
        (
            '{% include "brev/document.html.j2" %}',
            "includes itself, or is nested too deep; break the circle",
        ),
        ("{{ range(10 ** 9) | length }}", "a range is too long; use a smaller number"),
    ],
)
def test_fault_in_line_two(tmp_path: Path, line: str, wanted: str) -> None:
    found = said(tmp_path, f"<p>\n{line}\n</p>", b="{% macro m() %}{% endmacro %}")
    assert found.startswith("document.html.j2" if "circle" in wanted else PLACE)
    assert wanted in found


def test_fault_in_a_macro_of_another_file(tmp_path: Path) -> None:
    found = said(
        tmp_path,
        '{% from "brev/m.html.j2" import m %}\n{{ m(case) }}',
        m="{# #}\n\n{% macro m(case) %}\n{{ case.citizn }}{% endmacro %}",
    )
    assert found.startswith('m.html.j2:4:9: there is no "citizn" in case; did you mean "citizen"?')


def test_fault_in_an_include_inside_a_for(tmp_path: Path) -> None:
    found = said(tmp_path, '{% for a in [1] %}\n{% include "brev/i.html.j2" %}{% endfor %}', i="<p>\n\n{{ b }}")
    assert found.startswith('i.html.j2:3:4: "b" is not known here')


def test_syntax_error_in_an_include(tmp_path: Path) -> None:
    found = said(tmp_path, '\n{% include "brev/i.html.j2" %}', i="<p>\n\n{% endif %}")
    assert found.startswith("i.html.j2:3:4: {% endif %} stands without {% if %}; delete it, or open it above")


def test_missing_parent(tmp_path: Path) -> None:
    found = said(tmp_path, '{# #}\n{% extends "bas.html.j2" %}')
    assert found.startswith(f'{PLACE}22: there is no template "bas.html.j2"; did you mean "base.html.j2"?')


def test_template_that_is_not_utf8(tmp_path: Path) -> None:
    assert said(tmp_path, "<p>\nKære".encode("latin-1")) == (
        'document.html.j2:2:2: "Kære" is saved as Windows-1252, not as UTF-8; save the file as UTF-8 in your editor'
    )


def test_link_out_of_the_folder_is_no_template(tmp_path: Path) -> None:
    (tmp_path / "t" / "brev").mkdir(parents=True)
    (tmp_path / "secret").write_text("hemmeligt", encoding="utf-8")
    (tmp_path / "t" / "brev" / "link.html.j2").symlink_to(tmp_path / "secret")
    assert 'there is no template "brev/link.html.j2"' in said(tmp_path / "t", '{% include "brev/link.html.j2" %}')


@pytest.mark.parametrize("name", ["case", "profile", "document", "programme", "consent", "letter"])
@pytest.mark.parametrize("way", ["model_dump()", "model_construct()", "copy()", "model_fields", "__class__", "_shown"])
def test_no_model_is_in_reach_of_the_gps_template(tmp_path: Path, name: str, way: str) -> None:
    assert said(tmp_path, f"{{{{ {name}.{way} }}}}", "gp").startswith("document.html.j2:1:")


@pytest.mark.parametrize("path", ["case.consents", "consent.party", "consent.data", "consent.valid_on", "steps"])
def test_gps_template_sees_of_the_consents_only_the_valid_ones_days_and_cover(tmp_path: Path, path: str) -> None:
    assert said(tmp_path, f"{{{{ {path} }}}}", "gp").startswith("document.html.j2:1:")
    assert render(tmp_path, "{{ consent.covers | join }}{{ consent.given }}", "gp").text == "gyldigt2012-10-01"


def test_gps_document_is_not_rendered_without_consent(tmp_path: Path) -> None:
    with pytest.raises(KvisdocsError, match="the case holds no consent to disclose to the GP"):
        Renderer(Assets((tmp_path, SHIPPED))).render(CASE, document("gp"), ON)


def test_unknown_programme_is_said_where_the_case_names_it(tmp_path: Path) -> None:
    case = loaded_case(citizen_yaml(programme="kvis-2012"))
    with pytest.raises(KvisdocsError, match=r'case\.yaml:3:12: there is no programme "kvis-2012"; did you mean'):
        Renderer(Assets((tmp_path, SHIPPED))).render(case, document(), ON)


def test_unknown_municipality_is_said_where_the_case_names_it(tmp_path: Path) -> None:
    case = loaded_case(citizen_yaml(municipality="hernig"))
    with pytest.raises(KvisdocsError, match=r'case\.yaml:2:15: no municipality is called "hernig"; did you mean'):
        Renderer(Assets((tmp_path, SHIPPED))).render(case, document(), ON)


def test_values_are_escaped(tmp_path: Path) -> None:
    assert render(tmp_path, "{{ '<b>&' }}").text == "&lt;b&gt;&amp;"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<title>Plan &amp;\n  brev</title>", "Plan & brev"),
        ("<title> </title>", "Brev"),
        ("<p>", "Brev"),
        ("<body><svg><title>Søjler</title></svg>", "Brev"),
    ],
)
def test_title(tmp_path: Path, text: str, wanted: str) -> None:
    assert render(tmp_path, text).title == wanted


def test_own_template_overrides_one_file_only(tmp_path: Path) -> None:
    (tmp_path / "partials").mkdir()
    (tmp_path / "partials" / "letterhead.html.j2").write_text("<p>Eget brevhoved</p>", encoding="utf-8")
    found = render(tmp_path, '{% extends "base.html.j2" %}{% block body %}<h1>Brev</h1>{% endblock %}')
    assert "Eget brevhoved" in found.text
    assert '<html data-at="base.html.j2:' in found.text
