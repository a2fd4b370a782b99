"""The names that an expression of a template can use, from the innermost outwards; macros, and how they are called.

The names that a document's template can use, as shapes: what `render` puts there, before there is a case.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from jinja2 import nodes
from pydantic import BaseModel

from kvisdocs.cases.consents.consent import Consent
from kvisdocs.cases.load import KINDS
from kvisdocs.cases.views import GLOBALS, WHITELISTS
from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import suggest
from kvisdocs.programme.course.deadlines import StepState
from kvisdocs.programme.rules.rule_registry import Programme
from kvisdocs.templating.annex import Annex
from kvisdocs.templating.documents import Document
from kvisdocs.templating.engine.template_errors import no_parameter
from kvisdocs.templating.lint.type_inference import Plain, Record, Several, Shape, join, shape_dataclass, shape_model
from kvisdocs.templating.meetings.paper import MeetingPaper
from kvisdocs.templating.profiles import Profile


@dataclass(eq=False)
class Scope:
    """One block of names. In an `is_open` one anything may be there: a partial that no document uses."""

    template: str
    above: "Scope | None" = None
    names: dict[str, Shape] = field(default_factory=dict)
    is_open: bool = False

    def find(self, name: str) -> Shape | None:
        """The name's shape here, or None where nothing is called so."""
        if name in self.names:
            return self.names[name]
        return self.above.find(name) if self.above else None

    def visible(self) -> Iterator[str]:
        """All names that can be used here."""
        yield from self.names
        if self.above:
            yield from self.above.visible()

    def may_hold_anything(self) -> bool:
        """Whether some scope outwards is open."""
        return self.is_open or (self.above is not None and self.above.may_hold_anything())

    def inner(self, names: dict[str, Shape] | None = None, template: str | None = None) -> "Scope":
        """A scope inside this one."""
        return Scope(template or self.template, self, dict(names or {}))

    def merge(self, branches: list[dict[str, Shape]]) -> None:
        """Take over the names that the branches of an `if` have set: one of them has run."""
        merged = dict(branches[0])
        for branch in branches[1:]:
            for name, shape in branch.items():
                merged[name] = join(merged[name], shape) if name in merged else shape
        self.names = merged


@dataclass(frozen=True, eq=False)
class MacroAt:
    """A macro, the template that it stands in, and the names around it."""

    node: nodes.Macro
    scope: Scope


def tested_names(tree: nodes.Node) -> frozenset[str]:
    """Names and attributes that the template itself asks after (`is defined`, `default`): of these nothing is said."""
    found: set[str] = set()
    tests = (each.node for each in tree.find_all(nodes.Test) if each.name in {"defined", "undefined"})
    defaults = (each.node for each in tree.find_all(nodes.Filter) if each.name in {"default", "d"})
    for node in (*tests, *defaults):
        while isinstance(node, nodes.Getattr):
            found.add(node.attr)
            node = node.node
        if isinstance(node, nodes.Name):
            found.add(node.name)
    return frozenset(found)


def targets(node: nodes.Node) -> list[str]:
    """The templates that an include, import or extends names, as far as they are written out."""
    if isinstance(node, nodes.Const):
        return [str(each) for each in (node.value if isinstance(node.value, (list, tuple)) else [node.value])]
    if isinstance(node, (nodes.List, nodes.Tuple)):
        return [str(each.value) for each in node.items if isinstance(each, nodes.Const)]
    return []


def wrong_arguments(
    macro: nodes.Macro, names: list[str], given: Mapping[str, Shape], count: int, used: set[str]
) -> list[tuple[Message, Message]]:
    """What is wrong with a macro's call, and what to do. `names` are its parameters, `used` the names in its body."""
    found = []
    if count > len(names) and "varargs" not in used:
        what = message(
            "template.call.too_many",
            '"{name}" takes {number} values, and is given {given}',
            name=macro.name,
            number=len(names),
            given=count,
        )
        found.append((what, N_("it has: {names}", names=listed(names))))
    found += [
        (no_parameter(macro.name, name), suggest(name, names))
        for name in given
        if name not in names and name != "caller" and "kwargs" not in used
    ]
    needed = names[: len(names) - len(macro.defaults)]
    found += [
        (
            message("template.call.too_few", '"{macro}" is called without "{name}"', macro=macro.name, name=name),
            N_("give it, or give the parameter a default"),
        )
        for name in needed
        if name not in given
    ]
    return found


def shape_context(document: Document) -> dict[str, Shape]:
    """The shapes of all names that the document's template is given."""
    audience = document.audience
    names: dict[str, Shape] = {
        "case": shape_model(KINDS[document.kind], "case", WHITELISTS[audience], str(audience)),
        "letter": Record({"date": Plain(date), "language": Plain(str), "beside": Plain(str)}, "letter"),
    }
    for name, paths in GLOBALS[audience].items():
        if name in _MODELS:
            names[name] = shape_model(_MODELS[name], name, paths, str(audience))
        elif name == "annex":
            names[name] = shape_model(Annex, "annex")
        elif name == "may_obtain":
            names[name] = Plain(bool)
        elif name in _LISTED:
            names[name] = Several(_LISTED[name])
    return names


_MODELS: Mapping[str, type[BaseModel]] = {
    "document": Document,
    "profile": Profile,
    "programme": Programme,
    "consent": Consent,
    "paper": MeetingPaper,
}
_LISTED: Mapping[str, Shape] = {
    "steps": shape_dataclass(StepState, "steps[]"),
    "consents": shape_model(Consent, "consents[]"),
    "lapsed_consents": shape_model(Consent, "lapsed_consents[]"),
}
