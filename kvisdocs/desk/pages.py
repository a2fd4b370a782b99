"""How pages are written: Jinja templates that escape all they are given, and problems in Danish."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from kvisdocs.cases.load import KIND_TITLES
from kvisdocs.languages import translate
from kvisdocs.problems import Problem, Severity, printable
from kvisdocs.templating.engine.formatting import format_time, format_weekday_date

LANGUAGE = "da"

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
"""The stylesheet and the scripts."""

SECTIONS = {
    "/": "Sager",
    "/ny": "Ny sag",
    "/moeder": "Møder",
    "/koersel": "Månedskørsel",
    "/godkend": "Godkend",
    "/afsendelse": "Send",
    "/tal": "Tal",
}
"""What stands at the head of every page, by its address."""

MARKS = {Severity.ERROR: "Fejl", Severity.WARNING: "Advarsel", Severity.NOTE: "Bemærkning"}


def say(thing: object) -> str:
    """A message, or any text, in Danish."""
    return printable(translate(thing, LANGUAGE))


def say_number(number: int, one: str, many: str) -> str:
    """`1 fejl`, `1.200 advarsler`."""
    return f"{format_decimal(number, locale=LANGUAGE)} {one if number == 1 else many}"


def begin(text: str) -> str:
    """The text with a capital, as a sentence begins."""
    return text[:1].upper() + text[1:]


def tell(problem: Problem) -> str:
    """What is wrong and what to do, without the command that does it in a terminal: the desk has its pages for that."""
    todo = say(problem.todo).partition(": kvisdocs ")[0]
    return f"{say(problem.what)}; {todo}" if problem.todo else say(problem.what)


def address(page: str, **query: str) -> str:
    """The address of a page: `/sag?fil=anna.yaml`."""
    return f"{page}?{urlencode(query, errors='surrogateescape')}"


def join(parts: Iterable[str]) -> str:
    """`a, b og c`."""
    *first, last = [*parts] or [""]
    return f"{', '.join(first)} og {last}" if first else last


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "say": say,
        "printable": printable,
        "day": say_day,
        "begin": begin,
        "told": tell,
        "file_name": lambda file: Path(file).name,
    }
    environment.filters |= {"weekday": format_weekday_date, "clock": format_time}
    environment.globals |= {
        "address": address,
        "number": say_number,
        "kinds": KIND_TITLES,
        "sections": SECTIONS,
        "marks": MARKS,
    }
    return environment


def say_day(day: str | date) -> str:
    """A day as it is written on the pages: `14-11-2012`."""
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{found:%d-%m-%Y}"


_ENVIRONMENT = _environment()


def write(template: str, **values: object) -> str:
    """A page, or a part of one, as HTML."""
    return printable(_ENVIRONMENT.get_template(template).render(**values))


def show(template: str, status: int = 200, **values: object) -> HTMLResponse:
    """A page of the desk."""
    return HTMLResponse(write(template, **values), status)
