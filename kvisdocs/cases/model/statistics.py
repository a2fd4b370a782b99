"""A statistics annex: which figures a committee gets as a paper of their own, beside an item.

The figures are counted from citizens' cases when it is made; none of them stands in its file.
"""

from typing import Literal

from pydantic import Field

from kvisdocs.cases.model.figures import FiguresSource
from kvisdocs.cases.model.identifiers import Value
from kvisdocs.cases.model.values import Text


class StatisticsAnnex(Value):
    """A whole annex."""

    kind: Literal["statistics"] = Field(description="Filens art: statistics", examples=["statistics"])
    municipality: Text = Field(
        description="Kommunens profil: filens navn i templates/profiles/ uden .yaml", examples=["herning"]
    )
    title: Text = Field("Statistik", description="Titel", examples=["KVIS statistik"])
    introduction: Text | None = Field(
        None,
        description="Indledning, som kan nævne tallene (Markdown)",
        examples=["Bilaget viser, hvem der er kommet i indsatsen, og hvordan det er gået."],
    )
    figures: FiguresSource = Field(description="De sager, som tallene kommer fra")
