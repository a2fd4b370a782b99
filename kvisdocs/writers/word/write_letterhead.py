"""A letterhead's parts as the base of the package, and its page setup as the document's section."""

from collections.abc import Iterable, Mapping
from copy import deepcopy

from docx.document import Document
from docx.opc.part import XmlPart
from lxml import etree
from lxml.etree import _Element

from kvisdocs.templating.letterhead_package import Relation, W
from kvisdocs.writers.word.blocks import Section, Style
from kvisdocs.writers.word.letterhead import Letterhead
from kvisdocs.writers.word.letterhead_clean import AFTER_THEME_LANGUAGE, put_before
from kvisdocs.writers.word.package import base_parts, open_parts
from kvisdocs.writers.word.style_names import style_ids
from kvisdocs.writers.word.write_formats import full_language
from kvisdocs.writers.word.xml import make

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_AFTER_TITLE_PAGE = ("textDirection", "bidi", "rtlGutter", "docGrid")
_AFTER_PAGE = (
    "paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg",
    *_AFTER_TITLE_PAGE,
)  # fmt: skip


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
    added = style_ids([name for name, known in given.items() if known is None], ("tablenormal", *taken))
    return {name: known if known is not None else added[name] for name, known in given.items()}


def write_language(document: Document, language: str) -> None:
    """The document's language where Word looks for it: the letter is Danish, whatever Word the designer has."""
    styles, settings = document.part._styles_part.element, document.settings.element
    defaults = _child(styles, "docDefaults", first=True)
    properties = _child(_child(defaults, "rPrDefault", first=True), "rPr")
    _child(properties, "lang").set(f"{W}val", full_language(language))
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
    document: Document, properties: _Element, section: Section, letterhead: Letterhead, ours: Mapping[str, _Element]
) -> None:
    """The letterhead's page setup, with `ours`: the elements that the stylesheet's section would have, by name."""
    written = list(properties)
    for child in written:
        properties.remove(child)
    references = [child for child in written if str(child.tag).endswith("Reference")]
    given = list(etree.fromstring(letterhead.section))
    split = sum(str(child.tag).endswith("Reference") for child in given)
    properties.extend([*given[:split], *references, *given[split:]])
    for name in ("pgSz", "pgMar"):
        if letterhead.page is None:
            for old in properties.findall(f"{W}{name}"):
                properties.remove(old)
            put_before(properties, ours[name], _AFTER_PAGE)
    margins = properties.find(f"{W}pgMar")
    if letterhead.page is not None and margins is not None:
        for edge in {"header", "footer"} - letterhead.edges:
            margins.set(f"{W}{edge}", str(getattr(section, f"{edge}_distance")))
    if "titlePg" in ours and properties.find(f"{W}titlePg") is None:
        put_before(properties, ours["titlePg"], _AFTER_TITLE_PAGE)
        for edge in sorted(letterhead.edges):
            _repeat_on_first(document, properties, edge)


def _repeat_on_first(document: Document, properties: _Element, edge: str) -> None:
    """A copy of the letterhead's head or foot for the first page, where only the other one differs there."""
    default = next(
        (each for each in properties.findall(f"{W}{edge}Reference") if each.get(f"{W}type") == "default"), None
    )
    if default is None:
        return
    source: XmlPart = document.part.related_parts[default.get(f"{{{default.nsmap['r']}}}id")]
    part, relation = getattr(document.part, f"add_{edge}_part")()
    element = part.element
    for child in list(element):
        element.remove(child)
    element.extend(deepcopy(child) for child in source.element)
    for each in source.rels.values():
        target = each.target_ref if each.is_external else each.target_part
        part.rels.add_relationship(each.reltype, target, each.rId, each.is_external)
    default.addnext(make(f"w:{edge}Reference", type="first", **{"r:id": relation}))
