"""A problem as it is told at its field: without the field's key, and without lines and keys in what is to be done."""

from dataclasses import replace

from kvisdocs.cases.form.parts import Part
from kvisdocs.messages import N_, NOTHING, Message
from kvisdocs.problems import Problem

_OPEN = {"schema.key.missing", "schema.value.empty"}


def tell_at_field(problem: Problem, part: Part) -> Problem:
    """The problem in words for who sees its field and no YAML."""
    if problem.code in _OPEN and part.is_needed:
        return replace(problem, what=N_("must be filled in").coded(problem.code), todo=NOTHING)
    if problem.code in _OPEN:
        return replace(problem, what=N_("is empty").coded(problem.code), todo=N_("write a value, or delete it"))
    return replace(problem, what=_by_label(problem.what))


def _by_label(what: Message) -> Message:
    """The message with fields called by their labels alone."""
    if type(what) is not Message:
        return what
    values = {name: _label(each) if isinstance(each, Message) else each for name, each in what.values.items()}
    return Message(what.text, values, what.code, what.many, what.number)


def _label(said: Message) -> object:
    return said.values["label"] if said.text == "{field}" and "label" in said.values else _by_label(said)
