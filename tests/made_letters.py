"""Whose letters the tests of what goes out are made of, and on which day."""

from datetime import date
from pathlib import Path

CASE = "mathilde-hoejgaard-thorup"
OTHER = "amir-skovlund-hashemi"
DAY = date(2026, 11, 20)
CITIZENS = Path(__file__).parent.parent / "cases_yaml" / "citizens"
