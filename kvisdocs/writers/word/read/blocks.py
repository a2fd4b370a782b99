"""Blocks: containers, paragraphs, rules and block pictures. Part of the walk."""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from kvisdocs.messages import N_, message
from kvisdocs.writers.page_fit import leads_in
from kvisdocs.writers.word.css.boxes import inside_of
from kvisdocs.writers.word.css.computed import INLINE, Computed, word_style
from kvisdocs.writers.word.css.generated import SIDES, Side
from kvisdocs.writers.word.css.page import set_breaks
from kvisdocs.writers.word.model.drafts import Draft, DraftParagraph, join, keep_end_with_next, keep_with_next
from kvisdocs.writers.word.model.formats import PLAIN
from kvisdocs.writers.word.model.inlines import Inline
from kvisdocs.writers.word.read.contents import is_contents, read_contents
from kvisdocs.writers.word.read.context import BlockContext, Box, InlineContext
from kvisdocs.writers.word.read.controls import mark_blocks
from kvisdocs.writers.word.read.flex import read_flex
from kvisdocs.writers.word.read.floats import read_footnote, read_frame
from kvisdocs.writers.word.read.inlines import read_generated, read_inline, read_inside, texts
from kvisdocs.writers.word.read.lists import read_list
from kvisdocs.writers.word.read.sections import enter_box, enter_page, space_around
from kvisdocs.writers.word.read.text import collapse, is_blank
from kvisdocs.writers.word.read.tree import HtmlElement, children
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
        for child in children(element):
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
        for child in children(element):
            values = self.compute(child, computed)
            display = values.word("display")
            if display != "none" and (display not in INLINE or self._holds_blocks(child, values)):
                return True
        return False
