"""A template that was read is not read again by the next run of the same process, though it lies elsewhere then."""

import collections
from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError

from kvisdocs.templating.engine.environment import make_environment
from kvisdocs.templating.engine.execution_limits import MAX_CHARACTERS, budget
from kvisdocs.templating.engine.sandbox import MAX_READ, Sandbox
from kvisdocs.templating.html import Assets

TEXT = "{% for row in range(3) %}<p>Hej {{ name }}</p>{% endfor %}"


def environment(folder: Path, text: str = TEXT) -> Sandbox:
    folder.mkdir(exist_ok=True)
    (folder / "brev.html.j2").write_text(text, encoding="utf-8")
    made = make_environment(Assets((folder,)))
    assert isinstance(made, Sandbox)
    return made


def test_it_is_read_once_and_is_the_file_of_its_own_folder(tmp_path, monkeypatch):
    first = environment(tmp_path / "a").get_template("brev.html.j2")
    again = environment(tmp_path / "b")
    monkeypatch.setattr(again, "_parse", pytest.fail)
    second = again.get_template("brev.html.j2")

    assert first.render(name="Anna") == second.render(name="Anna")
    assert second.render(name="Bo").count("Hej Bo</p>") == 3
    found = [str(tmp_path / folder / "brev.html.j2") for folder in "ab"]
    assert [each.root_render_func.__code__.co_filename for each in (first, second)] == found


def test_it_is_charged_as_much_as_when_it_is_read_for_the_first_time(tmp_path):
    text = "a" * 90_000
    assert MAX_CHARACTERS // len(text) < 200
    for folder in "ab":
        kept = environment(tmp_path / folder, text)
        with pytest.raises(SecurityError, match="more than"), budget():
            collections.deque(kept.get_template("brev.html.j2") for _ in range(200))


def test_a_changed_text_is_read_anew_and_so_is_one_under_another_name(tmp_path):
    assert "Hej" in environment(tmp_path / "a").get_template("brev.html.j2").render(name="Anna")
    assert environment(tmp_path / "a", "<p>Farvel</p>").get_template("brev.html.j2").render().endswith("Farvel</p>")
    other = environment(tmp_path / "a", "<p>{{ name }}</p>")
    (tmp_path / "a" / "andet.html.j2").write_text("<p>{{ name }}</p>", encoding="utf-8")
    for name in ("brev", "andet"):
        assert f'data-at="{name}.html.j2:1:1"' in other.get_template(f"{name}.html.j2").render(name="Anna")


def test_more_templates_than_are_kept_are_read_all_the_same(tmp_path):
    for number in range(MAX_READ + 2):
        made = environment(tmp_path / "a", f"<p>{number}</p>").get_template("brev.html.j2").render()
        assert made.endswith(f">{number}</p>")
