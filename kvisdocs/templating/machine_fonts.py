"""Whether a font of this machine has a character, as Fontconfig knows it, on which WeasyPrint's PDFs fall back.

Asked by ctypes, since WeasyPrint takes half a second to load, and `check` needs nothing else of it.
"""

import ctypes
from contextlib import suppress
from functools import lru_cache

_FILES = ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll", "fontconfig-1.dll")


class _FontSet(ctypes.Structure):
    _fields_ = (("count", ctypes.c_int), ("size", ctypes.c_int), ("fonts", ctypes.POINTER(ctypes.c_void_p)))


@lru_cache(maxsize=4096)
def machine_has(sign: str) -> bool | None:
    """Whether one of its fonts has the character; None where Fontconfig is not to be had."""
    library = _library()
    if library is None:
        return None
    sets = ctypes.c_void_p()
    for font in _patterns():
        found = library.FcPatternGetCharSet(font, b"charset", 0, ctypes.byref(sets)) == 0
        if found and library.FcCharSetHasChar(sets, ord(sign)):
            return True
    return False


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL | None:
    for file in _FILES:
        with suppress(OSError):
            library = ctypes.CDLL(file)
            library.FcInitLoadConfigAndFonts.restype = ctypes.c_void_p
            library.FcConfigGetFonts.restype = ctypes.POINTER(_FontSet)
            library.FcConfigGetFonts.argtypes = [ctypes.c_void_p, ctypes.c_int]
            library.FcPatternGetCharSet.argtypes = [
                *(ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int),
                ctypes.POINTER(ctypes.c_void_p),
            ]
            library.FcCharSetHasChar.argtypes = [ctypes.c_void_p, ctypes.c_uint32]
            return library
    return None


@lru_cache(maxsize=1)
def _patterns() -> tuple[int, ...]:
    """The machine's fonts, which stay loaded as long as the process."""
    library = _library()
    assert library is not None
    config = library.FcInitLoadConfigAndFonts()
    found = library.FcConfigGetFonts(config, 0) if config else None  # 0: those of the system
    return tuple(found.contents.fonts[number] for number in range(found.contents.count)) if found else ()
