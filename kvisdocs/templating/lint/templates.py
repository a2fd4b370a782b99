"""Everything that can be said of templates without a case: syntax, targets, names, and what nobody uses."""

from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Problem, Severity, suggest
from kvisdocs.templating.documents import Document
from kvisdocs.templating.engine.environment import find_named, make_environment, read_tree
from kvisdocs.templating.engine.template_errors import block_twice, no_template
from kvisdocs.templating.html import Assets
from kvisdocs.templating.lint.findings import Findings
from kvisdocs.templating.lint.names import NameReader
from kvisdocs.templating.lint.scope import shape_context, targets
from kvisdocs.templating.lint.syntax import explain_syntax
from kvisdocs.templating.lint.type_inference import Shape
from kvisdocs.templating.wordings.choosing import find_wordings
from kvisdocs.templating.wordings.comparison import compare_wordings


def lint_templates(assets: Assets, documents: Iterable[Document], everything: bool = True) -> list[Problem]:
    """What is wrong with the templates of the folders, sorted; the documents say which names their templates see.

    Without `everything`, only what those documents come to. Raises nothing: a template that cannot be read is a
    problem too, and the others are read.
    """
    environment = make_environment(assets)
    findings = Findings(assets)
    trees = _parse(findings)
    _check_targets(trees, findings)
    _check_use(trees, findings)
    reader = NameReader(environment, trees, findings)
    contexts: list[tuple[Document, Mapping[str, Shape]]] = [(each, shape_context(each)) for each in documents]
    written = [(each, wording.template) for each, _ in contexts for wording in find_wordings(each, assets)]
    for document, names in contexts:
        for template in (name for each, name in written if each is document):
            reader.read_document(template, names)
        found = {name: find_reached(name, assets) for each, name in written if each is document}
        findings.problems.update(compare_wordings(document, assets, found, trees))
    if not everything:
        reached = {assets.shown(name) for name in (*reader.reached, *(name for _, name in written))}
        return sorted(each for each in findings.problems if each.position.file in reached)
    for name in trees:
        reader.read_alone(name)
    return sorted(findings.problems)


def find_reached(template: str, assets: Assets) -> set[str]:
    """The templates that one template comes to by extends, include and import; all, where it is not said which."""
    reached, waiting = set[str](), [template]
    while waiting:
        name = waiting.pop()
        if name in reached or assets.find(name) is None:
            continue
        reached.add(name)
        try:
            found = find_named(assets.read_text(name))
        except (TemplateSyntaxError, KvisdocsError):  # which is told of
            continue
        if None in found:
            return set(assets.names("**/*.j2"))
        waiting += [each for each in found if each]
    return reached


def _parse(findings: Findings) -> dict[str, nodes.Template]:
    trees = {}
    for name in findings.assets.names("**/*.j2"):
        try:
            text = findings.assets.read_text(name)
            findings.texts[name] = text
            trees[name] = read_tree(text, name)
        except KvisdocsError as error:
            findings.problems.update(error.problems)
        except TemplateSyntaxError as error:
            findings.add_syntax(name, explain_syntax(str(error.message), error.lineno, text))
    return trees


def _check_targets(trees: Mapping[str, nodes.Template], findings: Findings) -> None:
    """Includes, imports and extends that lead nowhere, and blocks that nothing extended has."""
    for name, tree in trees.items():
        for node in _find(tree, nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends):
            asked = targets(node.template)
            if getattr(node, "ignore_missing", False) or any(each in findings.texts for each in asked):
                continue
            for each in asked[:1]:
                todo = suggest(each, findings.texts, N_("put it into the templates folder"))
                findings.add(name, node.lineno, each, no_template(each), todo)
        _check_repeated_blocks(name, tree, findings)
        _check_blocks(name, trees, findings)


def _check_repeated_blocks(name: str, tree: nodes.Template, findings: Findings) -> None:
    seen: set[str] = set()
    for block in sorted(tree.find_all(nodes.Block), key=lambda each: each.lineno):
        if block.name in seen:
            findings.add(name, block.lineno, block.name, *block_twice(block.name))
        seen.add(block.name)


def _check_blocks(name: str, trees: Mapping[str, nodes.Template], findings: Findings) -> None:
    family = _parents(name, trees)
    if len(family) < 2 or any(each not in trees for each in family):
        return
    known = {block.name for each in family[1:] for block in trees[each].find_all(nodes.Block)}
    top = [each for each in trees[name].body if isinstance(each, nodes.Block)]
    for block in top:
        if block.name not in known:
            what = message(
                "template.block.not_shown",
                'the block "{name}" is in none of the templates that this one extends, so it is not shown',
                name=block.name,
            )
            findings.add(name, block.lineno, block.name, what, suggest(block.name, known))


def _parents(name: str, trees: Mapping[str, nodes.Template]) -> list[str]:
    """The template and those that it extends, outwards."""
    found = [name]
    while found[-1] in trees:
        extends = trees[found[-1]].find(nodes.Extends)
        asked = targets(extends.template) if extends else []
        if not asked or asked[0] in found:
            break
        found.append(asked[0])
    return found


def _check_use(trees: Mapping[str, nodes.Template], findings: Findings) -> None:
    """Macros that nobody calls, and imports that nobody uses. `partials/` is a library: its macros may wait."""
    families = {name: _parents(name, trees) for name in trees}
    used = {name: _used_names(tree) for name, tree in trees.items()}
    taken = _taken_from(trees)
    for name, tree in trees.items():
        near = [each for each, family in families.items() if name in family or each in families[name]]
        here = set().union(*(used[each] for each in near))
        for macro in () if name.startswith("partials/") else tree.find_all(nodes.Macro):
            own = {each.name for each in macro.find_all(nodes.Name)} & {macro.name}
            if macro.name not in here and macro.name not in taken.get(name, set()) and not own:
                what = message("template.macro.unused", 'nobody calls the macro "{name}"', name=macro.name)
                todo = N_("call it, or delete it")
                findings.add(name, macro.lineno, macro.name, what, todo, Severity.WARNING)
        for node in _find(tree, nodes.Import, nodes.FromImport):
            names = [node.target] if isinstance(node, nodes.Import) else [_alias(each) for each in node.names]
            for each in names:
                if each not in here:
                    what = message("template.import.unused", '"{name}" is imported and not used', name=each)
                    todo = N_("delete it from the import")
                    findings.add(name, node.lineno, each, what, todo, Severity.WARNING)


def _alias(name: str | tuple[str, str]) -> str:
    return name if isinstance(name, str) else name[1]


def _used_names(tree: nodes.Template) -> set[str]:
    return {each.name for each in tree.find_all(nodes.Name) if each.ctx == "load"}


def _taken_from(trees: Mapping[str, nodes.Template]) -> dict[str, set[str]]:
    """By template, the names that others import from it."""
    found: dict[str, set[str]] = {}
    for tree in trees.values():
        for node in tree.find_all(nodes.FromImport):
            for target in targets(node.template):
                names = {each if isinstance(each, str) else each[0] for each in node.names}
                found.setdefault(target, set()).update(names)
        for module in tree.find_all(nodes.Import):
            asked = {each.attr for each in tree.find_all(nodes.Getattr) if _is(each.node, module.target)}
            for target in targets(module.template):
                found.setdefault(target, set()).update(asked)
    return found


def _find(tree: nodes.Template, *kinds: type[nodes.Stmt]) -> Iterable[Any]:
    return tree.find_all(kinds)


def _is(node: nodes.Node, name: str) -> bool:
    return isinstance(node, nodes.Name) and node.name == name
