"""What an edition says of a figure, as text: everything that is shown of one goes by these functions.

`149`, `<5`, `·`; a share `49 pct.` or nothing; a measure `23,5 uger`. A no-break space stands between a number and what
belongs to it.
"""

from decimal import ROUND_HALF_UP, Decimal

from kvisdocs.statistics.model import Published, Shown

NBSP = "\N{NO-BREAK SPACE}"
HIDDEN = "·"
NOT_THERE = "–"
"""For a measure that there was nothing to take over."""

LEAST_BASE = 20
"""A share of fewer says more than it knows: one more or less is five per cent."""


def state_of(published: Published, name: str) -> Shown:
    """Whether a count is told exactly. What is merged into another row is shown there alone."""
    figure = published.statement.figures.get(name)
    if figure is not None and figure.merged_into is not None:
        return Shown.HIDDEN
    return published.hidden.get(name, Shown.EXACT)


def is_exact(published: Published, name: str) -> bool:
    """Whether the edition tells the count."""
    return state_of(published, name) is Shown.EXACT


def has_some(published: Published, name: str) -> bool | None:
    """Whether a count is more than none; None where the edition does not tell."""
    state = state_of(published, name)
    if state is Shown.HIDDEN:
        return None
    return state is Shown.SMALL or published.statement.figures[name].count > 0


def count_text(published: Published, name: str) -> str:
    """`149`, `1.234`, `<5` or `·`."""
    state = state_of(published, name)
    if state is Shown.SMALL:
        return f"<{published.threshold}"
    return HIDDEN if state is Shown.HIDDEN else format_count(published.statement.figures[name].count)


def format_count(count: int) -> str:
    """`1.234`."""
    return f"{count:,}".replace(",", ".")


def find_percent(published: Published, name: str) -> int | None:
    """A figure's share of its base in whole per cent; None where it is not told.

    0 and 100 are kept for none and all: a share that would be rounded to them is 1 or 99.
    """
    figures = published.statement.figures
    figure = figures[name]
    base = figures.get(figure.base or "")
    if base is None or base.count < LEAST_BASE or name in published.no_share:
        return None
    if not (is_exact(published, name) and is_exact(published, base.name)):
        return None
    rest = base.count - figure.count
    if published.edition == "public" and figure.is_sensitive and _is_small(published, figure.count, rest):
        return None
    percent = round_half_up(Decimal(figure.count * 100) / base.count)
    if rest > 0:
        percent = min(percent, 99)
    return max(percent, 1) if figure.count else percent


def _is_small(published: Published, *counts: int) -> bool:
    return any(0 < count < published.threshold for count in counts)


def round_half_up(number: Decimal) -> int:
    """The nearest whole number; half goes up."""
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))


def share_text(published: Published, name: str) -> str:
    """`49 pct.`, `under 1 pct.`, `over 99 pct.`; empty where it is not told."""
    percent = find_percent(published, name)
    if percent is None:
        return ""
    figure = published.statement.figures[name]
    base = published.statement.figures[figure.base or ""]
    if 0 < figure.count * 100 < base.count:
        return f"under{NBSP}1{NBSP}pct."
    if 0 < (base.count - figure.count) * 100 < base.count:
        return f"over{NBSP}99{NBSP}pct."
    return f"{format_count(percent)}{NBSP}pct."


def figure_text(published: Published, name: str) -> str:
    """`149 (49 pct.)`, or the count alone."""
    share = share_text(published, name)
    count = count_text(published, name)
    return f"{count} ({share})" if share else count


def measure_text(published: Published, name: str) -> str:
    """`23,5 uger`, `·` where it is not told, `–` where there was nothing to take it over."""
    measure = published.statement.measures[name]
    if name in published.no_share:
        return HIDDEN
    if measure.value is None:
        return NOT_THERE
    tenth = Decimal(str(measure.value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    said = str(int(tenth) if tenth == int(tenth) else tenth).replace(".", ",").replace("-", "\N{MINUS SIGN}")
    return f"{said}{NBSP}{measure.unit}"


def text_of(published: Published, name: str) -> str:
    """What a table's cell says of a figure, without its share, or of a measure."""
    return measure_text(published, name) if name in published.statement.measures else count_text(published, name)
