"""A Word document as lines that a person can read and write: what the fixtures expect.

Body Text after=80 | Sæt ⟨bold: kryds⟩ her↵→https://kl.dk(KL)     a paragraph: its style, what differs from it, its text
List Bullet #1.0 | Første                                         an item of list 1 at level 0
Table 4819 4819 "Overskrift"                                      a table: its columns' widths, its title
  row header together
    cell 4819 span=2 restart shade=EDF2F5
      Tabeltekst | Tal
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace

from kvisdocs.writers.word.model.blocks import (
    Block,
    BlockControl,
    Cell,
    Level,
    ListDefinition,
    Paragraph,
    Row,
    Section,
    Style,
    Table,
)
from kvisdocs.writers.word.model.inlines import (
    Bookmark,
    Border,
    Borders,
    Checkbox,
    ContentsEnd,
    ContentsStart,
    Control,
    Field,
    FootnoteCall,
    FootnoteMark,
    Inline,
    LineBreak,
    Link,
    Margins,
    PageNumber,
    Picture,
    Tab,
    Text,
)

_SHOWN = str.maketrans({"\N{NO-BREAK SPACE}": "°", "\N{SOFT HYPHEN}": "¬", "\N{NON-BREAKING HYPHEN}": "‑", "\t": "⇥"})


def show_blocks(blocks: Iterable[Block]) -> Iterator[str]:
    """Each block in a line, what is inside it indented below."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _words(block.style, *_paragraph_says(block)) + " | " + show_inlines(block.children)
        elif isinstance(block, BlockControl):
            yield _words("control", block.name, f'"{block.title}"')
            yield from (f"  {line}" for line in show_blocks(block.blocks))
        else:
            yield from _show_table(block)


def show_inlines(inlines: Iterable[Inline]) -> str:
    """Texts as they stand, looks in ⟨…⟩."""
    return "".join(map(_show_inline, inlines))


def show_style(style: Style) -> str:
    """A style and all that it says."""
    return _words(style.kind, f'"{style.name}"', _say(style.format), _say(style.run_format))


def show_list(definition: ListDefinition) -> Iterator[str]:
    """A list's levels, outermost first."""
    for depth, level in enumerate(definition.levels):
        yield f"#{definition.list_id}.{depth} {_level(level)}"


def show_pages(sections: Iterable[Section]) -> Iterator[str]:
    """Each section; of those after the first also how it begins."""
    for number, section in enumerate(sections):
        first, *rest = show_section(section)
        columns = f"columns={section.columns} gap={section.column_gap}" if section.columns > 1 else ""
        yield _words(first, section.start if number else "", columns)
        yield from rest


def show_section(section: Section) -> Iterator[str]:
    """The page and what stands in its head and foot."""
    margins, distances = _margins(section.margins), f"header={section.header_distance} footer={section.footer_distance}"
    yield f"page {section.width} x {section.height} margins={margins} {distances}"
    for name in ("header", "footer", "first_header", "first_footer"):
        blocks = getattr(section, name)
        if blocks is not None:
            yield name
            yield from (f"  {line}" for line in show_blocks(blocks))


def _paragraph_says(block: Paragraph) -> Iterator[str]:
    yield _say(block.format)
    yield _say(block.run_format)
    if block.place is not None:
        yield f"#{block.place.list_id}.{block.place.level}"
    if block.frame is not None:
        yield f"frame({block.frame.x},{block.frame.y} {block.frame.width}x{block.frame.height})"


def _show_inline(inline: Inline) -> str:
    match inline:
        case Text():
            text = inline.text.translate(_SHOWN)
            look = _words(f"'{inline.style}'" if inline.style else "", _say(inline.format))
            return f"⟨{look}: {text}⟩" if look else text
        case LineBreak():
            return "↵"
        case Tab():
            return "⇥"
        case Field():
            return f"[{inline.code}]"
        case Picture():
            size = f"{inline.width_emu / 12700:.4g}x{inline.height_emu / 12700:.4g}pt"
            return f'(picture {size} "{inline.alt}"{" svg" if inline.svg else ""})'
        case Link():
            return f"→{inline.url or '#' + str(inline.anchor)}({show_inlines(inline.children)})"
        case FootnoteCall() | FootnoteMark():
            number = f"^{inline.number}" if isinstance(inline, FootnoteCall) else "^"
            look = _say(inline.format)
            return f"⟨'{inline.style}' {look}: {number}⟩" if look else f"⟨'{inline.style}': {number}⟩"
        case PageNumber():
            return f"[PAGEREF {inline.anchor} {inline.cached}]"
        case ContentsStart():
            return f"[TOC {inline.first}-{inline.last}: "
        case ContentsEnd():
            return "]"
        case Control():
            said = _words(inline.name, f'"{inline.title}"', "plain" if inline.plain else "rich")
            return f"[{said}: {show_inlines(inline.children)}]"
        case Checkbox():
            return f"(box {'ticked' if inline.checked else 'empty'} {_words(inline.name or '', repr(inline.title))})"
        case Bookmark():
            return f"⚑{inline.name} "


def _show_table(table: Table) -> Iterator[str]:
    title = f'"{table.title}"' if table.title else ""
    indent = f"indent={table.indent}" if table.indent else ""
    marks = ("first-column" if table.first_column else "", "rtl" if table.rtl else "")
    yield _words("Table", *map(str, table.grid), indent, title, *marks)
    for row in all_rows(table):
        height = f"height={row.height}" if row.height else ""
        yield _words("  row", "header" if row.header else "", "together" if row.keep_together else "", height)
        for cell in row.cells:
            yield f"    {_cell(cell)}"
            yield from (f"      {line}" for line in show_blocks(cell.blocks))


def all_rows(table: Table) -> Iterator[Row]:
    """A table's rows, those told by their texts alone as rows of their own."""
    for row in table.rows:
        yield replace(row, alike=())
        for number, texts in row.alike:
            pattern, waiting = table.rows[number], iter(texts)
            yield replace(pattern, alike=(), cells=tuple(_reword(cell, waiting) for cell in pattern.cells))


def _reword(cell: Cell, texts: Iterator[str]) -> Cell:
    match cell.blocks:
        case (Paragraph(children=(Text() as one,)) as paragraph,):
            return replace(cell, blocks=(replace(paragraph, children=(replace(one, text=next(texts)),)),))
    return cell


def _cell(cell: Cell) -> str:
    return _words(
        f"cell {cell.width}",
        f"span={cell.span}" if cell.span > 1 else "",
        cell.merge or "",
        f"borders={_value(cell.borders)}" if cell.borders else "",
        f"margins={_margins(cell.margins)}",
        f"shade={cell.shade}" if cell.shade else "",
        cell.align if cell.align != "top" else "",
    )


def _level(level: Level) -> str:
    start = f"start={level.start}" if level.start != 1 else ""
    return _words(level.number_format, f'"{level.text}"', start, f"left={level.left} hanging={level.hanging}")


def _say(format: object) -> str:
    said = [(each.name, getattr(format, each.name)) for each in fields(format)]  # type: ignore[arg-type]
    return _words(*(name if value is True else f"{name}={_value(value)}" for name, value in said if value is not None))


def _value(value: object) -> str:
    match value:
        case Borders():
            sides = [(name, getattr(value, name)) for name in ("top", "left", "bottom", "right")]
            return "(" + " ".join(f"{name}:{_value(line)}" for name, line in sides if line) + ")"
        case Border():
            space = f"+{value.space_points}" if value.space_points else ""
            return f"{value.style}/{value.eighths}/{value.color}{space}"
        case tuple():
            return ",".join(f"{stop.align}@{stop.at_twips}{stop.leader or ''}" for stop in value)
        case False:
            return "no"
    return str(value)


def _margins(margins: Margins) -> str:
    return f"{margins.top},{margins.left},{margins.bottom},{margins.right}"


def _words(*words: str) -> str:
    return " ".join(word for word in words if word)
