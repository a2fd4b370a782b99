"""The names that a document's template can use, as shapes: what `render` puts there, before there is a case."""

from datetime import date

from kvisdocs.cases.consent import Consent
from kvisdocs.cases.load import KINDS
from kvisdocs.cases.views import CONSENT_PARTS, LEAST, WHITELISTS, Audience
from kvisdocs.programme.deadlines import StepState
from kvisdocs.programme.parameters import Programme
from kvisdocs.templating.documents import Document
from kvisdocs.templating.profiles import Profile
from kvisdocs.templating.shapes import Plain, Record, Several, Shape, shape_dataclass, shape_model


def shape_context(document: Document) -> dict[str, Shape]:
    """The shapes of all names that the document's template is given."""
    audience = document.audience
    names: dict[str, Shape] = {
        "case": shape_model(KINDS[document.kind], "case", WHITELISTS[audience], str(audience)),
        "document": shape_model(Document, "document"),
        "profile": shape_model(Profile, "profile"),
        "letter": Record({"date": Plain(date)}, "letter"),
    }
    if document.kind == "citizen":
        names["programme"] = shape_model(Programme, "programme")
    if audience is Audience.CITIZEN:
        names["steps"] = Several(shape_dataclass(StepState, "steps[]"))
        names["consents"] = Several(shape_model(Consent, "consents[]"))
    if audience in LEAST:
        names["consent"] = shape_model(Consent, "consent", CONSENT_PARTS)
    return names
