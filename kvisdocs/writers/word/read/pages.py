"""Page setup, heads and feet: what stands in them, the section that holds it, and what a letterhead changes of it."""

from dataclasses import dataclass, replace
from typing import Literal

from tinycss2.ast import Node

from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import Position, Problem, Severity
from kvisdocs.writers.word.css.boxes import Page, read_page
from kvisdocs.writers.word.css.computed import Computed
from kvisdocs.writers.word.css.stylesheet import Declared
from kvisdocs.writers.word.css.values import Units, significant
from kvisdocs.writers.word.letterhead.letterhead import Letterhead
from kvisdocs.writers.word.model.blocks import Section, Style
from kvisdocs.writers.word.model.drafts import (
    Draft,
    DraftParagraph,
    DraftTable,
    is_framed,
    measure_height,
    thin_paragraph,
)
from kvisdocs.writers.word.model.inlines import Field, Inline, LineBreak, Margins, Tab, TabStop, Text
from kvisdocs.writers.word.read.context import Columns, Region
from kvisdocs.writers.word.read.text import preserve, transform
from kvisdocs.writers.word.read.walk import Walk
from kvisdocs.writers.word.styles.computed_formats import paragraph_format, run_format, twips
from kvisdocs.writers.word.styles.stylebook import StyleBook


def fit_pages(page: Page, first: Page, letterhead: Letterhead | None, given: bool = True) -> tuple[Page, Page]:
    """The stylesheet's pages with the letterhead's paper and margins, and without the boxes where it has its own.

    Pages that are not `given`, of another kind than the body's, keep their own paper and margins.
    The first page begins lower only where a head of ours reaches down; below a head of the letterhead's, `begin_below`
    does that.
    """
    if letterhead is None:
        return page, first
    lower = first.margins["top"] > page.margins["top"]
    paper = letterhead.page
    if given and paper is not None:
        margins = {side: getattr(paper, side) / 20 for side in ("top", "left", "bottom", "right")}
        page = replace(page, width=paper.width / 20, height=paper.height / 20, margins=margins)
    ours = "header" not in letterhead.edges
    top = max(page.margins["top"], first.margins["top"]) if lower and ours else page.margins["top"]
    first = replace(first, width=page.width, height=page.height, margins={**page.margins, "top": top})
    dropped = tuple({"header": "top", "footer": "bottom"}[edge] for edge in letterhead.edges)
    return _without(page, dropped), _without(first, dropped)


def _without(page: Page, edges: tuple[str, ...]) -> Page:
    return replace(page, boxes={name: box for name, box in page.boxes.items() if not name.startswith(edges)})


def find_distance(letterhead: Letterhead | None, edge: Literal["header", "footer"], own: float) -> int:
    """How far in a head or foot stands, in twips: as the letterhead says where it is its own, else `own` points."""
    if letterhead is None or letterhead.page is None or edge not in letterhead.edges:
        return twips(own)
    return letterhead.page.header_distance if edge == "header" else letterhead.page.footer_distance


def begin_below(flow: list[Draft], page: Page, first: Page, letterhead: Letterhead | None) -> None:
    """Let the text begin where the stylesheet's `@page :first` says, below a head of the letterhead's.

    Word has one top margin to a section, and the head is the designer's: so the first block gets space above it. Where
    the letterhead's own top margin is as low, or the stylesheet's first page begins no lower, or the document begins
    with a table and has no frames that it must stay clear of, that margin holds.
    """
    if letterhead is None or "header" not in letterhead.edges or first.margins["top"] <= page.margins["top"]:
        return
    top = letterhead.page.top if letterhead.page else twips(page.margins["top"])
    missing = twips(first.margins["top"]) - top
    if missing <= 0:
        return
    at = next((number for number, block in enumerate(flow) if not is_framed(block)), len(flow))
    block = flow[at] if at < len(flow) else None
    if isinstance(block, DraftParagraph):
        block.format = replace(block.format, before=(block.format.before or 0) + missing)
    elif at:  # a table, which has no space above it in Word, would stand over the frames before it
        flow.insert(at, thin_paragraph(before=missing - 20))


def find_remarks(letterhead: Letterhead | None, styles: tuple[Style, ...]) -> list[Problem]:
    """What the designer should hear: styles that are not in the letterhead, and what was taken out of it."""
    if letterhead is None:
        return []
    position = Position(letterhead.name)
    found = []
    missing = sorted(style.name for style in styles if letterhead.style_id(style.name, style.kind) is None)
    if missing:
        names = listed(f'"{name}"' for name in missing)
        what = message("letterhead.style.missing", "the letterhead has no style {names}", names=names)
        todo = N_("the stylesheet's is added; define it in the letterhead if it should look otherwise")
        found.append(Problem(position, what, todo, Severity.NOTE))
    if letterhead.removed:
        removed = listed(letterhead.removed)
        what = message("letterhead.settings.removed", "left out of the Word file: {removed}", removed=removed)
        found.append(Problem(position, what, N_("take it out of the letterhead"), Severity.NOTE))
    return found


PLACES = ("left", "center", "right")
_STYLES = {"top": "Header", "bottom": "Footer"}


@dataclass(frozen=True, slots=True)
class _Box:
    """A margin box that holds something. `position` is where its content was declared."""

    place: str
    looks: Computed
    blocks: list[Draft]
    position: Position


@dataclass(slots=True)
class Furniture:
    """Makes heads and feet. `root` is what margin boxes inherit from."""

    walk: Walk
    root: Computed
    styles: StyleBook

    def section(self, region: Region, begins: bool = True) -> Section:
        """The section of this kind of page, without blocks; with `begins`, the document begins with it.

        Word has one top margin to a section, and text begins below a head that reaches further down. So where the first
        page begins lower than the others, its head is made that much higher.
        """
        units = Units(self.root.font_size, self.root.font_size)
        given = region.page == self.walk.page_name
        page = read_page(self.walk.cascade.pages, region.page, False, units)
        first = read_page(self.walk.cascade.pages, region.page, begins, units)
        page, first = fit_pages(page, first, self.styles.letterhead, given)
        header, header_distance = self._strip(page, "top")
        footer, footer_distance = self._strip(page, "bottom")
        first_header, first_distance = self._strip(first, "top")
        first_footer, _ = self._strip(first, "bottom")
        lower = first.margins["top"] > page.margins["top"]
        differs = page.boxes != first.boxes or lower
        if lower:
            first_header = first_header or [thin_paragraph()]
            self._reach_down(first_header, twips(first.margins["top"] - first_distance))
        self._note_other_margins(page, first)
        columns = region.columns or Columns(1, 0.0, 0.0, 0.0, 0, 0)
        margins = {**page.margins, "left": page.margins["left"] + columns.left}
        margins["right"] += columns.right
        return Section(
            twips(page.width),
            twips(page.height),
            Margins(*(twips(margins[side]) for side in ("top", "left", "bottom", "right"))),
            find_distance(self.styles.letterhead, "header", first_distance if first_header else header_distance),
            find_distance(self.styles.letterhead, "footer", footer_distance),
            self.styles.settle(header),
            self.styles.settle(footer),
            self.styles.settle(first_header) if differs else None,
            self.styles.settle(first_footer) if differs else None,
            columns=columns.count,
            column_gap=twips(columns.gap),
            given=given and self.styles.letterhead is not None,
        )

    def _note_other_margins(self, page: Page, first: Page) -> None:
        others = [side for side in ("left", "right", "bottom") if page.margins[side] != first.margins[side]]
        others += ["top"] if first.margins["top"] < page.margins["top"] else []
        if others:
            what = message(
                "word.page.first_margins",
                "@page :first has margins of its own ({sides}), which Word has not",
                sides=listed(others),
            )
            self._report(self.walk.document.position(None), what)

    def _reach_down(self, head: list[Draft], height: int) -> None:
        """Make a head `height` twips high: by space below its last paragraph, which Word wants after a table anyway."""
        missing = height - measure_height(head)
        last = head[-1]
        if isinstance(last, DraftTable):
            look = run_format(self.root)
            own = replace(paragraph_format(self.root), before=0, after=0, line=max(20, missing), line_exact=True)
            head.append(DraftParagraph((), "Header", replace(own, line=0, line_exact=False), own, look))
        elif missing > 0:
            last.format = replace(last.format, after=(last.format.after or 0) + missing)

    def _strip(self, page: Page, edge: str) -> tuple[list[Draft], float]:
        """What stands in a page's head or foot, and its distance from the paper's edge in points."""
        found: list[_Box] = []
        for place in PLACES:
            declared = page.boxes.get(f"{edge}-{place}", ())
            content = next((d for d in reversed(declared) if d.name == "content"), None)
            if content is None:
                continue
            own = tuple(d for d in declared if d.name != "content")
            looks = self.walk.cascade.compute_box((*page.inherited, *own), self.root)
            blocks = self._content(content, looks, page.content_width, _STYLES[edge])
            if blocks:
                found.append(_Box(place, looks, blocks, content.position))
        if not found:
            return [], page.margins[edge] / 2
        return self._side_by_side(found, page), _distance(found[0].looks, page, edge)

    def _content(self, declared: Declared, looks: Computed, width: float, style: str) -> list[Draft]:
        """`content:` → blocks: texts and counters in one paragraph, or a running element."""
        found: list[Inline] = []
        look = run_format(looks)
        for token in significant(declared.tokens):
            name = _argument(token)
            if token.type == "string":
                found += preserve(transform(token.value, looks.word("text-transform")), look, None)
            elif token.type == "function" and token.lower_name == "counter" and name in {"page", "pages"}:
                found.append(Field("PAGE" if name == "page" else "NUMPAGES", "1", look))
            elif token.type == "function" and token.lower_name == "element":
                return self.walk.read_running(name, width) or []
            elif not (token.type == "ident" and token.lower_value in {"none", "normal"}):
                what = message("word.margin_box.content", "this content has no place in a Word header or footer")
                self._report(declared.position, what)
        children = tuple(Text(each.text, each.format) if isinstance(each, Text) else each for each in found)
        own = replace(paragraph_format(looks), before=0, after=0)
        return [DraftParagraph(children, style, own, own, look)] if children else []

    def _side_by_side(self, found: list[_Box], page: Page) -> list[Draft]:
        """Left, centre and right in one paragraph with tab stops, as Word's own headers have them."""
        if len(found) == 1 and (found[0].place == "left" or not _is_line(found[0].blocks)):
            return found[0].blocks
        width = twips(page.content_width)
        stops = {"center": TabStop("center", width // 2), "right": TabStop("right", width)}
        children: list[Inline] = []
        tabs: list[TabStop] = []
        first: DraftParagraph | None = None
        for box in found:
            block = box.blocks[0]
            if not isinstance(block, DraftParagraph) or not _is_line(box.blocks):
                what = message(
                    "word.margin_box.blocks", "margin boxes side by side can hold one paragraph each in Word"
                )
                self._report(box.position, what)
                continue
            if box.place in stops:
                children.append(Tab())
                tabs.append(stops[box.place])
            children += [Text(" ", block.base) if isinstance(each, LineBreak) else each for each in block.children]
            first = first or block
        if first is None:
            return found[0].blocks
        own = replace(first.own, tabs=tuple(tabs), align="left")
        return [DraftParagraph(tuple(children), first.style, own, own, first.base)]

    def _report(self, position: Position, what: Message) -> None:
        self.walk.notes.append(Problem(position, what, N_("see: kvisdocs docs templates"), Severity.NOTE))


def _is_line(blocks: list[Draft]) -> bool:
    return len(blocks) == 1 and isinstance(blocks[0], DraftParagraph)


def _argument(token: Node) -> str:
    arguments = significant(token.arguments) if token.type == "function" else []
    return str(getattr(arguments[0], "value", "")) if arguments else ""


def _distance(looks: Computed, page: Page, edge: str) -> float:
    """From the paper's edge to the head, or to the foot's lower side, in points."""
    align = looks.word("vertical-align")
    near, far = (looks.points(f"padding-{edge}"), looks.points("padding-top" if edge == "bottom" else "padding-bottom"))
    line = looks.line_height or looks.font_size * 1.22
    margin = page.margins[edge]
    if align not in {"top", "bottom"}:
        return max(0.0, (margin - line) / 2)
    return near if align == edge else max(0.0, margin - far - line)
