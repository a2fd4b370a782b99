"""The example meeting in the folder that a test stands in."""

from pathlib import Path

from examples import EXAMPLES

NAME, SECOND, CLOSED, LATE = (
    f"moede-{each}.yaml" for each in ("2026-11-04", "punkt-2", "punkt-3-lukket", "punkt-6-tillaeg")
)


def lay_out() -> dict[str, str]:
    """The files, which are in the folder then."""
    for each in (EXAMPLES / "committee").glob("moede-*"):
        Path(each.name).write_bytes(each.read_bytes())
    return read()


def read() -> dict[str, str]:
    """All files of the folder."""
    return {path.name: path.read_text(encoding="utf-8") for path in Path().glob("*.yaml")}
