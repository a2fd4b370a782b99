"""What all models stand on: closed lists, whose values are told in Danish too, and what a validator finds wrong."""

from enum import StrEnum
from typing import Any, get_args, get_origin

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from kvisdocs.messages import Message


class FieldError(ValueError):
    """What a validator finds wrong with a value, and what to do: it becomes a `Problem` as it is."""

    def __init__(self, what: Message, todo: Message) -> None:
        super().__init__(f"{what}; {todo}")
        self.what = what
        self.todo = todo


class Choice(StrEnum):
    """A value from a closed list: `IN_JOB = "in_job", "I job ved visitationen"`."""

    danish: str

    def __new__(cls, value: str, danish: str) -> "Choice":
        """A value and what it means, in Danish."""
        found = str.__new__(cls, value)
        found._value_ = value
        found.danish = danish
        return found

    @classmethod
    def by_word(cls, word: str) -> "Choice | None":
        """The value that somebody wrote as it is or by its Danish meaning, in small or capital letters."""
        fold = " ".join(word.split()).casefold()
        return next((each for each in cls if fold in {each.value, each.danish.casefold()}), None)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The values and, beside them, their meanings: `enumDescriptions` is what editors show while one chooses."""
        words = {str(each): each.danish for each in cls}
        told: dict[str, Any] = {"type": "string", "enum": list(words), "enumDescriptions": list(words.values())}
        return {**told, "description": "; ".join(f"{value}: {meaning}" for value, meaning in words.items())}


def inner_choice(annotation: Any) -> type[Choice] | None:
    """The closed list inside an annotation, or None."""
    if isinstance(annotation, type):
        return annotation if issubclass(annotation, Choice) else None
    return next((found for each in get_args(annotation) if (found := inner_choice(each)) is not None), None)


def inner_model(annotation: Any, many: bool = False) -> tuple[type[BaseModel] | None, bool]:
    """The model inside an annotation, and whether there may be several."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, many
    for each in get_args(annotation):
        found, several = inner_model(each, many or get_origin(annotation) is tuple)
        if found is not None:
            return found, several
    return None, many
