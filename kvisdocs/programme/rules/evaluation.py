"""What a programme is judged by: its questionnaire, the offers, the reasons to end, and its goals."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from kvisdocs.cases.model.base import FieldError
from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.numbers import Count, Number
from kvisdocs.cases.model.values import Flag, Text
from kvisdocs.messages import N_, message
from kvisdocs.programme.rules.rule import Rule


def fold(words: str) -> str:
    """Words as they are compared: in small letters, with one blank between, without the sign that ends a sentence."""
    return " ".join(words.split()).casefold().rstrip(" ?.:!")


class Option(Value):
    """One of several that may be chosen, by its id or by its words."""

    id: Text = Field(description="The name that figures are called by")
    label: Text = Field(description="Danish words, as a table shows them")
    parent: Text | None = Field(
        None, description="Danish words for the row that this one is counted in where numbers are small"
    )

    def is_called(self, words: str) -> bool:
        """Whether the words are the id or the label, in small or capital letters."""
        return fold(words) in (fold(self.id), fold(self.label))


class Question(Value):
    """One question of the registrations, and what may be answered."""

    id: Text = Field(description="The name that figures are called by")
    text: Text = Field(description="The question in Danish, as it is asked")
    at: tuple[Annotated[Count, Field(ge=1, le=4)], ...] = Field(
        (), description="At which registrations it is asked; without it, at all"
    )
    several: Flag = Field(False, description="ja: several answers may be given, each a line of its own in a case")
    free_text: Flag = Field(False, description="ja: other words may be written too; they are never counted")
    answers: tuple[Option, ...] = Field((), description="The answers that may be given, in the order of the table")

    @model_validator(mode="after")
    def _can_be_answered(self) -> "Question":
        if not self.answers and not self.free_text:
            what = message("programme.question.no_answers", 'the question "{id}" has no answers', id=self.id)
            raise FieldError(what, N_('add "answers: …", or "free_text: ja"'))
        return self

    def is_called(self, words: str) -> bool:
        """Whether the words are the id or the question itself."""
        return fold(words) in (fold(self.id), fold(self.text))

    def is_asked_at(self, number: int) -> bool:
        """Whether it is asked at that registration."""
        return not self.at or number in self.at

    def find_answer(self, words: str) -> Option | None:
        """The allowed answer that the words are."""
        return next((each for each in self.answers if each.is_called(words)), None)


class OfferType(Option):
    """A kind of offer beside the talks."""

    sessions: Annotated[Count, Field(ge=1)] | None = Field(None, description="How many sessions it usually has")


MEASURES = Literal["return_to_work", "placement", "duration", "self_rating", "agreements", "none"]
BASES = Literal["all", "in_job", "with_employer", "without_employer", "rated_twice"]


class Baseline(Value):
    """The figure that a result is compared with."""

    value: Number = Field(description="The number, in the unit of the goal")
    source: Text = Field(description="Where it is from, as a table's note says it")


class Goal(Rule):
    """Something that the programme aims at, and how it is measured."""

    id: Text = Field(description="The figure is called goal.<id>")
    text: Text = Field(description="The goal as a Danish sentence without its full stop")
    measure: MEASURES = Field(description="What the result is counted by; none: it is not told in numbers")
    base: BASES = Field("all", description="Of whom a share is taken, as they stood at visitation")
    base_words: Text | None = Field(None, description="The base in Danish, as the table shows it")
    target: Number | None = Field(None, description="The number aimed at: per cent, steps or agreements")
    target_words: Text = Field(description="The target in Danish, as the table shows it: 80 pct.")
    baseline: Baseline | None = Field(None, description="The figure to compare with, where there is one")
    told_in: Text | None = Field(None, description="For what is not counted: the interview or paper that tells of it")

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> "Goal":
        if self.measure not in ("none", "duration") and self.target is None:
            what = message("programme.goal.no_target", 'the goal "{id}" has no target', id=self.id)
            raise FieldError(what, N_('add "target: …", or write "measure: none"'))
        return self


class Merge(Value):
    """Rows of one of the fixed tables that are counted as one where numbers are small."""

    id: Text = Field(description="The name of the row that holds them")
    table: Literal["diagnosis", "status", "education", "course", "outcome"] = Field(description="Which table")
    of: tuple[Text, ...] = Field(min_length=2, description="The rows, by the last part of their figures' names")
    label: Text = Field(description="Danish words for the row that holds them")


class FigureWords(Value):
    """How a statement of figures differs from the usual one; see docs/statistics.md."""

    labels: dict[str, Text] = Field(default_factory=dict, description="Danish words for a figure's row, by its name")
    tables: tuple[Text, ...] = Field(
        (), description="The tables by the first parts of their figures' names, in this order; without it, all"
    )
