"""Jinja's expressions, read for what their values are: each name and attribute on the way is looked up."""

from abc import ABC, abstractmethod
from typing import Any

from jinja2 import Environment, nodes

from kvisdocs.cases.views import CHOSEN, GLOBALS
from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import suggest
from kvisdocs.templating.engine.template_errors import SEE, no_filter, no_test, not_in, not_of_type, unknown_name
from kvisdocs.templating.lint.findings import Findings, path_of
from kvisdocs.templating.lint.scope import Scope
from kvisdocs.templating.lint.type_inference import (
    TEXT,
    UNKNOWN,
    Box,
    Callable,
    Fixed,
    Plain,
    Record,
    Several,
    Shape,
    Words,
    item_of,
    join,
)

KEEPS_THE_LIST = {"list", "sort", "reverse", "unique", "select", "reject", "selectattr", "rejectattr"}


def _tell_audiences(name: str) -> Message:
    """`for the audiences gp and employer`: whose documents have the name."""
    found = [str(audience) for audience, given in GLOBALS.items() if name in given and audience in CHOSEN]
    if len(found) == 1:
        return N_("for the audience {name}", name=found[0])
    return N_("for the audiences {names}", names=listed(found, N_("and")))


FOR_SOME = {
    name: _tell_audiences(name)
    for name in ("programme", "steps", "consent", "may_obtain", "consents", "lapsed_consents", "paper", "annex")
}
"""The names of `shape_context` that are not in every document."""
DICT = N_("the dict")
GIVES_ONE = {"first", "last", "random", "min", "max"}
GIVES_TEXT = {
    "date",
    "short_date",
    "numeric_date",
    "markdown",
    "inline_markdown",
    "sentence_list",
    "join",
    "upper",
    "lower",
}
TAKES_ATTRIBUTE = {"map", "sort", "unique", "min", "max", "sum", "groupby"}
TAKES_ATTRIBUTE_FIRST = {"selectattr", "rejectattr", "groupby"}


class Expressions(ABC):
    """Evaluates expressions to shapes. What is not known gives UNKNOWN, and no finding."""

    def __init__(self, environment: Environment, findings: Findings) -> None:
        self.environment = environment
        self.findings = findings
        self.tested: dict[str, frozenset[str]] = {}

    @abstractmethod
    def call_macro(self, shape: Callable, call: nodes.Call, arguments: list[Shape], scope: Scope) -> Shape:
        """What a macro gives for these arguments."""

    def evaluate(self, node: nodes.Node | None, scope: Scope) -> Shape:
        """The shape of an expression's value."""
        match node:
            case nodes.Const():
                return _constant(node.value)
            case nodes.TemplateData() | nodes.Concat():
                self.evaluate_all(node, scope)
                return TEXT
            case nodes.Name():
                return self._name(node, scope)
            case nodes.Getattr():
                return self.attribute(self.evaluate(node.node, scope), node.attr, node, scope)
            case nodes.Getitem():
                return self._item(node, scope)
            case nodes.Filter():
                return self._filter(node, scope)
            case nodes.Test():
                return self._test(node, scope)
            case nodes.Call():
                return self._call(node, scope)
            case nodes.CondExpr():
                self.evaluate(node.test, scope)
                other = self.evaluate(node.expr2, scope) if node.expr2 else TEXT
                return join(self.evaluate(node.expr1, scope), other)
            case nodes.And() | nodes.Or():
                return join(self.evaluate(node.left, scope), self.evaluate(node.right, scope))
            case nodes.Add():
                left, right = self.evaluate(node.left, scope), self.evaluate(node.right, scope)
                return join(left, right) if isinstance(left, Several) and isinstance(right, Several) else UNKNOWN
            case nodes.Compare() | nodes.Not():
                self.evaluate_all(node, scope)
                return Plain(bool)
            case nodes.List() | nodes.Tuple() | nodes.Dict():
                return self._literal(node, scope)
            case None:
                return UNKNOWN
        self.evaluate_all(node, scope)
        return UNKNOWN

    def evaluate_all(self, node: nodes.Node, scope: Scope) -> None:
        """All expressions that stand in a node."""
        for child in node.iter_child_nodes():
            self.evaluate(child, scope)

    def attribute(self, base: Shape, name: str, node: nodes.Node, scope: Scope) -> Shape:
        """What stands under `name` in a value."""
        if isinstance(base, (Record, Box)):
            found = base.fields.get(name)
            known = name in self.tested[scope.template] or (is_dict(base) and hasattr(dict, name))
            if found is None and not known:
                self._no_attribute(base, name, node, scope)
            return found or UNKNOWN
        if isinstance(base, Words):
            return UNKNOWN if hasattr(dict, name) else base.value
        kind = base.type if isinstance(base, Plain) else tuple if isinstance(base, (Several, Fixed)) else None
        if kind is not None and not hasattr(kind, name) and not hasattr(list if kind is tuple else kind, name):
            if kind is tuple:
                what = message("template.name.of_list", '"{name}" is asked of a list', name=name)
                todo = N_("take one of it: {{% for each in … %}}, or … | first")
            else:
                what, todo = not_of_type(name, kind), SEE
            self._find(node, path_of(node) or name, what, todo, scope)
        return UNKNOWN

    def _no_attribute(self, base: Record | Box, name: str, node: nodes.Node, scope: Scope) -> None:
        place: str = base.place if isinstance(base, Record) else N_("the namespace")
        todo = suggest(name, base.fields)
        what = not_in(name, place)
        if isinstance(base, Record) and name in base.hidden:
            what = message(
                "template.name.hidden",
                '"{path}" is not shown to the audience {audience}',
                path=f"{place}.{name}",
                audience=base.audience,
            )
            todo = N_("leave it out")
        self._find(node, path_of(node) or name, what, todo, scope)

    def _find(self, node: nodes.Node, word: str, what: Message, todo: Message, scope: Scope) -> None:
        self.findings.add(scope.template, node.lineno, word, what, todo)

    def _name(self, node: nodes.Name, scope: Scope) -> Shape:
        found = scope.find(node.name)
        if found is not None:
            return found
        known = node.name in self.environment.globals or node.name in self.tested[scope.template]
        if not known and not scope.may_hold_anything():
            names = {*scope.visible(), *self.environment.globals}
            todo = suggest(node.name, names, SEE)
            if node.name in FOR_SOME:
                todo = N_("only documents {audiences} have it; {see}", audiences=FOR_SOME[node.name], see=SEE)
            self._find(node, node.name, unknown_name(node.name), todo, scope)
        return UNKNOWN

    def _item(self, node: nodes.Getitem, scope: Scope) -> Shape:
        base = self.evaluate(node.node, scope)
        self.evaluate(node.arg, scope)
        key: Any = node.arg.value if isinstance(node.arg, nodes.Const) else None
        if isinstance(node.arg, nodes.Slice):
            return base
        if isinstance(base, Record) and isinstance(key, str):
            return self.attribute(base, key, node, scope)
        if isinstance(base, Words):
            return base.value
        if isinstance(base, Fixed) and isinstance(key, int) and -len(base.parts) <= key < len(base.parts):
            return base.parts[key]
        return item_of(base) if isinstance(base, (Several, Fixed)) else UNKNOWN

    def _filter(self, node: nodes.Filter, scope: Scope) -> Shape:
        value = self.evaluate(node.node, scope)
        for argument in (*node.args, *(each.value for each in node.kwargs)):
            self.evaluate(argument, scope)
        if node.name not in self.environment.filters:
            todo = suggest(node.name, self.environment.filters, SEE)
            self._find(node, node.name, no_filter(node.name), todo, scope)
            return UNKNOWN
        named = self._attribute_named(node)
        inner = self._at_path(item_of(value), named, node, scope) if named else UNKNOWN
        if node.name == "map":
            return Several(inner if named else UNKNOWN)
        if node.name in KEEPS_THE_LIST:
            return Several(item_of(value))
        if node.name in GIVES_ONE:
            return item_of(value)
        return TEXT if node.name in GIVES_TEXT else UNKNOWN

    def _attribute_named(self, node: nodes.Filter) -> str:
        """The path that a filter such as `map(attribute="hours")` takes from each item."""
        said = [each.value for each in node.kwargs if each.key == "attribute" and node.name in TAKES_ATTRIBUTE]
        said += node.args[:1] if node.name in TAKES_ATTRIBUTE_FIRST else []
        value = said[0].value if said and isinstance(said[0], nodes.Const) else None
        return value if isinstance(value, str) else ""

    def _at_path(self, base: Shape, path: str, node: nodes.Node, scope: Scope) -> Shape:
        for name in path.split("."):
            base = self.attribute(base, name, node, scope) if not name.isdecimal() else item_of(base)
        return base

    def _test(self, node: nodes.Test, scope: Scope) -> Shape:
        self.evaluate_all(node, scope)
        if node.name not in self.environment.tests:
            todo = suggest(node.name, self.environment.tests, SEE)
            self._find(node, node.name, no_test(node.name), todo, scope)
        return Plain(bool)

    def _call(self, node: nodes.Call, scope: Scope) -> Shape:
        callee = self.evaluate(node.node, scope)
        arguments = [self.evaluate(each, scope) for each in node.args]
        named = {each.key: self.evaluate(each.value, scope) for each in node.kwargs}
        if isinstance(callee, Callable):
            return self.call_macro(callee, node, arguments, scope)
        if isinstance(node.node, nodes.Name) and node.node.name == "namespace":
            return Box(named)
        return UNKNOWN

    def _literal(self, node: nodes.Expr, scope: Scope) -> Shape:
        if isinstance(node, nodes.Dict):
            shapes = [self.evaluate(pair.value, scope) for pair in node.items]
            keys = [pair.key.value if isinstance(pair.key, nodes.Const) else None for pair in node.items]
            if keys and all(isinstance(key, str) and key.isidentifier() for key in keys) and not _alike(shapes):
                return Record(dict(zip(map(str, keys), shapes, strict=True)), DICT)
            return Words(shapes[0] if shapes and _alike(shapes) else UNKNOWN)
        assert isinstance(node, (nodes.List, nodes.Tuple))
        parts = tuple(self.evaluate(each, scope) for each in node.items)
        if isinstance(node, nodes.Tuple):
            return Fixed(parts)
        return Several(item_of(Fixed(parts)) if parts else None)


def is_dict(shape: Shape) -> bool:
    """Whether the value is a dict that the template itself writes out."""
    return isinstance(shape, Record) and shape.place == DICT


def _constant(value: object) -> Shape:
    if isinstance(value, bool):
        return Plain(bool, value)
    return UNKNOWN if value is None else Plain(type(value))


def _alike(shapes: list[Shape]) -> bool:
    return all(shape == shapes[0] for shape in shapes)
