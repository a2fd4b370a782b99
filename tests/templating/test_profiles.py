from pathlib import Path

import pytest

from kvisdocs.problems import KvisdocsError, Position
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import load_profile, profile_names

SHIPPED = Path(__file__).parents[2] / "templates"
HERNING = (SHIPPED / "profiles" / "herning.yaml").read_text(encoding="utf-8")
ASKED = Position("sag.yaml", 3, 15)


def load(folder: Path, text: str) -> str:
    """What is said of a profile `x` with that text."""
    (folder / "profiles").mkdir()
    (folder / "profiles" / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KvisdocsError) as caught:
        load_profile("x", Assets((folder, SHIPPED)), ASKED)
    return "\n".join(str(problem).rpartition("profiles/")[2] for problem in caught.value.problems)


def place(text: str, needle: str) -> str:
    before = text[: text.index(needle)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@pytest.mark.parametrize("name", profile_names(Assets((SHIPPED,))))
def test_shipped_profiles_load(name: str) -> None:
    assert load_profile(name, Assets((SHIPPED,)), ASKED).name.endswith("Kommune")


@pytest.mark.parametrize("name", ["hernig", "../profiles/herning", "/etc/passwd", "herning.yaml/..", "a\0b"])
def test_unknown_municipality_is_said_where_the_case_names_it(name: str) -> None:
    with pytest.raises(KvisdocsError) as caught:
        load_profile(name, Assets((SHIPPED,)), ASKED)
    assert str(caught.value).startswith(f'sag.yaml:3:15: no municipality is called "{name}"; ')


def test_nearest_municipality_is_suggested() -> None:
    with pytest.raises(KvisdocsError, match='did you mean "herning"'):
        load_profile("Hernig", Assets((SHIPPED,)), ASKED)


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("postcode: ", "postcod: ", 'the key "postcod" is not known here; did you mean "postcode"?'),
        (
            "phone: 96 28 00 00",
            "phone: 96 28",
            'office.phone: "96 28" has 4 digits, and a phone number eight; check it: 96 28 00 00',
        ),
        ('"#1c4e68"', "blå", 'colours.accent: "blå" is not a colour; write it as "#1c4e68", with the quotes'),
        ("numbering: at", "numbering: b)", '"b)" is not one of the values; use one of: 1), 1) at'),
        ("label: Beslutning,", "label: 'Beslutning den {dato}',", 'nothing fills "{dato}" here; did you mean "date"?'),
        ("label: Beslutning,", "label: 'Beslutning {date:YYYY}',", '"YYYY" is not a form of a date; write dd-MM-y'),
        ("label: Beslutning,", "label: 'Beslutning [{date}',", 'has a "[" without its other half; add the other, or'),
        (
            "  item_label: Punkt",
            '  phrases: {remark: "Fra {who:genitv}"}',
            '"who" has no form "genitv"; did you mean "genitive"?',
        ),
        ("case_number, caseworker]", '"{sagsnr}"]', 'nothing fills "{sagsnr}" here; use one of: '),
        ("case_number, caseworker]", "case_numer]", 'an item has no fact "case_numer"; did you mean "case_number"?'),
        ("  item_label: Punkt", "  decision_date: DD.MM.YYYY", '"DD.MM.YYYY" is not a form of a date; write dd-MM-y'),
        ("  item_label: Punkt", "  decision_date: y.MM", '"y.MM" is not a form of a date; write dd-MM-y'),
        ("logos/herning.svg", "logos/hering.svg", 'the logo "logos/hering.svg" is not in the templates folder; put'),
        ("logos/herning.svg", "../logo.svg", 'the logo "../logo.svg" is not in the templates folder; put'),
    ],
)
def test_faults_stand_where_they_are(tmp_path: Path, old: str, new: str, wanted: str) -> None:
    text = HERNING.replace(old, new, 1)
    said = load(tmp_path, text)
    assert wanted in said
    value = new.rpartition(": ")[2] if not new.endswith(": ") else new
    assert said.startswith(f"x.yaml:{place(text, value)}: ")


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    assert len(load(tmp_path, "name: Prøve\n").splitlines()) == 3


@pytest.mark.parametrize(("text", "wanted"), [("", "x.yaml:1:1: the file is empty"), ("- a", "the file holds no keys")])
def test_file_without_keys(tmp_path: Path, text: str, wanted: str) -> None:
    assert wanted in load(tmp_path, text)


def test_own_profile_wins(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    changed = HERNING.replace("name: Herning Kommune", "name: Ny Herning Kommune")
    (tmp_path / "profiles" / "herning.yaml").write_text(changed, encoding="utf-8")
    assert load_profile("herning", Assets((tmp_path, SHIPPED)), ASKED).name == "Ny Herning Kommune"
