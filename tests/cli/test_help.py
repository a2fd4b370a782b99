"""`--help`: quick, with an example that can be typed."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kvisdocs.cli.main import main

HEAVY = ("weasyprint", "docx", "pydantic", "jinja2", "babel", "lxml", "yaml", "PIL", "markdown_it")

LOADED = """
import sys
from kvisdocs.cli.main import main
try:
    main(sys.argv[1:], prog_name="kvisdocs")
except SystemExit:
    print(*sys.modules, sep="\\n", file=sys.stderr)
"""


def loaded(*arguments: str) -> set[str]:
    """The modules that a call loads."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments], capture_output=True, encoding="utf-8", timeout=60, check=True
    )
    return set(done.stderr.splitlines())


@pytest.mark.parametrize("arguments", [["--help"], ["render", "--help"], ["--version"]])
def test_help_loads_no_heavy_library(arguments):
    assert "click" in loaded(*arguments)
    assert not loaded(*arguments) & set(HEAVY)


def test_checking_loads_no_library_that_draws_or_writes(write):
    write({"cases_yaml/a.yaml": "kind: citzen\n"})

    assert not loaded("check") & {"weasyprint", "docx", "jinja2", "PIL", "markdown_it"}


@pytest.mark.usefixtures("note")
@pytest.mark.parametrize(("format", "other"), [("pdf", "docx"), ("docx", "weasyprint")])
def test_a_format_does_not_load_the_library_of_the_other(write, format, other):
    from builders import citizen_yaml

    write({"a.yaml": citizen_yaml()})

    modules = loaded("render", "a.yaml", "-d", "note", "--to", format)

    assert {"weasyprint", "docx"} - {other} <= modules
    assert other not in modules


def test_the_commands_stand_in_the_order_in_which_one_needs_them(kvisdocs):
    said = kvisdocs("--help").out

    assert re.findall(r"^  ([a-z-]+)  ", said.partition("Commands:")[2], re.M) == list(main.commands)
    assert next(iter(main.commands)) == "init"


@pytest.mark.parametrize("name", main.commands)
def test_every_command_is_summed_up_in_a_line_that_is_not_cut(kvisdocs, name):
    line = next(line for line in kvisdocs("--help").out.splitlines() if line.startswith(f"  {name} "))

    assert line.endswith(".")
    assert not line.endswith("...")


@pytest.mark.parametrize("name", main.commands)
def test_every_command_has_an_example_whose_options_it_knows(kvisdocs, name):
    code, out, _ = kvisdocs(name, "--help")
    example = re.search(r"Example:\n\n +(kvisdocs .*)\n", out)

    assert code == 0
    assert example, out
    program, called, *arguments = shlex.split(example[1].partition(" >")[0])
    assert (program, called) == ("kvisdocs", name)
    for file in (Path(each) for each in arguments if "/" in each):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    command = main.commands[name]
    if isinstance(command, click.Group):
        command = command.get_command(click.Context(command), arguments.pop(0))
    parsed = command.make_context(name, [*arguments], resilient_parsing=False)
    assert parsed.params


@pytest.mark.parametrize("name", main.commands)
def test_every_option_has_its_words(name):
    for parameter in main.commands[name].params:
        assert not isinstance(parameter, click.Option) or parameter.help


def test_a_misspelt_command_is_wrong_usage_and_gets_its_neighbour(kvisdocs):
    code, out, err = kvisdocs("rendr", "cases_yaml")

    assert (code, out) == (2, "")
    assert "No such command 'rendr'" in err


def test_a_misspelt_option_is_wrong_usage(kvisdocs):
    code, out, err = kvisdocs("render", "a.yaml", "--documnet", "gp-letter")

    assert (code, out) == (2, "")
    assert "--document" in err


def test_the_version_is_that_of_the_package(kvisdocs):
    assert re.fullmatch(r"kvisdocs, version \d+\.\d+\.\d+\n", kvisdocs("--version").out)


@pytest.mark.parametrize("arguments", [("render", "/nowhere"), ("batch", "/nowhere"), ("check", "/nowhere"), ("lint",)])
def test_a_current_folder_that_is_gone_is_said(kvisdocs, folder: Path, monkeypatch, arguments: tuple[str, ...]):
    gone = folder / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()

    said = kvisdocs(*arguments)

    monkeypatch.chdir(folder)
    assert said == (1, "", "Error: the current folder is gone (No such file or directory); change to another\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_given_what_completes(shell, program):
    said = program(_KVISDOCS_COMPLETE=f"{shell}_source")

    assert said.code == 0
    assert "_kvisdocs_completion" in said.out


def test_the_shell_completes_commands_and_options(program):
    def completed(words: str) -> set[str]:
        number = str(len(words.split()) - 1)
        return set(program(_KVISDOCS_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=number).out.split())

    assert completed("kvisdocs re") == {"plain,read-back", "plain,release", "plain,render"}
    assert completed("kvisdocs render --re") == {"plain,--redate", "plain,--replace"}


def test_the_page_names_each_shell():
    page = (Path(__file__).parents[2] / "docs/install.md").read_text(encoding="utf-8")

    assert set(re.findall(r"_KVISDOCS_COMPLETE=(\w+)_source kvisdocs", page)) == {"bash", "zsh", "fish"}
