"""Signs within a line that a document prints as they stand: HTML, pictures, links that lead nowhere, lonely asterisks.

The functions read words with their Markdown signs, one paragraph at a time, and give what they find in `Sign`s.
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from kvisdocs.programme.markdown.parser import LINK

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
_AS_IT_STANDS = "is printed as it stands"

_INSTEAD = {
    "b": "write **fed** for bold",
    "strong": "write **fed** for bold",
    "i": "write *kursiv* for italics",
    "em": "write *kursiv* for italics",
    "br": "leave a line empty for a new paragraph, or end the line with \\",
    "p": "leave a line empty between paragraphs",
    "a": "write the link as [words](https://…)",
    "ul": 'write each item on a line that begins with "- "',
    "ol": 'write each item on a line that begins with "1. "',
    "li": 'write each item on a line that begins with "- "',
    "table": "write each row as a line with | between the cells, and |---|---| under the first",
    "<!--": 'delete it, or write it above the key, on a line that begins with "#"',
}


class Sign(NamedTuple):
    """What is to be said of a place in a text."""

    at: int
    what: str
    todo: str


def mask_code(text: str) -> str:
    """The text, as long as it was, without what the writer meant to be shown as it is: `code` and escapes."""
    if "`" not in text and "\\" not in text:
        return text
    return _HIDDEN.sub(lambda found: re.sub(r"\S", "x", found[0]), text)


def find_signs(text: str) -> Iterator[Sign]:
    """What Markdown makes nothing of, in a paragraph from which code is masked."""
    for found in _tags(text):
        yield Sign(found.start(), f"{quote(found[0])} {_AS_IT_STANDS}", _instead(found))
    for found in _IMAGE.finditer(text):
        what = f"{quote(found[0])} {_AS_IT_STANDS}, since a text holds no pictures"
        yield Sign(found.start(), what, "delete it, or name the picture's file among the attachments")
    for found in _LINKED.finditer(text):
        if said := _judge_link(found):
            yield Sign(found.start(), *said)
    for found in _POINTED.finditer(text):
        if not LINK.match(found[1]):
            yield Sign(found.start(), f"{quote(found[0])} is no link, and {_AS_IT_STANDS}", _REACHED)
    for found in _NOTE.finditer(text):
        what = f"{quote(found[0])} {_AS_IT_STANDS}, since a text has no footnotes"
        yield Sign(found.start(), what, "write the note in the sentence, in parentheses")
    for found in _STRUCK.finditer(text):
        yield Sign(found.start(), f"{quote(found[0])} {_AS_IT_STANDS}, and nothing is struck out", "delete the words")


def find_signs_in_plain(text: str) -> Iterator[Sign]:
    """The signs of Markdown and HTML in a text that a document shows without either."""
    plain = "delete it: this text is shown without Markdown"
    for found in _tags(text):
        yield Sign(found.start(), f"{quote(found[0])} {_AS_IT_STANDS}", "delete it")
    for found in (*_IMAGE.finditer(text), *_STRUCK.finditer(text)):
        yield Sign(found.start(), f"{quote(found[0])} {_AS_IT_STANDS}", plain)
    for found in _LINKED.finditer(text):
        if LINK.match(found[2]) or _judge_link(found):
            yield Sign(found.start(), f"{quote(found[0])} {_AS_IT_STANDS}", "write the words and the address alone")
    if (stars := list(_STARS.finditer(text)))[1:]:
        yield Sign(stars[0].start(), f"{quote(stars[0][0])} {_AS_IT_STANDS}", plain)
    for found in _ENTITY.finditer(text):
        yield Sign(found.start(), f"{quote(found[0])} {_AS_IT_STANDS}", "write the sign itself")


def find_lonely_stars(text: str, left: int) -> Iterator[Sign]:
    """The place of the first `**` that makes nothing bold, where Markdown has left so many: beside a blank, or last."""
    stars = list(_STARS.finditer(text))
    if not left or not stars:
        return
    loose = (each for number, each in enumerate(stars) if _beside_blank(text, each, opens=number % 2 == 0))
    at = next(loose, stars[-1]).start()
    todo = "write it close to the first and the last of the bold words: **fed**"
    yield Sign(at, f'"**" {_AS_IT_STANDS}, and nothing is bold', todo)


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


def _instead(tag: "re.Match[str]") -> str:
    return _INSTEAD.get((tag[2] or "<!--").lower(), "delete it")


_REACHED = "link to the web (https://…), to mailto:… or to tel:…; name a file among the attachments"


def _judge_link(found: "re.Match[str]") -> tuple[str, str] | None:
    """What is wrong with a link, and what to do; None for one that works, and for brackets that are no link."""
    shown, written = quote(found[0]), found[2].strip()
    if not written:
        return f"the link {shown} has no address", "write one between the parentheses, or delete the brackets"
    target = _TARGET.match(written)
    address = target[0].strip("<>") if target else ""
    if LINK.match(address):
        return None
    what = f"{shown} is no link, and {_AS_IT_STANDS}"
    if LINK.match(written):
        return f"{what}, since its address holds a blank", "write %20 for the blank"
    if written.lower().startswith("www."):
        return what, f"write the whole address: https://{written}"
    if re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", written):
        return what, f"write mailto: before the address: mailto:{written}"
    if re.fullmatch(r"\+?[\d ]{8,}", written):
        return what, f"write tel: before the number, without blanks: tel:{''.join(written.split())}"
    if _SCHEME.match(written) or _OFFICE_FILE.search(written) or (len(written.split()) == 1 and _PATH.search(written)):
        return what, _REACHED
    return None
