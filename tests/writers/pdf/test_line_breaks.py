"""A line without a place to break: laid out as WeasyPrint would by itself, but each element on it is asked once."""

from collections import Counter
from contextlib import nullcontext

import pytest
import weasyprint
from weasyprint.layout import inline

from kvisdocs.writers.pdf.line_breaks import remembered_breaks

HEAD = "<html lang=da><style>@page { size: A5 } p { overflow-wrap: break-word }</style>"


def lines(body: str) -> list[str]:
    (page, *_) = weasyprint.HTML(string=HEAD + body).render().pages
    found = [box for box in page._page_box.descendants() if type(box).__name__ == "LineBox"]
    return ["".join(getattr(box, "text", "") for box in line.descendants()) for line in found]


def both(body: str) -> tuple[list[str], list[str]]:
    found = []
    for changed in (nullcontext(), remembered_breaks()):
        with changed:
            found.append(lines(body))
    return found[0], found[1]


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{'<b>a</b><i>a</i>' * 300}",
        f"<p>Sagen {'<b>a</b><i>a</i>' * 300} er lang",
        f"<p>{'<b>a</b>' * 20}<i>et ord til</i>{'<b>a</b>' * 300}",
        f"<p>{'<b>a</b>' * 40}<span style='white-space: nowrap'>et ord</span>{'<b>a</b>' * 60} <i>b</i>{'<b>c</b>'}",
        f"<p>{'<b>a</b>' * 30}<span style='float: right'>b c</span>{'<b>a</b>' * 60}",
        f"<p><b>{'<i>a</i>' * 150}</b><u>{'<i>b</i>' * 150}</u>",
        f"<p>{'<b>Et</b> <i>ord</i> ' * 100}",
    ],
)
def test_lines_are_those_of_weasyprint(body: str) -> None:
    theirs, ours = both(body)
    assert len(theirs) > 0
    assert ours == theirs


def test_each_element_of_a_long_line_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()
    ask = inline.can_break_inside

    def count(box: object) -> bool:
        asked[type(box).__name__] += 1
        return bool(ask(box))

    monkeypatch.setattr(inline, "can_break_inside", count)
    with remembered_breaks():
        lines(f"<p style='overflow-wrap: normal'>{'<b>a</b>' * 1000}")
    assert 900 < asked["InlineBox"] < 1200
