"""Stylesheet text → rules with their selectors, for the cascade and for pages. Every declaration keeps its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import cssselect2
import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Position, Problem, Severity
from kvisdocs.writers.html.css_nesting import unfold
from kvisdocs.writers.html.rules import unknown_name
from kvisdocs.writers.word.css.counters import DESCRIPTORS, CounterStyle, read_counter_style
from kvisdocs.writers.word.css.defaults import KNOWN, generates_text
from kvisdocs.writers.word.css.shorthands import expand
from kvisdocs.writers.word.css.values import Tokens, has_variable, significant, split_on_commas

MEDIA = {"all", "word"}
"""`@media word` is for this writer alone, `@media pdf` for the other; what stands in neither is for both."""

PAGE_BOXES = {f"{edge}-{place}" for edge in ("top", "bottom") for place in ("left", "center", "right")}
"""The margin boxes that a Word header or footer has room for."""

PUT_IN_PDF = N_("put it in @media pdf {{ … }}")


@dataclass(frozen=True, slots=True)
class Declared:
    """One longhand declaration."""

    name: str
    tokens: Tokens
    position: Position
    important: bool = False


@dataclass(frozen=True, slots=True)
class PageRule:
    """`@page name:first { … }`: its own declarations, and those of its margin boxes by the box's name (`top-left`)."""

    name: str | None
    first: bool
    declarations: tuple[Declared, ...]
    boxes: dict[str, tuple[Declared, ...]]

    @property
    def specificity(self) -> tuple[bool, bool]:
        """A name counts more than :first (CSS Paged Media 3, 3.3)."""
        return self.name is not None, self.first


@dataclass(eq=False, slots=True)
class Stylesheet:
    """A parsed stylesheet, equal only to itself. `rules` are (selector, declarations) in order.

    `sees_siblings`: a selector asks for more of an element than itself and its ancestors. `generates`: there is text of
    `::before` or `::after`.
    """

    rules: list[tuple[cssselect2.compiler.CompiledSelector, tuple[Declared, ...]]] = field(default_factory=list)
    sees_siblings: bool = False
    generates: bool = False
    pages: list[PageRule] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    counters: dict[str, CounterStyle] = field(default_factory=dict)


@lru_cache(maxsize=32)
def parse_stylesheet(text: str, file: str, first_line: int = 1) -> Stylesheet:
    """Read a stylesheet; faults are kept as problems at their line, as CSS demands, and the rest still holds.

    The same text gives the same object, which nobody may change.
    """
    sheet = Stylesheet()
    nodes = tinycss2.parse_stylesheet(unfold(text), skip_comments=True, skip_whitespace=True)
    _Parser(sheet, file, first_line - 1).read_rules(nodes)
    return sheet


def parse_style_attribute(text: str, position: Position) -> tuple[tuple[Declared, ...], list[Problem]]:
    """The declarations of a `style` attribute and what is wrong with them, all at the element's position."""
    sheet = Stylesheet()
    found = _Parser(sheet, position.file, 0).declarations(text)
    problems = [replace(problem, position=position) for problem in sheet.problems]
    return tuple(replace(each, position=position) for each in found), problems


@dataclass(frozen=True, slots=True)
class _Parser:
    """Fills one stylesheet; `offset` lines stand above it in its file."""

    sheet: Stylesheet
    file: str
    offset: int

    def read_rules(self, nodes: Sequence[Node]) -> None:
        for node in nodes:
            if isinstance(node, QualifiedRule):
                self._read_rule(node)
            elif isinstance(node, AtRule):
                self._read_at_rule(node)
            elif node.type == "error":
                what = message("word_css.rule.syntax", "CSS: {fault}", fault=node.message)
                self._report(node, what, N_("correct the rule"), Severity.WARNING)

    def _read_rule(self, node: QualifiedRule) -> None:
        shown = tinycss2.serialize(node.prelude).strip()
        try:
            selectors = cssselect2.compile_selector_list(node.prelude)
        except cssselect2.SelectorError as error:
            what = message(
                "word_css.selector.syntax", 'the selector "{shown}": {fault}', shown=shown, fault=error.args[-1]
            )
            self._report(node, what, N_("see: kvisdocs docs templates"), Severity.WARNING)
            return
        declared = self.declarations(node.content)
        content = next((each.tokens for each in reversed(declared) if each.name == "content"), [])
        known = [each for each in selectors if not each.pseudo_element or each.pseudo_element in KNOWN]
        if len(known) < len(selectors):
            what = message(
                "word_css.selector.pseudo_element",
                'the selector "{shown}": Word has no place for this pseudo-element',
                shown=shown,
            )
            self._report(node, what, N_("write the text in the template, or put the rule in @media pdf {{ … }}"))
        self.sheet.rules += [(selector, declared) for selector in known]
        self.sheet.generates = self.sheet.generates or any(generates_text(each, content) for each in known)
        self.sheet.sees_siblings = self.sheet.sees_siblings or asks_for_siblings(node.prelude)

    def _read_at_rule(self, node: AtRule) -> None:
        match node.lower_at_keyword:
            case "media" if node.content is not None:
                if _is_meant(node.prelude):
                    self.read_rules(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))
            case "page":
                self._read_page(node)
            case "counter-style":
                self._read_counter_style(node)
            case "font-face":
                pass  # Word has the font or takes another: a letter does not carry fonts
            case "import" | "layer" | "color-profile" | "namespace" | "media":
                what = message("word_css.rule.unknown", '"@{name}" has no place in the Word file', name=node.at_keyword)
                self._report(node, what, PUT_IN_PDF)
            case _:
                place = Position(self.file, node.source_line + self.offset, node.source_column)
                self.sheet.problems.append(unknown_name(f"@{node.at_keyword}", place))

    def _read_counter_style(self, node: AtRule) -> None:
        name = tinycss2.serialize(node.prelude).strip()
        declared = {each.name: each for each in self.declarations(node.content or [])}
        for each in declared.values():
            if each.name not in DESCRIPTORS:
                what = message(
                    "word_css.counter_style.descriptor",
                    '"{name}" of a counter style has no place in the Word file',
                    name=each.name,
                )
                self.sheet.problems.append(Problem(each.position, what, PUT_IN_PDF, Severity.NOTE))
        style = read_counter_style({each.name: each.tokens for each in declared.values()})
        if style is None:
            what = message(
                "word_css.counter_style.unknown", 'the counter style "{name}" has no place in the Word file', name=name
            )
            self._report(node, what, N_("let it extend one that CSS has, with a prefix or suffix of its own"))
        else:
            self.sheet.counters[name] = style

    def _read_page(self, node: AtRule) -> None:
        contents = tinycss2.parse_blocks_contents(node.content or [], skip_comments=True, skip_whitespace=True)
        inner = [each for each in contents if isinstance(each, AtRule)]
        boxes = {each.lower_at_keyword: self.declarations(each.content or []) for each in inner}
        for each in inner:
            if each.lower_at_keyword not in PAGE_BOXES:
                what = message(
                    "word_css.page.margin_box", '"@{name}" has no place in the Word file', name=each.at_keyword
                )
                self._report(each, what, N_("use the boxes at the top and bottom of the page"))
        own = tuple(self._declared([each for each in contents if not isinstance(each, AtRule)]))
        for part in split_on_commas(node.prelude):
            words = significant(part)
            name = words[0].value if words and words[0].type == "ident" else None
            pseudo = [token.lower_value for token in words[1 if name else 0 :] if token.type == "ident"]
            if set(pseudo) <= {"first"}:
                self.sheet.pages.append(PageRule(name, bool(pseudo), own, boxes))
            else:
                what = message(
                    "word_css.page.pseudo_class", '"@page :{name}" has no place in the Word file', name=pseudo[0]
                )
                self._report(node, what, N_("use @page and @page :first, or put it in @media pdf {{ … }}"))

    def declarations(self, content: str | Sequence[Node]) -> tuple[Declared, ...]:
        """The longhands in a block, in order."""
        return tuple(self._declared(tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)))

    def _declared(self, nodes: Sequence[Node]) -> Iterator[Declared]:
        for node in nodes:
            if isinstance(node, Declaration):
                position = Position(self.file, node.source_line + self.offset, node.source_column)
                name = node.name if node.name.startswith("--") else node.lower_name
                parts = [(name, node.value)] if has_variable(node.value) else expand(name, node.value)
                for each, tokens in parts:
                    yield Declared(each, tokens, position, node.important)
            elif node.type == "error":
                what = message("word_css.declaration.syntax", "CSS: {fault}", fault=node.message)
                self._report(node, what, N_("correct the declaration"), Severity.WARNING)

    def _report(self, node: Node, what: Message, todo: Message, severity: Severity = Severity.NOTE) -> None:
        position = Position(self.file, node.source_line + self.offset, node.source_column)
        self.sheet.problems.append(Problem(position, what, todo, severity))


def _is_meant(prelude: Sequence[Node]) -> bool:
    """Whether a media query list holds for this writer. Of conditions, only `not` and the media's name count."""
    for query in split_on_commas(prelude):
        words = [token.lower_value for token in significant(query) if token.type == "ident"]
        if (not words) or (bool(set(words) & MEDIA) != (words[0] == "not")):
            return True
    return False


def asks_for_siblings(prelude: Sequence[Node]) -> bool:
    """Whether a selector asks where an element stands or what it holds: `+`, `~`, or a pseudo-class.

    `:root` asks for ancestors alone, and `:is()`, `:where()` and `:not()` ask what stands in them.
    """
    colons = 0
    for token in prelude:
        if token.type == "literal" and token.value in {"+", "~"}:
            return True
        if token.type == "ident" and colons == 1 and token.lower_value != "root":
            return True
        if token.type == "function" and (token.lower_name not in _TRANSPARENT or asks_for_siblings(token.arguments)):
            return True
        colons = colons + 1 if token.type == "literal" and token.value == ":" else 0
    return False


_TRANSPARENT = {"is", "where", "not"}
