"""CPR, CVR, GLN, SOR, provider number, postcode and phone: parsed, checked, shown and masked. They are always text.

Sources: cpr.dk, "Personnumre uden kontrolciffer (modulus 11-kontrol)": a number that fails modulus 11 is valid and must
not be refused. Administrative test numbers add 60 to the day; all examples here use that form. Of python-stdnum, what
fits is used: the birth date behind a CPR number (its century by the seventh digit) and the check digit of a GLN. Its
own judgement of a CPR number reads the clock and knows no test numbers.
"""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, WithJsonSchema
from stdnum import ean, verhoeff
from stdnum.dk import cpr as stdnum_cpr
from stdnum.dk import cvr
from stdnum.exceptions import ValidationError as NumberError

from kvisdocs.cases.model.base import FieldError
from kvisdocs.messages import N_, Message, counted, message

_CPR = re.compile(r"[0-9]{6} ?[-\N{EN DASH}\N{NON-BREAKING HYPHEN}]? ?[0-9]{4}")


LOWEST_POSTCODE, HIGHEST_POSTCODE = "0555", "9990"
"""The first and the last that PostNord gives out: a scanning centre, and Skagen."""


def parse_cpr(text: str) -> str:
    """`0101701234` or `010170-1234` → `010170-1234`. The date must exist once 60 is taken off a test number's day."""
    written = text.strip()
    if not _CPR.fullmatch(written):
        if re.fullmatch(r"[0-9]{5}[- ]?[0-9]{4}", written):
            what = message("schema.cpr.nine_digits", '"{text}" has nine digits', text=text)
            raise FieldError(what, _one_missing(written))
        what = message("schema.cpr.no_number", '"{text}" is not a CPR number', text=text)
        raise FieldError(what, N_("write ten digits as 010170-1234"))
    digits = re.sub(r"[^0-9]", "", written)
    try:
        find_birth_date(digits)
    except NumberError:
        what = message("schema.cpr.no_date", '"{text}" has no valid date', text=text)
        raise FieldError(what, N_("check the first six digits (ddmmyy)")) from None
    return f"{digits[:6]}-{digits[6:]}"


def _one_missing(digits: str) -> Message:
    return N_("write the one that is missing: if it is the zero in front, 0{digits}", digits=digits)


def find_birth_date(cpr: str) -> date:
    """The day of birth that a CPR number tells, with its century by the seventh digit; of a test number, less 60 days.

    Raises NumberError where there is no such day.
    """
    digits = cpr.replace("-", "")
    plain = f"{int(digits[:2]) - 60:02}{digits[2:]}" if digits[:2] > "60" else digits
    born: date = stdnum_cpr.get_birth_date(plain)
    return born


def mask_cpr(cpr: str) -> str:
    """`010170-1234` → `010170-xxxx`, the form in which a number leaves the case."""
    return f"{cpr[:6]}-xxxx"


def parse_provider_number(text: str) -> str:
    """A GP's ydernummer: six digits, leading zeros kept."""
    digits = text.strip()
    if re.fullmatch(r"[0-9]{5}", digits):
        what = message("schema.provider_number.five_digits", '"{text}" has five digits', text=text)
        raise FieldError(what, _one_missing(digits))
    if not re.fullmatch(r"[0-9]{6}", digits):
        what = message("schema.provider_number.no_number", '"{text}" is not a provider number (ydernummer)', text=text)
        raise FieldError(what, N_("write six digits, zeros first: 001234"))
    return digits


def parse_gln(text: str) -> str:
    """A GLN, also called lokationsnummer or EAN: 13 digits, of which the last is a check digit of the others."""
    digits = re.sub(r"[ -]", "", text.strip())
    if not re.fullmatch(r"[0-9]{13}", digits):
        what = message("schema.gln.no_number", '"{text}" is not a GLN (EAN, lokationsnummer)', text=text)
        raise FieldError(what, N_("write 13 digits: 5799999999994"))
    if not ean.is_valid(digits):
        what = message("schema.gln.check_digit", '"{text}" has a wrong check digit', text=text)
        raise FieldError(what, N_("compare it with the receiver, digit by digit"))
    return digits


def parse_cvr(text: str) -> str:
    """A firm's CVR number: eight digits, of which the last is a check digit of the others."""
    digits = re.sub(r"[ .-]", "", text.strip().upper().removeprefix("DK"))
    if not re.fullmatch(r"[0-9]{8}", digits):
        what = message("schema.cvr.no_number", '"{text}" is not a CVR number', text=text)
        raise FieldError(what, N_("write eight digits: 99999993"))
    if not cvr.is_valid(digits):
        what = message("schema.cvr.check_digit", '"{text}" has a wrong check digit', text=text)
        raise FieldError(what, N_("compare it with the receiver, digit by digit"))
    return digits


def parse_sor(text: str) -> str:
    """A number in SOR, the register of the health services: that of a unit, with SOR's 1000016, 00 and a check digit.

    Sources: hl7.dk, dk-core-sor-identifier (at least 11 digits); SNOMED CT's rules for numbers, which SOR's follow.
    """
    digits = re.sub(r"[ -]", "", text.strip())
    if not re.fullmatch(r"[1-9][0-9]{0,7}100001600[0-9]", digits):
        what = message("schema.sor.no_number", '"{text}" is not a number in SOR (SOR-kode)', text=text)
        raise FieldError(what, N_("write it as the register shows it, 11 to 18 digits: 999999991000016005"))
    if not verhoeff.is_valid(digits):
        what = message("schema.sor.check_digit", '"{text}" has a wrong check digit', text=text)
        raise FieldError(what, N_("compare it with the register, digit by digit"))
    return digits


def parse_postcode(text: str) -> str:
    """A Danish postcode: four digits, leading zeros kept."""
    digits = text.strip()
    if re.fullmatch(r"[0-9]{3}", digits):
        what = message("schema.postcode.three_digits", '"{text}" has three digits', text=text)
        raise FieldError(what, _one_missing(digits))
    if not re.fullmatch(r"[0-9]{4}", digits):
        what = message("schema.postcode.no_number", '"{text}" is not a postcode', text=text)
        if found := re.fullmatch(r"([0-9]{4})[ ,]+([^\W\d].*)", digits):
            todo = N_('write {postcode} alone, and "city: {town}" in the next line', postcode=found[1], town=found[2])
            raise FieldError(what, todo)
        raise FieldError(what, N_("write four digits, and the town under city: 7400"))
    if not LOWEST_POSTCODE <= digits <= HIGHEST_POSTCODE:
        what = message(
            "schema.postcode.out_of_range",
            'there is no postcode "{text}": they run from {lowest} to {highest}',
            text=text,
            lowest=LOWEST_POSTCODE,
            highest=HIGHEST_POSTCODE,
        )
        raise FieldError(what, N_("check it"))
    return digits


def parse_phone(text: str) -> str:
    """A phone number, `96 28 00 00` or `+45 96280000`; eight digits after +45 are shown in pairs."""
    digits = re.sub(r"[ .()\-\N{NO-BREAK SPACE}]", "", text.strip())
    national = digits.removeprefix("+45").removeprefix("0045")
    if re.fullmatch(r"[0-9]{8}", national):
        return " ".join(national[at : at + 2] for at in range(0, 8, 2))
    if re.fullmatch(r"\+(?!45)[0-9]{6,15}", digits):
        return text.strip()
    if re.fullmatch(r"[0-9]{1,15}", national):
        digits_given = counted(len(national), "{number} digit", "{number} digits")
        what = message(
            "schema.phone.digits", '"{text}" has {digits}, and a phone number eight', text=text, digits=digits_given
        )
        raise FieldError(what, N_("check it: 96 28 00 00"))
    what = message("schema.phone.no_number", '"{text}" is not a phone number', text=text)
    raise FieldError(what, N_("write eight digits: 96 28 00 00"))


_EMAIL = re.compile(r"[^@\s<>()\[\],;:]+@[^@\s<>()\[\],;:]+\.[^@\s<>()\[\],;:.]+")


def parse_email(text: str) -> str:
    """An e-mail address; only its form is checked."""
    if not _EMAIL.fullmatch(text.strip()):
        dotted = text.strip().replace(",", ".").replace(" ", "")
        near = dotted != text.strip() and _EMAIL.fullmatch(dotted)
        todo = N_('did you mean "{near}"?', near=dotted) if near else N_("write it as navn@kommune.dk")
        raise FieldError(message("schema.email.form", '"{text}" is not an e-mail address', text=text), todo)
    return text.strip()


_DIGITS = WithJsonSchema({"type": ["string", "integer"]})
"""An editor reads unquoted digits as a number; here they are text all the same."""

Cpr = Annotated[str, AfterValidator(parse_cpr), _DIGITS]
ProviderNumber = Annotated[str, AfterValidator(parse_provider_number), _DIGITS]
Cvr = Annotated[str, AfterValidator(parse_cvr), _DIGITS]
Gln = Annotated[str, AfterValidator(parse_gln), _DIGITS]
Sor = Annotated[str, AfterValidator(parse_sor), _DIGITS]
Postcode = Annotated[str, AfterValidator(parse_postcode), _DIGITS]
Phone = Annotated[str, AfterValidator(parse_phone), _DIGITS]
Email = Annotated[str, AfterValidator(parse_email)]


class Value(BaseModel, frozen=True, extra="forbid"):
    """The ground of all case models: frozen, and a key that the model does not have is an error."""
