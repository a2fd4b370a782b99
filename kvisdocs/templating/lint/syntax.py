"""What Jinja cannot read in a template, in words for who wrote it, and at the tag that has to be changed.

Jinja says where it gave up, which for a tag that is not closed is the template's last line: here it is the opening.
"""

import re
from dataclasses import dataclass

from kvisdocs.problems import suggest

SEE = "see docs/templates.md"
TAGS = (
    *("if", "elif", "else", "endif", "for", "endfor", "set", "endset", "block", "endblock", "extends", "include"),
    *("import", "from", "macro", "endmacro", "call", "endcall", "with", "endwith", "filter", "endfilter", "raw"),
)
_OPENING = frozenset({"if", "for", "set", "block", "macro", "call", "with", "filter", "autoescape"})
_WRITTEN_SO = {
    "elseif": "elif",
    "elsif": "elif",
    "elsefor": "else",
    "end": "",
    "while": "for",
    "foreach": "for",
    "switch": "if",
    "endraw": "raw",
}
_FORMS = {
    "for": "{% for each in … %}",
    "set": "{% set name = … %}",
    "block": "{% block name %}",
    "include": '{% include "file" %}',
    "extends": '{% extends "file" %}',
    "import": '{% import "file" as name %}',
    "from": '{% from "file" import name %}',
    "macro": "{% macro name(…) %}",
    "call": "{% call name(…) %}",
    "filter": "{% filter name %}",
    "if": "{% if … %}",
}
_TAG = re.compile(
    r"\{#.*?#\}|\{%[-+]?\s*raw\s*[-+]?%\}.*?\{%[-+]?\s*endraw\s*[-+]?%\}|\{%[-+]?\s*(?P<tag>\w+)(?P<rest>.*?)%\}",
    re.DOTALL,
)
_UNKNOWN_TAG = re.compile(r"Encountered unknown tag '(\w+)'")
_STILL_OPEN = re.compile(r"block that needs to be closed is '(\w+)'")
_GOT = re.compile(r"expected token '(.+?)', got '(.+?)'$")
_CHAR = re.compile(r"unexpected char (?P<quote>['\"])(?P<char>.+?)(?P=quote) at \d+$")
_BRACKET = re.compile(r"unexpected '(.)'(?:, expected '(.)')?$")
_ENDS = {"end of print statement": "}}", "end of statement block": "%}", "end of template": "the end of the file"}


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """A fault in line `line`, at `column` or, where that is 0, at `word`."""

    line: int
    what: str
    todo: str
    word: str = ""
    column: int = 0


def explain_syntax(message: str, line: int, text: str) -> SyntaxFault:
    """Jinja's message about the template's text, in our words."""
    said = " ".join(message.split()).rstrip(".")
    fault = _tag_fault(said, line, text) or _unfinished(said, line, text)
    if fault:
        return fault
    for explain in (_token, _sign):
        if found := explain(said):
            what, todo, word = found
            return SyntaxFault(line, what, todo, word or _tag_in(text, line))
    if found_twice := re.match(r"block '(.+)' defined twice", said):
        return SyntaxFault(line, f'the block "{found_twice[1]}" stands twice', "give one another name", found_twice[1])
    if said == "tag name expected":
        return SyntaxFault(line, "{% %} holds no tag", "write one in it, or delete it", "{%")
    if said == "non-default argument follows default argument":
        return SyntaxFault(line, "a parameter without default follows one that has one", "put it first", "macro")
    if said == "invalid syntax for function call expression":
        return SyntaxFault(line, "a value without name follows one with a name", "put it first", _tag_in(text, line))
    if said == "expected call":
        return SyntaxFault(line, "{% call %} calls no macro", f"write {_FORMS['call']}", "call")
    return SyntaxFault(line, "this cannot be read as part of a template", SEE, _tag_in(text, line))


def _tag_fault(said: str, line: int, text: str) -> SyntaxFault | None:
    """A tag that Jinja does not know, or did not expect here, or that is never closed."""
    unknown, still = _UNKNOWN_TAG.match(said), _STILL_OPEN.search(said)
    if unknown and (tag := unknown[1]) not in TAGS:
        meant = _WRITTEN_SO.get(tag)
        todo = f'write "{meant}"' if meant else f'write "end{still[1]}"' if tag == "end" and still else ""
        return SyntaxFault(line, f'there is no tag "{tag}"', todo or suggest(tag, TAGS), tag)
    if still:
        at = _opening(text, still[1], line if unknown else None)
        where = f"before {{% {unknown[1]} %}} in line {line}" if unknown else "before the end of the file"
        if unknown and unknown[1] in {"else", "elif"}:
            what, todo = (
                f"{{% {unknown[1]} %}} has no place here",
                f"{{% else %}} comes once, last in its {{% {still[1]} %}}",
            )
            return SyntaxFault(line, what, todo, unknown[1])
        what = f"{{% {still[1]} %}} is not closed {where}"
        return SyntaxFault(at[0], what, f"write {{% end{still[1]} %}}", column=at[1])
    if unknown:
        opens = unknown[1].removeprefix("end")
        opens = "if" if opens in {"else", "elif"} else opens
        what = f"{{% {unknown[1]} %}} stands without {{% {opens} %}}"
        return SyntaxFault(line, what, "delete it, or open it above", unknown[1])
    return None


def _unfinished(said: str, line: int, text: str) -> SyntaxFault | None:
    """What begins and never ends: a comment, a raw part, a {{ or a {%."""
    begin = None
    if said == "Missing end of comment tag":
        begin, close = "{#", "#}"
    elif said == "Missing end of raw directive":
        begin, close = "{%", "{% endraw %}"
    elif "end of template" in said:
        begin, close = ("{%", "%}") if text.rfind("{%") > text.rfind("{{") else ("{{", "}}")
    elif re.fullmatch(r"expected token 'end of print statement', got '[{<]'", said):
        begin, close = "{{", "}}"
    elif said == "unexpected '}'":
        return SyntaxFault(line, 'a "}" stands alone', "close {{ with }} and {% with %}", "}")
    if begin is None:
        return None
    at = text.rfind(begin)
    if close == "{% endraw %}":
        at = max((found.start() for found in re.finditer(r"\{%[-+]?\s*raw\b", text)), default=at)
    place = _place(text, max(at, 0))
    return SyntaxFault(place[0], f'"{begin}" is not closed', f'write "{close}"', column=place[1])


def _token(said: str) -> tuple[str, str, str] | None:
    """`expected token …, got …`: what, todo, word."""
    if said.startswith(("Expected an expression", "unexpected 'end of", "expected name or number")):
        return "something is missing here", "write a name or a value before %} or }}", ""
    found = _GOT.search(said)
    if not found:
        return None
    wanted, got = found[1], found[2]
    shown = _ENDS.get(got, got)
    if got == "=" and wanted in _ENDS:
        return 'a "=" stands where two values are compared', 'write "=="', "="
    if wanted in _ENDS:
        todo = 'join the two with "~" or "and", or put a filter behind "|"'
        return f'"{shown}" stands where the expression has ended', todo, shown
    if wanted == "in":
        return '{% for %} has no "in"', f"write {_FORMS['for']}", got
    if wanted == "as":
        return '{% import %} has no "as"', f"write {_FORMS['import']}", "import"
    if wanted == "name" and got in _ENDS:
        return "a name is missing here", f"write it before {shown}", ""
    if wanted == "(":
        return "the brackets of the macro are missing", f"write {_FORMS['macro']}", "macro"
    return f'"{shown}" stands where "{_ENDS.get(wanted, wanted)}" is expected', SEE, shown


def _sign(said: str) -> tuple[str, str, str] | None:
    """A character that Jinja does not know, or a bracket: what, todo, word."""
    if char := _CHAR.match(said):
        sign = char["char"]
        if sign in "'\"":
            return f"the quote {sign} is not closed", f"write a second {sign}", sign
        if sign in "“”„’‘«»":
            return f"{sign} is no quote for a template", 'write " instead', sign
        instead = {"&": 'write "and"', "!": 'write "not", or "!="', "?": 'write "… if … else …"'}
        return f'"{sign}" has no meaning here', instead.get(sign, SEE), sign
    if bracket := _BRACKET.match(said):
        if bracket[2]:
            opened = {")": "(", "]": "[", "}": "{"}[bracket[2]]
            return f'the "{opened}" is not closed', f'write "{bracket[2]}"', opened
        return f'the "{bracket[1]}" closes nothing', "delete it, or open it before", bracket[1]
    return None


def _opening(text: str, kind: str, before: int | None) -> tuple[int, int]:
    """Line and column of the last tag of that kind that is open at the end, or before the tag in a line."""
    waiting: list[tuple[str, int]] = []
    for found in _TAG.finditer(text):
        tag = found["tag"]
        if tag is None:
            continue
        closes = bool(waiting) and tag == f"end{waiting[-1][0]}"
        if before is not None and _place(text, found.start())[0] >= before and tag.startswith("end") and not closes:
            break
        if tag in _OPENING and not (tag == "set" and "=" in found["rest"]):
            waiting.append((tag, found.start()))
        elif closes:
            waiting.pop()
    at = next((start for tag, start in reversed(waiting) if tag == kind), 0)
    return _place(text, at)


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def _tag_in(text: str, line: int) -> str:
    """Where nothing better is known: the first {% or {{ of the line."""
    lines = text.splitlines()
    found = re.search(r"\{[%{]", lines[line - 1]) if 0 < line <= len(lines) else None
    return found[0] if found else ""
