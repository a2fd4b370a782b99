"""Letters that are too long are held back, and go on when somebody has looked."""

import itertools
from datetime import date
from pathlib import Path

import pytest
from batch_results import ends, made, said
from builders import citizen_yaml

from kvisdocs.application.job import Job, RunSettings
from kvisdocs.batch.pool.worker import make_case, warm_up
from kvisdocs.batch.reporting.report import find_unusual, histogram
from kvisdocs.problems import Position, Problem
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets


@pytest.fixture
def pages(note) -> None:
    """The document `note` has as many pages as the case number says."""
    shown = Path("templates/note/document.html.j2").read_text()
    more = '{% for page in range(case.case_number.split("/")[0] | int) %}<p class="page">–</p>{% endfor %}'
    Path("templates/note/document.html.j2").write_text(shown.replace("</h1>", f"</h1>{more}"))
    with Path("templates/note.css").open("a") as file:
        file.write(".page + .page { break-before: page }\n")


NUMBERS = itertools.count()


def number(pages: int) -> dict[str, str]:
    return {"case_number": f"{pages}/{next(NUMBERS)}"}


def test_more_pages_than_the_document_may_have(cases, pages, run):
    cases(a=number(2), b=number(3))
    with Path("templates/note/document.yaml").open("a") as file:
        file.write("max_pages: 2\n")

    report = run("--to", "pdf")

    assert (report["code"], ends(report)) == (1, {"a": "made: new", "b": "held_back: too_long"})
    assert made() == ["a/note.docx", "a/note.pdf", "held-back/b/note.docx", "held-back/b/note.pdf"]
    assert said(report, "b") == [
        "is held back: too many pages (3 pages, at most 2 expected); "
        'look at it; if it may go: kvisdocs release b -o output --reason "…"'
    ]
    assert report["page_counts"] == {"note": {"1": 0, "2": 1, "3": 1}}

    again = run("--to", "pdf")
    assert (again["code"], ends(again)) == (1, {"a": "unchanged", "b": "held_back: too_long"})

    Path("output/b").mkdir()
    for path in Path("output/held-back/b").iterdir():
        path.rename(Path("output/b", path.name))
    released = run("--to", "pdf")
    assert (released["code"], ends(released)) == (0, {"a": "unchanged", "b": "unchanged"})


def test_what_is_held_back_takes_away_what_it_would_have_replaced(cases, pages, run):
    cases(a=number(1))
    with Path("templates/note/document.yaml").open("a") as file:
        file.write("max_pages: 2\n")
    run("--to", "pdf")
    cases(a=number(9))

    assert ends(run("--to", "pdf")) == {"a": "held_back: too_long"}
    assert made() == ["held-back/a/note.docx", "held-back/a/note.pdf"]
    cases(a=number(2))
    assert ends(run("--to", "pdf")) == {"a": "made: case"}
    assert made() == ["a/note.docx", "a/note.pdf"]


def test_far_more_pages_than_the_others_of_the_run(cases, pages, run):
    cases(**{name: number(1) for name in "abcd"}, e=number(5))

    report = run("--to", "pdf")

    assert report["code"] == 1
    assert ends(report)["e"] == "held_back: unusual"
    assert "held-back/e/note.pdf" in made()
    assert said(report, "e")[0].startswith(
        "is held back: far longer than usual (5 pages, half of the others have 1 or fewer); look at it"
    )


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ([1, 1, 1, 1, 5], [5]),
        ([1, 1, 1, 1, 4], []),
        ([4, 4, 4, 4, 12], []),
        ([4, 4, 4, 4, 13], [13]),
        ([1, 1, 1, 50], []),
    ],
)
def test_far_is_more_than_three_times_and_four_pages_beyond_the_median_of_at_least_five(counts, found):
    keys = {(str(place), "note"): pages for place, pages in enumerate(counts)}

    assert [keys[key] for key in find_unusual(keys)] == found


def test_the_picture_of_pages_leaves_no_number_out():
    assert histogram([1, 3, 3]) == {1: 1, 2: 0, 3: 2}


def employer_case(tasks: str) -> str:
    """A case fit for the employer's copy of the graded plan."""
    consent = {"kind": "disclose", "party": "employer", "covers": ["optrapningsplanen"], "data": ["return_plan"]}
    return citizen_yaml(
        employment={"employer": {"name": "Midtjysk Kontorservice A/S"}},
        consents=[{**consent, "given": "2012-10-31"}],
        return_plan={"kind": "partial_return", "steps": [{"start": "2012-11-19", "hours": "8", "tasks": tasks}]},
    )


@pytest.mark.parametrize(
    ("tasks", "held"), [("Bilag pga. depression", True), ("Bilag. Ring 00003101", False), ("Bilag", False)]
)
def test_a_paper_that_may_tell_too_much_is_held_back_with_the_word(tasks, held):
    assets = Assets((Path(__file__).parents[2] / "templates",))
    job = Job(
        "a",
        "a.yaml",
        employer_case(tasks).encode(),
        (load_documents(assets)["return-plan"],),
        RunSettings(assets, date(2012, 11, 14), ("docx",)),
    )

    (each,) = make_case(job)

    assert each.problems == ()
    assert each.hold == ("may tell too much" if held else None)
    assert ['"depression" tells of illness' in str(problem) for problem in each.objections] == [True] * held


def object_to_it(case, document, files):
    return [Problem(Position("note.docx"), f"{document.name} of {case.id}: {sorted(files)}")]


def break_down(case, document, files):
    raise ZeroDivisionError("no")


@pytest.mark.parametrize(
    ("proof", "said"),
    [(object_to_it, "note of a: ['docx']"), (break_down, "note cannot be made: ZeroDivisionError: no")],
)
def test_a_proof_sees_the_case_and_its_files_and_may_object(note, tmp_path, proof, said):

    assets = Assets((tmp_path / "templates", Path(__file__).parents[2] / "templates"))
    documents = (load_documents(assets)["note"],)
    settings = RunSettings(assets, date(2012, 11, 14), ("docx",))
    warm_up(settings, documents, (proof,))

    (made,) = make_case(Job("a", "a.yaml", citizen_yaml().encode(), documents, settings))

    assert list(made.files) == ["docx"]
    assert made.objections[0].what.startswith(said)
    warm_up(settings, documents)


def test_a_file_that_must_be_proven_does_not_leave_a_worker_without_proofs(note, tmp_path):
    assets = Assets((tmp_path / "templates", Path(__file__).parents[2] / "templates"))
    documents = (load_documents(assets)["note"],)
    settings = RunSettings(assets, date(2012, 11, 14), ("docx",), proven=True)
    warm_up(settings, documents)

    (made,) = make_case(Job("a", "a.yaml", citizen_yaml().encode(), documents, settings))

    assert "this worker was set up without proofs" in made.objections[0].what


def test_a_letter_that_shows_another_case_s_person_is_held_back_and_the_others_go(cases, run):
    """The template has a name in it that somebody forgot there; one of the run's citizens is called so."""
    template = Path("templates/note/document.html.j2")
    template.write_text(template.read_text().replace("</h1>", "</h1><p>Yrsa Ravnkilde</p>"))
    cases("a", b={"citizen": {"first_names": "Yrsa", "last_name": "Ravnkilde"}})

    report = run()

    assert (report["code"], ends(report)) == (1, {"a": "held_back: proof", "b": "made: new"})
    assert said(report, "a") == [
        "is held back: failed its proof (read what else is said of it); "
        'look at it; if it may go: kvisdocs release a -o output --reason "…"',
        'note.docx: it holds the name of another case, "b"; do not send it: look at the template and at both cases',
    ]
    assert made() == ["b/note.docx", "held-back/a/note.docx"]


def test_a_letter_with_text_that_sticks_out_is_held_back_and_told_at_the_case_s_line(cases, run):
    template = Path("templates/note/document.html.j2")
    template.write_text(template.read_text().replace("<h1>", '<h1 style="white-space: nowrap">'))
    cases("a", b={"citizen": {"last_name": "-".join(["Kirkegaardsvang"] * 6)}})

    report = run("--to", "pdf")

    assert (report["code"], ends(report)) == (1, {"a": "made: new", "b": "held_back: outside"})
    assert said(report, "b")[0].startswith("is held back: text out of place (read what else is said of it); look at it")
    assert said(report, "b")[1].startswith('note.pdf: "Åse Marie Kirkegaardsvang-')
    assert said(report, "b")[1].endswith(
        "sticks out of the page; write it shorter, or put a space or a hyphen where it may be divided"
    )
    assert made() == ["a/note.docx", "a/note.pdf", "held-back/b/note.docx", "held-back/b/note.pdf"]


def test_a_letter_without_its_own_person_is_held_back(cases, run):
    template = Path("templates/note/document.html.j2")
    template.write_text(template.read_text().replace("{{ case.citizen.name }}", "Kære borger"))
    cases("a")

    assert said(run(), "a")[1].startswith("note.docx: it does not hold the name that it must hold; ")


def test_a_letter_that_falls_back_to_danish_is_told_of_and_goes(cases, run):
    cases(a={"citizen": {"language": "vietnamesisk"}})

    report = run()

    assert (report["code"], ends(report)) == (0, {"a": "made: new"})
    assert said(report, "a")[0].startswith("note is made in Danish, since it has no template in Vietnamese; ")
