"""What a secretary sees in Word's style pane of a plan that was made."""

import re

import pytest
from lxml import etree
from writers.word.made import W, docx_parts, html_document

from kvisdocs.writers.word.document import write_docx

PLAN = """<div class="window"><p class="to">Karoline Lindqvist</p></div>
<div class="head"><p class="name">Herning</p></div>
<h1>Din plan</h1><p>Kære Karoline</p><p class="purpose">Du skal:</p><ul><li>ringe</li></ul>
<table><caption>Trin</caption><tr><td>i <span class="good">gang</span></td></tr></table>"""

CSS = """@page { @top-left { content: element(head) } @bottom-right { content: counter(page) } }
.window { position: absolute; top: 10mm; width: 80mm } .to { --word-style: "Modtager" }
.head { position: running(head) } .name { --word-style: "Afsendernavn" }
.purpose { break-after: avoid; --word-style: "Formål" } .good { color: #22683a; --word-style: "Status god" }"""


@pytest.fixture(scope="module")
def styles() -> etree._Element:
    return etree.fromstring(docx_parts(write_docx(html_document(PLAN, CSS)).data)["word/styles.xml"])


def value(style: etree._Element, name: str) -> str | None:
    found = style.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")


def test_the_pane_shows_the_text_s_styles_first_and_the_letterhead_s_last(styles: etree._Element) -> None:
    shown = [style for style in styles.iterfind(f"{W}style") if style.find(f"{W}semiHidden") is None]
    shown.sort(key=lambda style: (int(value(style, "uiPriority") or 0), value(style, "name") or ""))
    assert [value(style, "name") for style in shown] == [
        *("Normal", "Body Text", "List Bullet", "heading 1"),
        *("Formål", "Status god", "Tabeltekst", "caption"),
        *("Afsendernavn", "Modtager", "footer"),
    ]
    gallery = [value(style, "name") for style in shown if style.find(f"{W}qFormat") is not None]
    assert gallery == [value(style, "name") for style in shown][:-3]


def test_what_follows_after_enter(styles: etree._Element) -> None:
    following = {value(style, "name"): value(style, "next") for style in styles.iterfind(f"{W}style")}
    said = {name: style for name, style in following.items() if style is not None}
    assert said == {"heading 1": "BodyText", "Formål": "BodyText", "caption": "BodyText"}


def test_names_of_word_s_own_are_word_s_and_others_are_marked_as_ours(styles: etree._Element) -> None:
    own = {value(style, "name") for style in styles.iterfind(f"{W}style[@{W}customStyle='1']")}
    assert own == {"Formål", "Status god", "Tabeltekst", "Afsendernavn", "Modtager"}


def test_of_word_s_other_styles_none_is_shown_until_it_is_used(styles: etree._Element) -> None:
    latent = styles.find(f"{W}latentStyles")
    assert latent is not None
    assert (latent.get(f"{W}defSemiHidden"), latent.get(f"{W}defUnhideWhenUsed")) == ("1", "1")
    assert [each.get(f"{W}name") for each in latent] == [
        "Body Text", "List Bullet", "Normal", "caption", "footer", "heading 1",
    ]  # fmt: skip


def test_the_defaults_of_every_kind_are_there(styles: etree._Element) -> None:
    defaults = [style.get(f"{W}styleId") for style in styles.iterfind(f"{W}style[@{W}default='1']")]
    assert defaults == ["Normal", "DefaultParagraphFont", "TableNormal", "NoList"]
    assert value(styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"), "lang") == "da-DK"


def test_styles_that_are_named_exist() -> None:
    """A heading alone still leads on to body text, which the document does not use."""
    xml = docx_parts(write_docx(html_document("<h1>a</h1>")).data)["word/styles.xml"].decode()
    assert set(re.findall(r'w:(?:basedOn|next|link) w:val="(\w+)"', xml)) <= set(re.findall(r'w:styleId="(\w+)"', xml))
