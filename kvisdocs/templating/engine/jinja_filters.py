"""Jinja's own filters, as far as templates have them: none that reaches for attributes, formats, or grows without end.

Left out: `attr` and `format` (ways out of the sandbox in the past), `center`, `indent`, `wordwrap` and `filesizeformat`
(looks belong into the stylesheet), `tojson`, `urlize`, `urlencode` and `xmlattr` (HTML from data), `random`, `pprint`.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from jinja2 import Environment, filters
from jinja2.nodes import EvalContext
from jinja2.utils import pass_environment, pass_eval_context

from kvisdocs.messages import N_, message
from kvisdocs.templating.engine.execution_limits import charge, charge_value, charged
from kvisdocs.templating.engine.formatting import FormatError, what_and_todo

MAX_GROUP = 1_000
"""What `batch` and `slice` divide into, and how many digits `round` leaves: more is a slip, or an attack."""

PLAIN = (
    "abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float", "forceescape", "groupby",
    "int", "items", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "safe",
    "select", "selectattr", "sort", "string", "striptags", "title", "trim", "truncate", "unique", "upper", "wordcount",
)  # fmt: skip
"""Kept as they are; what they give is charged to the budget."""


def _charged(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)  # keeps what Jinja notes on a function: that it wants the context
    def charged(*arguments: Any, **options: Any) -> Any:
        result = function(*arguments, **options)
        charge_value(result)
        return result

    return charged


@pass_eval_context
def join(context: EvalContext, value: Iterable[object], d: str = "", attribute: str | int | None = None) -> str:
    """The items as one text, charged before it is made."""

    def parts() -> Iterator[object]:
        for item in charged(value):
            charge(characters=len(d) + (len(item) if isinstance(item, str) else 0))
            yield item

    text: str = filters.sync_do_join(context, parts(), d, attribute)
    return text


@pass_eval_context
def replace(context: EvalContext, text: str, old: str, new: str, count: int | None = None) -> str:
    """The text with `new` for `old`, charged before it is made."""
    times = str(text).count(str(old))
    charge(characters=len(str(text)) + times * len(str(new)))
    return filters.do_replace(context, text, old, new, count)


def batch(value: Iterable[object], linecount: int, fill_with: object = None) -> list[list[object]]:
    """Rows of `linecount` items."""
    groups = list(filters.do_batch(charged(value), _group(linecount, "batch"), fill_with))
    charge_value(groups)
    return groups


def slice_(value: Iterable[object], slices: int, fill_with: object = None) -> list[list[object]]:
    """The items in `slices` columns."""
    groups = list(filters.sync_do_slice(list(charged(value)), _group(slices, "slice"), fill_with))
    charge_value(groups)
    return groups


def round_(value: float, precision: int = 0, method: Any = "common") -> float:
    """The number with that many decimals: `10 ** precision` is an endless number where the precision is."""
    if abs(precision) > MAX_GROUP // 100:
        what = message("template.round.too_many", "a number is rounded to {precision} decimals", precision=precision)
        raise FormatError(what_and_todo(what, N_("write {most} or fewer", most=MAX_GROUP // 100)))
    return filters.do_round(value, precision, method)


@pass_environment
def sum_(environment: Environment, value: Iterable[Any], attribute: str | int | None = None, start: float = 0) -> Any:
    """The sum of numbers. Lists are not summed: each would be copied once for each that follows."""
    if not isinstance(start, (int, float)):
        what = message("template.sum.start_no_number", "a sum begins with a number")
        raise FormatError(what_and_todo(what, N_("leave start out")))
    return filters.sync_do_sum(environment, charged(value), attribute, start)


def _group(number: int, name: str) -> int:
    if not isinstance(number, int) or not 0 < number <= MAX_GROUP:
        what = message("template.group.size", '"{name}" divides by {number}', name=name, number=number)
        raise FormatError(what_and_todo(what, N_("write a number from 1 to {most:,}", most=MAX_GROUP)))
    return number


JINJA_FILTERS: dict[str, Callable[..., Any]] = {
    **{name: _charged(filters.FILTERS[name]) for name in PLAIN},
    "batch": batch,
    "join": join,
    "replace": replace,
    "round": round_,
    "slice": slice_,
    "sum": sum_,
}
"""What a template can write after `|`, beside formatting.FILTERS and `markdown`."""
