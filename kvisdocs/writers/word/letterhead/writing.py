"""A letterhead's parts as the base of the package, and its page setup as the document's section."""

from collections.abc import Iterable, Mapping
from copy import deepcopy

from docx.document import Document
from docx.opc.part import XmlPart
from docx.parts.document import DocumentPart
from lxml import etree
from lxml.etree import _Element

from kvisdocs.templating.letterhead_package import Relation, W
from kvisdocs.writers.word.letterhead.letterhead import Letterhead
from kvisdocs.writers.word.letterhead.parts import AFTER_THEME_LANGUAGE, local_name, put_before
from kvisdocs.writers.word.model.blocks import Section, Style
from kvisdocs.writers.word.styles.stylebook import style_ids
from kvisdocs.writers.word.write.formats import full_language, make
from kvisdocs.writers.word.write.package import base_parts, open_parts

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_AFTER_TITLE_PAGE = ("textDirection", "bidi", "rtlGutter", "docGrid")
_AFTER_COLUMNS = ("formProt", "vAlign", "noEndnote", "titlePg", *_AFTER_TITLE_PAGE)
_AFTER_PAGE = ("paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", *_AFTER_COLUMNS)


def open_letterhead_base(letterhead: Letterhead) -> Document:
    """An empty document of the letterhead's parts; those that it lacks, and all properties, are our own."""
    parts = base_parts()
    types = etree.fromstring(parts["[Content_Types].xml"])
    known = {each.get("PartName", ""): each for each in types}
    for part in letterhead.parts:
        parts[part.name] = part.data
        name = f"/{part.name}"
        said = known[name] if name in known else etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=name)
        said.set("ContentType", part.type)
        if part.relations:
            folder, _, file = part.name.rpartition("/")
            parts[f"{folder}/_rels/{file}.rels"] = _relations(
                etree.Element(f"{{{_PACKAGE}}}Relationships"), part.relations
            )
    parts["[Content_Types].xml"] = etree.tostring(types)
    main = "word/_rels/document.xml.rels"
    parts[main] = _relations(etree.fromstring(parts[main]), letterhead.relations)
    return open_parts(parts)


def _relations(root: _Element, more: Iterable[Relation]) -> bytes:
    """The relations in `root`, and more."""
    for each in more:
        said = {"Id": each.id, "Type": each.type, "Target": each.target if each.external else f"/{each.target}"}
        if each.external:
            said["TargetMode"] = "External"
        etree.SubElement(root, f"{{{_PACKAGE}}}Relationship", said)
    return etree.tostring(root)


def given_style_ids(letterhead: Letterhead, styles: tuple[Style, ...]) -> dict[str, str]:
    """The id of each style: the letterhead's own, or a new one that it does not use."""
    given = {style.name: letterhead.style_id(style.name, style.kind) for style in styles}
    taken = [style.id for style in letterhead.styles]
    added = style_ids([name for name, known in given.items() if known is None], taken)
    return {name: known if known is not None else added[name] for name, known in given.items()}


def write_language(document: Document, language: str) -> None:
    """The document's language where Word looks for it: the letter is Danish, whatever Word the designer has."""
    styles = document.part._styles_part.element
    defaults = _child(styles, "docDefaults", first=True)
    properties = _child(_child(defaults, "rPrDefault", first=True), "rPr")
    _child(properties, "lang").set(f"{W}val", full_language(language))
    write_settings_language(document, language)


def write_settings_language(document: Document, language: str) -> None:
    """The language that Word proofs new text in."""
    settings = document.settings.element
    theme = settings.find(f"{W}themeFontLang")
    if theme is None:
        theme = make("w:themeFontLang")
        put_before(settings, theme, AFTER_THEME_LANGUAGE)
    theme.set(f"{W}val", full_language(language))


def _child(element: _Element, name: str, first: bool = False) -> _Element:
    found = element.find(f"{W}{name}")
    if found is None:
        found = make(f"w:{name}")
        element.insert(0 if first else len(element), found)
    return found


def put_numbering(root: _Element, elements: list[_Element]) -> None:
    """Our definitions behind the letterhead's, and our instances behind its: the schema wants both kinds together."""
    for element in elements:
        abstract = element.tag == f"{W}abstractNum"
        put_before(root, element, ("num", "numIdMacAtCleanup") if abstract else ("numIdMacAtCleanup",))


def write_given_section(
    part: DocumentPart, properties: _Element, section: Section, letterhead: Letterhead, begins: bool
) -> None:
    """Turn a section as the stylesheet has it into one on the letterhead.

    Its heads and feet come with the section that the document `begins` with, and the others inherit them (17.10); its
    page setup comes with each section that is `given`. Page numbers run on, and only one page is the first.
    """
    ours = {local_name(child): child for child in properties}
    own = [child for child in properties if not _is_reference(child) and local_name(child) != "type"]
    given = list(etree.fromstring(letterhead.section))
    heads = [child for child in given if _is_reference(child)] if begins else []
    setup = [child for child in given if not _is_reference(child)] if section.given else own
    start = [ours["type"]] if "type" in ours else []
    properties[:] = [*heads, *(child for child in properties if _is_reference(child)), *start, *setup]
    if section.given:
        _fit_page(properties, section, letterhead, ours)
    title = properties.find(f"{W}titlePg")
    if not begins:
        _run_on(properties, title)
    elif title is None and ("titlePg" in ours or letterhead.first):
        put_before(properties, make("w:titlePg"), _AFTER_TITLE_PAGE)
    if begins and "titlePg" in ours and not letterhead.first:
        for edge in sorted(letterhead.edges):
            _repeat_on_first(part, properties, edge)


def _is_reference(element: _Element) -> bool:
    return local_name(element).endswith("Reference")


def _fit_page(properties: _Element, section: Section, letterhead: Letterhead, ours: Mapping[str, _Element]) -> None:
    """What the section says itself of the letterhead's page: columns, and where a head or foot of ours stands."""
    page = letterhead.page
    for name in ("pgSz", "pgMar") if page is None else ():
        _exchange(properties, ours[name], _AFTER_PAGE)
    if section.columns > 1:
        _exchange(properties, ours["cols"], _AFTER_COLUMNS)
    margins = properties.find(f"{W}pgMar")
    if page is None or margins is None:
        return
    for edge in {"header", "footer"} - letterhead.edges:
        margins.set(f"{W}{edge}", str(getattr(section, f"{edge}_distance")))
    if (section.margins.left, section.margins.right) != (page.left, page.right):  # columns that stand further in
        said = {"left": section.margins.left, "right": section.margins.right, "gutter": 0}
        for name, value in said.items():
            margins.set(f"{W}{name}", str(value))


def _exchange(properties: _Element, element: _Element, followers: tuple[str, ...]) -> None:
    for old in properties.findall(str(element.tag)):
        properties.remove(old)
    put_before(properties, element, followers)


def _run_on(properties: _Element, title: _Element | None) -> None:
    if title is not None:
        properties.remove(title)
    for numbers in properties.findall(f"{W}pgNumType"):
        if f"{W}start" in numbers.attrib:
            del numbers.attrib[f"{W}start"]


def _repeat_on_first(main: DocumentPart, properties: _Element, edge: str) -> None:
    """A copy of the letterhead's head or foot for the first page, where only the other one differs there."""
    default = next(
        (each for each in properties.findall(f"{W}{edge}Reference") if each.get(f"{W}type") == "default"), None
    )
    if default is None:
        return
    source: XmlPart = main.related_parts[default.get(f"{{{default.nsmap['r']}}}id")]
    part, relation = getattr(main, f"add_{edge}_part")()
    part.element[:] = [deepcopy(child) for child in source.element]
    for each in source.rels.values():
        target = each.target_ref if each.is_external else each.target_part
        part.rels.add_relationship(each.reltype, target, each.rId, each.is_external)
    default.addnext(make(f"w:{edge}Reference", type="first", **{"r:id": relation}))


def stamp_feet(document: Document, properties: _Element, word: str) -> None:
    """A word at the end of the foot of every kind of page that the first section knows; the others inherit it."""
    part = document.part
    kinds = ["default"]
    kinds += ["first"] if properties.find(f"{W}titlePg") is not None else []
    kinds += ["even"] if document.settings.odd_and_even_pages_header_footer else []
    for kind in kinds:
        known = next((each for each in properties.findall(f"{W}footerReference") if each.get(f"{W}type") == kind), None)
        if known is None:
            foot, relation = getattr(part, "add_footer_part")()  # noqa: B009 (untyped)
            foot.element[:] = []
            properties.insert(0, make("w:footerReference", type=kind, **{"r:id": relation}))
        else:
            foot = part.related_parts[known.get(f"{{{known.nsmap['r']}}}id")]
        foot.element.append(_stamp(word))


def _stamp(word: str) -> _Element:
    look = make("w:rPr", make("w:b"), make("w:color", val="A3241D"), make("w:sz", val=36))
    text = make("w:t")
    text.text = word
    return make("w:p", make("w:pPr", make("w:jc", val="center")), make("w:r", look, text))
