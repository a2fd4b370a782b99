"""Which days are closed in Denmark, and where a deadline goes that falls on one.

The public holidays come from the library `holidays`, since they change by law: Store Bededag fell away from 2024.
Grundlovsdag, 24 and 31 December are no public holidays, but nothing is open; whether they count is the programme's
to say (`closed_days.also`), as the law names them one by one where it moves a deadline (forældelsesloven § 27, stk. 2).
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

import holidays

from kvisdocs.programme.rules.rule import OnClosedDay
from kvisdocs.programme.rules.rules import ClosedDays

_WEEKEND = {5: "en lørdag", 6: "en søndag"}


def find_closed(day: date, closed: ClosedDays) -> str | None:
    """What makes the day a closed one, in Danish: `en søndag`, `skærtorsdag`. None for an open day."""
    public = public_holidays(day.year).get(day) if closed.public_holidays else None
    return public or closed.also.get(f"{day:%m-%d}") or _WEEKEND.get(day.weekday())


def move_deadline(day: date, closed: ClosedDays, how: OnClosedDay | None = None) -> date:
    """The day itself if it is open, else where the rules put it: left there, or on the next or previous open day."""
    how = how or closed.on_closed_day
    if how == "stay":
        return day
    step = timedelta(days=1 if how == "next" else -1)
    while find_closed(day, closed) and date.min < day < date.max:
        day += step
    return day


def add_days(day: date, days: int) -> date:
    """The day so many days later; the calendar's first or last day where it would lie beyond (year 1, year 9999)."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def add_months(first: date, months: int) -> date:
    """The last day of so many months that begin with `first`: six from 14 September end on 13 March.

    From 31 August they end on the last day of February, since a month that lacks the day ends where it ends.
    """
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    month += 1
    return add_days(date(year, month, 1), min(first.day - 1, monthrange(year, month)[1]) - 1)


@cache
def public_holidays(year: int) -> dict[date, str]:
    """The Danish public holidays of a year with their names within a sentence; none where the library ends (2100)."""
    found = holidays.country_holidays("DK", years=year, language="da", expand=False)
    return {day: _small(name) for day, name in found.items()}


def _small(name: str) -> str:
    """The name as it stands within a sentence. Kristi himmelfartsdag keeps its K: it is somebody's name."""
    return name if name.startswith("Kristi") else name[:1].lower() + name[1:]
