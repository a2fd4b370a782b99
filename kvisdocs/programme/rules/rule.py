"""What every rule has: where it is from, and how sure that is; and the numbers that rules are made of."""

from typing import Annotated, Literal

from pydantic import Field

from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.numbers import Count
from kvisdocs.cases.model.values import Text

Sure = Literal["source", "background"]
OnClosedDay = Literal["stay", "next", "previous"]
Positive = Annotated[Count, Field(gt=0)]
Weeks = Annotated[Count, Field(gt=0, le=520)]
Days = Annotated[Count, Field(gt=0, le=3650)]
Months = Annotated[Count, Field(gt=0, le=120)]


class Rule(Value):
    """Whatever a law, a paper or a practice says."""

    reference: Text = Field(description="The law with its paragraph, or the paper and its item, that says so")
    sure: Sure = Field(description="source: read in the reference named; background: known, but not read there")
