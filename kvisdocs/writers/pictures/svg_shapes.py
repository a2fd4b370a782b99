"""How much an SVG picture draws in the end, once each `<use>`, pattern, mask and marker is unfolded."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

import cssselect2
import tinycss2

from kvisdocs.messages import N_, message
from kvisdocs.writers.pictures.rasters import PictureError

MAX_SHAPES = 20_000
"""Elements of an SVG picture, each `<use>` counted with all that it draws, and each marker at each point."""

_AN_IMAGE = 100
"""What a picture in the picture counts for: it is decoded wherever it is used."""

_INSIDE = re.compile(r"url\(\s*[\"']?\s*#([^)\"']*)", re.IGNORECASE)
_MARKER = re.compile(r"marker(?:-start|-mid|-end)?\s*:[^;}]*url\(\s*[\"']?\s*#([^)\"']*)", re.IGNORECASE)
_POINTS = re.compile(r"[a-zA-Z]|-?\d*\.?\d+(?:[eE][-+]?\d+)?")
_WITH_POINTS = {"path": "d", "polyline": "points", "polygon": "points"}


def check_shapes(root: Element, shown: str) -> None:
    """Whether the picture draws at most MAX_SHAPES. Raises PictureError, also for what draws itself without end."""
    counting = _Counting(root, shown)
    try:
        counting.count(root.iter(), ())
        counting.count_markers()
    except RecursionError:
        raise PictureError(message("picture.svg.too_deep", "{shown} refers to itself too often", shown=shown)) from None


@dataclass
class _Counting:
    """One picture. `sizes` are those of the elements by their ids, counted once."""

    root: Element
    shown: str
    sizes: dict[str, int] = field(default_factory=dict)
    points: dict[str, int] = field(default_factory=dict)
    """How many points stand below an id, which may all bear markers."""

    @cached_property
    def by_id(self) -> dict[str, list[Element]]:
        """The elements of each id: which of several is meant, each program decides by itself."""
        found: dict[str, list[Element]] = {}
        for element in self.root.iter():
            if name := element.get("id"):
                found.setdefault(name, []).append(element)
        return found

    @cached_property
    def styles(self) -> dict[Element, str]:
        """For each element, the declarations with references that `<style>` has for it."""
        rules = [rule for style in self.root.iter() if _name(style) == "style" for rule in _rules(style)]
        found: dict[Element, str] = {}
        if rules:
            for wrapper in cssselect2.ElementWrapper.from_xml_root(self.root).iter_subtree():
                texts = [text for tests, text in rules if any(test(wrapper) for test in tests)]
                if texts:
                    found[wrapper.etree_element] = ";".join(texts)
        return found

    def count(self, elements: Iterable[Element], above: tuple[str, ...]) -> tuple[int, int]:
        """The shapes that elements draw, and their points. `above` are the ids inside which they stand."""
        total = points = 0
        for element in elements:
            total += _AN_IMAGE if _name(element) == "image" else 1
            points += _count_points(element)
            for name in self._references(element):
                if name in above:
                    what = message(
                        "picture.svg.endless", '{shown} draws "#{name}" inside itself', shown=self.shown, name=name
                    )
                    raise PictureError(what)
                if name in self.by_id and name not in self.sizes:
                    below = [each for one in self.by_id[name] for each in one.iter()]
                    self.sizes[name], self.points[name] = self.count(below, (*above, name))
                total += self.sizes.get(name, 0)
                points += self.points.get(name, 0)
            if total > MAX_SHAPES:
                raise self._too_many()
        return total, points

    def count_markers(self) -> None:
        """A marker stands at each point of each path below the element that names it, by inheritance."""
        named = {element: names for element in self.root.iter() if (names := list(self._markers(element)))}
        if not named:
            return
        markers = [element for element in self.root.iter() if _name(element) == "marker"]
        for marker in markers:
            if any(element in named for element in marker.iter()):
                what = message("picture.svg.markers", "{shown} has markers inside a marker", shown=self.shown)
                raise PictureError(what, N_("draw them by themselves"))
        largest = max((self.count(marker.iter(), ())[0] for marker in markers), default=0)
        shapes, points = self.count(self.root.iter(), ())
        if shapes + largest * points > MAX_SHAPES:
            raise self._too_many()

    def _too_many(self) -> PictureError:
        return PictureError(
            message(
                "picture.svg.shapes", "{shown} draws more than {number:,} shapes", shown=self.shown, number=MAX_SHAPES
            )
        )

    def _references(self, element: Element) -> Iterator[str]:
        for attribute, value in element.items():
            plain = attribute.rsplit("}", 1)[-1]
            if plain == "href" and value.strip().startswith("#") and _name(element) != "a":
                yield value.strip()[1:]
            elif "url(" in value.lower():
                yield from (found[1].strip() for found in _INSIDE.finditer(value))
        yield from (found[1].strip() for found in _INSIDE.finditer(self.styles.get(element, "")))

    def _markers(self, element: Element) -> Iterator[str]:
        for attribute, value in element.items():
            plain = attribute.rsplit("}", 1)[-1].lower()
            if plain.startswith("marker") and "url(" in value.lower():
                yield value
        yield from _MARKER.findall(f"{element.get('style', '')};{self.styles.get(element, '')}")


def _rules(style: Element) -> Iterator[tuple[list[Any], str]]:
    """The rules of a `<style>` that refer to something: tests of an element, and the declarations."""
    for rule in _qualified(tinycss2.parse_stylesheet("".join(style.itertext()), True, True)):
        text = tinycss2.serialize(rule.content)
        if "url(" in text.lower():
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                continue
            yield [selector.test for selector in selectors], text


def _qualified(rules: Iterable[Any]) -> Iterator[Any]:
    """Rules, and those inside of `@media` and its like, whose condition counts as met."""
    for rule in rules:
        if rule.type == "qualified-rule":
            yield rule
        elif rule.type == "at-rule" and rule.content:
            yield from _qualified(tinycss2.parse_rule_list(rule.content, True, True))


def _count_points(element: Element) -> int:
    text = element.get(_WITH_POINTS.get(_name(element), ""), "")
    return len(_POINTS.findall(text)) if text else 2 * (_name(element) == "line")


def _name(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
