"""`kvisdocs verify`: the gate over finished files."""

import os
import sys
from pathlib import Path

import click

from kvisdocs.cli.terminal.language import TranslatedCommand
from kvisdocs.cli.terminal.report import show, shown
from kvisdocs.languages import load_translations, translate
from kvisdocs.messages import N_, counted, listed
from kvisdocs.problems import say_both


@click.command(cls=TranslatedCommand)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a problem, a line each, for programs.")
def verify(files: tuple[Path, ...], as_json: bool) -> None:
    """Check finished files: PDF and DOCX, or all of them in folders.

    PDFs are judged by veraPDF (PDF/UA-1 and PDF/A-2a), DOCX files by openxml-audit, the Open XML SDK and our rules for
    accessible documents. A PDF and a DOCX of the same name in the same folder must say the same.

    Exits with 1 if there is a problem; with 3 if there is none, but a judge is not installed, so that not all was
    checked. A line says then how to install it.

    Example:

    \b
        kvisdocs verify output
    """
    from kvisdocs.verify.gate import verify_files

    report = verify_files(files)
    for problem in report.problems:
        if as_json:
            _show_json({"kind": "problem", **problem.as_dict()})
        else:
            _show(problem.shown(load_translations()), "red")
    for missing in report.missing:
        if as_json:
            place = {"file": "", "line": 0, "column": 0, "severity": "warning", "code": missing.what.code}
            said = {"what": missing.what, "todo": missing.todo, "judge": missing.judge, "install": missing.install}
            _show_json({"kind": "missing judge", **place, **said})
        else:
            _show(translate(say_both(missing.what, missing.todo)), "yellow")
    if not as_json:
        counts = listed(
            [
                counted(len(report.files), "{number} file", "{number} files"),
                counted(report.pairs, "{number} pair compared", "{number} pairs compared"),
                counted(len(report.problems), "{number} problem", "{number} problems"),
            ]
        )
        show(N_("{counts}; not all was checked", counts=counts) if report.missing else counts)
    sys.exit(report.exit_code)


def _show(text: str, colour: str) -> None:
    """Line by line, since a difference has one line for the PDF and one for the DOCX."""
    for line in text.split("\n"):
        click.echo(shown(line) if os.environ.get("NO_COLOR") else click.style(shown(line), fg=colour))


def _show_json(values: dict[str, object]) -> None:
    import json

    click.echo(json.dumps(values, ensure_ascii=False).encode("utf-8", "backslashreplace"))
