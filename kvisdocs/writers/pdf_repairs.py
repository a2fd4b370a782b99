"""What WeasyPrint 70 does that breaks PDF/UA-1 or PDF/A-2a, and can be put right without a change to the look.

- An element inside `<a>` becomes a link of its own, whose tag is no Link (PDF/UA-1, 7.18.5). The link around it covers
  the same words, so the inner one goes, and the outer one grows to cover what stood out of its line: a picture.
- A raster picture is drawn with interpolation, which PDF/A-2 forbids (ISO 19005-2, 6.2.8), unless its style says
  `image-rendering: crisp-edges`; so every picture's style says so.

Nothing is lost by either, so nobody is told.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

import weasyprint

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@cache
def repair_style() -> Any:
    """The stylesheet that stands behind a document's own and wins over it. `image-rendering` is inherited."""
    return weasyprint.CSS(string="html, img { image-rendering: crisp-edges !important }")


def join_links(pages: Iterable[Any]) -> None:
    """Leave one link to each box of an `<a>` on WeasyPrint's pages. A link without such a box stays as it is."""
    for page in pages:
        kept: list[list[Any]] = []
        for kind, target, rectangle, box in page.links:
            around = _find_outer(kept, kind, target, box)
            if around is None:
                kept.append([kind, target, rectangle, box])
            else:
                around[2] = _cover(around[2], rectangle)
        page.links[:] = [tuple(link) for link in kept]


def _find_outer(links: list[list[Any]], kind: str, target: str, box: Any) -> list[Any] | None:
    """The newest link of an `<a>` to the same place, where `box` is not an `<a>` itself.

    WeasyPrint lists a box before the boxes in it, and each line's part of an `<a>` before what stands in that part.
    """
    if _is_anchor(box) or not links:
        return None
    newest = links[-1]
    return newest if newest[:2] == [kind, target] and _is_anchor(newest[3]) else None


def _is_anchor(box: Any) -> bool:
    return (box.element_tag or "").split(":")[0] == "a"


def _cover(one: Rectangle, other: Rectangle) -> Rectangle:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
