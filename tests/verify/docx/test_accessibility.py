"""Each rule with what it lets pass and what it finds. `WELL` stands before every body and pleases the other rules."""

from collections.abc import Callable
from pathlib import Path

import pytest
from test_messages import Bracketed

from kvisdocs.contrast import contrast
from kvisdocs.verify.docx.accessibility import RULES, check_accessibility

WriteDocx = Callable[..., Path]

WELL = '<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr><w:r><w:t>Sag</w:t></w:r></w:p>'
LIST_TODO = "use <ul> or <ol>, in Word the button for lists"
LINK_TODO = "let the link's text say where it leads"
SPACE = "an empty paragraph makes space; use spacing: margins in the stylesheet, Paragraph, Spacing in Word"
BLANKS = "spaces or tabs are used for layout; use a table, an indent or a tab stop"
COLOURS = "use a darker text or a lighter ground"
LONG = "https://herning.dk/borger/sygdom/sygedagpenge/kontakt"


def p(text: str = "", style: str = "Normal", run: str = "") -> str:
    runs = f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def tr(*cells: str, header: bool = False, shade: str = "") -> str:
    properties = "<w:trPr><w:tblHeader/></w:trPr>" if header else ""
    shading = f'<w:tcPr><w:shd w:fill="{shade}"/></w:tcPr>' if shade else ""
    return f"<w:tr>{properties}{''.join(f'<w:tc>{shading}{cell}</w:tc>' for cell in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def picture(properties: str = "", inner: str = "") -> str:
    drawing = f'<wp:inline><wp:docPr id="1" name="a" {properties}>{inner}</wp:docPr></wp:inline>'
    return f"<w:p><w:r><w:drawing>{drawing}</w:drawing></w:r></w:p>"


def link(text: str, target: str = 'r:id="rLink"') -> str:
    return f"<w:p><w:hyperlink {target}><w:r><w:t>{text}</w:t></w:r></w:hyperlink></w:p>"


HEAD = tr(p("Uge"), p("Timer"), header=True)

GOOD = {
    "headings": p("Under", "H2") + p("Under igen", "H3") + p("Op", "H2"),
    "alt texts": picture('descr="Fire uger"') + picture(inner='<adec:decorative val="1"/>'),
    "text, not pictures": picture('descr="Fire uger"') + p("Tekst"),
    "header rows": tbl(HEAD, tr(p("4"), p("10"))),
    "header cells": tbl(tr(p(), p("Timer"), header=True), tr(p("4"), p("10"))),
    "lists": p("Punkt", "Item") + p("14. november 2012") + p("15. november 2012") + p("– ") + p("2. halvår er slut"),
    "links": link("Jobcenter Herning") + link("https://herning.dk/job") + link("Bilag", 'w:anchor="a"'),
    "empty paragraphs": tbl(HEAD, tr(p(), p("10"))) + p() + tbl(HEAD) + p(),
    "blanks": p("a  b") + "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r></w:p>",
    "contrast": p("Sort")
    + p("Hvid", "Dark", '<w:rStyle w:val="White"/>')
    + p("Stor", run='<w:color w:val="888888"/><w:sz w:val="36"/>')
    + p("Fed", run='<w:b/><w:color w:val="888888"/><w:sz w:val="28"/>'),
}

BAD = [
    (
        "headings",
        p("Under", "H3"),
        ["paragraph 2: “Under”: heading 3 follows heading 1; give it level 2, or put the missing heading before it"],
    ),
    ("alt texts", picture(), ["paragraph 2: a picture has no alt text; say what it shows, or mark it as decorative"]),
    (
        "alt texts",
        tbl(HEAD, tr(picture('descr="logo.png"'))),
        ['table 1, row 2, column 1: the alt text "logo.png" is the name of a file; say what the picture shows'],
    ),
    (
        "header rows",
        tbl(tr(p("Uge"), p("Timer"))),
        [
            "table 1: “Uge | Timer”: the table has no header row; "
            "use <thead> and <th>, or mark the first row in Word: Table Layout, Repeat Header Rows"
        ],
    ),
    (
        "header cells",
        tbl(tr(p("Uge"), p(), header=True)),
        ["table 1, row 1, column 2: a header cell is empty; say what the column holds"],
    ),
    (
        "lists",
        p("• Punkt") + p("- Punkt"),
        [f"paragraph {n}: “{mark} Punkt”: a bullet is typed by hand; {LIST_TODO}" for n, mark in ((2, "•"), (3, "-"))],
    ),
    (
        "lists",
        p("1. Første") + p("2. Anden"),
        [f"paragraph 3: “2. Anden”: the number of a list, 2, is typed by hand; {LIST_TODO}"],
    ),
    (
        "lists",
        p("a) Første") + p("b) Anden"),
        [f"paragraph 3: “b) Anden”: the number of a list, b, is typed by hand; {LIST_TODO}"],
    ),
    ("links", link("Læs mere"), [f'paragraph 2: “Læs mere”: the text of a link is "Læs mere"; {LINK_TODO}']),
    ("links", link("her."), [f'paragraph 2: “her.”: the text of a link is "her."; {LINK_TODO}']),
    (
        "links",
        link("")[:-6] + "<w:r><w:t>Se</w:t></w:r></w:p>",
        [f'paragraph 2: “Se”: a link to "https://herning.dk/" has no text; {LINK_TODO}'],
    ),
    (
        "links",
        link(LONG),
        [f'paragraph 2: “{LONG[:40]} …”: the text of a link is the long address "{LONG}"; {LINK_TODO}'],
    ),
    ("empty paragraphs", p() + p("Tekst"), [f"paragraph 2: {SPACE}"]),
    ("empty paragraphs", tbl(HEAD) + p() + p("Tekst"), [f"paragraph 2: {SPACE}"]),
    ("empty paragraphs", tbl(HEAD, tr(p("4") + p() + p("b"))), [f"table 1, row 2, column 1, paragraph 2: {SPACE}"]),
    ("blanks", p("Navn:    Bodil"), [f"paragraph 2: “Navn: Bodil”: {BLANKS}"]),
    ("blanks", "<w:p><w:r><w:t>a</w:t><w:tab/><w:tab/><w:t>b</w:t></w:r></w:p>", [f"paragraph 2: “a b”: {BLANKS}"]),
    (
        "contrast",
        p("Bleg", "Pale"),
        [f"paragraph 2: “Bleg”: #999999 on #FFFFFF has a contrast of 2.8 to 1, less than 4.5; {COLOURS}"],
    ),
    (
        "contrast",
        p("Lille", run='<w:b/><w:color w:val="888888"/><w:sz w:val="27"/>'),
        [f"paragraph 2: “Lille”: #888888 on #FFFFFF has a contrast of 3.5 to 1, less than 4.5; {COLOURS}"],
    ),
    (
        "contrast",
        p("Mørk", "Dark", '<w:color w:val="222222"/>'),
        [f"paragraph 2: “Mørk”: #222222 on #1C4E68 has a contrast of 1.8 to 1, less than 4.5; {COLOURS}"],
    ),
    (
        "contrast",
        tbl(tr(p("Gul", run='<w:color w:val="FFFFFF"/><w:sz w:val="36"/>'), header=True, shade="FFE680")),
        [f"table 1, row 1, column 1: “Gul”: #FFFFFF on #FFE680 has a contrast of 1.2 to 1, less than 3; {COLOURS}"],
    ),
]


def found(file: Path) -> list[str]:
    return [str(problem).removeprefix(f"{file}: ") for problem in check_accessibility(file)]


@pytest.mark.parametrize("rule", GOOD)
def test_what_is_well_passes(write_docx: WriteDocx, rule: str) -> None:
    assert rule in RULES
    assert found(write_docx(WELL + GOOD[rule])) == []


@pytest.mark.parametrize(
    ("rule", "body", "expected"), BAD, ids=[f"{number} {rule}" for number, (rule, *_) in enumerate(BAD)]
)
def test_what_is_wrong_is_found_by_its_rule_alone(
    write_docx: WriteDocx, rule: str, body: str, expected: list[str]
) -> None:
    assert rule in RULES
    assert found(write_docx(WELL + body)) == expected


def test_places_and_what_stands_there_can_be_translated_apart(write_docx: WriteDocx) -> None:
    first, second = check_accessibility(write_docx(WELL + tbl(tr(p("Uge"), p())) + p("Under", "H3")))
    assert (first.code, second.code) == ("verify.docx.heading_skipped", "verify.docx.no_header_row")
    assert first.what.shown(Bracketed()) == "[[[paragraph 2]: “Under”]: [heading 3 follows heading 1]]"
    assert second.what.shown(Bracketed()) == "[[[table 1]: “Uge |”]: [the table has no header row]]"


NO_DEFAULTS = '<w:style w:styleId="H1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
LANGUAGE_TODO = "set it for the whole document: in the profile, or in Word under Review, Language"
ALT_TODO = "say what it shows, or mark it as decorative"
WHOLE = [
    (
        WELL,
        {"styles": NO_DEFAULTS, "settings": ""},
        [f"no language is set in {where}; {LANGUAGE_TODO}" for where in ("docDefaults", "themeFontLang")],
    ),
    (
        WELL,
        {"settings": '<w:themeFontLang w:val="dansk!"/>'},
        [f'"dansk!" in themeFontLang is no language; {LANGUAGE_TODO}'],
    ),
    (
        WELL,
        {"title": " "},
        ["the document has no title; give it one: <title> in the template, or File, Info in Word"],
    ),
    (p("Kære Bodil"), {}, ["the document has no heading; begin with <h1>, in Word the style Heading 1"]),
    (
        p("Under", "H2"),
        {},
        ["paragraph 1: “Under”: the first heading has level 2; give it level 1, or put the missing heading before it"],
    ),
    (picture('descr="Et brev"'), {}, ["the document holds pictures and no text; write its text as text"]),
    (  # a table in a header only lays out, and needs no header row
        WELL,
        {"header": tbl(tr(picture(), p("Herning Kommune"))) + p()},
        [f"header 1, table 1, row 1, column 1: a picture has no alt text; {ALT_TODO}"],
    ),
]


@pytest.mark.parametrize(("body", "parts", "expected"), WHOLE)
def test_what_is_wrong_with_the_whole_document_is_found(
    write_docx: WriteDocx, body: str, parts: dict[str, str], expected: list[str]
) -> None:
    assert found(write_docx(body, **parts)) == expected


def test_every_rule_has_a_test_and_a_source() -> None:
    tested = {*GOOD, *(rule for rule, *_ in BAD), "language", "title"}
    assert set(RULES) == tested
    assert [name for name, rule in RULES.items() if "WCAG" not in (rule.__doc__ or "")] == []


def test_every_rule_is_in_the_documentation() -> None:
    page = (Path(__file__).parents[3] / "docs/verify.md").read_text(encoding="utf-8")
    assert [name for name in RULES if f"\n| {name} |" not in page] == []


def test_contrast_is_that_of_wcag() -> None:
    assert (contrast("000000", "FFFFFF"), round(contrast("777777", "FFFFFF"), 2)) == (21.0, 4.48)
