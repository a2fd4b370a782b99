"""No text and no file keeps `check` busy: four times as much takes about four times as long, whatever it is full of.

Times are compared with each other, never with a clock's seconds: a rule that compares all with all takes sixteen times
as long for four times as much. A busy machine may slow any one measurement down, so that the best of several counts.
"""

import gc
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import citizen_yaml

from kvisdocs.cases.load import inspect_bytes
from kvisdocs.cases.yaml.source import MAX_BYTES
from kvisdocs.problems import MOST_SAID
from kvisdocs.programme.checks import check_case
from kvisdocs.programme.prose.prose import MOST_REMARKS

SIGNS = 12_000
ATTEMPTS = 5
TIMES = 4
MOST_GROWTH = 9.0
HEAD = "kind: committee\nmunicipality: herning\nmeeting: {committee: Udvalget, date: 2012-11-14}\nnumber: '1'\n"
WAKES_ALL = "Der er 30 borgere. 10 er a, 20 er b og 13 kr. i alt 15 kr. heraf 5 kr. pct. uddannelse halvdelen @ "
"""Words for which every rule reads the text."""

REPEATED = {
    "places to be filled in": "XXX ",
    "templates' braces": "{{ navn }} ",
    "words read in two ways": "k\u00c3\u00b8kken ",
    "letters that were lost": "k\ufffdkken ",
    "CPR numbers": "660480-1234 ",
    "days that are none": "den 31. november ",
    "wrong weekdays": "onsdag den 15. november 2012 ",
    "years backwards": "i perioden 2013-2010 ",
    "groups over their whole": "304 borgere, heraf 340 kvinder. ",
    "sentences that speak of the one before": "Heraf. ",
    "shares": "107 af 304 (51 pct.) ",
    "fractions": "halvdelen er ",
    "totals": "i alt 5 kr. ",
    "links that nothing closes": "[a](",
    "links to files": "[a](file:///b) ",
    "footnotes": "[^1] ",
    "stars": "**a ",
    "backticks": "`",
    "tags": "<b>",
    "addresses": "a@",
    "blanks": " ",
    "digits": "1",
    "full stops": "A. ",
    "backslashes": "\\",
}
LINES = {
    "rows": "| 1 | 2 | 3 |\n",
    "rules of tables": "|---|\n",
    "items": "1. a 1\n",
    "headings": "# a 1\n\n",
    "quotations": "> 1\n",
    "names of addresses": "[a]: https://herning.dk\n",
    "lines of hyphens": "a 1\n---\n",
    "dates that begin a line": "1. marts er der m\u00f8de.\n",
}


def field(text: str) -> str:
    return f"{HEAD}title: Titel\nfields: {{presentation: {json.dumps(text)}}}\n"


def block(text: str) -> str:
    lines = "".join(f"    {line}\n" for line in text.split("\n"))
    return f"{HEAD}title: Titel\nfields:\n  presentation: |\n{lines}"


def title(text: str) -> str:
    return f"{HEAD}title: {json.dumps(text)}\n"


def judge(text: str) -> int:
    """How many problems `check` has with a case."""
    read = inspect_bytes(text.encode(), Path("case.yaml"))
    return len(check_case(read.case) if read.case else read.problems)


def cost(text: str) -> float:
    gc.disable()  # it would look through all that other tests have left
    try:
        begun = time.process_time()
        judge(text)
        return time.process_time() - begun
    finally:
        gc.enable()


def grows_evenly(make: Callable[[int], str], size: int) -> bool:
    """Whether four times as much takes less than nine times as long, in the best measurements of several."""
    small, large = make(size), make(TIMES * size)
    least, most = float("inf"), float("inf")
    for _ in range(ATTEMPTS):
        least, most = min(least, cost(small)), min(most, cost(large))
        if most < MOST_GROWTH * least:
            return True
    return False


@pytest.mark.parametrize("write", [field, block, title])
@pytest.mark.parametrize("unit", [*REPEATED.values(), *LINES.values()], ids=[*REPEATED, *LINES])
def test_a_text_four_times_as_long_takes_about_as_much_longer(unit: str, write: Callable[[str], str]) -> None:
    assert grows_evenly(lambda size: write(WAKES_ALL + unit * (size // len(unit))), SIGNS)


FILES: dict[str, Callable[[int], str]] = {
    "one key again and again": lambda number: citizen_yaml() + "kind: citizen\n" * number,
    "many keys twice": lambda number: citizen_yaml() + "".join(f"a{n}: 1\na{n}: 2\n" for n in range(number)),
    "unknown keys": lambda number: citizen_yaml() + "".join(f"a{n}: 1\n" for n in range(number)),
    "unknown steps": lambda number: (
        citizen_yaml() + "steps:\n" + "".join(f"  frist_talk{n}: 2012-11-11\n" for n in range(number))
    ),
    "fields in folded texts": lambda number: (
        f"{HEAD}title: Titel\nfields:\n" + "".join(f"  a{n}: >\n    b\n" for n in range(number))
    ),
    "contacts to be filled in": lambda number: (
        citizen_yaml() + "contacts:\n" + "  - {date: 2012-11-11, kind: phone, about: XXX}\n" * number
    ),
    "wrong contacts": lambda number: citizen_yaml() + "contacts:\n" + "  - {date: 2012-11-31, kind: fone}\n" * number,
    "remarks that are glued": lambda number: citizen_yaml() + "".join(f"a{n}: b #c\n" for n in range(number)),
    "names that nothing uses": lambda number: citizen_yaml() + "".join(f"a{n}: &b{n} c\n" for n in range(number)),
}


@pytest.mark.parametrize("make", FILES.values(), ids=FILES)
def test_a_file_four_times_as_long_takes_about_as_much_longer(make: Callable[[int], str]) -> None:
    assert grows_evenly(make, 1200)


def test_of_thousands_of_remarks_the_first_are_said_and_the_rest_counted() -> None:
    read = inspect_bytes(title("XXX " * 13_500).encode(), Path("case.yaml"))
    assert read.case is not None
    *said, last = check_case(read.case)
    assert len(said) == MOST_REMARKS
    assert last.what == f"and {13_500 - MOST_REMARKS:,} more like those above"
    assert last.position.column == len('title: "') + 4 * MOST_REMARKS + 1


def test_of_one_more_than_are_said_it_is_said_too() -> None:
    read = inspect_bytes(title("XXX " * (MOST_REMARKS + 1)).encode(), Path("case.yaml"))
    assert read.case is not None
    assert {problem.what for problem in check_case(read.case)} == {'"XXX" seems to be left to be filled in'}


def test_a_key_that_stands_a_thousand_times_is_one_problem() -> None:
    read = inspect_bytes(FILES["one key again and again"](1000).encode(), Path("case.yaml"))
    lines = citizen_yaml().count("\n")
    assert list(map(str, read.problems)) == [
        f'case.yaml:{lines + 1}:1: the key "kind" stands 1,001 times; delete the others; the first is in line 1'
    ]


def test_keys_by_the_million_are_too_many_values() -> None:
    read = inspect_bytes((citizen_yaml() + "a: 1\n" * 200_000).encode(), Path("case.yaml"))
    assert [problem.what for problem in read.problems] == ["the file holds too many values"]


def test_unknown_keys_by_the_thousand_are_counted() -> None:
    read = inspect_bytes(FILES["unknown keys"](5000).encode(), Path("case.yaml"))
    assert len(read.problems) == MOST_SAID + 1
    assert read.problems[-1].what == f"and {5000 - MOST_SAID:,} more like those above"


@pytest.mark.parametrize("where", ["cpr: ", "street: ", "first_day: ", "norm_hours: ", "status: ", "case_number: "])
def test_a_value_of_a_million_digits_is_said_in_a_line(where: str) -> None:
    first, found, rest = citizen_yaml().partition(where)
    assert found
    text = f"{first}{found}{'1' * 1_000_000}\n{rest.partition(chr(10))[2]}"
    read = inspect_bytes(text.encode(), Path("case.yaml"))
    assert len(read.problems) == 1
    said = str(read.problems[0])
    assert "(1,000,000 signs)" in said
    assert len(said) < 500


def test_a_text_longer_than_any_document_prints_is_an_error_at_its_place() -> None:
    read = inspect_bytes(title("a" * 200_001).encode(), Path("case.yaml"))
    assert [str(problem.position) for problem in read.problems] == ["case.yaml:5:8"]
    assert read.problems[0].what.startswith("title is a text of more than 200,000 signs")


def test_of_a_file_of_hundreds_of_megabytes_no_more_is_read_than_a_case_may_have(tmp_path: Path) -> None:
    read = inspect_bytes(b" " * (100 * MAX_BYTES), Path("case.yaml"))
    assert [str(problem) for problem in read.problems] == [
        "case.yaml: the file has more than 2,000,000 bytes; a case has at most 2,000,000"
    ]
