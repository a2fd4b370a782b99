"""Fields that a caseworker may change (`data-field`) and boxes to tick. Part of the walk.

A field is a content control in Word (ECMA-376, 17.5.2), and nothing at all in the PDF.
"""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from kvisdocs.messages import N_, message
from kvisdocs.writers.word.css.computed import Computed
from kvisdocs.writers.word.model.drafts import Draft, is_framed
from kvisdocs.writers.word.model.inlines import Checkbox, Control, Inline
from kvisdocs.writers.word.read.context import InlineContext, Mark
from kvisdocs.writers.word.read.text import is_blank
from kvisdocs.writers.word.read.tree import HtmlElement, is_checkbox, plain_text
from kvisdocs.writers.word.read.walk import Walk
from kvisdocs.writers.word.styles.computed_formats import run_format

MAX_NAME = 64
"""Word's limit for the title and the tag of a content control."""

EMPTY = message("word.field.empty", "an empty field cannot be found in the Word file, and is left out")
FILL = N_("let the template write a word there, or leave the data-field out where there is none")


def mark_blocks(walk: Walk, element: HtmlElement, blocks: Sequence[Draft]) -> None:
    """Make the blocks of an element with `data-field` one field."""
    mark = _read_mark(element.etree_element)
    if mark is None:
        return
    if not blocks:
        walk.note(element, EMPTY, FILL)
    elif any(is_framed(block) for block in blocks) or len({block.region for block in blocks}) > 1:
        what = message(
            "word.field.blocks", "a field cannot hold placed blocks, columns or other kinds of pages in the Word file"
        )
        walk.note(element, what, N_("put data-field on the blocks inside"))
    elif any(block.mark is not None for block in blocks):
        what = message("word.field.nested", "a field around fields is left out in the Word file")
        walk.note(element, what, N_("leave data-field on the inner ones"))
    else:
        for block in blocks:
            block.mark = mark


def wrap_inlines(walk: Walk, element: HtmlElement, inlines: Iterator[Inline]) -> Iterator[Inline]:
    """The inlines of an element; with `data-field` as one field."""
    mark = _read_mark(element.etree_element)
    if mark is None:
        yield from inlines
        return
    inside = tuple(inlines)
    if is_blank(inside):
        walk.note(element, EMPTY, FILL)
        yield from inside
    else:
        yield Control(inside, mark.name, mark.title)


def read_checkbox(walk: Walk, element: HtmlElement, computed: Computed, around: InlineContext) -> Checkbox:
    """A box to tick, with the words of the label around it."""
    own = element.etree_element
    label = element.parent
    while label is not None and label.local_name != "label":
        label = label.parent
    words = own.get("aria-label") or (plain_text(label) if label is not None else "")
    if not words:
        what = message("word.checkbox.no_label", "a checkbox has no label")
        walk.fail(element, what, N_('write <label><input type="checkbox"> Ja</label>'))
    look = run_format(computed, around.shade, around.raised)
    name = own.get("data-field") or own.get("name")
    return Checkbox(own.get("checked") is not None, words[:MAX_NAME], name[:MAX_NAME] if name else None, look)


def _read_mark(element: Element) -> Mark | None:
    name = " ".join(element.get("data-field", "").split())[:MAX_NAME]
    if not name or is_checkbox(element):
        return None
    title = " ".join((element.get("title") or element.get("data-title") or name).split())
    return Mark(name, title[:MAX_NAME])
