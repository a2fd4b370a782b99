"""The sandbox that templates run in: values can be looked at, and whatever takes time or room is counted.

Jinja's own sandbox keeps a template from reaching Python. Ours is narrower: of the methods of texts, lists and dates
only those in METHODS can be called, and loops, calls and sums are charged to the budget (execution_limits.py).
"""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from jinja2 import Template, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from markupsafe import Markup

from kvisdocs.messages import N_, message
from kvisdocs.templating.engine.execution_limits import charge, charge_value, charged
from kvisdocs.templating.engine.formatting import what_and_todo
from kvisdocs.templating.engine.jinja_filters import JINJA_FILTERS

TEXT_METHODS = {
    "capitalize", "casefold", "count", "endswith", "find", "index", "isalnum", "isalpha", "isdigit", "islower",
    "isspace", "isupper", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "rfind", "rpartition",
    "rstrip", "split", "splitlines", "startswith", "strip", "title", "upper",
}  # fmt: skip
METHODS: tuple[tuple[type | tuple[type, ...], set[str]], ...] = (
    (str, TEXT_METHODS),
    (dict, {"get", "items", "keys", "values"}),
    ((list, tuple), {"count", "index"}),
    (date, {"isocalendar", "isoformat", "isoweekday", "weekday"}),
    (time, {"isoformat"}),
)
"""What can be called of plain values. Nothing here makes more text than there was: no `ljust`, `join` or `format`."""

MAX_BITS = 256
"""The longest whole number: a template that needs more multiplies for the sake of it."""

_OURS = {"jinja2", "kvisdocs"}
MAX_READ, MAX_KEPT = 200, 100_000
"""How many templates are kept as read, and the longest: those that ship several times over."""

_READ: dict[tuple[str | None, str, bool], tuple[str, int]] = {}
"""By name and text of a template: the Python that Jinja makes of it, and its weight. All sandboxes read alike."""

_COUNTED, _CHARGED = "\0n", "\0v"
"""Filters that are put in while a template is read. No template can name one that begins with NUL."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's immutable sandbox with fewer methods, fewer filters, and a budget."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.globals = {"range": self.globals["range"], "namespace": Namespace}
        self.filters = {**JINJA_FILTERS, _COUNTED: charged, _CHARGED: _charged}
        self._weights: dict[str | None, int] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may have that attribute; see METHODS."""
        if not super().is_safe_attribute(obj, attr, value):
            return False
        if not callable(value):
            return True
        for kinds, names in METHODS:
            if isinstance(obj, kinds):
                return attr in names
        return type(obj).__module__.partition(".")[0] in _OURS

    def wrap_str_format(self, value: Any) -> None:
        """`str.format` is no method of a template, and needs no wrapping."""

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call what a template calls: one step, and all that goes in and comes out."""
        charge_value(args)
        charge_value(kwargs)
        if isinstance(__obj, LoopContext) and args:
            args = (charged(args[0]), *args[1:])
        result = super().call(__context, __obj, *args, **kwargs)
        charge_value(result)
        return result

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Work out `left operator right`, unless that would make a number or a text without end."""
        check, function = _CHECKS[operator], self.binop_table[operator]
        check(left, right)
        return function(left, right)

    def get_template(self, name: Any, *args: Any, **kwargs: Any) -> Template:
        """A template for `include`, `import` and `extends`: charged each time with the text that stands in it."""
        template = super().get_template(name, *args, **kwargs)
        charge(1, self._weights.get(template.name, 0))
        return template

    def compile(
        self,
        source: Any,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,
        defer_init: bool = False,
    ) -> Any:
        """As Jinja's; but a text that was read before, whatever folder it then lay in, is not read again."""
        read: Callable[..., Any] = super().compile
        if raw or not isinstance(source, str) or len(source) > MAX_KEPT:
            return read(source, name, filename, raw, defer_init)
        key = name, source, defer_init
        kept = _READ.get(key)
        if kept is None:
            code = read(source, name, filename, raw=True, defer_init=defer_init)
            kept = code, self._weights[name]
            if len(_READ) >= MAX_READ:
                _READ.clear()
            _READ[key] = kept
        code, self._weights[name] = kept
        return self._compile(code, filename or "<template>")

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        self._weights[name] = _weight(source)
        _put_in_counters(source)
        return super()._generate(source, name, filename, defer_init)


def _charged(value: object) -> object:
    charge_value(value)
    return value


def _weight(node: nodes.Node) -> int:
    """How many characters stand as they are in a part of a template."""
    return sum(len(data.data) for data in node.find_all(nodes.TemplateData))


def _put_in_counters(source: nodes.Template) -> None:
    """Have loops charged, and what `~` joins and lists hold charged before it is made."""
    for loop in list(source.find_all(nodes.For)):
        turn = nodes.Const(sum(map(_weight, loop.body)), lineno=loop.lineno)
        loop.iter = nodes.Filter(loop.iter, _COUNTED, [turn], [], None, None, lineno=loop.lineno)
    for join in list(source.find_all(nodes.Concat)):
        join.nodes = [_charge(each) for each in join.nodes]
    for row in list(source.find_all(nodes.List)):
        row.items = [_charge(each) for each in row.items]
    for group in list(source.find_all(nodes.Tuple)):
        if group.ctx == "load":
            group.items = [_charge(each) for each in group.items]
    for pair in list(source.find_all(nodes.Pair)):
        pair.value = _charge(pair.value)
    if source.environment is not None:
        source.set_environment(source.environment)


def _charge(node: nodes.Expr) -> nodes.Expr:
    if isinstance(node, nodes.Const):
        return node
    return nodes.Filter(node, _CHARGED, [], [], None, None, lineno=node.lineno)


def _check_sum(left: Any, right: Any) -> None:
    if isinstance(left, (str, list, tuple)):
        charge_value(left)
        charge_value(right)


def _check_product(left: Any, right: Any) -> None:
    for many, times in ((left, right), (right, left)):
        if isinstance(many, (str, list, tuple)) and isinstance(times, int):
            what = (
                message("template.product.text", "a text is multiplied")
                if type(many) in (str, Markup)
                else message("template.product.list", "a list is multiplied")
            )
            raise SecurityError(what_and_todo(what, N_("write a loop")))
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() + right.bit_length() > MAX_BITS:
        raise _too_long()


def _too_long() -> SecurityError:
    what = message("template.number.too_long", "a number of more than {most} bits is made", most=MAX_BITS)
    return SecurityError(what_and_todo(what, N_("take smaller ones")))


def _check_power(left: Any, right: Any) -> None:
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() * abs(right) > MAX_BITS:
        raise _too_long()


def _check_rest(left: Any, right: Any) -> None:
    if isinstance(left, str):
        what = message("template.text.percent", "% formats a text, which templates cannot")
        raise SecurityError(what_and_todo(what, N_("join with ~ instead")))


_CHECKS: dict[str, Callable[[Any, Any], None]] = {
    "+": _check_sum,
    "*": _check_product,
    "**": _check_power,
    "%": _check_rest,
}

__all__ = ["METHODS", "Sandbox"]
