"""People and addresses, as letters show them."""

from pydantic import Field

from kvisdocs.cases.model.identifiers import Email, Phone, Postcode, Value
from kvisdocs.cases.model.values import Flag, Name, Text


class Address(Value):
    """A postal address as it stands on an envelope."""

    care_of: Name | None = Field(None, description="c/o-navn, uden c/o", examples=["Familien Holm"])
    street: Name = Field(description="Vej, nummer, etage og dør", examples=["Ærøvej 14, 2. tv."])
    place: Name | None = Field(None, description="Bynavn under postnummeret, hvor der er et", examples=["Gjellerup"])
    postcode: Postcode = Field(description="Postnummer, fire cifre", examples=["7400"])
    city: Name = Field(description="By", examples=["Herning"])
    protected: Flag = Field(
        False, description="Adressebeskyttelse: adressen vises kun i brevet til borgeren selv", examples=["nej"]
    )

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines below the name, in the order of an envelope."""
        care_of = f"c/o {self.care_of}" if self.care_of else None
        return tuple(line for line in (care_of, self.street, self.place, f"{self.postcode} {self.city}") if line)


class Person(Value):
    """Someone with a name and, perhaps, ways to be reached."""

    name: Name = Field(description="Fulde navn", examples=["Lene Holm"])
    title: Name | None = Field(None, description="Stilling", examples=["Afdelingsleder"])
    phone: Phone | None = Field(None, description="Telefon, otte cifre", examples=["00 00 41 01"])
    email: Email | None = Field(None, description="E-mail", examples=["lene.holm@kontorservice.example"])


class TeamMember(Value):
    """Somebody of the municipality or beside it who works with the citizen: a job consultant, a psychiatric nurse."""

    role: Text = Field(description="Rolle", examples=["Jobkonsulent"])
    name: Name = Field(description="Fulde navn", examples=["Tøger Åkjær"])
    phone: Phone | None = Field(None, description="Telefon, otte cifre", examples=["00 00 12 09"])


class Caseworker(Person):
    """The adviser who signs and whom the citizen calls."""

    unit: Name | None = Field(
        None, description="Afdeling, hvis en anden end kommunens profil siger", examples=["Team Tilbage i job"]
    )
    hours: Name | None = Field(
        None, description="Telefontid, hvis en anden end profilens", examples=["Man.–tors. kl. 9–14"]
    )
