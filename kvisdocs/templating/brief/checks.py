"""Whether a brief prints every field and body that an item has, on plain data: what it does not print would be lost
unseen.
"""

from collections.abc import Iterator

from kvisdocs.cases.yaml.source import Source
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Problem, Severity, say_first, suggest
from kvisdocs.templating.brief.form import Brief


def no_field(name: str) -> Message:
    """That no part of the municipality's brief prints a field."""
    return message("brief.field.not_printed", 'the brief of this municipality prints no field "{name}"', name=name)


def check_fields(source: Source, brief: Brief) -> Iterator[Problem]:
    """On the plain data of an item that has other faults: an error for each field that no part of the brief prints.

    Of an item without faults, `unprinted` tells it, which knows of templates of one's own too.
    """
    data = source.data if isinstance(source.data, dict) else {}
    fields = data.get("fields")
    printed = [part.field for part in brief.parts if part.field]
    unknown = [name for name in (fields if isinstance(fields, dict) else ()) if name not in printed]

    def say(name: str) -> Problem:
        return Problem(source.locate_key(("fields", name)), no_field(name), suggest(name, printed))

    yield from say_first(unknown, say)


def check_routing(source: Source, brief: Brief) -> Iterator[Problem]:
    """On plain data: a warning for each body that the routing of the brief does not have."""
    data = source.data if isinstance(source.data, dict) else {}
    routing = data.get("routing")
    bodies = enumerate(routing if isinstance(routing, list) else ())
    missing = [(n, body) for n, body in bodies if isinstance(body, str) and body not in brief.routing]

    def say_body(found: tuple[int, str]) -> Problem:
        number, body = found
        what = message("brief.routing.unknown_body", 'the routing of this municipality has no "{body}"', body=body)
        todo = suggest(body, brief.routing) if brief.routing else N_("delete it, or add routing to its profile")
        return Problem(source.locate(("routing", number)), what, todo, Severity.WARNING)

    yield from say_first(missing, say_body)
