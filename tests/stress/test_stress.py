"""Every construct of the contract in one document, made as a user makes it, before every judge."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from judges import docx_page_counts, docx_words, pdf_page_count, without_judge

from kvisdocs.cli.main import main
from kvisdocs.verify.gate import verify_files

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "templates"


LETTERHEAD = "word_reference: letterheads/eksempel.docx\n"


@pytest.fixture(scope="module", params=["without letterhead", "with letterhead"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with stress.pdf and stress.docx."""
    folder = tmp_path_factory.mktemp("stress")
    templates = folder / "templates"
    shutil.copytree(HERE / "templates", templates)
    if request.param == "with letterhead":
        profile = (SHIPPED / "profiles" / "herning.yaml").read_text(encoding="utf-8")
        (templates / "profiles").mkdir()
        (templates / "profiles" / "herning.yaml").write_text(profile + LETTERHEAD, encoding="utf-8")
    arguments = ["render", str(HERE / "cases"), "-d", "stress", "--templates", str(templates)]
    done = CliRunner().invoke(main, [*arguments, "-o", str(folder / "output"), "--date", "2012-11-14"])
    assert done.exit_code == 0, done.output
    return folder / "output" / "alt-paa-en-gang"


def test_all_judges_accept_both_files_and_they_say_the_same(made: Path) -> None:
    report = verify_files([made])
    for missing in report.missing:
        raise without_judge(missing)
    assert report.pairs == 1
    assert [str(problem) for problem in report.problems] == []


def test_nothing_is_remarked_by_either_writer(tmp_path: Path) -> None:
    arguments = ["render", str(HERE / "cases"), "-d", "stress", "--templates", str(HERE / "templates"), "--strict"]
    done = CliRunner().invoke(main, [*arguments, "-o", str(tmp_path), "--date", "2012-11-14"])
    assert done.exit_code == 0, done.output


def test_word_lays_it_out_on_the_pages_of_the_pdf(made: Path) -> None:
    (pages,) = docx_page_counts([made / "stress.docx"]).values()
    assert abs(pages - pdf_page_count(made / "stress.pdf")) <= 1


def test_every_word_of_the_template_is_in_the_word_file(made: Path) -> None:
    """By another way than the gate's: the template's own words, without what Jinja and HTML say."""
    source = (HERE / "templates" / "stress" / "document.html.j2").read_text(encoding="utf-8")
    body = source.split("{% block body %}")[1]
    plain = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<svg.*?</svg>|<[^>]*>|&\w+;", " ", body, flags=re.DOTALL)
    wanted: list[str] = re.findall(r"[A-Za-zæøåÆØÅ]{4,}", plain)
    found = " ".join(docx_words(made / "stress.docx"))
    assert len(wanted) > 100
    assert [word for word in wanted if word not in found] == []
