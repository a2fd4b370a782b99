"""`kvisdocs new`: a case, an item, a meeting, a municipality or a document. Each is loaded when it is asked for."""

import importlib

import click

from kvisdocs.cli.terminal.language import TranslatedGroup

KINDS = ("case", "item", "meeting", "municipality", "document")
"""What can be laid out: the module of each has its command, `new_case`."""


class _Kinds(TranslatedGroup):
    """The commands of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which one comes to need them."""
        return list(KINDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None."""
        if cmd_name not in KINDS:
            return None
        command = getattr(importlib.import_module(f"{__name__}.{cmd_name}"), f"new_{cmd_name}")
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Kinds)
def new() -> None:
    """Lay out a file to fill in.

    Example:

    \b
        kvisdocs new case cases_yaml/anna-prøve.yaml
    """
