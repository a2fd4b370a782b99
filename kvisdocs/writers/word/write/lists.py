"""List definitions → `w:abstractNum` and `w:num` (ECMA-376, 17.9): one of each a list, so that it begins anew."""

from collections.abc import Sequence

from lxml.etree import _Element

from kvisdocs.writers.word.model.blocks import Level, ListDefinition
from kvisdocs.writers.word.write.formats import run_properties
from kvisdocs.writers.word.write.xml import make


def numbering_elements(lists: Sequence[ListDefinition]) -> list[_Element]:
    """All definitions, then all instances, as the schema wants them. The numbers are the lists' own ids."""
    abstract = [
        make(
            "w:abstractNum",
            make("w:multiLevelType", val="multilevel"),
            *(_level(depth, level) for depth, level in enumerate(_nine(each.levels))),
            abstractNumId=each.list_id,
        )
        for each in lists
    ]
    numbers = [
        make(
            "w:num",
            make("w:abstractNumId", val=each.list_id),
            *(
                make("w:lvlOverride", make("w:startOverride", val=level.start), ilvl=depth)
                for depth, level in enumerate(each.levels)
            ),
            numId=each.list_id,
        )
        for each in lists
    ]
    return [*abstract, *numbers]


def _nine(levels: tuple[Level, ...]) -> list[Level]:
    """Nine levels, so that a secretary who presses Tab gets a level that stands further in."""
    last = levels[-1]
    step = max(last.hanging, 240)
    more = [
        Level(
            last.number_format,
            last.text.replace(f"%{len(levels)}", f"%{depth + 1}"),
            1,
            last.left + step * (depth - len(levels) + 1),
            last.hanging,
            last.suffix,
            last.run_format,
        )
        for depth in range(len(levels), 9)
    ]
    return [*levels, *more]


def _level(depth: int, level: Level) -> _Element:
    return make(
        "w:lvl",
        make("w:start", val=level.start),
        make("w:numFmt", val=level.number_format),
        make("w:suff", val=level.suffix),
        make("w:lvlText", val=level.text),
        make("w:lvlJc", val="left"),
        make("w:pPr", make("w:ind", left=level.left, hanging=level.hanging)),
        run_properties(level.run_format),
        ilvl=depth,
    )
