"""Whatever a template asks for, nothing outside its audience's view is printed, nor told in the error.

The case is filled with values that stand nowhere else; hypothesis writes the templates.
"""

import html
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Template
from tokens import LETTER_DAY, leaves, telling, token_case

from kvisdocs.cases.consents.consent import DataType
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.views import ALWAYS, DISCLOSED, LEAST, Audience, find_reader
from kvisdocs.cases.yaml.source import Source
from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.documents import Document, load_documents
from kvisdocs.templating.engine.formatting import FILTERS
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer

ASSETS = Assets((Path(__file__).parents[2] / "templates",))
RENDERER = Renderer(ASSETS)
DOCUMENTS = load_documents(ASSETS)
CASE = token_case(outcome=None)
OUTSIDE = (Audience.GP, Audience.EMPLOYER, Audience.PLACEMENT)
ORDINARY = {"kind", "consents.kind", "consents.party", "consents.data", "return_plan.kind"}
"""Their values are words that the program and its messages use of themselves."""
TELLING = [(path, text) for path, text in telling(CASE) if path not in ORDINARY]
PATHS = sorted({path for path, _ in leaves(CASE)})
CONSENT_PATHS = ("consents.covers", "consents.given", "consents.expires")


def loaded(case: CitizenCase) -> LoadedCase:
    return LoadedCase("case", case, Source("case.yaml", {}, ""))


def covering(audience: Audience, *data: DataType) -> CitizenCase:
    """The case with consents that cover that data; each audience's least is always among it.

    The plan is followed at the employer's, for a placement's host at his place.
    """
    least = dict(LEAST.values())
    changes = {each.party: {"data": (*data, least[each.party]), "party_name": None} for each in CASE.consents}
    consents = tuple(each.model_copy(update=changes[each.party]) for each in CASE.consents)
    elsewhere = {} if audience is Audience.PLACEMENT else {"place": None, "host": None}
    plan = CASE.return_plan.model_copy(update=elsewhere) if CASE.return_plan else None
    return CASE.model_copy(update={"consents": consents, "return_plan": plan})


WORKPLACE = {Audience.EMPLOYER: ["employment.employer"], Audience.PLACEMENT: ["return_plan.host"]}
"""What `case.workplace` is made from."""


def foreign(audience: Audience, data: tuple[DataType, ...]) -> list[tuple[str, str]]:
    """Path and text of what that audience may not meet, when the consent covers that data and the least."""
    if audience not in LEAST:
        return []
    covered = {*data, LEAST[audience][1]}
    seen = [*ALWAYS[audience], *(path for each in covered for path in DISCLOSED[audience].get(each, ()))]
    seen += ["citizen.first_names", "citizen.last_name", *CONSENT_PATHS]
    seen += WORKPLACE.get(audience, [])
    seen += ["sickness.recovered", "outcome.date"] if "ended" in seen else []  # one of the two, without saying which
    return [
        (path, text) for path, text in TELLING if not any(path == each or path.startswith(f"{each}.") for each in seen)
    ]


def leaked(text: str, audience: Audience, data: tuple[DataType, ...] = ()) -> list[str]:
    shown = html.unescape(text).casefold()
    shown += "".join(sign for sign in shown if not sign.isspace() and sign not in "-,'\"[]")  # |list, |join("-")
    return [path for path, secret in foreign(audience, data) if secret.casefold() in shown]


def document(audience: Audience) -> Document:
    words = {"name": "brev", "title": "Brev", "description": "a letter", "kind": "citizen", "audience": audience}
    return Document.model_validate(words)


VALUES: Mapping[tuple[Audience, tuple[DataType, ...]], dict[str, object]] = {
    (audience, data): RENDERER._values(loaded(covering(audience, *data)), document(audience), LETTER_DAY)
    for audience in OUTSIDE
    for data in ((), (DataType.CATEGORY,), (DataType.RETURN_GOAL, DataType.SOCIAL), tuple(DataType))
}

# ---- how a template may ask ----

ROOTS = (
    *("case", "case", "case", "case", "consent", "profile", "programme", "letter", "document", "self", "consents"),
    *("steps", "cycler", "joiner", "namespace", "lipsum", "dict", "range", "loop", "caller", "varargs", "kwargs"),
)
WALLS = (
    *(
        "__class__",
        "__dict__",
        "__init__",
        "__globals__",
        "__mro__",
        "__subclasses__",
        "__self__",
        "__func__",
        "__doc__",
    ),
    *("__reduce__", "__reduce_ex__", "__getattribute__", "__slots__", "__builtins__", "__closure__", "__code__"),
    *("_shown", "_view", "model_dump", "model_dump_json", "model_copy", "model_fields", "copy", "json", "dict"),
    *("gi_frame", "f_globals", "f_locals", "cr_frame", "func_globals", "_TemplateReference__context", "format_map"),
    *(
        "environment",
        "parent",
        "blocks",
        "exported_vars",
        "vars",
        "name",
        "super",
        "current",
        "items",
        "values",
        "keys",
    ),
)
NAMES = sorted({step for path in (*PATHS, "ended") for step in path.split(".")})
FILTER_NAMES = (
    *("string", "list", "tojson", "pprint", "xmlattr", "first", "last", "length", "upper", "lower", "title", "reverse"),
    *("dictsort", "items", "sort", "unique", "sum", "max", "min", "join", "escape", "forceescape", "safe", "striptags"),
    *(
        "urlize",
        "wordcount",
        "wordwrap(9)",
        "center(99)",
        "indent",
        "default('x')",
        "default('x', true)",
        "filesizeformat",
    ),
    *("batch(2)", "slice(2)", "format(1)", "truncate(9)", "replace('a', 'b')", "trim", "int", "float", "abs", "round"),
    *(
        "map('string')",
        "map('list')",
        "map('pprint')",
        "map('tojson')",
        "select",
        "reject",
        "count",
        "d",
        "e",
        "random",
    ),
    *("urlencode", "capitalize", "markdown", "inline_markdown", *FILTERS),
)


class Tape:
    """Choices out of drawn bytes: one draw for a whole template, which hypothesis can make simpler byte by byte."""

    def __init__(self, drawn: bytes) -> None:
        self._bytes = iter(drawn)

    def pick(self, options: Sequence[Any]) -> Any:
        return options[next(self._bytes, 0) % len(options)]

    def name(self) -> str:
        return str(self.pick(self.pick((NAMES, WALLS))))


def write_walk(tape: Tape) -> str:
    """An expression that follows a path of the case, by dots, brackets and filters, and may leave the road."""
    found, value = tape.pick(("case", "(case)", "[case][0]", "{'a': case}.a")), CASE
    for name in tape.pick(PATHS).split("."):
        form = tape.pick((".{}", ".{}", '["{}"]', '|attr("{}")', "|map(attribute='{}')|first"))
        inner: Any = getattr(value, name, None) if not isinstance(value, dict) else None
        found = f"([{found}]{form.format(name)})" if "map" in form else f"({found}{form.format(name)})"
        if isinstance(inner, tuple) and inner:
            inner = inner[0]
            found += tape.pick(("[0]", "|first", "|last", "[-1]", "", "|list"))
        value = inner
        if tape.pick(range(16)) == 15:
            return f"({found}.{tape.pick(WALLS)})"
    return str(found)


def write_wandering(tape: Tape) -> str:
    """An expression that begins anywhere and goes anywhere."""
    found = tape.pick(ROOTS)
    for _ in range(tape.pick(range(6))):
        form = tape.pick((".{}", '["{}"]', '|attr("{}")', ".{}()", "[0]", "|map(attribute='{}')|list"))
        found = f"({found}{form.format(tape.name())})"
    return str(found)


def write_expression(tape: Tape) -> str:
    found = tape.pick((write_walk, write_walk, write_walk, write_wandering))(tape)
    for _ in range(tape.pick((0, 0, 0, 1, 1, 2))):
        by, name = tape.pick(FILTER_NAMES), tape.name()
        form = tape.pick(
            (
                *(f"({{}})|{by}", f"({{}})|{by}", f"[{{}}]|{by}", f"{{{{'a': {{}}}}}}|{by}"),
                *(f"({{}})|map(attribute='{name}')|list", f"({{}})|selectattr('{name}')|list"),
                *(f"({{}})|groupby('{name}')|list", f"({{}})|sort(attribute='{name}')|list", "({}) ~ ''"),
                *("'%s %r' % ({0}, {0})", "'%s'|format({})", "'{{0}} {{0!r}}'.format({})"),
                *("'{{0." + name + "}}'.format({})", "dict(a={})", "namespace(a={}).a", "cycler({}).next()"),
                *("({}) if ({}) else 1", "({0}) in ({0})", "[{0}, {0}]|join('-')", "({}, 1)", "({0}) == ({0})"),
            )
        )
        found = form.format(*[found] * form.replace("{{", "").count("{"))
    return str(found)


STATEMENTS = (
    "{{{{ {0} }}}}",
    "{{{{ {0} }}}}",
    "{{{{ {0} }}}}",
    "{{% for one in {0} %}}{{{{ one }}}}{{{{ loop.previtem }}}}{{% endfor %}}",
    "{{% for one in {0} recursive %}}{{{{ one }}}}{{{{ loop(one) }}}}{{% endfor %}}",
    "{{% for key, value in ({0})|dictsort %}}{{{{ key }}}}{{{{ value }}}}{{% endfor %}}",
    "{{% for one in {0} %}}{{% for two in one %}}{{{{ two }}}}{{% endfor %}}{{% endfor %}}",
    "{{% set one = {0} %}}{{{{ one }}}}{{{{ one|string }}}}",
    "{{% set box = namespace(a=1) %}}{{% set box.a = {0} %}}{{{{ box.a }}}}{{{{ box }}}}",
    "{{% with one = {0} %}}{{{{ one }}}}{{% endwith %}}",
    "{{% macro m(a) %}}{{{{ a }}}}{{{{ varargs }}}}{{{{ kwargs }}}}{{% endmacro %}}{{{{ m({0}, {0}) }}}}",
    "{{% macro m(a=1) %}}{{{{ caller({0}) }}}}{{% endmacro %}}{{% call(x) m() %}}{{{{ x }}}}{{% endcall %}}",
    "{{% filter upper %}}{{{{ {0} }}}}{{% endfilter %}}",
    "{{% block b %}}{{{{ self }}}}{{{{ self.b }}}}{{{{ {0} }}}}{{% endblock %}}",
    "{{% set a %}}{{{{ {0} }}}}{{% endset %}}{{{{ a }}}}",
    "{{% include {0} ignore missing %}}",
    "{{% include ({0})|string %}}",
    "{{% import {0} as x %}}{{{{ x }}}}",
    '{{% from "partials/signatures.html.j2" import signatures %}}{{{{ signatures([{{"name": {0}, "role": ""}}]) }}}}',
    '{{% from "partials/toc.html.j2" import contents %}}{{{{ contents([("a", {0}, 2)]) }}}}',
    '{{% include "partials/letterhead.html.j2" %}}{{{{ {0} }}}}',
    "<p {{{{ {{'title': {0}}}|xmlattr }}}}>",
    "{{% if {0} %}}{{{{ {0} }}}}{{% else %}}{{{{ {0} is mapping }}}}{{% endif %}}",
)


def printed(template: str | Template, values: dict[str, object]) -> tuple[str, bool]:
    """What the template gives, or else all that is said of the error; and whether it was printed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # markupsafe and jinja warn of odd uses, which these are
            ready = RENDERER.environment.from_string(template) if isinstance(template, str) else template
            return ready.render(values).replace("\N{NO-BREAK SPACE}", " "), True
    except Exception as error:
        return f"{error} {' '.join(RENDERER._explain(error, values))}", False


PRINTED: list[str] = []


@settings(max_examples=3500, deadline=None, database=None, derandomize=True)
@given(st.binary(min_size=40, max_size=40), st.sampled_from(sorted(VALUES, key=str)))
def test_no_template_prints_what_its_audience_may_not_see(
    drawn: bytes, who: tuple[Audience, tuple[DataType, ...]]
) -> None:
    tape = Tape(drawn)
    template = tape.pick(STATEMENTS).format(write_expression(tape))
    text, done = printed(template, VALUES[who])
    assert leaked(text, *who) == [], template
    if done and text:
        PRINTED.append(template)


def test_many_of_those_templates_printed_something() -> None:
    """Else the test above would hold for a language in which nothing can be said."""
    assert len(PRINTED) > 50


def test_the_search_finds_what_a_view_shows() -> None:
    """The same walks, in a document for the citizen, meet the secrets; so it is the view that hides them."""
    citizen = document(Audience.CITIZEN)
    values = RENDERER._values(loaded(covering(Audience.CITIZEN, *DataType)), citizen, LETTER_DAY)
    met = {
        path
        for path, secret in foreign(Audience.EMPLOYER, ())
        for text in [printed("{{ case" + as_walk(path) + " }}", values)[0]]
        if secret in text
    }
    assert met == {
        path
        for path, _ in foreign(Audience.EMPLOYER, ())
        if not path.startswith(("return_plan.place", "return_plan.host", "consents.party_name"))
    }
    assert len(met) > 60


def as_walk(path: str) -> str:
    value: Any = CASE
    found = ""
    for name in path.split("."):
        value, found = getattr(value, name), f"{found}.{name}"
        if isinstance(value, tuple):
            value, found = value[0], f"{found}[0]"
        if isinstance(value, dict):
            found += ".values()|list|first"
    return found


@pytest.mark.parametrize("wall", WALLS)
def test_dumps_and_pythons_own_attributes_lead_nowhere(wall: str) -> None:
    for of in ("case", "case.citizen", "case.caseworker", "consent", "document", "profile"):
        template = RENDERER.environment.from_string(f"{{{{ {of}.{wall} }}}}")
        for who, values in VALUES.items():
            text, done = printed(template, values)
            assert not leaked(text, *who)
            assert not done or wall == "name", (of, wall)


NEEDED = {"joint-status": (DataType.EMPLOYMENT_TRACK,)}
"""What a document is never made without, beside its audience's least."""


@pytest.mark.parametrize("audience", OUTSIDE)
@pytest.mark.parametrize("name", [name for name, each in DOCUMENTS.items() if each.kind == "citizen"])
@pytest.mark.parametrize("data", [(), tuple(DataType)], ids=["least", "all"])
@pytest.mark.parametrize("ended", [False, True], ids=["running", "ended"])
def test_shipped_templates_print_for_each_audience_only_what_it_sees(
    name: str, audience: Audience, data: tuple[DataType, ...], ended: bool
) -> None:
    made = DOCUMENTS[name].model_copy(update={"audience": audience, "requires": ()})
    data = data or NEEDED.get(name, ())
    case = covering(audience, *data)
    if not ended:
        sickness = case.sickness.model_copy(update={"recovered": None})
        case = case.model_copy(update={"sickness": sickness, "outcome": None})
    try:
        text = RENDERER.render(loaded(case), made, LETTER_DAY).text
    except KvisdocsError as error:
        text = f"stopped: {error}"
    assert text.startswith("stopped: ") <= (find_reader(DOCUMENTS[name].audience, case) is not audience), text
    assert leaked(text, audience, data) == []
