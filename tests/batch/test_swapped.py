"""Letters with the wrong person or sender, through mistakes that a template's author could make: none goes out.

Real runs of the GP letter that ships, with one mistake put into it.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from batch_results import ends, made, said
from many_cases import DAY, cpr, letter_case, names
from user import CHECKOUT

NAME, CPR = "{{ case.citizen.name }}", "{{ case.citizen.cpr }}"
TODO = "do not send it: look at the template and at both cases"


def full_name(number: int) -> str:
    return " ".join(names(number))


@pytest.fixture
def mistake(write) -> Callable[..., None]:
    """Puts a GP letter of the folder's own beside the cases, in which texts stand for others."""

    def mistake(changes: dict[str, str]) -> None:
        files = {path.name: path.read_text() for path in (CHECKOUT / "templates" / "gp-letter").glob("document.*")}
        for wrong, right in ((new, old) for old, new in changes.items()):
            assert right in files["document.html.j2"]
            files["document.html.j2"] = files["document.html.j2"].replace(right, wrong)
        write({f"templates/gp-letter/{name}": text for name, text in files.items()})

    return mistake


@pytest.fixture
def run(kvisdocs, write) -> Callable[..., dict[str, Any]]:
    """Makes the letters of the cases that are named, each with its text."""

    def run(**cases: str) -> dict[str, Any]:
        write({f"cases/{name}.yaml": text for name, text in cases.items()})
        options = ("-d", "gp-letter", "--date", DAY, "--jobs", "1", "--report", "report.json")
        code, _, _ = kvisdocs("batch", "cases", *options)
        return {**json.loads(Path("report.json").read_text()), "code": code}

    return run


def objections(report: dict[str, Any], case: str) -> Iterator[str]:
    """What the proof says, without what to do; of the PDF alone, since the Word file's is the same."""
    told = [words.removesuffix(f"; {TODO}") for words in said(report, case)[1:]]
    in_word = [words.replace("gp-letter.docx", "gp-letter.pdf") for words in told if ".docx" in words]
    in_pdf = [words for words in told if ".pdf" in words]
    assert in_word == in_pdf
    yield from in_pdf


def test_two_recipients_who_are_swapped_are_held_back_and_the_third_goes(mistake, run):
    """A table of the author's own, in which two persons have changed places."""
    swapped = {cpr(0): [full_name(1), cpr(1)], cpr(1): [full_name(0), cpr(0)]}
    looked_up = f"({swapped}.get(case.citizen.cpr) or [case.citizen.name, case.citizen.cpr])"
    mistake({NAME: f"{{{{ {looked_up}[0] }}}}", CPR: f"{{{{ {looked_up}[1] }}}}"})

    report = run(a=letter_case(0), b=letter_case(1), c=letter_case(2))

    assert (report["code"], ends(report)) == (1, {"a": "held_back: proof", "b": "held_back: proof", "c": "made: new"})
    assert made() == [
        "c/gp-letter.docx",
        "c/gp-letter.pdf",
        *(f"held-back/{case}/gp-letter.{format}" for case in "ab" for format in ("docx", "pdf")),
    ]
    for case, other in (("a", "b"), ("b", "a")):
        assert set(objections(report, case)) == {
            "gp-letter.pdf: it does not hold the name that it must hold",
            "gp-letter.pdf: it does not hold the CPR number that it must hold",
            f'gp-letter.pdf: it holds the name of another case, "{other}"',
            f'gp-letter.pdf: it holds the CPR number of another case, "{other}"',
        }


def test_a_person_forgotten_in_the_template_is_found_in_all_letters_but_that_person_s(mistake, run):
    """Written for one case, and then made a template: her number stands in all letters, beside their own."""
    mistake({CPR: f"{CPR} ({cpr(1)})"})

    report = run(a=letter_case(0), b=letter_case(1), c=letter_case(2))

    assert (report["code"], ends(report)) == (1, {"a": "held_back: proof", "b": "made: new", "c": "held_back: proof"})
    for case in "ac":
        assert list(objections(report, case)) == ['gp-letter.pdf: it holds the CPR number of another case, "b"']


def test_the_wrong_sender_is_held_back_and_the_letters_of_that_municipality_go(mistake, run):
    """The municipality's name was typed instead of looked up."""
    mistake({"Du behøver ikke at svare": "Du behøver ikke at svare Københavns Kommune"})
    mistake_in_base = (CHECKOUT / "templates" / "base.html.j2").read_text()
    Path("templates/base.html.j2").write_text(mistake_in_base.replace("{{ profile.name }}", "Københavns Kommune"))

    report = run(a=letter_case(0, "herning"), b=letter_case(1, "koebenhavn"))

    assert (report["code"], ends(report)) == (1, {"a": "held_back: proof", "b": "made: new"})
    assert 'gp-letter.pdf: it holds the sender of another case, "b"' in objections(report, "a")


def test_no_trace_of_what_was_found_stands_in_the_report(mistake, run):
    mistake({CPR: cpr(1)})

    report = run(a=letter_case(0), b=letter_case(1))

    told = json.dumps(report, ensure_ascii=False)
    assert report["code"] == 1
    assert not any(private in told for private in (cpr(0), cpr(1), full_name(0), full_name(1)))


def test_render_warns_of_another_cases_name(mistake, kvisdocs, write):
    """The first letter is another's; it is made, since render is how a person looks at what a run held back."""
    mistake({NAME: f"{{{{ '{full_name(1)}' if case.citizen.cpr == '{cpr(0)}' else case.citizen.name }}}}"})
    write({f"cases/{name}.yaml": letter_case(number) for number, name in enumerate("ab")})
    code, _, told = kvisdocs("render", "cases", "-d", "gp-letter", "--date", DAY)
    assert code == 0
    assert f'cases/a.yaml: warning: gp-letter.pdf: it holds the name of another case, "b"; {TODO}' in told.splitlines()
    assert "cases/b.yaml: warning: gp-letter" not in told
    assert len(made()) == 4
