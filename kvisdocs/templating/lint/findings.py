"""Where lint keeps what it finds in templates: each thing once, at the line and column of the word it is about."""

import re
from dataclasses import dataclass, field

from jinja2 import nodes

from kvisdocs.messages import NOTHING, Message
from kvisdocs.problems import Position, Problem, Severity
from kvisdocs.templating.html import Assets
from kvisdocs.templating.lint.syntax import SyntaxFault


@dataclass
class Findings:
    """What was found so far. `texts` are the templates as their authors wrote them."""

    assets: Assets
    texts: dict[str, str] = field(default_factory=dict)
    problems: set[Problem] = field(default_factory=set)

    def add(
        self,
        template: str,
        line: int,
        word: str,
        what: Message,
        todo: Message = NOTHING,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Keep a finding about `word`, which stands in that line of the template: a name, or a path with dots."""
        position = Position(self.assets.shown(template), line, self._column(template, line, word))
        self.problems.add(Problem(position, what, todo, severity))

    def add_syntax(self, template: str, fault: SyntaxFault) -> None:
        """Keep what Jinja cannot read in a template."""
        column = fault.column or self._column(template, fault.line, fault.word)
        position = Position(self.assets.shown(template), fault.line, column)
        self.problems.add(Problem(position, fault.what, fault.todo))

    def _column(self, template: str, line: int, word: str) -> int:
        """Where the last name of the path begins; 0 where it is not in that line. A name in a {{ … }} goes first."""
        lines = self.texts.get(template, "").splitlines()
        if not 0 < line <= len(lines):
            return 0
        if not re.search(r"\w", word):  # a sign, within the tag if it can be
            tag = re.search(rf"\{{[{{%][^\n]*?({re.escape(word)})", lines[line - 1]) if word else None
            return (tag.start(1) if tag else lines[line - 1].find(word or "{")) + 1
        *above, last = word.split(".") if re.fullmatch(r"[\w.]+", word) else [word]
        before = r"\s*\.\s*".join(map(re.escape, above)) + r"\s*\.\s*" if above else ""
        pattern = rf"{before}(?P<word>(?<!\w){re.escape(last)}(?!\w))"
        within = r"\{[{%](?:(?![%}]\}).)*?"
        patterns = (rf"{within}{pattern}(?!\s*\.)", rf"{within}{pattern}", pattern)
        found = next((hit for each in patterns if (hit := re.search(each, lines[line - 1]))), None)
        return found.start("word") + 1 if found else 0


def path_of(node: nodes.Node) -> str:
    """`case.gp.name` for an expression of that form; of any other, its last name."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        above = path_of(node.node)
        return f"{above}.{node.attr}" if above else node.attr
    return ""
