"""Pictures from outside, looked at before a library draws them: what they are, how large, and what they refer to.

PNG, JPEG and SVG, for both writers alike; what they are is told by their bytes, not by their names. Pillow would open
forty formats more, some by running another program.
"""

from kvisdocs.writers.pictures.rasters import PictureError, prepare_raster
from kvisdocs.writers.pictures.svg_checks import decode_svg, is_markup, parse_svg

MAX_PICTURE = 20_000_000
"""Bytes of one file that a document uses. A photograph for print has 5 MB."""


def prepare_picture(data: bytes, shown: str) -> bytes:
    """The picture as both writers take it. Raises PictureError, in which it is called `shown`."""
    if len(data) > MAX_PICTURE:
        raise PictureError(f"{shown} has more than {MAX_PICTURE // 1_000_000} MB; make it smaller")
    if is_markup(data):
        text = decode_svg(data, shown)
        parse_svg(text, shown)
        return text.encode()
    return prepare_raster(data, shown).data
