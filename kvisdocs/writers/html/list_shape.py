"""Lists in which something else than items stands, made lists of items, in the HTML, so that both files have the same.

HTML wants items in a list and no more (HTML Standard, 4.4.5 to 4.4.9), and so does PDF/UA-1 (7.2, rules 17 to 19 in
veraPDF); browsers show whatever stands there. Here a list in a list is a part of the item before it, and all else is an
item without a mark; items outside a list get one around them.
"""

from xml.etree.ElementTree import Element

from kvisdocs.templating.html import POSITION_ATTRIBUTE

_LISTS = ("ul", "ol")
_UNSEEN = {"script", "style", "template"}
_ITEMS = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "div": {"dt", "dd"}}
"""What stands in a list; a `div` is one in a `dl`."""

_ADDED = {
    "ul": ("li", "display: block"),
    "ol": ("li", "display: block"),
    "dl": ("dd", "margin-left: 0; margin-right: 0"),
    "div": ("dd", "margin-left: 0; margin-right: 0"),
}
_LIST_OF = {"li": "ul", "dt": "dl", "dd": "dl"}
_MAY_HOLD = {"li": {"ul", "ol", "menu", "dir"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}}


def straighten_lists(root: Element) -> None:
    """Make every list below `root` one of items; those that are stay as they are."""
    lists = [(found, name) for name in ("ul", "ol", "dl") for found in root.iter(name)]
    lists += [(group, "div") for found, name in lists if name == "dl" for group in found.findall("div")]
    for found, name in lists:
        kept = _ITEMS[name]
        if _has_text(found.text) or any(child.tag not in kept or _has_text(child.tail) for child in found):
            _straighten(found)
    inside = sum(child.tag in _LIST_OF for found, _ in lists for child in found)
    if inside < sum(1 for name in _LIST_OF for _ in root.iter(name)):
        for parent in list(root.iter()):
            _surround(parent)


def _has_text(text: str | None) -> bool:
    return text is not None and bool(text.strip())


def _straighten(found: Element) -> None:
    children = list(found)
    loose: Element | None = None
    text, found.text = found.text, None
    found[:] = []
    if _has_text(text):
        loose = _add_item(found, found)
        loose.text = text
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag in _ITEMS[found.tag] or child.tag in _UNSEEN or not isinstance(child.tag, str):
            found.append(child)
            loose = loose if child.tag in _UNSEEN or not isinstance(child.tag, str) else None
        elif child.tag in _LISTS and loose is None and found.tag in _LISTS and found.find("li") is not None:
            found.findall("li")[-1].append(child)
        else:
            loose = _add_item(found, child) if loose is None else loose
            loose.append(child)
        if _has_text(tail):
            loose = _add_item(found, found) if loose is None else loose
            _append_text(loose, tail)


def _add_item(found: Element, place: Element) -> Element:
    name, style = _ADDED[found.tag]
    if name == "li" and place.tag in _LISTS and place is not found:  # what is in it is a level below
        style = "list-style-type: none"
    item = Element(name, {POSITION_ATTRIBUTE: place.get(POSITION_ATTRIBUTE, ""), "style": style})
    found.append(item)
    return item


def _append_text(item: Element, text: str | None) -> None:
    if len(item):
        item[-1].tail = (item[-1].tail or "") + (text or "")
    else:
        item.text = (item.text or "") + (text or "")


def _surround(parent: Element) -> None:
    """Put a list around items that stand in no list."""
    if not isinstance(parent.tag, str) or not any(_is_stray(child, parent) for child in parent):
        return
    children = list(parent)
    parent[:] = []
    for child in children:
        last = parent[-1] if len(parent) else None
        if not _is_stray(child, parent):
            parent.append(child)
        elif last is not None and last.tag == _LIST_OF[child.tag] and not _has_text(last.tail) and _is_ours(last):
            last.append(child)
            last.tail, child.tail = child.tail, None
        else:
            around = Element(_LIST_OF[child.tag], {"data-added": ""})
            around.append(child)
            around.tail, child.tail = child.tail, None
            parent.append(around)


def _is_ours(found: Element) -> bool:
    return "data-added" in found.attrib


def _is_stray(child: Element, parent: Element) -> bool:
    return isinstance(child.tag, str) and child.tag in _LIST_OF and parent.tag not in _MAY_HOLD[child.tag]
