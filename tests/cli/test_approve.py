"""`kvisdocs approve`: a real letter of several pages from its draft to its approval, before every validator."""

import json
import subprocess
from pathlib import Path

import pytest
from many_cases import example_case

CHECKOUT = Path(__file__).parents[2]
DRAFTS = [Path(f"output/sag/follow-up-plan-UDKAST.{format}") for format in ("pdf", "docx")]


def pages_of(file: Path) -> list[str]:
    read = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True, encoding="utf-8")
    return read.stdout.split("\f")[:-1]


@pytest.fixture
def make(kvisdocs, write):
    profile = (CHECKOUT / "templates/profiles/herning.yaml").read_text()

    def make(approval: str, formats: tuple[str, ...] = ("pdf", "docx"), output: str = "output") -> None:
        write(
            {"templates/profiles/herning.yaml": f"approval: {approval}\n{profile}", "cases/sag.yaml": example_case(0)}
        )
        asked = [each for format in formats for each in ("--to", format)]
        options = ["-d", "follow-up-plan", "--date", "2012-11-14", "--as", "Bo", "-o", output]
        code, _, err = kvisdocs("render", "cases", *asked, *options)
        assert code == 0, err

    return make


def test_from_the_draft_to_the_letter(kvisdocs, make):
    make("none", output="plain")
    plain = {path.name: path.read_bytes() for path in Path("plain/sag").iterdir()}
    make("one")

    pages = pages_of(DRAFTS[0])
    assert len(pages) > 1
    assert ["UDKAST" in page for page in pages] == [True] * len(pages)
    assert [page.replace("UDKAST", "").split() for page in pages] == [
        page.split() for page in pages_of(Path("plain/sag/follow-up-plan.pdf"))
    ]
    code, out, err = kvisdocs("verify", "output")
    assert code == 0, out + err

    code, out, err = kvisdocs("approve", str(DRAFTS[1]), "--as", "Mette")

    assert (code, out.split(), err) == (
        0,
        ["output/sag/follow-up-plan.pdf", "output/sag/follow-up-plan.docx"],
        "1 letter is made and judged\n1 approved\n",
    )
    assert {path.name: path.read_bytes() for path in Path("output/sag").iterdir()} == plain
    last = json.loads(kvisdocs("history", "--json")[1].splitlines()[-1])
    assert (last["event"], last["by"], last["details"]["gate"]) == ("approved", "Mette", "passed")


def test_a_folder_is_listed_first_and_approved_with_yes(kvisdocs, make):
    make("one", ("docx",))
    Path("other").mkdir()

    assert kvisdocs("approve", "output", "--as", "Mette") == (
        0,
        f"{DRAFTS[1]} (draft, made by Bo)\n",
        "1 letter; nothing is approved yet: read it, then say --yes\n",
    )
    code, _, err = kvisdocs("approve", "other", "--as", "Mette")
    assert (code, err.partition(":")[0]) == (1, "other")
    code, out, _ = kvisdocs("approve", "output", "--as", "Bo", "--yes", "--json")
    assert (code, json.loads(out)["verdict"]) == (1, "refused")
    code, out, err = kvisdocs("approve", "output/sag", "--as", "Mette", "--yes")
    assert (code, out, err) == (0, "output/sag/follow-up-plan.docx\n", "1 letter is made and judged\n1 approved\n")
    withdraw = "approve", "output", "--withdraw", "--reason", "forkert"
    code, out, err = kvisdocs(*withdraw)
    assert (code, out) == (0, "output/sag/follow-up-plan.docx (approved, made by Bo)\n")
    assert err == "1 letter; no approval is taken back yet: say --yes\n"
    assert kvisdocs(*withdraw, "--yes") == (0, "", "1 approval withdrawn\n")
    code, _, err = kvisdocs(*withdraw, "--yes")
    assert (code, "there is no letter here whose approval can be taken back" in err) == (1, True)
