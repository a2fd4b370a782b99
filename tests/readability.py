"""LIX, words a sentence plus the share of words of more than six letters, and what of a document is running text."""

import re
from xml.etree.ElementTree import Element

import tinyhtml5


def lix(texts: list[str]) -> float:
    """The LIX of texts, each of which ends its last sentence."""
    sentences = [
        each for text in texts for each in re.split(r"(?<=[.!?:])\s+(?=[^a-zæøå])", text) if re.search(r"\w", each)
    ]
    words = [word for each in sentences for word in re.findall(r"[^\W\d_][\w'’-]*", each)]
    return len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)


def prose(html: str) -> list[str]:
    """Paragraphs and list items outside tables, in their order."""
    body = tinyhtml5.parse(html, namespace_html_elements=False).find("body")
    return [text for text in _prose(body) if re.search(r"\w", text)]


def _prose(element: Element) -> list[str]:
    found = []
    for child in element:
        if child.tag in ("table", "figure", "h1", "h2", "h3", "h4") or child.get("class") in (
            "window",
            "details",
            "sender",
            "foot",
            "closing",
        ):
            continue
        if child.tag in ("p", "li") and not any(each.tag == "ul" for each in child):
            found.append(" ".join("".join(child.itertext()).split()))
        else:
            found += [
                " ".join((child.text or "").split()),
                *_prose(child),
                *(" ".join((e.tail or "").split()) for e in child),
            ]
    return found
