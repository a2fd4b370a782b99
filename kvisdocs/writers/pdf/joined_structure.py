"""The tag tree of a PDF file joined to that of another, into which its pages were put (ISO 32000-1, 14.7).

Its elements keep their order and stand below one part at the end of the other's document. Its numbers in the parent
tree are moved behind the other's, on its pages, links and drawings. Its ids get a prefix, since two files may have the
same.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pikepdf

Object = Any


def merge_structure(whole: pikepdf.Pdf, source: pikepdf.Pdf, pages: range, title: str, prefix: str) -> None:
    """Join the tags of a file to those of `whole`, in which its pages lie at the numbers `pages`.

    Both have tags. The `prefix` is the file's own among those that are joined.
    """
    own = whole.Root.StructTreeRoot
    joined = whole.copy_foreign(source.Root.StructTreeRoot)
    offset = _next_key(own)
    tree = _as_number_tree(own, whole)
    for number, parents in _pairs(joined.get("/ParentTree", pikepdf.Dictionary()), "/Nums"):
        tree[offset + int(number)] = parents
    own["/ParentTreeNextKey"] = _next_key(own)
    _move_numbers([whole.pages[number].obj for number in pages], offset)
    part = whole.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Part, T=pikepdf.String(title), P=_body(own))
    )
    children = [child for child in _list(joined.get("/K")) if isinstance(child, pikepdf.Dictionary)]
    part["/K"] = pikepdf.Array(children)
    for child in children:
        child["/P"] = part
    _rename(part, prefix, _merge_roles(own, joined, prefix))
    body = _body(own)
    body["/K"] = pikepdf.Array([*_list(body.get("/K")), part])


def _body(root: Object) -> Object:
    """The only element at the top, which holds the document; the root itself where there are several."""
    top = _list(root.get("/K"))
    return top[0] if len(top) == 1 and isinstance(top[0], pikepdf.Dictionary) else root


def _list(value: Object) -> list[Object]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _pairs(tree: Object, key: str) -> Iterator[tuple[Object, Object]]:
    """The keys and values of a number tree or name tree, in order."""
    for child in _list(tree.get("/Kids")):
        yield from _pairs(child, key)
    flat = _list(tree.get(key))
    yield from zip(flat[::2], flat[1::2], strict=True)


def _as_number_tree(root: Object, pdf: pikepdf.Pdf) -> pikepdf.NumberTree:
    if "/ParentTree" not in root:
        root["/ParentTree"] = pikepdf.NumberTree.new(pdf).obj
    return pikepdf.NumberTree(root.ParentTree)


def _next_key(root: Object) -> int:
    return (
        max((int(number) for number, _ in _pairs(root.get("/ParentTree", pikepdf.Dictionary()), "/Nums")), default=-1)
        + 1
    )


def _move_numbers(pages: Iterable[Object], offset: int) -> None:
    """Add the offset to each number that leads into the parent tree: of pages, links and drawings, each once."""
    seen: set[tuple[int, int]] = set()

    def move(holder: Object) -> None:
        if holder.objgen in seen and holder.is_indirect:
            return
        seen.add(holder.objgen)
        for key in ("/StructParents", "/StructParent"):
            if key in holder:
                holder[key] = int(holder[key]) + offset
        for annotation in holder.get("/Annots", []):
            move(annotation)
        for drawing in dict(holder.get("/Resources", pikepdf.Dictionary()).get("/XObject", {}).items()).values():
            move(drawing)

    for page in pages:
        move(page)


def _merge_roles(own: Object, joined: Object, prefix: str) -> dict[str, str]:
    """Take over what a file's own roles mean; the new names of those that mean another thing in the whole."""
    known = own.get("/RoleMap", pikepdf.Dictionary())
    renamed: dict[str, str] = {}
    for name, meaning in joined.get("/RoleMap", pikepdf.Dictionary()).items():
        if name in known and known[name] != meaning:
            renamed[name] = f"{name}-{prefix}"
        known[renamed.get(name, name)] = meaning
    if len(known):
        own["/RoleMap"] = known
    return renamed


def _rename(element: Object, prefix: str, roles: Mapping[str, str]) -> None:
    """Make ids, headers of cells that name them, and roles unlike those of the other files."""
    waiting = [element]
    while waiting:
        each = waiting.pop()
        if str(each.S) in roles:
            each["/S"] = pikepdf.Name(roles[str(each.S)])
        if "/ID" in each:
            each["/ID"] = _with_prefix(each["/ID"], prefix)
        for attributes in _list(each.get("/A")):
            if isinstance(attributes, pikepdf.Dictionary) and "/Headers" in attributes:
                attributes["/Headers"] = pikepdf.Array([_with_prefix(name, prefix) for name in attributes["/Headers"]])
        waiting += [
            child
            for child in _list(each.get("/K"))
            if isinstance(child, pikepdf.Dictionary) and child.get("/Type") not in ("/MCR", "/OBJR")
        ]


def _with_prefix(name: Object, prefix: str) -> pikepdf.String:
    return pikepdf.String(f"{prefix}-".encode() + bytes(name))
