"""Where templates and example cases are: the folder's own, and those that came with kvisdocs."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kvisdocs.application.store.atomic_files import cannot_write
from kvisdocs.messages import N_, message
from kvisdocs.problems import (
    KvisdocsError,
    Position,
    Problem,
    Severity,
    forget_originals,
    remember_originals,
    say_refusal,
    show_path,
)

if TYPE_CHECKING:
    from kvisdocs.templating.html import Assets

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """The `templates` or `cases_yaml` that came with kvisdocs: inside an installed package, beside it in a checkout."""
    bundled = _PACKAGE / "bundled" / name
    return bundled if bundled.is_dir() else _PACKAGE.parent / name


def find_assets(templates: Path | None) -> "Assets":
    """The template folders: `--templates`, or `templates/` here, first; what ships stands behind, file by file."""
    from kvisdocs.templating.html import Assets

    own = templates if templates is not None else Path("templates")
    folders = [folder.resolve() for folder in (own, shipped("templates")) if folder.is_dir()]
    return Assets(tuple(dict.fromkeys(folders)))


@contextmanager
def copy_assets(assets: "Assets") -> Iterator["Assets"]:
    """The template folders, the first of them, which people edit, as a copy that lasts as long as this.

    A template that is edited while letters are made would stand in some of them, told of by the digest of the other
    text; put back before the next run, nobody would find them. Raises KvisdocsError.
    """
    from kvisdocs.templating.html import Assets

    first, *others = assets.folders
    try:
        whole = tempfile.TemporaryDirectory(prefix="kvisdocs-", ignore_cleanup_errors=True)
    except OSError as error:
        raise cannot_write(Path(tempfile.gettempdir()), error) from None
    with whole as name:
        copy = Path(name).resolve() / "templates"
        try:
            _look_into(first)
            _copy_files(Assets((first,)), copy)
        except OSError as error:
            if (place := Path(error.filename or copy)).is_relative_to(first):
                what = message("folder.templates.unreadable", "cannot be read: {reason}", reason=say_refusal(error))
                raise KvisdocsError(Problem(Position(show_path(place)), what, N_("check its rights"))) from None
            raise cannot_write(copy, error) from None
        copied = Assets((copy, *others), assets.folders)
        remember_originals(copied.copies)
        try:
            yield copied
        finally:
            forget_originals(copied.copies)


def _look_into(folder: Path) -> None:
    """Raises OSError for a folder of templates that may not be read: the shipped ones would be taken in their stead."""

    def tell(error: OSError) -> None:
        raise error

    for _ in os.walk(folder, onerror=tell):
        pass


def _copy_files(folder: "Assets", target: Path) -> None:
    for name in folder.names("**/*"):
        if path := folder.find(name):
            copy = target / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def check_templates(templates: Path | None) -> list[Problem]:
    """A warning where `--templates` names a folder that adds nothing to what ships: most often one up or one down."""
    if templates is None or any(_is_template(path.relative_to(templates)) for path in templates.rglob("*")):
        return []
    near = next((each for each in (templates / "templates", templates.resolve().parent) if _is_root(each)), None)
    todo = N_("did you mean {near}?", near=near) if near else N_("those that come with kvisdocs are used")
    what = message("folder.templates.none", "the folder holds no templates")
    return [Problem(Position(str(templates)), what, todo, Severity.WARNING)]


def _is_template(path: Path) -> bool:
    """Whether a file so named, in the templates folder, adds a document, a profile or rules, or wins over ours."""
    adds = path.match("*/document.yaml") or path.match("profiles/*.yaml") or path.match("programmes/*.yaml")
    return (adds and len(path.parts) == 2) or (shipped("templates") / path).is_file()


def _is_root(folder: Path) -> bool:
    return any(folder.glob("*/document.yaml")) or any(folder.glob("profiles/*.yaml"))
