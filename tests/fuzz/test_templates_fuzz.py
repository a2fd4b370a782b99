"""Templates from inside the contract and from outside it: never a traceback, and no difference without a word.

A difference between the files is what the gate's `compare` finds. `make fuzz` tries many more.
"""

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from writers.word.made import html_document

from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.html import HtmlDocument
from kvisdocs.verify.docx.body import read_docx_blocks
from kvisdocs.verify.parity import compare
from kvisdocs.verify.pdf.tag_blocks import read_pdf_blocks
from kvisdocs.writers.html.rules import COMMON, NOT_HEEDED, OTHER_ELEMENTS, PDF_ALONE
from kvisdocs.writers.pdf.document import write_pdf
from kvisdocs.writers.word.css.properties import PROPERTIES
from kvisdocs.writers.word.document import write_docx

COUNT = int(os.environ.get("KVISDOCS_FUZZ", "0")) // 20
SETTINGS = settings(
    max_examples=COUNT or 25,
    deadline=None,
    database=None,
    derandomize=not COUNT,
    suppress_health_check=list(HealthCheck),
)

WORDS = st.sampled_from(["Frist", "svar inden fredag", "12.500 kr.", "§ 9", "Åse", "uge 8–10", "שלום, ד"])
NOT_IN_A_LETTER = {"position", "page", "float", "columns", "column-count", "column-span", "visibility", "opacity"}
PROPERTY = st.sampled_from(sorted(({*PROPERTIES, *COMMON, *PDF_ALONE, "farve", "colr"}) - NOT_IN_A_LETTER))
VALUE = st.sampled_from([
    "1pt", "3mm", "50%", "2", "auto", "normal", "inherit", "initial", "left", "center", "bold", "italic", "red",
    "#1c4e68", "currentcolor", "rgb(none 0 0)", "1pt solid red", "solid", "calc(1mm + 2pt)", "calc(100% - 1cm)", "3vw",
    "block", "inline", "inline-block", "list-item", "table", "table-row", "table-cell", "flex", "grid", "page", "avoid",
    "var(--intet)", "var(--intet, 2pt)", "oklch(50% 0.1 20)", "color()", "rødt", "", "!important", "url(#x)", '"– "',
    "upper-roman", "square", "underline", "super", "top", "pre", "uppercase", "min(1cm, 2cm)", "1e3px", "revert",
])  # fmt: skip
DECLARATION = st.tuples(PROPERTY, VALUE).map(lambda pair: f"{pair[0]}: {pair[1]}")
STYLE = st.lists(DECLARATION, max_size=3).map("; ".join)
INSIDE = [
    *(f"color: {each}" for each in ("red", "#1c4e68", "hsl(120 100% 25%)", "currentcolor", "rgb(0 0 90 / 50%)")),
    *(f"font: {each}" for each in ("9pt Carlito", "italic bold 12pt/1.5 serif")),
    *(f"text-align: {each}" for each in ("left", "end", "center", "justify")),
    *(f"text-transform: {each}" for each in ("uppercase", "lowercase", "capitalize")),
    *(f"white-space: {each}" for each in ("pre", "pre-wrap", "pre-line", "nowrap")),
    *(f"break-before: {each}" for each in ("page", "avoid", "right")),
    *(f"list-style-type: {each}" for each in ("none", "square", "upper-roman", '"– "', "lower-alpha")),
    *(f"vertical-align: {each}" for each in ("super", "sub", "bottom")),
    *(
        "margin: 3mm 0 0 5mm",
        "padding: 2pt",
        "border: 1pt solid red",
        "background: #eee",
        "width: 60%",
        "max-width: 5cm",
    ),
    *("height: 2cm", "text-indent: 5mm", "text-decoration: underline", "letter-spacing: 1pt", "line-height: 1.5"),
    *("font-size: smaller", "quotes: none", "counter-increment: x 2", "counter-reset: list-item 4"),
]
INSIDE_STYLE = st.lists(st.sampled_from(INSIDE), max_size=2).map("; ".join)
INSIDE_ATTRIBUTE = st.sampled_from(["", "", ' class="a"', ' type="A"', ' start="3"', ' value="7"', ' lang="en"'])
ATTRIBUTE = st.sampled_from([
    "", "", "", ' class="a"', ' type="A"', ' start="3"', ' start="-1"', ' value="7"', " reversed", " hidden",
    ' lang="en"', ' lang="!!"', ' width="40"', ' colspan="2"', ' rowspan="2"', *(f' {name}="x"' for name in NOT_HEEDED),
])  # fmt: skip
INLINE = ["b", "i", "span", "sup", "q", "code", "mark", "small", "u", "abbr"]
FETCHING = {"iframe", "embed", "object", "input", "noscript", "math", "datalist"}
STRANGE = [*sorted(OTHER_ELEMENTS - FETCHING), "kvis-boks"]


def element(name: str, inside: str, style: str, attribute: str = "") -> str:
    return f'<{name}{attribute} style="{style}">{inside}</{name}>' if style else f"<{name}{attribute}>{inside}</{name}>"


def inlines(
    names: list[str], style: st.SearchStrategy[str], attribute: st.SearchStrategy[str]
) -> st.SearchStrategy[str]:
    one = st.builds(element, st.sampled_from(names), WORDS, style, attribute)
    return st.lists(st.one_of(WORDS, one, st.just("<br>")), min_size=1, max_size=4).map(" ".join)


def bodies(
    style: st.SearchStrategy[str], attribute: st.SearchStrategy[str], strange: list[str]
) -> st.SearchStrategy[str]:
    """One to four blocks: paragraphs, lists in lists, tables."""
    line = inlines(INLINE, style, attribute)

    def several(name: str, inside: st.SearchStrategy[str], least: int, most: int) -> st.SearchStrategy[str]:
        one = st.builds(element, st.just(name), inside, style, attribute)
        return st.lists(one, min_size=least, max_size=most).map("".join)

    items = several("li", line, 1, 3)
    nested = st.builds(lambda text, kind, inner: f"<li>{text}<{kind}>{inner}</{kind}></li>", line, LISTS, items)
    rows = several("tr", several("td", line, 2, 2), 1, 3)
    blocks = st.sampled_from(["p", "h2", "div", "blockquote", "pre", "section"])
    block = st.one_of(
        st.builds(element, blocks, line, style, attribute),
        st.builds(element, LISTS, st.one_of(items, nested), style, attribute),
        st.builds(lambda inside, own, at: element("table", HEAD + inside, own, at), rows, style, attribute),
        st.builds(element, st.just("p"), inlines([*INLINE, *strange], style, attribute), style, attribute),
    )
    return st.lists(block, min_size=1, max_size=4).map("\n".join)


HEAD = '<thead><tr><th scope="col">År</th><th scope="col">Tal</th></tr></thead>'
LISTS = st.sampled_from(["ul", "ol"])
SELECTOR = st.sampled_from([
    "p", ".a", "li", "td", "tr", "li::marker", "p::before", "p::after", "q::before", "p::first-letter", "p::first-line",
    "p:hover", "p:has(b)", "p::cue", "tbody > tr", "p + p", "ul li", "&", "p:dir(ltr)", "@supports (x: y)", "}",
])  # fmt: skip
CONTENT = st.sampled_from(["", "; content: 'NB '", "; content: counter(x)", "; content: open-quote", "; content: x"])
RULE = st.builds(lambda where, style, content: f"{where} {{ {style}{content} }}", SELECTOR, STYLE, CONTENT)
CSS = st.lists(RULE, max_size=3).map("\n".join)


def differences(document: HtmlDocument) -> list[str]:
    """What the files say apart without a word, and what broke a library."""
    try:
        pdf, docx = write_pdf(document), write_docx(document)
    except KvisdocsError as error:
        return [str(each) for each in error.problems if not each.todo or "cannot be made of this" in each.what]
    if pdf.messages or docx.messages:
        return []
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder, "x.pdf"), Path(folder, "x.docx")
        one.write_bytes(pdf.data)
        other.write_bytes(docx.data)
        return [str(each) for each in compare(one, read_pdf_blocks(one), other, read_docx_blocks(other))]


@SETTINGS
@given(bodies(STYLE, ATTRIBUTE, STRANGE), CSS)
def test_templates_from_outside_the_contract_are_told_of(body: str, css: str) -> None:
    assert differences(html_document(f"<h1>Sag</h1>{body}", css)) == []


@SETTINGS
@given(bodies(INSIDE_STYLE, INSIDE_ATTRIBUTE, []))
def test_templates_from_the_contract_are_the_same_in_both(body: str) -> None:
    assert differences(html_document(f"<h1>Sag</h1>{body}")) == []
