"""A parser's error with the text around it: what a line and a sign are, and how a fault is told at a place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from kvisdocs.messages import Message
from kvisdocs.problems import Position, Problem

CLOSED_BY = {"[": "]", "{": "}"}
"""The sign that closes a bracket."""


@dataclass(frozen=True)
class Fault:
    """A problem, and the line (from 0) whose part of the file cannot be read."""

    problem: Problem
    line: int
    mended: Mapping[int, str] = field(default_factory=dict)
    """Lines as they were surely meant, by number; with them the part can be read."""


class ErrorContext:
    """The parser's words, the lines of the text, and the two places that an error names, counted from 0."""

    def __init__(self, error: yaml.MarkedYAMLError, text: str, file: str) -> None:
        self.file = file
        self.said = error.problem or ""
        self.context = error.context or ""
        self.lines = text.splitlines() or [""]
        self.line, self.column = self._place(error.problem_mark or error.context_mark)
        self.begin = self._place(error.context_mark or error.problem_mark)

    def _here(self, what: Message, todo: Message) -> Fault:
        return self._at((self.line, self.column), what, todo)

    def _at(
        self, place: tuple[int, int], what: Message, todo: Message, mended: Mapping[int, str] | None = None
    ) -> Fault:
        return Fault(Problem(Position(self.file, place[0] + 1, place[1] + 1), what, todo), place[0], mended or {})

    def _place(self, mark: Any) -> tuple[int, int]:
        """Line and column from 0; where the parser came to the end, the end of the last line that has text."""
        if mark is None:
            return 0, 0
        return mark.line, mark.column

    def _text(self, line: int) -> str:
        return self.lines[line] if line < len(self.lines) else ""

    def _sign(self, place: tuple[int, int]) -> str:
        return self._text(place[0])[place[1] : place[1] + 1]

    def _last_open(self) -> tuple[int, int] | None:
        """The last bracket before the error that nothing has closed."""
        waiting: list[tuple[int, int]] = []
        before = [*self.lines[: self.line], self._text(self.line)[: self.column]]
        for number, text in enumerate(before):
            for column, sign in enumerate(text):
                if sign in CLOSED_BY and (not column or text[column - 1] in " \t[{,"):
                    waiting.append((number, column))
                elif sign in "]}" and waiting:
                    waiting.pop()
        return waiting[-1] if waiting else None

    def _find_open(self, quote: str) -> tuple[int, int] | None:
        """Where a value above began with this quote, and was not closed in its line: what closes it is far below."""
        begins = re.compile(rf"(?:[^#:]*:\s+|\s*)(?:- +){{0,40}}(?={quote})")
        for line in range(self.line - 1, -1, -1):
            text = self._text(line)
            if quote in text:
                found = begins.match(text)
                return (line, found.end()) if found and text.count(quote) == 1 else None
        return None
