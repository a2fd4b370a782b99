"""Drafts: documents that wait for somebody's approval, and say so on every page.

The mark stands in the margin, where it takes no room from the text: the approved document is the same without it.
"""

import html
import re
from dataclasses import replace

from kvisdocs.templating.documents import Document
from kvisdocs.templating.html import HtmlDocument
from kvisdocs.templating.profiles import Profile

DRAFT = "UDKAST"
TITLE_MARK = f"{DRAFT} – "
"""How the title of a draft begins."""

STYLESHEET = "draft.css"

_TITLE = re.compile(r"(<title\b[^>]*>)\s*")


def is_draft(document: Document, profile: Profile) -> bool:
    """Whether the document is made as a draft, since the municipality wants it approved.

    What is made only on request is never sent, and figures are no letter, and made of no case: they need none.
    """
    return profile.approval != "none" and not document.on_request and document.kind != "statistics"


def mark_draft(document: HtmlDocument) -> HtmlDocument:
    """The document with UDKAST in its title and on every page."""
    head, body, rest = document.text.partition("<body")
    head = _TITLE.sub(lambda found: f"{found[1]}{html.escape(TITLE_MARK)}", head, count=1)
    return replace(
        document,
        text=f"{head}{body}{rest}",
        title=f"{TITLE_MARK}{document.title}",
        stylesheets=(*document.stylesheets, STYLESHEET),
        stamp=DRAFT,
    )
