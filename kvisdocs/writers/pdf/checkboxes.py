"""Boxes to tick, drawn: `<input type="checkbox">` → a picture that says whether it is ticked.

The document's font has no such sign, and WeasyPrint's own box says nothing to whoever cannot see it. A screen reader
reads "Afkrydset" or "Ikke afkrydset", and then the label; the Word file has a box of Word's own in its place.
"""

from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

import weasyprint

TICKED, UNTICKED = "Afkrydset", "Ikke afkrydset"

_SVG = "{http://www.w3.org/2000/svg}"
_BOX, _CROSS = "M.5 .5H9.5V9.5H.5Z", "M2.7 2.7 7.3 7.3M7.3 2.7 2.7 7.3"


def draw_checkboxes(root: Element) -> list[Any]:
    """Put a picture in the place of each box below `root`. What comes back are stylesheets that the PDF then needs."""
    found = [each for each in root.iter("input") if each.get("type", "").lower() == "checkbox"]
    for box in found:
        _draw(box, box.get("checked") is not None)
    return [_labels()] if found else []


def _draw(box: Element, ticked: bool) -> None:
    kept = {name: value for name, value in box.items() if name not in {"type", "checked", "name", "value"}}
    tail = box.tail
    box.clear()
    box.tag, box.tail = f"{_SVG}svg", tail
    box.attrib.update({"viewBox": "0 0 10 10", "width": "0.78em", "height": "0.78em", "role": "img", **kept})
    title = Element(f"{_SVG}title")
    title.text = TICKED if ticked else UNTICKED
    look = {"d": _BOX + (_CROSS if ticked else ""), "fill": "none", "stroke": "currentColor", "stroke-width": "0.9"}
    box.extend([title, Element(f"{_SVG}path", look)])


@cache
def _labels() -> Any:
    """A label is a part of its line; WeasyPrint makes a block of it."""
    return weasyprint.CSS(string="label { display: inline }")
