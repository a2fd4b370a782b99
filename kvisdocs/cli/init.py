"""`kvisdocs init`: a folder to begin with."""

import sys
from pathlib import Path

import click

from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.report import show, show_problems
from kvisdocs.messages import N_, message

EXAMPLES = (
    "citizens/mathilde-hoejgaard-thorup.yaml",
    "committee/viborg-punkt-12.yaml",
    "schema/citizen.schema.json",
    "schema/committee.schema.json",
    "schema/meeting.schema.json",
    "schema/statistics.schema.json",
)
"""Two cases, and the schemas by which an editor completes and checks them."""


README = """\
# Breve og dagsordenspunkter med kvisdocs

- `cases_yaml/` er sagerne, en fil for hver. De to, der ligger der, er eksempler; alle i dem er opdigtede.
- `templates/` er skabelonerne. Slet det, du ikke vil ændre: så bruges det, der følger med kvisdocs.
- `templates/profiles/` er kommunens navn, telefon, farver og felter.

Lav dine egne filer, og se, hvad der kan blive til:

    kvisdocs new case cases_yaml/min-sag.yaml      en borgers sag
    kvisdocs new item cases_yaml/punkt-1.yaml      et punkt til udvalgets dagsorden
    kvisdocs new municipality min-kommune          kommunens profil
    kvisdocs check cases_yaml                      finder fejl, med fil og linje
    kvisdocs render cases_yaml -o output           laver alle dokumenter, som PDF og Word
    kvisdocs docs kom-i-gang                       vejledningen, fra ingenting til det første brev

Den første linje i en sag lader en editor (f.eks. VS Code med YAML-udvidelsen) foreslå felter og finde fejl, mens du
skriver.
`kvisdocs documents` siger, hvad der kan laves.
"""


@click.command(cls=TranslatedCommand)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Lay out a folder to begin with.

    DIR, new or empty, gets the templates, two example cases and a short README.

    Example:

    \b
        kvisdocs init breve
    """
    import shlex

    from kvisdocs.application.store.atomic_files import cannot_write
    from kvisdocs.problems import KvisdocsError, Position, Problem

    try:
        if folder.is_dir() and any(folder.iterdir()):
            what = message("folder.target.not_empty", "the folder is not empty")
            todo = N_("choose a new folder; nothing was written")
            raise KvisdocsError(Problem(Position(str(folder)), what, todo))
        for name, data in _contents().items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except KvisdocsError as error:
        show_problems(error.problems)
        sys.exit(1)
    except OSError as error:
        show_problems(cannot_write(folder, error).problems)
        sys.exit(1)
    next_step = N_(
        "{folder} is ready. Next: cd {quoted} && kvisdocs render cases_yaml",
        folder=folder,
        quoted=shlex.quote(str(folder)),
    )
    show(next_step, err=False)


def _contents() -> dict[str, bytes]:
    """All files of the new folder, by their names in it. Colleagues may read them: they are about nobody."""
    from kvisdocs.application.template_folders import shipped

    templates = shipped("templates")
    found = {path.relative_to(templates.parent): path for path in templates.rglob("*") if path.is_file()}
    found |= {Path("cases_yaml", name): shipped("cases_yaml") / name for name in EXAMPLES}
    contents = {name.as_posix(): path.read_bytes() for name, path in sorted(found.items())}
    return {**contents, "README.md": README.encode()}
