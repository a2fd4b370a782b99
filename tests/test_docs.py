"""The documentation says what the program does: generated pages are current, links lead somewhere, commands exist."""

import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kvisdocs.cli.main import main

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def generator():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_current():
    """In a process of its own: click keeps the help of --help in the language in which it was first asked for."""
    command = [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    text = re.sub(r"`[^`]*`", "", page.read_text(encoding="utf-8"))  # an example of a link leads nowhere
    links = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", text)
    missing = [link for link in links if not link.startswith("http") and not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_is_named_exists(page):
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`((?:templates|cases_yaml|kvisdocs|docs|tests|\.ci)/[\w./-]+\.\w+)`", text)
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_two_commands_stand_at_the_top_of_the_readme():
    head = (ROOT / "README.md").read_text(encoding="utf-8").split("![")[0]
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert re.findall(r"^    make (\w+)", head, re.MULTILINE) == ["demo", "test"]
    assert {"demo", "test"} <= set(targets)


def command_lines(page):
    """What a page has a reader type behind `kvisdocs`, in a line of its own or in a sentence."""
    text = page.read_text(encoding="utf-8")
    found = re.findall(r"^    (.+)$|`([^`\n]+)`", text, re.MULTILINE)
    lines = [line for each in found if (line := re.match(r"(?:\.venv/bin/)?kvisdocs ([a-z].*)", "".join(each)))]
    return [line[1].partition("#")[0] for line in lines]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_line_is_understood(page):
    for line in command_lines(page):
        group, arguments = main, shlex.split(line)
        while isinstance(group, click.Group) and arguments:
            name, *arguments = arguments
            group = group.get_command(click.Context(group), name)
            assert group, line
        options = {option for each in group.params for option in each.opts} | {"-", "--help"}
        assert {word for word in arguments if word.startswith("-")} <= options, line


def test_the_readme_has_commands_for_all_three_readers():
    assert {line.split()[0] for line in command_lines(ROOT / "README.md")} >= {"check", "render", "batch", "verify"}


def test_every_command_is_in_the_generated_reference():
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert [name for name in main.commands if f"## kvisdocs {name}\n" not in page] == []


def test_the_help_shows_the_readmes_first_example():
    assert "kvisdocs render cases_yaml -o output" in CliRunner().invoke(main, ["--help"]).output


def test_the_four_things_a_stranger_looks_for_are_where_the_architecture_page_says():
    table = (ROOT / "docs" / "development" / "architecture.md").read_text(encoding="utf-8")
    letter = (ROOT / "templates/gp-letter/document.html.j2").read_text(encoding="utf-8")
    assert "the second `<p>` after the table of facts" in table
    after_facts = letter.split("</table>")[1]
    assert re.findall(r"<p>\s*(?:\{%.*?%\}\s*)?(\w+ \w+)", after_facts)[0] == "Din patient"
    assert "<p>Kære" in after_facts.split("<p>Din patient")[0]
    assert "colours:" in (ROOT / "templates/profiles/herning.yaml").read_text(encoding="utf-8")
    assert ":root {" in (ROOT / "templates/house.css").read_text(encoding="utf-8")
    assert "deadline:" in (ROOT / "kvisdocs/programme/data/kvis-2011.yaml").read_text(encoding="utf-8")
    assert "  phone:" in (ROOT / "templates/profiles/herning.yaml").read_text(encoding="utf-8")


def test_every_filter_of_the_templates_is_documented():
    from kvisdocs.templating.engine.formatting import FILTERS

    page = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    assert [name for name in FILTERS if f"`{name}" not in page] == []


def test_every_css_property_that_word_honours_is_documented():
    from kvisdocs.writers.word.css.properties import PROPERTIES

    page = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    families = {re.sub(r"^(margin|padding|border)-.*", r"\1-*", name) for name in PROPERTIES}
    assert sorted(name for name in families if name not in page) == []
