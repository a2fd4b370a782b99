"""What HTML elements are before any stylesheet (HTML Standard, 15.3), as far as Word has it.

The pseudo-elements that a Word file has a place for: generated text, a list's marks, and a footnote's numbers.
"""

from cssselect2.compiler import CompiledSelector
from tinycss2.ast import Node

from kvisdocs.writers.word.css.values import Tokens, significant

HTML_DEFAULTS = """
html, body, div, section, article, header, footer, main, nav, aside, p, h1, h2, h3, h4, h5, h6, ul, ol, dl, dt, dd,
figure, figcaption, blockquote, hr, address, pre { display: block }
li { display: list-item }
table { display: table; border-collapse: separate; text-indent: 0 }
caption { display: table-caption; text-align: center } caption, figcaption { --word-style: "Caption" }
colgroup { display: table-column-group } col { display: table-column }
thead { display: table-header-group } tbody { display: table-row-group } tfoot { display: table-footer-group }
tr { display: table-row } td, th { display: table-cell; padding: 1px; vertical-align: middle; hyphens: auto }
th { font-weight: bold; text-align: center }
head, title, meta, link, style, script, template, [hidden] { display: none }
h1 { font-size: 2em; margin: 0.67em 0; --word-style: "Heading 1" }
h2 { font-size: 1.5em; margin: 0.83em 0; --word-style: "Heading 2" }
h3 { font-size: 1.17em; margin: 1em 0; --word-style: "Heading 3" }
h4 { margin: 1.33em 0; --word-style: "Heading 4" }
h5 { font-size: 0.83em; margin: 1.67em 0; --word-style: "Heading 5" }
h6 { font-size: 0.67em; margin: 2.33em 0; --word-style: "Heading 6" }
h1, h2, h3, h4, h5, h6 { font-weight: bold; break-after: avoid }
body { margin: 8px } p, ul, ol, dl, pre { margin: 1em 0 } :is(ul, ol) :is(ul, ol) { margin: 0 }
ul, ol { padding-left: 40px }
[dir=rtl i] :is(ul, ol), :is(ul, ol)[dir=rtl i] { padding-left: 0; padding-right: 40px }
[dir=rtl i] [dir=ltr i] :is(ul, ol), [dir] :is(ul, ol)[dir=ltr i] { padding-left: 40px; padding-right: 0 }
[dir=ltr i] { direction: ltr } [dir=rtl i] { direction: rtl }
ul { list-style-type: disc } :is(ul, ol) ul { list-style-type: circle }
:is(ul, ol) :is(ul, ol) ul { list-style-type: square }
ol { list-style-type: decimal }
dd { margin-left: 40px } [dir=rtl i] dd { margin-left: 0; margin-right: 40px }
blockquote, figure { margin: 1em 40px } hr { margin: 0.5em 0; border-top: 1px solid gray }
strong, b { font-weight: bold } em, i, cite, dfn, var, address { font-style: italic }
u, ins { text-decoration: underline } s, del { text-decoration: line-through } small { font-size: smaller }
sub { vertical-align: sub; font-size: smaller } sup { vertical-align: super; font-size: smaller }
mark { background-color: #ffff00 } a[href] { text-decoration: underline; --word-style: "Hyperlink" }
q::before { content: open-quote } q::after { content: close-quote }
code, kbd, samp, pre { font-family: monospace } pre { white-space: pre } svg { display: inline-block }
"""

SILENT = {
    *("box-sizing", "clear", "cursor", "string-set", "bookmark-level", "bookmark-label", "overflow-wrap"),
    *("word-break", "font-variant-numeric", "border-spacing"),
}
"""Properties that change nothing a reader of the Word file would miss. Calibri's and Carlito's figures are tabular."""

GENERIC_FONTS = {"serif": "Times New Roman", "sans-serif": "Arial", "monospace": "Courier New"}
"""Fonts that Word has for CSS's generic families."""


FOOTNOTES = {"footnote-call", "footnote-marker"}
"""The number in the text and the number at the page's foot (CSS GCPM 3, 2.4)."""

_ENDS_A_LINE = {"leader", "target-counter"}


KNOWN = {"before", "after", "marker", *FOOTNOTES}


def generates_text(selector: CompiledSelector, content: Tokens) -> bool:
    """Whether a selector's pseudo-element brings text of its own, other than what ends a line of contents."""
    if selector.pseudo_element not in {"before", "after"}:
        return False
    return bool(content) and not (selector.local_name == "a" and ends_a_line(content))


def ends_a_line(content: Tokens) -> bool:
    """Whether it is what stands behind an entry of a table of contents."""
    return bool(_ENDS_A_LINE & functions(content).keys())


def functions(content: Tokens) -> dict[str, list[Node]]:
    """The functions in a `content` by name, with what stands in their brackets: `leader('.')`."""
    return {
        token.lower_name: significant(token.arguments) for token in significant(content) if token.type == "function"
    }
