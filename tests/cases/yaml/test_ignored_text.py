"""Text that YAML takes out of a value: it is found by how it is written, since nothing of it is left."""

from pathlib import Path

import pytest

from kvisdocs.cases.yaml.ignored_text import find_unread
from kvisdocs.cases.yaml.source import parse_source

ROOT = Path(__file__).parents[3]


def said(text: str) -> list[str]:
    return [str(problem) for problem in find_unread(parse_source(text, "a.yaml"))]


def test_a_hash_behind_a_blank_takes_the_rest_of_the_line() -> None:
    todo = 'put quotes around the whole value, or write "# " if it is a remark'
    assert said("job: kok #2 i køkkenet\nnumbers:\n  - #3\n  - et #4\n") == [
        f'a.yaml:1:10: warning: "#2 i køkkenet" is not read, since # after a blank begins a remark; {todo}',
        f'a.yaml:3:5: warning: "#3" is not read, since # after a blank begins a remark; {todo}',
        f'a.yaml:4:8: warning: "#4" is not read, since # after a blank begins a remark; {todo}',
    ]


@pytest.mark.parametrize(
    "text",
    [
        "job: kok # i køkkenet\n",
        "#job: kok\n  #og mere #3\njob: kok\n",
        "job: kok#2\n",
        'job: "kok #2" #sic\n',
        "job: 'kok #2'\n",
        "text: |\n  Sag #3\n  er #4.\nmore: >\n  Sag #5\n",
        "job: kok\n  i køkken\n",
    ],
)
def test_what_is_meant_as_a_remark_or_read_as_text_is_let_pass(text: str) -> None:
    assert said(text) == []


def test_a_name_that_nothing_uses_was_a_text() -> None:
    what = "is not read: it gives the value a name, which nothing uses; put quotes around the whole value"
    assert said("firm: &Holm\njob: kok hos R&D\nboth: &both 1\nagain: *both\nmore: &more kok\n") == [
        f'a.yaml:1:7: warning: "&Holm" {what}',
        f'a.yaml:5:7: warning: "&more" {what}',
    ]


@pytest.mark.parametrize("file", sorted(ROOT.glob("cases_yaml/**/c*/*.yaml")), ids=lambda file: file.stem)
def test_all_of_the_examples_is_read(file: Path) -> None:
    assert find_unread(parse_source(file.read_text(encoding="utf-8"), file.name)) == []
