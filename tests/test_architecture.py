"""The arrows of the design, kept by reading the sources: cases → programme → templating → writers → batch → cli.

A stage imports what stands before it and never what comes after; all stand on `messages` and `problems`, and `verify`
stands aside. Only the command line reads the clock, and only what makes the output folder writes files.
"""

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "kvisdocs"
STAGES = (
    "messages",
    "languages",
    "problems",
    "contrast",
    "cases",
    "programme",
    "statistics",
    "templating",
    "writers",
    "application",
    "importing",
    "batch",
    "desk",
    "workspace",
    "cli",
    "__main__",
)
"""In the order of the arrows: a stage may import those before it."""

STANDS_ASIDE = {"verify": {"messages", "languages", "problems", "contrast"}}
"""Who may import whom outside the line; the command line and the batch may import them."""

KEPT_OUT = {"click", "weasyprint", "docx"}
"""What the first stages and the reader of Word documents must not need."""

PURE_STAGES = {"cases", "programme", "statistics", "templating"}
PURE_ROOTS = ("kvisdocs.writers.word.read.document", "kvisdocs.writers.word.tables.grid")
CLOCKS = {
    ("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("time", "time"),
    ("time", "localtime"), ("time", "gmtime"), ("time", "strftime"), ("time", "ctime"),
}  # fmt: skip
MAY_READ_THE_CLOCK = {"cli", "desk"}
MAY_WRITE_FILES = {"application", "batch", "cli", "desk"}
WRITING_METHODS = {"write_bytes", "write_text"}


def stage_of(module: str) -> str:
    """`kvisdocs.cases.load` → `cases`; the package itself is ``."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def imports(tree: ast.Module, module: str) -> Iterator[tuple[str, int]]:
    """All modules that a source imports, wherever in it, with the line. `from a import b` may mean `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = node.module or ""
            if node.level:
                parts = module.split(".")[:-1]
                base = parts[: len(parts) - node.level + 1]
                source = ".".join([*base, source]).rstrip(".")
            yield source, node.lineno
            yield from ((f"{source}.{alias.name}", node.lineno) for alias in node.names)


def find_breaches(sources: Mapping[str, str]) -> list[str]:
    """What breaks the design in sources by module name, each as one line: where, what, why not."""
    trees = {module: ast.parse(text) for module, text in sources.items()}
    found: list[str] = []
    for module, tree in trees.items():
        if module != "kvisdocs":
            found += _wrong_arrows(module, tree)
            found += _clocks(module, tree)
            found += _written_files(module, tree)
    for module in sorted(_pure_modules(trees)):
        named = {(line, name.split(".")[0]) for name, line in imports(trees[module], module)}
        for line, name in sorted(named):
            if name in KEPT_OUT:
                found.append(f"{module}:{line}: imports {name}, which this stage must do without")
    return list(dict.fromkeys(found))


def _wrong_arrows(module: str, tree: ast.Module) -> Iterator[str]:
    stage = stage_of(module)
    for name, line in imports(tree, module):
        other = stage_of(name) if name.split(".")[0] == "kvisdocs" else ""
        if other in {"", stage} or (other not in STAGES and other not in STANDS_ASIDE):
            continue
        if not _may_import(stage, other):
            yield f"{module}:{line}: {stage} imports {other}; the arrows go {' → '.join(STAGES[2:])}"


def _may_import(stage: str, other: str) -> bool:
    if stage in STANDS_ASIDE:
        return other in STANDS_ASIDE[stage]
    if other in STANDS_ASIDE:
        return stage in MAY_WRITE_FILES
    return stage not in STAGES or STAGES.index(other) < STAGES.index(stage)


def _clocks(module: str, tree: ast.Module) -> Iterator[str]:
    if stage_of(module) in MAY_READ_THE_CLOCK:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            if (name, node.attr) in CLOCKS:
                yield f"{module}:{node.lineno}: reads the clock ({name}.{node.attr}); take the date as an argument"
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            yield f"{module}:{node.lineno}: reads the clock (from time import …); take the date as an argument"


def _written_files(module: str, tree: ast.Module) -> Iterator[str]:
    if stage_of(module) in MAY_WRITE_FILES:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _writes(node):
            yield f"{module}:{node.lineno}: writes a file ({ast.unparse(node.func)}); hand the bytes back instead"


def _writes(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Attribute) and call.func.attr in WRITING_METHODS:
        return True
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if name != "open":
        return False
    at = 1 if isinstance(call.func, ast.Name) else 0
    modes = [*call.args[at : at + 1], *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    said = [mode.value for mode in modes if isinstance(mode, ast.Constant) and isinstance(mode.value, str)]
    return any(len(mode) <= 4 and set(mode) & set("wax+") for mode in said)


def _pure_modules(trees: Mapping[str, ast.Module]) -> set[str]:
    """The pure stages, and all that the reader of Word documents imports inside kvisdocs."""
    waiting = [module for module in trees if stage_of(module) in PURE_STAGES or module in PURE_ROOTS]
    found: set[str] = set()
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += [name for name, _ in imports(trees[module], module) if name in trees]
    return found


def read_sources() -> dict[str, str]:
    sources = {}
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        sources[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path.read_text(encoding="utf-8")
    return sources


def test_the_arrows_go_one_way_and_nobody_does_what_is_not_his() -> None:
    breaches = find_breaches(read_sources())
    assert not breaches, "\n".join(breaches)


def test_every_folder_is_a_stage_that_the_design_names() -> None:
    known = {*STAGES, *STANDS_ASIDE, "desk"}
    stages = {stage_of(module) for module in read_sources()} - {""}
    assert stages <= known, f"{sorted(stages - known)}: say in STAGES where it stands in the line"


def test_modules_do_not_import_in_a_circle() -> None:
    trees = {module: ast.parse(text) for module, text in read_sources().items() if module != "kvisdocs"}
    graph = {
        module: {name for name, _ in imports(tree, module) if name in trees} - {module}
        for module, tree in trees.items()
    }
    while free := [module for module, needs in graph.items() if not needs & graph.keys()]:
        for module in free:
            del graph[module]
    assert not graph, f"these import each other: {sorted(graph)}"


@pytest.mark.parametrize(
    ("module", "source", "said"),
    [
        ("kvisdocs.cases.new", "from kvisdocs.templating import html", "cases imports templating"),
        ("kvisdocs.programme.new", "import kvisdocs.cli.main", "programme imports cli"),
        ("kvisdocs.problems", "from kvisdocs import cases", "problems imports cases"),
        ("kvisdocs.verify.new", "from kvisdocs.cases.load import load_case", "verify imports cases"),
        ("kvisdocs.writers.new", "from kvisdocs.verify.docx.validators import check", "writers imports verify"),
        ("kvisdocs.cases.new", "from ..templating import html", "cases imports templating"),
        ("kvisdocs.cases.new", "def f():\n    import click", "imports click"),
        ("kvisdocs.templating.new", "from weasyprint.text import fonts", "imports weasyprint"),
        ("kvisdocs.writers.word.tables.grid", "import docx.shared", "imports docx"),
        ("kvisdocs.programme.new", "on = date.today()", "reads the clock (date.today)"),
        ("kvisdocs.writers.new", "import datetime\nat = datetime.datetime.now()", "reads the clock (datetime.now)"),
        ("kvisdocs.batch.new", "import time\nat = time.time()", "reads the clock (time.time)"),
        ("kvisdocs.batch.new", "from time import time", "reads the clock (from time import …)"),
        ("kvisdocs.writers.new", "path.write_bytes(data)", "writes a file (path.write_bytes)"),
        ("kvisdocs.cases.new", "open(path, 'w')", "writes a file (open)"),
        ("kvisdocs.cases.new", "path.open(mode='ab')", "writes a file (path.open)"),
    ],
)
def test_a_breach_is_found(module: str, source: str, said: str) -> None:
    found = find_breaches({module: source})
    assert len(found) == 1
    assert found[0].startswith(f"{module}:")
    assert said in found[0]


def test_a_breach_is_found_however_far_below_the_reader() -> None:
    sources = {
        "kvisdocs.writers.word.read.document": "from kvisdocs.writers.word.near import x",
        "kvisdocs.writers.word.near": "from kvisdocs.writers.word import far",
        "kvisdocs.writers.word.far": "import docx",
        "kvisdocs.writers.word.write.document": "import docx",
    }
    assert find_breaches(sources) == ["kvisdocs.writers.word.far:1: imports docx, which this stage must do without"]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("kvisdocs.cli.new", "import click\nfrom kvisdocs.verify import ooxml\non = date.today()\npath.write_text('')"),
        ("kvisdocs.batch.new", "from kvisdocs.writers.pdf.document import write_pdf\npath.write_bytes(b'')"),
        ("kvisdocs.writers.word.write.document", "import docx\nfrom kvisdocs.templating.html import HtmlDocument"),
        ("kvisdocs.cases.new", "with path.open('rb') as file: pass\nopen(path)\narchive.open('word/x')"),
    ],
)
def test_what_is_allowed_is_let_pass(module: str, source: str) -> None:
    assert find_breaches({module: source}) == []


MOST_MODULES = 16
"""In a folder of more, nobody finds anything by looking."""


def test_no_folder_holds_more_modules_than_one_can_look_over() -> None:
    counts = Counter(path.parent for path in ROOT.rglob("*.py") if path.name != "__init__.py")
    assert {str(folder): number for folder, number in counts.items() if number > MOST_MODULES} == {}
