"""The letterhead that a profile names (`word_reference:`): opened with limits, checked, and found fit or not.

What runs, or fetches something, where the citizen opens the letter, may not stand in it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml.etree import _Element

from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.templating.letterhead_package import LetterheadFile, R, RefusedError, Relation, W, parse_part, unpack

Fault = tuple[Message, Message]
"""What is wrong, as the end of a sentence about the file, and what to do."""

PLAIN_FIELDS = {
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "STYLEREF", "REF", "SEQ", "TITLE", "SUBJECT", "FILENAME",
    "DATE", "TIME", "CREATEDATE", "SAVEDATE", "DOCPROPERTY", "HYPERLINK", "SYMBOL", "IF", "=",
}  # fmt: skip
"""Fields that only show what the document holds (ECMA-376, 17.16.5). Others fetch files, run programs, name people."""

LINK_TODO = N_("link to an address that begins with https:// or mailto:")
_PICTURE = N_("put in a picture of it (PNG) instead")
_SAVE = N_("save it again in Word")
_LINK = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
_TOKEN = re.compile(r'\\[a-z]|"[^"]*"|[^\s"]+', re.IGNORECASE)
_TAKING = {"\\l", "\\o", "\\t"}
"""Switches of HYPERLINK with a word of their own (17.16.5.25): a place, a tip, a window."""

_VML = "{urn:schemas-microsoft-com:vml}*"
_MACROS = re.compile(r"macroEnabled|vbaProject|vbaData|activeX", re.IGNORECASE)
_ALLOWED = {
    "header": {"image", "hyperlink"},
    "footer": {"image", "hyperlink"},
    "numbering": {"image"},
    "theme": {"image"},
    "fontTable": {"font"},
    "styles": set[str](),
}
_ROOTS = {"styles": "styles", "settings": "settings", "numbering": "numbering", "fontTable": "fonts"}
_ROOTS |= {"header": "hdr", "footer": "ftr"}
_NAMES = {
    "oleObject": N_("an embedded object"),
    "package": N_("an embedded file"),
    "chart": N_("a chart"),
    "aFChunk": N_("a file"),
    "control": N_("a control"),
    "diagramData": N_("SmartArt"),
    "image": N_("a picture"),
    "hyperlink": N_("a link"),
}


def find_faults(file: LetterheadFile) -> Iterator[Fault]:
    """All that speaks against the file. Only what would go into our documents is looked at: the body is dropped."""
    yield from _macros(file)
    for kind, name in file.kept():
        if name not in file.parts:
            yield _part_missing(name), _SAVE
            continue
        if kind in _ROOTS and file.root(name).tag != f"{W}{_ROOTS[kind]}":
            yield (
                message("letterhead.part.other_kind", "is damaged: {name} is no {kind} part", name=name, kind=kind),
                _SAVE,
            )
            continue
        for relation in file.relations(name):
            yield from _relation(file, kind, name, relation)
        if kind in ("header", "footer"):
            yield from _content(file.root(name), name)
    yield from _drawings(file)


def _part_missing(name: str) -> Message:
    return message("letterhead.part.missing", "is damaged: {name} is missing", name=name)


def _bad_link(target: str, name: str) -> Message:
    return message("letterhead.link.target", 'links to "{target}" in {name}', target=target, name=name)


def _holds(what: str, name: str) -> Message:
    return message("letterhead.part.not_allowed", "holds {what} in {name}", what=what, name=name)


def _macros(file: LetterheadFile) -> Iterator[Fault]:
    if any(_MACROS.search(part) or _MACROS.search(kind) for part, kind in file.types.items()):
        yield (
            message("letterhead.file.macros", "holds macros"),
            N_("save it in Word as Word document (.docx), without macros"),
        )


def _relation(file: LetterheadFile, kind: str, name: str, relation: Relation) -> Iterator[Fault]:
    if kind == "settings":  # an attached template and its like: taken out, and reported when the letter is made
        return
    shown: str = _NAMES.get(relation.kind, f'"{relation.kind}"')
    if relation.external and relation.kind == "hyperlink":
        if not _LINK.match(relation.target):
            yield _bad_link(relation.target, name), LINK_TODO
    elif relation.external:
        what = message(
            "letterhead.part.fetched",
            'fetches {shown} from "{target}" in {name}',
            shown=shown,
            target=relation.target,
            name=name,
        )
        yield what, N_("put it into the file itself, or take it out")
    elif relation.kind not in _ALLOWED[kind]:
        yield _holds(shown, name), _PICTURE
    elif relation.kind != "hyperlink" and relation.target not in file.parts:
        yield _part_missing(relation.target), _SAVE
    elif relation.kind == "image" and not file.types[relation.target].startswith("image/"):
        what = message("letterhead.picture.none", "holds {name} as a picture, which is none", name=relation.target)
        yield what, N_("put the picture in again")


def _content(root: _Element, name: str) -> Iterator[Fault]:
    """Fields and drawings of a header or footer."""
    for instruction in _fields(root):
        word = _first_word(instruction)
        if word not in PLAIN_FIELDS:
            shown = N_('the field "{field}"', field=word) if word else N_("a field without a name")
            todo = N_("use plain text, or one of: {names}", names=listed(sorted(PLAIN_FIELDS)))
            yield message("letterhead.field.not_plain", "has {field} in {name}", field=shown, name=name), todo
        elif word == "HYPERLINK" and (target := _bad_target(instruction)) is not None:
            shown = N_("a field HYPERLINK without an address of its own")
            if target:
                shown = N_('a field that links to "{target}"', target=target)
            yield message("letterhead.field.link", "has {field} in {name}", field=shown, name=name), LINK_TODO
    for element in root.iter(_VML):
        if element.get("src"):
            what = message(
                "letterhead.picture.fetched",
                'fetches a picture from "{source}" in {name}',
                source=element.get("src"),
                name=name,
            )
            yield what, N_("put it into the file itself")
        if (target := element.get("href")) and not _LINK.match(target):
            yield _bad_link(target, name), LINK_TODO
    related = {f"{R}id", f"{R}embed", f"{R}link"}
    for element in root.iter(f"{W}object", f"{W}control", f"{W}altChunk"):
        if not any(related & set(map(str, each.attrib)) for each in element.iter()):
            yield _holds(_NAMES["oleObject"], name), _PICTURE


def _fields(root: _Element) -> Iterator[str]:
    """Each field's instruction, also where it is split over runs (17.16.18) or in a w:fldSimple."""
    open_fields: list[list[str]] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"):
        if element.tag == f"{W}fldSimple":
            yield element.get(f"{W}instr", "")
        elif element.tag == f"{W}instrText":
            if open_fields:
                open_fields[-1].append(element.text or "")
        elif element.get(f"{W}fldCharType") == "begin":
            open_fields.append([])
        elif element.get(f"{W}fldCharType") == "end" and open_fields:
            yield "".join(open_fields.pop())
    yield from ("".join(texts) for texts in open_fields)


def _bad_target(instruction: str) -> str | None:
    """Where a field HYPERLINK leads that may not (17.16.5.25); empty where another field would tell; None if it may."""
    tokens: Iterator[str] = iter(_TOKEN.findall(instruction)[1:])
    place = False
    for token in tokens:
        if token.lower() in _TAKING:
            place = place or (token.lower() == "\\l" and bool(next(tokens, "")))
            if token.lower() != "\\l":
                next(tokens, "")
        elif not token.startswith("\\"):
            target = token.strip('"').strip()
            return None if _LINK.match(target) else target
        elif len(token) > 2:
            return token
    return None if place else ""


def _drawings(file: LetterheadFile) -> Iterator[Fault]:
    """SVG pictures that would run or fetch something."""
    for name, kind in file.types.items():
        if kind == "image/svg+xml" and name in file.parts:
            for element in parse_part(name, file.parts[name]).iter("*"):
                for what in _svg_faults(element):
                    yield message("letterhead.picture.active", "holds {what} in {name}", what=what, name=name), _PICTURE


def _svg_faults(element: _Element) -> Iterator[str]:
    word = str(element.tag).rpartition("}")[2].lower()
    if word in {"script", "foreignobject", "iframe", "handler"}:
        yield f"<{word}>"
    for name, value in element.attrib.items():
        plain, text = str(name).rpartition("}")[2].lower(), str(value).strip()
        if plain.startswith("on"):
            yield N_('a script ("{attribute}")', attribute=plain)
        elif plain == "href" and not text.startswith(("#", "data:image/png", "data:image/jpeg")) and word != "a":
            yield N_('a reference to "{target}"', target=text[:60])


def _first_word(instruction: str) -> str:
    stripped = instruction.strip()
    return "=" if stripped.startswith("=") else (stripped.split() or [""])[0].upper()


def open_letterhead(data: bytes, name: str, position: Position) -> LetterheadFile:
    """The letterhead in a file's bytes.

    Raises KvisdocsError at `position` with all that is wrong with it; `name` is what messages call it.
    """
    found = _examine(data)
    if isinstance(found, LetterheadFile):
        return found
    raise KvisdocsError(
        Problem(position, N_('the letterhead "{name}" {fault}', name=name, fault=what).coded(what.code), todo)
        for what, todo in found
    )


@lru_cache(maxsize=4)
def _examine(data: bytes) -> LetterheadFile | tuple[Fault, ...]:
    """The file, or what is wrong with it. A batch of letters examines it once."""
    try:
        file = unpack(data)
        return tuple(find_faults(file)) or file
    except RefusedError as refused:
        return ((refused.what, refused.todo),)
