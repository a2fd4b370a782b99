"""What a paragraph or run looks like and is, with the styles behind it (ECMA-376-1, 17.7.2).

Later wins: document defaults, table style, paragraph style, character style, the properties themselves.
Conditional formatting of table styles is not read.
"""

from collections.abc import Iterator
from functools import cached_property

from lxml.etree import _Element

from kvisdocs.verify.docx.package import W, WordFile, value

_DEPTH = 20


class Styles:
    """The styles and lists of one file."""

    def __init__(self, file: WordFile) -> None:
        self._root, self._numbering = file.root("styles"), file.root("numbering")

    @cached_property
    def _styles(self) -> dict[str, _Element]:
        found = () if self._root is None else self._root.iterfind(f"{W}style")
        return {each.get(f"{W}styleId", ""): each for each in found}

    @cached_property
    def _default_paragraph(self) -> str:
        found = (key for key, each in self._styles.items() if each.get(f"{W}type") == "paragraph" and _is_default(each))
        return next(found, "")

    @property
    def default_language(self) -> str | None:
        """The language of the document defaults."""
        return None if self._root is None else value(self._root, "docDefaults/rPrDefault/rPr/lang")

    def _chain(self, style: str | None) -> Iterator[_Element]:
        """The style and those that it is based on."""
        for _ in range(_DEPTH):
            found = self._styles.get(style or "")
            if found is None:
                return
            yield found
            style = value(found, "basedOn")

    def _with_styles(self, own: _Element | None, style: str | None, *names: str) -> Iterator[_Element]:
        """Properties of its own, then those of this name that the style and its ancestors have."""
        if own is not None:
            yield own
        for each in self._chain(style):
            yield from (found for name in names if (found := each.find(f"{W}{name}")) is not None)

    def paragraph_properties(self, paragraph: _Element) -> Iterator[_Element]:
        """Every `w:pPr` that counts, the strongest first."""
        own = paragraph.find(f"{W}pPr")
        return self._with_styles(own, value(own, "pStyle") or self._default_paragraph, "pPr")

    def run_properties(self, run: _Element, paragraph: _Element, table: _Element | None = None) -> Iterator[_Element]:
        """Every `w:rPr` that counts, the strongest first; `table` is the one around the paragraph."""
        own = run.find(f"{W}rPr")
        yield from self._with_styles(own, value(own, "rStyle"), "rPr")
        yield from self._with_styles(None, value(paragraph, "pPr/pStyle") or self._default_paragraph, "rPr")
        yield from self._with_styles(None, value(table, "tblPr/tblStyle"), "rPr")
        default = None if self._root is None else self._root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        if default is not None:
            yield default

    def table_properties(self, table: _Element) -> Iterator[_Element]:
        """The table's own `w:tblPr`, then of each of its styles `w:tcPr` and `w:tblPr`."""
        own = table.find(f"{W}tblPr")
        return self._with_styles(own, value(own, "tblStyle"), "tcPr", "tblPr")

    def heading_level(self, paragraph: _Element) -> int | None:
        """The level of a heading, from 1, by its outline level (17.3.1.20), or None for text."""
        for properties in self.paragraph_properties(paragraph):
            level = value(properties, "outlineLvl")
            if level is not None:
                return int(level) + 1 if level.isdecimal() and int(level) < 9 else None
        return None

    def list_level(self, paragraph: _Element) -> tuple[int, bool] | None:
        """The level of a list item, from 1, and whether it is numbered (17.3.1.19).

        None for what is no list item, or one without a label, which is a paragraph to whoever reads it.
        """
        number = level = None
        for properties in self.paragraph_properties(paragraph):
            number = number or value(properties, "numPr/numId")
            level = level or value(properties, "numPr/ilvl")
        if number in (None, "0"):
            return None
        definition = self._level(str(number), level or "0")
        number_format, text = value(definition, "numFmt"), value(definition, "lvlText")
        if number_format == "none" or (definition is not None and not text):
            return None
        return (int(level) if level and level.isdecimal() else 0) + 1, number_format != "bullet"

    def _level(self, number: str, level: str) -> _Element | None:
        """The `w:lvl` that a list instance uses: its own, else its definition's (17.9)."""
        if self._numbering is None:
            return None
        instance = self._numbering.find(f"{W}num[@{W}numId='{number}']")
        if instance is None:
            return None
        own = instance.find(f"{W}lvlOverride[@{W}ilvl='{level}']/{W}lvl")
        if own is not None:
            return own
        definition = self._numbering.find(f"{W}abstractNum[@{W}abstractNumId='{value(instance, 'abstractNumId')}']")
        return None if definition is None else definition.find(f"{W}lvl[@{W}ilvl='{level}']")


def _is_default(style: _Element) -> bool:
    return style.get(f"{W}default") in ("1", "true", "on")
