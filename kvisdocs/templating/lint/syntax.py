"""What Jinja cannot read in a template, in words for who wrote it, and at the tag that has to be changed.

Jinja says where it gave up, which for a tag that is not closed is the template's last line: here it is the opening.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import suggest
from kvisdocs.templating.engine.template_errors import SEE, block_twice

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
_ENDS: Mapping[str, str] = {
    "end of print statement": "}}",
    "end of statement block": "%}",
    "end of template": N_("the end of the file"),
}
Told = tuple[Message, Message, str]
"""What is wrong, what to do, and the word that it is about."""


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """A fault in line `line`, at `column` or, where that is 0, at `word`."""

    line: int
    what: Message
    todo: Message
    word: str = ""
    column: int = 0


def explain_syntax(jinja_says: str, line: int, text: str) -> SyntaxFault:
    """Jinja's message about the template's text, in our words."""
    said = " ".join(jinja_says.split()).rstrip(".")
    fault = _tag_fault(said, line, text) or _unfinished(said, line, text)
    if fault:
        return fault
    for explain in (_token, _sign):
        if found := explain(said):
            what, todo, word = found
            return SyntaxFault(line, what, todo, word or _tag_in(text, line))
    if found_twice := re.match(r"block '(.+)' defined twice", said):
        return SyntaxFault(line, *block_twice(found_twice[1]), found_twice[1])
    if said == "tag name expected":
        what = message("template.tag.empty", "{{% %}} holds no tag")
        return SyntaxFault(line, what, N_("write one in it, or delete it"), "{%")
    if said == "non-default argument follows default argument":
        what = message("template.macro.default_order", "a parameter without default follows one that has one")
        return SyntaxFault(line, what, N_("put it first"), "macro")
    if said == "invalid syntax for function call expression":
        what = message("template.call.order", "a value without name follows one with a name")
        return SyntaxFault(line, what, N_("put it first"), _tag_in(text, line))
    if said == "expected call":
        what = message("template.call.nothing", "{{% call %}} calls no macro")
        return SyntaxFault(line, what, _write_so("call"), "call")
    what = message("template.syntax.unreadable", "this cannot be read as part of a template")
    return SyntaxFault(line, what, SEE, _tag_in(text, line))


def _write(sign: str) -> Message:
    return N_('write "{sign}"', sign=sign)


def _write_so(tag: str) -> Message:
    return N_("write {form}", form=_FORMS[tag])


def _tag_fault(said: str, line: int, text: str) -> SyntaxFault | None:
    """A tag that Jinja does not know, or did not expect here, or that is never closed."""
    unknown, still = _UNKNOWN_TAG.match(said), _STILL_OPEN.search(said)
    if unknown and (tag := unknown[1]) not in TAGS:
        meant = _WRITTEN_SO.get(tag)
        if tag == "end" and still:
            meant = f"end{still[1]}"
        what = message("template.tag.unknown", 'there is no tag "{tag}"', tag=tag)
        return SyntaxFault(line, what, _write(meant) if meant else suggest(tag, TAGS), tag)
    if still:
        at = _opening(text, still[1], line if unknown else None)
        if unknown and unknown[1] in {"else", "elif"}:
            what = message("template.tag.misplaced", "{{% {tag} %}} has no place here", tag=unknown[1])
            todo = N_("{{% else %}} comes once, last in its {{% {tag} %}}", tag=still[1])
            return SyntaxFault(line, what, todo, unknown[1])
        where = N_("before the end of the file")
        if unknown:
            where = N_("before {{% {tag} %}} in line {line}", tag=unknown[1], line=line)
        what = message("template.tag.not_closed", "{{% {tag} %}} is not closed {where}", tag=still[1], where=where)
        return SyntaxFault(at[0], what, N_("write {{% end{tag} %}}", tag=still[1]), column=at[1])
    if unknown:
        opens = unknown[1].removeprefix("end")
        opens = "if" if opens in {"else", "elif"} else opens
        what = message(
            "template.tag.not_opened", "{{% {tag} %}} stands without {{% {opens} %}}", tag=unknown[1], opens=opens
        )
        return SyntaxFault(line, what, N_("delete it, or open it above"), unknown[1])
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
        what = message("template.brace.alone", 'a "}}" stands alone')
        return SyntaxFault(line, what, N_("close {{{{ with }}}} and {{% with %}}"), "}")
    if begin is None:
        return None
    at = text.rfind(begin)
    if close == "{% endraw %}":
        at = max((found.start() for found in re.finditer(r"\{%[-+]?\s*raw\b", text)), default=at)
    place = _place(text, max(at, 0))
    what = message("template.sign.not_closed", '"{sign}" is not closed', sign=begin)
    return SyntaxFault(place[0], what, _write(close), column=place[1])


def _token(said: str) -> Told | None:
    """`expected token …, got …`: what, todo, word."""
    if said.startswith(("Expected an expression", "unexpected 'end of", "expected name or number")):
        what = message("template.expression.missing", "something is missing here")
        return what, N_("write a name or a value before %}} or }}}}"), ""
    found = _GOT.search(said)
    if not found:
        return None
    wanted, got = found[1], found[2]
    shown = _ENDS.get(got, got)
    if got == "=" and wanted in _ENDS:
        return message("template.compare.one_sign", 'a "=" stands where two values are compared'), _write("=="), "="
    if wanted in _ENDS:
        what = message("template.expression.ended", '"{sign}" stands where the expression has ended', sign=shown)
        return what, N_('join the two with "~" or "and", or put a filter behind "|"'), shown
    if wanted == "in":
        return message("template.for.no_in", '{{% for %}} has no "in"'), _write_so("for"), got
    if wanted == "as":
        return message("template.import.no_as", '{{% import %}} has no "as"'), _write_so("import"), "import"
    if wanted == "name" and got in _ENDS:
        return message("template.name.missing", "a name is missing here"), N_("write it before {sign}", sign=shown), ""
    if wanted == "(":
        return (
            message("template.macro.no_brackets", "the brackets of the macro are missing"),
            _write_so("macro"),
            "macro",
        )
    expected = _ENDS.get(wanted, wanted)
    what = message(
        "template.sign.unexpected", '"{sign}" stands where "{expected}" is expected', sign=shown, expected=expected
    )
    return what, SEE, shown


def _sign(said: str) -> Told | None:
    """A character that Jinja does not know, or a bracket: what, todo, word."""
    if char := _CHAR.match(said):
        sign = char["char"]
        if sign in "'\"":
            what = message("template.quote.not_closed", "the quote {sign} is not closed", sign=sign)
            return what, N_("write a second {sign}", sign=sign), sign
        if sign in "“”„’‘«»":
            return (
                message("template.quote.curly", "{sign} is no quote for a template", sign=sign),
                N_('write " instead'),
                sign,
            )
        instead = {"&": N_('write "and"'), "!": N_('write "not", or "!="'), "?": N_('write "… if … else …"')}
        return message("template.sign.unknown", '"{sign}" has no meaning here', sign=sign), instead.get(sign, SEE), sign
    if bracket := _BRACKET.match(said):
        if bracket[2]:
            opened = {")": "(", "]": "[", "}": "{"}[bracket[2]]
            what = message("template.bracket.not_closed", 'the "{sign}" is not closed', sign=opened)
            return what, _write(bracket[2]), opened
        what = message("template.bracket.closes_nothing", 'the "{sign}" closes nothing', sign=bracket[1])
        return what, N_("delete it, or open it before"), bracket[1]
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
