"""`kvisdocs schema`: JSON Schema of a case or of a rule file, for editors."""

import click

from kvisdocs.cli.terminal.language import TranslatedCommand


@click.command(cls=TranslatedCommand)
@click.argument(
    "kind",
    required=False,
    type=click.Choice(["citizen", "committee", "meeting", "statistics", "agreements", "programme"]),
    metavar="[KIND]",
)
def schema(kind: str | None) -> None:
    """Print the JSON Schema of a case, or of a rule file.

    KIND is citizen, committee, meeting, statistics or agreements, or programme for a rule file; without it, the schema
    fits every case.

    Example:

    \b
        kvisdocs schema citizen > citizen.schema.json
    """
    from kvisdocs.cases.schema import case_schema
    from kvisdocs.programme.rules.rule_registry import programme_schema

    found = programme_schema() if kind == "programme" else case_schema(kind)
    # Bytes, since an editor reads the file as UTF-8, and the shell of Windows writes something else.
    import json

    click.echo(json.dumps(found, ensure_ascii=False, indent=2).encode())
