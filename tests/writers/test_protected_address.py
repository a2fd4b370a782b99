"""A protected address in finished files: every document that ships, as PDF and as Word, in words and properties."""

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from judges import docx_words, pdf_words, poppler

from kvisdocs.cases.load import LoadedCase, load_case
from kvisdocs.cases.model.citizen import Address, CitizenCase
from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.documents import find_blockers, load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer
from kvisdocs.writers import WRITERS

ROOT = Path(__file__).parents[2]
ON = date(2012, 11, 14)
ASSETS = Assets((ROOT / "templates",))
RENDERER = Renderer(ASSETS)
DOCUMENTS = load_documents(ASSETS)
FOR_CITIZENS = [name for name, document in DOCUMENTS.items() if document.kind == "citizen"]
KAROLINE = load_case(ROOT / "cases_yaml" / "2012" / "citizens" / "karoline-oestergaard-lindqvist.yaml")
HIDDEN = ("Hemmelig Vej 14", "Ingensteds", "9981 Glemmerup", "Gemmesen")
ADDRESS = Address.model_validate(
    {
        "care_of": "Ida Gemmesen",
        "street": "Hemmelig Vej 14, 2. tv.",
        "place": "Ingensteds",
        "postcode": "9981",
        "city": "Glemmerup",
        "protected": "ja",
    }
)


def living_there(**changes: Any) -> LoadedCase:
    """Karoline's case, at the protected address."""
    case = KAROLINE.case
    assert isinstance(case, CitizenCase)
    citizen = case.citizen.model_copy(update={"address": ADDRESS})
    return replace(KAROLINE, case=case.model_copy(update={"citizen": citizen, **changes}))


def texts(path: Path) -> tuple[str, str]:
    """The words that a reader meets, and what else a program finds: properties, and the parts of a Word file."""
    if path.suffix == ".pdf":
        return " ".join(pdf_words(path)), poppler("pdfinfo", str(path)) + poppler("pdfinfo", "-meta", str(path))
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    return " ".join(docx_words(path)), b"".join(parts).decode()


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("name", FOR_CITIZENS)
def test_protected_address_is_in_the_citizens_own_letter_once_and_in_no_other_file(
    tmp_path: Path, name: str, ending: str
) -> None:
    loaded, document = living_there(), DOCUMENTS[name]
    assert find_blockers(loaded, document, ON) == []
    file = tmp_path / f"{name}.{ending}"
    file.write_bytes(WRITERS[ending](RENDERER.render(loaded, document, ON)).data)
    words, other = texts(file)
    assert "Bodil Eksempel" in words
    if document.audience == "citizen":
        assert [words.count(each) for each in HIDDEN] == [1, 1, 1, 1]
    else:
        assert [each for each in HIDDEN if each in words or each in other] == []


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("name", FOR_CITIZENS)
def test_cpr_number_is_whole_in_the_gps_letter_alone(tmp_path: Path, name: str, ending: str) -> None:
    file = tmp_path / f"{name}.{ending}"
    file.write_bytes(WRITERS[ending](RENDERER.render(living_there(), DOCUMENTS[name], ON)).data)
    met = [
        number for number in ("660480-1234", "6604801234", "660480 1234") if any(number in each for each in texts(file))
    ]
    assert met == (["660480-1234"] if name == "gp-letter" else [])


@pytest.mark.parametrize("secret", ["på Hemmelig Vej 14", "hos c/o Ida Gemmesen", "med CPR-nummer 660480 1234"])
def test_employers_document_with_the_secret_in_a_task_is_not_made(secret: str) -> None:
    case = KAROLINE.case
    assert isinstance(case, CitizenCase)
    assert case.return_plan
    plan = case.return_plan.model_copy(update={"contact": f"Vi ses {secret}"})
    with pytest.raises(KvisdocsError, match=r"karoline-.*\.yaml:\d+:\d+: the citizen's (protected address|CPR number)"):
        RENDERER.render(living_there(return_plan=plan), DOCUMENTS["return-plan"], ON)
