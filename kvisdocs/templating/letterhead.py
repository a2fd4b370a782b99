"""The letterhead that a profile names (`word_reference:`): opened with limits, checked, and found fit or not.

What runs, or fetches something, where the citizen opens the letter, may not stand in it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml.etree import _Element

from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.templating.letterhead_package import LetterheadFile, R, RefusedError, Relation, W, parse_part, unpack

Fault = tuple[str, str]
"""What is wrong, as the end of a sentence about the file, and what to do."""

PLAIN_FIELDS = {
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "STYLEREF", "REF", "SEQ", "TITLE", "SUBJECT", "FILENAME",
    "DATE", "TIME", "CREATEDATE", "SAVEDATE", "DOCPROPERTY", "HYPERLINK", "SYMBOL", "IF", "=",
}  # fmt: skip
"""Fields that only show what the document holds (ECMA-376, 17.16.5). Others fetch files, run programs, name people."""

LINK_TODO = "link to an address that begins with https:// or mailto:"
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
_NAMES = {"oleObject": "an embedded object", "package": "an embedded file", "chart": "a chart", "aFChunk": "a file"}
_NAMES |= {"control": "a control", "diagramData": "SmartArt", "image": "a picture", "hyperlink": "a link"}


def find_faults(file: LetterheadFile) -> Iterator[Fault]:
    """All that speaks against the file. Only what would go into our documents is looked at: the body is dropped."""
    yield from _macros(file)
    for kind, name in file.kept():
        if name not in file.parts:
            yield f"is damaged: {name} is missing", "save it again in Word"
            continue
        if kind in _ROOTS and file.root(name).tag != f"{W}{_ROOTS[kind]}":
            yield f"is damaged: {name} is no {kind} part", "save it again in Word"
            continue
        for relation in file.relations(name):
            yield from _relation(file, kind, name, relation)
        if kind in ("header", "footer"):
            yield from _content(file.root(name), name)
    yield from _drawings(file)


def _macros(file: LetterheadFile) -> Iterator[Fault]:
    if any(_MACROS.search(part) or _MACROS.search(kind) for part, kind in file.types.items()):
        yield "holds macros", "save it in Word as Word document (.docx), without macros"


def _relation(file: LetterheadFile, kind: str, name: str, relation: Relation) -> Iterator[Fault]:
    if kind == "settings":  # an attached template and its like: taken out, and reported when the letter is made
        return
    shown = _NAMES.get(relation.kind, f'"{relation.kind}"')
    if relation.external and relation.kind == "hyperlink":
        if not _LINK.match(relation.target):
            yield f'links to "{relation.target}" in {name}', LINK_TODO
    elif relation.external:
        yield f'fetches {shown} from "{relation.target}" in {name}', "put it into the file itself, or take it out"
    elif relation.kind not in _ALLOWED[kind]:
        yield f"holds {shown} in {name}", "put in a picture of it (PNG) instead"
    elif relation.kind != "hyperlink" and relation.target not in file.parts:
        yield f"is damaged: {relation.target} is missing", "save it again in Word"
    elif relation.kind == "image" and not file.types[relation.target].startswith("image/"):
        yield f"holds {relation.target} as a picture, which is none", "put the picture in again"


def _content(root: _Element, name: str) -> Iterator[Fault]:
    """Fields and drawings of a header or footer."""
    for instruction in _fields(root):
        word = _first_word(instruction)
        if word not in PLAIN_FIELDS:
            shown = f'the field "{word}"' if word else "a field without a name"
            yield f"has {shown} in {name}", f"use plain text, or one of: {', '.join(sorted(PLAIN_FIELDS))}"
        elif word == "HYPERLINK" and (target := _bad_target(instruction)) is not None:
            shown = f'a field that links to "{target}"' if target else "a field HYPERLINK without an address of its own"
            yield f"has {shown} in {name}", LINK_TODO
    for element in root.iter(_VML):
        if element.get("src"):
            yield f'fetches a picture from "{element.get("src")}" in {name}', "put it into the file itself"
        if (target := element.get("href")) and not _LINK.match(target):
            yield f'links to "{target}" in {name}', LINK_TODO
    related = {f"{R}id", f"{R}embed", f"{R}link"}
    for element in root.iter(f"{W}object", f"{W}control", f"{W}altChunk"):
        if not any(related & set(map(str, each.attrib)) for each in element.iter()):
            yield f"holds an embedded object in {name}", "put in a picture of it (PNG) instead"


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
                    yield f"holds {what} in {name}", "put in a picture of it (PNG) instead"


def _svg_faults(element: _Element) -> Iterator[str]:
    word = str(element.tag).rpartition("}")[2].lower()
    if word in {"script", "foreignobject", "iframe", "handler"}:
        yield f"<{word}>"
    for name, value in element.attrib.items():
        plain, text = str(name).rpartition("}")[2].lower(), str(value).strip()
        if plain.startswith("on"):
            yield f'a script ("{plain}")'
        elif plain == "href" and not text.startswith(("#", "data:image/png", "data:image/jpeg")) and word != "a":
            yield f'a reference to "{text[:60]}"'


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
    raise KvisdocsError(Problem(position, f'the letterhead "{name}" {what}', todo) for what, todo in found)


@lru_cache(maxsize=4)
def _examine(data: bytes) -> LetterheadFile | tuple[tuple[str, str], ...]:
    """The file, or what is wrong with it. A batch of letters examines it once."""
    try:
        file = unpack(data)
        return tuple(find_faults(file)) or file
    except RefusedError as refused:
        return ((refused.what, refused.todo),)
