"""`float: footnote` → a footnote: its call in the text, its paragraph at the foot of the page (CSS GCPM 3, 2.3).

Part of the walk.

Absolutely placed blocks → paragraphs in a Word frame at that place of the page. Part of the walk.
"""

from collections.abc import Iterator
from dataclasses import replace

from kvisdocs.messages import N_, message
from kvisdocs.writers.word.css.computed import Computed, remembered
from kvisdocs.writers.word.model.blocks import Frame
from kvisdocs.writers.word.model.drafts import Draft, DraftParagraph
from kvisdocs.writers.word.model.formats import RunFormat
from kvisdocs.writers.word.model.inlines import FootnoteCall, FootnoteMark, Inline, Text
from kvisdocs.writers.word.read.context import BlockContext, InlineContext
from kvisdocs.writers.word.read.inlines import RAISED, read_inside
from kvisdocs.writers.word.read.tree import HtmlElement
from kvisdocs.writers.word.read.walk import Walk
from kvisdocs.writers.word.styles.computed_formats import run_format, twips

TEXT_STYLE, REFERENCE_STYLE = "Footnote Text", "Footnote Reference"
"""Word's own styles, worn where the stylesheet names no other."""


def read_footnote(
    walk: Walk, element: HtmlElement, computed: Computed, parent: Computed, around: InlineContext
) -> Iterator[Inline]:
    """The call of a footnote. Its paragraph goes to `walk.footnotes`, with its number and a space before the text."""
    bookmark = walk.anchors.bookmark(element.etree_element)
    if bookmark is not None:
        yield bookmark
    waiting = walk.anchors.take()  # bookmarks of the block that calls: they are not the note's
    walk.outside = True
    width = walk.page.content_width
    paragraph = walk.paragraph(
        tuple(read_inside(walk, element, computed, InlineContext(width))), computed, BlockContext(width)
    )
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
    walk: Walk, element: HtmlElement, computed: Computed, pseudo: str, around: InlineContext | None = None
) -> tuple[RunFormat, str]:
    values = walk.cascade.compute_pseudo(element, computed, pseudo)
    shade = values.color("background-color") or (around.shade if around else None)
    look = run_format(values, shade, RAISED.get(values.word("vertical-align")))
    return look, _own_style(values, computed, REFERENCE_STYLE)


def _own_style(values: Computed, above: Computed, otherwise: str) -> str:
    own = values.custom("--word-style")
    return own if own and own != above.custom("--word-style") else otherwise


ONE_STYLE = N_("give them one --word-style, or place them as blocks of their own")


def read_frame(walk: Walk, element: HtmlElement, computed: Computed, parent: Computed) -> list[Draft]:
    """The paragraphs in the frame. The page is the first one, which absolute blocks refer to."""
    page = walk.page
    edges = sum(computed.points(f"padding-{side}") + computed.edge(side) for side in ("left", "right"))
    width = page.content_width
    if not computed.is_auto("width"):
        width = computed.points("width", page.content_width) + edges
    if computed.is_auto("left") and not computed.is_auto("right"):
        left = page.content_width - computed.points("right", page.content_width) - width
    else:
        left = computed.points("left", page.content_width)
    if computed.is_auto("top"):
        what = message("word.position.no_top", "an absolutely placed block without top stands at the top of the text")
        walk.note(element, what, N_("say top: …mm"))
    height = None if computed.is_auto("height") else twips(computed.points("height"))
    top = computed.points("top", page.height - page.margins["top"] - page.margins["bottom"])
    frame = Frame(twips(page.margins["left"] + left), twips(page.margins["top"] + top), twips(width), height)
    blocks = walk.block(element, _filling(computed), parent, BlockContext(width, frame=frame))
    found = [block for block in blocks if isinstance(block, DraftParagraph)]
    if len(found) < len(blocks):
        what = message("word.position.table", "a table inside an absolutely placed block is left out")
        walk.note(element, what, N_("use paragraphs there"))
    if len({paragraph.style for paragraph in found}) > 1:  # LibreOffice 7.4 loses such a frame's place
        what = message("word.position.styles", "an absolutely placed block has paragraphs of several styles")
        walk.note(element, what, ONE_STYLE)
    return list(found)


@remembered
def _filling(computed: Computed) -> Computed:
    """The same values for a block that fills its frame."""
    return replace(computed, values={**computed.values, "width": None}, cache={}, memory={})
