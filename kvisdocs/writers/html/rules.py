"""What HTML's elements, attributes and CSS's properties mean to both writers alike, and what of them one does not heed.

WeasyPrint takes an attribute for a hint of the look, and heeds hints all or not at all; so those that the contract has
become a stylesheet, which stands before the document's own and gives way to it. All others are told, once a kind.

Of the CSS properties, those that both have are in word/css/properties.py, since each needs a reader there; a test holds
the lists here to what WeasyPrint knows.
"""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Position, Problem, Severity, nearest, suggest
from kvisdocs.templating.html import POSITION_ATTRIBUTE, HtmlDocument
from kvisdocs.writers.pictures.pictures import local_name

KNOWN_ELEMENTS = {
    *("html", "body", "div", "section", "article", "header", "footer", "main", "nav", "aside", "address"),
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "blockquote", "figure", "figcaption"),
    *("ul", "ol", "li", "dl", "dt", "dd"),
    *("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"),
    *("a", "abbr", "b", "bdi", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q"),
    *("label", "s", "samp", "small", "span", "strong", "sub", "sup", "svg", "time", "u", "var", "wbr"),
}
"""The elements of the contract. What else HTML has, each file shows in its own way."""

OTHER_ELEMENTS = {
    *("audio", "bdo", "big", "button", "canvas", "center", "datalist", "details", "dialog", "dir", "embed", "fieldset"),
    *(
        "font",
        "form",
        "hgroup",
        "iframe",
        "input",
        "legend",
        "map",
        "math",
        "menu",
        "meter",
        "nobr",
        "noscript",
        "object",
    ),
    *("optgroup", "option", "output", "picture", "progress", "rp", "rt", "ruby", "search", "select", "slot", "strike"),
    *("summary", "textarea", "tt", "video"),
}
"""Other elements of HTML, which nobody mistyped."""

LIST_TYPES = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
    "disc": "disc",
    "circle": "circle",
    "square": "square",
}
"""`type` of a list or an item, and the `list-style-type` that it means (HTML Standard, 15.3.7)."""

NOT_HEEDED = {
    "align": N_("text-align, or margin for a table or picture"),
    "valign": "vertical-align",
    "bgcolor": "background-color",
    "background": "background-color",
    "nowrap": "white-space: nowrap",
    "border": "border",
    "rules": "border",
    "frame": "border",
    "cellpadding": "padding",
    "cellspacing": "padding",
    "color": "color",
    "face": "font-family",
    "size": N_("font-size, or height"),
    "noshade": "border-top",
    "compact": "margin",
    "clear": "clear",
    "hspace": "margin",
    "vspace": "margin",
}
"""Attributes of old HTML that neither file heeds, and the property to use instead."""

SIZED = {"img", "svg", "input"}
BEFORE_ANY = """
html { quotes: '”' '”' '’' '’' }
th, caption { text-align: center }
[hidden] { display: none }
:where(img, svg) { max-width: 100% }
"""
SEE = N_("see: kvisdocs docs templates")

_HIDDEN = {"head", "title", "meta", "link", "style", "script", "template"}
_SIZE = re.compile(r"\s*(\d{1,5}(?:\.\d{1,3})?)(%?)\s*")
_WATCHED = {*NOT_HEEDED, "width", "height", "type", "start", "value", "reversed", "dir"}


def attribute_style(root: Element) -> str:
    """The stylesheet that the attributes of the document below `root` come to, quotation marks and all."""
    rules = [
        f':where(:is(ol, ul, li)[type="{name}"]) {{ list-style-type: {style} }}' for name, style in LIST_TYPES.items()
    ]
    sizes = {
        (name, value)
        for picture in root.iter("img")
        for name in ("width", "height")
        if (value := picture.get(name)) and _SIZE.fullmatch(value)
    }
    rules += [f':where(img[{name}="{value}"]) {{ {name}: {_length(value)} }}' for name, value in sorted(sizes)]
    return BEFORE_ANY + "\n".join(rules)


def find_remarks(root: Element, document: HtmlDocument) -> list[Problem]:
    """What the document below `root` says in HTML that neither file heeds, or that each shows in its own way."""
    found: list[Problem] = []
    for element in _shown(root):
        if element.tag in KNOWN_ELEMENTS and element.attrib.keys().isdisjoint(_WATCHED):
            continue  # nearly all, and there may be a hundred thousand
        for what, todo in _remarks(element):
            found.append(Problem(document.position(element.get(POSITION_ATTRIBUTE)), what, todo, Severity.WARNING))
    return found


def is_number(text: str | None) -> bool:
    """Whether a list can begin with it in both files: 0 to 32,767, the most that Word counts to."""
    return re.fullmatch(r"\s*\d{1,5}\s*", text or "", re.ASCII) is not None and int(text or 0) <= 32_767


def _shown(root: Element) -> Iterator[Element]:
    """The elements of HTML, in order; what is inside a picture, or shows nowhere, is none."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if isinstance(element.tag, str) and element.tag not in _HIDDEN:
            foreign = element.tag[0] == "{"
            if not foreign or local_name(element) != "svg":
                yield element
            waiting += [] if foreign else reversed(element)


def _remarks(element: Element) -> Iterator[tuple[Message, Message]]:
    name = local_name(element)
    if name not in KNOWN_ELEMENTS and not _is_checkbox(element):
        what = message(
            "html.element.not_in_contract",
            "<{name}> is not in the contract: the PDF and the Word file may differ in what they show of it",
            name=name,
        )
        yield what, SEE if name in OTHER_ELEMENTS else suggest(name, KNOWN_ELEMENTS, SEE)
    if not element.attrib.keys().isdisjoint(_WATCHED):
        yield from _attribute_remarks(name, element.attrib)


def _attribute_remarks(name: str, said: Mapping[str, str]) -> Iterator[tuple[Message, Message]]:
    for attribute, instead in NOT_HEEDED.items():
        if attribute in said:
            what = message(
                "html.attribute.not_heeded",
                'neither file heeds "{attribute}" of <{name}>',
                attribute=attribute,
                name=name,
            )
            yield what, N_("say it in the stylesheet: {instead}", instead=instead)
    for attribute in ("width", "height"):
        if attribute in said and (name not in SIZED or (name == "img" and not _SIZE.fullmatch(said[attribute]))):
            what = message(
                "html.attribute.size",
                'neither file heeds {attribute}="{value}" of <{name}>',
                attribute=attribute,
                value=said[attribute][:20],
                name=name,
            )
            yield what, N_("say it in the stylesheet: {attribute}", attribute=attribute)
    if name in {"ol", "ul", "li"}:
        yield from _list_remarks(name, said)
    if said.get("dir", "").strip().lower() not in {"", "ltr", "rtl"}:
        what = message("html.attribute.dir", 'neither file heeds dir="{value}"', value=said["dir"][:20])
        yield what, N_('write dir="rtl", or "ltr"')


def _list_remarks(name: str, said: Mapping[str, str]) -> Iterator[tuple[Message, Message]]:
    if "type" in said and said["type"] not in LIST_TYPES:
        what = message(
            "html.attribute.list_type",
            'neither file heeds type="{value}" of <{name}>',
            value=said["type"][:20],
            name=name,
        )
        yield what, suggest(said["type"], LIST_TYPES)
    if "reversed" in said:
        what = message("html.attribute.reversed", "neither file has a list that counts down")
        yield what, N_("write the numbers as text")
    number = {"ol": "start", "li": "value"}.get(name, "")
    if number in said and not is_number(said[number]):
        what = message(
            "html.attribute.list_number",
            '{attribute}="{value}" of <{name}> is no number that both files can begin with',
            attribute=number,
            value=said[number][:20],
            name=name,
        )
        yield what, N_("write one from 0 to 32767, or the numbers as text")


def _is_checkbox(element: Element) -> bool:
    return element.tag == "input" and element.get("type", "").lower() == "checkbox"


def _length(said: str) -> str:
    found = _SIZE.fullmatch(said)
    return f"{found[1]}{found[2] or 'px'}" if found else "auto"


PDF_ALONE = frozenset({
    "align-content", "anchor", "appearance", "background-attachment", "background-clip",
    "background-image", "background-origin", "background-position", "background-repeat", "background-size", "bleed",
    "bleed-bottom", "bleed-left", "bleed-right", "bleed-top", "block-ellipsis", "block-size", "bookmark-state",
    "border-block", "border-block-color", "border-block-end", "border-block-end-color", "border-block-end-style",
    "border-block-end-width", "border-block-start", "border-block-start-color", "border-block-start-style",
    "border-block-start-width", "border-block-style", "border-block-width", "border-bottom-left-radius",
    "border-bottom-right-radius", "border-end-end-radius", "border-end-start-radius", "border-image",
    "border-image-outset", "border-image-repeat", "border-image-slice", "border-image-source", "border-image-width",
    "border-inline", "border-inline-color", "border-inline-end", "border-inline-end-color", "border-inline-end-style",
    "border-inline-end-width", "border-inline-start", "border-inline-start-color", "border-inline-start-style",
    "border-inline-start-width", "border-inline-style", "border-inline-width", "border-radius",
    "border-start-end-radius", "border-start-start-radius", "border-top-left-radius", "border-top-right-radius",
    "box-decoration-break", "box-shadow", "clip", "color-scheme", "column-fill", "column-rule", "column-rule-color",
    "column-rule-style", "column-rule-width", "column-span", "column-width", "continue", "empty-cells",
    "font-feature-settings",
    "font-kerning", "font-language-override", "font-stretch", "font-variant-alternates", "font-variant-east-asian",
    "font-variant-ligatures", "font-variant-position", "font-variation-settings", "footnote-display",
    "footnote-policy", "grid", "grid-area", "grid-auto-columns", "grid-auto-flow", "grid-auto-rows",
    "grid-column", "grid-column-end", "grid-column-gap", "grid-column-start", "grid-gap", "grid-row", "grid-row-end",
    "grid-row-gap", "grid-row-start", "grid-template", "grid-template-areas", "grid-template-columns",
    "grid-template-rows", "hyphenate-character", "hyphenate-limit-chars", "hyphenate-limit-zone", "image-orientation",
    "image-rendering", "image-resolution", "inline-size", "inset", "inset-block", "inset-block-end",
    "inset-block-start", "inset-inline", "inset-inline-end", "inset-inline-start", "justify-items",
    "justify-self", "lang", "line-clamp", "list-style-image", "margin-block", "margin-block-end",
    "margin-block-start", "margin-break", "margin-inline", "margin-inline-end", "margin-inline-start", "marks",
    "mask-border", "mask-border-mode", "mask-border-outset", "mask-border-repeat", "mask-border-slice",
    "mask-border-source", "mask-border-width", "max-block-size", "max-inline-size", "max-lines", "min-block-size",
    "min-height", "min-inline-size", "min-width", "object-fit", "object-position", "opacity", "order", "outline",
    "outline-color", "outline-offset", "outline-style", "outline-width", "overflow", "padding-block",
    "padding-block-end", "padding-block-start", "padding-inline", "padding-inline-end", "padding-inline-start",
    "place-content", "place-items", "place-self", "size", "tab-size", "text-align-all", "text-align-last",
    "text-decoration-color", "text-decoration-style", "text-decoration-thickness", "text-overflow",
    "text-underline-offset", "transform", "transform-origin", "visibility", "word-spacing", "word-wrap", "z-index",
})  # fmt: skip
"""What the PDF draws and Word has no place for."""

COMMON = frozenset({
    "background", "background-color", "border", "border-top", "border-right", "border-bottom", "border-left",
    "border-collapse", "border-color", "border-style", "border-width", "break-after", "break-before", "break-inside",
    "color", "columns", "column-count", "column-gap", "content", "direction", "display", "float", "font",
    "font-family", "font-size", "font-style", "font-weight", "height", "hyphens", "letter-spacing", "line-height",
    "list-style", "list-style-type", "margin", "margin-top", "margin-right", "margin-bottom", "margin-left",
    "max-height", "max-width", "min-height", "min-width", "orphans", "padding", "padding-top", "padding-right",
    "padding-bottom", "padding-left", "page", "position", "text-align", "text-decoration", "text-indent",
    "text-transform", "top", "right", "bottom", "left", "vertical-align", "white-space", "widows", "width",
})  # fmt: skip
"""Names that somebody may have meant who wrote another one."""


def unknown_name(name: str, place: Position) -> Problem:
    """Neither file has the property, or `@rule`: both writers say so in the same words, and so it is told once."""
    if name.startswith("@"):
        what = message("css.rule.unknown", 'CSS "{name}": neither file has such a rule', name=name)
        todo = N_("write what stands in it without it, or delete it")
        return Problem(place, what, todo, Severity.WARNING)
    plain = name.replace("colour", "color").replace("centre", "center")
    near = plain if plain in COMMON else nearest(plain, COMMON)
    todo = N_('did you mean "{near}"?', near=near) if near else N_("correct it, or delete it")
    what = message("css.property.unknown", 'CSS "{name}": neither file has such a property', name=name)
    return Problem(place, what, todo, Severity.WARNING)
