"""A letterhead's parts, made safe: nobody's name, no tracked change, nothing that asks, protects or looks elsewhere."""

import re

from lxml.etree import _Element

from kvisdocs.messages import N_, Message
from kvisdocs.templating.letterhead_package import W

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
