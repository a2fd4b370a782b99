"""What may be done so that a document's pages end well, and whether there is anything to do: known without a layout.

`pdf/layout.py` tries it.

Paragraphs that lead in what comes next, like `Det skal du huske:` and a list: no page may end between the two.
"""

import itertools
import re
from xml.etree.ElementTree import Element

from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.html import HtmlDocument
from kvisdocs.writers.html.limits import MAX_FITTED

SPACING = {"tight": 0.08, "tighter": 0.16}
"""Classes of `body`, and which part of a text's height each saves at most: what is left over must be less."""

ADDRESS = ("small-address", "smaller-address")
"""Classes of `body` for what does not fit where it is placed, the envelope's window above all."""


def find_classes(document: HtmlDocument) -> frozenset[str]:
    """Those of the classes for which a stylesheet of the document, or one in its head, has a rule."""
    text = document.text.partition("<body")[0] + "".join(map(document.assets.read_text, document.stylesheets))
    return frozenset(name for name in (*SPACING, *ADDRESS) if re.search(rf"\.{name}(?![\w-])", text))


def may_be_fitted(document: HtmlDocument) -> bool:
    """Whether a layout could ask for anything: a class that has a rule, or a row that is too tall.

    Where it could not, a Word file alone need not wait for it.
    """
    if len(document.text) > MAX_FITTED:
        return False
    try:
        return "<tr" in document.text or bool(find_classes(document))
    except (FileNotFoundError, KvisdocsError):  # of which the writers tell
        return False


_LED_IN = {"ul", "ol", "table", "dl", "figure", "blockquote", "pre"}
_AROUND = ("body", "div", "section", "article", "main", "li", "blockquote", "td")


def leads_in(before: Element | None, after: Element) -> bool:
    """Whether a paragraph ends in a colon and a list, a table or a picture follows it."""
    if before is None or before.tag != "p" or after.tag not in _LED_IN or (before.tail or "").strip():
        return False
    return "".join(before.itertext()).rstrip().endswith(":")


def keep_lead_ins(root: Element) -> None:
    """Give each such paragraph below `root` the style that keeps it with what it leads in."""
    for tag in _AROUND:
        for parent in root.iter(tag):
            if len(parent) > 1:
                for before, after in itertools.pairwise(parent):
                    if leads_in(before, after):
                        before.set("style", f"{before.get('style', '')}; break-after: avoid")
