"""How the commands of a meeting read it, and how they show or save what they change in its file and its items'."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvisdocs.cli.terminal.report import Loudness, loudness, show, shown
from kvisdocs.messages import N_, Message, counted

if TYPE_CHECKING:
    from kvisdocs.application.meeting.arrange import Changes
    from kvisdocs.application.meeting.draft import Draft
    from kvisdocs.templating.html import Assets

file_argument = click.argument("file", metavar="MEETING", type=click.Path(path_type=Path, dir_okay=False, exists=True))
"""The meeting's file, given to the command as `file`."""

dry_run_option = click.option("--dry-run", is_flag=True, help="Show which lines would change, and write nothing.")
"""`--dry-run`, given to the command as `dry_run`."""


def open_meeting(file: Path, templates: Path | None) -> "tuple[Draft, Assets]":
    """The meeting as it is now, and the templates. Raises KvisdocsError for what is no meeting."""
    from kvisdocs.application.meeting.draft import read_draft
    from kvisdocs.application.template_folders import find_assets
    from kvisdocs.cases.yaml.source import read_raw

    assets = find_assets(templates)
    return read_draft(read_raw(file, str(file))[0], file, assets), assets


def save(changes: "Changes", dry_run: bool, done: Message) -> None:
    """All files or none, and what was done; or only what would be another line. Raises KvisdocsError."""
    from kvisdocs.application.store.replacement import digest_of, replace_files

    if dry_run:
        for path, each in changes.items():
            _show_differences(path, each.before, each.after)
    else:
        replace_files({path: (each.after, digest_of(each.before)) for path, each in changes.items()})
        if loudness() is Loudness.VERBOSE:
            for path in changes:
                show(N_("changed: {path}", path=path), err=False)
    if not changes:
        show(N_("there is nothing to change"), err=False)
    elif dry_run:
        show(N_("nothing was written"), err=False)
    else:
        files = counted(len(changes), "{number} file was changed", "{number} files were changed")
        show(N_("{what}; {files}", what=done, files=files), err=False)


def _show_differences(path: Path, before: bytes, after: bytes) -> None:
    """The lines of a file that would be others, as `diff -u` writes them."""
    import difflib

    old, new = (data.decode("utf-8", "replace").splitlines() for data in (before, after))
    for line in difflib.unified_diff(old, new, str(path), str(path), lineterm=""):
        click.echo(shown(line))
