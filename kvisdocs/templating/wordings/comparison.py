"""Which fields of a case one language's template shows and another's does not: a reader may miss some of them."""

from collections.abc import Mapping

from jinja2 import nodes

from kvisdocs.messages import N_, listed, message
from kvisdocs.problems import Position, Problem, Severity
from kvisdocs.templating.documents import Document
from kvisdocs.templating.html import Assets
from kvisdocs.templating.wordings.choosing import find_wordings

_ROOTS = ("case", "consent")


def compare_wordings(
    document: Document, assets: Assets, reached: Mapping[str, set[str]], trees: Mapping[str, nodes.Template]
) -> list[Problem]:
    """A warning for each template that lacks fields of the document's own, or has some that its own has not.

    `reached` are, by template, those that it comes to.
    """
    own, *others = find_wordings(document, assets)
    shown = {
        each.template: set[str]().union(*(_fields(trees[name]) for name in reached[each.template] if name in trees))
        for each in (own, *others)
    }
    problems = []
    for each in others:
        place = Position(assets.shown(each.template))
        if lacking := sorted(shown[own.template] - shown[each.template]):
            what = message("template.wording.lacks", "it does not show {fields}", fields=listed(lacking))
            todo = N_("write it in, for {own} has it", own=own.template)
            problems.append(Problem(place, what, todo, Severity.WARNING))
        if more := sorted(shown[each.template] - shown[own.template]):
            what = message("template.wording.alone", "it alone shows {fields}", fields=listed(more))
            todo = N_("write it into {own} too", own=own.template)
            problems.append(Problem(place, what, todo, Severity.WARNING))
    return problems


def _fields(tree: nodes.Template) -> set[str]:
    """The dotted paths of a case that a template names, through the names of its loops and of what it sets."""
    names: dict[str, str] = {name: name for name in _ROOTS}
    sources = [(each.target, each.iter) for each in tree.find_all(nodes.For)]
    sources += [(each.target, each.node) for each in tree.find_all(nodes.Assign)]
    for target, origin in sources:
        if isinstance(target, nodes.Name) and target.name not in names and (path := _path(origin, names)):
            names[target.name] = path
    inner = {id(each.node) for each in tree.find_all(nodes.Getattr)}
    found = {_path(each, names) for each in tree.find_all(nodes.Getattr) if id(each) not in inner}
    return {path for path in found if path}


def _path(node: nodes.Node, names: Mapping[str, str]) -> str:
    if isinstance(node, nodes.Name):
        return names.get(node.name, "")
    if isinstance(node, nodes.Getattr) and (above := _path(node.node, names)):
        return f"{above}.{node.attr}"
    return ""
