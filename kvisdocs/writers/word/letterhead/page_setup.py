"""What a letterhead changes in how a document is read: page setup, heads and feet, and where the text begins."""

from dataclasses import replace
from typing import Literal

from kvisdocs.messages import N_, listed, message
from kvisdocs.problems import Position, Problem, Severity
from kvisdocs.writers.word.css.page import Page
from kvisdocs.writers.word.letterhead.letterhead import Letterhead
from kvisdocs.writers.word.model.blocks import Style
from kvisdocs.writers.word.model.drafts import Draft, DraftParagraph, is_framed, thin_paragraph
from kvisdocs.writers.word.styles.computed_formats import twips


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
