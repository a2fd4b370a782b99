"""The contrast of two colours, as WCAG 2.1 defines it. Stands beside `problems`: lint and the gate both judge by it."""

ENOUGH, ENOUGH_FOR_LARGE = 4.5, 3.0
"""What text needs against its ground; large text is 18 points, or 14 in bold (1.4.3 Contrast, Minimum)."""


def contrast(colour: str, other: str) -> float:
    """The contrast ratio of two colours `RRGGBB`, from 1 to 21."""
    lighter, darker = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4))
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
