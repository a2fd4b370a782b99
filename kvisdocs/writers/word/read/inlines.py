"""What stands inside a paragraph: texts in their looks, breaks, links, pictures, fields. Part of the walk.

A field that a caseworker may change (`data-field`) is a content control in Word (ECMA-376, 17.5.2), and nothing at all
in the PDF.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element

from kvisdocs.messages import N_, message
from kvisdocs.problems import Severity
from kvisdocs.writers.html.directions import split_directions
from kvisdocs.writers.pictures.rasters import PictureError
from kvisdocs.writers.word.css.computed import Computed, word_style
from kvisdocs.writers.word.css.defaults import ends_a_line
from kvisdocs.writers.word.css.generated import Side
from kvisdocs.writers.word.model.drafts import Draft, is_framed
from kvisdocs.writers.word.model.inlines import Checkbox, Control, Inline, LineBreak, Link, Text
from kvisdocs.writers.word.read.context import InlineContext, Mark, target_of
from kvisdocs.writers.word.read.images import find_words, read_img, read_svg
from kvisdocs.writers.word.read.text import is_blank, preserve, transform
from kvisdocs.writers.word.read.tree import HtmlElement, is_checkbox, plain_text
from kvisdocs.writers.word.read.walk import Walk
from kvisdocs.writers.word.styles.computed_formats import is_rtl, run_border, run_format

RAISED: dict[str, Literal["superscript", "subscript"]] = {"super": "superscript", "sub": "subscript"}
_SAFE_IN_ADDRESS = "!#$%&'()*+,/:;=?@[]~"


def read_inside(walk: Walk, element: HtmlElement, computed: Computed, around: InlineContext) -> Iterator[Inline]:
    """The inlines inside an element, generated text at its ends included."""
    yield from read_generated(walk, element, "before", computed, around)
    yield from texts(element.etree_element.text, computed, around)
    for child in element.children:
        values = walk.compute(child, computed)
        if not walk.taken_out(child, values, computed):
            yield from read_inline(walk, child, values, computed, around)
        yield from texts(child.etree_element.tail, computed, around)
    yield from read_generated(walk, element, "after", computed, around)


def read_generated(
    walk: Walk, element: HtmlElement, side: Side, computed: Computed, around: InlineContext
) -> Iterator[Inline]:
    """The text of an element's `::before` or `::after`, where it has one."""
    found = walk.generated.get((element, side))
    if found is not None:
        yield from texts(found.text, found.computed, _inside(found.computed, computed, around))


def read_inline(
    walk: Walk, element: HtmlElement, computed: Computed, parent: Computed, around: InlineContext
) -> Iterator[Inline]:
    """The inlines that one inline element gives, itself included."""
    if computed.word("float") == "footnote" and not walk.outside:
        yield from walk.footnote(element, computed, parent, around)
        return
    walk.look_at(element, computed)
    if computed.word("position") == "absolute":
        what = message(
            "word.position.in_paragraph",
            "an absolutely placed element inside a paragraph stands in the text in the Word file",
        )
        walk.note(element, what, N_("make it a block of its own"))
    bookmark = walk.anchors.bookmark(element.etree_element)
    if bookmark is not None:
        yield bookmark
    yield from wrap_inlines(walk, element, _content(walk, element, computed, parent, around))


def _content(
    walk: Walk, element: HtmlElement, computed: Computed, parent: Computed, around: InlineContext
) -> Iterator[Inline]:
    match element.local_name:
        case "br":
            yield LineBreak()
        case "input" if is_checkbox(element.etree_element):
            yield read_checkbox(walk, element, computed, around)
        case "wbr":
            yield Text("\N{ZERO WIDTH SPACE}", run_format(computed))
        case "img" | "svg":
            yield from _picture(walk, element, computed, around.width)
        case "a":
            yield from _link(
                walk, element, computed, tuple(read_inside(walk, element, computed, _inside(computed, parent, around)))
            )
        case _:
            yield from read_inside(walk, element, computed, _inside(computed, parent, around))


def texts(text: str | None, computed: Computed, around: InlineContext) -> Iterator[Inline]:
    """A stretch of text in the look that it has here."""
    if not text:
        return
    shown = transform(text, computed.word("text-transform"))
    look = run_format(computed, around.shade, around.raised, around.border)
    match computed.word("white-space"):
        case "normal" | "nowrap":
            for stretch, rtl in split_directions(shown, is_rtl(computed)):
                yield Text(stretch, replace(look, rtl=True) if rtl else look, around.style)
        case kind:
            for stretch, rtl in split_directions(shown, is_rtl(computed)):
                own = replace(look, rtl=True) if rtl else look
                yield from preserve(stretch, own, around.style, spaces=kind != "pre-line")


def _inside(computed: Computed, parent: Computed, around: InlineContext) -> InlineContext:
    """What an inline element hands down: a character style if it names one of its own, its background, its height."""
    own = word_style(computed)
    return replace(
        around,
        style=own if own and own != word_style(parent) else around.style,
        shade=computed.color("background-color") or around.shade,
        border=run_border(computed) or around.border,
        raised=RAISED.get(computed.word("vertical-align"), around.raised),
    )


def _link(walk: Walk, element: HtmlElement, computed: Computed, inside: tuple[Inline, ...]) -> Iterator[Inline]:
    href = element.etree_element.get("href")
    content = walk.cascade.find_content(element, computed, "after")
    if content is not None and ends_a_line(content[1]):
        what = message(
            "word.link.page", "a link that names its page does so in the Word file in a table of contents alone"
        )
        walk.note(element, what, N_('write it in <nav class="toc">, or put the rule in @media pdf {{ … }}'))
    target = target_of(href)
    if href is None:
        yield from inside
    elif target is not None:
        anchor = walk.anchors.name_of(target)
        if anchor is None:
            what = message("word.link.target", 'the link goes to "{href}", which is nowhere', href=href)
            walk.note(element, what, N_("correct the id"), Severity.WARNING)
            yield from inside
        else:
            yield Link(inside, anchor=anchor)
    elif _is_address(href.strip()):
        yield Link(inside, url=quote(href.strip(), safe=_SAFE_IN_ADDRESS))
    else:
        what = message("word.link.address", 'the link goes to "{href}", which is no address', href=href)
        walk.note(element, what, N_("correct the address"), Severity.WARNING)
        yield from inside


def _is_address(href: str) -> bool:
    """Word calls a file corrupt for an address that cannot be taken apart."""
    try:
        parts = urlsplit(href)
        return bool(href) and parts.port != 0 and (parts.scheme not in {"http", "https"} or bool(parts.hostname))
    except ValueError:
        return False


def _picture(walk: Walk, element: HtmlElement, computed: Computed, width: float) -> Iterator[Inline]:
    words = find_words(element.etree_element)
    if words is None:
        hint = "<title>…</title>" if element.local_name == "svg" else 'alt="…"'
        todo = N_('write what it shows: {hint}; decoration says role="presentation"', hint=hint)
        walk.fail(element, message("word.picture.no_words", "a picture has no alternative text"), todo)
    try:
        read = read_svg if element.local_name == "svg" else read_img
        yield read(element.etree_element, words or "", computed, width, walk.document.assets)
    except PictureError as error:
        otherwise = N_("put the file into the templates folder, or correct it")
        walk.fail(element, error.what, error.todo or otherwise)


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
