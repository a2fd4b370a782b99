"""A case under the law of 2014, and one under rules of the folder's own."""

import re
from pathlib import Path

from builders import citizen_yaml

from kvisdocs.application.template_folders import shipped
from kvisdocs.programme.rules.rule_registry import find_programme_file

REFORM = {
    "programme": "reform-2014",
    "sickness": {"first_day": "2016-02-01", "visitation": "2016-03-14", "category": "2"},
}
PLAN = {
    "agreed": "2016-03-21",
    "goal": "Fuld tid",
    "employment": {"purpose": "Job", "activities": [{"goal": "20 timer", "responsible": "Du"}]},
    "decision": {"text": "Du får en mentor.", "legal_basis": "lovens § 78"},
}


OTHER = {
    "case_number": "15.20.00-P19-9-12",
    "citizen": {
        "first_names": "Bo",
        "last_name": "Prøve",
        "cpr": "710575-1234",
        "address": {"street": "Prøvevej 2", "postcode": "7400", "city": "Herning"},
    },
}


def test_the_note_on_a_law_is_said_once_for_all_cases(kvisdocs, write):
    write({"a.yaml": citizen_yaml(**REFORM), "b.yaml": citizen_yaml(**REFORM, **OTHER)})
    rules = find_programme_file("reform-2014")
    line = next(
        n for n, text in enumerate(rules.read_text(encoding="utf-8").splitlines(), 1) if "legal_notice: " in text
    )
    code, out, err = kvisdocs("check", "a.yaml", "b.yaml")

    assert (code, out) == (
        0,
        f"{rules}:{line}:15: note: these rules are not legal advice: they were gathered from public pages; "
        'let a jurist confirm them, and write "confirmed: …" in templates/programmes (see: kvisdocs docs programmes)\n',
    )
    assert "\n2 cases, 0 errors, 0 warnings\n" in err


def own_rules(folder: Path, text: str) -> None:
    (folder / "templates" / "programmes").mkdir(parents=True)
    (folder / "templates" / "programmes" / "herning-2012.yaml").write_text(text, encoding="utf-8")


def kvis_as(name: str) -> str:
    return find_programme_file("kvis-2011").read_text(encoding="utf-8").replace("name: kvis-2011\n", f"name: {name}\n")


def test_a_folders_own_rules_are_found_by_check_and_by_render(kvisdocs, write, folder):
    own_rules(folder, kvis_as("herning-2012").replace("label: KVIS\n", "label: Hernings egen indsats\n"))
    write({"case.yaml": citizen_yaml(programme="herning-2012", plan=PLAN)})
    code, out, err = kvisdocs("check", "case.yaml")
    assert (code, out, err.splitlines()[-2]) == (0, "", "1 case, 0 errors, 0 warnings")
    made = kvisdocs("render", "case.yaml", "-d", "follow-up-plan", "--to", "docx", "--date", "2016-04-14")
    assert (made.code, made.err) == (0, "1 file made in output, 0 errors\n")


def test_a_fault_in_the_folders_own_rules_stands_at_its_line(kvisdocs, write, folder):
    text = kvis_as("herning-2012").replace("every_days: 14", "every_days: fjorten")
    own_rules(folder, text)
    write({"case.yaml": citizen_yaml(programme="herning-2012")})
    line = text[: text.index("every_days")].count("\n") + 1
    assert kvisdocs("check", "case.yaml") == (
        1,
        f"templates/programmes/herning-2012.yaml:{line}:17: "
        'recurring[1].every_days: "fjorten" is not a whole number; write digits alone, as 3 or 304\n',
        "1 case, 1 error, 0 warnings\n",
    )


def test_a_folder_with_rules_alone_is_a_templates_folder(kvisdocs, write, folder):
    own_rules(folder, kvis_as("herning-2012"))
    write({"case.yaml": citizen_yaml(programme="herning-2012", plan=PLAN)})
    arguments = ("-d", "follow-up-plan", "--to", "docx", "--templates", "templates")
    assert (
        kvisdocs("render", "case.yaml", *arguments, "--date", "2016-04-14").err == "1 file made in output, 0 errors\n"
    )


def test_shipped_templates_hold_no_rules_of_their_own():
    """The rules that ship lie in the package; templates/programmes is the municipality's."""
    assert not re.search(r"programmes", " ".join(map(str, shipped("templates").iterdir())))
