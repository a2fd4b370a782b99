"""Many letters in one file for the printer: no sheet holds two of them, and the list tells where each is."""

import csv
import io
from datetime import date
from types import SimpleNamespace

import pikepdf
import pypdfium2
import pytest

from kvisdocs.application.dispatch.finished import FinishedFile
from kvisdocs.application.dispatch.print_run import make_print_files
from kvisdocs.application.dispatch.recipients import Recipient

TOWNS = ("8800", "4220", "1050", "")
CASEWORKERS = ("Palle Vestermark", "Solveig Banke", "")


def make_pdf(words, pages):
    """A PDF that says its words and the page's number on each page."""
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        for number in range(1, pages + 1):
            page = pdf.add_blank_page(page_size=(595, 842))
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
            page.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 72 700 Td ({words} page {number}) Tj ET".encode())
        file = io.BytesIO()
        pdf.save(file)
    return file.getvalue()


def letter(number, pages):
    """The letter of a made-up case, to somebody in one of TOWNS."""
    caseworker = CASEWORKERS[number % 3]
    case = SimpleNamespace(
        kind="citizen", case_number=f"=15.{number}", caseworker=SimpleNamespace(name=caseworker) if caseworker else None
    )
    loaded = SimpleNamespace(id=f"sag-{number:03}", case=case)
    document = SimpleNamespace(name="follow-up-plan", title="Opfølgningsplan")
    data = make_pdf(f"letter-{number:03}", pages)
    path = SimpleNamespace(name="follow-up-plan.pdf")
    file = FinishedFile(loaded, None, document, None, "pdf", path, data, f"digest-{number}", date(2026, 11, 3))
    town = TOWNS[number % 4]
    name = f"{'ÅØÆAB'[number % 5]}se Prøve {number:03}"
    return file, Recipient(name, (name, "Vej 1", f"{town} By".strip()), town)


def read_rows(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def read_pages(data):
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_range().strip() for page in pdf]


@pytest.fixture(scope="module")
def letters():
    """Three hundred, of one to nineteen pages."""
    return [letter(number, 1 + number * 7 % 19) for number in range(300)]


@pytest.mark.parametrize("duplex", [True, False])
def test_every_sheet_holds_pages_of_one_letter_only_and_the_list_agrees(letters, tmp_path, duplex):
    (made,) = make_print_files(letters, tmp_path / "breve.pdf", "postcode", duplex, per_caseworker=False)
    pages, rows = read_pages(made.data), read_rows(made.list_data)
    per_sheet = 2 if duplex else 1

    sheets = [pages[start : start + per_sheet] for start in range(0, len(pages), per_sheet)]
    owners = [{text.split()[0] for text in sheet if text} for sheet in sheets]
    assert all(len(each) == 1 for each in owners)
    assert all(sheet[0] for sheet in sheets)  # what is blank is a back
    assert (made.letters, made.sheets) == (300, len(sheets))

    listed = {}
    for row in rows:
        number = row["sag"].removeprefix("sag-")
        own = pages[int(row["side fra"]) - 1 : int(row["side til"])]
        written = 1 + int(number) * 7 % 19
        assert own == [f"letter-{number} page {n}" for n in range(1, written + 1)] + [""] * (len(own) - written)
        for sheet in range(int(row["ark fra"]), int(row["ark til"]) + 1):
            listed[sheet] = {f"letter-{number}"}
        assert int(row["ark"]) == -(-written // per_sheet)
        assert row["kuvert"] == ("C5" if int(row["ark"]) <= 8 else "C4")
    assert [listed[n] for n in range(1, len(sheets) + 1)] == owners


def test_a_bookmark_leads_to_each_letter(letters, tmp_path):
    (made,) = make_print_files(letters[:9], tmp_path / "breve.pdf", "case", True, per_caseworker=False)

    rows = read_rows(made.list_data)
    with pikepdf.open(io.BytesIO(made.data)) as pdf, pdf.open_outline() as outline:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        marks = [(item.title, str(pages[item.destination[0].objgen])) for item in outline.root]
    assert marks == [(f"{row['modtager']} · Opfølgningsplan", row["side fra"]) for row in rows]


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("postcode", ["1050", "1050", "1050", "4220", "4220", "4220", "8800", "8800", "8800", ""]),
        ("name", ["Ase", "Ase", "Bse", "Bse", "Æse", "Æse", "Øse", "Øse", "Åse", "Åse"]),
        ("case", [f"sag-{number:03}" for number in range(10)]),
    ],
)
def test_letters_are_sorted(letters, tmp_path, sort, first):
    with_town = [each for each in letters[:12] if each[1].postcode]
    chosen = [*with_town, letters[3]] if sort == "postcode" else letters[:10]

    (made,) = make_print_files(chosen[::-1], tmp_path / "breve.pdf", sort, False, per_caseworker=False)

    column = {"postcode": "postnummer", "name": "modtager", "case": "sag"}[sort]
    assert [row[column].split(" ")[0] for row in read_rows(made.list_data)] == first


def test_each_caseworker_has_an_own_file(letters, tmp_path):
    made = make_print_files(letters[:9], tmp_path / "breve.pdf", "case", False, per_caseworker=True)

    assert {each.path.name: each.letters for each in made} == {
        "breve Palle Vestermark.pdf": 3,
        "breve Solveig Banke.pdf": 3,
        "breve uden sagsbehandler.pdf": 3,
    }
    assert {row["sagsbehandler"] for row in read_rows(made[0].list_data)} == {"Palle Vestermark"}
    assert made[0].list_path.name == "breve Palle Vestermark.csv"


def test_the_same_letters_give_the_same_bytes(letters, tmp_path):
    once, again = (make_print_files(letters[:5], tmp_path / "breve.pdf", "case", True, False)[0] for _ in range(2))

    assert (once.data, once.list_data) == (again.data, again.list_data)


def test_no_value_is_a_formula_in_the_list(letters, tmp_path):
    (made,) = make_print_files(letters[:2], tmp_path / "breve.pdf", "case", False, per_caseworker=False)

    assert [row["sagsnummer"] for row in read_rows(made.list_data)] == ["'=15.0", "'=15.1"]
