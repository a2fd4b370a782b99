"""How a municipality's committees meet: the items that every meeting has, their numbers, and where attachments go."""

from typing import Annotated, Literal

from pydantic import Field

from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.numbers import Count
from kvisdocs.cases.model.values import Flag, Text


class FixedItem(Value):
    """An item that every meeting has."""

    id: Text = Field(description="Det navn, mødets fil bruger: approval")
    title: Text = Field(description="Titel: Godkendelse af dagsorden")
    text: Text | None = Field(None, description="Tekst, som altid står under punktet (Markdown)")
    decided: Flag = Field(True, description="Om punktet skal have en beslutning i referatet")


class Notice(Value):
    """How long before a meeting its agenda and the material are sent out, and where that stands."""

    weekdays: Annotated[Count, Field(ge=0)] = Field(4, description="Hverdage mellem udsendelse og møde")
    material_weekdays: Annotated[Count, Field(ge=0)] = Field(3, description="Det samme for materialet; 0: ingen frist")
    supplement_weekdays: Annotated[Count, Field(ge=0)] = Field(
        0, description="Det samme for tillægsdagsordenen; 0: ingen frist"
    )
    source: Text = Field("kommunestyrelsesloven § 8, stk. 4", description="Hvor fristen står")


FIRST = (FixedItem(id="approval", title="Godkendelse af dagsorden"),)
LAST = (
    FixedItem(id="orientation", title="Gensidig orientering", decided=False),
    FixedItem(id="other", title="Eventuelt", decided=False),
)


class Meetings(Value):
    """How committees meet."""

    first: tuple[FixedItem, ...] = Field(FIRST, description="De første punkter på hvert møde")
    last: tuple[FixedItem, ...] = Field(LAST, description="De sidste punkter på hvert møde")
    numbering: Literal["restart", "continue"] = Field(
        "restart", description="restart: hvert møde begynder med punkt 1; continue: numrene går videre fra mødet før"
    )
    attachments: Literal["beside", "behind", "own_file"] = Field(
        "beside",
        description="beside: bilag er filer for sig, som dagsordenen nævner; behind: de ligger bag deres punkt i "
        "PDF-filen; own_file: de ligger samlet i en fil for sig",
    )
    decision_field: Flag = Field(
        False, description="Om udvalgets egen dagsorden har et felt til beslutningen under hvert punkt"
    )
    notice: Notice = Field(default_factory=Notice, description="Fristen for at sende dagsordenen ud")
