"""What of a letterhead's package goes into ours: styles and their like, headers and footers with their pictures.

All is made safe: nobody's name, no tracked change, nothing that asks, protects or looks elsewhere.
"""

import posixpath
import re
from dataclasses import dataclass, field
from itertools import count

from lxml import etree
from lxml.etree import _Element

from kvisdocs.messages import N_, Message
from kvisdocs.templating.letterhead_package import LetterheadFile, R, Relation, W

_REPORTED = {
    "attachedTemplate": N_("the attached template"),
    "mailMerge": N_("the mail merge"),
    "documentProtection": N_("the document protection"),
    "writeProtection": N_("the write protection"),
    "trackRevisions": N_("the tracking of changes"),
    "updateFields": N_("the updating of fields at opening"),
}
"""Settings that are taken out (ECMA-376, 17.15.1), and that the designer should hear about."""

_DROPPED = {
    "rsids", "docVars", "revisionView", "linkStyles", "saveThroughXslt", "useXSLTWhenSaving", "attachedSchema",
    "footnotePr", "endnotePr", "formsDesign", "documentType", "lsbAuthor", "doNotTrackMoves", "doNotTrackFormatting",
}  # fmt: skip
"""Settings about the designer's own file, or about parts that do not come along."""

_COMPAT = "http://schemas.microsoft.com/office/word"
_AFTER_COMPAT = (
    "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats",
    "doNotAutoCompressPictures", "forceUpgrade", "captions", "readModeInkLockDown", "smartTagType", "schemaLibrary",
    "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator", "docId", "conflictMode",
    "discardImageEditingData", "defaultImageDpi", "chartTrackingRefBased",
)  # fmt: skip
AFTER_THEME_LANGUAGE = _AFTER_COMPAT[5:]

_UNWRAPPED = {f"{W}ins", f"{W}moveTo"}
_REMOVED = {
    f"{W}{name}"
    for name in (
        "del", "moveFrom", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
        "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "permStart", "permEnd",
        "proofErr", "bookmarkStart", "bookmarkEnd", "dataBinding", "rPrChange", "pPrChange", "tblPrChange",
        "trPrChange", "tcPrChange", "tblGridChange", "sectPrChange", "numberingChange", "cellIns", "cellDel",
        "tblPrExChange", "delText", "delInstrText", "footnoteReference", "endnoteReference",
    )
}  # fmt: skip
_MICROSOFT_BINDING = "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding"
_SECTION_DROPPED = {f"{W}{name}" for name in ("sectPrChange", "printerSettings", "type", "footnotePr", "endnotePr")}


def clean_content(root: _Element) -> None:
    """A header or footer as if all its changes were accepted: no names, comments, bookmarks, bindings, ids."""
    for element in list(root.iter()):
        if element.tag in _REMOVED or element.tag == _MICROSOFT_BINDING:
            _remove(element)
        elif element.tag in _UNWRAPPED:
            _unwrap(element)
    for number in list(root.iterfind(f".//{W}sdtPr/{W}id")):  # Word gives new ones; ours must not meet them
        _remove(number)
    for element in root.iter("*"):
        for name in [name for name in map(str, element.attrib) if name.startswith(f"{W}rsid")]:
            del element.attrib[name]


def clean_definitions(root: _Element) -> None:
    """Styles, numbering and fonts as they are, but for changes that bear a name.

    LibreOffice gives fonts character sets that no schema knows; Word does without them (ECMA-376, 17.8.3.2).
    """
    for element in root.iter(f"{W}charset"):
        if element.get(f"{W}characterSet") is not None:
            del element.attrib[f"{W}characterSet"]
    for element in list(root.iter(f"{W}rPrChange", f"{W}pPrChange", f"{W}tblPrChange", f"{W}numberingChange")):
        _remove(element)


def clean_settings(root: _Element) -> tuple[Message, ...]:
    """Take out what does not belong in a letter, and give the names of what the designer should hear about."""
    found = []
    for child in list(root):
        name = local_name(child)
        if name in _REPORTED:
            found.append(_REPORTED[name])
        if name in _REPORTED or name in _DROPPED or name in {"docId", "footnoteColumns"}:
            _remove(child)
    _set_mode(root)
    return tuple(sorted(set(found)))


def clean_section(section: _Element) -> None:
    """A `w:sectPr` with Word's own page setup alone, so that it stands in any document."""
    for child in list(section):
        if child.tag in _SECTION_DROPPED or not str(child.tag).startswith(W):
            section.remove(child)
    section.attrib.clear()
    for grid in section.findall(f"{W}docGrid"):
        for name in list(grid.attrib):
            if str(name).endswith(("}charSpace", "}linePitch")):
                _sign(grid, str(name))


def _sign(element: _Element, name: str) -> None:
    """A number as Word writes it: LibreOffice writes a negative one as 4294961151 (17.18.10 wants 32 bits, signed)."""
    text = element.get(name, "").strip()
    number = int(text) if re.fullmatch(r"-?\d{1,10}", text) else None
    if number is not None and 2**31 <= number < 2**32:
        number -= 2**32
    if number is None or not -(2**31) <= number < 2**31:
        del element.attrib[name]
    else:
        element.set(name, str(number))


def put_before(root: _Element, element: _Element, followers: tuple[str, ...]) -> None:
    """Put a child in front of the first of those that the schema wants behind it."""
    for child in root:
        if local_name(child) in followers:
            child.addprevious(element)
            return
    root.append(element)


def _set_mode(root: _Element) -> None:
    """Compatibility mode 15 or later (MS-DOCX, 2.3.2): in older ones Word lays tables and spaces out otherwise."""
    compat = root.find(f"{W}compat")
    if compat is None:
        compat = root.makeelement(f"{W}compat")
        put_before(root, compat, _AFTER_COMPAT)
    for setting in compat.findall(f"{W}compatSetting"):
        if setting.get(f"{W}name") == "compatibilityMode":
            if not setting.get(f"{W}val", "").isdecimal() or int(setting.get(f"{W}val", "")) < 15:
                setting.set(f"{W}val", "15")
            return
    said = {f"{W}name": "compatibilityMode", f"{W}uri": _COMPAT, f"{W}val": "15"}
    compat.append(compat.makeelement(f"{W}compatSetting", said))


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: _Element) -> None:
    """The content of an insertion, without the insertion; the mark of an inserted row or paragraph is empty."""
    for child in list(element):
        element.addprevious(child)
    _remove(element)


def local_name(element: _Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


EDGES = ("header", "footer")

_NAMES = {"styles": "word/styles.xml", "settings": "word/settings.xml", "numbering": "word/numbering.xml"}
_NAMES |= {"fontTable": "word/fontTable.xml", "theme": "word/theme/theme1.xml"}
_TYPE = "application/vnd.openxmlformats-officedocument."
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHOWN = (f"{W}drawing", f"{W}pict", f"{W}fldChar", f"{W}fldSimple", f"{W}sym")
_FIRST_RELATION = 100
"""Ids of relations from here on are the letterhead's; our own base has a handful."""


@dataclass(frozen=True, slots=True)
class GivenPart:
    """A part that goes into our package, under its name there. Its relations name parts of ours."""

    name: str
    type: str
    data: bytes
    relations: tuple[Relation, ...] = ()


@dataclass(slots=True)
class Gathering:
    """One walk over a letterhead's package. The attributes say what `Letterhead` says of them."""

    file: LetterheadFile
    parts: list[GivenPart] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    edges: set[str] = field(default_factory=set)
    even: bool = False
    lists: int = 0
    drawings: int = 0
    removed: tuple[Message, ...] = ()
    _names: dict[str, str] = field(default_factory=dict)

    def gather(self) -> _Element:
        """The `w:sectPr` that is the page setup, with references to the headers and footers among `parts`."""
        section, references = self._sections()
        self.edges = {
            edge for edge in EDGES if any(self._says(to) for (own, _), to in references.items() if own == edge)
        }
        for kind, target in self.file.kept():
            if kind in _NAMES and target not in self._names:
                self._definitions(kind, target)
        for edge in EDGES:
            for which in ("even", "default", "first"):
                if edge in self.edges and (edge, which) in references:
                    section.insert(0, self._reference(edge, which, references[edge, which]))
        if not self.edges:
            for first in section.findall(f"{W}titlePg"):
                section.remove(first)
        return section

    def _sections(self) -> tuple[_Element, dict[tuple[str, str], str]]:
        """The last section, and for each kind of header and footer the last that was said: sections inherit them."""
        targets = {relation.id: relation.target for relation in self.file.relations(self.file.main)}
        references: dict[tuple[str, str], str] = {}
        body = self.file.root(self.file.main).find(f"{W}body")
        found = [] if body is None else [*body.iterfind(f".//{W}pPr/{W}sectPr"), *body.findall(f"{W}sectPr")]
        section = found[-1] if found else etree.Element(f"{W}sectPr", nsmap={"w": W[1:-1]})
        for each in found:
            for edge in EDGES:
                for said in each.findall(f"{W}{edge}Reference"):
                    references[edge, said.get(f"{W}type", "default")] = targets.get(said.get(f"{R}id", ""), "")
                    each.remove(said)
        clean_section(section)
        first = section.find(f"{W}titlePg")
        if first is not None and first.get(f"{W}val", "1") in {"0", "false", "off"}:
            section.remove(first)
        return section, {key: target for key, target in references.items() if target in self.file.parts}

    def _says(self, target: str) -> bool:
        """Whether a header or footer shows anything: LibreOffice and Word leave empty ones behind."""
        root = self.file.root(target)
        text = "".join(each.text or "" for each in root.iter(f"{W}t"))
        return bool(text.strip()) or next(root.iter(*_SHOWN), None) is not None

    def _definitions(self, kind: str, target: str) -> None:
        root = self.file.root(target)
        if kind == "settings":
            self.removed = clean_settings(root)
            for even in root.findall(f"{W}evenAndOddHeaders"):
                if self.edges and even.get(f"{W}val", "1") not in {"0", "false", "off"}:
                    self.even = True
                else:
                    root.remove(even)
        clean_definitions(root)
        if kind == "numbering":
            self.lists = _highest(root)
        relations = () if kind == "settings" else self._targets(target)
        self._put(target, _NAMES[kind], root, relations, kind if kind == "theme" else f"wordprocessingml.{kind}")

    def _reference(self, edge: str, which: str, target: str) -> _Element:
        if target not in self._names:
            root = self.file.root(target)
            clean_content(root)
            for drawing in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"):
                self.drawings += 1
                drawing.set("id", str(self.drawings))
            number = sum(each.name.startswith(f"word/{edge}") for each in self.parts) + 1
            self._put(target, f"word/{edge}{number}.xml", root, self._targets(target), f"wordprocessingml.{edge}")
        relation = f"rId{_FIRST_RELATION + len(self.relations)}"
        self.relations.append(Relation(relation, f"{_RELATIONS}/{edge}", self._names[target]))
        element = etree.Element(f"{W}{edge}Reference", nsmap={"w": W[1:-1], "r": R[1:-1]})
        element.set(f"{W}type", which)
        element.set(f"{R}id", relation)
        return element

    def _put(self, target: str, name: str, root: _Element, relations: tuple[Relation, ...], kind: str) -> None:
        self._names[target] = name
        data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self.parts.append(GivenPart(name, f"{_TYPE}{kind}+xml", data, relations))

    def _targets(self, name: str) -> tuple[Relation, ...]:
        """The relations of a part, its pictures and fonts brought along."""
        return tuple(
            each
            if each.external or each.kind == "hyperlink"
            else Relation(each.id, each.type, self._media(each.target))
            for each in self.file.relations(name)
        )

    def _media(self, target: str) -> str:
        if target not in self._names:
            numbers = (f"word/media/letterhead{number}{posixpath.splitext(target)[1].lower()}" for number in count(1))
            taken = set(self._names.values())
            self._names[target] = next(name for name in numbers if name not in taken)
            self.parts.append(GivenPart(self._names[target], self.file.types[target], self.file.parts[target]))
        return self._names[target]


def _highest(root: _Element) -> int:
    """The highest number of a list definition or of an instance."""
    said = [each.get(f"{W}abstractNumId", "") for each in root.findall(f"{W}abstractNum")]
    said += [each.get(f"{W}numId", "") for each in root.findall(f"{W}num")]
    return max((int(each) for each in said if each.isdecimal()), default=0)
