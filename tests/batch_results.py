"""What a run left behind, in words that tests can compare."""

import json
from pathlib import Path
from typing import Any

BATCH = ("batch", "cases", "-d", "note", "--to", "docx", "--jobs", "1", "--report", "report.json")
"""The call that most tests make: the small document of the fixture `note`, in Word only, which is quick."""

DAY = "2012-11-14"


def ends(report: dict[str, Any]) -> dict[str, str]:
    """`{"a": "made: new", "b": "failed: case"}`; where several documents were made, `{"a note": …}`."""
    several = len({each["document"] for each in report["documents"]} - {""}) > 1
    return {
        f"{each['case']} {each['document']}" if several else each["case"]: each["status"]
        + (f": {each['reason']}" if each["reason"] else "")
        for each in report["documents"]
    }


def said(report: dict[str, Any], case: str) -> list[str]:
    """What a report says of a case: `what; what to do`."""
    found = [each["problems"] for each in report["documents"] if each["case"] == case]
    return [f"{problem['what']}; {problem['todo']}" for problems in found for problem in problems]


def made(folder: str = "output") -> list[str]:
    """The files in a folder, but for the run's own notes."""
    paths = [path.relative_to(folder) for path in Path(folder).rglob("*") if path.is_file()]
    return sorted(path.as_posix() for path in paths if path.parts[0] != ".kvisdocs")


def part_of(manifest: str, format: str = "docx") -> Path:
    """Where the last document of a manifest's text lay on its way."""
    line = [json.loads(each) for each in manifest.splitlines() if '"document"' in each][-1]
    return Path("output/.kvisdocs/parts") / f"{line['key']}-{line['files'][format]['sha256'][:24]}.{format}"
