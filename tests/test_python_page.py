"""docs/python.md: its examples run as they stand, and `import kvisdocs` holds what it promises."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kvisdocs

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_the_examples_run_as_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "cases_yaml", "cases_yaml")
    names: dict[str, object] = {}

    for number, example in enumerate(EXAMPLES):
        exec(compile(example, f"docs/python.md, example {number + 1}", "exec"), names)

    said = capsys.readouterr().out
    assert "['follow-up-plan', 'gp-letter'" in said
    assert 'did you mean "gp-letter"?' in said
    assert "mathilde-hoejgaard-thorup gp-letter made" in said
    assert sorted(path.name for path in Path("letters").iterdir()) == ["plan.docx", "plan.pdf"]
    assert Path("letters/plan.pdf").read_bytes().startswith(b"%PDF")
    assert list(Path("output").rglob("gp-letter.docx"))


def test_an_error_is_a_kvisdocs_error_with_its_problems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    workspace = kvisdocs.open_workspace()
    Path("a.yaml").write_text("kind: citizen\n", encoding="utf-8")

    case, problems = workspace.review("a.yaml")

    assert case is None
    assert all(isinstance(each, kvisdocs.Problem) for each in problems)
    with pytest.raises(kvisdocs.KvisdocsError, match="there is no such folder"):
        kvisdocs.open_workspace("nowhere")
    with pytest.raises(kvisdocs.KvisdocsError, match='there is no document "x"'):
        workspace.run_batch(["a.yaml"], "output", kvisdocs_day(), documents=["x"])


def kvisdocs_day():
    from datetime import date

    return date(2026, 11, 28)


def test_every_name_is_there_listed_and_typed() -> None:
    tree = ast.parse(Path(kvisdocs.__file__).read_text(encoding="utf-8"))
    typed = next(node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    imported = {f"{node.module}.{each.name}" for node in typed.body for each in node.names}

    assert imported == {f"{home}.{name}" for name, home in kvisdocs._HOMES.items()}
    assert sorted(kvisdocs._HOMES) == sorted(kvisdocs.__all__)
    assert set(kvisdocs.__all__) <= set(dir(kvisdocs))
    assert all(getattr(kvisdocs, name) is not None for name in kvisdocs.__all__)
    assert {name for name in kvisdocs.__all__ if f"kvisdocs.{name}" in PAGE} >= {"open_workspace", "KvisdocsError"}


def test_a_caller_s_types_are_checked(tmp_path: Path) -> None:
    """mypy --strict over a caller that uses each name, and one that misuses one; what mypy knows of us it may reuse."""
    assert (ROOT / "kvisdocs" / "py.typed").exists()
    good = tmp_path / "good.py"
    good.write_text("\n\n".join(EXAMPLES), encoding="utf-8")
    bad = tmp_path / "bad.py"
    bad.write_text("import kvisdocs\n\nkvisdocs.open_workspace(1)\nkvisdocs.nothing\n", encoding="utf-8")

    cache = tmp_path / "cache"  # a copy: mypy notes down the callers too, by their names
    if (ROOT / ".mypy_cache").exists():
        shutil.copytree(ROOT / ".mypy_cache", cache)

    options = ["--strict", "--cache-dir", str(cache), "--config-file", str(ROOT / "pyproject.toml")]
    call = [sys.executable, "-m", "mypy", *options, str(good), str(bad)]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True)

    faults = done.stdout.splitlines()[:-1]
    assert [line.split(": ")[0] for line in faults] == [f"{bad}:3", f"{bad}:4"], done.stdout + done.stderr
    assert 'incompatible type "int"' in faults[0]
    assert 'Module has no attribute "nothing"' in faults[1]


def test_python_m_kvisdocs_is_the_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kvisdocs", "documents"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "gp-letter" in done.stdout
