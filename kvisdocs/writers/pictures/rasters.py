"""PNG and JPEG pictures in a form that both PDF/A-2 and Word take: sRGB or grey, eight bits, one frame, upright.

Most pictures are in that form and stay as they are, byte for byte. Print shops deliver CMYK, scanners 16 bits, cameras
pictures that lie on their side with a note of it; those are converted, for both writers alike.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import ExifTags, Image, ImageCms, ImageFile, ImageOps

from kvisdocs.messages import N_, NOTHING, Message, message

MAX_PIXELS = 40_000_000
"""The largest picture that is drawn; an A4 page at 288 dots an inch has eight million pixels."""

FORMATS = ("PNG", "JPEG")

_PLAIN_MODES = {"PNG": {"1", "L", "LA", "P", "RGB", "RGBA"}, "JPEG": {"L", "RGB"}}
_PLAIN_FRAMES = {0xC0, 0xC1, 0xC2}
"""JPEG's Huffman-coded frames (ITU-T T.81, table B.1): no reader of PDF or Word has the arithmetic ones."""

_BROKEN = (OSError, SyntaxError, ValueError, EOFError, ZeroDivisionError, OverflowError)


TAKE_ANOTHER = N_("take another picture")


class PictureError(Exception):
    """A picture cannot be used: which and why, and what to do."""

    def __init__(self, what: Message, todo: Message = NOTHING) -> None:
        super().__init__(what, todo)
        self.what, self.todo = what, todo

    def __str__(self) -> str:
        return f"{self.what}; {self.todo}" if self.todo else str(self.what)


@dataclass(frozen=True, slots=True)
class Raster:
    """A PNG or JPEG that both writers take, and its size in pixels."""

    data: bytes
    width: int
    height: int


@lru_cache(maxsize=64)
def prepare_raster(data: bytes, shown: str) -> Raster:
    """The picture in the form that both writers take. Raises PictureError where it is broken, too large, or neither."""
    what = message(
        "picture.size.pixels",
        "{shown} has more than {number} million pixels",
        shown=shown,
        number=MAX_PIXELS // 1_000_000,
    )
    too_large = PictureError(what, N_("make it smaller"))
    try:
        with _strictly(), Image.open(BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise too_large
            image.load()
            return Raster(data, *image.size) if _is_plain(image, data) else _convert(image, shown)
    except Image.DecompressionBombError:
        raise too_large from None
    except _BROKEN:
        found = find_format(data)
    if found not in {"", *FORMATS}:
        what = message(
            "picture.format.unknown", "{shown} is a picture in the format {format}", shown=shown, format=found
        )
        raise PictureError(what, N_("save it as PNG or JPEG"))
    what = message("picture.file.broken", "{shown} is no PNG, JPEG or SVG picture that is whole", shown=shown)
    raise PictureError(what, N_("save it again as PNG"))


def find_format(data: bytes) -> str:
    """The name of the format that Pillow knows the bytes by (`GIF`), or nothing."""
    try:
        with _strictly(), Image.open(BytesIO(data)) as image:
            return {"MPO": "JPEG"}.get(image.format or "", image.format or "")
    except Exception:  # whatever a decoder of an old format stumbles over
        return ""


@contextmanager
def _strictly() -> Iterator[None]:
    """WeasyPrint tells Pillow, for the whole process, to take pictures whose end is missing."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _is_plain(image: Image.Image, data: bytes) -> bool:
    kind = "PNG" if image.format == "PNG" else "JPEG"
    if image.mode not in _PLAIN_MODES[kind] or getattr(image, "n_frames", 1) > 1 or _turn(image) != 1:
        return False
    if data[24] > 8 if kind == "PNG" else _find_frame(data) not in _PLAIN_FRAMES:
        return False
    return image.mode not in {"RGB", "RGBA"} or _find_profile(image) is None


def _turn(image: Image.Image) -> int:
    """The EXIF orientation: 1 is upright, 0 a note that cannot be read."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # EXIF is whatever a camera wrote
        return 0


def _find_frame(data: bytes) -> int:
    """The kind of a JPEG's frame: the first SOF marker."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            return marker
        at += 1 if marker == 0xFF else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return 0


def _find_profile(image: Image.Image) -> ImageCms.ImageCmsProfile | None:
    """The colour profile, where there is one that can be read and it is not sRGB."""
    said = image.info.get("icc_profile")
    if said:
        with suppress(Exception):  # a profile that cannot be read counts for nothing, as in most programs
            profile = ImageCms.getOpenProfile(BytesIO(said))
            if "srgb" not in ImageCms.getProfileDescription(profile).lower():
                return profile
    return None


def _convert(image: Image.Image, shown: str) -> Raster:
    kind = "PNG" if image.format == "PNG" else "JPEG"
    plain = _in_eight_bits(image, shown)
    plain = _in_srgb(plain, _find_profile(image))
    if _turn(image) > 1:
        plain = ImageOps.exif_transpose(plain)
    made = BytesIO()
    options = {"quality": 95, "subsampling": 0} if kind == "JPEG" else {}
    plain.info.clear()  # Pillow would write the profile and the camera's notes again
    plain.save(made, kind, **options)
    return Raster(made.getvalue(), *plain.size)


def _in_eight_bits(image: Image.Image, shown: str) -> Image.Image:
    if "transparency" in image.info:
        if image.mode not in {"1", "L", "P", "RGB"}:
            what = message("picture.png.transparent_grey", "{shown} has 16 bits and a transparent grey", shown=shown)
            raise PictureError(what, N_("save it as PNG with 8 bits"))
        return image.convert("RGBA")
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    return image.convert("RGB") if image.mode in {"P", "1"} else image


def _in_srgb(image: Image.Image, profile: ImageCms.ImageCmsProfile | None) -> Image.Image:
    wanted = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile is not None and image.mode in {"CMYK", "RGB", "RGBA"}:
        with suppress(ImageCms.PyCMSError, *_BROKEN):  # a profile for another kind of colours than these
            turned = ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode=wanted)
            if turned is not None:
                return turned
    return image if image.mode in {"L", "LA", "RGB", "RGBA"} else image.convert(wanted)
