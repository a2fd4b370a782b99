"""Styles → `w:styles` (ECMA-376, 17.7): document defaults in Danish, Normal, and each style the stylesheet names."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from lxml.etree import _Element

from kvisdocs.writers.word.blocks import Style
from kvisdocs.writers.word.formats import difference
from kvisdocs.writers.word.looks import PLAIN, ParagraphFormat, RunFormat
from kvisdocs.writers.word.style_names import BUILT_IN, HEADING
from kvisdocs.writers.word.write_formats import paragraph_properties, run_properties
from kvisdocs.writers.word.xml import make

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
        make("w:pPrDefault"),
    )
    return [
        defaults,
        _normal(normal),
        _table_normal(),
        *(_style(style, normal, ids[style.name]) for style in others),
        *_implied(others),
    ]


def _only_needed(format: RunFormat, language: str) -> RunFormat:
    return replace(PLAIN, font=format.font, half_points=format.half_points, language=language)


def _normal(style: Style) -> _Element:
    base = replace(PLAIN, font=style.run_format.font, half_points=style.run_format.half_points)
    return make(
        "w:style",
        make("w:name", val="Normal"),
        make("w:qFormat"),
        paragraph_properties(_said(style.format)),
        run_properties(_quiet(difference(style.run_format, base))),
        type="paragraph",
        default="1",
        styleId="Normal",
    )


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


def _style(style: Style, normal: Style, own_id: str) -> _Element:
    if style.kind == "character":
        return make(
            "w:style",
            make("w:name", val=_LOWER_IN_FILE.get(style.name, style.name)),
            make("w:qFormat"),
            run_properties(style.run_format),
            type="character",
            customStyle=None if style.name in BUILT_IN else "1",
            styleId=own_id,
        )
    heading = HEADING.fullmatch(style.name)
    known = heading is not None or style.name in BUILT_IN
    name = style.name.lower() if heading else _LOWER_IN_FILE.get(style.name, style.name)
    next_style = "BodyText" if heading else None
    return make(
        "w:style",
        make("w:name", val=name),
        make("w:basedOn", val="Normal"),
        make("w:next", val=next_style) if next_style else None,
        make("w:uiPriority", val=9 if heading else 10),
        make("w:qFormat"),
        paragraph_properties(difference(style.format, normal.format), outline=int(heading[1]) - 1 if heading else None),
        run_properties(difference(style.run_format, normal.run_format)),
        type="paragraph",
        customStyle=None if known else "1",
        styleId=own_id,
    )


def _implied(styles: Sequence[Style]) -> list[_Element]:
    """Styles that others refer to without the document using them: body text after a heading."""
    names = {style.name for style in styles}
    if any(HEADING.fullmatch(name) for name in names) and "Body Text" not in names:
        return [_style(Style("Body Text", "paragraph"), Style("Normal", "paragraph"), "BodyText")]
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
