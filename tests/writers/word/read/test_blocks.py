"""Footnotes in the package: a part of their own, found by Word through its relation, settings and ids."""

from lxml import etree
from writers.word.made import W, docx_parts, html_document

from kvisdocs.writers.word.document import write_docx

CSS = ".footnote { float: footnote; font-size: 8pt; }"
BODY = """
<p>Sag<span class="footnote">Se <a href="https://kl.dk/">KL</a>.</span> og mål<span class="footnote">To.</span></p>
"""


def parts_of(body: str) -> dict[str, str]:
    data = write_docx(html_document(body, CSS)).data
    return {name: part.decode("utf-8") for name, part in docx_parts(data).items() if name.endswith((".xml", ".rels"))}


def test_separators_come_first_and_notes_count_from_one() -> None:
    root = etree.fromstring(parts_of(BODY)["word/footnotes.xml"].encode())
    assert [(note.get(f"{W}id"), note.get(f"{W}type")) for note in root] == [
        ("-1", "separator"),
        ("0", "continuationSeparator"),
        ("1", None),
        ("2", None),
    ]


def test_settings_name_the_separators_before_what_must_come_after_them() -> None:
    settings = etree.fromstring(parts_of(BODY)["word/settings.xml"].encode())
    names = [etree.QName(child).localname for child in settings]
    assert names[names.index("footnotePr") + 1] == "compat"
    assert [note.get(f"{W}id") for note in settings.find(f"{W}footnotePr")] == ["-1", "0"]


def test_a_link_in_a_note_is_a_relation_of_the_notes() -> None:
    parts = parts_of(BODY)
    assert "https://kl.dk/" in parts["word/_rels/footnotes.xml.rels"]
    assert "https://kl.dk/" not in parts["word/_rels/document.xml.rels"]


def test_the_number_in_the_note_wears_words_style() -> None:
    root = etree.fromstring(parts_of(BODY)["word/footnotes.xml"].encode())
    first = root[2].find(f"{W}p")
    assert first.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "FootnoteText"
    assert [etree.QName(child).localname for child in first[1]] == ["rPr", "footnoteRef"]
    assert first[1].find(f"{W}rPr/{W}rStyle").get(f"{W}val") == "FootnoteReference"


def test_styles_have_words_own_names() -> None:
    styles = parts_of(BODY)["word/styles.xml"]
    assert '<w:name w:val="footnote text"/>' in styles
    assert '<w:name w:val="footnote reference"/>' in styles


def test_without_footnotes_there_is_no_part_of_them() -> None:
    parts = parts_of("<p>Sag</p>")
    assert "word/footnotes.xml" not in parts
    assert "footnotePr" not in parts["word/settings.xml"]


def test_a_bookmark_of_the_calling_paragraph_stays_with_it() -> None:
    body = '<p><a href="#her">op</a></p><p id="her">Sag<span class="footnote">Note.</span></p>'
    parts = parts_of(body)
    assert 'w:name="a_her"' in parts["word/document.xml"]
    assert "bookmarkStart" not in parts["word/footnotes.xml"]
