"""A case that comes through a pipe: `-` where a command takes the path of a case."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from kvisdocs.cli.terminal.report import name_pipe, refuse_usage
from kvisdocs.messages import N_, message

DASH = Path("-")


@contextmanager
def read_pipe(paths: Sequence[Path], name: str | None) -> Iterator[tuple[Path, ...]]:
    """The paths, with a file for `-` as long as this lasts: what stands on standard input. Messages call it `-`.

    `name` is the id that the case is given. Raises UsageError where it cannot be one.
    """
    if DASH not in paths:
        if name is not None:
            what = message("command.name.without_pipe", "--name is for a case from standard input")
            raise refuse_usage(what, N_("a file's name is its case id; leave --name out, or name the file -"))
        yield tuple(paths)
        return
    import tempfile

    from kvisdocs.cases.yaml.forbidden_characters import find_id_fault
    from kvisdocs.cases.yaml.source import MAX_BYTES
    from kvisdocs.problems import forget_originals, remember_originals

    stem = "stdin" if name is None else name.removesuffix(".yaml")
    if not stem or any(sign in stem for sign in "/\\:") or len(stem.encode("utf-8", "replace")) > 200:
        what = message("command.name.no_id", '"{name}" cannot be a case id', name=stem)
        raise refuse_usage(what, N_("use letters, digits and hyphens"), "'--name'")
    if fault := find_id_fault(Path(f"{stem}.yaml")):
        raise refuse_usage(fault, option="'--name'")
    with tempfile.TemporaryDirectory(prefix="kvisdocs-", ignore_cleanup_errors=True) as folder:
        file = Path(folder).resolve() / f"{stem}.yaml"
        raw = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin is not None else b""  # None where it was closed
        file.write_bytes(raw)
        name_pipe(click.get_current_context(), str(file))
        remember_originals({file: DASH})
        try:
            yield tuple(file if path == DASH else path for path in paths)
        finally:
            forget_originals([file])
