"""A folder with cases good and bad, and a desk over it."""

import shutil

import pytest
from desk_browser import BROKEN, CASE, ROOT, opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("desk") / "sager"
    (made / "citizens").mkdir(parents=True)
    shutil.copy(ROOT / "cases_yaml/citizens" / f"{CASE}.yaml", made / "citizens")
    shutil.copy(ROOT / "cases_yaml/committee/viborg-punkt-12.yaml", made)
    (made / "i stykker.yaml").write_text(BROKEN, encoding="utf-8")
    (made / "<b>&navn.yaml").write_text("kind: borger\n", encoding="utf-8")
    outside = made.parent / "udenfor.yaml"
    outside.write_text("kind: citizen\nmunicipality: hemmelig\n", encoding="utf-8")
    (made / "genvej.yaml").symlink_to(outside)
    (made / "mappe").symlink_to(made.parent)
    return made


@pytest.fixture(scope="module")
def desk(folder):
    with opened(folder) as browser:
        yield browser
