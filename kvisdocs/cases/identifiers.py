"""CPR, provider number (ydernummer), postcode and phone: parsed, checked, shown and masked. They are always text.

Sources: cpr.dk, "Personnumre uden kontrolciffer (modulus 11-kontrol)": a number that fails modulus 11 is valid and must
not be refused. Administrative test numbers add 60 to the day; all examples here use that form.
"""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, WithJsonSchema

_CPR = re.compile(r"(\d{2})(\d{2})(\d{2})[- ]?(\d{4})", re.ASCII)


def parse_cpr(text: str) -> str:
    """`0101701234` or `010170-1234` → `010170-1234`. The date must exist once 60 is taken off a test number's day."""
    found = _CPR.fullmatch(text.strip())
    if not found:
        raise ValueError(f'"{text}" is not a CPR number; write ten digits as 010170-1234')
    day, month, year = (int(found[part]) for part in (1, 2, 3))
    try:
        date(_century(int(found[4][0]), year) + year, month, day - 60 if day > 60 else day)
    except ValueError:
        raise ValueError(f'"{text}" has no valid date; check the first six digits (ddmmyy)') from None
    return f"{found[1]}{found[2]}{found[3]}-{found[4]}"


def _century(seventh: int, year: int) -> int:
    """The century that the seventh digit and the year stand for (cpr.dk, "Opbygning af CPR-nummeret")."""
    if seventh <= 3 or (seventh in (4, 9) and year >= 37):
        return 1900
    if seventh in (4, 9) or year <= 57:
        return 2000
    return 1800


def mask_cpr(cpr: str) -> str:
    """`010170-1234` → `010170-xxxx`, the form in which a number leaves the case."""
    return f"{cpr[:6]}-xxxx"


def parse_provider_number(text: str) -> str:
    """A GP's ydernummer: six digits, leading zeros kept."""
    digits = text.strip()
    if not re.fullmatch(r"[0-9]{6}", digits):
        raise ValueError(f'"{text}" is not a provider number (ydernummer); write six digits, zeros first: 001234')
    return digits


def parse_postcode(text: str) -> str:
    """A Danish postcode: four digits, leading zeros kept."""
    digits = text.strip()
    if not re.fullmatch(r"[0-9]{4}", digits):
        raise ValueError(f'"{text}" is not a postcode; write four digits: 7400')
    return digits


def parse_phone(text: str) -> str:
    """A phone number, `96 28 00 00` or `+45 96280000`; eight digits after +45 are shown in pairs."""
    digits = re.sub(r"[ .\-]", "", text.strip())
    national = digits.removeprefix("+45").removeprefix("0045")
    if re.fullmatch(r"[0-9]{8}", national):
        return " ".join(national[at : at + 2] for at in range(0, 8, 2))
    if re.fullmatch(r"\+(?!45)[0-9]{6,15}", digits):
        return text.strip()
    raise ValueError(f'"{text}" is not a phone number; write eight digits: 96 28 00 00')


def parse_email(text: str) -> str:
    """An e-mail address; only its form is checked."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", text.strip()):
        raise ValueError(f'"{text}" is not an e-mail address; write it as navn@kommune.dk')
    return text.strip()


_DIGITS = WithJsonSchema({"type": ["string", "integer"]})
"""An editor reads unquoted digits as a number; here they are text all the same."""

Cpr = Annotated[str, AfterValidator(parse_cpr), _DIGITS]
ProviderNumber = Annotated[str, AfterValidator(parse_provider_number), _DIGITS]
Postcode = Annotated[str, AfterValidator(parse_postcode), _DIGITS]
Phone = Annotated[str, AfterValidator(parse_phone), _DIGITS]
Email = Annotated[str, AfterValidator(parse_email)]


class Value(BaseModel, frozen=True, extra="forbid"):
    """The ground of all case models: frozen, and a key that the model does not have is an error."""
