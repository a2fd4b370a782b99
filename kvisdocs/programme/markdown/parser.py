"""Which Markdown a case's prose may hold: CommonMark and tables, raw HTML off, links to what a reader can reach.

What else stands in a text is printed as it was written. `markup` says so to who wrote it, and the templates' filter
renders it: both read it by the parser that is made here.
"""

import re
from typing import TYPE_CHECKING

from kvisdocs.cases.model.values import MAX_TEXT

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
