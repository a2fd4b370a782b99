"""What a template prints of itself: its labels, and which fields of the case, whatever the case is.

The proof of a run asks for both: a firm that is called "Medarbejder" stands in no paper because the table has that
heading, and a letter whose template prints the receiver's address must hold it.
"""

import re
from collections.abc import Iterator, Mapping

from jinja2 import Environment, TemplateSyntaxError, nodes

from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.html import Assets

_LABEL = re.compile(r"<(h[1-6]|th|dt|strong|label|caption|title)\b[^>]*>(.*?)</\1>", re.DOTALL)
_SUBTITLE = re.compile(r'<p class="subtitle">(.*?)</p>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_UNCHANGED = {"list", "join", "upper", "lower", "capital", "trim", "e", "escape"}
"""Filters after which a value is still the same one."""


def find_labels(environment: Environment, assets: Assets) -> tuple[str, str]:
    """The headings and labels of all templates, and all their words. A label that may be a name is none."""
    labels, words = [], []
    for name in assets.names("**/*.j2"):
        try:
            parts = list(environment.lex(assets.read_text(name), name))
        except (TemplateSyntaxError, KvisdocsError, OSError, UnicodeError):  # of another document, which tells of it
            continue
        text = "".join(value if kind == "data" else "\n" for _, kind, value in parts)
        said = [value.strip("\"'") for _, kind, value in parts if kind == "string"]
        labels += [found[2] for found in _LABEL.finditer(text)] + _SUBTITLE.findall(text) + said
        words += [text, *said]
    labels = [label for label in labels if not _is_like_a_name(label)]
    return _plain(labels), _plain(words)


def _is_like_a_name(label: str) -> bool:
    """Two words or more, all with a capital: somebody's name may have been left in a template."""
    words = re.findall(r"[^\W\d_]+", _TAG.sub(" ", label))
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _plain(texts: list[str]) -> str:
    return "\n".join(_TAG.sub(" ", text) for text in texts)


def find_printed(tree: nodes.Template) -> frozenset[str]:
    """The fields that it always prints where the case has them: `case.gp.address.lines`."""
    names = {
        each.target.name: chain
        for each in tree.find_all(nodes.Assign)
        if isinstance(each.target, nodes.Name) and (chain := _chain(each.node, {}))
    }
    return frozenset(_printed(tree, names, ()))


def _printed(node: nodes.Node, names: Mapping[str, str], asked: tuple[str, ...]) -> Iterator[str]:
    """Fields below the node. Under a condition only what stands below a field that was asked for counts."""
    if isinstance(node, nodes.Macro) or (isinstance(node, nodes.Assign) and _chain(node.node, {})):
        return
    if isinstance(node, nodes.If | nodes.CondExpr):
        yield from _under_condition(node, names, asked)
    elif isinstance(node, nodes.Getitem) or (isinstance(node, nodes.Filter) and node.name not in _UNCHANGED):
        return
    elif chain := _chain(node, names):
        if all(chain.startswith(each) for each in asked):
            yield chain
    else:
        for child in node.iter_child_nodes():
            yield from _printed(child, names, asked)


def _under_condition(
    node: nodes.If | nodes.CondExpr, names: Mapping[str, str], asked: tuple[str, ...]
) -> Iterator[str]:
    test = _chain(node.test, names)
    if test:
        for each in node.body if isinstance(node, nodes.If) else [node.expr1]:
            yield from _printed(each, names, (*asked, test))


def _chain(node: nodes.Node | None, names: Mapping[str, str]) -> str:
    """`case.gp.address` of such an expression, through the names that were set; nothing of any other."""
    if isinstance(node, nodes.Name):
        return "case" if node.name == "case" else names.get(node.name, "")
    if isinstance(node, nodes.Getattr) and (above := _chain(node.node, names)):
        return f"{above}.{node.attr}"
    return ""
