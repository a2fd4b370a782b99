"""`kvisdocs docs`: the pages that messages point to are there, wherever kvisdocs is."""

import importlib.util
import re
from pathlib import Path

import pytest

from kvisdocs.cli.docs import find_pages
from kvisdocs.languages import load_translations

CHECKOUT = Path(__file__).parents[2]


def test_without_a_page_all_are_listed_with_their_titles(kvisdocs):
    said = kvisdocs("docs")

    assert said.code == 0
    assert said.err == f"They are in {CHECKOUT / 'docs'}. To read one: kvisdocs docs PAGE\n"
    lines = [line.split(maxsplit=1) for line in said.out.splitlines()]
    assert ["cases", "Cases: every field"] in lines
    assert ["kom-i-gang", "Kom i gang"] in lines
    assert [name for name, _ in lines].index("cases") < [name for name, _ in lines].index("kom-i-gang")


def test_danish_pages_stand_first_for_those_who_read_danish(program):
    assert program("docs", "--lang", "da").out.split(maxsplit=1)[0] == "kom-i-gang"


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("cases", "docs/cases.md"),
        ("docs/cases.md", "docs/cases.md"),
        ("kom-i-gang", "docs/da/kom-i-gang.md"),
        ("da/kom-i-gang", "docs/da/kom-i-gang.md"),
        ("development/batch", "docs/development/batch.md"),
    ],
)
def test_a_page_is_printed(page, file, kvisdocs):
    said = kvisdocs("docs", page)

    assert (said.code, said.err) == (0, "")
    assert said.out == (CHECKOUT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["case", "cases.txt", "../README", "/etc/passwd", "../../etc/passwd", "da", ""])
def test_a_page_that_is_not_there_is_wrong_usage(page, kvisdocs):
    said = kvisdocs("docs", page)

    assert said.code == 2
    assert f'there is no page "{page}"' in said.err


def test_a_misspelt_page_finds_its_name(kvisdocs):
    assert 'did you mean "cases"?' in kvisdocs("docs", "case").err


def test_no_name_stands_for_two_pages():
    stems = [path.stem for folder in ("docs", "docs/da") for path in (CHECKOUT / folder).glob("*.md")]

    assert sorted(stems) == sorted(set(stems))


def said_texts():
    """Every text that the program says, in both languages."""
    spec = importlib.util.spec_from_file_location("catalogue", CHECKOUT / "docs/catalogue.py")
    catalogue = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(catalogue)
    texts = {each if isinstance(each, str) else each[1] for _, each in catalogue.find_texts()}
    return texts | {load_translations("da").gettext(text) for text in texts}


def test_every_page_that_is_named_in_a_message_is_there():
    pages = find_pages(CHECKOUT / "docs")
    named = {name for text in said_texts() for name in re.findall(r"kvisdocs docs ([a-z/-]+)", text)}

    assert named >= {"cases", "programmes", "templates"}
    assert named - set(pages) == set()


def test_no_message_names_a_file_that_an_installed_kvisdocs_has_not():
    assert [text for text in said_texts() if "docs/" in text] == []


def test_what_is_laid_out_names_pages_that_are_there(kvisdocs):
    kvisdocs("init", ".")
    kvisdocs("new", "municipality", "odense", "--no-ask")
    kvisdocs("new", "document", "kvittering")
    texts = [
        path.read_text(encoding="utf-8") for path in Path().rglob("*") if path.suffix in {".md", ".yaml", ".css", ".j2"}
    ]
    named = {name for text in texts for name in re.findall(r"kvisdocs docs ([a-z/-]+)", text)}

    assert {"ny-kommune", "templates", "views"} <= named <= set(find_pages(CHECKOUT / "docs"))
    assert [text for text in texts if "docs/" in text] == []
