"""Prose that names values: `{{ figures.visited }}` in a text of a case, worked out in the sandbox, fault by fault.

A text of a case is no template: only what stands in `{{ }}` is worked out, and what comes out is text that Markdown
leaves as it is. Whatever else braces may mean in a template is printed as it was written.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError

from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import Severity, suggest
from kvisdocs.programme.prose.prose import Remark
from kvisdocs.statistics.model import Table
from kvisdocs.statistics.named import Named
from kvisdocs.templating.engine.environment import check_printable
from kvisdocs.templating.engine.execution_limits import budget, charge_value
from kvisdocs.templating.engine.formatting import FormatError
from kvisdocs.templating.engine.sandbox import Sandbox
from kvisdocs.templating.engine.template_errors import explain_failure, no_filter, told_apart, unknown_name
from kvisdocs.templating.lint.syntax import explain_syntax

_STRING = r"""(?>"(?>\\.|[^"\\])*+"|'(?>\\.|[^'\\])*+')"""
_PRINT = re.compile(rf"""\{{\{{(?P<inner>(?>{_STRING}|\}}(?!\}})|[^"'}}])*+)\}}\}}""")
_NO_FILTER = re.compile("No filter named '(.*?)'")
OPENING = "{{"
BLOCK = "{%"
_LIST = N_("see: kvisdocs stats --list")


class _Unknown(StrictUndefined):
    """A name that is not there; the nearest is found where it is told."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name, of = str(self._undefined_name), self._undefined_obj
        if self._undefined_hint:
            return self._undefined_hint
        if not isinstance(of, Named):
            return unknown_name(name)
        whole = ".".join(filter(None, ("figures", of.path, name)))
        return message("item.figures.unknown", 'there is no figure "{name}"', name=whole)


class _Names(Sandbox):
    """A sandbox in which a name means a figure, and never a part of how we keep them."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What `obj.attribute` is."""
        return self.getitem(obj, attribute) if isinstance(obj, Named) else super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """What `obj[argument]` is."""
        if not isinstance(obj, Named):
            return super().getitem(obj, argument)
        try:
            return obj[argument]
        except KeyError:
            return self.undefined(obj=obj, name=str(argument))


RECKONING = frozenset(
    {"abs", "count", "filesizeformat", "float", "int", "length", "max", "min", "round", "sum", "wordcount"}
)
"""Filters that would make a number of a text: `<5` as a number is 0, which nobody has counted."""


@cache
def _sandbox() -> Sandbox:
    sandbox = _Names(undefined=_Unknown, autoescape=False, optimized=False)
    sandbox.filters = {name: each for name, each in sandbox.filters.items() if name not in RECKONING}
    return sandbox


class ProseError(ValueError):
    """What stands in braces and cannot be printed."""

    def __init__(self, what: Message, todo: Message) -> None:
        super().__init__(what)
        self.what = what
        self.todo = todo


@dataclass
class FilledText:
    """A text with its values, and where each sign of it stood in the text that was written."""

    text: str = ""
    shown: list[str] = field(default_factory=list)
    """What came out of the braces."""
    remarks: list[Remark] = field(default_factory=list)
    """The errors."""
    _starts: list[tuple[int, int, bool]] = field(default_factory=list)

    def add(self, text: str, offset: int, is_value: bool = False) -> None:
        """A further piece of it, which stood at that offset."""
        self._starts.append((len(self.text), offset, is_value))
        self.text += text

    def written_at(self, offset: int) -> int:
        """Where the sign at an offset stood; of a value, where its braces begin."""
        start, written, is_value = self._starts[
            max(0, bisect_right(self._starts, offset, key=lambda each: each[0]) - 1)
        ]
        return written if is_value else written + offset - start


Lay = Callable[[Table], str]
"""Makes Markdown of a table."""


def fill_text(text: str, figures: Named, lay: Lay, is_prose: bool, escape: bool) -> FilledText:
    """The text with its values. A table stands alone on its line, and in prose only.

    With `escape`, values are written so that Markdown gives back what they are: `<5` is no HTML, and `304.` no list.
    """
    filled, at = FilledText(), 0
    with budget():
        while (start := text.find(OPENING, at)) >= 0:
            filled.add(text[at:start], at)
            found = _PRINT.match(text, start)
            at = found.end() if found else len(text)
            try:
                if found is None:
                    what = message("item.figures.not_closed", '"{{{{" is not closed')
                    raise ProseError(what, N_('write "}}}}" after the name'))
                value = evaluate(found["inner"], figures)
                filled.add(_print(value, text, found.span(), lay, is_prose, escape, filled.shown), start, is_value=True)
            except ProseError as error:
                filled.remarks.append(Remark(start, error.what, error.todo, Severity.ERROR))
    filled.add(text[at:], at)
    return filled


def evaluate(expression: str, figures: Named) -> object:
    """What an expression gives. Raises ProseError."""
    try:
        value = _sandbox().compile_expression(expression, undefined_to_none=False)(figures=figures)
        return str(value) if isinstance(value, StrictUndefined) else value
    except TemplateSyntaxError as error:
        said = " ".join(str(error.message).split())
        if unknown := _NO_FILTER.match(said):
            raise ProseError(no_filter(unknown[1]), N_("print the figure as it is")) from None
        fault = explain_syntax(said, 1, f"{{{{{expression}}}}}")
        raise ProseError(fault.what, fault.todo) from None
    except Exception as error:  # whatever an expression raises is its writer's to mend
        raise _explain(error, figures) from None


def _explain(error: Exception, figures: Named) -> ProseError:
    if told := told_apart(error):
        what, todo = told
        if todo is None:
            known = ["figures"] if what.code == "template.name.unknown" else _names(figures)
            todo = suggest(str(what.values["name"]), known, _LIST)
        return ProseError(what, todo)
    what, todo = explain_failure(error, " ".join(str(error).split()))
    return ProseError(what, _LIST if isinstance(error, UndefinedError) else todo)


def _names(figures: Named) -> list[str]:
    return [f"figures.{name}" for name in figures.all_names()]


def _print(
    value: object, text: str, span: tuple[int, int], lay: Lay, is_prose: bool, escape: bool, shown: list[str]
) -> str:
    if isinstance(value, Named) and value.table is not None:
        if not (is_prose and _is_alone(text, span)):
            what = message("item.figures.table_in_line", "a table stands in a line of text")
            raise ProseError(what, N_("put it on a line of its own in a field of prose"))
        table = lay(value.table)
        shown.append(table)
        return table
    if isinstance(value, Named) and value.text is None:
        names = [f"figures.{value.path}.{name}".replace("..", ".") for name in value.below]
        what = message("item.figures.group", '"{name}" is a group of figures', name=f"figures.{value.path}".rstrip("."))
        raise ProseError(what, N_("name one of them: {names}", names=listed(names[:8])))
    try:
        said = str(value) if isinstance(value, Named) else str(check_printable(value))
    except FormatError as error:
        raise _explain(error, Named()) from None
    charge_value(said)
    shown.append(said)
    return escape_markdown(said) if escape else said


def _is_alone(text: str, span: tuple[int, int]) -> bool:
    before, after = text[: span[0]].rpartition("\n")[2], text[span[1] :].partition("\n")[0]
    return not before.strip() and not after.strip()


def escape_markdown(text: str) -> str:
    """The text with every sign that may mean something written as a character reference, the first sign too."""
    return re.sub(r"^.|[^\w ]|_", lambda found: f"&#{ord(found[0])};", text, flags=re.DOTALL)
