"""The Jinja environment: sandboxed, nothing undefined or empty is printed, and faults say what was meant."""

from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, Undefined
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing, pass_context

from kvisdocs.cases.views import View
from kvisdocs.problems import KvisdocsError, Position, Problem, suggest
from kvisdocs.templating.engine.execution_limits import MAX_TEMPLATE, charge_value
from kvisdocs.templating.engine.formatting import FILTERS, FormatError, keep_together
from kvisdocs.templating.engine.markdown import render_inline_markdown, render_markdown
from kvisdocs.templating.engine.sandbox import Sandbox
from kvisdocs.templating.engine.template_errors import Positions
from kvisdocs.templating.html import Assets

UNKNOWN = '"{}" is not known here'


def make_environment(assets: Assets) -> ImmutableSandboxedEnvironment:
    """The environment of one set of template folders."""
    environment = Sandbox(
        loader=AssetLoader(assets),
        undefined=Missing,
        finalize=_print,
        optimized=False,  # nothing is worked out while a template is read, where nothing is counted
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[Positions],
    )
    environment.filters.update({**FILTERS, "markdown": render_markdown, "inline_markdown": render_inline_markdown})
    return environment


class AssetLoader(BaseLoader):
    """Templates by the rules of `Assets`: the first folder wins, and no link leads out."""

    def __init__(self, assets: Assets) -> None:
        self._assets = assets

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The template's text and path. Raises TemplateNotFound, and KvisdocsError for one that is not UTF-8."""
        path = self._assets.find(template)
        if path is None:
            raise TemplateNotFound(template)
        if path.stat().st_size > MAX_TEMPLATE:
            what = f"the template has more than {MAX_TEMPLATE:,} bytes"
            raise KvisdocsError(Problem(Position(self._assets.shown(template)), what, "divide it"))
        text = self._assets.read_text(template)
        changed = path.stat().st_mtime_ns
        return text, str(path), lambda: path.exists() and path.stat().st_mtime_ns == changed

    def list_templates(self) -> list[str]:
        """The names of all templates."""
        return self._assets.names("**/*.j2")


class Missing(StrictUndefined):
    """What a name stands for that is not there. Any use of it fails, in words of our own with the nearest name."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        """`what; todo`. Of a name that stands alone only `what`: which names there are, only the renderer knows."""
        name, of = self._undefined_name, self._undefined_obj
        if self._undefined_hint:
            return self._undefined_hint
        if of is missing:
            return UNKNOWN.format(name)
        if of is None:
            return f'"{name}" is asked of a value that is empty; put {{% if … %}} around it'
        if isinstance(of, View):
            return f'there is no "{name}" here; {suggest(str(name), dir(of))}; this audience may not see more'
        if isinstance(of, Mapping):
            return f'there is no "{name}" in the list of words; {suggest(str(name), map(str, of))}'
        return f'there is no "{name}" in a value of the type {type(of).__name__}; see docs/templates.md'


@pass_context  # which keeps Jinja from printing while it reads the template
def _print(context: Context, value: object) -> object:
    printable = check_printable(value)
    charge_value(printable)
    return keep_together(printable) if type(printable) is str else printable  # markup has been through it, or is HTML


def check_printable(value: object) -> object:
    """The value, if a reader can make sense of it: text, a number or a day. FormatError for anything else."""
    if value is None:
        raise FormatError('an empty value is printed; write {{ … or "–" }}, or put {% if … %} around it')
    if isinstance(value, bool):
        raise FormatError('a yes or no is printed; write {{ "ja" if … else "nej" }}')
    if isinstance(value, View):
        str(value)  # says which names it has
    if not isinstance(value, (str, int, float, Decimal, date, time, Undefined)):
        raise FormatError(
            f"a value of the type {type(value).__name__} is printed; name one part of it, or use a filter"
        )
    return value
