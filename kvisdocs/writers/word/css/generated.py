"""Generated text: `::before` and `::after`, counters, quotation marks (CSS Generated Content 3, 2; CSS Lists 3, 4).

It is worked out in document order before the walk, since a counter's value depends on all that stands before it. Word
gets the text that the PDF draws, as text.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from tinycss2.ast import Node

from kvisdocs.messages import N_, message
from kvisdocs.writers.html.limits import NO_TEXT_IN
from kvisdocs.writers.html.rules import is_number
from kvisdocs.writers.word.css.cascade import ONLY_PDF, Cascade
from kvisdocs.writers.word.css.computed import INLINE, Computed
from kvisdocs.writers.word.css.counters import render_counter
from kvisdocs.writers.word.css.defaults import ends_a_line
from kvisdocs.writers.word.css.values import Tokens, significant
from kvisdocs.writers.word.read.tree import HtmlElement

Side = Literal["before", "after"]
SIDES: tuple[Side, Side] = ("before", "after")


@dataclass(frozen=True, eq=False, slots=True)
class GeneratedText:
    """The text of one pseudo-element and its computed values. `is_block`: it stands on lines of its own."""

    text: str
    computed: Computed
    is_block: bool


GeneratedTexts = Mapping[tuple[HtmlElement, Side], GeneratedText]

Compute = Callable[[HtmlElement, Computed | None], Computed]


class UnknownContentError(Exception):
    """The `content` holds something that Word has no place for: a picture, a page number."""


def generate_texts(root: HtmlElement, cascade: Cascade, compute: Compute) -> GeneratedTexts:
    """The generated text of all elements; nothing where no stylesheet and no `<q>` asks for any."""
    if not cascade.generates and next(root.etree_element.iter("q"), None) is None:
        return {}
    generator = _Generator(cascade, compute)
    generator.visit(root, None)
    return generator.found


class _Generator:
    """The walk in document order: counters by name, innermost last, and how deep the quotation marks are nested."""

    def __init__(self, cascade: Cascade, compute: Compute) -> None:
        self.found: dict[tuple[HtmlElement, Side], GeneratedText] = {}
        self._cascade, self._compute = cascade, compute
        self._counters: dict[str, list[int]] = {}
        self._scopes: list[set[str]] = [set()]
        self._depth = 0

    def visit(self, element: HtmlElement, parent: Computed | None) -> None:
        computed = self._compute(element, parent)
        if computed.word("display") == "none":
            return
        self._count(element, computed)
        self._scopes.append(set())
        self._generate(element, computed, "before")
        for child in element.children:
            self.visit(child, computed)
        self._generate(element, computed, "after")
        for name in self._scopes.pop():
            self._counters[name].pop()

    def _count(self, element: HtmlElement, computed: Computed) -> None:
        """What an element does to counters; lists and their items count by themselves (CSS Lists 3, 4.6)."""
        resets, steps, settings = (_pairs(computed, f"counter-{kind}") for kind in ("reset", "increment", "set"))
        if element.local_name in {"ol", "ul"}:
            resets.setdefault("list-item", _integer(element, "start", 1) - 1)
        if computed.word("display") == "list-item":
            steps.setdefault("list-item", 1)
            if is_number(element.etree_element.get("value")):
                settings.setdefault("list-item", _integer(element, "value", 1) - steps["list-item"])
        self._change(resets, steps, settings)

    def _change(self, resets: Mapping[str, int], steps: Mapping[str, int], settings: Mapping[str, int]) -> None:
        """Reset, set and increment counters, in WeasyPrint's order, since the PDF is to say the same."""
        for name, value in resets.items():
            if name in self._scopes[-1]:
                self._counters[name].pop()
            self._open(name, value)
        for name, value in settings.items():
            self._innermost(name)[-1] = value
        for name, value in steps.items():
            self._innermost(name)[-1] += value

    def _open(self, name: str, value: int) -> None:
        self._scopes[-1].add(name)
        self._counters.setdefault(name, []).append(value)

    def _innermost(self, name: str) -> list[int]:
        if not self._counters.get(name):
            self._open(name, 0)
        return self._counters[name]

    def _generate(self, element: HtmlElement, above: Computed, side: Side) -> None:
        found = self._cascade.find_content(element, above, side)
        if found is None or (element.local_name == "a" and ends_a_line(found[1])):
            return
        declared, tokens = found
        computed = self._cascade.compute_pseudo(element, above, side)
        if computed.word("display") == "none" or _says_nothing(tokens):
            return
        self._change(*(_pairs(computed, f"counter-{kind}") for kind in ("reset", "increment", "set")))
        try:
            text = "".join(self._texts(element, computed, tokens))
        except UnknownContentError:
            why = message("word_css.content.unknown", "Word has no place for this content")
            self._cascade.report(declared, why, ONLY_PDF)
            return
        if element.local_name in {*NO_TEXT_IN, "br", "wbr", "img", "input", "svg"}:
            why = message(
                "word_css.content.no_text_in",
                "a <{name}> has no place for text of its own, in either file",
                name=element.local_name,
            )
            self._cascade.report(declared, why, N_("give it to a cell, an item or a paragraph"))
        elif not text and _is_drawn(computed):
            why = message("word_css.content.no_text", "Word has no place for a box without text")
            self._cascade.report(declared, why, ONLY_PDF)
        elif text:
            alone = computed.word("display") not in INLINE and above.word("display") in INLINE
            if alone or computed.word("position") == "absolute":
                why = message("word_css.content.in_text", "in the Word file it stands in the text")
                self._cascade.report(declared, why, N_("give it neither a position nor a block"))
            is_block = computed.word("display") not in INLINE and not alone
            self.found[element, side] = GeneratedText(text, computed, is_block)

    def _texts(self, element: HtmlElement, computed: Computed, tokens: Tokens) -> Iterator[str]:
        for each in significant(tokens):
            if each == "/":
                return  # behind it stands what is read aloud instead (CSS Generated Content 3, 1.2)
            if each.type == "string":
                yield each.value
            elif each.type == "ident":
                yield self._quote(each.lower_value, computed)
            elif each.type == "function":
                yield self._function(element, each)
            else:
                raise UnknownContentError

    def _quote(self, word: str, computed: Computed) -> str:
        """A quotation mark by its depth; those deeper than there are marks wear the innermost (2.4)."""
        kind = word.removeprefix("no-")
        if kind not in {"open-quote", "close-quote"}:
            raise UnknownContentError
        if kind == "close-quote":
            self._depth = max(0, self._depth - 1)
        marks = computed.words("quotes")[0 if kind == "open-quote" else 1 :: 2]
        mark = marks[min(self._depth, len(marks) - 1)] if marks and word == kind else ""
        if kind == "open-quote":
            self._depth += 1
        return mark

    def _function(self, element: HtmlElement, function: Node) -> str:
        arguments = [each for each in significant(function.arguments) if each != ","]
        name = getattr(arguments[0], "value", None) if arguments and arguments[0].type == "ident" else None
        if function.lower_name != "attr" and name in {"page", "pages"}:
            raise UnknownContentError
        match function.lower_name:
            case "attr" if name is not None and len(arguments) == 1:
                return element.etree_element.get(name.lower(), "")
            case "counter" if name is not None and len(arguments) <= 2:
                return self._shown((self._counters.get(name) or [0])[-1], arguments[1:])
            case "counters" if name is not None and 2 <= len(arguments) <= 3 and arguments[1].type == "string":
                values = self._counters.get(name) or [0]
                return str(arguments[1].value).join(self._shown(value, arguments[2:]) for value in values)
        raise UnknownContentError

    def _shown(self, value: int, style: list[Node]) -> str:
        if style and style[0].type != "ident":
            raise UnknownContentError
        return render_counter(value, style[0].value if style else "decimal", self._cascade.counters)


def _says_nothing(tokens: Tokens) -> bool:
    """`none` and `normal`: there is no pseudo-element."""
    found = significant(tokens)
    return len(found) == 1 and getattr(found[0], "lower_value", None) in {"none", "normal"} and found[0].type == "ident"


def _is_drawn(computed: Computed) -> bool:
    """Whether a box without text shows all the same."""
    borders = any(computed.edge(side) for side in ("top", "right", "bottom", "left"))
    return borders or computed.color("background-color") is not None


def _pairs(computed: Computed, name: str) -> dict[str, int]:
    words = computed.words(name)
    return {counter: int(value) for counter, value in zip(words[::2], words[1::2], strict=True)}


def _integer(element: HtmlElement, name: str, otherwise: int) -> int:
    said = element.etree_element.get(name)
    return int(said or 0) if is_number(said) else otherwise
