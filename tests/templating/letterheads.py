"""Letterheads for tests: the example that ships, with some of its files changed."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "templates" / "letterheads" / "eksempel.docx"


def changed(
    replaced: Mapping[str, tuple[str, str]] | None = None, added: Mapping[str, bytes | str] | None = None
) -> bytes:
    """The example with a text of some files replaced (old, new), and files added or exchanged."""
    file = BytesIO()
    replaced, added = dict(replaced or {}), dict(added or {})
    with zipfile.ZipFile(EXAMPLE) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name in replaced:
                old, new = replaced.pop(name)
                assert old in data.decode(), f"{old} is not in {name}"
                data = data.decode().replace(old, new).encode()
            if name not in added:
                target.writestr(name, data)
        for name, content in added.items():
            target.writestr(name, content)
    assert not replaced, f"{list(replaced)}: no such file"
    return file.getvalue()
