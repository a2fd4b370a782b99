"""The names that a document's template can use, as shapes: what `render` puts there, before there is a case."""

from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel

from kvisdocs.cases.consent import Consent
from kvisdocs.cases.load import KINDS
from kvisdocs.cases.views import GLOBALS, WHITELISTS
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
        "letter": Record({"date": Plain(date)}, "letter"),
    }
    for name, paths in GLOBALS[audience].items():
        if name in _MODELS:
            names[name] = shape_model(_MODELS[name], name, paths, str(audience))
        elif name == "may_obtain":
            names[name] = Plain(bool)
        elif name in _LISTED:
            names[name] = Several(_LISTED[name])
    return names


_MODELS: Mapping[str, type[BaseModel]] = {
    "document": Document,
    "profile": Profile,
    "programme": Programme,
    "consent": Consent,
}
_LISTED: Mapping[str, Shape] = {
    "steps": shape_dataclass(StepState, "steps[]"),
    "consents": shape_model(Consent, "consents[]"),
    "lapsed_consents": shape_model(Consent, "lapsed_consents[]"),
}
