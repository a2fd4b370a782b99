"""HTML text → the element tree, without what a Word file cannot hold: comments, and characters that XML forbids."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from kvisdocs.messages import N_, listed, message
from kvisdocs.problems import Problem, Severity
from kvisdocs.templating.html import POSITION_ATTRIBUTE, HtmlDocument
from kvisdocs.writers.html.limits import parse_document
from kvisdocs.writers.html.parser import drop_comments

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold (2.2), not even as a reference."""


@dataclass(eq=False, slots=True)
class HtmlElement:
    """An element that knows its place in the tree. Equal only to itself."""

    etree_element: Element
    parent: "HtmlElement | None" = None
    _children: "tuple[HtmlElement, ...] | None" = None

    @property
    def local_name(self) -> str:
        """Its name without a namespace."""
        name: str = self.etree_element.tag
        return name.rpartition("}")[2]

    @property
    def children(self) -> "tuple[HtmlElement, ...]":
        """The element's children, the same objects each time."""
        if self._children is None:
            self._children = tuple(HtmlElement(child, self) for child in self.etree_element)
        return self._children


def parse_tree(document: HtmlDocument) -> tuple[Element, list[Problem]]:
    """The document's root element, and a warning for each element in which characters were left out.

    Raises KvisdocsError with what the document may not ask for; see writers/html/limits.py.
    """
    root, known_clean = parse_document(document)
    problems: list[Problem] = []
    for element in () if known_clean else list(root.iter()):
        if isinstance(element.tag, str):
            drop_comments(element)
            removed = _drop_illegal(element)
            if removed:
                position = document.position(element.get(POSITION_ATTRIBUTE))
                what = message(
                    "word.text.forbidden_characters",
                    "the text holds characters that no Word file can hold: {characters}",
                    characters=listed(f"U+{ord(character):04X}" for character in sorted(removed)),
                )
                problems.append(Problem(position, what, N_("they were left out"), Severity.WARNING))
    return root, problems


def plain_text(element: HtmlElement) -> str:
    """The words inside an element."""
    return " ".join("".join(element.etree_element.itertext()).split())


def is_checkbox(element: Element) -> bool:
    """Whether it is an `<input type="checkbox">`."""
    return element.tag == "input" and element.get("type", "").lower() == "checkbox"


def clean(text: str) -> str:
    """Text without what XML forbids. A form feed or vertical tab was a break, and becomes a space."""
    return _ILLEGAL.sub(lambda found: " " if found[0] in "\v\f" else "", text)


def _drop_illegal(element: Element) -> set[str]:
    found: set[str] = set()
    for name, value in element.items():
        found.update(_ILLEGAL.findall(value))
        element.set(name, clean(value))
    for part in ("text", "tail"):
        text = getattr(element, part)
        if text and _ILLEGAL.search(text):
            found.update(_ILLEGAL.findall(text))
            setattr(element, part, clean(text))
    return found - {"\f"}
