"""Elements of WordprocessingML, made in one line."""

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import OxmlElement
from lxml.etree import _Element

MORE_NAMESPACES = {
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
nsmap.update(MORE_NAMESPACES)

_NO_PREFIX = ("a:", "pic:", "wp:", "asvg:", "adec:")


def make(tag: str, *children: _Element | None, **attributes: object) -> _Element:
    """`make("w:jc", val="left")` → `<w:jc w:val="left"/>`. A name with a colon keeps its own prefix; None is left out.

    Attributes of drawing elements have no prefix, as their schemas say.
    """
    element: _Element = OxmlElement(tag)
    prefix = "" if tag.startswith(_NO_PREFIX) else tag.partition(":")[0] + ":"
    for name, value in attributes.items():
        if value is not None:
            element.set(qn(name) if ":" in name else qn(prefix + name) if prefix else name, str(value))
    element.extend(child for child in children if child is not None)
    return element


def flag(tag: str, on: bool | None) -> _Element | None:
    """A toggle: `<w:b/>`, `<w:b w:val="0"/>`, or nothing where the style decides."""
    if on is None:
        return None
    return make(tag) if on else make(tag, val="0")
