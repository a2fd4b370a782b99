"""A field that the brief does not print is an error, a body that its routing does not have a warning."""

from pathlib import Path

from kvisdocs.cases.yaml.source import parse_source
from kvisdocs.problems import Position
from kvisdocs.templating.brief.checks import check_fields, check_routing
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import load_profile

BRIEF = load_profile("herning", Assets((Path(__file__).parents[2] / "templates",)), Position("case.yaml")).brief


def said(text: str) -> list[str]:
    source = parse_source(text, "case.yaml")
    return [str(problem) for problem in (*check_fields(source, BRIEF), *check_routing(source, BRIEF))]


def test_fields_and_bodies_of_the_profile_pass():
    assert said("fields:\n  summary: Kort\n  presentation: Langt\nrouting: [BSK, BYR]\n") == []


def test_misspelt_field_is_named_with_the_nearest():
    assert said("fields:\n  summery: Kort\n") == [
        'case.yaml:2:3: the brief of this municipality prints no field "summery"; did you mean "summary"?'
    ]


def test_body_that_is_not_in_the_routing_is_named():
    assert said("routing: [BKS]\n") == [
        'case.yaml:1:11: warning: the routing of this municipality has no "BKS"; did you mean "BSK"?'
    ]


def test_what_is_no_list_of_fields_is_left_to_the_model():
    assert said("fields: ja\nrouting: nej\n") == []
