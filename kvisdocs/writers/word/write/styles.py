"""Styles → `w:styles` (ECMA-376, 17.7), list definitions → `w:abstractNum` and `w:num` (17.9).

Styles are the document defaults in Danish, Normal, and each that the stylesheet names. Each list has a definition
of its own, so that it begins anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from docx.oxml.ns import qn
from lxml.etree import _Element

from kvisdocs.writers.word.letterhead.letterhead import Letterhead
from kvisdocs.writers.word.letterhead.parts import put_before
from kvisdocs.writers.word.model.blocks import Level, ListDefinition, Style
from kvisdocs.writers.word.model.inlines import PLAIN, ParagraphFormat, RunFormat
from kvisdocs.writers.word.styles.computed_formats import difference
from kvisdocs.writers.word.styles.stylebook import BUILT_IN, HEADING
from kvisdocs.writers.word.write.formats import flag, make, paragraph_properties, run_properties

_LOWER_IN_FILE = {"Caption": "caption", "Header": "header", "Footer": "footer", "Footnote Text": "footnote text",
                  "Footnote Reference": "footnote reference",
                  **{f"TOC {level}": f"toc {level}" for level in range(1, 10)}}  # fmt: skip


def style_elements(styles: Sequence[Style], ids: Mapping[str, str], language: str) -> list[_Element]:
    """Defaults first, then Normal, then the others by name, so that the order of use leaves no trace."""
    normal = next(style for style in styles if style.name == "Normal")
    others = sorted((style for style in styles if style.name != "Normal"), key=lambda style: style.name)
    defaults = make(
        "w:docDefaults",
        make("w:rPrDefault", run_properties(_only_needed(normal.run_format, language))),
        make("w:pPrDefault", make("w:pPr", flag("w:suppressAutoHyphens", True))),
    )
    implied = _implied(others)
    ids = {**{style.name: "BodyText" for style in implied}, **ids}
    return [
        defaults,
        _latent([normal, *others, *implied]),
        _normal(normal),
        _hidden("character", "DefaultParagraphFont", "Default Paragraph Font", 1),
        _table_normal(),
        _hidden("numbering", "NoList", "No List", 99),
        *(_style(style, normal, ids) for style in others),
        *(_style(style, Style("Normal", "paragraph"), ids) for style in implied),
    ]


def added_style_elements(styles: Sequence[Style], ids: Mapping[str, str], given: Letterhead) -> list[_Element]:
    """The styles that a letterhead lacks, by name, in its font and on its Normal.

    They say their own spacing in full, since its Normal and its defaults may have spacing that ours has not.
    """
    normal = next(style for style in styles if style.name == "Normal")
    ids = {"Body Text": given.style_id("Body Text", "paragraph") or ids["Normal"], **ids}
    missing = [style for style in styles if given.style_id(style.name, style.kind) is None]
    found = []
    for style in sorted(missing, key=lambda style: style.name):
        if style is normal:
            found.append(_normal(style))
            continue
        element = _style(style, normal, ids)
        if style.kind == "paragraph":
            _say_spacing(element, style.format)
            _refer(element, "basedOn", ids["Normal"])
        else:
            _refer(element, "basedOn", given.style_id("Default Paragraph Font", "character"))
        found.append(element)
    has_tables = any(style.kind == "table" and "normal table" in style.names for style in given.styles)
    return [*found, *([] if has_tables else [_table_normal()])]


def _say_spacing(element: _Element, format: ParagraphFormat) -> None:
    own = ParagraphFormat(before=format.before, after=format.after, line=format.line, line_exact=format.line_exact)
    written = paragraph_properties(own)
    if written is None:
        return
    properties = element.find(qn("w:pPr"))
    if properties is None:
        put_before(element, written, ("rPr",))
        return
    for old in properties.findall(qn("w:spacing")):
        properties.remove(old)
    put_before(properties, written[0], ("ind", "jc", "outlineLvl", "rPr"))


def _refer(element: _Element, name: str, style_id: str | None) -> None:
    """Let it refer to a style of the letterhead's, or to none."""
    for each in element.findall(qn(f"w:{name}")):
        if style_id is None:
            element.remove(each)
        else:
            each.set(qn("w:val"), style_id)


def _only_needed(format: RunFormat, language: str) -> RunFormat:
    return replace(PLAIN, font=format.font, half_points=format.half_points, language=language)


def _normal(style: Style) -> _Element:
    base = replace(PLAIN, font=style.run_format.font, half_points=style.run_format.half_points)
    return make(
        "w:style",
        make("w:name", val="Normal"),
        make("w:uiPriority", val=0),
        make("w:qFormat"),
        paragraph_properties(_said(style.format)),
        run_properties(_quiet(difference(style.run_format, base))),
        type="paragraph",
        default="1",
        styleId="Normal",
    )


def _latent(styles: Sequence[Style]) -> _Element:
    """What Word's pane shows of the styles that Word knows and the file does not hold: none, until they are used.

    Those that the file holds are named, since Word goes by this table where a style is taken out (17.7.4.5).
    """
    known = sorted((s for s in styles if _is_known(s)), key=lambda style: _name(style))
    exceptions = (
        make(
            "w:lsdException",
            name=_name(style),
            semiHidden=0,
            uiPriority=style.priority,
            unhideWhenUsed=0,
            qFormat=int(style.quick),
        )
        for style in known
    )
    return make(
        "w:latentStyles",
        *exceptions,
        defLockedState=0,
        defUIPriority=99,
        defSemiHidden=1,
        defUnhideWhenUsed=1,
        defQFormat=0,
        count=376,
    )


def _hidden(kind: str, own_id: str, name: str, priority: int) -> _Element:
    """A default style that every Word file has and nobody chooses."""
    return make(
        "w:style",
        make("w:name", val=name),
        make("w:uiPriority", val=priority),
        make("w:semiHidden"),
        make("w:unhideWhenUsed"),
        type=kind,
        default="1",
        styleId=own_id,
    )


def _is_known(style: Style) -> bool:
    """Whether Word itself knows the style, and shows its name in the reader's language."""
    return style.name in BUILT_IN or HEADING.fullmatch(style.name) is not None


def _name(style: Style) -> str:
    """The name as Word's files spell it."""
    heading = HEADING.fullmatch(style.name)
    return style.name.lower() if heading else _LOWER_IN_FILE.get(style.name, style.name)


def _table_normal() -> _Element:
    """The table style that every table starts from: no borders, no margins of its own."""
    margins = [make(f"w:{side}", w=0, type="dxa") for side in ("top", "left", "bottom", "right")]
    return make(
        "w:style",
        make("w:name", val="Normal Table"),
        make("w:uiPriority", val=99),
        make("w:semiHidden"),
        make("w:unhideWhenUsed"),
        make("w:tblPr", make("w:tblInd", w=0, type="dxa"), make("w:tblCellMar", *margins)),
        type="table",
        default="1",
        styleId="TableNormal",
    )


def _style(style: Style, normal: Style, ids: Mapping[str, str]) -> _Element:
    custom = None if _is_known(style) else "1"
    pane = [make("w:uiPriority", val=style.priority), make("w:qFormat") if style.quick else None]
    if style.kind == "character":
        return make(
            "w:style",
            make("w:name", val=_name(style)),
            make("w:basedOn", val="DefaultParagraphFont"),
            *pane,
            run_properties(style.run_format),
            type="character",
            customStyle=custom,
            styleId=ids[style.name],
        )
    heading = HEADING.fullmatch(style.name)
    return make(
        "w:style",
        make("w:name", val=_name(style)),
        make("w:basedOn", val="Normal"),
        make("w:next", val=ids[style.following]) if style.following else None,
        *pane,
        paragraph_properties(difference(style.format, normal.format), outline=int(heading[1]) - 1 if heading else None),
        run_properties(difference(style.run_format, normal.run_format)),
        type="paragraph",
        customStyle=custom,
        styleId=ids[style.name],
    )


def _implied(styles: Sequence[Style]) -> list[Style]:
    """Styles that others refer to without the document using them: body text after a heading."""
    names = {style.name for style in styles}
    if any(style.following == "Body Text" for style in styles) and "Body Text" not in names:
        return [Style("Body Text", "paragraph", priority=1)]
    return []


def _said(format: ParagraphFormat) -> ParagraphFormat:
    """Normal's own format without what is Word's default anyway."""
    return difference(
        format,
        ParagraphFormat(
            align="left", before=0, after=0, line=0, line_exact=False, indent_left=0, indent_right=0, first_line=0,
            keep_next=False, keep_lines=False, page_break_before=False,
        ),
    )  # fmt: skip


def _quiet(format: RunFormat) -> RunFormat:
    """Without toggles that are off and values that are Word's default."""
    names = ("bold", "italic", "underline", "strike", "small_caps", "spacing_twips")
    quiet: dict[str, Any] = {name: getattr(format, name) or None for name in names}
    return replace(format, **quiet)


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
