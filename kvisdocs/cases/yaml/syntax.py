"""What the YAML parser stumbled over, in words for who wrote the file, and at the line that has to be changed.

The parser says where it could not go on; the fault is often above: an open quote, a line without its colon.
"""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from kvisdocs.problems import Position, Problem

QUOTES = "put quotes around the whole value"
_CLOSED_BY = {"[": "]", "{": "}"}
_KEY_AND_VALUE = re.compile(r"\s*(?:[-?]\s+){0,40}[^\s#][^#]*?:(?:\s|$)")


@dataclass(frozen=True)
class Fault:
    """A problem, and the line (from 0) whose part of the file cannot be read."""

    problem: Problem
    line: int


def explain(error: yaml.MarkedYAMLError, text: str, file: str) -> Fault:
    """The parser's error in our words."""
    return _Explainer(error, text, file).explain()


class _Explainer:
    """Looks at the text around an error."""

    def __init__(self, error: yaml.MarkedYAMLError, text: str, file: str) -> None:
        self.file = file
        self.said = error.problem or ""
        self.context = error.context or ""
        self.lines = text.splitlines() or [""]
        self.line, self.column = self._place(error.problem_mark or error.context_mark)
        self.begin = self._place(error.context_mark or error.problem_mark)

    def explain(self) -> Fault:
        """The first explanation that fits."""
        said, context = self.said, self.context
        if said == "mapping values are not allowed in this context":
            return self._colon()
        if said == "could not find expected ':'":
            return self._no_colon(self.begin[0])
        if said == "did not find expected key":
            return self._no_key()
        if said == "did not find expected '-' indicator":
            what = "this line stands among the items of a list, but is none"
            return self._here(what, 'begin it with "- " in the same column as the other items, or give it less indent')
        if said in {"did not find expected ',' or ']'", "did not find expected ',' or '}'"}:
            return self._brackets()
        if said in {"found unexpected end of stream", "found unexpected document indicator"}:
            return self._at(self.begin, f"the quote {self._sign(self.begin)} is not closed", "close it at the end")
        if "block scalar" in context and "tab" not in said:
            what = f'after "{self._sign(self.begin)}" nothing may stand in the line'
            todo = "begin the text in the next line, two spaces further in, or put quotes around the whole value"
            return self._at(self.begin, what, todo)
        return self._sign_fault()

    def _sign_fault(self) -> Fault:
        """Faults that a single sign makes."""
        said, sign = self.said, self._sign((self.line, self.column))
        begins = self._sign(self.begin)
        if "tab" in said or sign == "\t":
            return self._here("a tab stands in the indent", "indent with spaces, not tabs")
        if said.startswith("block sequence entries"):
            return self._here(
                "a list cannot begin in the line of its key",
                'write each "- " in a line of its own below, or put quotes around the text',
            )
        if "escape" in said or "hexdecimal" in said:
            sign = self._text(self.line)[: self.column + 1].rpartition("\\")[2]
            what = (
                f'"\\{sign or self._text(self.line)[self.column + 1 : self.column + 2]}" means nothing in double quotes'
            )
            return self._here(what, "use single quotes, or write each \\ twice")
        if said == "did not find expected node content":
            return self._no_content(sign)
        if "document start" in said:
            return self._outside()
        if begins in {"*", "&", "!", "%"} and ("alias" in self.context or "anchor" in self.context or begins in "!%"):
            return self._at(self.begin, f'a value cannot begin with "{begins}"', QUOTES)
        if sign and not sign.isalnum() and not sign.isspace():
            return self._here(f'a value cannot begin with "{sign}"', QUOTES)
        return self._here("the line cannot be read", "check its indent and its quotes, and those of the line above")

    def _colon(self) -> Fault:
        """A ": " where none may be: a second one in the line, or one in a line below a line that was no pair."""
        text = self._text(self.line)
        before = text[: self.column]
        if found := re.match(r"\s*(?:- +){0,40}(\S[^:]*:)\s", before):
            return self._here(f'a second ": " stands in the value of "{found[1]}"', QUOTES)
        above = self._line_above(self.line)
        if above is None:
            return self._here('a ": " stands where none can be', QUOTES)
        if _indent(text) > _indent(self._text(above)) and _KEY_AND_VALUE.match(self._text(above)):
            what = "this line stands further in than the line above, which has a value already"
            return self._at((self.line, _indent(text)), what, "give both lines the same indent")
        return self._no_colon(above)

    def _outside(self) -> Fault:
        """What follows a line of three full stops, which ends a file (YAML 1.1, 9.1)."""
        end = next((number for number in range(self.line) if self._text(number).rstrip() == "..."), None)
        if end is None:
            return self._here("this line stands outside of the case", "delete it, or the line above it")
        return self._at((end, 0), 'the line "..." ends the case, and more follows', "delete the line")

    def _no_colon(self, line: int) -> Fault:
        text = self._text(line)
        word = text.strip()
        place = (line, _indent(text))
        if found := re.search(r"^\s*\u00a0|:\u00a0", text):
            what = "a no-break space stands where a plain one belongs"
            return self._at((line, found.end() - 1), what, "delete it, and write a space")
        if found := re.match(r"([^\s:]+):(\S.*)", word):
            return self._at(place, f'"{word}" has no space after the colon', f'write it as "{found[1]}: {found[2]}"')
        if re.match(r"-\S", word):
            return self._at(place, f'"{word}" has no space after the hyphen', f'write it as "- {word[1:]}"')
        return self._at(place, *self._neither(line, word))

    def _neither(self, line: int, word: str) -> tuple[str, str]:
        """What a line without a colon may have been meant as: an item, a line of the text above, a remark."""
        above = self._line_above(line)
        before = self._text(above) if above is not None else ""
        if before.lstrip().startswith("- ") and _indent(before) == _indent(self._text(line)):
            return "this line stands among the items of a list, but is none", 'begin it with "- ", as the others'
        if word.startswith(("//", ";", "%", "--", "/*")):
            return f"{_short(word)} has no colon", "begin it with # if it is a remark"
        if _indent(before) > _indent(self._text(line)) and " " in word:
            todo = "indent it as far as the lines above if it belongs to their text, or write it as key: value"
            return f"{_short(word)} has no colon", todo
        return f"{_short(word)} has no colon", "write the line as key: value"

    def _no_key(self) -> Fault:
        text, sign = self._text(self.line), self._sign((self.line, self.column))
        before = text[: self.column].rstrip()
        if before.strip():
            quote = before[-1]
            if quote in "\"'":
                doubled = "write it twice inside" if quote == "'" else 'write \\" inside'
                what = f"text stands after the closing quote: {_short(text[self.column :])}"
                return self._here(
                    what, f"put the quotes around the whole value; where a {quote} is part of it, {doubled}"
                )
            return self._here(f"{_short(text[self.column :])} cannot stand here", QUOTES)
        if sign in {"]", "}"}:
            return self._here(f'the "{sign}" closes nothing', "delete it, or open it above")
        if sign == "-":
            return self._here("an item of a list stands among keys", "indent it below its key, or write key: value")
        what = "this line begins in another column than the lines it belongs to"
        return self._here(what, "give all lines of one group the same indent")

    def _brackets(self) -> Fault:
        opened, sign = self._sign(self.begin), self._sign((self.line, self.column))
        close = _CLOSED_BY.get(opened, "]")
        if self.line != self.begin[0]:
            return self._at(self.begin, f'the "{opened}" is not closed', f'write "{close}" at its end')
        if sign in {"]", "}"}:
            return self._here(f'the "{opened}" is closed by "{sign}"', f'write "{close}"')
        if sign == ":":
            what = f'a comma is missing between "{opened}" and "{close}", or a value holds a ": "'
            return self._here(what, "write the comma, or put quotes around the value")
        return self._here(
            f"a comma is missing before {self._piece(self.column)}", "write it, or put quotes around the text"
        )

    def _no_content(self, sign: str) -> Fault:
        opened = self._last_open()
        if opened is not None and (not sign or self.line > opened[0]):
            bracket = self._sign(opened)
            return self._at(opened, f'the "{bracket}" is not closed', f'write "{_CLOSED_BY[bracket]}" at its end')
        if sign in {"]", "}"}:
            return self._here(f'the "{sign}" closes nothing', "put quotes around the value, or open it before")
        return self._here(f'a value cannot begin with "{sign}"', "delete it, or put quotes around the whole value")

    def _here(self, what: str, todo: str) -> Fault:
        return self._at((self.line, self.column), what, todo)

    def _at(self, place: tuple[int, int], what: str, todo: str) -> Fault:
        return Fault(Problem(Position(self.file, place[0] + 1, place[1] + 1), what, todo), place[0])

    def _place(self, mark: Any) -> tuple[int, int]:
        """Line and column from 0; where the parser came to the end, the end of the last line that has text."""
        if mark is None:
            return 0, 0
        return mark.line, mark.column

    def _text(self, line: int) -> str:
        return self.lines[line] if line < len(self.lines) else ""

    def _sign(self, place: tuple[int, int]) -> str:
        return self._text(place[0])[place[1] : place[1] + 1]

    def _piece(self, column: int) -> str:
        return _short(self._text(self.line)[column:])

    def _last_open(self) -> tuple[int, int] | None:
        """The last bracket before the error that nothing has closed."""
        waiting: list[tuple[int, int]] = []
        before = [*self.lines[: self.line], self._text(self.line)[: self.column]]
        for number, text in enumerate(before):
            for column, sign in enumerate(text):
                if sign in _CLOSED_BY and (not column or text[column - 1] in " \t[{,"):
                    waiting.append((number, column))
                elif sign in "]}" and waiting:
                    waiting.pop()
        return waiting[-1] if waiting else None

    def _line_above(self, line: int) -> int | None:
        above = (n for n in range(line - 1, -1, -1) if self._text(n).strip() and self._text(n).lstrip()[0] != "#")
        return next(above, None)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _short(text: str) -> str:
    text = text.strip()
    return f'"{text}"' if len(text) <= 40 else f'"{text[:39]}…"'
