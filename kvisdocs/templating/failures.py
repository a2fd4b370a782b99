"""What fails while a template runs, in words for who wrote it: Python's own exceptions mean nothing to that reader."""

import re

from jinja2 import TemplateError
from jinja2.exceptions import SecurityError

from kvisdocs.templating.formatting import FormatError

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
