"""The CSS properties that the PDF has and Word not, and those that neither has: both writers judge by this list.

Those that both have are in word/properties.py, since each needs a reader there; a test holds this list to what
WeasyPrint knows.
"""

from kvisdocs.messages import N_, message
from kvisdocs.problems import Position, Problem, Severity, nearest

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
