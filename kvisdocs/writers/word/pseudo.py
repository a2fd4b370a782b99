"""The pseudo-elements that a Word file has a place for: generated text, a list's marks, and a footnote's numbers."""

from cssselect2.compiler import CompiledSelector
from tinycss2.ast import Node

from kvisdocs.writers.word.css_values import Tokens, significant

FOOTNOTES = {"footnote-call", "footnote-marker"}
"""The number in the text and the number at the page's foot (CSS GCPM 3, 2.4)."""

_ENDS_A_LINE = {"leader", "target-counter"}


KNOWN = {"before", "after", "marker", *FOOTNOTES}


def generates_text(selector: CompiledSelector, content: Tokens) -> bool:
    """Whether a selector's pseudo-element brings text of its own, other than what ends a line of contents."""
    if selector.pseudo_element not in {"before", "after"}:
        return False
    return bool(content) and not (selector.local_name == "a" and ends_a_line(content))


def ends_a_line(content: Tokens) -> bool:
    """Whether it is what stands behind an entry of a table of contents."""
    return bool(_ENDS_A_LINE & functions(content).keys())


def functions(content: Tokens) -> dict[str, list[Node]]:
    """The functions in a `content` by name, with what stands in their brackets: `leader('.')`."""
    return {
        token.lower_name: significant(token.arguments) for token in significant(content) if token.type == "function"
    }
