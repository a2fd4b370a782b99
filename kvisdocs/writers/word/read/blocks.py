"""Blocks: containers, paragraphs, rules, pictures, frames and footnotes. Part of the walk.

`float: footnote` has its call in the text and its paragraph at the foot of the page (CSS GCPM 3, 2.3). An absolutely
placed block becomes paragraphs in a Word frame at that place of the page.
"""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from kvisdocs.messages import N_, message
from kvisdocs.writers.page_fit import leads_in
from kvisdocs.writers.word.css.boxes import inside_of, set_breaks
from kvisdocs.writers.word.css.computed import INLINE, Computed, remembered, word_style
from kvisdocs.writers.word.css.generated import SIDES, Side
from kvisdocs.writers.word.model.blocks import Frame
from kvisdocs.writers.word.model.drafts import Draft, DraftParagraph, join, keep_end_with_next, keep_with_next
from kvisdocs.writers.word.model.inlines import PLAIN, FootnoteCall, FootnoteMark, Inline, RunFormat, Text
from kvisdocs.writers.word.read.contents import is_contents, read_contents
from kvisdocs.writers.word.read.context import BlockContext, Box, InlineContext
from kvisdocs.writers.word.read.flex import read_flex
from kvisdocs.writers.word.read.inlines import RAISED, mark_blocks, read_generated, read_inline, read_inside, texts
from kvisdocs.writers.word.read.lists import read_list
from kvisdocs.writers.word.read.sections import enter_box, enter_page, space_around
from kvisdocs.writers.word.read.text import collapse, is_blank
from kvisdocs.writers.word.read.tree import HtmlElement
from kvisdocs.writers.word.read.walk import Walk
from kvisdocs.writers.word.styles.computed_formats import placed_formats, run_format, twips
from kvisdocs.writers.word.tables.tables import read_table


class BlockWalk(Walk):
    """A walk that knows how to read blocks."""

    def flow(self, element: HtmlElement, computed: Computed, place: BlockContext) -> list[Draft]:
        """The blocks inside a container: its block children, and paragraphs of the text between them."""
        found: list[Draft] = []
        around = InlineContext(place.width)
        waiting: list[Inline] = []

        def flush() -> None:
            if not is_blank(waiting):
                join(found, [self.paragraph(tuple(waiting), computed, place, own=False)])
            waiting.clear()

        def generate(side: Side) -> None:
            text = self.generated.get((element, side))
            if text is not None and text.is_block:
                flush()
                join(found, [self.paragraph(tuple(texts(text.text, text.computed, around)), text.computed, place)])
            else:
                waiting.extend(read_generated(self, element, side, computed, around))

        generate("before")
        waiting += texts(element.etree_element.text, computed, around)
        before: Element | None = None
        for child in element.children:
            values = self.compute(child, computed)
            if self.taken_out(child, values, computed):
                pass
            elif values.word("position") == "absolute":
                flush()
                found += read_frame(self, child, values, computed)
            elif values.word("display") in INLINE and not self._holds_blocks(child, values):
                waiting += read_inline(self, child, values, computed, around)
            else:
                flush()
                blocks = self.block(child, values, computed, place)
                if blocks and (values.word("break-before") == "avoid" or leads_in(before, child.etree_element)):
                    keep_end_with_next(found)
                join(found, blocks)
            before = child.etree_element
            waiting += texts(child.etree_element.tail, computed, around)
        generate("after")
        flush()
        return found

    def block(self, element: HtmlElement, computed: Computed, parent: Computed, place: BlockContext) -> list[Draft]:
        """The blocks that one block element gives."""
        self.look_at(element, computed)
        self.anchors.wait(element.etree_element)
        if element.local_name == "a" and element.etree_element.get("href"):
            what = message("word.link.around_blocks", "a link around blocks has no place in the Word file")
            self.note(element, what, N_("put it inside the paragraph"))
        place = enter_page(self, element, computed, parent, place)
        blocks = self._blocks(element, computed, parent, place)
        mark_blocks(self, element, blocks)
        set_breaks(blocks, computed)
        return blocks

    def _blocks(self, element: HtmlElement, computed: Computed, parent: Computed, place: BlockContext) -> list[Draft]:
        match element.local_name:
            case "table":
                return read_table(self, element, computed, place)
            case "ul" | "ol":
                return read_list(self, element, computed, place)
            case "hr":
                return [self._rule(computed, place)]
            case "svg" | "img":
                return [self._block_picture(element, computed, parent, place)]
        if computed.word("display") == "flex" and computed.word("flex-direction") == "row":
            return read_flex(self, element, computed, place)
        if is_contents(element.etree_element):
            return read_contents(self, element, computed, place)
        if self._holds_blocks(element, computed):
            return self._container(element, computed, place)
        inside = enter_box(self, element, computed, place)
        inlines = tuple(read_inside(self, element, computed, InlineContext(inside.width)))
        return [] if is_blank(inlines) else [self.paragraph(inlines, computed, inside)]

    def paragraph(
        self, inlines: tuple[Inline, ...], computed: Computed, place: BlockContext, own: bool = True
    ) -> DraftParagraph:
        """A paragraph with these values at this place. Without `own`, margins and breaks are the container's."""
        box = place.box or Box(None, None)
        format, placed = placed_formats(computed, own, place.left, place.right, box.borders, box.shade)
        style = word_style(computed) or "Normal"
        shown = (*self.anchors.take(), *collapse(inlines))
        return DraftParagraph(
            shown, style, format, placed, run_format(computed), place.items, place.frame, place.box, region=place.region
        )

    def footnote(
        self, element: HtmlElement, computed: Computed, parent: Computed, around: InlineContext
    ) -> Iterator[Inline]:
        """What calls a footnote; the footnote itself goes to `footnotes`."""
        return read_footnote(self, element, computed, parent, around)

    def _container(self, element: HtmlElement, computed: Computed, place: BlockContext) -> list[Draft]:
        inside = enter_box(self, element, computed, place)
        blocks = self.flow(element, computed, inside)
        space_around(blocks, computed, place, inside)
        if computed.word("break-inside") == "avoid":
            keep_with_next(blocks[:-1])
        return blocks

    def _rule(self, computed: Computed, place: BlockContext) -> DraftParagraph:
        """`<hr>`: a paragraph as high as the rule, which is its border or its background."""
        paragraph = self.paragraph((), computed, inside_of(computed, place))
        high = max(20, twips(computed.points("height")))
        paragraph.style, paragraph.base = "Normal", PLAIN
        paragraph.format = replace(paragraph.format, line=high, line_exact=True, first_line=0)
        return paragraph

    def _block_picture(
        self, element: HtmlElement, computed: Computed, parent: Computed, place: BlockContext
    ) -> DraftParagraph:
        centred = computed.is_auto("margin-left") and computed.is_auto("margin-right")
        inlines = tuple(read_inline(self, element, computed, parent, InlineContext(place.width)))
        margin = computed.points("margin-left", place.width)
        paragraph = self.paragraph(inlines, computed, replace(place, left=place.left + margin))
        if centred:
            paragraph.format = replace(paragraph.format, align="center")
        return paragraph

    def _holds_blocks(self, element: HtmlElement, computed: Computed) -> bool:
        sides = [self.generated.get((element, side)) for side in SIDES] if self.generated else []
        if any(text is not None and text.is_block for text in sides):
            return True
        for child in element.children:
            values = self.compute(child, computed)
            display = values.word("display")
            if display != "none" and (display not in INLINE or self._holds_blocks(child, values)):
                return True
        return False


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
