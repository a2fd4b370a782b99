"""Marks each start tag of a template with the place it stands at, before Jinja reads the template.

A writer that meets `<table data-at="follow-up-plan/document.html.j2:88:1">` can then say where the table comes from.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from jinja2.ext import Extension
from markupsafe import escape

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
