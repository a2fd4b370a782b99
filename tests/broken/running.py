"""Runs the program on one broken thing and writes down all that it says, as a terminal would show it.

- `changes.diff`: under `## NAME: BASE` the changes to `good/BASE.yaml`, parted by `@@`: `kvisdocs check NAME.yaml`.
  With the base `profile` it is the profile of a municipality `prøve`, met by a case.
- `cases/NAME.yaml`: `kvisdocs check NAME.yaml` again, for what is no good case with a few changes
- `templates/NAME.html.j2`: the template of a document `brev`, linted, then rendered with a whole case. A first line
  `{# audience: gp #}` chooses the audience. `NAME.partial.html.j2` lies beside it as `brev/partial.html.j2`.
- `settings/NAME.document.yaml`: the document.yaml of `brev`, rendered with a whole case.
- `PREPARED`: what no file in a folder can be, such as a pipe.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner
from many_cases import cpr

from kvisdocs.cli.main import main
from kvisdocs.cli.terminal.language import start_language

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1]
SHIPPED = CHECKOUT / "templates"
SAMPLE = SHIPPED / "follow-up-plan" / "sample.yaml"
GOOD = (CHECKOUT / "cases_yaml/2012/citizens/maja-sjoelund-aegidius.yaml").read_text(encoding="utf-8")
RENDER = ("render", "case.yaml", "-d", "brev", "--to", "docx", "--date", "2012-11-14")
PROGRAM = [sys.executable, "-c", "from kvisdocs.cli.start import start; start()"]


class Broken(NamedTuple):
    """One broken thing: its name, how it is laid into an empty folder, the commands, and where the outcome is kept."""

    name: str
    prepare: Callable[[Path], None]
    commands: tuple[tuple[str, ...], ...]
    expected: Path

    @property
    def expected_in_danish(self) -> Path:
        return self.expected.with_name(self.expected.name.replace(".expected.txt", ".expected.da.txt"))


def find_all() -> Iterator[Broken]:
    for path in sorted((HERE / "cases").glob("*.yaml")):
        yield _broken(path, ".yaml", partial(_copy, path), ("check", path.name))
    for entry in (HERE / "changes.diff").read_text(encoding="utf-8").removeprefix("## ").split("\n\n## "):
        head, *lines = entry.rstrip("\n").split("\n")
        name, base = head.split(": ")
        text = changed(base, lines)
        if base == "profile":
            path = HERE / "settings" / f"{name}.yaml"
            yield _broken(path, ".yaml", partial(_lay_profile, text), ("check", "case.yaml"))
        else:
            path = HERE / "cases" / f"{name}.yaml"
            yield _broken(path, ".yaml", partial(_write, path.name, text), ("check", path.name))
    for path in sorted((HERE / "templates").glob("*.html.j2")):
        if not path.name.endswith(".partial.html.j2"):
            yield _broken(path, ".html.j2", partial(_lay_template, path), ("lint", "brev"), RENDER)
    for path in sorted((HERE / "settings").glob("*.document.yaml")):
        yield _broken(path, ".document.yaml", partial(_lay_document, path), RENDER)
    for name, (prepare, *commands) in PREPARED.items():
        yield Broken(name, prepare, tuple(commands), HERE / "prepared" / f"{name}.expected.txt")


def run_inside(broken: Broken, language: str = "en") -> str:
    """All that the program says, started within this process; the current folder must be empty."""
    broken.prepare(Path())
    return "".join(_call(command, language) for command in broken.commands)


def run_outside(broken: Broken, folder: Path) -> str:
    """The same, in processes of their own."""
    broken.prepare(folder)
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    pieces = []
    for command in broken.commands:
        done = subprocess.run(
            [*PROGRAM, *command], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        pieces.append(_shown(command, done.returncode, done.stdout, done.stderr))
    return "".join(pieces)


def _call(command: tuple[str, ...], language: str) -> str:
    environment = {"LANGUAGE": language, "LC_ALL": "C.UTF-8"}
    start_language(["--lang", language])
    try:
        done = CliRunner().invoke(main, command, prog_name="kvisdocs", env=environment, catch_exceptions=False)
    finally:
        start_language(["--lang", "en"])
    return _shown(command, done.exit_code, done.stdout, done.stderr)


def _shown(command: tuple[str, ...], code: int, out: str, err: str) -> str:
    said = f"$ kvisdocs {' '.join(command)}\n{out}{err}exit code {code}\n"
    return said.replace(f"{CHECKOUT}/", "")


def _broken(path: Path, ending: str, prepare: Callable[[Path], None], *commands: tuple[str, ...]) -> Broken:
    name = path.name.removesuffix(ending)
    return Broken(name, prepare, commands, path.with_name(f"{name}.expected.txt"))


def changed(base: str, lines: list[str]) -> str:
    """The good file with lines taken out (`-`) and put in (`+`); other lines say where, as in a diff."""
    text = (HERE / "good" / f"{base}.yaml").read_text(encoding="utf-8").split("\n")
    at = 0
    for hunk in "\n".join(lines).split("\n@@\n"):
        signs = hunk.split("\n")
        old, new = ([line[1:] for line in signs if line[0] in kept] for kept in (" -", " +"))
        at = next(place for place in range(at, len(text)) if text[place : place + len(old)] == old)
        text[at : at + len(old)] = new
        at += len(new)
    return "\n".join(text)


def _copy(path: Path, folder: Path) -> None:
    shutil.copy(path, folder)


def _write(name: str, text: str, folder: Path) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def _lay_template(path: Path, folder: Path) -> None:
    brev = folder / "templates" / "brev"
    brev.mkdir(parents=True)
    found = re.match(rb"\{# audience: (\w+) #\}", path.read_bytes())
    audience = found[1].decode() if found else "citizen"
    _write("document.yaml", f"title: Brev\ndescription: a letter\nkind: citizen\naudience: {audience}\n", brev)
    shutil.copy(path, brev / "document.html.j2")
    partial_template = path.with_name(path.name.replace(".html.j2", ".partial.html.j2"))
    if partial_template.exists():
        shutil.copy(partial_template, brev / "partial.html.j2")
    shutil.copy(SAMPLE, brev / "sample.yaml")
    shutil.copy(SAMPLE, folder / "case.yaml")


def _lay_profile(text: str, folder: Path) -> None:
    profiles = folder / "templates" / "profiles"
    profiles.mkdir(parents=True)
    _write("prøve.yaml", text, profiles)
    _write("case.yaml", GOOD.replace("municipality: herning", "municipality: prøve"), folder)


def _lay_document(path: Path, folder: Path) -> None:
    (folder / "templates" / "brev").mkdir(parents=True)
    shutil.copy(path, folder / "templates" / "brev" / "document.yaml")
    shutil.copy(SHIPPED / "follow-up-plan" / "document.html.j2", folder / "templates" / "brev")
    shutil.copy(SAMPLE, folder / "case.yaml")


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe.yaml")
    _write("good.yaml", GOOD, folder)


def _circle(folder: Path) -> None:
    (folder / "a.yaml").symlink_to("b.yaml")
    (folder / "b.yaml").symlink_to("a.yaml")


def _link_to_nowhere(folder: Path) -> None:
    (folder / "cases").mkdir()
    (folder / "cases" / "gone.yaml").symlink_to("../archive/gone.yaml")
    _write("good.yaml", GOOD, folder / "cases")


def _folder_called_yaml(folder: Path) -> None:
    (folder / "cases" / "anna.yaml").mkdir(parents=True)
    _write("inside.yaml", "kind: citzen\n", folder / "cases" / "anna.yaml")
    _write("bo.yaml", GOOD, folder / "cases")


def _empty_folder_called_yaml(folder: Path) -> None:
    (folder / "anna.yaml").mkdir()


def _several_files(folder: Path) -> None:
    (folder / "cases").mkdir()
    _write("anna.yaml", GOOD.replace("herning", "hernig"), folder / "cases")
    _write("bo.yaml", GOOD.replace("kind: citizen", "kind: [citizen"), folder / "cases")
    _write("carl.yaml", GOOD.replace("kvis-2011", "kvis-2021"), folder / "cases")
    _write("dora.yaml", GOOD, folder / "cases")


def _same_fault_in_many_cases(folder: Path) -> None:
    _lay_template(HERE / "templates" / "a-number-and-a-text-are-added.html.j2", folder)
    (folder / "cases").mkdir()
    for number in range(500):
        text = GOOD.replace("case_number: ", f"case_number: {number}-")
        text = re.sub(r"(?m)^  cpr: .*", f"  cpr: {cpr(number)}", text)
        (folder / "cases" / f"{number:03}.yaml").write_text(text, "utf-8")


EXAMPLES = CHECKOUT / "cases_yaml"


def _change(example: str, *changes: tuple[str, str]) -> Callable[[Path], None]:
    """Lays one of the examples as case.yaml, with each first text in it changed into the second."""
    text = (EXAMPLES / f"{example}.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return partial(_write, "case.yaml", text)


_MANY_WORDS = "  - ordliste\n" * 110_000
_PLAN = ("render", "case.yaml", "-d", "follow-up-plan", "--to", "docx", "--date", "2012-11-14")
_RETURN_PLAN = ("render", "case.yaml", "-d", "return-plan", "--to", "docx", "--date", "2012-11-14")
_BRIEF = ("render", "case.yaml", "-d", "committee-brief", "--to", "docx", "--date", "2026-09-21")
_MANY = ("render", "cases", "-d", "brev", "--to", "docx", "--date", "2012-11-14")
PREPARED: dict[str, tuple[Callable[[Path], None], *tuple[tuple[str, ...], ...]]] = {
    "a-folder-called-like-a-case": (_folder_called_yaml, ("check", "cases")),
    "a-folder-given-as-a-case": (_empty_folder_called_yaml, ("check", "anna.yaml")),
    "a-link-in-a-circle": (_circle, ("check", "a.yaml")),
    "a-link-to-nowhere": (_link_to_nowhere, ("check", "cases")),
    "a-misspelt-document": (partial(_write, "case.yaml", GOOD), ("render", "case.yaml", "-d", "follow-up-paln")),
    "a-misspelt-file": (partial(_write, "case.yaml", GOOD), ("check", "csae.yaml")),
    "a-pipe": (_pipe, ("check", "pipe.yaml", "good.yaml")),
    "a-pipe-in-a-folder": (_pipe, ("check", ".")),
    "a-consent-whose-words-say-less-than-its-data": (
        _change(
            "2012/citizens/karoline-oestergaard-lindqvist",
            ("municipality: herning", "municipality: hernig"),
            ("      - deltagelse i KVIS og kategori\n", "      - at jeg deltager i KVIS\n"),
            ("      - målet for tilbagevenden til arbejdet\n", ""),
            ("      - datoer og timer i optrapningsplanen\n", ""),
            ("[participation, category, return_goal, return_plan]", "[participation, social]"),
        ),
        ("check", "case.yaml"),
    ),
    "a-course-that-begins-after-the-letter": (_change("citizens/tilde-rosenvinge-aakjaer"), _PLAN),
    "a-decision-of-a-meeting-after-the-letter": (_change("committee/slagelse-punkt-7"), _BRIEF),
    "a-return-plan-of-a-recovered-citizen": (_change("2012/citizens/hans-joergen-ravnkilde-oe"), _RETURN_PLAN),
    "a-year-ahead-of-the-letter": (
        _change(
            "2012/citizens/karoline-oestergaard-lindqvist",
            ("agreed: 2012-11-08", "agreed: 2013-11-08"),
            ("{date: 2012-11-08, kind: ", "{date: 2012-11-28, kind: "),
        ),
        _PLAN,
    ),
    "an-empty-file": (partial(_write, "empty.yaml", ""), ("check", "empty.yaml"), ("check", "empty.yaml", "--json")),
    "larger-than-any-case": (partial(_write, "large.yaml", "# " + "x" * 2_000_000), ("check", "large.yaml")),
    "too-many-values": (partial(_write, "large.yaml", f"{GOOD}stuff:\n{_MANY_WORDS}"), ("check", "large.yaml")),
    "one-fault-in-five-hundred-cases": (_same_fault_in_many_cases, _MANY),
    "several-files-each-with-a-fault": (_several_files, ("check", "cases")),
}
