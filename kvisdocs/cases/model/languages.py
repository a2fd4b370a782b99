"""The language somebody reads: its ISO 639-1 code, which may be written as the Danish word, `arabisk`."""

from functools import cache
from typing import Annotated, Any

from pydantic import AfterValidator, WithJsonSchema

from kvisdocs.cases.model.base import FieldError
from kvisdocs.messages import Message, Translations, message
from kvisdocs.problems import suggest

DANISH = "da"


@cache
def language_words() -> dict[str, str]:
    """The code of each language by its Danish word and by the code itself, in small letters."""
    from babel import Locale  # which few cases need

    known = {code: str(word).casefold() for code, word in Locale("da").languages.items() if len(code) == 2}
    return {**{word: code for code, word in known.items()}, **{code: code for code in known}}


class LanguageName(Message):
    """A language by its code, named in the language of whoever reads the message: `Arabic`, `arabisk`."""

    __slots__ = ("_language",)

    _language: str

    def __new__(cls, code: str) -> "LanguageName":
        """Of the code, `ar`; of one that has no name, the code itself."""
        made = super().__new__(cls, _name(code, "en"), {})
        made._language = code
        return made

    def shown(self, translations: Translations) -> str:
        """The name in another language."""
        return _name(self._language, translations.info().get("language", "en"))

    def __reduce__(self) -> tuple[Any, ...]:
        return LanguageName, (self._language,)


@cache
def _name(code: str, language: str) -> str:
    from babel import Locale

    return str(Locale(language).languages.get(code, code))


def parse_language(said: str) -> str:
    """`ar` of `ar`, `arabisk` or `Arabisk`."""
    known = language_words()
    word = " ".join(said.split()).casefold()
    if word in known:
        return known[word]
    what = message("schema.language.unknown", '"{value}" is no language that is known here', value=said)
    raise FieldError(what, suggest(word, [each for each in known if len(each) > 2]))


Language = Annotated[
    str,
    AfterValidator(parse_language),
    WithJsonSchema({"type": "string", "title": "Sprog: arabisk, engelsk eller ar, en"}),
]
