"""The pseudo-elements that a Word file has a place for: a footnote's two numbers, and what ends a line of contents."""

from tinycss2.ast import Node

from kvisdocs.writers.word.css_values import Tokens, significant

FOOTNOTES = {"footnote-call", "footnote-marker"}
"""The number in the text and the number at the page's foot (CSS GCPM 3, 2.4)."""

_ENDS_A_LINE = {"leader", "target-counter"}


def is_known(pseudo: str, content: Tokens) -> bool:
    """Whether Word has a place for a pseudo-element with this `content`."""
    return pseudo in FOOTNOTES or (pseudo == "after" and bool(_ENDS_A_LINE & functions(content).keys()))


def functions(content: Tokens) -> dict[str, list[Node]]:
    """The functions in a `content` by name, with what stands in their brackets: `leader('.')`."""
    return {
        token.lower_name: significant(token.arguments) for token in significant(content) if token.type == "function"
    }
