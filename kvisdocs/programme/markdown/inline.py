"""Which Markdown a case's prose may hold, and the signs within a line that a document prints as they stand.

Prose is CommonMark and tables, raw HTML off, with links to what a reader can reach; the templates' filter renders it by
the same parser. What else is written (HTML, pictures, links that lead nowhere, lonely asterisks) is told in `Remark`s.
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING

from kvisdocs.cases.model.values import MAX_TEXT
from kvisdocs.messages import N_, Message, message
from kvisdocs.programme.prose.prose import Remark

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LINK = re.compile(r"(https?://|mailto:|tel:)\S+", re.IGNORECASE)
"""An address that a link may lead to: the web, an e-mail address, a phone number."""

MAX_PROSE = MAX_TEXT
"""Characters of one text, some 70 pages: what Markdown makes of it can grow with the square."""


def new_parser() -> "MarkdownIt":
    """A parser of prose, for the caller to add to."""
    from markdown_it import MarkdownIt  # only where there is Markdown to be read: it takes a while to import

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.validateLink = lambda url: LINK.match(url) is not None  # type: ignore[method-assign]
    return parser


_NAMES = (
    "a|abbr|address|b|big|blockquote|body|br|center|cite|code|dd|del|div|dl|dt|em|font|h[1-6]|head|hr|html|i|img|ins"
    "|kbd|li|mark|ol|p|pre|q|s|small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul"
)
_TAG = re.compile(rf"<!--|<(/?)({_NAMES})(?:\s[^<>]*|\s*/)?>", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()\n]*\)")
_LINKED = re.compile(r"(?<!!)\[([^\[\]]*)\]\(([^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)")
_POINTED = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
_TARGET = re.compile(r"""<[^<>]*>|\S*(?=\s+["'(].*["')]$)|\S*$""")
_NOTE = re.compile(r"\[\^[^\]\s]{1,20}\](?!:)")
_STRUCK = re.compile(r"~~[^~\s][^~]*~~")
_STARS = re.compile(r"\*\*+")
_ENTITY = re.compile(
    r"&(?:nbsp|amp|lt|gt|quot|shy|[nm]dash|aelig|oslash|aring|eacute|uuml|ouml|auml|#\d+);", re.IGNORECASE
)
_HIDDEN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|\\[!-/:-@\[-`{-~]", re.DOTALL)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:\S", re.IGNORECASE)
_OFFICE_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|html?)$", re.IGNORECASE)
_PATH = re.compile(r"[\\/]|\w\.\w|\A#.")
_DELETE = N_("delete it")
_ITEMS = N_('write each item on a line that begins with "- "')
_BOLD = N_("write **fed** for bold")
_ITALIC = N_("write *kursiv* for italics")

_INSTEAD = {
    "b": _BOLD,
    "strong": _BOLD,
    "i": _ITALIC,
    "em": _ITALIC,
    "br": N_("leave a line empty for a new paragraph, or end the line with \\"),
    "p": N_("leave a line empty between paragraphs"),
    "a": N_("write the link as [words](https://…)"),
    "ul": _ITEMS,
    "ol": N_('write each item on a line that begins with "1. "'),
    "li": _ITEMS,
    "table": N_("write each row as a line with | between the cells, and |---|---| under the first"),
    "<!--": N_('delete it, or write it above the key, on a line that begins with "#"'),
}


def mask_code(text: str) -> str:
    """The text, as long as it was, without what the writer meant to be shown as it is: `code` and escapes."""
    if "`" not in text and "\\" not in text:
        return text
    return _HIDDEN.sub(lambda found: re.sub(r"\S", "x", found[0]), text)


def find_signs(text: str) -> Iterator[Remark]:
    """What Markdown makes nothing of, in a paragraph from which code is masked."""
    for found in _tags(text):
        yield _as_it_stands(found, _instead(found))
    for found in _IMAGE.finditer(text):
        what = message(
            "markdown.picture.printed",
            "{sign} is printed as it stands, since a text holds no pictures",
            sign=quote(found[0]),
        )
        yield Remark(found.start(), what, N_("delete it, or name the picture's file among the attachments"))
    for found in _LINKED.finditer(text):
        if said := _judge_link(found):
            yield Remark(found.start(), *said)
    for found in _POINTED.finditer(text):
        if not LINK.match(found[1]):
            yield Remark(found.start(), _no_link(found[0]), _REACHED)
    for found in _NOTE.finditer(text):
        what = message(
            "markdown.footnote.printed",
            "{sign} is printed as it stands, since a text has no footnotes",
            sign=quote(found[0]),
        )
        yield Remark(found.start(), what, N_("write the note in the sentence, in parentheses"))
    for found in _STRUCK.finditer(text):
        what = message(
            "markdown.struck.printed", "{sign} is printed as it stands, and nothing is struck out", sign=quote(found[0])
        )
        yield Remark(found.start(), what, N_("delete the words"))


def _as_it_stands(found: "re.Match[str]", todo: Message) -> Remark:
    what = message("markdown.sign.printed", "{sign} is printed as it stands", sign=quote(found[0]))
    return Remark(found.start(), what, todo)


def find_signs_in_plain(text: str) -> Iterator[Remark]:
    """The signs of Markdown and HTML in a text that a document shows without either."""
    plain = N_("delete it: this text is shown without Markdown")
    for found in _tags(text):
        yield _as_it_stands(found, _DELETE)
    for found in (*_IMAGE.finditer(text), *_STRUCK.finditer(text)):
        yield _as_it_stands(found, plain)
    for found in _LINKED.finditer(text):
        if LINK.match(found[2]) or _judge_link(found):
            yield _as_it_stands(found, N_("write the words and the address alone"))
    if (stars := list(_STARS.finditer(text)))[1:]:
        yield _as_it_stands(stars[0], plain)
    for found in _ENTITY.finditer(text):
        yield _as_it_stands(found, N_("write the sign itself"))


def find_lonely_stars(text: str, left: int) -> Iterator[Remark]:
    """The place of the first `**` that makes nothing bold, where Markdown has left so many: beside a blank, or last."""
    stars = list(_STARS.finditer(text))
    if not left or not stars:
        return
    loose = (each for number, each in enumerate(stars) if _beside_blank(text, each, opens=number % 2 == 0))
    at = next(loose, stars[-1]).start()
    what = message("markdown.bold.printed", '"**" is printed as it stands, and nothing is bold')
    yield Remark(at, what, N_("write it close to the first and the last of the bold words: **fed**"))


def line_starts(lines: list[str]) -> list[int]:
    """Where each line of a text begins in it."""
    return [0, *accumulate(len(line) + 1 for line in lines)]


def quote(text: str) -> str:
    """A piece of a text in quotes, on one line, and cut where it is long."""
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= 40 else f'"{line[:39]}…"'


def _beside_blank(text: str, stars: "re.Match[str]", opens: bool) -> bool:
    """Whether a blank stands where the words should that the stars open, or close."""
    beside = text[stars.end() : stars.end() + 1] if opens else text[max(stars.start() - 1, 0) : stars.start()]
    return not beside or beside.isspace()


def _tags(text: str) -> "Iterator[re.Match[str]]":
    """Each tag that opens something or is alone, and those that close what nothing opens; the first of each name."""
    told: set[str] = set()
    for found in _TAG.finditer(text) if "<" in text else ():
        name = (found[2] or "<!--").lower()
        if name not in told:
            told.add(name)
            yield found


def _instead(tag: "re.Match[str]") -> Message:
    return _INSTEAD.get((tag[2] or "<!--").lower(), _DELETE)


_REACHED = N_("link to the web (https://…), to mailto:… or to tel:…; name a file among the attachments")


def _no_link(written: str) -> Message:
    return message("markdown.link.printed", "{link} is no link, and is printed as it stands", link=quote(written))


def _judge_link(found: "re.Match[str]") -> tuple[Message, Message] | None:
    """What is wrong with a link, and what to do; None for one that works, and for brackets that are no link."""
    shown, written = quote(found[0]), found[2].strip()
    if not written:
        what = message("markdown.link.no_address", "the link {link} has no address", link=shown)
        return what, N_("write one between the parentheses, or delete the brackets")
    target = _TARGET.match(written)
    address = target[0].strip("<>") if target else ""
    if LINK.match(address):
        return None
    if LINK.match(written):
        return message(
            "markdown.link.blank",
            "{link} is no link, and is printed as it stands, since its address holds a blank",
            link=shown,
        ), N_("write %20 for the blank")
    what = _no_link(found[0])
    if written.lower().startswith("www."):
        return what, N_("write the whole address: https://{address}", address=written)
    if re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", written):
        return what, N_("write mailto: before the address: mailto:{address}", address=written)
    if re.fullmatch(r"\+?[\d ]{8,}", written):
        number = "".join(written.split())
        return what, N_("write tel: before the number, without blanks: tel:{number}", number=number)
    if _SCHEME.match(written) or _OFFICE_FILE.search(written) or (len(written.split()) == 1 and _PATH.search(written)):
        return what, _REACHED
    return None
