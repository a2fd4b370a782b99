"""What fails while a template runs, in words for who wrote it: Python's own exceptions mean nothing to that reader.

Marks each start tag of a template with the place it stands at, before Jinja reads the template.

A writer that meets `<table data-at="follow-up-plan/document.html.j2:88:1">` can then say where the table comes from.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from jinja2 import TemplateError
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from markupsafe import escape

from kvisdocs.templating.engine.formatting import FormatError
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


SEE = "see docs/templates.md"
_WORDS: tuple[tuple[str, str, str], ...] = (
    (
        r"unsupported operand type\(s\) for (\S+): .*",
        'two values that do not go together stand at "{0}"',
        'reckon with numbers only; join texts with "~"',
    ),
    (r"can only concatenate .*", "a text and something else are added", 'join texts with "~"'),
    (
        r"division by zero|float division by zero|.*DivisionByZero.*",
        "a number is divided by zero",
        "put {{% if … %}} around it",
    ),
    (
        r"'(.+)' not supported between instances of .*",
        'two values that cannot be compared stand at "{0}"',
        "compare numbers with numbers",
    ),
    (r"'.+' object is not iterable", "a loop runs over a value that is no list", "name the list"),
    (r"'.+' object is not callable", "brackets stand behind a value that is no macro", "leave out the brackets"),
    (r"access to attribute '(.+)' of '.+' object is unsafe\.?", '"{0}" is not for templates', "leave it out"),
    (r".+ is not safely callable", "this is not for templates", "leave it out"),
    (r"macro '(.+)' takes no keyword argument '(.+)'", '"{0}" has no parameter "{1}"', "use its parameters"),
    (
        r"macro '(.+)' takes not more than (\d+) argument.*",
        '"{0}" takes {1} values, and is given more',
        "use its parameters",
    ),
    (r"macro '(.+)' was invoked with .*", '"{0}" is called in a way that it is not made for', "use its parameters"),
    (r"parameter '(.+)' was not provided", 'called without "{0}"', "give it, or give the parameter a default"),
    (r"Range too big.*", "a range is too long", "use a smaller number"),
    (
        r"the template '(.+)' .*does not export the requested name '(.+)'",
        'there is no "{1}" in {0}',
        "correct the name",
    ),
    (
        r"object of type '.+' has no len\(\)",
        "the length of a value is asked that is no list and no text",
        "name the list",
    ),
    (
        r".*not enough values to unpack.*|too many values to unpack.*",
        "a loop names more parts than its items have, or fewer",
        "name as many",
    ),
)
"""What the exception says, what we say, and what to do."""


def explain_failure(error: Exception, message: str) -> tuple[str, str]:
    """What is wrong, and what to do."""
    if isinstance(error, (FormatError,)) or (isinstance(error, TemplateError) and "; " in message):
        what, _, todo = message.partition("; ")
        return what, todo
    for pattern, what, todo in _WORDS:
        if found := re.fullmatch(pattern, message):
            return what.format(*found.groups()), todo.format()
    if isinstance(error, SecurityError):
        return "this is not for templates", "leave it out"
    return f"this cannot be worked out ({message})", SEE
