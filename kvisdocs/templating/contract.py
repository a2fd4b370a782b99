"""The HTML contract over a rendered document: what a reader, a screen reader or PDF/UA-1 would stumble over.

Pure: an HtmlDocument in, problems out, each at the template's place (`data-at`). How things look is not judged here.
"""

from collections.abc import Callable, Collection, Iterator
from xml.etree.ElementTree import Element

from kvisdocs.messages import N_, message
from kvisdocs.problems import Problem, Severity, suggest
from kvisdocs.templating.contract_tree import ATTRIBUTES, EVERYWHERE, NOT_SHOWN, ContractFault, Tree, words
from kvisdocs.templating.contract_tree import RULES as TEXT_RULES
from kvisdocs.templating.html import HtmlDocument

Rule = Callable[[Tree], Iterator[ContractFault]]
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def check_contract(document: HtmlDocument, root: Element, known_elements: Collection[str]) -> list[Problem]:
    """What the document's HTML breaks of docs/templates.md, sorted.

    `root` is its HTML as the writers read it, and `known_elements` are those that they know.
    """
    tree = Tree(root)
    found = [finding for rule in RULES for finding in rule(tree)]
    found += unknown_elements(tree, known_elements)
    return sorted(
        {
            Problem(document.position(tree.mark(each.element)), each.what, each.todo, each.severity)
            for each in found
            if each.element is None or not tree.is_hidden(each.element)
        }
    )


def unknown_elements(tree: Tree, known: Collection[str]) -> Iterator[ContractFault]:
    """`<blok>`: the PDF may draw it, Word has its text alone."""
    for element in tree.body_elements():
        if element.tag not in known and element.tag not in NOT_SHOWN:
            todo = suggest(str(element.tag), known, N_("see: kvisdocs docs templates"))
            what = message("contract.element.unknown", "<{tag}> is not in the contract", tag=element.tag)
            yield ContractFault(element, what, todo)


def unknown_attributes(tree: Tree) -> Iterator[ContractFault]:
    """`<td colspn="2">`; `data-` and `aria-` attributes may be anything."""
    for element in tree.body_elements():
        allowed = EVERYWHERE | ATTRIBUTES.get(str(element.tag), set())
        for name in element.attrib:
            if name not in allowed and not name.startswith(("data-", "aria-")):
                what = message(
                    "contract.attribute.unknown", '<{tag}> has no attribute "{name}"', tag=element.tag, name=name
                )
                yield ContractFault(element, what, suggest(name, allowed, N_("delete it")))


def headings(tree: Tree) -> Iterator[ContractFault]:
    """One h1, no level skipped (PDF/UA-1, 7.4.2), none empty."""
    found = [each for each in tree.body_elements() if each.tag in HEADINGS]
    tops = [each for each in found if each.tag == "h1"]
    if not tops:
        what = message("contract.h1.missing", "the document has no h1")
        yield ContractFault(tree.body, what, N_("make its title the one <h1>"))
    for each in tops[1:]:
        what = message("contract.h1.second", "the document has a second h1")
        yield ContractFault(each, what, N_("use <h2>, or lower"))
    level = 0
    for each in found:
        own = int(str(each.tag)[1])
        if own > level + 1 and level:
            what = message(
                "contract.heading.skipped", "<{tag}> follows <h{level}>: a level is skipped", tag=each.tag, level=level
            )
            yield ContractFault(each, what, N_("use <h{level}>", level=level + 1))
        elif own > 1 and level == 0 and tops:
            what = message("contract.heading.before_h1", "<{tag}> stands before the h1", tag=each.tag)
            yield ContractFault(each, what, N_("put the <h1> first"))
        level = own


def empty_elements(tree: Tree) -> Iterator[ContractFault]:
    """Headings, links, list items and captions of nothing, which a screen reader announces all the same."""
    for element in tree.body_elements():
        named = element.tag in {*HEADINGS, "li", "caption", "figcaption"} or (
            element.tag == "a" and "href" in element.attrib
        )
        if named and not words(element) and not tree.has_picture(element):
            what = message("contract.element.empty", "<{tag}> is empty", tag=element.tag)
            yield ContractFault(element, what, N_("put {{% if … %}} around it"))


def tables(tree: Tree) -> Iterator[ContractFault]:
    """Header cells with their scope (PDF/UA-1, 7.5), and widths, since Word's tables and ours are fixed."""
    for table in tree.body_elements("table"):
        if tree.is_layout(table):
            continue
        inside = [each for each in table.iter() if tree.table_of(each) is table]
        heads = [each for each in inside if each.tag == "th"]
        if not heads and any(each.tag == "td" for each in inside):
            what = message("contract.table.no_head", "the table has no th")
            yield ContractFault(table, what, N_('mark its first row or column with <th scope="…">'))
        for head in heads:
            scope = head.get("scope")
            if scope not in {"col", "row", "colgroup", "rowgroup"}:
                what = (
                    message("contract.scope.missing", "th has no scope")
                    if scope is None
                    else message("contract.scope.unknown", 'th has scope="{scope}"', scope=scope)
                )
                yield ContractFault(head, what, N_('write scope="col", or "row"'))
        if not any(each.tag == "col" for each in inside) and not tree.is_prose(table):
            what = message("contract.table.no_widths", "the table says no widths")
            todo = N_('begin it with <col style="width: …"> for each column')
            yield ContractFault(table, what, todo, Severity.WARNING)


def ids(tree: Tree) -> Iterator[ContractFault]:
    """Each id once, and each `href="#…"` to one that is there."""
    seen: set[str] = set()
    for element in tree.body_elements():
        name = element.get("id")
        if name is not None and name in seen:
            what = message("contract.id.twice", 'the id "{name}" stands twice', name=name)
            yield ContractFault(element, what, N_("give each its own"))
        seen.update({name} if name else ())
    for element in tree.body_elements("a"):
        href = element.get("href", "")
        if href.startswith("#") and href[1:] not in seen:
            what = message("contract.link.no_target", 'the link goes to "{href}", which is not there', href=href)
            yield ContractFault(element, what, suggest(href[1:], seen))


def language(tree: Tree) -> Iterator[ContractFault]:
    """`lang` on html (PDF/UA-1, 7.2)."""
    if not tree.root.get("lang", "").strip():
        what = message("contract.language.missing", "html has no lang")
        yield ContractFault(tree.root, what, N_('write <html lang="da">'))


def list_children(tree: Tree) -> Iterator[ContractFault]:
    """Lists hold items, and items stand in lists."""
    parents = {"li": {"ul", "ol"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}}
    for element in tree.body_elements():
        if element.tag in parents and tree.parent(element).tag not in parents[str(element.tag)]:
            what = message("contract.list.item_outside", "<{tag}> stands outside a list", tag=element.tag)
            yield ContractFault(element, what, N_("put it into <ul>, <ol> or <dl>"))
        if element.tag in {"ul", "ol"} and not any(child.tag == "li" for child in element):
            what = message("contract.list.empty", "<{tag}> has no items", tag=element.tag)
            yield ContractFault(element, what, N_("put {{% if … %}} around it"))


RULES: tuple[Rule, ...] = (
    unknown_attributes,
    headings,
    empty_elements,
    tables,
    ids,
    language,
    list_children,
    *TEXT_RULES,
)
"""All rules but that on unknown elements, which wants the writers' list. Each looks at the whole tree."""
