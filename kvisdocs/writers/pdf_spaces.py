"""Spaces between inline elements, which WeasyPrint 70 leaves out of the file.

In `<strong>Formål</strong> <em>mål</em>` the space is a text of its own, and WeasyPrint draws no text that is white
space alone: on paper there is a gap, but who reads the tags hears one word. So such texts are drawn here like any
other: a space has a glyph.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.draw import text as drawing


class _Space:
    """A text box of white space that does not look like it to WeasyPrint's test, and is the same box in all else."""

    text = "\N{SPACE}."

    def __init__(self, box: Any) -> None:
        self._box = box

    def __getattr__(self, name: str) -> Any:
        return getattr(self._box, name)


@contextmanager
def drawn_spaces() -> Iterator[None]:
    """While it holds, texts of white space are written into the file. For one thread at a time."""
    draw = drawing.draw_first_line

    def draw_all(stream: Any, box: Any, *rest: Any) -> Any:
        return draw(stream, _Space(box) if box.text and not box.text.strip() else box, *rest)

    drawing.draw_first_line = draw_all
    try:
        yield
    finally:
        drawing.draw_first_line = draw
