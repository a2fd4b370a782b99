"""What of a letterhead's package goes into ours: styles and their like, headers and footers with their pictures."""

import posixpath
from dataclasses import dataclass, field
from itertools import count

from lxml import etree
from lxml.etree import _Element

from kvisdocs.messages import Message
from kvisdocs.templating.letterhead_package import LetterheadFile, R, Relation, W
from kvisdocs.writers.word.letterhead.cleaning import clean_content, clean_definitions, clean_section, clean_settings

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
