"""Pictures from outside, looked at before a library draws them: what they are, how large, and what they refer to.

PNG, JPEG and SVG, for both writers alike; what they are is told by their bytes, not by their names. Pillow would open
forty formats more, some by running another program.
"""

from kvisdocs.messages import N_, message
from kvisdocs.writers.pictures.rasters import PictureError, prepare_raster
from kvisdocs.writers.pictures.svg_checks import decode_svg, is_markup, parse_svg

MAX_PICTURE = 20_000_000
"""Bytes of one file that a document uses. A photograph for print has 5 MB."""


def too_many_bytes(shown: str) -> PictureError:
    """That a file is larger than MAX_PICTURE."""
    megabytes = MAX_PICTURE // 1_000_000
    what = message("picture.size.bytes", "{shown} has more than {number} MB", shown=shown, number=megabytes)
    return PictureError(what, N_("make it smaller"))


def missing_picture(name: str) -> PictureError:
    """That there is no such file in the templates folder."""
    return PictureError(message("picture.file.missing", 'the file "{source}" is missing', source=name))


def prepare_picture(data: bytes, shown: str) -> bytes:
    """The picture as both writers take it. Raises PictureError, in which it is called `shown`."""
    if len(data) > MAX_PICTURE:
        raise too_many_bytes(shown)
    if is_markup(data):
        text = decode_svg(data, shown)
        parse_svg(text, shown)
        return text.encode()
    return prepare_raster(data, shown).data
