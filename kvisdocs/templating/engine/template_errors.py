"""What fails while a template runs, in words for who wrote it: Python's own exceptions mean nothing to that reader.

Marks each start tag of a template with the place it stands at, before Jinja reads the template.

A writer that meets `<table data-at="follow-up-plan/document.html.j2:88:1">` can then say where the table comes from.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from markupsafe import escape

from kvisdocs.messages import N_, Message, message
from kvisdocs.templating.html import POSITION_ATTRIBUTE

_STRING = r"""(?>"(?>\\.|[^"\\])*+"|'(?>\\.|[^'\\])*+')"""
_INNER_BRACES = rf"""\{{(?>{_STRING}|[^"'{{}}])*+\}}"""
_BRACES = rf"""\{{(?>{_STRING}|{_INNER_BRACES}|[^"'{{}}])*+\}}"""
_COMMENT = r"\{\#.*?\#\}"
_BLOCK = rf"""\{{%(?>{_STRING}|{_BRACES}|(?!%\}})[^"'{{}}])*+%\}}"""
_PRINT = rf"""\{{\{{(?>{_STRING}|{_BRACES}|[^"'{{}}])*+\}}\}}"""
_JINJA = f"(?>{_COMMENT}|{_BLOCK}|{_PRINT})"
_NAME = rf"""[A-Za-z](?>{_JINJA}|[^\s/>"'<{{])*+"""
_VALUE = rf"""(?>"(?>{_JINJA}|[^"])*+"|'(?>{_JINJA}|[^'])*+')"""
_TAG = rf"""<(?P<name>{_NAME})(?P<rest>(?>{_JINJA}|{_VALUE}|[^>"'])*+)>"""
_RAW = r"\{%[-+]?\s*raw\s*[-+]?%\}(?P<raw>.*?)\{%[-+]?\s*endraw\s*[-+]?%\}"

_PART = re.compile(f"{_RAW}|{_JINJA}|<!--.*?-->|{_TAG}", re.DOTALL)
_RAW_PART = re.compile(rf"<!--.*?-->|{_TAG}", re.DOTALL)
_NO_TAGS_INSIDE = frozenset({"style", "script", "textarea", "title"})


class Positions(Extension):
    """The Jinja extension that puts the marks in."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template with `data-at="name:line:column"` in its start tags; lines stay where they are."""
        if name is None:
            return source
        line_starts = [0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", source))]
        pieces: list[str] = []
        last = 0
        for start, end in _start_tags(source, _PART, 0, len(source)):
            line = bisect_right(line_starts, start)
            place = f"{name}:{line}:{start - line_starts[line - 1] + 1}"
            pieces += [source[last:end], f' {POSITION_ATTRIBUTE}="{escape(place)}"']
            last = end
        return "".join([*pieces, source[last:]])


def _start_tags(source: str, part: re.Pattern[str], at: int, end: int) -> Iterator[tuple[int, int]]:
    """Of each start tag, where it begins and where its name ends.

    Tags in comments, in Jinja's strings and in attributes are none, nor is anything in a stylesheet or a script.
    """
    while found := part.search(source, at, end):
        at = found.end()
        groups = found.groupdict()
        if groups.get("raw") is not None:
            yield from _start_tags(source, _RAW_PART, *found.span("raw"))
        name = groups["name"]
        if name is None:
            continue
        yield found.start(), found.end("name")
        if name.casefold() in _NO_TAGS_INSIDE and not found["rest"].endswith("/"):
            closing = re.compile(f"</{name}", re.IGNORECASE).search(source, at, end)
            at = closing.start() if closing else end


SEE = N_("see: kvisdocs docs templates")


def told_apart(error: Exception) -> tuple[Message, Message | None] | None:
    """What our own exceptions say in a template, and what to do where they know it; None for others."""
    said = error.args[0] if error.args else None
    if not isinstance(said, Message):
        return None
    what, todo = said.values.get("what"), said.values.get("todo")
    return (what, todo) if isinstance(what, Message) and isinstance(todo, Message) else (said, None)


def unknown_name(name: str) -> Message:
    """That a template has no such name."""
    return message("template.name.unknown", '"{name}" is not known here', name=name)


def not_of_type(name: str, kind: type) -> Message:
    """That values of that type have nothing of that name."""
    return message(
        "template.name.not_of_type", 'there is no "{name}" in a value of the type {kind}', name=name, kind=kind.__name__
    )


def not_in(name: str, place: str | Message) -> Message:
    """That a group of values or a template has nothing of that name."""
    return message("template.name.not_in", 'there is no "{name}" in {place}', name=name, place=place)


def no_template(name: str) -> Message:
    """That there is no such template."""
    return message("template.file.unknown", 'there is no template "{name}"', name=name)


def no_filter(name: str) -> Message:
    """That there is no such filter."""
    return message("template.filter.unknown", 'there is no filter "{name}"', name=name)


def no_test(name: str) -> Message:
    """That there is no such test."""
    return message("template.test.unknown", 'there is no test "{name}"', name=name)


def no_parameter(macro: str, name: str) -> Message:
    """That a macro has no such parameter."""
    return message("template.call.no_parameter", '"{macro}" has no parameter "{name}"', macro=macro, name=name)


def block_twice(name: str) -> tuple[Message, Message]:
    """That a template has a block twice, and what to do."""
    return message("template.block.twice", 'the block "{name}" stands twice', name=name), N_("give one another name")


def yes_or_no() -> tuple[Message, Message]:
    """That a yes or no is printed, and what to write."""
    return message("template.print.yes_or_no", "a yes or no is printed"), N_('write {{{{ "ja" if … else "nej" }}}}')


def _forbidden() -> tuple[Message, Message]:
    return message("template.run.forbidden", "this is not for templates"), N_("leave it out")


_SAID: tuple[tuple[str, Callable[[re.Match[str]], tuple[Message, Message]]], ...] = (
    (
        r"unsupported operand type\(s\) for (\S+): .*",
        lambda found: (
            message("template.operand.types", 'two values that do not go together stand at "{sign}"', sign=found[1]),
            N_('reckon with numbers only; join texts with "~"'),
        ),
    ),
    (
        r"can only concatenate .*",
        lambda found: (
            message("template.operand.text_and_other", "a text and something else are added"),
            N_('join texts with "~"'),
        ),
    ),
    (
        r"division by zero|float division by zero|.*DivisionByZero.*",
        lambda found: (
            message("template.operand.zero", "a number is divided by zero"),
            N_("put {{% if … %}} around it"),
        ),
    ),
    (
        r"'(.+)' not supported between instances of .*",
        lambda found: (
            message(
                "template.operand.not_compared", 'two values that cannot be compared stand at "{sign}"', sign=found[1]
            ),
            N_("compare numbers with numbers"),
        ),
    ),
    (
        r"'.+' object is not iterable",
        lambda found: (
            message("template.loop.no_list", "a loop runs over a value that is no list"),
            N_("name the list"),
        ),
    ),
    (
        r"'.+' object is not callable",
        lambda found: (
            message("template.call.no_macro", "brackets stand behind a value that is no macro"),
            N_("leave out the brackets"),
        ),
    ),
    (
        r"access to attribute '(.+)' of '.+' object is unsafe\.?",
        lambda found: (
            message("template.attribute.forbidden", '"{name}" is not for templates', name=found[1]),
            N_("leave it out"),
        ),
    ),
    (
        r".+ is not safely callable",
        lambda found: _forbidden(),
    ),
    (
        r"macro '(.+)' takes no keyword argument '(.+)'",
        lambda found: (no_parameter(found[1], found[2]), N_("use its parameters")),
    ),
    (
        r"macro '(.+)' takes not more than (\d+) argument.*",
        lambda found: (
            message(
                "template.call.more_values",
                '"{name}" takes {number} values, and is given more',
                name=found[1],
                number=found[2],
            ),
            N_("use its parameters"),
        ),
    ),
    (
        r"macro '(.+)' was invoked with .*",
        lambda found: (
            message("template.call.otherwise", '"{name}" is called in a way that it is not made for', name=found[1]),
            N_("use its parameters"),
        ),
    ),
    (
        r"parameter '(.+)' was not provided",
        lambda found: (
            message("template.call.without", 'called without "{name}"', name=found[1]),
            N_("give it, or give the parameter a default"),
        ),
    ),
    (
        r"Range too big.*",
        lambda found: (message("template.range.too_long", "a range is too long"), N_("use a smaller number")),
    ),
    (
        r"the template '(.+)' .*does not export the requested name '(.+)'",
        lambda found: (not_in(found[2], found[1]), N_("correct the name")),
    ),
    (
        r"object of type '.+' has no len\(\)",
        lambda found: (
            message("template.length.no_list", "the length of a value is asked that is no list and no text"),
            N_("name the list"),
        ),
    ),
    (
        r".*not enough values to unpack.*|too many values to unpack.*",
        lambda found: (
            message("template.loop.parts", "a loop names more parts than its items have, or fewer"),
            N_("name as many"),
        ),
    ),
)
"""What the exception says; what we say of it, and what to do."""


def explain_failure(error: Exception, said: str) -> tuple[Message, Message]:
    """What is wrong, and what to do, where something else than our own code says it."""
    for pattern, explain in _SAID:
        if found := re.fullmatch(pattern, said):
            return explain(found)
    if isinstance(error, SecurityError):
        return _forbidden()
    return message("template.run.failed", "this cannot be worked out ({reason})", reason=said), SEE
