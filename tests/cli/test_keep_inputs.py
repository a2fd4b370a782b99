"""`--keep-inputs`: the letter of a day is made again, whatever has become of its case and templates since."""

from pathlib import Path

import pytest
from builders import citizen_yaml

pytestmark = pytest.mark.usefixtures("note")
CHECKOUT = Path(__file__).parents[2]
KEPT = Path("output/.kvisdocs/inputs")


@pytest.fixture
def office(write):
    """The case, template and profile, with the citizen's name and the approval that is asked for."""

    def office(name: str = "Østergård", approval: str = "none") -> None:
        profile = (CHECKOUT / "templates/profiles/herning.yaml").read_text()
        body = "<h1>{{ case.citizen.name }}</h1><p>{{ profile.name }}</p>"
        page = f'<!doctype html>\n<html lang="da"><head><title>Note</title></head>\n<body>{body}</body></html>\n'
        write(
            {
                "templates/profiles/herning.yaml": f"approval: {approval}\n{profile}",
                "templates/note/document.html.j2": page,
                "cases/åse.yaml": citizen_yaml(citizen={"last_name": name}),
            }
        )

    return office


@pytest.fixture
def make(kvisdocs):
    def make(command: str, *options: str) -> None:
        code, _, err = kvisdocs(command, "cases", "-d", "note", "--to", "docx", "--as", "Bo", *options)
        assert code == 0, err

    return make


@pytest.mark.parametrize("command", ["render", "batch"])
def test_a_letter_that_was_replaced_is_made_again_by_its_digest(kvisdocs, office, make, command):
    office()
    make(command, "--date", "2012-11-14", "--keep-inputs")
    first = Path("output/åse/note.docx").read_bytes()
    digest = kvisdocs("history", "--json")[1].partition('"sha256": "')[2][:10]
    office("Vestergård")
    make(command, "--date", "2012-12-01")

    assert Path("output/åse/note.docx").read_bytes() != first
    assert kvisdocs("history", "åse", "--again", digest, "--into", "old") == (0, "old/note.docx\n", "")
    assert Path("old/note.docx").read_bytes() == first
    code, _, err = kvisdocs("history", "åse", "--again", "note.docx")
    assert (code, err.split(";")[0]) == (1, "output: what note.docx was made of was not kept")


def test_a_draft_and_its_letter_are_made_again(kvisdocs, office, make):
    office(approval="one")
    make("render", "--date", "2012-11-14", "--keep-inputs")
    draft = Path("output/åse/note-UDKAST.docx").read_bytes()
    assert kvisdocs("approve", "output/åse/note-UDKAST.docx", "--as", "Mette", "--reason", "prøve")[0] == 0
    letter = Path("output/åse/note.docx").read_bytes()

    for name, data in {"note-UDKAST.docx": draft, "note.docx": letter}.items():
        assert kvisdocs("history", "åse", "--again", name, "--into", "old") == (0, f"old/{name}\n", "")
        assert Path("old", name).read_bytes() == data


def test_what_is_kept_is_kept_once_and_goes_with_the_last_letter(kvisdocs, office, make):
    office()
    make("render", "--date", "2012-11-14", "--keep-inputs")
    number = len(list(KEPT.iterdir()))
    make("render", "--date", "2012-12-01", "--keep-inputs", "--redate")
    assert len(list(KEPT.iterdir())) == number  # the same case, templates and list: the date stands in the journal
    assert {path.stat().st_mode & 0o777 for path in KEPT.iterdir()} == {0o600}
    Path("cases/åse.yaml").unlink()

    assert kvisdocs("tidy", "--delete")[0] == 0

    assert list(KEPT.iterdir()) == []


def test_what_was_altered_since_is_not_used(kvisdocs, office, make):
    office()
    make("render", "--keep-inputs")
    for path in KEPT.iterdir():
        if b"stergaard" in path.read_bytes() or "Østergård".encode() in path.read_bytes():
            path.write_bytes(path.read_bytes() + b"# ")

    code, _, err = kvisdocs("history", "åse", "--again", "note.docx")

    assert code == 1
    assert "what was kept here is gone, or not as it was" in err
    assert kvisdocs("history", "åse", "--again", "other.docx")[0] == 1
