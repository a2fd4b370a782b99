"""The language of the command line: `--lang`, and help in it."""

import gettext
import inspect
import os
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Any

import click

from kvisdocs.languages import (
    DOMAIN,
    LANGUAGES,
    LOCALE,
    find_language,
    load_translations,
    use_language,
)


def start_language(arguments: Sequence[str]) -> None:
    """Speak the language that `--lang` or else the environment asks for, in click's own messages too.

    `--lang` is looked for before click reads it, so that what click says of other options is in that language already.
    """
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    arguments = list(takewhile(lambda each: each != "--", arguments))
    asked = [after for option, after in pairwise([*arguments, ""]) if option == "--lang"]
    asked += [each.removeprefix("--lang=") for each in arguments if each.startswith("--lang=")]
    wanted = next((each.lower() for each in asked if each.lower() in LANGUAGES), None)
    _speak(wanted or find_language(), wanted is not None)


def _speak(language: str, is_asked: bool) -> None:
    use_language(language, is_asked)
    os.environ["LANGUAGE"] = language  # by it click's own messages are found, at each of them


def _choose(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value:
        _speak(value, is_asked=True)


lang_option = click.Option(
    ["--lang"],
    type=click.Choice(LANGUAGES, case_sensitive=False),
    callback=_choose,
    expose_value=False,
    is_eager=True,
    help="Speak Danish or English; else KVISDOCS_LANG or the system's language decides.",
)
"""`--lang da|en`: of the program and of each command."""


def help_paragraphs(text: str) -> list[str]:
    """The paragraphs of a help text, each on one line, but for those that `\\b` keeps as they are."""
    parts = inspect.cleandoc(text).split("\n\n")
    return [part if "\b" in part else " ".join(part.split()) for part in parts]


def translate_help(text: str) -> str:
    """A help text in the language that is spoken, paragraph by paragraph."""
    gettext_of = load_translations().gettext
    return "\n\n".join(part if "\b" in part or not part else gettext_of(part) for part in help_paragraphs(text))


class TranslatedCommand(click.Command):
    """A command whose help is shown in the language that is spoken."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(lang_option)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The line in the group's list."""
        return click.Command("", help=translate_help(self.help or "")).get_short_help_str(limit)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does."""
        english, self.help = self.help, translate_help(self.help or "")
        try:
            super().format_help_text(ctx, formatter)
        finally:
            self.help = english

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, each with its help."""
        options = [each for each in self.params if isinstance(each, click.Option)]
        english = [each.help for each in options]
        try:
            for option in options:
                option.help = translate_help(option.help or "")
            super().format_options(ctx, formatter)
        finally:
            for option, text in zip(options, english, strict=True):
                option.help = text


class TranslatedGroup(TranslatedCommand, click.Group):
    """A group of such commands, in the order in which one comes to need them, not by the alphabet."""

    command_class = TranslatedCommand

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, as they were added."""
        return list(self.commands)
