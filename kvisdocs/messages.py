"""What is said to people: a text in English, and what it was made of, so that it can be shown in another language.

A `Message` is a `str` in English: it can be printed, compared and sorted as any other. It knows its text with named
places (the key of a translation catalogue), the values that belong in them, and, where it says what is wrong, a stable
code. Only where something is shown to somebody (a terminal, a report, a page) is it translated, by `Message.shown`.

Messages are made by the four functions below alone, with the text written out in the call, so that a script finds every
text: `message` for what is wrong, `N_` for any other text, `counted` where a number decides between two forms, and
`listed` for a series. A user's text is always a value, never the text itself.
"""

import string
from collections.abc import Iterable, Mapping
from typing import Any, Protocol, Self


class Translations(Protocol):
    """The part of `gettext.NullTranslations` that is used here."""

    def gettext(self, message: str) -> str:
        """The text in the other language; the same where there is none."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form of the text that belongs to a number."""

    def info(self) -> dict[str, str]:
        """What the catalogue's head says: its `language`."""


class Message(str):
    """A text in English that can be shown in another language."""

    __slots__ = ("_values", "code", "many", "number", "text")

    code: str
    """`area.subject.fault` where the message says what is wrong; else empty. Codes never change their meaning."""
    text: str
    """The text with named places, `{name}`; for a series what stands between two of it."""
    many: str
    """The form of the text for other numbers than one; empty where no number decides."""
    number: int

    def __new__(cls, text: str, values: Mapping[str, object], code: str = "", many: str = "", number: int = 1) -> Self:
        """Use one of the functions of this module instead."""
        chosen = many if many and number != 1 else text
        made = super().__new__(cls, _FORMATTER.vformat(chosen, (), values))
        made.code, made.text, made.many, made.number = code, text, many, number
        made._values = tuple((name, _plain(value)) for name, value in values.items())
        return made

    _values: tuple[tuple[str, object], ...]

    @property
    def values(self) -> dict[str, object]:
        """The values in the named places: texts, numbers, and messages of their own."""
        return dict(self._values)

    def shown(self, translations: Translations) -> str:
        """The message in another language, with every message in it."""
        if not self.text:
            return ""
        if self.many:
            text = translations.ngettext(self.text, self.many, self.number)
        else:
            text = translations.gettext(self.text)
        formatter = _DANISH if translations.info().get("language") == "da" else _FORMATTER
        return formatter.vformat(text, (), {name: _shown(value, translations) for name, value in self._values})

    def coded(self, code: str) -> "Message":
        """The same message under another code."""
        return Message(self.text, self.values, code, self.many, self.number)

    def __reduce__(self) -> tuple[Any, ...]:
        return Message, (self.text, self.values, self.code, self.many, self.number)


class Series(Message):
    """Several messages or texts after each other, as `a, b and c`."""

    __slots__ = ("_last", "_parts")

    _parts: tuple[str, ...]
    _last: Message | None

    def __new__(cls, parts: Iterable[str], last: Message | None = None) -> "Series":
        """Use `listed` instead."""
        said = tuple(map(_plain, parts))
        made = str.__new__(cls, _join([str(part) for part in said], last and str(last)))
        made.code, made.text, made.many, made.number, made._values = "", ", ", "", 1, ()
        made._parts, made._last = said, last  # type: ignore[assignment]
        return made

    def shown(self, translations: Translations) -> str:
        """The series in another language."""
        last = self._last.shown(translations) if self._last is not None else None
        return _join([str(_shown(part, translations)) for part in self._parts], last)

    def __reduce__(self) -> tuple[Any, ...]:
        return Series, (self._parts, self._last)


def _join(parts: list[str], last: str | None) -> str:
    if last is None or len(parts) < 2:
        return ", ".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


class _Formatter(string.Formatter):
    """`str.format`, but that a value is never asked for its parts: texts come from people who translate."""

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> tuple[Any, str]:
        return kwargs[field_name], field_name


class _DanishFormatter(_Formatter):
    """Writes numbers as Danes do: 1.234,5."""

    def format_field(self, value: Any, format_spec: str) -> str:
        said = str(super().format_field(value, format_spec))
        return said.translate(_EXCHANGED) if isinstance(value, int | float) else said


_EXCHANGED = str.maketrans(",.", ".,")
_FORMATTER, _DANISH = _Formatter(), _DanishFormatter()


def _plain(value: object) -> object:
    """What can be kept and sent to another process: texts, numbers and messages; anything else as its text."""
    return value if isinstance(value, str | int | float) else str(value)


def _shown(value: object, translations: Translations) -> object:
    return value.shown(translations) if isinstance(value, Message) else value


def message(code: str, text: str, /, **values: object) -> Message:
    """What is wrong, by a stable code `area.subject.fault`: `message("case.day.no_date", "{day} is no date", day=day)`.

    Each code stands at one place of the source only. A brace in the text is written twice.
    """
    return Message(text, values, code)


def N_(text: str, /, **values: object) -> Message:  # noqa: N802 (the name by which gettext's users know it)
    """Any other text: what to do, a part of a message."""
    return Message(text, values)


def counted(number: int, one: str, many: str, /, **values: object) -> Message:
    """A text that depends on a number: `counted(2, "{number} case", "{number} cases")`."""
    return Message(one, {"number": number, **values}, "", many, number)


def listed(parts: Iterable[str], last: Message | None = None) -> Message:
    """A series, `a, b, c`; with `last` (`N_("or")`) before the last of it: `a, b or c`."""
    return Series(parts, last)


NOTHING = Message("", {})
"""No message: where there is nothing to be done."""
