"""`float: footnote` → a footnote: its call in the text, its paragraph at the foot of the page (CSS GCPM 3, 2.3).

Part of the walk in read.py.
"""

from collections.abc import Iterator
from dataclasses import replace

from kvisdocs.writers.word.computed import Computed
from kvisdocs.writers.word.formats import run_format
from kvisdocs.writers.word.looks import RunFormat
from kvisdocs.writers.word.pieces import FootnoteCall, FootnoteMark, Inline, Text
from kvisdocs.writers.word.place import Around, Place
from kvisdocs.writers.word.read_inlines import RAISED, read_inside
from kvisdocs.writers.word.tree import HtmlElement
from kvisdocs.writers.word.walk import Walk

TEXT_STYLE, REFERENCE_STYLE = "Footnote Text", "Footnote Reference"
"""Word's own styles, worn where the stylesheet names no other."""


def read_footnote(
    walk: Walk, element: HtmlElement, computed: Computed, parent: Computed, around: Around
) -> Iterator[Inline]:
    """The call of a footnote. Its paragraph goes to `walk.footnotes`, with its number and a space before the text."""
    bookmark = walk.anchors.bookmark(element.etree_element)
    if bookmark is not None:
        yield bookmark
    waiting = walk.anchors.take()  # bookmarks of the block that calls: they are not the note's
    walk.outside = True
    width = walk.page.content_width
    paragraph = walk.paragraph(tuple(read_inside(walk, element, computed, Around(width))), computed, Place(width))
    walk.outside = False
    walk.anchors.keep(waiting)
    paragraph.style = _own_style(computed, parent, TEXT_STYLE)
    mark = FootnoteMark(*_look(walk, element, computed, "footnote-marker"))
    space = Text(" ", replace(paragraph.base))
    paragraph.children = (mark, *_with_space(space, paragraph.children))
    walk.footnotes.append([paragraph])
    look, style = _look(walk, element, computed, "footnote-call", around)
    yield FootnoteCall(len(walk.footnotes), look, style)


def _with_space(space: Text, children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A space before the text, in one run with it where they look alike."""
    first = children[0] if children else None
    if isinstance(first, Text) and (first.format, first.style) == (space.format, space.style):
        return (replace(first, text=space.text + first.text), *children[1:])
    return (space, *children)


def _look(
    walk: Walk, element: HtmlElement, computed: Computed, pseudo: str, around: Around | None = None
) -> tuple[RunFormat, str]:
    values = walk.cascade.compute_pseudo(element, computed, pseudo)
    shade = values.color("background-color") or (around.shade if around else None)
    look = run_format(values, shade, RAISED.get(values.word("vertical-align")))
    return look, _own_style(values, computed, REFERENCE_STYLE)


def _own_style(values: Computed, above: Computed, otherwise: str) -> str:
    own = values.custom("--word-style")
    return own if own and own != above.custom("--word-style") else otherwise
