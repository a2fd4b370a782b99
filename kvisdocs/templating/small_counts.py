"""What a municipality decides about figures: below which number a count is not told to the public."""

from typing import Annotated

from pydantic import Field

from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.numbers import Count


class SmallCounts(Value):
    """`statistics` in a profile."""

    threshold: Annotated[Count, Field(ge=3, le=100)] = Field(
        5, description="Tal under dette vises ikke offentligt: 5 giver <5"
    )
