"""`kvisdocs docs`: the documentation, wherever kvisdocs is installed."""

from pathlib import Path

import click

from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.report import refuse_usage, show, shown
from kvisdocs.languages import current_language
from kvisdocs.messages import N_, message


@click.command(cls=TranslatedCommand)
@click.argument("page", metavar="[PAGE]", required=False)
def docs(page: str | None) -> None:
    """Read the documentation.

    PAGE is the name of a page, as cases or kom-i-gang; without it the pages are listed, with the folder that they
    are in.

    Example:

    \b
        kvisdocs docs kom-i-gang
    """
    from kvisdocs.application.template_folders import shipped
    from kvisdocs.problems import suggest

    folder = shipped("docs")
    pages = find_pages(folder)
    if page is None:
        width = max(map(len, pages), default=0)
        for name, path in pages.items():
            click.echo(f"{name:<{width}}  {path.read_text(encoding='utf-8').partition(chr(10))[0].lstrip('# ')}")
        show(N_("They are in {folder}. To read one: kvisdocs docs PAGE", folder=folder))
        return
    name = page.removeprefix("docs/").removeprefix("da/").removesuffix(".md")
    if name not in pages:
        what = message("command.page.unknown", 'there is no page "{page}"', page=page)
        raise refuse_usage(what, suggest(name, pages), "'PAGE'")
    for line in pages[name].read_text(encoding="utf-8").splitlines():
        click.echo(shown(line))


def find_pages(folder: Path) -> dict[str, Path]:
    """Every page by its name, those in the language that is spoken first: `cases`, `kom-i-gang`, `development/batch`.

    What is in Danish stands in the folder `da`; its names are of no other page, and need not begin with it.
    """
    guides = sorted(folder.glob("da/*.md"), key=lambda path: (path.stem != "kom-i-gang", path.stem))  # it is read first
    danish = {path.stem: path for path in guides if path.stem != "README"}
    english = {path.stem: path for path in sorted(folder.glob("*.md"))}
    development = {f"development/{path.stem}": path for path in sorted(folder.glob("development/*.md"))}
    first, second = (danish, english) if current_language() == "da" else (english, danish)
    return {**first, **second, **development}
