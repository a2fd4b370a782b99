"""The Jinja environment: sandboxed, nothing undefined or empty is printed, and faults say what was meant."""

from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, Undefined, nodes
from jinja2.meta import find_referenced_templates
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing, pass_context

from kvisdocs.cases.model.languages import DANISH
from kvisdocs.cases.views import View
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, suggest
from kvisdocs.templating.brief.phrases import fill_phrase
from kvisdocs.templating.engine.execution_limits import MAX_TEMPLATE, charge_value
from kvisdocs.templating.engine.formatting import FormatError, keep_together, what_and_todo
from kvisdocs.templating.engine.languages import make_filters
from kvisdocs.templating.engine.markdown import render_inline_markdown, render_markdown
from kvisdocs.templating.engine.sandbox import MAX_READ, Sandbox
from kvisdocs.templating.engine.template_errors import SEE, Positions, not_of_type, unknown_name, yes_or_no
from kvisdocs.templating.html import Assets


def make_environment(assets: Assets, language: str = DANISH) -> ImmutableSandboxedEnvironment:
    """The environment of one set of template folders, for templates in a language."""
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
    markdown = {"markdown": render_markdown, "inline_markdown": render_inline_markdown}
    environment.filters.update({**make_filters(language), **markdown, "phrase": fill_phrase})
    return environment


@lru_cache(maxsize=MAX_READ)
def find_named(text: str) -> tuple[str | None, ...]:
    """The templates that a template's text extends, imports and includes; None for one whose name it works out."""
    return tuple(find_referenced_templates(make_environment(Assets(())).parse(text)))


@lru_cache(maxsize=MAX_READ)
def read_tree(text: str, name: str) -> nodes.Template:
    """A template's tree, to be looked at alone: it is one and the same for all who ask. TemplateSyntaxError if none."""
    return make_environment(Assets(())).parse(text, name)


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
            what = message("template.file.too_large", "the template has more than {most:,} bytes", most=MAX_TEMPLATE)
            raise KvisdocsError(Problem(Position(self._assets.shown(template)), what, N_("divide it")))
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
        """As `what_and_todo`; of a name that stands alone only `what`: the renderer knows which names there are."""
        name, of = self._undefined_name, self._undefined_obj
        if self._undefined_hint:
            return self._undefined_hint
        if of is missing:
            return unknown_name(str(name))
        if of is None:
            what = message("template.name.of_empty", '"{name}" is asked of a value that is empty', name=name)
            return what_and_todo(what, N_("put {{% if … %}} around it"))
        if isinstance(of, View):
            what = message("template.name.not_seen", 'there is no "{name}" here', name=name)
            todo = N_("{todo}; this audience may not see more", todo=suggest(str(name), dir(of)))
            return what_and_todo(what, todo)
        if isinstance(of, Mapping):
            what = message("template.name.no_word", 'there is no "{name}" in the list of words', name=name)
            return what_and_todo(what, suggest(str(name), map(str, of)))
        return what_and_todo(not_of_type(str(name), type(of)), SEE)


@pass_context  # which keeps Jinja from printing while it reads the template
def _print(context: Context, value: object) -> object:
    printable = check_printable(value)
    charge_value(printable)
    return keep_together(printable) if type(printable) is str else printable  # markup has been through it, or is HTML


def check_printable(value: object) -> object:
    """The value, if a reader can make sense of it: text, a number or a day. FormatError for anything else."""
    if value is None:
        what = message("template.print.empty", "an empty value is printed")
        raise FormatError(what_and_todo(what, N_('write {{{{ … or "–" }}}}, or put {{% if … %}} around it')))
    if isinstance(value, bool):
        raise FormatError(what_and_todo(*yes_or_no()))
    if isinstance(value, View):
        str(value)  # says which names it has
    if not isinstance(value, (str, int, float, Decimal, date, time, Undefined)):
        what = message("template.print.type", "a value of the type {kind} is printed", kind=type(value).__name__)
        raise FormatError(what_and_todo(what, N_("name one part of it, or use a filter")))
    return value
