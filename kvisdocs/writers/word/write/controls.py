"""Content controls → `w:sdt` (ECMA-376, 17.5.2; the box to tick is Word 2010's, MS-DOCX 2.6.1.18)."""

from collections.abc import Iterable

from lxml.etree import _Element

from kvisdocs.writers.word.model.blocks import BlockControl
from kvisdocs.writers.word.model.inlines import Checkbox, Control, RunFormat
from kvisdocs.writers.word.write.formats import make, run_properties

TICKED, UNTICKED = "\N{BALLOT BOX WITH X}", "\N{BALLOT BOX}"
BOX_FONT = "MS Gothic"
"""The font in which Word itself writes these boxes, and that every Word brings."""


def control(what: Control | BlockControl, number: int, content: Iterable[_Element]) -> _Element:
    """A content control around runs or blocks: of plain text, or rich, which needs no word for it."""
    kind = make("w:text") if isinstance(what, Control) and what.plain else None
    return _sdt(what.title, what.name, number, kind, content)


def checkbox(box: Checkbox, number: int) -> _Element:
    """A box that can be ticked in Word."""
    states = (("w14:checkedState", TICKED), ("w14:uncheckedState", UNTICKED))
    kind = make(
        "w14:checkbox",
        make("w14:checked", val=int(box.checked)),
        *(make(name, val=f"{ord(glyph):04X}", font=BOX_FONT) for name, glyph in states),
    )
    text = make("w:t")
    text.text = TICKED if box.checked else UNTICKED
    return _sdt(box.title, box.name, number, kind, [make("w:r", _look(box.format), text)])


def _look(format: RunFormat) -> _Element:
    fonts = make("w:rFonts", ascii=BOX_FONT, hAnsi=BOX_FONT, eastAsia=BOX_FONT, cs=BOX_FONT, hint="eastAsia")
    properties = run_properties(format)
    if properties is None:
        return make("w:rPr", fonts)
    for said in properties.findall(fonts.tag):
        properties.remove(said)
    properties.insert(0, fonts)
    return properties


def _sdt(title: str, name: str | None, number: int, kind: _Element | None, content: Iterable[_Element]) -> _Element:
    properties = make(
        "w:sdtPr", make("w:alias", val=title), make("w:tag", val=name) if name else None, make("w:id", val=number), kind
    )
    return make("w:sdt", properties, make("w:sdtContent", *content))
