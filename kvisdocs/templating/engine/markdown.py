"""Prose fields: CommonMark with tables, raw HTML off, as the document's own HTML elements.

What prose cannot do stands in the document as it was written, for everyone to see: raw HTML, pictures (a document's
pictures come from its template, with words for those who cannot see them) and links to anything but the web, an e-mail
address or a phone number. `programme.markup` warns whoever wrote it.

How wide the columns of a table in prose must be, so that words stay whole, and amounts and dates always do.

Columns are equal where that is enough. Else each gets what its longest word asks for; where that is more than the page
has, long words may be divided, and then the letters get smaller. What does not even fit then, the layout tells of.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

from kvisdocs.messages import N_, message
from kvisdocs.programme.markdown.inline import MAX_PROSE, new_parser
from kvisdocs.templating.engine.formatting import FormatError, keep_together, what_and_todo

ROOM = 49.5
"""A text's width (166 mm) in letters' heights of 9.5 points, as house.css has them in tables."""

PADDING = 0.85
"""What a cell keeps free beside its text, in letters' heights."""

SIZES = (("", 1.0), ("dense", 0.85), ("denser", 0.73))
"""Classes of `table` in house.css, and how high their letters are beside those of other tables."""

LONG, PART = 12, 9
"""A word of so many letters may be divided, into parts of about so many."""

_WORD = re.compile(r"[^ \t\n\u200b\xad]+")
_PARTS = re.compile(r"[^-/–—]*[-/–—]*")
_NARROW, _THIN, _WIDE = "fijlrtI.,;:!'()[]-\u00a0|/", '"J*°', "mwMWæÆ%@–—"


@dataclass(frozen=True, slots=True)
class Need:
    """What a column asks for, in letters' heights: its longest word, and the longest part where words are divided."""

    whole: float
    divided: float


def measure_word(word: str) -> float:
    """About how wide a word is in Carlito, in letters' heights; bold is a little wider."""
    width = 0.0
    for sign in word:
        if sign in _NARROW:
            width += 0.32
        elif sign in _WIDE:
            width += 0.86
        elif sign.isupper():
            width += 0.63
        else:
            width += 0.42 if sign in _THIN else 0.52
    return width


def find_need(texts: Iterable[str]) -> Need:
    """What the texts of one column ask for."""
    whole = divided = 0.0
    for text in texts:
        for word in _WORD.findall(text):
            for part in _PARTS.findall(word) if not any(map(str.isdigit, word)) else [word]:
                width = measure_word(part)
                whole = max(whole, width)
                divided = max(divided, width * PART / len(part) if len(part) >= LONG and _is_divisible(part) else width)
    return Need(whole, divided)


def _is_divisible(word: str) -> bool:
    """Words, addresses and names of files are; amounts, dates and numbers are not."""
    return sum(map(str.isalpha, word)) * 2 > len(word)


def fit_columns(needs: Sequence[Need]) -> tuple[str, list[float]]:
    """The table's class and its columns' shares in percent; no shares where equal ones are enough."""
    asked: list[float] = []
    for name, size in SIZES:
        room = ROOM / size
        for asked in ([each.whole + PADDING for each in needs], [each.divided + PADDING for each in needs]):
            if max(asked) <= room / len(asked):
                return name, []
            if sum(asked) <= room:
                return name, _share(asked, room)
    return SIZES[-1][0], _share(asked, sum(asked))


def _share(asked: Sequence[float], room: float) -> list[float]:
    """Each gets what it asks for; those that ask for little share evenly what is left."""
    level = room / len(asked)
    for _ in asked:
        wide = [each for each in asked if each > level]
        level = (room - sum(wide)) / max(1, len(asked) - len(wide))
    return [round(100 * max(each, level) / room, 3) for each in asked]


@cache
def _parser() -> MarkdownIt:
    parser = new_parser()
    parser.core.ruler.push("kvisdocs", _fit)
    return parser


def render_markdown(text: str, heading: int = 3) -> Markup:
    """Markdown → HTML. The text's highest heading becomes `<h{heading}>`, the others keep their distance to it.

    Headings are never skipped, which PDF/UA-1 (7.4.2) forbids: a level that is missing in the text is closed up.
    """
    return Markup(_parser().render(_checked(text), {"heading": heading}))  # noqa: S704  (escaped by markdown-it)


def render_inline_markdown(text: str) -> Markup:
    """Markdown of one line, for a cell or a list item: emphasis and links only, no paragraphs."""
    return Markup(_parser().renderInline(_checked(text)))  # noqa: S704  (escaped by markdown-it)


def _checked(text: object) -> str:
    if not isinstance(text, str):
        what = message("template.markdown.no_text", "Markdown is made of text, not of {value}", value=text)
        raise FormatError(what_and_todo(what, N_("put {{% if … %}} around it")))
    if len(text) > MAX_PROSE:
        what = message("template.markdown.too_long", "a text has {number:,} characters", number=len(text))
        raise FormatError(what_and_todo(what, N_("divide it, {most:,} are read", most=MAX_PROSE)))
    return text


def _fit(state: StateCore) -> None:
    """Brings what CommonMark allows into the form that a document keeps."""
    if not state.inlineMode:
        _keep_rows(state.tokens)
        _fit_headings(state.tokens, int(state.env.get("heading", 3)))
    for token in state.tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.children:
            token.children = _keep_together(_fit_inlines(token.children))
    if not state.inlineMode:
        _fit_tables(state)


def _keep_rows(tokens: list[Token]) -> None:
    """The first three and the last three rows of a table stay together: no page has one or two of it alone."""
    rows: list[Token] = []
    for token in tokens:
        if token.type == "tbody_open":
            rows = []
        elif token.type == "tr_open":
            rows.append(token)
        elif token.type == "tbody_close":
            last = len(rows) - 1
            for number, row in enumerate(rows[:last]):
                if number < 2 or number >= last - 2:
                    row.attrSet("class", "stays")


def _fit_tables(state: StateCore) -> None:
    """Give the columns of each table the widths that their words ask for."""
    found: list[Token] = []
    columns: list[list[str]] = []
    column = 0
    for token in state.tokens:
        found.append(token)
        if token.type == "table_open":
            start, columns = len(found), []
        elif token.type == "tr_open":
            column = 0
        elif token.type in {"th_open", "td_open"}:
            columns += [[]] if column == len(columns) else []
            column += 1
        elif token.type == "inline" and columns:
            columns[column - 1].append("".join(each.content or "\n" for each in token.children or ()))
        elif token.type == "table_close":
            name, shares = fit_columns([find_need(texts) for texts in columns])
            if name:
                found[start - 1].attrSet("class", name)
            cols = "".join(f'<col style="width: {share}%">\n' for share in shares)
            found[start:start] = [Token("html_block", "", 0, content=cols)] if cols else []
            columns = []
    state.tokens = found


def _fit_headings(tokens: list[Token], top: int) -> None:
    depths: list[int] = []
    for token in tokens:
        if token.type not in {"heading_open", "heading_close"}:
            continue
        if token.type == "heading_open":
            own = int(token.tag[1])
            while depths and depths[-1] >= own:
                depths.pop()
            depths.append(own)
        token.tag = f"h{min(6, top + len(depths) - 1)}"


def _fit_inlines(tokens: list[Token]) -> list[Token]:
    """Pictures as they were written; links with plain text in them, since PDF/UA-1 breaks at any element inside one."""
    found: list[Token] = []
    inside = False
    for token in _without_empty_links(tokens):
        if token.type in {"link_open", "link_close"}:
            inside = token.type == "link_open"
        elif token.type == "image":
            token = Token("text", "", 0, content=f"![{token.content}]({token.attrGet('src')})")
        elif inside and token.type == "code_inline":
            token = Token("text", "", 0, content=token.content)
        elif inside and token.type in {"softbreak", "hardbreak"}:
            token = Token("text", "", 0, content=" ")
        elif inside and token.type != "text":
            continue
        found.append(token)
    return found


def _without_empty_links(tokens: list[Token]) -> Iterator[Token]:
    """`[words]()` leads nowhere, and is its words alone."""
    empty = False
    for token in tokens:
        if token.type == "link_open":
            empty = not token.attrGet("href")
        if not (empty and token.type in {"link_open", "link_close"}):
            yield token


def _keep_together(tokens: list[Token]) -> list[Token]:
    """No-break spaces where `keep_together` wants them, also where the line ends in the case file."""
    found: list[Token] = []
    for token in tokens:
        content = "\n" if token.type == "softbreak" else token.content
        if token.type not in {"text", "softbreak"}:
            found.append(token)
        elif found and found[-1].type == "text":
            found[-1].content += content
        else:
            found.append(Token("text", "", 0, content=content))
    for token in found:
        if token.type == "text":
            token.content = keep_together(token.content)
    return found
