"""Characters that would be printed as a box: told at the case's line and key, from the fonts, and never printed."""

from pathlib import Path

import pytest
from builders import citizen_yaml
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from writers.word.made import TEMPLATES, html_document

from kvisdocs.cases.yaml.source import parse_bytes
from kvisdocs.problems import KvisdocsError, Problem, Severity
from kvisdocs.templating import glyphs
from kvisdocs.templating.glyphs import find_boxes, font_characters, machine_has
from kvisdocs.templating.html import Assets
from kvisdocs.writers import WRITERS

HOUSE = Assets((TEMPLATES,))
HIEROGLYPH = "\U00013000"


@pytest.fixture(autouse=True)
def no_fonts_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "machine_has", lambda sign: False)


def said(text: str, assets: Assets = HOUSE) -> list[Problem]:
    """What is said of a case with this text as its goal, in the second line."""
    return list(find_boxes(parse_bytes(f'kind: citizen\ngoal: "{text}"\n'.encode(), "a.yaml"), assets))


@pytest.mark.parametrize(
    ("text", "named", "column"),
    [
        ("Asta 王", '"王" (U+738B, CJK UNIFIED IDEOGRAPH-738B)', 13),
        ("😊 godt", '"😊" (U+1F60A, SMILING FACE WITH SMILING EYES)', 8),
        ("godt 👍🏽", '"👍" (U+1F44D, THUMBS UP SIGN) and 1 more of the kind', 13),
        ("שלום", '"ש" (U+05E9, HEBREW LETTER SHIN)', 8),
        ("नाम", '"न" (U+0928, DEVANAGARI LETTER NA)', 8),
        ("ok ✓", '"✓" (U+2713, CHECK MARK)', 11),
        ("x\u0337", '"\u0337" (U+0337, COMBINING SHORT SOLIDUS OVERLAY)', 9),
        ("\ue000", '"\ue000" (U+E000)', 8),
        ("e\u2011mail", '"\u2011" (U+2011, NON-BREAKING HYPHEN)', 9),
        (r"\u738b", '"王" (U+738B', 8),
    ],
)
def test_it_is_named_at_its_line_and_key(text: str, named: str, column: int) -> None:
    [problem] = said(text)
    assert (problem.position.line, problem.position.column) == (2, column)
    assert problem.what.startswith(f'"goal" holds {named}')
    assert "which no font of the templates has: it would be printed as a box" in problem.what
    assert problem.severity is Severity.ERROR
    assert "add a font" in problem.todo


@pytest.mark.parametrize(
    "text",
    [
        "محمد",
        "Ærø Åkjær, Żółć, Łódź, Đorđe, Nguyễn, Ιωάννης, Иван, ğ ı ş",
        "A\u030arhus, e\u0301t, Nguye\u0302\u0303n",
        "fra → til, ½ × 2 ≥ 1, 10 − 3, 5 ‰, § 9, 3 € – „ja“ “nej” ‘ja’ • …",
        "soft\u00adhyphen, thin\u2009space, narrow\u202fspace",
        "joined\u200dby a joiner, \u200eleft\u200f",
    ],
)
def test_names_of_europe_and_danish_signs_are_no_fault(text: str) -> None:
    assert said(text) == []


def test_every_character_that_needs_no_look_is_in_the_house_font() -> None:
    drawn = font_characters(HOUSE)
    assert drawn is not None
    usual = {code for code in range(0x20, 0x2100) if not glyphs._UNUSUAL.match(chr(code))} - {0xAD}
    assert usual - drawn == {0xA0}  # it is drawn as a space


def test_a_font_of_ones_own_draws_it(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    make_font(tmp_path / "fonts" / "own font.ttf", "王")
    (tmp_path / "css").mkdir()
    sheet = "@font-face { font-family: Egen; src: local(Egen), url('../fonts/own%20font.ttf') format('truetype') }"
    (tmp_path / "css" / "own.css").write_text(sheet)
    assets = Assets((tmp_path, TEMPLATES))
    assert said("Asta 王", assets) == []
    assert "U+5F35" in said("Asta 張", assets)[0].what


def test_without_fonts_among_the_templates_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("p { font-family: Arial }")
    (tmp_path / "broken.css").write_bytes(b"\xe6")
    assert said("王", Assets((tmp_path,))) == []


def test_a_broken_font_has_no_characters(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(b"\0\1\0\0 no font")
    (tmp_path / "a.css").write_text("@font-face { font-family: A; src: url(a.ttf) }")
    assert len(said("王", Assets((tmp_path,)))) == 1


def test_what_only_this_machine_can_draw_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "machine_has", lambda sign: sign == "😊")
    [problem] = said("😊")
    assert problem.severity is Severity.WARNING
    assert "it is drawn in a font of this machine" in problem.what
    [problem] = said("😊 王")
    assert (problem.severity, "U+738B" in problem.what) == (Severity.ERROR, True)


def test_the_machine_knows_its_fonts() -> None:
    if machine_has("a") is None:
        pytest.skip("Fontconfig is not installed")
    assert machine_has("å") is True
    assert machine_has("\U0010fffe") is False


@pytest.mark.skipif(machine_has(HIEROGLYPH) is not False, reason="a font of this machine has hieroglyphs")
def test_a_box_is_never_printed() -> None:
    text = f'<h1>Et</h1><p data-at="brev.html.j2:5:1">To</p><p data-at="brev.html.j2:6:1">{HIEROGLYPH}</p>'
    with pytest.raises(KvisdocsError) as error:
        WRITERS["pdf"](html_document(text))
    [problem] = error.value.problems
    assert str(problem.position) == "brev.html.j2:6:1"
    assert f'no font has "{HIEROGLYPH}" (U+13000, EGYPTIAN HIEROGLYPH A001)' in problem.what


def test_check_and_render_and_batch_say_the_same(tmp_path: Path) -> None:
    """All three read cases by the same reader, and none makes a document of this one."""
    from kvisdocs.application.reading import CaseReader

    path = tmp_path / "a.yaml"
    path.write_text(citizen_yaml(citizen={"last_name": f"Prøvesen {HIEROGLYPH}"}), encoding="utf-8")
    case, problems = CaseReader(HOUSE).read(path)
    assert (case, [problem.severity for problem in problems if "U+13000" in problem.what]) == (None, [Severity.ERROR])


def make_font(path: Path, characters: str) -> None:
    """A font with a square for each of these."""
    names = [".notdef", *(f"c{number}" for number in range(len(characters)))]
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 500), (500, 500), (500, 0)):
        pen.lineTo(corner)
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(sign): names[number + 1] for number, sign in enumerate(characters)})
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Egen", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
