"""What a finished file says is read back whole, also where no page shows it."""

import io
from datetime import date
from pathlib import Path

import pytest
from builders import citizen_case, citizen_yaml, loaded_case
from PIL import Image

from kvisdocs.application.recipient_check.recipient_check import OtherCases, OwnCase, check_recipient
from kvisdocs.cases.views import Audience
from kvisdocs.problems import Position
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import Profile
from kvisdocs.templating.render import Renderer
from kvisdocs.writers import WRITERS
from kvisdocs.writers.formats import FORMATS

SHIPPED = Path(__file__).parents[2] / "templates"
EACH = pytest.mark.parametrize("format", ["pdf", "docx"])


def profile_of(assets: Assets) -> Profile:
    return Renderer(assets).profile("herning", Position("case.yaml"))


@pytest.fixture
def made(write, note):
    """Makes the document `note` with such a body and head, in one format."""

    def made(body: str, format: str, head: str = "", **changes: object) -> bytes:
        top = f'<!doctype html>\n<html lang="da"><head><title>Note</title>{head}'
        top += '<link rel="stylesheet" href="note.css"></head>\n<body><p>{{ profile.name }}</p>'
        write({"templates/note/document.html.j2": f"{top}<h1>{{{{ case.citizen.name }}}}</h1>{body}</body></html>\n"})
        picture = io.BytesIO()
        Image.new("RGB", (8, 8), "red").save(picture, "PNG")
        Path("templates/dot.png").write_bytes(picture.getvalue())
        assets = Assets((Path("templates"), SHIPPED))
        case = loaded_case(citizen_yaml(**changes))
        html = Renderer(assets).render(case, load_documents(assets)["note"], date(2012, 11, 14))
        return WRITERS[format](html).data

    return made


@EACH
@pytest.mark.parametrize(
    ("body", "head"),
    [
        ('<p><img src="dot.png" alt="Kære Freja Ravnsø"></p>', ""),
        ('<p><a href="https://herning.example/?navn=Freja%20Ravns%C3%B8">Din sag</a></p>', ""),
        ('<p><a href="mailto:freja.ravnsø@herning.example">Skriv</a></p>', ""),
        ('<table><caption>Freja Ravnsø</caption><tr><th scope="col">Uge</th></tr><tr><td>1</td></tr></table>', ""),
        ("<h2>Freja Ravnsø</h2>", ""),
        ("", '<meta name="author" content="Freja Ravnsø">'),
    ],
)
def test_a_stranger_whom_no_page_shows_is_found(made, body: str, head: str, format: str):
    data = made(body, format, head)
    one, other = citizen_case(), citizen_case(citizen={"first_names": "Freja", "last_name": "Ravnsø"})
    profile = profile_of(Assets((SHIPPED,)))
    strangers = OtherCases.of([("own", one, profile), ("other", other, profile)])
    reasons = check_recipient(data, format, OwnCase.of("own", one, Audience.CITIZEN, profile), strangers).reasons
    assert reasons == ('it holds the name of another case, "other"',)


@pytest.mark.parametrize(
    ("body", "head", "said"),
    [
        ("", '<meta name="description" content="650170-1111">', "650170-1111"),
        ("", '<meta name="keywords" content="Freja Ravnsø">', "Freja Ravnsø"),
        ("<h2 style=\"bookmark-label: 'Freja Ravnsø'\">Status</h2>", "", "Freja Ravnsø"),
        (
            '<svg width="9" height="9" role="img"><title>Freja Ravnsø</title><rect width="9" height="9"/></svg>',
            "",
            "Freja",
        ),
        ('<p><a href="tel:+4500004101">Ring</a></p>', "", "tel:+4500004101"),
    ],
)
def test_the_words_of_a_pdf_hold_its_properties_bookmarks_alternative_texts_and_targets(made, body, head, said):
    assert said in FORMATS["pdf"].read_words(made(body, "pdf", head))[0]


@EACH
def test_the_cells_of_a_row_stand_in_one_line(made, format: str):
    head = '<tr><th scope="col">Efternavn</th><th scope="col">Fornavn</th></tr>'
    words, _ = FORMATS[format].read_words(made(f"<table>{head}<tr><td>Ravnsø</td><td>Freja</td></tr></table>", format))
    rows = [line.split() for line in words.splitlines()]
    assert ["Efternavn", "Fornavn"] in rows
    assert ["Ravnsø", "Freja"] in rows


@EACH
def test_paragraphs_within_a_cell_stay_apart(made, format: str):
    table = '<table><tr><th scope="col">Uge</th></tr><tr><td><p>Ravnsø</p><p>Freja</p></td></tr></table>'
    lines = [line.strip() for line in FORMATS[format].read_words(made(table, format))[0].splitlines()]
    at = lines.index("Ravnsø")
    assert lines[at + 1] == "Freja"
    assert "Ravnsø Freja" not in lines
