"""What the page of figures is asked for: which cases, on which day, in which edition."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kvisdocs.application.counting.publish import Edition
from kvisdocs.cases.model.base import FieldError
from kvisdocs.cases.model.values import MONTHS, parse_date
from kvisdocs.desk.pages import address
from kvisdocs.messages import Message


@dataclass(frozen=True)
class Asked:
    """What stands in the address."""

    part: str
    """A folder below the desk's, with `/`; empty: all of it."""
    typed: str
    """The day as somebody typed it."""
    on: date
    fault: tuple[Message, Message] | None = None
    """Why the typed day is none."""
    edition: Edition = "public"
    municipality: str = ""
    programme: str = ""
    last: str = ""
    """The file of what was published last."""

    @classmethod
    def of(cls, query: Mapping[str, str], today: date) -> "Asked":
        """What an address asks for; of today where it names no day."""
        typed, fault, on = query.get("dag", "").strip()[:60], None, today
        try:
            found = parse_date(typed) if typed else today
            on = found if isinstance(found, date) else today
        except FieldError as error:
            fault = error.what, error.todo
        return cls(
            query.get("mappe", ""),
            typed or say_long(on),
            on,
            fault,
            "whole" if query.get("udgave") == "whole" else "public",
            query.get("kommune", ""),
            query.get("regelsaet", ""),
            query.get("efter", ""),
        )

    def link(self, page: str, **more: str) -> str:
        """The address of the same figures on another page."""
        said = {
            "mappe": self.part,
            "dag": self.on.isoformat(),
            "udgave": self.edition,
            "kommune": self.municipality,
            "regelsaet": self.programme,
            "efter": self.last,
        }
        return address(page, **{key: value for key, value in said.items() if value}, **more)


def say_long(day: date) -> str:
    """`1. november 2012`."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
