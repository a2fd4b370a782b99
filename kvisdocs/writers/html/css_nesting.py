"""Nested rules written out flat (CSS Nesting 1), so that both writers read the same selectors.

`.facts { td { color: red } }` becomes `.facts td { color: red }`. What follows a nested rule in its parent stays behind
it, as the standard says. Each line of the result holds what that line held before, so that messages stay right.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import tinycss2
from tinycss2.ast import AtRule, Node, QualifiedRule

from kvisdocs.messages import Message, message

MAX_NESTING = 8
"""How deep rules nest; three are much."""

MAX_UNFOLDED = 1_000_000
"""Characters that a stylesheet may unfold to: each nested selector repeats those around it."""

GROUPS = {"media", "supports", "layer", "container"}
"""At-rules that hold rules, and may stand inside a rule."""


class NestingError(Exception):
    """Rules nested too deep, or unfolding to too much. `line` and `column` count from 1."""

    def __init__(self, what: Message, line: int, column: int) -> None:
        super().__init__(what)
        self.what, self.line, self.column = what, line, column


@lru_cache(maxsize=64)
def unfold(text: str) -> str:
    """The stylesheet without nested rules; the text itself where none is nested.

    Raises NestingError.
    """
    nodes = tinycss2.parse_stylesheet(text)
    if not any(_is_nested(node) for node in nodes):
        return text
    writer = _Writer()
    for node in nodes:
        _write_node(writer, node, (), 1)
    return "".join(writer.parts)


@dataclass(slots=True)
class _Writer:
    """Writes pieces at the line and column that they had, as far as what was written before leaves room."""

    parts: list[str] = field(default_factory=list)
    line: int = 1
    column: int = 1
    size: int = 0

    def move(self, node: Node) -> None:
        """Go on where the node began."""
        down = max(0, node.source_line - self.line)
        right = max(0, node.source_column - (1 if down else self.column))
        self.put("\n" * down + " " * right)

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.size += len(text)
        breaks = text.count("\n")
        self.line += breaks
        self.column = len(text) - text.rfind("\n") if breaks else self.column + len(text)


def _is_nested(node: Node) -> bool:
    """Whether a rule stands in a rule, here or further down; also an `&` that has nothing to stand for."""
    if isinstance(node, QualifiedRule):
        return _has_nesting_selector(node.prelude) or any(each.type == "{} block" for each in node.content)
    if isinstance(node, AtRule) and node.lower_at_keyword in GROUPS and node.content is not None:
        return any(_is_nested(each) for each in tinycss2.parse_rule_list(node.content))
    return False


def _write_node(writer: _Writer, node: Node, parent: Sequence[Node], depth: int) -> None:
    """A rule of the stylesheet, or of an at-rule in it, below the selector `parent` (none at the top)."""
    if depth > MAX_NESTING or writer.size > MAX_UNFOLDED:
        what = message("css.rule.unfolds_too_far", "the rules unfold too far")
        if depth > MAX_NESTING:
            what = message("css.rule.nested_too_deep", "rules are nested more than {number} deep", number=MAX_NESTING)
        raise NestingError(what, node.source_line, node.source_column)
    if isinstance(node, QualifiedRule):
        _write_rule(writer, node, parent, depth)
    elif isinstance(node, AtRule) and node.lower_at_keyword in GROUPS and node.content is not None:
        writer.move(node)
        writer.put(f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}{{")
        if parent:
            _write_contents(writer, node.content, parent, depth)
        else:
            for each in tinycss2.parse_rule_list(node.content):
                _write_node(writer, each, (), depth + 1)
        writer.put("}")
    elif node.type not in {"whitespace", "comment"}:
        writer.move(node)
        writer.put("{}" if node.type == "error" else node.serialize())  # writers remark on a rule without a selector


def _write_rule(writer: _Writer, node: QualifiedRule, parent: Sequence[Node], depth: int) -> None:
    writer.move(node)
    prelude = _strip(node.prelude)
    if parent or _has_nesting_selector(prelude):
        prelude = _absolute(prelude, parent)
    _write_contents(writer, node.content, prelude, depth)


def _write_contents(writer: _Writer, content: Sequence[Node], selector: Sequence[Node], depth: int) -> None:
    """The declarations as rules of `selector`, cut in pieces where nested rules stand between them."""
    shown, is_open, written = tinycss2.serialize(selector), False, False
    for node in tinycss2.parse_blocks_contents(content):
        if node.type in {"whitespace", "comment"}:
            continue
        if node.type in {"qualified-rule", "at-rule"}:
            if is_open:
                writer.put("}")
                is_open = False
            _write_node(writer, node, selector, depth + 1)
        else:
            if not is_open:
                writer.put(f"{shown} {{")
                is_open = True
            writer.move(node)
            writer.put(_declaration(node))
        written = True
    if not written:
        writer.put(f"{shown} {{")
    if is_open or not written:
        writer.put("}")


def _declaration(node: Node) -> str:
    """A declaration, or what a parser could not read as one and shall remark on."""
    if node.type == "declaration":
        text: str = node.serialize()
        return f"{text};"
    return ":;"


def _absolute(prelude: Sequence[Node], parent: Sequence[Node]) -> list[Node]:
    """A nested selector list with its `&`s replaced, and the parent before each selector that has none."""
    found: list[Node] = []
    for number, selector in enumerate(_split(prelude)):
        if number:
            found += _parse(", ")
        selector = _strip(selector)
        if not _has_nesting_selector(selector) and parent:
            found += [*_standing_for(parent), *_parse(" "), *selector]
        else:
            found += _replaced(selector, parent, leading=True)
    return found


def _replaced(selector: Sequence[Node], parent: Sequence[Node], leading: bool) -> list[Node]:
    """A selector with its `&`s replaced. A type behind one, `&div`, comes first, since CSS has types first."""
    found: list[Node] = []
    for at, each in enumerate(selector):
        if _is_literal(each, "&"):
            names_a_type = bool(selector[at + 1 :]) and selector[at + 1].type == "ident"
            begins = leading and at == 0 and not names_a_type
            found += _standing_for(parent) if begins else _in_brackets(parent)
            if names_a_type:
                found.insert(len(found) - 1 - bool(parent), selector[at + 1])
        elif each.type == "function":
            inside = _replaced(each.arguments, parent, leading=False)
            found += _parse(f"{each.name}({tinycss2.serialize(inside)})")
        elif not (at and each.type == "ident" and _is_literal(selector[at - 1], "&")):
            found.append(each)
    return found


def _standing_for(parent: Sequence[Node]) -> Sequence[Node]:
    """The parent as the beginning of a selector: as it is where it asks for one element alone, else in `:is()`."""
    is_compound = parent and not any(each.type == "whitespace" or _is_joint(each) for each in parent)
    return parent if is_compound else _in_brackets(parent)


def _in_brackets(parent: Sequence[Node]) -> Sequence[Node]:
    return _parse(f":is({tinycss2.serialize(parent)})" if parent else ":root")


def _is_joint(node: Node) -> bool:
    """Whether it joins two selectors: a comma, or a combinator that is no space."""
    return any(_is_literal(node, each) for each in ",>+~")


def _is_literal(node: Node, value: str) -> bool:
    return bool(node.type == "literal" and node.value == value)


def _has_nesting_selector(nodes: Sequence[Node]) -> bool:
    return any(
        _is_literal(each, "&") or (each.type == "function" and _has_nesting_selector(each.arguments)) for each in nodes
    )


def _split(prelude: Sequence[Node]) -> Iterator[list[Node]]:
    part: list[Node] = []
    for each in prelude:
        if _is_literal(each, ","):
            yield part
            part = []
        else:
            part.append(each)
    yield part


def _strip(nodes: Sequence[Node]) -> list[Node]:
    found = [each for each in nodes if each.type != "comment"]
    while found and found[0].type == "whitespace":
        found.pop(0)
    while found and found[-1].type == "whitespace":
        found.pop()
    return found


def _parse(text: str) -> list[Node]:
    return list(tinycss2.parse_component_value_list(text))
