"""Elements of WordprocessingML, and formats → `w:pPr` and `w:rPr`, their children in the order of the schema.

The order is that of ECMA-376, 17.3.1.26 and 17.3.2.28.
"""

from collections.abc import Callable
from copy import deepcopy
from functools import lru_cache, wraps
from typing import ParamSpec, cast

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser
from lxml.etree import _Element

from kvisdocs.writers.word.model.blocks import Frame, ListPlace
from kvisdocs.writers.word.model.inlines import Border, Borders, ParagraphFormat, RunFormat

MORE_NAMESPACES = {
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
nsmap.update(MORE_NAMESPACES)

_NO_PREFIX = ("a:", "pic:", "wp:", "asvg:", "adec:")

P = ParamSpec("P")


@lru_cache(maxsize=1024)
def _tag(tag: str) -> tuple[str, dict[str, str]]:
    """The name with its namespace, and the prefix that it is written with."""
    prefix = tag.partition(":")[0]
    return qn(tag), {prefix: nsmap[prefix]}


@lru_cache(maxsize=1024)
def _attribute(tag: str, name: str) -> str:
    """An attribute's full name: of the tag's own namespace, of the one it names, or of none in drawings."""
    if ":" in name:
        return qn(name)
    return name if tag.startswith(_NO_PREFIX) else qn(f"{tag.partition(':')[0]}:{name}")


def make(tag: str, *children: _Element | None, **attributes: object) -> _Element:
    """`make("w:jc", val="left")` → `<w:jc w:val="left"/>`. A name with a colon keeps its own prefix; None is left out.

    Attributes of drawing elements have no prefix, as their schemas say.
    """
    name, prefixes = _tag(tag)
    element = oxml_parser.makeelement(name, nsmap=prefixes)
    for key, value in attributes.items():
        if value is not None:
            element.set(_attribute(tag, key), str(value))
    for child in children:
        if child is not None:
            element.append(child)
    return element


def flag(tag: str, on: bool | None) -> _Element | None:
    """A toggle: `<w:b/>`, `<w:b w:val="0"/>`, or nothing where the style decides."""
    if on is None:
        return None
    return make(tag) if on else make(tag, val="0")


def reused(function: Callable[P, _Element | None]) -> Callable[P, _Element | None]:
    """Makes each element once and hands out copies: thousands of cells have the same properties."""
    remembered = cast("Callable[P, _Element | None]", lru_cache(maxsize=4096)(function))

    @wraps(function)
    def copied(*arguments: P.args, **named: P.kwargs) -> _Element | None:
        found = remembered(*arguments, **named)
        return None if found is None else deepcopy(found)

    return copied


LANGUAGES = {
    "da": "da-DK",
    "en": "en-GB",
    "de": "de-DE",
    "sv": "sv-SE",
    "nb": "nb-NO",
    "fr": "fr-FR",
    "pl": "pl-PL",
    "ar": "ar-SA",
    "fa": "fa-IR",
    "uk": "uk-UA",
    "tr": "tr-TR",
}


def full_language(language: str) -> str:
    """`da` → `da-DK`: Word's proofing wants to know the country too."""
    return LANGUAGES.get(language.lower(), language)


@reused
def run_properties(format: RunFormat, style: str | None = None) -> _Element | None:
    """`w:rPr`, or None where nothing is said."""
    language = {"val": full_language(format.language)} if format.language else {}
    if format.rtl and language:
        language["bidi"] = language["val"]
    size = format.half_points
    fonts = None
    if format.font is not None:
        fonts = make("w:rFonts", ascii=format.font, hAnsi=format.font, eastAsia=format.font, cs=format.font)
    found = [
        make("w:rStyle", val=style) if style else None,
        fonts,
        flag("w:b", format.bold),
        flag("w:bCs", format.bold),
        flag("w:i", format.italic),
        flag("w:iCs", format.italic),
        flag("w:smallCaps", format.small_caps),
        flag("w:strike", format.strike),
        make("w:color", val=format.color) if format.color else None,
        make("w:spacing", val=format.spacing_twips) if format.spacing_twips is not None else None,
        make("w:sz", val=size) if size is not None else None,
        make("w:szCs", val=size) if size is not None else None,
        None if format.underline is None else make("w:u", val="single" if format.underline else "none"),
        border("bdr", format.border),
        shading(format.shade),
        make("w:vertAlign", val=format.vertical) if format.vertical else None,
        flag("w:rtl", format.rtl),
        make("w:lang", **language) if language else None,
    ]
    said = [each for each in found if each is not None]
    return make("w:rPr", *said) if said else None


def shading(color: str | None) -> _Element | None:
    """A background, or nothing; `auto` takes one away."""
    return make("w:shd", val="clear", color="auto", fill=color) if color else None


def border(name: str, line: Border | None, spaced: bool = False) -> _Element | None:
    """One side's line."""
    if line is None:
        return None
    return make(
        f"w:{name}", val=line.style, sz=line.eighths, space=line.space_points if spaced else 0, color=line.color
    )


def borders(tag: str, sides: Borders | None, spaced: bool = False) -> _Element | None:
    """All four sides; an empty `Borders` takes away what a style has given."""
    if sides is None:
        return None
    names = ("top", "left", "bottom", "right")
    if not sides:
        return make(tag, *(make(f"w:{name}", val="nil") for name in names)) if spaced else None
    return make(tag, *(border(name, getattr(sides, name), spaced) for name in names))


@reused
def paragraph_properties(
    format: ParagraphFormat,
    style: str | None = None,
    place: ListPlace | None = None,
    frame: Frame | None = None,
    mark: RunFormat | None = None,
    outline: int | None = None,
) -> _Element | None:
    """`w:pPr`, or None where nothing is said."""
    level = format.outline if outline is None else outline
    found = [
        make("w:pStyle", val=style) if style else None,
        flag("w:keepNext", format.keep_next),
        flag("w:keepLines", format.keep_lines),
        flag("w:pageBreakBefore", format.page_break_before),
        _frame(frame),
        flag("w:widowControl", format.widow_control),
        make("w:numPr", make("w:ilvl", val=place.level), make("w:numId", val=place.list_id)) if place else None,
        borders("w:pBdr", format.borders, spaced=True),
        shading(format.shade),
        _tabs(format),
        flag("w:suppressAutoHyphens", None if format.hyphenate is None else not format.hyphenate),
        flag("w:bidi", format.bidi),
        _spacing(format),
        _indents(format),
        make("w:jc", val=format.align) if format.align else None,
        make("w:outlineLvl", val=level) if level is not None else None,
        run_properties(mark) if mark is not None else None,
    ]
    said = [each for each in found if each is not None]
    return make("w:pPr", *said) if said else None


def _frame(frame: Frame | None) -> _Element | None:
    """A text frame at a place of the page (17.3.1.11). Equal neighbours are one frame to Word."""
    if frame is None:
        return None
    height = {} if frame.height is None else {"h": frame.height, "hRule": "atLeast"}
    return make(
        "w:framePr",
        w=frame.width,
        **height,
        hSpace=0,
        wrap="around",
        vAnchor="page",
        hAnchor="page",
        x=max(1, frame.x),
        y=max(1, frame.y),
    )


def _tabs(format: ParagraphFormat) -> _Element | None:
    if not format.tabs:
        return None
    return make(
        "w:tabs", *(make("w:tab", val=stop.align, leader=stop.leader, pos=stop.at_twips) for stop in format.tabs)
    )


def _spacing(format: ParagraphFormat) -> _Element | None:
    said: dict[str, object] = {}
    if format.before is not None:
        said["before"] = format.before
    if format.after is not None:
        said["after"] = format.after
    if format.line is not None or format.line_exact is not None:
        rule = "exact" if format.line_exact else "atLeast"
        said |= {"line": format.line, "lineRule": rule} if format.line else {"line": 240, "lineRule": "auto"}
    return make("w:spacing", **said) if said else None


def _indents(format: ParagraphFormat) -> _Element | None:
    said: dict[str, object] = {}
    if format.indent_left is not None:
        said["left"] = format.indent_left
    if format.indent_right is not None:
        said["right"] = format.indent_right
    if format.first_line is not None:
        said |= {"firstLine": format.first_line} if format.first_line >= 0 else {"hanging": -format.first_line}
    return make("w:ind", **said) if said else None
