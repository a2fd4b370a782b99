"""Absolutely placed blocks → paragraphs in a Word frame at that place of the page. Part of the walk in read.py."""

from dataclasses import replace

from kvisdocs.writers.word.blocks import Frame
from kvisdocs.writers.word.computed import Computed, remembered
from kvisdocs.writers.word.drafts import Draft, DraftParagraph
from kvisdocs.writers.word.formats import twips
from kvisdocs.writers.word.place import Place
from kvisdocs.writers.word.tree import HtmlElement
from kvisdocs.writers.word.walk import Walk

ONE_STYLE = "give them one --word-style, or place them as blocks of their own"


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
        walk.note(element, "an absolutely placed block without top stands at the top of the text", "say top: …mm")
    height = None if computed.is_auto("height") else twips(computed.points("height"))
    top = computed.points("top", page.height - page.margins["top"] - page.margins["bottom"])
    frame = Frame(twips(page.margins["left"] + left), twips(page.margins["top"] + top), twips(width), height)
    blocks = walk.block(element, _filling(computed), parent, Place(width, frame=frame))
    found = [block for block in blocks if isinstance(block, DraftParagraph)]
    if len(found) < len(blocks):
        walk.note(element, "a table inside an absolutely placed block is left out", "use paragraphs there")
    if len({paragraph.style for paragraph in found}) > 1:  # LibreOffice 7.4 loses such a frame's place
        walk.note(element, "an absolutely placed block has paragraphs of several styles", ONE_STYLE)
    return list(found)


@remembered
def _filling(computed: Computed) -> Computed:
    """The same values for a block that fills its frame."""
    return replace(computed, values={**computed.values, "width": None}, cache={}, memory={})
