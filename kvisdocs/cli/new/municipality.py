"""`kvisdocs new municipality`: a profile with a plain logo."""

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import click

from kvisdocs.cli.new.files import check_id, tell, write
from kvisdocs.cli.new.questions import ask_option, asks, on_one_line, prompt
from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.options import templates_option
from kvisdocs.cli.terminal.report import refuse_usage
from kvisdocs.messages import N_, message


@click.command(cls=TranslatedCommand, name="municipality")
@click.argument("stem", metavar="NAME")
@click.option("--name", help="The name on letters; NAME Kommune unless said.")
@click.option("--genitive", help="The name as owner, as Odense Kommunes; the name and an s unless said.")
@click.option("--unit", help="The office, as citizens know it.")
@click.option("--street", help="Its street and number.")
@click.option("--postcode", help="Its postcode.")
@click.option("--city", help="Its town.")
@click.option("--phone", help="Its phone, eight digits.")
@click.option("--hours", help="When the phone is answered.")
@click.option("--email", help="Its e-mail.")
@click.option("--accent", default="#1c4e68", show_default=True, help="The colour of lines and headings.")
@click.option("--agenda-only", is_flag=True, help="For a committee's papers alone: without what letters need.")
@ask_option
@templates_option
def new_municipality(
    stem: str,
    name: str | None,
    genitive: str | None,
    accent: str,
    agenda_only: bool,
    ask: bool | None,
    templates: Path | None,
    **office: str | None,
) -> None:
    """Lay out a municipality's profile, with a plain logo.

    NAME is the id that cases name: lower-case letters, digits and hyphens. The files go into the folder templates, or
    the one that --templates names.

    Example:

    \b
        kvisdocs new municipality odense --phone "66 13 13 72"
    """
    from kvisdocs.application.scaffold.cases import FILL_IN
    from kvisdocs.application.scaffold.templates import OFFICE, new_profile

    check_id(stem)
    _check_colour(accent)
    known = {key: _read_setting(key, value) for key, value in {"name": name, **office}.items() if value}
    if agenda_only:
        _refuse_office(office)
    elif asks(ask):
        for key, about in OFFICE.items():
            if key not in known and (answer := prompt(about, partial(_read_setting, key))):
                known[key] = answer
    given = known.pop("name", "")
    name = given or f"{stem.title()} Kommune"
    owner = _read_setting("genitive", genitive or "") or _genitive(name)
    files = new_profile(stem, name, owner, None if agenda_only else known, accent, is_guessed=not given)
    write({(templates or Path("templates")) / file: data for file, data in files.items()})
    profile = f"profiles/{stem}.yaml"
    left = files[profile].decode().count(f"# {FILL_IN}")
    tell(N_("{file} is laid out", file=profile), left, "kvisdocs lint")


def _check_colour(accent: str) -> None:
    from kvisdocs.application.scaffold.templates import SOFT
    from kvisdocs.contrast import ENOUGH, contrast

    if not re.fullmatch("#[0-9a-fA-F]{6}", accent):
        what = message("new.colour.not_hex", '"{colour}" is not a colour', colour=accent)
        raise refuse_usage(what, N_("write it as #1c4e68"), "'--accent'")
    if (ratio := contrast(accent[1:], SOFT[1:])) < ENOUGH:
        what = message(
            "new.colour.too_light", '"{colour}" cannot be read on paper (contrast {ratio:.1f} to 1, at least {enough})',
            colour=accent, ratio=ratio, enough=ENOUGH,
        )  # fmt: skip
        raise refuse_usage(what, N_("choose a darker one"), "'--accent'")


def _refuse_office(office: Mapping[str, str | None]) -> None:
    """With --agenda-only nothing is said of the office that sends letters."""
    for key, value in office.items():
        if value:
            what = message("new.office.not_used", "a profile for agendas alone has no office")
            raise refuse_usage(what, N_("leave out --agenda-only, or this option"), f"'--{key}'")


def _read_setting(key: str, answer: str) -> str:
    """What is given for a field of a profile, on one line. Raises UsageError with what is wrong."""
    from kvisdocs.application.scaffold.answers import find_faults
    from kvisdocs.templating.profiles import Office, Profile

    value = on_one_line(answer)
    path = ("office", key) if key in Office.model_fields else (key,)
    if value and (faults := find_faults(Profile, path, value)):
        raise refuse_usage(faults[0].what, faults[0].todo, f"'--{key}'")
    return value


def _genitive(name: str) -> str:
    return f"{name}'" if name.endswith(("s", "x", "z")) else f"{name}s"
