"""Paragraphs that lead in what comes next, like `Det skal du huske:` and a list: no page may end between the two."""

import itertools
from xml.etree.ElementTree import Element

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
