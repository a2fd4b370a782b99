"""CSS boxes → the place that is left inside them, and the borders and background that their paragraphs wear."""

from dataclasses import replace

from kvisdocs.writers.word.computed import Computed
from kvisdocs.writers.word.formats import box_borders
from kvisdocs.writers.word.place import Box, Place


def inside_of(computed: Computed, place: Place) -> Place:
    """The place inside a block: less wide by margins, padding and borders; in a box if it has one."""
    sides = {
        side: computed.points(f"margin-{side}", place.width)
        + computed.points(f"padding-{side}", place.width)
        + computed.edge(side)
        for side in ("left", "right")
    }
    room = place.width - sides["left"] - sides["right"]
    said = [computed.points(name, place.width) for name in ("width", "max-width") if not computed.is_auto(name)]
    spare = max(0.0, room - min(said, default=room))
    shift = 0.0
    if computed.is_auto("margin-left"):
        shift = spare / 2 if computed.is_auto("margin-right") else spare
    shade, borders = computed.color("background-color"), box_borders(computed)
    return replace(
        place,
        width=room - spare,
        left=place.left + sides["left"] + shift,
        right=place.right + sides["right"] + spare - shift,
        box=Box(borders, shade) if shade or borders else place.box,
    )
