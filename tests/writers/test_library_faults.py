"""What breaks inside a library becomes a problem at the innermost element or rule that was being worked on."""

from xml.etree.ElementTree import Element

import pytest
from writers.word.made import html_document

from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.templating.html import POSITION_ATTRIBUTE
from kvisdocs.writers.limits import tell_library_faults
from kvisdocs.writers.word.css.stylesheet import Declared
from kvisdocs.writers.word.read.tree import HtmlElement


def element(mark: str) -> Element:
    return Element("p", {POSITION_ATTRIBUTE: mark})


def outer(thing: object, error: Exception) -> None:
    around = element("a.j2:1:1")
    inner(thing, error)
    assert around is not None


def inner(thing: object, error: Exception) -> None:
    raise error


def told(thing: object, error: Exception) -> Problem:
    with pytest.raises(KvisdocsError) as caught, tell_library_faults(html_document(""), "Word"):
        outer(thing, error)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("thing", "place"),
    [
        (element("a.j2:7:2"), "a.j2:7:2"),
        (HtmlElement(element("a.j2:8:2")), "a.j2:8:2"),
        (Declared("color", [], Position("house.css", 9, 4)), "house.css:9:4"),
        ("nothing", "a.j2:1:1"),
    ],
)
def test_the_place_is_that_of_the_innermost_element_or_rule(thing: object, place: str) -> None:
    assert str(told(thing, KeyError("w")).position) == place


@pytest.mark.parametrize("error", [ValueError("x\n y"), AssertionError(), OSError("broken data"), TypeError("x y")])
def test_every_exception_is_told_in_one_line(error: Exception) -> None:
    problem = told(None, error)
    said = f": {' '.join(str(error).split())}" if str(error) else ""
    assert problem.what == f"Word: cannot be made of this: {type(error).__name__}{said}"


def test_too_deep_is_told_as_such() -> None:
    assert told(None, RecursionError()).what == "Word: the elements or the stylesheet are nested too deep"


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), MemoryError(), KvisdocsError(Problem(Position("x"), "y"))]
)
def test_what_is_no_fault_of_the_template_passes(error: Exception) -> None:
    with pytest.raises(type(error)) as caught, tell_library_faults(html_document(""), "PDF"):
        raise error
    assert caught.value is error
