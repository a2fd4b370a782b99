"""Finished PDF files within a document's PDF: in their places, with tags, links and labels, and no untrue claim."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from judges import assert_valid_pdf, poppler
from weasyprint import HTML

from kvisdocs.problems import KvisdocsError, Position
from kvisdocs.templating.html import Assets, HtmlDocument, PdfAttachment
from kvisdocs.writers.pdf.document import write_pdf

ASSETS = Assets((Path(__file__).parents[3] / "templates",))
HERE = Position("moede.yaml", 7, 5)

ANNOUNCED = """
<h1>Dagsorden</h1><ul><li><a href="#b1">Bilag 87.1</a></li><li><a href="#b2">Bilag 87.2</a></li></ul>
<h2 id="b1" style="break-before: page">Bilag 87.1 – Status</h2><p>Se de næste sider.</p>
<h2 id="b2" style="break-before: page">Bilag 87.2 – Tal</h2><p>Se de næste sider.</p>
<p style="break-before: page">Sidste side</p>
"""
OTHER = """
<h1>Status på indsatsen</h1>
<table><thead><tr><th scope="col">År</th><th scope="col">Tal</th></tr></thead>
<tbody><tr><td>2012</td><td>304</td></tr></tbody></table>
<p><a href="#videre">Videre</a></p><h2 id="videre" style="break-before: page">Anden side af bilaget</h2><p>Slut.</p>
"""


def page(body: str) -> HtmlDocument:
    text = f'<!doctype html><html lang="da"><head><title>Papir</title></head><body>{body}</body></html>'
    return HtmlDocument(text, "Papir", "da", ASSETS, ("house.css",), "base.html.j2")


@pytest.fixture(scope="module")
def tagged() -> bytes:
    return write_pdf(page(OTHER)).data


def attached(data: bytes, number: int = 1) -> PdfAttachment:
    return PdfAttachment(f"b{number}", f"Bilag 87.{number}", f"Bilag 87.{number} – Status", data, HERE)


def join(*attachments: PdfAttachment):
    return write_pdf(replace(page(ANNOUNCED), attachments=attachments))


def test_two_accessible_files_stand_behind_their_pages_and_the_whole_stays_pdf_ua_and_pdf_a(tagged, tmp_path):
    whole = join(attached(tagged, 2), attached(tagged))

    assert whole.messages == ()
    file = tmp_path / "whole.pdf"
    file.write_bytes(whole.data)
    assert_valid_pdf(file)
    texts = [text.split() for text in poppler("pdftotext", str(file), "-").split("\f")]
    firsts = [" ".join(words)[:60] for words in texts if words]
    wanted = [
        "Dagsorden", "Bilag 87.1 – Status", "Status på indsatsen", "Anden side af bilaget", "Bilag 87.2 – Tal",
        "Status på indsatsen", "Anden side af bilaget", "Sidste side",
    ]  # fmt: skip
    assert [want in text for want, text in zip(wanted, map(" ".join, texts), strict=False)] == [True] * 8, firsts
    assert ["Bilag 87.1 · side 2 af 2" in " ".join(words) for words in texts].count(True) == 1


def test_labels_links_and_bookmarks_lead_to_the_pages_of_the_whole(tagged):
    with pikepdf.open(io.BytesIO(join(attached(tagged), attached(tagged, 2)).data)) as whole:
        labels = [page.label for page in whole.pages]
        assert labels == ["1", "2", "Bilag 87.1-1", "Bilag 87.1-2", "3", "Bilag 87.2-1", "Bilag 87.2-2", "4"]
        numbers = {page.obj.objgen: number for number, page in enumerate(whole.pages)}
        links = [numbers[link.Dest[0].objgen] for n in (2, 5) for link in whole.pages[n].obj.Annots]
        assert links == [3, 6]
        with whole.open_outline() as outline:
            (top,) = outline.root
            found = [(item.title, [each.title for each in item.children]) for item in top.children]
    assert found == [
        ("Bilag 87.1 – Status", ["Status på indsatsen"]),
        ("Bilag 87.2 – Tal", ["Status på indsatsen"]),
    ]


def test_the_same_files_give_the_same_bytes(tagged):
    assert join(attached(tagged)).data == join(attached(tagged)).data


@pytest.mark.parametrize(
    ("variant", "said", "claims"),
    [
        (None, "the whole file is neither PDF/UA nor PDF/A any more", (None, None, None)),
        ("pdf/a-2b", "the whole file is no PDF/UA any more, and PDF/A-2b in place of 2a", ("2", "B", None)),
    ],
)
def test_a_file_without_tags_takes_the_claim_away_and_is_told(variant, said, claims):
    bare = HTML(string="<title>x</title><p>Uden mærker").write_pdf(pdf_variant=variant)

    whole = join(attached(bare))

    assert [(str(each.position), said in each.what) for each in whole.messages] == [("moede.yaml:7:5", True)]
    with pikepdf.open(io.BytesIO(whole.data)) as pdf, pdf.open_metadata() as metadata:
        names = ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")
        assert tuple(metadata.get(name) for name in names) == claims


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_stamp_stands_at_the_top_right_of_a_turned_page(tagged, turn, tmp_path):
    with pikepdf.open(io.BytesIO(tagged)) as pdf:
        for each in pdf.pages:
            each.rotate(turn, relative=False)
        target = io.BytesIO()
        pdf.save(target)

    file = tmp_path / "whole.pdf"
    file.write_bytes(join(attached(target.getvalue())).data)

    words = poppler("pdftotext", "-bbox", "-f", "3", "-l", "3", str(file), "-")
    width, height = (float(part.split('"')[1]) for part in words.partition("<page ")[2].split()[:2])
    stamp = next(line for line in words.splitlines() if ">87.1<" in line)
    left, top = (float(part.split('"')[1]) for part in stamp.split()[1:3])
    assert (left > width / 2, top < height / 8) == (True, True), (width, height, stamp)


def test_what_is_no_pdf_or_wants_a_password_is_named_where_the_case_names_it(tagged):
    with pikepdf.open(io.BytesIO(tagged)) as pdf:
        target = io.BytesIO()
        pdf.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))

    with pytest.raises(KvisdocsError) as caught:
        join(attached(b"PK not a pdf"), attached(target.getvalue(), 2))

    assert [f"{each.position}: {each.what}" for each in caught.value.problems] == [
        'moede.yaml:7:5: "Bilag 87.1 – Status" is no PDF that can be read',
        'moede.yaml:7:5: "Bilag 87.2 – Status" wants a password',
    ]


def test_a_file_that_no_page_announces_has_no_place(tagged):
    with pytest.raises(KvisdocsError, match=r"no page announces \"Bilag 87.3 – Status\""):
        join(attached(tagged, 3))


def test_what_a_file_would_do_by_itself_is_left_out(tagged):
    with pikepdf.open(io.BytesIO(tagged)) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.pages[0].obj["/AA"] = pikepdf.Dictionary(O=script)
        pdf.pages[0].obj.Annots[0]["/A"] = script
        del pdf.pages[0].obj.Annots[0]["/Dest"]
        target = io.BytesIO()
        pdf.save(target)

    assert b"JavaScript" not in b"".join(_objects(join(attached(target.getvalue())).data))


def _objects(data: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [each.unparse(resolved=True) for each in pdf.objects]
