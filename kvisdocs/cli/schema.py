"""`kvisdocs schema`: JSON Schema of a case, for editors."""

import json

import click


@click.command()
@click.argument("kind", required=False, type=click.Choice(["citizen", "committee"]), metavar="[KIND]")
def schema(kind: str | None) -> None:
    """Print the JSON Schema of a case.

    KIND is citizen or committee; without it, the schema fits every kind.

    Example:

    \b
        kvisdocs schema citizen > citizen.schema.json
    """
    from kvisdocs.cases.schema import case_schema

    # Bytes, since an editor reads the file as UTF-8, and the shell of Windows writes something else.
    click.echo(json.dumps(case_schema(kind), ensure_ascii=False, indent=2).encode())
