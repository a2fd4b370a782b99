from pathlib import Path

import pytest

from kvisdocs.problems import KvisdocsError, Position
from kvisdocs.templating.html import Assets, HtmlDocument


@pytest.fixture
def folders(tmp_path: Path) -> Assets:
    for name in ("own", "shipped", "outside"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.css").write_text(f"/* {name} */", encoding="utf-8")
        (tmp_path / name / f"{name}.css").write_text("p {}", encoding="utf-8")
    return Assets((tmp_path / "own", tmp_path / "shipped"))


def test_first_folder_wins_file_by_file(folders: Assets) -> None:
    assert folders.read_text("a.css") == "/* own */"
    assert folders.read_text("shipped.css") == "p {}"
    assert folders.names("*.css") == ["a.css", "own.css", "shipped.css"]


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../outside/outside.css", "x/../a.css", "a.css\0", "\0", "x" * 5000, "\ud800"]
)
def test_odd_names_find_nothing(folders: Assets, name: str) -> None:
    assert folders.find(name) is None


def test_absolute_name_finds_nothing(folders: Assets) -> None:
    assert folders.find(str(folders.folders[0] / "a.css")) is None


def test_links_that_lead_out_find_nothing(folders: Assets) -> None:
    own, outside = folders.folders[0], folders.folders[0].parent / "outside"
    (own / "link.css").symlink_to(outside / "outside.css")
    (own / "folder").symlink_to(outside)
    (own / "inside.css").symlink_to(own / "a.css")
    assert folders.find("link.css") is None
    assert folders.find("folder/outside.css") is None
    assert folders.find("inside.css") == own / "inside.css"


def test_link_that_leads_out_does_not_hide_the_shipped_file(folders: Assets) -> None:
    (folders.folders[0] / "shipped.css").symlink_to(folders.folders[0].parent / "outside" / "outside.css")
    assert folders.find("shipped.css") == folders.folders[1] / "shipped.css"


def test_file_that_is_not_utf8_is_named_with_the_word(folders: Assets) -> None:
    (folders.folders[0] / "a.css").write_bytes("/* x */\np { content: 'æ' }".encode("latin-1"))
    with pytest.raises(KvisdocsError, match=r"a\.css:2:15: .'æ'. is saved as Windows-1252, not as UTF-8; save"):
        folders.read_text("a.css")


def test_byte_order_mark_is_no_text(folders: Assets) -> None:
    (folders.folders[0] / "a.css").write_bytes(b"\xef\xbb\xbfp {}")
    assert folders.read_text("a.css") == "p {}"


def test_missing_file(folders: Assets) -> None:
    with pytest.raises(FileNotFoundError, match=r'the file "b\.css" is missing'):
        folders.read_text("b.css")


@pytest.mark.parametrize(
    ("mark", "wanted"),
    [
        ("x.j2:3:5", Position("x.j2", 3, 5)),
        ("a:b.j2:3:5", Position("a:b.j2", 3, 5)),
        (None, Position("d/document.html.j2")),
        ("", Position("d/document.html.j2")),
        ("x.j2", Position("d/document.html.j2")),
        ("x:y:z", Position("d/document.html.j2")),
    ],
)
def test_mark_gives_its_place_or_the_document(mark: str | None, wanted: Position) -> None:
    document = HtmlDocument("", "", "da", Assets(()), (), "d/document.html.j2")
    assert document.position(mark) == wanted
