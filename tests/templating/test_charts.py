"""Charts of figures: words stand clear of each other and of bars, colours survive grey print, nothing hidden has a bar.

Lengths of words are measured in the font that they are printed in.
"""

import re
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace as Given
from xml.etree import ElementTree

import pytest
from PIL import ImageFont

from kvisdocs.application.template_folders import find_assets
from kvisdocs.contrast import contrast
from kvisdocs.problems import Position
from kvisdocs.templating.engine.environment import make_environment
from kvisdocs.templating.profiles import load_profile

COLOUR, SOFT = "#1c4e68", "#eef2f5"
FONT = ImageFont.truetype("templates/fonts/Carlito-Regular.ttf", 100)
LEAST_OF_A_BAR = 3.0
"""What a drawing needs against its ground (WCAG 2.1, 1.4.11 Non-text Contrast)."""

INK = "#1f2529"
CHARTS = make_environment(find_assets(None)).get_template("partials/charts.html.j2")


@dataclass(frozen=True)
class Box:
    """Where something is drawn."""

    left: float
    top: float
    right: float
    bottom: float
    what: str

    def meets(self, other: "Box") -> bool:
        aside = self.right <= other.left or other.right <= self.left
        return not (aside or self.bottom <= other.top or other.bottom <= self.top)


def draw(macro: str, *values: object) -> ElementTree.Element:
    """The drawing of a macro."""
    markup = str(getattr(CHARTS.module, macro)(*values))
    (drawing,) = re.findall(r"<svg.*?</svg>", markup, re.DOTALL)
    return ElementTree.fromstring(drawing)


def parts(drawing: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return drawing.findall(f"{{http://www.w3.org/2000/svg}}{name}")


def words(drawing: ElementTree.Element) -> list[Box]:
    """Where each text stands: its small letters and figures, without what hangs below the line."""
    boxes = []
    for text in parts(drawing, "text"):
        size, x, y = (float(text.get(key, "")) for key in ("font-size", "x", "y"))
        width = FONT.getlength(text.text or "") * size / 100
        left = x - {"middle": width / 2, "end": width}.get(text.get("text-anchor", ""), 0)
        boxes.append(Box(left, y - 0.64 * size, left + width, y, text.text or ""))
    return boxes


def bars(drawing: ElementTree.Element) -> list[Box]:
    boxes = []
    for rect in parts(drawing, "rect"):
        x, y, width, height = (float(rect.get(key, "")) for key in ("x", "y", "width", "height"))
        boxes.append(Box(x, y, x + width, y + height, rect.get("fill", "")))
    return boxes


def assert_clear(drawing: ElementTree.Element) -> None:
    """No text meets a text or a bar, and nothing is cut off by the edge."""
    _, _, right, bottom = map(float, drawing.get("viewBox", "").split())
    drawn = [*words(drawing), *bars(drawing)]
    assert [each for each in drawn if each.left < 0 or each.right > right or each.top < 0 or each.bottom > bottom] == []
    pairs = combinations(words(drawing), 2)
    assert [(one.what, other.what) for one, other in pairs if one.meets(other)] == []
    assert [(text.what, bar) for text in words(drawing) for bar in bars(drawing) if text.meets(bar)] == []


def row(label: str, said: str, value: int | None) -> Given:
    return Given(label=label, said=said, value=value)


def quarter(label: str, came: int | None, left: int | None, end: int | None) -> Given:
    told = {"came": came, "left": left, "end": end}
    said = Given(**{name: "·" if count is None else str(count) for name, count in told.items()})
    return Given(label=label, words=said, said="", **told)


LONG = "heraf to eller flere virksomhedsrettede forløb hos andre arbejdsgivere"
ROWS = [
    [row("I job", "149 (49 pct.)", 49), row("Ledig", "107 (35 pct.)", 35)],
    [row("I job", "304 (100 pct.)", 100), row("Ledig", "0 (0 pct.)", 0)],
    [row(LONG, "129.000 (122 pct.)", 122), row("Ledig", "<5", None), row("Selvstændig", "·", None)],
    [row(LONG * 2, "1 (under 1 pct.)", 1)],
]


@pytest.mark.parametrize("given", ROWS)
def test_rows_stand_clear(given: list[Given]) -> None:
    assert_clear(draw("row_chart", given, max(100, *(each.value or 0 for each in given)), "t", "", COLOUR))


@pytest.mark.parametrize("percent", [None, 0, 1, 65, 79, 80, 99, 100, 122])
@pytest.mark.parametrize("target", [0, 5, 80, 97.5, 100])
def test_the_words_at_a_goal_stand_clear_of_what_was_reached(percent: int | None, target: float) -> None:
    goal = Given(text=LONG * 2, result="66 af 101 (65 pct.)", percent=percent, target_percent=target)
    drawing = draw("bullet_chart", [goal, goal], "t", "", COLOUR, SOFT)
    assert_clear(drawing)
    reached = [bar.right - bar.left for bar in bars(drawing) if bar.what == COLOUR]
    assert reached == ([4.0 * min(percent, 100)] * 2 if percent else [])
    lines = {float(line.get("x1", "")) for line in parts(drawing, "line")}
    assert lines == {4.0 * target}


LABELS = [f"{number}. kv. {year}" for year in range(2011, 2017) for number in (1, 2, 3, 4)]
LAST = "(til og med 30. september)"


@pytest.mark.parametrize("number", [2, 3, 4, 5, 6, 7, 10, 11, 12, 16, 24])
@pytest.mark.parametrize("counts", [(0, 0, 0), (98, 76, 141), (7, None, None), (None, 999, None), (12, 400, 999)])
def test_quarters_stand_clear(number: int, counts: tuple[int | None, int | None, int | None]) -> None:
    given = [quarter(label, *counts) for label in LABELS[:number]]
    given[-1] = quarter(f"{LABELS[number - 1]} {LAST}", *counts)
    top = max(counts[0] or 0, counts[1] or 0, 1)
    assert_clear(draw("quarter_chart", given, top, counts[2] or 1, "t", "", COLOUR))


def test_a_hidden_number_has_no_bar_no_point_and_no_line_to_it() -> None:
    given = [quarter(label, 35, 8, 27) for label in LABELS[:3]]
    given[1] = quarter(LABELS[1], None, None, None)
    drawing = draw("quarter_chart", given, 35, 27, "t", "", COLOUR)
    assert len(bars(drawing)) == 4
    assert len(parts(drawing, "circle")) == 2
    assert [line.get("stroke") for line in parts(drawing, "line")] == ["#56616a"]
    assert [text.what for text in words(drawing)].count("·") == 3


def test_the_colours_survive_grey_print() -> None:
    """Grey of the same lightness has the same contrast. What came and what left part by their sides of the line too."""
    assets = find_assets(None)
    goal = Given(text="Mål", result="", percent=65, target_percent=80)
    for file in Path("templates/profiles").glob("*.yaml"):
        colours = load_profile(file.stem, assets, Position("case.yaml", 1, 1)).colours
        came, left = bars(draw("quarter_chart", [quarter("q", 5, 5, 5)], 5, 5, "t", "", colours.accent))
        assert contrast(came.what[1:], "ffffff") >= LEAST_OF_A_BAR
        assert contrast(left.what[1:], "ffffff") >= LEAST_OF_A_BAR
        ground, reached = bars(draw("bullet_chart", [goal], "t", "", colours.accent, colours.soft))
        assert contrast(reached.what[1:], ground.what[1:]) >= LEAST_OF_A_BAR
        assert contrast(INK[1:], ground.what[1:]) >= LEAST_OF_A_BAR
