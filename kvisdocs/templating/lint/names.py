"""Reads templates as Jinja would run them, with shapes for values: finds every name that would not be there.

A macro is read where it is called, with the shapes of that call; a block with the names of all templates that it
extends; an imported template without the document's names, as Jinja does it.
"""

from collections.abc import Mapping, Sequence

from jinja2 import Environment, nodes

from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import suggest
from kvisdocs.templating.engine.template_errors import not_in, yes_or_no
from kvisdocs.templating.lint.expressions import Expressions, is_dict
from kvisdocs.templating.lint.findings import Findings, path_of
from kvisdocs.templating.lint.scope import MacroAt, Scope, targets, tested_names, wrong_arguments
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
    item_of,
    join,
)

_LOOP_NAMES = (
    *("index", "index0", "revindex", "revindex0", "first", "last", "length", "cycle"),
    *("depth", "depth0", "previtem", "nextitem", "changed"),
)
LOOP = Record(dict.fromkeys(_LOOP_NAMES, UNKNOWN), "loop")


def _name_one(record: Record) -> Message:
    return N_("name one of: {names}", names=listed(record.fields))


Blocks = dict[str, list[tuple[nodes.Block, str]]]


class NameReader(Expressions):
    """Walks the templates of one document at a time; `reached` are the templates it came to."""

    def __init__(self, environment: Environment, trees: Mapping[str, nodes.Template], findings: Findings) -> None:
        super().__init__(environment, findings)
        self.trees = trees
        self.tested = {name: tested_names(tree) for name, tree in trees.items()}
        self.reached: set[str] = set()
        self.read_macros: set[nodes.Macro] = set()
        self._running: list[object] = []
        self._modules: dict[tuple[str, bool], Scope] = {}
        self._blocks: Blocks = {}

    def read_document(self, name: str, names: Mapping[str, Shape]) -> None:
        """Read a document's template with the names that `render` gives it."""
        self._modules, self._blocks = {}, {}
        self._run(name, Scope(name, None, dict(names)).inner())

    def read_alone(self, name: str) -> None:
        """Read what no document has come to: a template, or some macros in one. Any name may be there."""
        self._blocks = {}
        scope = Scope(name, None, {"super": UNKNOWN, "self": UNKNOWN}, is_open=True).inner()
        if name not in self.reached:
            self._run(name, scope)
        for macro in self.trees[name].find_all(nodes.Macro):
            if macro not in self.read_macros:
                self._read_macro(MacroAt(macro, scope), {})

    def _run(self, name: str, scope: Scope) -> None:
        """Read a whole template; what it sets at its top ends in `scope`, as do the names of those it extends."""
        tree = self.trees.get(name)
        self.reached.add(name)  # also one that cannot be read: its fault is this document's
        if tree is None or name in self._running:
            return
        self._running.append(name)
        for block in tree.find_all(nodes.Block):
            self._blocks.setdefault(block.name, []).append((block, name))
        before, scope.template = scope.template, name
        parents = [each.template for each in tree.body if isinstance(each, nodes.Extends)]
        body = [each for each in tree.body if not (parents and isinstance(each, (nodes.Block, nodes.Output)))]
        self.walk(body, scope)
        if parents and isinstance(parents[0], nodes.Const):
            self._run(str(parents[0].value), scope)
        scope.template = before
        self._running.pop()

    def walk(self, body: Sequence[nodes.Node], scope: Scope) -> None:
        """Read statements in their order."""
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Output():
                for each in node.nodes:
                    self._print(each, scope)
            case nodes.If():
                self._if(node, scope)
            case nodes.For():
                self._for(node, scope)
            case nodes.Assign():
                self._assign(node.target, self.evaluate(node.node, scope), scope)
            case nodes.AssignBlock():
                self.walk(node.body, scope.inner())
                self._assign(node.target, TEXT, scope)
            case nodes.With():
                inner = scope.inner()
                for target, value in zip(node.targets, node.values, strict=True):
                    self._assign(target, self.evaluate(value, scope), inner)
                self.walk(node.body, inner)
            case nodes.Macro():
                scope.names[node.name] = Callable(MacroAt(node, scope))
            case nodes.CallBlock():
                self._call_block(node, scope)
            case nodes.Block():
                self._block(node, scope)
            case nodes.Include() | nodes.Import() | nodes.FromImport():
                self._other_template(node, scope)
            case nodes.FilterBlock():
                self.evaluate(node.filter, scope)
                self.walk(node.body, scope.inner())
            case nodes.Scope() | nodes.ScopedEvalContextModifier():
                self.walk(node.body, scope.inner())
            case nodes.ExprStmt():
                self.evaluate(node.node, scope)

    def _print(self, node: nodes.Node, scope: Scope) -> None:
        shape = self.evaluate(node, scope)
        if isinstance(shape, Record) and not is_dict(shape):
            what = message("template.print.group", "a group of values is printed: {place}", place=shape.place)
            todo = _name_one(shape)
        elif isinstance(shape, (Several, Fixed)):
            what = message("template.print.list", "a list is printed")
            todo = N_("use a filter such as sentence_list, or {{% for each in … %}}")
        elif isinstance(shape, Plain) and shape.type is bool:
            what, todo = yes_or_no()
        else:
            return
        self.findings.add(scope.template, node.lineno, path_of(node) or "{{", what, todo)

    def _if(self, node: nodes.If, scope: Scope) -> None:
        before, branches = dict(scope.names), []
        for test, body in [*((each.test, each.body) for each in (node, *node.elif_)), (None, node.else_)]:
            scope.names = dict(before)
            found = self.evaluate(test, scope)
            said = found.value if isinstance(found, Plain) else None
            if said is not False:
                self.walk(body, scope)
                branches.append(scope.names)
            if said:  # as where a macro is called with true: the other branches are not for this call
                break
        scope.merge(branches)

    def _for(self, node: nodes.For, scope: Scope) -> None:
        many = self.evaluate(node.iter, scope)
        if isinstance(many, Record) and not is_dict(many):
            what = message("template.for.no_list", "{place} is no list", place=many.place)
            self.findings.add(scope.template, node.lineno, path_of(node.iter) or "for", what, _name_one(many))
        inner = scope.inner({"loop": LOOP})
        self._assign(node.target, item_of(many), inner)
        self.evaluate(node.test, inner)
        self.walk(node.body, inner)
        self.walk(node.else_, scope.inner())

    def _assign(self, target: nodes.Node, shape: Shape, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope.names[target.name] = shape
        elif isinstance(target, nodes.NSRef):
            box = scope.find(target.name)
            if isinstance(box, Box):
                box.fields[target.attr] = join(box.fields.get(target.attr, shape), shape)
        elif isinstance(target, nodes.Tuple):
            fits = isinstance(shape, Fixed) and len(shape.parts) == len(target.items)
            parts = shape.parts if fits and isinstance(shape, Fixed) else (UNKNOWN,) * len(target.items)
            for each, part in zip(target.items, parts, strict=True):
                self._assign(each, part, scope)

    def _block(self, node: nodes.Block, scope: Scope) -> None:
        """The newest body of the block; the one that it stands for is read where `super()` asks for it."""
        chain = self._blocks.get(node.name) or [(node, scope.template)]
        for place, (block, template) in enumerate(chain):
            if block in self._running:
                return
            last = place == len(chain) - 1
            inner = scope.inner({"self": UNKNOWN, "super": UNKNOWN}, template)
            self._running.append(block)
            self.walk(block.body, inner)
            self._running.pop()
            asks = any(each.name == "super" for each in block.find_all(nodes.Name))
            if last or not asks:
                return

    def _call_block(self, node: nodes.CallBlock, scope: Scope) -> None:
        self.evaluate(node.call, scope)
        self.walk(node.body, scope.inner({each.name: UNKNOWN for each in node.args}))

    def call_macro(self, shape: Callable, call: nodes.Call, arguments: list[Shape], scope: Scope) -> Shape:
        """Read the macro's body with these arguments; each wrong argument is a finding at the call."""
        macro: MacroAt = shape.macro
        names = [each.name for each in macro.node.args]
        given = dict(zip(names, arguments, strict=False))
        given |= {each.key: self.evaluate(each.value, scope) for each in call.kwargs}
        used = {each.name for each in macro.node.find_all(nodes.Name)}
        if call.dyn_args is None and call.dyn_kwargs is None:
            for what, todo in wrong_arguments(macro.node, names, given, len(arguments), used):
                self.findings.add(scope.template, call.lineno, path_of(call.node), what, todo)
        self._read_macro(macro, given)
        return TEXT

    def _read_macro(self, macro: MacroAt, given: Mapping[str, Shape]) -> None:
        if macro.node in self._running or len(self._running) > 60:
            return
        self.read_macros.add(macro.node)
        names: dict[str, Shape] = dict.fromkeys(("varargs", "kwargs", "caller"), UNKNOWN)
        names |= {each.name: given.get(each.name, UNKNOWN) for each in macro.node.args}
        self._running.append(macro.node)
        self.walk(macro.node.body, macro.scope.inner(names))
        self._running.pop()

    def _other_template(self, node: nodes.Include | nodes.Import | nodes.FromImport, scope: Scope) -> None:
        if isinstance(node, nodes.Include):
            for name in targets(node.template):
                self._run(name, scope.inner())
            return
        found = targets(node.template)
        self.reached.update(found)
        module = (
            self._module(found[0], node.with_context, scope) if len(found) == 1 and found[0] in self.trees else None
        )
        if isinstance(node, nodes.Import):
            scope.names[node.target] = Record(module.names, found[0]) if module else UNKNOWN
            return
        for each in node.names:
            name, alias = (each, each) if isinstance(each, str) else each
            shape = module.names.get(name) if module else UNKNOWN
            if shape is None and module:
                what, todo = not_in(name, found[0]), suggest(name, module.names)
                self.findings.add(scope.template, node.lineno, name, what, todo)
            scope.names[alias] = shape or UNKNOWN

    def _module(self, name: str, with_context: bool, scope: Scope) -> Scope:
        key = (name, with_context)
        if key not in self._modules:
            above = scope if with_context else Scope(name, is_open=False)
            self._modules[key] = above.inner(template=name)
            self._run(name, self._modules[key])
            self._modules[key].template = name
        return self._modules[key]
